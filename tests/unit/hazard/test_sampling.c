#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../cmocka_all.h"
#include "hazard/sampling.h"
#include "stat/random.h"

static smap_ctx *ctx;

static smap_ctx *new_ctx(int threads) {
    smap_ctx_options o = SMAP_CTX_OPTIONS_INIT;
    smap_ctx *made = NULL;
    o.threads = threads;
    assert_int_equal(smap_ctx_new(&o, &made, NULL), SMAP_OK);
    return made;
}

static int setup(void **state) {
    (void)state;
    ctx = new_ctx(1);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    smap_ctx_free(ctx);
    return 0;
}

static const smap__class_scale *scale_named(const char *name) {
    const smap__class_scale *scale = NULL;
    assert_int_equal(smap__class_scale_get(ctx, name, &scale, NULL), SMAP_OK);
    return scale;
}

/* Exposure by intensity: NaN is unknown. */
static smap__exposure *exposed(const smap__class_scale *scale, const double *intensity, int64_t count) {
    smap__exposure *e = NULL;
    assert_int_equal(smap__exposure_new(count, scale->classes, &e, NULL), SMAP_OK);
    for (int64_t i = 0; i < count; i++) {
        e->max[i] = intensity[i];
        e->klass[i] = (int8_t)smap__class_of(scale, intensity[i]);
        e->affected[i] = e->klass[i] > 0;
    }
    return e;
}

static double below(double bound, double intensity, double sd) {
    return erfc((intensity - bound) / sd / sqrt(2)) / 2;
}

/* With exact bounds the chances of classes are known in closed form: to four standard errors of a share. */
static void chances_are_those_of_the_normal_distribution(void **state) {
    (void)state;
    enum { SAMPLES = 20000, N = 6 };
    static const double depth[N] = { 0.05, 0.3, 0.7, 1.2, 1.5, 4 };
    const smap__class_scale *scale = scale_named("flood_depth");
    uint64_t stream[N];
    for (int i = 0; i < N; i++) stream[i] = smap__random_stream(0, (char[]){ (char)('a' + i) }, 1);
    smap__exposure *e = exposed(scale, depth, N);
    smap__sampled_input in = { "flood", e, scale, { 0.2, 0.1, 0 }, 1 };
    smap__sampling_options o = { SAMPLES, 7, 2, 0, stream };
    smap__sampled *r = NULL;
    assert_int_equal(smap__sample_errors(ctx, &in, 1, &o, &r, NULL), SMAP_OK);
    for (int i = 0; i < N; i++) {
        double sd = sqrt(0.04 + 0.01 * depth[i] * depth[i]), total = 0, least = 0;
        for (int k = 0; k <= 3; k++) {
            double high = k < 3 ? below(scale->klass[k].min, depth[i], sd) : 1;
            double low = k > 0 ? below(scale->klass[k - 1].min, depth[i], sd) : 0;
            double want = high - low, got = r->probability[0][i * 4 + k];
            if (!(fabs(got - want) <= 4 * sqrt(want * (1 - want) / SAMPLES) + 1e-9))
                fail_msg("%g m, class %d: %g, not %g", depth[i], k, got, want);
            total += got;
            if (k >= 2) least += got;
        }
        assert_true(fabs(total - 1) < 1e-12);
        assert_true(fabs(r->at_least[0][i] - least) < 1e-12);
        /* Alone it dominates as soon as it is there. */
        double none = r->probability[0][i * 4];
        assert_true(fabs(r->dominant_changes[i] - (depth[i] < 0.1 ? 1 - none : none)) < 1e-12);
    }
    smap__sampled_free(r);
    smap__exposure_free(e);
}

