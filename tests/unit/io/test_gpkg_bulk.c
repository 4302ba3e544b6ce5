/* Tables of many rows, whose pages are not made by SQLite: SQLite must find in them what was given, and nothing amiss.
 */
#include <unistd.h>

#include "base/mix.h"
#include "io/gpkg.h"
#include "sitemap/io.h"
#include "write_fixture.h"

enum { ROWS = 23456, COLUMNS = 7 };

static int64_t whole_of(int64_t row) {
    int64_t value = (int64_t)(UINT64_C(1) << row % 63) - row % 5;
    return row % 3 ? value : -value;
}

static double real_of(int64_t row) {
    static const double odd[] = {
        0.0,   -0.0, 1,      -1,    0.1,   140737488355327.0, 140737488355328.0, -140737488355328.0, -140737488355329.0,
        1e300, NAN,  5e-324, 32767, 32768, -8388608,          2147483648.0
    };
    return row % 2 ? odd[row / 2 % 16] : (double)row * 0.37;
}

/* Row `large` has a text that no page holds; -1: none. */
static const smap_layer *many_rows(smap_ctx *ctx, int64_t rows, int64_t large) {
    static const smap_type types[COLUMNS] = { SMAP_BOOL, SMAP_INT64,     SMAP_FLOAT64, SMAP_TEXT,
                                              SMAP_DATE, SMAP_TIMESTAMP, SMAP_BLOB };
    static const char *const names[COLUMNS] = { "yes", "whole", "real", "text", "day", "moment", "bytes" };
    smap_column_builder *b[COLUMNS];
    const smap_column *columns[COLUMNS];
    const smap_table *table = NULL;
    const smap_layer *layer = NULL;
    static char text[9000];
    memset(text, 'x', sizeof text);
    for (int k = 0; k < COLUMNS; k++) OK(smap_column_builder_new(names[k], types[k], &b[k], err));
    for (int64_t row = 0; row < rows; row++) {
        size_t len = row == large ? sizeof text : (size_t)(row * row % 301);
        OK(smap_column_append_int(b[0], row % 2, err));
        OK(smap_column_append_int(b[1], whole_of(row), err));
        OK(smap_column_append_real(b[2], real_of(row), err));
        OK(row % 11 ? smap_column_append_text(b[3], text, len, err) : smap_column_append_null(b[3], err));
        OK(smap_column_append_int(b[4], row - 9000, err));
        OK(smap_column_append_int(b[5], row * 86399123 - 5, err));
        OK(smap_column_append_text(b[6], text, (size_t)(row % 7), err));
    }
    for (int k = 0; k < COLUMNS; k++) {
        OK(smap_column_builder_finish(b[k], &columns[k], err));
        smap_column_builder_free(b[k]);
    }
    OK(smap_table_new(columns, COLUMNS, rows, &table, err));
    const smap_geometry *points = random_points(ctx, rows, 9);
    OK(smap_layer_new("many", table, points, NULL, &layer, err));
    for (int k = 0; k < COLUMNS; k++) smap_column_free(columns[k]);
    smap_geometry_free(points);
    smap_table_free(table);
    return layer;
}

static smap_ctx *workers(int threads, smap_progress_fn progress) {
    smap_ctx_options options = SMAP_CTX_OPTIONS_INIT;
    smap_ctx *ctx = NULL;
    options.threads = threads;
    options.progress = progress;
    OK(smap_ctx_new(&options, &ctx, err));
    return ctx;
}

static void check_rows(sqlite3 *db, int64_t rows, int64_t large) {
    sqlite3_stmt *query = NULL;
    assert_int_equal(sqlite3_prepare_v2(db,
                                        "SELECT fid, yes, whole, real, typeof(real), length(text), day, moment, "
                                        "length(bytes), typeof(bytes), length(geom), typeof(whole) FROM many",
                                        -1, &query, NULL),
                     SQLITE_OK);
    for (int64_t row = 0; row < rows; row++) {
        char day[32], moment[32];
        double real = real_of(row);
        assert_int_equal(sqlite3_step(query), SQLITE_ROW);
        assert_int_equal(sqlite3_column_int64(query, 0), row + 1);
        assert_int_equal(sqlite3_column_int64(query, 1), row % 2);
        assert_true(sqlite3_column_int64(query, 2) == whole_of(row));
        assert_string_equal((const char *)sqlite3_column_text(query, 4), isnan(real) ? "null" : "real");
        if (!isnan(real)) assert_true(sqlite3_column_double(query, 3) == real);
        assert_int_equal(sqlite3_column_type(query, 5) == SQLITE_NULL, row % 11 == 0);
        if (row % 11) assert_int_equal(sqlite3_column_int64(query, 5), row == large ? 9000 : row * row % 301);
        smap__format_date(row - 9000, day);
        smap__format_timestamp(row * 86399123 - 5, moment);
        assert_string_equal((const char *)sqlite3_column_text(query, 6), day);
        assert_string_equal((const char *)sqlite3_column_text(query, 7), moment);
        assert_int_equal(sqlite3_column_int64(query, 8), row % 7);
        assert_string_equal((const char *)sqlite3_column_text(query, 9), "blob");
        assert_int_equal(sqlite3_column_int64(query, 10), 29);
        assert_string_equal((const char *)sqlite3_column_text(query, 11), "integer");
    }
    assert_int_equal(sqlite3_step(query), SQLITE_DONE);
    sqlite3_finalize(query);
}

