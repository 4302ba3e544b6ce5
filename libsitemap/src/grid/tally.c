#include "grid/tally.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"

/* A slot: the fixed figures, then the weights of the classes. */
enum { KNOWN, UNKNOWN, SUM, MIN, MAX, FIXED };

/* A feature is on the raster where not more than this share of it lies off (what rounding of places adds up to). */
static const double OFF_LEAST = 1e-9;

smap_status smap__tally_results(int64_t count, int classes, smap__zonal **out, smap_error *err) {
    smap__zonal *z = smap__zalloc(1, sizeof *z);
    if (!z) return smap__fail_memory(err);
    size_t n = (size_t)count;
    z->count = count;
    z->classes = classes;
    z->weight = smap__zalloc(n, sizeof(double));
    z->unknown = smap__zalloc(n, sizeof(double));
    z->sum = smap__zalloc(n, sizeof(double));
    z->mean = smap__zalloc(n, sizeof(double));
    z->min = smap__zalloc(n, sizeof(double));
    z->max = smap__zalloc(n, sizeof(double));
    z->share = smap__zalloc(n, ((size_t)classes + 1) * sizeof(double));
    if (!z->weight || !z->unknown || !z->sum || !z->mean || !z->min || !z->max || !z->share) {
        smap__zonal_free(z);
        return smap__fail_memory(err);
    }
    for (size_t i = 0; i < n; i++) z->min[i] = HUGE_VAL, z->max[i] = -HUGE_VAL;
    *out = z;
    return SMAP_OK;
}

void smap__zonal_free(smap__zonal *zonal) {
    if (!zonal) return;
    smap__free(zonal->weight);
    smap__free(zonal->unknown);
    smap__free(zonal->sum);
    smap__free(zonal->mean);
    smap__free(zonal->min);
    smap__free(zonal->max);
    smap__free(zonal->share);
    smap__free(zonal);
}

static void add(smap__zonal *z, int64_t i, const double fixed[FIXED], const double *share) {
    z->mean[i] += fixed[KNOWN];
    z->unknown[i] += fixed[UNKNOWN];
    z->sum[i] += fixed[SUM];
    if (fixed[MIN] < z->min[i]) z->min[i] = fixed[MIN];
    if (fixed[MAX] > z->max[i]) z->max[i] = fixed[MAX];
    for (int k = 0; k <= z->classes; k++) z->share[i * (z->classes + 1) + k] += share[k];
}

void smap__tally_put(const smap__tally *t, smap__zonal *zonal, int64_t feature) {
    const double fixed[FIXED] = { t->known, t->unknown, t->sum, t->min, t->max };
    add(zonal, feature, fixed, t->share);
}

void smap__tally_finish(smap__zonal *z, int64_t i, double whole) {
    double known = z->mean[i], weight = known + z->unknown[i];
    if (whole - weight > OFF_LEAST * whole) {
        z->unknown[i] += whole - weight;
        weight = whole;
    }
    z->weight[i] = weight;
    z->unknown[i] = weight > 0 ? z->unknown[i] / weight : 1;
    for (int k = 0; k <= z->classes && weight > 0; k++) z->share[i * (z->classes + 1) + k] /= weight;
    z->mean[i] = known > 0 ? z->sum[i] / known : NAN;
    if (!(known > 0)) z->min[i] = z->max[i] = NAN;
}

smap_status smap__slots_new(smap__slots *slots, int64_t count, int classes, smap_error *err) {
    size_t stride = (size_t)classes + FIXED + 1;
    slots->classes = classes;
    slots->value = smap__zalloc((size_t)count, stride * sizeof(double));
    if (!slots->value) return smap__fail_memory(err);
    for (size_t i = 0; i < (size_t)count; i++) {
        slots->value[i * stride + MIN] = HUGE_VAL;
        slots->value[i * stride + MAX] = -HUGE_VAL;
    }
    return SMAP_OK;
}

void smap__slots_add(smap__slots *slots, int64_t slot, const smap__tally *t) {
    double *v = slots->value + slot * (FIXED + slots->classes + 1);
    v[KNOWN] += t->known;
    v[UNKNOWN] += t->unknown;
    v[SUM] += t->sum;
    if (t->min < v[MIN]) v[MIN] = t->min;
    if (t->max > v[MAX]) v[MAX] = t->max;
    for (int k = 0; k <= slots->classes; k++) v[FIXED + k] += t->share[k];
}

void smap__slots_put(const smap__slots *slots, int64_t slot, smap__zonal *zonal, int64_t feature) {
    const double *v = slots->value + slot * (FIXED + slots->classes + 1);
    add(zonal, feature, v, v + FIXED);
}

void smap__slots_release(smap__slots *slots) {
    smap__free(slots->value);
}
