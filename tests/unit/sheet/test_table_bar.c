/* Bars of tables: shares, standards, colours by state, and what a sheet file may get wrong. */
#include <math.h>
#include <string.h>

#include "../cmocka_all.h"
#include "col/rows.h"
#include "sheet/table_bar.h"

static const char BAR[] = "{\"most\": \"axis\", \"target\": \"standard\", \"width_mm\": 20, \"height_mm\": 2,"
                          " \"track\": \"#eeeeee\", \"target_colour\": \"#000000\", \"colour\": \"#808080\","
                          " \"by\": \"state\", \"colours\": [{\"is\": \"met\", \"colour\": \"#0000ff\"}]}";

typedef struct bar_scene {
    smap__arena arena;
    smap__json_doc *doc;
    smap__sheet_spec spec;
    const smap_table *table;
} bar_scene;

/* value, axis, standard, state; NAN = null */
static void open_scene(bar_scene *s, const char *json, double value, double standard, const char *state) {
    static const smap__rows_column columns[] = {
        { "value", SMAP_FLOAT64 }, { "axis", SMAP_FLOAT64 }, { "standard", SMAP_FLOAT64 }, { "state", SMAP_TEXT }
    };
    smap__rows rows;
    *s = (bar_scene){ .doc = NULL };
    assert_int_equal(smap__json_parse(json, strlen(json), "bar", &s->doc, NULL), SMAP_OK);
    s->spec = (smap__sheet_spec){ .arena = &s->arena, .root = smap__json_root(s->doc) };
    s->spec.path = "sheet.json";
    smap__rows_init(&rows, columns, 4);
    smap__rows_real_or_null(&rows, value);
    smap__rows_real_or_null(&rows, 2 * standard);
    smap__rows_real_or_null(&rows, standard);
    smap__rows_text(&rows, state);
    assert_int_equal(smap__rows_finish(&rows, &s->table, NULL), SMAP_OK);
}

static smap_status make(bar_scene *s, const smap__table_bar **out, smap_error *err) {
    return smap__table_bar_make(&s->spec, s->spec.root, "site_indicator", s->table, smap_table_find(s->table, "value"),
                                0, out, err);
}

static void close_scene(bar_scene *s) {
    smap_table_free(s->table);
    smap__json_free(s->doc);
    smap__arena_release(&s->arena);
}

static void share_and_standard(void **state) {
    (void)state;
    static const struct {
        double value, standard;
        const char *state;
        double share, target;
        bool over;
        int blue;
    } cases[] = { { 15, 15, "met", 0.5, 0.5, false, 255 },  { 7.5, 15, "not_met", 0.25, 0.5, false, 128 },
                  { 0, 15, "not_met", 0, 0.5, false, 128 }, { 31, 15, NULL, 1, 0.5, true, 128 },
                  { -3, 15, "met", 0, 0.5, false, 255 },    { NAN, 15, "unknown", NAN, 0.5, false, 128 },
                  { 5, NAN, "met", NAN, NAN, false, 255 } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bar_scene s;
        const smap__table_bar *b = NULL;
        open_scene(&s, BAR, cases[i].value, cases[i].standard, cases[i].state);
        assert_int_equal(make(&s, &b, NULL), SMAP_OK);
        assert_null(s.spec.missing);
        assert_true(isnan(cases[i].share) ? isnan(b->share) : b->share == cases[i].share);
        assert_true(isnan(cases[i].target) ? isnan(b->target) : b->target == cases[i].target);
        assert_int_equal(b->over, cases[i].over);
        assert_int_equal(b->colour.b, cases[i].blue);
        assert_false(b->from_end);
        close_scene(&s);
    }
}

static void of_numbers_from_the_end(void **state) {
    (void)state;
    bar_scene s;
    const smap__table_bar *b = NULL;
    open_scene(
        &s,
        "{\"most\": 40, \"from\": \"end\", \"width_mm\": 20, \"height_mm\": 2, \"track\": \"#eeeeee\", \"colour\": \"#808080\"}",
        10, 1, "met");
    assert_int_equal(make(&s, &b, NULL), SMAP_OK);
    assert_true(b->from_end && b->share == 0.25 && isnan(b->target));
    close_scene(&s);
}

static void what_a_sheet_gets_wrong(void **state) {
    (void)state;
    bar_scene s;
    const smap__table_bar *b = NULL;
    smap_error err = SMAP_ERROR_INIT;
    open_scene(
        &s, "{\"most\": \"axes\", \"width_mm\": 20, \"height_mm\": 2, \"track\": \"#eeeeee\", \"colour\": \"#808080\"}",
        1, 1, "met");
    assert_int_equal(make(&s, &b, &err), SMAP_E_FORMAT);
    assert_non_null(strstr(err.message, "\"axes\""));
    assert_non_null(strstr(err.message, "sheet.json"));
    close_scene(&s);
    open_scene(&s, "{\"most\": 1, \"height_mm\": 2, \"track\": \"#eeeeee\", \"colour\": \"#808080\"}", 1, 1, "met");
    assert_int_equal(make(&s, &b, NULL), SMAP_OK);
    assert_non_null(s.spec.missing); /* told when all of the sheet was read */
    close_scene(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(share_and_standard), cmocka_unit_test(of_numbers_from_the_end),
                                        cmocka_unit_test(what_a_sheet_gets_wrong) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
