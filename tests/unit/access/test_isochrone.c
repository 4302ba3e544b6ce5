/* Areas within so many minutes: closed forms, what must hold of every area, and points looked at one by one. */
#include "access/isochrone.h"

#include "../cancel_help.h"
#include "access_help.h"
#include "base/alloc.h"
#include "geo/geom_column.h"
#include "geo/geos_bridge.h"

enum { SERVICES = 4, STEPS = 40 };

typedef struct town {
    smap__graph *graph;
    smap__snap service[SERVICES];
    int32_t type[SERVICES];
    smap__access_query access;
    smap__isochrone_query query;
} town;

static const double limits[] = { 2, 5, 9 };

static void build(town *t, smap__graph *graph, int services) {
    t->graph = graph;
    memset(t->type, 0, sizeof t->type);
    t->access = (smap__access_query){ graph, NULL, 0, t->service, t->type, services, 1, 1, 1, HUGE_VAL };
    t->query =
        (smap__isochrone_query){ .access = &t->access, .limit_s = limits, .limits = 3, .width_m = 10, .core_m = 1 };
}

static const smap_geometry *areas_of(const smap__isochrone_query *q, int threads) {
    smap_ctx *ctx = access_context(threads);
    smap_error err = SMAP_ERROR_INIT;
    const smap_geometry *g = NULL;
    if (smap__isochrones(ctx, q, &g, &err) != SMAP_OK) print_error("%s\n", err.message);
    assert_non_null(g);
    assert_int_equal(g->count, q->limits);
    for (int64_t k = 0; k < g->count; k++) assert_int_equal(g->type[k], SMAP_GEOM_MULTIPOLYGON);
    smap_ctx_free(ctx);
    return g;
}

static void assert_areas(const smap__isochrone_query *q, double first, double second, double third) {
    const smap_geometry *g = areas_of(q, 2);
    const double wanted[] = { first, second, third };
    for (int64_t k = 0; k < 3; k++) {
        if (fabs(smap__geometry_area(g, k) - wanted[k]) > 1e-6)
            print_error("%lld: %.9g, not %.9g\n", (long long)k, smap__geometry_area(g, k), wanted[k]);
        assert_true(fabs(smap__geometry_area(g, k) - wanted[k]) < 1e-6);
    }
    smap_geometry_free(g);
}

/* Even-odd over all rings of a feature. */
static bool inside(const smap_geometry *g, int64_t feature, double x, double y) {
    bool in = false;
    for (int64_t part = smap_geom_part(g, feature); part < smap_geom_part(g, feature + 1); part++)
        for (int64_t ring = smap_geom_ring(g, part); ring < smap_geom_ring(g, part + 1); ring++)
            for (int64_t k = smap_geom_coord(g, ring) + 1; k < smap_geom_coord(g, ring + 1); k++) {
                double ax = g->x[k - 1], ay = g->y[k - 1], bx = g->x[k], by = g->y[k];
                if ((ay > y) != (by > y) && x < ax + (y - ay) / (by - ay) * (bx - ax)) in = !in;
            }
    return in;
}

/* ---- closed forms ---- */

/* 100 m in 10 s: 2 s are 20 m. */
static void a_straight_street(void **state) {
    (void)state;
    smap_geometry_builder *b = net_builder();
    town t;
    net_line(b, 2, (double[]){ 500000, 3600000, 500060, 3600080 });
    build(&t, net_graph(net_finish(b), (double[]){ 10 }, NULL), 1);
    t.service[0] = (smap__snap){ .edge = 0, .share = 0 };
    assert_areas(&t.query, 20 * 20, 20 * 50, 20 * 90);
    t.service[0] = (smap__snap){ .edge = 0, .share = 0.5 };
    assert_areas(&t.query, 20 * 40, 20 * 100, 20 * 100);
    t.service[0].distance = 1; /* a second on foot */
    assert_areas(&t.query, 20 * 20, 20 * 80, 20 * 100);
    t.service[0].distance = 3;
    assert_areas(&t.query, 0, 20 * 40, 20 * 100);
    smap__graph_free(t.graph);
}

