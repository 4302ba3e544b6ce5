/* Well-known binary both ways. The oracle is OGR's own reader and writer of WKT and WKB. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cpl_conv.h>
#include <ogr_api.h>

#include "../cmocka_all.h"
#include "base/alloc.h"
#include "geo/arc.h"
#include "geo/geom_builder.h"
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

/* ---- by hand: what OGR does not write ---- */

static size_t bytes_of(const char *hex, unsigned char *out) {
    size_t n = 0;
    for (; *hex; hex++) {
        unsigned value;
        if (*hex == ' ') continue;
        assert_int_equal(sscanf(hex, "%2x", &value), 1);
        out[n++] = (unsigned char)value;
        hex++;
    }
    return n;
}

#define ONE "000000000000F03F"   /* 1.0, little endian */
#define TWO "0000000000000040"   /* 2.0 */
#define THREE "0000000000000840" /* 3.0 */
#define NOT "000000000000F87F"   /* NaN */
#define INF "000000000000F07F"   /* infinity */

/* EWKB flags (z, m, SRID) and the old 2.5D code. */
static const struct {
    const char *hex, *wkt;
} by_hand[] = {
    { "01 01000020 E6100000" ONE TWO, "POINT (1 2)" },
    { "00 20000001 000010E6 3FF0000000000000 4000000000000000", "POINT (1 2)" },
    { "01 010000A0 E6100000" ONE TWO THREE, "POINT Z (1 2 3)" },
    { "01 01000080" ONE TWO THREE, "POINT Z (1 2 3)" },
    { "01 01000040" ONE TWO THREE, "POINT M (1 2 3)" },
    { "01 010000C0" ONE TWO THREE ONE, "POINT ZM (1 2 3 1)" },
    { "01 B90B0000" ONE TWO THREE ONE, "POINT ZM (1 2 3 1)" }, /* ISO 3001 */
    { "01 D1070000" ONE TWO THREE, "POINT M (1 2 3)" },        /* ISO 2001 */
    { "01 E9030000" ONE TWO NOT, "POINT (1 2)" },              /* z not known */
    { "01 01000000" NOT NOT, "POINT EMPTY" },
    { "01 04000020 E6100000 02000000 01 01000000" ONE TWO "00 00000001 4008000000000000 3FF0000000000000",
      "MULTIPOINT ((1 2),(3 1))" }, /* byte orders mixed */
    { "01 02000000 01000000" ONE TWO, "LINESTRING (1 2)" },
    { "01 03000000 01000000 03000000" ONE ONE TWO ONE TWO TWO, "POLYGON ((1 1,2 1,2 2,1 1))" }, /* closed */
    { "01 03000000 02000000 04000000" ONE ONE TWO ONE TWO TWO ONE ONE "00000000", "POLYGON ((1 1,2 1,2 2,1 1))" },
};

static void what_others_write_is_read(void **state) {
    (void)state;
    unsigned char wkb[256];
    for (size_t k = 0; k < sizeof by_hand / sizeof *by_hand; k++) {
        const smap_geometry *g = read_one(wkb, bytes_of(by_hand[k].hex, wkb));
        assert_written(g, by_hand[k].wkt);
        smap_geometry_free(g);
    }
}

