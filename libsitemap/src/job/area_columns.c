#include "job/area_columns.h"

#include <string.h>

#include "col/words.h"

static smap_status count_distinct(const smap_column *column, int32_t *out, smap_error *err) {
    smap__words words;
    smap_status status = smap__words_collect(column, &words, err);
    if (status != SMAP_OK) return status;
    *out = smap__dict_count(words.dict);
    smap__words_release(&words);
    return SMAP_OK;
}

/* The column that is the field LAYER.NAME; *out stays where there is none. */
static smap_status find_column(smap_ctx *ctx, const smap_table *table, const char *layer, const char *name,
                               const char **out, smap_error *err) {
    const smap__schema *schema;
    smap_status status = smap__schema_get(ctx, layer, &schema, err);
    const smap__field *field = status == SMAP_OK ? smap__schema_field(schema, name) : NULL;
    smap__named best = SMAP__NAMED_NOT;
    int32_t most = 0;
    for (int i = 0; field && i < smap_table_columns(table) && status == SMAP_OK; i++) {
        const smap_column *c = smap_table_at(table, i);
        smap__named named = smap__field_named(field, c->name, strlen(c->name));
        int32_t distinct = 0;
        if (named == SMAP__NAMED_NOT) continue;
        status = count_distinct(c, &distinct, err);
        if (best != SMAP__NAMED_NOT && (distinct < most || (distinct == most && named >= best))) continue;
        best = named;
        most = distinct;
        *out = c->name;
    }
    return status;
}

smap_status smap__area_columns_find(smap_ctx *ctx, const smap_table *table, smap__area_columns *out, smap_error *err) {
    smap__area_columns found = { NULL, NULL, NULL };
    smap_status status = find_column(ctx, table, "admin", "name_en", &found.name_en, err);
    if (status == SMAP_OK) status = find_column(ctx, table, "admin", "name_ar", &found.name_ar, err);
    if (status == SMAP_OK) status = find_column(ctx, table, "admin", "pcode", &found.key, err);
    if (status == SMAP_OK && !found.key) status = find_column(ctx, table, "damage_summary", "area_id", &found.key, err);
    if (!found.key) found.key = found.name_en ? found.name_en : found.name_ar;
    if (status == SMAP_OK) *out = found;
    return status;
}
