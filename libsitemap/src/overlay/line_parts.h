/* Which parts of lines are touched by other features: the stretch of a road that lies in a flood, under a landslide,
 * within a few metres of a reported point.
 *
 * Everything planar, in one CRS. */
#ifndef SMAP_OVERLAY_LINE_PARTS_H
#define SMAP_OVERLAY_LINE_PARTS_H

#include "geo/line_place.h"

typedef struct smap__line_part {
    uint32_t line, by;         /* rows of `lines` and of `by` */
    smap__line_place from, to; /* in the order of the line; equal for a touch without length */
} smap__line_part;

/* The parts of every line that are inside polygon features of `by`, border included, or within reach[i] >= 0 of feature
 * i of any type (0: touched exactly, within the resolution of the coordinates; NULL: 0 for all). Ordered by line, then
 * `by`, then along the line; parts of one pair do not touch each other along the line, and none goes on from one part
 * of a multiline to the next. Parts that are not lines, have one point or coordinates that are not finite are passed
 * over; one without length counts as the point that it is, from its first coordinate to its last. Polygons must be
 * valid (geo/repair.h). *out is freed with smap__free. SMAP_E_CRS; SMAP_E_ARGUMENT: a reach that is negative or not
 * finite; SMAP_E_CANCELLED. Does not depend on threads or on the order of features. */
smap_status smap__line_parts(smap_ctx *ctx, const smap_geometry *lines, const smap_geometry *by, const double *reach,
                             smap__line_part **out, size_t *count, smap_error *err);

#endif
