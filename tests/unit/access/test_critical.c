/* Critical links: against closing every edge and searching anew by brute force. */
#include "access/critical.h"

#include "../cancel_help.h"
#include "access_help.h"
#include "base/alloc.h"
#include "net/path_search.h"

enum { ORIGINS = 22, SERVICES = 6 };

typedef struct town {
    smap__graph *graph;
    smap__snap origin[ORIGINS], service[SERVICES];
    int32_t type[SERVICES];
    double people[ORIGINS];
    smap__access_query access;
    smap__critical_query query;
} town;

static void build(town *t, smap__graph *graph, uint64_t seed) {
    t->graph = graph;
    random_snaps(graph, seed + 5000, ORIGINS, t->origin);
    random_snaps(graph, seed + 6000, SERVICES, t->service);
    for (int o = 0; o < ORIGINS; o++) t->people[o] = net_dice(seed + 8000, (uint64_t)o, 8) ? 1 + o : NAN;
    for (int s = 0; s < SERVICES; s++) t->type[s] = (int32_t)net_dice(seed + 7000, (uint64_t)s, 4) > 0;
    t->origin[4] = t->service[1]; /* at one place */
    if (t->service[2].edge != SMAP__NONE) t->origin[5].edge = t->service[2].edge;
    if (t->service[2].edge != SMAP__NONE) t->origin[5].share = 0.25;
    t->origin[5].distance = 1;
    t->access = (smap__access_query){ .graph = graph,
                                      .origin = t->origin,
                                      .origins = ORIGINS,
                                      .service = t->service,
                                      .type = t->type,
                                      .services = SERVICES,
                                      .types = 2,
                                      .walk_ms = 0.5,
                                      .k = 1,
                                      .limit_s = seed % 3 ? HUGE_VAL : 14 };
    t->query = (smap__critical_query){
        .access = &t->access, .type = 1, .people = t->people, .cut_off_s = 100, .most = INT32_MAX
    };
}

static smap__graph *net_of(uint64_t seed) {
    return net_random(seed, 12 + 2 * (uint32_t)(seed % 30), 3 + (uint32_t)seed % 4, false, false);
}

static smap__critical_link *links_of(const smap__critical_query *q, size_t *count) {
    smap_ctx *ctx = access_context(1 + q->access->graph->edge_count % 3);
    smap__critical_link *links = NULL;
    assert_int_equal(smap__critical_links(ctx, q, &links, count, NULL), SMAP_OK);
    smap_ctx_free(ctx);
    return links;
}

typedef struct loss {
    double minutes, cut_off, touched; /* touched: people whose way is another then */
    double origin_minutes;
    int64_t origins_cut_off, origins_touched, cut_short; /* cut_short: detours longer than cut_off_s */
} loss;

static double time_of(const town *t, const matrix *m, int64_t origin) {
    answer a[SERVICES];
    return all_answers(m, &t->access, origin, t->query.type, a) ? a[0].seconds : HUGE_VAL;
}

static loss brute_force(const town *t, const matrix *before, uint32_t edge) {
    loss l = { 0 };
    matrix after = all_ways(&t->access, edge);
    for (int64_t o = 0; o < ORIGINS; o++) {
        double then = time_of(t, before, o), now = time_of(t, &after, o);
        double people = t->query.people ? t->query.people[o] : 1;
        double minutes = fmin(now - then, t->query.cut_off_s) / 60;
        if (isinf(then) || isnan(people)) continue;
        if (isinf(now)) l.cut_off += people;
        if (now != then) l.touched += people;
        l.origins_cut_off += isinf(now) != 0;
        l.origins_touched += now != then;
        l.cut_short += !isinf(now) && now - then > t->query.cut_off_s;
        l.minutes += people * minutes;
        l.origin_minutes += minutes;
    }
    free(after.d);
    return l;
}

static void each_edge_costs_what_brute_force_says(void **state) {
    (void)state;
    uint32_t told = 0, cut_off = 0, cut_short = 0;
    for (uint64_t seed = 0; seed < 60; seed++) {
        town t;
        build(&t, net_of(seed), seed);
        if (seed % 5 == 0) t.query.people = NULL;
        if (seed % 4 == 0) t.query.cut_off_s = 3; /* less than many detours */
        matrix before = all_ways(&t.access, SMAP__NONE);
        smap__cuts *cuts = NULL;
        assert_int_equal(smap__cuts_find(t.graph, &cuts, NULL), SMAP_OK);
        for (uint32_t e = 0; e < t.graph->edge_count; e++) {
            uint8_t candidate[512] = { 0 };
            size_t count;
            candidate[e] = 1;
            t.query.candidate = candidate;
            loss wanted = brute_force(&t, &before, e);
            smap__critical_link *links = links_of(&t.query, &count);
            assert_int_equal(count, wanted.touched > 0);
            if (count) {
                assert_int_equal(links->edge, e);
                assert_true(fabs(links->people_minutes - wanted.minutes) < 1e-9);
                assert_true(links->people_cut_off == wanted.cut_off && links->people >= wanted.touched);
                assert_true(fabs(links->origin_minutes - wanted.origin_minutes) < 1e-9);
                assert_int_equal(links->origins_cut_off, wanted.origins_cut_off);
                assert_true(links->origins >= wanted.origins_touched);
                assert_int_equal(links->only_link, cuts->edge[e]);
            }
            cut_short += wanted.cut_short > 0;
            told += count > 0;
            cut_off += count > 0 && links->people_cut_off > 0;
            smap__free(links);
        }
        smap__cuts_free(cuts);
        free(before.d);
        smap__graph_free(t.graph);
    }
    assert_true(told > 300 && cut_off > 200 && told > cut_off + 50 && cut_short > 10);
}

