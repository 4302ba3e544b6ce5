/* Shortest paths against pgRouting's documented results and against brute force. */
#include "net/paths.h"

#include <string.h>

#include "../cancel_help.h"
#include "pgrouting_help.h"

static smap_ctx *context(int threads) {
    smap_ctx *ctx = NULL;
    smap_ctx_options options = SMAP_CTX_OPTIONS_INIT;
    options.threads = threads;
    assert_int_equal(smap_ctx_new(&options, &ctx, NULL), SMAP_OK);
    return ctx;
}

/* With lengths. */
static smap__reach reach_of(const smap__graph *g, const smap__seed *seeds, int64_t count, bool toward, double limit) {
    smap_ctx *ctx = context(1);
    smap__reach r;
    smap__search search = { seeds, count, toward, limit, true };
    assert_int_equal(smap__paths_nearest(ctx, g, &search, 1, &r, NULL), SMAP_OK);
    smap_ctx_free(ctx);
    return r;
}

/* ---- brute force ---- */

typedef struct matrix {
    uint32_t n;
    double *d; /* d[a * n + b]: from a to b */
} matrix;

/* Floyd and Warshall. */
static matrix all_pairs(const smap__graph *g) {
    matrix m = { g->node_count, malloc((size_t)g->node_count * g->node_count * sizeof(double)) };
    assert_non_null(m.d);
    for (uint32_t a = 0; a < m.n; a++)
        for (uint32_t b = 0; b < m.n; b++) m.d[a * m.n + b] = a == b ? 0 : HUGE_VAL;
    for (uint32_t e = 0; e < g->edge_count; e++) {
        double *there = &m.d[g->from[e] * m.n + g->to[e]], *back = &m.d[g->to[e] * m.n + g->from[e]];
        *there = fmin(*there, g->forward_s[e]);
        *back = fmin(*back, g->backward_s[e]);
    }
    for (uint32_t k = 0; k < m.n; k++)
        for (uint32_t a = 0; a < m.n; a++)
            for (uint32_t b = 0; b < m.n; b++)
                m.d[a * m.n + b] = fmin(m.d[a * m.n + b], m.d[a * m.n + k] + m.d[k * m.n + b]);
    return m;
}

enum { SEEDS = 8 };

/* Two sources stand on the same node, one has two seeds, one does not get to the network, one is there twice. */
static void random_seeds(const smap__graph *g, uint64_t seed, smap__seed out[SEEDS]) {
    for (uint32_t k = 0; k < SEEDS; k++)
        out[k] = (smap__seed){ net_dice(seed + 1000, k, g->node_count), 90 - 10 * k, net_dice(seed + 1000, 50 + k, 3),
                               net_dice(seed + 1000, 70 + k, 9) };
    out[2].node = out[1].node;
    out[4].source = out[3].source;
    out[5].cost_s = HUGE_VAL;
    out[7] = out[0];
    out[7].length_m = net_dice(seed + 1000, 99, 9);
}

typedef struct answer {
    double cost;
    uint32_t source;
} answer;

static int compare_answers(const void *a, const void *b) {
    const answer *l = a, *r = b;
    if (l->cost != r->cost) return l->cost < r->cost ? -1 : 1;
    return (l->source > r->source) - (l->source < r->source);
}

/* The sources of a node, each once, nearest first; how many get there within the limit. */
static int ranked_answers(const matrix *m, const smap__seed *seeds, uint32_t node, bool toward, double limit,
                          answer out[SEEDS]) {
    int count = 0;
    for (int k = 0; k < SEEDS; k++) {
        uint32_t s = seeds[k].node;
        answer a = { seeds[k].cost_s + (toward ? m->d[node * m->n + s] : m->d[s * m->n + node]), seeds[k].source };
        if (isinf(a.cost) || a.cost > limit) continue;
        int at = 0;
        while (at < count && out[at].source != a.source) at++;
        if (at == count) out[count++] = a;
        if (a.cost < out[at].cost) out[at] = a;
    }
    qsort(out, (size_t)count, sizeof *out, compare_answers);
    return count;
}

