/* Places on edges: against sampled edges, and against networks that have a node where the place is. */
#include "net/snap.h"

#include <string.h>

#include "net_help.h"

enum { POINTS = 700, LINES = 120, CORNERS = 4 };

static smap_ctx *context(int threads) {
    smap_ctx *ctx = NULL;
    smap_ctx_options options = SMAP_CTX_OPTIONS_INIT;
    options.threads = threads;
    assert_int_equal(smap_ctx_new(&options, &ctx, NULL), SMAP_OK);
    return ctx;
}

static double even(uint64_t stream, uint64_t index, double from, double to) {
    return from + (to - from) * smap__random_uniform(17, stream, index);
}

static const smap_geometry *scattered(double from, double to) {
    smap_geometry_builder *b = net_builder();
    for (uint64_t i = 0; i < POINTS; i++)
        assert_int_equal(i % 50 == 49 ? smap_geometry_append_null(b, NULL)
                                      : smap_geometry_append_point(b, even(1, i, from, to), even(2, i, from, to), NULL),
                         SMAP_OK);
    return net_finish(b);
}

/* Every fifth line is closed. */
static smap__graph *tangle(void) {
    smap_geometry_builder *b = net_builder();
    double cost[LINES];
    for (uint64_t i = 0; i < LINES; i++) {
        double xy[2 * CORNERS];
        for (uint64_t k = 0; k < CORNERS; k++) {
            xy[2 * k] = even(3, i, 0, 1000) + even(4, i * CORNERS + k, 0, 80);
            xy[2 * k + 1] = even(5, i, 0, 1000) + even(6, i * CORNERS + k, 0, 80);
        }
        net_line(b, CORNERS, xy);
        cost[i] = i % 5 == 0 ? NAN : 10;
    }
    return net_graph(net_finish(b), cost, NULL);
}

/* By many points on every open edge: never nearer than the true distance, and off by less than a step. */
static double sampled(const smap__graph *g, double x, double y) {
    double best = HUGE_VAL;
    const smap_geometry *l = g->lines;
    for (uint32_t e = 0; e < g->edge_count; e++)
        for (uint32_t i = g->first[e] + 1; i <= g->last[e] && smap__graph_is_open(g, e); i++)
            for (int s = 0; s <= 200; s++) {
                double t = s / 200.0;
                best = fmin(best, hypot(l->x[i - 1] + t * (l->x[i] - l->x[i - 1]) - x,
                                        l->y[i - 1] + t * (l->y[i] - l->y[i - 1]) - y));
            }
    return best;
}

/* Is (x, y) where `share` of the edge's length is behind it? */
static bool is_there(const smap__graph *g, const smap__snap *s) {
    const smap_geometry *l = g->lines;
    double total = 0, left;
    for (uint32_t i = g->first[s->edge] + 1; i <= g->last[s->edge]; i++)
        total += hypot(l->x[i] - l->x[i - 1], l->y[i] - l->y[i - 1]);
    left = s->share * total;
    for (uint32_t i = g->first[s->edge] + 1; i <= g->last[s->edge]; i++) {
        double length = hypot(l->x[i] - l->x[i - 1], l->y[i] - l->y[i - 1]);
        if (left > length && i < g->last[s->edge]) {
            left -= length;
            continue;
        }
        double x = l->x[i - 1] + left / length * (l->x[i] - l->x[i - 1]);
        double y = l->y[i - 1] + left / length * (l->y[i] - l->y[i - 1]);
        return hypot(x - s->x, y - s->y) < 1e-6;
    }
    return false;
}

static void the_nearest_point_of_all_edges(void **state) {
    (void)state;
    smap__graph *g = tangle();
    smap_ctx *ctx = context(1), *crew = context(3);
    const double limits[] = { 0, 15, 60, 1e4, HUGE_VAL };
    for (int k = 0; k < 5; k++) {
        const smap_geometry *p = scattered(k == 4 ? -4000 : 0, k == 4 ? 9000 : 1100);
        smap__snap out[POINTS], again[POINTS];
        assert_int_equal(net_snap(ctx, g, p, limits[k], out, NULL), SMAP_OK);
        smap__snapper *snapper = NULL;
        assert_int_equal(smap__snapper_new(crew, g, limits[k], &snapper, NULL), SMAP_OK);
        assert_int_equal(smap__snapper_put(ctx, snapper, p, again, NULL), SMAP_OK);
        assert_int_equal(smap__snapper_put(crew, snapper, p, again, NULL), SMAP_OK);
        smap__snapper_free(snapper);
        for (int64_t i = 0; i < POINTS; i++) {
            assert_int_equal(out[i].edge, again[i].edge);
            if (p->type[i] == SMAP_GEOM_NULL) {
                assert_true(out[i].edge == SMAP__NONE && isnan(out[i].distance) && isnan(out[i].share));
                continue;
            }
            int64_t at = smap_geom_coord(p, smap_geom_ring(p, smap_geom_part(p, i)));
            double x = p->x[at], y = p->y[at], wanted = sampled(g, x, y);
            if (out[i].edge == SMAP__NONE) {
                assert_true(wanted > limits[k]);
                continue;
            }
            assert_true(out[i].distance <= limits[k] && out[i].distance <= wanted && wanted - out[i].distance < 0.4);
            assert_true(fabs(hypot(out[i].x - x, out[i].y - y) - out[i].distance) < 1e-9);
            assert_true(smap__graph_is_open(g, out[i].edge) && is_there(g, &out[i]));
            assert_true(out[i].share == again[i].share && out[i].distance == again[i].distance);
        }
        smap_geometry_free(p);
    }
    smap_ctx_free(ctx);
    smap_ctx_free(crew);
    smap__graph_free(g);
}

