/* Points in polygons: GEOS as oracle, and what must hold whoever computes it. */
#include <geos_c.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../cmocka_all.h"
#include "base/alloc.h"
#include "geo/geom_builder.h"
#include "geo/geom_column.h"
#include "geo/orient.h"
#include "overlay/locate.h"

static GEOSContextHandle_t geos;
static smap_ctx *one, *many;
static uint64_t seed = 20230911;

static double uniform(void) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (double)(seed >> 11) / 9007199254740992.0;
}

static smap_ctx *new_ctx(int threads) {
    smap_ctx_options options = SMAP_CTX_OPTIONS_INIT;
    smap_ctx *ctx = NULL;
    options.threads = threads;
    assert_int_equal(smap_ctx_new(&options, &ctx, NULL), SMAP_OK);
    return ctx;
}

static int set_up(void **state) {
    (void)state;
    geos = GEOS_init_r();
    one = new_ctx(1);
    many = new_ctx(4);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    smap_ctx_free(many);
    smap_ctx_free(one);
    GEOS_finish_r(geos);
    return 0;
}

static smap_geometry_builder *new_builder(void) {
    smap_geometry_builder *b = NULL;
    assert_int_equal(smap_geometry_builder_new(NULL, &b, NULL), SMAP_OK);
    return b;
}

static const smap_geometry *finish(smap_geometry_builder *b) {
    const smap_geometry *g = NULL;
    assert_int_equal(smap_geometry_builder_finish(b, &g, NULL), SMAP_OK);
    smap_geometry_builder_free(b);
    return g;
}

static void put_ring(smap_geometry_builder *b, const double *x, const double *y, size_t n) {
    assert_int_equal(smap__builder_reserve(b, 1, 1, 1, n + 1, NULL), SMAP_OK);
    for (size_t k = 0; k < n; k++) smap__builder_put(b, x[k], y[k]);
    smap__builder_put(b, x[0], y[0]);
    smap__builder_end_ring(b);
}

static void end_polygon(smap_geometry_builder *b) {
    smap__builder_end_part(b, SMAP_GEOM_POLYGON);
    smap__builder_end_feature(b, SMAP_GEOM_POLYGON);
}

static void put_box(smap_geometry_builder *b, double x0, double y0, double x1, double y1) {
    const double x[] = { x0, x1, x1, x0 }, y[] = { y0, y0, y1, y1 };
    put_ring(b, x, y, 4);
    end_polygon(b);
}

static GEOSGeometry *to_geos(const smap_geometry *g, int64_t feature) {
    size_t size = smap_geometry_wkb(g, feature, NULL, 0);
    unsigned char *wkb = malloc(size);
    assert_non_null(wkb);
    smap_geometry_wkb(g, feature, wkb, size);
    GEOSGeometry *made = GEOSGeomFromWKB_buf_r(geos, wkb, size);
    free(wkb);
    return made;
}

/* A star around the origin with `n` corners on a coarse grid (many equal heights, many edges in line), scaled. */
static void put_star(smap_geometry_builder *b, size_t n, double grid, double scale, bool hole) {
    double x[512], y[512];
    for (int ring = 0; ring < 1 + hole; ring++) {
        for (size_t k = 0; k < n; k++) {
            double angle = 6.283185307179586 * (double)k / (double)n;
            double radius = (ring ? 0.1 : 0.35) + (ring ? 0.1 : 0.65) * uniform();
            x[k] = round(radius * cos(angle) * grid) * scale;
            y[k] = round(radius * sin(angle) * grid) * scale;
        }
        put_ring(b, x, y, n);
    }
    end_polygon(b);
}

/* Points on the grid of the corners, between them, and anywhere. */
static const smap_geometry *probes(double grid, double scale, int count) {
    smap_geometry_builder *b = new_builder();
    for (int k = 0; k < count; k++) {
        double x = (uniform() * 2 - 1) * grid, y = (uniform() * 2 - 1) * grid;
        if (k % 3 == 0) x = round(x), y = round(y);
        if (k % 3 == 1) x = round(x * 2) / 2, y = round(y * 2) / 2;
        assert_int_equal(smap_geometry_append_point(b, x * scale, y * scale, NULL), SMAP_OK);
    }
    return finish(b);
}

