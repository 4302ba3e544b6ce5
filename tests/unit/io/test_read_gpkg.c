/* GeoPackages written by our own writer, then changed with plain SQLite in ways that the vet must see through. */
#include <sqlite3.h>

#include "io/gpkg_schema.h"
#include "read_fixture.h"
#include "sitemap/io.h"

static void zero(sqlite3_context *c, int n, sqlite3_value **v) {
    (void)n, (void)v;
    sqlite3_result_int(c, 0);
}

/* The functions that R-tree triggers call are there, but of no use. */
static void add_functions(sqlite3 *db) {
    static const char *const called[] = { "ST_IsEmpty", "ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY" };
    for (int i = 0; i < 5; i++)
        sqlite3_create_function(db, called[i], 1, SQLITE_UTF8 | SQLITE_INNOCUOUS, NULL, zero, NULL, NULL);
}

static void run_sql(const fixture *f, const char *name, const char *sql) {
    sqlite3 *db = NULL;
    char *text = NULL;
    assert_int_equal(sqlite3_open(at(f, name), &db), SQLITE_OK);
    add_functions(db);
    if (sqlite3_exec(db, sql, NULL, NULL, &text) != SQLITE_OK) fail_msg("%s: %s", sql, text);
    sqlite3_close(db);
}

/* 300 points and one null, from GeoJSON through our own writer: layer "sites" with columns id, name, day, open, share.
 */
static void make(fixture *f, const char *name) {
    smap__str s = SMAP__STR_INIT;
    const smap_layer *layer;
    smap_write_options options = SMAP_WRITE_OPTIONS_INIT;
    smap__str_put(&s, "{\"type\":\"FeatureCollection\",\"features\":[");
    for (int i = 0; i <= 300; i++) {
        smap__str_printf(
            &s,
            "%s{\"type\":\"Feature\",\"properties\":{\"code\":%d,\"name\":\"S%d مخيم\",\"open\":%s,\"share\":%d.5},\"geometry\":",
            i ? "," : "", i, i, i % 2 ? "true" : "false", i);
        if (i == 300)
            smap__str_put(&s, "null}");
        else
            smap__str_printf(&s, "{\"type\":\"Point\",\"coordinates\":[%d.25,%d]}}", 10 + i % 20, 20 + i % 10);
    }
    smap__str_put(&s, "]}");
    put(f, "sites.json", s.data);
    smap__str_release(&s);
    read_good(f, "sites.json", NULL);
    layer = f->last.layer;
    options.overwrite = true;
    smap_error e = SMAP_ERROR_INIT;
    if (smap_write_gpkg(f->ctx, at(f, name), &layer, 1, &options, &e) != SMAP_OK) fail_msg("%s", e.message);
}

static void comes_back(void **state) {
    fixture *f = *state;
    make(f, "a.gpkg");
    read_good(f, "a.gpkg", NULL);
    assert_int_equal(rows(f), 301);
    assert_string_equal(f->last.layer->name, "sites");
    assert_string_equal(cell(f, "name", 7), "S7 مخيم");
    assert_string_equal(cell(f, "open", 7), "true");
    assert_string_equal(cell(f, "share", 7), "7.5");
    assert_int_equal(f->last.layer->fid[300], 301);
    assert_int_equal(f->last.layer->geometry->type[300], SMAP_GEOM_NULL);
    assert_true(f->last.layer->geometry->x[7] == 17.25);
    assert_int_equal(f->last.findings.count, 0);
    assert_int_equal(smap_crs_code(f->last.layer->geometry->crs), 4326);
}

