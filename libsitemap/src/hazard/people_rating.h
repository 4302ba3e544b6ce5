/* Hazard to people in water: HR = d (v + 0.5) + DF (Defra and Environment Agency, Flood Risks to People, FD2320 and
 * FD2321), with the debris factor DF of data/standards/debris_factor.csv and the classes of a scale in HR. */
#ifndef SMAP_HAZARD_PEOPLE_RATING_H
#define SMAP_HAZARD_PEOPLE_RATING_H

#include "model/hazard_class.h"

typedef struct smap__people_rating_options {
    const char *debris; /* "urban", "conservative", "woodland", "pasture", "none"; NULL = the first of the file */
    const smap__class_scale *scale; /* of unit "HR": people_rating_2008 or _2006 */
} smap__people_rating_options;

/* Into rating[count] (m2/s, 0 where it is dry) and klass[count] (0 dry or below the lowest class). Depth in m,
 * velocity in m/s; what is negative, NaN or infinite is unknown and gives NaN and -1, but where the depth is 0 the
 * velocity does not matter. From the largest depth and velocity of an asset it is an upper bound: they need not meet in
 * one place. *negative (may be NULL) counts assets with a depth or velocity below 0.
 * SMAP_E_NOT_FOUND lists the kinds of debris; SMAP_E_ARGUMENT if the scale is not one of HR. */
smap_status smap__people_rate(smap_ctx *ctx, const smap__people_rating_options *options, const double *depth_m,
                              const double *velocity_ms, int64_t count, double *rating, int8_t *klass,
                              int64_t *negative, smap_error *err);
/* Code of the domain people_danger: "dry", "caution", that of the class, "unknown". */
const char *smap__people_danger(const smap__class_scale *scale, double rating, int klass);

#endif
