/* The door to GEOS: what passes, what is held back, what is mended. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "from_ogr.h"
#include "geo/crossings.h"
#include "geo/geom_builder.h"
#include "geo/geom_column.h"
#include "geo/geos_bridge.h"

static smap__geos *geos;

static int set_up(void **state) {
    (void)state;
    return smap__geos_new(&geos, NULL) == SMAP_OK ? 0 : -1;
}

static int tear_down(void **state) {
    (void)state;
    smap__geos_free(geos);
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

/* Planar area by the shoelace formula: shells less holes. */
static double area_of(const smap_geometry *g, int64_t feature) {
    double area = 0;
    for (int64_t part = smap_geom_part(g, feature); part < smap_geom_part(g, feature + 1); part++)
        for (int64_t ring = smap_geom_ring(g, part); ring < smap_geom_ring(g, part + 1); ring++) {
            double one = 0;
            for (int64_t k = smap_geom_coord(g, ring); k + 1 < smap_geom_coord(g, ring + 1); k++)
                one += g->x[k] * g->y[k + 1] - g->x[k + 1] * g->y[k];
            area += ring == smap_geom_ring(g, part) ? fabs(one) / 2 : -fabs(one) / 2;
        }
    return area;
}

/* What is wrong with it, and the area that repair leaves. */
static const struct {
    const char *wkt, *reason;
    double area;
} broken[] = {
    { "POLYGON ((0 0,10 10,10 0,0 10,0 0))", "Self-intersection", 50 },
    { "POLYGON ((0 0,4 0,4 4,0 4,0 0),(1 1,3 1,3 3,1 3,1 1),(1 1,3 1,3 3,1 3,1 1))", "Self-intersection", 12 },
    { "MULTIPOLYGON (((0 0,2 0,2 2,0 2,0 0)),((1 1,3 1,3 3,1 3,1 1)))", "Self-intersection", 7 },
    { "POLYGON ((0 0,4 0,4 4,0 4,0 0),(0 0,4 0,4 4,0 4,0 0))", "Self-intersection", 0 },
    { "POLYGON ((0 0,4 0,4 4,4 8,4 4,0 4,0 0))", "Self-intersection", 16 },
    { "POLYGON ((0 0,1 0,0 0))", "Too few points in geometry component", 0 },
    { "POLYGON ((0 0,4 0,4 4,0 4,0 0),(1 1,2 2,1 1))", "Too few points in geometry component", 16 },
};

static void broken_polygons_are_named_and_mended(void **state) {
    (void)state;
    for (size_t k = 0; k < sizeof broken / sizeof *broken; k++) {
        const smap_geometry *g = from_wkt(NULL, &broken[k].wkt, 1);
        smap__validity found;
        assert_int_equal(smap__geos_validity(geos, g, 0, &found, NULL), SMAP_OK);
        assert_false(found.valid);
        if (!strstr(found.reason, broken[k].reason)) print_error("%s: %s\n", broken[k].wkt, found.reason);
        assert_non_null(strstr(found.reason, broken[k].reason));
        smap_geometry_builder *b = new_builder();
        assert_int_equal(smap__geos_make_valid(geos, g, 0, b, NULL), SMAP_OK);
        const smap_geometry *mended = finish(b);
        assert_int_equal(mended->count, 1);
        if (fabs(area_of(mended, 0) - broken[k].area) > 1e-9)
            print_error("%s: %g\n", broken[k].wkt, area_of(mended, 0));
        assert_true(fabs(area_of(mended, 0) - broken[k].area) < 1e-9);
        assert_int_equal(smap__geos_validity(geos, mended, 0, &found, NULL), SMAP_OK);
        assert_true(found.valid);
        smap_geometry_free(mended);
        smap_geometry_free(g);
    }
}

