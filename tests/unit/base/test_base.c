#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../cmocka_all.h"
#include "base/alloc.h"
#include "base/arena.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "base/findings.h"
#include "base/parallel.h"
#include "base/path.h"
#include "base/str.h"
#include "sitemap/geometry.h"

static void folded(const char *text, const char *want) {
    smap__str s = SMAP__STR_INIT;
    smap__fold_name(&s, text, strlen(text));
    assert_string_equal(s.data ? s.data : "", want);
    smap__str_release(&s);
}

static void names_fold(void **state) {
    (void)state;
    folded("  Site_ID ", "site id");
    folded("Area P-code", "area p code");
    folded("Persons (IND)", "persons ind");
    folded("درنة", "درنه");
    folded("مَدْرَسَة الأمل", "مدرسه الامل");
    folded("الـمـوقع", "الموقع");
    folded("\xEF\xBB\xBFName", "name");
    folded("٣٢", "32");
    folded("", "");
    folded("---", "");
    assert_true(smap__same_name("Al-Marj", 7, "al marj", 7));
    assert_false(smap__same_name("Al-Marj", 7, "almarj", 6));
}

/* All texts of up to three of these letters; the long way is the measure. */
static void ascii_folds_the_same(void **state) {
    (void)state;
    static const char letters[] = "aZ09 _-.\t/@[`{z";
    enum { LETTERS = sizeof letters - 1 };
    for (int k = 0; k < LETTERS * LETTERS * LETTERS; k++) {
        char text[] = { letters[k % LETTERS], letters[k / LETTERS % LETTERS], letters[k / LETTERS / LETTERS] }, out[3];
        size_t len = 99;
        smap__str want = SMAP__STR_INIT;
        smap__fold_name(&want, text, sizeof text);
        assert_true(smap__fold_ascii(text, sizeof text, out, &len));
        assert_int_equal(len, want.len);
        if (len) assert_memory_equal(out, want.data, len);
        smap__str_release(&want);
    }
    char out[8];
    size_t len;
    assert_false(smap__fold_ascii("\xD8\xAF", 2, out, &len));
    assert_true(smap__fold_ascii("", 0, out, &len) && len == 0);
}

static void names_are_cut_between_characters(void **state) {
    (void)state;
    static const struct {
        const char *text, *cut;
        size_t size;
    } cases[] = { { "Derna", "Derna", 6 }, { "Derna", "Dern", 5 }, { "درنة", "در", 5 }, { "درنة", "در", 6 },
                  { "درنة", "درنة", 9 },   { "漢", "", 3 },        { "", "", 1 },       { "a", "", 1 } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char out[16];
        smap__utf8_copy(out, cases[i].size, cases[i].text);
        assert_string_equal(out, cases[i].cut);
    }
}

static void utf8_is_checked(void **state) {
    (void)state;
    assert_true(smap__utf8_valid("plain ascii text", 16));
    assert_true(smap__utf8_valid("\xEF\xBF\xBD", 3)); /* U+FFFD itself */
    const char *bad[] = {
        "\xCF\xD1\xE4\xC9", "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "abcdefgh\xFF", "\xE2\x82"
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_false(smap__utf8_valid(bad[i], strlen(bad[i])));
}

static void trim_drops_spaces_and_marks(void **state) {
    (void)state;
    const char *text = "\xE2\x80\x8F \xC2\xA0 a b\xE2\x80\x8E\t";
    size_t len = strlen(text);
    smap__trim(&text, &len);
    assert_int_equal(len, 3);
    assert_memory_equal(text, "a b", 3);
    text = " \t ";
    len = 3;
    smap__trim(&text, &len);
    assert_int_equal(len, 0);
}

static void numbers_parse_whole(void **state) {
    (void)state;
    int64_t i;
    double d;
    assert_true(smap__parse_int("-9223372036854775808", 20, &i) && i == INT64_MIN);
    assert_false(smap__parse_int("9223372036854775808", 19, &i));
    assert_false(smap__parse_int("12a", 3, &i));
    assert_false(smap__parse_int("-", 1, &i));
    assert_true(smap__parse_real("32.76704", 8, &d) && d == 32.76704);
    assert_true(smap__parse_real("-1e-3", 5, &d) && d == -0.001);
    const char *bad[] = { "", "1,5", "nan", "inf", "1e400", "0x10", "1.2.3", ".", "e5", "1 ", "--1", "1e5.5" };
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) assert_false(smap__parse_real(bad[k], strlen(bad[k]), &d));
}

