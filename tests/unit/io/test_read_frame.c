/* Reading the rows of a frame by the spatial index: the same rows as from the whole, and the whole where the index
 * cannot be trusted. */
#include <sqlite3.h>

#include "geo/crs.h"
#include "geo/geom_column.h"
#include "read_fixture.h"
#include "sitemap/io.h"

enum { SIDE = 160, ROWS = SIDE * SIDE }; /* more than are read whole as a matter of course */

/* Small squares on a grid of 0.01 degrees, numbered along a walk that jumps about; every 100th has an arm that reaches
 * a degree to the east. */
static void make(fixture *f, bool with_null) {
    smap_geometry_builder *shapes = NULL;
    smap_column_builder *name = NULL, *size = NULL;
    const smap_geometry *geometry = NULL;
    const smap_column *column[2] = { NULL };
    const smap_table *table = NULL;
    const smap_layer *layer = NULL;
    const smap_crs *crs = NULL;
    smap_write_options options = SMAP_WRITE_OPTIONS_INIT;
    options.overwrite = true;
    assert_int_equal(smap_crs_new(f->ctx, "EPSG:4326", &crs, NULL), SMAP_OK);
    assert_int_equal(smap_geometry_builder_new(crs, &shapes, NULL), SMAP_OK);
    assert_int_equal(smap_column_builder_new("name", SMAP_TEXT, &name, NULL), SMAP_OK);
    assert_int_equal(smap_column_builder_new("size", SMAP_INT64, &size, NULL), SMAP_OK);
    for (int i = 0; i < ROWS; i++) {
        int k = (int)((int64_t)i * 7919 % ROWS);
        double x = 10 + k % SIDE * 0.01, y = 30 + k / SIDE * 0.01, far = i % 100 ? x + 0.004 : x + 1;
        double corner[] = { x, y, far, y, x + 0.004, y + 0.004, x, y + 0.004, x, y };
        unsigned char wkb[93] = { 1, 3, 0, 0, 0, 1, 0, 0, 0, 5, 0, 0, 0 };
        memcpy(wkb + 13, corner, sizeof corner);
        if (with_null && i == 5)
            assert_int_equal(smap_geometry_append_null(shapes, NULL), SMAP_OK);
        else
            assert_int_equal(smap_geometry_append_wkb(shapes, wkb, sizeof wkb, NULL), SMAP_OK);
        char text[32];
        int len = snprintf(text, sizeof text, "row %d", i);
        assert_int_equal(smap_column_append_text(name, text, (size_t)len, NULL), SMAP_OK);
        assert_int_equal(smap_column_append_int(size, i, NULL), SMAP_OK);
    }
    assert_int_equal(smap_geometry_builder_finish(shapes, &geometry, NULL), SMAP_OK);
    assert_int_equal(smap_column_builder_finish(name, &column[0], NULL), SMAP_OK);
    assert_int_equal(smap_column_builder_finish(size, &column[1], NULL), SMAP_OK);
    assert_int_equal(smap_table_new(column, 2, ROWS, &table, NULL), SMAP_OK);
    assert_int_equal(smap_layer_new("house", table, geometry, NULL, &layer, NULL), SMAP_OK);
    assert_int_equal(smap_write_gpkg(f->ctx, at(f, "a.gpkg"), &layer, 1, &options, NULL), SMAP_OK);
    smap_layer_free(layer);
    smap_table_free(table);
    smap_column_free(column[0]);
    smap_column_free(column[1]);
    smap_geometry_free(geometry);
    smap_geometry_builder_free(shapes);
    smap_column_builder_free(name);
    smap_column_builder_free(size);
    smap_crs_free(crs);
}

static void run_sql(const fixture *f, const char *sql) {
    sqlite3 *db = NULL;
    char *text = NULL;
    assert_int_equal(sqlite3_open(at(f, "a.gpkg"), &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &text) != SQLITE_OK) fail_msg("%s: %s", sql, text);
    sqlite3_close(db);
}

static bool wants_no_text(const void *user, const char *name) {
    (void)user;
    return strcmp(name, "name") != 0;
}

/* Read what touches a box (in EPSG:4326, or in the CRS that is given); were other rows left out? */
static bool read_box(fixture *f, smap_box box, const char *crs_name) {
    smap__source *source = NULL;
    const smap_crs *crs = NULL;
    const smap__column_choice choice = { wants_no_text, NULL, true };
    forget(f);
    assert_int_equal(smap_crs_new(f->ctx, crs_name, &crs, NULL), SMAP_OK);
    const smap__frame frame = { box, crs };
    assert_int_equal(smap__source_open(f->ctx, at(f, "a.gpkg"), NULL, &source, NULL), SMAP_OK);
    smap__source_frame(source, &frame);
    smap__source_narrow(source, &choice);
    f->last.status = smap__source_read(source, NULL, &f->last.findings, &f->last.layer, &f->last.error);
    if (f->last.status != SMAP_OK) fail_msg("%s", f->last.error.message);
    bool part = smap__source_is_part(source);
    smap__source_close(source);
    smap_crs_free(crs);
    return part;
}

