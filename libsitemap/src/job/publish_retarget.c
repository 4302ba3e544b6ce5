/* A QGIS project names the file that it lies in: renaming the file breaks it (QGIS issue 37440), and this mends it. */
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/path.h"
#include "io/gpkg_write.h"
#include "job/publish_parts.h"
#include "job/result.h"

/* Every "./OLD.gpkg" that a "|" or the end of the value follows; *count tells how many there were. */
static void replace_all(const char *text, const char *old, const char *new, smap__str *out, int *count) {
    size_t len = strlen(old);
    for (const char *at; (at = strstr(text, old)) != NULL; text = at + len) {
        bool is_file = at[len] == '|' || at[len] == '"' || at[len] == '<' || at[len] == '\0';
        smap__str_put_n(out, text, (size_t)(at - text));
        smap__str_put(out, is_file ? new : old);
        *count += is_file;
    }
    smap__str_put(out, text);
}

static void put_source(smap__str *out, const char *name) {
    smap__str_put(out, "./");
    smap__str_put_xml(out, name, strlen(name));
}

static smap_status renamed(const char *path, const char *old, const char *qgs, smap__str *out, int *count,
                           smap_error *err) {
    smap__str from = SMAP__STR_INIT, to = SMAP__STR_INIT;
    put_source(&from, old);
    put_source(&to, smap__path_name(path));
    if (!from.failed && !to.failed) replace_all(qgs, from.data, to.data, out, count);
    smap_status status = from.failed || to.failed || out->failed ? smap__fail_memory(err) : SMAP_OK;
    if (status == SMAP_OK && *count == 0)
        status = smap__fail(err, SMAP_E_FORMAT, path,
                            "%s: no layer of its QGIS project lies in a file %s beside it; was the project saved with "
                            "absolute paths? Publish the file anew",
                            path, old);
    smap__str_release(&from);
    smap__str_release(&to);
    return status;
}

/* Takes `gpkg`. */
static smap_status rewrite(smap__gpkg *gpkg, const char *path, const char *old, bool dry_run, int *count,
                           smap_error *err) {
    char *qgs = NULL;
    smap__str text = SMAP__STR_INIT;
    smap_status status;
    SMAP_TRY(smap__gpkg_get_project(gpkg, SMAP__PUBLISH_PROJECT, &qgs, err), done);
    SMAP_TRY(renamed(path, old, qgs, &text, count, err), done);
    if (dry_run) goto done;
    SMAP_TRY(smap__gpkg_put_project(gpkg, SMAP__PUBLISH_PROJECT, text.data, err), done);
    SMAP_TRY(smap__gpkg_put_meta(gpkg, SMAP__PUBLISH_FILE_KEY, smap__path_name(path), err), done);
    status = smap__gpkg_commit(gpkg, err);
    gpkg = NULL;
done:
    smap__gpkg_abandon(gpkg);
    smap__str_release(&text);
    smap__free(qgs);
    return status;
}

static smap_status check_ours(const char *path, char **old, smap_error *err) {
    if (!smap__path_has_extension(path, "gpkg"))
        return smap__fail(err, SMAP_E_ARGUMENT, path, "%s: a published GeoPackage ends in .gpkg", path);
    if (!smap__path_is_file(path))
        return smap__fail(err, SMAP_E_NOT_FOUND, path, "%s: there is no such file; name the published GeoPackage",
                          path);
    smap_status status = smap__gpkg_read_meta(path, SMAP__PUBLISH_FILE_KEY, old, err);
    if (status == SMAP_OK && !*old)
        status =
            smap__fail(err, SMAP_E_REFUSED, path,
                       "%s was not made by sitemap publish, and nothing in it is changed; save its project in QGIS "
                       "instead",
                       path);
    return status;
}

smap_status smap_publish_retarget(smap_ctx *ctx, const char *path, const smap_common *common, smap_result **out,
                                  smap_error *err) {
    static const smap_common defaults = SMAP_COMMON_INIT;
    if (!common) common = &defaults;
    smap_result *result = NULL;
    smap__gpkg *gpkg = NULL;
    char *old = NULL;
    int count = 0;
    smap__gpkg_options how = { .overwrite = true };
    smap_status status = smap__run_date(common, 0, &how.date_ms, err);
    if (status == SMAP_OK) status = check_ours(path, &old, err);
    if (status == SMAP_OK) status = smap__result_new(&result, err);
    if (status == SMAP_OK && strcmp(old, smap__path_name(path)) == 0)
        status = smap__result_note(result, err, "%s: its project names it as it is called already", path);
    else if (status == SMAP_OK) {
        status = smap__gpkg_edit(ctx, path, &how, &gpkg, err);
        if (status == SMAP_OK) status = rewrite(gpkg, path, old, common->dry_run, &count, err);
        if (status == SMAP_OK)
            status = smap__result_note(result, err, "%s: %s%d places of its project named %s", path,
                                       common->dry_run ? "dry run, nothing was written: " : "", count, old);
    }
    smap__free(old);
    return smap__result_end(result, status, out);
}
