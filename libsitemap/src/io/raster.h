/* Rasters, window by window, in any driver on the allow-list (GeoTIFF, ASCII grid). */
#ifndef SMAP_IO_RASTER_H
#define SMAP_IO_RASTER_H

#include "sitemap/geometry.h"

typedef struct smap__raster smap__raster;

typedef struct smap__raster_info {
    int64_t width, height;
    int bands, block_width, block_height;
    double transform[6]; /* GDAL's order: x = t0 + col t1 + row t2, y = t3 + col t4 + row t5 */
    const smap_crs *crs;
    bool has_nodata; /* of the opened band */
    double nodata;
    const char *type; /* "Float32" */
} smap__raster_info;

/* `band` from 1. Refuses rasters over the pixel budget, without geotransform or CRS, or with cells of no size. */
smap_status smap__raster_open(smap_ctx *ctx, const char *path, int band, smap__raster **out, smap_error *err);
void smap__raster_close(smap__raster *raster);
const smap__raster_info *smap__raster_info_of(const smap__raster *raster);
/* A window into values[height][width], the band's scale and offset applied; nodata and NaN both arrive as NaN. */
smap_status smap__raster_read(smap__raster *raster, int64_t column, int64_t row, int64_t width, int64_t height,
                              double *values, smap_error *err);

#endif
