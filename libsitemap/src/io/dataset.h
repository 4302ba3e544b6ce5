/* Raster files as GDAL has them: opened with the one driver that their name allows, and where on earth they lie. */
#ifndef SMAP_IO_DATASET_H
#define SMAP_IO_DATASET_H

#include "sitemap/geometry.h"

/* A GDALDatasetH of `name`, which is the absolute path `shown` names to the user, or what stands for a part of it;
 * `called` says what it is ("a GeoTIFF"), `options` are the driver's. SMAP_E_FORMAT. */
smap_status smap__dataset_open(smap_ctx *ctx, const char *name, const char *shown, const char *driver,
                               const char *called, const char *const *options, void **out, smap_error *err);
void smap__dataset_close(void *dataset); /* NULL is fine */

/* No .aux.xml and no tile index beside a GeoTIFF: what it says of its place stands in it, or in its world file. */
extern const char *const smap__dataset_tiff_options[];

/* Six numbers in GDAL's order and the CRS. SMAP_E_CRS where one of them is not told, SMAP_E_FORMAT where cells have no
 * size. Between a guard's begin and end. */
smap_status smap__dataset_place(smap_ctx *ctx, void *dataset, const char *shown, double transform[6],
                                const smap_crs **crs, smap_error *err);

#endif
