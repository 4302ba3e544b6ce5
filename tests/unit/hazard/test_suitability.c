#include <math.h>

#include "../case_file.h"
#include "../ctx_help.h"
#include "col/cell.h"
#include "hazard/suitability.h"

static double number(const char *text) {
    return strcmp(text, "-") == 0 ? NAN : strtod(text, NULL);
}

static void check_case(const smap__suitability_rules *rules, case_file *c) {
    double value[SMAP__CRITERIA];
    char *want[2];
    smap__suitability got;
    smap__statement reason;
    if (c->parts != 8 || case_split(c->part[6], ' ', want, 2) != 2) fail_msg("line %d: eight parts", c->number);
    for (int i = 0; i < SMAP__CRITERIA; i++) value[i] = number(c->part[i]);
    smap__suitability_rate(rules, value, &got);
    assert_int_equal(smap__statement_init(ctx, "suitability_reason", &reason, NULL), SMAP_OK);
    smap__suitability_explain(rules, value, &got, &reason);
    const char *code = smap__suitability_code(got.verdict);
    if (strcmp(code, want[0]) != 0) fail_msg("line %d: %s, not %s", c->number, code, want[0]);
    double score = number(want[1]);
    if (isnan(score) ? !isnan(got.total) : !(fabs(got.total - score) < 1e-9))
        fail_msg("line %d: %.10g, not %s", c->number, got.total, want[1]);
    if (!strstr(reason.en.data, c->part[7])) fail_msg("line %d: %s", c->number, reason.en.data);
    if (strchr(reason.ar.data, '{') || !strstr(reason.ar.data, "ا")) fail_msg("line %d: %s", c->number, reason.ar.data);
    smap__statement_release(&reason);
}

static void suitability_by_table(void **state) {
    (void)state;
    smap__suitability_rules rules;
    case_file c;
    int cases = 0;
    assert_int_equal(smap__suitability_rules_get(ctx, &rules, NULL), SMAP_OK);
    assert_true(case_open(&c, "suitability.case"));
    for (; case_next(&c); cases++) check_case(&rules, &c);
    assert_true(cases > 10);
}

/* 3.5 m2 of floor and 45 m2 of site a person (Sphere 2018). */
static void capacity_comes_from_what_is_known(void **state) {
    (void)state;
    static const double stated[5] = { 120, NAN, NAN, NAN, NAN }, floor_area[5] = { 1000, 1000, NAN, 0, NAN },
                        site_area[5] = { 9000, 9000, 9000, NAN, NAN }, footprint[5] = { 700, 700, 700, 700, NAN };
    static const double want[5] = { 120, 285, 200, 100, NAN };
    static const char *const from[5] = { "stated", "floor_area", "site_area", "footprint", NULL };
    const smap__capacity_input in = { stated, floor_area, site_area, footprint };
    double got[5];
    const char *basis[5];
    assert_int_equal(smap__capacity_reckon(ctx, &in, 5, got, basis, NULL), SMAP_OK);
    for (int i = 0; i < 5; i++) {
        assert_true(isnan(want[i]) ? isnan(got[i]) : got[i] == want[i]);
        assert_true(from[i] ? strcmp(basis[i], from[i]) == 0 : basis[i] == NULL);
    }
}

static void rows_fit_the_model(void **state) {
    (void)state;
    static const double klass[2] = { 0, NAN }, slope[2] = { 2, 3 }, area[2] = { 5000, NAN };
    static const char *const basis[2] = { "stated", NULL };
    const smap__schema *schema;
    const smap_table *t = NULL;
    smap__suitability_input in = { .asset = "site", .count = 2, .capacity_basis = basis };
    in.value[SMAP__BY_HAZARD_CLASS] = klass;
    in.value[SMAP__BY_SLOPE] = slope;
    in.value[SMAP__BY_AREA] = area;
    assert_int_equal(smap__suitability_table(ctx, &in, &t, NULL), SMAP_OK);
    assert_int_equal(smap__schema_get(ctx, "evacuation_site", &schema, NULL), SMAP_OK);
    assert_int_equal(smap_table_columns(t), schema->fields);
    for (int i = 0; i < schema->fields; i++) {
        const smap_column *c = smap_table_find(t, schema->field[i].name);
        if (!c || c->type != schema->field[i].type) fail_msg("%s", schema->field[i].name);
    }
    assert_true(smap__cell_is(smap_table_find(t, "suitability"), 0, "suitable"));
    assert_true(smap__cell_is(smap_table_find(t, "suitability"), 1, "unknown"));
    assert_true(smap_column_is_null(smap_table_find(t, "hazard_class"), 1));
    assert_true(smap_column_is_null(smap_table_find(t, "capacity"), 0));
    smap_table_free(t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(suitability_by_table),
        cmocka_unit_test(capacity_comes_from_what_is_known),
        cmocka_unit_test(rows_fit_the_model),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
