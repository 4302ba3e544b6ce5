/* Filters: which rows they hold for, and the QGIS expression that says the same. */
#include "style_help.h"

enum { ROWS = 5 };

/* name, people, depth_m, open, day: the last row is null throughout. */
static const smap_table *sample(void) {
    static const char *const names[ROWS] = { "Derna", "درنة", "50% off_x", "12", NULL };
    static const int64_t people[ROWS] = { 100000, 5, -3, 12, 0 };
    static const double depth[ROWS] = { 0.5, 1.0, 2.5, 12, 0 };
    static const int64_t day[ROWS] = { 19611, 19612, 0, 19613, 0 }; /* 2023-09-11, 12, 1970-01-01, 2023-09-13 */
    const char *const column_names[] = { "name", "people", "depth_m", "open", "day" };
    const smap_type types[] = { SMAP_TEXT, SMAP_INT64, SMAP_FLOAT64, SMAP_BOOL, SMAP_DATE };
    const smap_column *columns[5];
    for (int c = 0; c < 5; c++) {
        smap_column_builder *b = NULL;
        assert_int_equal(smap_column_builder_new(column_names[c], types[c], &b, NULL), SMAP_OK);
        for (int i = 0; i < ROWS; i++) {
            if (i == ROWS - 1)
                smap_column_append_null(b, NULL);
            else if (c == 0)
                smap_column_append_text(b, names[i], strlen(names[i]), NULL);
            else if (c == 2)
                smap_column_append_real(b, depth[i], NULL);
            else
                smap_column_append_int(b, c == 1 ? people[i] : c == 3 ? i % 2 : day[i], NULL);
        }
        assert_int_equal(smap_column_builder_finish(b, &columns[c], NULL), SMAP_OK);
        smap_column_builder_free(b);
    }
    const smap_table *table = NULL;
    assert_int_equal(smap_table_new(columns, 5, ROWS, &table, NULL), SMAP_OK);
    for (int c = 0; c < 5; c++) smap_column_free(columns[c]);
    return table;
}

#define P(name) "<ogc:PropertyName>" name "</ogc:PropertyName>"
#define L(text) "<ogc:Literal>" text "</ogc:Literal>"
#define IS(op, name, text) "<ogc:PropertyIs" op ">" P(name) L(text) "</ogc:PropertyIs" op ">"
#define LIKE(text)                                                                                                     \
    "<ogc:PropertyIsLike wildCard='*' singleChar='?' escapeChar='!'>" P("name") L(text) "</ogc:PropertyIsLike>"

