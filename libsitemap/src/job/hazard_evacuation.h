/* Which sites and buildings are fit to take people in: the layer evacuation_site. */
#ifndef SMAP_JOB_HAZARD_EVACUATION_H
#define SMAP_JOB_HAZARD_EVACUATION_H

#include "job/hazard_run.h"

/* How far from hazards distances must be known for --evacuation; 0 when it is not asked for. */
smap_status smap__evacuation_reach(smap__hazard_run *run, double *reach_m, smap_error *err);
/* All sites, and the buildings of a use in data/standards/candidate_use.csv, rated; into run->change. */
smap_status smap__hazard_put_evacuation(smap__hazard_run *run, smap_error *err);

#endif
