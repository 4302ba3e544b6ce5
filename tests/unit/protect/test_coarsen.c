#include <math.h>

#include "../ctx_help.h"
#include "layer_help.h"
#include "protect/coarsen.h"

static smap__json_doc *doc;

static const smap__json *place_of(const char *json) {
    smap__json_free(doc);
    doc = NULL;
    assert_int_equal(smap__json_parse(json, strlen(json), "test", &doc, NULL), SMAP_OK);
    return smap__json_root(doc);
}

static const smap_geometry *coarsen(const char *place, uint64_t seed, double x, double y) {
    const smap_layer *site = layer_of(ctx, "site", "site_id=a", &x, &y);
    const smap_geometry *out = NULL;
    smap__coarsening how = { place_of(place), NULL, seed };
    assert_int_equal(smap__coarsen(ctx, &how, site, &out, NULL), SMAP_OK);
    smap_layer_free(site);
    return out;
}

/* In metres of the equal-area grid, from the middle of the square. */
static void in_square(const smap_geometry *g, double size, double *across, double *up) {
    const smap_crs *grid = NULL;
    const smap_geometry *moved = NULL;
    assert_int_equal(smap_crs_new(ctx, "EPSG:6933", &grid, NULL), SMAP_OK);
    assert_int_equal(smap_geometry_transform(ctx, g, grid, &moved, NULL, NULL), SMAP_OK);
    *across = moved->x[0] / size - floor(moved->x[0] / size);
    *up = moved->y[0] / size - floor(moved->y[0] / size);
    smap_geometry_free(moved);
    smap_crs_free(grid);
}

/* Whatever the position within the square, the same point comes out: its middle. */
static void the_middle_says_nothing_of_where_in_the_square(void **state) {
    (void)state;
    static const char place[] = "{\"to\": \"grid\", \"size_m\": 1000}";
    double across, up;
    const smap_geometry *first = coarsen(place, 0, 22.6395, 32.7605);
    in_square(first, 1000, &across, &up);
    assert_true(fabs(across - 0.5) < 1e-4 && fabs(up - 0.5) < 1e-4);
    for (int i = 0; i < 20; i++) {
        const smap_geometry *other =
            coarsen(place, (uint64_t)i, first->x[0] + 0.0004 * (i % 5 - 2), first->y[0] + 0.0003 * (i / 5 - 2));
        assert_true(other->x[0] == first->x[0] && other->y[0] == first->y[0]);
        smap_geometry_free(other);
    }
    smap_geometry_free(first);
}

/* With many seeds, the points of a position near a corner are spread over the square as evenly as those of one in the
 * middle (chi squared over 4 x 4 cells, 15 degrees of freedom: 37.7 has probability 0.001), and their mean is the
 * middle of the square, not the position: averaging releases gives nothing away. */
static void drawn_points_are_even_in_the_square(void **state) {
    (void)state;
    enum { DRAWS = 3200, SIDE = 4 };
    static const char drawn[] = "{\"to\": \"grid\", \"size_m\": 1000, \"displace\": true}";
    const smap_geometry *middle = coarsen("{\"to\": \"grid\", \"size_m\": 1000}", 0, 22.6395, 32.7605);
    static const double corner[] = { 0, 0.0047 };
    for (int k = 0; k < 2; k++) {
        int64_t cell[SIDE * SIDE] = { 0 };
        double chi = 0, sum_across = 0, sum_up = 0;
        for (int i = 0; i < DRAWS; i++) {
            double across, up;
            const smap_geometry *g =
                coarsen(drawn, (uint64_t)i, middle->x[0] + corner[k], middle->y[0] + 0.7 * corner[k]);
            in_square(g, 1000, &across, &up);
            cell[(int)(across * SIDE) * SIDE + (int)(up * SIDE)]++;
            sum_across += across;
            sum_up += up;
            smap_geometry_free(g);
        }
        for (int i = 0; i < SIDE * SIDE; i++) {
            double expected = (double)DRAWS / (SIDE * SIDE), off = (double)cell[i] - expected;
            chi += off * off / expected;
        }
        assert_true(chi < 37.7);
        assert_true(fabs(sum_across / DRAWS - 0.5) < 0.02 && fabs(sum_up / DRAWS - 0.5) < 0.02);
    }
    smap_geometry_free(middle);
}

