/* What share of its value an asset loses at a depth of water, by a curve of data/curves. */
#ifndef SMAP_HAZARD_DEPTH_DAMAGE_H
#define SMAP_HAZARD_DEPTH_DAMAGE_H

#include "model/curve.h"

/* Values of the curve (also of one of speeds) at `depth`, in `unit`, into value[count] and range[count] (each a
 * smap__curve_range; may be NULL). NaN and negative depths give NaN and SMAP__CURVE_UNKNOWN; *negative (may be NULL)
 * counts the latter. Fed with the largest depth of an asset it says the worst, with the mean the usual loss.
 * SMAP_E_ARGUMENT if the curve is in another unit. */
smap_status smap__depth_damage(const smap__curve *curve, const char *unit, const double *depth, int64_t count,
                               double *value, int8_t *range, int64_t *negative, smap_error *err);

/* SMAP_E_ARGUMENT and a sentence unless `given` is the unit that `what` needs. */
smap_status smap__check_unit(const char *what, const char *needed, const char *given, smap_error *err);

#endif
