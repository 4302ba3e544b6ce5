/* Copies one layer from file to file through the public interface: bench_write IN.gpkg LAYER OUT.gpkg [THREADS] */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "sitemap.h"

static double seconds(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int64_t column_bytes(const smap_layer *layer) {
    int64_t bytes = 0;
    const smap_geometry *g = layer->geometry;
    for (int i = 0; i < smap_table_columns(layer->table); i++) {
        const smap_column *c = smap_table_at(layer->table, i);
        if (c->validity) bytes += c->count / 8;
        bytes += c->type == SMAP_BOOL ? c->count : 8 * c->count;
        if (c->type == SMAP_TEXT || c->type == SMAP_BLOB) bytes += c->v.offsets[c->count];
    }
    if (!g) return bytes;
    bytes += g->count + 16 * g->coord_count;
    if (g->feature_part) bytes += 4 * g->count;
    if (g->part_ring) bytes += 4 * g->part_count;
    if (g->ring_coord) bytes += 4 * g->ring_count;
    return bytes;
}

int main(int argc, char **argv) {
    smap_ctx *ctx = NULL;
    smap_error err = SMAP_ERROR_INIT;
    const smap_layer *layer = NULL;
    smap_ctx_options options = SMAP_CTX_OPTIONS_INIT;
    smap_read_options read = SMAP_READ_OPTIONS_INIT;
    smap_write_options write = SMAP_WRITE_OPTIONS_INIT;
    if (argc < 4) return 2;
    options.threads = argc > 4 ? atoi(argv[4]) : 0;
    read.layer = argv[2];
    write.overwrite = true;
    double start = seconds(CLOCK_MONOTONIC), start_cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
    if (smap_ctx_new(&options, &ctx, &err) != SMAP_OK || smap_read(ctx, argv[1], &read, &layer, &err) != SMAP_OK) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    double middle = seconds(CLOCK_MONOTONIC), middle_cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
    if (smap_write_gpkg(ctx, argv[3], &layer, 1, &write, &err) != SMAP_OK) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    double end = seconds(CLOCK_MONOTONIC), end_cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
    struct rusage use;
    getrusage(RUSAGE_SELF, &use);
    printf("rows %lld read %.3f s (cpu %.3f) write %.3f s (cpu %.3f) columns %.1f MB peak %.1f MB\n",
           (long long)smap_table_rows(layer->table), middle - start, middle_cpu - start_cpu, end - middle,
           end_cpu - middle_cpu, (double)column_bytes(layer) / 1e6, (double)use.ru_maxrss * 1024 / 1e6);
    smap_layer_free(layer);
    smap_ctx_free(ctx);
    return 0;
}
