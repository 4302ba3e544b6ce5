/* Lines to nodes, edges, arcs and components. */
#include "net/graph.h"

#include <stdlib.h>
#include <string.h>

#include "geo/index.h"
#include "net_help.h"

static void assert_near(double a, double b) {
    assert_true(fabs(a - b) <= 1e-12 * (1 + fabs(b)));
}

static void lines_meet_at_shared_vertices_alone(void **state) {
    (void)state;
    smap_geometry_builder *b = net_builder();
    net_line(b, 4, (double[]){ 0, 0, 4, 0, 10, 0, 20, 0 }); /* (4, 0) is its own, (10, 0) the third one's end */
    net_line(b, 2, (double[]){ 5, -5, 5, 5 });              /* crosses without a vertex: a bridge */
    net_line(b, 2, (double[]){ 10, 0, 10, 5 });
    net_line(b, 3, (double[]){ 0, 5, 10, 2.5, 0, -5 }); /* (10, 2.5) is no vertex of another */
    smap__graph *g = net_graph(net_finish(b), (double[]){ 40, 1, 2, 3 }, (double[]){ 10, 1, NAN, 3 });
    assert_int_equal(g->edge_count, 5);
    assert_int_equal(g->node_count, 8);
    assert_int_equal(g->passed, 0);
    assert_int_equal(g->feature[1], 0);
    assert_int_equal(g->from[0], net_node(g, 0, 0));
    assert_int_equal(g->to[0], net_node(g, 10, 0));
    assert_int_equal(g->from[1], g->to[0]);
    assert_int_equal(g->first[1], 2);
    assert_int_equal(g->last[1], 3);
    assert_near(g->forward_s[0], 20);
    assert_near(g->backward_s[1], 5);
    assert_near(g->length_m[1], 10);
    assert_true(g->forward_s[3] == 2 && isinf(g->backward_s[3]));
    smap__components *c = NULL;
    assert_int_equal(smap__components_find(g, &c, NULL), SMAP_OK);
    assert_int_equal(c->count, 3);
    assert_int_equal(c->nodes[0], 4);
    assert_int_equal(c->edges[0], 3);
    assert_int_equal(c->nodes[1] + c->nodes[2], 4);
    assert_true(net_node(g, 0, 5) != SMAP__NONE && net_node(g, 4, 0) == SMAP__NONE);
    smap__components_free(c);
    smap__graph_free(g);
}

static void vertices_shared_in_the_middle_are_nodes(void **state) {
    (void)state;
    smap_geometry_builder *b = net_builder();
    net_line(b, 3, (double[]){ -1, 0, 0, 0, 1, 0 });
    net_line(b, 3, (double[]){ 0, -1, -0.0, -0.0, 0, 1 });        /* -0 is 0 */
    net_line(b, 5, (double[]){ 5, 5, 6, 5, 6, 6, 5, 5.5, 6, 5 }); /* meets itself at (6, 5) */
    smap__graph *g = net_graph(net_finish(b), (double[]){ 2, 2, 9 }, NULL);
    assert_int_equal(g->edge_count, 6);
    assert_int_equal(g->node_count, 7);
    uint32_t middle = net_node(g, 0, 0);
    assert_int_equal(g->first_arc[middle + 1] - g->first_arc[middle], 4);
    assert_int_equal(g->from[5], g->to[5]);
    assert_int_equal(g->from[5], net_node(g, 6, 5));
    smap__graph_free(g);
}

