/* Memory that runs out at each place in turn: an error that says so, nothing lost, and the answer once there is enough.
 */
#include "base/alloc.h"
#include "grid/derived.h"
#include "grid_help.h"

enum { WIDE = 1100, HIGH = 1030 };

static double striped(int64_t column, int64_t row) {
    return (double)((column / 50 + row) % 9);
}

static smap_status same_again(double *a, const double *b, int64_t n, void *user, smap_error *err) {
    (void)a, (void)b, (void)n, (void)user, (void)err;
    return SMAP_OK;
}

/* A large polygon with many edges, one in several windows, a line, points; over two rasters made one. */
static smap_status compute(smap_ctx *ctx, const smap_geometry *g, double *sum, smap_error *err) {
    const smap__zonal_options options = { .breaks = (const double[]){ 2, 8 }, .classes = 2, .bilinear = true };
    made_grid a, b;
    smap__derived *d = NULL;
    smap__zonal *z = NULL;
    double away[8];
    make_grid(&a, WIDE, HIGH, 512, 512, striped);
    make_grid(&b, WIDE, HIGH, 512, 512, striped);
    smap_status status = smap__derived_new(ctx, &a.source, "a", &b.source, "b", same_again, NULL, &d, err);
    if (status == SMAP_OK) status = smap__zonal_compute(ctx, smap__derived_grid(d), g, &options, &z, err);
    if (status == SMAP_OK) status = smap__zonal_distance(ctx, smap__derived_grid(d), g, &options, 2, 50, away, err);
    *sum = 0;
    for (int64_t i = 0; status == SMAP_OK && i < g->count; i++) *sum += z->sum[i] + (isnan(away[i]) ? 0 : away[i]);
    smap__zonal_free(z);
    smap__derived_free(d);
    return status;
}

static void at_every_allocation(void **state) {
    (void)state;
    double line[3][2] = { { 1100, 4900 }, { 11500, -4000 }, { 1100, 2000 } };
    smap_geometry_builder *b = begin_features();
    add_star(b, 1, 6500, -200, 2500, 400, true);
    add_star(b, 2, 6120, -120, 60, 7, false);
    add_ring(b, line, 3, false, SMAP_GEOM_LINESTRING);
    assert_int_equal(smap_geometry_append_point(b, 6120, -120, NULL), SMAP_OK);
    assert_int_equal(smap_geometry_append_point(b, 25000, 0, NULL), SMAP_OK);
    const smap_geometry *g = end_features(b);
    smap_ctx *ctx = context_of(1);
    double want, got = 0;
    assert_int_equal(compute(ctx, g, &want, NULL), SMAP_OK);
    smap_status status = SMAP_E_NOMEM;
    int64_t nth = 1;
    for (; status != SMAP_OK && nth < 5000; nth += 1 + nth / 20) {
        smap_error err = SMAP_ERROR_INIT;
        smap__alloc_fail_at(nth, false);
        status = compute(ctx, g, &got, &err);
        smap__alloc_fail_at(0, false);
        if (status != SMAP_OK) assert_int_equal(status, SMAP_E_NOMEM);
    }
    assert_true(status == SMAP_OK && nth > 30 && got == want);
    smap_geometry_free(g);
    smap_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(at_every_allocation) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
