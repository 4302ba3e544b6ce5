/* Two rasters made one. */
#include "grid/derived.h"

#include "grid_help.h"

static double depth(int64_t column, int64_t row) {
    return column == 3 ? NAN : (double)(column + row) / 10;
}

static double velocity(int64_t column, int64_t row) {
    return row == 4 ? NAN : (double)(column - row) / 5;
}

static double rating(double d, double v) {
    return d * (v + 0.5) + 2;
}

static smap_status rate(double *d, const double *v, int64_t n, void *user, smap_error *err) {
    (void)user, (void)err;
    for (int64_t i = 0; i < n; i++) d[i] = rating(d[i], v[i]);
    return SMAP_OK;
}

static void cells_are_combined_and_unknown_stays_unknown(void **state) {
    (void)state;
    made_grid a, b;
    double v[20 * 10];
    smap__derived *d = NULL;
    smap_ctx *ctx = context_of(2);
    make_grid(&a, 20, 10, 20, 10, depth);
    make_grid(&b, 20, 10, 7, 1, velocity);
    assert_int_equal(smap__derived_new(ctx, &a.source, "d", &b.source, "v", rate, NULL, &d, NULL), SMAP_OK);
    const smap__grid_source *s = smap__derived_grid(d);
    assert_int_equal(s->read(s->user, 1, 2, 3, 10, 5, v, NULL), SMAP_OK);
    for (int k = 0; k < 50; k++) {
        int c = 2 + k % 10, r = 3 + k / 10;
        if (c == 3 || r == 4)
            assert_true(isnan(v[k]));
        else
            assert_true(v[k] == rating(depth(c, r), velocity(c, r)));
    }
    smap__derived_free(d);
    smap_ctx_free(ctx);
}

static void other_grids_are_refused(void **state) {
    (void)state;
    static const double shift[][6] = { { 1, 0, 0, 0, 0, 0 }, { 0, 0.1, 0, 0, 0, 0 }, { 0, 0, 0, 0, 0.1, 0 } };
    made_grid a, b;
    smap__derived *d = NULL;
    smap_error err = SMAP_ERROR_INIT;
    smap_ctx *ctx = context_of(1);
    make_grid(&a, 20, 10, 20, 10, depth);
    make_grid(&b, 20, 11, 20, 11, velocity);
    assert_int_equal(smap__derived_new(ctx, &a.source, "d.tif", &b.source, "v.tif", rate, NULL, &d, &err),
                     SMAP_E_ARGUMENT);
    assert_non_null(strstr(
        err.message, "v.tif: its cells are not those of d.tif: it has 20 x 11 cells of 10 x -10 from (1000, 5000)"));
    for (int k = 0; k < 3; k++) {
        make_grid(&b, 20, 10, 20, 10, velocity);
        for (int i = 0; i < 6; i++) b.source.transform[i] += shift[k][i];
        assert_int_equal(smap__derived_new(ctx, &a.source, "d.tif", &b.source, "v.tif", rate, NULL, &d, &err),
                         SMAP_E_ARGUMENT);
    }
    make_grid(&b, 20, 10, 20, 10, velocity);
    b.source.transform[0] += 1e-6;
    assert_int_equal(smap__derived_new(ctx, &a.source, "d.tif", &b.source, "v.tif", rate, NULL, &d, &err), SMAP_OK);
    smap__derived_free(d);
    assert_int_equal(smap_crs_new(ctx, "EPSG:32634", &a.source.crs, NULL), SMAP_OK);
    assert_int_equal(smap_crs_new(ctx, "EPSG:32633", &b.source.crs, NULL), SMAP_OK);
    assert_int_equal(smap__derived_new(ctx, &a.source, "d.tif", &b.source, "v.tif", rate, NULL, &d, &err), SMAP_E_CRS);
    assert_non_null(strstr(err.message, "zone 33N"));
    smap_crs_free(a.source.crs);
    smap_crs_free(b.source.crs);
    smap_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_are_combined_and_unknown_stays_unknown),
        cmocka_unit_test(other_grids_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