/* Walking back along the edges comes to a seed of the source, at the same cost; what is left of the length is that of
 * the shortest such seed. */
static void assert_path(const smap__graph *g, const smap__reach *r, const smap__seed *seeds, uint32_t node,
                        bool toward) {
    double cost = r->cost_s[node];
    uint32_t source = r->source[node], n = node, steps = 0;
    for (; r->edge[n] != SMAP__NONE; steps++) {
        uint32_t e = r->edge[n], before = smap__graph_across(g, e, n);
        bool forward = toward ? g->from[e] == n && r->cost_s[before] + g->forward_s[e] == r->cost_s[n]
                              : g->to[e] == n && r->cost_s[before] + g->forward_s[e] == r->cost_s[n];
        bool backward = toward ? g->to[e] == n && r->cost_s[before] + g->backward_s[e] == r->cost_s[n]
                               : g->from[e] == n && r->cost_s[before] + g->backward_s[e] == r->cost_s[n];
        assert_true(forward || backward);
        assert_true(steps <= g->node_count);
        assert_int_equal(r->source[before], source);
        assert_true(r->length_m[n] == r->length_m[before] + g->length_m[e]);
        n = before;
        cost = r->cost_s[n];
    }
    double length = HUGE_VAL;
    for (int k = 0; k < SEEDS; k++)
        if (seeds[k].node == n && seeds[k].source == source && seeds[k].cost_s == cost)
            length = fmin(length, seeds[k].length_m);
    assert_true(length < HUGE_VAL && r->length_m[n] == length);
}

static void nearest_sources_are_those_of_brute_force(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < 60; seed++) {
        smap__graph *g = net_random(seed, 30 + 3 * (uint32_t)seed, 3 + (uint32_t)seed % 8, false, false);
        matrix m = all_pairs(g);
        smap__seed seeds[SEEDS];
        random_seeds(g, seed, seeds);
        for (int turn = 0; turn < 4; turn++) {
            double limit = turn > 1 ? 6 : HUGE_VAL;
            smap__reach r = reach_of(g, seeds, SEEDS, turn % 2, limit);
            for (uint32_t n = 0; n < g->node_count; n++) {
                answer wanted[SEEDS];
                int count = ranked_answers(&m, seeds, n, turn % 2, limit, wanted);
                assert_true(r.cost_s[n] == (count ? wanted[0].cost : HUGE_VAL));
                assert_int_equal(r.source[n], count ? wanted[0].source : SMAP__NONE);
                if (count) assert_path(g, &r, seeds, n, turn % 2);
                if (!count) assert_true(isinf(r.length_m[n]));
            }
            smap__reach_release(&r);
        }
        free(m.d);
        smap__graph_free(g);
    }
}

static void ranked_sources_are_those_of_brute_force(void **state) {
    (void)state;
    smap_ctx *ctx = context(1);
    for (uint64_t seed = 100; seed < 140; seed++) {
        smap__graph *g = net_random(seed, 40 + (uint32_t)seed, 3 + (uint32_t)seed % 8, false, false);
        matrix m = all_pairs(g);
        smap__seed seeds[SEEDS];
        random_seeds(g, seed, seeds);
        for (uint32_t turn = 0; turn < 12; turn++) {
            uint32_t k = 1 + turn / 2 % 3 * 3;
            bool toward = turn % 2;
            smap__ranking r;
            smap__search search = { seeds, SEEDS, toward, turn < 6 ? HUGE_VAL : 5, turn % 3 != 0 };
            assert_int_equal(smap__paths_ranked(ctx, g, &search, 1, k, &r, NULL), SMAP_OK);
            for (uint32_t n = 0; n < g->node_count; n++) {
                answer wanted[SEEDS];
                uint32_t count = (uint32_t)ranked_answers(&m, seeds, n, toward, search.limit_s, wanted);
                for (uint32_t i = 0; i < k; i++) {
                    assert_int_equal(r.source[n * k + i], i < count ? wanted[i].source : SMAP__NONE);
                    assert_true(r.cost_s[n * k + i] == (i < count ? wanted[i].cost : HUGE_VAL));
                }
            }
            smap__ranking_release(&r);
        }
        free(m.d);
        smap__graph_free(g);
    }
    smap_ctx_free(ctx);
}

