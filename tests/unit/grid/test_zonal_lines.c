/* Lines and points over cells: against GEOS (through OGR) cell by cell, and the rules for borders. */
#include "../geo/from_ogr.h"
#include "grid_help.h"

enum { SIDE = 15, CLASSES = SIDE * SIDE - 1 };

static double own_class(int64_t column, int64_t row) {
    return (double)(row * SIDE + column);
}

/* A value every where but in one cell in ten. */
static double mixed(int64_t column, int64_t row) {
    uint64_t v = ((uint64_t)column * 0x9e3779b97f4a7c15u) ^ ((uint64_t)row * 0xc2b2ae3d27d4eb4fu);
    v = (v ^ v >> 29) * 0xbf58476d1ce4e5b9u >> 44;
    return v % 10 == 0 ? NAN : (double)v * 0x1p-17;
}

static const smap__zonal_options by_break = { .breaks = (const double[]){ 2, 4, 7 }, .classes = 3 };

static void add_line(smap_geometry_builder *b, uint64_t seed, int n, double x0, double y0, double side) {
    double xy[400][2];
    for (int k = 0; k < n; k++) {
        xy[k][0] = x0 + even(seed, (uint64_t)k * 2, 0, side);
        xy[k][1] = y0 - even(seed, (uint64_t)k * 2 + 1, 0, side);
    }
    add_ring(b, xy, n, false, SMAP_GEOM_LINESTRING);
}

static OGRGeometryH ogr_of(const smap_geometry *g, int64_t i) {
    unsigned char wkb[20000];
    OGRGeometryH out = NULL;
    size_t len = smap_geometry_wkb(g, i, wkb, sizeof wkb);
    assert_true(len > 0 && len <= sizeof wkb);
    assert_int_equal(OGR_G_CreateFromWkb(wkb, NULL, &out, (int)len), OGRERR_NONE);
    return out;
}

static void lines_equal_geos(void **state) {
    (void)state;
    static double breaks[CLASSES];
    static const double transform[2][6] = { { 1000, 10, 0, 5000, 0, -10 }, { 1000, 8, 3, 5000, 2, -9 } };
    for (int k = 0; k < CLASSES; k++) breaks[k] = k + 1;
    smap_geometry_builder *b = begin_features();
    for (uint64_t i = 0; i < 100; i++) add_line(b, 500 + i, 2 + (int)i % 12, 970, 5030, 210);
    const smap_geometry *g = end_features(b);
    smap_ctx *ctx = context_of(2);
    for (int turn = 0; turn < 2; turn++) {
        made_grid grid;
        make_grid(&grid, SIDE, SIDE, SIDE, SIDE, own_class);
        memcpy(grid.source.transform, transform[turn], sizeof transform[turn]);
        smap__zonal *z = zonal_of(ctx, &grid, g, &(smap__zonal_options){ .breaks = breaks, .classes = CLASSES });
        for (int64_t i = 0; i < g->count; i++) {
            OGRGeometryH line = ogr_of(g, i);
            assert_true(fabs(z->weight[i] - OGR_G_Length(line)) < 1e-9);
            for (int cell = 0; cell < SIDE * SIDE; cell++) {
                const double *t = transform[turn];
                OGRGeometryH ring = OGR_G_CreateGeometry(wkbLinearRing), box = OGR_G_CreateGeometry(wkbPolygon);
                for (int k = 0; k < 5; k++) {
                    double c = cell % SIDE + (k == 1 || k == 2), r = cell / SIDE + (k == 2 || k == 3);
                    OGR_G_AddPoint_2D(ring, t[0] + c * t[1] + r * t[2], t[3] + c * t[4] + r * t[5]);
                }
                OGR_G_AddGeometryDirectly(box, ring);
                OGRGeometryH in = OGR_G_Intersection(line, box);
                double want = OGR_G_Length(in), got = z->share[i * (CLASSES + 1) + cell] * z->weight[i];
                if (fabs(got - want) > 1e-8) fail_msg("line %lld cell %d: %.12g %.12g", (long long)i, cell, got, want);
                OGR_G_DestroyGeometry(in);
                OGR_G_DestroyGeometry(box);
            }
            OGR_G_DestroyGeometry(line);
        }
        smap__zonal_free(z);
    }
    smap_geometry_free(g);
    smap_ctx_free(ctx);
}