static bool is_before(const smap__critical_link *a, const smap__critical_link *b) {
    if (a->people_minutes != b->people_minutes) return a->people_minutes > b->people_minutes;
    return a->people_cut_off != b->people_cut_off ? a->people_cut_off > b->people_cut_off : a->edge < b->edge;
}

/* Worst first; and what is not told is no worse than one of its road that is, over which as many went. */
static void the_worst_are_told_and_chains_once(void **state) {
    (void)state;
    for (uint64_t seed = 100; seed < 140; seed++) {
        town t;
        build(&t, net_of(seed), seed);
        t.query.cut_off_s = seed % 2 ? 100 : 3;
        matrix before = all_ways(&t.access, SMAP__NONE);
        size_t count, few;
        smap__critical_link *links = links_of(&t.query, &count);
        for (size_t k = 1; k < count; k++) assert_true(is_before(&links[k - 1], &links[k]));
        for (uint32_t e = 0; e < t.graph->edge_count; e++) {
            loss l = brute_force(&t, &before, e);
            bool found = l.touched == 0;
            for (size_t k = 0; k < count && !found; k++)
                found = t.graph->feature[links[k].edge] == t.graph->feature[e] && links[k].people >= l.touched &&
                        links[k].people_minutes >= l.minutes - 1e-9;
            assert_true(found);
        }
        t.query.most = 3;
        smap__critical_link *first = links_of(&t.query, &few);
        assert_int_equal(few, count < 3 ? count : 3);
        for (size_t k = 0; k < few; k++) assert_int_equal(first[k].edge, links[k].edge);
        smap__free(first);
        smap__free(links);
        free(before.d);
        smap__graph_free(t.graph);
    }
}

/* A street of four edges to a clinic at its end, told as one road or as a road for each edge:
 *
 *     o--0--.--1--.--2--.--3--clinic        4 goes round 1, 5 goes round 2 */
static smap__graph *street(bool one_road) {
    smap_geometry_builder *b = net_builder();
    if (one_road) net_line(b, 5, (double[]){ 0, 0, 100, 0, 200, 0, 300, 0, 400, 0 });
    for (int k = 0; k < 4 && !one_road; k++) net_line(b, 2, (double[]){ 100 * k, 0, 100 * k + 100, 0 });
    net_line(b, 3, (double[]){ 100, 0, 150, 50, 200, 0 });
    net_line(b, 3, (double[]){ 200, 0, 250, 90, 300, 0 });
    if (one_road) return net_graph(net_finish(b), (double[]){ 240, 180, 240 }, NULL);
    return net_graph(net_finish(b), (double[]){ 60, 60, 60, 60, 180, 240 }, NULL);
}

typedef struct street_case {
    bool one_road, once_a_road;
    int origins;
    double cut_off_s;
    const uint8_t *candidate;
    size_t count;
    uint32_t told[4]; /* edges, in that order */
} street_case;

static void check_street(const street_case *c) {
    smap__graph *g = street(c->one_road);
    const smap__snap origin[] = { { .edge = 0 }, { .edge = 0 }, { .edge = 2, .share = 0.5 } };
    const smap__snap service[] = { { .edge = 3, .share = 1 } };
    const int32_t type[] = { 0 };
    const double people[] = { 10, NAN, 2 };
    smap__access_query a = { g, origin, c->origins, service, type, 1, 1, 1, 1, HUGE_VAL };
    smap__critical_query q = { &a, 0, people, c->cut_off_s, c->candidate, c->once_a_road, 10 };
    size_t count;
    smap__critical_link *links = links_of(&q, &count);
    assert_int_equal(count, c->count);
    for (size_t k = 0; k < count; k++) {
        bool at_end = links[k].edge == 0 || links[k].edge == 3, third = c->origins == 3 && links[k].edge >= 2;
        double all = third ? 12 : 10, those_on_it = third ? 2 : 0;
        assert_int_equal(links[k].edge, c->told[k]);
        assert_int_equal(links[k].only_link, at_end);
        assert_int_equal(links[k].origins, third ? 2 : 1);
        assert_true(links[k].people == all && links[k].people_cut_off == (at_end ? all : those_on_it));
        if (at_end) assert_true(links[k].people_minutes == all * c->cut_off_s / 60);
    }
    smap__free(links);
    smap__graph_free(g);
}

