/* Reading our key-value table. */
#include <sqlite3.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/path.h"
#include "io/gpkg_vet.h"
#include "io/gpkg_write.h"

static smap_status query_meta(sqlite3 *db, const char *path, const char *key, char **value, smap_error *err) {
    sqlite3_stmt *statement = NULL;
    char *text = NULL;
    smap_status status = SMAP_OK;
    int code = sqlite3_prepare_v2(db, "SELECT value FROM sitemap_meta WHERE key = ?", -1, &statement, NULL);
    if (code == SQLITE_OK) {
        sqlite3_bind_text(statement, 1, key, -1, SQLITE_STATIC);
        code = sqlite3_step(statement);
    }
    if (code == SQLITE_ROW && sqlite3_column_type(statement, 0) != SQLITE_NULL) {
        text = smap__strdup((const char *)sqlite3_column_text(statement, 0));
        if (!text) status = smap__fail_memory(err);
    }
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        status = smap__fail(err, SMAP_E_FORMAT, path,
                            "%s: its table sitemap_meta cannot be read; use a backup copy of the workspace", path);
    sqlite3_finalize(statement);
    if (status == SMAP_OK) *value = text;
    return status;
}

/* Through a vetted connection, which leaves nothing beside a file in WAL mode. */
smap_status smap__gpkg_read_meta(const char *path, const char *key, char **value, smap_error *err) {
    smap__gpkg_vet *vet = NULL;
    char *absolute = smap__path_absolute(path), *text = NULL;
    sqlite3 *db = NULL;
    uint32_t stamp;
    if (!absolute) return smap__fail_memory(err);
    smap_status status = smap__gpkg_vet_open(absolute, path, &vet, err);
    if (status != SMAP_OK) goto done;
    if (smap__gpkg_vet_has_table(vet, "sitemap_meta")) {
        status = smap__gpkg_vet_connect(vet, &db, &stamp, err);
        if (status == SMAP_OK) status = query_meta(db, path, key, &text, err);
    }
    sqlite3_close(db);
    smap__gpkg_vet_close(vet);
    if (status == SMAP_OK) *value = text;
done:
    smap__free(absolute); /* the vet borrows it */
    return status;
}
