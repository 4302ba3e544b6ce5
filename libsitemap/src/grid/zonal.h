/* Features over a raster: shares by class, largest and mean value.
 *
 * Polygons by exact coverage fraction of every cell, lines split at cell borders, points by their cell or bilinear.
 * Features are taken in the order of the raster's blocks, each block is read once and only where a feature lies;
 * results do not depend on the order of the features nor on the threads.
 *
 * What lies on the border of two cells (a point, a line along it) belongs to the one behind it, right or below; on the
 * outer border of the raster to the last cell. A cell of which a polygon covers less than 1e-9 is not touched. Of a
 * mixed feature the parts that have the most dimensions count. Features without area (or length) have the weight 0, and
 * all of them is unknown; by the rule of centres that is a polygon between the centres too. */
#ifndef SMAP_GRID_ZONAL_H
#define SMAP_GRID_ZONAL_H

#include "grid/grid_source.h"

typedef enum smap__cell_rule {
    SMAP__CELL_FRACTION, /* polygons: every cell by the fraction that is covered */
    SMAP__CELL_CENTRE    /* polygons: cells whose centre is inside, whole (as rasterize, QGIS) */
} smap__cell_rule;

typedef struct smap__zonal_options {
    const double *breaks; /* ascending lower bounds of class 1 .. classes; class 0 is what lies below the first */
    int classes;          /* at most 254 */
    smap__cell_rule rule;
    bool bilinear; /* points between cell centres; a neighbour without value is left out of the weights, and a point in
                      a cell without value has none */
} smap__zonal_options;

/* Arrays of `count` values, one a feature; share is [count][classes + 1]. Weights are in cells (polygons), in the unit
 * of the raster's CRS (lines), in points. */
typedef struct smap__zonal {
    int64_t count;
    int classes;
    double *weight;           /* all of the feature: cells (or length) on the raster and off it; 0 for null features */
    double *unknown;          /* share of the weight off the raster or without value */
    double *sum;              /* sum of value times weight, over cells with a value */
    double *mean, *min, *max; /* over cells with a value; NaN where there is none */
    double *share;            /* [feature][class]: share of the weight; with `unknown` they add up to 1 */
} smap__zonal;

/* `features` in the CRS of the source (smap__ground_transform). Cells are at most those of two windows a thread. */
smap_status smap__zonal_compute(smap_ctx *ctx, const smap__grid_source *source, const smap_geometry *features,
                                const smap__zonal_options *options, smap__zonal **out, smap_error *err);
void smap__zonal_free(smap__zonal *zonal);

/* Distance in cells' ground units from every feature to the nearest cell of class >= `least`, searched up to `limit`
 * (unit of the CRS); 0 where it touches one, NaN beyond the limit and for null features. */
smap_status smap__zonal_distance(smap_ctx *ctx, const smap__grid_source *source, const smap_geometry *features,
                                 const smap__zonal_options *options, int least, double limit, double *out,
                                 smap_error *err);

#endif
