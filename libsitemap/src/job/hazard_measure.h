/* Parts of the measuring of a hazard run. */
#ifndef SMAP_JOB_HAZARD_MEASURE_H
#define SMAP_JOB_HAZARD_MEASURE_H

#include "geo/repair.h"
#include "job/hazard_run.h"

/* A layer's features in the working CRS and valid; what was repaired or lost becomes findings about `what`. `repaired`
 * (may be NULL) takes which were repaired. */
smap_status smap__hazard_to_ground(smap__hazard_run *run, const smap_layer *layer, const char *what,
                                   smap__findings *findings, const smap_geometry **out, smap__repairs *repaired,
                                   smap_error *err);
/* Does a box in that CRS reach over more than half of the earth? No plane holds it. */
bool smap__hazard_too_wide(const smap_crs *crs, smap_box box);

smap_status smap__hazard_note_repairs(const smap__repairs *repairs, const smap_layer *layer, const char *what,
                                      smap__findings *findings, smap_error *err);

/* Households without a position of their own are measured where their building is, else their site, if the run has
 * them: into the ground of asset layer `index`. */
smap_status smap__hazard_place_households(smap__hazard_run *run, int index, smap_error *err);

/* All assets against one hazard: the exposures, and hazard->extent. */
smap_status smap__hazard_measure_zones(smap__hazard_run *run, int hazard, smap_error *err);
/* What the source of a hazard looked at, as zones of rank SMAP__RANK_LOOKED_AT. */
smap_status smap__hazard_coverage_zones(smap__hazard_run *run, const smap__hazard *hazard, smap__zones **out,
                                        smap_error *err);
smap_status smap__hazard_measure_raster(smap__hazard_run *run, int hazard, smap_error *err);
/* The assets in the CRS of a raster. */
smap_status smap__hazard_on_grid(smap__hazard_run *run, const smap__asset_layer *asset, const smap__grid_source *grid,
                                 const smap_geometry **out, smap_error *err);

/* The depths behind a rating of depth and velocity, into asset->depth[hazard]; their classes mean nothing. */
smap_status smap__hazard_measure_depth(smap__hazard_run *run, int hazard, smap__asset_layer *asset, smap_error *err);

#endif
