/* CRS work inside the library: transforms of coordinate arrays and the choice of a metric CRS. PROJ lives in crs.c. */
#ifndef SMAP_GEO_CRS_H
#define SMAP_GEO_CRS_H

#include "base/ctx.h"
#include "sitemap/geometry.h"

/* x, y (n of them) from one CRS to another, in place, x = lon or easting on both sides. Points outside the domain
 * become NaN; how many is added to *lost (may be NULL). Works in parallel chunks. Where PROJ knows no datum
 * transformation the context's log says so. Grids are never used, whether installed or not: results must not depend on
 * the machine. */
smap_status smap__crs_transform(smap_ctx *ctx, const smap_crs *from, const smap_crs *to, double *x, double *y,
                                int64_t n, int64_t *lost, smap_error *err);

/* A metric CRS for data of that extent (in `crs`): the UTM zone of its centre where the extent stays within 4 degrees
 * of its meridian (and between 80 S and 84 N), else a Lambert azimuthal equal-area one on its centre. Its name says
 * which. */
smap_status smap__crs_metric(smap_ctx *ctx, smap_box extent, const smap_crs *crs, const smap_crs **out,
                             smap_error *err);

/* The box of the transformed outline of a box, densified (21 points a side). */
smap_status smap__crs_transform_box(smap_ctx *ctx, const smap_crs *from, const smap_crs *to, smap_box box,
                                    smap_box *out, smap_error *err);

/* EPSG:4326, shared. */
smap_status smap__crs_wgs84(smap_ctx *ctx, const smap_crs **out, smap_error *err);

/* The geographic CRS that a projected one is made from, on the same datum; a geographic one itself. */
smap_status smap__crs_geographic(smap_ctx *ctx, const smap_crs *crs, const smap_crs **out, smap_error *err);
void smap__crs_ellipsoid(const smap_crs *crs, double *semi_major_m, double *flattening);

/* Meridian convergence in degrees (grid north east of true north positive) and point scale (root of the areal scale) at
 * a point in `crs`. */
smap_status smap__crs_factors(smap_ctx *ctx, const smap_crs *crs, double x, double y, double *convergence_deg,
                              double *scale, smap_error *err);

/* WKT 1 as GDAL writes it, for formats that want it (GeoPackage's table of reference systems); "" where it has no such
 * form. */
const char *smap__crs_wkt1(const smap_crs *crs);

/* The version of PROJ, for provenance. */
const char *smap__proj_version(void);

#endif