/* The way to a source is that of a search from it alone. */
static void ranked_lengths_are_those_of_each_source(void **state) {
    (void)state;
    enum { K = 3 };
    smap_ctx *ctx = context(1);
    for (uint64_t seed = 400; seed < 460; seed++) {
        smap__graph *g = net_random(seed, 30 + (uint32_t)seed % 90, 3 + (uint32_t)seed % 8, false, false);
        bool toward = seed % 2;
        smap__seed seeds[SEEDS];
        random_seeds(g, seed, seeds);
        smap__ranking r;
        smap__search search = { seeds, SEEDS, toward, seed % 3 ? HUGE_VAL : 7, true };
        assert_int_equal(smap__paths_ranked(ctx, g, &search, 1, K, &r, NULL), SMAP_OK);
        for (uint32_t source = 0; source <= 90; source += 10) {
            smap__seed own[SEEDS];
            int64_t count = 0;
            for (int k = 0; k < SEEDS; k++)
                if (seeds[k].source == source) own[count++] = seeds[k];
            smap__reach alone = reach_of(g, own, count, toward, search.limit_s);
            for (uint32_t at = 0; at < K * g->node_count; at++) {
                if (r.source[at] == SMAP__NONE) assert_true(isinf(r.length_m[at]));
                if (r.source[at] != source) continue;
                assert_true(r.cost_s[at] == alone.cost_s[at / K] && r.length_m[at] == alone.length_m[at / K]);
            }
            smap__reach_release(&alone);
        }
        smap__reach nearest = reach_of(g, seeds, SEEDS, toward, search.limit_s);
        for (uint32_t n = 0; n < g->node_count; n++) {
            assert_int_equal(r.source[n * K], nearest.source[n]);
            assert_true(r.length_m[n * K] == nearest.length_m[n]);
        }
        smap__reach_release(&nearest);
        smap__ranking_release(&r);
        smap__graph_free(g);
    }
    smap_ctx_free(ctx);
}

static void routes_are_as_short_as_brute_force_says(void **state) {
    (void)state;
    for (uint64_t seed = 200; seed < 260; seed++) {
        smap__graph *g = net_random(seed, 60, 3 + (uint32_t)seed % 8, false, false);
        matrix m = all_pairs(g);
        smap__seed starts[SEEDS], ends[SEEDS];
        random_seeds(g, seed, starts);
        random_seeds(g, seed + 500, ends);
        double best = HUGE_VAL;
        for (int a = 0; a < SEEDS; a++)
            for (int b = 0; b < SEEDS; b++)
                best = fmin(best, starts[a].cost_s + m.d[starts[a].node * m.n + ends[b].node] + ends[b].cost_s);
        smap__route r;
        assert_int_equal(smap__paths_route(g, starts, SEEDS, ends, SEEDS, HUGE_VAL, &r, NULL), SMAP_OK);
        assert_true(r.cost_s == best);
        double sum = HUGE_VAL, last = HUGE_VAL;
        for (int k = 0; k < SEEDS && best < HUGE_VAL; k++) {
            if (starts[k].source == r.start && starts[k].node == r.nodes[0]) sum = fmin(sum, starts[k].cost_s);
            if (ends[k].source == r.end && ends[k].node == r.nodes[r.edge_count]) last = fmin(last, ends[k].cost_s);
        }
        for (uint32_t k = 0; k < r.edge_count; k++) {
            uint32_t e = r.edges[k];
            assert_int_equal(smap__graph_across(g, e, r.nodes[k]), r.nodes[k + 1]);
            sum += g->from[e] == r.nodes[k] && g->to[e] == r.nodes[k + 1] ? g->forward_s[e] : g->backward_s[e];
        }
        assert_true(sum + last == best);
        smap__route_release(&r);
        if (best < HUGE_VAL && best > 0) {
            assert_int_equal(smap__paths_route(g, starts, SEEDS, ends, SEEDS, best, &r, NULL), SMAP_OK);
            assert_true(r.cost_s == best);
            smap__route_release(&r);
            assert_int_equal(smap__paths_route(g, starts, SEEDS, ends, SEEDS, best - 0.5, &r, NULL), SMAP_OK);
            assert_true(isinf(r.cost_s) && r.edge_count == 0 && r.end == SMAP__NONE);
            smap__route_release(&r);
        }
        free(m.d);
        smap__graph_free(g);
    }
}

