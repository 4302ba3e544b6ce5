/* Rows reach SQLite through an eponymous virtual table and one INSERT ... SELECT: the statement's cursor stays at the
 * end of the table from row to row, where binding and stepping an INSERT for each row would open it and search it anew.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "io/gpkg.h"

typedef struct feed_table {
    sqlite3_vtab base;
    const smap__feed *feed;
} feed_table;

typedef struct feed_cursor {
    sqlite3_vtab_cursor base;
    const smap__feed *feed;
    int64_t row;
} feed_cursor;

/* SQLite hands out pointers to the first member, as ours start with it. */
static feed_table *table_of(sqlite3_vtab *base) {
    return (feed_table *)(void *)base;
}

static feed_cursor *cursor_of(sqlite3_vtab_cursor *base) {
    return (feed_cursor *)(void *)base;
}

static int feed_connect(sqlite3 *db, void *user, int argc, const char *const *argv, sqlite3_vtab **out,
                        char **message) {
    (void)argc;
    (void)argv;
    (void)message;
    const smap__feed *feed = user;
    smap__str declaration = SMAP__STR_INIT;
    smap__str_put(&declaration, "CREATE TABLE feed(");
    for (int i = 0; i < feed->columns; i++) smap__str_printf(&declaration, i ? ", c%d" : "c%d", i);
    smap__str_put(&declaration, ")");
    int code = declaration.failed ? SQLITE_NOMEM : sqlite3_declare_vtab(db, declaration.data);
    smap__str_release(&declaration);
    if (code != SQLITE_OK) return code;
    feed_table *table = smap__zalloc(1, sizeof *table);
    if (!table) return SQLITE_NOMEM;
    table->feed = feed;
    *out = &table->base;
    return SQLITE_OK;
}

static int feed_disconnect(sqlite3_vtab *base) {
    smap__free(table_of(base));
    return SQLITE_OK;
}

static int feed_best_index(sqlite3_vtab *base, sqlite3_index_info *info) {
    info->estimatedRows = table_of(base)->feed->rows;
    info->estimatedCost = (double)info->estimatedRows;
    return SQLITE_OK;
}

static int feed_open(sqlite3_vtab *base, sqlite3_vtab_cursor **out) {
    feed_cursor *cursor = smap__zalloc(1, sizeof *cursor);
    if (!cursor) return SQLITE_NOMEM;
    cursor->feed = table_of(base)->feed;
    *out = &cursor->base;
    return SQLITE_OK;
}

static int feed_close(sqlite3_vtab_cursor *base) {
    smap__free(cursor_of(base));
    return SQLITE_OK;
}

static int feed_filter(sqlite3_vtab_cursor *base, int number, const char *text, int argc, sqlite3_value **argv) {
    (void)number;
    (void)text;
    (void)argc;
    (void)argv;
    cursor_of(base)->row = 0;
    return SQLITE_OK;
}

static int feed_next(sqlite3_vtab_cursor *base) {
    cursor_of(base)->row++;
    return SQLITE_OK;
}

static int feed_eof(sqlite3_vtab_cursor *base) {
    const feed_cursor *cursor = cursor_of(base);
    return cursor->row >= cursor->feed->rows;
}

static int feed_column(sqlite3_vtab_cursor *base, sqlite3_context *out, int column) {
    const feed_cursor *cursor = cursor_of(base);
    cursor->feed->value(cursor->feed->user, cursor->row, column, out);
    return SQLITE_OK;
}

static int feed_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *out) {
    *out = cursor_of(base)->row;
    return SQLITE_OK;
}

static const sqlite3_module feed_module = { .iVersion = 0,
                                            .xConnect = feed_connect,
                                            .xDisconnect = feed_disconnect,
                                            .xBestIndex = feed_best_index,
                                            .xOpen = feed_open,
                                            .xClose = feed_close,
                                            .xFilter = feed_filter,
                                            .xNext = feed_next,
                                            .xEof = feed_eof,
                                            .xColumn = feed_column,
                                            .xRowid = feed_rowid };

smap_status smap__gpkg_feed(smap__gpkg *gpkg, const char *table, const smap__feed *feed, smap_error *err) {
    static const char name[] = "sitemap_feed";
    smap__feed copy = *feed;
    int code = sqlite3_create_module_v2(gpkg->db, name, &feed_module, &copy, NULL);
    if (code != SQLITE_OK) return smap__gpkg_fail(gpkg, code, err);
    smap_status status = smap__gpkg_exec(gpkg, err, "INSERT INTO \"%w\" SELECT * FROM %s", table, name);
    code = sqlite3_create_module_v2(gpkg->db, name, NULL, NULL, NULL);
    if (code != SQLITE_OK && status == SMAP_OK) status = smap__gpkg_fail(gpkg, code, err);
    return status;
}