/* SQLite's own opinion, and its own copy of the table: the same payload to the byte. */
static void check_file(const char *path, int64_t rows, int64_t large) {
    char count[32];
    sqlite3 *db = look(path);
    snprintf(count, sizeof count, "%lld", (long long)rows);
    assert_string_equal(ask(db, "PRAGMA integrity_check"), "ok");
    assert_string_equal(ask(db, "SELECT count(*) FROM many"), count);
    assert_string_equal(ask(db, "SELECT seq FROM sqlite_sequence WHERE name = 'many'"), count);
    assert_string_equal(ask(db, "SELECT count(*) FROM rtree_many_geom"), count);
    assert_string_equal(ask(db, "SELECT rtreecheck('main', 'rtree_many_geom')"), "ok");
    assert_string_equal(ask(db, "SELECT fid FROM many WHERE fid = 12345"), "12345");
    check_rows(db, rows, large);
    sqlite3_close(db);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_exec(db,
                     "CREATE TABLE again(fid INTEGER PRIMARY KEY, geom POINT, yes BOOLEAN, whole INTEGER, real REAL, "
                     "text TEXT, day DATE, moment DATETIME, bytes BLOB); INSERT INTO again SELECT * FROM many ORDER BY "
                     "fid DESC",
                     NULL, NULL, NULL),
        SQLITE_OK);
    if (sqlite3_compileoption_used("ENABLE_DBSTAT_VTAB"))
        assert_string_equal(ask(db,
                                "SELECT (SELECT sum(payload) FROM dbstat WHERE name = 'many' AND pagetype = 'leaf') "
                                "= (SELECT sum(payload) FROM dbstat WHERE name = 'again' AND pagetype = 'leaf')"),
                            "1");
    sqlite3_close(db);
}

static void what_was_given_by_any_number_of_workers(void **state) {
    fixture *f = *state;
    char hash[3][65];
    for (int threads = 1; threads <= 3; threads++) {
        smap_ctx *ctx = workers(threads, NULL);
        const smap_layer *layer = many_rows(ctx, ROWS, -1);
        int64_t size;
        empty_folder(f->folder);
        OK(smap_write_gpkg(ctx, f->path, &layer, 1, NULL, err));
        OK(smap__file_hash(f->path, hash[threads - 1], &size, err));
        assert_string_equal(hash[threads - 1], hash[0]);
        smap_layer_free(layer);
        smap_ctx_free(ctx);
    }
    check_file(f->path, ROWS, -1);
}

static void rows_larger_than_a_page(void **state) {
    fixture *f = *state;
    const smap_layer *layer = many_rows(f->ctx, ROWS, 20003);
    OK(smap_write_gpkg(f->ctx, f->path, &layer, 1, NULL, err));
    smap_layer_free(layer);
    check_file(f->path, ROWS, 20003);
}

/* Beside what is in a file already, twice: the second time into pages of which some are free. */
static void into_a_file_that_is_there(void **state) {
    fixture *f = *state;
    const smap_layer *few = layer_of("few", random_points(f->ctx, 60, 4), NULL, 60);
    const smap_layer *many = many_rows(f->ctx, ROWS, -1);
    OK(smap_write_gpkg(f->ctx, f->path, &few, 1, NULL, err));
    for (int again = 0; again < 2; again++) {
        const smap__gpkg_options options = { .overwrite = true };
        const smap__gpkg_layer layer = { .name = "many", .layer = many };
        smap__gpkg *gpkg = NULL;
        OK(smap__gpkg_edit(f->ctx, f->path, &options, &gpkg, err));
        OK(smap__gpkg_put_layer(gpkg, &layer, err));
        OK(smap__gpkg_commit(gpkg, err));
    }
    sqlite3 *db = look(f->path);
    assert_string_equal(ask(db, "SELECT count(*) FROM few"), "60");
    sqlite3_close(db);
    check_file(f->path, ROWS, -1);
    smap_layer_free(few);
    smap_layer_free(many);
}

static void memory_runs_out(void **state) {
    fixture *f = *state;
    smap_ctx *ctx = workers(1, NULL);
    const smap_layer *layer = many_rows(ctx, 10000, -1);
    smap_status status = SMAP_E_NOMEM;
    for (int64_t nth = 1; status != SMAP_OK; nth += nth < 40 ? 1 : 5) {
        smap_error e = SMAP_ERROR_INIT;
        smap__alloc_fail_at(nth, true);
        status = smap_write_gpkg(ctx, f->path, &layer, 1, NULL, &e);
        smap__alloc_fail_at(0, false);
        if (status == SMAP_OK) break;
        assert_int_equal(status, SMAP_E_NOMEM);
        assert_int_equal(count_files(f->folder), 0);
    }
    smap_layer_free(layer);
    smap_ctx_free(ctx);
    sqlite3 *db = look(f->path);
    assert_string_equal(ask(db, "PRAGMA integrity_check"), "ok");
    sqlite3_close(db);
}

