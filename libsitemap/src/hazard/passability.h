/* Who can pass a stretch of road under water: limits of depth, velocity and their product by mode and profile, of
 * data/standards/passability.csv. */
#ifndef SMAP_HAZARD_PASSABILITY_H
#define SMAP_HAZARD_PASSABILITY_H

#include "sitemap/context.h"

typedef enum smap__passable {
    SMAP__PASSABLE_UNKNOWN = -1,
    SMAP__PASSABLE_NONE,
    SMAP__PASSABLE_FOOT,
    SMAP__PASSABLE_ALL
} smap__passable;

typedef struct smap__passability_options {
    const char *vehicle, *foot; /* profiles; NULL = the first of the mode: "car"; "children" (and the elderly) */
} smap__passability_options;

/* Into passable[count]. Passable is what lies below every limit; a stretch that vehicles pass but people do not is
 * "none". Depth in m, the largest of the stretch; velocity in m/s, NULL or NaN = not known, then depth alone decides.
 * `unknown` (NULL = 0) is the share of the stretch that is not known: it leaves "none" as it is and makes the others
 * unknown. Depths that are NaN or negative are unknown; *negative (may be NULL) counts the latter. */
smap_status smap__passability(smap_ctx *ctx, const smap__passability_options *options, const double *depth_m,
                              const double *velocity_ms, const double *unknown, int64_t count, int8_t *passable,
                              int64_t *negative, smap_error *err);
/* Code of the domain passable: "none", "foot", "all", "unknown". */
const char *smap__passable_code(int passable);

#endif
