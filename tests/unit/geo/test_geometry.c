/* Geometry columns, the builder and layers. */
#include <math.h>
#include <string.h>

#include "../cmocka_all.h"
#include "base/alloc.h"
#include "geo/geom_builder.h"
#include "sitemap/geometry.h"

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

static void put_line(smap_geometry_builder *b, double x0, size_t n) {
    assert_int_equal(smap__builder_reserve(b, 1, 1, 1, n, NULL), SMAP_OK);
    for (size_t k = 0; k < n; k++) smap__builder_put(b, x0 + (double)k, 2.0 * (double)k);
    smap__builder_end_ring(b);
    smap__builder_end_part(b, SMAP_GEOM_LINESTRING);
    smap__builder_end_feature(b, SMAP_GEOM_LINESTRING);
}

static void points_alone_have_no_offsets(void **state) {
    (void)state;
    smap_geometry_builder *b = new_builder();
    for (int k = 0; k < 1000; k++) assert_int_equal(smap_geometry_append_point(b, k, -k, NULL), SMAP_OK);
    const smap_geometry *g = finish(b);
    assert_int_equal(g->count, 1000);
    assert_null(g->feature_part);
    assert_null(g->part_ring);
    assert_null(g->ring_coord);
    assert_null(g->part_type);
    assert_null(g->z);
    smap_box box = smap_geometry_extent(g);
    assert_true(box.xmin == 0 && box.xmax == 999 && box.ymin == -999 && box.ymax == 0);
    smap_geometry_free(g);
}

static void a_null_ends_the_identity(void **state) {
    (void)state;
    smap_geometry_builder *b = new_builder();
    smap_geometry_append_point(b, 1, 2, NULL);
    smap_geometry_append_null(b, NULL);
    smap_geometry_append_point(b, 3, 4, NULL);
    const smap_geometry *g = finish(b);
    assert_non_null(g->feature_part);
    assert_null(g->ring_coord);
    assert_int_equal(g->type[1], SMAP_GEOM_NULL);
    smap_box box = smap_geometry_box(g, 1);
    assert_true(box.xmin > box.xmax);
    assert_true(smap_geometry_box(g, 2).xmin == 3);
    smap_geometry_free(g);
}

static void a_point_must_be_finite(void **state) {
    (void)state;
    smap_geometry_builder *b = new_builder();
    assert_int_equal(smap_geometry_append_point(b, NAN, 2, NULL), SMAP_E_ARGUMENT);
    assert_int_equal(smap_geometry_append_point(b, 1, INFINITY, NULL), SMAP_E_ARGUMENT);
    const smap_geometry *g = finish(b);
    assert_int_equal(g->count, 0);
    smap_geometry_free(g);
}

static void a_builder_can_be_used_again(void **state) {
    (void)state;
    smap_geometry_builder *b = new_builder();
    smap_geometry_append_point(b, 1, 2, NULL);
    const smap_geometry *first = NULL;
    assert_int_equal(smap_geometry_builder_finish(b, &first, NULL), SMAP_OK);
    smap_geometry_append_point(b, 5, 6, NULL);
    smap_geometry_append_point(b, 7, 8, NULL);
    const smap_geometry *second = finish(b);
    assert_int_equal(first->count, 1);
    assert_int_equal(second->count, 2);
    assert_true(first->x[0] == 1 && second->x[0] == 5);
    smap_geometry_free(first);
    smap_geometry_free(second);
}

static void take_repeats_reorders_and_nulls(void **state) {
    (void)state;
    smap_geometry_builder *b = new_builder();
    put_line(b, 10, 3);
    smap_geometry_append_point(b, 1, 2, NULL);
    put_line(b, 20, 2);
    const smap_geometry *g = finish(b), *t = NULL;
    const int64_t rows[] = { 2, -1, 0, 2, 1 };
    assert_int_equal(smap_geometry_take(g, rows, 5, &t, NULL), SMAP_OK);
    assert_int_equal(t->count, 5);
    assert_int_equal(t->type[1], SMAP_GEOM_NULL);
    assert_int_equal(t->type[4], SMAP_GEOM_POINT);
    assert_true(smap_geometry_box(t, 0).xmin == 20 && smap_geometry_box(t, 3).xmax == 21);
    assert_true(smap_geometry_box(t, 2).xmin == 10 && smap_geometry_box(t, 2).ymax == 4);
    const int64_t point[] = { 1, 1 };
    const smap_geometry *u = NULL;
    assert_int_equal(smap_geometry_take(g, point, 2, &u, NULL), SMAP_OK);
    assert_null(u->ring_coord);
    smap_geometry_free(u);
    smap_geometry_free(t);
    smap_geometry_free(g);
}

