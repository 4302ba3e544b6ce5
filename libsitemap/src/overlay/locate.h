/* Which polygon holds a point: the join behind every "by area" figure. Own kernel: packed index, then exact crossing
 * counts. A point on the border of two areas belongs to exactly one: the one with the lowest row. */
#ifndef SMAP_OVERLAY_LOCATE_H
#define SMAP_OVERLAY_LOCATE_H

#include "sitemap/geometry.h"

/* For every feature of `points` (points as they are; lines and polygons by their representative point) the row of the
 * polygon feature of `areas` that holds it, or -1, into area[points->count]. Both in the same CRS. */
smap_status smap__locate(smap_ctx *ctx, const smap_geometry *points, const smap_geometry *areas, int64_t *area,
                         smap_error *err);

/* Is (x, y) inside the polygon feature, or on its border? */
bool smap__polygon_contains(const smap_geometry *polygons, int64_t feature, double x, double y);

#endif
