/* Polygons that others cover: what is left has every point that all had, and little more than it must. */
#include "access/area_cover.h"

#include "access_help.h"
#include "base/alloc.h"
#include "overlay/locate.h"

enum { POLYGONS = 60, POINTS = 4000 };

/* Slanted boxes, triangles, and combs, which reach into cells with a part of them alone. */
static const smap_geometry *scatter(uint64_t seed, double size) {
    smap_geometry_builder *b = net_builder();
    for (uint64_t k = 0; k < POLYGONS; k++) {
        double x = 100 * smap__random_uniform(seed, k, 0), y = 100 * smap__random_uniform(seed, k, 1);
        double turn = 7 * smap__random_uniform(seed, k, 2), w = size * smap__random_uniform(seed, k, 3) + 1;
        const double box[] = { -w, -2, w, -2, w, 2, -w, 2, -w, -2 }, triangle[] = { 0, 0, w, 0, 0, w, 0, 0 };
        const double comb[] = { 0, 0, w, 0, w, 9, 0.8 * w, 1, 0.5 * w, 9, 0.3 * w, 1, 0, 9, 0, 0 };
        const double *const shape[] = { box, triangle, comb };
        const int corners[] = { 5, 4, 8 };
        assert_int_equal(smap__builder_reserve(b, 1, 1, 1, 8, NULL), SMAP_OK);
        for (int i = 0; i < corners[k % 3]; i++) {
            double u = shape[k % 3][2 * i], v = shape[k % 3][2 * i + 1] * (k % 3 ? 1 : w / 4);
            smap__builder_put(b, x + u * cos(turn) - v * sin(turn), y + u * sin(turn) + v * cos(turn));
        }
        smap__builder_end_ring(b);
        smap__builder_end_part(b, SMAP_GEOM_POLYGON);
        smap__builder_end_feature(b, SMAP_GEOM_POLYGON);
    }
    return net_finish(b);
}

static void what_is_left_covers_all(void **state) {
    (void)state;
    smap__area_cover cover = { 0 };
    int64_t left_out = 0;
    for (uint64_t seed = 0; seed < 40; seed++) {
        const smap_geometry *g = scatter(seed, 5 + 2 * (double)seed);
        bool needed[POLYGONS];
        int64_t inside = 0;
        assert_int_equal(smap__area_cover_find(&cover, g, seed % 4 ? 1.3 : 0.4, needed, NULL), SMAP_OK);
        for (int64_t k = 0; k < POLYGONS; k++) left_out += !needed[k];
        for (uint64_t p = 0; p < POINTS; p++) {
            double x = 140 * smap__random_uniform(1, seed, 2 * p) - 20,
                   y = 140 * smap__random_uniform(1, seed, 2 * p + 1) - 20;
            bool in_all = false, in_needed = false;
            for (int64_t k = 0; k < POLYGONS && !in_needed; k++) {
                if (in_all && !needed[k]) continue;
                bool in = smap__polygon_contains(g, k, x, y);
                in_all |= in;
                in_needed |= in && needed[k];
            }
            assert_true(in_all == in_needed);
            inside += in_all;
        }
        assert_true(inside > 100);
        smap_geometry_free(g);
    }
    print_message("%lld of %d left out\n", (long long)left_out, 40 * POLYGONS);
    assert_true(left_out > 20 * POLYGONS / 2);
    smap__area_cover_release(&cover);
}

/* Of two that are the same one stays; what nothing covers stays; cells so small that there would be too many grow. */
static void twins_loners_and_nothing(void **state) {
    (void)state;
    smap__area_cover cover = { 0 };
    smap_geometry_builder *b = net_builder();
    const double box[][4] = { { 0, 0, 10, 10 }, { 2, 2, 8, 8 }, { 50, 50, 60, 60 }, { 2, 2, 8, 8 }, { 5, 5, 15, 8 } };
    for (int k = 0; k < 5; k++) {
        assert_int_equal(smap__builder_reserve(b, 1, 1, 1, 5, NULL), SMAP_OK);
        for (int i = 0; i < 5; i++)
            smap__builder_put(b, box[k][i % 4 == 1 || i % 4 == 2 ? 2 : 0], box[k][i % 4 > 1 ? 3 : 1]);
        smap__builder_end_ring(b);
        smap__builder_end_part(b, SMAP_GEOM_POLYGON);
        smap__builder_end_feature(b, SMAP_GEOM_POLYGON);
    }
    assert_int_equal(smap_geometry_append_null(b, NULL), SMAP_OK);
    const smap_geometry *g = net_finish(b), *none = net_finish(net_builder());
    for (int k = 0; k < 2; k++) {
        bool needed[6];
        assert_int_equal(smap__area_cover_find(&cover, g, k ? 1e-9 : 0.7, needed, NULL), SMAP_OK);
        assert_true(needed[0] && !needed[1] && needed[2] && !needed[3] && needed[4]);
        assert_int_equal(smap__area_cover_find(&cover, none, 1, needed, NULL), SMAP_OK);
    }
    smap_geometry_free(g);
    smap_geometry_free(none);
    smap__area_cover_release(&cover);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_left_covers_all),
        cmocka_unit_test(twins_loners_and_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
