/* Ways to services: against brute force on networks that are cut where the places are, and against the sample network
 * of the pgRouting manual. */
#include "../cancel_help.h"
#include "../net/pgrouting_help.h"
#include "access_help.h"
#include "base/alloc.h"
#include "base/fail.h"

enum { ORIGINS = 25, SERVICES = 14, TYPES = 3 };

typedef struct town {
    smap__graph *graph;
    smap__snap origin[ORIGINS], service[SERVICES];
    int32_t type[SERVICES];
    smap__access_query query;
} town;

static void build(town *t, smap__graph *graph, uint64_t seed) {
    t->graph = graph;
    random_snaps(graph, seed + 5000, ORIGINS, t->origin);
    random_snaps(graph, seed + 6000, SERVICES, t->service);
    for (int s = 0; s < SERVICES; s++) t->type[s] = (int32_t)net_dice(seed + 7000, (uint64_t)s, TYPES + 1) - 1;
    t->origin[1] = t->origin[0];  /* at one place */
    t->service[2] = t->origin[3]; /* a service in front of the door */
    t->service[4].edge = t->origin[5].edge;
    t->service[4].share = t->origin[5].edge == SMAP__NONE ? NAN : 0.5;
    t->service[4].distance = 1;
    t->query = (smap__access_query){ .graph = graph,
                                     .origin = t->origin,
                                     .origins = ORIGINS,
                                     .service = t->service,
                                     .type = t->type,
                                     .services = SERVICES,
                                     .types = TYPES,
                                     .walk_ms = 0.5,
                                     .k = 1,
                                     .limit_s = HUGE_VAL };
}

static smap__graph *net_of(uint64_t seed) {
    return net_random(seed, 20 + 2 * (uint32_t)(seed % 40), 3 + (uint32_t)seed % 5, false, false);
}

static smap__access *nearest(const smap__access_query *q, int threads) {
    smap_ctx *ctx = access_context(threads);
    smap__access *a = NULL;
    assert_int_equal(smap__access_nearest(ctx, q, NULL, &a, NULL), SMAP_OK);
    smap_ctx_free(ctx);
    return a;
}

static void assert_answers(const smap__access_query *q, const matrix *m) {
    smap__access *a = nearest(q, 1 + (int)(q->k % 2));
    for (int64_t o = 0; o < q->origins; o++)
        for (int32_t t = 0; t < q->types; t++) {
            answer wanted[SERVICES];
            uint32_t count = all_answers(m, q, o, t, wanted);
            for (uint32_t k = 0; k < q->k; k++) {
                size_t at = smap__access_at(a, o, t, k);
                assert_int_equal(a->service[at], k < count ? wanted[k].service : SMAP__NONE);
                assert_true(a->seconds[at] == (k < count ? wanted[k].seconds : HUGE_VAL));
                assert_true((a->metres[at] < HUGE_VAL) == (k < count));
            }
        }
    smap__access_free(a);
}

static void nearest_services_are_those_of_brute_force(void **state) {
    (void)state;
    const uint32_t depths[] = { 1, 2, 3, SERVICES + 3 };
    const double limits[] = { HUGE_VAL, 9, 4, 0 }; /* whole numbers and halves: many are exactly that */
    for (uint64_t seed = 0; seed < 60; seed++) {
        town t;
        build(&t, net_of(seed), seed);
        matrix m = all_ways(&t.query, SMAP__NONE);
        for (int k = 0; k < 16; k++) {
            t.query.k = depths[k % 4];
            t.query.limit_s = limits[k / 4];
            assert_answers(&t.query, &m);
        }
        free(m.d);
        smap__graph_free(t.graph);
    }
}

/* Where seconds are metres at one speed, both tell the same; walks are at their own. */
typedef struct arrival {
    smap__snap found[ORIGINS];
    const smap__snap *from;
} arrival;

static smap_status find_origin(int worker, int64_t chunk, void *user, smap_error *err) {
    arrival *a = user;
    (void)worker, (void)err;
    a->found[chunk] = a->from[chunk];
    return SMAP_OK;
}

static smap_status lose_origin(int worker, int64_t chunk, void *user, smap_error *err) {
    (void)worker, (void)user;
    return smap__fail_row(err, SMAP_E_ARGUMENT, NULL, chunk, "lost");
}

