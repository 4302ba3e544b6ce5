#include "hazard/sampling.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/parallel.h"
#include "hazard/combine.h"
#include "model/data_table.h"
#include "stat/random.h"

enum { SAMPLES_MAX = 100000, CHUNK = 128 };

/* ---- usual errors -------------------------------------------------------------------------------------------------
 */

enum { HAZARD, UNIT, ABSOLUTE, RELATIVE, BREAK_RELATIVE, COLUMNS };
static const char *const column_names[COLUMNS] = { "hazard", "unit", "absolute", "relative", "break_relative" };

smap_status smap__sampling_error_of(smap_ctx *ctx, const char *hazard, const char *unit, smap__sampling_error *out,
                                    smap_error *err) {
    const smap__data_table *t;
    smap__sampling_error e = { 0, 0, 0 };
    int64_t found = -1;
    smap_status status = smap__standard_get(ctx, "sampling_error", column_names, COLUMNS, &t, err);
    if (status != SMAP_OK) return status;
    for (int64_t row = 0; row < t->rows && found < 0; row++) {
        const char *name = smap__data_table_text(t, row, HAZARD);
        bool fits = strcmp(name, hazard) == 0 && strcmp(smap__data_table_text(t, row, UNIT), unit) == 0;
        if (fits || strcmp(name, "*") == 0) found = row;
    }
    if (found < 0) return smap__fail(err, SMAP_E_FORMAT, t->path, "%s: the row \"*\" is missing", t->path);
    SMAP_TRY(smap__data_table_number(t, found, ABSOLUTE, &e.absolute, err), done);
    SMAP_TRY(smap__data_table_number(t, found, RELATIVE, &e.relative, err), done);
    SMAP_TRY(smap__data_table_number(t, found, BREAK_RELATIVE, &e.break_relative, err), done);
    *out = e;
done:
    return status;
}

/* ---- what all assets share ----------------------------------------------------------------------------------------
 */

typedef struct plan {
    const smap__sampled_input *hazard;
    int hazards;
    const smap__sampling_options *o;
    double **bound;  /* [hazard][sample][class - 1] */
    double **weight; /* [hazard][sample] */
    smap__sampled *out;
    int64_t count;
    double *normal; /* [worker][sample] */
    int8_t *klass;  /* [worker][hazard][sample] */
} plan;

static double clamp(double value, double low, double high) {
    return value < low ? low : value > high ? high : value;
}

/* Bounds of the same class of the same scale err together, whatever hazard they are used for. */
static void draw_bounds(plan *p, const smap__sampled_input *h, double *bound) {
    const smap__class_scale *scale = h->scale;
    uint64_t within = smap__random_stream(0, "bound", 5);
    within = smap__random_stream(within, scale->name, strlen(scale->name));
    for (int k = 0; k < scale->classes; k++) {
        const smap__hazard_class *klass = &scale->klass[k];
        smap__random_normals(p->o->seed, smap__random_stream(within, klass->code, strlen(klass->code)), p->o->samples,
                             p->normal);
        for (int s = 0; s < p->o->samples; s++) {
            double value = klass->min * fmax(0, 1 + p->normal[s] * h->error.break_relative);
            double below = k ? bound[s * scale->classes + k - 1] : 0;
            bound[s * scale->classes + k] = value < below ? below : value;
        }
    }
}

static void draw_weights(plan *p, const smap__sampled_input *h, double *weight) {
    uint64_t within = smap__random_stream(0, "weight", 6);
    smap__random_normals(p->o->seed, smap__random_stream(within, h->name, strlen(h->name)), p->o->samples, weight);
    for (int s = 0; s < p->o->samples; s++) weight[s] = clamp(h->weight + weight[s] * p->o->weight_error, 0, 1);
}

