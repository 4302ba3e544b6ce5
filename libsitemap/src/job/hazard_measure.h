/* Parts of the measuring of a hazard run. */
#ifndef SMAP_JOB_HAZARD_MEASURE_H
#define SMAP_JOB_HAZARD_MEASURE_H

#include "job/ground_layer.h"
#include "job/hazard_run.h"

/* All assets against one hazard: the exposures, and hazard->extent. */
smap_status smap__hazard_measure_zones(smap__hazard_run *run, int hazard, smap_error *err);
/* What the source of a hazard looked at, as zones of rank SMAP__RANK_LOOKED_AT. */
smap_status smap__hazard_coverage_zones(smap__hazard_run *run, const smap__hazard *hazard, smap__zones **out,
                                        smap_error *err);
smap_status smap__hazard_measure_raster(smap__hazard_run *run, int hazard, smap_error *err);
/* The assets in the CRS of a raster. */
smap_status smap__hazard_on_grid(smap__hazard_run *run, const smap__hazard_asset *asset, const smap__grid_source *grid,
                                 const smap_geometry **out, smap_error *err);

/* The depths behind a rating of depth and velocity, into asset->depth[hazard]; their classes mean nothing. */
smap_status smap__hazard_measure_depth(smap__hazard_run *run, int hazard, smap__hazard_asset *asset, smap_error *err);

#endif
