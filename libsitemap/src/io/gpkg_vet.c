#include "io/gpkg_vet.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <sqlite3.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/byte_order.h"
#include "base/fail.h"
#include "base/str.h"
#include "io/budget.h"
#include "io/gpkg_schema.h"
#include "io/sqlite_file.h"

struct smap__gpkg_vet {
    sqlite3 *db;
    const char *path, *shown;
    bool immutable, logged; /* logged: in WAL mode, with its log beside it */
    double deadline;        /* seconds, monotonic; 0 = none */
    smap__arena arena;
    smap__gpkg_table *table;
    size_t tables, capacity;
    pthread_t thread;
    bool running;
    smap__gpkg_table *checked;
    bool walked;  /* quick_check has come to its second part */
    bool damaged; /* found by quick_check */
};

static double now_s(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int over_time(void *user) {
    const smap__gpkg_vet *vet = user;
    return vet->deadline > 0 && now_s() > vet->deadline;
}

static smap_status fail_sqlite(const smap__gpkg_vet *vet, sqlite3 *db, smap_error *err) {
    int code = sqlite3_errcode(db) & 0xFF;
    if (code == SQLITE_NOMEM) return smap__fail_memory(err);
    if (code == SQLITE_INTERRUPT)
        return smap__fail(err, SMAP_E_LIMIT, vet->shown, "%s: checking it took longer than %d s", vet->shown,
                          SMAP__BUDGET_VET_S);
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
        return smap__fail(err, SMAP_E_BUSY, vet->shown, "%s: another program is writing to it; save and close it there",
                          vet->shown);
    if (code == SQLITE_CANTOPEN || code == SQLITE_READONLY)
        return smap__fail(
            err, SMAP_E_BUSY, vet->shown,
            "%s: has unfinished changes beside it (-wal or -journal); open it in QGIS, save and close it there",
            vet->shown);
    if (code == SQLITE_IOERR)
        return smap__fail(err, SMAP_E_IO, vet->shown, "%s: reading failed; check the disk and try again", vet->shown);
    return smap__fail(err, SMAP_E_FORMAT, vet->shown,
                      "%s: is damaged; ask for it again, or export it anew from the program that made it", vet->shown);
}

/* ---- the file's first bytes ------------------------------------------------------------------------------------- */

/* Magic, length against the page count in the header (valid where its two change counters agree), and WAL mode. */
static smap_status check_header(smap__gpkg_vet *vet, const char *path, smap_error *err) {
    unsigned char h[100];
    FILE *file = fopen(path, "rb");
    if (!file) return smap__fail(err, SMAP_E_IO, vet->shown, "%s: cannot be opened for reading", vet->shown);
    size_t got = fread(h, 1, sizeof h, file);
    bool ended = fseeko(file, 0, SEEK_END) == 0;
    int64_t size = ended ? (int64_t)ftello(file) : -1;
    fclose(file);
    if (got < sizeof h || memcmp(h, SMAP__SQLITE_MAGIC, sizeof SMAP__SQLITE_MAGIC) != 0)
        return smap__fail(err, SMAP_E_FORMAT, vet->shown, "%s: is not a GeoPackage (not an SQLite file)", vet->shown);
    int64_t page = (int64_t)h[16] << 8 | h[17];
    if (page == 1) page = 65536;
    int64_t stated = page * (int64_t)smap__be32(h + 28);
    if (smap__be32(h + 24) == smap__be32(h + 92) && size >= 0 && size < stated)
        return smap__fail(err, SMAP_E_FORMAT, vet->shown,
                          "%s: is cut short: %lld of %lld bytes are there; copy or download it again", vet->shown,
                          (long long)size, (long long)stated);
    if (h[18] == 2 || h[19] == 2) {
        int64_t shm = -1, wal = -1;
        smap_status status = smap__sqlite_size_beside(path, "-shm", &shm, err);
        if (status == SMAP_OK) status = smap__sqlite_size_beside(path, "-wal", &wal, err);
        if (status != SMAP_OK) return status;
        bool shared = shm >= 0; /* open in a program now, or when one ended by force */
        if (!shared && wal > 0)
            return smap__fail(err, SMAP_E_BUSY, vet->shown,
                              "%s: has unfinished changes beside it (-wal); open it in QGIS, save and close it there",
                              vet->shown);
        vet->immutable = !shared;
        vet->logged = shared;
    }
    return SMAP_OK;
}

/* ---- the connection --------------------------------------------------------------------------------------------- */

static smap_status connect(const smap__gpkg_vet *vet, sqlite3 **out, smap_error *err) {
    char *uri = smap__sqlite_uri(vet->path, vet->immutable);
    if (!uri) return smap__fail_memory(err);
    sqlite3 *db = NULL;
    int code = sqlite3_open_v2(uri, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL);
    smap__free(uri);
    if (!db) return smap__fail_memory(err);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
    sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_busy_timeout(db, 2000);
    /* each page is read once: a small cache stays in the processor's own */
    if (code == SQLITE_OK)
        code =
            sqlite3_exec(db, "PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; PRAGMA cache_size=100", NULL, NULL, NULL);
    if (code == SQLITE_OK) {
        *out = db;
        return SMAP_OK;
    }
    smap_status status = fail_sqlite(vet, db, err);
    sqlite3_close(db);
    return status;
}

/* The change counter in the file's header, read through SQLite's own handle. */
static uint32_t change_counter(sqlite3 *db) {
    sqlite3_file *file = NULL;
    unsigned char b[4];
    if (sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK || !file || !file->pMethods)
        return 0;
    return file->pMethods->xRead(file, b, sizeof b, 24) == SQLITE_OK ? smap__be32(b) : 0;
}

smap_status smap__gpkg_vet_connect(const smap__gpkg_vet *vet, sqlite3 **out, uint32_t *stamp, smap_error *err) {
    sqlite3 *db = NULL;
    smap_status status = connect(vet, &db, err);
    if (status != SMAP_OK) return status;
    if (sqlite3_exec(db, "BEGIN; SELECT 1 FROM sqlite_schema LIMIT 1", NULL, NULL, NULL) != SQLITE_OK) {
        status = fail_sqlite(vet, db, err);
        sqlite3_close(db);
        return status;
    }
    *stamp = vet->logged ? 0 : change_counter(db);
    *out = db;
    return SMAP_OK;
}

static smap_status prepare(smap__gpkg_vet *vet, const char *sql, sqlite3_stmt **out, smap_error *err) {
    return sqlite3_prepare_v2(vet->db, sql, -1, out, NULL) == SQLITE_OK ? SMAP_OK : fail_sqlite(vet, vet->db, err);
}

static const char *text_at(sqlite3_stmt *query, int column) {
    return (const char *)sqlite3_column_text(query, column);
}

/* ---- schema ----------------------------------------------------------------------------------------------------- */

static smap_status check_schema(smap__gpkg_vet *vet, smap_error *err) {
    sqlite3_stmt *query = NULL;
    smap_status status = SMAP_OK;
    int64_t objects = 0;
    SMAP_TRY(prepare(vet, "SELECT type, name, tbl_name, sql FROM sqlite_schema", &query, err), done);
    int step;
    while ((step = sqlite3_step(query)) == SQLITE_ROW) {
        if (++objects > SMAP__BUDGET_SCHEMA_OBJECTS) {
            status = smap__fail(err, SMAP_E_LIMIT, vet->shown, "%s: has more than %d tables, indexes and triggers",
                                vet->shown, SMAP__BUDGET_SCHEMA_OBJECTS);
            goto done;
        }
        SMAP_TRY(smap__gpkg_schema_check(vet->shown, text_at(query, 0), text_at(query, 1), text_at(query, 2),
                                         text_at(query, 3), err),
                 done);
    }
    if (step != SQLITE_DONE) status = fail_sqlite(vet, vet->db, err);
done:
    sqlite3_finalize(query);
    return status;
}

bool smap__gpkg_vet_has_table(smap__gpkg_vet *vet, const char *name) {
    sqlite3_stmt *query = NULL;
    bool there = false;
    if (sqlite3_prepare_v2(vet->db, "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND lower(name) = lower(?1)", -1,
                           &query, NULL) == SQLITE_OK) {
        sqlite3_bind_text(query, 1, name, -1, SQLITE_TRANSIENT);
        there = sqlite3_step(query) == SQLITE_ROW;
    }
    sqlite3_finalize(query);
    return there;
}

/* "MULTIPOLYGON" as people write it. */
static const char *geometry_title(const char *name) {
    static const char *const title[] = {
        "Point",        "LineString",         "Polygon",      "MultiPoint",    "MultiLineString",
        "MultiPolygon", "GeometryCollection", "CurvePolygon", "CompoundCurve", "MultiSurface",
        "MultiCurve"
    };
    for (size_t i = 0; name && i < sizeof title / sizeof *title; i++)
        if (sqlite3_stricmp(name, title[i]) == 0) return title[i];
    return name && sqlite3_stricmp(name, "GEOMCOLLECTION") == 0 ? "GeometryCollection" : "Geometry";
}

static char *copy(smap__gpkg_vet *vet, const char *text) {
    return smap__arena_strdup(&vet->arena, text ? text : "");
}

/* One number from a query with one text parameter; `missing` where it gives no row. */
static int64_t number_of(smap__gpkg_vet *vet, const char *sql, const char *parameter, int64_t missing) {
    sqlite3_stmt *query = NULL;
    int64_t value = missing;
    if (sqlite3_prepare_v2(vet->db, sql, -1, &query, NULL) == SQLITE_OK) {
        if (parameter) sqlite3_bind_text(query, 1, parameter, -1, SQLITE_TRANSIENT);
        if (sqlite3_step(query) == SQLITE_ROW && sqlite3_column_type(query, 0) == SQLITE_INTEGER)
            value = sqlite3_column_int64(query, 0);
    }
    sqlite3_finalize(query);
    return value;
}

static smap_status add_table(smap__gpkg_vet *vet, sqlite3_stmt *query, smap_error *err) {
    if (!smap__grow(&vet->table, &vet->capacity, vet->tables + 1, sizeof *vet->table)) return smap__fail_memory(err);
    const char *column = text_at(query, 2);
    smap__gpkg_table t = { .name = copy(vet, text_at(query, 0)),
                           .description = copy(vet, text_at(query, 1)),
                           .geometry_column = column ? copy(vet, column) : NULL,
                           .geometry = column ? geometry_title(text_at(query, 3)) : "",
                           .srs_id = sqlite3_column_int64(query, 4),
                           .crs_name = copy(vet, text_at(query, 5)),
                           .crs_authority = copy(vet, text_at(query, 6)),
                           .crs_definition = copy(vet, text_at(query, 7)),
                           .stated_rows = -1,
                           .indexed_rows = -1 };
    if (!t.name || !t.description || !t.crs_name || !t.crs_authority || !t.crs_definition ||
        (column && !t.geometry_column))
        return smap__fail_memory(err);
    /* without the row id and the geometry */
    t.columns =
        (int)number_of(vet, "SELECT count(*) FROM pragma_table_info(?1) WHERE NOT (pk AND upper(type) = 'INTEGER')",
                       t.name, 0) -
        (column != NULL);
    vet->table[vet->tables++] = t;
    return SMAP_OK;
}

/* %s stands for gpkg_geometry_columns, or for nothing in a file of attributes alone, which need not have it. */
static const char tables_sql[] =
    "SELECT c.table_name, coalesce(nullif(c.description, ''), ''), g.column_name, g.geometry_type_name, "
    "coalesce(g.srs_id, 0), coalesce(CASE WHEN s.srs_id > 0 THEN s.srs_name END, ''), "
    "coalesce(CASE WHEN s.organization_coordsys_id > 0 THEN upper(s.organization) || ':' || s.organization_coordsys_id END, ''), "
    "coalesce(CASE WHEN s.srs_id > 0 THEN s.definition END, '') "
    "FROM gpkg_contents AS c LEFT JOIN %s AS g ON lower(g.table_name) = lower(c.table_name) "
    "LEFT JOIN gpkg_spatial_ref_sys AS s ON s.srs_id = g.srs_id "
    "WHERE c.data_type IN ('features', 'attributes', 'aspatial') "
    "AND lower(c.table_name) NOT IN ('layer_styles', 'qgis_projects', 'sitemap_meta') AND lower(c.table_name) NOT LIKE 'gpkg\\_%%' ESCAPE '\\' "
    "AND lower(c.table_name) IN (SELECT lower(name) FROM sqlite_schema WHERE type = 'table') ORDER BY c.rowid";

static smap_status list_tables(smap__gpkg_vet *vet, smap_error *err) {
    static const char *const needed[] = { "gpkg_contents", "gpkg_spatial_ref_sys" };
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (!smap__gpkg_vet_has_table(vet, needed[i]))
            return smap__fail(err, SMAP_E_FORMAT, vet->shown,
                              "%s: is an SQLite file but not a GeoPackage (no table %s)", vet->shown, needed[i]);
    bool features = smap__gpkg_vet_has_table(vet, "gpkg_geometry_columns");
    sqlite3_stmt *query = NULL;
    smap_status status = SMAP_OK;
    char *sql = sqlite3_mprintf(
        tables_sql, features
                        ? "gpkg_geometry_columns"
                        : "(SELECT '' AS table_name, NULL AS column_name, NULL AS geometry_type_name, 0 AS srs_id)");
    if (!sql) return smap__fail_memory(err);
    SMAP_TRY(prepare(vet, sql, &query, err), done);
    int step;
    while ((step = sqlite3_step(query)) == SQLITE_ROW) SMAP_TRY(add_table(vet, query, err), done);
    if (step != SQLITE_DONE) status = fail_sqlite(vet, vet->db, err);
done:
    sqlite3_finalize(query);
    sqlite3_free(sql);
    return status;
}

static void read_stated_counts(smap__gpkg_vet *vet) {
    if (!smap__gpkg_vet_has_table(vet, "gpkg_ogr_contents")) return;
    for (size_t i = 0; i < vet->tables; i++)
        vet->table[i].stated_rows =
            number_of(vet, "SELECT feature_count FROM gpkg_ogr_contents WHERE lower(table_name) = lower(?1)",
                      vet->table[i].name, -1);
}

smap_status smap__gpkg_vet_open(const char *path, const char *shown, smap__gpkg_vet **out, smap_error *err) {
    smap__gpkg_vet *vet = smap__zalloc(1, sizeof *vet);
    if (!vet) return smap__fail_memory(err);
    vet->path = path;
    vet->shown = shown;
    smap_status status = SMAP_OK;
    SMAP_TRY(check_header(vet, path, err), failed);
    SMAP_TRY(connect(vet, &vet->db, err), failed);
    vet->deadline = now_s() + SMAP__BUDGET_VET_S;
    sqlite3_progress_handler(vet->db, 10000, over_time, vet);
    SMAP_TRY(check_schema(vet, err), failed);
    SMAP_TRY(list_tables(vet, err), failed);
    read_stated_counts(vet);
    vet->deadline = 0;
    *out = vet;
    return SMAP_OK;
failed:
    smap__gpkg_vet_close(vet);
    return status;
}

void smap__gpkg_vet_close(smap__gpkg_vet *vet) {
    if (!vet) return;
    if (vet->running) pthread_join(vet->thread, NULL);
    sqlite3_close(vet->db);
    smap__free(vet->table);
    smap__arena_release(&vet->arena);
    smap__free(vet);
}

int smap__gpkg_vet_tables(const smap__gpkg_vet *vet) {
    return (int)vet->tables;
}
const smap__gpkg_table *smap__gpkg_vet_table(const smap__gpkg_vet *vet, int index) {
    return &vet->table[index];
}

smap_status smap__gpkg_vet_count(smap__gpkg_vet *vet, const char *table, int64_t *rows, smap_error *err) {
    char *sql = sqlite3_mprintf("SELECT count(*) FROM \"%w\"", table);
    if (!sql) return smap__fail_memory(err);
    sqlite3_stmt *query = NULL;
    smap_status status = SMAP_OK;
    SMAP_TRY(prepare(vet, sql, &query, err), done);
    if (sqlite3_step(query) == SQLITE_ROW)
        *rows = sqlite3_column_int64(query, 0);
    else
        status = fail_sqlite(vet, vet->db, err);
done:
    sqlite3_finalize(query);
    sqlite3_free(sql);
    return status;
}

/* ---- quick_check ------------------------------------------------------------------------------------------------ */

/* Rows in the R-tree of a table; -1 if it has none. */
static int64_t count_indexed(smap__gpkg_vet *vet, const smap__gpkg_table *t) {
    if (!t->geometry_column) return -1;
    char *name = sqlite3_mprintf("rtree_%s_%s_rowid", t->name, t->geometry_column);
    char *sql = name ? sqlite3_mprintf("SELECT count(*) FROM \"%w\"", name) : NULL;
    int64_t rows = sql && smap__gpkg_vet_has_table(vet, name) ? number_of(vet, sql, NULL, -1) : -1;
    sqlite3_free(name);
    sqlite3_free(sql);
    return rows;
}

bool smap__gpkg_vet_is_indexed(smap__gpkg_vet *vet, int table) {
    const smap__gpkg_table *t = &vet->table[table];
    if (t->stated_rows < 0 || count_indexed(vet, t) != t->stated_rows) return false;
    char *name = sqlite3_mprintf("rtree_%s_%s_insert", t->name, t->geometry_column);
    bool kept = name && number_of(vet,
                                  "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND lower(name) = "
                                  "lower(?1)",
                                  name, 0) == 1;
    sqlite3_free(name);
    return kept;
}

/* quick_check walks the tree of pages in one step of SQLite's machine, and then goes through the rows once more for NOT
 * NULL, which is of no interest here and costs as much again. This many steps are never reached before the walk has
 * ended (a test damages one page of a large table). */
enum { STEPS_AFTER_WALK = 1000 };

static int stop_after_walk(void *user) {
    smap__gpkg_vet *vet = user;
    vet->walked = true;
    return 1;
}

/* The table and its indexes only: a damaged page of another layer is no reason to refuse this one. */
static void *check_pages(void *user) {
    smap__gpkg_vet *vet = user;
    char *sql = sqlite3_mprintf("PRAGMA quick_check(%Q)", vet->checked->name);
    sqlite3_stmt *query = NULL;
    vet->walked = false;
    if (smap__sqlite_walks_in_one_step())
        sqlite3_progress_handler(vet->db, STEPS_AFTER_WALK, stop_after_walk, vet);
    else
        sqlite3_progress_handler(vet->db, 0, NULL, NULL);
    int code = sql ? sqlite3_prepare_v2(vet->db, sql, -1, &query, NULL) : SQLITE_NOMEM;
    if (code == SQLITE_OK) code = sqlite3_step(query);
    if (code == SQLITE_ROW)
        vet->damaged = strcmp(text_at(query, 0), "ok") != 0;
    else
        vet->damaged = code != SQLITE_INTERRUPT || !vet->walked;
    sqlite3_finalize(query);
    sqlite3_free(sql);
    sqlite3_progress_handler(vet->db, 0, NULL, NULL);
    vet->checked->indexed_rows = count_indexed(vet, vet->checked);
    return NULL;
}

smap_status smap__gpkg_vet_start(smap__gpkg_vet *vet, int table, smap_error *err) {
    vet->damaged = false;
    vet->checked = &vet->table[table];
    if (pthread_create(&vet->thread, NULL, check_pages, vet) != 0)
        return smap__fail(err, SMAP_E_NOMEM, vet->shown, "no thread could be started: memory ran out");
    vet->running = true;
    return SMAP_OK;
}

smap_status smap__gpkg_vet_wait(smap__gpkg_vet *vet, smap_error *err) {
    if (vet->running) pthread_join(vet->thread, NULL);
    vet->running = false;
    if (!vet->damaged) return SMAP_OK;
    return smap__fail(err, SMAP_E_FORMAT, vet->shown,
                      "%s: is damaged; ask for it again, or export it anew from the program that made it", vet->shown);
}