static void reals_print_shortest(void **state) {
    (void)state;
    const double values[] = { 0.1, 602.66, 1.0 / 3, 1e22, -5, 22.641234567890123 };
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        smap__str s = SMAP__STR_INIT;
        double back;
        smap__str_put_real(&s, values[i]);
        assert_true(smap__parse_real(s.data, s.len, &back) && back == values[i]);
        smap__str_release(&s);
    }
}

static void dates_go_both_ways(void **state) {
    (void)state;
    int64_t days, ms;
    char text[32];
    assert_int_equal(smap__days_from_civil(1970, 1, 1), 0);
    assert_int_equal(smap__days_from_civil(2000, 3, 1), 11017);
    assert_true(smap__parse_date("2023-09-13", 10, &days));
    smap__format_date(days, text);
    assert_string_equal(text, "2023-09-13");
    assert_false(smap__parse_date("2023-02-29", 10, &days));
    assert_true(smap__parse_date("2024-02-29", 10, &days));
    assert_false(smap__parse_date("2023-9-13", 9, &days));
    assert_true(smap__parse_timestamp("2023-09-13T09:13:00.250Z", 24, &ms));
    smap__format_timestamp(ms, text);
    assert_string_equal(text, "2023-09-13T09:13:00.250Z");
    assert_true(smap__parse_timestamp("1969-12-31 23:59:59", 19, &ms) && ms == -1000);
    smap__format_timestamp(ms, text);
    assert_string_equal(text, "1969-12-31T23:59:59.000Z");
    assert_false(smap__parse_timestamp("2023-09-13T25:00", 16, &ms));
    for (int64_t d = -800000; d < 800000; d += 997) {
        int y, m, dd;
        smap__civil_from_days(d, &y, &m, &dd);
        assert_int_equal(smap__days_from_civil(y, m, dd), d);
    }
}

static void paths_join_and_relate(void **state) {
    (void)state;
    struct {
        const char *path, *folder, *want;
    } cases[] = { { "/a/b/c.csv", "/a/b", "c.csv" },
                  { "/a/x/c.csv", "/a/b", "../x/c.csv" },
                  { "/a/b/../c.csv", "/a/b", "../c.csv" },
                  { "/a/bc/c.csv", "/a/b", "../bc/c.csv" },
                  { "/a/b", "/a/b", "." },
                  { "/c.csv", "/", "c.csv" } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *got = smap__path_relative(cases[i].path, cases[i].folder);
        assert_string_equal(got, cases[i].want);
        smap__free(got);
    }
    assert_true(smap__path_has_extension("x/Sites.GPKG", "gpkg"));
    assert_false(smap__path_has_extension("x/.gpkg", "gpkg"));
    char *folder = smap__path_folder("sites.csv");
    assert_string_equal(folder, ".");
    smap__free(folder);
}

static void errors_are_safe_to_print(void **state) {
    (void)state;
    smap_error err = SMAP_ERROR_INIT;
    assert_int_equal(smap__fail(&err, SMAP_E_FORMAT, "a\x1b[31m.csv", "bad \x1b]0;x\x07 %s\xFF", "درنة"),
                     SMAP_E_FORMAT);
    assert_string_equal(err.message, "bad ?]0;x? درنة?");
    assert_string_equal(err.subject, "a?[31m.csv");
    assert_int_equal(smap__fail(NULL, SMAP_E_IO, NULL, "x"), SMAP_E_IO);
}

static void findings_keep_copies(void **state) {
    (void)state;
    smap__findings f = SMAP__FINDINGS_INIT;
    char value[400];
    memset(value, 'x', sizeof value - 1);
    value[sizeof value - 1] = '\0';
    assert_int_equal(smap__findings_add(&f, NULL, SMAP__REJECTED, "bad", 7, "lat", value, "row %d", 7), SMAP_OK);
    value[0] = 'y';
    assert_int_equal(f.count, 1);
    assert_int_equal(f.by_severity[SMAP__REJECTED], 1);
    assert_true(f.items[0].value[0] == 'x' && strlen(f.items[0].value) < 200);
    assert_string_equal(f.items[0].message, "row 7");
    smap__findings_release(&f);
}

/* A host program may have set a locale that writes 0,5: where the machine has one, numbers stay as they are. */
static void numbers_know_no_locale(void **state) {
    (void)state;
    static const char *const commas[] = { "de_DE.UTF-8", "fr_FR.UTF-8", "fa_IR.UTF-8", "ps_AF.UTF-8" };
    for (size_t i = 0; i < sizeof commas / sizeof *commas; i++) {
        if (!setlocale(LC_NUMERIC, commas[i])) continue;
        double value = 0;
        smap__str s = SMAP__STR_INIT;
        assert_true(smap__parse_real("-1.25e1", 7, &value) && value == -12.5);
        assert_false(smap__parse_real("1,25", 4, &value));
        assert_false(smap__parse_real("1.2.5", 5, &value));
        smap__str_put_real(&s, -0.1);
        assert_string_equal(s.data, "-0.1");
        smap__str_release(&s);
    }
    setlocale(LC_NUMERIC, "C");
}

