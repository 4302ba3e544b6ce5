#include <math.h>

#include "../case_file.h"
#include "../cmocka_all.h"
#include "base/ctx.h"
#include "hazard/combine.h"
#include "stat/random.h"

enum { HAZARDS = 8 };

static smap_ctx *ctx;

static int numbers(char *text, double *out) {
    char *part[HAZARDS];
    int count = case_split(text, ' ', part, HAZARDS), kept = 0;
    for (int i = 0; i < count; i++) {
        if (*part[i]) out[kept++] = strcmp(part[i], "?") == 0 ? -1 : strtod(part[i], NULL);
    }
    return kept;
}

static void one_asset(smap__exposure **hazard, int count, const double *classes, const double *klass,
                      const double *share) {
    for (int h = 0; h < count; h++) {
        assert_int_equal(smap__exposure_new(1, (int)classes[h], &hazard[h], NULL), SMAP_OK);
        hazard[h]->klass[0] = (int8_t)klass[h];
        hazard[h]->affected[0] = share[h];
    }
}

/* "3" states nothing; "3:1,2,4" states the common class of each. */
static void read_scales(char *text, smap__hazard_class (*klass)[HAZARDS], smap__class_scale *scale) {
    char *part[HAZARDS];
    int count = case_split(text, ' ', part, HAZARDS), kept = 0;
    for (int i = 0; i < count; i++) {
        if (!*part[i]) continue;
        memset(klass[kept], 0, sizeof klass[kept]);
        const char *at = strchr(part[i], ':');
        for (int k = 0; at && k < HAZARDS; k++, at = strchr(at + 1, ',')) klass[kept][k].common = atoi(at + 1);
        scale[kept] = (smap__class_scale){ .klass = klass[kept], .classes = atoi(part[i]) };
        kept++;
    }
}

static void same(const case_file *c, double got, const char *want) {
    double w = strtod(want, NULL);
    if (isnan(w) ? !isnan(got) : !(fabs(got - w) < 1e-9)) fail_msg("line %d: %.10g, not %s", c->number, got, want);
}

static void check_case(case_file *c) {
    smap__exposure *hazard[HAZARDS] = { 0 };
    double classes[HAZARDS], weight[HAZARDS], klass[HAZARDS], share[HAZARDS];
    char want[64], got[64], text[64];
    smap__hazard_class stated[HAZARDS][HAZARDS];
    smap__class_scale scale[HAZARDS];
    const smap__class_scale *scales[HAZARDS];
    if (c->parts != 8) fail_msg("line %d: eight parts are needed", c->number);
    snprintf(want, sizeof want, "%s", c->part[5]);
    snprintf(text, sizeof text, "%s", c->part[0]);
    read_scales(text, stated, scale);
    for (int h = 0; h < HAZARDS; h++) scales[h] = &scale[h];
    int count = numbers(c->part[0], classes);
    if (numbers(c->part[1], weight) != count || numbers(c->part[2], klass) != count ||
        numbers(c->part[3], share) != count) {
        fail_msg("line %d: lists of different length", c->number);
    }
    one_asset(hazard, count, classes, klass, share);
    smap__combine_options options = { atoi(c->part[4]), weight, strchr(c->part[0], ':') ? scales : NULL };
    smap__combined *r = NULL;
    assert_int_equal(smap__combine(ctx, (const smap__exposure *const *)hazard, count, &options, &r, NULL), SMAP_OK);
    char common = r->klass[0] < 0 ? '?' : (char)('0' + r->klass[0]);
    char dominant = r->dominant[0] < 0 ? '-' : (char)('A' + r->dominant[0]);
    snprintf(got, sizeof got, "%c %c %d %d", common, dominant, r->hazards[0], r->unknowns[0]);
    if (strcmp(got, want) != 0) fail_msg("line %d: %s, not %s", c->number, got, want);
    same(c, r->noisy_or[0], c->part[6]);
    same(c, r->weighted[0], c->part[7]);
    smap__combined_free(r);
    for (int h = 0; h < count; h++) smap__exposure_free(hazard[h]);
}

static void combined_by_table(void **state) {
    (void)state;
    case_file c;
    int cases = 0;
    assert_true(case_open(&c, "combine.case"));
    for (; case_next(&c); cases++) check_case(&c);
    assert_true(cases > 15);
}

static void bad_weights_are_refused(void **state) {
    (void)state;
    static const double bad[] = { -0.1, 1.5, NAN };
    smap__exposure *hazard[2] = { 0 };
    smap__combined *r = NULL;
    smap_error err = SMAP_ERROR_INIT;
    assert_int_equal(smap__exposure_new(2, 4, &hazard[0], NULL), SMAP_OK);
    assert_int_equal(smap__exposure_new(3, 4, &hazard[1], NULL), SMAP_OK);
    for (int i = 0; i < 3; i++) {
        smap__combine_options options = { 1, &bad[i], NULL };
        assert_int_equal(smap__combine(ctx, (const smap__exposure *const *)hazard, 1, &options, &r, &err),
                         SMAP_E_ARGUMENT);
        assert_non_null(strstr(err.message, "from 0 to 1"));
    }
    smap__combine_options options = { 1, NULL, NULL };
    assert_int_equal(smap__combine(ctx, (const smap__exposure *const *)hazard, 2, &options, &r, &err), SMAP_E_ARGUMENT);
    assert_int_equal(smap__combine(ctx, (const smap__exposure *const *)hazard, 0, &options, &r, &err), SMAP_E_ARGUMENT);
    assert_null(r);
    smap__exposure_free(hazard[0]);
    smap__exposure_free(hazard[1]);
}

