#include <stdio.h>
#include <string.h>

#include "../cmocka_all.h"
#include "base/alloc.h"
#include "col/arrow.h"
#include "col/builder.h"
#include "col/cell.h"
#include "col/column.h"
#include "col/words.h"

static const smap_column *texts(const char *name, const char *const *values, int n) {
    smap_column_builder *b;
    const smap_column *c;
    assert_int_equal(smap_column_builder_new(name, SMAP_TEXT, &b, NULL), SMAP_OK);
    for (int i = 0; i < n; i++)
        assert_int_equal(smap_column_append_text(b, values[i], values[i] ? strlen(values[i]) : 0, NULL), SMAP_OK);
    assert_int_equal(smap_column_builder_finish(b, &c, NULL), SMAP_OK);
    smap_column_builder_free(b);
    return c;
}

static void cell_is(const smap_column *c, int64_t row, const char *want) {
    smap__str s = SMAP__STR_INIT;
    smap__cell_put(&s, c, row);
    assert_string_equal(s.data ? s.data : "", want);
    smap__str_release(&s);
}

static void columns_hold_nulls(void **state) {
    (void)state;
    const char *values[] = { "a", NULL, "", "درنة", NULL, "z" };
    const smap_column *c = texts("name", values, 6);
    assert_int_equal(c->null_count, 2);
    assert_false(smap_column_is_null(c, 0));
    assert_true(smap_column_is_null(c, 1));
    assert_false(smap_column_is_null(c, 2));
    cell_is(c, 3, "درنة");
    const int64_t rows[] = { 5, -1, 3, 3, 1 };
    const smap_column *t, *renamed;
    assert_int_equal(smap_column_take(c, rows, 5, &t, NULL), SMAP_OK);
    assert_int_equal(t->null_count, 2);
    cell_is(t, 0, "z");
    cell_is(t, 3, "درنة");
    const int64_t beyond[] = { 6 };
    assert_int_equal(smap_column_take(c, beyond, 1, &renamed, NULL), SMAP_E_ARGUMENT);
    assert_int_equal(smap_column_rename(t, "n", &renamed, NULL), SMAP_OK);
    smap_column_free(t);
    cell_is(renamed, 2, "درنة");
    assert_string_equal(renamed->name, "n");
    char whole[32], cut[3];
    assert_int_equal(smap_column_format(renamed, 2, whole, sizeof whole), strlen("درنة"));
    assert_string_equal(whole, "درنة");
    assert_int_equal(smap_column_format(renamed, 0, cut, sizeof cut), 1);
    assert_int_equal(smap_column_format(renamed, 2, cut, sizeof cut), strlen("درنة"));
    assert_int_equal(strlen(cut), sizeof cut - 1);
    assert_int_equal(smap_column_format(renamed, 1, cut, sizeof cut), 0);
    assert_string_equal(cut, "");
    smap_column_free(renamed);
    smap_column_free(c);
}

static void types_are_kept_apart(void **state) {
    (void)state;
    smap_column_builder *b;
    smap_error err = SMAP_ERROR_INIT;
    assert_int_equal(smap_column_builder_new("n", SMAP_INT64, &b, NULL), SMAP_OK);
    assert_int_equal(smap_column_append_real(b, 1.5, &err), SMAP_E_ARGUMENT);
    assert_string_equal(err.message, "column n holds integer, not a number");
    smap_column_builder_free(b);
}

static void bad_text_is_refused_with_its_row(void **state) {
    (void)state;
    smap_column_builder *b;
    const smap_column *c = NULL;
    smap_error err = SMAP_ERROR_INIT;
    assert_int_equal(smap_column_builder_new("name", SMAP_TEXT, &b, NULL), SMAP_OK);
    assert_int_equal(smap_column_append_text(b, "ok", 2, NULL), SMAP_OK);
    assert_int_equal(smap_column_append_text(b, "\xCF\xD1", 2, NULL), SMAP_OK);
    assert_int_equal(smap_column_builder_finish(b, &c, &err), SMAP_E_FORMAT);
    assert_int_equal(err.row, 2);
    assert_null(c);
    smap_column_builder_free(b);
    /* one valid character cut between two cells is two broken cells */
    assert_int_equal(smap_column_builder_new("name", SMAP_TEXT, &b, NULL), SMAP_OK);
    assert_int_equal(smap_column_append_text(b, "\xD8", 1, NULL), SMAP_OK);
    assert_int_equal(smap_column_append_text(b, "\xAF", 1, NULL), SMAP_OK);
    assert_int_equal(smap_column_builder_finish(b, &c, &err), SMAP_E_FORMAT);
    smap_column_builder_free(b);
}