/* One way toward the clinic in its middle: only those before it come to it. */
static void a_street_of_one_way(void **state) {
    (void)state;
    smap_geometry_builder *b = net_builder();
    town t;
    net_line(b, 2, (double[]){ 0, 0, 100, 0 });
    build(&t, net_graph(net_finish(b), (double[]){ 10 }, (double[]){ NAN }), 1);
    t.service[0] = (smap__snap){ .edge = 0, .share = 0.5 };
    assert_areas(&t.query, 20 * 20, 20 * 50, 20 * 50);
    const smap_geometry *g = areas_of(&t.query, 1);
    assert_true(inside(g, 2, 1, 5) && inside(g, 2, 49, -5) && !inside(g, 2, 51, 0));
    smap_geometry_free(g);
    smap__graph_free(t.graph);
}

/* A closed road 8 m beside: half way to it. One 1 m beside: the core. One across: to the bisectors, but for the core.
 */
static void roads_that_are_not_reached_take_their_side(void **state) {
    (void)state;
    const double other[][4] = { { -50, 8, 150, 8 }, { -50, 1, 150, 1 } };
    for (int k = 0; k < 2; k++) {
        smap_geometry_builder *b = net_builder();
        town t;
        net_line(b, 2, (double[]){ 0, 0, 100, 0 });
        net_line(b, 2, other[k]);
        build(&t, net_graph(net_finish(b), (double[]){ 10, NAN }, NULL), 1);
        t.service[0] = (smap__snap){ .edge = 0, .share = 0 };
        double side = k ? 11 : 14;
        assert_areas(&t.query, side * 20, side * 50, side * 90);
        smap__graph_free(t.graph);
    }
    smap_geometry_builder *b = net_builder();
    town t;
    net_line(b, 2, (double[]){ 0, 0, 100, 0 });
    net_line(b, 2, (double[]){ 50, 0, 50, 200 });
    build(&t, net_graph(net_finish(b), (double[]){ 1, NAN }, NULL), 1);
    assert_int_equal(t.graph->edge_count, 2);
    t.service[0] = (smap__snap){ .edge = 0, .share = 0 };
    const smap_geometry *g = areas_of(&t.query, 1); /* above, less two triangles of 10 m but for 1 m along the road */
    assert_true(fabs(smap__geometry_area(g, 0) - (2000 - 100 + 1)) < 0.5);
    assert_true(inside(g, 0, 44, 5) && !inside(g, 0, 46, 5) && inside(g, 0, 50, -9) && !inside(g, 0, 50, 1.5));
    smap_geometry_free(g);
    smap__graph_free(t.graph);
}

/* Streets that meet at a right angle and at a corner of three: outsides are round. */
static void corners_are_round_outside(void **state) {
    (void)state;
    smap_geometry_builder *b = net_builder();
    town t;
    net_line(b, 2, (double[]){ 0, 0, 100, 0 });
    net_line(b, 3, (double[]){ 100, 0, 100, 100, 200, 100 });
    build(&t, net_graph(net_finish(b), (double[]){ 1, 1 }, NULL), 1);
    t.service[0] = (smap__snap){ .edge = 0, .share = 0 };
    double arc = 12 * 50 * sin(acos(-1) / 24); /* a quarter of a circle of 10 m in twelve pieces */
    double area = 3 * 2000 - 2 * 100 + 2 * arc;
    assert_areas(&t.query, area, area, area);
    smap__graph_free(t.graph);
    b = net_builder();
    net_line(b, 2, (double[]){ 0, 0, 100, 0 });
    net_line(b, 2, (double[]){ 0, 0, -100, 0 });
    net_line(b, 2, (double[]){ 0, 0, 0, 100 });
    build(&t, net_graph(net_finish(b), (double[]){ 1, 1, 1 }, NULL), 1);
    t.service[0] = (smap__snap){ .edge = 0, .share = 0 };
    assert_areas(&t.query, 4000 + 1800, 4000 + 1800, 4000 + 1800);
    smap__graph_free(t.graph);
}

/* ---- barriers ---- */

