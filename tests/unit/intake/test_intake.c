#include <math.h>
#include <stdlib.h>

#include "../ctx_help.h"
#include "base/alloc.h"
#include "base/str.h"
#include "col/cell.h"
#include "geo/crs.h"
#include "intake/garbled.h"
#include "intake/intake.h"
#include "intake/wkt.h"
#include "source_table.h"

static const smap__schema *schema_of(const char *name) {
    const smap__schema *schema = NULL;
    assert_int_equal(smap__schema_get(ctx, name, &schema, NULL), SMAP_OK);
    return schema;
}

typedef struct run {
    const smap_layer *source;
    smap__findings findings;
    smap__intake in;
} run;

static run import(const char *csv, const char *layer, const smap__mapping *mapping) {
    run r = { source_from_csv(csv, strlen(csv), ','), SMAP__FINDINGS_INIT, { 0 } };
    smap_error err = SMAP_ERROR_INIT;
    if (smap__intake_map(ctx, r.source, schema_of(layer), mapping, &r.findings, &r.in, &err) != SMAP_OK) {
        fail_msg("%s", err.message);
    }
    assert_int_equal(r.in.rows_in, smap_table_rows(r.in.layer->table) + r.in.rows_rejected);
    assert_int_equal(r.findings.by_severity[SMAP__REJECTED], r.in.rows_rejected);
    return r;
}

static void drop(run *r) {
    smap__intake_release(&r->in);
    smap__findings_release(&r->findings);
    smap_layer_free(r->source);
}

static const smap__finding *find(const run *r, const char *code) {
    for (size_t i = 0; i < r->findings.count; i++) {
        if (strcmp(r->findings.items[i].code, code) == 0) return &r->findings.items[i];
    }
    return NULL;
}

static smap_status try_import(const char *csv, const char *layer, const smap__mapping *mapping, smap_error *err) {
    const smap_layer *source = source_from_csv(csv, strlen(csv), ',');
    smap__intake in = { 0 };
    smap_status status = smap__intake_map(ctx, source, schema_of(layer), mapping, NULL, &in, err);
    if (status != SMAP_OK) assert_null(in.layer);
    smap__intake_release(&in);
    smap_layer_free(source);
    return status;
}

static void wrong_options_are_told(void **state) {
    (void)state;
    static const struct {
        smap__pair map, set;
        smap_status status;
        const char *words[2];
    } cases[] = {
        { { "Nme", "name_en" }, { NULL, NULL }, SMAP_E_NOT_FOUND, { "\"Nme\"", "site_id, Name" } },
        { { "Name", "nam" }, { NULL, NULL }, SMAP_E_NOT_FOUND, { "\"nam\"", "name_en" } },
        { { "Name", "name_en" }, { "name_en", "x" }, SMAP_E_ARGUMENT, { "name_en", "--set" } },
        { { "Name", "name_en" }, { "capacity", "many" }, SMAP_E_ARGUMENT, { "capacity=many", "not a number" } },
        { { "Name", "name_en" }, { "capasity", "1" }, SMAP_E_NOT_FOUND, { "capasity", "capacity" } },
        { { "Name", "name_en" }, { "country", "XYZ" }, SMAP_E_NOT_FOUND, { "XYZ", "LBY" } },
        { { "Name", "name_en" }, { "date_order", "ymd" }, SMAP_E_ARGUMENT, { "date_order", "dmy" } },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        smap_error err = SMAP_ERROR_INIT;
        smap__mapping m = { &cases[i].map, 1, &cases[i].set, cases[i].set.key ? 1 : 0 };
        assert_int_equal(try_import("site_id,Name\nS1,A\n", "site", &m, &err), cases[i].status);
        for (int k = 0; k < 2; k++) {
            if (!strstr(err.message, cases[i].words[k])) fail_msg("%s: %s", cases[i].words[k], err.message);
        }
    }
    smap_error err = SMAP_ERROR_INIT;
    assert_int_equal(try_import("Number,Name\n1,A\n", "site", NULL, &err), SMAP_E_SCHEMA);
    assert_non_null(strstr(err.message, "site_id"));
    assert_non_null(strstr(err.message, "Number, Name"));
    smap__pair twice[] = { { "Number", "site_id" }, { "Name", "site_id" } };
    smap__mapping both = { twice, 2, NULL, 0 };
    assert_int_equal(try_import("Number,Name\n1,A\n", "site", &both, &err), SMAP_E_ARGUMENT);
}