static void tables_have_one_length_and_one_name_each(void **state) {
    (void)state;
    const char *values[] = { "a", "b", "c" };
    const smap_column *two[2] = { texts("x", values, 3), texts("y", values, 2) };
    const smap_table *t = NULL, *taken;
    assert_int_equal(smap_table_new(two, 2, 3, &t, NULL), SMAP_E_ARGUMENT);
    smap_column_free(two[1]);
    two[1] = texts("x", values, 3);
    assert_int_equal(smap_table_new(two, 2, 3, &t, NULL), SMAP_E_ARGUMENT);
    smap_column_free(two[1]);
    two[1] = texts("y", values, 3);
    assert_int_equal(smap_table_new(two, 2, 3, &t, NULL), SMAP_OK);
    const int64_t rows[] = { 2, 0 };
    assert_int_equal(smap_table_take(t, rows, 2, &taken, NULL), SMAP_OK);
    assert_int_equal(smap_table_rows(taken), 2);
    cell_is(smap_table_find(taken, "y"), 0, "c");
    assert_null(smap_table_find(taken, "z"));
    smap_table_free(t);
    smap_table_free(taken);
    smap_column_free(two[0]);
    smap_column_free(two[1]);
}

static void dictionary_as_a_list(void **state) {
    (void)state;
    static const char *const but[] = { "k1" };
    char text[24], long_text[121] = "";
    smap__dict *d;
    smap__str list = SMAP__STR_INIT;
    assert_int_equal(smap__dict_new(&d, NULL), SMAP_OK);
    smap__dict_list(d, but, 1, &list);
    assert_int_equal(list.len, 0);
    for (int i = 0; i < 60; i++) strcat(long_text, "\u0645"); /* two bytes each: cut between letters */
    assert_int_equal(smap__dict_add(d, long_text, strlen(long_text)), 0);
    for (int i = 0; i < 22; i++) {
        snprintf(text, sizeof text, "k%d", i);
        assert_int_equal(smap__dict_add(d, text, strlen(text)), i + 1);
    }
    smap__dict_list(d, but, 1, &list);
    long_text[60] = '\0';
    assert_memory_equal(list.data, long_text, 60);
    assert_string_equal(list.data + 60,
                        "\u2026, k0, k2, k3, k4, k5, k6, k7, k8, k9, k10, k11, k12, k13, k14, k15, k16, "
                        "k17, k18, k19 and 2 more");
    smap__str_release(&list);
    smap__dict_free(d);
}

static void dictionary_counts_by_first_appearance(void **state) {
    (void)state;
    const char *values[] = { "b", "a", NULL, "b", "" };
    const smap_column *c = texts("x", values, 5);
    smap__dict *d;
    int32_t codes[5];
    assert_int_equal(smap__dict_new(&d, NULL), SMAP_OK);
    assert_int_equal(smap__dict_encode(d, c, codes, NULL), SMAP_OK);
    const int32_t want[] = { 0, 1, -1, 0, 2 };
    assert_memory_equal(codes, want, sizeof want);
    for (int i = 0; i < 5000; i++) {
        char text[16];
        int n = snprintf(text, sizeof text, "k%d", i);
        assert_int_equal(smap__dict_add(d, text, (size_t)n), i + 3);
        assert_int_equal(smap__dict_find(d, text, (size_t)n), i + 3);
    }
    assert_int_equal(smap__dict_find(d, "none", 4), -1);
    assert_string_equal(smap__dict_text(d, 1), "a");
    smap__dict_free(d);
    smap_column_free(c);
}

static void arrow_arrays_become_columns(void **state) {
    (void)state;
    const uint8_t valid[] = { 0x0D }; /* 1 0 1 1 */
    const int32_t seconds[] = { -1, 5, 86400, 7 };
    const void *buffers[] = { valid, seconds };
    struct ArrowArray a = { .length = 3, .null_count = -1, .offset = 1, .n_buffers = 2, .buffers = buffers };
    smap_column_builder *b;
    const smap_column *c;
    smap_type type;
    assert_true(smap__arrow_type("tdD", &type) && type == SMAP_DATE);
    assert_false(smap__arrow_type("+s", &type));
    assert_int_equal(smap_column_builder_new("n", SMAP_INT64, &b, NULL), SMAP_OK);
    assert_int_equal(smap__arrow_append(b, "i", &a, NULL), SMAP_OK);
    assert_int_equal(smap__arrow_append(b, "i", &a, NULL), SMAP_OK);
    assert_int_equal(smap_column_builder_finish(b, &c, NULL), SMAP_OK);
    assert_int_equal(c->count, 6);
    assert_int_equal(c->null_count, 2);
    assert_true(smap_column_is_null(c, 0) && smap_column_is_null(c, 3));
    cell_is(c, 1, "86400");
    cell_is(c, 5, "7");
    smap_column_free(c);
    smap_column_builder_free(b);
}

