/* Changing a GeoPackage that is there already. It is copied with SQLite's backup API (which respects locks), changed as
 * a temporary, checked, and copied back the same way: that is one transaction of SQLite's own, rolled back by whoever
 * opens the file next should we be killed in it. Renaming over the file would break readers and corrupt a file with a
 * -wal. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "io/gpkg.h"
#include "io/gpkg_schema.h"
#include "io/sqlite_file.h"

enum { BUSY_MS = 3000 };

static smap_status fail_busy(const char *path, smap_error *err) {
    return smap__gpkg_sqlite_fail(NULL, SQLITE_BUSY, path, err);
}

/* ---- what lies beside ---- */

smap_status smap__gpkg_check_alone(const char *path, smap_error *err) {
    static const char *const suffixes[] = { "-wal", "-journal" };
    for (int i = 0; i < 2; i++) {
        int64_t size = -1;
        smap_status status = smap__sqlite_size_beside(path, suffixes[i], &size, err);
        if (status != SMAP_OK) return status;
        if (size >= 0)
            return smap__fail(
                err, SMAP_E_REFUSED, path,
                "%s%s lies there, left over from another file of that name, and would damage a new one; move "
                "it away or choose another name",
                path, suffixes[i]);
    }
    return SMAP_OK;
}

/* Open for writing and read one page: SQLite then rolls back a journal that a killed program left. */
static int touch(const char *path) {
    sqlite3 *db = NULL;
    int code = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, NULL);
    if (code == SQLITE_OK) {
        sqlite3_busy_timeout(db, BUSY_MS);
        code = sqlite3_exec(db, "SELECT count(*) FROM sqlite_master", NULL, NULL, NULL);
    }
    sqlite3_close(db);
    return code;
}

smap_status smap__gpkg_recover(const char *path, smap_error *err) {
    char real[PATH_MAX]; /* SQLite's journals lie beside the file itself, not beside a link to it */
    int64_t journal = -1;
    if (!realpath(path, real)) return SMAP_OK; /* whoever reads it says what is wrong */
    smap_status status = smap__sqlite_size_beside(real, "-journal", &journal, err);
    if (status != SMAP_OK || journal < 0) return status;
    int code = touch(real);
    return code == SQLITE_OK ? SMAP_OK : smap__gpkg_sqlite_fail(NULL, code, path, err);
}

/* A -wal with something in it is an editing session, living or crashed. An empty one may be left from reading: the last
 * program to close the file removes it, so open and close it, and see. */
smap_status smap__gpkg_settle(const char *path, smap_error *err) {
    int64_t wal = -1;
    smap_status status = smap__sqlite_size_beside(path, "-wal", &wal, err);
    if (status != SMAP_OK) return status;
    if (wal == 0) {
        int code = touch(path);
        if (code != SQLITE_OK) return smap__gpkg_sqlite_fail(NULL, code, path, err);
        status = smap__sqlite_size_beside(path, "-wal", &wal, err);
        if (status != SMAP_OK) return status;
    }
    return wal >= 0 ? fail_busy(path, err) : smap__gpkg_recover(path, err);
}

enum { COUNTER_AT = 24 }; /* in SQLite's header */

static void stamp_stat(smap__gpkg_stamp *stamp, const struct stat *st) {
    stamp->size = st->st_size;
    stamp->mtime_s = st->st_mtim.tv_sec;
    stamp->mtime_ns = st->st_mtim.tv_nsec;
}

smap_status smap__gpkg_stamp_of(const char *path, smap__gpkg_stamp *out, smap_error *err) {
    struct stat st;
    smap__gpkg_stamp stamp = { 0 };
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return smap__fail(err, SMAP_E_IO, path, "%s: cannot be opened for reading; check its permissions", path);
    bool ok = fstat(fd, &st) == 0 && pread(fd, stamp.counter, sizeof stamp.counter, COUNTER_AT) >= 0;
    close(fd);
    if (!ok) return smap__fail(err, SMAP_E_IO, path, "%s: reading failed; check the disk and try again", path);
    stamp_stat(&stamp, &st);
    *out = stamp;
    return SMAP_OK;
}