/* The other way through the network with its ways swapped is the same; so is the order of edges and of seeds. */
static void direction_and_order_change_nothing(void **state) {
    (void)state;
    for (uint64_t seed = 300; seed < 330; seed++) {
        smap__graph *g = net_random(seed, 150, 7, false, false), *swapped = net_random(seed, 150, 7, false, true);
        smap__graph *flipped = net_random(seed, 150, 7, true, false);
        smap__seed seeds[SEEDS], turned[SEEDS];
        random_seeds(g, seed, seeds);
        for (int k = 0; k < SEEDS; k++) turned[k] = seeds[SEEDS - 1 - k];
        smap__reach a = reach_of(g, seeds, SEEDS, false, 20), b = reach_of(swapped, seeds, SEEDS, true, 20);
        smap__reach c = reach_of(flipped, turned, SEEDS, false, 20);
        size_t n = g->node_count;
        assert_memory_equal(a.cost_s, b.cost_s, n * sizeof *a.cost_s);
        assert_memory_equal(a.source, b.source, n * sizeof *a.source);
        assert_memory_equal(a.edge, b.edge, n * sizeof *a.edge);
        assert_memory_equal(a.length_m, b.length_m, n * sizeof *a.length_m);
        assert_memory_equal(a.cost_s, c.cost_s, n * sizeof *a.cost_s);
        assert_memory_equal(a.source, c.source, n * sizeof *a.source);
        for (uint32_t k = 0; k < n; k++) { /* by way of the same node; parallel edges have other numbers */
            assert_int_equal(a.edge[k] == SMAP__NONE, c.edge[k] == SMAP__NONE);
            if (a.edge[k] == SMAP__NONE) continue;
            assert_int_equal(smap__graph_across(g, a.edge[k], k), smap__graph_across(flipped, c.edge[k], k));
        }
        smap__reach_release(&a);
        smap__reach_release(&b);
        smap__reach_release(&c);
        smap__graph_free(g);
        smap__graph_free(swapped);
        smap__graph_free(flipped);
    }
}

static void searches_side_by_side_are_those_alone(void **state) {
    (void)state;
    enum { SEARCHES = 20 };
    smap__graph *g = net_random(7, 500, 12, false, false);
    smap__seed seeds[SEARCHES][SEEDS];
    smap__search searches[SEARCHES];
    for (uint64_t k = 0; k < SEARCHES; k++) {
        random_seeds(g, k, seeds[k]);
        searches[k] = (smap__search){ seeds[k], SEEDS, k % 2, k % 3 ? 9 : HUGE_VAL, k % 4 };
    }
    for (int threads = 1; threads <= 4; threads += 3) {
        smap_ctx *ctx = context(threads);
        smap__reach all[SEARCHES];
        smap__ranking rankings[SEARCHES];
        assert_int_equal(smap__paths_nearest(ctx, g, searches, SEARCHES, all, NULL), SMAP_OK);
        assert_int_equal(smap__paths_ranked(ctx, g, searches, SEARCHES, 2, rankings, NULL), SMAP_OK);
        for (int k = 0; k < SEARCHES; k++) {
            smap__reach one = reach_of(g, seeds[k], SEEDS, searches[k].toward, searches[k].limit_s);
            assert_memory_equal(one.cost_s, all[k].cost_s, g->node_count * sizeof *one.cost_s);
            assert_memory_equal(one.source, all[k].source, g->node_count * sizeof *one.source);
            assert_memory_equal(one.edge, all[k].edge, g->node_count * sizeof *one.edge);
            assert_true((all[k].length_m != NULL) == searches[k].lengths);
            assert_true((rankings[k].length_m != NULL) == searches[k].lengths);
            if (searches[k].lengths)
                assert_memory_equal(one.length_m, all[k].length_m, g->node_count * sizeof *one.length_m);
            for (uint32_t n = 0; n < g->node_count; n++) assert_int_equal(rankings[k].source[2 * n], one.source[n]);
            smap__ranking_release(&rankings[k]);
            smap__reach_release(&one);
            smap__reach_release(&all[k]);
        }
        smap_ctx_free(ctx);
    }
    smap__graph_free(g);
}

