#include "hazard/passability.h"

#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/str.h"
#include "model/data_table.h"

enum { MODE, PROFILE, DEPTH, PRODUCT, VELOCITY, COLUMNS };
static const char *const column_names[COLUMNS] = { "mode", "profile", "depth_m", "depth_velocity_m2s", "velocity_ms" };

typedef struct limits {
    double depth, product, velocity;
} limits;

static smap_status read_limits(const smap__data_table *t, const char *mode, const char *profile, limits *out,
                               smap_error *err) {
    smap__str list = SMAP__STR_INIT;
    smap_status status = SMAP_OK;
    int64_t found = -1;
    for (int64_t row = 0; row < t->rows; row++) {
        const char *other = smap__data_table_text(t, row, PROFILE);
        if (strcmp(smap__data_table_text(t, row, MODE), mode) != 0) continue;
        if (found < 0 && (!profile || strcmp(other, profile) == 0)) found = row;
        smap__str_printf(&list, "%s%s", list.len ? ", " : "", other);
    }
    if (list.failed) {
        status = smap__fail_memory(err);
    } else if (found < 0) {
        status = smap__fail(err, SMAP_E_NOT_FOUND, profile, "\"%s\" is no profile of mode \"%s\"; there is %s",
                            profile ? profile : "", mode, list.len ? list.data : "none");
    }
    smap__str_release(&list);
    if (status == SMAP_OK) status = smap__data_table_number(t, found, DEPTH, &out->depth, err);
    if (status == SMAP_OK) status = smap__data_table_number(t, found, PRODUCT, &out->product, err);
    if (status == SMAP_OK) status = smap__data_table_number(t, found, VELOCITY, &out->velocity, err);
    if (status == SMAP_OK && !(out->depth > 0 && out->product > 0 && out->velocity > 0))
        status = smap__data_table_fail(t, found, err, "all three limits are needed, above 0");
    return status;
}

/* An unknown velocity (NaN) passes both comparisons that it is in. */
static bool passes(const limits *l, double depth, double velocity) {
    return depth < l->depth && !(velocity >= l->velocity) && !(depth * velocity >= l->product);
}

smap_status smap__passability(smap_ctx *ctx, const smap__passability_options *options, const double *depth_m,
                              const double *velocity_ms, const double *unknown, int64_t count, int8_t *passable,
                              int64_t *negative, smap_error *err) {
    const smap__data_table *t;
    limits vehicle, foot;
    smap_status status = smap__standard_get(ctx, "passability", column_names, COLUMNS, &t, err);
    if (status == SMAP_OK) status = read_limits(t, "vehicle", options->vehicle, &vehicle, err);
    if (status == SMAP_OK) status = read_limits(t, "foot", options->foot, &foot, err);
    if (status != SMAP_OK) return status;
    int64_t below = 0;
    for (int64_t i = 0; i < count; i++) {
        double depth = depth_m[i], velocity = velocity_ms ? velocity_ms[i] : NAN;
        int found = SMAP__PASSABLE_UNKNOWN;
        below += depth < 0;
        if (depth >= 0) {
            bool walk = passes(&foot, depth, velocity);
            found = !walk                               ? SMAP__PASSABLE_NONE
                    : passes(&vehicle, depth, velocity) ? SMAP__PASSABLE_ALL
                                                        : SMAP__PASSABLE_FOOT;
            if (found != SMAP__PASSABLE_NONE && unknown && unknown[i] > 0) found = SMAP__PASSABLE_UNKNOWN;
        }
        passable[i] = (int8_t)found;
    }
    if (negative) *negative = below;
    return SMAP_OK;
}

const char *smap__passable_code(int passable) {
    static const char *const code[] = { "unknown", "none", "foot", "all" };
    return code[passable + 1];
}
