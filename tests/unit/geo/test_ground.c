/* Working in the plane, stating figures on the ground: geodesic.h as oracle, and transforms there and back. */
#include <math.h>

#include "from_ogr.h"
#include "geo/crs.h"
#include "geo/geom_builder.h"
#include "geo/ground.h"

static smap_ctx *ctx;
static const smap_crs *wgs84, *utm34, *mercator;
static uint64_t seed = 20230911;

static double uniform(void) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (double)(seed >> 11) / 9007199254740992.0;
}

static int set_up(void **state) {
    (void)state;
    if (smap_ctx_new(NULL, &ctx, NULL) != SMAP_OK) return -1;
    assert_int_equal(smap_crs_new(ctx, "EPSG:4326", &wgs84, NULL), SMAP_OK);
    assert_int_equal(smap_crs_new(ctx, "EPSG:32634", &utm34, NULL), SMAP_OK);
    assert_int_equal(smap_crs_new(ctx, "EPSG:3857", &mercator, NULL), SMAP_OK);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    smap_crs_free(mercator);
    smap_crs_free(utm34);
    smap_crs_free(wgs84);
    smap_ctx_free(ctx);
    return 0;
}

/* L-shapes with a hole (area), or zigzags, of about that size, anywhere in the box. */
static const smap_geometry *shapes(const smap_crs *crs, smap_box box, double size, int count, bool lines) {
    static const double xs[] = { 0, 1, 1, 0.4, 0.4, 0, 0 }, ys[] = { 0, 0, 0.3, 0.3, 1, 1, 0 };
    static const double hx[] = { 0.1, 0.2, 0.2, 0.1 }, hy[] = { 0.1, 0.1, 0.2, 0.1 };
    smap_geometry_builder *b = NULL;
    const smap_geometry *g = NULL;
    assert_int_equal(smap_geometry_builder_new(crs, &b, NULL), SMAP_OK);
    for (int k = 0; k < count; k++) {
        double x = box.xmin + uniform() * (box.xmax - box.xmin - size);
        double y = box.ymin + uniform() * (box.ymax - box.ymin - size);
        double angle = 6.28 * uniform(), s = sin(angle) * size, c = cos(angle) * size;
        assert_int_equal(smap__builder_reserve(b, 1, 1, 2, 11, NULL), SMAP_OK);
        for (int p = 0; p < 7; p++) smap__builder_put(b, x + c * xs[p] - s * ys[p], y + s * xs[p] + c * ys[p]);
        smap__builder_end_ring(b);
        for (int p = 0; p < 4 && !lines; p++)
            smap__builder_put(b, x + c * hx[p] - s * hy[p], y + s * hx[p] + c * hy[p]);
        if (!lines) smap__builder_end_ring(b);
        smap__builder_end_part(b, lines ? SMAP_GEOM_LINESTRING : SMAP_GEOM_POLYGON);
        smap__builder_end_feature(b, lines ? SMAP_GEOM_LINESTRING : SMAP_GEOM_POLYGON);
    }
    assert_int_equal(smap_geometry_builder_finish(b, &g, NULL), SMAP_OK);
    smap_geometry_builder_free(b);
    return g;
}

/* geodesic.h itself sums areas down to the equator: of a few m2 it knows some 1e-4 m2. */
static void check_measures(const smap_crs *crs, smap_box box, double size) {
    enum { N = 500 };
    double area[N], length[N], expected[N];
    for (int lines = 0; lines < 2; lines++) {
        const smap_geometry *g = shapes(crs, box, size, N, lines);
        assert_int_equal(smap__ground_measures(ctx, g, area, length, NULL), SMAP_OK);
        assert_int_equal((lines ? smap_geometry_lengths_m : smap_geometry_areas_m2)(ctx, g, expected, NULL), SMAP_OK);
        for (int k = 0; k < N; k++) {
            assert_true((lines ? area : length)[k] == 0);
            double off = fabs((lines ? length : area)[k] - expected[k]), limit = 1e-6 * expected[k] + 5e-4 * !lines;
            if (!(off < limit))
                print_error("%s of size %g: %g off by %g\n", lines ? "line" : "area", size, expected[k], off);
            assert_true(off < limit);
        }
        smap_geometry_free(g);
    }
}