static void loops_parallels_parts_and_repeated_vertices(void **state) {
    (void)state;
    smap_geometry_builder *b = net_builder();
    net_line(b, 4, (double[]){ 0, 0, 1, 0, 1, 1, 0, 0 });       /* loop */
    net_line(b, 2, (double[]){ 0, 0, 9, 0 });                   /* parallel to the next */
    net_line(b, 5, (double[]){ 9, 0, 9, 0, 5, 5, 5, 5, 0, 0 }); /* repeats two vertices */
    net_line(b, 3, (double[]){ 7, 7, 7, 7, 7, 7 });             /* of no length */
    net_part(b, 2, (double[]){ 20, 0, 23, 0 });                 /* two parts, not joined */
    net_part(b, 3, (double[]){ 30, 0, 31, 0, 31, 0 });
    smap__builder_end_feature(b, SMAP_GEOM_MULTILINESTRING);
    assert_int_equal(smap_geometry_append_null(b, NULL), SMAP_OK);
    assert_int_equal(smap_geometry_append_point(b, 0, 0, NULL), SMAP_OK);
    net_line(b, 1, (double[]){ 3, 3 });
    net_line(b, 2, (double[]){ 3, 3, NAN, 4 });
    net_line(b, 2, (double[]){ -1e308, 0, 1e308, 0 });
    smap__graph *g = NULL;
    const smap_geometry *lines = net_finish(b);
    double s[10] = { 3, 4, 5, 6, 8, -1, -1, -1, -1, -1 }, m[10] = { 30, 40, 50, 60, 80, -1, NAN, -1, -1, -1 };
    assert_int_equal(smap__graph_build(net_ctx(), lines, &(smap__line_costs){ s, s, m, NULL }, &g, NULL), SMAP_OK);
    smap_geometry_free(lines);
    assert_int_equal(g->passed, 5);
    assert_int_equal(g->edge_count, 6);
    assert_int_equal(g->from[0], g->to[0]);
    assert_true(g->from[1] == g->to[2] && g->to[1] == g->from[2] && g->length_m[2] == 50);
    assert_true(g->from[3] == g->to[3] && g->forward_s[3] == 6 && g->length_m[3] == 60);
    assert_int_equal(g->feature[5], 4);
    assert_near(g->length_m[5], 20);
    assert_near(g->forward_s[4], 6);
    smap__components *c = NULL;
    assert_int_equal(smap__components_find(g, &c, NULL), SMAP_OK);
    assert_int_equal(c->count, 4);
    assert_int_equal(c->edges[c->of_node[net_node(g, 0, 0)]], 3);
    smap__components_free(c);
    smap__graph_free(g);
}

static void every_edge_is_an_arc_at_either_end(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < 20; seed++) {
        smap__graph *g = net_random(seed, 100, 6, false, false);
        assert_int_equal(g->first_arc[g->node_count], 2 * g->edge_count);
        uint32_t met[512] = { 0 };
        for (uint32_t n = 0; n < g->node_count; n++)
            for (uint32_t a = g->first_arc[n]; a < g->first_arc[n + 1]; a++) {
                uint32_t e = g->arc_edge[a];
                bool leaves = g->from[e] == n && g->arc_out_s[a] == g->forward_s[e] && !(met[e] & 1);
                met[e] |= leaves ? 1 : 2;
                assert_true(leaves || (g->to[e] == n && g->arc_out_s[a] == g->backward_s[e]));
                assert_true(g->arc_in_s[a] == (leaves ? g->backward_s[e] : g->forward_s[e]));
                assert_int_equal(g->arc_node[a], smap__graph_across(g, e, n));
            }
        for (uint32_t e = 0; e < g->edge_count; e++) assert_int_equal(met[e], 3);
        smap__graph_free(g);
    }
}

/* Components by spreading labels until nothing changes. */
static void components_are_what_hangs_together(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < 40; seed++) {
        smap__graph *g = net_random(seed, 20 + 3 * (uint32_t)seed, 9, false, false);
        smap__components *c = NULL;
        assert_int_equal(smap__components_find(g, &c, NULL), SMAP_OK);
        uint32_t least[512], open[512] = { 0 }, sizes[512] = { 0 }, roots = 0;
        for (uint32_t n = 0; n < g->node_count; n++) least[n] = n;
        for (bool changed = true; changed;) {
            changed = false;
            for (uint32_t e = 0; e < g->edge_count; e++) {
                uint32_t a = g->from[e], b = g->to[e];
                if (!smap__graph_is_open(g, e) || least[a] == least[b]) continue;
                least[a] = least[b] = least[a] < least[b] ? least[a] : least[b];
                changed = true;
            }
        }
        for (uint32_t e = 0; e < g->edge_count; e++) open[least[g->from[e]]] += smap__graph_is_open(g, e);
        for (uint32_t n = 0; n < g->node_count; n++) sizes[least[n]]++;
        for (uint32_t n = 0; n < g->node_count; n++) {
            uint32_t k = c->of_node[n];
            roots += least[n] == n;
            assert_int_equal(c->of_node[least[n]], k);
            assert_int_equal(c->nodes[k], sizes[least[n]]);
            assert_int_equal(c->edges[k], open[least[n]]);
        }
        assert_int_equal(c->count, roots);
        for (uint32_t k = 0; k + 1 < c->count; k++) assert_true(c->nodes[k] >= c->nodes[k + 1]);
        smap__components_free(c);
        smap__graph_free(g);
    }
}