static void geos_agrees_on_nasty_polygons(void **state) {
    (void)state;
    const double scales[] = { 1, 0.1, 1.0 / 3, 1e-5 };
    int checked = 0;
    for (int round_number = 0; round_number < 240; round_number++) {
        double grid = round_number % 2 ? 6 : 40, scale = scales[round_number % 4];
        smap_geometry_builder *b = new_builder();
        put_star(b, (size_t)(5 + round_number % 90), grid, scale, round_number % 5 == 0);
        const smap_geometry *star = finish(b), *points = probes(grid, scale, 150);
        GEOSGeometry *oracle = to_geos(star, 0);
        if (oracle && GEOSisValid_r(geos, oracle) == 1) {
            const GEOSPreparedGeometry *prepared = GEOSPrepare_r(geos, oracle);
            int64_t area[150];
            assert_int_equal(smap__locate(one, points, star, area, NULL), SMAP_OK);
            for (int64_t k = 0; k < points->count; k++) {
                GEOSGeometry *point = GEOSGeom_createPointFromXY_r(geos, points->x[k], points->y[k]);
                bool inside = GEOSPreparedIntersects_r(geos, prepared, point) == 1;
                assert_int_equal(area[k], inside ? 0 : -1);
                assert_int_equal(smap__polygon_contains(star, 0, points->x[k], points->y[k]), inside);
                GEOSGeom_destroy_r(geos, point);
                checked++;
            }
            GEOSPreparedGeom_destroy_r(geos, prepared);
        }
        if (oracle) GEOSGeom_destroy_r(geos, oracle);
        smap_geometry_free(points);
        smap_geometry_free(star);
    }
    assert_true(checked > 10000);
}

/* A coast of 400 x 500 corners: bands against a scan of every edge. */
static void bands_agree_with_a_full_scan(void **state) {
    (void)state;
    enum { N = 20000, POINTS = 600 };
    static double x[N], y[N];
    for (int kind = 0; kind < 2; kind++) {
        for (int k = 0; k < N; k++) {
            double angle = 6.283185307179586 * k / N, radius = 0.5 + 0.5 * uniform();
            /* kind 1: tall teeth, where every edge meets every band */
            x[k] = kind ? (k < N - 2 ? k : k == N - 2 ? N : -1) : radius * cos(angle);
            y[k] = kind ? (k < N - 2 ? (k % 2 ? 1000 + k % 7 : -(k % 5)) : -2000) : radius * sin(angle);
        }
        smap_geometry_builder *b = new_builder();
        put_ring(b, x, y, N);
        end_polygon(b);
        const smap_geometry *coast = finish(b);
        smap_box box = smap_geometry_extent(coast);
        b = new_builder();
        for (int k = 0; k < POINTS; k++) {
            int near = (int)(uniform() * N);
            double px = k % 2 ? x[near] : box.xmin + uniform() * (box.xmax - box.xmin);
            double py = k % 4 < 2 ? y[near] : box.ymin + uniform() * (box.ymax - box.ymin);
            smap_geometry_append_point(b, px, py, NULL);
        }
        const smap_geometry *points = finish(b);
        int64_t area[POINTS], inside = 0;
        assert_int_equal(smap__locate(one, points, coast, area, NULL), SMAP_OK);
        for (int k = 0; k < POINTS; k++) {
            assert_int_equal(area[k] == 0, smap__polygon_contains(coast, 0, points->x[k], points->y[k]));
            inside += area[k] == 0;
        }
        assert_true(inside > POINTS / 10 && inside < POINTS);
        smap_geometry_free(points);
        smap_geometry_free(coast);
    }
}

static void the_lowest_row_has_the_border(void **state) {
    (void)state;
    smap_geometry_builder *b = new_builder();
    for (int k = 0; k < 9; k++) put_box(b, k % 3, k / 3, k % 3 + 1, k / 3 + 1);
    const smap_geometry *areas = finish(b);
    b = new_builder();
    const double xy[][2] = { { 1, 0.5 },          { 1, 1 },    { 2, 2 }, { 0, 0 }, { 3, 3 }, { 1.5, 2 },
                             { 3.0000000001, 3 }, { 2.5, 2.5 } };
    const int64_t expected[] = { 0, 0, 4, 0, 8, 4, -1, 8 };
    for (int k = 0; k < 8; k++) smap_geometry_append_point(b, xy[k][0], xy[k][1], NULL);
    const smap_geometry *points = finish(b);
    int64_t area[8];
    assert_int_equal(smap__locate(one, points, areas, area, NULL), SMAP_OK);
    assert_memory_equal(area, expected, sizeof area);
    smap_geometry_free(points);
    smap_geometry_free(areas);
}

/* Triangles that tile a square, their corners off any grid: every point is in exactly one, whatever the order of
 * areas and points and the number of threads. */
