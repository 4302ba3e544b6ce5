/* Vertices put into lines: what is asked for stands where it says, and nothing else has changed. */
#include "geo/line_place.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "from_ogr.h"
#include "geo/geom_column.h"

static const char *const mixed[] = { "LINESTRING (0 0, 10 0, 10 10)",
                                     "MULTILINESTRING ((20 0, 20 10), (30 0, 30 0, 40 0))", "POINT (5 5)",
                                     "LINESTRING EMPTY", "POLYGON ((0 0, 8 0, 8 8, 0 0))" };

static smap_status insert(const smap_geometry *g, const smap__line_place *places, size_t count,
                          const smap_geometry **out, uint32_t *at) {
    return smap__lines_insert(g, places, count, out, at, NULL);
}

static void places_in_any_order_become_vertices(void **state) {
    (void)state;
    const smap_geometry *g = from_wkt(NULL, mixed, 5), *made = NULL;
    const smap__line_place places[] = {
        { 3, 0.5, 20, 5 },                          /* in the second feature, last named first */
        { 0, 0.75, 7.5, 0.1 },                      /* a little off the line: as it says */
        { 0, 0.25, 2.5, 0 },   { 0, 0.25, 2.5, 0 }, /* twice */
        { 0, 0, 0, 0 },                             /* the vertex itself */
        { 0, 0.9999, 10, 0 },                       /* where the next vertex is */
        { 2, 0, 99, 99 },                           /* the last one of its ring, whatever it says */
        { 8, 0.5, 77, 77 },                         /* a point has one coordinate */
        { 11, 0.5, 4, 4 },                          /* polygons too */
        { 1, 0, 10, 0.5 },                          /* not where the vertex is: behind it */
    };
    enum { PLACES = sizeof places / sizeof *places };
    uint32_t at[PLACES];
    assert_int_equal(g->coord_count, 13);
    assert_int_equal(insert(g, places, PLACES, &made, at), SMAP_OK);
    assert_int_equal(made->count, 5);
    for (int k = 0; k < PLACES; k++) {
        if (k == 6 || k == 7) continue;
        assert_true(made->x[at[k]] == places[k].x && made->y[at[k]] == places[k].y);
    }
    assert_int_equal(at[2], at[3]);
    assert_int_equal(at[4], 0);
    assert_int_equal(made->coord_count, g->coord_count + 5);
    const double wanted[] = { 0, 0, 2.5, 0, 7.5, 0.1, 10, 0, 10, 0.5, 10, 10 };
    int64_t first, end;
    smap__geometry_span(made, 0, &first, &end);
    assert_int_equal(end - first, 6);
    for (int k = 0; k < 6; k++) assert_true(made->x[k] == wanted[2 * k] && made->y[k] == wanted[2 * k + 1]);
    assert_int_equal(at[6], 5);
    smap_geometry_free(g); /* the new column keeps what it shares */
    assert_int_equal(made->type[4], SMAP_GEOM_POLYGON);
    smap_geometry_free(made);
}

/* One that is where the next vertex is, with others behind it by their share. */
static void what_falls_on_the_next_vertex_is_that_vertex(void **state) {
    (void)state;
    const char *const wkt[] = { "LINESTRING (0 0, 10 0)" };
    const smap_geometry *g = from_wkt(NULL, wkt, 1), *made = NULL;
    const smap__line_place places[] = { { 0, 0.5, 10, 0 }, { 0, 0.7, 7, 0 }, { 0, 0.8, 0, 0 } };
    uint32_t at[3];
    assert_int_equal(insert(g, places, 3, &made, at), SMAP_OK);
    assert_int_equal(made->coord_count, 3);
    assert_int_equal(at[0], 2);
    assert_int_equal(at[1], 1);
    assert_int_equal(at[2], 0);
    smap_geometry_free(made);
    smap_geometry_free(g);
}

static uint64_t seed = 7;

static double uniform(void) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (double)(seed >> 11) / 9007199254740992.0;
}

/* Against the definition: each ring has its old vertices in their order, and between two of them exactly the places
 * that name the first one, by share. */