static void the_order_of_lines_does_not_number_nodes(void **state) {
    (void)state;
    smap__graph *a = net_random(3, 200, 9, false, false), *b = net_random(3, 200, 9, true, false);
    assert_int_equal(a->node_count, b->node_count);
    assert_memory_equal(a->x, b->x, a->node_count * sizeof *a->x);
    assert_memory_equal(a->y, b->y, a->node_count * sizeof *a->y);
    for (uint32_t e = 0; e < a->edge_count; e++) {
        assert_int_equal(a->from[e], b->from[a->edge_count - 1 - e]);
        assert_int_equal(a->to[e], b->to[a->edge_count - 1 - e]);
    }
    smap__graph_free(a);
    smap__graph_free(b);
}

/* Noding by comparing every vertex with every other; some are asked to be nodes. */
static void nodes_are_ends_and_what_is_used_twice_or_asked_for(void **state) {
    (void)state;
    enum { LINES = 60, CORNERS = 6, ALL = LINES * CORNERS };
    for (uint64_t seed = 50; seed < 80; seed++) {
        smap_geometry_builder *b = net_builder();
        double xy[ALL][2], cost[LINES] = { 0 };
        uint8_t asked[ALL];
        for (uint32_t i = 0; i < ALL; i++) {
            bool repeats = i % CORNERS && net_dice(seed, 5 * ALL + i, 6) == 0;
            xy[i][0] = repeats ? xy[i - 1][0] : net_dice(seed, 2 * i, 12) + 0.1;
            xy[i][1] = repeats ? xy[i - 1][1] : net_dice(seed, 2 * i + 1, 30) / 7.0;
            asked[i] = net_dice(seed, 6 * ALL + i, 5) == 0;
        }
        for (int k = 0; k < LINES; k++) net_line(b, CORNERS, xy[k * CORNERS]);
        const smap_geometry *lines = net_finish(b);
        smap__graph *g = NULL;
        smap__line_costs costs = { cost, cost, NULL, seed % 3 ? asked : NULL };
        assert_int_equal(smap__graph_build(net_ctx(), lines, &costs, &g, NULL), SMAP_OK);
        smap_geometry_free(lines);
        uint32_t edges = 0;
        for (int i = 0; i < ALL; i++) {
            if (i % CORNERS && xy[i][0] == xy[i - 1][0] && xy[i][1] == xy[i - 1][1]) continue;
            int same = i; /* the last that repeats it */
            while ((same + 1) % CORNERS && xy[same + 1][0] == xy[i][0] && xy[same + 1][1] == xy[i][1]) same++;
            bool node = i % CORNERS == 0 || same % CORNERS == CORNERS - 1, again = false;
            for (int k = i; k <= same; k++) node |= costs.node_at && asked[k];
            for (int k = 0; k < ALL; k++)
                if ((k < i || k > same) && xy[k][0] == xy[i][0] && xy[k][1] == xy[i][1]) again = true;
            assert_int_equal(net_node(g, xy[i][0], xy[i][1]) != SMAP__NONE, node || again);
            edges += i % CORNERS != 0 && (node || again);
        }
        assert_int_equal(g->edge_count, edges);
        smap__graph_free(g);
    }
}

/* Numbered along the curve over all nodes, also over those outside of the box of the ends; many lines, by any number
 * of workers. */
