/* The slope of a terrain, as a raster made of it: degrees by Horn's weights over the eight neighbours (B. K. P. Horn,
 * Hill shading and the reflectance map, 1981), as GDAL and QGIS reckon it. */
#ifndef SMAP_GRID_SLOPE_H
#define SMAP_GRID_SLOPE_H

#include "grid/grid_source.h"

typedef struct smap__slope smap__slope;

/* `terrain` (borrowed, heights in m) with rows along x, in any CRS: steps are measured on the ellipsoid, row by row. A
 * cell without one of its neighbours, at the edge or beside nodata, has none. SMAP_E_ARGUMENT for grids that are
 * turned. */
smap_status smap__slope_new(smap_ctx *ctx, const smap__grid_source *terrain, const char *name, smap__slope **out,
                            smap_error *err);
void smap__slope_free(smap__slope *slope);
const smap__grid_source *smap__slope_grid(const smap__slope *slope);

#endif