static const smap_geometry *polygon(const double box[4]) {
    smap_geometry_builder *b = net_builder();
    assert_int_equal(smap__builder_reserve(b, 1, 1, 1, 5, NULL), SMAP_OK);
    for (int k = 0; k < 5; k++) smap__builder_put(b, box[k % 4 == 1 || k % 4 == 2 ? 2 : 0], box[k % 4 > 1 ? 3 : 1]);
    smap__builder_end_ring(b);
    smap__builder_end_part(b, SMAP_GEOM_POLYGON);
    smap__builder_end_feature(b, SMAP_GEOM_POLYGON);
    return net_finish(b);
}

/* A street over a wadi of 10 m, its bridge out or not; a street along the other bank. */
static void a_wadi_is_not_crossed_where_its_bridge_is_out(void **state) {
    (void)state;
    const smap_geometry *wadi = polygon((double[]){ 45, -500, 55, 500 });
    for (int open = 0; open < 2; open++) {
        smap_geometry_builder *b = net_builder();
        town t;
        net_line(b, 2, (double[]){ 0, 0, 45, 0 });
        net_line(b, 2, (double[]){ 45, 0, 55, 0 });
        net_line(b, 2, (double[]){ 55, 0, 100, 0 });
        net_line(b, 2, (double[]){ 44, 0, 44, 300 }); /* meets nothing: closed */
        double costs[] = { 1, open ? 1 : NAN, 1, 1 };
        build(&t, net_graph(net_finish(b), costs, NULL), 1);
        t.service[0] = (smap__snap){ .edge = 0, .share = 0 };
        t.query.barrier = wadi;
        t.query.width_m = 30;
        const smap_geometry *g = areas_of(&t.query, 2);
        for (double x = -60; x < 160; x += 0.7)
            for (double y = -60; y < 60; y += 1.3) {
                bool in = inside(g, 2, x, y);
                if (x > 45.001 && x < 54.999) assert_false(in);
                if (!open && x > 45.001) assert_false(in);
                if (x > 1 && x < 40 && y < 0 && y > -29) assert_true(in);
                if (open && x > 56 && x < 99 && y < 29 - (x < 75 ? 29 : 0) && y > -29) assert_true(in);
            }
        assert_int_equal(smap_geom_part(g, 3) - smap_geom_part(g, 2), 1 + open);
        smap_geometry_free(g);
        smap__graph_free(t.graph);
    }
    smap_geometry_free(wadi);
}

/* A wall along a street, as a line: nothing behind it. */
static void a_line_parts_off_what_is_behind_it(void **state) {
    (void)state;
    smap_geometry_builder *b = net_builder(), *w = net_builder();
    town t;
    net_line(b, 2, (double[]){ 0, 0, 100, 0 });
    build(&t, net_graph(net_finish(b), (double[]){ 1 }, NULL), 1);
    t.service[0] = (smap__snap){ .edge = 0, .share = 0 };
    net_line(w, 2, (double[]){ -50, 4, 150, 4 });
    assert_int_equal(smap_geometry_append_null(w, NULL), SMAP_OK);
    assert_int_equal(smap_geometry_append_point(w, 50, 0, NULL), SMAP_OK);
    t.query.barrier = net_finish(w);
    double area = 100 * (10 + 4 - 0.05);
    assert_areas(&t.query, area, area, area);
    smap_geometry_free(t.query.barrier);
    smap__graph_free(t.graph);
}

/* ---- what holds of all ---- */

/* Times of many places on all edges, as smap__access_nearest gives them. */
typedef struct places {
    int64_t count;
    double *x, *y, *seconds;
} places;