static void sound_features_pass_untouched(void **state) {
    (void)state;
    static const char *const wkt[] = { "POINT (1 2)",
                                       "POINT EMPTY",
                                       "LINESTRING Z (0 0 1,1 1 2)",
                                       "POLYGON ((0 0,4 0,4 4,0 4,0 0),(1 1,2 1,2 2,1 1))",
                                       "MULTIPOLYGON (((0 0,1 0,1 1,0 0)),((2 2,3 2,3 3,2 2)))",
                                       "MULTIPOINT ((0 0),(1 1))",
                                       "GEOMETRYCOLLECTION (POINT (1 1),LINESTRING (0 0,1 1))" };
    enum { N = sizeof wkt / sizeof *wkt };
    const smap_geometry *g = from_wkt(NULL, wkt, N);
    smap_geometry_builder *b = new_builder();
    for (int64_t k = 0; k < N; k++) {
        smap__validity found;
        assert_int_equal(smap__geos_validity(geos, g, k, &found, NULL), SMAP_OK);
        assert_true(found.valid);
        assert_int_equal(smap__geos_make_valid(geos, g, k, b, NULL), SMAP_OK);
    }
    const smap_geometry *same = finish(b);
    assert_int_equal(same->coord_count, g->coord_count);
    assert_memory_equal(same->x, g->x, (size_t)g->coord_count * sizeof(double));
    assert_memory_equal(same->type, g->type, N);
    smap_geometry_free(same);
    smap_geometry_free(g);
}

static void put_run(smap_geometry_builder *b, const double *xy, size_t n) {
    assert_int_equal(smap__builder_reserve(b, 1, 1, 1, n, NULL), SMAP_OK);
    for (size_t k = 0; k < n; k++) smap__builder_put(b, xy[2 * k], xy[2 * k + 1]);
    smap__builder_end_ring(b);
}

static void end_one(smap_geometry_builder *b, smap_geom_type part, smap_geom_type feature) {
    smap__builder_end_part(b, part);
    smap__builder_end_feature(b, feature);
}

/* Calls with such geometries crash GEOS 3.11 or never return. None reaches it. */
static void what_kills_geos_is_held_back(void **state) {
    (void)state;
    const double inf = INFINITY;
    const double line[] = { 0, 0, inf, 1 }, ring[] = { 0, 0, 1, NAN, 1, 1, 0, 0 },
                 wide[] = { 0, 0, inf, 0, 1, 1, 0, 0 };
    const double huge[] = { 0, 0, 1e300, 0, 1e300, 1e300, 0, 0 }, point[] = { NAN, NAN },
                 open[] = { 0, 0, 1, 0, 1, 1, 0, 1 };
    smap_geometry_builder *b = new_builder();
    put_run(b, line, 2), end_one(b, SMAP_GEOM_LINESTRING, SMAP_GEOM_LINESTRING);
    put_run(b, ring, 4), end_one(b, SMAP_GEOM_POLYGON, SMAP_GEOM_POLYGON);
    put_run(b, wide, 4), end_one(b, SMAP_GEOM_POLYGON, SMAP_GEOM_POLYGON);
    put_run(b, huge, 4), end_one(b, SMAP_GEOM_POLYGON, SMAP_GEOM_POLYGON);
    put_run(b, point, 1), end_one(b, SMAP_GEOM_POINT, SMAP_GEOM_POINT);
    put_run(b, open, 4), end_one(b, SMAP_GEOM_POLYGON, SMAP_GEOM_POLYGON);
    put_run(b, line, 1), end_one(b, SMAP_GEOM_LINESTRING, SMAP_GEOM_LINESTRING);
    put_run(b, point, 0), end_one(b, SMAP_GEOM_POINT, SMAP_GEOM_COLLECTION);
    assert_int_equal(smap__builder_reserve(b, 1, 1, 0, 0, NULL), SMAP_OK);
    end_one(b, SMAP_GEOM_POINT, SMAP_GEOM_MULTIPOINT); /* a part without a ring */
    const smap_geometry *g = finish(b);
    static const char *const square = "POLYGON ((0 0,1 0,1 1,0 1,0 0))";
    const smap_geometry *good = from_wkt(NULL, &square, 1);
    for (int64_t k = 0; k < g->count; k++) {
        smap__validity found;
        double x, y, area;
        smap_error err = SMAP_ERROR_INIT;
        assert_int_equal(smap__geos_validity(geos, g, k, &found, NULL), SMAP_OK);
        assert_false(found.valid);
        assert_int_equal(smap__geos_point_on_surface(geos, g, k, &x, &y, &err), SMAP_E_FORMAT);
        assert_int_equal(err.row, k + 1);
        assert_non_null(strstr(err.message, found.reason));
        assert_int_equal(smap__geos_intersection_area(geos, g, k, good, 0, &area, NULL), SMAP_E_FORMAT);
        assert_int_equal(smap__geos_intersection_area(geos, good, 0, g, k, &area, NULL), SMAP_E_FORMAT);
        b = new_builder();
        smap_status status = smap__geos_make_valid(geos, g, k, b, NULL);
        assert_int_equal(status, k < 6 ? SMAP_E_FORMAT : SMAP_OK);
        smap_geometry_free(finish(b));
    }
    smap_geometry_free(good);
    smap_geometry_free(g);
}