static void origins_may_be_found_meanwhile(void **state) {
    (void)state;
    const smap__job losing = { ORIGINS, lose_origin, NULL };
    for (uint64_t seed = 0; seed < 20; seed++) {
        town t;
        build(&t, net_of(seed), seed);
        for (int k = 0; k < 12; k++) {
            smap_ctx *ctx = access_context(1 + k % 4);
            arrival there = { .from = t.origin };
            const smap__job finding = { ORIGINS, find_origin, &there };
            smap__access *a = NULL;
            t.query.k = 1 + (uint32_t)k % 3;
            t.query.origin = t.origin;
            smap__access *known = nearest(&t.query, 1);
            t.query.origin = there.found;
            assert_int_equal(smap__access_nearest(ctx, &t.query, &losing, &a, NULL), SMAP_E_ARGUMENT);
            assert_int_equal(smap__access_nearest(ctx, &t.query, &finding, &a, NULL), SMAP_OK);
            size_t entries = (size_t)ORIGINS * TYPES * t.query.k;
            assert_memory_equal(a->service, known->service, entries * sizeof *a->service);
            assert_memory_equal(a->seconds, known->seconds, entries * sizeof *a->seconds);
            assert_memory_equal(a->metres, known->metres, entries * sizeof *a->metres);
            smap__access_free(a);
            smap__access_free(known);
            smap_ctx_free(ctx);
        }
        smap__graph_free(t.graph);
    }
}

static void metres_are_those_of_the_way(void **state) {
    (void)state;
    for (uint64_t seed = 100; seed < 130; seed++) {
        town t;
        build(&t, by_length(net_of(seed), 0.25), seed);
        t.query.k = 1 + (uint32_t)seed % 4;
        smap__access *a = nearest(&t.query, 2);
        for (int64_t o = 0; o < ORIGINS; o++)
            for (uint32_t k = 0; k < TYPES * a->k; k++) {
                size_t at = smap__access_at(a, o, 0, 0) + k;
                if (a->service[at] == SMAP__NONE) continue;
                double walks = t.origin[o].distance + t.service[a->service[at]].distance;
                assert_true(fabs((a->metres[at] - walks) / 0.25 + walks / 0.5 - a->seconds[at]) < 1e-9);
            }
        smap__access_free(a);
        smap__graph_free(t.graph);
    }
}

/* From services to origins, every street the other way round: the same times. */
static void the_way_back_takes_as_long_with_all_directions_turned(void **state) {
    (void)state;
    for (uint64_t seed = 200; seed < 230; seed++) {
        town t, back;
        uint32_t edges = 40 + (uint32_t)seed % 30, side = 3 + (uint32_t)seed % 5;
        build(&t, net_random(seed, edges, side, false, false), seed);
        build(&back, net_random(seed, edges, side, false, true), seed);
        for (int s = 0; s < SERVICES; s++) t.type[s] = 0;
        const int32_t all[ORIGINS] = { 0 };
        t.query.k = SERVICES;
        back.query =
            (smap__access_query){ back.graph, t.service, SERVICES, t.origin, all, ORIGINS, 1, 0.5, ORIGINS, HUGE_VAL };
        t.query.types = 1;
        smap__access *a = nearest(&t.query, 1), *b = nearest(&back.query, 1);
        int64_t met = 0;
        for (int64_t o = 0; o < ORIGINS; o++)
            for (uint32_t k = 0; k < SERVICES; k++) {
                size_t at = smap__access_at(a, o, 0, k), other = SIZE_MAX;
                if (a->service[at] == SMAP__NONE) continue;
                for (uint32_t i = 0; i < ORIGINS; i++)
                    if (b->service[smap__access_at(b, a->service[at], 0, i)] == o)
                        other = smap__access_at(b, a->service[at], 0, i);
                assert_true(other != SIZE_MAX && b->seconds[other] == a->seconds[at]);
                met++;
            }
        for (size_t i = 0; i < SERVICES * ORIGINS; i++) met -= b->service[i] != SMAP__NONE;
        assert_true(met == 0);
        smap__access_free(a);
        smap__access_free(b);
        smap__graph_free(t.graph);
        smap__graph_free(back.graph);
    }
}

/* ---- ways as lines ---- */

