#include "job/asset_layer.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "col/cell.h"
#include "col/words.h"
#include "geo/crs.h"
#include "geo/layer_row.h"
#include "job/result.h"
#include "overlay/locate.h"

void smap__asset_release(smap__asset_layer *asset) {
    smap_layer_free(asset->layer);
    smap_geometry_free(asset->ground);
    smap__free(asset->people);
    smap__free(asset->area);
    smap__findings_release(&asset->findings);
}

/* ---- keys ----------------------------------------------------------------------------------------------------------
 */

static smap_status put_fid(const smap_layer *layer, int64_t row, smap_column_builder *b, smap_error *err) {
    char text[24];
    int len = snprintf(text, sizeof text, "%lld", (long long)(smap__layer_fid(layer, row)));
    return smap_column_append_text(b, text, (size_t)len, err);
}

/* The key column with the row's FID where it is empty; how many were is *filled. */
static smap_status fill_key(const smap_layer *layer, const smap_column *key, const smap_column **out, int64_t *filled,
                            smap_error *err) {
    smap_column_builder *b = NULL;
    smap_status status = smap_column_builder_new(key->name, SMAP_TEXT, &b, err);
    for (int64_t i = 0; i < key->count && status == SMAP_OK; i++) {
        bool empty = smap_column_is_null(key, i);
        *filled += empty;
        status = empty ? put_fid(layer, i, b, err) : smap__cell_append(b, key, i, err);
    }
    if (status == SMAP_OK) status = smap_column_builder_finish(b, out, err);
    smap_column_builder_free(b);
    return status;
}

/* The same layer with another first column. */
static smap_status with_key(const smap_layer *layer, const smap_column *key, const smap_layer **out, smap_error *err) {
    int columns = smap_table_columns(layer->table);
    const smap_table *table = NULL;
    const smap_column **all = smap__zalloc((size_t)columns, sizeof *all);
    if (!all) return smap__fail_memory(err);
    for (int i = 0; i < columns; i++) {
        const smap_column *column = smap_table_at(layer->table, i);
        all[i] = strcmp(column->name, key->name) == 0 ? key : column;
    }
    smap_status status = smap_table_new(all, columns, smap_table_rows(layer->table), &table, err);
    if (status == SMAP_OK) status = smap_layer_new(layer->name, table, layer->geometry, layer->fid, out, err);
    smap_table_free(table);
    smap__free(all);
    return status;
}

static smap_status name_rows(smap__asset_layer *asset, const char *key_name, smap_error *err) {
    const smap_column *key = smap_table_find(asset->layer->table, key_name), *whole = NULL;
    const smap_layer *named = NULL;
    int64_t filled = 0;
    if (!key || key->null_count == 0) return SMAP_OK;
    smap_status status = fill_key(asset->layer, key, &whole, &filled, err);
    if (status == SMAP_OK) status = with_key(asset->layer, whole, &named, err);
    if (status == SMAP_OK)
        status = smap__findings_add(&asset->findings, err, SMAP__INFO, "key_from_fid", 0, key_name, NULL,
                                    "%lld of %lld rows have no %s: their FID stands in its place", (long long)filled,
                                    (long long)key->count, key_name);
    if (status == SMAP_OK) {
        smap_layer_free(asset->layer);
        asset->layer = named;
    } else {
        smap_layer_free(named);
    }
    smap_column_free(whole);
    return status;
}

/* Rows of a file with the same key: what is said of one reads as if it were said of the other. */
static smap_status tell_shared_keys(smap__asset_layer *asset, const char *key_name, smap_error *err) {
    const smap_column *key = smap_table_find(asset->layer->table, key_name);
    smap__words words;
    int64_t shared = 0, first = -1;
    if (!key || smap__words_rise(key)) return SMAP_OK;
    smap_status status = smap__words_collect(key, &words, err);
    if (status != SMAP_OK) return status;
    for (int64_t i = 0; i < key->count; i++)
        if (words.of_row[i] >= 0 && words.times[words.of_row[i]] > 1 && shared++ == 0) first = i;
    smap__words_release(&words);
    if (shared == 0) return SMAP_OK;
    return smap__findings_add(&asset->findings, err, SMAP__WARNING, "key_shared", smap__layer_fid(asset->layer, first),
                              key_name, NULL,
                              "%lld of %lld rows have the %s of another: results do not tell them apart",
                              (long long)shared, (long long)key->count, key_name);
}

