/* People of a population grid as assets: a polygon for each cell in which somebody lives. */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "base/path.h"
#include "col/cell.h"
#include "geo/geom_builder.h"
#include "job/asset_layer.h"
#include "job/raster_source.h"

enum { MOST_CELLS = 5000000 };

static const char GRID[] = "population";

typedef struct people {
    const smap__grid_source *grid;
    smap_geometry_builder *cells;
    smap_column_builder *key;
    double *value;
    size_t count, capacity;
    double total;
    int64_t negative;
    double *window;
} people;

static void put_corner(const people *p, double column, double row) {
    const double *t = p->grid->transform;
    smap__builder_put(p->cells, t[0] + column * t[1] + row * t[2], t[3] + column * t[4] + row * t[5]);
}

static smap_status add_cell(people *p, int64_t column, int64_t row, double value, smap_error *err) {
    char key[48];
    double c = (double)column, r = (double)row;
    int len = snprintf(key, sizeof key, "%lld,%lld", (long long)column, (long long)row);
    if (!smap__grow(&p->value, &p->capacity, p->count + 1, sizeof *p->value)) return smap__fail_memory(err);
    smap_status status = smap_column_append_text(p->key, key, (size_t)len, err);
    if (status == SMAP_OK) status = smap__builder_reserve(p->cells, 1, 1, 1, 5, err);
    if (status != SMAP_OK) return status;
    put_corner(p, c, r);
    put_corner(p, c + 1, r);
    put_corner(p, c + 1, r + 1);
    put_corner(p, c, r + 1);
    put_corner(p, c, r);
    smap__builder_end_ring(p->cells);
    smap__builder_end_part(p->cells, SMAP_GEOM_POLYGON);
    smap__builder_end_feature(p->cells, SMAP_GEOM_POLYGON);
    p->value[p->count++] = value;
    p->total += value;
    return SMAP_OK;
}

static smap_status read_window(people *p, int64_t column, int64_t row, const char *source, smap_error *err) {
    const smap__grid_source *g = p->grid;
    int64_t width = g->width - column < g->block_width ? g->width - column : g->block_width;
    int64_t height = g->height - row < g->block_height ? g->height - row : g->block_height;
    smap_status status = g->read(g->user, 0, column, row, width, height, p->window, err);
    for (int64_t i = 0; i < width * height && status == SMAP_OK; i++) {
        double value = p->window[i];
        p->negative += value < 0;
        if (!(value > 0)) continue;
        if (p->count == MOST_CELLS)
            return smap__fail(
                err, SMAP_E_LIMIT, source,
                "%s: somebody lives in more than %d million of its cells; cut it to the area that you need", source,
                MOST_CELLS / 1000000);
        status = add_cell(p, column + i % width, row + i / width, value, err);
    }
    return status;
}

static smap_status read_people(smap_ctx *ctx, people *p, const char *source, smap_error *err) {
    const smap__grid_source *g = p->grid;
    p->window = smap__zalloc((size_t)g->block_width * (size_t)g->block_height, sizeof *p->window);
    smap_status status = p->window ? smap_geometry_builder_new(g->crs, &p->cells, err) : smap__fail_memory(err);
    if (status == SMAP_OK) status = smap_column_builder_new("cell", SMAP_TEXT, &p->key, err);
    for (int64_t row = 0; row < g->height && status == SMAP_OK; row += g->block_height)
        for (int64_t column = 0; column < g->width && status == SMAP_OK; column += g->block_width) {
            status = smap__progress(ctx, (double)row / (double)g->height, NULL, err);
            if (status == SMAP_OK) status = read_window(p, column, row, source, err);
        }
    return status;
}

static smap_status make_layer(people *p, const smap_layer **out, smap_error *err) {
    const smap_column *key = NULL;
    const smap_table *table = NULL;
    const smap_geometry *cells = NULL;
    smap_status status = smap_column_builder_finish(p->key, &key, err);
    if (status == SMAP_OK) status = smap_table_new(&key, 1, (int64_t)p->count, &table, err);
    if (status == SMAP_OK) status = smap_geometry_builder_finish(p->cells, &cells, err);
    if (status == SMAP_OK) status = smap_layer_new(GRID, table, cells, NULL, out, err);
    smap_geometry_free(cells);
    smap_table_free(table);
    smap_column_free(key);
    return status;
}

static smap_status note_total(smap__findings *findings, const people *p, const char *source, smap_error *err) {
    const char *name = smap__path_name(source);
    smap_status status = smap__findings_add(
        findings, err, SMAP__INFO, "population_grid", 0, NULL, NULL,
        "%s: %.0f people in %lld cells; a cell's people are spread evenly over it, and counted in the "
        "area that holds its middle",
        name, p->total, (long long)p->count);
    if (status == SMAP_OK && p->negative)
        status = smap__findings_add(findings, err, SMAP__WARNING, "negative_people", 0, NULL, NULL,
                                    "%s: %lld cells are below 0 and are left out; if that means nodata, say so in the "
                                    "raster",
                                    name, (long long)p->negative);
    return status;
}

static smap_status read_grid(smap__run_inputs *inputs, const char *source, int band, smap__asset_layer *asset,
                             smap_error *err) {
    smap__raster_source *raster = NULL;
    people p = { 0 };
    smap_status status = smap__raster_source_open(inputs->ctx, source, band, &raster, err);
    if (status == SMAP_OK) {
        p.grid = smap__raster_source_grid(raster);
        status = read_people(inputs->ctx, &p, source, err);
    }
    if (status == SMAP_OK)
        status = smap__inputs_note(inputs, source, "population", p.grid->width * p.grid->height, err);
    if (status == SMAP_OK) status = make_layer(&p, &asset->layer, err);
    if (status == SMAP_OK) {
        asset->name = GRID;
        asset->people = p.value;
        p.value = NULL;
        status = note_total(&asset->findings, &p, source, err);
    }
    smap_geometry_builder_free(p.cells);
    smap_column_builder_free(p.key);
    smap__free(p.value);
    smap__free(p.window);
    smap__raster_source_close(raster);
    return status;
}

/* The first grid that the workspace names. */
static smap_status read_workspace_grid(smap__run_inputs *inputs, smap__arena *arena, smap__asset_layer *asset,
                                       smap_error *err) {
    const smap_layer *grids = NULL;
    smap__str path = SMAP__STR_INIT;
    smap_status status = smap__workspace_read(inputs->workspace, "population_grid", &grids, err);
    if (status == SMAP_OK && smap_table_rows(grids->table) > 0) {
        const smap_column *band = smap_table_find(grids->table, "band");
        smap__cell_put(&path, smap_table_find(grids->table, "path"), 0);
        const char *source = path.failed || !path.data ? NULL : smap__inputs_beside(inputs, arena, path.data);
        int number = smap_column_is_null(band, 0) ? 1 : (int)band->v.i[0];
        status = source ? read_grid(inputs, source, number, asset, err) : smap__fail_memory(err);
    }
    smap__str_release(&path);
    smap_layer_free(grids);
    return status;
}

smap_status smap__asset_population(smap__run_inputs *inputs, smap__arena *arena, const char *source,
                                   smap__asset_layer *asset, smap_error *err) {
    return source ? read_grid(inputs, source, 1, asset, err) : read_workspace_grid(inputs, arena, asset, err);
}

bool smap__asset_is_grid(const smap__asset_layer *asset) {
    return strcmp(asset->name, GRID) == 0;
}
