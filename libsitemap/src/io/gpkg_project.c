/* QGIS's own table of projects: the text of a .qgs in a zip, as hexadecimal text. */
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "io/budget.h"
#include "io/gpkg.h"
#include "io/zip_store.h"

static void put_hex(smap__str *out, const char *bytes, size_t len) {
    static const char digit[] = "0123456789abcdef";
    for (size_t i = 0; i < len; i++) {
        smap__str_put_char(out, digit[(unsigned char)bytes[i] >> 4]);
        smap__str_put_char(out, digit[(unsigned char)bytes[i] & 15]);
    }
}

static smap_status insert_project(smap__gpkg *gpkg, const char *name, const char *facts, const smap__str *hex,
                                  smap_error *err) {
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(gpkg->db, "INSERT OR REPLACE INTO qgis_projects(name,metadata,content) VALUES(?,?,?)",
                                  -1, &statement, NULL);
    if (code == SQLITE_OK) {
        sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC);
        sqlite3_bind_text(statement, 2, facts, -1, SQLITE_STATIC);
        sqlite3_bind_text64(statement, 3, hex->data, hex->len, SQLITE_STATIC, SQLITE_UTF8);
        code = sqlite3_step(statement);
    }
    smap_status status = code == SQLITE_DONE ? SMAP_OK : smap__gpkg_fail(gpkg, code, err);
    sqlite3_finalize(statement);
    return status;
}

smap_status smap__gpkg_put_project(smap__gpkg *gpkg, const char *name, const char *qgs, smap_error *err) {
    smap__str zip = SMAP__STR_INIT, hex = SMAP__STR_INIT, entry = SMAP__STR_INIT, facts = SMAP__STR_INIT;
    smap_status status = smap__gpkg_exec(
        gpkg, err, "CREATE TABLE IF NOT EXISTS qgis_projects(name TEXT PRIMARY KEY, metadata BLOB, content BLOB)");
    if (status != SMAP_OK) return status;
    smap__str_printf(&entry, "%s.qgs", name);
    /* QGIS writes local time without a zone and without fractions. */
    smap__str_printf(&facts, "{\"last_modified_time\": \"%.19s\", \"last_modified_user\": \"sitemap\" }", gpkg->date);
    if (!entry.failed) smap__zip_store(&zip, &(smap__zip_entry){ entry.data, qgs, strlen(qgs) }, 1);
    if (!zip.failed) put_hex(&hex, zip.data, zip.len);
    if (entry.failed || facts.failed || zip.failed || hex.failed)
        status = smap__fail_memory(err);
    else
        status = insert_project(gpkg, name, facts.data, &hex, err);
    smap__str_release(&zip);
    smap__str_release(&hex);
    smap__str_release(&entry);
    smap__str_release(&facts);
    return status;
}

static int nibble(char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

static bool from_hex(const char *hex, smap__str *out) {
    size_t len = strlen(hex);
    if (len == 0 || len % 2) return false;
    for (size_t i = 0; i < len; i += 2) {
        int high = nibble(hex[i]), low = nibble(hex[i + 1]);
        if (high < 0 || low < 0) return false;
        smap__str_put_char(out, (char)(high << 4 | low));
    }
    return true;
}

smap_status smap__gpkg_get_project(smap__gpkg *gpkg, const char *name, char **qgs, smap_error *err) {
    char *hex = NULL;
    int64_t hex_len = 0;
    bool there = false;
    size_t len = 0;
    smap__str zip = SMAP__STR_INIT;
    smap_status status = smap__gpkg_has_table(gpkg, "qgis_projects", &there, err);
    if (status == SMAP_OK && there)
        status =
            smap__gpkg_int(gpkg, &hex_len, 0, err, "SELECT length(content) FROM qgis_projects WHERE name = %Q", name);
    if (status == SMAP_OK && hex_len / 2 > (int64_t)SMAP__BUDGET_PROJECT_BYTES)
        status = smap__fail(err, SMAP_E_LIMIT, gpkg->target.path,
                            "%s: its QGIS project has more than %lld MB, which none of a published file has; publish "
                            "the file anew",
                            gpkg->target.path, (long long)(SMAP__BUDGET_PROJECT_BYTES >> 20));
    if (status == SMAP_OK && there)
        status = smap__gpkg_text(gpkg, &hex, err, "SELECT content FROM qgis_projects WHERE name = %Q", name);
    if (status == SMAP_OK && !hex)
        status = smap__fail(err, SMAP_E_NOT_FOUND, gpkg->target.path,
                            "%s has no QGIS project of ours in it; it is made by: sitemap publish WS -o OUT.gpkg",
                            gpkg->target.path);
    if (status == SMAP_OK && !from_hex(hex, &zip))
        status = smap__fail(err, SMAP_E_FORMAT, gpkg->target.path,
                            "%s: its QGIS project is damaged; publish the file anew", gpkg->target.path);
    if (status == SMAP_OK && zip.failed) status = smap__fail_memory(err);
    if (status == SMAP_OK)
        status = smap__zip_first(gpkg->target.path, zip.data, zip.len, SMAP__BUDGET_PROJECT_BYTES, qgs, &len, err);
    smap__str_release(&zip);
    smap__free(hex);
    return status;
}