/* Dates, times, blobs and integers of every width, as the standard names them; ids with gaps, and negative. */
static void types(void **state) {
    fixture *f = *state;
    make(f, "a.gpkg");
    run_sql(
        f, "a.gpkg",
        "CREATE TABLE t (fid INTEGER PRIMARY KEY, d DATE, s DATETIME, b BLOB, i MEDIUMINT, y TINYINT, o BOOLEAN, r FLOAT, x TEXT(5));"
        "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('t', 'attributes', 't');"
        "INSERT INTO t VALUES (9, '2023-09-11', '2023-09-11T01:02:03.250Z', x'00FF', 70000, -5, 1, 0.5, 'abc');"
        "INSERT INTO t VALUES (-4, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);"
        "INSERT INTO t VALUES (100, '1969-12-31', '1969-12-31T23:59:59Z', x'', 0, 0, 0, 0, '')");
    smap_read_options options = SMAP_READ_OPTIONS_INIT;
    options.layer = "t";
    read_good(f, "a.gpkg", &options);
    assert_int_equal(rows(f), 3);
    assert_int_equal(f->last.layer->fid[0], -4);
    assert_int_equal(f->last.layer->fid[1], 9);
    assert_int_equal(f->last.layer->fid[2], 100);
    assert_null(f->last.layer->geometry);
    const smap_table *t = f->last.layer->table;
    assert_int_equal(smap_table_find(t, "d")->type, SMAP_DATE);
    assert_int_equal(smap_table_find(t, "s")->type, SMAP_TIMESTAMP);
    assert_int_equal(smap_table_find(t, "b")->type, SMAP_BLOB);
    assert_int_equal(smap_table_find(t, "o")->type, SMAP_BOOL);
    assert_string_equal(cell(f, "d", 1), "2023-09-11");
    assert_string_equal(cell(f, "s", 1), "2023-09-11T01:02:03.250Z");
    assert_string_equal(cell(f, "i", 1), "70000");
    assert_string_equal(cell(f, "y", 1), "-5");
    assert_string_equal(cell(f, "d", 2), "1969-12-31");
    assert_string_equal(cell(f, "s", 2), "1969-12-31T23:59:59.000Z");
    for (int i = 0; i < smap_table_columns(t); i++) assert_true(smap_column_is_null(smap_table_at(t, i), 0));
}

static bool is_named(const void *user, const char *name) {
    return strcmp(name, user) == 0;
}

/* Numbers that nobody asks for are not read, nor is anything said of them; texts are. */
static void chosen_columns(void **state) {
    fixture *f = *state;
    make(f, "a.gpkg");
    run_sql(f, "a.gpkg",
            "CREATE TABLE t (fid INTEGER PRIMARY KEY, i MEDIUMINT, x TEXT, r REAL, o BOOLEAN);"
            "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('t', 'attributes', 't');"
            "INSERT INTO t VALUES (7, 'not one', 'text', 2.5, 'neither')");
    const smap__column_choice choice = { is_named, "r", false };
    smap__source *source = NULL;
    smap_read_options options = SMAP_READ_OPTIONS_INIT;
    options.layer = "t";
    forget(f);
    assert_int_equal(smap__source_open(f->ctx, at(f, "a.gpkg"), &options, &source, NULL), SMAP_OK);
    smap__source_narrow(source, &choice);
    assert_int_equal(smap__source_read(source, NULL, &f->last.findings, &f->last.layer, NULL), SMAP_OK);
    smap__source_close(source);
    assert_int_equal(smap_table_columns(f->last.layer->table), 2);
    assert_string_equal(cell(f, "x", 0), "text");
    assert_string_equal(cell(f, "r", 0), "2.5");
    assert_int_equal(f->last.layer->fid[0], 7);
    assert_int_equal(f->last.findings.count, 0);
}