static places look_at_places(const town *t) {
    int64_t n = (int64_t)t->graph->edge_count * STEPS;
    places p = { n, malloc((size_t)n * 8), malloc((size_t)n * 8), malloc((size_t)n * 8) };
    smap__snap *snaps = calloc((size_t)n, sizeof *snaps);
    const smap_geometry *l = t->graph->lines;
    assert_true(p.x && p.y && p.seconds && snaps);
    for (int64_t k = 0; k < n; k++) {
        uint32_t e = (uint32_t)(k / STEPS), i = t->graph->first[e] + 1;
        double share = ((double)(k % STEPS) + 0.5) / STEPS, at = share * t->graph->length_m[e], length;
        while (at > (length = hypot(l->x[i] - l->x[i - 1], l->y[i] - l->y[i - 1])) && i < t->graph->last[e]) {
            at -= length;
            i++;
        }
        p.x[k] = l->x[i - 1] + at / length * (l->x[i] - l->x[i - 1]);
        p.y[k] = l->y[i - 1] + at / length * (l->y[i] - l->y[i - 1]);
        snaps[k] = (smap__snap){ .edge = e, .share = share };
    }
    smap__access_query q = t->access;
    q.origin = snaps;
    q.origins = n;
    smap_ctx *ctx = access_context(1);
    smap__access *a = NULL;
    assert_int_equal(smap__access_nearest(ctx, &q, NULL, &a, NULL), SMAP_OK);
    memcpy(p.seconds, a->seconds, (size_t)n * 8);
    smap__access_free(a);
    smap_ctx_free(ctx);
    free(snaps);
    return p;
}

/* To the nearest place that is reached, or is not. */
static double distance_to(const places *p, double limit, bool reached, double x, double y) {
    double best = HUGE_VAL;
    for (int64_t k = 0; k < p->count; k++)
        if ((p->seconds[k] <= limit) == reached) best = fmin(best, hypot(p->x[k] - x, p->y[k] - y));
    return best;
}

static void random_town(town *t, uint64_t seed, bool flip) {
    build(t, net_random(seed, 14 + (uint32_t)seed % 12, 4 + (uint32_t)seed % 3, flip, false), SERVICES);
    random_snaps(t->graph, seed + 6000, SERVICES, t->service);
    for (int s = 0; s < SERVICES; s++) {
        t->service[s].distance /= 4;
        if (t->service[s].edge != SMAP__NONE) t->service[s].share = 0.3;
    }
    t->query.width_m = 0.3;
    t->query.core_m = 0.05;
}

/* Every reached place is inside; no other is, but within the core; and points of a grid are inside only if they are
 * near to what is reached, and nearer than to what is not. Off by the distance of places. */
static void areas_hold_what_is_reached_and_nothing_else(void **state) {
    (void)state;
    const double off = 0.08;
    int64_t in_all = 0;
    for (uint64_t seed = 0; seed < 12; seed++) {
        town t;
        random_town(&t, seed, false);
        places p = look_at_places(&t);
        const smap_geometry *g = areas_of(&t.query, 2);
        for (int64_t l = 0; l < 3; l++) {
            for (int64_t k = 0; k < p.count; k++) {
                bool in = inside(g, l, p.x[k], p.y[k]);
                if (p.seconds[k] < limits[l])
                    assert_true(in);
                else if (p.seconds[k] > limits[l] && in)
                    assert_true(distance_to(&p, limits[l], true, p.x[k], p.y[k]) < 0.05 + off);
            }
            for (uint64_t k = 0; k < 300; k++) {
                double x = 8 * smap__random_uniform(5, seed, 2 * k) - 1,
                       y = 8 * smap__random_uniform(5, seed, 2 * k + 1) - 1;
                double to = distance_to(&p, limits[l], true, x, y), off_to = distance_to(&p, limits[l], false, x, y);
                bool in = inside(g, l, x, y);
                in_all += in;
                if (in) assert_true(to < 0.3 + off && (to < off_to + off || to < 0.05 + off));
            }
        }
        smap_geometry_free(g);
        free(p.x);
        free(p.y);
        free(p.seconds);
        smap__graph_free(t.graph);
    }
    assert_true(in_all > 100);
}

static double area_left(const smap_geometry *a, int64_t feature_a, const smap_geometry *b, int64_t feature_b) {
    smap__geos *geos = NULL;
    double common;
    assert_int_equal(smap__geos_new(&geos, NULL), SMAP_OK);
    assert_int_equal(smap__geos_intersection_area(geos, a, feature_a, b, feature_b, &common, NULL), SMAP_OK);
    smap__geos_free(geos);
    return smap__geometry_area(a, feature_a) - common;
}

