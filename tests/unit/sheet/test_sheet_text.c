/* Values in sentences: whatever a value holds, what stands after it reads as it would without. */
#include <string.h>

#include "../cmocka_all.h"
#include "base/str.h"
#include "sheet/sheet_text.h"

#define LRI "\u2066"
#define RLI "\u2067"
#define FSI "\u2068"
#define PDI "\u2069"
#define LRE "\u202A"
#define PDF "\u202C"
#define RLO "\u202E"

/* Isolates that are open at the end of a text; -1: one was closed that was not open. Overrides count as open. */
static int open_at_end(const char *text) {
    size_t len = strlen(text), at = 0;
    int open = 0;
    while (at < len) {
        uint32_t c = smap__utf8_next(text, len, &at);
        open += (c >= 0x2066 && c <= 0x2068) || (c >= 0x202A && c <= 0x202E && c != 0x202C);
        if (c == 0x2069 && --open < 0) return -1;
    }
    return open;
}

static void values_cannot_turn_what_follows(void **state) {
    (void)state;
    static const char *const values[][2] = {
        { "plain", FSI "plain" PDI },
        { "", FSI PDI },
        { RLO "evil", FSI "evil" PDI },
        { "a" PDI PDI RLO "b", FSI "ab" PDI },
        { RLI "never closed", FSI RLI "never closed" PDI PDI },
        { LRI "22°36′" PDI, FSI LRI "22°36′" PDI PDI },
        { LRE "x" PDF, FSI "x" PDI },
        { "مدرسة", FSI "مدرسة" PDI },
    };
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        smap__str out = SMAP__STR_INIT;
        smap__text_put_isolated(&out, values[i][0]);
        assert_string_equal(out.data, values[i][1]);
        assert_int_equal(open_at_end(out.data), 0);
        smap__str_release(&out);
    }
}

static void letters_from_right_to_left_are_seen(void **state) {
    (void)state;
    assert_true(smap__text_has_rtl("GeoNames | بيانات"));
    assert_true(smap__text_has_rtl("שלום"));
    assert_false(smap__text_has_rtl("Dérna 12 – ODbL 1.0"));
    assert_false(smap__text_has_rtl(""));
    assert_true(smap__text_has_rtl("Camp\u2067 2"));
    assert_true(smap__text_has_rtl("Camp\u200f 2"));
    assert_true(smap__text_has_rtl("Camp\u202e 2"));
    assert_false(smap__text_has_rtl("\u2066"
                                    "1,234\u2069"));
}

/* In English, values with Arabic letters are isolated and others stand as they are; in Arabic all are. */
static void templates_isolate_what_runs_the_other_way(void **state) {
    (void)state;
    static const smap__sheet_text given[] = { { "sources", "GeoNames; بيانات; UNOSAT", NULL },
                                              { "place", "Derna", NULL },
                                              { "open", "Camp\u2067 2\u202e", NULL } };
    bool placed[3] = { false, false, false };
    smap__arena arena = { 0 };
    smap__texts t = { .arena = &arena, .given = given, .count = 3, .placed = placed };
    assert_string_equal(smap__texts_fill(&t, "From {sources}.", SMAP__EN, 0),
                        "From " FSI "GeoNames; بيانات; UNOSAT" PDI ".");
    assert_string_equal(smap__texts_fill(&t, "In {place}.", SMAP__EN, 0), "In Derna.");
    assert_string_equal(smap__texts_fill(&t, "In {open}, (x)", SMAP__EN, 0), "In " FSI "Camp\u2067 2" PDI PDI ", (x)");
    assert_string_equal(smap__texts_fill(&t, "في {place}.", SMAP__AR, 0), "في " FSI "Derna" PDI ".");
    assert_false(t.failed);
    smap__arena_release(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_cannot_turn_what_follows),
        cmocka_unit_test(letters_from_right_to_left_are_seen),
        cmocka_unit_test(templates_isolate_what_runs_the_other_way),
    };
    return cmocka_run_group_tests_name("sheet_text", tests, NULL, NULL);
}
