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
        if (isinf(then) || isnan(people)) continue;
        if (isinf(now)) l.cut_off += people;
        if (now != then) l.touched += people;
        l.minutes += people * (isinf(now) ? t->query.cut_off_s : now - then) / 60;
    }
    free(after.d);
    return l;
}

static void each_edge_costs_what_brute_force_says(void **state) {
    (void)state;
    uint32_t told = 0, cut_off = 0;
    for (uint64_t seed = 0; seed < 60; seed++) {
        town t;
        build(&t, net_of(seed), seed);
        if (seed % 5 == 0) t.query.people = NULL;
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
                assert_int_equal(links->only_link, cuts->edge[e]);
            }
            told += count > 0;
            cut_off += count > 0 && links->people_cut_off > 0;
            smap__free(links);
        }
        smap__cuts_free(cuts);
        free(before.d);
        smap__graph_free(t.graph);
    }
    assert_true(told > 300 && cut_off > 200 && told > cut_off + 50);
}

/* Worst first; and what is not told is no worse than one that is, over which as many went. */
static void the_worst_are_told_and_chains_once(void **state) {
    (void)state;
    for (uint64_t seed = 100; seed < 140; seed++) {
        town t;
        build(&t, net_of(seed), seed);
        matrix before = all_ways(&t.access, SMAP__NONE);
        size_t count, few;
        smap__critical_link *links = links_of(&t.query, &count);
        for (size_t k = 1; k < count; k++)
            assert_true(links[k - 1].people_minutes > links[k].people_minutes ||
                        (links[k - 1].people_minutes == links[k].people_minutes && links[k - 1].edge < links[k].edge));
        for (uint32_t e = 0; e < t.graph->edge_count; e++) {
            loss l = brute_force(&t, &before, e);
            bool found = l.touched == 0;
            for (size_t k = 0; k < count && !found; k++)
                found = links[k].people >= l.touched && links[k].people_minutes >= l.minutes - 1e-9;
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

/* A street of five edges to a clinic at its end, a detour beside the second, a side street without people at the third:
 *
 *     o--0--.--1--.--2--.--3--.--4--clinic        5 goes round 1, 6 from the third node aside and back to the fourth */
static void a_street_is_told_once(void **state) {
    (void)state;
    smap_geometry_builder *b = net_builder();
    for (int k = 0; k < 5; k++) net_line(b, 2, (double[]){ 100 * k, 0, 100 * k + 100, 0 });
    net_line(b, 3, (double[]){ 100, 0, 150, 50, 200, 0 });
    net_line(b, 3, (double[]){ 200, 0, 250, 90, 300, 0 });
    smap__graph *g = net_graph(net_finish(b), (double[]){ 60, 60, 60, 60, 60, 180, 240 }, NULL);
    const smap__snap origin[] = { { .edge = 0 }, { .edge = 0 } }, service[] = { { .edge = 4, .share = 1 } };
    const int32_t type[] = { 0 };
    const double people[] = { 10, NAN };
    smap__access_query a = { g, origin, 2, service, type, 1, 1, 1, 1, HUGE_VAL };
    smap__critical_query q = { &a, 0, people, 3600, NULL, 10 };
    size_t count;
    smap__critical_link *links = links_of(&q, &count);
    assert_int_equal(count, 1);
    assert_int_equal(links[0].edge, 0);
    assert_true(links[0].people == 10 && links[0].people_cut_off == 10 && links[0].people_minutes == 600);
    assert_true(links[0].only_link);
    smap__free(links);
    const uint8_t detours[] = { 0, 1, 1, 0, 0, 1, 1 };
    q.candidate = detours;
    links = links_of(&q, &count);
    assert_int_equal(count, 1);
    assert_true(links[0].edge == 2 && links[0].people_minutes == 30 && !links[0].only_link);
    smap__free(links);
    smap__graph_free(g);
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

/* All of a long street hangs on its first edge: closing that one edge asks by itself. */
static void it_is_cancelled_in_the_middle_of_an_edge(void **state) {
    (void)state;
    enum { LONG = 20000 };
    smap_geometry_builder *b = net_builder();
    double *cost = malloc(LONG * sizeof *cost);
    uint8_t *candidate = calloc(LONG, 1);
    assert_true(cost && candidate);
    for (int k = 0; k < LONG; k++) {
        net_line(b, 2, (double[]){ k, 0, k + 1, 0 });
        cost[k] = 1;
    }
    smap__graph *g = net_graph(net_finish(b), cost, NULL);
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
    assert_true(count == 1 && links->edge == 0 && links->people_cut_off == 1);
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
    free(cost);
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
        cmocka_unit_test(a_street_is_told_once),
        cmocka_unit_test(nothing_to_lose_and_questions_that_make_no_sense),
        cmocka_unit_test(it_can_be_cancelled),
        cmocka_unit_test(it_is_cancelled_in_the_middle_of_an_edge),
        cmocka_unit_test(memory_that_runs_out_at_each_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
