/* Which polygon holds a point: the join behind every "by area" figure. Own kernel: packed index, then exact crossing
 * counts. A point on the border of two areas belongs to exactly one: the one with the lowest row. */
#ifndef SMAP_OVERLAY_LOCATE_H
#define SMAP_OVERLAY_LOCATE_H

#include "geo/index.h"
#include "sitemap/geometry.h"

/* For every feature of `points` (points as they are; lines and polygons by their representative point) the row of the
 * polygon feature of `areas` that holds it, or -1, into area[points->count]. Both in the same CRS. */
smap_status smap__locate(smap_ctx *ctx, const smap_geometry *points, const smap_geometry *areas, int64_t *area,
                         smap_error *err);

/* Is (x, y) inside the polygon feature, or on its border? */
bool smap__polygon_contains(const smap_geometry *polygons, int64_t feature, double x, double y);

/* Polygons prepared for points that come one by one; read by many threads. Keeps no reference of `areas`. */
typedef struct smap__locator smap__locator;
smap_status smap__locator_new(smap_ctx *ctx, const smap_geometry *areas, smap__locator **out, smap_error *err);
void smap__locator_free(smap__locator *locator);

/* The rows of all polygon features that hold (x, y), or have it on their border, ascending, into hits (emptied first).
 */
smap_status smap__locator_holders(const smap__locator *locator, double x, double y, smap__hits *hits, smap_error *err);

#endif
