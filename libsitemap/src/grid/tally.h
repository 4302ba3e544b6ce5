/* What a feature adds up to: weights, values, classes. */
#ifndef SMAP_GRID_TALLY_H
#define SMAP_GRID_TALLY_H

#include <math.h>

#include "grid/zonal.h"

enum { SMAP__TALLY_CLASSES = 255 };

typedef struct smap__tally {
    const double *breaks;
    int classes;
    double known, unknown, sum, min, max;
    double share[SMAP__TALLY_CLASSES]; /* weights of class 0 .. classes */
} smap__tally;

static inline void smap__tally_clear(smap__tally *t) {
    t->known = t->unknown = t->sum = 0;
    t->min = HUGE_VAL;
    t->max = -HUGE_VAL;
    for (int k = 0; k <= t->classes; k++) t->share[k] = 0;
}

/* 0 below the first break. */
static inline int smap__tally_class(const smap__tally *t, double value) {
    int low = 0, high = t->classes;
    while (low < high) {
        int middle = (low + high) / 2;
        if (value >= t->breaks[middle])
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static inline void smap__tally_add(smap__tally *t, double weight, double value) {
    if (isnan(value)) {
        t->unknown += weight;
        return;
    }
    t->known += weight;
    t->sum += weight * value;
    if (value < t->min) t->min = value;
    if (value > t->max) t->max = value;
    t->share[smap__tally_class(t, value)] += weight;
}

/* The same for cells in a row, all of one weight. */
static inline void smap__tally_run(smap__tally *t, double weight, const double *value, int n) {
    double sum = 0, min = t->min, max = t->max;
    int known = 0;
    for (int k = 0; k < n; k++) {
        if (isnan(value[k])) continue;
        known++;
        sum += value[k];
        if (value[k] < min) min = value[k];
        if (value[k] > max) max = value[k];
        if (t->classes) t->share[smap__tally_class(t, value[k])] += weight;
    }
    t->known += weight * known;
    t->unknown += weight * (n - known);
    t->sum += weight * sum;
    t->min = min;
    t->max = max;
    if (!t->classes) t->share[0] += weight * known;
}

/* Room for `count` features, nothing added yet. Until it is finished, `mean` holds the weight that has a value, `min`
 * and `max` are infinite where nothing is known, `share` are weights. */
smap_status smap__tally_results(int64_t count, int classes, smap__zonal **out, smap_error *err);
void smap__tally_put(const smap__tally *t, smap__zonal *zonal, int64_t feature);
/* Make shares and means of sums. `whole`: the measure of a feature that is partly off the raster, NaN of one that
 * is what its cells add up to. */
void smap__tally_finish(smap__zonal *zonal, int64_t feature, double whole);

/* Features that several threads work on have a slot for each; slots are put in their order. */
typedef struct smap__slots {
    double *value;
    int classes;
} smap__slots;
smap_status smap__slots_new(smap__slots *slots, int64_t count, int classes, smap_error *err);
void smap__slots_add(smap__slots *slots, int64_t slot, const smap__tally *t);
void smap__slots_put(const smap__slots *slots, int64_t slot, smap__zonal *zonal, int64_t feature);
void smap__slots_release(smap__slots *slots);

#endif
