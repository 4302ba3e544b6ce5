#include "job/map_tables.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "job/map_layers.h"
#include "job/site_tables.h"

void smap__map_tables_release(smap__map_tables *tables) {
    for (int i = 0; i < tables->count; i++) {
        smap_table_free(tables->item[i].table);
        smap_table_free(tables->item[i].marks);
    }
    smap__free(tables->item);
    smap__arena_release(&tables->arena);
    *tables = (smap__map_tables){ 0 };
}

static bool has_table(const smap__map_tables *tables, const char *layer) {
    for (int i = 0; i < tables->count; i++)
        if (strcmp(tables->item[i].layer, layer) == 0) return true;
    return false;
}

static smap_status add(smap__map_tables *tables, const smap__audience *audience, const char *name,
                       const smap__sheet_table *made, smap_error *err) {
    if (smap_table_rows(made->table) == 0) return SMAP_OK;
    smap__sheet_table *item = &tables->item[tables->count];
    *item = *made;
    item->layer = smap__arena_strdup(&tables->arena, name);
    if (!item->layer) return smap__fail_memory(err);
    item->mark_too = smap__audience_mark_too(audience);
    item->marks_note_en = smap__audience_marks_note(audience, "en");
    item->marks_note_ar = smap__audience_marks_note(audience, "ar");
    item->table = smap_table_retain(made->table);
    if (made->marks) item->marks = smap_table_retain(made->marks);
    tables->count++;
    return SMAP_OK;
}

static smap_status read_layer(smap_ctx *ctx, smap__workspace *workspace, const smap__audience *audience,
                              const char *name, smap__sheet_table *made, smap_error *err) {
    const smap_layer *view = NULL;
    const smap_table *marks;
    smap_status status = smap__workspace_view(workspace, audience, name, &view, err);
    if (status == SMAP_OK) status = smap__schema_get(ctx, name, &made->schema, err);
    if (status == SMAP_OK) {
        made->table = smap_table_retain(view->table);
        marks = smap__workspace_marks(workspace, name);
        if (marks) made->marks = smap_table_retain(marks);
        made->synthetic = smap__count_synthetic(made->table) > 0;
    }
    smap_layer_free(view);
    return status;
}

static smap_status read_table(smap_ctx *ctx, smap__workspace *workspace, const smap__audience *audience,
                              const smap__json *element, const char *path, smap__map_tables *tables, smap_error *err) {
    const char *name = smap__json_text(smap__json_get(element, "layer"), "");
    smap__sheet_table made = { 0 };
    bool is_made = smap__site_table_is_one(name);
    smap_status status = is_made ? SMAP_OK : smap__map_layer_check(ctx, name, path, err);
    if (status != SMAP_OK) return status;
    status = is_made ? smap__site_table_make(ctx, workspace, audience, element, path, &made.table, &made.marks,
                                             &made.synthetic, err)
                     : read_layer(ctx, workspace, audience, name, &made, err);
    if (status == SMAP_OK) status = add(tables, audience, name, &made, err);
    smap_table_free(made.table);
    smap_table_free(made.marks);
    return status;
}

smap_status smap__map_tables_read(smap_ctx *ctx, smap__workspace *workspace, const smap__audience *audience,
                                  const smap__json *elements, const char *path, smap__map_tables *out,
                                  smap_error *err) {
    size_t n = 0;
    const char *key;
    const smap__json *e;
    while (smap__json_member(elements, &n, &key, &e)) {
    }
    smap__map_tables tables = { .item = smap__zalloc(n + 1, sizeof *tables.item) };
    smap_status status = tables.item ? SMAP_OK : smap__fail_memory(err);
    for (size_t at = 0; status == SMAP_OK && smap__json_member(elements, &at, &key, &e);) {
        bool is_table = strcmp(smap__json_text(smap__json_get(e, "kind"), ""), "table") == 0;
        if (is_table && !has_table(&tables, smap__json_text(smap__json_get(e, "layer"), "")))
            status = read_table(ctx, workspace, audience, e, path, &tables, err);
    }
    if (status == SMAP_OK)
        *out = tables;
    else
        smap__map_tables_release(&tables);
    return status;
}
