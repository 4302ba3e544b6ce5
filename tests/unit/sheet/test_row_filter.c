/* Which rows a sheet shows: every kind of test, alone and together, with nulls and numbers, and files that are wrong.
 */
#include "col/rows.h"
#include "sheet/row_filter.h"
#include "sheet_help.h"

static const smap_table *rounds(void) {
    static const smap__rows_column columns[] = {
        { "scenario", SMAP_TEXT }, { "limit_min", SMAP_FLOAT64 }, { "rank", SMAP_INT64 }, { "open", SMAP_BOOL }
    };
    static const char *const scenario[] = { "baseline", "flood", NULL, "flood" };
    static const double limit[] = { 30, 60, 7.5, 30 };
    const smap_table *table = NULL;
    smap__rows rows;
    smap__rows_init(&rows, columns, 4);
    for (int i = 0; i < 4; i++) {
        smap__rows_text(&rows, scenario[i]);
        smap__rows_real(&rows, limit[i]);
        if (i == 3)
            smap__rows_null(&rows);
        else
            smap__rows_int(&rows, 4 + i);
        smap__rows_int(&rows, i % 2);
    }
    assert_int_equal(smap__rows_finish(&rows, &table, NULL), SMAP_OK);
    return table;
}

static const smap__sheet_chosen chosen[] = { { "scenario", "flood" }, { "limit", "30" } };

static smap_status make(const char *json, const smap_table *table, const smap_geometry *geometry,
                        smap__row_filter *filter, smap__json_doc **doc, smap_error *err) {
    assert_int_equal(smap__json_parse(json, strlen(json), "t.json", doc, err), SMAP_OK);
    return smap__row_filter_make(smap__json_get(smap__json_root(*doc), "where"), "rounds", table, geometry, chosen, 2,
                                 "t.json", filter, err);
}

/* The rows that pass, as "0110". */
static void expect(const char *json, const smap_table *table, const smap_geometry *geometry, const char *rows) {
    smap__row_filter filter;
    smap__json_doc *doc = NULL;
    smap_error err = SMAP_ERROR_INIT;
    char is[16] = "";
    if (make(json, table, geometry, &filter, &doc, &err) != SMAP_OK) fail_msg("%s", err.message);
    for (int64_t i = 0; rows[i]; i++) is[i] = smap__row_filter_holds(&filter, i) ? '1' : '0';
    if (strcmp(is, rows) != 0) fail_msg("%s: %s, not %s", json, is, rows);
    smap__json_free(doc);
}

static void expect_error(const char *json, const smap_table *table, const char *words) {
    smap__row_filter filter;
    smap__json_doc *doc = NULL;
    smap_error err = SMAP_ERROR_INIT;
    assert_int_equal(make(json, table, NULL, &filter, &doc, &err), SMAP_E_FORMAT);
    assert_non_null(strstr(err.message, words));
    smap__json_free(doc);
}

static void rows_that_pass(void **state) {
    (void)state;
    const smap_table *t = rounds();
    expect("{}", t, NULL, "1111");
    expect("{\"where\": {\"column\": \"scenario\", \"equals\": \"flood\"}}", t, NULL, "0101");
    expect("{\"where\": {\"column\": \"scenario\", \"one_of\": [\"storm\", \"flood\"]}}", t, NULL, "0101");
    expect("{\"where\": {\"column\": \"scenario\", \"one_of\": [\"storm\"], \"or_null\": true}}", t, NULL, "0010");
    expect("{\"where\": [{\"column\": \"scenario\", \"equals\": \"flood\", \"or_null\": true}]}", t, NULL, "0111");
    expect("{\"where\": [{\"column\": \"limit_min\", \"equals\": \"7.5\"}]}", t, NULL, "0010");
    expect("{\"where\": [{\"column\": \"open\", \"equals\": \"true\"}]}", t, NULL, "0101");
    expect("{\"where\": [{\"column\": \"rank\", \"at_most\": 5}]}", t, NULL, "1100");
    expect("{\"where\": [{\"column\": \"rank\", \"at_most\": 5, \"or_null\": true}]}", t, NULL, "1101");
    expect("{\"where\": [{\"column\": \"scenario\", \"chosen\": \"scenario\"}]}", t, NULL, "0101");
    expect("{\"where\": [{\"column\": \"scenario\", \"chosen\": \"scenario\"},"
           "{\"column\": \"limit_min\", \"chosen\": \"limit\"}]}",
           t, NULL, "0001");
    expect("{\"where\": [{\"chosen\": \"limit\", \"equals\": \"30\"}]}", t, NULL, "1111");
    expect("{\"where\": [{\"chosen\": \"limit\", \"equals\": \"60\"}]}", t, NULL, "0000");
    expect("{\"where\": [{\"chosen\": \"nothing_of_that\", \"equals\": \"60\"}]}", t, NULL, "0000");
    expect("{\"where\": [{\"column\": \"scenario\", \"chosen\": \"nothing_of_that\"}]}", t, NULL, "1111");
    smap_table_free(t);
}

static void shapes_that_pass(void **state) {
    (void)state;
    smap_ctx *ctx = new_ctx(1);
    making m = make_layer(ctx, "EPSG:4326");
    double line[] = { 1, 1, 2, 2 };
    put_point(&m, 1, 1, "a", NULL, NULL);
    put_outline(&m, 2, line, 2, "b", NULL, NULL);
    put_box(&m, (smap_box){ 1, 1, 2, 2 }, "c", NULL, NULL);
    assert_int_equal(smap_geometry_append_null(m.geometry, NULL), SMAP_OK);
    put_texts(&m, "d", NULL, NULL);
    const smap_layer *layer = finish_layer(&m, "shapes");
    expect("{\"where\": {\"geometry\": [\"point\", \"polygon\"]}}", layer->table, layer->geometry, "1010");
    expect("{\"where\": [{\"geometry\": [\"line\"]}, {\"column\": \"kind\", \"equals\": \"b\"}]}", layer->table,
           layer->geometry, "0100");
    expect("{\"where\": [{\"geometry\": [\"line\"]}, {\"column\": \"kind\", \"equals\": \"a\"}]}", layer->table,
           layer->geometry, "0000");
    smap_layer_free(layer);
    smap_ctx_free(ctx);
}

static void files_that_are_wrong(void **state) {
    (void)state;
    const smap_table *t = rounds();
    expect_error("{\"where\": [{\"column\": \"scenari\", \"equals\": \"flood\"}]}", t, "\"scenari\"");
    expect_error("{\"where\": {\"column\": \"scenario\", \"is\": \"flood\"}}", t, "neither \"equals\"");
    expect_error("{\"where\": {\"geometry\": [\"point\"]}}", t, "shape");
    expect_error("{\"where\": [{\"column\":\"rank\",\"at_most\":1},{\"column\":\"rank\",\"at_most\":1},"
                 "{\"column\":\"rank\",\"at_most\":1},{\"column\":\"rank\",\"at_most\":1},{\"column\":\"rank\","
                 "\"at_most\":1},{\"column\":\"rank\",\"at_most\":1},{\"column\":\"rank\",\"at_most\":1},"
                 "{\"column\":\"rank\",\"at_most\":1},{\"column\":\"rank\",\"at_most\":1}]}",
                 t, "more than 8");
    smap_table_free(t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_that_pass),
        cmocka_unit_test(shapes_that_pass),
        cmocka_unit_test(files_that_are_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
