/* What intensities mean for assets: damage by a curve, passable roads, warning time; and how sure classes are. */
#ifndef SMAP_JOB_HAZARD_FUNCTIONS_H
#define SMAP_JOB_HAZARD_FUNCTIONS_H

#include "hazard/sampling.h"
#include "job/hazard_run.h"

/* --curve, --passability, arrival_time= and --warning-delay: into asset->extra. Before smap__hazard_put. */
smap_status smap__hazard_functions(smap__hazard_run *run, smap_error *err);
/* --samples: into asset->sampled. */
smap_status smap__hazard_sample(smap__hazard_run *run, smap_error *err);
/* The error told with error=, else the usual one of the hazard. */
smap_status smap__hazard_error(smap__hazard_run *run, const smap__hazard *hazard, smap__sampling_error *out,
                               smap_error *err);
/* What both say in all: tables and notes into run->result. */
smap_status smap__hazard_report_effects(smap__hazard_run *run, smap_error *err);
/* Rows of the layer closure for the roads that --passability finds closed, into run->change. */
smap_status smap__hazard_put_closures(smap__hazard_run *run, smap_error *err);

/* The chances of the classes of an asset in words: "none 0.12, low 0.88"; what never occurred is left out. */
void smap__hazard_put_chances(const smap__class_scale *scale, const double *probability, smap__str *out);

#endif
