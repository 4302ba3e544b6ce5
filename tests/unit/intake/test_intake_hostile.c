/* Readers of single values against text made at random, and against numbers written in every way there is. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../cmocka_all.h"
#include "base/str.h"
#include "intake/calendar.h"
#include "intake/cems.h"
#include "intake/degrees.h"
#include "intake/field_number.h"
#include "intake/garbled.h"
#include "intake/hxl.h"
#include "intake/wkt.h"
#include "sitemap/geometry.h"

static smap_ctx *ctx;
static uint64_t seed = 20230911;

static uint32_t draw(uint32_t below) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 33) % below;
}

static int setup(void **state) {
    (void)state;
    return smap_ctx_new(NULL, &ctx, NULL) == SMAP_OK ? 0 : -1;
}

static int teardown(void **state) {
    (void)state;
    smap_ctx_free(ctx);
    return 0;
}

/* Pieces that the readers look for, put together without sense; the text is exactly as long as its memory. */
static char *make_text(size_t *len) {
    static const char *const piece[] = {
        "1",
        "2023",
        "09",
        "13",
        "0",
        ".",
        ",",
        "'",
        " ",
        "-",
        "/",
        ":",
        "T",
        "Z",
        "+02:00",
        "N",
        "e",
        "E5",
        "°",
        "′",
        "\"",
        "٣",
        "٫",
        "٬",
        "Mar",
        "مارس",
        "شمال",
        "POINT",
        "EMPTY",
        "(",
        ")",
        "Z ",
        "MULTIPOLYGON",
        "GEOMETRYCOLLECTION",
        "#adm1",
        "+code",
        "EMSR1",
        "_AOI03",
        "_builtUpP",
        "_v2",
        "\xff",
        "\xc3",
        "Ã©",
        "  ",
    };
    smap__str s = SMAP__STR_INIT;
    uint32_t pieces = draw(12);
    for (uint32_t i = 0; i < pieces; i++) smap__str_put(&s, piece[draw(sizeof piece / sizeof *piece)]);
    *len = s.len;
    char *exact = malloc(s.len + 1);
    assert_non_null(exact);
    if (s.len) memcpy(exact, s.data, s.len);
    exact[s.len] = '\0';
    smap__str_release(&s);
    return exact;
}

static void text_without_sense_does_no_harm(void **state) {
    (void)state;
    smap__rules rules;
    assert_int_equal(smap__rules_load(ctx, NULL, &rules, NULL), SMAP_OK);
    for (int i = 0; i < 60000; i++) {
        size_t len = 0;
        char *text = make_text(&len);
        double a = 0, b = 0;
        int64_t days = 0, ms = 0;
        smap__cems_name name;
        int shared = 0;
        smap__str wkb = SMAP__STR_INIT, before = SMAP__STR_INIT;
        if (smap__read_number(text, len, draw(2), ",.\0"[draw(3)], &a) <= SMAP__NUMBER_GROUPED)
            assert_true(isfinite(a));
        if (smap__read_degrees(text, len, &a)) assert_true(isfinite(a));
        if (smap__read_position(text, len, &a, &b)) assert_true(isfinite(a) && isfinite(b));
        if (smap__read_date(&rules, text, len, "dm\0"[draw(3)], &days, &ms) == SMAP__DATE_OK) {
            assert_true(days >= smap__days_from_civil(1, 1, 1) && days <= smap__days_from_civil(9999, 12, 31));
        }
        if (smap__wkt_to_wkb(text, len, &wkb)) {
            smap_geometry_builder *builder = NULL;
            assert_int_equal(smap_geometry_builder_new(NULL, &builder, NULL), SMAP_OK);
            assert_int_equal(smap_geometry_append_wkb(builder, wkb.data, wkb.len, NULL), SMAP_OK);
            smap_geometry_builder_free(builder);
        }
        smap__is_garbled(text, len, &before);
        smap__hxl_match(text, len, "#adm+code", &shared);
        smap__cems_parse_name(text, &name);
        smap__str_release(&wkb);
        smap__str_release(&before);
        free(text);
    }
}

static void put_grouped(char *out, size_t size, long value, const char *sign) {
    char digits[32];
    int n = snprintf(digits, sizeof digits, "%ld", value);
    size_t at = 0;
    for (int i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0) at += (size_t)snprintf(out + at, size - at, "%s", sign);
        at += (size_t)snprintf(out + at, size - at, "%c", digits[i]);
    }
}