/* GEOMETRYCOLLECTION(POINT EMPTY, POINT(1 1)): the reader leaves the empty part out, so that it is safe. */
static void an_empty_part_is_left_out(void **state) {
    (void)state;
    static const char *const wkt[] = { "GEOMETRYCOLLECTION (POINT EMPTY,POINT (1 1))", "MULTIPOINT (EMPTY,(1 1))" };
    const smap_geometry *g = from_wkt(NULL, wkt, 2);
    for (int64_t k = 0; k < 2; k++) {
        smap__validity found;
        double x, y;
        assert_int_equal(smap__geos_validity(geos, g, k, &found, NULL), SMAP_OK);
        assert_true(found.valid);
        assert_int_equal(smap__geos_point_on_surface(geos, g, k, &x, &y, NULL), SMAP_OK);
        assert_true(x == 1 && y == 1);
    }
    smap_geometry_free(g);
}

static void overlaps_are_measured(void **state) {
    (void)state;
    static const char *const wkt[] = { "POLYGON ((0 0,2 0,2 2,0 2,0 0))", "POLYGON ((1 1,3 1,3 3,1 3,1 1))",
                                       "POLYGON ((5 5,6 5,6 6,5 5))", "POLYGON EMPTY",
                                       "POLYGON ((0 0,10 10,10 0,0 10,0 0))" };
    const double expected[] = { 4, 1, 0, 0 };
    const smap_geometry *g = from_wkt(NULL, wkt, 5);
    double area;
    for (int64_t k = 0; k < 4; k++) {
        assert_int_equal(smap__geos_intersection_area(geos, g, 0, g, k, &area, NULL), SMAP_OK);
        assert_true(fabs(area - expected[k]) < 1e-12);
    }
    assert_int_equal(smap__geos_intersection_area(geos, g, 0, g, 4, &area, NULL), SMAP_E_FORMAT);
    double x, y;
    assert_int_equal(smap__geos_point_on_surface(geos, g, 3, &x, &y, NULL), SMAP_E_ARGUMENT);
    smap_geometry_free(g);
}

/* What two polygons share and what one has more: their areas add up, touching leaves nothing. */
static void polygons_are_laid_over_each_other(void **state) {
    (void)state;
    static const char *const wkt[] = { "POLYGON ((0 0,3 0,3 1,0 1,0 0))", "MULTIPOLYGON (((1 0,2 0,2 1,1 1,1 0)))",
                                       "POLYGON ((3 0,4 0,4 1,3 1,3 0))", "POLYGON EMPTY" };
    static const struct {
        int a, b;
        double common, without;
        smap_geom_type common_type, without_type;
    } cases[] = { { 0, 1, 1, 2, SMAP_GEOM_POLYGON, SMAP_GEOM_MULTIPOLYGON },
                  { 1, 0, 1, 0, SMAP_GEOM_POLYGON, SMAP_GEOM_MULTIPOLYGON },
                  { 0, 2, 0, 3, SMAP_GEOM_MULTIPOLYGON, SMAP_GEOM_POLYGON },
                  { 0, 3, 0, 3, SMAP_GEOM_MULTIPOLYGON, SMAP_GEOM_POLYGON },
                  { 3, 0, 0, 0, SMAP_GEOM_MULTIPOLYGON, SMAP_GEOM_MULTIPOLYGON } };
    const smap_geometry *g = from_wkt(NULL, wkt, 4);
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        smap_geometry_builder *b = NULL;
        int64_t first = cases[k].a, second = cases[k].b;
        assert_int_equal(smap_geometry_builder_new(NULL, &b, NULL), SMAP_OK);
        assert_int_equal(smap__geos_overlay(geos, SMAP__GEOS_COMMON, g, first, g, second, b, NULL), SMAP_OK);
        assert_int_equal(smap__geos_overlay(geos, SMAP__GEOS_WITHOUT, g, first, g, second, b, NULL), SMAP_OK);
        const smap_geometry *got = finish(b);
        assert_int_equal(got->count, 2);
        assert_true(fabs(smap__geometry_area(got, 0) - cases[k].common) < 1e-12);
        assert_true(fabs(smap__geometry_area(got, 1) - cases[k].without) < 1e-12);
        assert_int_equal(got->type[0], cases[k].common_type);
        assert_int_equal(got->type[1], cases[k].without_type);
        smap_geometry_free(got);
    }
    smap_geometry_free(g);
}

