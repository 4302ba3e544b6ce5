/* Slope of a terrain: planes have one slope everywhere, and Horn's formula written out once more. */
#include "grid/slope.h"

#include "grid_help.h"

static double plane(int64_t column, int64_t row) {
    return 0.3 * (double)column * 10 - 0.4 * (double)row * 10; /* 0.3 to the east, 0.4 to the north */
}

static double rough(int64_t column, int64_t row) {
    return column == 7 && row == 5 ? NAN : even(3, (uint64_t)(row * 1000 + column), 0, 40);
}

/* On the central meridian of zone 34, where a metre of the plane is 1 / 0.9996 m on the ground. */
static void place(made_grid *g) {
    g->source.transform[0] = 500000 - 0.5 * (double)g->source.width * g->source.transform[1];
    g->source.transform[3] = 3600000;
}

static void a_plane_has_one_slope_and_edges_none(void **state) {
    (void)state;
    made_grid g;
    double v[20 * 12];
    smap__slope *slope = NULL;
    smap_ctx *ctx = context_of(1);
    make_grid(&g, 20, 12, 20, 12, plane);
    place(&g);
    g.source.crs = NULL;
    assert_int_equal(smap_crs_new(ctx, "EPSG:32634", &g.source.crs, NULL), SMAP_OK);
    assert_int_equal(smap__slope_new(ctx, &g.source, "t", &slope, NULL), SMAP_OK);
    const smap__grid_source *s = smap__slope_grid(slope);
    assert_int_equal(s->read(s->user, 0, 0, 0, 20, 12, v, NULL), SMAP_OK);
    for (int k = 0; k < 20 * 12; k++) {
        int c = k % 20, r = k / 20;
        if (c == 0 || r == 0 || c == 19 || r == 11)
            assert_true(isnan(v[k]));
        else
            assert_true(fabs(v[k] - atan(0.5 * 0.9996) * 180 / M_PI) < 1e-6);
    }
    smap__slope_free(slope);
    smap_crs_free(g.source.crs);
    smap_ctx_free(ctx);
}

/* Horn 1981: the middle neighbours count twice. */
static double horn(int64_t c, int64_t r) {
    double x = 0, y = 0;
    for (int k = -1; k <= 1; k++) {
        int weight = k == 0 ? 2 : 1;
        x += weight * (rough(c + 1, r + k) - rough(c - 1, r + k));
        y += weight * (rough(c + k, r + 1) - rough(c + k, r - 1));
    }
    return atan(hypot(x / 80, y / 80) * 0.9996) * 180 / M_PI;
}

static void windows_say_the_same_as_the_formula(void **state) {
    (void)state;
    made_grid g;
    double v[64];
    smap__slope *slope = NULL;
    smap_ctx *ctx = context_of(2);
    make_grid(&g, 30, 30, 8, 8, rough);
    place(&g);
    assert_int_equal(smap_crs_new(ctx, "EPSG:32634", &g.source.crs, NULL), SMAP_OK);
    assert_int_equal(smap__slope_new(ctx, &g.source, "t", &slope, NULL), SMAP_OK);
    const smap__grid_source *s = smap__slope_grid(slope);
    for (int64_t row = 0; row < 30; row += 8)
        for (int64_t column = 0; column < 30; column += 8) {
            int64_t w = 30 - column < 8 ? 30 - column : 8, h = 30 - row < 8 ? 30 - row : 8;
            assert_int_equal(s->read(s->user, 1, column, row, w, h, v, NULL), SMAP_OK);
            for (int64_t k = 0; k < w * h; k++) {
                int64_t c = column + k % w, r = row + k / w;
                bool edge = c == 0 || r == 0 || c == 29 || r == 29;
                bool beside = llabs(c - 7) <= 1 && llabs(r - 5) <= 1;
                if (edge || beside)
                    assert_true(isnan(v[k]));
                else
                    assert_true(fabs(v[k] - horn(c, r)) < 1e-5);
            }
        }
    smap__slope_free(slope);
    smap_crs_free(g.source.crs);
    smap_ctx_free(ctx);
}

/* A plane that rises 1 in 10 to the east on the ground, in two other planes: in Web Mercator at 33 N a metre is cos(33)
 * m, in degrees there are 111.32 km x cos(33) to a degree. Within the flattening of the earth, 0.4 %. */
static double gentle;
static double eastwards(int64_t column, int64_t row) {
    (void)row;
    return gentle * (double)column;
}

static void steps_are_measured_on_the_ground(void **state) {
    (void)state;
    static const struct {
        const char *crs;
        double x, y, step, ground;
    } cases[] = { { "EPSG:3857", 2500000, 3895303.96, 10, 10 * 0.83867 },
                  { "EPSG:4326", 22.5, 33, 1e-4, 11.132 * 0.83867 } };
    for (int k = 0; k < 2; k++) {
        made_grid g;
        double v[25];
        smap__slope *slope = NULL;
        smap_ctx *ctx = context_of(1);
        gentle = cases[k].ground / 10;
        make_grid(&g, 5, 5, 5, 5, eastwards);
        const double transform[6] = { cases[k].x, cases[k].step, 0, cases[k].y, 0, -cases[k].step };
        memcpy(g.source.transform, transform, sizeof transform);
        assert_int_equal(smap_crs_new(ctx, cases[k].crs, &g.source.crs, NULL), SMAP_OK);
        assert_int_equal(smap__slope_new(ctx, &g.source, "t", &slope, NULL), SMAP_OK);
        const smap__grid_source *s = smap__slope_grid(slope);
        assert_int_equal(s->read(s->user, 0, 0, 0, 5, 5, v, NULL), SMAP_OK);
        assert_true(fabs(tan(v[12] * M_PI / 180) / 0.1 - 1) < 0.004);
        smap__slope_free(slope);
        smap_crs_free(g.source.crs);
        smap_ctx_free(ctx);
    }
}

static void a_turned_grid_is_refused(void **state) {
    (void)state;
    made_grid g;
    smap__slope *slope = NULL;
    smap_error err = SMAP_ERROR_INIT;
    smap_ctx *ctx = context_of(1);
    make_grid(&g, 5, 5, 5, 5, plane);
    g.source.transform[2] = 1;
    assert_int_equal(smap__slope_new(ctx, &g.source, "t.tif", &slope, &err), SMAP_E_ARGUMENT);
    assert_non_null(strstr(err.message, "t.tif"));
    smap_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plane_has_one_slope_and_edges_none),
        cmocka_unit_test(windows_say_the_same_as_the_formula),
        cmocka_unit_test(steps_are_measured_on_the_ground),
        cmocka_unit_test(a_turned_grid_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
