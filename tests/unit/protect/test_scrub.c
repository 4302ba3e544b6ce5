#include <regex.h>
#include <stdlib.h>

#include "../case_file.h"
#include "../ctx_help.h"
#include "protect/audience_rules.h"
#include "protect/pattern_needs.h"

static const smap__scrub *scrub_of_rules(void) {
    const smap__audience_rules *rules = NULL;
    assert_int_equal(smap__audience_rules_of(ctx, &rules, NULL), SMAP_OK);
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

static smap__scrub *scrub_of(const char *regex) {
    smap__json_doc *doc = NULL;
    smap__scrub *scrub = NULL;
    smap__str text = SMAP__STR_INIT;
    smap__str_put(&text, "[{\"regex\": ");
    smap__str_put_json(&text, regex, strlen(regex));
    smap__str_put(&text, "}]");
    assert_int_equal(smap__json_parse(text.data, text.len, "test", &doc, NULL), SMAP_OK);
    assert_int_equal(smap__scrub_new(smap__json_root(doc), &scrub, NULL), SMAP_OK);
    smap__json_free(doc);
    smap__str_release(&text);
    return scrub;
}

/* A pattern of somebody's own is tried whatever it is made of: what a text must have follows from it. */
static void edited_patterns_are_tried(void **state) {
    (void)state;
    static const struct {
        const char *regex, *text;
    } one[] = {
        { "mark[a-z]+", "a markone b" },
        { "#[A-Z]{2}", "a #AB" },
        { "(x|[0-9]{3})y*z", "xz" },
        { "(x|[0-9]{3})y*z", "123yyz" },
        { "a?b*c{0,2}d", "d" },
        { "[^a-z ]x", "ab !x" },
        { "[]x]+[[]", "]x[" },
        { "(ab){2}", "abab" },
        { "\\$[0-9]", "$5" },
        { "[[:upper:]]{3}", "ABC" },
        { "مفتاح", "هذا مفتاح" },
        { "0[1-9]([|][0-9]{3}){2}", "09|155|123" },
        { ".", "x" },
    };
    for (size_t i = 0; i < sizeof one / sizeof *one; i++) {
        smap__str out = SMAP__STR_INIT;
        smap__scrub *scrub = scrub_of(one[i].regex);
        if (smap__scrub_text(scrub, false, one[i].text, strlen(one[i].text), &out) < 1)
            fail_msg("%s in \"%s\"", one[i].regex, one[i].text);
        smap__str_release(&out);
        smap__scrub_free(scrub);
    }
}

/* What a text needs never rules a match out: random texts against random patterns, tried without it. */
static void needs_rule_no_match_out(void **state) {
    (void)state;
    static const char *const piece[] = { "a", "[0-3]",   "(ab|1)", "[^b]", "b?",  "1{2}",     "(a|2)+",
                                         ".", "[ab1-]*", "\\.",    "\\<",  "\\>", "[a-[.b.]]" };
    static const char letter[] = "ab12.-";
    int matches = 0, spared = 0;
    srand(7);
    for (int k = 0; k < 20000; k++) {
        char regex[256] = "", text[16];
        int n = rand() % 12;
        for (int i = 1 + rand() % 4; i > 0; i--) {
            if (*regex && rand() % 5 == 0) strcat(regex, "|");
            strcat(regex, piece[(size_t)rand() % (sizeof piece / sizeof *piece)]);
        }
        for (int i = 0; i < n; i++) text[i] = letter[rand() % 6];
        text[n] = '\0';
        regex_t compiled;
        smap__pattern_needs needs;
        smap__text_has has;
        assert_int_equal(regcomp(&compiled, regex, REG_EXTENDED), 0);
        smap__pattern_needs_find(regex, false, &needs);
        smap__text_has_find(text, (size_t)n, &has);
        bool may = smap__pattern_needs_met(&needs, &has), does = regexec(&compiled, text, 0, NULL, 0) == 0;
        if (does && !may) fail_msg("%s in \"%s\"", regex, text);
        matches += does;
        spared += !may;
        regfree(&compiled);
    }
    assert_true(matches > 2000 && spared > 1000);
}

static void bars_part_digits(void **state) {
    (void)state;
    static const char *const text[] = { "091|555|1234", "+218|91|5551234", "0|9|1|5|5|5|1|2|3|4" };
    for (int i = 0; i < 3; i++) {
        smap__str out = SMAP__STR_INIT;
        assert_int_equal(smap__scrub_text(scrub_of_rules(), false, text[i], strlen(text[i]), &out), 1);
        assert_string_equal(out.data, "\xe2\x80\xa6");
        smap__str_release(&out);
    }
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
        cmocka_unit_test(edited_patterns_are_tried),
        cmocka_unit_test(needs_rule_no_match_out),
        cmocka_unit_test(bars_part_digits),
        cmocka_unit_test(bad_patterns_are_told),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