static void place(const smap__graph *g, smap__snap *snap) {
    const smap_geometry *l = g->lines;
    double total = 0, at;
    if (snap->edge == SMAP__NONE) return;
    for (uint32_t i = g->first[snap->edge] + 1; i <= g->last[snap->edge]; i++)
        total += hypot(l->x[i] - l->x[i - 1], l->y[i] - l->y[i - 1]);
    at = snap->share * total;
    for (uint32_t i = g->first[snap->edge] + 1; i <= g->last[snap->edge]; i++) {
        double length = hypot(l->x[i] - l->x[i - 1], l->y[i] - l->y[i - 1]);
        double share = length > 0 ? at / length : 0;
        if (share > 1 && i < g->last[snap->edge]) {
            at -= length;
            continue;
        }
        snap->x = l->x[i - 1] + share * (l->x[i] - l->x[i - 1]);
        snap->y = l->y[i - 1] + share * (l->y[i] - l->y[i - 1]);
        return;
    }
}

static double length_of(const smap_geometry *g, int64_t feature) {
    double sum = 0;
    int64_t part = smap_geom_part(g, feature);
    if (part == smap_geom_part(g, feature + 1)) return 0;
    int64_t ring = smap_geom_ring(g, part);
    for (int64_t i = smap_geom_coord(g, ring) + 1; i < smap_geom_coord(g, ring + 1); i++) {
        double step = hypot(g->x[i] - g->x[i - 1], g->y[i] - g->y[i - 1]);
        assert_true(step > 0);
        sum += step;
    }
    return sum;
}

/* A line is as long as its entry says, and leads from the one place to the other. */
static void lines_are_as_long_as_their_ways(void **state) {
    (void)state;
    for (uint64_t seed = 300; seed < 340; seed++) {
        town t;
        build(&t, by_length(net_of(seed), 2), seed);
        for (int i = 0; i < ORIGINS; i++) place(t.graph, &t.origin[i]);
        for (int i = 0; i < SERVICES; i++) place(t.graph, &t.service[i]);
        t.query.k = 3;
        smap__access *a = nearest(&t.query, 1);
        smap_geometry_builder *b = net_builder();
        int64_t entries = ORIGINS * TYPES * 3;
        for (int64_t k = 0; k < entries; k++) {
            uint32_t service = a->service[k] == SMAP__NONE ? 0 : a->service[k];
            assert_int_equal(smap__access_append_way(&t.query, k / (TYPES * 3), service, b, NULL), SMAP_OK);
        }
        const smap_geometry *lines = net_finish(b);
        assert_int_equal(lines->count, entries);
        for (int64_t k = 0; k < entries; k++) {
            if (a->service[k] == SMAP__NONE) continue;
            const smap__snap *from = &t.origin[k / (TYPES * 3)], *to = &t.service[a->service[k]];
            assert_int_equal(lines->type[k], SMAP_GEOM_LINESTRING);
            assert_true(fabs(length_of(lines, k) + from->distance + to->distance - a->metres[k]) < 1e-9);
            if (length_of(lines, k) == 0) continue;
            int64_t ring = smap_geom_ring(lines, smap_geom_part(lines, k));
            int64_t first = smap_geom_coord(lines, ring), last = smap_geom_coord(lines, ring + 1) - 1;
            assert_true(hypot(lines->x[first] - from->x, lines->y[first] - from->y) < 1e-9);
            assert_true(hypot(lines->x[last] - to->x, lines->y[last] - to->y) < 1e-9);
        }
        smap_geometry_free(lines);
        smap__access_free(a);
        smap__graph_free(t.graph);
    }
}

