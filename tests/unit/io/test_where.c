/* Conditions over one small layer: which rows they keep. */
#include "read_fixture.h"

static const char data[] =
    "{\"type\":\"FeatureCollection\",\"features\":["
    "{\"type\":\"Feature\",\"properties\":{\"name\":\"Omar's house\",\"people\":5,\"share\":0.5,\"open\":true,\"txt\":\"10\"},\"geometry\":null},"
    "{\"type\":\"Feature\",\"properties\":{\"name\":\"school A\",\"people\":120,\"share\":null,\"open\":false,\"txt\":\"9\"},\"geometry\":null},"
    "{\"type\":\"Feature\",\"properties\":{\"name\":\"School B\",\"people\":null,\"share\":1.25,\"open\":null,\"txt\":\"n/a\"},\"geometry\":null},"
    "{\"type\":\"Feature\",\"properties\":{\"name\":\"مدرسة\",\"people\":-3,\"share\":0,\"open\":true,\"txt\":null},\"geometry\":null}]}";

static void keeps(void **state) {
    fixture *f = *state;
    static const struct {
        const char *where, *rows; /* ids of the rows kept */
    } known[] = {
        { "people > 4", "12" },
        { "people >= 5 AND share IS NULL", "2" },
        { "people = 5 OR name = 'School B'", "13" },
        { "NOT people = 5", "24" }, /* a null is neither equal nor unequal */
        { "people <> 5", "24" },
        { "people != 5 or people is null", "234" },
        { "people IS NOT NULL", "124" },
        { "name LIKE 'school%'", "23" },
        { "name ILIKE '%B'", "3" },
        { "name NOT LIKE '%o%'", "4" },
        { "name LIKE '_____'", "4" },
        { "name = 'Omar''s house'", "1" },
        { "\"people\" IN (5, -3, 7)", "14" },
        { "name NOT IN ('School B')", "124" },
        { "people BETWEEN -3 AND 5", "14" },
        { "people NOT BETWEEN -3 AND 5", "2" },
        { "txt > 9.5", "1" }, /* text beside a number is read as one */
        { "txt < '5'", "1" }, /* beside text it is text */
        { "open", "14" },
        { "NOT open", "2" },
        { "open = FALSE", "2" },
        { "fid >= 3", "34" },
        { "share = 5e-1", "1" },
        { "5 < people", "2" },
        { "(people > 4 OR share = 0) AND (open OR name LIKE 'x')", "14" },
        { "PEOPLE > 4", "12" },
        { "name > 'School B'", "24" },
    };
    put(f, "a.json", data);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        smap_read_options options = SMAP_READ_OPTIONS_INIT;
        char got[16] = "";
        options.where = known[i].where;
        read_good(f, "a.json", &options);
        for (int64_t k = 0; k < rows(f); k++) got[k] = (char)('0' + f->last.layer->fid[k]);
        if (strcmp(got, known[i].rows) != 0) fail_msg("%s: rows %s instead of %s", known[i].where, got, known[i].rows);
    }
}

static void says_what_is_wrong(void **state) {
    fixture *f = *state;
    static const struct {
        const char *where;
        smap_status status;
        const char *word;
    } known[] = {
        { "popple > 4", SMAP_E_NOT_FOUND,
          "no column \"popple\" (named in the condition); it has: name, people, share" },
        { "\"no such\" = 1", SMAP_E_NOT_FOUND, "\"no such\"" },
        { "people >", SMAP_E_ARGUMENT, "a column or a value is expected at its end" },
        { "people > 4 AND", SMAP_E_ARGUMENT, "at its end" },
        { "people > 4 AND AND open", SMAP_E_ARGUMENT, "instead of AND" },
        { "people 4", SMAP_E_ARGUMENT, "a comparison" },
        { "(people > 4", SMAP_E_ARGUMENT, "closing bracket" },
        { "people > 4)", SMAP_E_ARGUMENT, "instead of )" },
        { "name = 'open", SMAP_E_ARGUMENT, "expected" },
        { "people IN 4", SMAP_E_ARGUMENT, "list in brackets" },
        { "people > 4; DROP TABLE x", SMAP_E_ARGUMENT, "expected" },
        { "upper(name) = 'A'", SMAP_E_NOT_FOUND, "upper" },
        { "", SMAP_E_ARGUMENT, "expected" },
    };
    put(f, "a.json", data);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        smap_read_options options = SMAP_READ_OPTIONS_INIT;
        options.where = known[i].where;
        read_bad(f, "a.json", &options, known[i].status, known[i].word);
    }
    char deep[400];
    memset(deep, '(', sizeof deep - 1);
    deep[sizeof deep - 1] = '\0';
    smap_read_options options = SMAP_READ_OPTIONS_INIT;
    options.where = deep;
    read_bad(f, "a.json", &options, SMAP_E_ARGUMENT, "fewer brackets");
}

/* "people IN (0, 0, ..., 0)" */
static char *long_list(size_t items) {
    static const char head[] = "people IN (", item[] = "0,", tail[] = "0)";
    char *text = malloc(sizeof head + items * 2 + sizeof tail), *at = text + sizeof head - 1;
    memcpy(text, head, sizeof head);
    for (size_t i = 0; i < items; i++, at += 2) memcpy(at, item, 2);
    memcpy(at, tail, sizeof tail);
    return text;
}

static void a_list_has_an_end(void **state) {
    fixture *f = *state;
    put(f, "a.json", data);
    char *fits = long_list(4000), *endless = long_list(300000);
    smap_read_options options = SMAP_READ_OPTIONS_INIT;
    options.where = fits;
    read_good(f, "a.json", &options);
    assert_int_equal(rows(f), 0);
    options.where = endless;
    read_bad(f, "a.json", &options, SMAP_E_LIMIT, "comparisons");
    free(fits);
    free(endless);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(keeps, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(says_what_is_wrong, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(a_list_has_an_end, fixture_open, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
