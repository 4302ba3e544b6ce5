/* Changing a GeoPackage that is there: other programs with it open, leftovers beside it, and files that are not to be
 * trusted. */
#include <fcntl.h>
#include <sys/wait.h>

#include "write_fixture.h"

static const smap__gpkg_options how = { .overwrite = true };

static void make(fixture *f, int64_t rows) {
    const smap_layer *layer = layer_of("p", random_points(f->ctx, rows, 2), NULL, rows);
    const smap__gpkg_layer put = { .name = "p", .layer = layer };
    smap__gpkg *gpkg = NULL;
    OK(smap__gpkg_create(f->ctx, f->path, &how, &gpkg, err));
    OK(smap__gpkg_put_layer(gpkg, &put, err));
    OK(smap__gpkg_commit(gpkg, err));
    smap_layer_free(layer);
}

/* Replace the layer by one of `rows` rows and add one; the status of the commit. */
static smap_status change(fixture *f, int64_t rows, smap_error *e) {
    const smap_layer *layer = layer_of("p", random_points(f->ctx, rows, 3), NULL, rows);
    const smap_layer *more = layer_of("q", NULL, NULL, 5);
    const smap__gpkg_layer put = { .name = "p", .layer = layer }, add = { .name = "q", .layer = more };
    smap__gpkg *gpkg = NULL;
    smap_status status = smap__gpkg_edit(f->ctx, f->path, &how, &gpkg, e);
    if (status == SMAP_OK) {
        OK(smap__gpkg_put_layer(gpkg, &put, err));
        OK(smap__gpkg_put_layer(gpkg, &add, err));
        status = smap__gpkg_commit(gpkg, e);
    }
    smap_layer_free(layer);
    smap_layer_free(more);
    return status;
}

static void rows_are(fixture *f, const char *want) {
    sqlite3 *db = look(f->path);
    assert_string_equal(ask(db, "SELECT count(*) FROM p"), want);
    assert_string_equal(ask(db, "PRAGMA integrity_check"), "ok");
    assert_string_equal(ask(db, "SELECT rtreecheck('rtree_p_geom')"), "ok");
    sqlite3_close(db);
}

static void run_sql(const char *path, const char *sql) {
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    sqlite3_close(db);
}

static void layers_are_replaced_in_place(void **state) {
    fixture *f = *state;
    struct stat before, after;
    make(f, 1000);
    assert_int_equal(chmod(f->path, 0644), 0);
    assert_int_equal(stat(f->path, &before), 0);
    sqlite3 *reader = look(f->path); /* as QGIS has it open */
    assert_string_equal(ask(reader, "SELECT count(*) FROM p"), "1000");
    OK(change(f, 40, err));
    assert_string_equal(ask(reader, "SELECT count(*) FROM p"), "40");
    assert_string_equal(ask(reader, "SELECT count(*) FROM q"), "5");
    sqlite3_close(reader);
    rows_are(f, "40");
    assert_int_equal(stat(f->path, &after), 0);
    assert_int_equal(before.st_ino, after.st_ino);
    assert_int_equal(after.st_mode & 0777, 0644);
    assert_int_equal(count_files(f->folder), 1);
    make(f, 7); /* a new file over one that others may have open goes the same way */
    assert_int_equal(stat(f->path, &after), 0);
    assert_int_equal(before.st_ino, after.st_ino);
    rows_are(f, "7");
}

