/* How sure classes and the dominant hazard are, when intensities, class bounds and weights are not exact: many samples,
 * each with errors of its own, seeded.
 *
 * In a sample, class bounds and weights have one error for all assets (they are the same mistake everywhere), the
 * intensity has one for each asset and hazard. All are normal: intensity + z sqrt(absolute^2 + (relative intensity)^2),
 * not below 0; bound (1 + z break_relative), bounds kept in order; weight + z weight_error, kept within 0 and 1. An
 * intensity of exactly 0 stays 0: whether the water gets there at all is an error of the extent, which is not sampled.
 * A class that was given, or that comes from elsewhere than the intensity, stays as it is; an unknown one stays
 * unknown. */
#ifndef SMAP_HAZARD_SAMPLING_H
#define SMAP_HAZARD_SAMPLING_H

#include "hazard/combine.h"

typedef struct smap__sampling_error {
    double absolute; /* standard deviation in the unit of the intensity */
    double relative; /* standard deviation as a share of the intensity */
    double break_relative;
} smap__sampling_error;

/* The row of data/standards/sampling_error.csv for a hazard (code of the domain hazard) and unit, or its "*". The
 * hazard "weight" of unit "" is the usual error of weights, as `absolute`. */
smap_status smap__sampling_error_of(smap_ctx *ctx, const char *hazard, const char *unit, smap__sampling_error *out,
                                    smap_error *err);

typedef struct smap__sampled_input {
    const char *name; /* of the hazard in the run: part of the address of its random numbers */
    const smap__exposure *exposure;
    const smap__class_scale *scale;
    smap__sampling_error error;
    double weight; /* as in smap__combine_options; 1 */
} smap__sampled_input;

typedef struct smap__sampling_options {
    int samples; /* 1 .. 100000 */
    uint64_t seed;
    int at_least;           /* as in smap__combine_options */
    double weight_error;    /* standard deviation of the weights; 0 = exact */
    const uint64_t *stream; /* [asset] smap__random_stream(0, key): results do not hang on the order of assets */
} smap__sampling_options;

typedef struct smap__sampled {
    int64_t count;
    int hazards;
    double **probability; /* [hazard][asset * (classes + 1) + class]: adds up to 1; NaN where the class is unknown */
    double **at_least;    /* [hazard][asset]: of class >= at_least; NaN unknown */
    double *dominant_changes; /* [asset] share of samples whose dominant hazard (or none) is another than without error;
                                 NaN where no hazard is known */
    double *weighted_mean, *weighted_sd; /* [asset] of the weighted sum; NaN where it is not known */
} smap__sampled;

/* In parallel over assets; the same for any number of threads and any order of assets.
 * SMAP_E_ARGUMENT for errors that make no sense; SMAP_E_CANCELLED. */
smap_status smap__sample_errors(smap_ctx *ctx, const smap__sampled_input *hazard, int hazards,
                                const smap__sampling_options *options, smap__sampled **out, smap_error *err);
void smap__sampled_free(smap__sampled *sampled);

#endif
