/* Polygons over cells: against GEOS cell by cell, and what must not change the answer. */
#include "geo/geos_bridge.h"
#include "grid_help.h"

enum { SIDE = 15, CLASSES = SIDE * SIDE - 1 };

/* Every cell is a class of its own: shares are the coverage of single cells. */
static double own_class(int64_t column, int64_t row) {
    return (double)(row * SIDE + column);
}

static double mixed(int64_t column, int64_t row) {
    uint64_t v = ((uint64_t)column * 0x9e3779b97f4a7c15u) ^ ((uint64_t)row * 0xc2b2ae3d27d4eb4fu);
    v = (v ^ v >> 29) * 0xbf58476d1ce4e5b9u >> 44;
    return v % 10 == 0 ? NAN : (double)v * 0x1p-17;
}

static const smap__zonal_options by_break = { .breaks = (const double[]){ 2, 4, 7 }, .classes = 3 };

static void add_box(smap_geometry_builder *b, double x0, double y0, double x1, double y1) {
    double box[4][2] = { { x0, y0 }, { x1, y0 }, { x1, y1 }, { x0, y1 } };
    add_ring(b, box, 4, true, SMAP_GEOM_POLYGON);
}

static void against_geos(const made_grid *grid, const smap_geometry *g) {
    static double breaks[CLASSES];
    smap_ctx *ctx = context_of(2);
    for (int k = 0; k < CLASSES; k++) breaks[k] = k + 1;
    smap__zonal *z = zonal_of(ctx, grid, g, &(smap__zonal_options){ .breaks = breaks, .classes = CLASSES });
    smap_geometry_builder *b = begin_features();
    const double *t = grid->source.transform;
    for (int cell = 0; cell < SIDE * SIDE; cell++) {
        double corner[4][2];
        for (int k = 0; k < 4; k++) {
            double c = cell % SIDE + (k == 1 || k == 2), r = cell / SIDE + (k > 1);
            corner[k][0] = t[0] + c * t[1] + r * t[2];
            corner[k][1] = t[3] + c * t[4] + r * t[5];
        }
        add_ring(b, corner, 4, true, SMAP_GEOM_POLYGON);
    }
    const smap_geometry *cells = end_features(b);
    smap__geos *geos = NULL;
    assert_int_equal(smap__geos_new(&geos, NULL), SMAP_OK);
    double size = fabs(t[1] * t[5] - t[2] * t[4]);
    for (int64_t i = 0; i < g->count; i++)
        for (int cell = 0; cell < SIDE * SIDE; cell++) {
            double area = 0;
            smap_error err = SMAP_ERROR_INIT;
            if (smap__geos_intersection_area(geos, g, i, cells, cell, &area, &err) != SMAP_OK)
                fail_msg("%s", err.message);
            double got = z->share[i * (CLASSES + 1) + cell] * z->weight[i];
            if (fabs(got - area / size) > 1e-9)
                fail_msg("feature %lld cell %d: %.15g, GEOS %.15g", (long long)i, cell, got, area / size);
        }
    smap__geos_free(geos);
    smap_geometry_free(cells);
    smap__zonal_free(z);
    smap_ctx_free(ctx);
}

static const smap_geometry *stars(int count, double x0, double y0, double side) {
    smap_geometry_builder *b = begin_features();
    for (int i = 0; i < count; i++) {
        uint64_t seed = (uint64_t)i;
        add_star(b, seed, x0 + even(77, seed, 0, side), y0 - even(78, seed, 0, side), even(79, seed, 0.5, 60),
                 3 + i % 40, i % 3 == 0);
    }
    return end_features(b);
}

static void every_cell_equals_geos(void **state) {
    (void)state;
    made_grid grid;
    make_grid(&grid, SIDE, SIDE, SIDE, SIDE, own_class);
    const smap_geometry *g = stars(150, 1000, 5000, 150);
    against_geos(&grid, g);
    smap_geometry_free(g);
}