/* Assets by chance, counted once by the kernel and once by going through the words of its header. */
static void coincidence_is_what_it_says(void **state) {
    (void)state;
    enum { N = 500, H = 3 };
    smap__exposure *hazard[H];
    double area[N], length[N], people[N];
    for (int i = 0; i < N; i++) {
        area[i] = 10 + i;
        length[i] = 2 * i;
        people[i] = i % 7 == 0 ? NAN : i % 5;
    }
    for (int h = 0; h < H; h++) {
        assert_int_equal(smap__exposure_new(N, 3, &hazard[h], NULL), SMAP_OK);
        for (int i = 0; i < N; i++) {
            int klass = (int)(smap__random_uniform(1, (uint64_t)h, (uint64_t)i) * 5) - 1;
            double part = smap__random_uniform(2, (uint64_t)h, (uint64_t)i);
            hazard[h]->klass[i] = (int8_t)klass;
            if (klass >= 1) hazard[h]->share[i * 4 + klass] = part;
            if (klass >= 2) hazard[h]->share[i * 4 + 1] = 1 - part;
        }
    }
    smap__assets assets = { .name = "building", .area_m2 = area, .length_m = length, .people = people };
    smap__coincidence got[H * (H + 1) / 2], *g = got;
    assert_int_equal(smap__coincide(ctx, (const smap__exposure *const *)hazard, H, &assets, 2, got, NULL), SMAP_OK);
    for (int a = 0; a < H; a++) {
        for (int b = a; b < H; b++, g++) {
            smap__coincidence w = { .a = a, .b = b };
            for (int i = 0; i < N; i++) {
                int x = hazard[a]->klass[i], y = hazard[b]->klass[i];
                double share_x = 0, share_y = 0;
                for (int k = 2; k <= 3; k++) share_x += hazard[a]->share[i * 4 + k];
                for (int k = 2; k <= 3; k++) share_y += hazard[b]->share[i * 4 + k];
                bool out = x == 0 || x == 1 || y == 0 || y == 1;
                if (x >= 2 && y >= 2) {
                    w.assets++;
                    w.area_m2 += area[i] * (share_x < share_y ? share_x : share_y);
                    w.length_m += length[i] * (share_x < share_y ? share_x : share_y);
                    if (i % 7 == 0)
                        w.people_unknown++;
                    else
                        w.people += people[i];
                } else if (!out) {
                    w.unknown++;
                }
            }
            assert_true(g->a == a && g->b == b);
            assert_int_equal(g->assets, w.assets);
            assert_int_equal(g->unknown, w.unknown);
            assert_int_equal(g->people_unknown, w.people_unknown);
            assert_true(fabs(g->area_m2 - w.area_m2) < 1e-6 && fabs(g->length_m - w.length_m) < 1e-6);
            assert_true(fabs(g->people - w.people) < 1e-9);
        }
    }
    for (int h = 0; h < H; h++) smap__exposure_free(hazard[h]);
}

/* Stops when it has been asked as often as *user says. */
static int stop_later(double complete, const char *message, void *user) {
    int *left = user;
    (void)complete, (void)message;
    return --*left > 0;
}

/* Asked once for each chunk of assets, over all pairs of hazards. */
static void long_work_can_be_cancelled(void **state) {
    (void)state;
    enum { N = 3 * SMAP__ASSETS_A_POLL, CHUNKS = 3 };
    smap__exposure *hazard[2];
    double *none = calloc(N, sizeof *none);
    assert_non_null(none);
    for (int h = 0; h < 2; h++) assert_int_equal(smap__exposure_new(N, 3, &hazard[h], NULL), SMAP_OK);
    const smap__exposure *const *both = (const smap__exposure *const *)hazard;
    smap__assets assets = { .name = "site", .area_m2 = none, .length_m = none };
    smap__combine_options options = { 1, NULL, NULL };
    smap__coincidence pair[3];
    smap_error err = SMAP_ERROR_INIT;
    for (int asked = 1; asked <= 3 * CHUNKS + 1; asked++) {
        smap__combined *r = NULL;
        int left = asked;
        ctx->progress = stop_later;
        ctx->progress_user = &left;
        assert_int_equal(smap__combine(ctx, both, 2, &options, &r, &err), asked > CHUNKS ? SMAP_OK : SMAP_E_CANCELLED);
        assert_true((r != NULL) == (asked > CHUNKS));
        left = asked;
        assert_int_equal(smap__coincide(ctx, both, 2, &assets, 1, pair, &err),
                         asked > 3 * CHUNKS ? SMAP_OK : SMAP_E_CANCELLED);
        smap__combined_free(r);
    }
    ctx->progress = NULL;
    for (int h = 0; h < 2; h++) smap__exposure_free(hazard[h]);
    free(none);
}

static int setup(void **state) {
    (void)state;
    return smap_ctx_new(NULL, &ctx, NULL);
}

static int teardown(void **state) {
    (void)state;
    smap_ctx_free(ctx);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(combined_by_table),
        cmocka_unit_test(bad_weights_are_refused),
        cmocka_unit_test(coincidence_is_what_it_says),
        cmocka_unit_test(long_work_can_be_cancelled),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