static smap_status draw_shared(plan *p, smap_error *err) {
    p->bound = smap__zalloc((size_t)p->hazards, sizeof *p->bound);
    p->weight = smap__zalloc((size_t)p->hazards, sizeof *p->weight);
    if (!p->bound || !p->weight) return smap__fail_memory(err);
    for (int h = 0; h < p->hazards; h++) {
        size_t samples = (size_t)p->o->samples;
        p->bound[h] = smap__zalloc(samples * (size_t)p->hazard[h].scale->classes, sizeof **p->bound);
        p->weight[h] = smap__zalloc(samples, sizeof **p->weight);
        if (!p->bound[h] || !p->weight[h]) return smap__fail_memory(err);
        draw_bounds(p, &p->hazard[h], p->bound[h]);
        draw_weights(p, &p->hazard[h], p->weight[h]);
    }
    return SMAP_OK;
}

/* ---- one asset ----------------------------------------------------------------------------------------------------
 */

typedef struct asset {
    const plan *p;
    int64_t at;
    double *normal;
    int8_t *klass; /* [hazard][sample] */
} asset;

/* Does the class come from an intensity that may be wrong? */
static bool is_uncertain(const smap__sampled_input *h, int64_t at) {
    double intensity = h->exposure->max[at];
    return *h->scale->unit && intensity > 0 && smap__class_of(h->scale, intensity) == h->exposure->klass[at];
}

static void sample_hazard(const asset *a, int h) {
    const plan *p = a->p;
    const smap__sampled_input *hazard = &p->hazard[h];
    int samples = p->o->samples, classes = hazard->scale->classes;
    int8_t *klass = a->klass + (int64_t)h * samples;
    if (!is_uncertain(hazard, a->at)) {
        memset(klass, hazard->exposure->klass[a->at], (size_t)samples);
        return;
    }
    double intensity = hazard->exposure->max[a->at];
    double sd = hypot(hazard->error.absolute, hazard->error.relative * intensity);
    uint64_t stream = smap__random_stream(p->o->stream[a->at], hazard->name, strlen(hazard->name));
    smap__random_normals(p->o->seed, stream, samples, a->normal);
    const double *bound = p->bound[h];
    for (int s = 0; s < samples; s++, bound += classes) {
        double sampled = intensity + sd * a->normal[s];
        int k = 0;
        if (sampled < 0) sampled = 0;
        while (k < classes && sampled >= bound[k]) k++;
        klass[s] = (int8_t)k;
    }
}

static void count_classes(const asset *a, int h) {
    const plan *p = a->p;
    int samples = p->o->samples, classes = p->hazard[h].scale->classes;
    const int8_t *klass = a->klass + (int64_t)h * samples;
    double *probability = p->out->probability[h] + a->at * (classes + 1), *least = &p->out->at_least[h][a->at];
    int64_t times[SMAP__CLASSES_MAX + 1] = { 0 }, above = 0;
    if (klass[0] < 0) {
        for (int k = 0; k <= classes; k++) probability[k] = NAN;
        *least = NAN;
        return;
    }
    for (int s = 0; s < samples; s++) times[klass[s]]++;
    for (int k = 0; k <= classes; k++) {
        probability[k] = (double)times[k] / samples;
        if (k >= p->o->at_least) above += times[k];
    }
    *least = (double)above / samples;
}

typedef struct verdict {
    int dominant;
    double weighted; /* NaN: all weights are 0 */
} verdict;

/* The rule of smap__combine; `sample` -1 = without error. Equal shares of classes are equal numbers: both are
 * quotients rounded once. */
static verdict judge(const asset *a, int sample) {
    const plan *p = a->p;
    int best = -1;
    double best_p = 0, best_weight = 0, sum = 0, weights = 0;
    for (int h = 0; h < p->hazards; h++) {
        const smap__exposure *e = p->hazard[h].exposure;
        int klass = sample < 0 ? e->klass[a->at] : a->klass[(int64_t)h * p->o->samples + sample];
        double weight = sample < 0 ? p->hazard[h].weight : p->weight[h][sample];
        if (klass < 0) continue;
        double part = smap__class_part(p->hazard[h].scale, klass, e->classes);
        sum += weight * part;
        weights += weight;
        if (klass == 0 || part < best_p) continue;
        bool tie = best >= 0 && part == best_p;
        bool larger = weight > best_weight || (weight == best_weight && best >= 0 &&
                                               e->affected[a->at] > p->hazard[best].exposure->affected[a->at]);
        if (tie && !larger) continue;
        best = h;
        best_p = part;
        best_weight = weight;
    }
    return (verdict){ best, weights > 0 ? sum / weights : NAN };
}