/* Bounds err for all assets together: two assets at the same depth get the same chances to the last bit. */
static void bounds_err_together(void **state) {
    (void)state;
    static const double depth[3] = { 1.5, 1.5, 0.7 };
    const smap__class_scale *scale = scale_named("flood_depth");
    static const uint64_t stream[3] = { 1, 2, 3 };
    smap__exposure *e = exposed(scale, depth, 3);
    smap__sampled_input in = { "flood", e, scale, { 0, 0, 0.1 }, 1 };
    smap__sampling_options o = { 10000, 1, 1, 0, stream };
    smap__sampled *r = NULL;
    assert_int_equal(smap__sample_errors(ctx, &in, 1, &o, &r, NULL), SMAP_OK);
    assert_memory_equal(r->probability[0], r->probability[0] + 4, 4 * sizeof(double));
    assert_true(fabs(r->probability[0][3] - 0.5) < 0.02 && fabs(r->probability[0][8 + 2] - 0.5) < 0.02);
    smap__sampled_free(r);
    smap__exposure_free(e);
}

static void without_error_nothing_changes(void **state) {
    (void)state;
    static const double depth[5] = { 0, 0.05, 0.8, 3, NAN }, shaking[5] = { 0.2, 0.01, 0.3, NAN, NAN };
    static const uint64_t stream[5] = { 1, 2, 3, 4, 5 };
    const smap__class_scale *flood = scale_named("flood_depth"), *quake = scale_named("earthquake_pga");
    smap__exposure *e[2] = { exposed(flood, depth, 5), exposed(quake, shaking, 5) };
    smap__sampled_input in[2] = { { "flood", e[0], flood, { 0, 0, 0 }, 1 },
                                  { "quake", e[1], quake, { 0, 0, 0 }, 0.5 } };
    const smap__exposure *const both[2] = { e[0], e[1] };
    const double weight[2] = { 1, 0.5 };
    smap__combine_options c = { 1, weight, NULL };
    smap__sampling_options o = { 100, 1, 1, 0, stream };
    smap__combined *combined = NULL;
    smap__sampled *r = NULL;
    assert_int_equal(smap__combine(ctx, both, 2, &c, &combined, NULL), SMAP_OK);
    assert_int_equal(smap__sample_errors(ctx, in, 2, &o, &r, NULL), SMAP_OK);
    for (int i = 0; i < 5; i++) {
        for (int h = 0; h < 2; h++) {
            int klass = both[h]->klass[i], classes = both[h]->classes;
            for (int k = 0; k <= classes; k++) {
                double got = r->probability[h][i * (classes + 1) + k];
                assert_true(klass < 0 ? isnan(got) : got == (k == klass));
            }
        }
        assert_true(i == 4 ? isnan(r->dominant_changes[i]) : r->dominant_changes[i] == 0);
        assert_true(i == 4 ? isnan(r->weighted_mean[i]) : fabs(r->weighted_mean[i] - combined->weighted[i]) < 1e-12);
        assert_true(i == 4 ? isnan(r->weighted_sd[i]) : r->weighted_sd[i] < 1e-9);
    }
    smap__sampled_free(r);
    smap__combined_free(combined);
    for (int h = 0; h < 2; h++) smap__exposure_free(e[h]);
}

typedef struct workload {
    int64_t count;
    double *depth, *shaking;
    uint64_t *stream;
} workload;

static workload new_workload(int64_t count, bool backwards) {
    workload w = { count, malloc((size_t)count * 8), malloc((size_t)count * 8), malloc((size_t)count * 8) };
    for (int64_t i = 0; i < count; i++) {
        uint64_t key = (uint64_t)(backwards ? count - 1 - i : i);
        w.depth[i] = 4 * smap__random_uniform(1, 1, key);
        w.shaking[i] = 0.6 * smap__random_uniform(1, 2, key);
        w.stream[i] = smap__random_stream(0, (const char *)&key, sizeof key);
    }
    return w;
}