static void exact_limits_ends_and_ties(void **state) {
    (void)state;
    smap_ctx *ctx = context(1);
    smap_geometry_builder *b = net_builder(), *places = net_builder();
    net_part(b, 2, (double[]){ 0, 0, 10, 0 });
    net_part(b, 3, (double[]){ 20, 0, 30, 0, 30, 10 });
    smap__builder_end_feature(b, SMAP_GEOM_MULTILINESTRING);
    net_line(b, 2, (double[]){ 10, 0, 10, 10 });
    net_line(b, 2, (double[]){ 50, 50, 50, 50 });
    smap__graph *g = net_graph(net_finish(b), (double[]){ 30, 10, 5 }, NULL);
    const double at[][2] = { { 5, 3 }, { 5, -3.0000001 }, { 12, -1 }, { 30, 1 },
                             { 8, 2 }, { 50, 53 },        { 0, 0 },   { 33, 4 } };
    const struct {
        uint32_t edge;
        double share;
    } wanted[] = { { 0, 0.5 }, { SMAP__NONE, 0 }, { 0, 1 }, { 1, 0.55 }, { 0, 0.8 }, { 3, 0 }, { 0, 0 }, { 1, 0.7 } };
    for (int k = 0; k < 8; k++) assert_int_equal(smap_geometry_append_point(places, at[k][0], at[k][1], NULL), SMAP_OK);
    const smap_geometry *p = net_finish(places);
    smap__snap out[8];
    smap_error err = SMAP_ERROR_INIT;
    assert_int_equal(net_snap(ctx, g, p, 3, out, NULL), SMAP_OK);
    for (int k = 0; k < 8; k++) {
        assert_int_equal(out[k].edge, wanted[k].edge);
        if (out[k].edge != SMAP__NONE) assert_true(fabs(out[k].share - wanted[k].share) < 1e-12);
    }
    assert_int_equal(net_snap(ctx, g, p, -1, out, &err), SMAP_E_ARGUMENT);
    assert_int_equal(net_snap(ctx, g, p, NAN, out, &err), SMAP_E_ARGUMENT);
    smap__graph_free(g);
    g = net_graph(net_finish(net_builder()), NULL, NULL);
    assert_int_equal(net_snap(ctx, g, p, HUGE_VAL, out, NULL), SMAP_OK);
    for (int k = 0; k < 8; k++) assert_int_equal(out[k].edge, SMAP__NONE);
    smap_geometry_free(p);
    smap__graph_free(g);
    smap_ctx_free(ctx);
}

/* ---- from place to place, against a network that has nodes at the places ---- */

enum { SIDE = 5, PLACES = 6, ROADS = 2 * SIDE * (SIDE - 1) };

/* Streets of a grid with costs of their own for each way, some closed. A place stands at `share` of the street `on`;
 * with `cut` the street has a node there. */
typedef struct town {
    smap__graph *graph;
    double share[PLACES];
    uint32_t on[PLACES];
} town;

static void street(uint32_t k, double a[2], double b[2]) {
    uint32_t half = k / 2 / (SIDE - 1), step = k / 2 % (SIDE - 1);
    a[0] = k % 2 ? half : step;
    a[1] = k % 2 ? step : half;
    b[0] = a[0] + (k % 2 ? 0 : 1);
    b[1] = a[1] + (k % 2 ? 1 : 0);
}

static void town_places(uint64_t seed, town *t) {
    for (uint32_t k = 0; k < PLACES; k++) {
        t->on[k] = k == 1 ? t->on[0] : net_dice(seed, 900 + k, ROADS); /* two in one street */
        t->share[k] = k < 2 ? 0.25 + 0.5 * k : net_dice(seed, 950 + k, 5) / 4.0;
    }
}

static double street_cost(uint64_t seed, uint32_t k, int way) {
    uint32_t dice = net_dice(seed, 2 * k + (uint64_t)way, 9);
    return dice == 0 ? NAN : 4.0 * dice;
}