/* SQLite keeps any value in any column. What does not fit the declared type is left empty and told, never read as 0. */
static void misfits(void **state) {
    fixture *f = *state;
    make(f, "a.gpkg");
    run_sql(
        f, "a.gpkg",
        "CREATE TABLE t (fid INTEGER PRIMARY KEY, i MEDIUMINT, r REAL, o BOOLEAN, d DATE, s DATETIME, x TEXT, n DECIMAL(10,2));"
        "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('t', 'attributes', 't');"
        "INSERT INTO t VALUES (1, 'n/a', '12 km', 'yes', '11/09/2023', 'yesterday', x'FF00', 'many');"
        "INSERT INTO t VALUES (2, 3000000000, 7, 2, '2023-09-11T10:00:00Z', '2023-09-11T00:30:00+02:00', 5, 1.5);"
        "INSERT INTO t VALUES (3, 9.5, 9.5, 0.5, 45000, 45000, 1.5, 7);"
        "INSERT INTO t VALUES (4, '7', '7.5', '1', NULL, '2023-09-11 10:00:00', 'x', '8')");
    smap_read_options options = SMAP_READ_OPTIONS_INIT;
    options.layer = "t";
    read_good(f, "a.gpkg", &options);
    static const char *const want[4][7] = {
        { "", "", "", "", "", "", "" },
        { "3000000000", "7", "true", "2023-09-11", "2023-09-10T22:30:00.000Z", "5", "1.5" },
        { "", "9.5", "", "", "", "1.5", "7" },
        { "7", "7.5", "true", "", "2023-09-11T10:00:00.000Z", "x", "8" },
    };
    static const char *const name[] = { "i", "r", "o", "d", "s", "x", "n" };
    for (int row = 0; row < 4; row++)
        for (int k = 0; k < 7; k++) assert_string_equal(cell(f, name[k], row), want[row][k]);
    assert_int_equal(found(f, "value_not_of_type", 1), 7);
    assert_int_equal(found(f, "value_not_of_type", 3), 4);
    assert_int_equal(found(f, "value_not_of_type", -1), 11);
}

static smap_ctx *ctx_of(int threads, smap_progress_fn progress, void *user) {
    smap_ctx *ctx = NULL;
    smap_ctx_options how = SMAP_CTX_OPTIONS_INIT;
    how.threads = threads;
    how.progress = progress;
    how.progress_user = user;
    assert_int_equal(smap_ctx_new(&how, &ctx, NULL), SMAP_OK);
    return ctx;
}

static const smap_layer *read_with(fixture *f, int threads, const char *layer) {
    smap_ctx *ctx = ctx_of(threads, NULL, NULL);
    const smap_layer *read = NULL;
    smap_read_options options = SMAP_READ_OPTIONS_INIT;
    smap_error e = SMAP_ERROR_INIT;
    options.layer = layer;
    if (smap_read(ctx, at(f, "a.gpkg"), &options, &read, &e) != SMAP_OK) fail_msg("%s", e.message);
    smap_ctx_free(ctx);
    return read;
}

static void assert_same(const smap_layer *one, const smap_layer *many, int64_t step) {
    int64_t count = smap_table_rows(one->table);
    assert_int_equal(count, smap_table_rows(many->table));
    assert_int_equal(smap_table_columns(one->table), smap_table_columns(many->table));
    assert_memory_equal(one->fid, many->fid, (size_t)count * sizeof *one->fid);
    for (int k = 0; k < smap_table_columns(one->table); k++) {
        const smap_column *a = smap_table_at(one->table, k), *b = smap_table_at(many->table, k);
        assert_int_equal(a->null_count, b->null_count);
        for (int64_t i = 0; i < count; i += step) assert_int_equal(smap__cell_compare(a, i, b, i), 0);
    }
}

/* Several readers side by side give what one gives, for every type, with nulls, gaps in the ids, and a table of many
 * columns. */
