/* Assets of a run, layer by layer: what hazards strike, and where people set out from to services. */
#ifndef SMAP_JOB_ASSET_LAYER_H
#define SMAP_JOB_ASSET_LAYER_H

#include "job/by_areas.h"
#include "job/run_inputs.h"

typedef struct smap__asset_layer {
    const char *name;            /* "building" */
    const smap_layer *layer;     /* columns of the model, positions as they were; NULL = there are none */
    const smap_geometry *ground; /* in the working CRS, valid; where each asset is */
    double *people;              /* of each; NaN = not known; NULL: nobody is known of any */
    int64_t *area;               /* row of the areas of --by, -1 in none; NULL = areas do not count */
    smap__findings findings;
} smap__asset_layer;

void smap__asset_release(smap__asset_layer *asset);

/* Sites, services, buildings, roads or households, of the workspace or of the file in their place; `asset` is all zero
 * before. A row without a key is called by its FID. A layer without rows leaves it all zero. SMAP_E_ARGUMENT: a file
 * without rows or without geometry. */
smap_status smap__asset_read(smap__run_inputs *inputs, const char *name, smap__asset_layer *asset, smap_error *err);

/* Of sites the individuals of their latest round, of buildings their population, of households their size, into
 * asset->people; left NULL for services and roads, and where nobody is known of any row. */
smap_status smap__asset_people(smap__run_inputs *inputs, smap__asset_layer *asset, smap_error *err);

/* The people of a raster as assets called "population": a polygon for each cell in which somebody lives. `source` NULL:
 * the workspace's first population_grid; where it has none, `asset` is left as it was, all zero. */
smap_status smap__asset_population(smap__run_inputs *inputs, smap__arena *arena, const char *source,
                                   smap__asset_layer *asset, smap_error *err);
/* Is it that of gridded people, which is summed up and no layer of the result? */
bool smap__asset_is_grid(const smap__asset_layer *asset);

/* Households without a position of their own stand where their building is, else their site, if `all` holds them: into
 * the ground of `households`, which has one. */
smap_status smap__asset_place_households(const smap__asset_layer *const *all, int count, smap__asset_layer *households,
                                         smap_error *err);
/* A warning for rows without a position, which ends with `so`: "nothing is known of their hazards". */
smap_status smap__asset_note_placeless(smap__asset_layer *asset, const char *so, smap_error *err);
/* Which area each asset lies in, into asset->area; nothing without areas. */
smap_status smap__asset_locate(smap_ctx *ctx, smap__asset_layer *asset, const smap__by_areas *by, smap_error *err);
/* A note of how many lie in none of the areas, if any do. */
smap_status smap__asset_note_outside(const smap__asset_layer *asset, smap_result *result, smap_error *err);

#endif