/* ---- numbers at the end of all numbers ---- */

static void exact_limits_and_sums_beyond_all_numbers(void **state) {
    (void)state;
    smap_geometry_builder *b = net_builder();
    for (int k = 0; k < 4; k++) net_line(b, 2, (double[]){ k, 0, k + 1, 0 });
    smap_ctx *ctx = context(1);
    smap__graph *g = net_graph(net_finish(b), (double[]){ 30, 30, 1e308, 1e308 }, NULL);
    smap__seed start = { net_node(g, 0, 0), 5, 0, 0 };
    smap__reach r = reach_of(g, &start, 1, false, 60);
    assert_true(r.cost_s[net_node(g, 2, 0)] == 60 && isinf(r.cost_s[net_node(g, 3, 0)]));
    smap__reach_release(&r);
    r = reach_of(g, &start, 1, false, nextafter(60, 0));
    assert_true(isinf(r.cost_s[net_node(g, 2, 0)]) && r.source[net_node(g, 2, 0)] == SMAP__NONE);
    smap__reach_release(&r);
    r = reach_of(g, &start, 1, true, HUGE_VAL);
    assert_true(r.cost_s[net_node(g, 3, 0)] == 1e308 && isinf(r.cost_s[net_node(g, 4, 0)]));
    assert_int_equal(r.edge[net_node(g, 4, 0)], SMAP__NONE);
    smap__reach_release(&r);
    smap__ranking ranking;
    smap__search search = { &start, 1, false, HUGE_VAL, false };
    assert_int_equal(smap__paths_ranked(ctx, g, &search, 1, 2, &ranking, NULL), SMAP_OK);
    assert_int_equal(ranking.source[2 * net_node(g, 3, 0)], 5);
    assert_int_equal(ranking.source[2 * net_node(g, 4, 0)], SMAP__NONE);
    smap__ranking_release(&ranking);
    smap__graph_free(g);
    smap_ctx_free(ctx);
}

static void seeds_that_make_no_sense_are_refused(void **state) {
    (void)state;
    smap_geometry_builder *b = net_builder();
    net_line(b, 2, (double[]){ 0, 0, 1, 0 });
    smap__graph *g = net_graph(net_finish(b), (double[]){ 1 }, NULL);
    smap_ctx *ctx = context(1);
    const smap__seed bad[] = {
        { 0, 0, -1, 0 }, { 0, 0, NAN, 0 }, { 2, 0, 0, 0 }, { SMAP__NONE, 0, 0, 0 }, { 0, SMAP__NONE, 0, 0 }
    };
    for (int k = 0; k < 5; k++) {
        smap__seed seeds[] = { { 0, 1, 0, 0 }, bad[k] };
        smap__search search = { seeds, 2, false, HUGE_VAL, false };
        smap__reach r;
        smap__ranking ranking;
        smap__route route;
        smap_error err = SMAP_ERROR_INIT;
        assert_int_equal(smap__paths_nearest(ctx, g, &search, 1, &r, &err), SMAP_E_ARGUMENT);
        assert_int_equal(err.row, 2);
        assert_int_equal(smap__paths_ranked(ctx, g, &search, 1, 1, &ranking, NULL), SMAP_E_ARGUMENT);
        assert_int_equal(smap__paths_route(g, seeds, 2, seeds, 1, HUGE_VAL, &route, NULL), SMAP_E_ARGUMENT);
        assert_int_equal(smap__paths_route(g, seeds, 1, seeds, 2, HUGE_VAL, &route, NULL), SMAP_E_ARGUMENT);
    }
    smap__search none = { NULL, 0, false, HUGE_VAL, false };
    smap__reach r;
    smap__ranking ranking;
    assert_int_equal(smap__paths_ranked(ctx, g, &none, 1, 0, &ranking, NULL), SMAP_E_ARGUMENT);
    assert_int_equal(smap__paths_nearest(ctx, g, &none, 1, &r, NULL), SMAP_OK);
    assert_true(isinf(r.cost_s[0]) && isinf(r.cost_s[1]));
    smap__reach_release(&r);
    smap_ctx_free(ctx);
    smap__graph_free(g);
}