static void judge_samples(const asset *a) {
    smap__sampled *out = a->p->out;
    verdict exact = judge(a, -1);
    int64_t changed = 0, weighed = 0;
    double mean = 0, squares = 0; /* Welford's sums */
    for (int s = 0; s < a->p->o->samples; s++) {
        verdict v = judge(a, s);
        changed += v.dominant != exact.dominant;
        if (isnan(v.weighted)) continue;
        double off = v.weighted - mean;
        mean += off / (double)++weighed;
        squares += off * (v.weighted - mean);
    }
    out->dominant_changes[a->at] = (double)changed / a->p->o->samples;
    out->weighted_mean[a->at] = weighed ? mean : NAN;
    out->weighted_sd[a->at] = weighed > 1 ? sqrt(squares / (double)(weighed - 1)) : weighed ? 0 : NAN;
}

/* Nothing but classes 0 that no error moves: what most assets are, and what needs no sample. */
static bool is_quiet(const plan *p, int64_t at) {
    for (int h = 0; h < p->hazards; h++) {
        if (p->hazard[h].exposure->klass[at] > 0 || is_uncertain(&p->hazard[h], at)) return false;
    }
    return true;
}

static void settle_quiet(const asset *a) {
    const plan *p = a->p;
    bool known = false, weighed = false;
    for (int h = 0; h < p->hazards; h++) {
        if (p->hazard[h].exposure->klass[a->at] < 0) continue;
        known = true;
        weighed = weighed || p->hazard[h].weight > 0 || p->o->weight_error > 0;
    }
    p->out->dominant_changes[a->at] = known ? 0 : NAN;
    p->out->weighted_mean[a->at] = weighed ? 0 : NAN;
    p->out->weighted_sd[a->at] = weighed ? 0 : NAN;
}

static void sample_asset(const asset *a) {
    const plan *p = a->p;
    for (int h = 0; h < p->hazards; h++) {
        sample_hazard(a, h);
        count_classes(a, h);
    }
    if (is_quiet(p, a->at))
        settle_quiet(a);
    else
        judge_samples(a);
}

static smap_status sample_chunk(int worker, int64_t chunk, void *user, smap_error *err) {
    (void)err;
    const plan *p = user;
    int64_t first = chunk * CHUNK, end = first + CHUNK < p->count ? first + CHUNK : p->count;
    asset a = { .p = p,
                .normal = p->normal + (int64_t)worker * p->o->samples,
                .klass = p->klass + (int64_t)worker * p->hazards * p->o->samples };
    for (a.at = first; a.at < end; a.at++) sample_asset(&a);
    return SMAP_OK;
}

/* ---- all ----------------------------------------------------------------------------------------------------------
 */

static bool is_error(double value) {
    return value >= 0 && isfinite(value);
}

static smap_status check(const plan *p, smap_error *err) {
    if (p->o->samples < 1 || p->o->samples > SAMPLES_MAX)
        return smap__fail(err, SMAP_E_ARGUMENT, "samples", "between 1 and %d samples can be drawn, not %d", SAMPLES_MAX,
                          p->o->samples);
    if (p->hazards < 1 || p->hazards > SMAP__HAZARDS_MAX)
        return smap__fail(err, SMAP_E_ARGUMENT, "hazard", "between 1 and %d hazards can be sampled, not %d",
                          SMAP__HAZARDS_MAX, p->hazards);
    if (!is_error(p->o->weight_error))
        return smap__fail(err, SMAP_E_ARGUMENT, "weight", "the error of the weights is %g: it cannot be below 0",
                          p->o->weight_error);
    for (int h = 0; h < p->hazards; h++) {
        const smap__sampled_input *hazard = &p->hazard[h];
        const smap__sampling_error *e = &hazard->error;
        if (!is_error(e->absolute) || !is_error(e->relative) || !is_error(e->break_relative))
            return smap__fail(err, SMAP_E_ARGUMENT, hazard->name, "%s: an error (standard deviation) cannot be below 0",
                              hazard->name);
        if (!(hazard->weight >= 0 && hazard->weight <= 1))
            return smap__fail(err, SMAP_E_ARGUMENT, hazard->name, "%s: the weight is %g: it must be from 0 to 1",
                              hazard->name, hazard->weight);
        if (hazard->exposure->count != p->count || hazard->exposure->classes != hazard->scale->classes)
            return smap__fail(err, SMAP_E_INTERNAL, hazard->name, "%s: exposure, scale and assets do not fit together",
                              hazard->name);
    }
    return SMAP_OK;
}

