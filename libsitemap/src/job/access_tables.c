#include "job/access_tables.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "col/cell.h"
#include "geo/geom_builder.h"
#include "job/common.h"

static const char *const names[SMAP__ACCESS_TABLES] = { [SMAP__ACCESS_SITE] = "access_site",
                                                        [SMAP__ACCESS_HOUSEHOLD] = "access_household",
                                                        [SMAP__ACCESS_BUILDING] = "access_building",
                                                        [SMAP__ACCESS_COVERAGE] = "access_coverage",
                                                        [SMAP__ACCESS_CATCHMENT] = "catchment",
                                                        [SMAP__ACCESS_AREA] = "access_area",
                                                        [SMAP__ACCESS_ROUTE] = "access_route",
                                                        [SMAP__ACCESS_LINK] = "critical_link",
                                                        [SMAP__ACCESS_CUT] = "road_cut" };

static smap_status table_new(smap_ctx *ctx, const char *name, const smap_crs *wgs84, smap__access_table *table,
                             smap_error *err) {
    smap_status status = smap__schema_get(ctx, name, &table->schema, err);
    if (status != SMAP_OK) return status;
    int fields = table->schema->fields;
    smap__rows_column *column = smap__zalloc((size_t)fields, sizeof *column);
    if (!column) return smap__fail_memory(err);
    for (int i = 0; i < fields; i++)
        column[i] = (smap__rows_column){ table->schema->field[i].name, table->schema->field[i].type };
    smap__rows_init(&table->rows, column, fields);
    smap__free(column);
    return table->schema->shapes == SMAP__SHAPE_NONE ? SMAP_OK
                                                     : smap_geometry_builder_new(wgs84, &table->geometry, err);
}

/* A layer without such a column is about all of them. */
static bool is_among(const smap_table *table, const char *name, int64_t row, const smap__access_words *words) {
    const smap_column *column = smap_table_find(table, name);
    if (!column || words->count == 0) return true;
    for (int i = 0; i < words->count; i++)
        if (smap__cell_is(column, row, words->word[i])) return true;
    return false;
}

static smap_status keep_others(smap__workspace *workspace, const smap__access_scope *scope, smap__access_table *table,
                               smap_error *err) {
    const smap_layer *old = NULL;
    smap_status status = smap__workspace_read(workspace, table->schema->name, &old, err);
    for (int64_t i = 0; status == SMAP_OK && i < smap_table_rows(old->table); i++) {
        if (is_among(old->table, "scenario", i, &scope->scenario) && is_among(old->table, "mode", i, &scope->mode) &&
            is_among(old->table, "service_type", i, &scope->type))
            continue;
        for (int f = 0; f < table->schema->fields; f++)
            smap__rows_cell(&table->rows, smap_table_find(old->table, table->schema->field[f].name), i);
        if (table->geometry)
            status = old->geometry ? smap__builder_append_feature(table->geometry, old->geometry, i, err)
                                   : smap_geometry_append_null(table->geometry, err);
    }
    table->kept = table->rows.count;
    smap_layer_free(old);
    return status;
}

smap_status smap__access_tables_new(smap_ctx *ctx, smap__workspace *workspace, const smap__access_scope *scope,
                                    const smap_crs *wgs84, smap__access_tables *tables, smap_error *err) {
    smap_status status = SMAP_OK;
    for (int i = 0; i < SMAP__ACCESS_TABLES && status == SMAP_OK; i++) {
        smap__access_table *table = &tables->table[i];
        status = table_new(ctx, names[i], wgs84, table, err);
        table->was_there = workspace && smap__workspace_has(workspace, names[i]);
        if (status == SMAP_OK && table->was_there) status = keep_others(workspace, scope, table, err);
    }
    return status;
}

void smap__access_tables_release(smap__access_tables *tables) {
    for (int i = 0; i < SMAP__ACCESS_TABLES; i++) {
        smap__rows_release(&tables->table[i].rows);
        smap_geometry_builder_free(tables->table[i].geometry);
    }
    *tables = (smap__access_tables){ 0 };
}

static smap_status put(smap_ctx *ctx, smap__access_table *table, smap__change *change, const char *lang,
                       smap_error *err) {
    const smap_table *rows = NULL;
    const smap_geometry *geometry = NULL;
    const smap_layer *layer = NULL;
    smap_status status = smap__rows_finish(&table->rows, &rows, err);
    if (status == SMAP_OK && table->geometry) status = smap_geometry_builder_finish(table->geometry, &geometry, err);
    if (status == SMAP_OK) status = smap_layer_new(table->schema->name, rows, geometry, NULL, &layer, err);
    if (status == SMAP_OK) status = smap__put_styled(ctx, change, table->schema->name, layer, lang, err);
    smap_layer_free(layer);
    smap_geometry_free(geometry);
    smap_table_free(rows);
    return status;
}

smap_status smap__access_tables_put(smap_ctx *ctx, smap__access_tables *tables, smap__change *change, const char *lang,
                                    int64_t *rows, smap_error *err) {
    smap_status status = SMAP_OK;
    *rows = 0;
    for (int i = 0; i < SMAP__ACCESS_TABLES && status == SMAP_OK; i++) {
        smap__access_table *table = &tables->table[i];
        *rows += table->rows.count - table->kept;
        if (table->rows.count > 0 || table->was_there) status = put(ctx, table, change, lang, err);
    }
    return status;
}
