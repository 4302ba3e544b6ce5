/* The life of a GeoPackage that is written: temporary, one transaction, checks, target. */
#include "io/gpkg_write.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "io/gpkg.h"
#include "io/sqlite_file.h"

static void gpkg_release(smap__gpkg *gpkg) {
    sqlite3_close(gpkg->db);
    smap__temporary_discard(gpkg->temporary, gpkg->fd);
    smap__target_release(&gpkg->target);
    for (size_t i = 0; i < gpkg->expecting; i++) smap__free(gpkg->expected[i].table);
    smap__free(gpkg->expected);
    smap__free(gpkg);
}

void smap__gpkg_abandon(smap__gpkg *gpkg) {
    if (gpkg) gpkg_release(gpkg);
}

static smap_status start(smap_ctx *ctx, const char *path, const smap__gpkg_options *options, bool overwrite,
                         smap__gpkg **out, smap_error *err) {
    smap_status status;
    smap__gpkg *gpkg = smap__zalloc(1, sizeof *gpkg);
    if (!gpkg) return smap__fail_memory(err);
    gpkg->ctx = ctx;
    gpkg->fd = -1;
    smap__format_timestamp(options->date_ms, gpkg->date);
    SMAP_TRY(smap__target_find(path, overwrite, &gpkg->target, err), fail);
    SMAP_TRY(smap__temporary_open(&gpkg->target, &gpkg->temporary, &gpkg->fd, err), fail);
    *out = gpkg;
    return SMAP_OK;
fail:
    gpkg_release(gpkg);
    return status;
}

/* Does a file begin as SQLite's do? */
static bool is_sqlite(const char *path) {
    char magic[sizeof SMAP__SQLITE_MAGIC] = "";
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    bool is =
        read(fd, magic, sizeof magic) == (ssize_t)sizeof magic && memcmp(magic, SMAP__SQLITE_MAGIC, sizeof magic) == 0;
    close(fd);
    return is;
}

/* Is the target a file that others may have open as a database? Then it is changed through SQLite, never renamed over.
 */
static bool is_database(const smap__gpkg *gpkg) {
    return gpkg->target.exists && (gpkg->edit || is_sqlite(gpkg->target.path));
}

smap_status smap__gpkg_create(smap_ctx *ctx, const char *path, const smap__gpkg_options *options, smap__gpkg **out,
                              smap_error *err) {
    smap__gpkg *gpkg = NULL;
    smap_status status = start(ctx, path, options, options->overwrite, &gpkg, err);
    if (status != SMAP_OK) return status;
    if (!is_database(gpkg)) SMAP_TRY(smap__gpkg_check_alone(gpkg->target.path, err), fail);
    SMAP_TRY(smap__gpkg_connect(gpkg, err), fail);
    /* application_id spells "GPKG", user_version says 1.2. */
    SMAP_TRY(smap__gpkg_exec(gpkg, err,
                             "PRAGMA page_size = %d; PRAGMA encoding = 'UTF-8'; PRAGMA application_id = 1196444487;"
                             "PRAGMA user_version = 10200; BEGIN",
                             options->page_size ? options->page_size : 4096),
             fail);
    SMAP_TRY(smap__gpkg_create_tables(gpkg, err), fail);
    *out = gpkg;
    return SMAP_OK;
fail:
    gpkg_release(gpkg);
    return status;
}

smap_status smap__gpkg_edit(smap_ctx *ctx, const char *path, const smap__gpkg_options *options, smap__gpkg **out,
                            smap_error *err) {
    smap__gpkg *gpkg = NULL;
    smap_status status = start(ctx, path, options, true, &gpkg, err);
    if (status != SMAP_OK) return status;
    if (!gpkg->target.exists) {
        status = smap__fail(err, SMAP_E_NOT_FOUND, path,
                            "%s: there is no such file; check the path or make it with new", path);
        goto fail;
    }
    gpkg->edit = true;
    SMAP_TRY(smap__gpkg_load(gpkg, options->read, err), fail);
    SMAP_TRY(smap__gpkg_exec(gpkg, err, "BEGIN"), fail);
    *out = gpkg;
    return SMAP_OK;
fail:
    gpkg_release(gpkg);
    return status;
}

/* ---- commit ---- */

static smap_status publish(smap__gpkg *gpkg, smap_error *err) {
    if (is_database(gpkg)) return smap__gpkg_store(gpkg, err);
    smap_status status = smap__gpkg_check_alone(gpkg->target.path, err);
    if (status != SMAP_OK) return status;
    int code = sqlite3_close(gpkg->db);
    gpkg->db = NULL;
    if (code != SQLITE_OK) return smap__gpkg_sqlite_fail(NULL, code, gpkg->target.path, err);
    char *temporary = gpkg->temporary;
    int fd = gpkg->fd;
    gpkg->temporary = NULL;
    gpkg->fd = -1;
    return smap__temporary_publish(&gpkg->target, temporary, fd, SMAP__MODE_PRIVATE, err);
}

smap_status smap__gpkg_commit(smap__gpkg *gpkg, smap_error *err) {
    smap_status status;
    SMAP_TRY(smap__gpkg_exec(gpkg, err, "COMMIT"), done);
    SMAP_TRY(smap__gpkg_check(gpkg, err), done);
    status = publish(gpkg, err);
done:
    gpkg_release(gpkg);
    return status;
}
