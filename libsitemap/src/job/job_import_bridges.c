#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "col/dict.h"
#include "intake/damage_closure.h"
#include "job/job_import.h"

/* Closures that came from an observation which is no longer there, or no longer of a bridge, go; all others stay. */
static smap_status drop_stale(const smap_layer *closures, const smap_layer *bridges, const smap_layer **out,
                              smap_error *err) {
    const smap_column *id = smap_table_find(closures->table, "closure_id");
    const smap_column *fresh = smap_table_find(bridges->table, "closure_id");
    int64_t rows = smap_table_rows(closures->table), kept = 0;
    int64_t *keep = smap__zalloc((size_t)rows + 1, sizeof *keep);
    smap__dict *known = NULL;
    size_t prefix = strlen(SMAP__DAMAGE_CLOSURE_PREFIX), len = 0;
    smap_status status = keep ? smap__dict_new(&known, err) : smap__fail_memory(err);
    for (int64_t row = 0; row < fresh->count && status == SMAP_OK; row++) {
        const char *text = smap_column_text(fresh, row, &len);
        if (smap__dict_add(known, text, len) < 0) status = smap__fail_memory(err);
    }
    for (int64_t row = 0; row < rows && status == SMAP_OK; row++) {
        const char *text = smap_column_is_null(id, row) ? "" : smap_column_text(id, row, &len);
        bool ours = *text && len >= prefix && memcmp(text, SMAP__DAMAGE_CLOSURE_PREFIX, prefix) == 0;
        if (!ours || smap__dict_find(known, text, len) >= 0) keep[kept++] = row;
    }
    if (status == SMAP_OK) status = smap_layer_take(closures, keep, kept, out, err);
    smap__dict_free(known);
    smap__free(keep);
    return status;
}

static smap_status merge(smap__importer *im, const smap_layer *bridges, smap_error *err) {
    smap__target *t;
    const smap_layer *kept = NULL, *merged = NULL;
    int64_t added = 0, updated = 0;
    smap_status status = smap__import_target(im, "closure", &t, err);
    if (status == SMAP_OK) status = drop_stale(t->content, bridges, &kept, err);
    if (status == SMAP_OK)
        status = smap__intake_merge(im->ctx, t->schema, kept, bridges, &im->all, &merged, &added, &updated, err);
    if (status == SMAP_OK) {
        smap_layer_free(t->content);
        t->content = merged;
    }
    smap_layer_free(kept);
    if (status != SMAP_OK || added + updated == 0) return status;
    return smap__findings_add(&im->all, err, SMAP__INFO, "bridges_closed", 0, "use", "bridge",
                              "closure: %lld observations of bridges in the layer damage are closures too",
                              (long long)(added + updated));
}

smap_status smap__import_bridges(smap__importer *im, smap_error *err) {
    const smap_layer *damage = NULL, *bridges = NULL;
    smap_status status = SMAP_OK;
    for (size_t i = 0; i < im->targets; i++)
        if (strcmp(im->target[i].schema->name, "damage") == 0) damage = im->target[i].content;
    if (!damage) return SMAP_OK;
    status = smap__damage_closures(im->ctx, damage, &bridges, err);
    if (status == SMAP_OK && (smap_table_rows(bridges->table) || smap__workspace_has(im->workspace, "closure")))
        status = merge(im, bridges, err);
    smap_layer_free(bridges);
    return status;
}
