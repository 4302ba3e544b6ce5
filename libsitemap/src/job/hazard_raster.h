/* Hazards that are rasters. */
#ifndef SMAP_JOB_HAZARD_RASTER_H
#define SMAP_JOB_HAZARD_RASTER_H

#include "job/hazard_run.h"

/* Check the raster and find the scale of its values. */
smap_status smap__hazard_read_raster(smap__hazard_run *run, smap__hazard *hazard, smap_error *err);

#endif