/* filter, the rows it holds for (x = yes), the expression */
static const struct {
    const char *filter, *rows, *expression;
} cases[] = {
    { IS("EqualTo", "name", "Derna"), "x....", "\"name\" = 'Derna'" },
    { IS("EqualTo", "name", "درنة"), ".x...", "\"name\" = 'درنة'" },
    { IS("EqualTo", "name", "derna"), ".....", "\"name\" = 'derna'" },
    { IS("NotEqualTo", "name", "Derna"), ".xxx.", "\"name\" <> 'Derna'" },
    { IS("EqualTo", "name", "12.0"), "...x.", "\"name\" = 12" },
    { IS("EqualTo", "people", "12"), "...x.", "\"people\" = 12" },
    { IS("LessThan", "people", "5"), "..x..", "\"people\" < 5" },
    { IS("LessThanOrEqualTo", "people", "5"), ".xx..", "\"people\" <= 5" },
    { IS("GreaterThan", "depth_m", "0.5"), ".xxx.", "\"depth_m\" > 0.5" },
    { IS("GreaterThanOrEqualTo", "depth_m", "0.5"), "xxxx.", "\"depth_m\" >= 0.5" },
    { IS("GreaterThan", "people", "4.5"), "xx.x.", "\"people\" > 4.5" },
    { IS("EqualTo", "people", "many"), ".....", "\"people\" = 'many'" },
    { IS("NotEqualTo", "people", "many"), "xxxx.", "\"people\" <> 'many'" },
    { IS("EqualTo", "open", "true"), ".x.x.", "\"open\" = 'true'" },
    { IS("EqualTo", "day", "2023-09-12"), ".x...", "\"day\" = '2023-09-12'" },
    { IS("LessThan", "day", "2023-09-12"), "x.x..", "\"day\" < '2023-09-12'" },
    { IS("EqualTo", "no_such_column", "1"), ".....", "\"no_such_column\" = 1" },
    { "<ogc:PropertyIsLessThan>" L("5") P("people") "</ogc:PropertyIsLessThan>", "x..x.", "\"people\" > 5" },
    { "<ogc:PropertyIsBetween>" P("people") "<ogc:LowerBoundary>" L("5") "</ogc:LowerBoundary><ogc:UpperBoundary>" L(
          "12") "</ogc:UpperBoundary></ogc:PropertyIsBetween>",
      ".x.x.", "\"people\" >= 5 AND \"people\" <= 12" },
    { "<ogc:PropertyIsNull>" P("people") "</ogc:PropertyIsNull>", "....x", "\"people\" IS NULL" },
    { "<ogc:PropertyIsNull>" P("no_such_column") "</ogc:PropertyIsNull>", "xxxxx", "\"no_such_column\" IS NULL" },
    { "<ogc:Not>" IS("EqualTo", "name", "Derna") "</ogc:Not>", ".xxx.", "NOT (\"name\" = 'Derna')" },
    { "<ogc:Or>" IS("EqualTo", "people", "5") "<ogc:PropertyIsNull>" P("name") "</ogc:PropertyIsNull></ogc:Or>",
      ".x..x", "\"people\" = 5 OR \"name\" IS NULL" },
    { "<ogc:And><ogc:Or>" IS("EqualTo", "people", "5")
          IS("EqualTo", "people", "12") "</ogc:Or>" IS("GreaterThan", "depth_m", "1") "</ogc:And>",
      "...x.", "(\"people\" = 5 OR \"people\" = 12) AND \"depth_m\" > 1" },
    { "<ogc:Not><ogc:And>" IS("EqualTo", "people", "5") IS("EqualTo", "no_such_column", "1") "</ogc:And></ogc:Not>",
      "x.xx.", "NOT (\"people\" = 5 AND \"no_such_column\" = 1)" },
    { LIKE("D*"), "x....", "\"name\" LIKE 'D%'" },
    { LIKE("?er*a"), "x....", "\"name\" LIKE '_er%a'" },
    { LIKE("د?نة"), ".x...", "\"name\" LIKE 'د_نة'" },
    { LIKE("*% off_*"), "..x..", "\"name\" LIKE '%\\\\% off\\\\_%'" },
    { LIKE("!*"), ".....", "\"name\" LIKE '*'" },
    { LIKE("*"), "xxxx.", "\"name\" LIKE '%'" },
    { IS("EqualTo", "name", "O'Neil \\ co"), ".....", "\"name\" = 'O''Neil \\\\ co'" },
};

static void filters_hold_and_are_written(void **state) {
    (void)state;
    warnings w;
    smap_ctx *ctx = new_ctx(&w);
    const smap_table *table = sample();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        smap__str rule = SMAP__STR_INIT, expression = SMAP__STR_INIT;
        smap__str_printf(&rule, "<se:Rule><ogc:Filter>%s</ogc:Filter></se:Rule><se:Rule/>", cases[i].filter);
        const smap__style *style = NULL;
        smap_error err = SMAP_ERROR_INIT;
        if (parse_rules(ctx, rule.data, &style, &err) != SMAP_OK) fail_msg("%s", err.message);
        uint64_t on[ROWS];
        assert_int_equal(smap__style_match(style, table, on, &err), SMAP_OK);
        char rows[ROWS + 1] = { 0 };
        for (int r = 0; r < ROWS; r++) {
            rows[r] = on[r] & 1 ? 'x' : '.';
            assert_true(on[r] & 2);
        }
        smap__filter_put_expression(style->rule[0].filter, &expression);
        if (strcmp(rows, cases[i].rows) != 0) fail_msg("%s holds for %s, not %s", expression.data, rows, cases[i].rows);
        assert_string_equal(expression.data, cases[i].expression);
        smap__str_release(&rule);
        smap__str_release(&expression);
        smap__style_free(style);
    }
    assert_string_equal(w.text, "");
    smap_table_free(table);
    smap_ctx_free(ctx);
}

