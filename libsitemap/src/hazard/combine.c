#include "hazard/combine.h"

#include <math.h>

#include "base/alloc.h"
#include "base/ctx.h"
#include "base/fail.h"

static int stated(const smap__class_scale *scale, int klass) {
    return scale && klass > 0 ? scale->klass[klass - 1].common : 0;
}

int smap__common_class(const smap__class_scale *scale, int klass, int classes) {
    if (klass <= 0) return klass;
    if (stated(scale, klass)) return stated(scale, klass);
    int common = (2 * SMAP__COMMON_CLASSES * klass + classes) / (2 * classes);
    return common < 1 ? 1 : common;
}

double smap__class_part(const smap__class_scale *scale, int klass, int classes) {
    int common = stated(scale, klass);
    return common ? (double)common / SMAP__COMMON_CLASSES : (double)klass / classes;
}

static smap_status check(const smap__exposure *const *hazard, int hazards, const smap__combine_options *options,
                         smap_error *err) {
    if (hazards < 1 || hazards > SMAP__HAZARDS_MAX)
        return smap__fail(err, SMAP_E_ARGUMENT, "hazard", "between 1 and %d hazards can be combined, not %d",
                          SMAP__HAZARDS_MAX, hazards);
    for (int h = 0; h < hazards; h++) {
        double weight = options->weight ? options->weight[h] : 1;
        if (!(weight >= 0 && weight <= 1))
            return smap__fail(err, SMAP_E_ARGUMENT, "weight", "the weight of hazard %d is %g: it must be from 0 to 1",
                              h + 1, weight);
        if (hazard[h]->count != hazard[0]->count)
            return smap__fail(err, SMAP_E_ARGUMENT, "hazard", "hazards 1 and %d are of different numbers of assets",
                              h + 1);
    }
    return SMAP_OK;
}

static smap_status new_combined(int64_t count, smap__combined **out, smap_error *err) {
    size_t n = (size_t)count;
    smap__combined *c = smap__zalloc(1, sizeof *c);
    if (!c) return smap__fail_memory(err);
    c->count = count;
    c->klass = smap__zalloc(n, sizeof *c->klass);
    c->dominant = smap__zalloc(n, sizeof *c->dominant);
    c->hazards = smap__zalloc(n, sizeof *c->hazards);
    c->unknowns = smap__zalloc(n, sizeof *c->unknowns);
    c->noisy_or = smap__zalloc(n, sizeof *c->noisy_or);
    c->weighted = smap__zalloc(n, sizeof *c->weighted);
    if (!c->klass || !c->dominant || !c->hazards || !c->unknowns || !c->noisy_or || !c->weighted) {
        smap__combined_free(c);
        return smap__fail_memory(err);
    }
    *out = c;
    return SMAP_OK;
}

void smap__combined_free(smap__combined *combined) {
    if (!combined) return;
    smap__free(combined->klass);
    smap__free(combined->dominant);
    smap__free(combined->hazards);
    smap__free(combined->unknowns);
    smap__free(combined->noisy_or);
    smap__free(combined->weighted);
    smap__free(combined);
}

static const smap__class_scale *scale_of(const smap__combine_options *o, int hazard) {
    return o->scale ? o->scale[hazard] : NULL;
}

static double part_of(const smap__exposure *const *hazard, const smap__combine_options *o, int h, int64_t asset) {
    return smap__class_part(scale_of(o, h), hazard[h]->klass[asset], hazard[h]->classes);
}

/* Does hazard `a` come before the dominant `b` so far? 2 of 4 and 1 of 2 are a tie. */
static bool dominates(const smap__exposure *const *hazard, const smap__combine_options *o, int a, int b,
                      int64_t asset) {
    double left = part_of(hazard, o, a, asset), right = part_of(hazard, o, b, asset);
    double weight_a = o->weight ? o->weight[a] : 1, weight_b = o->weight ? o->weight[b] : 1;
    if (left != right) return left > right;
    if (weight_a != weight_b) return weight_a > weight_b;
    return hazard[a]->affected[asset] > hazard[b]->affected[asset];
}