/* Whatever sign groups the thousands, people are counted right; a decimal sign after a group is never taken for one. */
static void counts_are_right_in_every_writing(void **state) {
    (void)state;
    static const char *const sign[] = { "", ",", ".", " ", "'", "٬", "\u00A0", "\u202F" };
    for (int i = 0; i < 4000; i++) {
        long value = (long)draw(i % 2 ? 100000000 : 5000);
        for (size_t k = 0; k < sizeof sign / sizeof *sign; k++) {
            char text[96];
            double read = -1;
            put_grouped(text, sizeof text, value, sign[k]);
            smap__number_reading got = smap__read_number(text, strlen(text), true, 0, &read);
            if (got > SMAP__NUMBER_GROUPED || read != (double)value) fail_msg("%s: %d, %g", text, (int)got, read);
        }
        char text[96], group[64];
        double read = -1;
        put_grouped(group, sizeof group, value, ".");
        snprintf(text, sizeof text, "%s,25", group);
        assert_true(smap__read_number(text, strlen(text), false, 0, &read) == SMAP__NUMBER_OK);
        assert_true(read == (double)value + 0.25);
    }
}

/* Degrees, minutes and seconds come back to where they were made. */
static void angles_come_back(void **state) {
    (void)state;
    for (int i = 0; i < 4000; i++) {
        int d = (int)draw(180), m = (int)draw(60), s = (int)draw(60);
        double want = d + m / 60.0 + s / 3600.0, got = 0;
        char text[4][96];
        snprintf(text[0], sizeof text[0], "%d°%02d'%02d\"E", d, m, s);
        snprintf(text[1], sizeof text[1], "%d° %d′ %d″ W", d, m, s);
        snprintf(text[2], sizeof text[2], "%d %d %d", d, m, s);
        snprintf(text[3], sizeof text[3], "%.7f", want);
        for (int k = 0; k < 4; k++) {
            if (!smap__read_degrees(text[k], strlen(text[k]), &got)) fail_msg("%s", text[k]);
            assert_true(fabs((k == 1 ? -got : got) - want) < 1e-7);
        }
    }
}

/* Every day of four years, in each writing that can be read only one way. */
static void days_come_back(void **state) {
    (void)state;
    static const char *const month[] = { "Jan", "February", "مارس", "أبريل",  "May",          "June",
                                         "jul", "أغسطس",    "Sept", "أكتوبر", "تشرين الثاني", "DEC" };
    smap__rules rules;
    assert_int_equal(smap__rules_load(ctx, NULL, &rules, NULL), SMAP_OK);
    for (int64_t day = smap__days_from_civil(2021, 1, 1); day < smap__days_from_civil(2025, 1, 1); day++) {
        int y = 0, m = 0, d = 0;
        char text[4][64];
        smap__civil_from_days(day, &y, &m, &d);
        snprintf(text[0], sizeof text[0], "%04d-%02d-%02d", y, m, d);
        snprintf(text[1], sizeof text[1], "%d %s %d", d, month[m - 1], y);
        snprintf(text[2], sizeof text[2], "%d/%d/%d", d, m, y);
        snprintf(text[3], sizeof text[3], "%lld",
                 (long long)(day + 25569)); /* 1970-01-01 is day 25569 of spreadsheets */
        for (int k = 0; k < 4; k++) {
            int64_t got = 0;
            smap__date_reading reading =
                smap__read_date(&rules, text[k], strlen(text[k]), k == 2 ? 'd' : 0, &got, NULL);
            if (reading > SMAP__DATE_SPREADSHEET || got != day) fail_msg("%s: %d", text[k], (int)reading);
        }
        int64_t got = 0;
        smap__date_reading reading = smap__read_date(&rules, text[2], strlen(text[2]), 0, &got, NULL);
        assert_int_equal(reading, d <= 12 && d != m ? SMAP__DATE_AMBIGUOUS : SMAP__DATE_OK);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_without_sense_does_no_harm),
        cmocka_unit_test(counts_are_right_in_every_writing),
        cmocka_unit_test(angles_come_back),
        cmocka_unit_test(days_come_back),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
