/* What the source of a hazard looked at: without it nothing is known outside of the hazard's polygons. */
#ifndef SMAP_JOB_HAZARD_COVERAGE_H
#define SMAP_JOB_HAZARD_COVERAGE_H

#include "job/hazard_run.h"

/* Of the workspace's hazards: the areas of the layer coverage that name the same activation as the hazard's rows.
 * Another activation looked for other things. */
smap_status smap__coverage_of_group(smap__hazard_run *run, smap__hazard *hazard, smap_error *err);

/* Of the hazards of --hazard: coverage=SRC, else --coverage SRC. */
smap_status smap__coverage_told(smap__hazard_run *run, smap_error *err);

#endif