static void crossings_are_counted(void **state) {
    (void)state;
    static const struct {
        const char *wkt;
        int64_t crossings;
    } cases[] = {
        { "POLYGON ((0 0,4 0,4 4,0 4,0 0))", 0 },        { "POLYGON ((0 0,4 0,4 4,0 4,0 0),(1 1,2 1,2 2,1 1))", 0 },
        { "POLYGON ((0 0,10 10,10 0,0 10,0 0))", 1 },    { "LINESTRING (0 0,4 0,4 4,2 -1)", 1 },
        { "LINESTRING (0 0,10 0,10 1,5 0,0 1)", 2 },     /* a vertex on a segment: both of its own meet it */
        { "POLYGON ((0 2,10 7,2 10,4 0,9 10,0 2))", 5 }, /* a star of five points */
        { "LINESTRING (0 0,4 0,4 0,4 0,8 0)", 0 },       { "POINT (1 1)", 0 },
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        const smap_geometry *g = from_wkt(NULL, &cases[k].wkt, 1);
        int64_t found = -1;
        assert_int_equal(smap__crossings(g, 0, 100, &found, NULL), SMAP_OK);
        if (found != cases[k].crossings) print_error("%s: %d\n", cases[k].wkt, (int)found);
        assert_int_equal(found, cases[k].crossings);
        smap_geometry_free(g);
    }
}

/* A ring of random corners: n of them cross of the order of n * n / 5 times. */
static void a_scribble_is_refused_at_once(void **state) {
    (void)state;
    enum { N = 3000 };
    static double xy[2 * N + 2];
    uint64_t seed = 7;
    for (int k = 0; k < 2 * N; k++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        xy[k] = (double)(seed >> 11) / 9007199254740992.0;
    }
    xy[2 * N - 2] = xy[0], xy[2 * N - 1] = xy[1];
    smap_geometry_builder *b = new_builder();
    put_run(b, xy, N), end_one(b, SMAP_GEOM_POLYGON, SMAP_GEOM_POLYGON);
    const smap_geometry *g = finish(b);
    smap_error err = SMAP_ERROR_INIT;
    clock_t start = clock();
    b = new_builder();
    assert_int_equal(smap__geos_make_valid(geos, g, 0, b, &err), SMAP_E_LIMIT);
    assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 5);
    assert_non_null(strstr(err.message, "simplify"));
    smap_geometry_builder_free(b);
    smap_geometry_free(g);
}

/* Parallel strokes without a crossing, where every box meets every other: looked at within bounds as well. */
static void a_hatch_is_not_counted_for_ever(void **state) {
    (void)state;
    enum { N = 40000 };
    static double xy[2 * N];
    for (int k = 0; k < N; k++) {
        xy[2 * k] = (k / 2 % 2 != k % 2 ? 1.0 : 0.0) + 1e-6 * k;
        xy[2 * k + 1] = (k / 2 % 2 != k % 2 ? 1.0 : 0.0) - 1e-6 * k;
    }
    smap_geometry_builder *b = new_builder();
    put_run(b, xy, N), end_one(b, SMAP_GEOM_LINESTRING, SMAP_GEOM_LINESTRING);
    const smap_geometry *g = finish(b);
    int64_t found = 0;
    assert_int_equal(smap__crossings(g, 0, 100, &found, NULL), SMAP_OK);
    assert_int_equal(found, 101);
    smap_geometry_free(g);
}

