/* A program to kill: writes 3,000 points and a table into a GeoPackage. fault_writer OUT.gpkg ROWS */
#include <stdio.h>
#include <stdlib.h>

#include "sitemap.h"

static smap_status make_layer(smap_ctx *ctx, int64_t rows, const smap_layer **out, smap_error *err) {
    const smap_crs *crs = NULL;
    smap_column_builder *b = NULL;
    smap_geometry_builder *g = NULL;
    const smap_column *column = NULL;
    const smap_geometry *geometry = NULL;
    const smap_table *table = NULL;
    smap_status status = smap_crs_new(ctx, "EPSG:4326", &crs, err);
    if (status == SMAP_OK) status = smap_column_builder_new("n", SMAP_INT64, &b, err);
    if (status == SMAP_OK) status = smap_geometry_builder_new(crs, &g, err);
    for (int64_t i = 0; status == SMAP_OK && i < rows; i++) {
        status = smap_column_append_int(b, i, err);
        double x = 20 + (double)(i % 100) / 100, y = 32 + (double)(i / 100) / 100;
        if (status == SMAP_OK) status = smap_geometry_append_point(g, x, y, err);
    }
    if (status == SMAP_OK) status = smap_column_builder_finish(b, &column, err);
    if (status == SMAP_OK) status = smap_geometry_builder_finish(g, &geometry, err);
    if (status == SMAP_OK) status = smap_table_new(&column, 1, rows, &table, err);
    if (status == SMAP_OK) status = smap_layer_new("points", table, geometry, NULL, out, err);
    smap_column_builder_free(b);
    smap_geometry_builder_free(g);
    smap_column_free(column);
    smap_geometry_free(geometry);
    smap_table_free(table);
    smap_crs_free(crs);
    return status;
}

int main(int argc, char **argv) {
    smap_ctx *ctx = NULL;
    const smap_layer *layer = NULL;
    smap_error err = SMAP_ERROR_INIT;
    smap_write_options options = SMAP_WRITE_OPTIONS_INIT;
    options.overwrite = true;
    if (argc != 3) return 2;
    smap_status status = smap_ctx_new(NULL, &ctx, &err);
    if (status == SMAP_OK) status = make_layer(ctx, strtoll(argv[2], NULL, 10), &layer, &err);
    if (status == SMAP_OK) status = smap_write_gpkg(ctx, argv[1], &layer, 1, &options, &err);
    if (status != SMAP_OK) fprintf(stderr, "%s\n", err.message);
    smap_layer_free(layer);
    smap_ctx_free(ctx);
    return status == SMAP_OK ? 0 : 1;
}
