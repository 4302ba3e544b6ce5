#include <math.h>
#include <stdlib.h>

#include "../cmocka_all.h"
#include "col/cell.h"
#include "hazard/exposure_summary.h"
#include "model/schema.h"
#include "stat/random.h"

enum { N = 400, HAZARDS = 2, AREAS = 3, PAIRS = HAZARDS * (HAZARDS + 1) / 2 };

static smap_ctx *ctx;

/* Buildings by chance in three areas and in none, in a flood and on slopes, some of both not known. */
typedef struct scene {
    smap__exposure *hazard[HAZARDS];
    double area_m2[N], length_m[N], people[N];
    int64_t area[N];
    smap__summary_area areas[AREAS];
    smap__summary_hazard names[HAZARDS];
    smap__assets assets;
    smap__combined *combined;
    smap__coincidence pair[PAIRS];
    smap__summary_assets layer;
    smap__summary_input in;
} scene;

static void make_exposure(smap__exposure *e, int h) {
    int wide = e->classes + 1;
    for (int i = 0; i < N; i++) {
        double part = smap__random_uniform(3, (uint64_t)h, (uint64_t)i);
        int klass = (int)(smap__random_uniform(4, (uint64_t)h, (uint64_t)i) * (wide + 1)) - 1;
        e->klass[i] = (int8_t)klass;
        e->unknown[i] = klass < 0 ? 1 : part / 2;
        if (klass < 0) continue;
        e->share[i * wide + klass] = part / 2;
        e->share[i * wide] += 1 - part;
        e->affected[i] = klass > 0 ? part / 2 : 0;
    }
}

static scene *new_scene(int64_t areas) {
    static const char *const name[HAZARDS] = { "flood", "landslide" }, *const scale[] = { "flood_depth", "given_5" };
    scene *s = calloc(1, sizeof *s);
    for (int h = 0; h < HAZARDS; h++) {
        s->names[h].name = name[h];
        assert_int_equal(smap__class_scale_get(ctx, scale[h], &s->names[h].scale, NULL), SMAP_OK);
        assert_int_equal(smap__exposure_new(N, s->names[h].scale->classes, &s->hazard[h], NULL), SMAP_OK);
        make_exposure(s->hazard[h], h);
    }
    s->names[0].source = "a model";
    for (int i = 0; i < N; i++) {
        s->area_m2[i] = 50 + i;
        s->people[i] = i % 11 == 0 ? NAN : i % 6;
        s->area[i] = i % 4 - 1;
    }
    s->areas[0] = (smap__summary_area){ "LY010102", "Derna", "درنة" };
    s->areas[1] = (smap__summary_area){ "LY010103", "Alqubba", "القبة" };
    s->areas[2] = (smap__summary_area){ "LY010104", "Alqayqab", "القيقب" };
    s->assets = (smap__assets){ "building", NULL, s->area_m2, s->length_m, s->people };
    smap__combine_options options = { 1, NULL, NULL };
    const smap__exposure *const *hazard = (const smap__exposure *const *)s->hazard;
    assert_int_equal(smap__combine(ctx, hazard, HAZARDS, &options, &s->combined, NULL), SMAP_OK);
    assert_int_equal(smap__coincide(ctx, hazard, HAZARDS, &s->assets, 1, s->pair, NULL), SMAP_OK);
    s->layer = (smap__summary_assets){ &s->assets, s->area, hazard, s->combined, s->pair, false };
    s->in = (smap__summary_input){ "admin3", s->areas, areas, s->names, HAZARDS, &s->layer, 1, 1 };
    return s;
}

static void free_scene(scene *s) {
    for (int h = 0; h < HAZARDS; h++) smap__exposure_free(s->hazard[h]);
    smap__combined_free(s->combined);
    free(s);
}

static double number(const smap_table *t, const char *column, int64_t row) {
    const smap_column *c = smap_table_find(t, column);
    double value = NAN;
    assert_non_null(c);
    return smap__cell_number(c, row, &value) ? value : NAN;
}

static bool is(const smap_table *t, const char *column, int64_t row, const char *text) {
    return smap__cell_is(smap_table_find(t, column), row, text);
}

/* Sum of a column over the rows of a hazard and kind of area; class NULL = all. */
static double sum(const smap_table *t, const char *column, const char *hazard, const char *kind, const char *class) {
    double total = 0;
    for (int64_t i = 0; i < smap_table_rows(t); i++) {
        if (is(t, "hazard", i, hazard) && is(t, "area_kind", i, kind) && (!class || is(t, "class", i, class)))
            total += number(t, column, i);
    }
    return total;
}

static const smap_table *summarise(const scene *s) {
    const smap_table *t = NULL;
    smap_error err = SMAP_ERROR_INIT;
    if (smap__exposure_summarise(ctx, &s->in, &t, &err) != SMAP_OK) fail_msg("%s", err.message);
    return t;
}

static void near(double a, double b) {
    if (!(fabs(a - b) <= 1e-9 * (1 + fabs(b)))) fail_msg("%.17g is not %.17g", a, b);
}

static void every_total_is_kept(void **state) {
    (void)state;
    scene *s = new_scene(AREAS);
    const smap_table *t = summarise(s);
    double people = 0, area = 0;
    int unknown = 0;
    for (int i = 0; i < N; i++) {
        area += s->area_m2[i];
        if (isnan(s->people[i]))
            unknown++;
        else
            people += s->people[i];
    }
    static const char *const kinds[] = { "all", "admin3" }, *const hazards[] = { "flood", "landslide", "any" };
    for (int k = 0; k < 2; k++) {
        for (int h = 0; h < 3; h++) {
            near(sum(t, "assets", hazards[h], kinds[k], NULL), N);
            near(sum(t, "people", hazards[h], kinds[k], NULL), people);
            near(sum(t, "assets_people_unknown", hazards[h], kinds[k], NULL), unknown);
            if (h < 2) near(sum(t, "area_m2", hazards[h], kinds[k], NULL), area);
        }
    }
    smap_table_free(t);
    free_scene(s);
}

