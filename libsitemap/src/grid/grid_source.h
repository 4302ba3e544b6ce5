/* Cells from somewhere: what the kernels of this module read rasters through. The file stays with io; a source may also
 * compute its cells from others (hazard to people from depth and velocity). */
#ifndef SMAP_GRID_GRID_SOURCE_H
#define SMAP_GRID_GRID_SOURCE_H

#include "sitemap/geometry.h"

typedef struct smap__grid_source {
    int64_t width, height;         /* cells */
    int block_width, block_height; /* of the store: windows are asked for along these */
    double transform[6];           /* GDAL's order: x = t0 + col t1 + row t2, y = t3 + col t4 + row t5 */
    const smap_crs *crs;           /* borrowed */
    /* Cells of a window, row by row, into values[height * width]; NaN = nodata. Called by several threads at once with
     * their own `worker` number (0 .. threads - 1). */
    smap_status (*read)(void *user, int worker, int64_t column, int64_t row, int64_t width, int64_t height,
                        double *values, smap_error *err);
    void *user;
} smap__grid_source;

#endif
