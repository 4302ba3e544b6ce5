/* The summary against tests/table/damage_summary.case, in any order of the rows and with one thread or two. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../cmocka_all.h"
#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "col/cell.h"
#include "col/rows.h"
#include "damage/areas.h"
#include "damage/damage.h"
#include "model/statement.h"

enum { MOST_FIELDS = 5, MOST_ROWS = 64 };

typedef struct fields {
    char text[MOST_FIELDS][64];
    int count;
} fields;

typedef struct damage_case {
    char name[128];
    fields area[MOST_ROWS], seen[MOST_ROWS], want[MOST_ROWS];
    int areas, seens, wants;
} damage_case;

static void split(const char *line, size_t len, fields *out) {
    out->count = 0;
    for (size_t at = 0; at <= len && out->count < MOST_FIELDS;) {
        size_t end = at;
        while (end < len && line[end] != '|') end++;
        const char *cell = line + at;
        size_t n = end - at;
        smap__trim(&cell, &n);
        snprintf(out->text[out->count++], sizeof out->text[0], "%.*s", (int)n, cell);
        at = end + 1;
    }
}

static const char *or_null(const char *text) {
    return strcmp(text, "-") == 0 ? NULL : text;
}

static void put_int(smap__rows *rows, const char *text) {
    if (or_null(text))
        smap__rows_int(rows, strtoll(text, NULL, 10));
    else
        smap__rows_null(rows);
}

static const smap_layer *finish(smap__rows *rows, const char *name) {
    const smap_table *table;
    const smap_layer *layer;
    assert_int_equal(smap__rows_finish(rows, &table, NULL), SMAP_OK);
    assert_int_equal(smap_layer_new(name, table, NULL, NULL, &layer, NULL), SMAP_OK);
    smap_table_free(table);
    return layer;
}

static const smap_layer *coverage_of(const damage_case *c) {
    static const smap__rows_column columns[] = { { "kind", SMAP_TEXT },
                                                 { "activation", SMAP_TEXT },
                                                 { "aoi", SMAP_INT64 },
                                                 { "name_en", SMAP_TEXT },
                                                 { "status", SMAP_TEXT } };
    smap__rows rows;
    smap__rows_init(&rows, columns, 5);
    for (int i = 0; i < c->areas; i++) {
        smap__rows_text(&rows, "area_of_interest");
        smap__rows_text(&rows, "TEST");
        put_int(&rows, c->area[i].text[0]);
        smap__rows_text(&rows, c->area[i].text[1]);
        smap__rows_text(&rows, c->area[i].text[2]);
    }
    return finish(&rows, "coverage");
}

static const smap_layer *damage_of(const damage_case *c, bool backwards) {
    static const smap__rows_column columns[] = { { "activation", SMAP_TEXT }, { "aoi", SMAP_INT64 },
                                                 { "use", SMAP_TEXT },        { "scale", SMAP_TEXT },
                                                 { "grade", SMAP_TEXT },      { "completeness", SMAP_TEXT },
                                                 { "source", SMAP_TEXT } };
    smap__rows rows;
    smap__rows_init(&rows, columns, 7);
    for (int k = 0; k < c->seens; k++) {
        const fields *f = &c->seen[backwards ? c->seens - 1 - k : k];
        for (long n = strtol(f->text[4], NULL, 10); n > 0; n--) {
            smap__rows_text(&rows, or_null(f->text[0]) ? "TEST" : NULL);
            put_int(&rows, f->text[0]);
            smap__rows_text(&rows, f->text[1]);
            smap__rows_text(&rows, "cems_2019");
            smap__rows_text(&rows, or_null(f->text[2]));
            smap__rows_text(&rows, f->text[3]);
            smap__rows_text(&rows, "test source");
        }
    }
    return finish(&rows, "damage");
}

static void cell_is(const smap_table *t, const char *column, int64_t row, const char *want, const char *name) {
    smap__str s = SMAP__STR_INIT;
    const smap_column *c = smap_table_find(t, column);
    assert_non_null(c);
    if (smap_column_is_null(c, row))
        smap__str_put(&s, "-");
    else
        smap__cell_put(&s, c, row);
    if (strcmp(s.data, want) != 0) fail_msg("%s: line %d, %s is %s, not %s", name, (int)row + 1, column, s.data, want);
    smap__str_release(&s);
}

static void check(const damage_case *c, int threads, bool backwards) {
    smap_ctx_options o = SMAP_CTX_OPTIONS_INIT;
    smap_ctx *ctx;
    smap_error err = SMAP_ERROR_INIT;
    o.threads = threads;
    assert_int_equal(smap_ctx_new(&o, &ctx, NULL), SMAP_OK);
    smap__damage_input in = { .damage = damage_of(c, backwards), .coverage = coverage_of(c) };
    smap__damage_result got = { 0 };
    if (smap__damage_summarise(ctx, &in, &got, &err) != SMAP_OK) fail_msg("%s: %s", c->name, err.message);
    const smap_table *t = got.summary->table;
    if (smap_table_rows(t) != c->wants) fail_msg("%s: %d lines, wanted %d", c->name, (int)smap_table_rows(t), c->wants);
    for (int i = 0; i < c->wants; i++) {
        cell_is(t, "area_id", i, c->want[i].text[0], c->name);
        cell_is(t, "use", i, c->want[i].text[1], c->name);
        cell_is(t, "grade", i, c->want[i].text[2], c->name);
        cell_is(t, "observations", i, c->want[i].text[3], c->name);
        cell_is(t, "coverage", i, c->want[i].text[4], c->name);
    }
    smap__damage_result_release(&got);
    smap_layer_free(in.damage);
    smap_layer_free(in.coverage);
    smap_ctx_free(ctx);
}

static int run_case(const damage_case *c) {
    if (!c->name[0]) return 0;
    check(c, 1, false);
    check(c, 2, true);
    return 1;
}

static void every_case_holds(void **state) {
    (void)state;
    char *text;
    size_t len;
    damage_case c = { 0 };
    int cases = 0;
    assert_int_equal(smap__file_read(SMAP_SOURCE_DIR "/tests/table/damage_summary.case", 1 << 20, &text, &len, NULL),
                     SMAP_OK);
    for (size_t at = 0; at < len;) {
        size_t end = at;
        while (end < len && text[end] != '\n') end++;
        const char *line = text + at;
        size_t n = end - at;
        if (n > 5 && strncmp(line, "case ", 5) == 0) {
            cases += run_case(&c);
            memset(&c, 0, sizeof c);
            snprintf(c.name, sizeof c.name, "%.*s", (int)(n - 5), line + 5);
        } else if (n > 5 && strncmp(line, "area ", 5) == 0) {
            split(line + 5, n - 5, &c.area[c.areas++]);
        } else if (n > 5 && strncmp(line, "seen ", 5) == 0) {
            split(line + 5, n - 5, &c.seen[c.seens++]);
        } else if (n > 5 && strncmp(line, "want ", 5) == 0) {
            split(line + 5, n - 5, &c.want[c.wants++]);
        } else if (n && line[0] != '#') {
            fail_msg("tests/table/damage_summary.case: cannot read \"%.*s\"", (int)n, line);
        }
        at = end + 1;
    }
    cases += run_case(&c);
    assert_true(cases >= 6);
    smap__free(text);
}

static bool has_arabic(const char *text) {
    for (const unsigned char *c = (const unsigned char *)text; *c; c++)
        if (*c >= 0xD8 && *c <= 0xDB) return true; /* U+0600 .. U+06FF in UTF-8 */
    return false;
}