static void parts_join(void **state) {
    fixture *f = *state;
    make(f, "a.gpkg");
    smap__str sql = SMAP__STR_INIT;
    smap__str_put(
        &sql,
        "CREATE TABLE big (fid INTEGER PRIMARY KEY, i INTEGER, r REAL, o BOOLEAN, d DATE, s DATETIME, x TEXT, b BLOB");
    for (int i = 0; i < 250; i++) smap__str_printf(&sql, ", c%d INTEGER", i);
    smap__str_put(
        &sql,
        "); WITH RECURSIVE n(k) AS (SELECT -15000 UNION ALL SELECT k + 1 FROM n WHERE k < 45000) INSERT INTO big (fid, i, r, "
        "o, d, s, x, b, c0, c249) SELECT 2 * k, nullif(k % 7, 0), k / 4.0, nullif(k % 3, 2), date(k, 'unixepoch'), "
        "nullif(strftime('%Y-%m-%dT%H:%M:%SZ', k, 'unixepoch'), '1970-01-01T00:00:05Z'), 'x' || k, nullif(zeroblob(abs(k % "
        "5)), x''), k, -k FROM n;"
        "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('big', 'attributes', 'big')");
    run_sql(f, "a.gpkg", sql.data);
    smap__str_release(&sql);
    const smap_layer *one = read_with(f, 1, "big");
    assert_int_equal(smap_table_rows(one->table), 60001);
    assert_int_equal(one->fid[0], -30000);
    assert_int_equal(smap_table_columns(one->table), 257);
    for (int threads = 2; threads <= 4; threads++) {
        const smap_layer *many = read_with(f, threads, "big");
        assert_same(one, many, 37);
        smap_layer_free(many);
    }
    smap_layer_free(one);
    smap_read_options options = SMAP_READ_OPTIONS_INIT;
    options.layer = "big";
    read_good(f, "a.gpkg", &options);
    assert_string_equal(cell(f, "c0", 15007), "7");
    assert_string_equal(cell(f, "c249", 60000), "-45000");
    assert_string_equal(cell(f, "d", 0), "1969-12-31");
}

/* Ids from one end of the numbers to the other, nearly all of them close together: 24 MB in one slice. */
static void uneven_ids(void **state) {
    fixture *f = *state;
    make(f, "a.gpkg");
    run_sql(f, "a.gpkg",
            "CREATE TABLE t (fid INTEGER PRIMARY KEY, x TEXT, n INTEGER);"
            "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('t', 'attributes', 't');"
            "INSERT INTO t VALUES (-9223372036854775808, 'first', 1), (9223372036854775807, 'last', 2);"
            "WITH RECURSIVE n(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < 24000) "
            "INSERT INTO t SELECT k, printf('%01000d', k), iif(k % 100, k, 'n/a') FROM n");
    const smap_layer *one = read_with(f, 1, "t"), *many = read_with(f, 4, "t");
    assert_int_equal(smap_table_rows(one->table), 24002);
    assert_same(one, many, 1);
    smap_layer_free(one);
    smap_layer_free(many);
    smap_read_options options = SMAP_READ_OPTIONS_INIT;
    options.layer = "t";
    read_good(f, "a.gpkg", &options);
    assert_string_equal(cell(f, "x", 0), "first");
    assert_string_equal(cell(f, "x", 24001), "last");
    assert_int_equal(found(f, "value_not_of_type", -1), 240);
    assert_int_equal(found(f, "value_not_of_type", 23900), 1);
}

static int no_after(double complete, const char *message, void *user) {
    (void)complete, (void)message;
    return --*(int *)user >= 0;
}

/* A "no" of the caller's progress function ends reading, whoever reads. */
static void cancelled(void **state) {
    fixture *f = *state;
    make(f, "a.gpkg");
    run_sql(f, "a.gpkg",
            "CREATE TABLE t (fid INTEGER PRIMARY KEY, x TEXT);"
            "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('t', 'attributes', 't');"
            "WITH RECURSIVE n(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < 100000) "
            "INSERT INTO t SELECT k, hex(k) FROM n");
    for (int threads = 1; threads <= 4; threads++)
        for (int polls = 0; polls < 2; polls++) {
            int left = polls;
            smap_ctx *ctx = ctx_of(threads, no_after, &left);
            const smap_layer *read = NULL;
            smap_read_options options = SMAP_READ_OPTIONS_INIT;
            options.layer = "t";
            assert_int_equal(smap_read(ctx, at(f, "a.gpkg"), &options, &read, NULL), SMAP_E_CANCELLED);
            assert_null(read);
            smap_ctx_free(ctx);
        }
}

