/* Articulation points and bridges against taking each node and edge away. */
#include "net/cuts.h"

#include "net_help.h"

/* What hangs together among the nodes and open edges that are left has one label. */
static void components_without(const smap__graph *g, uint32_t node, uint32_t edge, uint32_t *label) {
    for (uint32_t n = 0; n < g->node_count; n++) label[n] = n;
    for (bool changed = true; changed;) {
        changed = false;
        for (uint32_t e = 0; e < g->edge_count; e++) {
            uint32_t a = g->from[e], b = g->to[e];
            if (e == edge || a == node || b == node || !smap__graph_is_open(g, e) || label[a] == label[b]) continue;
            label[a] = label[b] = label[a] < label[b] ? label[a] : label[b];
            changed = true;
        }
    }
}

static uint32_t parts_without(const smap__graph *g, uint32_t node, uint32_t edge) {
    uint32_t label[1024], parts = 0;
    components_without(g, node, edge, label);
    for (uint32_t n = 0; n < g->node_count; n++) parts += n != node && label[n] == n;
    return parts;
}

static void cuts_are_what_falls_apart_without_them(void **state) {
    (void)state;
    uint32_t found = 0;
    for (uint64_t seed = 0; seed < 60; seed++) {
        smap__graph *g = net_random(seed, 20 + 2 * (uint32_t)seed, 4 + (uint32_t)seed % 5, false, false);
        smap__cuts *c = NULL;
        uint32_t whole = parts_without(g, SMAP__NONE, SMAP__NONE), nodes = 0, edges = 0;
        assert_int_equal(smap__cuts_find(g, &c, NULL), SMAP_OK);
        for (uint32_t n = 0; n < g->node_count; n++) {
            assert_int_equal(c->node[n], parts_without(g, n, SMAP__NONE) > whole);
            nodes += c->node[n];
        }
        for (uint32_t e = 0; e < g->edge_count; e++) {
            assert_int_equal(c->edge[e], parts_without(g, SMAP__NONE, e) > whole);
            edges += c->edge[e];
        }
        assert_int_equal(c->node_count, nodes);
        assert_int_equal(c->edge_count, edges);
        found += nodes + edges;
        smap__cuts_free(c);
        smap__graph_free(g);
    }
    assert_true(found > 100);
}

/* The nodes on either side of a bridge are those that hang together without it. */
static void the_two_sides_of_a_bridge(void **state) {
    (void)state;
    uint32_t bridges = 0;
    for (uint64_t seed = 100; seed < 130; seed++) {
        smap__graph *g = net_random(seed, 20 + 2 * (uint32_t)(seed % 20), 4 + (uint32_t)seed % 5, false, false);
        smap__cuts *c = NULL;
        uint32_t before[1025] = { 0 };
        assert_int_equal(smap__cuts_find(g, &c, NULL), SMAP_OK);
        for (uint32_t n = 0; n < g->node_count; n++) before[c->order[n] + 1] = 1 + n; /* another sum for each */
        for (uint32_t n = 0; n < g->node_count; n++) before[n + 1] += before[n];
        for (uint32_t e = 0; e < g->edge_count; e++) {
            uint32_t label[1024], sum[2] = { 0 };
            if (!c->edge[e]) continue;
            bridges++;
            components_without(g, SMAP__NONE, e, label);
            for (uint32_t n = 0; n < g->node_count; n++)
                for (int k = 0; k < 2; k++)
                    if (label[n] == label[k ? g->to[e] : g->from[e]]) sum[k] += 1 + n;
            assert_int_equal(smap__cuts_side(c, g, e, g->from[e], before), sum[0]);
            assert_int_equal(smap__cuts_side(c, g, e, g->to[e], before), sum[1]);
        }
        smap__cuts_free(c);
        smap__graph_free(g);
    }
    assert_true(bridges > 100);
}

/* A wadi between two towns: with one bridge everything hangs by it, with two by neither. */
static void a_second_bridge_takes_the_weight_off_the_first(void **state) {
    (void)state;
    for (int bridges = 1; bridges <= 2; bridges++) {
        smap_geometry_builder *b = net_builder();
        net_line(b, 4, (double[]){ 0, 0, 0, 9, -9, 4, 0, 0 });
        net_line(b, 4, (double[]){ 5, 0, 5, 9, 14, 4, 5, 0 });
        net_line(b, 2, (double[]){ 0, 0, 5, 0 });
        net_line(b, 2, (double[]){ 0, 9, 5, 9 });
        smap__graph *g = net_graph(net_finish(b), (double[]){ 1, 1, 1, bridges == 2 ? 1 : NAN }, NULL);
        smap__cuts *c = NULL;
        assert_int_equal(smap__cuts_find(g, &c, NULL), SMAP_OK);
        assert_int_equal(c->edge_count, bridges == 1);
        assert_int_equal(c->node_count, bridges == 1 ? 2 : 0);
        for (uint32_t e = 0; e < g->edge_count; e++) assert_int_equal(c->edge[e], bridges == 1 && g->feature[e] == 2);
        smap__cuts_free(c);
        smap__graph_free(g);
    }
}

/* A road of half a million edges one after the other: every edge is a bridge, and no stack is deep enough. */
static void a_long_road_needs_no_deep_stack(void **state) {
    (void)state;
    enum { EDGES = 500000 };
    smap_geometry_builder *b = net_builder();
    double *cost = test_calloc(EDGES, sizeof *cost);
    for (int k = 0; k < EDGES; k++) net_line(b, 2, (double[]){ k, 0, k + 1, 0 });
    smap__graph *g = net_graph(net_finish(b), cost, NULL);
    smap__cuts *c = NULL;
    assert_int_equal(smap__cuts_find(g, &c, NULL), SMAP_OK);
    assert_int_equal(c->edge_count, EDGES);
    assert_int_equal(c->node_count, EDGES - 1);
    smap__cuts_free(c);
    smap__graph_free(g);
    test_free(cost);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cuts_are_what_falls_apart_without_them),
        cmocka_unit_test(the_two_sides_of_a_bridge),
        cmocka_unit_test(a_second_bridge_takes_the_weight_off_the_first),
        cmocka_unit_test(a_long_road_needs_no_deep_stack),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