static void turned_and_flipped_rasters_equal_geos(void **state) {
    (void)state;
    static const double transform[3][6] = { { 1000, 8, 3, 5000, 2, -9 },
                                            { 1000, 10, 0, 4850, 0, 10 },
                                            { 1150, -10, 0, 5000, 0, -10 } };
    for (int k = 0; k < 3; k++) {
        made_grid grid;
        make_grid(&grid, SIDE, SIDE, SIDE, SIDE, own_class);
        memcpy(grid.source.transform, transform[k], sizeof transform[k]);
        const smap_geometry *g = stars(60, 1000, 5000, 150);
        against_geos(&grid, g);
        smap_geometry_free(g);
    }
}

/* Edges on borders, integer corners, boxes that are a cell, that touch one, that hold the raster; slivers. */
static void edges_on_borders_equal_geos(void **state) {
    (void)state;
    made_grid grid;
    make_grid(&grid, SIDE, SIDE, SIDE, SIDE, own_class);
    smap_geometry_builder *b = begin_features();
    add_box(b, 1000, 4990, 1010, 5000);
    add_box(b, 1020, 4900, 1080, 4960);
    add_box(b, 1025, 4905, 1030, 4910);
    add_box(b, 900, 4000, 2000, 6000);
    add_box(b, 990, 4990, 1000, 5000);
    add_box(b, 1000.001, 4850, 1000.002, 5000);
    add_box(b, 1149.999, 4900, 1200, 4950);
    double triangle[3][2] = { { 1000, 4850 }, { 1150, 4850 }, { 1150, 5000 } };
    add_ring(b, triangle, 3, true, SMAP_GEOM_POLYGON);
    double backward[4][2] = { { 1000, 5000 }, { 1150, 5000 }, { 1150, 4850 }, { 1100, 4850 } };
    add_ring(b, backward, 4, true, SMAP_GEOM_POLYGON);
    double diamond[4][2] = { { 1050, 4950 }, { 1100, 4900 }, { 1050, 4850 }, { 1000, 4900 } };
    add_ring(b, diamond, 4, true, SMAP_GEOM_POLYGON);
    const smap_geometry *g = end_features(b);
    against_geos(&grid, g);
    smap_ctx *ctx = context_of(1);
    smap__zonal *z = zonal_of(ctx, &grid, g, &(smap__zonal_options){ .classes = 0 });
    assert_true(z->weight[0] == 1 && z->min[0] == 0 && z->max[0] == 0); /* the neighbours are not touched */
    assert_true(z->weight[1] == 36 && z->unknown[1] == 0 && z->min[1] == 4 * SIDE + 2 && z->max[1] == 9 * SIDE + 7);
    assert_true(z->weight[2] == 0.25);
    assert_true(fabs(z->unknown[3] - (1 - 225.0 / (110 * 200))) < 1e-12);
    assert_true(z->weight[4] == 1 && z->unknown[4] == 1 && isnan(z->mean[4]));
    smap__zonal_free(z);
    smap_geometry_free(g);
    smap_ctx_free(ctx);
}

/* ---- what must not change the answer ---- */

enum { WIDE = 1300, HIGH = 1100, MANY = 200 };

static const smap_geometry *many(void) {
    smap_geometry_builder *b = begin_features();
    for (int i = 0; i < MANY; i++) {
        uint64_t seed = (uint64_t)i;
        double radius = i % 20 == 0 ? even(3, seed, 2000, 7000) : even(3, seed, 1, 500);
        int corners = i % 20 == 0 ? 5000 : 4 + i % 30;
        if (i % 50 == 49)
            assert_int_equal(smap_geometry_append_null(b, NULL), SMAP_OK);
        else
            add_star(b, seed, even(1, seed, 0, 14000), even(2, seed, -7000, 6000), radius, corners, i % 4 == 0);
    }
    return end_features(b);
}