static void measures_agree_with_geodesics(void **state) {
    (void)state;
    const double sizes[] = { 5, 20, 100, 500, 3000, 20000 };
    for (int k = 0; k < 6; k++) {
        check_measures(utm34, (smap_box){ 600000, 3500000, 700000, 3600000 }, sizes[k]);
        check_measures(utm34, (smap_box){ 100000, 6500000, 300000, 6700000 }, sizes[k]);
        check_measures(mercator, (smap_box){ 2500000, 3800000, 2540000, 3860000 }, sizes[k]);
        check_measures(wgs84, (smap_box){ 22.4, 32.5, 22.9, 33 }, sizes[k] / 100000);
        check_measures(wgs84, (smap_box){ 20, 59, 30, 69 }, sizes[k] / 100000);
        check_measures(wgs84, (smap_box){ -170, -70, 170, 70 }, sizes[k] / 100000);
    }
}

static void what_has_no_measure(void **state) {
    (void)state;
    static const char *const wkt[] = {
        "POINT (22 32)", "POLYGON EMPTY",
        "GEOMETRYCOLLECTION (POLYGON ((22 32,23 32,23 33,22 32)),LINESTRING (22 32,23 32))",
        "POLYGON ((22 32,23 32,23 33,22 32))", "LINESTRING (22 32,23 32)"
    };
    smap_geometry_builder *b = NULL;
    const smap_geometry *g = NULL;
    double area[6], length[6];
    assert_int_equal(smap_geometry_builder_new(wgs84, &b, NULL), SMAP_OK);
    for (int k = 0; k < 5; k++) append_wkt(b, wkt[k]);
    smap_geometry_append_null(b, NULL);
    assert_int_equal(smap_geometry_builder_finish(b, &g, NULL), SMAP_OK);
    smap_geometry_builder_free(b);
    assert_int_equal(smap__ground_measures(ctx, g, area, length, NULL), SMAP_OK);
    assert_true(area[0] == 0 && area[1] == 0 && length[0] == 0 && length[1] == 0);
    assert_true(area[2] == area[3] && length[2] == length[4] && length[3] == 0 && area[4] == 0 && area[3] > 1e9);
    assert_true(isnan(area[5]) && isnan(length[5]));
    assert_int_equal(smap__ground_measures(ctx, g, NULL, length, NULL), SMAP_OK);
    assert_int_equal(smap__ground_measures(ctx, g, area, NULL, NULL), SMAP_OK);
    smap_geometry_free(g);
}

static void the_working_crs(void **state) {
    (void)state;
    const struct {
        const smap_crs *crs;
        smap_box extent;
        int code; /* 0: made for the extent */
    } cases[] = {
        { utm34, { 600000, 3500000, 640000, 3600000 }, 32634 }, /* its own */
        { wgs84, { 22.4, 32.5, 22.9, 33 }, 32634 },
        { mercator, { 2500000, 3800000, 2540000, 3860000 }, 32634 }, /* areas 1.4 times too large */
        { mercator, { 2500000, -50, 2500100, 50 }, 32634 },          /* not on the equator, but 0.7 % off it */
        { wgs84, { 10, 20, 40, 40 }, 0 },
        { utm34, { -600000, 3500000, 1700000, 3600000 }, 0 }, /* 1.1 million metres off the meridian */
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        const smap_crs *found = NULL;
        assert_int_equal(smap__ground_crs(ctx, cases[k].extent, cases[k].crs, &found, NULL), SMAP_OK);
        if (k != 3) assert_int_equal(smap_crs_code(found), cases[k].code);
        assert_false(smap_crs_is_geographic(found));
        smap_crs_free(found);
    }
    const smap_crs *found = NULL;
    assert_int_equal(smap__ground_crs(ctx, SMAP_BOX_EMPTY, wgs84, &found, NULL), SMAP_OK);
    assert_ptr_equal(found, wgs84);
    smap_crs_free(found);
    assert_int_equal(smap__ground_crs(ctx, SMAP_BOX_EMPTY, NULL, &found, NULL), SMAP_E_CRS);
}

static double off_line(const smap_geometry *g, int64_t a, double x, double y) {
    double dx = g->x[a + 1] - g->x[a], dy = g->y[a + 1] - g->y[a];
    double t = ((x - g->x[a]) * dx + (y - g->y[a]) * dy) / (dx * dx + dy * dy);
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    return hypot(g->x[a] + t * dx - x, g->y[a] + t * dy - y);
}

