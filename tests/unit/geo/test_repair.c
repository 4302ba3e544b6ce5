/* Polygons made fit for measuring: GEOS as oracle for small rings, the classic invalid polygons for the rest. */
#include <math.h>
#include <string.h>

#include "from_ogr.h"
#include "geo/geom_builder.h"
#include "geo/geos_bridge.h"
#include "geo/repair.h"
#include "geo/simple_ring.h"

static smap_ctx *one, *many;
static smap__geos *geos;
static uint64_t seed = 20230911;

static double uniform(void) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (double)(seed >> 11) / 9007199254740992.0;
}

static int set_up(void **state) {
    (void)state;
    smap_ctx_options options = SMAP_CTX_OPTIONS_INIT;
    options.threads = 1;
    if (smap_ctx_new(&options, &one, NULL) != SMAP_OK || smap__geos_new(&geos, NULL) != SMAP_OK) return -1;
    options.threads = 3;
    return smap_ctx_new(&options, &many, NULL) == SMAP_OK ? 0 : -1;
}

static int tear_down(void **state) {
    (void)state;
    smap__geos_free(geos);
    smap_ctx_free(many);
    smap_ctx_free(one);
    return 0;
}

static smap_geometry_builder *new_builder(void) {
    smap_geometry_builder *b = NULL;
    assert_int_equal(smap_geometry_builder_new(NULL, &b, NULL), SMAP_OK);
    return b;
}

static const smap_geometry *finish(smap_geometry_builder *b) {
    const smap_geometry *g = NULL;
    assert_int_equal(smap_geometry_builder_finish(b, &g, NULL), SMAP_OK);
    smap_geometry_builder_free(b);
    return g;
}

/* Corners on a coarse grid, so that they meet, lie in line and come twice; every second ring goes around a middle. */
static void put_ring(smap_geometry_builder *b, int corners, bool around) {
    double x[20], y[20];
    for (int k = 0; k < corners; k++) {
        double angle = 6.283185307179586 * k / corners, radius = 2 + 6 * uniform();
        x[k] = around ? round(radius * cos(angle)) : floor(8 * uniform());
        y[k] = around ? round(radius * sin(angle)) : floor(8 * uniform());
    }
    assert_int_equal(smap__builder_reserve(b, 1, 1, 1, (size_t)corners + 1, NULL), SMAP_OK);
    for (int k = 0; k <= corners; k++) smap__builder_put(b, x[k % corners], y[k % corners]);
    smap__builder_end_ring(b);
    smap__builder_end_part(b, SMAP_GEOM_POLYGON);
    smap__builder_end_feature(b, SMAP_GEOM_POLYGON);
}

static void what_is_simple_is_valid(void **state) {
    (void)state;
    enum { N = 20000 };
    smap_geometry_builder *b = new_builder();
    for (int k = 0; k < N; k++) put_ring(b, 3 + k % 14, k % 2);
    const smap_geometry *g = finish(b);
    int simple = 0, valid = 0;
    for (int64_t k = 0; k < N; k++) {
        smap__validity found;
        assert_int_equal(smap__geos_validity(geos, g, k, &found, NULL), SMAP_OK);
        if (smap__is_simple_polygon(g, k)) {
            assert_true(found.valid);
            simple++;
        }
        valid += found.valid;
    }
    assert_true(simple > N / 10 && 2 * simple > valid); /* the rest: corners in line */
    smap_geometry_free(g);
}

static void nothing_to_mend_is_nothing_copied(void **state) {
    (void)state;
    static const char *const wkt[] = { "POLYGON ((0 0,4 0,4 4,0 4,0 0),(1 1,2 1,2 2,1 1))", "POINT (1 1)",
                                       "LINESTRING (0 0,1 1,0 1,1 0)", "POLYGON EMPTY", "POLYGON ((0 0,1 0,1 1,0 0))" };
    const smap_geometry *g = from_wkt(NULL, wkt, 5), *same = NULL;
    smap__repairs repairs;
    assert_int_equal(smap__geometry_repair(many, g, &same, &repairs, NULL), SMAP_OK);
    assert_ptr_equal(same, g);
    assert_int_equal(repairs.count, 0);
    smap__repairs_release(&repairs);
    smap_geometry_free(same);
    smap_geometry_free(g);
}

static void the_broken_are_mended_in_their_places(void **state) {
    (void)state;
    static const char *const wkt[] = {
        "POLYGON ((0 0,4 0,4 4,0 4,0 0))",
        "POLYGON ((0 0,2 2,2 0,0 2,0 0))",                                /* a bow tie: two triangles of 1 */
        "LINESTRING (0 0,1 1,0 1,1 0)",                                   /* lines are left alone */
        "POLYGON ((0 0,4 0,4 4,0 4,0 0),(3 3,5 3,5 5,3 5,3 3))",          /* a hole across the shell */
        "MULTIPOLYGON (((0 0,2 0,2 2,0 2,0 0)),((1 1,3 1,3 3,1 3,1 1)))", /* parts that overlap */
        "POLYGON ((0 0,4 0,4 4,4 8,4 4,0 4,0 0))",                        /* a spike */
        "POINT (1 1)",
    };
    const double after[] = { NAN, 2, NAN, 15, 7, 16, NAN };
    const smap_geometry *g = from_wkt(NULL, wkt, 7), *mended = NULL, *again = NULL;
    smap__repairs repairs, none;
    assert_int_equal(smap__geometry_repair(many, g, &mended, &repairs, NULL), SMAP_OK);
    assert_int_equal(mended->count, 7);
    assert_int_equal(repairs.count, 4);
    for (int64_t k = 0, next = 0; k < 7; k++) {
        smap__validity found;
        assert_int_equal(smap__geos_validity(geos, mended, k, &found, NULL), SMAP_OK);
        assert_true(found.valid);
        if (isnan(after[k])) continue;
        const smap__repair_note *note = &repairs.note[next++];
        assert_int_equal(note->feature, k);
        assert_true(fabs(note->area_after - after[k]) < 1e-12);
        assert_true(isfinite(note->x) && isfinite(note->y) && note->reason[0] && isfinite(note->area_before));
    }
    assert_string_equal(repairs.note[0].reason, "Self-intersection");
    assert_int_equal(smap__geometry_repair(one, mended, &again, &none, NULL), SMAP_OK);
    assert_int_equal(none.count, 0);
    smap_geometry_free(again);
    smap_geometry_free(mended);
    smap_geometry_free(g);
    smap__repairs_release(&repairs);
}