static void a_tiling_loses_and_doubles_nothing(void **state) {
    (void)state;
    enum { SIDE = 20, TILES = SIDE * SIDE * 2, POINTS = 20000 };
    static double gx[SIDE + 1][SIDE + 1], gy[SIDE + 1][SIDE + 1];
    for (int i = 0; i <= SIDE; i++)
        for (int j = 0; j <= SIDE; j++) {
            bool rim = i == 0 || j == 0 || i == SIDE || j == SIDE;
            gx[i][j] = j + (rim ? 0 : 0.6 * (uniform() - 0.5));
            gy[i][j] = i + (rim ? 0 : 0.6 * (uniform() - 0.5));
        }
    smap_geometry_builder *b = new_builder();
    for (int t = 0; t < TILES; t++) {
        int i = t / 2 / SIDE, j = t / 2 % SIDE, up = t % 2;
        const double x[] = { gx[i][j], gx[i + 1][j + 1], up ? gx[i + 1][j] : gx[i][j + 1] };
        const double y[] = { gy[i][j], gy[i + 1][j + 1], up ? gy[i + 1][j] : gy[i][j + 1] };
        put_ring(b, x, y, 3);
        end_polygon(b);
    }
    const smap_geometry *tiles = finish(b), *turned = NULL, *shuffled = NULL;
    b = new_builder();
    for (int k = 0; k < POINTS; k++) {
        int i = 1 + k % (SIDE - 1), j = 1 + k / 7 % (SIDE - 1);
        double t = uniform();
        if (k % 3 == 0) /* on an edge, as well as it can be */
            smap_geometry_append_point(b, gx[i][j] + t * (gx[i][j + 1] - gx[i][j]),
                                       gy[i][j] + t * (gy[i][j + 1] - gy[i][j]), NULL);
        else
            smap_geometry_append_point(b, uniform() * SIDE, uniform() * SIDE, NULL);
    }
    const smap_geometry *points = finish(b);
    static int64_t first[POINTS], again[POINTS], order[POINTS], rows[TILES];
    assert_int_equal(smap__locate(one, points, tiles, first, NULL), SMAP_OK);
    assert_int_equal(smap__locate(many, points, tiles, again, NULL), SMAP_OK);
    assert_memory_equal(first, again, sizeof first);
    for (int t = 0; t < TILES; t++) rows[t] = TILES - 1 - t;
    assert_int_equal(smap_geometry_take(tiles, rows, TILES, &turned, NULL), SMAP_OK);
    assert_int_equal(smap__locate(many, points, turned, again, NULL), SMAP_OK);
    for (int k = 0; k < POINTS; k++) {
        assert_true(first[k] >= 0);
        if (TILES - 1 - again[k] == first[k]) continue; /* else: on the border of both */
        int holders = 0;
        for (int t = 0; t < TILES; t++) holders += smap__polygon_contains(tiles, t, points->x[k], points->y[k]);
        assert_true(holders > 1 && TILES - 1 - again[k] > first[k]);
    }
    for (int k = 0; k < POINTS; k++) order[k] = (int64_t)(((uint64_t)k * 7919u) % POINTS);
    assert_int_equal(smap_geometry_take(points, order, POINTS, &shuffled, NULL), SMAP_OK);
    assert_int_equal(smap__locate(many, shuffled, tiles, again, NULL), SMAP_OK);
    for (int k = 0; k < POINTS; k++) assert_int_equal(again[k], first[order[k]]);
    smap_geometry_free(shuffled);
    smap_geometry_free(turned);
    smap_geometry_free(points);
    smap_geometry_free(tiles);
}

static void nulls_lines_and_polygons_have_a_place(void **state) {
    (void)state;
    smap_geometry_builder *b = new_builder();
    smap_geometry_append_null(b, NULL);
    put_box(b, 0, 0, 10, 10);
    const smap_geometry *areas = finish(b);
    b = new_builder();
    smap_geometry_append_null(b, NULL);
    put_box(b, 8, 4, 11, 6); /* its middle is at 9.5, 5 */
    put_box(b, 9, 4, 12, 6); /* its middle is at 10.5, 5 */
    assert_int_equal(smap__builder_reserve(b, 1, 1, 1, 3, NULL), SMAP_OK);
    smap__builder_put(b, 5, 5);
    smap__builder_put(b, 6, 5);
    smap__builder_put(b, 30, 5);
    smap__builder_end_ring(b);
    smap__builder_end_part(b, SMAP_GEOM_LINESTRING);
    smap__builder_end_feature(b, SMAP_GEOM_LINESTRING);
    const smap_geometry *things = finish(b);
    int64_t area[4];
    const int64_t expected[] = { -1, 1, -1, -1 };
    assert_int_equal(smap__locate(one, things, areas, area, NULL), SMAP_OK);
    assert_memory_equal(area, expected, sizeof area);
    smap_geometry_free(things);
    smap_geometry_free(areas);
}