static void every_row_is_kept_or_named(void **state) {
    (void)state;
    run r = import("site_id,capacity,lat,lon\n"
                   "S1,10,32.8,13.1\n"
                   ",20,32.8,13.1\n"
                   " , ,,\n"
                   "S2,x,91,13.1\n"
                   "S3,x,,\n",
                   "site", NULL);
    assert_int_equal(r.in.rows_in, 4);
    assert_int_equal(r.in.rows_rejected, 2);
    assert_int_equal(find(&r, "row_blank")->row, 4);
    assert_int_equal(find(&r, "required_missing")->row, 3);
    assert_int_equal(find(&r, "coordinate_out_of_range")->row, 5);
    assert_string_equal(find(&r, "number_unreadable")->value, "x");
    for (size_t i = 1; i < r.findings.count; i++) assert_true(r.findings.items[i - 1].row <= r.findings.items[i].row);
    assert_int_equal(r.in.layer->fid[0], 2);
    assert_int_equal(r.in.layer->fid[1], 6);
    drop(&r);
}

static void what_is_sensitive_is_masked(void **state) {
    (void)state;
    run r = import("household_id,head_age,head_sex,lat,lon\nHH-SECRET-1,999,femmale,48.8,2.3\n", "household", NULL);
    assert_non_null(find(&r, "number_too_large"));
    assert_non_null(find(&r, "value_unknown"));
    assert_non_null(strstr(find(&r, "outside_country")->message, "--set country=any"));
    for (size_t i = 0; i < r.findings.count; i++) {
        const smap__finding *f = &r.findings.items[i];
        assert_null(strstr(f->value, "999"));
        assert_null(strstr(f->message, "999"));
        assert_null(strstr(f->message, "female"));
        assert_null(strstr(f->value, "48.8"));
        assert_null(strstr(f->message, "48.8"));
    }
    const smap_layer *merged = NULL, *empty = NULL;
    int64_t added = 0, updated = 0;
    run twice = import("household_id\nHH-SECRET-1\nhh-secret-1\n", "household", NULL);
    assert_int_equal(smap_layer_take(twice.in.layer, NULL, 0, &empty, NULL), SMAP_OK);
    assert_int_equal(smap__intake_merge(ctx, schema_of("household"), empty, twice.in.layer, &twice.findings, &merged,
                                        &added, &updated, NULL),
                     SMAP_OK);
    const smap__finding *f = find(&twice, "key_duplicate");
    assert_non_null(f);
    assert_null(strstr(f->value, "SECRET"));
    assert_null(strstr(f->message, "secret"));
    smap_layer_free(empty);
    smap_layer_free(merged);
    drop(&twice);
    drop(&r);
}

/* ---- shapes ---- */

static const smap_layer *shapes_source(const char *const *wkt, int count, const char *crs_name) {
    const smap_crs *crs = NULL;
    smap_geometry_builder *b = NULL;
    smap_column_builder *ids = NULL;
    const smap_geometry *g = NULL;
    const smap_column *id = NULL;
    const smap_table *table = NULL;
    const smap_layer *layer = NULL;
    assert_int_equal(smap_crs_new(ctx, crs_name, &crs, NULL), SMAP_OK);
    assert_int_equal(smap_geometry_builder_new(crs, &b, NULL), SMAP_OK);
    assert_int_equal(smap_column_builder_new("id", SMAP_INT64, &ids, NULL), SMAP_OK);
    for (int i = 0; i < count; i++) {
        smap__str wkb = SMAP__STR_INIT;
        smap_column_append_int(ids, i + 1, NULL);
        if (wkt[i]) {
            assert_true(smap__wkt_to_wkb(wkt[i], strlen(wkt[i]), &wkb));
            assert_int_equal(smap_geometry_append_wkb(b, wkb.data, wkb.len, NULL), SMAP_OK);
        } else {
            assert_int_equal(smap_geometry_append_null(b, NULL), SMAP_OK);
        }
        smap__str_release(&wkb);
    }
    assert_int_equal(smap_geometry_builder_finish(b, &g, NULL), SMAP_OK);
    assert_int_equal(smap_column_builder_finish(ids, &id, NULL), SMAP_OK);
    assert_int_equal(smap_table_new(&id, 1, count, &table, NULL), SMAP_OK);
    assert_int_equal(smap_layer_new("shapes", table, g, NULL, &layer, NULL), SMAP_OK);
    smap_table_free(table);
    smap_column_free(id);
    smap_geometry_free(g);
    smap_column_builder_free(ids);
    smap_geometry_builder_free(b);
    smap_crs_free(crs);
    return layer;
}

