/* Values at points. */
#ifndef SMAP_GRID_SAMPLE_H
#define SMAP_GRID_SAMPLE_H

#include "grid/lattice.h"

/* The value at each place, NaN off the raster and where its cell has none: that of its cell, or between the centres of
 * the four cells around it; there a neighbour that has no value, or lies off the raster, is left out of the weights. */
smap_status smap__sample(smap_ctx *ctx, const smap__lattice *lattice, const smap__grid_source *source, const double *x,
                         const double *y, int64_t count, bool bilinear, double *out, smap_error *err);

#endif
