/* Polygons over zones: GEOS as oracle on nasty shapes, and what must hold whoever computes it. */
#include "base/alloc.h"
#include "zone_help.h"

static void say_wkt(const char *what, const smap_geometry *g, int64_t feature) {
    GEOSGeometry *item = to_geos(g, feature);
    char *text = GEOSGeomToWKT_r(geos, item);
    print_error("%s %s\n", what, text);
    GEOSFree_r(geos, text);
    GEOSGeom_destroy_r(geos, item);
}

/* Every feature against every rank; the number of those that had a share and were not covered whole. */
static int check(const smap_geometry *polygons, const int32_t *rank, const smap_geometry *features, double limit) {
    GEOSGeometry *unions[RANKS];
    smap__zones *zones = build(polygons, rank);
    smap__shares *shares = measure(one, zones, features);
    int partial = 0;
    unite(polygons, rank, unions);
    for (int64_t i = 0; i < features->count; i++) {
        double ours[RANKS], theirs[RANKS], area = 0;
        spread(shares, i, ours);
        if (features->type[i] == SMAP_GEOM_NULL) continue;
        GEOSGeometry *feature = to_geos(features, i);
        GEOSArea_r(geos, feature, &area);
        assert_true(fabs(shares->measure[i] - area) <= 1e-9 * area);
        if (area > 0) {
            oracle_shares(unions, feature, false, theirs);
            double off = worst(ours, theirs);
            if (!(off < limit)) {
                print_error("off by %g\n", off);
                for (int r = 0; r < RANKS; r++) print_error("rank %d: %.12g, not %.12g\n", r, ours[r], theirs[r]);
                say_wkt("feature", features, i);
                for (int64_t k = 0; k < polygons->count && polygons->count < 4; k++) say_wkt("zone", polygons, k);
            }
            assert_true(off < limit);
            for (int r = 0; r < RANKS; r++) partial += theirs[r] > 1e-6 && theirs[r] < 1 - 1e-6;
        } else {
            assert_true(worst(ours, (double[RANKS]){ 0 }) == 0);
        }
        GEOSGeom_destroy_r(geos, feature);
    }
    drop_unions(unions);
    smap__shares_free(shares);
    smap__zones_free(zones);
    return partial;
}

/* Corners on whole numbers: edges that coincide, run along cells' borders and through each other's corners. */
static void geos_agrees_on_small_grids(void **state) {
    (void)state;
    int partial = 0;
    for (int k = 0; k < 200; k++) {
        field f = { k % 2 ? 0 : -3, k % 3 ? 0 : 5, 4 + k % 13, 1 };
        int32_t rank[20];
        int count = 1 + below(20);
        random_ranks(rank, count);
        const smap_geometry *zones = shapes(&f, count, 1 + f.size / 2), *features = shapes(&f, 12, 1 + f.size / 3);
        partial += check(zones, rank, features, 1e-9);
        smap_geometry_free(features);
        smap_geometry_free(zones);
    }
    assert_true(partial > 300);
}

/* The same far from the origin, on grains that binary numbers do not have, and off any grid. */
static void geos_agrees_anywhere(void **state) {
    (void)state;
    const field fields[] = { { 633600, 3605900, 300, 0 }, { 633600, 3605900, 300, 5 }, { 0, 0, 1, 0 },
                             { 0, 0, 10, 1.0 / 3 },       { 22.6, 32.7, 0.05, 0 },     { -1e6, 5e6, 1e6, 0 } };
    int partial = 0;
    for (int k = 0; k < 120; k++) {
        const field *f = &fields[k % 6];
        int32_t rank[30];
        int count = 1 + below(30);
        random_ranks(rank, count);
        const smap_geometry *zones = shapes(f, count, f->size / 3), *features = shapes(f, 12, f->size / 4);
        partial += check(zones, rank, features, 1e-9);
        smap_geometry_free(features);
        smap_geometry_free(zones);
    }
    assert_true(partial > 300);
}

/* Features that are zones, parts of zones, and what lies between them. */
static void features_share_edges_with_zones(void **state) {
    (void)state;
    for (int k = 0; k < 60; k++) {
        field f = { 0, 0, 10, k % 2 ? 1 : 0 };
        int32_t rank[16];
        random_ranks(rank, 16);
        const smap_geometry *zones = shapes(&f, 16, 4);
        check(zones, rank, zones, 1e-9);
        smap_geometry_free(zones);
    }
}