/* A ring of random corners has more crossings than can be repaired, one that is not closed cannot be. */
static void the_hopeless_become_null(void **state) {
    (void)state;
    enum { N = 3000 };
    smap_geometry_builder *b = new_builder();
    assert_int_equal(smap__builder_reserve(b, 2, 2, 2, N + 5, NULL), SMAP_OK);
    for (int k = 0; k < N; k++) smap__builder_put(b, uniform(), uniform());
    smap__builder_put(b, b->x[0], b->y[0]);
    for (int feature = 0; feature < 2; feature++) {
        for (int k = 0; feature && k < 4; k++) smap__builder_put(b, k % 2, k / 2);
        smap__builder_end_ring(b);
        smap__builder_end_part(b, SMAP_GEOM_POLYGON);
        smap__builder_end_feature(b, SMAP_GEOM_POLYGON);
    }
    const smap_geometry *g = finish(b), *mended = NULL;
    smap__repairs repairs;
    assert_int_equal(smap__geometry_repair(many, g, &mended, &repairs, NULL), SMAP_OK);
    assert_int_equal(repairs.count, 2);
    for (int64_t k = 0; k < 2; k++) {
        assert_int_equal(mended->type[k], SMAP_GEOM_NULL);
        assert_true(isnan(repairs.note[k].area_after));
    }
    smap__repairs_release(&repairs);
    smap_geometry_free(mended);
    smap_geometry_free(g);
}

/* A star of long spikes is valid, but no test for that comes to an end in reasonable time; a coast as long is no
 * trouble. */
static void what_takes_too_long_becomes_null(void **state) {
    (void)state;
    enum { N = 200000 };
    smap_geometry_builder *b = new_builder();
    for (int coast = 0; coast < 2; coast++) {
        assert_int_equal(smap__builder_reserve(b, 1, 1, 1, N + 1, NULL), SMAP_OK);
        for (int k = 0; k <= N; k++) {
            double angle = 6.283185307179586 * (k % N) / N, radius = k % 2 ? 1 : coast ? 0.9999 : 0.5;
            smap__builder_put(b, radius * cos(angle), radius * sin(angle));
        }
        smap__builder_end_ring(b);
        smap__builder_end_part(b, SMAP_GEOM_POLYGON);
        smap__builder_end_feature(b, SMAP_GEOM_POLYGON);
    }
    const smap_geometry *g = finish(b), *mended = NULL;
    smap__repairs repairs;
    assert_int_equal(smap__geometry_repair(one, g, &mended, &repairs, NULL), SMAP_OK);
    assert_int_equal(repairs.count, 1);
    assert_non_null(strstr(repairs.note[0].reason, "long edges"));
    assert_true(isnan(repairs.note[0].area_after));
    assert_int_equal(mended->type[0], SMAP_GEOM_NULL);
    assert_int_equal(mended->type[1], SMAP_GEOM_POLYGON);
    smap__repairs_release(&repairs);
    smap_geometry_free(mended);
    smap_geometry_free(g);
}

static void threads_do_not_matter(void **state) {
    (void)state;
    smap_geometry_builder *b = new_builder();
    for (int k = 0; k < 5000; k++) put_ring(b, 3 + k % 14, k % 2);
    const smap_geometry *g = finish(b), *first = NULL, *second = NULL;
    smap__repairs a, c;
    assert_int_equal(smap__geometry_repair(one, g, &first, &a, NULL), SMAP_OK);
    assert_int_equal(smap__geometry_repair(many, g, &second, &c, NULL), SMAP_OK);
    assert_int_equal(a.count, c.count);
    assert_true(a.count > 1000);
    assert_int_equal(first->coord_count, second->coord_count);
    assert_memory_equal(first->x, second->x, (size_t)first->coord_count * sizeof(double));
    assert_memory_equal(first->y, second->y, (size_t)first->coord_count * sizeof(double));
    smap__repairs_release(&a);
    smap__repairs_release(&c);
    smap_geometry_free(first);
    smap_geometry_free(second);
    smap_geometry_free(g);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_simple_is_valid),
        cmocka_unit_test(nothing_to_mend_is_nothing_copied),
        cmocka_unit_test(the_broken_are_mended_in_their_places),
        cmocka_unit_test(the_hopeless_become_null),
        cmocka_unit_test(what_takes_too_long_becomes_null),
        cmocka_unit_test(threads_do_not_matter),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
