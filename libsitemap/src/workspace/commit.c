/* Everything that a run changes goes into the file in one commit: its layers, its findings, its provenance row. All
 * that is read from the file is read before it is opened for writing. */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/path.h"
#include "io/gpkg_write.h"
#include "workspace/layer_out.h"
#include "workspace/parts.h"
#include "workspace/unkept.h"

typedef struct plan { /* what the file is to hold besides the change itself */
    smap_ctx *ctx;
    smap__change *change;
    const smap_layer *finding, *provenance;
    smap__change_item *migrated; /* layers of an older model, read by today's names */
    size_t migrations;
} plan;

static void plan_release(plan *p) {
    smap_layer_free(p->finding);
    smap_layer_free(p->provenance);
    for (size_t i = 0; i < p->migrations; i++) smap_layer_free(p->migrated[i].content);
    smap__free(p->migrated);
}

/* ---- the plan: everything that must be read first ---- */

static bool is_put(const smap__change *change, const smap__schema *schema) {
    for (size_t i = 0; change && i < change->items; i++)
        if (strcmp(change->item[i].schema->name, schema->name) == 0) return true;
    return false;
}

static smap_status read_older(plan *p, smap__workspace *workspace, smap_error *err) {
    const smap__schema *const *schemas = NULL;
    int count = 0;
    smap_status status = smap__schema_all(p->ctx, &schemas, &count, err);
    if (status != SMAP_OK) return status;
    p->migrated = smap__zalloc((size_t)count + 1, sizeof *p->migrated);
    if (!p->migrated) return smap__fail_memory(err);
    for (int i = 0; i < count; i++) {
        if (is_put(p->change, schemas[i]) || !smap__workspace_has(workspace, schemas[i]->name)) continue;
        smap__change_item *item = &p->migrated[p->migrations];
        status = smap__workspace_read(workspace, schemas[i]->name, &item->content, err);
        if (status == SMAP_OK) status = smap__unkept_check(workspace, schemas[i], err);
        if (status == SMAP_OK)
            status = smap__schema_repeat_found(&workspace->arena, schemas[i], item->content->table, &item->schema, err);
        if (status != SMAP_OK) return status;
        p->migrations++;
    }
    return SMAP_OK;
}

static smap_status make_plan(plan *p, smap__workspace *workspace, const char *path, const smap__run *run,
                             smap_error *err) {
    smap_status status;
    SMAP_TRY(
        smap__provenance_after(p->ctx, workspace, path, p->change ? p->change->date_ms : 0, run, &p->provenance, err),
        done);
    if (p->change && p->change->finding) SMAP_TRY(smap__findings_after(workspace, p->change, &p->finding, err), done);
    if (workspace && workspace->migration) status = read_older(p, workspace, err);
done:
    return status;
}

/* ---- writing ---- */

static smap_status put_named(smap_ctx *ctx, smap__gpkg *gpkg, const char *name, const smap_layer *content,
                             smap_error *err) {
    const smap__schema *schema = NULL;
    smap_status status = smap__schema_get(ctx, name, &schema, err);
    return status == SMAP_OK ? smap__layer_out(ctx, gpkg, schema, content, err) : status;
}

static smap_status put_migrated(const plan *p, smap__gpkg *gpkg, const smap__workspace *workspace, smap_error *err) {
    for (size_t i = 0; i < p->migrations; i++) {
        const smap__schema *schema = p->migrated[i].schema;
        smap_status status = smap__layer_out(p->ctx, gpkg, schema, p->migrated[i].content, err);
        if (status != SMAP_OK) return status;
    }
    const smap__schema *const *schemas = NULL;
    int count = 0;
    smap_status status = smap__schema_all(p->ctx, &schemas, &count, err);
    for (int i = 0; status == SMAP_OK && i < count; i++) {
        const char *older = smap__migration_layer(workspace->migration, schemas[i]->name);
        if (strcmp(older, schemas[i]->name) != 0 && smap__workspace_has(workspace, schemas[i]->name))
            status = smap__gpkg_drop_layer(gpkg, older, err);
    }
    return status;
}