static void combine_asset(const smap__exposure *const *hazard, int hazards, const smap__combine_options *o,
                          int64_t asset, smap__combined *c) {
    double escape = 1, sum = 0, weights = 0;
    int dominant = -1, known = 0, affected = 0;
    for (int h = 0; h < hazards; h++) {
        int klass = hazard[h]->klass[asset];
        double weight = o->weight ? o->weight[h] : 1, p = part_of(hazard, o, h, asset);
        if (klass < 0) continue;
        known++;
        affected += klass >= o->at_least;
        escape *= 1 - p * weight;
        sum += weight * p;
        weights += weight;
        if (klass > 0 && (dominant < 0 || dominates(hazard, o, h, dominant, asset))) dominant = h;
    }
    c->dominant[asset] = (int8_t)dominant;
    c->hazards[asset] = (int8_t)affected;
    c->unknowns[asset] = (int8_t)(hazards - known);
    c->noisy_or[asset] = known ? 1 - escape : NAN;
    c->weighted[asset] = weights > 0 ? sum / weights : NAN;
    if (dominant >= 0)
        c->klass[asset] = (int8_t)smap__common_class(scale_of(o, dominant), hazard[dominant]->klass[asset],
                                                     hazard[dominant]->classes);
    else
        c->klass[asset] = known == hazards ? SMAP__CLASS_NONE : SMAP__CLASS_UNKNOWN;
}

smap_status smap__combine(smap_ctx *ctx, const smap__exposure *const *hazard, int hazards,
                          const smap__combine_options *options, smap__combined **out, smap_error *err) {
    smap__combined *c = NULL;
    smap_status status = check(hazard, hazards, options, err);
    if (status == SMAP_OK) status = new_combined(hazard[0]->count, &c, err);
    if (status != SMAP_OK) return status;
    for (int64_t i = 0; i < c->count && status == SMAP_OK; i++) {
        if (i % SMAP__ASSETS_A_POLL == 0) status = smap__poll(ctx, err);
        combine_asset(hazard, hazards, options, i, c);
    }
    if (status == SMAP_OK)
        *out = c;
    else
        smap__combined_free(c);
    return status;
}

/* ---- which go together --------------------------------------------------------------------------------------------
 */

static double share_from(const smap__exposure *e, int64_t asset, int at_least) {
    double share = 0;
    for (int k = at_least; k <= e->classes; k++) share += e->share[asset * (e->classes + 1) + k];
    return share;
}

static void count_asset(const smap__exposure *a, const smap__exposure *b, const smap__assets *assets, int at_least,
                        int64_t i, smap__coincidence *out) {
    int low = a->klass[i] < b->klass[i] ? a->klass[i] : b->klass[i];
    int high = a->klass[i] < b->klass[i] ? b->klass[i] : a->klass[i];
    if (low < 0 && (high < 0 || high >= at_least)) out->unknown++;
    if (low < at_least) return;
    double share = fmin(share_from(a, i, at_least), share_from(b, i, at_least));
    out->assets++;
    out->area_m2 += assets->area_m2[i] * share;
    out->length_m += assets->length_m[i] * share;
    if (!assets->people) return;
    if (isnan(assets->people[i]))
        out->people_unknown++;
    else
        out->people += assets->people[i];
}

smap_status smap__coincide(smap_ctx *ctx, const smap__exposure *const *hazard, int hazards, const smap__assets *assets,
                           int at_least, smap__coincidence *out, smap_error *err) {
    smap_status status = SMAP_OK;
    int64_t counted = 0;
    for (int a = 0; a < hazards; a++)
        for (int b = a; b < hazards; b++, out++) {
            *out = (smap__coincidence){ .a = a, .b = b };
            for (int64_t i = 0; i < hazard[a]->count && status == SMAP_OK; i++) {
                if (counted++ % SMAP__ASSETS_A_POLL == 0) status = smap__poll(ctx, err);
                count_asset(hazard[a], hazard[b], assets, at_least, i, out);
            }
        }
    return status;
}
