#include "../cmocka_all.h"
#include "col/cell.h"
#include "col/rows.h"
#include "site/age_sex.h"

typedef struct person_row {
    const char *site;
    int round;
    const char *sex;
    int from, to;
    const char *group;
    int people; /* each -1 = not known */
} person_row;

static void put(smap__rows *rows, int value) {
    if (value < 0)
        smap__rows_null(rows);
    else
        smap__rows_int(rows, value);
}

static const smap_table *population(const person_row *row, int count) {
    static const smap__rows_column columns[] = { { "site_id", SMAP_TEXT },     { "round", SMAP_INT64 },
                                                 { "sex", SMAP_TEXT },         { "age_min", SMAP_INT64 },
                                                 { "age_max", SMAP_INT64 },    { "population_group", SMAP_TEXT },
                                                 { "individuals", SMAP_INT64 } };
    const smap_table *table = NULL;
    smap__rows rows;
    smap__rows_init(&rows, columns, (int)(sizeof columns / sizeof *columns));
    for (int i = 0; i < count; i++) {
        smap__rows_text(&rows, row[i].site);
        put(&rows, row[i].round);
        smap__rows_text(&rows, row[i].sex);
        put(&rows, row[i].from);
        put(&rows, row[i].to);
        smap__rows_text(&rows, row[i].group);
        put(&rows, row[i].people);
    }
    assert_int_equal(smap__rows_finish(&rows, &table, NULL), SMAP_OK);
    return table;
}

/* "site round age female male most", rows apart by ";" */
static void assert_pyramid(const person_row *row, int count, const char *want) {
    const smap_table *in = population(row, count), *out = NULL;
    smap__str got = SMAP__STR_INIT;
    assert_int_equal(smap__site_age_sex(in, &out, NULL), SMAP_OK);
    static const char *const shown[] = { "site_id", "round", "age", "female", "male", "most" };
    smap__str_put(&got, "");
    for (int64_t r = 0; r < smap_table_rows(out); r++)
        for (int k = 0; k < 6; k++) {
            const smap_column *column = smap_table_find(out, shown[k]);
            smap__cell_put(&got, column, r);
            if (smap_column_is_null(column, r)) smap__str_put(&got, "-");
            smap__str_put(&got, k < 5 ? " " : ";");
        }
    assert_string_equal(got.data, want);
    smap__str_release(&got);
    smap_table_free(out);
    smap_table_free(in);
}

static void bands_of_the_latest_round(void **state) {
    (void)state;
    static const person_row rows[] = {
        { "A", 1, "female", 0, 4, "idp", 99 }, { "A", 2, "male", 60, -1, "idp", 3 },
        { "A", 2, "female", 0, 4, "idp", 7 },  { "A", 2, "female", 0, 4, "migrant", 2 },
        { "A", 2, "male", 0, 4, "idp", 11 },   { "B", 1, "female", 5, 17, "idp", 1 },
        { "A", 2, "all", 0, 4, "idp", 20 },    { "A", 2, "female", -1, -1, "idp", 5 },
        { "B", 1, "male", 5, 17, "idp", -1 },
    };
    assert_pyramid(rows, 9, "A 2 0–4 9 11 11;A 2 60+ - 3 11;B 1 5–17 1 - 1;");
}

static void without_rounds(void **state) {
    (void)state;
    static const person_row rows[] = { { "A", -1, "female", 0, 17, "idp", 4 }, { NULL, 1, "male", 0, 17, "idp", 4 } };
    assert_pyramid(rows, 2, "A - 0–17 4 - 4;");
    assert_pyramid(rows, 0, "");
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(bands_of_the_latest_round), cmocka_unit_test(without_rounds) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
