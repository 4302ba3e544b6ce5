/* Indicators against tests/table/site_indicator.case, and which rows they are made of. */
#include <math.h>

#include "../case_file.h"
#include "../ctx_help.h"
#include "col/cell.h"
#include "col/rows.h"
#include "site/indicator.h"

enum { SITE_COLUMNS = 5, ROUND_COLUMNS = 11 };
static const smap__rows_column site_columns[SITE_COLUMNS] = { { "site_id", SMAP_TEXT },
                                                              { "site_type", SMAP_TEXT },
                                                              { "floor_area_m2", SMAP_FLOAT64 },
                                                              { "site_area_m2", SMAP_FLOAT64 },
                                                              { "capacity", SMAP_INT64 } };
static const smap__rows_column round_columns[ROUND_COLUMNS] = { { "site_id", SMAP_TEXT },
                                                                { "round", SMAP_INT64 },
                                                                { "date", SMAP_DATE },
                                                                { "individuals", SMAP_INT64 },
                                                                { "water_l_per_person_day", SMAP_FLOAT64 },
                                                                { "taps", SMAP_INT64 },
                                                                { "latrines_female_functional", SMAP_INT64 },
                                                                { "latrines_male_functional", SMAP_INT64 },
                                                                { "latrines_shared_functional", SMAP_INT64 },
                                                                { "showers_functional", SMAP_INT64 },
                                                                { "source", SMAP_TEXT } };

/* The number behind NAME= in a list of them; false where it is not named. */
static bool known(const char *list, const char *name, double *out) {
    size_t len = strlen(name);
    for (const char *at = list; (at = strstr(at, name)) != NULL; at += len)
        if ((at == list || at[-1] == ' ') && at[len] == '=') {
            *out = strtod(at + len + 1, NULL);
            return true;
        }
    return false;
}

static void put_known(smap__rows *rows, const smap__rows_column *column, const char *list) {
    double value;
    if (!known(list, column->name, &value))
        smap__rows_null(rows);
    else if (column->type == SMAP_INT64)
        smap__rows_int(rows, (int64_t)value);
    else
        smap__rows_real(rows, value);
}

static const smap_table *one_site(const char *id, const char *type, const char *list) {
    const smap_table *table = NULL;
    smap__rows rows;
    smap__rows_init(&rows, site_columns, SITE_COLUMNS);
    smap__rows_text(&rows, id);
    smap__rows_text(&rows, type);
    for (int k = 2; k < SITE_COLUMNS; k++) put_known(&rows, &site_columns[k], list);
    assert_int_equal(smap__rows_finish(&rows, &table, NULL), SMAP_OK);
    return table;
}

static void put_round(smap__rows *rows, const char *id, int64_t number, const char *list) {
    smap__rows_text(rows, id);
    smap__rows_int(rows, number);
    smap__rows_null(rows);
    for (int k = 3; k < ROUND_COLUMNS - 1; k++) put_known(rows, &round_columns[k], list);
    smap__rows_text(rows, "SYNTHETIC");
}

/* The row of an indicator; -1: there is none. */
static int64_t find(const smap_table *t, const char *indicator) {
    for (int64_t row = 0; row < smap_table_rows(t); row++)
        if (smap__cell_is(smap_table_find(t, "indicator"), row, indicator)) return row;
    return -1;
}

