#include "../case_file.h"
#include "../ctx_help.h"
#include "protect/audience_rules.h"

static const smap__scrub *scrub_of_rules(void) {
    const smap__rules *rules = NULL;
    assert_int_equal(smap__rules_of(ctx, &rules, NULL), SMAP_OK);
    return rules->scrub;
}

static void cases(void **state) {
    (void)state;
    case_file c;
    int count = 0;
    assert_true(case_open(&c, "scrub.case"));
    while (case_next(&c)) {
        smap__str out = SMAP__STR_INIT;
        assert_int_equal(c.parts, 2);
        int found = smap__scrub_text(scrub_of_rules(), false, c.part[0], strlen(c.part[0]), &out);
        const char *seen = found ? out.data : c.part[0];
        if (strcmp(seen, c.part[1]) != 0) fail_msg("line %d: %s", c.number, seen);
        assert_int_equal(found > 0, strcmp(c.part[0], c.part[1]) != 0);
        smap__str_release(&out);
        count++;
    }
    assert_true(count > 20);
}

/* Ids of OpenStreetMap look like Libyan phones without their 0, and stay. */
static void keys_keep_their_numbers(void **state) {
    (void)state;
    smap__str out = SMAP__STR_INIT;
    assert_int_equal(smap__scrub_text(scrub_of_rules(), true, "912345678", 9, &out), 0);
    assert_int_equal(smap__scrub_text(scrub_of_rules(), false, "912345678", 9, &out), 1);
    assert_int_equal(smap__scrub_text(scrub_of_rules(), true, "+218915551234", 13, &out), 1);
    smap__str_release(&out);
}

static void bad_patterns_are_told(void **state) {
    (void)state;
    smap__json_doc *doc = NULL;
    smap__scrub *scrub = NULL;
    smap_error err = SMAP_ERROR_INIT;
    static const char text[] = "[{\"regex\": \"a\"}, {\"regex\": \"(\"}]";
    assert_int_equal(smap__json_parse(text, sizeof text - 1, "test", &doc, NULL), SMAP_OK);
    assert_int_equal(smap__scrub_new(smap__json_root(doc), &scrub, &err), SMAP_E_FORMAT);
    assert_non_null(strstr(err.message, "pattern 2"));
    assert_null(scrub);
    smap__json_free(doc);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases),
        cmocka_unit_test(keys_keep_their_numbers),
        cmocka_unit_test(bad_patterns_are_told),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