static run import_shapes(const char *const *wkt, int count, const char *crs, const char *layer,
                         const smap__mapping *mapping) {
    run r = { shapes_source(wkt, count, crs), SMAP__FINDINGS_INIT, { 0 } };
    smap_error err = SMAP_ERROR_INIT;
    if (smap__intake_map(ctx, r.source, schema_of(layer), mapping, &r.findings, &r.in, &err) != SMAP_OK) {
        fail_msg("%s", err.message);
    }
    return r;
}

static void shapes_are_checked_repaired_and_fitted(void **state) {
    (void)state;
    static const char *const wkt[] = {
        "POLYGON ((13 32, 14 33, 14 32, 13 33, 13 32))", /* a bow-tie */
        "POLYGON ((13 32, 14 32, 14 33, 13 33, 13 32))", NULL, "POINT (13.5 32.5)", "LINESTRING (13 32, 14 33)",
    };
    run r = import_shapes(wkt, 5, "EPSG:4326", "building", NULL);
    assert_int_equal(r.in.rows_rejected, 1);
    assert_int_equal(find(&r, "geometry_type")->row, 5);
    assert_int_equal(find(&r, "position_missing")->row, 3);
    const smap__finding *repaired = find(&r, "geometry_repaired");
    assert_int_equal(repaired->row, 1);
    assert_non_null(strstr(repaired->message, "area went from"));
    /* The two triangles are a half of the square beside it. */
    double area[5];
    assert_int_equal(smap_geometry_areas_m2(ctx, r.in.layer->geometry, area, NULL), SMAP_OK);
    assert_true(fabs(area[0] / area[1] - 0.5) < 0.005);
    assert_int_equal(r.in.layer->geometry->type[2], SMAP_GEOM_NULL);
    assert_int_equal(r.in.layer->geometry->type[3], SMAP_GEOM_POINT);
    drop(&r);
}

static void polygons_become_points_where_points_are_needed(void **state) {
    (void)state;
    static const char *const wkt[] = { "POLYGON ((13 32, 14 32, 14 33, 13 33, 13 32))", "POINT (13.5 32.5)" };
    run r = import_shapes(wkt, 2, "EPSG:4326", "service", NULL);
    const smap_geometry *g = r.in.layer->geometry;
    assert_non_null(find(&r, "polygon_to_point"));
    assert_int_equal(g->type[0], SMAP_GEOM_POINT);
    assert_true(g->x[0] > 13 && g->x[0] < 14 && g->y[0] > 32 && g->y[0] < 33);
    drop(&r);
}

static void other_reference_systems_come_to_degrees(void **state) {
    (void)state;
    /* Derna's teaching hospital, 22.641 E 32.754 N, in UTM zone 34 north by the series of Krueger, worked out
     * elsewhere. */
    static const char *const wkt[] = { "POINT (653728.16 3625207.16)", "POINT (1e12 0)" };
    run r = import_shapes(wkt, 2, "EPSG:32634", "building", NULL);
    const smap_geometry *g = r.in.layer->geometry;
    assert_true(fabs(g->x[0] - 22.641) < 1e-7 && fabs(g->y[0] - 32.754) < 1e-7);
    assert_int_equal(r.in.rows_rejected, 1);
    assert_int_equal(find(&r, "coordinate_out_of_range")->row, 2);
    drop(&r);
}

static void well_known_text_is_read_or_refused(void **state) {
    (void)state;
    static const char *const good[] = {
        "POINT(1 2)",
        "point m (1 2 3)",
        "POINTZM(1 2 3 4)",
        "LINESTRING EMPTY",
        "POLYGON((0 0,1 0,1 1,0 0),(0 0,1 0,1 1,0 0))",
        "MULTIPOINT(1 2, 3 4)",
        "MULTIPOINT((1 2),(3 4))",
        "MULTIPOLYGON(((0 0,1 0,1 1,0 0)))",
        "GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(1 2,3 4))",
        "POINT(1 2 3)",
    };
    static const char *const bad[] = { "",
                                       "POINT",
                                       "POINT()",
                                       "POINT(1,2)",
                                       "POINT(1 2",
                                       "POINT(1 2))",
                                       "POLYGON(0 0,1 1)",
                                       "LINESTRING(1 2, 3 4 5)",
                                       "CIRCLE(1 2)",
                                       "POINT EMPTY",
                                       "POINT(1 x)" };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        smap__str wkb = SMAP__STR_INIT;
        smap_geometry_builder *b = NULL;
        if (!smap__wkt_to_wkb(good[i], strlen(good[i]), &wkb)) fail_msg("%s", good[i]);
        assert_int_equal(smap_geometry_builder_new(NULL, &b, NULL), SMAP_OK);
        if (smap_geometry_append_wkb(b, wkb.data, wkb.len, NULL) != SMAP_OK) fail_msg("%s", good[i]);
        smap_geometry_builder_free(b);
        smap__str_release(&wkb);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        smap__str wkb = SMAP__STR_INIT;
        if (smap__wkt_to_wkb(bad[i], strlen(bad[i]), &wkb)) fail_msg("%s", bad[i]);
        smap__str_release(&wkb);
    }
}

