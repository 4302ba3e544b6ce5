#include "workspace/workspace.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "base/path.h"
#include "geo/crs.h"
#include "io/gpkg_write.h"
#include "io/source.h"
#include "workspace/conform.h"
#include "workspace/parts.h"
#include "workspace/unkept.h"

void smap__workspace_free(smap__workspace *workspace) {
    if (!workspace) return;
    smap__gate_free(workspace->gate);
    smap__migration_free(workspace->migration);
    smap__arena_release(&workspace->arena);
    smap__free(workspace->path);
    smap__free(workspace);
}

smap_status smap__workspace_list(smap__workspace *workspace, smap_error *err) {
    smap__source *source = NULL;
    smap_status status = smap__source_open(workspace->ctx, workspace->path, NULL, &source, err);
    if (status != SMAP_OK) return status;
    int count = smap__source_layers(source);
    const char **names = smap__arena_alloc(&workspace->arena, ((size_t)count + 1) * sizeof *names);
    if (!names) status = smap__fail_memory(err);
    for (int i = 0; status == SMAP_OK && i < count; i++) {
        names[i] = smap__arena_strdup(&workspace->arena, smap__source_layer_at(source, i)->name);
        if (!names[i]) status = smap__fail_memory(err);
    }
    smap__source_close(source);
    if (status != SMAP_OK) return status;
    workspace->layer = names;
    workspace->layers = count;
    if (!smap__path_has_extension(workspace->path, "gpkg")) return SMAP_OK;
    return smap__gpkg_stamp_of(workspace->path, &workspace->stamp, err);
}

/* The model version that the file states; today's for a dataset that is no workspace of ours. */
static smap_status read_version(smap__workspace *workspace, smap_error *err) {
    int today;
    int64_t stated;
    char *text = NULL;
    smap_status status = smap__model_version(workspace->ctx, &today, err);
    if (status != SMAP_OK) return status;
    workspace->version = today;
    if (!smap__path_has_extension(workspace->path, "gpkg")) return SMAP_OK;
    SMAP_TRY(smap__gpkg_read_meta(workspace->path, "model_version", &text, err), done);
    if (!text) return SMAP_OK;
    if (!smap__parse_int(text, strlen(text), &stated) || stated < 0 || stated > 1000000) {
        status = smap__fail(err, SMAP_E_FORMAT, workspace->path,
                            "%s: its model version \"%s\" is no number; use a backup copy", workspace->path, text);
        goto done;
    }
    workspace->version = (int)stated;
    if (stated != today)
        status = smap__migration_new(workspace->ctx, workspace->path, (int)stated, today, &workspace->migration, err);
done:
    smap__free(text);
    return status;
}

/* Anything else that is wrong with the file is said when it is opened. */
static smap_status check_there(const char *path, smap_error *err) {
    struct stat st;
    if (lstat(path, &st) == 0 || errno != ENOENT) return SMAP_OK;
    return smap__fail(err, SMAP_E_NOT_FOUND, path,
                      "%s: there is no such workspace; a new one is made by: sitemap new %s", path, path);
}

smap_status smap__workspace_open(smap_ctx *ctx, const char *path, smap__workspace **out, smap_error *err) {
    smap_status status;
    smap__workspace *workspace = smap__zalloc(1, sizeof *workspace);
    if (!workspace) return smap__fail_memory(err);
    workspace->ctx = ctx;
    workspace->path = smap__strdup(path);
    if (!workspace->path) {
        status = smap__fail_memory(err);
        goto fail;
    }
    if (smap__path_has_extension(path, "gpkg")) {
        SMAP_TRY(check_there(path, err), fail);
        SMAP_TRY(smap__gpkg_recover(path, err), fail);
    }
    SMAP_TRY(smap__workspace_list(workspace, err), fail);
    SMAP_TRY(read_version(workspace, err), fail);
    *out = workspace;
    return SMAP_OK;
fail:
    smap__workspace_free(workspace);
    return status;
}

bool smap__workspace_has(const smap__workspace *workspace, const char *layer) {
    const char *name = smap__migration_layer(workspace->migration, layer);
    for (int i = 0; i < workspace->layers; i++)
        if (strcmp(workspace->layer[i], name) == 0) return true;
    return false;
}

int smap__workspace_layers(const smap__workspace *workspace) {
    return workspace->layers;
}

const char *smap__workspace_layer_at(const smap__workspace *workspace, int index) {
    return workspace->layer[index];
}

bool smap__workspace_is_older(const smap__workspace *workspace, const char *name) {
    const smap__schema *const *schema = NULL;
    int count = 0;
    if (smap__schema_all(workspace->ctx, &schema, &count, NULL) != SMAP_OK) return false;
    for (int i = 0; i < count; i++)
        if (strcmp(smap__migration_layer(workspace->migration, schema[i]->name), name) == 0) return true;
    return false;
}

/* The schema's columns, and positions in longitude and latitude. */
static smap_status adopt(smap_ctx *ctx, const smap__schema *schema, const smap__migration *migration,
                         const smap_layer *raw, const smap_layer **out, smap_error *err) {
    const smap_layer *conformed = NULL;
    const smap_crs *wgs84 = NULL;
    const smap_geometry *geometry = NULL;
    int64_t lost = 0;
    smap_status status = smap__conform(ctx, schema, migration, raw, &conformed, err);
    if (status != SMAP_OK || !raw->geometry) {
        if (status == SMAP_OK) *out = conformed;
        return status;
    }
    SMAP_TRY(smap__crs_wgs84(ctx, &wgs84, err), done);
    SMAP_TRY(smap_geometry_transform(ctx, raw->geometry, wgs84, &geometry, &lost, err), done);
    if (lost)
        smap__log(ctx, SMAP_LOG_WARNING,
                  "layer %s: %lld positions lie outside their coordinate reference system and "
                  "are left out",
                  raw->name, (long long)lost);
    status = smap_layer_new(schema->name, conformed->table, geometry, conformed->fid, out, err);
done:
    smap_geometry_free(geometry);
    smap_crs_free(wgs84);
    smap_layer_free(conformed);
    return status;
}

