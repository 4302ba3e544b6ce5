#include "job/publish_layers.h"

#include <string.h>

#include "base/alloc.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "model/schema_repeat.h"

void smap__publish_layers_release(smap__publish_layers *layers) {
    for (int i = 0; i < layers->count; i++) {
        smap_layer_free(layers->item[i].view);
        smap__style_free(layers->item[i].style);
    }
    smap__free(layers->item);
    smap__str_release(&layers->kept_back);
    smap__str_release(&layers->foreign);
    smap__arena_release(&layers->arena);
    *layers = (smap__publish_layers){ 0 };
}

static void list(smap__str *names, const char *name) {
    if (names->len) smap__str_put(names, ", ");
    smap__str_put(names, name);
}

/* The schema without what the audience may not see, so that nothing is said of columns that are not there. */
static smap_status narrow(smap__arena *arena, const smap__schema *whole, const smap_table *table,
                          const smap__schema **out, smap_error *err) {
    const smap__schema *all = NULL;
    smap_status status = smap__schema_repeat_found(arena, whole, table, &all, err);
    if (status != SMAP_OK) return status;
    smap__schema *narrowed = smap__arena_alloc(arena, sizeof *narrowed);
    smap__field *field = smap__arena_alloc(arena, ((size_t)all->fields + 1) * sizeof *field);
    if (!narrowed || !field) return smap__fail_memory(err);
    *narrowed = *all;
    narrowed->field = field;
    narrowed->fields = 0;
    for (int i = 0; i < all->fields; i++)
        if (smap_table_find(table, all->field[i].name)) field[narrowed->fields++] = all->field[i];
    *out = narrowed;
    return SMAP_OK;
}

/* Takes `view`. */
static smap_status add(smap_ctx *ctx, smap__publish_layers *layers, const smap__schema *schema, const smap_layer *view,
                       smap_error *err) {
    smap__publish_layer *item = &layers->item[layers->count++];
    *item = (smap__publish_layer){ .view = view, .shapes = smap__layer_shapes(view) };
    smap_status status = narrow(&layers->arena, schema, view->table, &item->schema, err);
    if (status == SMAP_OK) status = smap__layer_style(ctx, schema->name, &layers->style.look, &item->style, err);
    return status;
}

static smap_status read_all(smap_ctx *ctx, smap__workspace *workspace, const smap__audience *audience,
                            smap__publish_layers *layers, smap_error *err) {
    const smap__schema *const *schema = NULL;
    int count = 0;
    smap_status status = smap__schema_all(ctx, &schema, &count, err);
    for (int i = 0; i < count && status == SMAP_OK; i++) {
        const smap_layer *view = NULL;
        smap_error why = SMAP_ERROR_INIT;
        if (!smap__workspace_has(workspace, schema[i]->name)) continue;
        status = smap__progress(ctx, 0.3 * i / count, "reading", err);
        if (status != SMAP_OK) return status;
        if (smap__audience_covers(audience, schema[i]->name) != SMAP__COVER_SHOWN) {
            list(&layers->kept_back, schema[i]->name);
            continue;
        }
        status = smap__workspace_view(workspace, audience, schema[i]->name, &view, &why);
        if (status == SMAP_E_REFUSED) {
            list(&layers->kept_back, schema[i]->name);
            status = SMAP_OK;
        } else if (status != SMAP_OK) {
            if (err) *err = why;
        } else if (smap_table_rows(view->table) == 0) {
            smap_layer_free(view);
        } else {
            status = add(ctx, layers, schema[i], view, err);
        }
    }
    return status;
}

/* A layer that was asked for shows no rows: because it has none, or because none of them is for the audience. */
static smap_status fail_no_rows(smap__workspace *workspace, const smap__audience *audience, const char *name,
                                smap_error *err) {
    const smap_layer *stored = NULL;
    smap_status status = smap__workspace_read(workspace, name, &stored, err);
    if (status != SMAP_OK) return status;
    bool empty = smap_table_rows(stored->table) == 0;
    smap_layer_free(stored);
    if (empty)
        return smap__fail(err, SMAP_E_NOT_FOUND, name,
                          "layer %s has no rows in this workspace; leave it out, or fill it first (sitemap import, or "
                          "the command that computes it)",
                          name);
    return smap__fail(
        err, SMAP_E_REFUSED, name,
        "layer %s has rows, but none that the audience \"%s\" may see, by the rules of data/audiences.json; "
        "leave it out, or fill in the columns that those rules ask for",
        name, smap__audience_name(audience));
}