/* ---- merging ---- */

static const smap_layer *merge(const smap_layer *old, const smap_layer *fresh, const char *layer, int64_t *added,
                               int64_t *updated) {
    const smap_layer *out = NULL;
    smap_error err = SMAP_ERROR_INIT;
    if (smap__intake_merge(ctx, schema_of(layer), old, fresh, NULL, &out, added, updated, &err) != SMAP_OK) {
        fail_msg("%s", err.message);
    }
    return out;
}

static void a_key_updates_and_keeps_its_place(void **state) {
    (void)state;
    run a = import("site_id,capacity,lat,lon\nS1,10,32.8,13.1\nS2,20,32.8,13.2\n", "site", NULL);
    run b = import("site_id,capacity,lat,lon\ns2 ,25,32.8,13.3\nS3,30,,\n", "site", NULL);
    int64_t added = 0, updated = 0;
    const smap_layer *none = NULL, *first = NULL, *second = NULL;
    assert_int_equal(smap_layer_take(a.in.layer, NULL, 0, &none, NULL), SMAP_OK);
    first = merge(none, a.in.layer, "site", &added, &updated);
    assert_int_equal(added, 2);
    second = merge(first, b.in.layer, "site", &added, &updated);
    assert_int_equal(added, 1);
    assert_int_equal(updated, 1);
    assert_int_equal(smap_table_rows(second->table), 3);
    for (int64_t i = 0; i < 3; i++) assert_int_equal(second->fid[i], i + 1);
    const smap_column *capacity = smap_table_find(second->table, "capacity");
    assert_int_equal(capacity->v.i[0], 10);
    assert_int_equal(capacity->v.i[1], 25);
    assert_int_equal(capacity->v.i[2], 30);
    assert_true(second->geometry->x[1] == 13.3);
    assert_int_equal(second->geometry->type[2], SMAP_GEOM_NULL);
    smap_layer_free(none);
    smap_layer_free(first);
    smap_layer_free(second);
    drop(&a);
    drop(&b);
}

/* Feature ids as high as they go, as a hand or a program may have set them. */
static void no_id_is_left_for_new_rows(void **state) {
    (void)state;
    run a = import("site_id,lat,lon\nS1,32.8,13.1\n", "site", NULL);
    run b = import("site_id,lat,lon\nS1,32.8,13.2\nS2,32.8,13.3\n", "site", NULL);
    int64_t added = 0, updated = 0;
    for (int room = 0; room < 2; room++) {
        const int64_t fid = INT64_MAX - room;
        const smap_layer *old = NULL, *out = NULL;
        smap_error err = SMAP_ERROR_INIT;
        assert_int_equal(smap_layer_new("site", a.in.layer->table, a.in.layer->geometry, &fid, &old, NULL), SMAP_OK);
        smap_status status =
            smap__intake_merge(ctx, schema_of("site"), old, b.in.layer, NULL, &out, &added, &updated, &err);
        if (room) {
            assert_int_equal(status, SMAP_OK);
            assert_true(out->fid[1] == INT64_MAX);
        } else {
            assert_int_equal(status, SMAP_E_LIMIT);
            assert_non_null(strstr(err.message, "9223372036854775807"));
        }
        smap_layer_free(old);
        smap_layer_free(out);
    }
    drop(&a);
    drop(&b);
}