/* The same of the file that a connection has open: through its own descriptor, since another one's close would drop the
 * locks. */
static bool stamp_open_file(sqlite3 *db, const char *path, smap__gpkg_stamp *out) {
    struct stat st;
    sqlite3_file *file = NULL;
    return stat(path, &st) == 0 && sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file) == SQLITE_OK &&
           file && file->pMethods->xRead(file, out->counter, sizeof out->counter, COUNTER_AT) == SQLITE_OK &&
           (stamp_stat(out, &st), true);
}

static smap_status check_stamp(const smap__gpkg *gpkg, const smap__gpkg_stamp *now, smap_error *err) {
    const smap__gpkg_stamp *then = &gpkg->stamp;
    const char *path = gpkg->target.path;
    if (now->size == then->size && now->mtime_s == then->mtime_s && now->mtime_ns == then->mtime_ns &&
        memcmp(now->counter, then->counter, sizeof now->counter) == 0)
        return SMAP_OK;
    return smap__fail(err, SMAP_E_BUSY, path,
                      "%s was changed by another program meanwhile; nothing was written, run the command again", path);
}

/* ---- the copy ---- */

static smap_status open_target(smap__gpkg *gpkg, sqlite3 **out, smap_error *err) {
    const char *path = gpkg->target.path;
    sqlite3 *db = NULL;
    int code = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, NULL);
    if (code == SQLITE_OK) {
        sqlite3_extended_result_codes(db, 1);
        sqlite3_busy_timeout(db, BUSY_MS);
        if (sqlite3_db_readonly(db, "main") == 1) code = SQLITE_READONLY;
    }
    /* Someone with unsaved changes holds the lock that this asks for. */
    if (code == SQLITE_OK) code = sqlite3_exec(db, "BEGIN IMMEDIATE; ROLLBACK", NULL, NULL, NULL);
    if (code != SQLITE_OK) {
        smap_status status = smap__gpkg_sqlite_fail(db, code, path, err);
        sqlite3_close(db);
        return status;
    }
    *out = db;
    return SMAP_OK;
}

/* SQLite retries nothing in a backup by itself, so a lock is waited for here. */
static int step_backup(sqlite3_backup *backup, int pages) {
    int code = sqlite3_backup_step(backup, pages);
    for (int waited = 0; (code == SQLITE_BUSY || code == SQLITE_LOCKED) && waited < BUSY_MS; waited += 50) {
        sqlite3_sleep(50);
        code = sqlite3_backup_step(backup, pages);
    }
    return code;
}

/* Copy all pages of the target into the temporary. */
static smap_status copy_out(smap__gpkg *gpkg, sqlite3 *from, smap_error *err) {
    sqlite3_backup *backup = sqlite3_backup_init(gpkg->db, "main", from, "main");
    if (!backup) return smap__gpkg_fail(gpkg, sqlite3_errcode(gpkg->db), err);
    int code = step_backup(backup, -1), end = sqlite3_backup_finish(backup);
    if (code == SQLITE_DONE) code = end;
    return code == SQLITE_OK ? SMAP_OK : smap__gpkg_sqlite_fail(NULL, code, gpkg->target.path, err);
}

/* Copy all pages of the temporary into the target: the first step takes the lock, under which the file is compared with
 * what it was once more; the last one commits. */
static smap_status copy_back(smap__gpkg *gpkg, sqlite3 *to, smap_error *err) {
    const char *path = gpkg->target.path;
    smap__gpkg_stamp now = { 0 };
    smap_status status = SMAP_OK;
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", gpkg->db, "main");
    if (!backup) return smap__gpkg_sqlite_fail(to, sqlite3_errcode(to), path, err);
    int code = step_backup(backup, 1);
    if (code == SQLITE_OK && gpkg->edit && stamp_open_file(to, path, &now)) status = check_stamp(gpkg, &now, err);
    if (code == SQLITE_OK && status == SMAP_OK) code = step_backup(backup, -1);
    int end = sqlite3_backup_finish(backup);
    if (status != SMAP_OK) return status;
    if (code == SQLITE_DONE) code = end;
    return code == SQLITE_OK ? SMAP_OK : smap__gpkg_sqlite_fail(to, code, path, err);
}