static void nodes_are_numbered_along_the_curve(void **state) {
    (void)state;
    enum { LINES = 30000, CORNERS = 3 };
    smap__graph *first = NULL;
    double *cost = calloc(LINES, sizeof *cost);
    for (int threads = 1; threads <= 5; threads += 2) {
        smap_ctx_options options = SMAP_CTX_OPTIONS_INIT;
        smap_ctx *ctx = NULL;
        smap__graph *g = NULL;
        smap_geometry_builder *b = net_builder();
        options.threads = threads;
        assert_int_equal(smap_ctx_new(&options, &ctx, NULL), SMAP_OK);
        for (uint32_t k = 0; k < LINES; k++) /* the middle ones lie around the ends, and some meet there */
            net_line(b, CORNERS,
                     (double[]){ 100 + net_dice(81, 6 * k, 80), 100 + net_dice(81, 6 * k + 1, 80),
                                 net_dice(81, 6 * k + 2, 300), net_dice(81, 6 * k + 3, 250),
                                 100 + net_dice(81, 6 * k + 4, 80), 100 + net_dice(81, 6 * k + 5, 80) });
        const smap_geometry *lines = net_finish(b);
        smap__line_costs costs = { cost, cost, NULL, NULL };
        assert_int_equal(smap__graph_build(ctx, lines, &costs, &g, NULL), SMAP_OK);
        smap_geometry_free(lines);
        smap_ctx_free(ctx);
        if (!first) {
            first = g;
            continue;
        }
        assert_int_equal(g->node_count, first->node_count);
        assert_int_equal(g->edge_count, first->edge_count);
        assert_memory_equal(g->x, first->x, g->node_count * sizeof *g->x);
        assert_memory_equal(g->from, first->from, g->edge_count * sizeof *g->from);
        assert_memory_equal(g->arc_edge, first->arc_edge, g->edge_count * 2 * sizeof *g->arc_edge);
        smap__graph_free(g);
    }
    int64_t *order = calloc(first->node_count, sizeof *order);
    assert_int_equal(smap__hilbert_order(first->x, first->y, first->node_count, order, NULL), SMAP_OK);
    for (uint32_t n = 0; n < first->node_count; n++) assert_int_equal(order[n], n);
    for (uint32_t e = 0; e < first->edge_count; e++) {
        assert_true(first->x[first->from[e]] == first->lines->x[first->first[e]]);
        assert_true(first->y[first->to[e]] == first->lines->y[first->last[e]]);
    }
    assert_true(net_node(first, 100, 100) != 0); /* the curve begins beside the ends' box */
    free(order);
    free(cost);
    smap__graph_free(first);
}

static void a_node_that_was_asked_for_changes_no_cost(void **state) {
    (void)state;
    smap_geometry_builder *b = net_builder();
    net_line(b, 5, (double[]){ 0, 0, 3, 0, 3, 0, 8, 0, 10, 0 });
    net_line(b, 2, (double[]){ NAN, 0, 1, 0 });
    const smap_geometry *lines = net_finish(b);
    const double there[] = { 20, 1 }, back[] = { NAN, 1 };
    const uint8_t asked[] = { 0, 0, 1, 0, 0, 1, 1 };
    smap__graph *g = NULL;
    assert_int_equal(smap__graph_build(net_ctx(), lines, &(smap__line_costs){ there, back, NULL, asked }, &g, NULL),
                     SMAP_OK);
    smap_geometry_free(lines);
    assert_true(g->node_count == 3 && g->edge_count == 2);
    assert_true(g->to[0] == net_node(g, 3, 0) && g->from[1] == g->to[0] && g->first[1] == 1 && g->last[1] == 4);
    assert_near(g->forward_s[0], 6);
    assert_near(g->forward_s[1], 14);
    assert_true(isinf(g->backward_s[0]) && isinf(g->backward_s[1]));
    smap__graph_free(g);
}

static void assert_same_graph(const smap__graph *a, const smap__graph *b) {
    size_t arcs = 2 * (size_t)a->edge_count, bytes = a->edge_count * sizeof *a->forward_s;
    assert_true(a->node_count == b->node_count && a->edge_count == b->edge_count && a->passed == b->passed);
    assert_memory_equal(a->first_arc, b->first_arc, (a->node_count + 1) * sizeof *a->first_arc);
    assert_memory_equal(a->arc_node, b->arc_node, arcs * sizeof *a->arc_node);
    assert_memory_equal(a->arc_edge, b->arc_edge, arcs * sizeof *a->arc_edge);
    assert_memory_equal(a->arc_out_s, b->arc_out_s, arcs * sizeof *a->arc_out_s);
    assert_memory_equal(a->arc_in_s, b->arc_in_s, arcs * sizeof *a->arc_in_s);
    assert_memory_equal(a->forward_s, b->forward_s, bytes);
    assert_memory_equal(a->backward_s, b->backward_s, bytes);
    assert_memory_equal(a->length_m, b->length_m, bytes);
}