/* One length, one cell; cell -1: off the raster. */
static void one_cell(made_grid *grid, smap_ctx *ctx, double x0, double y0, double x1, double y1, double cell) {
    double xy[2][2] = { { x0, y0 }, { x1, y1 } };
    for (int turn = 0; turn < 2; turn++) {
        smap_geometry_builder *b = begin_features();
        add_ring(b, xy, 2, false, SMAP_GEOM_LINESTRING);
        const smap_geometry *g = end_features(b);
        smap__zonal *z = zonal_of(ctx, grid, g, &by_break);
        assert_true(fabs(z->weight[0] - hypot(x1 - x0, y1 - y0)) < 1e-12);
        if (cell >= 0 ? z->min[0] != cell || z->max[0] != cell || z->unknown[0] != 0 : z->unknown[0] != 1)
            fail_msg("(%g %g, %g %g): %g to %g, unknown %g, wanted %g", x0, y0, x1, y1, z->min[0], z->max[0],
                     z->unknown[0], cell);
        smap__zonal_free(z);
        smap_geometry_free(g);
        double x = xy[0][0], y = xy[0][1];
        xy[0][0] = xy[1][0], xy[0][1] = xy[1][1], xy[1][0] = x, xy[1][1] = y;
    }
}

static void a_line_on_a_border_counts_once(void **state) {
    (void)state;
    made_grid grid;
    make_grid(&grid, SIDE, SIDE, SIDE, SIDE, own_class);
    smap_ctx *ctx = context_of(1);
    one_cell(&grid, ctx, 1030, 4981, 1030, 4989, SIDE + 3);              /* between columns 2 and 3 */
    one_cell(&grid, ctx, 1031, 4980, 1039, 4980, 2 * SIDE + 3);          /* between rows 1 and 2 */
    one_cell(&grid, ctx, 1000, 4981, 1000, 4989, SIDE);                  /* outer border, left */
    one_cell(&grid, ctx, 1150, 4981, 1150, 4989, SIDE + SIDE - 1);       /* right */
    one_cell(&grid, ctx, 1031, 5000, 1039, 5000, 3);                     /* top */
    one_cell(&grid, ctx, 1031, 4850, 1039, 4850, (SIDE - 1) * SIDE + 3); /* bottom */
    one_cell(&grid, ctx, 1150.001, 4981, 1150.001, 4989, -1);
    smap_ctx_free(ctx);
}

enum { WIDE = 1300, HIGH = 1100 };

static const smap_geometry *many_lines(bool points) {
    smap_geometry_builder *b = begin_features();
    for (uint64_t i = 0; i < 300; i++) {
        double x = even(1, i, -500, 14000), y = even(2, i, -7000, 5500);
        if (!points)
            add_line(b, 700 + i, i % 30 == 0 ? 300 : 3, x, y, i % 15 == 0 ? 9000 : 400);
        else
            assert_int_equal(smap_geometry_append_point(b, i % 10 ? x : 1000 + 5120, i % 7 ? y : 5000 - 5120, NULL),
                             SMAP_OK);
    }
    return end_features(b);
}

static void blocks_and_threads_do_not_matter(void **state) {
    (void)state;
    static const int block[][2] = { { 512, 512 }, { WIDE, 1 }, { 97, 901 }, { 16, 16 } };
    smap_ctx *one = context_of(1), *three = context_of(3);
    for (int what = 0; what < 3; what++) {
        smap__zonal_options options = by_break;
        options.bilinear = what == 2;
        const smap_geometry *g = many_lines(what > 0);
        made_grid grid;
        make_grid(&grid, WIDE, HIGH, WIDE, HIGH, mixed);
        smap__zonal *whole = zonal_of(one, &grid, g, &options);
        for (size_t k = 0; k < sizeof block / sizeof *block; k++) {
            make_grid(&grid, WIDE, HIGH, block[k][0], block[k][1], mixed);
            smap__zonal *a = zonal_of(one, &grid, g, &options), *z = zonal_of(three, &grid, g, &options);
            for (int64_t i = 0; i < g->count; i++) { /* of values between cells the last digit may differ */
                if (what < 2) continue;
                a->min[i] = whole->min[i] = a->max[i] = whole->max[i] = 0;
                z->min[i] = z->max[i] = 0;
            }
            assert_same_zonal(whole, a, 1e-10);
            assert_same_zonal(a, z, 0);
            smap__zonal_free(a);
            smap__zonal_free(z);
        }
        smap__zonal_free(whole);
        smap_geometry_free(g);
    }
    smap_ctx_free(one);
    smap_ctx_free(three);
}

