/* Lays buildings over the three hazards of a scene: bench_zones SCENE.gpkg [THREADS]
 *
 * One line a hazard: buildings with a share, the mean of the highest class, the mean of the share of area, and the
 * seconds of building and measuring (processor time, time on the wall). Reading is not counted. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "overlay/zones.h"
#include "sitemap.h"

static double seconds(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static const smap_layer *must_read(smap_ctx *ctx, const char *path, const char *name) {
    smap_read_options options = SMAP_READ_OPTIONS_INIT;
    smap_error err = SMAP_ERROR_INIT;
    const smap_layer *layer = NULL;
    options.layer = name;
    if (smap_read(ctx, path, &options, &layer, &err) != SMAP_OK) {
        fprintf(stderr, "%s\n", err.message);
        exit(1);
    }
    return layer;
}

/* Ranks are the classes themselves; the last share of a building is that of its highest. */
static void say(const char *name, const smap__shares *s) {
    int64_t touched = 0, classes = 0;
    double shares = 0;
    for (int64_t i = 0; i < s->count; i++) {
        if (s->first[i] == s->first[i + 1]) continue;
        touched++;
        classes += s->rank[s->first[i + 1] - 1];
        for (int64_t k = s->first[i]; k < s->first[i + 1]; k++) shares += s->share[k];
    }
    printf("%-10s %8lld %.7f %.8f", name, (long long)touched, (double)classes / (double)touched,
           shares / (double)touched);
}

int main(int argc, char **argv) {
    static const char *const hazards[] = { "flood", "landslide", "seismic" };
    smap_ctx *ctx = NULL;
    smap_ctx_options options = SMAP_CTX_OPTIONS_INIT;
    if (argc < 2) return 2;
    options.threads = argc > 2 ? atoi(argv[2]) : 0;
    if (smap_ctx_new(&options, &ctx, NULL) != SMAP_OK) return 1;
    const smap_layer *buildings = must_read(ctx, argv[1], "buildings");
    double cpu_sum = 0, wall_sum = 0;
    for (int k = 0; k < 3; k++) {
        const smap_layer *layer = must_read(ctx, argv[1], hazards[k]);
        const smap_column *classes = smap_table_find(layer->table, "class");
        int64_t rows = smap_table_rows(layer->table);
        int32_t *rank = calloc((size_t)rows, sizeof *rank);
        if (!rank || !classes) return 1;
        for (int64_t i = 0; i < rows; i++) rank[i] = smap_column_is_null(classes, i) ? -1 : (int32_t)classes->v.i[i];
        smap__zones *zones = NULL;
        smap__shares *shares = NULL;
        smap_error err = SMAP_ERROR_INIT;
        double cpu = seconds(CLOCK_PROCESS_CPUTIME_ID), wall = seconds(CLOCK_MONOTONIC);
        smap_status status = smap__zones_build(ctx, layer->geometry, rank, &zones, &err);
        double built_cpu = seconds(CLOCK_PROCESS_CPUTIME_ID), built_wall = seconds(CLOCK_MONOTONIC);
        if (status == SMAP_OK) status = smap__zones_measure(ctx, zones, buildings->geometry, &shares, &err);
        double done_cpu = seconds(CLOCK_PROCESS_CPUTIME_ID), done_wall = seconds(CLOCK_MONOTONIC);
        if (status != SMAP_OK) {
            fprintf(stderr, "%s\n", err.message);
            return 1;
        }
        say(hazards[k], shares);
        printf("   build %.3f cpu %.3f wall   measure %.3f cpu %.3f wall\n", built_cpu - cpu, built_wall - wall,
               done_cpu - built_cpu, done_wall - built_wall);
        cpu_sum += done_cpu - cpu;
        wall_sum += done_wall - wall;
        smap__shares_free(shares);
        smap__zones_free(zones);
        smap_layer_free(layer);
        free(rank);
    }
    printf("together %.3f cpu %.3f wall, %d threads\n", cpu_sum, wall_sum, smap_ctx_threads(ctx));
    smap_layer_free(buildings);
    smap_ctx_free(ctx);
    return 0;
}