/* Swapped costs by themselves and as other costs of the same edges; whoever goes first. */
static void other_costs_on_the_same_edges(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < 20; seed++) {
        smap__graph *g = net_random(seed, 120, 6, false, false), *swapped = net_random(seed, 120, 6, false, true);
        smap__graph *same = NULL, *turned = NULL;
        assert_int_equal(smap__graph_recost(net_ctx(), g, swapped->forward_s, swapped->backward_s, &turned, NULL),
                         SMAP_OK);
        if (seed % 2) smap__graph_free(g);
        assert_same_graph(turned, swapped);
        assert_int_equal(smap__graph_recost(net_ctx(), turned, swapped->backward_s, swapped->forward_s, &same, NULL),
                         SMAP_OK);
        smap__graph_free(turned);
        if (seed % 2) g = net_random(seed, 120, 6, false, false);
        assert_same_graph(same, g);
        assert_true(same->x[0] == g->x[0] && same->lines->count == g->lines->count);
        smap__graph_free(g);
        smap__graph_free(same);
        smap__graph_free(swapped);
    }
}

static void what_makes_no_sense_is_refused(void **state) {
    (void)state;
    smap_geometry_builder *b = net_builder();
    net_line(b, 2, (double[]){ 0, 0, 1, 0 });
    net_line(b, 2, (double[]){ 1, 0, 2, 0 });
    const smap_geometry *lines = net_finish(b);
    smap__graph *g = NULL;
    smap_error err = SMAP_ERROR_INIT;
    const double good[] = { 1, 1 }, bad[] = { 1, -2 }, unknown[] = { 1, NAN };
    assert_int_equal(smap__graph_build(net_ctx(), lines, &(smap__line_costs){ good, bad, NULL, NULL }, &g, &err),
                     SMAP_E_ARGUMENT);
    assert_int_equal(err.row, 2);
    assert_non_null(strstr(err.message, "-2 s"));
    assert_int_equal(smap__graph_build(net_ctx(), lines, &(smap__line_costs){ good, good, bad, NULL }, &g, &err),
                     SMAP_E_ARGUMENT);
    assert_int_equal(smap__graph_build(net_ctx(), lines, &(smap__line_costs){ good, good, unknown, NULL }, &g, &err),
                     SMAP_E_ARGUMENT);
    assert_null(g);
    assert_int_equal(smap__graph_build(net_ctx(), lines, &(smap__line_costs){ good, good, NULL, NULL }, &g, NULL),
                     SMAP_OK);
    smap__graph *other = NULL;
    assert_int_equal(smap__graph_recost(net_ctx(), g, good, bad, &other, &err), SMAP_E_ARGUMENT);
    assert_true(err.row == 2 && !other);
    assert_int_equal(smap__graph_recost(net_ctx(), g, good, unknown, &other, NULL), SMAP_OK);
    assert_true(isinf(other->backward_s[1]) && other->forward_s[1] == 1);
    smap__graph_free(other);
    smap__graph_free(g);
    smap_geometry_free(lines);
}

static void no_line_is_no_edge(void **state) {
    (void)state;
    smap__graph *g = net_graph(net_finish(net_builder()), NULL, NULL);
    smap__components *c = NULL;
    assert_int_equal(g->node_count + g->edge_count, 0);
    assert_int_equal(smap__components_find(g, &c, NULL), SMAP_OK);
    assert_int_equal(c->count, 0);
    smap__components_free(c);
    smap__graph_free(g);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_meet_at_shared_vertices_alone),
        cmocka_unit_test(vertices_shared_in_the_middle_are_nodes),
        cmocka_unit_test(loops_parallels_parts_and_repeated_vertices),
        cmocka_unit_test(every_edge_is_an_arc_at_either_end),
        cmocka_unit_test(components_are_what_hangs_together),
        cmocka_unit_test(the_order_of_lines_does_not_number_nodes),
        cmocka_unit_test(nodes_are_ends_and_what_is_used_twice_or_asked_for),
        cmocka_unit_test(nodes_are_numbered_along_the_curve),
        cmocka_unit_test(a_node_that_was_asked_for_changes_no_cost),
        cmocka_unit_test(other_costs_on_the_same_edges),
        cmocka_unit_test(what_makes_no_sense_is_refused),
        cmocka_unit_test(no_line_is_no_edge),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