static void each_holds_the_ones_before_and_is_valid(void **state) {
    (void)state;
    for (uint64_t seed = 20; seed < 40; seed++) {
        town t;
        smap__geos *geos = NULL;
        random_town(&t, seed, false);
        const smap_geometry *g = areas_of(&t.query, 1);
        assert_int_equal(smap__geos_new(&geos, NULL), SMAP_OK);
        for (int64_t k = 0; k < 3; k++) {
            smap__validity found;
            assert_int_equal(smap__geos_validity(geos, g, k, &found, NULL), SMAP_OK);
            assert_true(found.valid);
            if (k > 0) assert_true(area_left(g, k - 1, g, k) < 1e-9);
        }
        smap__geos_free(geos);
        smap_geometry_free(g);
        smap__graph_free(t.graph);
    }
}

/* The areas of one limit alone, and those of the limits before it joined to them. */
static void assert_as_alone(const town *t, const smap_geometry *g, int64_t limit) {
    smap__geos *geos = NULL;
    const smap_geometry *alone[3], *joined = NULL;
    smap_geometry_builder *b = net_builder(), *one = net_builder();
    for (int64_t k = 0; k <= limit; k++) {
        smap__isochrone_query q = t->query;
        q.limit_s = &t->query.limit_s[k];
        q.limits = 1;
        alone[k] = areas_of(&q, 1);
    }
    assert_int_equal(smap__geos_new(&geos, NULL), SMAP_OK);
    assert_int_equal(smap__geos_unite(geos, alone, (size_t)limit + 1, b, NULL), SMAP_OK);
    joined = net_finish(b);
    assert_int_equal(smap__builder_append_feature(one, g, limit, NULL), SMAP_OK);
    const smap_geometry *mine = net_finish(one), *both[] = { mine, joined };
    double sum[3] = { smap__geometry_area(mine, 0), 0, 0 };
    for (int64_t k = 0; k < joined->count; k++) sum[1] += smap__geometry_area(joined, k);
    b = net_builder();
    assert_int_equal(smap__geos_unite(geos, both, 2, b, NULL), SMAP_OK);
    const smap_geometry *all = net_finish(b);
    for (int64_t k = 0; k < all->count; k++) sum[2] += smap__geometry_area(all, k);
    /* Neither has what the other has not. But what a barrier parts off alone may hang together with what came later. */
    double more = t->query.barrier ? 1e-4 * sum[1] : 1e-9;
    assert_true(sum[0] > sum[1] - 1e-9 && sum[0] < sum[1] + more && fabs(sum[2] - sum[0]) < 1e-9);
    for (int64_t k = 0; k <= limit; k++) smap_geometry_free(alone[k]);
    smap_geometry_free(joined);
    smap_geometry_free(mine);
    smap_geometry_free(all);
    smap__geos_free(geos);
}

/* A limit that begins with the one before, and polygons that are left out, change nothing: also where closed roads lie
 * between, and with a barrier. */
static void limits_that_begin_with_the_one_before(void **state) {
    (void)state;
    const smap_geometry *wadi = polygon((double[]){ 1.4, -9, 1.6, 9 });
    for (uint64_t seed = 80; seed < 104; seed++) {
        town t;
        random_town(&t, seed, false);
        if (seed % 2) t.query.width_m = 1.5;
        if (seed % 3 == 0) t.query.barrier = wadi;
        const smap_geometry *g = areas_of(&t.query, 1);
        for (int64_t k = 0; k < 3; k++) assert_as_alone(&t, g, k);
        smap_geometry_free(g);
        smap__graph_free(t.graph);
    }
    smap_geometry_free(wadi);
}

