/* How many people an asset stands for. */
#ifndef SMAP_JOB_HAZARD_PEOPLE_H
#define SMAP_JOB_HAZARD_PEOPLE_H

#include "job/hazard_run.h"

/* Of sites the individuals of their latest round, of buildings their population, of households their size, into
 * asset->people (NaN = not known); NULL for services and roads, and where nobody is known of any row. */
smap_status smap__hazard_people(smap__hazard_run *run, smap__asset_layer *asset, smap_error *err);

#endif