/* Points of the source's edges, moved, lie on the moved edges within the tolerance. */
static void check_straight(const char *wkt, const smap_crs *from, const smap_crs *to, double tolerance) {
    const smap_geometry *g = from_wkt(from, &wkt, 1), *moved = NULL;
    int64_t lost = 0;
    assert_int_equal(smap__ground_transform(ctx, g, to, tolerance, &moved, &lost, NULL), SMAP_OK);
    assert_int_equal(lost, 0);
    for (int64_t k = 0; k + 1 < g->coord_count; k++)
        for (int s = 0; s <= 50; s++) {
            double x = g->x[k] + (g->x[k + 1] - g->x[k]) * s / 50, y = g->y[k] + (g->y[k + 1] - g->y[k]) * s / 50;
            double nearest = HUGE_VAL;
            assert_int_equal(smap__crs_transform(ctx, from, to, &x, &y, 1, NULL, NULL), SMAP_OK);
            for (int64_t a = 0; a + 1 < moved->coord_count; a++) nearest = fmin(nearest, off_line(moved, a, x, y));
            if (!(nearest < 1.5 * tolerance)) print_error("%s: %g off\n", wkt, nearest);
            assert_true(nearest < 1.5 * tolerance);
        }
    assert_true(moved->coord_count < 5000);
    smap_geometry_free(moved);
    smap_geometry_free(g);
}

static void straight_edges_stay_straight(void **state) {
    (void)state;
    check_straight("POLYGON ((20 32,24 32,24 33,20 33,20 32))", wgs84, utm34, 0.01);
    check_straight("POLYGON ((18 10,24 70,21 10,18 10))", wgs84, utm34, 1); /* across the meridian: an S */
    check_straight("LINESTRING (300000 3500000,700000 3900000,700000 3500000)", utm34, wgs84, 1e-7);
    check_straight("LINESTRING (22.5 32.5,22.5001 32.5001,22.50013 32.6)", wgs84, utm34, 0.01);
}

/* Neighbours run along their common edge in opposite directions, and still have it in common. */
static void neighbours_stay_neighbours(void **state) {
    (void)state;
    static const char *const wkt[] = { "POLYGON ((20 32,24 32.3,24 33,20 33,20 32))",
                                       "POLYGON ((20 32,20 31,24 31,24 32.3,20 32))" };
    const smap_geometry *g = from_wkt(wgs84, wkt, 2), *moved = NULL;
    assert_int_equal(smap__ground_transform(ctx, g, utm34, 0.01, &moved, NULL, NULL), SMAP_OK);
    int64_t first = smap_geom_coord(moved, 1), common = 0;
    for (int64_t a = 0; a + 1 < first; a++)
        for (int64_t b = first; b + 1 < moved->coord_count; b++) {
            bool same = moved->x[a] == moved->x[b] && moved->y[a] == moved->y[b];
            common += same;
            if (same && fabs(moved->x[a] - moved->x[0]) > 1000 && a) {
                double x = moved->x[a], y = moved->y[a], slope;
                assert_int_equal(smap__crs_transform(ctx, utm34, wgs84, &x, &y, 1, NULL, NULL), SMAP_OK);
                slope = (y - 32) / (x - 20);
                assert_true(fabs(slope - 0.3 / 4) < 1e-9);
            }
        }
    assert_true(common > 50);
    smap_geometry_free(moved);
    smap_geometry_free(g);
}

static void small_edges_are_left_alone(void **state) {
    (void)state;
    const smap_geometry *g = shapes(wgs84, (smap_box){ 22.4, 32.5, 22.9, 33 }, 0.0002, 100, false), *moved = NULL;
    assert_int_equal(smap__ground_transform(ctx, g, utm34, 0.01, &moved, NULL, NULL), SMAP_OK);
    assert_int_equal(moved->coord_count, g->coord_count);
    smap_geometry_free(moved);
    assert_int_equal(smap__ground_transform(ctx, g, wgs84, 0.01, &moved, NULL, NULL), SMAP_OK);
    assert_ptr_equal(moved, g);
    smap_geometry_free(moved);
    assert_int_equal(smap__ground_transform(ctx, g, utm34, 0, &moved, NULL, NULL), SMAP_E_ARGUMENT);
    smap_geometry_free(g);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(measures_agree_with_geodesics),
        cmocka_unit_test(what_has_no_measure),
        cmocka_unit_test(the_working_crs),
        cmocka_unit_test(straight_edges_stay_straight),
        cmocka_unit_test(neighbours_stay_neighbours),
        cmocka_unit_test(small_edges_are_left_alone),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
