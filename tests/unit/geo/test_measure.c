/* Geodesic measures against the published figures of GeographicLib's own documentation. */
#include <math.h>

#include "../ctx_help.h"
#include "from_ogr.h"
#include "geo/crs.h"

/* John F. Kennedy to London Heathrow. */
static void a_flight_has_its_length(void **state) {
    (void)state;
    static const char *const flight = "LINESTRING (-73.8 40.6,-0.5 51.6)";
    const smap_crs *wgs84 = NULL;
    double length = 0;
    assert_int_equal(smap__crs_wgs84(ctx, &wgs84, NULL), SMAP_OK);
    const smap_geometry *g = from_wkt(wgs84, &flight, 1);
    assert_int_equal(smap_geometry_lengths_m(ctx, g, &length, NULL), SMAP_OK);
    assert_true(fabs(length - 5551759.400319) < 1e-3);
    smap_geometry_free(g);
    smap_crs_free(wgs84);
}

/* The polygon of the documentation: Antarctica in 18 points around the pole. */
static const char *const antarctica =
    "POLYGON ((-58 -63.1,-74 -72.9,-102 -71.9,-102 -74.9,-131 -74.3,-163 -77.5,163 -77.4,172 -71.7,140 -65.9,113 -65.7,"
    "88 -66.6,59 -66.9,25 -69.8,-4 -70.0,-14 -71.0,-33 -77.3,-46 -77.9,-61 -74.7,-58 -63.1))";

static void a_continent_has_its_area(void **state) {
    (void)state;
    const smap_crs *wgs84 = NULL;
    assert_int_equal(smap__crs_wgs84(ctx, &wgs84, NULL), SMAP_OK);
    const smap_geometry *g = from_wkt(wgs84, &antarctica, 1);
    double area, length;
    assert_int_equal(smap_geometry_areas_m2(ctx, g, &area, NULL), SMAP_OK);
    assert_int_equal(smap_geometry_lengths_m(ctx, g, &length, NULL), SMAP_OK);
    assert_true(fabs(area - 13662703680020.1) < 1);
    assert_true(fabs(length - 16831067.893) < 1e-2);
    smap_geometry_free(g);
    smap_crs_free(wgs84);
}

static void holes_parts_and_directions(void **state) {
    (void)state;
    static const char *const wkt[] = {
        "POLYGON ((20 32,20.1 32,20.1 32.1,20 32.1,20 32))",
        "POLYGON ((20 32,20 32.1,20.1 32.1,20.1 32,20 32))",
        "POLYGON ((20.02 32.02,20.04 32.02,20.04 32.04,20.02 32.04,20.02 32.02))",
        "POLYGON ((20 32,20.1 32,20.1 32.1,20 32.1,20 32),(20.02 32.02,20.04 32.02,20.04 32.04,20.02 32.04,20.02 32.02))",
        "MULTIPOLYGON (((20 32,20.1 32,20.1 32.1,20 32.1,20 32)),((20.02 32.02,20.04 32.02,20.04 32.04,20.02 32.04,"
        "20.02 32.02)))",
        "LINESTRING (20 32,20 33)",
        "POINT (20 32)",
        "POLYGON EMPTY",
    };
    enum { N = sizeof wkt / sizeof *wkt };
    const smap_crs *wgs84 = NULL;
    assert_int_equal(smap__crs_wgs84(ctx, &wgs84, NULL), SMAP_OK);
    const smap_geometry *g = from_wkt(wgs84, wkt, N);
    double a[N], l[N];
    assert_int_equal(smap_geometry_areas_m2(ctx, g, a, NULL), SMAP_OK);
    assert_int_equal(smap_geometry_lengths_m(ctx, g, l, NULL), SMAP_OK);
    assert_true(a[0] > 1.0e8 && a[0] < 1.1e8);
    assert_true(fabs(a[1] - a[0]) < 1e-3);
    assert_true(fabs(a[3] - (a[0] - a[2])) < 1e-3);
    assert_true(fabs(a[4] - (a[0] + a[2])) < 1e-3);
    assert_true(a[5] == 0 && a[6] == 0 && a[7] == 0 && l[6] == 0);
    assert_true(fabs(l[3] - (l[0] + l[2])) < 1e-6);
    assert_true(fabs(l[5] - 110895.62) <
                0.1); /* a degree of meridian there: 111132.95 - 559.82 cos 65 + 1.18 cos 130 */
    smap_geometry_free(g);
    smap_crs_free(wgs84);
}

/* The same field in degrees and in a projected CRS. */
static void a_projected_column_gives_the_same(void **state) {
    (void)state;
    static const char *const wkt[] = { "POLYGON ((22.6 32.7,22.61 32.7,22.61 32.71,22.6 32.71,22.6 32.7))", NULL };
    const smap_crs *wgs84 = NULL, *far = NULL;
    assert_int_equal(smap__crs_wgs84(ctx, &wgs84, NULL), SMAP_OK);
    assert_int_equal(smap_crs_new(ctx, "EPSG:32632", &far, NULL),
                     SMAP_OK); /* two zones off: grid areas are 2 % too large */
    const smap_geometry *g = from_wkt(wgs84, wkt, 1), *p = NULL;
    assert_int_equal(smap_geometry_transform(ctx, g, far, &p, NULL, NULL), SMAP_OK);
    double a, b;
    assert_int_equal(smap_geometry_areas_m2(ctx, g, &a, NULL), SMAP_OK);
    assert_int_equal(smap_geometry_areas_m2(ctx, p, &b, NULL), SMAP_OK);
    assert_true(fabs(a - b) < 1e-6 * a);
    smap_geometry_free(p);
    smap_geometry_free(g);
    smap_crs_free(far);
    smap_crs_free(wgs84);
}

static void unknown_is_not_zero(void **state) {
    (void)state;
    const smap_crs *wgs84 = NULL;
    assert_int_equal(smap__crs_wgs84(ctx, &wgs84, NULL), SMAP_OK);
    smap_geometry_builder *b = NULL;
    const smap_geometry *g = NULL;
    assert_int_equal(smap_geometry_builder_new(wgs84, &b, NULL), SMAP_OK);
    assert_int_equal(smap_geometry_append_null(b, NULL), SMAP_OK);
    assert_int_equal(smap_geometry_builder_finish(b, &g, NULL), SMAP_OK);
    smap_geometry_builder_free(b);
    double area = 0;
    assert_int_equal(smap_geometry_areas_m2(ctx, g, &area, NULL), SMAP_OK);
    assert_true(isnan(area));
    smap_geometry_free(g);
    smap_crs_free(wgs84);
    g = from_wkt(NULL, &antarctica, 1);
    smap_error err = SMAP_ERROR_INIT;
    assert_int_equal(smap_geometry_areas_m2(ctx, g, &area, &err), SMAP_E_CRS);
    assert_int_equal(smap_geometry_areas_m2(ctx, NULL, &area, &err), SMAP_E_ARGUMENT);
    assert_int_equal(smap_geometry_transform(ctx, NULL, NULL, &g, NULL, &err), SMAP_E_ARGUMENT);
    smap_geometry_free(g);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_flight_has_its_length),    cmocka_unit_test(a_continent_has_its_area),
        cmocka_unit_test(holes_parts_and_directions), cmocka_unit_test(a_projected_column_gives_the_same),
        cmocka_unit_test(unknown_is_not_zero),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
