/* Rasters, window by window: GeoTIFF, ASCII grid, NetCDF.
 *
 * An open raster belongs to one thread; others take a copy each. Whole blocks are read as they are stored, past GDAL's
 * block cache, and the last one is kept: read windows along blocks. */
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
    const char *type;   /* "Float32" */
    const char *source; /* of the data: the metadata item SOURCE; "" = not told */
} smap__raster_info;

/* Does the name of the file say that it is a raster? ("PATH" or "PATH|layername=VARIABLE") */
bool smap__raster_is_one(const char *spec);

/* `spec` is "PATH", or "FILE.nc|layername=VARIABLE" for one of several variables; `band` from 1. Refuses rasters over
 * the budgets of cells and of cells in a block, without geotransform or CRS, or with cells of no size. */
smap_status smap__raster_open(smap_ctx *ctx, const char *spec, int band, smap__raster **out, smap_error *err);
/* The same raster and band once more, for another thread. */
smap_status smap__raster_copy(smap_ctx *ctx, const smap__raster *raster, smap__raster **out, smap_error *err);
void smap__raster_close(smap__raster *raster);
const smap__raster_info *smap__raster_info_of(const smap__raster *raster);

/* A window into values[height][width], the band's scale and offset applied. What has no value arrives as NaN: nodata,
 * NaN, infinite, masked. */
smap_status smap__raster_read(smap__raster *raster, int64_t column, int64_t row, int64_t width, int64_t height,
                              double *values, smap_error *err);

#endif
