/* One row per run: what was done, with what, and what came of it. Nothing in it depends on the machine, the folder, the
 * time or the number of threads: paths are relative to the workspace, the date is the one that the run was given. */
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/path.h"
#include "col/cell.h"
#include "geo/crs.h"
#include "geo/geos_bridge.h"
#include "io/source.h"
#include "io/versions.h"
#include "workspace/parts.h"

/* ---- inputs ---- */

/* The file on disk that "PATH|layername=NAME" or "ARCHIVE.zip/inner" lies in; NULL when it is none (out of memory is
 * told by *failed). */
static char *file_of(const char *spec, bool *failed) {
    char *path = smap__strndup(spec, strcspn(spec, "|"));
    *failed = !path;
    while (path && *path && !smap__path_is_file(path)) {
        char *slash = strrchr(path, '/');
        if (slash)
            *slash = '\0';
        else
            path[0] = '\0';
    }
    if (path && !*path) {
        smap__free(path);
        return NULL;
    }
    return path;
}

/* Files that were hashed: several layers of one, and members of one archive, are read for that once. */
typedef struct hashed {
    char *file;
    char hex[65];
    int64_t size;
} hashed;

typedef struct hashed_files {
    hashed *file;
    size_t count, capacity;
} hashed_files;

static smap_status hash_once(hashed_files *known, const char *file, const hashed **out, smap_error *err) {
    for (size_t k = 0; k < known->count; k++)
        if (strcmp(known->file[k].file, file) == 0) {
            *out = &known->file[k];
            return SMAP_OK;
        }
    if (!smap__grow(&known->file, &known->capacity, known->count + 1, sizeof *known->file))
        return smap__fail_memory(err);
    hashed *one = &known->file[known->count];
    smap_status status = smap__file_hash(file, one->hex, &one->size, err);
    if (status != SMAP_OK) return status;
    one->file = smap__strdup(file);
    if (!one->file) return smap__fail_memory(err);
    known->count++;
    *out = one;
    return SMAP_OK;
}

static void release_hashed(hashed_files *known) {
    for (size_t k = 0; k < known->count; k++) smap__free(known->file[k].file);
    smap__free(known->file);
}

static smap_status put_file(smap__str *json, hashed_files *known, const char *file, const char *folder,
                            smap_error *err) {
    const hashed *one = NULL;
    smap_status status = hash_once(known, file, &one, err);
    if (status != SMAP_OK) return status;
    char *relative = smap__path_relative(file, folder);
    if (!relative) return smap__fail_memory(err);
    smap__str_put(json, "\"path\":");
    smap__str_put_json(json, relative, strlen(relative));
    smap__str_printf(json, ",\"size\":%lld,\"sha256\":\"%s\"", (long long)one->size, one->hex);
    smap__free(relative);
    return SMAP_OK;
}

/* A Shapefile is several files: the others beside it, where they are there. */
static smap_status put_sidecars(smap__str *json, hashed_files *known, const char *file, const char *folder,
                                smap_error *err) {
    static const char *const extensions[] = { "dbf", "shx", "prj", "cpg" };
    if (!smap__path_has_extension(file, "shp")) return SMAP_OK;
    for (size_t i = 0; i < sizeof extensions / sizeof extensions[0]; i++) {
        smap__str name = SMAP__STR_INIT;
        smap_status status = SMAP_OK;
        smap__str_put_n(&name, file, strlen(file) - 3);
        smap__str_put(&name, extensions[i]);
        if (name.failed) {
            status = smap__fail_memory(err);
        } else if (smap__path_is_file(name.data)) {
            smap__str_put(json, ",{");
            status = put_file(json, known, name.data, folder, err);
            smap__str_put(json, "}");
        }
        smap__str_release(&name);
        if (status != SMAP_OK) return status;
    }
    return SMAP_OK;
}

static smap_status put_input(smap__str *json, hashed_files *known, const smap__run_input *input, const char *folder,
                             smap_error *err) {
    bool failed = false;
    smap_status status = SMAP_OK;
    char *file = file_of(input->path, &failed);
    if (failed) return smap__fail_memory(err);
    smap__str_put(json, "{");
    if (file)
        status = put_file(json, known, file, folder, err);
    else
        smap__str_put(json, "\"path\":null"); /* no file: what was named may hold a password */
    smap__str_put(json, ",\"layer\":");
    smap__str_put_json(json, input->layer ? input->layer : "", input->layer ? strlen(input->layer) : 0);
    smap__str_printf(json, ",\"rows\":%lld}", (long long)input->rows);
    if (status == SMAP_OK && file) status = put_sidecars(json, known, file, folder, err);
    smap__free(file);
    return status;
}