/* Every allocation of a small job fails once: no crash, no leak, and the error says what it is. */
static void append_any(smap_column_builder *b, int value, bool null) {
    char text[16];
    int len = snprintf(text, sizeof text, "%.*s", value % 5, "abcd");
    if (null)
        assert_int_equal(smap_column_append_null(b, NULL), SMAP_OK);
    else if (b->type == SMAP_FLOAT64)
        assert_int_equal(smap_column_append_real(b, value / 8.0, NULL), SMAP_OK);
    else if (b->type == SMAP_TEXT || b->type == SMAP_BLOB)
        assert_int_equal(smap_column_append_text(b, text, (size_t)len, NULL), SMAP_OK);
    else
        assert_int_equal(smap_column_append_int(b, value, NULL), SMAP_OK);
}

/* Chunks of any length joined from one builder that is used again, against appending to one: nulls at every place of a
 * byte, none, and all. */
static void joined_chunks_equal_the_whole(void **state) {
    (void)state;
    static const smap_type types[] = { SMAP_BOOL, SMAP_INT64, SMAP_FLOAT64, SMAP_TEXT, SMAP_BLOB, SMAP_DATE };
    for (size_t k = 0; k < sizeof types / sizeof *types; k++) {
        smap_column_builder *whole, *joined, *chunk;
        const smap_column *w, *j;
        assert_int_equal(smap_column_builder_new("c", types[k], &whole, NULL), SMAP_OK);
        assert_int_equal(smap_column_builder_new("c", types[k], &joined, NULL), SMAP_OK);
        assert_int_equal(smap_column_builder_new("c", types[k], &chunk, NULL), SMAP_OK);
        for (int length = 0, row = 0; length < 60; length++) {
            for (int end = row + length; row < end; row++) {
                bool null = length < 20 ? row % 3 == 0 : length > 40 && (length > 55 || row % 11 == 0);
                append_any(whole, row, null);
                append_any(chunk, row, null);
            }
            assert_int_equal(smap__builder_join(joined, chunk, NULL), SMAP_OK);
            smap__builder_clear(chunk);
            assert_int_equal(smap__builder_bytes(chunk), 0);
        }
        assert_int_equal(smap_column_builder_finish(whole, &w, NULL), SMAP_OK);
        assert_int_equal(smap_column_builder_finish(joined, &j, NULL), SMAP_OK);
        assert_int_equal(j->count, w->count);
        assert_int_equal(j->null_count, w->null_count);
        for (int64_t i = 0; i < w->count; i++) {
            assert_int_equal(smap_column_is_null(j, i), smap_column_is_null(w, i));
            assert_int_equal(smap__cell_compare(j, i, w, i), 0);
        }
        smap_column_free(w);
        smap_column_free(j);
        smap_column_builder_free(whole);
        smap_column_builder_free(joined);
        smap_column_builder_free(chunk);
    }
}

static void memory_failures_are_survived(void **state) {
    (void)state;
    for (int nth = 1; nth < 60; nth++) {
        smap_column_builder *b = NULL;
        const smap_column *c = NULL, *taken = NULL;
        const smap_table *t = NULL;
        const int64_t rows[] = { 0, -1 };
        smap__alloc_fail_at(nth, false);
        smap_status s = smap_column_builder_new("x", SMAP_TEXT, &b, NULL);
        if (s == SMAP_OK) s = smap_column_append_text(b, "a", 1, NULL);
        if (s == SMAP_OK) s = smap_column_append_null(b, NULL);
        if (s == SMAP_OK) s = smap_column_builder_finish(b, &c, NULL);
        if (s == SMAP_OK) s = smap_column_take(c, rows, 2, &taken, NULL);
        if (s == SMAP_OK) s = smap_table_new(&taken, 1, 2, &t, NULL);
        smap__alloc_fail_at(0, false);
        assert_true(s == SMAP_OK || s == SMAP_E_NOMEM);
        smap_table_free(t);
        smap_column_free(taken);
        smap_column_free(c);
        smap_column_builder_free(b);
    }
}

static void rises(bool want, const char *a, const char *b, const char *c) {
    const char *const cell[] = { a, b, c };
    const smap_column *column = texts("id", cell, 3);
    assert_int_equal(smap__words_rise(column), want);
    smap_column_free(column);
}