static smap_status read_named(smap_ctx *ctx, smap__workspace *workspace, const smap__audience *audience,
                              const char *name, smap__publish_layers *layers, smap_error *err) {
    const smap__schema *schema = NULL;
    const smap_layer *view = NULL;
    smap_status status = smap__schema_get(ctx, name, &schema, err);
    if (status != SMAP_OK || smap__publish_layer_find(layers, name)) return status;
    if (smap__audience_covers(audience, name) == SMAP__COVER_WITHHELD)
        return smap__fail(err, SMAP_E_REFUSED, name,
                          "layer %s is not for the audience \"%s\", by the rules of data/audiences.json; leave it out",
                          name, smap__audience_name(audience));
    status = smap__workspace_view(workspace, audience, name, &view, err);
    if (status != SMAP_OK) return status;
    if (smap_table_rows(view->table) > 0) return add(ctx, layers, schema, view, err);
    smap_layer_free(view);
    return fail_no_rows(workspace, audience, name, err);
}

static void list_foreign(smap_ctx *ctx, const smap__workspace *workspace, smap__publish_layers *layers) {
    for (int i = 0; i < smap__workspace_layers(workspace); i++) {
        const char *name = smap__workspace_layer_at(workspace, i);
        const smap__schema *schema;
        if (smap__schema_get(ctx, name, &schema, NULL) != SMAP_OK && !smap__workspace_is_older(workspace, name))
            list(&layers->foreign, name);
    }
}

static smap_status check_any(const smap__publish_layers *layers, smap_error *err) {
    if (layers->kept_back.failed || layers->foreign.failed) return smap__fail_memory(err);
    if (layers->count) return SMAP_OK;
    if (layers->kept_back.len)
        return smap__fail(err, SMAP_E_REFUSED, "audience",
                          "no layer is left for this audience: it may not see %s; choose another audience",
                          layers->kept_back.data);
    return smap__fail(err, SMAP_E_NOT_FOUND, "layer",
                      "there is nothing to publish: no layer of the workspace has a row; sitemap import fills it");
}

smap_status smap__publish_layers_read(smap_ctx *ctx, smap__workspace *workspace, const smap__audience *audience,
                                      const smap_publish_options *options, smap__publish_layers *layers,
                                      smap_error *err) {
    const smap__schema *const *schema = NULL;
    int count = 0;
    smap_status status = smap__schema_all(ctx, &schema, &count, err);
    if (status != SMAP_OK) return status;
    layers->item = smap__zalloc((size_t)count + 1, sizeof *layers->item);
    if (!layers->item) return smap__fail_memory(err);
    status = smap__style_choose(ctx, options->palette, options->icons, &layers->arena, &layers->style, err);
    if (status == SMAP_OK && options->layers == 0) status = read_all(ctx, workspace, audience, layers, err);
    for (int i = 0; i < options->layers && status == SMAP_OK; i++)
        status = read_named(ctx, workspace, audience, options->layer[i], layers, err);
    if (status == SMAP_OK && options->layers == 0) list_foreign(ctx, workspace, layers);
    return status == SMAP_OK ? check_any(layers, err) : status;
}

const smap__publish_layer *smap__publish_layer_find(const smap__publish_layers *layers, const char *name) {
    for (int i = 0; i < layers->count; i++)
        if (strcmp(layers->item[i].view->name, name) == 0) return &layers->item[i];
    return NULL;
}

int64_t smap__publish_newest(const smap__publish_layers *layers) {
    int64_t newest = 0;
    for (int i = 0; i < layers->count; i++) newest = smap__newest_date(layers->item[i].view, newest);
    return newest;
}