/* ---- points ---- */

static double at_point(const made_grid *grid, smap_ctx *ctx, double x, double y, bool bilinear) {
    smap_geometry_builder *b = begin_features();
    assert_int_equal(smap_geometry_append_point(b, x, y, NULL), SMAP_OK);
    const smap_geometry *g = end_features(b);
    smap__zonal *z = zonal_of(ctx, grid, g, &(smap__zonal_options){ .bilinear = bilinear });
    double value = z->mean[0];
    assert_true(z->weight[0] == 1 && z->unknown[0] == (isnan(value) ? 1 : 0));
    smap__zonal_free(z);
    smap_geometry_free(g);
    return value;
}

static void points_have_the_value_of_their_cell(void **state) {
    (void)state;
    made_grid grid;
    make_grid(&grid, SIDE, SIDE, SIDE, SIDE, own_class);
    smap_ctx *ctx = context_of(1);
    assert_true(at_point(&grid, ctx, 1034, 4981, false) == SIDE + 3);
    assert_true(at_point(&grid, ctx, 1030, 4980, false) == 2 * SIDE + 3); /* on a corner: the cell behind it */
    assert_true(at_point(&grid, ctx, 1000, 5000, false) == 0);
    assert_true(at_point(&grid, ctx, 1150, 4850, false) == SIDE * SIDE - 1); /* the outer corner: the last cell */
    assert_true(isnan(at_point(&grid, ctx, 1150.001, 4850, false)));
    assert_true(isnan(at_point(&grid, ctx, 999.999, 4900, false)));
    smap_ctx_free(ctx);
}

static double slanted(int64_t column, int64_t row) {
    return 3 * (double)column - 2 * (double)row;
}

/* Between centres a plane is itself; outside of the outermost centres it stays as it is there. */
static void bilinear_of_a_plane_is_the_plane(void **state) {
    (void)state;
    made_grid grid;
    make_grid(&grid, SIDE, SIDE, SIDE, SIDE, slanted);
    smap_ctx *ctx = context_of(1);
    for (uint64_t i = 0; i < 200; i++) {
        double c = even(21, i, 0.5, SIDE - 0.5), r = even(22, i, 0.5, SIDE - 0.5);
        double got = at_point(&grid, ctx, 1000 + 10 * c, 5000 - 10 * r, true);
        assert_true(fabs(got - (3 * (c - 0.5) - 2 * (r - 0.5))) < 1e-9);
    }
    assert_true(at_point(&grid, ctx, 1000, 5000, true) == 0);
    assert_true(at_point(&grid, ctx, 1150, 4850, true) == slanted(SIDE - 1, SIDE - 1));
    assert_true(isnan(at_point(&grid, ctx, 1151, 4850, true)));
    smap_ctx_free(ctx);
}

static double with_a_gap(int64_t column, int64_t row) {
    return column == 4 && row == 4 ? NAN : (double)column;
}

static void a_neighbour_without_value_is_left_out(void **state) {
    (void)state;
    made_grid grid;
    make_grid(&grid, SIDE, SIDE, SIDE, SIDE, with_a_gap);
    smap_ctx *ctx = context_of(1);
    /* In cell (3, 3), a quarter of a cell from its centre to that of (4, 4): weights 9, 3, 3, and 1 left out. */
    assert_true(fabs(at_point(&grid, ctx, 1037.5, 4962.5, true) - (9 * 3 + 3 * 4 + 3 * 3) / 15.0) < 1e-12);
    /* In the cell without value nothing is known, whatever its neighbours say. */
    assert_true(isnan(at_point(&grid, ctx, 1041, 4959, true)));
    smap_ctx_free(ctx);
}

