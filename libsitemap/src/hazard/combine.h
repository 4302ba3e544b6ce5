/* Several hazards on the same assets: which dominates, how many, how bad together, and which go together. */
#ifndef SMAP_HAZARD_COMBINE_H
#define SMAP_HAZARD_COMBINE_H

#include "hazard/exposure.h"

typedef struct smap__combine_options {
    int at_least;         /* "affected by a hazard" means class >= this, 1 .. */
    const double *weight; /* of each hazard, for noisy-or and weighted sum; NULL = 1 each */
} smap__combine_options;

/* One value an asset. The hazard with the highest class normalised by its number of classes dominates; ties go to the
 * larger weight, then the larger affected share, then the hazard named first. */
typedef struct smap__combined {
    int64_t count;
    int8_t *klass; /* highest class of any hazard as 0 .. 4 on the common scale; -1 where nothing is known and none is
                      >= 1 */
    int8_t *dominant; /* index of the hazard; -1 none or unknown */
    int8_t *hazards;  /* how many are at or above `at_least` */
    int8_t *unknowns; /* for how many nothing is known */
    double *noisy_or; /* 1 - prod(1 - p w), p = class / classes of the hazard (weights as they are, in [0, 1]); over
                         known hazards; NaN if none */
    double *weighted; /* sum(w p) / sum(w) over known hazards; NaN if none */
} smap__combined;

smap_status smap__combine(const smap__exposure *const *hazard, int hazards, const smap__combine_options *options,
                          smap__combined **out, smap_error *err);
void smap__combined_free(smap__combined *combined);

/* Coincidence: assets, m2, metres and people in hazard a and in hazard b (class >= at_least), for every pair a <= b
 * (a = b: in a at all), and those unknown in either. Areas are an upper bound where both are partial: the smaller of
 * the two shares. */
typedef struct smap__coincidence {
    int a, b;
    int64_t assets, unknown;
    double area_m2, length_m, people;
    int64_t people_unknown; /* assets counted whose people are not known */
} smap__coincidence;
/* Into out[hazards * (hazards + 1) / 2]. */
void smap__coincide(const smap__exposure *const *hazard, int hazards, const smap__assets *assets, int at_least,
                    smap__coincidence *out);

#endif