static void blocks_and_threads_do_not_matter(void **state) {
    (void)state;
    static const int block[][2] = { { 512, 512 }, { 256, 300 }, { WIDE, 1 }, { 16, 16 }, { 700, 1100 }, { 97, 901 } };
    const smap_geometry *g = many();
    smap_ctx *one = context_of(1), *three = context_of(3);
    for (int rule = 0; rule < 2; rule++) {
        smap__zonal_options options = by_break;
        options.rule = rule ? SMAP__CELL_CENTRE : SMAP__CELL_FRACTION;
        made_grid grid;
        make_grid(&grid, WIDE, HIGH, WIDE, HIGH, mixed);
        smap__zonal *whole = zonal_of(one, &grid, g, &options);
        for (size_t k = 0; k < sizeof block / sizeof *block; k++) {
            make_grid(&grid, WIDE, HIGH, block[k][0], block[k][1], mixed);
            smap__zonal *a = zonal_of(one, &grid, g, &options), *z = zonal_of(three, &grid, g, &options);
            assert_same_zonal(whole, a, 1e-10);
            assert_same_zonal(a, z, 0);
            smap__zonal_free(a);
            smap__zonal_free(z);
        }
        smap__zonal_free(whole);
    }
    smap_geometry_free(g);
    smap_ctx_free(one);
    smap_ctx_free(three);
}

static void order_of_features_does_not_matter(void **state) {
    (void)state;
    const smap_geometry *g = many(), *back = NULL;
    int64_t rows[MANY];
    for (int i = 0; i < MANY; i++) rows[i] = MANY - 1 - i;
    assert_int_equal(smap_geometry_take(g, rows, MANY, &back, NULL), SMAP_OK);
    smap_ctx *ctx = context_of(2);
    made_grid grid;
    make_grid(&grid, WIDE, HIGH, 256, 256, mixed);
    smap__zonal *a = zonal_of(ctx, &grid, g, &by_break), *z = zonal_of(ctx, &grid, back, &by_break);
    for (int i = 0; i < MANY; i++) {
        assert_true(a->sum[i] == z->sum[MANY - 1 - i] && a->unknown[i] == z->unknown[MANY - 1 - i]);
        assert_memory_equal(a->share + 4 * i, z->share + 4 * (MANY - 1 - i), 4 * sizeof(double));
    }
    smap__zonal_free(a);
    smap__zonal_free(z);
    smap_geometry_free(g);
    smap_geometry_free(back);
    smap_ctx_free(ctx);
}

/* The same polygon with its ring begun elsewhere and run the other way. */
static void start_of_the_ring_does_not_matter(void **state) {
    (void)state;
    smap_geometry_builder *b = begin_features();
    double ring[700][2], other[700][2];
    for (int k = 0; k < 700; k++) {
        double angle = 2 * M_PI * k / 700, r = even(5, (uint64_t)k, 2000, 7000);
        ring[k][0] = 8000 + r * cos(angle), ring[k][1] = -1000 + r * sin(angle);
    }
    for (int k = 0; k < 700; k++) memcpy(other[k], ring[(1100 - k) % 700], sizeof other[k]);
    add_ring(b, ring, 700, true, SMAP_GEOM_POLYGON);
    add_ring(b, other, 700, true, SMAP_GEOM_POLYGON);
    const smap_geometry *g = end_features(b);
    smap_ctx *ctx = context_of(2);
    made_grid grid;
    make_grid(&grid, WIDE, HIGH, 256, 256, mixed);
    smap__zonal *z = zonal_of(ctx, &grid, g, &by_break);
    assert_true(fabs(z->sum[0] - z->sum[1]) < 1e-9 * z->sum[0] && z->min[0] == z->min[1] && z->max[0] == z->max[1]);
    smap__zonal_free(z);
    smap_geometry_free(g);
    smap_ctx_free(ctx);
}

static double moved(int64_t column, int64_t row) {
    return mixed(column - 30, row - 40);
}

static void moving_by_whole_cells_does_not_matter(void **state) {
    (void)state;
    smap_geometry_builder *b = begin_features(), *c = begin_features();
    for (uint64_t i = 0; i < 200; i++) {
        double x = even(1, i, 3000, 8000), y = even(2, i, 0, 3000), r = even(3, i, 1, 400);
        add_star(b, i, x, y, r, 9, false);
        add_star(c, i, x + 300, y - 400, r, 9, false);
    }
    const smap_geometry *g = end_features(b), *h = end_features(c);
    smap_ctx *ctx = context_of(2);
    made_grid here, there;
    make_grid(&here, WIDE, HIGH, 256, 256, mixed);
    make_grid(&there, WIDE, HIGH, 256, 256, moved);
    smap__zonal *a = zonal_of(ctx, &here, g, &by_break), *z = zonal_of(ctx, &there, h, &by_break);
    assert_same_zonal(a, z, 1e-9);
    smap__zonal_free(a);
    smap__zonal_free(z);
    smap_geometry_free(g);
    smap_geometry_free(h);
    smap_ctx_free(ctx);
}