static void nothing_stays_nothing(void **state) {
    (void)state;
    smap_geometry_builder *b = new_builder();
    smap_geometry_append_null(b, NULL);
    const smap_geometry *g = finish(b);
    smap__validity found;
    assert_int_equal(smap__geos_validity(geos, g, 0, &found, NULL), SMAP_OK);
    assert_true(found.valid);
    b = new_builder();
    assert_int_equal(smap__geos_make_valid(geos, g, 0, b, NULL), SMAP_OK);
    const smap_geometry *same = finish(b);
    assert_int_equal(same->type[0], SMAP_GEOM_NULL);
    smap_geometry_free(same);
    smap_geometry_free(g);
}

/* ---- areas ---- */

static double area_of_all(const smap_geometry *g) {
    double sum = 0;
    for (int64_t k = 0; k < g->count; k++) {
        assert_int_equal(g->type[k], SMAP_GEOM_POLYGON);
        sum += area_of(g, k);
    }
    return sum;
}

static void polygons_are_united_and_cut(void **state) {
    (void)state;
    static const char *const first[] = { "POLYGON ((0 0,4 0,4 4,0 4,0 0))", "POLYGON EMPTY", "POINT EMPTY" };
    static const char *const second[] = { "MULTIPOLYGON (((2 2,6 2,6 6,2 6,2 2)),((9 9,10 9,10 10,9 9)))" };
    static const char *const strips[] = { "POLYGON ((20 0,21 0,21 1,20 0))", "POLYGON ((-1 1,9 1,9 2,-1 2,-1 1))",
                                          "POLYGON ((-1 3,9 3,9 9,-1 9,-1 3))" };
    const smap_geometry *a = from_wkt(NULL, first, 3), *b = from_wkt(NULL, second, 1), *c = from_wkt(NULL, strips, 3);
    const smap_geometry *both[] = { a, b }, *less;
    smap_geometry_builder *united = new_builder(), *cut = new_builder();
    assert_int_equal(smap__geos_unite(geos, both, 2, united, NULL), SMAP_OK);
    const smap_geometry *whole = finish(united);
    assert_int_equal(whole->count, 2);
    assert_true(fabs(area_of_all(whole) - (16 + 16 - 4 + 0.5)) < 1e-12);
    const int64_t rows[] = { 1, 2 };
    assert_int_equal(smap__geos_subtract(geos, a, 0, c, rows, 2, cut, NULL), SMAP_OK);
    assert_int_equal(smap__geos_subtract(geos, a, 0, c, rows, 0, cut, NULL), SMAP_OK);
    assert_int_equal(smap__geos_subtract(geos, a, 1, c, rows, 2, cut, NULL), SMAP_OK);
    less = finish(cut);
    assert_int_equal(less->count, 3); /* two pieces, and the whole */
    assert_true(fabs(area_of_all(less) - (8 + 16)) < 1e-12);
    smap_geometry_free(less);
    smap_geometry_free(whole);
    smap_geometry_free(a);
    smap_geometry_free(b);
    smap_geometry_free(c);
}

static void lines_end_flat(void **state) {
    (void)state;
    static const char *const wkt[] = { "LINESTRING (0 0,30 40)", "MULTILINESTRING ((0 0,10 0),(0 50,10 50))",
                                       "POINT (1 1)", "POLYGON ((0 0,4 0,4 4,0 4,0 0))" };
    const double wanted[] = { 200, 80, 0, 16 + 32 + 4 * 3.1 };
    const smap_geometry *g = from_wkt(NULL, wkt, 4);
    for (int64_t k = 0; k < 4; k++) {
        smap_geometry_builder *b = new_builder();
        assert_int_equal(smap__geos_buffer(geos, g, k, 2, b, NULL), SMAP_OK);
        assert_int_equal(smap__geos_buffer(geos, g, k, NAN, b, NULL), SMAP_E_ARGUMENT);
        const smap_geometry *around = finish(b);
        assert_int_equal(around->count, k == 1 ? 2 : k != 2);
        assert_true(fabs(area_of_all(around) - wanted[k]) < (k == 3 ? 0.2 : 1e-9));
        smap_geometry_free(around);
    }
    smap_geometry_free(g);
}