static smap_status put_inputs(smap__str *json, const smap__run *run, const char *workspace, smap_error *err) {
    smap_status status = SMAP_OK;
    hashed_files known = { 0 };
    char *folder = smap__path_folder(workspace);
    if (!folder) return smap__fail_memory(err);
    smap__str_put(json, "[");
    for (int i = 0; status == SMAP_OK && i < run->inputs; i++) {
        if (i) smap__str_put(json, ",");
        status = put_input(json, &known, &run->input[i], folder, err);
    }
    smap__str_put(json, "]");
    release_hashed(&known);
    smap__free(folder);
    return status == SMAP_OK && json->failed ? smap__fail_memory(err) : status;
}

static void put_version(smap__str *json, const char *name, const char *version) {
    smap__str_put_json(json, name, strlen(name));
    smap__str_put_char(json, ':');
    smap__str_put_json(json, version, strlen(version));
    smap__str_put_char(json, ',');
}

static smap_status put_versions(smap__str *json, smap_error *err) {
    smap__str_put_char(json, '{');
    put_version(json, "sitemap", smap_version());
    put_version(json, "geos", smap__geos_version());
    put_version(json, "proj", smap__proj_version());
    smap__io_versions(json);
    smap__str_put_char(json, '}');
    return json->failed ? smap__fail_memory(err) : SMAP_OK;
}

/* ---- the row ---- */

static smap_status next_id(const smap_layer *old, const char *path, int64_t *out, smap_error *err) {
    const smap_column *id = smap_table_find(old->table, "run_id");
    int64_t last = 0;
    for (int64_t i = 0; id && i < id->count; i++)
        if (!smap_column_is_null(id, i) && id->v.i[i] > last) last = id->v.i[i];
    if (last == INT64_MAX)
        return smap__fail(
            err, SMAP_E_LIMIT, path,
            "%s: layer provenance: the run_id %lld leaves no higher one for this run; correct it in QGIS and try again",
            path, (long long)last);
    *out = last + 1;
    return SMAP_OK;
}

static smap_status add_run(smap_ctx *ctx, smap__layer_rows *rows, int64_t id, int64_t date_ms, const smap__run *run,
                           const char *inputs, const char *versions, smap_error *err) {
    int model;
    smap_status status;
    SMAP_TRY(smap__model_version(ctx, &model, err), done);
    SMAP_TRY(smap__layer_rows_int(rows, "run_id", id, err), done);
    SMAP_TRY(smap__layer_rows_int(rows, "date", date_ms, err), done);
    SMAP_TRY(smap__layer_rows_text(rows, "command", run->command, err), done);
    SMAP_TRY(smap__layer_rows_text(rows, "options", run->options_json, err), done);
    SMAP_TRY(smap__layer_rows_text(rows, "inputs", inputs, err), done);
    SMAP_TRY(smap__layer_rows_int(rows, "rows_in", run->rows_in, err), done);
    SMAP_TRY(smap__layer_rows_int(rows, "rows_out", run->rows_out, err), done);
    SMAP_TRY(smap__layer_rows_int(rows, "rows_rejected", run->rows_rejected, err), done);
    SMAP_TRY(smap__layer_rows_text(rows, "result", run->result, err), done);
    SMAP_TRY(smap__layer_rows_text(rows, "versions", versions, err), done);
    SMAP_TRY(smap__layer_rows_int(rows, "model_version", model, err), done);
    status = smap__layer_rows_end(rows, err);
done:
    return status;
}

smap_status smap__provenance_after(smap_ctx *ctx, smap__workspace *workspace, const char *path, int64_t date_ms,
                                   const smap__run *run, const smap_layer **out, smap_error *err) {
    const smap__schema *schema = NULL;
    smap__layer_rows *rows = NULL;
    const smap_layer *old = NULL;
    smap__str inputs = SMAP__STR_INIT, versions = SMAP__STR_INIT;
    int64_t id = 1;
    smap_status status;
    SMAP_TRY(put_inputs(&inputs, run, path, err), done);
    SMAP_TRY(put_versions(&versions, err), done);
    SMAP_TRY(smap__schema_get(ctx, "provenance", &schema, err), done);
    SMAP_TRY(smap__layer_rows_new(schema, &rows, err), done);
    if (workspace) {
        SMAP_TRY(smap__workspace_read(workspace, "provenance", &old, err), done);
        for (int64_t i = 0; i < smap_table_rows(old->table); i++)
            SMAP_TRY(smap__layer_rows_copy(rows, old, i, err), done);
        SMAP_TRY(next_id(old, path, &id, err), done);
    }
    SMAP_TRY(add_run(ctx, rows, id, date_ms, run, inputs.data, versions.data, err), done);
    status = smap__layer_rows_finish(rows, out, err);
done:
    smap__str_release(&inputs);
    smap__str_release(&versions);
    smap__layer_rows_free(rows);
    smap_layer_free(old);
    return status;
}
