/* Several hazards on the same assets: which dominates, how many, how bad together, and which go together.
 *
 * Scales differ in their number of classes: a class c of n counts as p = c / n, and on the common scale 0 .. 4 as 4 p
 * rounded (half up), at least 1. So the highest class is 4, whatever its words, unless the scale states what its
 * classes count as (smap__hazard_class): a class that states the common class k counts as p = k / 4. */
#ifndef SMAP_HAZARD_COMBINE_H
#define SMAP_HAZARD_COMBINE_H

#include "hazard/exposure.h"

enum { SMAP__HAZARDS_MAX = 64, SMAP__ASSETS_A_POLL = 1 << 16 /* between two looks whether to go on */ };

/* A class on the common scale; unknown (-1) and none (0) stay as they are. `scale` NULL: one of `classes` that states
 * nothing. */
int smap__common_class(const smap__class_scale *scale, int klass, int classes);
/* p of a class that is known (0 ..). Equal parts are equal numbers: they are one rounded division. */
double smap__class_part(const smap__class_scale *scale, int klass, int classes);

typedef struct smap__combine_options {
    int at_least;                          /* "affected by a hazard" means class >= this of its own scale, 1 .. */
    const double *weight;                  /* of each hazard in [0, 1], for noisy-or and weighted sum; NULL = 1 each */
    const smap__class_scale *const *scale; /* of each hazard; NULL = scales that state nothing */
} smap__combine_options;

/* One value an asset. The hazard with the highest p dominates; ties go to the larger weight, then the larger affected
 * share, then the hazard named first. */
typedef struct smap__combined {
    int64_t count;
    int8_t *klass;    /* highest class of any hazard on the common scale; 0 only where every hazard is known to be 0;
                         -1 where some hazard is unknown and none is >= 1 */
    int8_t *dominant; /* index of the hazard; -1 none or unknown */
    int8_t *hazards;  /* how many are at or above `at_least` */
    int8_t *unknowns; /* for how many nothing is known */
    double *noisy_or; /* 1 - prod(1 - p w) over known hazards; NaN if none is known */
    double *weighted; /* sum(w p) / sum(w) over known hazards; NaN if none is known or all their weights are 0 */
} smap__combined;

/* SMAP_E_ARGUMENT: exposures of different length, a weight outside [0, 1], no hazard or too many. SMAP_E_CANCELLED. */
smap_status smap__combine(smap_ctx *ctx, const smap__exposure *const *hazard, int hazards,
                          const smap__combine_options *options, smap__combined **out, smap_error *err);
void smap__combined_free(smap__combined *combined);

/* Coincidence: assets, m2, metres and people in hazard a and in hazard b (class >= at_least), for every pair a <= b
 * (a = b: in a at all). Areas and lengths are an upper bound where both are partial: the smaller of the two shares.
 * People are those of the whole asset. */
typedef struct smap__coincidence {
    int a, b;
    int64_t assets;
    int64_t unknown; /* assets that may be in both: not known to be out of either, not known to be in both */
    double area_m2, length_m, people;
    int64_t people_unknown; /* assets counted whose people are not known */
} smap__coincidence;
/* Into out[hazards * (hazards + 1) / 2]: (0,0), (0,1), .. (1,1), .. SMAP_E_CANCELLED. */
smap_status smap__coincide(smap_ctx *ctx, const smap__exposure *const *hazard, int hazards, const smap__assets *assets,
                           int at_least, smap__coincidence *out, smap_error *err);

#endif
