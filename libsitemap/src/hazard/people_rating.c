#include "hazard/people_rating.h"

#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/str.h"
#include "hazard/depth_damage.h"
#include "model/data_table.h"

enum { DEBRIS, DEPTH_FROM, INCLUDING, VELOCITY_ABOVE, FACTOR, COLUMNS };
static const char *const column_names[COLUMNS] = { "debris", "depth_from_m", "including", "velocity_above_ms",
                                                   "factor" };

enum { STEPS_MAX = 8 };

typedef struct step {
    double depth, velocity; /* velocity NaN: none reaches it */
    bool including;
    double factor;
} step;

typedef struct debris {
    step step[STEPS_MAX];
    int steps;
} debris;

static smap_status read_step(const smap__data_table *t, int64_t row, debris *out, smap_error *err) {
    smap_status status = SMAP_OK;
    if (out->steps == STEPS_MAX)
        return smap__data_table_fail(t, row, err, "one kind of debris has at most %d rows", STEPS_MAX);
    step *s = &out->step[out->steps];
    SMAP_TRY(smap__data_table_number(t, row, DEPTH_FROM, &s->depth, err), done);
    SMAP_TRY(smap__data_table_number(t, row, VELOCITY_ABOVE, &s->velocity, err), done);
    SMAP_TRY(smap__data_table_number(t, row, FACTOR, &s->factor, err), done);
    s->including = strcmp(smap__data_table_text(t, row, INCLUDING), "yes") == 0;
    if (!(s->depth >= 0) || !(s->factor >= 0) || (out->steps > 0 && s->depth < s[-1].depth))
        return smap__data_table_fail(t, row, err, "depth_from_m and factor are needed, and depths rise within a kind");
    out->steps++;
done:
    return status;
}

static smap_status read_debris(smap_ctx *ctx, const char *name, debris *out, smap_error *err) {
    const smap__data_table *t;
    smap__str list = SMAP__STR_INIT;
    smap_status status = smap__standard_get(ctx, "debris_factor", column_names, COLUMNS, &t, err);
    if (status != SMAP_OK) return status;
    if (!name) name = smap__data_table_text(t, 0, DEBRIS);
    out->steps = 0;
    for (int64_t row = 0; row < t->rows && status == SMAP_OK; row++) {
        const char *kind = smap__data_table_text(t, row, DEBRIS);
        bool first = row == 0 || strcmp(kind, smap__data_table_text(t, row - 1, DEBRIS)) != 0;
        if (first) smap__str_printf(&list, "%s%s", list.len ? ", " : "", kind);
        if (strcmp(kind, name) == 0) status = read_step(t, row, out, err);
    }
    if (status == SMAP_OK && list.failed) status = smap__fail_memory(err);
    if (status == SMAP_OK && out->steps == 0)
        status = smap__fail(err, SMAP_E_NOT_FOUND, name, "\"%s\" is no kind of debris; there is %s", name, list.data);
    smap__str_release(&list);
    return status;
}

static double debris_factor(const debris *d, double depth, double velocity) {
    double factor = 0;
    for (int i = 0; i < d->steps; i++) {
        const step *s = &d->step[i];
        if (depth > s->depth || (s->including && depth == s->depth) || velocity > s->velocity) factor = s->factor;
    }
    return factor;
}

smap_status smap__people_rate(smap_ctx *ctx, const smap__people_rating_options *options, const double *depth_m,
                              const double *velocity_ms, int64_t count, double *rating, int8_t *klass,
                              int64_t *negative, smap_error *err) {
    debris d;
    smap_status status = smap__check_unit(options->scale->name, options->scale->unit, "HR", err);
    if (status == SMAP_OK) status = read_debris(ctx, options->debris, &d, err);
    if (status != SMAP_OK) return status;
    int64_t below = 0;
    for (int64_t i = 0; i < count; i++) {
        double depth = depth_m[i], velocity = velocity_ms[i];
        below += depth < 0 || velocity < 0;
        if (depth == 0)
            rating[i] = 0;
        else if (isfinite(depth) && isfinite(velocity) && depth > 0 && velocity >= 0)
            rating[i] = depth * (velocity + 0.5) + debris_factor(&d, depth, velocity);
        else
            rating[i] = NAN;
        klass[i] = (int8_t)smap__class_of(options->scale, rating[i]);
    }
    if (negative) *negative = below;
    return SMAP_OK;
}

const char *smap__people_danger(const smap__class_scale *scale, double rating, int klass) {
    if (klass > 0) return scale->klass[klass - 1].code;
    return klass < 0 ? "unknown" : rating > 0 ? "caution" : "dry";
}