static void what_meets_a_polygon(void **state) {
    (void)state;
    static const char *const area[] = { "POLYGON ((0 0,9 0,9 9,0 9,0 0),(2 2,7 2,7 7,2 7,2 2))" };
    static const char *const wkt[] = { "LINESTRING (3 3,6 6)", "LINESTRING EMPTY", "LINESTRING (-5 5,-1 5)",
                                       "LINESTRING (-5 1,15 1)", "LINESTRING (9 4,12 4)" };
    const smap_geometry *g = from_wkt(NULL, area, 1), *l = from_wkt(NULL, wkt, 5);
    const int64_t rows[] = { 0, 1, 2, 3, 4 };
    bool meets = true;
    assert_int_equal(smap__geos_meets(geos, g, 0, l, rows, 3, &meets, NULL), SMAP_OK);
    assert_false(meets);
    for (int k = 3; k < 5; k++) {
        assert_int_equal(smap__geos_meets(geos, g, 0, l, rows + k, 1, &meets, NULL), SMAP_OK);
        assert_true(meets);
    }
    assert_int_equal(smap__geos_meets(geos, g, 0, l, rows, 4, &meets, NULL), SMAP_OK);
    assert_true(meets);
    assert_int_equal(smap__geos_meets(geos, g, 0, l, rows, 0, &meets, NULL), SMAP_OK);
    assert_false(meets);
    smap_geometry_free(g);
    smap_geometry_free(l);
}

static void areas_pass_the_gate_too(void **state) {
    (void)state;
    const double odd[] = { 0, 0, 4, 0, NAN, 4, 0, 4, 0, 0 };
    smap_geometry_builder *b = new_builder(), *out = new_builder();
    put_run(b, odd, 5);
    end_one(b, SMAP_GEOM_POLYGON, SMAP_GEOM_POLYGON);
    const smap_geometry *g = finish(b);
    const int64_t row = 0;
    smap_error err = SMAP_ERROR_INIT;
    bool meets;
    assert_int_equal(smap__geos_unite(geos, &g, 1, out, &err), SMAP_E_FORMAT);
    assert_non_null(strstr(err.message, "Invalid Coordinate"));
    assert_int_equal(smap__geos_buffer(geos, g, 0, 1, out, NULL), SMAP_E_FORMAT);
    assert_int_equal(smap__geos_subtract(geos, g, 0, g, &row, 1, out, NULL), SMAP_E_FORMAT);
    assert_int_equal(smap__geos_meets(geos, g, 0, g, &row, 1, &meets, NULL), SMAP_E_FORMAT);
    assert_int_equal(smap__geos_unite(geos, NULL, 0, out, NULL), SMAP_OK);
    smap_geometry_free(g);
    g = finish(out);
    assert_int_equal(g->count, 0);
    smap_geometry_free(g);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(broken_polygons_are_named_and_mended),
        cmocka_unit_test(sound_features_pass_untouched),
        cmocka_unit_test(what_kills_geos_is_held_back),
        cmocka_unit_test(an_empty_part_is_left_out),
        cmocka_unit_test(overlaps_are_measured),
        cmocka_unit_test(polygons_are_laid_over_each_other),
        cmocka_unit_test(crossings_are_counted),
        cmocka_unit_test(a_scribble_is_refused_at_once),
        cmocka_unit_test(a_hatch_is_not_counted_for_ever),
        cmocka_unit_test(nothing_stays_nothing),
        cmocka_unit_test(polygons_are_united_and_cut),
        cmocka_unit_test(lines_end_flat),
        cmocka_unit_test(what_meets_a_polygon),
        cmocka_unit_test(areas_pass_the_gate_too),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