/* Every sentence stands in the vocabulary, in both languages. */
static void statements_are_sentences_in_both_languages(void **state) {
    (void)state;
    static const char *const codes[] = { "excerpt", "possible", "no_area", "partly_looked_at" };
    smap_ctx *ctx;
    smap__statement s;
    const smap__statement_word word = { "percent", { "37.5", "37.5" } };
    assert_int_equal(smap_ctx_new(NULL, &ctx, NULL), SMAP_OK);
    assert_int_equal(smap__statement_init(ctx, "damage_statement", &s, NULL), SMAP_OK);
    int count = (int)(sizeof codes / sizeof *codes);
    for (int i = 0; i <= count + SMAP__AREA_UNKNOWN; i++) {
        smap__str_clear(&s.en);
        smap__str_clear(&s.ar);
        const char *code = i < count ? codes[i] : smap__area_silence((smap__area_status)(i - count));
        smap__statement_add(&s, code, &word, 1);
        if (strchr(s.en.data, '_') || !strchr(s.en.data, ' ') || has_arabic(s.en.data)) fail_msg("%s", s.en.data);
        if (!has_arabic(s.ar.data) || strchr(s.ar.data, '{')) fail_msg("%s: %s", s.en.data, s.ar.data);
        bool percent = strstr(s.en.data, "37.5 %") && strstr(s.ar.data, "37.5 %");
        assert_int_equal(percent, i < count && strcmp(codes[i], "partly_looked_at") == 0);
    }
    smap__statement_add(&s, "excerpt", NULL, 0);
    assert_non_null(strstr(s.en.data, ". An excerpt"));
    smap__statement_release(&s);
    smap_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(every_case_holds),
                                        cmocka_unit_test(statements_are_sentences_in_both_languages) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