/* Of a mixed feature what has the most dimensions counts; of several points each. */
static void mixed_and_multiple(void **state) {
    (void)state;
    static const char *const wkt[] = {
        "MULTIPOINT (1005 4995, 1015 4995, 2000 4995, 1005 4995)",
        "GEOMETRYCOLLECTION (POINT (1145 4855), LINESTRING (1000 4995, 1010 4995))",
        "GEOMETRYCOLLECTION (LINESTRING (0 0, 1 1), POLYGON ((1000 5000, 1010 5000, 1010 "
        "4990, 1000 4990, 1000 5000)))",
        "POINT EMPTY", "LINESTRING (1005 4995, 1005 4995)"
    };
    made_grid grid;
    make_grid(&grid, SIDE, SIDE, SIDE, SIDE, own_class);
    smap_ctx *ctx = context_of(2);
    const smap_geometry *g = from_wkt(NULL, wkt, 5);
    smap__zonal *z = zonal_of(ctx, &grid, g, &by_break);
    assert_true(z->weight[0] == 4 && z->unknown[0] == 0.25 && z->sum[0] == 1 && z->share[0] == 0.75);
    assert_true(z->weight[1] == 10 && z->unknown[1] == 0 && z->max[1] == 0);
    assert_true(z->weight[2] == 1 && z->unknown[2] == 0 && z->max[2] == 0);
    assert_true(z->weight[3] == 0 && z->unknown[3] == 1 && isnan(z->mean[3]));
    assert_true(z->weight[4] == 0 && z->unknown[4] == 1);
    smap__zonal_free(z);
    smap_geometry_free(g);
    smap_ctx_free(ctx);
}

/* Whatever finite numbers come: no endless walk, nothing but shares. */
static void far_away_and_huge(void **state) {
    (void)state;
    static const double size[] = { 1e6, 1e12, 1e17, 1e150, 1e300, 1.7e308 };
    made_grid grid;
    make_grid(&grid, SIDE, SIDE, 4, 4, own_class);
    smap_ctx *ctx = context_of(2);
    smap_geometry_builder *b = begin_features();
    for (size_t k = 0; k < sizeof size / sizeof *size; k++) {
        double s = size[k];
        double cross[3][2] = { { -s, 4925 }, { s, 4925 }, { 1075, -s } },
               slant[3][2] = { { -s, -s }, { s, s }, { 0, s } };
        add_ring(b, cross, 3, false, SMAP_GEOM_LINESTRING);
        add_ring(b, slant, 3, false, SMAP_GEOM_LINESTRING);
        add_ring(b, cross, 3, true, SMAP_GEOM_POLYGON);
        add_ring(b, slant, 3, true, SMAP_GEOM_POLYGON);
        assert_int_equal(smap_geometry_append_point(b, s, -s, NULL), SMAP_OK);
    }
    const smap_geometry *g = end_features(b);
    for (int rule = 0; rule < 2; rule++)
        for (int turned = 0; turned < 2; turned++) {
            grid.source.transform[2] = turned;
            smap__zonal_options options = by_break;
            options.rule = rule ? SMAP__CELL_CENTRE : SMAP__CELL_FRACTION;
            options.bilinear = rule;
            smap__zonal *z = zonal_of(ctx, &grid, g, &options);
            for (int64_t i = 0; i < g->count; i++) assert_true(z->unknown[i] >= 0 && z->unknown[i] <= 1 + 1e-9);
            smap__zonal_free(z);
        }
    smap_geometry_free(g);
    smap_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_equal_geos),
        cmocka_unit_test(a_line_on_a_border_counts_once),
        cmocka_unit_test(blocks_and_threads_do_not_matter),
        cmocka_unit_test(points_have_the_value_of_their_cell),
        cmocka_unit_test(bilinear_of_a_plane_is_the_plane),
        cmocka_unit_test(a_neighbour_without_value_is_left_out),
        cmocka_unit_test(mixed_and_multiple),
        cmocka_unit_test(far_away_and_huge),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
