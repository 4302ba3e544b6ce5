#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/alloc.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "io/gpkg.h"

smap_status smap__gpkg_sqlite_fail(sqlite3 *db, int code, const char *path, smap_error *err) {
    int system = db ? sqlite3_system_errno(db) : 0;
    smap_status status;
    switch (code & 0xff) {
    case SQLITE_NOMEM:
        return smap__fail_memory(err);
    case SQLITE_FULL:
        status = smap__fail_write(err, path, ENOSPC);
        break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        status =
            smap__fail(err, SMAP_E_BUSY, path,
                       "%s is open for editing in another program; save and close it in QGIS, or use -o, where the "
                       "command has it, to write another file",
                       path);
        break;
    case SQLITE_READONLY:
    case SQLITE_PERM:
        status = smap__fail_write(err, path, EACCES);
        break;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
        status = smap__fail_write(err, path, system ? system : EIO);
        break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        status =
            smap__fail(err, SMAP_E_FORMAT, path,
                       "%s is damaged or no GeoPackage; use a backup copy, or write to another file with -o", path);
        break;
    case SQLITE_TOOBIG:
        status = smap__fail(err, SMAP_E_LIMIT, path, "%s: one value is larger than a GeoPackage can hold (1 GB)", path);
        break;
    default:
        status = smap__fail(err, SMAP_E_INTERNAL, path,
                            "%s: SQLite would not write it (error %d); nothing was replaced, please report this", path,
                            code);
    }
    if (err) err->foreign = code;
    return status;
}

smap_status smap__gpkg_fail(smap__gpkg *gpkg, int code, smap_error *err) {
    if ((code & 0xff) == SQLITE_INTERRUPT && gpkg->cancelled)
        return smap__fail(err, SMAP_E_CANCELLED, gpkg->target.path, "stopped as asked; %s is as it was",
                          gpkg->target.path);
    return smap__gpkg_sqlite_fail(gpkg->db, code, gpkg->target.path, err);
}

static char *compose(const char *format, va_list arguments) {
    return sqlite3_vmprintf(format, arguments);
}

smap_status smap__gpkg_exec(smap__gpkg *gpkg, smap_error *err, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *sql = compose(format, arguments);
    va_end(arguments);
    if (!sql) return smap__fail_memory(err);
    int code = sqlite3_exec(gpkg->db, sql, NULL, NULL, NULL);
    sqlite3_free(sql);
    return code == SQLITE_OK ? SMAP_OK : smap__gpkg_fail(gpkg, code, err);
}

/* Prepare and step once; *statement is left on the row, or NULL where there is none. Takes `sql`. */
static smap_status first_row(smap__gpkg *gpkg, char *sql, sqlite3_stmt **statement, smap_error *err) {
    *statement = NULL;
    if (!sql) return smap__fail_memory(err);
    int code = sqlite3_prepare_v2(gpkg->db, sql, -1, statement, NULL);
    sqlite3_free(sql);
    if (code == SQLITE_OK) code = sqlite3_step(*statement);
    if (code == SQLITE_ROW) return SMAP_OK;
    sqlite3_finalize(*statement);
    *statement = NULL;
    return code == SQLITE_DONE ? SMAP_OK : smap__gpkg_fail(gpkg, code, err);
}

smap_status smap__gpkg_int(smap__gpkg *gpkg, int64_t *out, int64_t fallback, smap_error *err, const char *format, ...) {
    sqlite3_stmt *statement;
    va_list arguments;
    va_start(arguments, format);
    char *sql = compose(format, arguments);
    va_end(arguments);
    smap_status status = first_row(gpkg, sql, &statement, err);
    if (status != SMAP_OK) return status;
    *out = statement ? sqlite3_column_int64(statement, 0) : fallback;
    sqlite3_finalize(statement);
    return SMAP_OK;
}

smap_status smap__gpkg_text(smap__gpkg *gpkg, char **out, smap_error *err, const char *format, ...) {
    sqlite3_stmt *statement;
    va_list arguments;
    va_start(arguments, format);
    char *sql = compose(format, arguments);
    va_end(arguments);
    smap_status status = first_row(gpkg, sql, &statement, err);
    if (status != SMAP_OK) return status;
    char *text = NULL;
    if (statement && sqlite3_column_type(statement, 0) != SQLITE_NULL) {
        text = smap__strdup((const char *)sqlite3_column_text(statement, 0));
        if (!text) status = smap__fail_memory(err);
    }
    sqlite3_finalize(statement);
    if (status == SMAP_OK) *out = text;
    return status;
}

/* SQLite asks this between steps of its work; a cancelled run is told apart from other interrupts by the flag. */
static int poll_cancel(void *user) {
    smap__gpkg *gpkg = user;
    gpkg->cancelled = smap__progress(gpkg->ctx, 0.0, NULL, NULL) != SMAP_OK;
    return gpkg->cancelled;
}

smap_status smap__gpkg_connect(smap__gpkg *gpkg, smap_error *err) {
    enum { STEPS_BETWEEN_POLLS = 1000000 };
    int code = sqlite3_open_v2(gpkg->temporary, &gpkg->db,
                               SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, NULL);
    if (code != SQLITE_OK) return smap__gpkg_fail(gpkg, code, err);
    sqlite3_extended_result_codes(gpkg->db, 1);
    sqlite3_db_config(gpkg->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(gpkg->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    sqlite3_db_config(gpkg->db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
    sqlite3_db_config(gpkg->db, SQLITE_DBCONFIG_ENABLE_FKEY, 0, NULL);
    sqlite3_progress_handler(gpkg->db, STEPS_BETWEEN_POLLS, poll_cancel, gpkg);
    /* The temporary is ours alone and thrown away on any failure: no journal, no syncing before the last one. */
    return smap__gpkg_exec(gpkg, err,
                           "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
                           "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384; PRAGMA mmap_size = 0;"
                           "PRAGMA cell_size_check = ON");
}