/* ---- cancel ---- */

/* A long street: one search alone asks often, whatever the threads. */
static void a_search_is_cancelled_in_the_middle(void **state) {
    (void)state;
    enum { LONG = 40000 };
    smap_geometry_builder *b = net_builder();
    double *cost = malloc(LONG * sizeof *cost);
    assert_non_null(cost);
    for (int k = 0; k < LONG; k++) {
        net_line(b, 2, (double[]){ k, 0, k + 1, 0 });
        cost[k] = 1;
    }
    smap__graph *g = net_graph(net_finish(b), cost, NULL);
    smap__seed start = { net_node(g, 0, 0), 0, 0, 0 };
    smap__search search = { &start, 1, false, HUGE_VAL, true };
    cancel cancelled = { .goes_on = 1 };
    smap_ctx *ctx = cancel_context(&cancelled);
    smap__reach r;
    smap__ranking ranking;
    assert_int_equal(smap__paths_nearest(ctx, g, &search, 1, &r, NULL), SMAP_E_CANCELLED);
    assert_int_equal(cancelled.asked, 2);
    cancelled.asked = 0;
    assert_int_equal(smap__paths_ranked(ctx, g, &search, 1, 2, &ranking, NULL), SMAP_E_CANCELLED);
    assert_int_equal(cancelled.asked, 2);
    smap_ctx_free(ctx);
    smap__graph_free(g);
    free(cost);
}

/* ---- the sample network of the pgRouting manual ---- */

/* Its vertices, by their number there less one. */
static const double vertices[][2] = { { 0, 2 },     { 0.5, 3.5 }, { 1, 2 }, { 1.999999999999, 3.5 },
                                      { 2, 0 },     { 2, 1 },     { 2, 2 }, { 2, 3 },
                                      { 2, 4 },     { 3, 1 },     { 3, 2 }, { 3, 3 },
                                      { 3.5, 2.3 }, { 3.5, 4 },   { 4, 1 }, { 4, 2 },
                                      { 4, 3 } };

static uint32_t vertex(const smap__graph *g, int number) {
    uint32_t n = net_node(g, vertices[number - 1][0], vertices[number - 1][1]);
    assert_true(n != SMAP__NONE);
    return n;
}

static double sample_route(const smap__graph *g, int a, int b, smap__route *route) {
    smap__seed start = { vertex(g, a), (uint32_t)a, 0, 0 }, end = { vertex(g, b), (uint32_t)b, 0, 0 };
    assert_int_equal(smap__paths_route(g, &start, 1, &end, 1, HUGE_VAL, route, NULL), SMAP_OK);
    return route->cost_s;
}

/* {vertex, source, cost} of all that is reached. */
static void assert_reached(const smap__graph *g, const smap__reach *r, const int (*wanted)[3], uint32_t count) {
    uint32_t reached = 0;
    for (uint32_t n = 0; n < g->node_count; n++) reached += r->cost_s[n] < HUGE_VAL;
    assert_int_equal(reached, count);
    for (uint32_t k = 0; k < count; k++) {
        uint32_t n = vertex(g, wanted[k][0]);
        assert_true(r->cost_s[n] == wanted[k][2]);
        assert_int_equal(r->source[n], wanted[k][1]);
    }
}