static town town_of(uint64_t seed, bool cut) {
    town t;
    double costs[2][ROADS];
    smap_geometry_builder *b = net_builder();
    town_places(seed, &t);
    for (uint32_t k = 0; k < ROADS; k++) {
        double a[2], c[2], xy[2 * (PLACES + 2)];
        int count = 0;
        street(k, a, c);
        for (int quarter = 0; quarter <= 4; quarter++) {
            bool place = quarter % 4 == 0;
            for (uint32_t p = 0; cut && p < PLACES; p++) place |= t.on[p] == k && t.share[p] == quarter / 4.0;
            if (!place) continue;
            xy[2 * count] = a[0] + quarter / 4.0 * (c[0] - a[0]);
            xy[2 * count++ + 1] = a[1] + quarter / 4.0 * (c[1] - a[1]);
        }
        net_line(b, count, xy);
        for (int way = 0; way < 2; way++) costs[way][k] = street_cost(seed, k, way);
    }
    for (uint32_t p = 0; cut && p < PLACES; p++) { /* a spur to nowhere makes the vertex a node */
        double a[2], c[2], x, y;
        street(t.on[p], a, c);
        x = a[0] + t.share[p] * (c[0] - a[0]);
        y = a[1] + t.share[p] * (c[1] - a[1]);
        net_line(b, 2, (double[]){ x, y, 100 + p, 100 });
    }
    double all[2][ROADS + PLACES];
    for (int way = 0; way < 2; way++) {
        memcpy(all[way], costs[way], sizeof costs[way]);
        for (uint32_t p = 0; p < PLACES; p++) all[way][ROADS + p] = NAN;
    }
    t.graph = net_graph(net_finish(b), all[0], all[1]);
    return t;
}

static smap__snap place_on(const town *t, uint32_t p) {
    return (smap__snap){ t->on[p], t->share[p], NAN, NAN, 0 }; /* streets are edges as long as nothing cuts them */
}

static uint32_t place_node(const town *t, uint32_t p) {
    double a[2], c[2];
    street(t->on[p], a, c);
    return net_node(t->graph, a[0] + t->share[p] * (c[0] - a[0]), a[1] + t->share[p] * (c[1] - a[1]));
}

static void assert_same_cost(double a, double b) {
    assert_true(a == b || fabs(a - b) < 1e-9);
}

static void places_on_edges_cost_what_nodes_would(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < 80; seed++) {
        town whole = town_of(seed, false), nodes = town_of(seed, true);
        assert_int_equal(whole.graph->edge_count, ROADS);
        for (uint32_t p = 0; p < PLACES * PLACES; p++) {
            smap__snap a = place_on(&whole, p / PLACES), b = place_on(&whole, p % PLACES);
            smap__seed starts[2], ends[2];
            smap__seed start = { place_node(&nodes, p / PLACES), 1, 7, 0 },
                       end = { place_node(&nodes, p % PLACES), 2, 5, 0 };
            int start_count = smap__snap_seeds(whole.graph, &a, 1, 7, false, starts);
            int end_count = smap__snap_seeds(whole.graph, &b, 2, 5, true, ends);
            assert_true(end_count == 2 ? ends[0].length_m == b.share && ends[1].length_m == 1 - b.share
                                       : ends[0].length_m == 0); /* streets are 1 m long */
            smap__route by_seeds, by_nodes;
            assert_int_equal(
                smap__paths_route(whole.graph, starts, start_count, ends, end_count, HUGE_VAL, &by_seeds, NULL),
                SMAP_OK);
            assert_int_equal(smap__paths_route(nodes.graph, &start, 1, &end, 1, HUGE_VAL, &by_nodes, NULL), SMAP_OK);
            assert_same_cost(fmin(by_seeds.cost_s, 7 + smap__snap_along(whole.graph, &a, &b) + 5), by_nodes.cost_s);
            smap__route_release(&by_seeds);
            smap__route_release(&by_nodes);
        }
        smap__graph_free(whole.graph);
        smap__graph_free(nodes.graph);
    }
}

static void what_is_not_on_the_network_has_no_seed(void **state) {
    (void)state;
    town t = town_of(3, false);
    smap__snap nowhere = { SMAP__NONE, NAN, NAN, NAN, NAN };
    smap__seed seeds[2];
    assert_int_equal(smap__snap_seeds(t.graph, &nowhere, 1, 0, false, seeds), 0);
    assert_true(isinf(smap__snap_along(t.graph, &nowhere, &nowhere)));
    smap__graph_free(t.graph);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_nearest_point_of_all_edges),
        cmocka_unit_test(exact_limits_ends_and_ties),
        cmocka_unit_test(places_on_edges_cost_what_nodes_would),
        cmocka_unit_test(what_is_not_on_the_network_has_no_seed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
