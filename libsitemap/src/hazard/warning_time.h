/* How long people have between a warning and the water: arrival of the flood less the time until the warning goes out,
 * in classes of data/standards/warning_time.csv. */
#ifndef SMAP_HAZARD_WARNING_TIME_H
#define SMAP_HAZARD_WARNING_TIME_H

#include "sitemap/context.h"

/* Into lead_min[count] (negative: the water is there before the warning) and code[count] (lent, a code of the domain
 * warning_time; "unknown" for NaN). `arrival_min` in minutes after the event began, of the asset's earliest water;
 * NaN, infinite or negative = not known. `delay_min`: from the event to the warning, all of detection, decision and
 * telling; SMAP_E_ARGUMENT if it is negative. *negative (may be NULL) counts arrivals below 0. */
smap_status smap__warning_time(smap_ctx *ctx, const double *arrival_min, double delay_min, int64_t count,
                               double *lead_min, const char **code, int64_t *negative, smap_error *err);

#endif