static const struct {
    const char *hex;
    smap__wkb_problem problem;
} broken[] = {
    { "", SMAP__WKB_SHORT },
    { "01", SMAP__WKB_SHORT },
    { "01 01000000" ONE, SMAP__WKB_SHORT },
    { "01 01000020 E610", SMAP__WKB_SHORT },
    { "01 02000000 FFFFFFFF" ONE TWO, SMAP__WKB_SHORT },
    { "01 03000000 FFFFFFFF 04000000", SMAP__WKB_SHORT },
    { "01 07000000 FFFFFFFF 01 01000000" ONE TWO, SMAP__WKB_SHORT },
    { "01 01000000" ONE TWO "00", SMAP__WKB_LEFT_OVER },
    { "02 01000000" ONE TWO, SMAP__WKB_BYTE_ORDER },
    { "01 00000000" ONE TWO, SMAP__WKB_TYPE },
    { "01 0D000000 00000000", SMAP__WKB_TYPE }, /* Curve: abstract */
    { "01 0E000000 00000000", SMAP__WKB_TYPE },
    { "01 12000000 00000000", SMAP__WKB_TYPE },
    { "01 A10F0000" ONE TWO, SMAP__WKB_TYPE }, /* 4001 */
    { "01 01000010" ONE TWO, SMAP__WKB_TYPE },
    { "01 04000000 01000000 01 02000000 00000000", SMAP__WKB_CHILD },
    { "01 06000000 01000000 01 07000000 00000000", SMAP__WKB_CHILD },
    { "01 01000000" ONE NOT, SMAP__WKB_NOT_FINITE },
    { "01 01000000" INF ONE, SMAP__WKB_NOT_FINITE },
    { "01 E9030000" ONE TWO INF, SMAP__WKB_NOT_FINITE },
    { "01 02000000 02000000" ONE TWO NOT NOT, SMAP__WKB_NOT_FINITE },
    { "00 00000002 00000002 3FF0000000000000 4000000000000000 7FF0000000000000 3FF0000000000000",
      SMAP__WKB_NOT_FINITE },
    { "01 03000000 02000000 00000000 04000000" ONE ONE TWO ONE TWO TWO ONE ONE, SMAP__WKB_NO_SHELL },
    { "01 08000000 02000000" ONE ONE TWO TWO, SMAP__WKB_ARC },
    { "01 08000000 01000000" ONE ONE, SMAP__WKB_ARC },
};

static smap_geometry_builder *new_builder(void) {
    smap_geometry_builder *b = NULL;
    assert_int_equal(smap_geometry_builder_new(NULL, &b, NULL), SMAP_OK);
    return b;
}

static void broken_ones_are_named(void **state) {
    (void)state;
    unsigned char wkb[256];
    smap_geometry_builder *b = new_builder();
    smap__wkb_report report = SMAP__WKB_REPORT_INIT;
    for (size_t k = 0; k < sizeof broken / sizeof *broken; k++) {
        size_t len = bytes_of(broken[k].hex, wkb);
        smap_error err = SMAP_ERROR_INIT;
        assert_int_equal(smap_geometry_append_wkb(b, wkb, len, &err), SMAP_E_FORMAT);
        assert_non_null(strstr(err.message, smap__wkb_problem_text(broken[k].problem)));
        assert_int_equal(b->features, k);
        assert_int_equal(b->coords + b->parts + b->rings, 0);
        assert_int_equal(smap__wkb_append(b, wkb, len, &report, NULL), SMAP_OK);
        assert_int_equal(report.bad_count, k + 1);
        assert_int_equal(report.bad[k].row, k);
        if (report.bad[k].problem != broken[k].problem) print_error("%s\n", broken[k].hex);
        assert_int_equal(report.bad[k].problem, broken[k].problem);
    }
    smap__wkb_report_release(&report);
    smap_geometry_builder_free(b);
}

static size_t nested(unsigned char *out, int depth) {
    size_t n = 0;
    for (int k = 1; k < depth; k++) n += bytes_of("01 07000000 01000000", out + n);
    return n + bytes_of("01 01000000" ONE TWO, out + n);
}

static void nesting_is_limited(void **state) {
    (void)state;
    static unsigned char wkb[200000];
    const int depths[] = { 32, 33, 20000 };
    for (int k = 0; k < 3; k++) {
        smap_geometry_builder *b = new_builder();
        smap_error err = SMAP_ERROR_INIT;
        assert_int_equal(smap_geometry_append_wkb(b, wkb, nested(wkb, depths[k]), &err), k ? SMAP_E_FORMAT : SMAP_OK);
        if (k) assert_non_null(strstr(err.message, "nested"));
        smap_geometry_builder_free(b);
    }
}

/* ---- arcs ---- */