static void a_street_is_told_once_and_no_door_hides_what_is_behind_it(void **state) {
    (void)state;
    static const uint8_t detours[] = { 0, 1, 1, 0, 1, 1 };
    static const street_case cases[] = {
        { true, false, 2, 3600, NULL, 1, { 0 } },
        { true, false, 2, 3600, detours, 1, { 2 } },
        { true, false, 3, 3600, NULL, 2, { 3, 0 } }, /* who lives on it begins another chain */
        { true, true, 3, 3600, NULL, 1, { 3 } },
        { true, true, 3, 3600, detours, 1, { 2 } },
        { false, false, 2, 3600, NULL, 4, { 0, 3, 2, 1 } },
        { false, false, 2, 3600, detours, 2, { 2, 1 } },
        { false, true, 2, 3600, NULL, 4, { 0, 3, 2, 1 } },
        /* detours of two minutes and more cost as much as being cut off, and come after it */
        { false, false, 2, 120, NULL, 4, { 0, 3, 1, 2 } },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) check_street(&cases[i]);
}

static void nothing_to_lose_and_questions_that_make_no_sense(void **state) {
    (void)state;
    smap_ctx *ctx = access_context(1);
    smap__critical_link *links = NULL;
    size_t count = 7;
    town t;
    build(&t, net_of(5), 5);
    t.query.cut_off_s = -1;
    assert_int_equal(smap__critical_links(ctx, &t.query, &links, &count, NULL), SMAP_E_ARGUMENT);
    t.query.cut_off_s = HUGE_VAL;
    assert_int_equal(smap__critical_links(ctx, &t.query, &links, &count, NULL), SMAP_E_ARGUMENT);
    t.query.cut_off_s = 0;
    t.query.most = -1;
    assert_int_equal(smap__critical_links(ctx, &t.query, &links, &count, NULL), SMAP_E_ARGUMENT);
    assert_true(!links && count == 7);
    t.query.most = 0;
    links = links_of(&t.query, &count);
    assert_int_equal(count, 0);
    smap__free(links);
    t.query.most = 5;
    t.access.services = 0;
    links = links_of(&t.query, &count);
    assert_int_equal(count, 0);
    smap__free(links);
    t.access.services = SERVICES;
    t.access.origins = 0;
    links = links_of(&t.query, &count);
    assert_int_equal(count, 0);
    smap__free(links);
    smap__graph_free(t.graph);
    t.access.graph = t.graph = net_graph(net_finish(net_builder()), NULL, NULL);
    t.access.services = 0;
    links = links_of(&t.query, &count);
    assert_int_equal(count, 0);
    smap__free(links);
    smap__graph_free(t.graph);
    smap_ctx_free(ctx);
}

static void it_can_be_cancelled(void **state) {
    (void)state;
    town t;
    cancel cancelled = { .goes_on = 0 };
    smap__critical_link *links = NULL;
    size_t count;
    smap_ctx *ctx = cancel_context(&cancelled);
    build(&t, net_of(8), 8);
    assert_int_equal(smap__critical_links(ctx, &t.query, &links, &count, NULL), SMAP_E_CANCELLED);
    assert_null(links);
    smap_ctx_free(ctx);
    smap__graph_free(t.graph);
}

enum { LONG = 20000 };

/* A street of many edges of a second each, with a clinic at its beginning and somebody at its end, one road for all
 * edges or for each; `round`: and another road, much longer, from end to end. Costs to be freed after the graph. */
static smap__graph *long_street(bool one_road, bool round) {
    smap_geometry_builder *b = net_builder();
    double *cost = malloc((LONG + 1) * sizeof *cost), *along = malloc((LONG + 1) * 2 * sizeof *along);
    assert_true(cost && along);
    for (int k = 0; k <= LONG; k++) {
        cost[k] = one_road ? LONG : 1;
        along[2 * k] = k;
        along[2 * k + 1] = 0;
        if (!one_road && k > 0) net_line(b, 2, (double[]){ k - 1, 0, k, 0 });
    }
    if (one_road) net_line(b, LONG + 1, along);
    for (int k = 1; k < LONG && one_road; k++) net_line(b, 2, (double[]){ k, 0, k, 1 });
    if (round) net_line(b, 3, (double[]){ 0, 0, 0, 50, LONG, 0 });
    if (round) cost[one_road ? 1 : LONG] = 1e9;
    smap__graph *g = net_graph(net_finish(b), cost, NULL);
    free(cost);
    free(along);
    return g;
}