/* A street of 100 m with a bend, one way; a loop at its end. */
static void ways_along_one_edge_and_round_a_loop(void **state) {
    (void)state;
    smap_geometry_builder *b = net_builder(), *ways = net_builder();
    net_line(b, 3, (double[]){ 0, 0, 60, 0, 60, 40 });
    net_line(b, 4, (double[]){ 60, 40, 100, 40, 80, 60, 60, 40 });
    smap__graph *g = net_graph(net_finish(b), (double[]){ 100, 80 }, (double[]){ NAN, 40 });
    smap__snap origin[] = { { 0, 0.25, 25, 0, 2 }, { 0, 0.75, 60, 15, 0 }, { 1, 0.1, 64, 40, 0 } };
    smap__snap service[] = { { 0, 0.75, 60, 15, 1 }, { 0, 0.25, 25, 0, 1 }, { 1, 0.9, 0, 0, 0 } };
    int32_t type[] = { 0, 1, 2 };
    smap__access_query q = { g, origin, 3, service, type, 3, 3, 1, 1, HUGE_VAL };
    smap__access *a = nearest(&q, 1);
    double length_m = g->length_m[1];
    assert_true(a->seconds[0] == 53 && a->metres[0] == 53); /* 2 + 50 + 1 */
    assert_true(a->seconds[1] == 3 && a->metres[1] == 3);   /* at one place */
    assert_true(a->seconds[2] == 2 + 75 + 4);               /* backward round the loop */
    assert_true(fabs(a->metres[2] - 77 - 0.1 * length_m) < 1e-9);
    assert_true(a->service[4] == SMAP__NONE && isinf(a->seconds[4]) && isinf(a->metres[4]));
    assert_true(a->seconds[3] == 1);
    assert_true(fabs(a->seconds[8] - 8) < 1e-12 &&
                fabs(a->metres[8] - 0.2 * length_m) < 1e-9); /* over the node, not along */
    const uint32_t pairs[][2] = { { 0, 0 }, { 0, 1 }, { 1, 1 }, { 2, 2 }, { 0, 2 } };
    for (int k = 0; k < 5; k++)
        assert_int_equal(smap__access_append_way(&q, pairs[k][0], pairs[k][1], ways, NULL), SMAP_OK);
    const smap_geometry *lines = net_finish(ways);
    assert_int_equal(lines->type[1], SMAP_GEOM_LINESTRING);
    assert_true(smap_geom_part(lines, 1) == smap_geom_part(lines, 2)); /* EMPTY */
    assert_int_equal(lines->type[2], SMAP_GEOM_NULL);
    assert_true(lines->x[0] == 25 && lines->x[1] == 60 && lines->y[1] == 0 && lines->y[2] == 15);
    assert_true(fabs(length_of(lines, 3) - 0.2 * length_m) < 1e-9);
    assert_true(fabs(length_of(lines, 4) - 75 - 0.1 * length_m) < 1e-9);
    smap_geometry_free(lines);
    smap__access_free(a);
    smap__graph_free(g);
}

/* ---- limits, bad questions, cancel, memory ---- */

static void nothing_to_do_and_questions_that_make_no_sense(void **state) {
    (void)state;
    smap_ctx *ctx = access_context(1);
    town t;
    smap__access *a = NULL;
    smap_error err = SMAP_ERROR_INIT;
    build(&t, net_of(7), 7);
    smap__access_query bad = t.query;
    bad.k = 0;
    assert_int_equal(smap__access_nearest(ctx, &bad, NULL, &a, &err), SMAP_E_ARGUMENT);
    bad = t.query;
    bad.walk_ms = 0;
    assert_int_equal(smap__access_nearest(ctx, &bad, NULL, &a, &err), SMAP_E_ARGUMENT);
    bad = t.query;
    bad.limit_s = NAN;
    assert_int_equal(smap__access_nearest(ctx, &bad, NULL, &a, &err), SMAP_E_ARGUMENT);
    assert_null(a);
    bad = t.query;
    bad.services = 0;
    a = nearest(&bad, 1);
    for (int k = 0; k < ORIGINS * TYPES; k++) assert_true(a->service[k] == SMAP__NONE && isinf(a->seconds[k]));
    smap__access_free(a);
    bad.types = 0;
    smap__access_free(nearest(&bad, 2));
    bad.origins = 0;
    smap__access_free(nearest(&bad, 2));
    smap__graph_free(t.graph);
    t.graph = net_graph(net_finish(net_builder()), NULL, NULL);
    bad = (smap__access_query){ t.graph, t.origin, 0, t.service, t.type, 0, 1, 1, 2, HUGE_VAL };
    smap__access_free(nearest(&bad, 1));
    smap__graph_free(t.graph);
    smap_ctx_free(ctx);
}