static void arena_survives_any_size(void **state) {
    (void)state;
    smap__arena a = SMAP__ARENA_INIT;
    for (size_t n = 0; n < 40000; n = n * 2 + 1) {
        char *p = smap__arena_alloc(&a, n);
        assert_non_null(p);
        memset(p, 1, n);
    }
    assert_null(smap__arena_alloc(&a, SIZE_MAX - 4));
    assert_string_equal(smap__arena_printf(&a, "%s-%d", "x", 5), "x-5");
    smap__arena_release(&a);
}

static void allocation_can_be_made_to_fail(void **state) {
    (void)state;
    smap__alloc_fail_at(2, false);
    void *one = smap__alloc(1), *two = smap__alloc(1), *three = smap__alloc(1);
    assert_non_null(one);
    assert_null(two);
    assert_non_null(three);
    smap__free(one);
    smap__free(three);
    assert_null(smap__realloc(NULL, SIZE_MAX / 2, 16));
}

/* ---- log ---- */

typedef struct heard {
    smap_ctx *ctx;
    int depth, deepest, lines;
} heard;

/* Calls the library for what takes the context's lock, and for another line of its own. */
static void call_back(smap_log_level level, const char *message, void *user) {
    heard *h = user;
    const smap_crs *crs = NULL;
    (void)level;
    assert_true(h->depth == 0 || strcmp(message, "again") == 0); /* no other thread's line meanwhile */
    if (++h->depth > h->deepest) h->deepest = h->depth;
    h->lines++;
    assert_int_equal(smap_crs_new(h->ctx, "EPSG:4326", &crs, NULL), SMAP_OK);
    smap_crs_free(crs);
    if (h->depth == 1) smap__log(h->ctx, SMAP_LOG_INFO, "again");
    h->depth--;
}

static smap_status log_chunk(int worker, int64_t chunk, void *user, smap_error *err) {
    (void)worker, (void)err;
    smap__log(user, SMAP_LOG_INFO, "chunk %d", (int)chunk);
    return SMAP_OK;
}

static void a_log_function_may_call_the_library(void **state) {
    (void)state;
    heard h = { 0 };
    smap_ctx_options options = SMAP_CTX_OPTIONS_INIT;
    options.log = call_back;
    options.log_user = &h;
    options.threads = 4;
    assert_int_equal(smap_ctx_new(&options, &h.ctx, NULL), SMAP_OK);
    alarm(60); /* a deadlock ends the program */
    smap__log(h.ctx, SMAP_LOG_WARNING, "first");
    assert_int_equal(h.deepest, 2);
    assert_int_equal(smap__parallel(h.ctx, 200, log_chunk, h.ctx, NULL), SMAP_OK);
    alarm(0);
    assert_int_equal(h.lines, 2 * 201);
    smap_ctx_free(h.ctx);
}

/* The vectors of RFC 4648, section 10. */
static void base64_of_the_standard(void **state) {
    (void)state;
    static const char *const cases[][2] = { { "", "" },
                                            { "f", "Zg==" },
                                            { "fo", "Zm8=" },
                                            { "foo", "Zm9v" },
                                            { "foob", "Zm9vYg==" },
                                            { "fooba", "Zm9vYmE=" },
                                            { "foobar", "Zm9vYmFy" },
                                            { "\xfb\xff\xfe", "+//+" } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        smap__str s = SMAP__STR_INIT;
        smap__str_put_base64(&s, cases[i][0], strlen(cases[i][0]));
        assert_string_equal(s.data ? s.data : "", cases[i][1]);
        smap__str_release(&s);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_cut_between_characters),
        cmocka_unit_test(names_fold),
        cmocka_unit_test(ascii_folds_the_same),
        cmocka_unit_test(utf8_is_checked),
        cmocka_unit_test(base64_of_the_standard),
        cmocka_unit_test(trim_drops_spaces_and_marks),
        cmocka_unit_test(numbers_parse_whole),
        cmocka_unit_test(reals_print_shortest),
        cmocka_unit_test(dates_go_both_ways),
        cmocka_unit_test(paths_join_and_relate),
        cmocka_unit_test(errors_are_safe_to_print),
        cmocka_unit_test(findings_keep_copies),
        cmocka_unit_test(numbers_know_no_locale),
        cmocka_unit_test(arena_survives_any_size),
        cmocka_unit_test(allocation_can_be_made_to_fail),
        cmocka_unit_test(a_log_function_may_call_the_library),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