/* Blocks must not show: a table longer than one block, every row by a rule computed here. */
static void long_tables(void **state) {
    (void)state;
    enum { LONG = 5000 };
    warnings w;
    smap_ctx *ctx = new_ctx(&w);
    smap_column_builder *b = NULL;
    const smap_column *column = NULL;
    const smap_table *table = NULL;
    const smap__style *style = NULL;
    assert_int_equal(smap_column_builder_new("n", SMAP_INT64, &b, NULL), SMAP_OK);
    for (int i = 0; i < LONG; i++) {
        if (i % 7 == 3)
            smap_column_append_null(b, NULL);
        else
            smap_column_append_int(b, (int64_t)i * 37 % 101, NULL);
    }
    assert_int_equal(smap_column_builder_finish(b, &column, NULL), SMAP_OK);
    assert_int_equal(smap_table_new(&column, 1, LONG, &table, NULL), SMAP_OK);
    assert_int_equal(
        parse_rules(ctx, "<se:Rule><ogc:Filter>" IS("LessThan", "n", "50") "</ogc:Filter></se:Rule>", &style, NULL),
        SMAP_OK);
    uint64_t *on = smap__zalloc(LONG, sizeof *on);
    assert_int_equal(smap__style_match(style, table, on, NULL), SMAP_OK);
    for (int i = 0; i < LONG; i++) assert_int_equal(on[i], i % 7 != 3 && i * 37 % 101 < 50);
    smap__free(on);
    smap__style_free(style);
    smap_table_free(table);
    smap_column_free(column);
    smap_column_builder_free(b);
    smap_ctx_free(ctx);
}

static void columns_that_are_read(void **state) {
    (void)state;
    warnings w;
    smap_ctx *ctx = new_ctx(&w);
    const smap__style *style = NULL;
    assert_int_equal(
        parse_rules(ctx,
                    "<se:Rule><ogc:Filter><ogc:And>" IS("LessThan", "n", "50") "<ogc:Not>" LIKE(
                        "a*") "</ogc:Not>"
                              "</ogc:And></ogc:Filter><se:PolygonSymbolizer/></se:Rule><se:Rule><ogc:Filter>"
                              "<ogc:PropertyIsNull>" P("when") "</ogc:PropertyIsNull></ogc:Filter></se:Rule>",
                    &style, NULL),
        SMAP_OK);
    static const char *const yes[] = { "n", "name", "when" };
    for (int i = 0; i < 3; i++) assert_true(smap__style_reads(style, yes[i]));
    assert_false(smap__style_reads(style, "nam"));
    assert_false(smap__style_reads(style, "name_en"));
    assert_false(smap__style_has_labels(style));
    smap__style_free(style);
    assert_int_equal(parse_rules(ctx,
                                 "<se:Rule><se:TextSymbolizer><se:Label>" P("name_en") " " P(
                                     "code") "</se:Label></se:TextSymbolizer></se:Rule>",
                                 &style, NULL),
                     SMAP_OK);
    assert_true(smap__style_has_labels(style));
    assert_true(smap__style_reads(style, "name_en") && smap__style_reads(style, "code"));
    assert_false(smap__style_reads(style, "name"));
    smap__style_free(style);
    smap_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_that_are_read),
        cmocka_unit_test(filters_hold_and_are_written),
        cmocka_unit_test(long_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