static smap_status new_sampled(const plan *p, smap__sampled **out, smap_error *err) {
    size_t n = (size_t)p->count, hazards = (size_t)p->hazards;
    smap__sampled *r = smap__zalloc(1, sizeof *r);
    if (!r) return smap__fail_memory(err);
    r->count = p->count;
    r->dominant_changes = smap__zalloc(n, sizeof *r->dominant_changes);
    r->weighted_mean = smap__zalloc(n, sizeof *r->weighted_mean);
    r->weighted_sd = smap__zalloc(n, sizeof *r->weighted_sd);
    r->probability = smap__zalloc(hazards, sizeof *r->probability);
    r->at_least = smap__zalloc(hazards, sizeof *r->at_least);
    bool whole = r->dominant_changes && r->weighted_mean && r->weighted_sd && r->probability && r->at_least;
    if (whole) r->hazards = p->hazards;
    for (int h = 0; h < r->hazards; h++) {
        r->probability[h] = smap__zalloc(n * (size_t)(p->hazard[h].scale->classes + 1), sizeof **r->probability);
        r->at_least[h] = smap__zalloc(n, sizeof **r->at_least);
        whole = whole && r->probability[h] && r->at_least[h];
    }
    if (!whole) {
        smap__sampled_free(r);
        return smap__fail_memory(err);
    }
    *out = r;
    return SMAP_OK;
}

void smap__sampled_free(smap__sampled *sampled) {
    if (!sampled) return;
    for (int h = 0; h < sampled->hazards; h++) {
        smap__free(sampled->probability[h]);
        smap__free(sampled->at_least[h]);
    }
    smap__free(sampled->probability);
    smap__free(sampled->at_least);
    smap__free(sampled->dominant_changes);
    smap__free(sampled->weighted_mean);
    smap__free(sampled->weighted_sd);
    smap__free(sampled);
}

smap_status smap__sample_errors(smap_ctx *ctx, const smap__sampled_input *hazard, int hazards,
                                const smap__sampling_options *options, smap__sampled **out, smap_error *err) {
    plan p = { .hazard = hazard, .hazards = hazards, .o = options };
    size_t scratch = (size_t)smap_ctx_threads(ctx) * (size_t)options->samples;
    smap_status status;
    if (hazards > 0) p.count = hazard[0].exposure->count;
    SMAP_TRY(check(&p, err), done);
    SMAP_TRY(new_sampled(&p, &p.out, err), done);
    p.normal = smap__zalloc(scratch, sizeof *p.normal);
    p.klass = smap__zalloc(scratch * (size_t)hazards, sizeof *p.klass);
    if (!p.normal || !p.klass) {
        status = smap__fail_memory(err);
        goto done;
    }
    SMAP_TRY(draw_shared(&p, err), done);
    SMAP_TRY(smap__parallel(ctx, (p.count + CHUNK - 1) / CHUNK, sample_chunk, &p, err), done);
    *out = p.out;
    p.out = NULL;
done:
    for (int h = 0; h < hazards; h++) {
        if (p.bound) smap__free(p.bound[h]);
        if (p.weight) smap__free(p.weight[h]);
    }
    smap__free(p.bound);
    smap__free(p.weight);
    smap__free(p.normal);
    smap__free(p.klass);
    smap__sampled_free(p.out);
    return status;
}