static void rising_texts_are_seen(void **state) {
    (void)state;
    rises(true, "r8", "r9", "r10");
    rises(true, "r8", NULL, "r9");
    rises(true, "", "a", "");
    rises(false, "r9", "r10", "r8");
    rises(false, "r9", NULL, "r9");
    rises(false, "r10", "r9", "s1");
}

/* Behind other rows, from the middle, null bits across the borders of bytes, of every width. */
static void rows_are_appended_as_a_run(void **state) {
    (void)state;
    static const smap_type type[] = { SMAP_TEXT, SMAP_INT64, SMAP_BOOL };
    for (int t = 0; t < 3; t++) {
        smap_column_builder *b, *to;
        const smap_column *from, *whole, *nulls;
        assert_int_equal(smap_column_builder_new("c", type[t], &b, NULL), SMAP_OK);
        for (int i = 0; i < 40; i++) {
            if (i % 3 == 1)
                assert_int_equal(smap_column_append_null(b, NULL), SMAP_OK);
            else if (type[t] == SMAP_TEXT)
                assert_int_equal(smap_column_append_text(b, "abcdefghij", (size_t)i % 11, NULL), SMAP_OK);
            else
                assert_int_equal(smap_column_append_int(b, i % 2, NULL), SMAP_OK);
        }
        assert_int_equal(smap_column_builder_finish(b, &from, NULL), SMAP_OK);
        assert_int_equal(smap__column_of_nulls("c", type[t], 40, &nulls, NULL), SMAP_OK);
        assert_int_equal(nulls->null_count, 40);
        assert_int_equal(smap_column_builder_new("c", type[t], &to, NULL), SMAP_OK);
        assert_int_equal(smap__builder_append_rows(to, from, 5, 5, NULL), SMAP_OK);
        assert_int_equal(smap__builder_append_rows(to, from, 5, 29, NULL), SMAP_OK);
        assert_int_equal(smap__builder_append_rows(to, nulls, 0, 3, NULL), SMAP_OK);
        assert_int_equal(smap__builder_append_rows(to, from, 0, 40, NULL), SMAP_OK);
        assert_int_equal(smap_column_builder_finish(to, &whole, NULL), SMAP_OK);
        assert_int_equal(whole->count, 67);
        assert_int_equal(whole->null_count, 8 + 3 + 13);
        for (int64_t i = 0; i < 67; i++) {
            int64_t row = i < 24 ? i + 5 : i < 27 ? 1 : i - 27; /* row 1 is null */
            assert_int_equal(smap__cell_compare(whole, i, from, row), 0);
        }
        smap_column_builder_free(b);
        smap_column_builder_free(to);
        smap_column_free(from);
        smap_column_free(whole);
        smap_column_free(nulls);
    }
}

/* Each word once, in the order in which they come, with how often; and memory may run out anywhere. */
static void words_are_told_apart(void **state) {
    (void)state;
    static const char *const cell[] = { "high", "low", NULL, "high", "" };
    const smap_column *c = texts("class", cell, 5);
    smap_status status = SMAP_E_NOMEM;
    for (int nth = 1; status == SMAP_E_NOMEM; nth++) {
        smap__words w;
        smap__alloc_fail_at(nth, false);
        status = smap__words_collect(c, &w, NULL);
        smap__alloc_fail_at(0, false);
        if (status != SMAP_OK) continue;
        assert_true(nth > 3);
        assert_int_equal(smap__dict_count(w.dict), 2);
        assert_string_equal(smap__dict_text(w.dict, 1), "low");
        assert_true(w.times[0] == 2 && w.times[1] == 1);
        assert_true(w.of_row[0] == 0 && w.of_row[2] == -1 && w.of_row[3] == 0 && w.of_row[4] == -1);
        smap__words_release(&w);
    }
    assert_int_equal(status, SMAP_OK);
    smap_column_free(c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_hold_nulls),
        cmocka_unit_test(types_are_kept_apart),
        cmocka_unit_test(bad_text_is_refused_with_its_row),
        cmocka_unit_test(tables_have_one_length_and_one_name_each),
        cmocka_unit_test(dictionary_counts_by_first_appearance),
        cmocka_unit_test(dictionary_as_a_list),
        cmocka_unit_test(arrow_arrays_become_columns),
        cmocka_unit_test(joined_chunks_equal_the_whole),
        cmocka_unit_test(memory_failures_are_survived),
        cmocka_unit_test(words_are_told_apart),
        cmocka_unit_test(rising_texts_are_seen),
        cmocka_unit_test(rows_are_appended_as_a_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
