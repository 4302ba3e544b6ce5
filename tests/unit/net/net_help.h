/* Networks from coordinates, for the tests of net. */
#ifndef NET_HELP_H
#define NET_HELP_H

#include "../cmocka_all.h"
#include "geo/geom_builder.h"
#include "net/graph.h"
#include "net/snap.h"
#include "stat/random.h"

/* A context of several threads, which lasts as long as the program. */
static inline smap_ctx *net_ctx(void) {
    static smap_ctx *made;
    smap_ctx_options options = SMAP_CTX_OPTIONS_INIT;
    options.threads = 3;
    if (!made) assert_int_equal(smap_ctx_new(&options, &made, NULL), SMAP_OK);
    return made;
}

/* A column of lines made one after the other: net_line(b, 2, (double[]){ 0, 0, 1, 0 }). */
static inline smap_geometry_builder *net_builder(void) {
    smap_geometry_builder *b = NULL;
    assert_int_equal(smap_geometry_builder_new(NULL, &b, NULL), SMAP_OK);
    return b;
}

static inline void net_part(smap_geometry_builder *b, int count, const double *xy) {
    assert_int_equal(smap__builder_reserve(b, 1, 1, 1, (size_t)count, NULL), SMAP_OK);
    for (int k = 0; k < count; k++) smap__builder_put(b, xy[2 * k], xy[2 * k + 1]);
    smap__builder_end_ring(b);
    smap__builder_end_part(b, SMAP_GEOM_LINESTRING);
}

static inline void net_line(smap_geometry_builder *b, int count, const double *xy) {
    net_part(b, count, xy);
    smap__builder_end_feature(b, SMAP_GEOM_LINESTRING);
}

static inline const smap_geometry *net_finish(smap_geometry_builder *b) {
    const smap_geometry *g = NULL;
    assert_int_equal(smap_geometry_builder_finish(b, &g, NULL), SMAP_OK);
    smap_geometry_builder_free(b);
    return g;
}

/* Frees the lines, which the graph keeps. backward NULL: as forward. */
static inline smap__graph *net_graph(const smap_geometry *lines, const double *forward, const double *backward) {
    smap__graph *graph = NULL;
    smap__line_costs costs = { forward, backward ? backward : forward, NULL, NULL };
    assert_int_equal(smap__graph_build(net_ctx(), lines, &costs, &graph, NULL), SMAP_OK);
    smap_geometry_free(lines);
    return graph;
}

/* Places put on a network that nothing else is put on. */
static inline smap_status net_snap(smap_ctx *ctx, const smap__graph *graph, const smap_geometry *points, double limit,
                                   smap__snap *out, smap_error *err) {
    smap__snapper *snapper = NULL;
    smap_status status = smap__snapper_new(ctx, graph, limit, &snapper, err);
    if (status == SMAP_OK) status = smap__snapper_put(ctx, snapper, points, out, err);
    smap__snapper_free(snapper);
    return status;
}

static inline uint32_t net_node(const smap__graph *graph, double x, double y) {
    for (uint32_t n = 0; n < graph->node_count; n++)
        if (graph->x[n] == x && graph->y[n] == y) return n;
    return SMAP__NONE;
}

static inline uint32_t net_dice(uint64_t stream, uint64_t index, uint32_t sides) {
    return (uint32_t)(smap__random_uniform(41, stream, index) * sides);
}

/* A random network on a lattice of points: parallel edges, loops, zero costs, closed ways and islands among its edges.
 * Costs are small whole numbers: many ties, and sums without rounding. `flip` gives the edges in the other order. */
static inline smap__graph *net_random(uint64_t seed, uint32_t edges, uint32_t side, bool flip, bool swap) {
    smap_geometry_builder *b = net_builder();
    double cost[2][512];
    for (uint32_t k = 0; k < edges; k++) {
        uint32_t e = flip ? edges - 1 - k : k;
        double a[2] = { net_dice(seed, 8 * e, side), net_dice(seed, 8 * e + 1, side) };
        double c[2] = { a[0] + net_dice(seed, 8 * e + 2, 3) - 1, a[1] + net_dice(seed, 8 * e + 3, 3) - 1 };
        double bulge = 0.1 + e / 1024.0; /* own vertices: loops have a length, and nothing else meets there */
        net_line(b, 3, (double[]){ a[0], a[1], (a[0] + c[0]) / 2 + bulge, (a[1] + c[1]) / 2 + bulge / 3, c[0], c[1] });
        for (int way = 0; way < 2; way++) {
            uint32_t dice = net_dice(seed, 8 * e + 4 + (uint64_t)way, 8);
            cost[swap ? !way : way][k] = dice == 0 ? NAN : dice == 1 ? HUGE_VAL : dice - 2;
        }
    }
    return net_graph(net_finish(b), cost[0], cost[1]);
}

#endif