static void hostile(void **state) {
    fixture *f = *state;
    static const struct {
        const char *sql;
        smap_status status;
        const char *word;
    } bad[] = {
        { "CREATE VIEW v AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c) SELECT x AS fid FROM c;"
          "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('v', 'attributes', 'v')",
          SMAP_E_REFUSED, "the view \"v\"" },
        { "CREATE VIEW geometry_columns AS SELECT readfile('/etc/passwd') FROM gpkg_geometry_columns", SMAP_E_REFUSED,
          "view" },
        { "CREATE TRIGGER rtree_x AFTER INSERT ON sites BEGIN DELETE FROM sites; END", SMAP_E_REFUSED, "trigger" },
        { "CREATE TRIGGER gpkg_x AFTER INSERT ON sites BEGIN UPDATE OR IGNORE sites SET code = 1; END", SMAP_E_REFUSED,
          "trigger" },
        { "CREATE TABLE g (a INTEGER PRIMARY KEY, b TEXT, c TEXT AS (hex(b)))", SMAP_OK, "" },
        { "PRAGMA writable_schema = 1; INSERT INTO sqlite_schema VALUES ('table', 'p', 'p', 0, 'CREATE VIRTUAL TABLE p USING "
          "VirtualText(''/etc/passwd'', ''UTF-8'')')",
          SMAP_E_REFUSED, "virtual table \"p\"" },
        { "PRAGMA writable_schema = 1; UPDATE sqlite_schema SET sql = 'CREATE VIRTUAL TABLE rtree_sites_geom USING "
          "VirtualOGR(''/etc/passwd'')' WHERE name = 'rtree_sites_geom'",
          SMAP_E_REFUSED, "virtual table" },
        { "CREATE TABLE \"../../pwn\" (fid INTEGER PRIMARY KEY)", SMAP_E_REFUSED, "path for its name" },
        { "CREATE TABLE \"/etc/x\" (fid INTEGER PRIMARY KEY)", SMAP_E_REFUSED, "path for its name" },
        { "CREATE INDEX i ON sites (code) WHERE name IS NOT NULL", SMAP_OK, "" },
        { "DROP TABLE gpkg_contents", SMAP_E_FORMAT, "not a GeoPackage" },
        { "DELETE FROM gpkg_contents", SMAP_E_NOT_FOUND, "nothing to read" },
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        make(f, "a.gpkg");
        run_sql(f, "a.gpkg", bad[i].sql);
        smap_status status = read_path(f, at(f, "a.gpkg"), NULL);
        if (status != bad[i].status || !strstr(f->last.error.message, bad[i].word))
            fail_msg("%s: %s: %s", bad[i].sql, smap_status_name(status), f->last.error.message);
    }
}

static void old_template(void **state) {
    fixture *f = *state;
    make(f, "a.gpkg");
    run_sql(
        f, "a.gpkg",
        "CREATE VIEW st_spatial_ref_sys AS SELECT srs_name, srs_id FROM gpkg_spatial_ref_sys;"
        "CREATE VIEW st_geometry_columns AS SELECT table_name, column_name, \"ST_\" || geometry_type_name AS t, g.srs_id "
        "FROM gpkg_geometry_columns AS g JOIN gpkg_spatial_ref_sys AS s WHERE g.srs_id = s.srs_id;"
        "CREATE VIEW geometry_columns AS SELECT table_name AS f_table_name, (CASE geometry_type_name WHEN 'GEOMETRY' THEN 0 "
        "ELSE 1 END) AS geometry_type, 2 + (CASE z WHEN 1 THEN 1 ELSE 0 END) AS d FROM gpkg_geometry_columns");
    read_good(f, "a.gpkg", NULL);
    assert_int_equal(rows(f), 301);
}