/* OGR's shoelace area of our WKB. */
static double area_of(const smap_geometry *g) {
    unsigned char bytes[20000];
    size_t size = smap_geometry_wkb(g, 0, bytes, sizeof bytes);
    OGRGeometryH h = NULL;
    assert_int_equal(OGR_G_CreateFromWkb(bytes, NULL, &h, (int)size), OGRERR_NONE);
    double area = OGR_G_Area(h);
    OGR_G_DestroyGeometry(h);
    return area;
}

static void arcs_lie_on_their_circle(void **state) {
    (void)state;
    const double pi = 3.14159265358979323846;
    static const char *const wkt[] = {
        "CURVEPOLYGON (CIRCULARSTRING (12 5,10 7,8 5,10 3,12 5))",
        "CURVEPOLYGON (CIRCULARSTRING (8 5,12 5,8 5))",
        "CURVEPOLYGON (COMPOUNDCURVE (CIRCULARSTRING (12 5,10 7,8 5),CIRCULARSTRING (8 5,10 3,12 5)))",
        "MULTISURFACE (CURVEPOLYGON (CIRCULARSTRING (12 5,8.5857864376269049 6.4142135623730951,12 5)))",
    };
    for (size_t k = 0; k < 4; k++) {
        size_t len;
        unsigned char *wkb = wkb_of(wkt[k], wkbNDR, &len);
        const smap_geometry *g = read_one(wkb, len);
        assert_true(g->coord_count >= 91 && g->coord_count <= 100);
        for (int64_t i = 0; i < g->coord_count && k < 3; i++)
            assert_true(fabs(hypot(g->x[i] - 10, g->y[i] - 5) - 2) < 1e-12);
        if (k < 3) assert_true(fabs(area_of(g) / (4 * pi) - 1) < 1e-3);
        smap_geometry_free(g);
        free(wkb);
    }
}

/* Neighbours share a border: walked the other way an arc has the same vertices to the last bit. */
static void arcs_are_the_same_both_ways(void **state) {
    (void)state;
    uint64_t seed = 3;
    for (int round = 0; round < 2000; round++) {
        smap__vertex v[3], there[SMAP__ARC_POINTS], back[SMAP__ARC_POINTS];
        for (int k = 0; k < 3; k++) {
            double xy[2];
            for (int i = 0; i < 2; i++) {
                seed = seed * 6364136223846793005u + 1442695040888963407u;
                xy[i] = round % 2 ? (double)(seed >> 60) : (double)(seed >> 11) / 1e12;
            }
            v[k] = (smap__vertex){ xy[0], xy[1], k, NAN };
        }
        if (round % 7 == 0) v[2] = v[0];
        size_t n = smap__arc(&v[0], &v[1], &v[2], there), m = smap__arc(&v[2], &v[1], &v[0], back);
        assert_int_equal(n, m);
        assert_true(n >= 2 && n <= SMAP__ARC_POINTS);
        assert_true(there[n - 1].x == v[2].x && there[n - 1].y == v[2].y);
        if (v[0].x == v[2].x && v[0].y == v[2].y) continue; /* a full circle has one direction */
        for (size_t k = 0; k + 1 < n; k++)
            assert_true(there[k].x == back[n - 2 - k].x && there[k].y == back[n - 2 - k].y);
    }
}

static void z_runs_along_an_arc(void **state) {
    (void)state;
    size_t len;
    unsigned char *wkb = wkb_of("CIRCULARSTRING Z (0 0 0,1 1 10,2 0 20)", wkbNDR, &len);
    const smap_geometry *g = read_one(wkb, len);
    for (int64_t k = 1; k < g->coord_count; k++) assert_true(g->z[k] > g->z[k - 1]);
    assert_true(g->z[0] == 0 && g->z[g->coord_count - 1] == 20);
    smap_geometry_free(g);
    free(wkb);
}

/* ---- columns ---- */