static void random_places_against_the_definition(void **state) {
    (void)state;
    enum { LINES = 30, PLACES = 400 };
    for (int round = 0; round < 20; round++) {
        const char *wkt[LINES];
        char text[LINES][128];
        for (int k = 0; k < LINES; k++) {
            snprintf(text[k], sizeof text[k], k % 7 == 3 ? "LINESTRING EMPTY" : "LINESTRING (%d 0, %d 5, %d 9, %d 20)",
                     k, k, k + 1, k + 1);
            wkt[k] = text[k];
        }
        const smap_geometry *g = from_wkt(NULL, wkt, LINES), *made = NULL, *again = NULL;
        smap__line_place places[PLACES], turned[PLACES];
        uint32_t at[PLACES], turned_at[PLACES];
        for (int k = 0; k < PLACES; k++) {
            uint32_t coord = (uint32_t)(uniform() * (double)g->coord_count);
            double share = coord % 4 == 3 ? 0 : floor(uniform() * 16) / 16; /* many on top of each other */
            uint32_t next = coord % 4 == 3 ? coord : coord + 1;
            places[k] = (smap__line_place){ coord, share, g->x[coord] + share * (g->x[next] - g->x[coord]),
                                            g->y[coord] + share * (g->y[next] - g->y[coord]) };
            turned[PLACES - 1 - k] = places[k];
        }
        assert_int_equal(insert(g, places, PLACES, &made, at), SMAP_OK);
        assert_int_equal(insert(g, turned, PLACES, &again, turned_at), SMAP_OK);
        assert_int_equal(made->coord_count, again->coord_count);
        assert_memory_equal(made->x, again->x, (size_t)made->coord_count * sizeof *made->x);
        uint32_t coord = 0, expected = 0;
        for (int64_t k = 0; k < made->coord_count; k++) {
            if (coord < g->coord_count && made->x[k] == g->x[coord] && made->y[k] == g->y[coord]) {
                coord++;
                continue;
            }
            assert_true(coord % 4 != 0 && made->y[k] > made->y[k - 1]);
            bool named = false;
            for (int p = 0; p < PLACES; p++) named |= at[p] == k && places[p].coord == coord - 1;
            assert_true(named);
            expected++;
        }
        assert_int_equal(coord, g->coord_count);
        assert_int_equal(expected + (uint32_t)g->coord_count, made->coord_count);
        for (int p = 0; p < PLACES; p++) {
            assert_true(made->x[at[p]] == places[p].x && made->y[at[p]] == places[p].y);
            assert_int_equal(at[p], turned_at[PLACES - 1 - p]);
        }
        smap_geometry_free(again);
        smap_geometry_free(made);
        smap_geometry_free(g);
    }
}

static void what_is_no_place_is_refused(void **state) {
    (void)state;
    const smap_geometry *g = from_wkt(NULL, mixed, 5), *made = NULL;
    const smap__line_place bad[] = { { 13, 0, 0, 0 },        { UINT32_MAX, 0, 0, 0 }, { 0, 1, 0, 0 },
                                     { 0, -0.1, 0, 0 },      { 0, NAN, 0, 0 },        { 0, 0.5, NAN, 0 },
                                     { 0, 0.5, 0, HUGE_VAL } };
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        uint32_t at = 7;
        assert_int_equal(insert(g, &bad[k], 1, &made, &at), SMAP_E_ARGUMENT);
        assert_true(!made && at == 7);
    }
    assert_int_equal(insert(g, NULL, 0, &made, NULL), SMAP_OK);
    assert_int_equal(made->coord_count, g->coord_count);
    assert_memory_equal(made->x, g->x, (size_t)g->coord_count * sizeof *g->x);
    smap_geometry_free(made);
    smap_geometry_free(g);
    g = from_wkt(NULL, mixed, 0);
    assert_int_equal(insert(g, NULL, 0, &made, NULL), SMAP_OK);
    assert_int_equal(made->count, 0);
    smap_geometry_free(made);
    smap_geometry_free(g);
}

static void no_memory_is_told_and_leaks_nothing(void **state) {
    (void)state;
    const smap_geometry *g = from_wkt(NULL, mixed, 5), *made = NULL;
    const smap__line_place place = { 0, 0.5, 5, 0 };
    uint32_t at;
    smap_status status = SMAP_E_NOMEM;
    for (int64_t nth = 1; status == SMAP_E_NOMEM; nth++) {
        smap__alloc_fail_at(nth, true);
        status = insert(g, &place, 1, &made, &at);
        smap__alloc_fail_at(0, false);
    }
    assert_int_equal(status, SMAP_OK);
    smap_geometry_free(made);
    smap_geometry_free(g);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_in_any_order_become_vertices),
        cmocka_unit_test(what_falls_on_the_next_vertex_is_that_vertex),
        cmocka_unit_test(random_places_against_the_definition),
        cmocka_unit_test(what_is_no_place_is_refused),
        cmocka_unit_test(no_memory_is_told_and_leaks_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