/* Bookkeeping that lies never changes what is read. */
static void lies(void **state) {
    fixture *f = *state;
    make(f, "a.gpkg");
    run_sql(f, "a.gpkg",
            "CREATE TABLE IF NOT EXISTS gpkg_ogr_contents (table_name TEXT PRIMARY KEY, feature_count INTEGER);"
            "INSERT OR REPLACE INTO gpkg_ogr_contents VALUES ('sites', 7);"
            "DELETE FROM rtree_sites_geom WHERE id <= 100; UPDATE gpkg_contents SET min_x = 500, max_x = 501");
    read_good(f, "a.gpkg", NULL);
    assert_int_equal(rows(f), 301);
    assert_int_equal(found(f, "row_count_wrong", 0), 1);
    assert_int_equal(found(f, "spatial_index_stale", 0), 1);
    run_sql(f, "a.gpkg",
            "UPDATE gpkg_ogr_contents SET feature_count = 9000000000000000000"); /* no room is made for that */
    read_good(f, "a.gpkg", NULL);
    assert_int_equal(rows(f), 301);
}

static void undefined_crs(void **state) {
    fixture *f = *state;
    smap_read_options options = SMAP_READ_OPTIONS_INIT;
    for (int id = -1; id <= 0; id++) {
        char sql[200];
        make(f, "a.gpkg");
        snprintf(sql, sizeof sql, "UPDATE gpkg_geometry_columns SET srs_id = %d; UPDATE gpkg_contents SET srs_id = %d",
                 id, id);
        run_sql(f, "a.gpkg", sql);
        options.crs = NULL;
        read_bad(f, "a.gpkg", &options, SMAP_E_CRS, "--crs");
        options.crs = "EPSG:32634";
        read_good(f, "a.gpkg", &options);
        assert_int_equal(smap_crs_code(f->last.layer->geometry->crs), 32634);
    }
}

static void broken_rows(void **state) {
    fixture *f = *state;
    make(f, "a.gpkg");
    /* coordinates NaN and infinite, a blob that is no geometry */
    run_sql(
        f, "a.gpkg",
        "UPDATE sites SET geom = x'47500001E6100000' || x'0101000000000000000000F07F0000000000004040' WHERE fid = 2;"
        "UPDATE sites SET geom = CAST(x'47500001E61000000101000000000000000000F07F0000000000004040' AS BLOB) WHERE fid = 3");
    read_path(f, at(f, "a.gpkg"), NULL);
    if (f->last.status == SMAP_OK) {
        assert_int_equal(found(f, "geometry_not_finite", 3), 1);
        assert_true(rows(f) <= 300);
    } else {
        assert_int_equal(f->last.status, SMAP_E_FORMAT);
    }
}

static void encodings(void **state) {
    fixture *f = *state;
    make(f, "a.gpkg");
    run_sql(f, "a.gpkg", "UPDATE sites SET name = CAST(x'E3CEEDE3' AS TEXT) WHERE fid = 5");
    read_bad(f, "a.gpkg", NULL, SMAP_E_FORMAT, "--encoding CP1256");
    smap_read_options options = SMAP_READ_OPTIONS_INIT;
    options.encoding = "CP1256";
    read_good(f, "a.gpkg", &options);
    assert_string_equal(cell(f, "name", 4), "مخيم");
    assert_string_equal(cell(f, "name", 5), "S5 مخيم");
}

