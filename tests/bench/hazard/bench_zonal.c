/* Zonal statistics of a layer over a raster, as a hazard of five classes:
 *     bench_zonal LAYER RASTER [fraction|centre|qgis] [THREADS]
 * prints the seconds and CPU of reading the layer and of the statistics (the raster's blocks included), the peak
 * memory, how many features have a value, and the mean of their means. `qgis`: cells by centre, and by fraction where a
 * feature has one or none. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "grid/zonal.h"
#include "job/raster_source.h"
#include "sitemap.h"

typedef struct clock_pair {
    double wall, cpu;
} clock_pair;

static clock_pair now(void) {
    struct timespec t, c;
    clock_gettime(CLOCK_MONOTONIC, &t);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &c);
    return (clock_pair){ (double)t.tv_sec + 1e-9 * (double)t.tv_nsec, (double)c.tv_sec + 1e-9 * (double)c.tv_nsec };
}

static clock_pair show(const char *what, clock_pair since) {
    clock_pair at = now();
    printf("%s %.3f s, CPU %.3f s; ", what, at.wall - since.wall, at.cpu - since.cpu);
    return at;
}

static void answers(const smap__zonal *z, const smap__zonal *other) {
    int64_t known = 0;
    double means = 0, cells = 0, sum = 0;
    for (int64_t i = 0; i < z->count; i++) {
        const smap__zonal *from = other && !(z->weight[i] * (1 - z->unknown[i]) > 1.5) ? other : z;
        if (isnan(from->mean[i])) continue;
        known++;
        means += from->mean[i];
        sum += from->sum[i];
        cells += from->weight[i] * (1 - from->unknown[i]);
    }
    struct rusage use;
    getrusage(RUSAGE_SELF, &use);
    printf("peak %ld MB\nfeatures %lld, with a value %lld, mean of means %.6f, cells %.3f, sum %.3f\n",
           use.ru_maxrss / 1024, (long long)z->count, (long long)known, means / (double)known, cells, sum);
}

static smap_status run(smap_ctx *ctx, char **argv, const char *rule, smap_error *err) {
    static const double breaks[5] = { 0.01, 0.5, 1, 2, 4 };
    smap__zonal_options options = { .breaks = breaks, .classes = 5 };
    const smap_layer *layer = NULL;
    smap__raster_source *raster = NULL;
    smap__zonal *z = NULL, *other = NULL;
    clock_pair at = now();
    smap_status status = smap_read(ctx, argv[1], NULL, &layer, err);
    if (status == SMAP_OK) at = show("read", at);
    if (status == SMAP_OK) status = smap__raster_source_open(ctx, argv[2], 1, &raster, err);
    if (strcmp(rule, "fraction") != 0) options.rule = SMAP__CELL_CENTRE;
    const smap__grid_source *grid = status == SMAP_OK ? smap__raster_source_grid(raster) : NULL;
    if (grid) status = smap__zonal_compute(ctx, grid, layer->geometry, &options, &z, err);
    options.rule = SMAP__CELL_FRACTION;
    if (status == SMAP_OK && strcmp(rule, "qgis") == 0)
        status = smap__zonal_compute(ctx, grid, layer->geometry, &options, &other, err);
    if (status == SMAP_OK) {
        show("zonal", at);
        answers(z, other);
    }
    smap__zonal_free(z);
    smap__zonal_free(other);
    smap__raster_source_close(raster);
    smap_layer_free(layer);
    return status;
}

int main(int argc, char **argv) {
    smap_ctx *ctx = NULL;
    smap_error err = SMAP_ERROR_INIT;
    smap_ctx_options options = SMAP_CTX_OPTIONS_INIT;
    if (argc < 3) return 2;
    options.threads = argc > 4 ? atoi(argv[4]) : 0;
    smap_status status = smap_ctx_new(&options, &ctx, &err);
    if (status == SMAP_OK) status = run(ctx, argv, argc > 3 ? argv[3] : "fraction", &err);
    if (status != SMAP_OK) fprintf(stderr, "%s\n", err.message);
    smap_ctx_free(ctx);
    return status == SMAP_OK ? 0 : 1;
}
