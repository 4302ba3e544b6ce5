/* The insides of a network, without reading: bench_net NETWORK.gpkg [THREADS]
 *
 * Lines of the layer roads are noded and made a graph, places of the layer services put on their nearest node, and the
 * nearest one is found for every node; then of ten kinds of service, in turn by their row. One line a stage with the
 * seconds it took (processor time, time on the wall). */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "net/cuts.h"
#include "net/snap.h"
#include "sitemap.h"

enum { KINDS = 10 };

static double seconds(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double cpu, wall;

static void begin(void) {
    cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
    wall = seconds(CLOCK_MONOTONIC);
}

static void end(const char *stage) {
    printf("%-10s %.4f cpu %.4f wall   ", stage, seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu,
           seconds(CLOCK_MONOTONIC) - wall);
}

static void must(smap_status status, const smap_error *err) {
    if (status == SMAP_OK) return;
    fprintf(stderr, "%s\n", err->message);
    exit(1);
}

static const smap_layer *must_read(smap_ctx *ctx, const char *path, const char *name) {
    smap_read_options options = SMAP_READ_OPTIONS_INIT;
    smap_error err = SMAP_ERROR_INIT;
    const smap_layer *layer = NULL;
    options.layer = name;
    must(smap_read(ctx, path, &options, &layer, &err), &err);
    return layer;
}

/* By looking at every node: the peers' services stand on nodes too. */
static uint32_t nearest_node(const smap__graph *g, double x, double y) {
    uint32_t best = 0;
    double least = HUGE_VAL;
    for (uint32_t n = 0; n < g->node_count; n++) {
        double dx = g->x[n] - x, dy = g->y[n] - y, d = dx * dx + dy * dy;
        if (d >= least) continue;
        least = d;
        best = n;
    }
    return best;
}

static void say_snaps(const smap__snap *snaps, int64_t count) {
    double sum = 0;
    for (int64_t k = 0; k < count; k++) sum += snaps[k].distance;
    printf("%lld places, mean distance %.4f\n", (long long)count, sum / (double)count);
}

static void say(const smap__graph *g, const smap__reach *r) {
    double sum = 0;
    uint32_t reached = 0;
    for (uint32_t n = 0; n < g->node_count; n++) {
        if (isinf(r->cost_s[n])) continue;
        sum += r->cost_s[n];
        reached++;
    }
    printf("reached %u mean %.4f s\n", reached, sum / reached);
}

int main(int argc, char **argv) {
    smap_ctx *ctx = NULL;
    smap_ctx_options options = SMAP_CTX_OPTIONS_INIT;
    smap_error err = SMAP_ERROR_INIT;
    if (argc < 2) return 2;
    options.threads = argc > 2 ? atoi(argv[2]) : 0;
    must(smap_ctx_new(&options, &ctx, &err), &err);
    const smap_layer *roads = must_read(ctx, argv[1], "roads"), *services = must_read(ctx, argv[1], "services");
    const smap_column *time_s = smap_table_find(roads->table, "time_s");
    if (!time_s) return 1;

    smap__line_costs costs = { time_s->v.f, time_s->v.f, NULL, NULL };
    smap__graph *g = NULL;
    smap__components *components = NULL;
    smap__cuts *cuts = NULL;
    begin();
    must(smap__graph_build(ctx, roads->geometry, &costs, &g, &err), &err);
    end("graph");
    printf("%u nodes %u edges\n", g->node_count, g->edge_count);
    begin();
    must(smap__components_find(g, &components, &err), &err);
    end("components");
    printf("%u, the largest of %u nodes\n", components->count, components->nodes[0]);

    begin();
    must(smap__cuts_find(g, &cuts, &err), &err);
    end("cuts");
    printf("%u nodes %u edges\n", cuts->node_count, cuts->edge_count);

    int64_t count = services->geometry->count;
    smap__snapper *snapper = NULL;
    smap__snap *snaps = calloc((size_t)count, sizeof *snaps);
    smap__seed *seeds = calloc((size_t)count, sizeof *seeds);
    smap__search all = { seeds, count, true, HUGE_VAL, false }, kinds[KINDS];
    smap__reach one, many[KINDS];
    if (!seeds || !snaps) return 1;
    begin();
    must(smap__snapper_new(ctx, g, HUGE_VAL, &snapper, &err), &err);
    must(smap__snapper_put(ctx, snapper, services->geometry, snaps, &err), &err);
    smap__snapper_free(snapper);
    end("snap");
    say_snaps(snaps, count);
    for (int64_t k = 0, at = 0; k < KINDS; k++) {
        int64_t first = at;
        for (int64_t row = k; row < count; row += KINDS)
            seeds[at++] = (smap__seed){ nearest_node(g, services->geometry->x[row], services->geometry->y[row]),
                                        (uint32_t)row, 0, 0 };
        kinds[k] = (smap__search){ seeds + first, at - first, true, HUGE_VAL, false };
    }
    begin();
    must(smap__paths_nearest(ctx, g, &all, 1, &one, &err), &err);
    end("nearest");
    say(g, &one);
    begin();
    must(smap__paths_nearest(ctx, g, kinds, KINDS, many, &err), &err);
    end("10 kinds");
    say(g, &many[0]);

    for (int k = 0; k < KINDS; k++) smap__reach_release(&many[k]);
    smap__reach_release(&one);
    free(seeds);
    free(snaps);
    smap__cuts_free(cuts);
    smap__components_free(components);
    smap__graph_free(g);
    smap_layer_free(roads);
    smap_layer_free(services);
    smap_ctx_free(ctx);
    return 0;
}
