#include "workspace/unkept.h"

#include <string.h>

#include "base/ctx.h"
#include "base/fail.h"

struct smap__unkept {
    const char *layer, *what;
    smap__unkept *next;
};

static bool is_noted(const smap__unkept *list, const char *layer) {
    for (; list; list = list->next)
        if (strcmp(list->layer, layer) == 0) return true;
    return false;
}

static smap_status add(smap__workspace *workspace, const char *layer, const char *what, smap_error *err) {
    smap__unkept *u = smap__arena_alloc(&workspace->arena, sizeof *u);
    if (!u || !what) return smap__fail_memory(err);
    *u = (smap__unkept){ layer, what, workspace->unkept };
    workspace->unkept = u;
    return SMAP_OK;
}

static const smap__finding *first_rejected(const smap__findings *findings) {
    for (size_t i = 0; i < findings->count; i++)
        if (findings->items[i].severity == SMAP__REJECTED) return &findings->items[i];
    return NULL;
}

static const char *first_unknown(const smap__schema *schema, const smap__migration *migration, const smap_layer *raw) {
    for (int i = 0; i < smap_table_columns(raw->table); i++) {
        const char *name = smap_table_at(raw->table, i)->name;
        bool known = false;
        for (int k = 0; k < schema->fields && !known; k++)
            known = strcmp(smap__migration_column(migration, schema->name, schema->field[k].name), name) == 0;
        if (!known) return name;
    }
    return NULL;
}

smap_status smap__unkept_note(smap__workspace *workspace, const smap__schema *schema, const smap_layer *raw,
                              const smap__findings *findings, smap_error *err) {
    const smap__finding *first = first_rejected(findings);
    const char *column = first_unknown(schema, workspace->migration, raw);
    smap__arena *arena = &workspace->arena;
    smap_status status = SMAP_OK;
    if (is_noted(workspace->unkept, schema->name)) return SMAP_OK;
    if (first) {
        const char *what =
            smap__arena_printf(arena, "%lld rows that cannot be read (the first is row %lld: %s)",
                               (long long)findings->by_severity[SMAP__REJECTED], (long long)first->row, first->message);
        status = add(workspace, schema->name, what, err);
        if (status == SMAP_OK)
            smap__log(workspace->ctx, SMAP_LOG_WARNING, "%s: layer %s has %s; they are left out", workspace->path,
                      schema->name, what);
    } else if (column && strcmp(schema->kind, "model") == 0) {
        const char *what = smap__arena_printf(arena, "a column \"%s\" that the model does not have", column);
        status = add(workspace, schema->name, what, err);
    }
    return status;
}

smap_status smap__unkept_check(const smap__workspace *workspace, const smap__schema *schema, smap_error *err) {
    for (const smap__unkept *u = workspace->unkept; u; u = u->next)
        if (strcmp(u->layer, schema->name) == 0)
            return smap__fail(err, SMAP_E_SCHEMA, workspace->path,
                              "%s: layer %s has %s, which would be lost when the layer is written anew; correct it in "
                              "QGIS, or move it into a layer of your own, and try again",
                              workspace->path, u->layer, u->what);
    return SMAP_OK;
}
