/* What is exposed: sites, services, buildings, roads and households, of the workspace or of files in their place. */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "col/cell.h"
#include "col/dict.h"
#include "geo/layer_row.h"
#include "job/hazard_people.h"
#include "job/hazard_run.h"
#include "job/result.h"

static const char *const asset_names[] = { "site", "service", "building", "road", "household" };

smap_status smap__hazard_read_layer(smap__hazard_run *run, const char *name, const smap_layer **out, smap_error *err) {
    const char *source = smap__pair_find(run->options->source, run->options->sources, name);
    const smap_layer *raw = NULL;
    if (!source) return smap__workspace_read(run->workspace, name, out, err);
    smap_status status = smap__hazard_read_source(run, source, name, &raw, err);
    if (status == SMAP_OK) status = smap__workspace_adopt_columns(run->ctx, name, raw, out, err);
    smap_layer_free(raw);
    return status;
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

/* ---- one layer ------------------------------------------------------------------------------------------------------
 */

static const char *key_of(const smap__schema *schema) {
    for (int i = 0; i < schema->fields; i++)
        if (schema->field[i].key) return schema->field[i].name;
    return schema->field[0].name;
}

static smap_status read_asset(smap__hazard_run *run, const char *name, smap_error *err) {
    smap__asset_layer *asset = &run->asset[run->assets];
    const char *source = smap__pair_find(run->options->source, run->options->sources, name);
    const smap__schema *schema = NULL;
    smap_status status = smap__schema_get(run->ctx, name, &schema, err);
    if (status == SMAP_OK) status = smap__hazard_read_layer(run, name, &asset->layer, err);
    if (status != SMAP_OK) return status;
    run->assets++; /* from here on released with the run */
    asset->name = name;
    if (smap_table_rows(asset->layer->table) == 0) {
        smap_layer_free(asset->layer);
        *asset = (smap__asset_layer){ 0 };
        run->assets--;
        if (!source) return SMAP_OK;
        return smap__fail(err, SMAP_E_ARGUMENT, source, "%s holds no rows", source);
    }
    if (source && !asset->layer->geometry)
        return smap__fail(err, SMAP_E_ARGUMENT, source,
                          "%s has no geometry; where its columns hold positions, import it first: sitemap import %s -w "
                          "WS.gpkg --to %s",
                          source, source, name);
    return name_rows(asset, key_of(schema), err);
}

smap_status smap__hazard_assets(smap__hazard_run *run, smap_error *err) {
    smap_status status = SMAP_OK;
    for (size_t i = 0; i < sizeof asset_names / sizeof *asset_names && status == SMAP_OK; i++)
        status = read_asset(run, asset_names[i], err);
    if (status == SMAP_OK) status = smap__hazard_population(run, err);
    if (status == SMAP_OK && run->assets == 0)
        status = smap__fail(err, SMAP_E_NOT_FOUND, "site",
                            "%s holds no sites, services, buildings, roads or households; import some, or name a file, "
                            "for example: --building buildings.gpkg",
                            run->workspace_path);
    for (int i = 0; i < run->assets && status == SMAP_OK; i++) status = smap__hazard_people(run, &run->asset[i], err);
    return status;
}