static int asked, allowed;

static int stop_later(double complete, const char *message, void *user) {
    (void)complete, (void)message, (void)user;
    return ++asked <= allowed;
}

static void a_stop_leaves_nothing(void **state) {
    fixture *f = *state;
    smap_ctx *ctx = workers(1, stop_later);
    const smap_layer *layer = many_rows(f->ctx, 30000, -1);
    smap_status status = SMAP_E_CANCELLED;
    for (allowed = 0; status != SMAP_OK; allowed++) {
        smap_error e = SMAP_ERROR_INIT;
        asked = 0;
        status = smap_write_gpkg(ctx, f->path, &layer, 1, NULL, &e);
        if (status == SMAP_OK) break;
        assert_int_equal(status, SMAP_E_CANCELLED);
        assert_int_equal(count_files(f->folder), 0);
    }
    assert_true(allowed > 10);
    smap_layer_free(layer);
    smap_ctx_free(ctx);
}

/* ---- the check before the commit ---- */

enum { LOTS = 600000, DAMAGES = 40 };

static smap__gpkg *finished(smap_ctx *ctx, const fixture *f, const smap_layer *content) {
    const smap__gpkg_options options = { .overwrite = true };
    const smap__gpkg_layer layer = { .name = "lots", .layer = content };
    smap__gpkg *gpkg = NULL;
    OK(smap__gpkg_create(ctx, f->path, &options, &gpkg, err));
    OK(smap__gpkg_put_layer(gpkg, &layer, err));
    OK(smap__gpkg_exec(gpkg, err, "COMMIT"));
    return gpkg;
}

/* What SQLite itself says of the file. */
static bool is_sound(const char *path) {
    sqlite3 *db = NULL;
    sqlite3_stmt *query = NULL;
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    bool sound = sqlite3_exec(db, "PRAGMA cell_size_check = ON", NULL, NULL, NULL) == SQLITE_OK &&
                 sqlite3_prepare_v2(db, "PRAGMA quick_check(1)", -1, &query, NULL) == SQLITE_OK &&
                 sqlite3_step(query) == SQLITE_ROW && strcmp((const char *)sqlite3_column_text(query, 0), "ok") == 0;
    sqlite3_finalize(query);
    sqlite3_close(db);
    return sound;
}

/* Bytes of any page, of its head most of the time, are turned: wherever SQLite finds fault, so does the check; far into
 * the file too. */
static void find_damage(const fixture *f, int threads) {
    enum { FAR = 1000 };
    smap_ctx *ctx = workers(threads, NULL);
    const smap_layer *content = layer_of("lots", random_points(ctx, LOTS, 4), NULL, LOTS);
    smap__gpkg *gpkg = finished(ctx, f, content);
    int found = 0, far = 0;
    OK(smap__gpkg_check(gpkg, err));
    uint64_t pages = (uint64_t)lseek(gpkg->fd, 0, SEEK_END) / 4096;
    for (uint64_t k = 0; k < DAMAGES; k++) {
        off_t at = (off_t)((smap__mix(k + 1) % (pages - 1) + 1) * 4096 + smap__mix(k + 99) % (k % 4 ? 40 : 4096));
        unsigned char byte, other;
        assert_int_equal(pread(gpkg->fd, &byte, 1, at), 1);
        other = (unsigned char)(byte ^ (1 + smap__mix(k) % 255));
        assert_int_equal(pwrite(gpkg->fd, &other, 1, at), 1);
        bool sound = is_sound(gpkg->temporary);
        smap_status status = smap__gpkg_check(gpkg, NULL);
        if (!sound) assert_int_not_equal(status, SMAP_OK);
        found += status != SMAP_OK;
        far += status != SMAP_OK && at > FAR * 4096;
        assert_int_equal(pwrite(gpkg->fd, &byte, 1, at), 1);
    }
    assert_true(found >= DAMAGES / 4 && far >= DAMAGES / 8);
    OK(smap__gpkg_check(gpkg, err));
    gpkg->expected[0].rows--;
    assert_int_equal(smap__gpkg_check(gpkg, NULL), SMAP_E_INTERNAL);
    smap__gpkg_abandon(gpkg);
    smap_layer_free(content);
    smap_ctx_free(ctx);
}

static void all_damage_that_sqlite_finds(void **state) {
    find_damage(*state, 3);
}

/* As a newer SQLite has it, where the walk cannot be told apart. */
static void all_damage_by_one_check(void **state) {
    find_damage(*state, 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(what_was_given_by_any_number_of_workers),
        TEST(rows_larger_than_a_page),
        TEST(into_a_file_that_is_there),
        TEST(memory_runs_out),
        TEST(a_stop_leaves_nothing),
        TEST(all_damage_that_sqlite_finds),
        TEST(all_damage_by_one_check),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