static void someone_writes(void **state) {
    fixture *f = *state;
    smap_error e = SMAP_ERROR_INIT;
    sqlite3 *other;
    make(f, 10);
    assert_int_equal(sqlite3_open(f->path, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(change(f, 40, &e), SMAP_E_BUSY);
    assert_non_null(strstr(e.message, "save and close it in QGIS, or use -o"));
    assert_int_equal(sqlite3_exec(other, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(other);
    rows_are(f, "10");
    assert_int_equal(count_files(f->folder), 1);
}

static void someone_edits_in_qgis(void **state) {
    fixture *f = *state;
    smap_error e = SMAP_ERROR_INIT;
    sqlite3 *other;
    make(f, 10);
    assert_int_equal(sqlite3_open(f->path, &other), SQLITE_OK); /* QGIS turns to WAL while a layer is edited */
    assert_string_equal(ask(other, "PRAGMA journal_mode = WAL"), "wal");
    assert_int_equal(sqlite3_exec(other, "UPDATE gpkg_contents SET description = 'x'", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(change(f, 40, &e), SMAP_E_BUSY);
    assert_non_null(strstr(e.message, "save and close it in QGIS, or use -o"));
    sqlite3_close(other);
    rows_are(f, "10");
    OK(change(f, 40, err)); /* closed, but still of the WAL kind: changed, and nothing is left beside it */
    rows_are(f, "40");
    empty_folder(f->folder);
    make(f, 3);
    rows_are(f, "3");
}

static void changed_meanwhile(void **state) {
    fixture *f = *state;
    smap_error e = SMAP_ERROR_INIT;
    smap__gpkg *gpkg = NULL;
    make(f, 10);
    OK(smap__gpkg_edit(f->ctx, f->path, &how, &gpkg, err));
    run_sql(f->path, "UPDATE gpkg_contents SET description = 'edited elsewhere'");
    OK(smap__gpkg_drop_layer(gpkg, "p", err));
    assert_int_equal(smap__gpkg_commit(gpkg, &e), SMAP_E_BUSY);
    assert_non_null(strstr(e.message, "run the command again"));
    rows_are(f, "10");
    assert_int_equal(count_files(f->folder), 1);
}

/* A child writes half of a transaction to the file and dies; what it left is rolled back, then the change is made. */
static void killed_writer_left_a_journal(void **state) {
    fixture *f = *state;
    char journal[160];
    make(f, 3000);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        sqlite3 *db;
        sqlite3_open(f->path, &db);
        sqlite3_exec(db,
                     "PRAGMA cache_size = 5; BEGIN; UPDATE gpkg_contents SET description = 'half';"
                     "DROP TRIGGER rtree_p_geom_update1; DROP TRIGGER rtree_p_geom_update2;"
                     "DROP TRIGGER rtree_p_geom_update3; DROP TRIGGER rtree_p_geom_update4; UPDATE p SET n = -1",
                     NULL, NULL, NULL);
        _exit(0);
    }
    int result;
    assert_int_equal(waitpid(child, &result, 0), child);
    snprintf(journal, sizeof journal, "%s-journal", f->path);
    assert_int_equal(access(journal, F_OK), 0);
    char link[160];
    snprintf(link, sizeof link, "%s/link.gpkg", f->folder);
    assert_int_equal(symlink("out.gpkg", link), 0);
    OK(smap__gpkg_recover(link, err));
    unlink(link);
    assert_int_not_equal(access(journal, F_OK), 0);
    sqlite3 *db = look(f->path);
    assert_string_equal(ask(db, "SELECT min(n) || description FROM p, gpkg_contents"), "0");
    sqlite3_close(db);
    OK(change(f, 40, err));
    rows_are(f, "40");
}

static void leftovers_of_another_file(void **state) {
    fixture *f = *state;
    static const char *const suffixes[] = { "-wal", "-journal" };
    smap_error e = SMAP_ERROR_INIT;
    smap__gpkg *gpkg = NULL;
    for (int i = 0; i < 2; i++) {
        char beside[160];
        snprintf(beside, sizeof beside, "%s%s", f->path, suffixes[i]);
        close(open(beside, O_CREAT | O_WRONLY, 0600));
        assert_int_equal(smap__gpkg_create(f->ctx, f->path, &how, &gpkg, &e), SMAP_E_REFUSED);
        assert_non_null(strstr(e.message, suffixes[i]));
        assert_int_equal(count_files(f->folder), 1);
        unlink(beside);
    }
}

static void programs_inside_are_refused(void **state) {
    fixture *f = *state;
    static const char *const triggers[] = {
        "CREATE TRIGGER t AFTER INSERT ON p BEGIN DELETE FROM p; END",
        "CREATE TRIGGER rtree_x_geom_insert AFTER INSERT ON p BEGIN DELETE FROM p; END",
        "CREATE TRIGGER gpkg_t AFTER UPDATE ON gpkg_contents BEGIN DELETE FROM p; END",
        "CREATE TRIGGER trigger_insert_feature_count_x AFTER INSERT ON p BEGIN DELETE FROM p; END",
    };
    smap_error e = SMAP_ERROR_INIT;
    for (size_t i = 0; i < sizeof triggers / sizeof triggers[0]; i++) {
        make(f, 10);
        run_sql(f->path, triggers[i]);
        assert_int_equal(change(f, 40, &e), SMAP_E_REFUSED);
        assert_non_null(strstr(e.message, "trigger"));
        rows_are(f, "10");
    }
}

static void not_a_geopackage(void **state) {
    fixture *f = *state;
    smap_error e = SMAP_ERROR_INIT;
    assert_int_equal(change(f, 40, &e), SMAP_E_NOT_FOUND);
    run_sql(f->path, "CREATE TABLE t(a)");
    assert_int_equal(change(f, 40, &e), SMAP_E_FORMAT);
    assert_non_null(strstr(e.message, "no GeoPackage"));
    unlink(f->path);
    FILE *out = fopen(f->path, "w");
    assert_non_null(out);
    for (int i = 0; i < 5000; i++) fputc('x', out);
    fclose(out);
    assert_int_equal(change(f, 40, &e), SMAP_E_FORMAT);
    make(f, 3); /* it may be replaced, though: no other program reads that as a database */
    rows_are(f, "3");
    out = fopen(f->path, "r+"); /* a damaged page */
    assert_non_null(out);
    assert_int_equal(fseek(out, 4096, SEEK_SET), 0);
    for (int i = 0; i < 30000; i++) fputc(0xee, out);
    fclose(out);
    assert_int_equal(change(f, 40, &e), SMAP_E_FORMAT);
    assert_null(strstr(e.message, "database disk image"));
    assert_int_equal(count_files(f->folder), 1);
}

/* The bytes of the file, in a buffer to free. */
static char *bytes_of(const char *path, size_t *len) {
    FILE *in = fopen(path, "rb");
    assert_non_null(in);
    assert_int_equal(fseek(in, 0, SEEK_END), 0);
    *len = (size_t)ftell(in);
    rewind(in);
    char *bytes = malloc(*len + 1);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, *len, in), *len);
    fclose(in);
    return bytes;
}

/* A table of the layer's name that is not listed as a layer is a person's own: nothing read it, nothing may drop it. */
static void tables_of_others_are_kept(void **state) {
    fixture *f = *state;
    static const char *const own[] = {
        "CREATE TABLE q(mine TEXT); INSERT INTO q VALUES('months of work')",
        "CREATE TABLE Q(mine TEXT); INSERT INTO gpkg_contents(table_name,data_type,identifier,last_change) "
        "VALUES('Q','attributes','Q','2023-09-18T00:00:00.000Z')",
        "CREATE TABLE q(mine TEXT); INSERT INTO gpkg_contents(table_name,data_type,identifier,last_change) "
        "VALUES('q','tiles','q','2023-09-18T00:00:00.000Z')",
        "CREATE INDEX q ON p(n)",
    };
    const smap_layer *layer = layer_of("q", NULL, NULL, 5);
    const smap__gpkg_layer put = { .name = "q", .layer = layer };
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++) {
        smap_error e = SMAP_ERROR_INIT;
        smap__gpkg *gpkg = NULL;
        size_t before_len, after_len;
        make(f, 10);
        run_sql(f->path, own[i]);
        char *before = bytes_of(f->path, &before_len);
        OK(smap__gpkg_edit(f->ctx, f->path, &how, &gpkg, err));
        assert_int_equal(smap__gpkg_put_layer(gpkg, &put, &e), SMAP_E_REFUSED);
        assert_non_null(strstr(e.message, f->path));
        assert_non_null(strstr(e.message, i == 1 ? "table \"Q\"" : i == 3 ? "index \"q\"" : "table \"q\""));
        assert_non_null(strstr(e.message, "rename it"));
        assert_int_equal(smap__gpkg_drop_layer(gpkg, "q", &e), SMAP_E_REFUSED);
        smap__gpkg_abandon(gpkg);
        char *after = bytes_of(f->path, &after_len);
        assert_int_equal(before_len, after_len);
        assert_memory_equal(before, after, before_len);
        assert_int_equal(count_files(f->folder), 1);
        free(before);
        free(after);
    }
    smap_layer_free(layer);
}

/* Dropped by hand, as in QGIS's database manager, a table leaves its row in gpkg_contents. */
static void tables_dropped_by_hand_are_made_anew(void **state) {
    fixture *f = *state;
    make(f, 10);
    for (int i = 0; i < 2; i++) {
        smap__gpkg *gpkg = NULL;
        OK(smap__gpkg_edit(f->ctx, f->path, &how, &gpkg, err));
        OK(smap__gpkg_put_meta(gpkg, "model_version", "1", err));
        OK(smap__gpkg_put_style(gpkg, "p", "p", "", "<qgis/>", "<sld/>", err));
        OK(smap__gpkg_commit(gpkg, err));
        sqlite3 *db = look(f->path);
        assert_string_equal(ask(db, "SELECT value FROM sitemap_meta"), "1");
        assert_string_equal(ask(db, "SELECT count(*) FROM gpkg_contents WHERE table_name IN ('sitemap_meta', "
                                    "'layer_styles') AND identifier = table_name"),
                            "2");
        sqlite3_close(db);
        run_sql(f->path, "DROP TABLE sitemap_meta; DROP TABLE layer_styles");
    }
}

static void read_only_files(void **state) {
    fixture *f = *state;
    smap_error e = SMAP_ERROR_INIT;
    make(f, 10);
    assert_int_equal(chmod(f->path, 0444), 0);
    assert_int_equal(change(f, 40, &e), SMAP_E_IO);
    assert_non_null(strstr(e.message, "read-only"));
    rows_are(f, "10");
}

static int stop_soon(double complete, const char *message, void *user) {
    (void)complete;
    (void)message;
    int *left = user;
    return --*left > 0;
}

static void cancelled_runs_leave_nothing(void **state) {
    fixture *f = *state;
    int left = 3;
    smap_ctx_options options = SMAP_CTX_OPTIONS_INIT;
    options.progress = stop_soon;
    options.progress_user = &left;
    smap_ctx *ctx = NULL;
    smap__gpkg *gpkg = NULL;
    smap_error e = SMAP_ERROR_INIT;
    make(f, 10);
    OK(smap_ctx_new(&options, &ctx, err));
    const smap_layer *layer = layer_of("p", random_points(f->ctx, 200000, 3), NULL, 200000);
    const smap__gpkg_layer put = { .name = "p", .layer = layer };
    OK(smap__gpkg_edit(ctx, f->path, &how, &gpkg, err));
    smap_status status = smap__gpkg_put_layer(gpkg, &put, &e);
    assert_int_equal(status, SMAP_E_CANCELLED);
    smap__gpkg_abandon(gpkg);
    smap_layer_free(layer);
    smap_ctx_free(ctx);
    rows_are(f, "10");
    assert_int_equal(count_files(f->folder), 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(layers_are_replaced_in_place),
        TEST(someone_writes),
        TEST(someone_edits_in_qgis),
        TEST(changed_meanwhile),
        TEST(not_a_geopackage),
        TEST(killed_writer_left_a_journal),
        TEST(programs_inside_are_refused),
        TEST(tables_of_others_are_kept),
        TEST(tables_dropped_by_hand_are_made_anew),
        TEST(read_only_files),
        TEST(leftovers_of_another_file),
        TEST(cancelled_runs_leave_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