/* What was read is what of the whole touches the box: ids, values and shapes. */
static void compare(fixture *f, smap_box box) {
    const smap_layer *part = smap_layer_retain(f->last.layer);
    read_good(f, "a.gpkg", NULL);
    const smap_layer *whole = f->last.layer;
    const smap_geometry *g = whole->geometry;
    int64_t at = 0;
    assert_int_equal(smap_table_rows(whole->table), ROWS);
    for (int64_t i = 0; i < g->count; i++) {
        if (g->type[i] == SMAP_GEOM_NULL || !smap__box_touches(smap_geometry_box(g, i), box)) continue;
        assert_true(at < smap_table_rows(part->table));
        assert_int_equal(part->fid[at], whole->fid[i]);
        assert_int_equal(smap_table_find(part->table, "size")->v.i[at], smap_table_find(whole->table, "size")->v.i[i]);
        smap_box a = smap_geometry_box(part->geometry, at), b = smap_geometry_box(g, i);
        assert_memory_equal(&a, &b, sizeof a);
        at++;
    }
    assert_int_equal(at, smap_table_rows(part->table));
    assert_null(smap_table_find(part->table, "name"));
    smap_layer_free(part);
}

static void the_same_rows(void **state) {
    fixture *f = *state;
    make(f, false);
    static const smap_box box[] = { { 10.305, 30.205, 10.455, 30.355 }, /* in the middle, with arms from afar */
                                    { 10.3, 30.2, 10.3, 30.2 },         /* the corner of one */
                                    { 9, 29, 10.1, 30.1 },              /* over an edge */
                                    { 10.0046, 30.0046, 10.0096, 30.0096 },
                                    { 10.2, 29, 10.25, 40 } };
    for (size_t i = 0; i < sizeof box / sizeof *box; i++) {
        assert_true(read_box(f, box[i], "EPSG:4326"));
        assert_true(rows(f) < ROWS / 6);
        assert_int_equal(f->last.findings.count, 0);
        compare(f, box[i]);
    }
    assert_true(read_box(f, (smap_box){ 50, 50, 51, 51 }, "EPSG:4326"));
    assert_int_equal(rows(f), 0);
}

/* A frame in metres: nothing of what it shows is missing. */
static void a_frame_in_metres(void **state) {
    fixture *f = *state;
    const smap_crs *degrees = NULL, *metres = NULL;
    smap_box inside = { 10.305, 30.205, 10.455, 30.355 }, box;
    make(f, false);
    assert_int_equal(smap_crs_new(f->ctx, "EPSG:4326", &degrees, NULL), SMAP_OK);
    assert_int_equal(smap_crs_new(f->ctx, "EPSG:32632", &metres, NULL), SMAP_OK);
    assert_int_equal(smap__crs_transform_box(f->ctx, degrees, metres, inside, &box, NULL), SMAP_OK);
    assert_true(read_box(f, inside, "EPSG:4326"));
    int64_t least = rows(f);
    assert_true(read_box(f, box, "EPSG:32632"));
    assert_true(rows(f) >= least && rows(f) < 2 * least);
    smap_crs_free(degrees);
    smap_crs_free(metres);
}

/* Most of the layer, rows without a shape, no index or one that has lost a row or does not fit: all is read. */
static void the_whole_where_that_is_better(void **state) {
    static const smap_box all = { 10, 30, 12, 32 }, some = { 10.305, 30.205, 10.355, 30.255 };
    fixture *f = *state;
    make(f, false);
    assert_false(read_box(f, all, "EPSG:4326"));
    compare(f, all);
    make(f, true);
    assert_false(read_box(f, some, "EPSG:4326"));
    assert_int_equal(rows(f), ROWS);
    static const char *const change[] = {
        "DELETE FROM rtree_house_geom WHERE id = 77",
        "DROP TRIGGER rtree_house_geom_insert",
        "DELETE FROM gpkg_ogr_contents",
        "UPDATE rtree_house_geom_node SET data = x'0001' WHERE nodeno = 1",
        "UPDATE rtree_house_geom_node SET data = (SELECT data FROM rtree_house_geom_node WHERE nodeno = 1)",
        "DELETE FROM rtree_house_geom_node WHERE nodeno > 1",
    };
    for (size_t i = 0; i < sizeof change / sizeof *change; i++) {
        make(f, false);
        run_sql(f, change[i]);
        if (read_box(f, some, "EPSG:4326")) fail_msg("a part after: %s", change[i]);
        assert_int_equal(rows(f), ROWS);
    }
}

/* Shapes that were moved without the index being told. */
static void a_stale_index(void **state) {
    static const smap_box some = { 10.305, 30.205, 10.355, 30.255 };
    fixture *f = *state;
    make(f, false);
    run_sql(f, "PRAGMA writable_schema = 1; DELETE FROM sqlite_schema WHERE type = 'trigger' AND name LIKE "
               "'rtree_house_geom_update%'");
    assert_true(read_box(f, some, "EPSG:4326"));
    char sql[200];
    snprintf(sql, sizeof sql, "UPDATE house SET geom = (SELECT geom FROM house WHERE fid = 1) WHERE fid = %lld",
             (long long)f->last.layer->fid[3]);
    run_sql(f, sql);
    assert_false(read_box(f, some, "EPSG:4326"));
    assert_int_equal(rows(f), ROWS);
    assert_int_equal(found(f, "spatial_index_stale", 0), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_same_rows, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(a_frame_in_metres, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(the_whole_where_that_is_better, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(a_stale_index, fixture_open, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