/* A street with a way round hangs on its first edge: closing that one edge asks by itself. */
static void it_is_cancelled_in_the_middle_of_an_edge(void **state) {
    (void)state;
    uint8_t *candidate = calloc(LONG + 1, 1);
    assert_non_null(candidate);
    smap__graph *g = long_street(false, true);
    const smap__snap service = { .edge = 0 }, origin = { .edge = LONG - 1, .share = 1 };
    const int32_t type = 0;
    candidate[0] = 1;
    const smap__access_query access = { g, &origin, 1, &service, &type, 1, 1, 1, 1, HUGE_VAL };
    const smap__critical_query query = { .access = &access, .cut_off_s = 60, .candidate = candidate, .most = 1 };
    smap__critical_link *links = NULL;
    size_t count;
    cancel whole = { .goes_on = 1 << 30 };
    smap_ctx *ctx = cancel_context(&whole);
    assert_int_equal(smap__critical_links(ctx, &query, &links, &count, NULL), SMAP_OK);
    assert_true(count == 1 && links->edge == 0 && links->people_cut_off == 0 && links->people_minutes == 1);
    assert_true(whole.asked >= 2 * (LONG / SMAP__NODES_BETWEEN_POLLS)); /* the first search, and that of the edge */
    smap__free(links);
    links = NULL;
    smap_ctx_free(ctx);
    cancel late = { .goes_on = whole.asked - 1 };
    ctx = cancel_context(&late);
    assert_int_equal(smap__critical_links(ctx, &query, &links, &count, NULL), SMAP_E_CANCELLED);
    assert_null(links);
    smap_ctx_free(ctx);
    smap__graph_free(g);
    free(candidate);
}

/* One chain, which nothing leads round: no edge is searched again, and no chain walked along twice. Each node looked at
 * again for each edge would ask 50,000 times. */
static void a_long_chain_is_looked_at_once(void **state) {
    (void)state;
    for (int one_road = 0; one_road < 2; one_road++) {
        smap__graph *g = long_street(one_road, false);
        const smap__snap service = { .edge = 0 }, origin = { .edge = LONG - 1, .share = 1 };
        const int32_t type = 0;
        const smap__access_query access = { g, &origin, 1, &service, &type, 1, 1, 1, 1, HUGE_VAL };
        const smap__critical_query query = { .access = &access, .cut_off_s = 60, .most = 3 };
        smap__critical_link *links = NULL;
        size_t count;
        cancel whole = { .goes_on = 1 << 30 };
        smap_ctx *ctx = cancel_context(&whole);
        assert_int_equal(smap__critical_links(ctx, &query, &links, &count, NULL), SMAP_OK);
        assert_int_equal(count, one_road ? 1 : 3);
        assert_true(links->edge == 0 && links->people_cut_off == 1 && links->people_minutes == 1 && links->only_link);
        print_message("asked %d times\n", whole.asked);
        assert_true(whole.asked < 4000);
        smap__free(links);
        smap_ctx_free(ctx);
        smap__graph_free(g);
    }
}

static void memory_that_runs_out_at_each_place(void **state) {
    (void)state;
    smap_ctx *ctx = access_context(1);
    town t;
    build(&t, net_of(29), 29);
    size_t wanted, count = 0;
    smap__critical_link *links = links_of(&t.query, &wanted), *got = NULL;
    smap_status status = SMAP_E_NOMEM;
    int64_t nth = 1;
    assert_true(wanted > 3);
    for (; status != SMAP_OK && nth < 5000; nth++) {
        assert_null(got);
        smap__alloc_fail_at(nth, false);
        status = smap__critical_links(ctx, &t.query, &got, &count, NULL);
        smap__alloc_fail_at(0, false);
        if (status != SMAP_OK) assert_int_equal(status, SMAP_E_NOMEM);
    }
    assert_true(status == SMAP_OK && nth > 30 && count == wanted);
    for (size_t k = 0; k < count; k++) assert_int_equal(got[k].edge, links[k].edge);
    smap__free(links);
    smap__free(got);
    smap__graph_free(t.graph);
    smap_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_edge_costs_what_brute_force_says),
        cmocka_unit_test(the_worst_are_told_and_chains_once),
        cmocka_unit_test(a_street_is_told_once_and_no_door_hides_what_is_behind_it),
        cmocka_unit_test(nothing_to_lose_and_questions_that_make_no_sense),
        cmocka_unit_test(it_can_be_cancelled),
        cmocka_unit_test(it_is_cancelled_in_the_middle_of_an_edge),
        cmocka_unit_test(a_long_chain_is_looked_at_once),
        cmocka_unit_test(memory_that_runs_out_at_each_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
