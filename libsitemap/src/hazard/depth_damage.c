#include "hazard/depth_damage.h"

#include <math.h>
#include <string.h>

#include "base/fail.h"

smap_status smap__check_unit(const char *what, const char *needed, const char *given, smap_error *err) {
    if (strcmp(needed, given) == 0) return SMAP_OK;
    return smap__fail(err, SMAP_E_ARGUMENT, what,
                      "%s needs an intensity in %s, the hazard is in \"%s\": say unit=%s if "
                      "that is what it holds, or convert it",
                      what, needed, given, needed);
}

smap_status smap__depth_damage(const smap__curve *curve, const char *unit, const double *depth, int64_t count,
                               double *value, int8_t *range, int64_t *negative, smap_error *err) {
    smap_status status = smap__check_unit(curve->name, curve->x_unit, unit, err);
    if (status != SMAP_OK) return status;
    int64_t below = 0;
    for (int64_t i = 0; i < count; i++) {
        smap__curve_range where;
        below += depth[i] < 0;
        value[i] = smap__curve_at(curve, depth[i] < 0 ? NAN : depth[i], &where);
        if (range) range[i] = (int8_t)where;
    }
    if (negative) *negative = below;
    return SMAP_OK;
}