static void check_case(case_file *c) {
    const smap_table *round = NULL, *out = NULL;
    smap__rows rows;
    double got, want = strcmp(c->part[3], "-") == 0 ? NAN : strtod(c->part[3], NULL);
    if (c->parts != 5) fail_msg("line %d: five parts", c->number);
    const smap_table *site = one_site("A", c->part[1], c->part[2]);
    smap__rows_init(&rows, round_columns, ROUND_COLUMNS);
    put_round(&rows, "A", 1, c->part[2]);
    assert_int_equal(smap__rows_finish(&rows, &round, NULL), SMAP_OK);
    assert_int_equal(smap__site_indicators(ctx, site, round, &out, NULL), SMAP_OK);
    int64_t row = find(out, c->part[0]);
    if (strcmp(c->part[4], "absent") == 0) {
        if (row >= 0) fail_msg("line %d: the indicator is there", c->number);
    } else {
        if (row < 0) fail_msg("line %d: there is no such indicator", c->number);
        if (!smap__cell_is(smap_table_find(out, "state"), row, c->part[4]))
            fail_msg("line %d: another state", c->number);
        bool has = smap__cell_number(smap_table_find(out, "value"), row, &got);
        if (isnan(want) ? has : !has || fabs(got - want) > 1e-9 * want) fail_msg("line %d: another value", c->number);
    }
    smap_table_free(out);
    smap_table_free(round);
    smap_table_free(site);
}

static void indicators_by_table(void **state) {
    (void)state;
    case_file c;
    int cases = 0;
    assert_true(case_open(&c, "site_indicator.case"));
    for (; case_next(&c); cases++) check_case(&c);
    assert_true(cases > 25);
}

/* The latest round of each site counts, in whatever order the rows stand; a site that the list lacks has its rounds
 * alone, and a site without a round no row. */
static void of_the_latest_round(void **state) {
    (void)state;
    const smap_table *site = one_site("A", "collective_centre", "capacity=10"), *round = NULL, *out = NULL;
    smap__rows rows;
    smap__rows_init(&rows, round_columns, ROUND_COLUMNS);
    put_round(&rows, "A", 2, "individuals=20 taps=1");
    put_round(&rows, "B", 1, "individuals=9 taps=1");
    put_round(&rows, "A", 1, "individuals=10 taps=1");
    assert_int_equal(smap__rows_finish(&rows, &round, NULL), SMAP_OK);
    assert_int_equal(smap__site_indicators(ctx, site, round, &out, NULL), SMAP_OK);
    double value;
    int taps = 0;
    for (int64_t row = 0; row < smap_table_rows(out); row++) {
        if (!smap__cell_is(smap_table_find(out, "indicator"), row, "people_per_tap")) continue;
        bool is_a = smap__cell_is(smap_table_find(out, "site_id"), row, "A");
        assert_true(smap__cell_number(smap_table_find(out, "value"), row, &value));
        assert_true(value == (is_a ? 20 : 9));
        taps++;
    }
    assert_int_equal(taps, 2);
    int64_t full = find(out, "occupancy");
    assert_true(smap__cell_is(smap_table_find(out, "site_id"), full, "A"));
    assert_true(smap__cell_number(smap_table_find(out, "value"), full, &value) && value == 2);
    smap_table_free(out);
    smap_table_free(round);
    smap_table_free(site);
}

static void nothing_of_nothing(void **state) {
    (void)state;
    const smap_table *site = one_site("A", "collective_centre", ""), *round = NULL, *out = NULL;
    smap__rows rows;
    smap__rows_init(&rows, round_columns, ROUND_COLUMNS);
    assert_int_equal(smap__rows_finish(&rows, &round, NULL), SMAP_OK);
    assert_int_equal(smap__site_indicators(ctx, site, round, &out, NULL), SMAP_OK);
    assert_int_equal(smap_table_rows(out), 0);
    smap_table_free(out);
    /* a table that has none of the columns */
    assert_int_equal(smap__site_indicators(ctx, round, site, &out, NULL), SMAP_OK);
    assert_true(smap_table_rows(out) > 0);
    for (int64_t row = 0; row < smap_table_rows(out); row++)
        assert_true(smap_column_is_null(smap_table_find(out, "value"), row));
    smap_table_free(out);
    smap_table_free(round);
    smap_table_free(site);
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(indicators_by_table), cmocka_unit_test(of_the_latest_round),
                                        cmocka_unit_test(nothing_of_nothing) };
    return cmocka_run_group_tests(tests, setup, teardown);
}
