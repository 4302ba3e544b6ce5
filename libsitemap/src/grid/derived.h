/* A raster made of two others on the same grid, cell by cell: hazard to people from depth and velocity. */
#ifndef SMAP_GRID_DERIVED_H
#define SMAP_GRID_DERIVED_H

#include "grid/grid_source.h"

/* Values of cells from those of the two rasters, `n` of them, in the place of `a`; NaN = no value. Called by several
 * threads at once. */
typedef smap_status (*smap__cells_fn)(double *a, const double *b, int64_t n, void *user, smap_error *err);

typedef struct smap__derived smap__derived;

/* The sources must stay; their names are for the sentence that says where their grids differ (SMAP_E_ARGUMENT,
 * SMAP_E_CRS). `ctx` must be the one that the kernels run with. */
smap_status smap__derived_new(smap_ctx *ctx, const smap__grid_source *a, const char *name_a, const smap__grid_source *b,
                              const char *name_b, smap__cells_fn fn, void *user, smap__derived **out, smap_error *err);
void smap__derived_free(smap__derived *derived);
const smap__grid_source *smap__derived_grid(const smap__derived *derived);

#endif