static void a_batch_is_read_and_reported(void **state) {
    (void)state;
    static const char *const hex[] = {
        "01 01000000" ONE TWO,                                            /* before the offset: not read */
        "01 01000000" ONE TWO,                                            /* 0 */
        "",                                                               /* 1: null */
        "01 E9030000" ONE TWO THREE,                                      /* 2: z */
        "01 01000000" ONE NOT,                                            /* 3: bad */
        "01 03000000 01000000 03000000" ONE ONE TWO ONE TWO TWO,          /* 4: open ring */
        "01 08000000 03000000" ONE ONE TWO TWO THREE ONE,                 /* 5: arc */
        "01 11000000 01000000 04000000" ONE ONE TWO ONE TWO TWO ONE ONE,  /* 6: triangle */
        "01 04000000 02000000 01 01000000" NOT NOT "01 01000000" ONE TWO, /* 7: an empty part */
        "01 D1070000" ONE TWO THREE,                                      /* 8: m */
    };
    enum { N = sizeof hex / sizeof *hex };
    static unsigned char bytes[2000];
    int32_t narrow[N + 1] = { 0 };
    int64_t wide[N + 1] = { 0 };
    for (int k = 0; k < N; k++) {
        narrow[k + 1] = narrow[k] + (int32_t)bytes_of(hex[k], bytes + narrow[k]);
        wide[k + 1] = narrow[k + 1];
    }
    const uint8_t validity[] = { 0xFB, 0xFF };
    for (int large = 0; large < 2; large++) {
        const void *buffers[] = { validity, large ? (const void *)wide : narrow, bytes };
        struct ArrowArray array = { .length = N - 1, .offset = 1, .n_buffers = 3, .buffers = buffers };
        smap_geometry_builder *b = new_builder();
        smap__wkb_report r = SMAP__WKB_REPORT_INIT, sum = SMAP__WKB_REPORT_INIT;
        const smap_geometry *g = NULL;
        assert_int_equal(smap__wkb_append_arrow(b, large ? "Z" : "z", &array, &r, NULL), SMAP_OK);
        assert_int_equal(smap_geometry_builder_finish(b, &g, NULL), SMAP_OK);
        assert_int_equal(g->count, N - 1);
        assert_int_equal(g->type[1], SMAP_GEOM_NULL);
        assert_int_equal(g->type[3], SMAP_GEOM_NULL);
        assert_int_equal(r.bad_count, 1);
        assert_int_equal(r.bad[0].row, 3);
        assert_int_equal(r.with_z, 1);
        assert_int_equal(r.with_m, 1);
        assert_int_equal(r.closed, 1);
        assert_int_equal(r.curves, 1);
        assert_int_equal(r.surfaces, 1);
        assert_int_equal(r.dropped, 1);
        assert_true(isnan(g->z[0]) && g->z[1] == 3 && isnan(g->z[g->coord_count - 1]));
        assert_true(isnan(g->m[0]) && g->m[g->coord_count - 1] == 3);
        assert_int_equal(smap__wkb_report_add(&sum, &r, 100, NULL), SMAP_OK);
        assert_int_equal(smap__wkb_report_add(&sum, &r, 200, NULL), SMAP_OK);
        assert_int_equal(sum.bad[1].row, 203);
        assert_int_equal(sum.closed, 2);
        smap__wkb_report_release(&sum);
        smap__wkb_report_release(&r);
        smap_geometry_free(g);
        smap_geometry_builder_free(b);
    }
}

/* ---- hostile bytes ---- */

/* Whatever is read can be written, and what is written is read as the same. */
static void assert_stable(const unsigned char *wkb, size_t len) {
    smap_geometry_builder *b = new_builder();
    const smap_geometry *g = NULL, *again = NULL;
    smap_status status = smap_geometry_append_wkb(b, wkb, len, NULL);
    assert_true(status == SMAP_OK || status == SMAP_E_FORMAT);
    assert_int_equal(smap_geometry_builder_finish(b, &g, NULL), SMAP_OK);
    if (g->count) {
        size_t size = smap_geometry_wkb(g, 0, NULL, 0);
        unsigned char *first = malloc(size), *second = malloc(size);
        assert_int_equal(smap_geometry_wkb(g, 0, first, size), size);
        assert_int_equal(smap_geometry_append_wkb(b, first, size, NULL), SMAP_OK);
        assert_int_equal(smap_geometry_builder_finish(b, &again, NULL), SMAP_OK);
        assert_int_equal(smap_geometry_wkb(again, 0, second, size), size);
        assert_memory_equal(first, second, size);
        free(first);
        free(second);
    }
    smap_geometry_free(again);
    smap_geometry_free(g);
    smap_geometry_builder_free(b);
}