/* The number of threads changes no bit; the order of the edges only where the first point of a ring is. */
static void threads_and_order_change_nothing(void **state) {
    (void)state;
    for (uint64_t seed = 40; seed < 50; seed++) {
        town t, other;
        random_town(&t, seed, false);
        random_town(&other, seed, true);
        for (int s = 0; s < SERVICES; s++) {
            other.service[s] = t.service[s];
            if (t.service[s].edge != SMAP__NONE) other.service[s].edge = t.graph->edge_count - 1 - t.service[s].edge;
        }
        const smap_geometry *a = areas_of(&t.query, 1), *b = areas_of(&t.query, 3), *c = areas_of(&other.query, 1);
        assert_int_equal(a->coord_count, b->coord_count);
        assert_memory_equal(a->x, b->x, (size_t)a->coord_count * 8);
        assert_memory_equal(a->y, b->y, (size_t)a->coord_count * 8);
        for (int64_t k = 0; k < 3; k++)
            assert_true(fabs(smap__geometry_area(a, k) - smap__geometry_area(c, k)) < 1e-9 &&
                        area_left(a, k, c, k) < 1e-9);
        smap_geometry_free(a);
        smap_geometry_free(b);
        smap_geometry_free(c);
        smap__graph_free(t.graph);
        smap__graph_free(other.graph);
    }
}

/* Moved, turned and mirrored networks have areas of the same size. */
static void where_it_lies_changes_nothing(void **state) {
    (void)state;
    const double turns[][6] = { { 1, 0, 500000, 0, 1, 3600000 }, { 0, -1, 0, 1, 0, 0 }, { 0.6, 0.8, 7, 0.8, -0.6, 3 } };
    for (uint64_t seed = 60; seed < 72; seed++) {
        town t, moved;
        random_town(&t, seed, false);
        const smap_geometry *l = t.graph->lines, *a = areas_of(&t.query, 1);
        const double *m = turns[seed % 3];
        smap_geometry_builder *b = net_builder();
        double cost[2][64];
        for (int64_t f = 0; f < l->count; f++) {
            int64_t first, end;
            double xy[6];
            smap__geometry_span(l, f, &first, &end);
            for (int k = 0; k < 3; k++) {
                xy[2 * k] = m[0] * l->x[first + k] + m[1] * l->y[first + k] + m[2];
                xy[2 * k + 1] = m[3] * l->x[first + k] + m[4] * l->y[first + k] + m[5];
            }
            net_line(b, 3, xy);
            cost[0][f] = t.graph->forward_s[f];
            cost[1][f] = t.graph->backward_s[f];
        }
        build(&moved, net_graph(net_finish(b), cost[0], cost[1]), SERVICES);
        memcpy(moved.service, t.service, sizeof t.service);
        moved.query.width_m = t.query.width_m;
        moved.query.core_m = t.query.core_m;
        const smap_geometry *c = areas_of(&moved.query, 1);
        for (int64_t k = 0; k < 3; k++) assert_true(fabs(smap__geometry_area(a, k) - smap__geometry_area(c, k)) < 1e-4);
        smap_geometry_free(a);
        smap_geometry_free(c);
        smap__graph_free(t.graph);
        smap__graph_free(moved.graph);
    }
}

/* ---- nothing, bad questions, cancel, memory ---- */

static void nothing_to_show_and_questions_that_make_no_sense(void **state) {
    (void)state;
    smap_ctx *ctx = access_context(1);
    const smap_geometry *g = NULL;
    town t;
    random_town(&t, 3, false);
    t.access.services = 0;
    assert_areas(&t.query, 0, 0, 0);
    t.query.limits = 0;
    smap_geometry_free(areas_of(&t.query, 1));
    smap_geometry_builder *none = net_builder();
    t.access.services = SERVICES;
    t.query.barrier = net_finish(none);
    t.query.limits = 3;
    smap_geometry_free(areas_of(&t.query, 1));
    smap_geometry_free(t.query.barrier);
    t.query.barrier = NULL;
    const double bad[][3] = { { 5, 5, 9 }, { -1, 5, 9 }, { 2, 5, NAN }, { 2, 5, HUGE_VAL } };
    for (int k = 0; k < 4; k++) {
        t.query.limit_s = bad[k];
        assert_int_equal(smap__isochrones(ctx, &t.query, &g, NULL), SMAP_E_ARGUMENT);
    }
    t.query.limit_s = limits;
    const double widths[][2] = { { 0, 0 }, { 1, 0 }, { 1, 2 }, { NAN, 1 }, { HUGE_VAL, 1 } };
    for (int k = 0; k < 5; k++) {
        t.query.width_m = widths[k][0];
        t.query.core_m = widths[k][1];
        assert_int_equal(smap__isochrones(ctx, &t.query, &g, NULL), SMAP_E_ARGUMENT);
    }
    assert_null(g);
    smap__graph_free(t.graph);
    build(&t, net_graph(net_finish(net_builder()), NULL, NULL), 0);
    assert_areas(&t.query, 0, 0, 0);
    smap__graph_free(t.graph);
    smap_ctx_free(ctx);
}

