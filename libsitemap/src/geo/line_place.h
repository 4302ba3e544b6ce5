/* Places on the lines of a column, and lines with vertices added there. */
#ifndef SMAP_GEO_LINE_PLACE_H
#define SMAP_GEO_LINE_PLACE_H

#include "sitemap/geometry.h"

/* On the segment from coordinate `coord` of the column to the next one of its ring: 0 <= share < 1 of the way; the last
 * coordinate of a ring has share 0. In order along a line: by coord, then share. */
typedef struct smap__line_place {
    uint32_t coord;
    double share;
    double x, y; /* where exactly: the same bits wherever lines are to meet there */
} smap__line_place;

/* The same lines with a vertex at every place, in any order and as often as they like; at[i] (NULL:
 * not asked) is the coordinate of place i in *out. A place whose x and y are those of a vertex next to it adds none,
 * and one on the last coordinate of a ring is that coordinate. z and m are not kept. SMAP_E_ARGUMENT: a coordinate that
 * there is not, a share that is none, x or y not finite; SMAP_E_LIMIT. */
smap_status smap__lines_insert(const smap_geometry *lines, const smap__line_place *places, size_t count,
                               const smap_geometry **out, uint32_t *at, smap_error *err);

#endif
