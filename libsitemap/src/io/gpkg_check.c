/* What was written is read again before it is trusted. SQLite's quick_check does two things: it walks the trees of
 * pages, and then it goes through the rows of every table, whose headers must be readable and whose constraints must
 * hold. In a large file the walk and the rows of each table are looked at side by side, on connections of their own;
 * rows of a large table without constraints in slices of their keys, counted at the same time. */
#include <string.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "base/parallel.h"
#include "io/gpkg.h"
#include "io/sqlite_file.h"

enum { SLICE_ROWS = 1 << 18, SLICES_MOST = 64, STEPS_AFTER_WALK = 1000, STEPS_BETWEEN_POLLS = 1 << 20 };

typedef struct table {
    const char *name, *last; /* its last column: who decodes that has decoded the header of the row */
    bool plain;              /* no constraint is asked of its rows but that they have a key */
    int64_t first, end;      /* keys, about */
} table;

/* What one worker does at a time. */
typedef struct piece {
    int table; /* -1: the walk */
    int slice, slices;
    int64_t rows; /* found; -1: not counted */
} piece;

typedef struct work {
    smap__gpkg *gpkg;
    bool in_one; /* quick_check as it is, in one piece */
    smap__arena arena;
    table *tables;
    size_t table_count, table_capacity;
    piece *pieces;
    size_t piece_count, piece_capacity;
    sqlite3 **db; /* of each worker, once it has begun */
} work;

static smap_status fail_unsound(const smap__gpkg *gpkg, smap_error *err) {
    return smap__fail(err, SMAP_E_IO, gpkg->target.path,
                      "%s: what was written does not read back whole; nothing was replaced, check the disk",
                      gpkg->target.path);
}

static smap_status compare(const smap__gpkg *gpkg, const smap__gpkg_expected *e, int64_t rows, smap_error *err) {
    if (rows == e->rows) return SMAP_OK;
    return smap__fail(err, SMAP_E_INTERNAL, gpkg->target.path,
                      "%s: layer %s has %lld rows in place of %lld; nothing was replaced, please report this",
                      gpkg->target.path, e->table, (long long)rows, (long long)e->rows);
}

static smap_status count(smap__gpkg *gpkg, const smap__gpkg_expected *e, int64_t *rows, smap_error *err) {
    *rows = -1;
    return smap__gpkg_int(gpkg, rows, -1, err, "SELECT count(*) FROM \"%w\"", e->table);
}

/* ---- what there is to check ---- */

static smap_status take_table(work *w, sqlite3_stmt *row, smap_error *err) {
    if (!smap__grow(&w->tables, &w->table_capacity, w->table_count + 1, sizeof *w->tables))
        return smap__fail_memory(err);
    table *t = &w->tables[w->table_count++];
    *t = (table){ .name = smap__arena_strdup(&w->arena, (const char *)sqlite3_column_text(row, 0)),
                  .last = smap__arena_strdup(&w->arena, (const char *)sqlite3_column_text(row, 1)),
                  .plain = sqlite3_column_int(row, 2) };
    if (!t->name || !t->last) return smap__fail_memory(err);
    if (!t->plain) return SMAP_OK;
    smap_status status =
        smap__gpkg_int(w->gpkg, &t->first, 0, err, "SELECT ifnull(min(rowid), 0) FROM \"%w\"", t->name);
    return status == SMAP_OK
               ? smap__gpkg_int(w->gpkg, &t->end, 0, err, "SELECT ifnull(max(rowid), 0) FROM \"%w\"", t->name)
               : status;
}

static smap_status list_tables(work *w, smap_error *err) {
    static const char sql[] = "SELECT name, (SELECT name FROM pragma_table_xinfo(s.name) ORDER BY cid DESC LIMIT 1),"
                              " NOT (sql LIKE '%CHECK%' OR sql LIKE '%WITHOUT%' OR sql LIKE '%STRICT%' OR EXISTS ("
                              "SELECT 1 FROM pragma_table_xinfo(s.name) WHERE hidden OR pk > 1 OR lower(name) = 'rowid'"
                              " OR (\"notnull\" AND NOT (pk AND upper(type) = 'INTEGER'))))"
                              " FROM sqlite_schema s WHERE type = 'table' AND rootpage > 0 ORDER BY name";
    sqlite3_stmt *query = NULL;
    smap_status status = SMAP_OK;
    int code = sqlite3_prepare_v2(w->gpkg->db, sql, -1, &query, NULL);
    if (code == SQLITE_OK)
        while (status == SMAP_OK && (code = sqlite3_step(query)) == SQLITE_ROW) status = take_table(w, query, err);
    if (status == SMAP_OK && code != SQLITE_DONE) status = smap__gpkg_fail(w->gpkg, code, err);
    sqlite3_finalize(query);
    return status;
}