static void the_manual_of_pgrouting_directed(void **state) {
    (void)state;
    smap__graph *g = pgrouting_graph(true);
    smap__route route;
    const uint32_t edges[] = { 4, 8, 9, 16, 3 };
    smap__components *c = NULL;
    assert_int_equal(g->node_count, 17);
    assert_int_equal(g->edge_count, 18);
    assert_int_equal(smap__components_find(g, &c, NULL), SMAP_OK);
    assert_int_equal(c->count, 3);
    assert_true(c->nodes[0] == 13 && c->nodes[1] == 2 && c->nodes[2] == 2);
    smap__components_free(c);
    assert_true(sample_route(g, 6, 10, &route) == 5);
    assert_int_equal(route.edge_count, 5);
    for (int k = 0; k < 5; k++) assert_int_equal(route.edges[k] + 1, edges[k]);
    smap__route_release(&route);
    assert_true(sample_route(g, 6, 17, &route) == 4);
    smap__route_release(&route);
    assert_true(isinf(sample_route(g, 6, 13, &route)));
    smap__route_release(&route);

    smap__seed seeds[] = { { vertex(g, 11), 11, 0, 0 }, { vertex(g, 16), 16, 0, 0 } };
    const int one[][3] = { { 11, 11, 0 }, { 7, 11, 1 }, { 12, 11, 1 }, { 16, 11, 1 }, { 3, 11, 2 },
                           { 6, 11, 2 },  { 8, 11, 2 }, { 15, 11, 2 }, { 17, 11, 2 }, { 1, 11, 3 },
                           { 5, 11, 3 },  { 9, 11, 3 }, { 10, 11, 3 } };
    const int two[][3] = { { 11, 11, 0 }, { 7, 11, 1 },  { 12, 11, 1 }, { 3, 11, 2 }, { 6, 11, 2 },
                           { 8, 11, 2 },  { 1, 11, 3 },  { 5, 11, 3 },  { 9, 11, 3 }, { 16, 16, 0 },
                           { 15, 16, 1 }, { 17, 16, 1 }, { 10, 16, 2 } };
    smap__reach r = reach_of(g, seeds, 1, false, 3);
    assert_reached(g, &r, one, 13);
    smap__reach_release(&r);
    r = reach_of(g, seeds, 2, false, 3);
    assert_reached(g, &r, two, 13);
    smap__reach_release(&r);
    smap__graph_free(g);
}

static void the_manual_of_pgrouting_undirected(void **state) {
    (void)state;
    const int costs[][3] = { { 5, 6, 1 }, { 5, 10, 2 }, { 5, 15, 3 }, { 6, 10, 1 }, { 6, 15, 2 }, { 10, 15, 1 } };
    smap__graph *g = pgrouting_graph(false);
    for (int k = 0; k < 12; k++) {
        smap__route route;
        const int *c = costs[k / 2];
        assert_true(sample_route(g, c[k % 2], c[!(k % 2)], &route) == c[2]);
        smap__route_release(&route);
    }
    smap__graph_free(g);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nearest_sources_are_those_of_brute_force),
        cmocka_unit_test(ranked_sources_are_those_of_brute_force),
        cmocka_unit_test(ranked_lengths_are_those_of_each_source),
        cmocka_unit_test(routes_are_as_short_as_brute_force_says),
        cmocka_unit_test(direction_and_order_change_nothing),
        cmocka_unit_test(searches_side_by_side_are_those_alone),
        cmocka_unit_test(exact_limits_and_sums_beyond_all_numbers),
        cmocka_unit_test(seeds_that_make_no_sense_are_refused),
        cmocka_unit_test(a_search_is_cancelled_in_the_middle),
    };
    const struct CMUnitTest manual[] = { cmocka_unit_test(the_manual_of_pgrouting_directed),
                                         cmocka_unit_test(the_manual_of_pgrouting_undirected) };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    return failed ? failed : pgrouting_run(manual);
}