static void an_update_changes_what_it_brings(void **state) {
    (void)state;
    static const smap__pair set[] = { { "source", "August" } };
    static const smap__mapping mapping = { NULL, 0, set, 1 };
    run a = import("site_id,name_en,capacity,lat,lon\nS1,One,10,32.8,13.1\nS2,Two,20,32.8,13.2\n", "site", NULL);
    run b = import("site_id,capacity\nS2,\nS3,30\n", "site", &mapping);
    int64_t added = 0, updated = 0;
    const smap_layer *none = NULL, *first = NULL, *second = NULL;
    assert_int_equal(smap_layer_take(a.in.layer, NULL, 0, &none, NULL), SMAP_OK);
    first = merge(none, a.in.given, "site", &added, &updated);
    second = merge(first, b.in.given, "site", &added, &updated);
    assert_int_equal(added, 1);
    assert_int_equal(updated, 1);
    const smap_column *name = smap_table_find(second->table, "name_en"),
                      *capacity = smap_table_find(second->table, "capacity"),
                      *source = smap_table_find(second->table, "source");
    assert_true(smap__cell_is(name, 0, "One") && smap__cell_is(name, 1, "Two") && smap_column_is_null(name, 2));
    assert_true(capacity->v.i[0] == 10 && smap_column_is_null(capacity, 1) && capacity->v.i[2] == 30);
    assert_true(smap_column_is_null(source, 0) && smap__cell_is(source, 1, "August"));
    assert_true(second->geometry->x[1] == 13.2);
    assert_int_equal(second->geometry->type[2], SMAP_GEOM_NULL);
    smap_layer_free(none);
    smap_layer_free(first);
    smap_layer_free(second);
    drop(&a);
    drop(&b);
}

static void rows_without_a_key_are_counted_once(void **state) {
    (void)state;
    run a = import("org,sector,pcode\nA,WASH,LY01\nA,WASH,LY01\nB,WASH,LY01\n", "activity", NULL);
    int64_t added = 0, updated = 0;
    const smap_layer *none = NULL, *first = NULL, *second = NULL;
    assert_int_equal(smap_layer_take(a.in.layer, NULL, 0, &none, NULL), SMAP_OK);
    first = merge(none, a.in.given, "activity", &added, &updated);
    assert_int_equal(added, 3);
    second = merge(first, a.in.given, "activity", &added, &updated);
    assert_int_equal(added, 0);
    assert_int_equal(smap_table_rows(second->table), 3);
    smap_layer_free(none);
    smap_layer_free(first);
    smap_layer_free(second);
    drop(&a);
}

static void text_is_only_garbled_where_it_is(void **state) {
    (void)state;
    static const char *const fine[] = { "Darnah", "Café", "Zürich – Bern", "مخيم", "São João", "Ægir",
                                        "naïve",  "µ",    "Ab\u00A0c" };
    for (size_t i = 0; i < sizeof fine / sizeof *fine; i++) {
        if (smap__is_garbled(fine[i], strlen(fine[i]), NULL)) fail_msg("%s", fine[i]);
    }
    smap__str before = SMAP__STR_INIT;
    assert_true(smap__is_garbled("Ã©cole", strlen("Ã©cole"), &before));
    assert_string_equal(before.data, "école");
    smap__str_release(&before);
}

/* Every allocation of an import fails once: an error or an answer, never a crash or half an answer. */
static void want_of_memory_is_survived(void **state) {
    (void)state;
    static const char csv[] = "site_id,Type,opened,lat,lon\nS1,School,13/09/2023,32.8,13.1\nS2,x,03/04/2024,0,0\n";
    const smap_layer *source = source_from_csv(csv, strlen(csv), ',');
    bool whole = false;
    for (int64_t nth = 1; !whole; nth += 3) {
        smap__findings findings = SMAP__FINDINGS_INIT;
        smap__intake in = { 0 };
        smap__alloc_fail_at(nth, false);
        smap_status status = smap__intake_map(ctx, source, schema_of("site"), NULL, &findings, &in, NULL);
        smap__alloc_fail_at(0, false);
        if (status == SMAP_OK) {
            whole = in.rows_rejected == 1 && smap_table_rows(in.layer->table) == 1;
        } else {
            assert_null(in.layer);
        }
        smap__intake_release(&in);
        smap__findings_release(&findings);
        assert_true(nth < 20000);
    }
    smap_layer_free(source);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wrong_options_are_told),
        cmocka_unit_test(every_row_is_kept_or_named),
        cmocka_unit_test(what_is_sensitive_is_masked),
        cmocka_unit_test(shapes_are_checked_repaired_and_fitted),
        cmocka_unit_test(polygons_become_points_where_points_are_needed),
        cmocka_unit_test(other_reference_systems_come_to_degrees),
        cmocka_unit_test(well_known_text_is_read_or_refused),
        cmocka_unit_test(a_key_updates_and_keeps_its_place),
        cmocka_unit_test(an_update_changes_what_it_brings),
        cmocka_unit_test(no_id_is_left_for_new_rows),
        cmocka_unit_test(rows_without_a_key_are_counted_once),
        cmocka_unit_test(text_is_only_garbled_where_it_is),
        cmocka_unit_test(want_of_memory_is_survived),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