static smap_status add_pieces(work *w, int which, int slices, smap_error *err) {
    if (!smap__grow(&w->pieces, &w->piece_capacity, w->piece_count + (size_t)slices, sizeof *w->pieces))
        return smap__fail_memory(err);
    for (int k = 0; k < slices; k++) w->pieces[w->piece_count++] = (piece){ which, k, slices, -1 };
    return SMAP_OK;
}

static int slices_of(const table *t) {
    uint64_t keys = t->plain && t->end > t->first ? (uint64_t)t->end - (uint64_t)t->first : 0;
    uint64_t slices = keys / SLICE_ROWS + 1;
    return slices < SLICES_MOST ? (int)slices : SLICES_MOST;
}

static smap_status plan(work *w, smap_error *err) {
    if (w->in_one) return add_pieces(w, -1, 1, err);
    smap_status status = list_tables(w, err);
    if (status == SMAP_OK) status = add_pieces(w, -1, 1, err);
    for (size_t k = 0; k < w->table_count && status == SMAP_OK; k++)
        status = add_pieces(w, (int)k, slices_of(&w->tables[k]), err);
    return status;
}

/* ---- side by side ---- */

static int stop_after_walk(void *walked) {
    *(bool *)walked = true;
    return 1;
}

static int poll_cancel(void *ctx) {
    return smap__poll(ctx, NULL) != SMAP_OK;
}

