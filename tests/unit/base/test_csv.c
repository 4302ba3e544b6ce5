#include <stdio.h>
#include <string.h>

#include "../cmocka_all.h"
#include "base/csv.h"
#include "base/str.h"

/* Records as "line:field|field", one a line. */
static void reads(const char *text, const char *want) {
    smap__csv csv;
    smap__str got = SMAP__STR_INIT;
    smap__csv_init(&csv, text, strlen(text), ',');
    while (smap__csv_next(&csv) == SMAP__CSV_RECORD) {
        smap__str_printf(&got, "%lld:", (long long)csv.line);
        for (size_t i = 0; i < csv.count; i++) {
            if (i) smap__str_put_char(&got, '|');
            smap__str_put_n(&got, csv.fields[i].text, csv.fields[i].len);
        }
        smap__str_put(&got, csv.unterminated ? "!\n" : "\n");
    }
    assert_string_equal(got.data ? got.data : "", want);
    smap__str_release(&got);
    smap__csv_release(&csv);
}

static void records_are_split(void **state) {
    (void)state;
    reads("", "");
    reads("a,b\n1,2\n", "1:a|b\n2:1|2\n");
    reads("a,b\r\n1,2", "1:a|b\n2:1|2\n");
    reads("a\rb\r", "1:a\n2:b\n");
    reads("a,\n,\n", "1:a|\n2:|\n");
    reads("a,b,", "1:a|b|\n");
    reads("\n\nx", "1:\n2:\n3:x\n");
}

static void quotes_hold_anything(void **state) {
    (void)state;
    reads("\"a,b\",\"c\"\"d\"\"\"\n", "1:a,b|c\"d\"\n");
    reads("\"two\nlines\",x\ny\n", "1:two\nlines|x\n3:y\n");
    reads("\"\"\"\",\"\"\n", "1:\"|\n");
    reads("\"open,\nx,y\n", "1:open,\nx,y\n!\n");
    reads("a\"b,c\n", "1:a\"b|c\n");
    /* a quote within a plain field opens nothing, also not for the room that a later field takes */
    reads("a\"b,\"c\"\"\nand much more text\",d\n", "1:a\"b|c\"\nand much more text|d\n");
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(records_are_split), cmocka_unit_test(quotes_hold_anything) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
