/* Well-known binary both ways. The oracle is OGR's own reader and writer of WKT and WKB. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <cpl_conv.h>
#include <ogr_api.h>

#include "../cmocka_all.h"
#include "geo/wkb.h"

/* What goes in, what must come out (NULL: the same). */
static const struct {
    const char *in, *out;
} trips[] = {
    { "POINT (13.19 32.89)", NULL },
    { "POINT EMPTY", NULL },
    { "POINT Z (1 2 3)", NULL },
    { "POINT M (1 2 4)", NULL },
    { "POINT ZM (1 2 3 4)", NULL },
    { "LINESTRING (0 0,1 1,2 0)", NULL },
    { "LINESTRING EMPTY", NULL },
    { "LINESTRING Z (0 0 5,1 1 6,2 0 7)", NULL },
    { "LINESTRING ZM (0 0 5 8,1 1 6 9,2 0 7 10)", NULL },
    { "POLYGON ((0 0,4 0,4 4,0 4,0 0))", NULL },
    { "POLYGON ((0 0,4 0,4 4,0 4,0 0),(1 1,1 2,2 2,2 1,1 1))", NULL },
    { "POLYGON M ((0 0 1,4 0 2,4 4 3,0 4 4,0 0 1))", NULL },
    { "POLYGON EMPTY", NULL },
    { "MULTIPOINT ((1 2),(3 4))", NULL },
    { "MULTIPOINT Z ((1 2 9),(3 4 8))", NULL },
    { "MULTIPOINT EMPTY", NULL },
    { "MULTILINESTRING ((0 0,1 1),(2 2,3 3,4 4))", NULL },
    { "MULTIPOLYGON (((0 0,1 0,1 1,0 0)),((5 5,9 5,9 9,5 5),(7 6,8 6,8 7,7 6)))", NULL },
    { "MULTIPOLYGON EMPTY", NULL },
    { "GEOMETRYCOLLECTION (POINT (1 2),LINESTRING (0 0,1 1),POLYGON ((0 0,1 0,1 1,0 0)))", NULL },
    { "GEOMETRYCOLLECTION EMPTY", NULL },
    { "GEOMETRYCOLLECTION (MULTIPOINT ((1 2),(3 4)),GEOMETRYCOLLECTION (POINT (5 6)))",
      "GEOMETRYCOLLECTION (POINT (1 2),POINT (3 4),POINT (5 6))" },
    { "GEOMETRYCOLLECTION (POINT EMPTY,POINT (1 2))", "GEOMETRYCOLLECTION (POINT (1 2))" },
    { "MULTIPOLYGON (EMPTY,((0 0,1 0,1 1,0 0)))", "MULTIPOLYGON (((0 0,1 0,1 1,0 0)))" },
    { "TRIANGLE ((0 0,1 0,1 1,0 0))", "POLYGON ((0 0,1 0,1 1,0 0))" },
    { "TIN Z (((0 0 1,1 0 1,1 1 1,0 0 1)),((0 0 1,1 1 1,0 1 1,0 0 1)))",
      "MULTIPOLYGON Z (((0 0 1,1 0 1,1 1 1,0 0 1)),((0 0 1,1 1 1,0 1 1,0 0 1)))" },
    { "POLYHEDRALSURFACE Z (((0 0 0,0 1 0,1 1 0,0 0 0)))", "MULTIPOLYGON Z (((0 0 0,0 1 0,1 1 0,0 0 0)))" },
    { "CIRCULARSTRING (0 0,1 0,2 0)", "LINESTRING (0 0,1 0,2 0)" },
    { "COMPOUNDCURVE ((0 0,1 1),(1 1,2 0,3 5))", "LINESTRING (0 0,1 1,2 0,3 5)" },
    { "CURVEPOLYGON ((0 0,4 0,4 4,0 0))", "POLYGON ((0 0,4 0,4 4,0 0))" },
    { "MULTICURVE ((0 0,5 5),(1 1,2 2))", "MULTILINESTRING ((0 0,5 5),(1 1,2 2))" },
    { "MULTISURFACE (((0 0,4 0,4 4,0 0)))", "MULTIPOLYGON (((0 0,4 0,4 4,0 0)))" },
};

static unsigned char *wkb_of(const char *wkt, OGRwkbByteOrder order, size_t *len) {
    OGRGeometryH g = NULL;
    char *copy = strdup(wkt), *text = copy;
    assert_int_equal(OGR_G_CreateFromWkt(&text, NULL, &g), OGRERR_NONE);
    free(copy);
    *len = (size_t)OGR_G_WkbSize(g);
    unsigned char *wkb = malloc(*len);
    assert_non_null(wkb);
    assert_int_equal(OGR_G_ExportToIsoWkb(g, order, wkb), OGRERR_NONE);
    OGR_G_DestroyGeometry(g);
    return wkb;
}

static const smap_geometry *read_one(const void *wkb, size_t len) {
    smap_geometry_builder *b = NULL;
    const smap_geometry *g = NULL;
    smap_error err = SMAP_ERROR_INIT;
    assert_int_equal(smap_geometry_builder_new(NULL, &b, NULL), SMAP_OK);
    smap_status status = smap_geometry_append_wkb(b, wkb, len, &err);
    if (status != SMAP_OK) print_error("%s\n", err.message);
    assert_int_equal(status, SMAP_OK);
    assert_int_equal(smap_geometry_builder_finish(b, &g, NULL), SMAP_OK);
    smap_geometry_builder_free(b);
    return g;
}

/* Our writer's bytes, read and written as text by OGR. */
static void assert_written(const smap_geometry *g, const char *wkt) {
    size_t size = smap_geometry_wkb(g, 0, NULL, 0), expected_size;
    unsigned char *bytes = malloc(size), *expected = wkb_of(wkt, wkbNDR, &expected_size);
    assert_int_equal(smap_geometry_wkb(g, 0, bytes, size), size);
    OGRGeometryH h = NULL;
    assert_int_equal(OGR_G_CreateFromWkb(bytes, NULL, &h, (int)size), OGRERR_NONE);
    char *text = NULL;
    OGR_G_ExportToIsoWkt(h, &text);
    assert_string_equal(text, wkt);
    assert_int_equal(size, expected_size);
    assert_memory_equal(bytes, expected, size);
    CPLFree(text);
    OGR_G_DestroyGeometry(h);
    free(bytes);
    free(expected);
}

static void all_types_make_the_trip(void **state) {
    (void)state;
    for (size_t k = 0; k < sizeof trips / sizeof *trips; k++)
        for (int order = 0; order < 2; order++) {
            size_t len;
            unsigned char *wkb = wkb_of(trips[k].in, order ? wkbNDR : wkbXDR, &len);
            const smap_geometry *g = read_one(wkb, len);
            assert_written(g, trips[k].out ? trips[k].out : trips[k].in);
            smap_geometry_free(g);
            free(wkb);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_types_make_the_trip),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