/* Write-ahead logging: read without leaving files, also where nothing may be written. */
static void wal(void **state) {
    fixture *f = *state;
    make(f, "a.gpkg");
    run_sql(f, "a.gpkg", "PRAGMA journal_mode = WAL; UPDATE sites SET code = 5 WHERE fid = 1");
    assert_int_not_equal(access(at(f, "a.gpkg-wal"), F_OK), 0);
    assert_int_equal(chmod(f->folder, 0500), 0);
    read_good(f, "a.gpkg", NULL);
    assert_int_equal(chmod(f->folder, 0700), 0);
    assert_int_equal(rows(f), 301);
    assert_int_not_equal(access(at(f, "a.gpkg-wal"), F_OK), 0);
    assert_int_not_equal(access(at(f, "a.gpkg-shm"), F_OK), 0);
    /* open in another program, with changes in its log: they are seen, and its files stay */
    sqlite3 *other = NULL;
    assert_int_equal(sqlite3_open(at(f, "a.gpkg"), &other), SQLITE_OK);
    add_functions(other);
    assert_int_equal(sqlite3_exec(other, "UPDATE sites SET code = 77 WHERE fid = 1", NULL, NULL, NULL), SQLITE_OK);
    read_good(f, "a.gpkg", NULL);
    assert_string_equal(cell(f, "code", 0), "77");
    assert_int_equal(access(at(f, "a.gpkg-wal"), F_OK), 0);
    sqlite3_close(other);
    put(f, "a.gpkg-wal", "left behind");
    read_bad(f, "a.gpkg", NULL, SMAP_E_BUSY, "open it in QGIS");
}

/* Damage anywhere gives all rows or a sentence: never a part of the rows, never a crash. */
static void damage(void **state) {
    fixture *f = *state;
    make(f, "a.gpkg");
    FILE *in = fopen(at(f, "a.gpkg"), "rb");
    static unsigned char data[1 << 20];
    size_t len = fread(data, 1, sizeof data, in);
    fclose(in);
    uint64_t seed = 42;
    for (int round = 0; round < 150; round++) {
        size_t where[4];
        unsigned char old[4];
        for (int k = 0; k < 4; k++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            where[k] = (size_t)(seed >> 20) % len;
            old[k] = data[where[k]];
            data[where[k]] ^= (unsigned char)(1 + (seed >> 8) % 255);
        }
        put_bytes(f, "b.gpkg", data, len);
        if (read_path(f, at(f, "b.gpkg"), NULL) == SMAP_OK)
            assert_int_equal(rows(f) + f->last.findings.by_severity[SMAP__REJECTED], 301);
        else
            assert_true(strlen(f->last.error.message) > 10);
        for (int k = 3; k >= 0; k--) data[where[k]] = old[k];
    }
    for (size_t cut = 0; cut < len; cut += 1000) {
        put_bytes(f, "b.gpkg", data, cut);
        assert_int_equal(read_path(f, at(f, "b.gpkg"), NULL), SMAP_E_FORMAT);
    }
}

/* A leaf page of a table of 20,000 rows that claims one row fewer: only the walk through the tree's pages can tell. */
static void lost_row(void **state) {
    fixture *f = *state;
    make(f, "a.gpkg");
    run_sql(f, "a.gpkg",
            "CREATE TABLE big (fid INTEGER PRIMARY KEY, x TEXT);"
            "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 20000) "
            "INSERT INTO big SELECT n, hex(n * 7919) FROM c;"
            "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('big', 'attributes', 'big')");
    smap_read_options options = SMAP_READ_OPTIONS_INIT;
    options.layer = "big";
    read_good(f, "a.gpkg", &options);
    assert_int_equal(rows(f), 20000);
    sqlite3 *db = NULL;
    sqlite3_stmt *query = NULL;
    assert_int_equal(sqlite3_open(at(f, "a.gpkg"), &db), SQLITE_OK);
    sqlite3_prepare_v2(db, "SELECT rootpage FROM sqlite_schema WHERE name = 'big'", -1, &query, NULL);
    assert_int_equal(sqlite3_step(query), SQLITE_ROW);
    long root = (long)sqlite3_column_int(query, 0);
    sqlite3_finalize(query);
    sqlite3_close(db);
    FILE *file = fopen(at(f, "a.gpkg"), "r+b");
    unsigned char head[14], cell[4];
    fseek(file, (root - 1) * 4096, SEEK_SET);
    assert_int_equal(fread(head, 1, sizeof head, file), sizeof head);
    assert_int_equal(head[0], 5); /* an inner page; its first cell begins with the page number of a leaf */
    fseek(file, (root - 1) * 4096 + (head[12] << 8 | head[13]), SEEK_SET);
    assert_int_equal(fread(cell, 1, sizeof cell, file), sizeof cell);
    long leaf = ((long)cell[2] << 8 | cell[3]) - 1;
    fseek(file, leaf * 4096 + 3, SEEK_SET);
    int high = fgetc(file), low = fgetc(file);
    fseek(file, leaf * 4096 + 4, SEEK_SET);
    fputc(low - 1, file);
    assert_int_equal(high, 0);
    fclose(file);
    read_bad(f, "a.gpkg", &options, SMAP_E_FORMAT, "is damaged");
}