static void classes_are_counted_as_by_hand(void **state) {
    (void)state;
    scene *s = new_scene(AREAS);
    const smap_table *t = summarise(s);
    for (int k = -1; k <= 3; k++) {
        const char *code = k < 0 ? "unknown" : k == 0 ? "none" : s->names[0].scale->klass[k - 1].code;
        double assets = 0, area = 0, people = 0;
        for (int i = 0; i < N; i++) {
            area += s->area_m2[i] * (k < 0 ? s->hazard[0]->unknown[i] : s->hazard[0]->share[i * 4 + k]);
            if (s->hazard[0]->klass[i] != k) continue;
            assets++;
            if (!isnan(s->people[i])) people += s->people[i];
        }
        near(sum(t, "assets", "flood", "all", code), assets);
        near(sum(t, "area_m2", "flood", "all", code), area);
        near(sum(t, "people", "flood", "all", code), people);
    }
    smap_table_free(t);
    free_scene(s);
}

static void rows_speak_both_languages(void **state) {
    (void)state;
    scene *s = new_scene(AREAS);
    const smap_table *t = summarise(s);
    const smap__schema *schema;
    assert_int_equal(smap__schema_get(ctx, "exposure_summary", &schema, NULL), SMAP_OK);
    for (int i = 0; i < schema->fields; i++) {
        const smap_column *c = smap_table_find(t, schema->field[i].name);
        if (!c || c->type != schema->field[i].type) fail_msg("%s", schema->field[i].name);
    }
    assert_int_equal(smap_table_columns(t), schema->fields);
    /* All, three areas and none of them; 5, 7 and 6 classes with none and unknown. */
    assert_int_equal(smap_table_rows(t), 5 * (5 + 7 + 6));
    for (int64_t i = 0; i < smap_table_rows(t); i++) {
        assert_false(smap_column_is_null(smap_table_find(t, "class_name_en"), i));
        assert_false(smap_column_is_null(smap_table_find(t, "class_name_ar"), i));
        bool unknown = is(t, "class", i, "unknown");
        assert_true(unknown == smap_column_is_null(smap_table_find(t, "class_number"), i));
        if (unknown) assert_false(smap_column_is_null(smap_table_find(t, "statement_ar"), i));
        assert_true(isnan(number(t, "length_km", i)));
    }
    assert_true(is(t, "area_kind", 0, "all") && is(t, "area_name_ar", 5, "درنة"));
    smap_table_free(t);
    free_scene(s);
}

static void without_areas_there_is_one(void **state) {
    (void)state;
    scene *s = new_scene(0);
    s->assets.people = NULL;
    s->layer.area = NULL;
    s->layer.combined = NULL;
    const smap_table *t = summarise(s);
    assert_int_equal(smap_table_rows(t), 5 + 7);
    near(sum(t, "assets", "flood", "all", NULL), N);
    assert_true(isnan(number(t, "people", 0)));
    smap_table_free(t);
    free_scene(s);
}

/* Gridded people: the classes share each cell's people, and together have them all. */
static void people_of_a_grid_are_shared_out(void **state) {
    (void)state;
    scene *s = new_scene(AREAS);
    s->layer.people_by_share = true;
    const smap_table *t = summarise(s);
    double people = 0, high = 0;
    for (int i = 0; i < N; i++) {
        if (isnan(s->people[i])) continue;
        people += s->people[i];
        high += s->people[i] * s->hazard[0]->share[i * 4 + 3];
    }
    near(sum(t, "people", "flood", "all", NULL), people);
    near(sum(t, "people", "flood", "all", "high"), high);
    smap_table_free(t);
    free_scene(s);
}

static void coincidence_goes_into_its_table(void **state) {
    (void)state;
    scene *s = new_scene(AREAS);
    const smap_table *t = NULL;
    const smap__schema *schema;
    assert_int_equal(smap__coincidence_table(&s->in, &t, NULL), SMAP_OK);
    assert_int_equal(smap__schema_get(ctx, "coincidence", &schema, NULL), SMAP_OK);
    for (int i = 0; i < schema->fields; i++) {
        const smap_column *c = smap_table_find(t, schema->field[i].name);
        if (!c || c->type != schema->field[i].type) fail_msg("%s", schema->field[i].name);
    }
    assert_int_equal(smap_table_columns(t), schema->fields);
    assert_int_equal(smap_table_rows(t), PAIRS);
    assert_true(is(t, "hazard_a", 1, "flood") && is(t, "hazard_b", 1, "landslide"));
    near(number(t, "assets", 1), (double)s->pair[1].assets);
    near(number(t, "area_m2", 1), s->pair[1].area_m2);
    smap_table_free(t);
    free_scene(s);
}

static int setup(void **state) {
    (void)state;
    return smap_ctx_new(NULL, &ctx, NULL) == SMAP_OK ? 0 : -1;
}

static int teardown(void **state) {
    (void)state;
    smap_ctx_free(ctx);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_total_is_kept),
        cmocka_unit_test(classes_are_counted_as_by_hand),
        cmocka_unit_test(rows_speak_both_languages),
        cmocka_unit_test(without_areas_there_is_one),
        cmocka_unit_test(people_of_a_grid_are_shared_out),
        cmocka_unit_test(coincidence_goes_into_its_table),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
