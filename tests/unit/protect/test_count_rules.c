#include "../ctx_help.h"
#include "layer_help.h"
#include "protect/gate.h"

/* The public's view of layers that are learnt together: "LAYER: ROWS". */
typedef struct publication {
    smap__gate *gate;
    const smap_layer *all[4], *view[4];
    int layers;
} publication;

static void publish(publication *p, const char *const *layer, const char *const *rows, int layers) {
    const smap__audience *audience = NULL;
    smap_error err = SMAP_ERROR_INIT;
    *p = (publication){ .layers = layers };
    assert_int_equal(smap__audience_get(ctx, "public", &audience, NULL), SMAP_OK);
    assert_int_equal(smap__gate_new(ctx, audience, &p->gate, NULL), SMAP_OK);
    for (int i = 0; i < layers; i++) {
        p->all[i] = layer_of(ctx, layer[i], rows[i], NULL, NULL);
        assert_int_equal(smap__gate_learn(p->gate, p->all[i], NULL), SMAP_OK);
    }
    for (int i = 0; i < layers; i++) {
        const smap__schema *schema = NULL;
        assert_int_equal(smap__schema_get(ctx, layer[i], &schema, NULL), SMAP_OK);
        if (smap__gate_view(p->gate, schema, p->all[i], &p->view[i], &err) != SMAP_OK) fail_msg("%s", err.message);
    }
}

static void release(publication *p) {
    for (int i = 0; i < p->layers; i++) {
        smap_layer_free(p->all[i]);
        smap_layer_free(p->view[i]);
    }
    smap__gate_free(p->gate);
}

/* "40 <5 7": the column's cells, their sign where nothing is told. */
static const char *told(const publication *p, int layer, const char *column) {
    static char text[512];
    const smap_layer *view = p->view[layer];
    const smap_column *c = smap_table_find(view->table, column);
    const smap_table *signs = smap__gate_marks(p->gate, view->name);
    const smap_column *sign = signs ? smap_table_find(signs, column) : NULL;
    size_t at = 0;
    assert_non_null(c);
    for (int64_t i = 0; i < c->count; i++) {
        char cell[128] = "-";
        bool marked = sign && !smap_column_is_null(sign, i);
        assert_false(marked && !smap_column_is_null(c, i));
        if (!smap_column_is_null(c, i) || marked) smap_column_format(marked ? sign : c, i, cell, sizeof cell);
        at += (size_t)snprintf(text + at, sizeof text - at, "%s%s", i ? " " : "", cell);
    }
    return text;
}

static const char *told_of_one(const char *layer, const char *rows, const char *column) {
    static char text[512];
    publication p;
    publish(&p, &layer, &rows, 1);
    snprintf(text, sizeof text, "%s", told(&p, 0, column));
    release(&p);
    return text;
}

static void small_counts_alone(void **state) {
    (void)state;
    assert_string_equal(told_of_one("area_round",
                                    "pcode=LY0101; round=1; population_group=idp; individuals=40 / "
                                    "pcode=LY0101; round=1; population_group=migrant; individuals=3 / "
                                    "pcode=LY0101; round=2; population_group=migrant; individuals=0",
                                    "individuals"),
                        "40 <5 0");
}

/* 40 + 3 + 25 = 68, in a row without a group: 25 goes with 3. */
static void a_row_without_a_group_is_the_total(void **state) {
    (void)state;
    assert_string_equal(told_of_one("area_round",
                                    "pcode=LY0101; round=1; population_group=idp; individuals=40 / "
                                    "pcode=LY0101; round=1; population_group=migrant; individuals=3 / "
                                    "pcode=LY0101; round=1; population_group=returnee; individuals=25 / "
                                    "pcode=LY0101; round=1; individuals=68",
                                    "individuals"),
                        "40 <5 * 68");
}

/* Areas within areas by P-code: LY0101 is that of its two parts, LY01 that of LY0101 and a rest that nobody stated. */
static void areas_are_the_sums_of_their_parts(void **state) {
    (void)state;
    assert_string_equal(
        told_of_one("area_round",
                    "pcode=LY010101; round=1; individuals=3 / pcode=LY010102; round=1; individuals=30 / "
                    "pcode=LY0101; round=1; individuals=33 / pcode=LY01; round=1; individuals=90",
                    "individuals"),
        "<5 * 33 90");
    assert_string_equal(told_of_one("area_round",
                                    "pcode=LY0101; round=1; individuals=88 / pcode=LY01; round=1; individuals=90",
                                    "individuals"),
                        "* 90");
}

/* 40 within 15 minutes and 43 within 30: three in between. */
static void what_rises_by_few_is_hidden(void **state) {
    (void)state;
    assert_string_equal(
        told_of_one(
            "access_coverage",
            "scenario=current; asset=household; service_type=hospital; limit_min=30; people=90; people_within=43 / "
            "scenario=current; asset=household; service_type=hospital; limit_min=15; people=90; people_within=40 / "
            "scenario=current; asset=household; service_type=hospital; limit_min=60; people=90; people_within=90",
            "people_within"),
        "43 * 90");
}

#define AT "mode=foot; asset=household; service_type=hospital; "

/* 100 within reach without closures and 97 with them: the closure takes it from three. So it does when roads of which
 * nothing is known are taken as closed; a scenario of one's own holds the closures of today. */