static void touching_is_no_share(void **state) {
    (void)state;
    smap_geometry_builder *b = new_builder();
    put_box(b, 0, 0, 1, 1);
    put_box(b, 0.1, 0.3, 0.7, 0.9); /* a box of thirds and tenths, to be met on its border */
    const smap_geometry *zones = finish(b);
    const int32_t rank[] = { 3, 4 };
    b = new_builder();
    put_box(b, 1, 0, 2, 1);
    put_box(b, 1, 1, 2, 2);
    put_box(b, -1, -3, 0.5, 0);
    put_box(b, 0.7, 0.3, 0.9, 0.9);
    put_box(b, 0, 0, 1, 1);
    put_box(b, 0.1, 0.3, 0.7, 0.9);
    put_box(b, 5, 5, 6, 6);
    const smap_geometry *features = finish(b);
    smap__zones *laid = build(zones, rank);
    smap__shares *s = measure(one, laid, features);
    for (int64_t i = 0; i < 3; i++) assert_int_equal(s->first[i + 1], s->first[i]);
    assert_int_equal(s->first[4] - s->first[3], 1);
    assert_true(s->rank[s->first[3]] == 3 && s->share[s->first[3]] == 1);
    assert_int_equal(s->first[5] - s->first[4], 2);
    assert_true(fabs(s->share[s->first[4]] - 0.64) < 1e-12);
    assert_int_equal(s->first[6] - s->first[5], 1);
    assert_true(s->rank[s->first[5]] == 4 && s->share[s->first[5]] == 1);
    assert_int_equal(s->first[7], s->first[6]);
    smap__shares_free(s);
    smap__zones_free(laid);
    smap_geometry_free(features);
    smap_geometry_free(zones);
}

/* A coast of many corners over another, and over boxes from a cell to all of it. */
static void large_features_walk_the_tree(void **state) {
    (void)state;
    enum { N = 20000 };
    static double x[N], y[N];
    smap_geometry_builder *b = new_builder();
    for (int polygon = 0; polygon < 4; polygon++) {
        double cx = 100 * uniform(), cy = 100 * uniform();
        for (int k = 0; k < N; k++) {
            double angle = 6.283185307179586 * k / N;
            double r = 200 * (1 + 0.3 * sin(7 * angle + polygon) + 0.1 * sin(61 * angle) + 0.002 * uniform());
            x[k] = cx + r * cos(angle);
            y[k] = cy + r * sin(angle);
        }
        put_run(b, x, y, N, true);
        end_one(b, SMAP_GEOM_POLYGON);
    }
    const smap_geometry *coasts = finish_valid(b), *zones = NULL, *features = NULL;
    const int64_t rows[] = { 0, 1 };
    const int32_t rank[] = { 2, 4 };
    assert_int_equal(smap_geometry_take(coasts, rows, 2, &zones, NULL), SMAP_OK);
    b = new_builder();
    for (int k = 0; k < 60; k++) {
        double side = k < 6 ? 600 : 40, left = 800 * uniform() - 400, low = 800 * uniform() - 400;
        put_box(b, left, low, left + side, low + side * uniform());
    }
    for (int64_t k = 0; k < 4; k++) assert_int_equal(smap__builder_append_feature(b, coasts, k, NULL), SMAP_OK);
    features = finish(b);
    assert_true(check(zones, rank, features, 1e-9) > 10);
    smap_geometry_free(features);
    smap_geometry_free(zones);
    smap_geometry_free(coasts);
}

/* Many zones on top of each other, and many edges into one corner: no tree parts them. */
static void stacks_and_fans(void **state) {
    (void)state;
    enum { N = 60 };
    smap_geometry_builder *b = new_builder();
    int32_t rank[2 * N];
    for (int k = 0; k < N; k++) put_box(b, 0, 0, 8, 8);
    for (int k = 0; k < N; k++) {
        const double x[] = { 4, 8, 8 }, y[] = { 4, 8.0 * k / N, 8.0 * (k + 1) / N };
        put_run(b, x, y, 3, true);
        end_one(b, SMAP_GEOM_POLYGON);
    }
    const smap_geometry *zones = finish(b);
    random_ranks(rank, 2 * N);
    field f = { 0, 0, 8, 1 };
    const smap_geometry *features = shapes(&f, 40, 3);
    check(zones, rank, features, 1e-9);
    smap_geometry_free(features);
    smap_geometry_free(zones);
}

/* ---- properties ---- */

static const smap_geometry *many_features(const field *f, int count, double most) {
    smap_geometry_builder *b = new_builder();
    for (int k = 0; k < count; k++)
        if (k % 97 == 5)
            smap_geometry_append_null(b, NULL);
        else if (k % 97 == 6)
            smap_geometry_append_point(b, f->x + f->size * uniform(), f->y + f->size * uniform(), NULL);
        else
            put_shape(b, f, most);
    return finish_valid(b);
}