static void the_same_seed_gives_the_same_point(void **state) {
    (void)state;
    static const char drawn[] = "{\"to\": \"grid\", \"size_m\": 1000, \"displace\": true}";
    const smap_geometry *a = coarsen(drawn, 7, 22.6395, 32.7605), *b = coarsen(drawn, 7, 22.6395, 32.7605),
                        *c = coarsen(drawn, 8, 22.6395, 32.7605);
    assert_true(a->x[0] == b->x[0] && a->y[0] == b->y[0]);
    assert_true(a->x[0] != c->x[0] && a->y[0] != c->y[0]);
    smap_geometry_free(a);
    smap_geometry_free(b);
    smap_geometry_free(c);
}

/* Areas: found by P-code at the level asked for; L-shaped, so that a point of its box need not be in it. */
static const smap_layer *areas(void) {
    static const unsigned char head[] = { 1, 3, 0, 0, 0, 1, 0, 0, 0, 7, 0, 0, 0 };
    static const double ring[] = { 22, 32, 23, 32, 23, 32.2, 22.2, 32.2, 22.2, 33, 22, 33, 22, 32 };
    unsigned char wkb[sizeof head + sizeof ring];
    const smap_layer *plain = layer_of(ctx, "admin", "pcode=LY01; level=1 / pcode=LY0101; level=2", NULL, NULL),
                     *out = NULL;
    const smap_crs *wgs84 = NULL;
    smap_geometry_builder *b = NULL;
    const smap_geometry *g = NULL;
    memcpy(wkb, head, sizeof head);
    memcpy(wkb + sizeof head, ring, sizeof ring);
    assert_int_equal(smap__crs_wgs84(ctx, &wgs84, NULL), SMAP_OK);
    assert_int_equal(smap_geometry_builder_new(wgs84, &b, NULL), SMAP_OK);
    assert_int_equal(smap_geometry_append_null(b, NULL), SMAP_OK);
    assert_int_equal(smap_geometry_append_wkb(b, wkb, sizeof wkb, NULL), SMAP_OK);
    assert_int_equal(smap_geometry_builder_finish(b, &g, NULL), SMAP_OK);
    assert_int_equal(smap_layer_new("admin", plain->table, g, NULL, &out, NULL), SMAP_OK);
    smap_geometry_builder_free(b);
    smap_geometry_free(g);
    smap_crs_free(wgs84);
    smap_layer_free(plain);
    return out;
}

static bool in_the_l(double x, double y) {
    return x >= 22 && y >= 32 && ((x <= 23 && y <= 32.2) || (x <= 22.2 && y <= 33));
}

static void areas_take_the_place_of_positions(void **state) {
    (void)state;
    static const double x[] = { 22.1, 22.9, 5 }, y[] = { 32.9, 32.1, 5 };
    const smap_layer *admin = areas(),
                     *site = layer_of(ctx, "site", "pcode=LY010102 / pcode=LY0101 / pcode=TN11", x, y);
    for (uint64_t seed = 0; seed < 200; seed++) {
        const smap_geometry *g = NULL;
        smap__coarsening how = { place_of(seed ? "{\"to\": \"area\", \"level\": 2, \"displace\": true}"
                                               : "{\"to\": \"area\", \"level\": 2}"),
                                 admin, seed };
        assert_int_equal(smap__coarsen(ctx, &how, site, &g, NULL), SMAP_OK);
        assert_true(in_the_l(g->x[0], g->y[0]) && in_the_l(g->x[1], g->y[1]));
        if (!seed) assert_true(g->x[0] == g->x[1] && g->y[0] == g->y[1]);
        assert_int_equal(g->type[2], SMAP_GEOM_NULL);
        smap_geometry_free(g);
    }
    smap_layer_free(site);
    smap_layer_free(admin);
}

static void bad_rules_are_told(void **state) {
    (void)state;
    static const char *const bad[] = { "{\"to\": \"grid\"}", "{\"to\": \"grid\", \"size_m\": -5}",
                                       "{\"to\": \"moon\"}" };
    double x = 22, y = 32;
    const smap_layer *site = layer_of(ctx, "site", "site_id=a", &x, &y);
    for (int i = 0; i < 3; i++) {
        const smap_geometry *g = NULL;
        smap__coarsening how = { place_of(bad[i]), NULL, 0 };
        assert_int_equal(smap__coarsen(ctx, &how, site, &g, NULL), SMAP_E_FORMAT);
        assert_null(g);
    }
    smap_layer_free(site);
}

static int close_all(void **state) {
    smap__json_free(doc);
    return teardown(state);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_middle_says_nothing_of_where_in_the_square),
        cmocka_unit_test(drawn_points_are_even_in_the_square),
        cmocka_unit_test(the_same_seed_gives_the_same_point),
        cmocka_unit_test(areas_take_the_place_of_positions),
        cmocka_unit_test(bad_rules_are_told),
    };
    return cmocka_run_group_tests(tests, setup, close_all);
}