static void what_a_closure_takes_from_few_is_hidden(void **state) {
    (void)state;
    static const char *const shut[] = { "current; unknown_roads=open", "current; unknown_roads=closed",
                                        "bridges; unknown_roads=open" };
    char rows[1024];
    for (int i = 0; i < 3; i++) {
        snprintf(rows, sizeof rows,
                 "scenario=%s; " AT "limit_min=30; people=300; people_within=100 / "
                 "scenario=%s; " AT "limit_min=30; people=300; people_within=97",
                 i == 0 ? "baseline; unknown_roads=open" : shut[0], shut[i == 0 ? 0 : i]);
        assert_string_equal(told_of_one("access_coverage", rows, "people_within"), "100 *");
    }
    assert_string_equal(told_of_one("access_coverage",
                                    "scenario=bridges; unknown_roads=closed; " AT "people=300; people_within=97 / "
                                    "scenario=bank; unknown_roads=closed; " AT "people=300; people_within=100",
                                    "people_within"),
                        "97 100"); /* neither holds the other */
}

/* Before, now and lost in one row: what is lost is small, and may not follow from the others. */
static void before_and_after_do_not_tell_what_is_lost(void **state) {
    (void)state;
    publication p;
    static const char *const layer[] = { "access_coverage" };
    static const char *const rows[] = {
        "scenario=baseline; unknown_roads=open; " AT "limit_min=30; people=300; people_within=100 / "
        "scenario=current; unknown_roads=open; " AT "limit_min=30; people=300; people_within=97; people_before=100; "
        "people_lost=3; people_gained=0; statement_en=Those of 3 of 1,204 places (٧) are not known."
    };
    publish(&p, layer, rows, 1);
    assert_string_equal(told(&p, 0, "people_lost"), "- <5");
    assert_string_equal(told(&p, 0, "people_within"), "100 *");
    assert_string_equal(told(&p, 0, "people_before"), "- 100");
    assert_string_equal(told(&p, 0, "statement_en"), "- Those of … of … places (…) are not known.");
    release(&p);
}

/* 60 in both and 62 in one of two hazards: two are in that one alone. */
static void pairs_do_not_tell_of_one_alone(void **state) {
    (void)state;
    assert_string_equal(told_of_one("coincidence",
                                    "asset=household; hazard_a=flood; hazard_b=flood; people=62 / "
                                    "asset=household; hazard_a=flood; hazard_b=landslide; people=60 / "
                                    "asset=household; hazard_a=landslide; hazard_b=landslide; people=90",
                                    "people"),
                        "62 * 90");
}

/* Six people are no more than six households: five are not left a range of three. */
static void households_are_no_more_than_people(void **state) {
    (void)state;
    assert_string_equal(told_of_one("area_round",
                                    "pcode=LY0101; round=1; population_group=idp; households=3; individuals=40 / "
                                    "pcode=LY0101; round=1; population_group=migrant; households=5; individuals=6 / "
                                    "pcode=LY0101; round=1; population_group=returnee; households=30; individuals=90 / "
                                    "pcode=LY0101; round=1; households=38; individuals=136",
                                    "households"),
                        "<5 5 * 38");
}

/* The people of an area stand in two layers: where one would give away what the other hides, both hide. */
static void layers_do_not_give_each_other_away(void **state) {
    (void)state;
    static const char *const layer[] = { "exposure_summary", "access_coverage" };
    static const char *const rows[] = {
        "asset=household; hazard=flood; class=none; people=20; all_people=23 / "
        "asset=household; hazard=flood; class=high; people=3; all_people=23",
        "scenario=current; asset=household; service_type=hospital; limit_min=15; people=23; people_within=23"
    };
    publication p;
    publish(&p, layer, rows, 2);
    const smap_column *in_hazard = smap_table_find(p.view[0]->table, "all_people");
    const smap_column *in_access = smap_table_find(p.view[1]->table, "people");
    assert_string_equal(told(&p, 0, "people"), "* <5");
    for (int64_t i = 0; i < 2; i++)
        assert_int_equal(smap_column_is_null(in_hazard, i), smap_column_is_null(in_access, 0));
    release(&p);
}

static void counts_of_things_are_told(void **state) {
    (void)state;
    assert_string_equal(told_of_one("exposure_summary",
                                    "asset=road; hazard=flood; class=high; assets=3; all_assets=40 / "
                                    "asset=household; hazard=flood; class=high; assets=3; all_assets=40",
                                    "assets"),
                        "3 <5");
}

static void rows_that_were_not_learnt_are_not_told(void **state) {
    (void)state;
    const smap__audience *audience = NULL;
    const smap__schema *schema = NULL;
    smap__gate *gate = NULL;
    const smap_layer *all = layer_of(ctx, "area_round", "pcode=LY01; round=1; individuals=90", NULL, NULL),
                     *view = NULL;
    assert_int_equal(smap__schema_get(ctx, "area_round", &schema, NULL), SMAP_OK);
    assert_int_equal(smap__audience_get(ctx, "public", &audience, NULL), SMAP_OK);
    assert_int_equal(smap__gate_new(ctx, audience, &gate, NULL), SMAP_OK);
    assert_int_equal(smap__gate_view(gate, schema, all, &view, NULL), SMAP_OK);
    publication p = { .gate = gate, .all = { all }, .view = { view }, .layers = 1 };
    assert_string_equal(told(&p, 0, "individuals"), "*");
    release(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_counts_alone),
        cmocka_unit_test(a_row_without_a_group_is_the_total),
        cmocka_unit_test(areas_are_the_sums_of_their_parts),
        cmocka_unit_test(what_rises_by_few_is_hidden),
        cmocka_unit_test(what_a_closure_takes_from_few_is_hidden),
        cmocka_unit_test(before_and_after_do_not_tell_what_is_lost),
        cmocka_unit_test(pairs_do_not_tell_of_one_alone),
        cmocka_unit_test(households_are_no_more_than_people),
        cmocka_unit_test(layers_do_not_give_each_other_away),
        cmocka_unit_test(counts_of_things_are_told),
        cmocka_unit_test(rows_that_were_not_learnt_are_not_told),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