static void joined_chunks_equal_the_whole(void **state) {
    (void)state;
    smap_geometry_builder *whole = new_builder(), *first = new_builder(), *second = new_builder(),
                          *joined = new_builder();
    for (int k = 0; k < 40; k++) {
        smap_geometry_builder *half = k < 15 ? first : second;
        smap_geometry_builder *both[] = { whole, half };
        for (int i = 0; i < 2; i++) {
            if (k % 7 == 3)
                smap_geometry_append_null(both[i], NULL);
            else
                put_line(both[i], k, (size_t)(1 + k % 5));
        }
    }
    const smap_geometry *w = finish(whole);
    assert_int_equal(smap__builder_append(joined, first, NULL), SMAP_OK);
    assert_int_equal(smap__builder_append(joined, second, NULL), SMAP_OK);
    assert_int_equal(first->features, 15); /* as it was */
    smap_geometry_builder_free(first);
    smap_geometry_builder_free(second);
    const smap_geometry *j = finish(joined);
    assert_int_equal(j->count, w->count);
    assert_int_equal(j->coord_count, w->coord_count);
    assert_memory_equal(j->x, w->x, (size_t)w->coord_count * sizeof(double));
    assert_memory_equal(j->ring_coord, w->ring_coord, ((size_t)w->ring_count + 1) * sizeof(uint32_t));
    assert_memory_equal(j->feature_part, w->feature_part, ((size_t)w->count + 1) * sizeof(uint32_t));
    smap_geometry_free(w);
    smap_geometry_free(j);
}

/* A chunk whose first features have no z, before and behind chunks without any; collections keep the types of parts. */
static void joined_chunks_keep_z_and_types(void **state) {
    (void)state;
    static const char collection[] = "\1\7\0\0\0\1\0\0\0\1\1\0\0\0\0\0\0\0\0\0\360?\0\0\0\0\0\0\0@";
    smap_geometry_builder *flat = new_builder(), *high = new_builder(), *joined = new_builder();
    put_line(flat, 1, 2);
    smap_geometry_append_point(high, 5, 6, NULL);
    assert_int_equal(smap__builder_reserve(high, 1, 1, 1, 1, NULL), SMAP_OK);
    assert_int_equal(smap__builder_need_z(high, NULL), SMAP_OK);
    smap__builder_put_z(high, 42);
    smap__builder_put(high, 7, 8);
    smap__builder_end_ring(high);
    smap__builder_end_part(high, SMAP_GEOM_POINT);
    smap__builder_end_feature(high, SMAP_GEOM_POINT);
    assert_int_equal(smap_geometry_append_wkb(high, collection, 30, NULL), SMAP_OK);
    smap_geometry_builder *const order[] = { flat, high, flat };
    for (int i = 0; i < 3; i++) assert_int_equal(smap__builder_append(joined, order[i], NULL), SMAP_OK);
    smap_geometry_builder_free(flat);
    smap_geometry_builder_free(high);
    const smap_geometry *j = finish(joined);
    assert_int_equal(j->count, 5);
    assert_int_equal(j->coord_count, 7);
    for (int i = 0; i < 7; i++) assert_true(i == 3 ? j->z[i] == 42 : isnan(j->z[i]));
    assert_int_equal(j->type[3], SMAP_GEOM_COLLECTION);
    assert_int_equal(j->part_type[3], SMAP_GEOM_POINT);
    assert_int_equal(j->part_type[4], SMAP_GEOM_LINESTRING);
    assert_true(smap_geometry_box(j, 3).xmin == 1 && smap_geometry_box(j, 3).ymin == 2);
    smap_geometry_free(j);
}