/* ---- what may not be in a file that we change ---- */

/* Triggers, views and virtual tables that are none of the GeoPackage's, GDAL's or QGIS's are refused as on reading: our
 * own connection runs none, but the next program that edits the file would. */
static smap_status vet_schema(smap__gpkg *gpkg, smap_error *err) {
    sqlite3_stmt *statement = NULL;
    smap_status status = SMAP_OK;
    int code =
        sqlite3_prepare_v2(gpkg->db, "SELECT type, name, tbl_name, sql FROM sqlite_master", -1, &statement, NULL);
    while (code == SQLITE_OK && status == SMAP_OK) {
        int step = sqlite3_step(statement);
        if (step == SQLITE_DONE) break;
        if (step != SQLITE_ROW) {
            code = step;
            break;
        }
        const char *text[4];
        for (int i = 0; i < 4; i++) text[i] = (const char *)sqlite3_column_text(statement, i);
        status = smap__gpkg_schema_check(gpkg->target.path, text[0], text[1], text[2], text[3], err);
    }
    if (code != SQLITE_OK) status = smap__gpkg_fail(gpkg, code, err);
    sqlite3_finalize(statement);
    return status;
}

static smap_status vet(smap__gpkg *gpkg, smap_error *err) {
    enum { GPKG = 0x47504B47, GP10 = 0x47503130, GP11 = 0x47503131 };
    const char *path = gpkg->target.path;
    int64_t id = 0;
    bool there = false;
    smap_status status;
    SMAP_TRY(smap__gpkg_int(gpkg, &id, 0, err, "PRAGMA application_id"), done);
    SMAP_TRY(smap__gpkg_has_table(gpkg, "gpkg_contents", &there, err), done);
    if ((id != GPKG && id != GP10 && id != GP11) || !there) {
        status =
            smap__fail(err, SMAP_E_FORMAT, path, "%s is an SQLite file but no GeoPackage; name another file", path);
        goto done;
    }
    SMAP_TRY(vet_schema(gpkg, err), done);
    status = smap__gpkg_create_tables(gpkg, err);
done:
    return status;
}

smap_status smap__gpkg_load(smap__gpkg *gpkg, const smap__gpkg_stamp *read, smap_error *err) {
    sqlite3 *from = NULL;
    smap__gpkg_stamp now;
    const char *path = gpkg->target.path;
    smap_status status;
    SMAP_TRY(smap__gpkg_settle(path, err), done);
    SMAP_TRY(smap__gpkg_stamp_of(path, &now, err), done);
    gpkg->stamp = read ? *read : now;
    SMAP_TRY(check_stamp(gpkg, &now, err), done);
    SMAP_TRY(open_target(gpkg, &from, err), done);
    SMAP_TRY(smap__gpkg_connect(gpkg, err), done);
    SMAP_TRY(copy_out(gpkg, from, err), done);
    status = vet(gpkg, err);
done:
    sqlite3_close(from);
    return status;
}

smap_status smap__gpkg_store(smap__gpkg *gpkg, smap_error *err) {
    sqlite3 *to = NULL;
    const char *path = gpkg->target.path;
    smap_status status;
    SMAP_TRY(smap__gpkg_settle(path, err), done);
    SMAP_TRY(open_target(gpkg, &to, err), done);
    SMAP_TRY(copy_back(gpkg, to, err), done);
done:
    if (sqlite3_close(to) != SQLITE_OK && status == SMAP_OK)
        status = smap__gpkg_sqlite_fail(NULL, SQLITE_IOERR, path, err);
    /* A copy that ends half way for want of room leaves its journal. Whoever opens the file next rolls it back, and
     * that had better be us, before somebody takes the file away without its journal. */
    if (status != SMAP_OK && to) smap__gpkg_recover(path, NULL);
    return status;
}