static smap_status put_meta(smap_ctx *ctx, smap__gpkg *gpkg, smap_error *err) {
    int version;
    char text[16];
    smap_status status = smap__model_version(ctx, &version, err);
    if (status != SMAP_OK) return status;
    snprintf(text, sizeof text, "%d", version);
    return smap__gpkg_put_meta(gpkg, "model_version", text, err);
}

/* Takes `gpkg`. */
static smap_status write_all(const plan *p, smap__gpkg *gpkg, const smap__workspace *workspace, smap_error *err) {
    smap_status status;
    const smap__change *change = p->change;
    if (workspace && workspace->migration) SMAP_TRY(put_migrated(p, gpkg, workspace, err), fail);
    for (size_t i = 0; change && i < change->items; i++)
        SMAP_TRY(smap__layer_out(p->ctx, gpkg, change->item[i].schema, change->item[i].content, err), fail);
    if (p->finding) SMAP_TRY(put_named(p->ctx, gpkg, "finding", p->finding, err), fail);
    SMAP_TRY(put_named(p->ctx, gpkg, "provenance", p->provenance, err), fail);
    for (size_t i = 0; change && i < change->styles; i++) {
        const smap__styled *s = &change->style[i];
        smap_error why = SMAP_ERROR_INIT;
        status = smap__gpkg_put_style(gpkg, s->layer, s->name, "", s->qml, s->sld, &why);
        if (status == SMAP_OK || status == SMAP_E_NOT_FOUND) continue; /* a layer nobody has put needs no style */
        if (err) *err = why;
        goto fail;
    }
    SMAP_TRY(put_meta(p->ctx, gpkg, err), fail);
    return smap__gpkg_commit(gpkg, err);
fail:
    smap__gpkg_abandon(gpkg);
    return status;
}

smap_status smap__workspace_commit(smap__workspace *workspace, smap__change *change, const smap__run *run,
                                   smap_error *err) {
    plan p = { .ctx = workspace->ctx, .change = change };
    const smap__gpkg_options how = { .overwrite = true,
                                     .date_ms = change ? change->date_ms : 0,
                                     .read = &workspace->stamp };
    smap__gpkg *gpkg = NULL;
    smap_status status;
    if (!smap__path_has_extension(workspace->path, "gpkg"))
        return smap__fail(
            err, SMAP_E_REFUSED, workspace->path,
            "%s is no GeoPackage, and nothing else is written into; name a GeoPackage, or make one: sitemap "
            "new NAME.gpkg",
            workspace->path);
    for (size_t i = 0; change && i < change->items; i++)
        SMAP_TRY(smap__unkept_check(workspace, change->item[i].schema, err), done);
    SMAP_TRY(make_plan(&p, workspace, workspace->path, run, err), done);
    SMAP_TRY(smap__gpkg_edit(workspace->ctx, workspace->path, &how, &gpkg, err), done);
    SMAP_TRY(write_all(&p, gpkg, workspace, err), done);
    smap__migration_free(workspace->migration);
    workspace->migration = NULL;
    SMAP_TRY(smap__model_version(workspace->ctx, &workspace->version, err), done);
    status = smap__workspace_list(workspace, err);
done:
    plan_release(&p);
    return status;
}

smap_status smap__workspace_create(smap_ctx *ctx, const char *path, bool overwrite, smap__change *change,
                                   const smap__run *run, smap_error *err) {
    plan p = { .ctx = ctx, .change = change };
    const smap__gpkg_options how = { .overwrite = overwrite, .date_ms = change ? change->date_ms : 0 };
    smap__gpkg *gpkg = NULL;
    smap_status status;
    if (!smap__path_has_extension(path, "gpkg"))
        return smap__fail(err, SMAP_E_ARGUMENT, path,
                          "%s: a workspace is a GeoPackage; give it a name that ends in .gpkg", path);
    SMAP_TRY(make_plan(&p, NULL, path, run, err), done);
    SMAP_TRY(smap__gpkg_create(ctx, path, &how, &gpkg, err), done);
    status = write_all(&p, gpkg, NULL, err);
done:
    plan_release(&p);
    return status;
}