/* ---- single facts ---- */

static void only_touched_blocks_are_read(void **state) {
    (void)state;
    smap_geometry_builder *b = begin_features();
    add_box(b, 1005, 4900, 1100, 4995);
    add_box(b, 1000 + 10 * 99990, 4900, 1000 + 10 * 99995, 4995);
    /* A frame of four windows' width around nothing. */
    double frame[10][2] = { { 100000, 4000 },   { 100000, -96000 }, { 200000, -96000 }, { 200000, 4000 },
                            { 100010, 4000 },   { 100010, 3990 },   { 199990, 3990 },   { 199990, -95990 },
                            { 100010, -95990 }, { 100010, 4000 } };
    add_ring(b, frame, 10, true, SMAP_GEOM_POLYGON);
    const smap_geometry *g = end_features(b);
    smap_ctx *ctx = context_of(2);
    made_grid grid;
    make_grid(&grid, 1000000, 1000000, 512, 512, mixed);
    smap__zonal *z = zonal_of(ctx, &grid, g, &by_break);
    assert_true(fabs(z->weight[0] - 9.5 * 9.5) < 1e-9);
    assert_true(fabs(z->weight[2] - 2 * 10000 - 2 * 9998) < 1e-6);
    /* 20 blocks a side of the frame and a few more, of 400 inside it. */
    assert_true(grid.cells_read <= 90 * 512 * 512);
    smap__zonal_free(z);
    smap_geometry_free(g);
    smap_ctx_free(ctx);
}

static double no_value(int64_t column, int64_t row) {
    (void)column, (void)row;
    return NAN;
}

static void without_values_all_is_unknown(void **state) {
    (void)state;
    const smap_geometry *g = stars(20, 1000, 5000, 150);
    smap_ctx *ctx = context_of(1);
    made_grid grid;
    make_grid(&grid, SIDE, SIDE, SIDE, SIDE, no_value);
    smap__zonal *z = zonal_of(ctx, &grid, g, &by_break);
    for (int i = 0; i < 20; i++)
        assert_true(z->unknown[i] == 1 && z->sum[i] == 0 && isnan(z->mean[i]) && isnan(z->min[i]) && z->weight[i] > 0);
    smap__zonal_free(z);
    smap_geometry_free(g);
    smap_ctx_free(ctx);
}

/* Shares, with what is unknown, are all of a feature; a feature with value everywhere has nothing unknown. */
static void shares_add_up(void **state) {
    (void)state;
    const smap_geometry *g = many();
    smap_ctx *ctx = context_of(2);
    made_grid grid;
    make_grid(&grid, WIDE, HIGH, 256, 256, mixed);
    smap__zonal *z = zonal_of(ctx, &grid, g, &by_break);
    for (int i = 0; i < MANY; i++) {
        double sum = z->unknown[i];
        for (int k = 0; k < 4; k++) sum += z->share[4 * i + k];
        assert_true(fabs(sum - 1) < 1e-12);
        assert_true((i % 50 == 49) == (z->weight[i] == 0));
    }
    smap__zonal_free(z);
    smap_geometry_free(g);
    smap_ctx_free(ctx);
}

/* A building of a millionth of a cell has the value of its cell, also where the raster is far from zero. */
static void far_smaller_than_a_cell(void **state) {
    (void)state;
    smap_geometry_builder *b = begin_features();
    add_box(b, 1095.002, 4944.001, 1095.012, 4944.011);
    add_box(b, 1089.995, 4944.001, 1090.005, 4944.011);
    const smap_geometry *g = end_features(b);
    smap_ctx *ctx = context_of(1);
    made_grid grid;
    make_grid(&grid, SIDE, SIDE, SIDE, SIDE, own_class);
    smap__zonal *z = zonal_of(ctx, &grid, g, &by_break);
    assert_true(z->mean[0] == 5 * SIDE + 9 && z->unknown[0] == 0 && fabs(z->weight[0] - 1e-6) < 1e-12);
    assert_true(z->min[1] == 5 * SIDE + 8 && z->max[1] == 5 * SIDE + 9 && fabs(z->mean[1] - 83.5) < 1e-6);
    smap__zonal_free(z);
    smap_geometry_free(g);
    smap_ctx_free(ctx);
}