static smap__sampled *run(smap_ctx *own, const workload *w, int samples) {
    const smap__class_scale *flood = scale_named("flood_depth"), *quake = scale_named("earthquake_pga");
    smap__exposure *e[2] = { exposed(flood, w->depth, w->count), exposed(quake, w->shaking, w->count) };
    smap__sampled_input in[2] = { { "flood", e[0], flood, { 0.25, 0.1, 0.1 }, 1 },
                                  { "quake", e[1], quake, { 0, 0.6, 0.1 }, 0.7 } };
    smap__sampling_options o = { samples, 42, 2, 0.1, w->stream };
    smap__sampled *r = NULL;
    assert_int_equal(smap__sample_errors(own, in, 2, &o, &r, NULL), SMAP_OK);
    for (int h = 0; h < 2; h++) smap__exposure_free(e[h]);
    return r;
}

static void free_workload(workload *w) {
    free(w->depth);
    free(w->shaking);
    free(w->stream);
}

static void threads_and_order_do_not_matter(void **state) {
    (void)state;
    enum { N = 3000 };
    workload forth = new_workload(N, false), back = new_workload(N, true);
    smap_ctx *two = new_ctx(2), *four = new_ctx(4);
    smap__sampled *a = run(ctx, &forth, 200), *b = run(two, &forth, 200), *c = run(four, &back, 200);
    assert_memory_equal(a->dominant_changes, b->dominant_changes, N * 8);
    assert_memory_equal(a->weighted_sd, b->weighted_sd, N * 8);
    assert_memory_equal(a->probability[1], b->probability[1], N * 7 * 8);
    for (int i = 0; i < N; i++) {
        assert_true(a->dominant_changes[i] == c->dominant_changes[N - 1 - i]);
        assert_true(a->weighted_mean[i] == c->weighted_mean[N - 1 - i]);
        assert_memory_equal(a->probability[0] + i * 4, c->probability[0] + (N - 1 - i) * 4, 4 * 8);
    }
    smap__sampled_free(a);
    smap__sampled_free(b);
    smap__sampled_free(c);
    smap_ctx_free(two);
    smap_ctx_free(four);
    free_workload(&forth);
    free_workload(&back);
}

static void usual_errors_are_data(void **state) {
    (void)state;
    smap__sampling_error e;
    assert_int_equal(smap__sampling_error_of(ctx, "flood", "m", &e, NULL), SMAP_OK);
    assert_true(e.absolute == 0.25 && e.relative == 0.1 && e.break_relative == 0.1);
    assert_int_equal(smap__sampling_error_of(ctx, "volcanic", "cm", &e, NULL), SMAP_OK);
    assert_true(e.absolute == 0 && e.relative == 0.2);
    assert_int_equal(smap__sampling_error_of(ctx, "weight", "", &e, NULL), SMAP_OK);
    assert_true(e.absolute == 0.1);
}

static void errors_that_make_no_sense_are_refused(void **state) {
    (void)state;
    static const double depth[1] = { 1 };
    static const uint64_t stream[1] = { 1 };
    const smap__class_scale *scale = scale_named("flood_depth");
    smap__exposure *e = exposed(scale, depth, 1);
    smap__sampled *r = NULL;
    smap_error err = SMAP_ERROR_INIT;
    for (int i = 0; i < 6; i++) {
        smap__sampled_input in = { "flood", e, scale, { i == 0 ? -1 : 0, i == 1 ? NAN : 0, i == 2 ? -1 : 0 }, 1 };
        smap__sampling_options o = { i == 3 ? 0 : 10, 1, 1, i == 4 ? -1 : 0, stream };
        if (i == 5) in.weight = 2;
        assert_int_equal(smap__sample_errors(ctx, &in, 1, &o, &r, &err), SMAP_E_ARGUMENT);
        assert_null(r);
    }
    smap__exposure_free(e);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chances_are_those_of_the_normal_distribution),
        cmocka_unit_test(bounds_err_together),
        cmocka_unit_test(without_error_nothing_changes),
        cmocka_unit_test(threads_and_order_do_not_matter),
        cmocka_unit_test(usual_errors_are_data),
        cmocka_unit_test(errors_that_make_no_sense_are_refused),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