/* Wherever it asks whether to go on: in the search, while stretches are found, while each area is cut and kept. */
static void it_can_be_cancelled(void **state) {
    (void)state;
    const smap_geometry *wadi = polygon((double[]){ 1.4, -9, 1.6, 9 });
    town t;
    random_town(&t, 4, false);
    t.query.barrier = wadi;
    cancel all = { .goes_on = INT32_MAX };
    for (int k = -1; k < all.asked; k++) {
        cancel some = { .goes_on = k };
        const smap_geometry *g = NULL;
        smap_ctx *ctx = cancel_context(k < 0 ? &all : &some);
        assert_int_equal(smap__isochrones(ctx, &t.query, &g, NULL), k < 0 ? SMAP_OK : SMAP_E_CANCELLED);
        assert_true((g != NULL) == (k < 0));
        smap_geometry_free(g);
        smap_ctx_free(ctx);
    }
    assert_true(all.asked > 25);
    print_message("asked %d times\n", all.asked);
    smap_geometry_free(wadi);
    smap__graph_free(t.graph);
}

static void memory_that_runs_out_at_each_place(void **state) {
    (void)state;
    smap_ctx *ctx = access_context(1);
    const smap_geometry *wadi = polygon((double[]){ 1.4, -9, 1.6, 9 }), *wanted, *g = NULL;
    town t;
    random_town(&t, 6, false);
    t.query.barrier = wadi;
    wanted = areas_of(&t.query, 1);
    int64_t out_of_memory = 0;
    for (int64_t nth = 1; nth < 20000; nth += 1 + nth / 40) { /* what a builder gives back at its end it may keep */
        smap__alloc_fail_at(nth, false);
        smap_status status = smap__isochrones(ctx, &t.query, &g, NULL);
        smap__alloc_fail_at(0, false);
        out_of_memory += status == SMAP_E_NOMEM;
        assert_true(status == SMAP_OK || (status == SMAP_E_NOMEM && !g));
        if (status != SMAP_OK) continue;
        assert_int_equal(g->coord_count, wanted->coord_count);
        assert_memory_equal(g->x, wanted->x, (size_t)g->coord_count * 8);
        smap_geometry_free(g);
        g = NULL;
    }
    assert_true(out_of_memory > 60);
    smap_geometry_free(wanted);
    smap_geometry_free(wadi);
    smap__graph_free(t.graph);
    smap_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_straight_street),
        cmocka_unit_test(a_street_of_one_way),
        cmocka_unit_test(roads_that_are_not_reached_take_their_side),
        cmocka_unit_test(corners_are_round_outside),
        cmocka_unit_test(a_wadi_is_not_crossed_where_its_bridge_is_out),
        cmocka_unit_test(a_line_parts_off_what_is_behind_it),
        cmocka_unit_test(areas_hold_what_is_reached_and_nothing_else),
        cmocka_unit_test(each_holds_the_ones_before_and_is_valid),
        cmocka_unit_test(limits_that_begin_with_the_one_before),
        cmocka_unit_test(threads_and_order_change_nothing),
        cmocka_unit_test(where_it_lies_changes_nothing),
        cmocka_unit_test(nothing_to_show_and_questions_that_make_no_sense),
        cmocka_unit_test(it_can_be_cancelled),
        cmocka_unit_test(memory_that_runs_out_at_each_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
