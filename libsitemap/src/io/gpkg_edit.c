/* Changing a GeoPackage that is there already. It is copied with SQLite's backup API (which respects locks), changed as
 * a temporary, checked, and copied back the same way: that is one transaction of SQLite's own, rolled back by whoever
 * opens the file next should we be killed in it. Renaming over the file would break readers and corrupt a file with a
 * -wal. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "io/gpkg.h"

enum { BUSY_MS = 3000 };

static smap_status fail_busy(const char *path, smap_error *err) {
    return smap__gpkg_sqlite_fail(NULL, SQLITE_BUSY, path, err);
}

/* ---- what lies beside ---- */

/* Size of the file PATH SUFFIX, -1 where there is none. */
static smap_status size_beside(const char *path, const char *suffix, int64_t *out, smap_error *err) {
    struct stat st;
    smap__str name = SMAP__STR_INIT;
    smap__str_put(&name, path);
    smap__str_put(&name, suffix);
    if (name.failed) {
        smap__str_release(&name);
        return smap__fail_memory(err);
    }
    *out = lstat(name.data, &st) == 0 ? (int64_t)st.st_size : -1;
    smap__str_release(&name);
    return SMAP_OK;
}

smap_status smap__gpkg_check_alone(const char *path, smap_error *err) {
    static const char *const suffixes[] = { "-wal", "-journal" };
    for (int i = 0; i < 2; i++) {
        int64_t size = -1;
        smap_status status = size_beside(path, suffixes[i], &size, err);
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
    int64_t journal = -1;
    smap_status status = size_beside(path, "-journal", &journal, err);
    if (status != SMAP_OK || journal < 0) return status;
    int code = touch(path);
    return code == SQLITE_OK ? SMAP_OK : smap__gpkg_sqlite_fail(NULL, code, path, err);
}

/* A -wal with something in it is an editing session, living or crashed. An empty one may be left from reading: the last
 * program to close the file removes it, so open and close it, and see. */
smap_status smap__gpkg_settle(const char *path, smap_error *err) {
    int64_t wal = -1;
    smap_status status = size_beside(path, "-wal", &wal, err);
    if (status != SMAP_OK) return status;
    if (wal == 0) {
        int code = touch(path);
        if (code != SQLITE_OK) return smap__gpkg_sqlite_fail(NULL, code, path, err);
        status = size_beside(path, "-wal", &wal, err);
        if (status != SMAP_OK) return status;
    }
    return wal >= 0 ? fail_busy(path, err) : smap__gpkg_recover(path, err);
}

smap_status smap__gpkg_stamp_of(const char *path, smap__gpkg_stamp *out, smap_error *err) {
    enum { COUNTER_AT = 24 };
    struct stat st;
    smap__gpkg_stamp stamp = { 0 };
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return smap__fail(err, SMAP_E_IO, path, "%s: cannot be opened for reading; check its permissions", path);
    bool ok = fstat(fd, &st) == 0 && pread(fd, stamp.counter, sizeof stamp.counter, COUNTER_AT) >= 0;
    close(fd);
    if (!ok) return smap__fail(err, SMAP_E_IO, path, "%s: reading failed; check the disk and try again", path);
    stamp.size = st.st_size;
    stamp.mtime_s = st.st_mtim.tv_sec;
    stamp.mtime_ns = st.st_mtim.tv_nsec;
    *out = stamp;
    return SMAP_OK;
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

/* Copy all pages; SQLite retries nothing in a backup by itself, so a lock is waited for here. */
static int copy_pages(sqlite3 *to, sqlite3 *from) {
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
    if (!backup) return sqlite3_errcode(to);
    int code = sqlite3_backup_step(backup, -1);
    for (int waited = 0; (code == SQLITE_BUSY || code == SQLITE_LOCKED) && waited < BUSY_MS; waited += 50) {
        sqlite3_sleep(50);
        code = sqlite3_backup_step(backup, -1);
    }
    int end = sqlite3_backup_finish(backup);
    if (code == SQLITE_DONE) return end;
    return code;
}

/* ---- what may not be in a file that we change ---- */

/* Triggers of the GeoPackage templates and of GDAL and QGIS; anything else is code that a later edit would run. */
static const char foreign_triggers[] =
    "SELECT s.name FROM sqlite_master s WHERE s.type = 'trigger' AND NOT ("
    "(s.tbl_name GLOB 'gpkg_*' AND s.name GLOB 'gpkg_*' AND s.sql LIKE '%%SELECT RAISE(ABORT,%%' AND s.sql NOT LIKE "
    "'%%;%%;%%;%%') OR "
    "(s.name LIKE 'trigger_insert_feature_count_' || s.tbl_name AND s.sql LIKE '%%UPDATE gpkg_ogr_contents SET "
    "feature_count = feature_count + 1 WHERE lower(table_name) = lower(%%); END') OR "
    "(s.name LIKE 'trigger_delete_feature_count_' || s.tbl_name AND s.sql LIKE '%%UPDATE gpkg_ogr_contents SET "
    "feature_count = feature_count - 1 WHERE lower(table_name) = lower(%%); END') OR "
    "EXISTS (SELECT 1 FROM gpkg_geometry_columns g WHERE lower(s.tbl_name) = lower(g.table_name) AND "
    "(lower(s.name) = lower('rtree_' || g.table_name || '_' || g.column_name || '_insert') OR lower(s.name) = "
    "lower('rtree_' || g.table_name || '_' || g.column_name || '_delete') OR (substr(lower(s.name), 1, length(s.name) - 1) "
    "= lower('rtree_' || g.table_name || '_' || g.column_name || '_update') AND substr(s.name, -1) GLOB '[1-7]')))"
    ") LIMIT 1";

static smap_status vet(smap__gpkg *gpkg, smap_error *err) {
    enum { GPKG = 0x47504B47, GP10 = 0x47503130, GP11 = 0x47503131 };
    const char *path = gpkg->target.path;
    int64_t id = 0;
    char *trigger = NULL;
    bool there = false;
    smap_status status;
    SMAP_TRY(smap__gpkg_int(gpkg, &id, 0, err, "PRAGMA application_id"), done);
    SMAP_TRY(smap__gpkg_has_table(gpkg, "gpkg_contents", &there, err), done);
    if ((id != GPKG && id != GP10 && id != GP11) || !there) {
        status =
            smap__fail(err, SMAP_E_FORMAT, path, "%s is an SQLite file but no GeoPackage; name another file", path);
        goto done;
    }
    SMAP_TRY(smap__gpkg_create_tables(gpkg, err), done);
    SMAP_TRY(smap__gpkg_text(gpkg, &trigger, err, foreign_triggers), done);
    if (trigger)
        status =
            smap__fail(err, SMAP_E_REFUSED, path,
                       "%s holds a program of its own (trigger \"%s\") that would run when it is changed; remove the "
                       "trigger, or write to another file with -o",
                       path, trigger);
done:
    smap__free(trigger);
    return status;
}

/* SMAP_E_BUSY when the file is not as it was when it was read. */
static smap_status check_unchanged(const smap__gpkg *gpkg, smap_error *err) {
    smap__gpkg_stamp now;
    const smap__gpkg_stamp *then = &gpkg->stamp;
    const char *path = gpkg->target.path;
    smap_status status = smap__gpkg_stamp_of(path, &now, err);
    if (status != SMAP_OK) return status;
    if (now.size == then->size && now.mtime_s == then->mtime_s && now.mtime_ns == then->mtime_ns &&
        memcmp(now.counter, then->counter, sizeof now.counter) == 0)
        return SMAP_OK;
    return smap__fail(err, SMAP_E_BUSY, path,
                      "%s was changed by another program meanwhile; nothing was written, run the command again", path);
}

smap_status smap__gpkg_load(smap__gpkg *gpkg, const smap__gpkg_stamp *read, smap_error *err) {
    sqlite3 *from = NULL;
    smap_status status;
    SMAP_TRY(smap__gpkg_settle(gpkg->target.path, err), done);
    if (read)
        gpkg->stamp = *read;
    else
        SMAP_TRY(smap__gpkg_stamp_of(gpkg->target.path, &gpkg->stamp, err), done);
    SMAP_TRY(check_unchanged(gpkg, err), done);
    SMAP_TRY(open_target(gpkg, &from, err), done);
    SMAP_TRY(smap__gpkg_connect(gpkg, err), done);
    int code = copy_pages(gpkg->db, from);
    sqlite3_close(from);
    if (code != SQLITE_OK) return smap__gpkg_sqlite_fail(NULL, code, gpkg->target.path, err);
    status = vet(gpkg, err);
done:
    return status;
}

smap_status smap__gpkg_store(smap__gpkg *gpkg, smap_error *err) {
    sqlite3 *to = NULL;
    const char *path = gpkg->target.path;
    smap_status status;
    SMAP_TRY(smap__gpkg_settle(path, err), done);
    if (gpkg->edit) SMAP_TRY(check_unchanged(gpkg, err), done);
    SMAP_TRY(open_target(gpkg, &to, err), done);
    int code = copy_pages(to, gpkg->db);
    if (code != SQLITE_OK) status = smap__gpkg_sqlite_fail(to, code, path, err);
    code = sqlite3_close(to);
    if (status == SMAP_OK && code != SQLITE_OK) status = smap__gpkg_sqlite_fail(NULL, code, path, err);
done:
    return status;
}
