#include "hazard/expose.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/fail.h"

/* Shares are sums of doubles, of coordinates that were moved: less than this is rounding, neither a sliver of a class
 * nor one that nobody looked at. */
static const double ROUNDING = 1e-9;

void smap__zone_ranks_release(smap__zone_ranks *ranks) {
    smap__free(ranks->klass);
    smap__free(ranks->value);
    *ranks = (smap__zone_ranks){ 0 };
}

/* ---- ranks ---------------------------------------------------------------------------------------------------------
 */

typedef struct entry {
    double value; /* -inf where it is not known: below all others of the class */
    int64_t polygon;
    int8_t klass;
} entry;

static int compare(const void *a, const void *b) {
    const entry *x = a, *y = b;
    if (x->klass != y->klass) return x->klass < y->klass ? -1 : 1;
    if (x->value != y->value) return x->value < y->value ? -1 : 1;
    return (x->polygon > y->polygon) - (x->polygon < y->polygon);
}

smap_status smap__zone_ranks_build(const int8_t *klass, const double *value, int64_t polygons, int32_t *rank,
                                   smap__zone_ranks *out, smap_error *err) {
    entry *sorted = smap__zalloc((size_t)polygons + 1, sizeof *sorted);
    smap__zone_ranks ranks = { smap__zalloc((size_t)polygons + 1, sizeof *ranks.klass),
                               value ? smap__zalloc((size_t)polygons + 1, sizeof *ranks.value) : NULL, 0 };
    if (!sorted || !ranks.klass || (value && !ranks.value)) {
        smap__free(sorted);
        smap__zone_ranks_release(&ranks);
        return smap__fail_memory(err);
    }
    for (int64_t i = 0; i < polygons; i++)
        sorted[i] = (entry){ value && !isnan(value[i]) ? value[i] : -HUGE_VAL, i, klass[i] };
    qsort(sorted, (size_t)polygons, sizeof *sorted, compare);
    for (int64_t i = 0; i < polygons; i++) {
        const entry *e = &sorted[i];
        rank[e->polygon] = SMAP__RANK_UNKNOWN;
        if (e->klass == SMAP__CLASS_UNKNOWN) continue;
        bool same = ranks.count > 0 && e->klass == e[-1].klass && e->value == e[-1].value;
        if (!same) {
            ranks.klass[ranks.count] = e->klass;
            if (value) ranks.value[ranks.count] = isfinite(e->value) ? e->value : NAN;
            ranks.count++;
        }
        rank[e->polygon] = SMAP__RANK_FIRST + ranks.count - 1;
    }
    smap__free(sorted);
    *out = ranks;
    return SMAP_OK;
}

/* ---- exposures -----------------------------------------------------------------------------------------------------
 */

/* The highest class touched: of an asset partly in class 0 and partly unknown, nothing is known. */
static int8_t highest_class(const double *share, int classes, double unknown) {
    for (int k = classes; k > 0; k--)
        if (share[k] > 0) return (int8_t)k;
    return unknown > 0 || !(share[0] > 0) ? SMAP__CLASS_UNKNOWN : SMAP__CLASS_NONE;
}

static void settle(smap__exposure *e, int64_t i, double unknown) {
    double *share = &e->share[i * (e->classes + 1)];
    e->unknown[i] = unknown < ROUNDING ? 0 : unknown > 1 - ROUNDING ? 1 : unknown;
    e->affected[i] = 0;
    for (int k = 1; k <= e->classes; k++) e->affected[i] += share[k];
    if (e->affected[i] > 1) e->affected[i] = 1;
    e->klass[i] = highest_class(share, e->classes, e->unknown[i]);
}

static void expose_one(const smap__shares *shares, const smap__zone_ranks *ranks, int64_t i, smap__exposure *e) {
    double *share = &e->share[i * (e->classes + 1)];
    double known = 0, valued = 0, sum = 0, max = NAN;
    for (int64_t k = shares->first[i]; k < shares->first[i + 1]; k++) {
        int32_t rank = shares->rank[k];
        if (rank == SMAP__RANK_UNKNOWN || shares->share[k] < ROUNDING) continue;
        known += shares->share[k];
        bool is_zone = rank >= SMAP__RANK_FIRST;
        share[is_zone ? ranks->klass[rank - SMAP__RANK_FIRST] : SMAP__CLASS_NONE] += shares->share[k];
        double value = !is_zone ? 0 : ranks->value ? ranks->value[rank - SMAP__RANK_FIRST] : NAN;
        if (isnan(value)) continue;
        valued += shares->share[k];
        sum += value * shares->share[k];
        if (isnan(max) || value > max) max = value;
    }
    settle(e, i, 1 - known);
    e->max[i] = ranks->value ? max : NAN;
    e->mean[i] = ranks->value && valued > 0 ? sum / valued : NAN;
}

smap_status smap__expose_shares(const smap__shares *shares, const smap__zone_ranks *ranks, int classes,
                                smap__exposure **out, smap_error *err) {
    smap__exposure *e = NULL;
    smap_status status = smap__exposure_new(shares->count, classes, &e, err);
    if (status != SMAP_OK) return status;
    for (int64_t i = 0; i < shares->count; i++) expose_one(shares, ranks, i, e);
    *out = e;
    return SMAP_OK;
}

smap_status smap__expose_zonal(const smap__zonal *zonal, smap__exposure **out, smap_error *err) {
    smap__exposure *e = NULL;
    smap_status status = smap__exposure_new(zonal->count, zonal->classes, &e, err);
    if (status != SMAP_OK) return status;
    for (int64_t i = 0; i < zonal->count; i++) {
        const double *share = &zonal->share[i * (zonal->classes + 1)];
        for (int k = 0; k <= zonal->classes; k++)
            e->share[i * (zonal->classes + 1) + k] = share[k] < ROUNDING ? 0 : share[k];
        settle(e, i, zonal->weight[i] > 0 ? zonal->unknown[i] : 1);
        e->max[i] = zonal->max[i];
        e->mean[i] = zonal->mean[i];
    }
    *out = e;
    return SMAP_OK;
}

void smap__expose_looked_at(smap__exposure *e, const double *covered) {
    for (int64_t i = 0; i < e->count; i++) {
        double known = 1 - e->unknown[i], unknown = fmin(e->unknown[i], 1 - covered[i]),
               found = e->unknown[i] - unknown;
        if (!(found > ROUNDING)) continue;
        e->share[i * (e->classes + 1)] += found;
        e->mean[i] = isnan(e->mean[i]) ? 0 : e->mean[i] * known / (known + found);
        if (isnan(e->max[i])) e->max[i] = 0;
        settle(e, i, unknown);
    }
}