static void assert_same(const smap__shares *a, const smap__shares *b) {
    assert_int_equal(a->count, b->count);
    assert_memory_equal(a->first, b->first, (size_t)(a->count + 1) * sizeof *a->first);
    assert_memory_equal(a->rank, b->rank, (size_t)a->first[a->count] * sizeof *a->rank);
    assert_memory_equal(a->share, b->share, (size_t)a->first[a->count] * sizeof *a->share);
    assert_memory_equal(a->measure, b->measure, (size_t)a->count * sizeof *a->measure);
}

static void order_and_threads_do_not_matter(void **state) {
    (void)state;
    enum { N = 6000, ZONES = 60 };
    field f = { 633600, 3605900, 2000, 0 };
    int32_t rank[ZONES];
    random_ranks(rank, ZONES);
    const smap_geometry *zones = shapes(&f, ZONES, 500), *features = many_features(&f, N, 20), *turned = NULL;
    smap__zones *laid = build(zones, rank);
    smap__shares *a = measure(one, laid, features), *b = measure(two, laid, features),
                 *c = measure(seven, laid, features);
    assert_same(a, b);
    assert_same(a, c);
    static int64_t rows[N];
    for (int64_t i = 0; i < N; i++) rows[i] = (i * 4801) % N; /* prime to N */
    assert_int_equal(smap_geometry_take(features, rows, N, &turned, NULL), SMAP_OK);
    smap__shares *d = measure(two, laid, turned);
    for (int64_t i = 0; i < N; i++) {
        int64_t n = d->first[i + 1] - d->first[i], from = a->first[rows[i]];
        assert_int_equal(n, a->first[rows[i] + 1] - from);
        assert_memory_equal(d->rank + d->first[i], a->rank + from, (size_t)n * sizeof *a->rank);
        assert_memory_equal(d->share + d->first[i], a->share + from, (size_t)n * sizeof *a->share);
    }
    assert_true(isnan(a->measure[5]) && a->measure[6] == 1);
    smap__shares_free(d);
    smap__shares_free(c);
    smap__shares_free(b);
    smap__shares_free(a);
    smap__zones_free(laid);
    smap_geometry_free(turned);
    smap_geometry_free(features);
    smap_geometry_free(zones);
}

/* The same polygons, each ring from another corner on and the other way round, moved and turned. */
static const smap_geometry *rewritten(const smap_geometry *g, bool reverse, double angle, double dx, double dy) {
    smap_geometry_builder *b = new_builder();
    for (int64_t i = 0; i < g->count; i++) {
        for (int64_t part = smap_geom_part(g, i); part < smap_geom_part(g, i + 1); part++) {
            for (int64_t ring = smap_geom_ring(g, part); ring < smap_geom_ring(g, part + 1); ring++) {
                int64_t first = smap_geom_coord(g, ring), n = smap_geom_coord(g, ring + 1) - first - 1;
                assert_int_equal(smap__builder_reserve(b, 1, 1, 1, (size_t)n + 1, NULL), SMAP_OK);
                for (int64_t k = 0; k <= n; k++) {
                    int64_t at = first + (reverse ? (2 * n - k + n / 3) % n : (k + n / 3) % n);
                    double s = sin(angle), c = cos(angle);
                    smap__builder_put(b, c * g->x[at] - s * g->y[at] + dx, s * g->x[at] + c * g->y[at] + dy);
                }
                smap__builder_end_ring(b);
            }
            smap__builder_end_part(b, SMAP_GEOM_POLYGON);
        }
        assert_int_equal(smap__builder_reserve(b, 1, 0, 0, 0, NULL), SMAP_OK);
        smap__builder_end_feature(b, (smap_geom_type)g->type[i]);
    }
    return finish(b);
}

