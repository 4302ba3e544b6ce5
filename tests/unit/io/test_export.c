/* What files for other programs may not hold whole: long texts, many rows, a user who has enough. And the .zip that
 * some of them are, written and read by several at once. */
#include <pthread.h>

#include "io/export.h"
#include "io/zip_store.h"
#include "write_fixture.h"

enum { ROWS = 7, CELL_MOST = 32767 };

static const smap_layer *texts_of(const char *text, size_t len, int64_t rows) {
    smap_column_builder *b = NULL;
    const smap_column *column = NULL;
    const smap_table *table = NULL;
    const smap_layer *layer = NULL;
    OK(smap_column_builder_new("note", SMAP_TEXT, &b, err));
    for (int64_t i = 0; i < rows; i++) OK(smap_column_append_text(b, text, len, err));
    OK(smap_column_builder_finish(b, &column, err));
    OK(smap_table_new(&column, 1, rows, &table, err));
    OK(smap_layer_new("site", table, NULL, NULL, &layer, err));
    smap_column_builder_free(b);
    smap_column_free(column);
    smap_table_free(table);
    return layer;
}

static void release(smap__export *e) {
    smap_layer_free(e->layer->layer);
    smap__str_release(&e->out);
}

static int count_of(const smap__str *in, const char *what) {
    int n = 0;
    for (size_t at = 0; at + strlen(what) <= in->len; at++) n += memcmp(in->data + at, what, strlen(what)) == 0;
    return n;
}

/* A letter of two units of UTF-16 that would be the last and a half. */
static void texts_are_cut_between_letters(void **state) {
    const fixture *f = *state;
    static const char two_units[] = "\U0001F3E0", one_unit[] = "\u0645";
    smap__str text = SMAP__STR_INIT;
    for (int i = 0; i < CELL_MOST - 1; i++) smap__str_put(&text, one_unit);
    smap__str_put(&text, two_units);
    for (int cut = 0; cut < 2; cut++) {
        const size_t kept = 2 * (size_t)(CELL_MOST - 1);
        smap__export_layer layer = { .layer = texts_of(text.data, cut ? text.len : kept, 1) };
        smap__export e = { .ctx = f->ctx, .layer = &layer, .layers = 1 };
        OK(smap__export_xlsx(&e, err));
        assert_int_equal(layer.cut, cut);
        assert_int_equal(count_of(&e.out, one_unit), CELL_MOST - 1);
        assert_int_equal(count_of(&e.out, two_units), 0);
        assert_int_equal(count_of(&e.out, "\u0645</t>"), 1);
        release(&e);
    }
    smap__str_release(&text);
}

static void rows_go_on_in_another_sheet(void **state) {
    const fixture *f = *state;
    smap__export_layer layer = { .layer = texts_of("x", 1, ROWS) };
    smap__export e = { .ctx = f->ctx, .layer = &layer, .layers = 1, .sheet_rows = 4 }; /* three, and a heading */
    OK(smap__export_xlsx(&e, err));
    assert_int_equal(layer.sheets, 3);
    assert_int_equal(count_of(&e.out, "name=\"site\""), 1);
    assert_int_equal(count_of(&e.out, "name=\"site (2)\""), 1);
    assert_int_equal(count_of(&e.out, "name=\"site (3)\""), 1);
    assert_int_equal(count_of(&e.out, ">x</t>"), ROWS);
    assert_int_equal(count_of(&e.out, ">note</t>"), 3);
    assert_int_equal(count_of(&e.out, "r=\"A5\""), 0);
    release(&e);
}

static int has_enough(double complete, const char *message, void *user) {
    (void)complete;
    (void)message;
    (void)user;
    return 0;
}

static void a_stop_is_heard(void **state) {
    (void)state;
    smap_status (*const writer[])(smap__export *, smap_error *) = { smap__export_csv, smap__export_geojson,
                                                                    smap__export_gpx, smap__export_kmz,
                                                                    smap__export_xlsx };
    static const smap__schema schema = { 0 };
    smap_ctx *ctx = NULL;
    smap_ctx_options options = SMAP_CTX_OPTIONS_INIT;
    options.progress = has_enough;
    OK(smap_ctx_new(&options, &ctx, err));
    for (size_t i = 0; i < sizeof writer / sizeof *writer; i++) {
        smap__export_layer layer = { .layer = texts_of("x", 1, ROWS), .schema = &schema, .title = "Sites" };
        smap__export e = { .ctx = ctx, .layer = &layer, .layers = 1, .title = "t" };
        assert_int_equal(writer[i](&e, NULL), SMAP_E_CANCELLED);
        release(&e);
    }
    smap_ctx_free(ctx);
}

/* ---- archives ---- */

static void *pack_and_unpack(void *wrong) {
    for (int i = 0; i < 300; i++) {
        char text[64], *bytes = NULL;
        size_t len = 0;
        smap__str zip = SMAP__STR_INIT;
        int size = snprintf(text, sizeof text, "%p %d", wrong, i);
        smap__zip_store(&zip, &(smap__zip_entry){ "doc", text, (size_t)size }, 1);
        if (smap__zip_first("x", zip.data, zip.len, 1000, &bytes, &len, NULL) != SMAP_OK || len != (size_t)size ||
            memcmp(bytes, text, len) != 0)
            ++*(int *)wrong;
        smap__free(bytes);
        smap__str_release(&zip);
    }
    return NULL;
}

static void several_unpack_at_once(void **state) {
    (void)state;
    enum { THREADS = 4 };
    pthread_t thread[THREADS];
    int wrong[THREADS] = { 0 };
    for (int i = 0; i < THREADS; i++) assert_int_equal(pthread_create(&thread[i], NULL, pack_and_unpack, &wrong[i]), 0);
    for (int i = 0; i < THREADS; i++) pthread_join(thread[i], NULL);
    for (int i = 0; i < THREADS; i++) assert_int_equal(wrong[i], 0);
}

static void too_much_is_not_unpacked(void **state) {
    (void)state;
    char *bytes = NULL;
    size_t len = 0;
    smap_error why = SMAP_ERROR_INIT;
    smap__str zip = SMAP__STR_INIT;
    smap__zip_store(&zip, &(smap__zip_entry){ "doc", "0123456789", 10 }, 1);
    assert_int_equal(smap__zip_first("x", zip.data, zip.len, 9, &bytes, &len, &why), SMAP_E_LIMIT);
    assert_null(bytes);
    OK(smap__zip_first("x", zip.data, zip.len, 10, &bytes, &len, err));
    smap__free(bytes);
    smap__str_release(&zip);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(texts_are_cut_between_letters), TEST(rows_go_on_in_another_sheet), TEST(a_stop_is_heard),
        TEST(several_unpack_at_once),        TEST(too_much_is_not_unpacked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