static void references_are_counted(void **state) {
    (void)state;
    smap_geometry_builder *b = new_builder();
    smap_geometry_append_point(b, 1, 2, NULL);
    const smap_geometry *g = finish(b);
    assert_ptr_equal(smap_geometry_retain(g), g);
    smap_geometry_free(g);
    assert_true(g->x[0] == 1);
    smap_geometry_free(g);
    smap_geometry_free(NULL);
}

static void every_failing_allocation_is_survived(void **state) {
    (void)state;
    for (int64_t nth = 1; nth < 60; nth++) {
        smap_geometry_builder *b = NULL;
        const smap_geometry *g = NULL, *t = NULL;
        const int64_t rows[] = { 0, 0, 0 };
        smap__alloc_fail_at(nth, false);
        smap_status status = smap_geometry_builder_new(NULL, &b, NULL);
        for (int k = 0; status == SMAP_OK && k < 50; k++) status = smap_geometry_append_point(b, k, k, NULL);
        if (status == SMAP_OK) status = smap_geometry_builder_finish(b, &g, NULL);
        if (status == SMAP_OK) status = smap_geometry_take(g, rows, 3, &t, NULL);
        smap__alloc_fail_at(0, false);
        if (status == SMAP_OK) assert_true(t->count == 3 && t->x[2] == 0 && g->x[49] == 49);
        smap_geometry_free(t);
        smap_geometry_free(g);
        smap_geometry_builder_free(b);
    }
}

static void a_layer_keeps_its_source_ids(void **state) {
    (void)state;
    smap_column_builder *cb = NULL;
    const smap_column *column = NULL;
    const smap_table *table = NULL;
    assert_int_equal(smap_column_builder_new("n", SMAP_INT64, &cb, NULL), SMAP_OK);
    for (int k = 0; k < 3; k++) smap_column_append_int(cb, 100 + k, NULL);
    assert_int_equal(smap_column_builder_finish(cb, &column, NULL), SMAP_OK);
    smap_column_builder_free(cb);
    assert_int_equal(smap_table_new(&column, 1, 3, &table, NULL), SMAP_OK);
    smap_geometry_builder *b = new_builder();
    for (int k = 0; k < 3; k++) smap_geometry_append_point(b, k, 0, NULL);
    const smap_geometry *g = finish(b);
    const smap_layer *layer = NULL, *taken = NULL, *again = NULL;
    assert_int_equal(smap_layer_new("site", table, g, NULL, &layer, NULL), SMAP_OK);
    const int64_t rows[] = { 2, 0 }, one[] = { 0 };
    assert_int_equal(smap_layer_take(layer, rows, 2, &taken, NULL), SMAP_OK);
    assert_int_equal(taken->fid[0], 3);
    assert_int_equal(taken->fid[1], 1);
    assert_int_equal(smap_layer_take(taken, one, 1, &again, NULL), SMAP_OK);
    assert_int_equal(again->fid[0], 3);
    assert_int_equal(smap_table_at(again->table, 0)->v.i[0], 102);
    assert_string_equal(again->name, "site");
    smap_layer_free(again);
    smap_layer_free(taken);
    smap_error err = SMAP_ERROR_INIT;
    const smap_geometry *short_one = NULL;
    assert_int_equal(smap_geometry_take(g, one, 1, &short_one, NULL), SMAP_OK);
    assert_int_equal(smap_layer_new("site", table, short_one, NULL, &taken, &err), SMAP_E_ARGUMENT);
    assert_non_null(strstr(err.message, "3 rows"));
    smap_geometry_free(short_one);
    smap_layer_free(layer);
    smap_geometry_free(g);
    smap_table_free(table);
    smap_column_free(column);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points_alone_have_no_offsets),
        cmocka_unit_test(a_null_ends_the_identity),
        cmocka_unit_test(a_point_must_be_finite),
        cmocka_unit_test(a_builder_can_be_used_again),
        cmocka_unit_test(take_repeats_reorders_and_nulls),
        cmocka_unit_test(joined_chunks_equal_the_whole),
        cmocka_unit_test(joined_chunks_keep_z_and_types),
        cmocka_unit_test(references_are_counted),
        cmocka_unit_test(every_failing_allocation_is_survived),
        cmocka_unit_test(a_layer_keeps_its_source_ids),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
