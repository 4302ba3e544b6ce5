/* Reads one layer into columns and sums what it read: bench_read IN.gpkg LAYER [THREADS] */
#include <stdio.h>
#include <stdlib.h>

#include "sitemap.h"

int main(int argc, char **argv) {
    smap_ctx *ctx = NULL;
    smap_error err = SMAP_ERROR_INIT;
    const smap_layer *layer = NULL;
    smap_ctx_options options = SMAP_CTX_OPTIONS_INIT;
    smap_read_options read = SMAP_READ_OPTIONS_INIT;
    if (argc < 3) return 2;
    options.threads = argc > 3 ? atoi(argv[3]) : 0;
    read.layer = argv[2];
    if (smap_ctx_new(&options, &ctx, &err) != SMAP_OK || smap_read(ctx, argv[1], &read, &layer, &err) != SMAP_OK) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    double sum = 0;
    const smap_geometry *g = layer->geometry;
    for (int64_t i = 0; g && i < g->coord_count; i++) sum += g->x[i];
    printf("rows %lld coordinates %lld sum %.3f\n", (long long)smap_table_rows(layer->table),
           g ? (long long)g->coord_count : 0, sum);
    smap_layer_free(layer);
    smap_ctx_free(ctx);
    return 0;
}