static smap_status connect(const work *w, int worker, smap_error *err) {
    sqlite3 **db = &w->db[worker];
    if (*db) return SMAP_OK;
    int code = sqlite3_open_v2(w->gpkg->temporary, db,
                               SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, NULL);
    if (code == SQLITE_OK) {
        sqlite3_extended_result_codes(*db, 1);
        sqlite3_db_config(*db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
        code = sqlite3_exec(*db, "PRAGMA mmap_size = 0; PRAGMA cell_size_check = ON", NULL, NULL, NULL);
    }
    return code == SQLITE_OK ? SMAP_OK : smap__gpkg_sqlite_fail(*db, code, w->gpkg->target.path, err);
}

static char *sql_of(const work *w, const piece *p) {
    const table *t = p->table < 0 ? NULL : &w->tables[p->table];
    if (!t) return sqlite3_mprintf("PRAGMA quick_check(1)");
    if (p->slices == 1) return sqlite3_mprintf("PRAGMA quick_check(%Q)", t->name);
    uint64_t step = ((uint64_t)t->end - (uint64_t)t->first) / (uint64_t)p->slices;
    int64_t from = (int64_t)((uint64_t)t->first + (uint64_t)p->slice * step), to = (int64_t)((uint64_t)from + step);
    bool lowest = p->slice == 0, highest = p->slice + 1 == p->slices;
    return sqlite3_mprintf("SELECT count(typeof(\"%w\")) FROM \"%w\" NOT INDEXED WHERE rowid >= %lld AND rowid %s %lld",
                           t->last, t->name, lowest ? INT64_MIN : from, highest ? "<=" : "<", highest ? INT64_MAX : to);
}

static smap_status check_piece(int worker, int64_t chunk, void *user, smap_error *err) {
    const work *w = user;
    piece *p = &w->pieces[chunk];
    bool walk = p->table < 0, walked = false;
    sqlite3_stmt *query = NULL;
    smap_status status = connect(w, worker, err);
    if (status != SMAP_OK) return status;
    sqlite3 *db = w->db[worker];
    char *sql = sql_of(w, p);
    if (!sql) return smap__fail_memory(err);
    if (walk && !w->in_one)
        sqlite3_progress_handler(db, STEPS_AFTER_WALK, stop_after_walk, &walked);
    else
        sqlite3_progress_handler(db, STEPS_BETWEEN_POLLS, poll_cancel, w->gpkg->ctx);
    int code = sqlite3_prepare_v2(db, sql, -1, &query, NULL);
    if (code == SQLITE_OK) code = sqlite3_step(query);
    if (code == SQLITE_ROW && p->slices > 1)
        p->rows = sqlite3_column_int64(query, 0);
    else if (code == SQLITE_ROW && strcmp((const char *)sqlite3_column_text(query, 0), "ok") != 0)
        status = fail_unsound(w->gpkg, err);
    else if ((code & 0xff) == SQLITE_INTERRUPT && !walked)
        status = smap__fail(err, SMAP_E_CANCELLED, w->gpkg->target.path, "stopped as asked; %s is as it was",
                            w->gpkg->target.path);
    else if (code != SQLITE_ROW && !walked)
        status = smap__gpkg_sqlite_fail(db, code, w->gpkg->target.path, err);
    sqlite3_finalize(query);
    sqlite3_free(sql);
    return status;
}

/* As the slices of a table found it, or else asked for. */
static smap_status compare_rows(const work *w, const smap__gpkg_expected *e, smap_error *err) {
    int64_t rows = 0, sliced = 0;
    for (size_t k = 0; k < w->piece_count; k++) {
        const piece *p = &w->pieces[k];
        if (p->rows < 0 || sqlite3_stricmp(w->tables[p->table].name, e->table) != 0) continue;
        rows += p->rows;
        sliced++;
    }
    smap_status status = sliced ? SMAP_OK : count(w->gpkg, e, &rows, err);
    return status == SMAP_OK ? compare(w->gpkg, e, rows, err) : status;
}

/* In one piece: small files, one thread, or an SQLite in which the walk cannot be told from what follows. On a
 * connection of its own even so: that of the writer would answer from its memory. */
static smap_status check_pieces(smap__gpkg *gpkg, bool in_one, smap_error *err) {
    int workers = smap_ctx_threads(gpkg->ctx);
    work w = { .gpkg = gpkg, .in_one = in_one, .db = smap__zalloc((size_t)workers, sizeof *w.db) };
    smap_status status = SMAP_OK;
    if (!w.db) return smap__fail_memory(err);
    SMAP_TRY(plan(&w, err), done);
    /* others may read along from here on: nothing more is written to the temporary */
    SMAP_TRY(smap__gpkg_exec(gpkg, err, "PRAGMA locking_mode = NORMAL; SELECT 1 FROM sqlite_schema LIMIT 1"), done);
    SMAP_TRY(smap__parallel(gpkg->ctx, (int64_t)w.piece_count, check_piece, &w, err), done);
    for (size_t i = 0; i < gpkg->expecting; i++) SMAP_TRY(compare_rows(&w, &gpkg->expected[i], err), done);
done:
    for (int k = 0; k < workers; k++) sqlite3_close(w.db[k]);
    smap__free(w.db);
    smap__free(w.tables);
    smap__free(w.pieces);
    smap__arena_release(&w.arena);
    return status;
}

/* A file that QGIS left in the way of the write-ahead log: nobody else can read along while the writer has it. */
static smap_status check_by_writer(smap__gpkg *gpkg, smap_error *err) {
    char *verdict = NULL;
    smap_status status = smap__gpkg_text(gpkg, &verdict, err, "PRAGMA quick_check(1)");
    if (status != SMAP_OK) return status;
    if (!verdict || strcmp(verdict, "ok") != 0) status = fail_unsound(gpkg, err);
    smap__free(verdict);
    for (size_t i = 0; i < gpkg->expecting && status == SMAP_OK; i++) {
        int64_t rows;
        status = count(gpkg, &gpkg->expected[i], &rows, err);
        if (status == SMAP_OK) status = compare(gpkg, &gpkg->expected[i], rows, err);
    }
    return status;
}

static smap_status is_logged(smap__gpkg *gpkg, bool *logged, smap_error *err) {
    char *mode = NULL;
    smap_status status = smap__gpkg_text(gpkg, &mode, err, "PRAGMA journal_mode");
    *logged = mode && strcmp(mode, "wal") == 0;
    smap__free(mode);
    return status;
}

smap_status smap__gpkg_check(smap__gpkg *gpkg, smap_error *err) {
    int64_t most = 0;
    bool logged = false;
    smap_status status = is_logged(gpkg, &logged, err);
    if (status != SMAP_OK) return status;
    if (logged) return check_by_writer(gpkg, err);
    for (size_t i = 0; i < gpkg->expecting; i++)
        if (gpkg->expected[i].rows > most) most = gpkg->expected[i].rows;
    bool large = most >= SLICE_ROWS && smap_ctx_threads(gpkg->ctx) > 1;
    return check_pieces(gpkg, !large || !smap__sqlite_walks_in_one_step(), err);
}