static void schema_rules(void **state) {
    (void)state;
    static const struct {
        const char *type, *name, *sql;
        bool good;
    } known[] = {
        { "table", "edit", "CREATE TABLE edit (fid INTEGER)", true },
        { "table", "N/A", "CREATE TABLE \"N/A\" (fid INTEGER)", true },
        { "table", "map.geo", "CREATE TABLE \"map.geo\" (fid INTEGER)", true },
        { "table", "..", "CREATE TABLE \"..\" (fid INTEGER)", false },
        { "table", "a\nb", "CREATE TABLE x (fid INTEGER)", false },
        { "table", "t", "CREATE TABLE t (a TEXT DEFAULT (load_extension('x')))", false },
        { "table", "t", "CREATE TABLE t (a TEXT, b AS (\"readfile\" (a)))", false },
        { "table", "t", "CREATE TABLE t (a TEXT, b AS ([gdal_get_pixel_value]('x')))", false },
        { "table", "t", "CREATE TABLE t (a TEXT DEFAULT 'load_extension(1)')", true },
        { "index", "i", "CREATE INDEX i ON t (ogr_layer_FID(a))", false },
        { "trigger", "x", "CREATE TRIGGER x BEFORE INSERT ON t BEGIN SELECT RAISE(ABORT, 'no'); END", true },
        { "trigger", "x", "CREATE TRIGGER x AFTER INSERT ON t BEGIN INSERT INTO t VALUES (1); END", false },
        { "trigger", "x",
          "CREATE TRIGGER x AFTER INSERT ON t BEGIN INSERT OR REPLACE INTO \"rtree_t_g\" VALUES (1); END", true },
        { "trigger", "x", "CREATE TRIGGER x AFTER INSERT ON t BEGIN SELECT load_extension('x'); END", false },
        { "trigger", "x", "CREATE TRIGGER x AFTER INSERT ON t /* BEGIN */ BEGIN DELETE FROM t; END", false },
        { "view", "geometry_columns", "CREATE VIEW geometry_columns AS SELECT * FROM sites", false },
        { "view", "geometry_columns", "CREATE VIEW geometry_columns AS WITH x AS (SELECT 1) SELECT * FROM gpkg_x",
          false },
        { "table", "rtree_t_g", "CREATE VIRTUAL TABLE \"rtree_t_g\" USING rtree(id, minx, maxx, miny, maxy)", true },
        { "table", "rtree_t_g", "CREATE VIRTUAL TABLE rtree_t_g USING VirtualOGR('x', 'rtree(')", false },
        { "table", "f", "CREATE VIRTUAL TABLE f USING fts5(a)", false },
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        smap_error e = SMAP_ERROR_INIT;
        smap_status status = smap__gpkg_schema_check("x.gpkg", known[i].type, known[i].name, "t", known[i].sql, &e);
        if ((status == SMAP_OK) != known[i].good) fail_msg("%s: %s", known[i].sql, e.message);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(comes_back, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(types, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(chosen_columns, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(misfits, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(parts_join, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(uneven_ids, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(cancelled, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(hostile, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(old_template, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(lies, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(undefined_crs, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(broken_rows, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(encodings, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(wal, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(damage, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(lost_row, fixture_open, fixture_close),
        cmocka_unit_test(schema_rules),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
