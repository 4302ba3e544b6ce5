/* Distance to the nearest line, against every segment of every line. */
#include "overlay/nearest.h"

#include <math.h>

#include "../cmocka_all.h"
#include "geo/geom_builder.h"
#include "stat/random.h"

enum { POINTS = 300, LINES = 80, CORNERS = 5 };

static double even(uint64_t stream, uint64_t index) {
    return 1000 * smap__random_uniform(7, stream, index);
}

static const smap_geometry *points(void) {
    smap_geometry_builder *b = NULL;
    const smap_geometry *g = NULL;
    assert_int_equal(smap_geometry_builder_new(NULL, &b, NULL), SMAP_OK);
    for (uint64_t i = 0; i < POINTS; i++)
        assert_int_equal(i % 50 == 49 ? smap_geometry_append_null(b, NULL)
                                      : smap_geometry_append_point(b, even(1, i), even(2, i), NULL),
                         SMAP_OK);
    assert_int_equal(smap_geometry_builder_finish(b, &g, NULL), SMAP_OK);
    smap_geometry_builder_free(b);
    return g;
}

static const smap_geometry *lines(void) {
    smap_geometry_builder *b = NULL;
    const smap_geometry *g = NULL;
    assert_int_equal(smap_geometry_builder_new(NULL, &b, NULL), SMAP_OK);
    for (uint64_t i = 0; i < LINES; i++) {
        assert_int_equal(smap__builder_reserve(b, 1, 1, 1, CORNERS, NULL), SMAP_OK);
        for (uint64_t k = 0; k < CORNERS; k++)
            smap__builder_put(b, even(3, i) + even(4, i * CORNERS + k) / 20,
                              even(5, i) + even(6, i * CORNERS + k) / 20);
        smap__builder_end_ring(b);
        smap__builder_end_part(b, SMAP_GEOM_LINESTRING);
        smap__builder_end_feature(b, SMAP_GEOM_LINESTRING);
    }
    assert_int_equal(smap_geometry_builder_finish(b, &g, NULL), SMAP_OK);
    smap_geometry_builder_free(b);
    return g;
}

/* By many points on every segment: never nearer than the true distance, and off by less than a step. */
static double sampled(const smap_geometry *g, double x, double y) {
    double best = HUGE_VAL;
    for (int64_t line = 0; line < LINES; line++)
        for (int k = 0; k + 1 < CORNERS; k++)
            for (int s = 0; s <= 400; s++) {
                int64_t i = line * CORNERS + k;
                double t = s / 400.0;
                best = fmin(
                    best, hypot(g->x[i] + t * (g->x[i + 1] - g->x[i]) - x, g->y[i] + t * (g->y[i + 1] - g->y[i]) - y));
            }
    return best;
}

static void the_nearest_of_all_is_found(void **state) {
    (void)state;
    smap_ctx *ctx = NULL;
    double out[POINTS];
    const smap_geometry *p = points(), *l = lines();
    assert_int_equal(smap_ctx_new(NULL, &ctx, NULL), SMAP_OK);
    for (double limit = 20; limit < 1e4; limit *= 7) {
        assert_int_equal(smap__nearest_line(ctx, p, l, limit, out, NULL), SMAP_OK);
        for (int64_t i = 0; i < POINTS; i++) {
            if (p->type[i] == SMAP_GEOM_NULL) {
                assert_true(isnan(out[i]));
                continue;
            }
            int64_t at = smap_geom_coord(p, smap_geom_ring(p, smap_geom_part(p, i)));
            double wanted = sampled(l, p->x[at], p->y[at]);
            if (isnan(out[i]))
                assert_true(wanted > limit);
            else
                assert_true(out[i] <= wanted + 1e-9 && wanted - out[i] < 0.2 && out[i] <= limit);
        }
    }
    smap_geometry_free(p);
    smap_geometry_free(l);
    smap_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(the_nearest_of_all_is_found) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