static void it_can_be_cancelled(void **state) {
    (void)state;
    town t;
    smap__access *a = NULL;
    build(&t, net_of(8), 8);
    for (int k = 1; k < 3; k++) {
        cancel cancelled = { .goes_on = 0 };
        smap_ctx *ctx = cancel_context(&cancelled);
        t.query.k = (uint32_t)k;
        assert_int_equal(smap__access_nearest(ctx, &t.query, NULL, &a, NULL), SMAP_E_CANCELLED);
        smap_ctx_free(ctx);
    }
    smap__graph_free(t.graph);
}

static smap_status compute(smap_ctx *ctx, const town *t, double *sum, smap_error *err) {
    smap__access *a = NULL;
    smap_geometry_builder *b = NULL;
    smap_status status = smap__access_nearest(ctx, &t->query, NULL, &a, err);
    if (status == SMAP_OK) status = smap_geometry_builder_new(NULL, &b, err);
    for (int64_t o = 0; status == SMAP_OK && o < ORIGINS; o++)
        status = smap__access_append_way(&t->query, o, 3, b, err);
    *sum = 0;
    for (size_t k = 0; status == SMAP_OK && k < (size_t)ORIGINS * TYPES * a->k; k++)
        if (a->seconds[k] < HUGE_VAL) *sum += a->seconds[k];
    smap_geometry_builder_free(b);
    smap__access_free(a);
    return status;
}

static void memory_that_runs_out_at_each_place(void **state) {
    (void)state;
    smap_ctx *ctx = access_context(1);
    town t;
    build(&t, net_of(9), 9);
    for (uint32_t depth = 1; depth < 3; depth++) {
        double want, got = 0;
        t.query.k = depth;
        assert_int_equal(compute(ctx, &t, &want, NULL), SMAP_OK);
        smap_status status = SMAP_E_NOMEM;
        int64_t nth = 1;
        for (; status != SMAP_OK && nth < 5000; nth++) {
            smap_error err = SMAP_ERROR_INIT;
            smap__alloc_fail_at(nth, false);
            status = compute(ctx, &t, &got, &err);
            smap__alloc_fail_at(0, false);
            if (status != SMAP_OK) assert_int_equal(status, SMAP_E_NOMEM);
        }
        assert_true(status == SMAP_OK && nth > 20 && got == want);
    }
    smap__graph_free(t.graph);
    smap_ctx_free(ctx);
}

/* ---- the sample network of the pgRouting manual, and its points of interest ---- */

/* pgr_withPointsDD from point 1, directed, whichever side: what it says of points 3, 4 and 6 and of vertices. */
static void the_manual_of_pgrouting(void **state) {
    (void)state;
    smap__graph *g = pgrouting_graph(true);
    smap__snap origin[] = { { .edge = 0, .share = 0.4 } };
    smap__snap service[] = { { .edge = 11, .share = 0.6 }, { .edge = 5, .share = 0.3 }, { .edge = 3, .share = 0.7 },
                             { .edge = 0, .share = 0 },    { .edge = 8, .share = 1 },   { .edge = 16, .share = 0.5 } };
    const double wanted[] = { 3.2, 3.3, 1.3, 0.4, 3.6, HUGE_VAL };
    const int32_t type[] = { 0, 1, 2, 3, 4, 5 };
    smap__access_query q = { g, origin, 1, service, type, 6, 6, 1, 1, HUGE_VAL };
    smap__access *a = nearest(&q, 1);
    for (int t = 0; t < 6; t++) assert_true(a->seconds[t] == wanted[t] || fabs(a->seconds[t] - wanted[t]) < 1e-12);
    smap__access_free(a);
    smap__graph_free(g);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nearest_services_are_those_of_brute_force),
        cmocka_unit_test(origins_may_be_found_meanwhile),
        cmocka_unit_test(metres_are_those_of_the_way),
        cmocka_unit_test(the_way_back_takes_as_long_with_all_directions_turned),
        cmocka_unit_test(lines_are_as_long_as_their_ways),
        cmocka_unit_test(ways_along_one_edge_and_round_a_loop),
        cmocka_unit_test(nothing_to_do_and_questions_that_make_no_sense),
        cmocka_unit_test(it_can_be_cancelled),
        cmocka_unit_test(memory_that_runs_out_at_each_place),
    };
    const struct CMUnitTest manual[] = { cmocka_unit_test(the_manual_of_pgrouting) };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    return failed ? failed : pgrouting_run(manual);
}
