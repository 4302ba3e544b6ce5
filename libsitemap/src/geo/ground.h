/* Working in the plane, stating figures on the ground.
 *
 * Overlay runs in one planar CRS; areas and lengths are stated on the ellipsoid. For features that are small against
 * the change of scale a lattice of scale factors over the extent does that at no cost; large ones go through
 * geodesic.h. */
#ifndef SMAP_GEO_GROUND_H
#define SMAP_GEO_GROUND_H

#include "sitemap/geometry.h"

/* The CRS in which features of that extent and CRS are laid over others: their own if it is projected, its areal scale
 * varies by less than 0.1 % over the extent and is within 1 % of true (so that distances of the plane are metres), else
 * smap__crs_metric of the extent. Its name goes into the output. An empty extent keeps its CRS. */
smap_status smap__ground_crs(smap_ctx *ctx, smap_box extent, const smap_crs *crs, const smap_crs **out,
                             smap_error *err);

/* The same features in another CRS with straight edges kept straight: edges are split until the middle of a piece is
 * off by less than `tolerance` (unit of the target CRS), so that a layer gives the same answer in lon/lat and in UTM.
 * Points outside the target's domain make their feature null; how many is added to *lost (may be NULL). Shares the
 * arrays where the CRS are equal; z and m are not kept where edges are split. SMAP_E_ARGUMENT: a tolerance of 0. */
smap_status smap__ground_transform(smap_ctx *ctx, const smap_geometry *geometry, const smap_crs *to, double tolerance,
                                   const smap_geometry **out, int64_t *lost, smap_error *err);

/* Ellipsoidal area in m2 (polygons; 0 for others) and length in m (lines; 0 for others) of every feature; either array
 * may be NULL; NaN for null features. Agrees with smap_geometry_areas_m2 and _lengths_m within 1e-6 (and
 * within 5 cm2, which is what geodesic.h can tell of a small area). */
smap_status smap__ground_measures(smap_ctx *ctx, const smap_geometry *geometry, double *area_m2, double *length_m,
                                  smap_error *err);

#endif
