/* Areas as they are stored: squares of a known size on the equator, with slivers made on purpose. */
#include "access/area_tidy.h"

#include "access_help.h"
#include "base/alloc.h"
#include "geo/geom_builder.h"
#include "geo/geom_column.h"
#include "geo/geos_bridge.h"

/* On the equator a degree is 111,319.49 m to the east and 110,574.28 m to the north. */
static const double metre_x = 1 / 111319.49, metre_y = 1 / 110574.28;

/* A ring around a box of metres, east and north of a place. */
static void ring(smap_geometry_builder *b, double x1, double y1, double x2, double y2) {
    const double x[] = { x1, x2, x2, x1, x1 }, y[] = { y1, y1, y2, y2, y1 };
    assert_int_equal(smap__builder_reserve(b, 1, 1, 1, 5, NULL), SMAP_OK);
    for (int k = 0; k < 5; k++) smap__builder_put(b, 20 + x[k] * metre_x, y[k] * metre_y);
    smap__builder_end_ring(b);
}

static void end_part(smap_geometry_builder *b) {
    smap__builder_end_part(b, SMAP_GEOM_POLYGON);
}

static void end_feature(smap_geometry_builder *b) {
    smap__builder_end_feature(b, SMAP_GEOM_MULTIPOLYGON);
}

static const smap_geometry *finish(smap_geometry_builder *b) {
    const smap_geometry *g = NULL;
    assert_int_equal(smap_geometry_builder_finish(b, &g, NULL), SMAP_OK);
    smap_geometry_builder_free(b);
    return g;
}

static smap_geometry_builder *builder(smap_ctx *ctx) {
    const smap_crs *crs = NULL;
    smap_geometry_builder *b = NULL;
    assert_int_equal(smap_crs_new(ctx, "EPSG:4326", &crs, NULL), SMAP_OK);
    assert_int_equal(smap_geometry_builder_new(crs, &b, NULL), SMAP_OK);
    smap_crs_free(crs);
    return b;
}

/* Areas of 100 x 100 m, with what is too small, or has no area at all, beside and within. */
static const smap_geometry *scraps(smap_ctx *ctx) {
    smap_geometry_builder *b = builder(ctx);
    ring(b, 0, 0, 100, 100);
    ring(b, 10, 10, 10.9, 11);      /* a hole of 0.9 m2 goes */
    ring(b, 20, 20, 22, 22);        /* of 4 m2 stays */
    ring(b, 30, 30, 30 + 1e-9, 31); /* of no width: its corners fall together */
    end_part(b);
    ring(b, 200, 0, 200.5, 1); /* 0.5 m2 */
    end_part(b);
    ring(b, 300, 0, 301.5, 1);
    ring(b, 300.1, 0.1, 300.9, 0.9); /* 0.64 m2 within 1.5 m2: the hole goes, and then it is large enough */
    end_part(b);
    ring(b, 400, 0, 402, 2);
    ring(b, 400.1, 0.1, 401.9, 1.9); /* 0.76 m2 of 4 are left */
    end_part(b);
    end_feature(b);
    ring(b, 0, 0, 1e-9, 50); /* nothing but slivers */
    end_part(b);
    ring(b, 5, 0, 5.5, 1);
    end_part(b);
    end_feature(b);
    end_feature(b); /* EMPTY before */
    return finish(b);
}

static void assert_tidy(const smap_geometry *g) {
    smap__geos *geos = NULL;
    smap__validity found;
    assert_int_equal(g->count, 3);
    assert_int_equal(smap_geom_part(g, 1), 2);
    assert_int_equal(smap_geom_ring(g, 2), 3);
    assert_int_equal(g->part_count, 2);
    double squares = smap__geometry_area(g, 0) / metre_x / metre_y;
    assert_true(fabs(squares - (10000 - 4 + 1.5)) < 1e-3);
    assert_int_equal(smap__geos_new(&geos, NULL), SMAP_OK);
    assert_int_equal(smap__geos_validity(geos, g, 0, &found, NULL), SMAP_OK);
    assert_true(found.valid);
    smap__geos_free(geos);
}

static void small_parts_and_holes_go(void **state) {
    (void)state;
    smap_ctx *ctx = access_context(1);
    const smap_geometry *g = scraps(ctx), *tidy = NULL;
    assert_int_equal(smap__areas_tidy(ctx, g, 1, &tidy, NULL), SMAP_OK);
    assert_tidy(tidy);
    smap_geometry_free(tidy);
    smap_geometry_free(g);
    smap_ctx_free(ctx);
}

/* Corners that are one, a ring that goes back where it came from, and one that crosses itself. */
static void what_is_not_valid_is_mended(void **state) {
    (void)state;
    const double x[] = { 0, 100, 100, 150, 100, 100, 0, 0, 0 }, y[] = { 0, 0, 50, 50, 50, 100, 100, 100, 0 };
    smap_ctx *ctx = access_context(1);
    smap_geometry_builder *b = builder(ctx);
    const smap_geometry *tidy = NULL;
    smap__geos *geos = NULL;
    smap__validity found;
    assert_int_equal(smap__builder_reserve(b, 1, 2, 2, 18, NULL), SMAP_OK);
    for (int k = 0; k < 9; k++) smap__builder_put(b, 20 + x[k] * metre_x, y[k] * metre_y);
    smap__builder_end_ring(b);
    end_part(b);
    const double bow_x[] = { 200, 300, 300, 200, 200 }, bow_y[] = { 0, 100, 0, 100, 0 };
    for (int k = 0; k < 5; k++) smap__builder_put(b, 20 + bow_x[k] * metre_x, bow_y[k] * metre_y);
    smap__builder_end_ring(b);
    end_part(b);
    end_feature(b);
    const smap_geometry *g = finish(b);
    assert_int_equal(smap__areas_tidy(ctx, g, 1, &tidy, NULL), SMAP_OK);
    assert_true(fabs(smap__geometry_area(tidy, 0) / metre_x / metre_y - (10000 + 5000)) < 1e-3);
    assert_int_equal(smap__geos_new(&geos, NULL), SMAP_OK);
    assert_int_equal(smap__geos_validity(geos, tidy, 0, &found, NULL), SMAP_OK);
    assert_true(found.valid);
    smap__geos_free(geos);
    smap_geometry_free(tidy);
    smap_geometry_free(g);
    smap_ctx_free(ctx);
}

static void memory_that_runs_out_at_each_place(void **state) {
    (void)state;
    smap_ctx *ctx = access_context(1);
    const smap_geometry *g = scraps(ctx), *tidy = NULL;
    int64_t out_of_memory = 0;
    for (int64_t nth = 1; nth < 400; nth++) { /* what a builder gives back at its end it may keep */
        smap__alloc_fail_at(nth, false);
        smap_status status = smap__areas_tidy(ctx, g, 1, &tidy, NULL);
        smap__alloc_fail_at(0, false);
        out_of_memory += status == SMAP_E_NOMEM;
        assert_true(status == SMAP_OK || (status == SMAP_E_NOMEM && !tidy));
        if (status != SMAP_OK) continue;
        assert_tidy(tidy);
        smap_geometry_free(tidy);
        tidy = NULL;
    }
    assert_true(out_of_memory > 5);
    smap_geometry_free(g);
    smap_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_parts_and_holes_go),
        cmocka_unit_test(what_is_not_valid_is_mended),
        cmocka_unit_test(memory_that_runs_out_at_each_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