/* A representative point lies inside its polygon. */
static void anchors_are_inside(void **state) {
    (void)state;
    for (int k = 0; k < 200; k++) {
        smap_geometry_builder *b = new_builder();
        put_star(b, (size_t)(5 + k), 1e6, 1, k % 2 == 0);
        const smap_geometry *star = finish(b);
        GEOSGeometry *oracle = to_geos(star, 0);
        double x, y;
        assert_int_equal(smap__geometry_anchor(star, 0, &x, &y, NULL), SMAP_OK);
        if (GEOSisValid_r(geos, oracle) == 1) {
            GEOSGeometry *point = GEOSGeom_createPointFromXY_r(geos, x, y);
            assert_int_equal(GEOSContains_r(geos, oracle, point), 1);
            GEOSGeom_destroy_r(geos, point);
        }
        GEOSGeom_destroy_r(geos, oracle);
        smap_geometry_free(star);
    }
}

/* Points a few last bits around a line through them: signs as integer arithmetic gives them. */
static void orientation_is_exact(void **state) {
    (void)state;
    const double ulp = 1.0 / 9007199254740992.0;
    for (int64_t i = 0; i < 64; i++)
        for (int64_t j = 0; j < 64; j++) {
            double side = smap__orient(12, 12, 24, 24, 0.5 + (double)i * ulp * 0.5, 0.5 + (double)j * ulp * 0.5);
            double px = 0.5 + (double)i * ulp * 0.5, py = 0.5 + (double)j * ulp * 0.5;
            if (px == py)
                assert_true(side == 0);
            else
                assert_true((side > 0) == (py > px));
        }
}

static void all_that_hold_a_point_are_found(void **state) {
    (void)state;
    enum { AREAS = 40, POINTS = 3000 };
    smap_geometry_builder *b = new_builder();
    for (int k = 0; k < AREAS; k++) put_star(b, 5 + (size_t)k * 3, 10 + k, k % 2 ? 1 : 1.3, k % 3 == 0);
    const smap_geometry *areas = finish(b);
    smap__locator *locator = NULL;
    smap__hits hits = { NULL, 0, 0 };
    assert_int_equal(smap__locator_new(many, areas, &locator, NULL), SMAP_OK);
    for (int p = 0; p < POINTS; p++) {
        double x = 120 * uniform() - 60, y = 120 * uniform() - 60;
        if (p % 2) x = round(x), y = round(y);
        size_t at = 0;
        assert_int_equal(smap__locator_holders(locator, x, y, &hits, NULL), SMAP_OK);
        for (int64_t k = 0; k < AREAS; k++) {
            if (!smap__polygon_contains(areas, k, x, y)) continue;
            assert_true(at < hits.count);
            assert_int_equal(hits.ids[at++], k);
        }
        assert_int_equal(at, hits.count);
    }
    smap__hits_release(&hits);
    smap__locator_free(locator);
    smap_geometry_free(areas);
}

static void different_systems_do_not_mix(void **state) {
    (void)state;
    const smap_crs *wgs84 = NULL;
    smap_geometry_builder *b = NULL;
    assert_int_equal(smap_crs_new(one, "EPSG:4326", &wgs84, NULL), SMAP_OK);
    assert_int_equal(smap_geometry_builder_new(wgs84, &b, NULL), SMAP_OK);
    const smap_geometry *points = finish(b), *areas = finish(new_builder());
    smap_error err = SMAP_ERROR_INIT;
    assert_int_equal(smap__locate(one, points, areas, NULL, &err), SMAP_E_CRS);
    assert_non_null(strstr(err.message, "WGS 84"));
    smap_geometry_free(points);
    smap_geometry_free(areas);
    smap_crs_free(wgs84);
}

static void memory_running_out_is_told(void **state) {
    (void)state;
    smap_geometry_builder *b = new_builder();
    for (int k = 0; k < 30; k++) put_star(b, 100, 1e6, 1, true);
    const smap_geometry *areas = finish(b), *points = probes(1e6, 1, 30);
    int told = 0;
    for (int64_t nth = 1; nth < 90; nth++) {
        int64_t area[30];
        smap__alloc_fail_at(nth, false);
        smap_status status = smap__locate(many, points, areas, area, NULL);
        smap__alloc_fail_at(0, false);
        assert_true(status == SMAP_OK || status == SMAP_E_NOMEM);
        told += status == SMAP_E_NOMEM;
    }
    assert_true(told > 60);
    smap_geometry_free(points);
    smap_geometry_free(areas);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(geos_agrees_on_nasty_polygons),
        cmocka_unit_test(bands_agree_with_a_full_scan),
        cmocka_unit_test(the_lowest_row_has_the_border),
        cmocka_unit_test(a_tiling_loses_and_doubles_nothing),
        cmocka_unit_test(nulls_lines_and_polygons_have_a_place),
        cmocka_unit_test(anchors_are_inside),
        cmocka_unit_test(orientation_is_exact),
        cmocka_unit_test(all_that_hold_a_point_are_found),
        cmocka_unit_test(different_systems_do_not_mix),
        cmocka_unit_test(memory_running_out_is_told),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