smap_status smap__workspace_adopt(smap_ctx *ctx, const char *layer, const smap_layer *raw, const smap_layer **out,
                                  smap_error *err) {
    const smap__schema *schema = NULL;
    smap_status status = smap__schema_get(ctx, layer, &schema, err);
    return status == SMAP_OK ? adopt(ctx, schema, NULL, raw, out, err) : status;
}

/* What a part needs, by the names that the file has. */
typedef struct part_columns {
    const smap__part *part;
    const smap__schema *schema;
    const smap__migration *migration;
} part_columns;

static bool is_needed(const void *user, const char *name) {
    const part_columns *c = user;
    for (int i = 0; i < c->schema->fields; i++) {
        const char *field = c->schema->field[i].name;
        if (strcmp(smap__migration_column(c->migration, c->schema->name, field), name) == 0)
            return c->part->needs(c->part->user, field);
    }
    return c->part->needs(c->part->user, name);
}

/* `part` NULL: all of it. */
static smap_status read_part(smap__workspace *workspace, const char *layer, const smap__part *part,
                             const smap_layer **out, bool *in_frame, smap_error *err) {
    const smap__schema *schema = NULL;
    smap__source *source = NULL;
    const smap_layer *raw = NULL;
    smap__findings findings = SMAP__FINDINGS_INIT;
    smap_read_options options = SMAP_READ_OPTIONS_INIT;
    smap_status status = smap__schema_get(workspace->ctx, layer, &schema, err);
    if (status != SMAP_OK) return status;
    if (!smap__workspace_has(workspace, layer)) return smap__conform_empty(workspace->ctx, schema, out, err);
    const part_columns columns = { part, schema, workspace->migration };
    const smap__column_choice choice = { is_needed, &columns, true };
    options.layer = smap__migration_layer(workspace->migration, layer);
    SMAP_TRY(smap__source_open(workspace->ctx, workspace->path, &options, &source, err), done);
    if (part) smap__source_narrow(source, &choice);
    if (part) smap__source_frame(source, part->frame);
    SMAP_TRY(smap__source_read(source, options.layer, &findings, &raw, err), done);
    *in_frame = smap__source_is_part(source);
    SMAP_TRY(smap__unkept_note(workspace, schema, raw, &findings, err), done);
    SMAP_TRY(smap__schema_repeat_found(&workspace->arena, schema, raw->table, &schema, err), done);
    status = adopt(workspace->ctx, schema, workspace->migration, raw, out, err);
done:
    smap__findings_release(&findings);
    smap_layer_free(raw);
    smap__source_close(source);
    return status;
}

smap_status smap__workspace_read(smap__workspace *workspace, const char *layer, const smap_layer **out,
                                 smap_error *err) {
    bool in_frame;
    return read_part(workspace, layer, NULL, out, &in_frame, err);
}

static smap_status teach(smap__workspace *workspace, smap__gate *gate, smap_error *err) {
    smap_status status = SMAP_OK;
    const char *wanted;
    for (int i = 0; status == SMAP_OK && (wanted = smap__gate_wants(gate, i)); i++) {
        const smap_layer *layer = NULL;
        status = smap__workspace_read(workspace, wanted, &layer, err);
        if (status == SMAP_OK) status = smap__gate_learn(gate, layer, err);
        smap_layer_free(layer);
    }
    return status;
}

smap_status smap__workspace_gate(smap__workspace *workspace, const smap__audience *audience, smap__gate **out,
                                 smap_error *err) {
    smap__gate *gate = NULL;
    if (workspace->gate && smap__gate_audience(workspace->gate) == audience) {
        *out = workspace->gate;
        return SMAP_OK;
    }
    smap_status status = smap__gate_new(workspace->ctx, audience, &gate, err);
    if (status == SMAP_OK) status = teach(workspace, gate, err);
    if (status != SMAP_OK) {
        smap__gate_free(gate);
        return status;
    }
    smap__gate_free(workspace->gate);
    *out = workspace->gate = gate;
    return SMAP_OK;
}

smap_status smap__workspace_view_part(smap__workspace *workspace, const smap__audience *audience, const char *layer,
                                      const smap__part *part, const smap_layer **out, bool *in_frame, smap_error *err) {
    const smap__schema *schema = NULL;
    const smap_layer *read = NULL;
    smap__gate *gate = NULL;
    if (!smap__audience_sees_all(audience)) part = NULL;
    *in_frame = false;
    smap_status status = smap__schema_get(workspace->ctx, layer, &schema, err);
    if (status == SMAP_OK) status = smap__workspace_gate(workspace, audience, &gate, err);
    if (status == SMAP_OK) status = read_part(workspace, layer, part, &read, in_frame, err);
    if (status == SMAP_OK) status = smap__gate_view(gate, schema, read, out, err);
    smap_layer_free(read);
    return status;
}

const smap_table *smap__workspace_marks(const smap__workspace *workspace, const char *layer) {
    return workspace->gate ? smap__gate_marks(workspace->gate, layer) : NULL;
}

smap_status smap__workspace_view(smap__workspace *workspace, const smap__audience *audience, const char *layer,
                                 const smap_layer **out, smap_error *err) {
    bool in_frame;
    return smap__workspace_view_part(workspace, audience, layer, NULL, out, &in_frame, err);
}
