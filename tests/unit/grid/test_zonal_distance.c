/* Distance to cells of a class: against GEOS (through OGR) over all cells. */
#include "../geo/from_ogr.h"
#include "grid_help.h"

enum { WIDE = 300, HIGH = 200 };

/* A few lone cells, and a block of them. */
static double sparse(int64_t column, int64_t row) {
    if (column >= 200 && column < 280 && row >= 50 && row < 130) return 5;
    if (column == 7 && row == 190) return 3;
    if (column == 100 && row == 64) return NAN;
    return (column * 7919 + row * 104729) % 3001 == 0 ? 2 : 0;
}

static const smap__zonal_options options = { .breaks = (const double[]){ 1, 2.5 }, .classes = 2 };

static OGRGeometryH cells_of(const double *t, double least) {
    OGRGeometryH all = OGR_G_CreateGeometry(wkbMultiPolygon);
    for (int r = 0; r < HIGH; r++)
        for (int c = 0; c < WIDE; c++) {
            if (!(sparse(c, r) >= least)) continue;
            OGRGeometryH ring = OGR_G_CreateGeometry(wkbLinearRing), box = OGR_G_CreateGeometry(wkbPolygon);
            for (int k = 0; k < 5; k++) {
                double x = c + (k == 1 || k == 2), y = r + (k == 2 || k == 3);
                OGR_G_AddPoint_2D(ring, t[0] + x * t[1] + y * t[2], t[3] + x * t[4] + y * t[5]);
            }
            OGR_G_AddGeometryDirectly(box, ring);
            OGR_G_AddGeometryDirectly(all, box);
        }
    return all;
}

static OGRGeometryH ogr_of(const smap_geometry *g, int64_t i) {
    unsigned char wkb[20000];
    OGRGeometryH out = NULL;
    size_t len = smap_geometry_wkb(g, i, wkb, sizeof wkb);
    assert_true(len <= sizeof wkb);
    assert_int_equal(OGR_G_CreateFromWkb(wkb, NULL, &out, (int)len), OGRERR_NONE);
    return out;
}

/* Points, lines of a few and of many corners, small and large polygons, on the raster and off it. */
static const smap_geometry *features(void) {
    smap_geometry_builder *b = begin_features();
    for (uint64_t i = 0; i < 60; i++) {
        double x = even(1, i, 500, 4500), y = even(2, i, 2500, 5500);
        double line[100][2];
        for (int k = 0; k < 100; k++) line[k][0] = x + k * 2, line[k][1] = y + even(i + 9, (uint64_t)k, 0, 20);
        if (i % 3 == 0)
            assert_int_equal(smap_geometry_append_point(b, x, y, NULL), SMAP_OK);
        else if (i % 3 == 1)
            add_ring(b, line, i % 2 ? 3 : 100, false, SMAP_GEOM_LINESTRING);
        else
            add_star(b, i, x, y, i % 2 ? 8 : 300, i % 4 == 0 ? 90 : 7, false);
    }
    /* Around the lone cell of class 2, without touching it. */
    add_star(b, 99, 1075, 3095, 300, 12, false);
    assert_int_equal(smap_geometry_append_null(b, NULL), SMAP_OK);
    return end_features(b);
}

static void equal_to_geos(void **state) {
    (void)state;
    static const double transform[3][6] = { { 1000, 10, 0, 5000, 0, -10 },
                                            { 1000, 10, 0, 5000, 0, -3 },
                                            { 1000, 8, 3, 5000, 2, -9 } };
    const smap_geometry *g = features();
    double out[100], again[100];
    smap_ctx *one = context_of(1), *two = context_of(2);
    assert_true(g->count < 100);
    for (int k = 0; k < 3; k++)
        for (int least = 1; least <= 2; least++) {
            made_grid grid;
            make_grid(&grid, WIDE, HIGH, k == 1 ? WIDE : 70, k == 1 ? 1 : 50, sparse);
            memcpy(grid.source.transform, transform[k], sizeof transform[k]);
            OGRGeometryH cells = cells_of(transform[k], options.breaks[least - 1]);
            smap_error err = SMAP_ERROR_INIT;
            if (smap__zonal_distance(one, &grid.source, g, &options, least, HUGE_VAL, out, &err) != SMAP_OK)
                fail_msg("%s", err.message);
            assert_int_equal(smap__zonal_distance(two, &grid.source, g, &options, least, 100, again, &err), SMAP_OK);
            for (int64_t i = 0; i < g->count; i++) {
                if (g->type[i] == SMAP_GEOM_NULL) {
                    assert_true(isnan(out[i]) && isnan(again[i]));
                    continue;
                }
                OGRGeometryH f = ogr_of(g, i);
                double want = OGR_G_Distance(f, cells);
                OGR_G_DestroyGeometry(f);
                if (fabs(out[i] - want) > 1e-9)
                    fail_msg("%d %d feature %lld: %.15g %.15g", k, least, (long long)i, out[i], want);
                assert_true(want <= 100 ? again[i] == out[i] : isnan(again[i]));
            }
            OGR_G_DestroyGeometry(cells);
        }
    smap_geometry_free(g);
    smap_ctx_free(one);
    smap_ctx_free(two);
}

static double one_cell(int64_t column, int64_t row) {
    return column == 50000 && row == 50000 ? 1 : 0;
}

/* Only what is within the limit of a feature is read. */
static void bounded_by_the_limit(void **state) {
    (void)state;
    made_grid grid;
    make_grid(&grid, 100000, 100000, 512, 512, one_cell);
    smap_geometry_builder *b = begin_features();
    assert_int_equal(smap_geometry_append_point(b, 1000 + 10 * 50300, 5000 - 10 * 50000.5, NULL), SMAP_OK);
    assert_int_equal(smap_geometry_append_point(b, 1000 + 10 * 700, 5000 - 10 * 700, NULL), SMAP_OK);
    assert_int_equal(smap_geometry_append_point(b, 0, 6000, NULL), SMAP_OK);
    const smap_geometry *g = end_features(b);
    smap_ctx *ctx = context_of(2);
    double out[3];
    assert_int_equal(smap__zonal_distance(ctx, &grid.source, g, &options, 1, 5000, out, NULL), SMAP_OK);
    assert_true(fabs(out[0] - 2990) < 1e-9 && isnan(out[1]) && isnan(out[2]));
    assert_true(grid.cells_read < 25 * 512 * 512);
    assert_int_equal(smap__zonal_distance(ctx, &grid.source, g, &options, 3, 5000, out, NULL), SMAP_E_ARGUMENT);
    smap_geometry_free(g);
    smap_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_to_geos),
        cmocka_unit_test(bounded_by_the_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
