/* How far it is to the nearest line. */
#ifndef SMAP_OVERLAY_NEAREST_H
#define SMAP_OVERLAY_NEAREST_H

#include "sitemap/geometry.h"

/* Planar distance from the anchor (geo/geom_column.h) of every feature to the nearest of `lines`, searched up to
 * `limit`, into out[features->count]; NaN beyond it and for null features. Both in one CRS. */
smap_status smap__nearest_line(smap_ctx *ctx, const smap_geometry *features, const smap_geometry *lines, double limit,
                               double *out, smap_error *err);

#endif