/* The rule of centres, cell by cell. */
static void centres_against_brute_force(void **state) {
    (void)state;
    static double breaks[CLASSES];
    made_grid grid;
    make_grid(&grid, SIDE, SIDE, SIDE, SIDE, own_class);
    for (int k = 0; k < CLASSES; k++) breaks[k] = k + 1;
    const smap_geometry *g = stars(200, 1000, 5000, 150);
    smap_ctx *ctx = context_of(2);
    smap__zonal_options options = { .breaks = breaks, .classes = CLASSES, .rule = SMAP__CELL_CENTRE };
    smap__zonal *z = zonal_of(ctx, &grid, g, &options);
    for (int64_t i = 0; i < g->count; i++) {
        int inside = 0;
        for (int cell = -20 * SIDE; cell < 40 * SIDE; cell++)
            for (int shift = -20; shift <= 20; shift += 20) {
                int column = ((cell % SIDE) + SIDE) % SIDE + shift / 20 * SIDE, row = (cell + 20 * SIDE) / SIDE - 20;
                double x = 1000 + 10 * (column + 0.5), y = 5000 - 10 * (row + 0.5);
                bool odd = false;
                for (int64_t r = smap_geom_ring(g, i); r < smap_geom_ring(g, i + 1); r++)
                    for (int64_t k = smap_geom_coord(g, r); k + 1 < smap_geom_coord(g, r + 1); k++)
                        if ((g->y[k] > y) != (g->y[k + 1] > y) &&
                            x < g->x[k] + (y - g->y[k]) * (g->x[k + 1] - g->x[k]) / (g->y[k + 1] - g->y[k]))
                            odd = !odd;
                inside += odd;
                if (shift == 0 && row >= 0 && row < SIDE)
                    assert_true((z->share[i * (CLASSES + 1) + row * SIDE + column] > 0) == odd);
            }
        assert_true(z->weight[i] == inside);
    }
    smap__zonal_free(z);
    smap_geometry_free(g);
    smap_ctx_free(ctx);
}

static void wrong_classes_are_refused(void **state) {
    (void)state;
    const smap_geometry *g = stars(1, 1000, 5000, 150);
    smap_ctx *ctx = context_of(1);
    made_grid grid;
    smap__zonal *z = NULL;
    smap_error err = SMAP_ERROR_INIT;
    make_grid(&grid, SIDE, SIDE, SIDE, SIDE, own_class);
    const double down[2] = { 3, 2 };
    assert_int_equal(
        smap__zonal_compute(ctx, &grid.source, g, &(smap__zonal_options){ .breaks = down, .classes = 2 }, &z, &err),
        SMAP_E_ARGUMENT);
    assert_non_null(strstr(err.message, "class 2"));
    assert_int_equal(smap__zonal_compute(ctx, &grid.source, g, &(smap__zonal_options){ .classes = 300 }, &z, &err),
                     SMAP_E_ARGUMENT);
    smap_geometry_free(g);
    smap_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_cell_equals_geos),
        cmocka_unit_test(turned_and_flipped_rasters_equal_geos),
        cmocka_unit_test(edges_on_borders_equal_geos),
        cmocka_unit_test(blocks_and_threads_do_not_matter),
        cmocka_unit_test(order_of_features_does_not_matter),
        cmocka_unit_test(start_of_the_ring_does_not_matter),
        cmocka_unit_test(moving_by_whole_cells_does_not_matter),
        cmocka_unit_test(only_touched_blocks_are_read),
        cmocka_unit_test(without_values_all_is_unknown),
        cmocka_unit_test(shares_add_up),
        cmocka_unit_test(far_smaller_than_a_cell),
        cmocka_unit_test(centres_against_brute_force),
        cmocka_unit_test(wrong_classes_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