static void every_cut_is_noticed(void **state) {
    (void)state;
    for (size_t k = 0; k < sizeof trips / sizeof *trips; k++) {
        size_t len;
        unsigned char *wkb = wkb_of(trips[k].in, wkbNDR, &len);
        for (size_t cut = 0; cut < len; cut++) {
            unsigned char *copy = malloc(cut ? cut : 1); /* its own block, so that reading beyond it shows */
            memcpy(copy, wkb, cut);
            smap_geometry_builder *b = new_builder();
            assert_int_equal(smap_geometry_append_wkb(b, copy, cut, NULL), SMAP_E_FORMAT);
            assert_int_equal(b->features + b->parts + b->rings + b->coords, 0);
            smap_geometry_builder_free(b);
            free(copy);
        }
        free(wkb);
    }
}

static void flipped_bits_do_no_harm(void **state) {
    (void)state;
    uint64_t seed = 11092023;
    for (size_t k = 0; k < sizeof trips / sizeof *trips; k++) {
        size_t len;
        unsigned char *wkb = wkb_of(trips[k].in, k % 2 ? wkbNDR : wkbXDR, &len), *copy = malloc(len);
        for (int round = 0; round < 400; round++) {
            memcpy(copy, wkb, len);
            for (int flips = 0; flips <= round % 4; flips++) {
                seed = seed * 6364136223846793005u + 1442695040888963407u;
                size_t bit = (size_t)(seed >> 33) % (len * 8);
                copy[bit / 8] ^= (unsigned char)(1u << (bit % 8));
            }
            assert_stable(copy, len);
        }
        free(copy);
        free(wkb);
    }
}

static void memory_running_out_leaves_the_builder_whole(void **state) {
    (void)state;
    size_t len;
    unsigned char *wkb =
        wkb_of("MULTISURFACE Z (CURVEPOLYGON Z (CIRCULARSTRING Z (12 5 1,10 7 1,8 5 1,10 3 1,12 5 1)),((0 "
               "0 1,9 0 1,9 9 1,0 0 1)))",
               wkbNDR, &len);
    int failures = 0;
    for (int64_t nth = 1; nth < 40; nth++) {
        smap_geometry_builder *b = new_builder();
        smap__alloc_fail_at(nth, false);
        smap_status status = smap_geometry_append_wkb(b, wkb, len, NULL);
        smap__alloc_fail_at(0, false);
        assert_true(status == SMAP_OK || status == SMAP_E_NOMEM);
        assert_int_equal(b->features, status == SMAP_OK);
        failures += status != SMAP_OK;
        assert_int_equal(smap_geometry_append_wkb(b, wkb, len, NULL), SMAP_OK);
        smap_geometry_builder_free(b);
    }
    assert_true(failures > 5);
    free(wkb);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_types_make_the_trip),
        cmocka_unit_test(what_others_write_is_read),
        cmocka_unit_test(broken_ones_are_named),
        cmocka_unit_test(nesting_is_limited),
        cmocka_unit_test(arcs_lie_on_their_circle),
        cmocka_unit_test(arcs_are_the_same_both_ways),
        cmocka_unit_test(z_runs_along_an_arc),
        cmocka_unit_test(a_batch_is_read_and_reported),
        cmocka_unit_test(every_cut_is_noticed),
        cmocka_unit_test(flipped_bits_do_no_harm),
        cmocka_unit_test(memory_running_out_leaves_the_builder_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