static void writing_and_place_do_not_matter(void **state) {
    (void)state;
    enum { N = 400, ZONES = 40 };
    const struct {
        bool reverse;
        double angle, dx, dy, limit;
    } cases[] = { { false, 0, 0, 0, 1e-12 },
                  { true, 0, 0, 0, 1e-12 },
                  { false, 0, 1024, -65536, 1e-9 },
                  { false, 0.7, 0, 0, 1e-9 },
                  { true, 2, 600000, 3600000, 1e-7 } };
    field f = { 0, 0, 200, 0 };
    int32_t rank[ZONES];
    random_ranks(rank, ZONES);
    const smap_geometry *zones = shapes(&f, ZONES, 60), *features = shapes(&f, N, 20);
    smap__zones *laid = build(zones, rank);
    smap__shares *a = measure(one, laid, features);
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        const smap_geometry *z = rewritten(zones, cases[k].reverse, cases[k].angle, cases[k].dx, cases[k].dy);
        const smap_geometry *t = rewritten(features, !cases[k].reverse, cases[k].angle, cases[k].dx, cases[k].dy);
        smap__zones *again = build(z, rank);
        smap__shares *b = measure(two, again, t);
        for (int64_t i = 0; i < N; i++) {
            double left[RANKS], right[RANKS];
            spread(a, i, left);
            spread(b, i, right);
            assert_true(worst(left, right) < cases[k].limit);
        }
        smap__shares_free(b);
        smap__zones_free(again);
        smap_geometry_free(t);
        smap_geometry_free(z);
    }
    smap__shares_free(a);
    smap__zones_free(laid);
    smap_geometry_free(features);
    smap_geometry_free(zones);
}

/* Memory may run out anywhere: it is said, nothing is lost, and the next try works. */
static void memory_runs_out(void **state) {
    (void)state;
    field f = { 0, 0, 20, 1 };
    int32_t rank[12];
    random_ranks(rank, 12);
    const smap_geometry *zones = shapes(&f, 12, 8), *features = shapes(&f, 12, 8);
    double out[12];
    int failures = 0;
    for (int nth = 1;; nth++) {
        smap__zones *laid = NULL;
        smap__shares *s = NULL;
        smap__alloc_fail_at(nth, true);
        smap_status status = smap__zones_build(one, zones, rank, &laid, NULL);
        if (status == SMAP_OK) status = smap__zones_measure(one, laid, features, &s, NULL);
        if (status == SMAP_OK) status = smap__zones_distance(one, laid, 2, features, out, NULL);
        smap__alloc_fail_at(0, false);
        smap__shares_free(s);
        smap__zones_free(laid);
        if (status == SMAP_OK) break;
        assert_int_equal(status, SMAP_E_NOMEM);
        failures++;
    }
    assert_true(failures > 20);
    smap_geometry_free(features);
    smap_geometry_free(zones);
}

static int never(double complete, const char *message, void *user) {
    (void)complete, (void)message, (void)user;
    return 0;
}

/* Laying out is asked whether to go on as well: zones of many edges take their time. */
static void laying_out_can_be_stopped(void **state) {
    (void)state;
    smap_ctx_options options = SMAP_CTX_OPTIONS_INIT;
    options.progress = never;
    smap_ctx *ctx = NULL;
    assert_int_equal(smap_ctx_new(&options, &ctx, NULL), SMAP_OK);
    field f = { 0, 0, 20, 1 };
    int32_t rank[12];
    random_ranks(rank, 12);
    const smap_geometry *zones = shapes(&f, 12, 8);
    smap__zones *laid = NULL;
    assert_int_equal(smap__zones_build(ctx, zones, rank, &laid, NULL), SMAP_E_CANCELLED);
    assert_null(laid);
    smap_geometry_free(zones);
    smap_ctx_free(ctx);
}

static void nothing_over_nothing(void **state) {
    (void)state;
    smap_geometry_builder *b = new_builder();
    smap_geometry_append_null(b, NULL);
    put_box(b, 0, 0, 1, 1);
    const smap_geometry *some = finish(b), *none = finish(new_builder());
    const int32_t rank[] = { 2, -1 };
    smap__zones *empty = build(none, NULL), *left_out = build(some, rank);
    for (int k = 0; k < 2; k++) {
        smap__shares *s = measure(two, k ? left_out : empty, some);
        assert_true(s->first[2] == 0 && isnan(s->measure[0]) && s->measure[1] == 1);
        smap__shares_free(s);
        s = measure(two, k ? left_out : empty, none);
        assert_int_equal(s->first[0], 0);
        smap__shares_free(s);
    }
    smap__zones_free(left_out);
    smap__zones_free(empty);
    smap_geometry_free(none);
    smap_geometry_free(some);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(geos_agrees_on_small_grids),
        cmocka_unit_test(geos_agrees_anywhere),
        cmocka_unit_test(features_share_edges_with_zones),
        cmocka_unit_test(touching_is_no_share),
        cmocka_unit_test(large_features_walk_the_tree),
        cmocka_unit_test(stacks_and_fans),
        cmocka_unit_test(order_and_threads_do_not_matter),
        cmocka_unit_test(writing_and_place_do_not_matter),
        cmocka_unit_test(memory_runs_out),
        cmocka_unit_test(laying_out_can_be_stopped),
        cmocka_unit_test(nothing_over_nothing),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