/* ---- one layer ------------------------------------------------------------------------------------------------------
 */

static const char *key_of(const smap__schema *schema) {
    for (int i = 0; i < schema->fields; i++)
        if (schema->field[i].key) return schema->field[i].name;
    return schema->field[0].name;
}

smap_status smap__asset_read(smap__run_inputs *inputs, const char *name, smap__asset_layer *asset, smap_error *err) {
    const char *source = smap__inputs_named(inputs, name);
    const smap__schema *schema = NULL;
    smap_status status = smap__schema_get(inputs->ctx, name, &schema, err);
    if (status == SMAP_OK) status = smap__inputs_layer(inputs, name, &asset->layer, err);
    if (status != SMAP_OK) return status;
    if (smap_table_rows(asset->layer->table) == 0) {
        smap_layer_free(asset->layer);
        asset->layer = NULL;
        if (!source) return SMAP_OK;
        return smap__fail(err, SMAP_E_ARGUMENT, source, "%s holds no rows", source);
    }
    asset->name = name;
    if (source && !asset->layer->geometry)
        return smap__fail(err, SMAP_E_ARGUMENT, source,
                          "%s has no geometry; where its columns hold positions, import it first: sitemap import %s -w "
                          "WS.gpkg --to %s",
                          source, source, name);
    status = name_rows(asset, key_of(schema), err);
    return status == SMAP_OK && source ? tell_shared_keys(asset, key_of(schema), err) : status;
}

smap_status smap__asset_note_placeless(smap__asset_layer *asset, const char *so, smap_error *err) {
    const smap_geometry *g = asset->ground;
    int64_t nulls = 0, first = -1;
    for (int64_t i = 0; i < g->count; i++)
        if (g->type[i] == SMAP_GEOM_NULL && nulls++ == 0) first = i;
    if (nulls == 0) return SMAP_OK;
    return smap__findings_add(&asset->findings, err, SMAP__WARNING, "no_position", smap__layer_fid(asset->layer, first),
                              NULL, NULL, "%lld of %lld rows of %s have no position: %s", (long long)nulls,
                              (long long)g->count, asset->name, so);
}

smap_status smap__asset_locate(smap_ctx *ctx, smap__asset_layer *asset, const smap__by_areas *by, smap_error *err) {
    const smap_geometry *areas = NULL;
    if (!by->layer) return SMAP_OK;
    smap_status status = smap_geometry_transform(ctx, by->layer->geometry, asset->ground->crs, &areas, NULL, err);
    if (status == SMAP_OK) asset->area = smap__zalloc((size_t)asset->ground->count, sizeof *asset->area);
    if (status == SMAP_OK)
        status = asset->area ? smap__locate(ctx, asset->ground, areas, asset->area, err) : smap__fail_memory(err);
    smap_geometry_free(areas);
    return status;
}

/* Areas that were generalised, or a file that does not hold all of them, leave assets out. */
smap_status smap__asset_note_outside(const smap__asset_layer *asset, smap_result *result, smap_error *err) {
    int64_t none = 0, n = asset->ground->count;
    double people = 0;
    for (int64_t k = 0; asset->area && k < n; k++) {
        if (asset->area[k] >= 0) continue;
        none++;
        if (asset->people && !isnan(asset->people[k])) people += asset->people[k];
    }
    if (none == 0) return SMAP_OK;
    return smap__result_note(result, err,
                             "%lld of %lld rows of %s (%.0f people) lie in none of the areas of --by: their boundaries "
                             "may be generalised, or not all of them are there.",
                             (long long)none, (long long)n, asset->name, people);
}
