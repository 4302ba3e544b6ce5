#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../ctx_help.h"
#include "base/alloc.h"
#include "base/file.h"
#include "base/path.h"
#include "base/str.h"
#include "geo/crs.h"
#include "intake/cems.h"
#include "model/json.h"

static void names_of_all_years_are_understood(void **state) {
    (void)state;
    static const struct {
        const char *name, *activation;
        int aoi;
        const char *product, *monitoring, *theme;
        char shape;
        int version;
    } cases[] = {
        { "EMSR696_AOI03_GRA_PRODUCT_builtUpP_v2.json", "EMSR696", 3, "GRA", "PRODUCT", "builtUp", 'P', 2 },
        { "a/b/EMSR696_AOI01_GRA_PRODUCT_observedEventA_v1.json", "EMSR696", 1, "GRA", "PRODUCT", "observedEvent", 'A',
          1 },
        { "EMSR696_AOI01_DEL_MONIT02_notAnalysedA_v1.shp", "EMSR696", 1, "DEL", "MONIT02", "notAnalysed", 'A', 1 },
        { "EMSR696_AOI01_FEP_PRODUCT_imageFootprintA_v1", "EMSR696", 1, "FEP", "PRODUCT", "imageFootprint", 'A', 1 },
        { "EMSR696_AOI01_GRA_PRODUCT_transportationL_v1.json", "EMSR696", 1, "GRA", "PRODUCT", "transportation", 'L',
          1 },
        { "EMSR696_aois.geojson", "EMSR696", 0, "", "PRODUCT", "areaOfInterest", 'A', 0 },
        { "EMSR401_AOI01_DEL_MONIT01_observedEventA_r1_v1.shp", "EMSR401", 1, "DEL", "MONIT01", "observedEvent", 'A',
          1 },
        { "EMSR149_02PORTOVIEJO_02GRADING_MAP_v1_settlements_point_grading.shp", "EMSR149", 2, "GRA", "PRODUCT",
          "builtUp", 'P', 1 },
        { "EMSR149_02PORTOVIEJO_02GRADING_MAP_v2_area_of_interest.shp", "EMSR149", 2, "GRA", "PRODUCT",
          "areaOfInterest", 0, 2 },
        { "EMSR147_01TOWN_DELINEATION_OVERVIEW-MONIT01_v1_crisis_information_poly.shp", "EMSR147", 1, "DEL", "MONIT01",
          "observedEvent", 'A', 1 },
        { "areaOfInterestA", "", 0, "", "PRODUCT", "areaOfInterest", 'A', 0 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        smap__cems_name n;
        if (!smap__cems_parse_name(cases[i].name, &n)) fail_msg("%s", cases[i].name);
        assert_string_equal(n.activation, cases[i].activation);
        assert_int_equal(n.aoi, cases[i].aoi);
        assert_string_equal(n.product, cases[i].product);
        assert_string_equal(n.monitoring, cases[i].monitoring);
        assert_string_equal(n.theme, cases[i].theme);
        assert_int_equal(n.shape, cases[i].shape);
        assert_int_equal(n.version, cases[i].version);
    }
    smap__cems_name n;
    assert_true(smap__cems_parse_name("EXCERPT39_EMSR696_AOI01_GRA_PRODUCT_builtUpP_v1.json", &n) && n.excerpt);
    static const char *const others[] = {
        "sites.csv",           "EMSR696.zip",        "EMSR149_02PORTOVIEJO_02GRADING_MAP_v1_vector.zip", "", "builtUp",
        "EMSR_AOI01_builtUpP", "x_EMSR696x_builtUpP"
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) assert_false(smap__cems_parse_name(others[i], &n));
}

/* ---- reading the products for the test ---- */

static void put_real(smap__str *s, double v) {
    char bytes[8];
    memcpy(bytes, &v, 8);
    smap__str_put_n(s, bytes, 8);
}

static void put_u32(smap__str *s, uint32_t v) {
    char bytes[4];
    memcpy(bytes, &v, 4);
    smap__str_put_n(s, bytes, 4);
}

static void put_geometry(smap__str *s, const smap__json *geometry) {
    const smap__json *at = smap__json_get(geometry, "coordinates");
    bool point = strcmp(smap__json_text(smap__json_get(geometry, "type"), ""), "Point") == 0;
    smap__str_put_char(s, 1);
    put_u32(s, point ? 1 : 3);
    if (point) {
        for (size_t i = 0; i < 2; i++) put_real(s, smap__json_number(smap__json_item(at, i), 0));
        return;
    }
    put_u32(s, (uint32_t)smap__json_size(at));
    for (size_t r = 0; r < smap__json_size(at); r++) {
        const smap__json *ring = smap__json_item(at, r);
        put_u32(s, (uint32_t)smap__json_size(ring));
        for (size_t i = 0; i < smap__json_size(ring); i++) {
            for (size_t k = 0; k < 2; k++)
                put_real(s, smap__json_number(smap__json_item(smap__json_item(ring, i), k), 0));
        }
    }
}

/* Properties as text columns, as a reader without types would give them. */
static const smap_layer *read_product(const char *folder, const char *name) {
    char path[512];
    smap__json_doc *doc = NULL;
    snprintf(path, sizeof path, "%s/%s/%s", SMAP_SOURCE_DIR, folder, name);
    if (!smap__path_is_file(path)) return NULL;
    assert_int_equal(smap__json_read(path, &doc, NULL), SMAP_OK);
    const smap__json *features = smap__json_get(smap__json_root(doc), "features");
    const smap__json *first = smap__json_get(smap__json_item(features, 0), "properties"), *value = NULL;
    const smap_column *column[32];
    const smap_crs *wgs84 = NULL;
    smap_geometry_builder *shapes = NULL;
    int columns = 0;
    const char *key = NULL;
    for (size_t at = 0; smap__json_member(first, &at, &key, &value);) {
        smap_column_builder *b = NULL;
        assert_int_equal(smap_column_builder_new(key, SMAP_TEXT, &b, NULL), SMAP_OK);
        for (size_t i = 0; i < smap__json_size(features); i++) {
            const smap__json *v = smap__json_get(smap__json_get(smap__json_item(features, i), "properties"), key);
            char number[32];
            snprintf(number, sizeof number, "%.15g", smap__json_number(v, 0));
            const char *text = v ? smap__json_text(v, number) : NULL;
            smap_column_append_text(b, text, text ? strlen(text) : 0, NULL);
        }
        assert_int_equal(smap_column_builder_finish(b, &column[columns++], NULL), SMAP_OK);
        smap_column_builder_free(b);
    }
    assert_int_equal(smap__crs_wgs84(ctx, &wgs84, NULL), SMAP_OK);
    assert_int_equal(smap_geometry_builder_new(wgs84, &shapes, NULL), SMAP_OK);
    for (size_t i = 0; i < smap__json_size(features); i++) {
        smap__str wkb = SMAP__STR_INIT;
        put_geometry(&wkb, smap__json_get(smap__json_item(features, i), "geometry"));
        assert_int_equal(smap_geometry_append_wkb(shapes, wkb.data, wkb.len, NULL), SMAP_OK);
        smap__str_release(&wkb);
    }
    const smap_table *table = NULL;
    const smap_geometry *geometry = NULL;
    const smap_layer *layer = NULL;
    assert_int_equal(smap_table_new(column, columns, (int64_t)smap__json_size(features), &table, NULL), SMAP_OK);
    assert_int_equal(smap_geometry_builder_finish(shapes, &geometry, NULL), SMAP_OK);
    assert_int_equal(smap_layer_new(name, table, geometry, NULL, &layer, NULL), SMAP_OK);
    for (int i = 0; i < columns; i++) smap_column_free(column[i]);
    smap_table_free(table);
    smap_geometry_free(geometry);
    smap_geometry_builder_free(shapes);
    smap_crs_free(wgs84);
    smap__json_free(doc);
    return layer;
}

static void import(const smap_layer *source, const char *name, const smap__mapping *mapping, smap__findings *findings,
                   smap__cems_name *parsed, smap__intake *out) {
    smap_error err = SMAP_ERROR_INIT;
    assert_true(smap__cems_parse_name(name, parsed));
    if (smap__cems_map(ctx, parsed, source, mapping, findings, out, &err) != SMAP_OK) fail_msg("%s", err.message);
}

static bool text_is(const smap_layer *layer, const char *column, int64_t row, const char *want) {
    const smap_column *c = smap_table_find(layer->table, column);
    size_t len = 0;
    if (smap_column_is_null(c, row)) return want == NULL;
    const char *text = smap_column_text(c, row, &len);
    return want && len == strlen(want) && memcmp(text, want, len) == 0;
}

static int64_t count(const smap_layer *layer, const char *use, const char *grade) {
    int64_t n = 0;
    for (int64_t row = 0; row < smap_table_rows(layer->table); row++) {
        n += text_is(layer, "use", row, use) && text_is(layer, "grade", row, grade);
    }
    return n;
}

/* Counts of the official table and of a plain text search in the file: 78 residential (18 damaged, 60 possibly), 21
 * unclassified (15 damaged, 6 possibly). */
static void damage_points_keep_their_words(void **state) {
    (void)state;
    const char *name = "EMSR696_AOI03_GRA_PRODUCT_builtUpP_v2.json";
    const smap_layer *source = read_product("data/derna/cems", name);
    if (!source) skip();
    smap__cems_name n;
    smap__intake in = { 0 };
    smap__findings findings = SMAP__FINDINGS_INIT;
    import(source, name, NULL, &findings, &n, &in);
    assert_string_equal(smap__cems_layer(&n), "damage");
    assert_int_equal(smap_table_rows(in.layer->table), 99);
    assert_int_equal(in.rows_rejected, 0);
    assert_int_equal(count(in.layer, "residential", "damaged"), 18);
    assert_int_equal(count(in.layer, "residential", "possibly_damaged"), 60);
    assert_int_equal(count(in.layer, "unclassified", "damaged"), 15);
    assert_int_equal(count(in.layer, "unclassified", "possibly_damaged"), 6);
    assert_true(text_is(in.layer, "damage_id", 0, "EMSR696_AOI03_GRA_builtUpP_00001"));
    assert_true(text_is(in.layer, "damage_id", 98, "EMSR696_AOI03_GRA_builtUpP_00099"));
    assert_true(text_is(in.layer, "scale", 0, "cems_2019"));
    assert_true(text_is(in.layer, "grade_source", 0, "Possibly damaged"));
    assert_true(text_is(in.layer, "use_source", 0, "995-Unclassified"));
    assert_true(text_is(in.layer, "method", 0, "satellite"));
    assert_true(text_is(in.layer, "completeness", 0, "complete"));
    assert_true(text_is(in.layer, "product", 0, "GRA_PRODUCT"));
    assert_true(text_is(in.layer, "source", 0, "© European Union, Copernicus Emergency Management Service, EMSR696"));
    assert_int_equal(smap_table_find(in.layer->table, "severity_low")->v.i[0], 0);
    assert_int_equal(smap_table_find(in.layer->table, "severity_high")->v.i[0], 3);
    assert_int_equal(smap_table_find(in.layer->table, "version")->v.i[0], 2);
    assert_int_equal(findings.by_severity[SMAP__WARNING], 0);
    assert_int_equal(findings.by_severity[SMAP__REJECTED], 0);
    smap__intake_release(&in);
    smap__findings_release(&findings);
    smap_layer_free(source);
}

static void events_are_hazards_with_the_areas_stated(void **state) {
    (void)state;
    const char *name = "EMSR696_AOI01_GRA_PRODUCT_observedEventA_v1.json";
    const smap_layer *source = read_product("data/derna/cems", name);
    if (!source) skip();
    smap__cems_name n;
    smap__intake in = { 0 };
    import(source, name, NULL, NULL, &n, &in);
    int64_t rows = smap_table_rows(in.layer->table);
    assert_int_equal(rows, 26);
    double area[64], flooded = 0, trace = 0, stated = 0;
    assert_int_equal(smap_geometry_areas_m2(ctx, in.layer->geometry, area, NULL), SMAP_OK);
    for (int64_t i = 0; i < rows; i++) {
        assert_true(text_is(in.layer, "hazard", i, "flood"));
        if (text_is(in.layer, "class", i, "flooded_area")) flooded += area[i] / 1e4;
        if (text_is(in.layer, "class", i, "flood_trace")) trace += area[i] / 1e4;
        stated += smap_table_find(in.layer->table, "area_source_ha")->v.f[i];
    }
    assert_true(fabs(flooded - 21.34) < 0.02);
    assert_true(fabs(trace - 602.7) < 0.5);
    assert_true(fabs(stated - 624.01) < 0.05);
    smap__intake_release(&in);
    smap_layer_free(source);
}

static void areas_that_were_not_produced_say_so(void **state) {
    (void)state;
    const char *name = "EMSR696_aois.geojson";
    const smap_layer *source = read_product("data/derna/cems", name);
    if (!source) skip();
    smap__cems_name n;
    smap__intake in = { 0 };
    import(source, name, NULL, NULL, &n, &in);
    assert_int_equal(smap_table_rows(in.layer->table), 8);
    for (int64_t i = 0; i < 8; i++) {
        int64_t aoi = smap_table_find(in.layer->table, "aoi")->v.i[i];
        char key[64];
        snprintf(key, sizeof key, "EMSR696_AOI%02d_areaOfInterest_1", (int)aoi);
        assert_true(text_is(in.layer, "coverage_id", i, key));
        assert_true(text_is(in.layer, "kind", i, "area_of_interest"));
        assert_true(text_is(in.layer, "status", i, aoi == 6 || aoi == 8 ? "not_produced" : "produced"));
    }
    /* Dates go from the images to what was seen on them. */
    const char *points = "EMSR696_AOI03_GRA_PRODUCT_builtUpP_v2.json";
    const smap_layer *source_points = read_product("data/derna/cems", points), *dated = NULL;
    smap__intake damage = { 0 };
    int64_t filled = 0;
    import(source_points, points, NULL, NULL, &n, &damage);
    assert_int_equal(smap__cems_fill_dates(damage.layer, in.layer, &dated, &filled, NULL), SMAP_OK);
    assert_int_equal(filled, 99);
    assert_int_equal(smap_table_find(dated->table, "date")->v.i[0], smap__days_from_civil(2023, 9, 13));
    smap_layer_free(dated);
    smap__intake_release(&damage);
    smap__intake_release(&in);
    smap_layer_free(source_points);
    smap_layer_free(source);
}

static void settings_reach_the_layer_they_belong_to(void **state) {
    (void)state;
    const char *points = "EMSR696_AOI03_GRA_PRODUCT_builtUpP_v2.json", *list = "EMSR696_aois.geojson";
    const smap_layer *a = read_product("data/derna/cems", points), *b = read_product("data/derna/cems", list);
    if (!a || !b) skip();
    smap__pair set[] = { { "completeness", "excerpt" } }, wrong[] = { { "completness", "excerpt" } };
    smap__mapping mapping = { NULL, 0, set, 1 }, bad = { NULL, 0, wrong, 1 };
    smap__cems_name n;
    smap__intake in = { 0 };
    smap_error err = SMAP_ERROR_INIT;
    import(a, points, &mapping, NULL, &n, &in);
    assert_true(text_is(in.layer, "completeness", 5, "excerpt"));
    smap__intake_release(&in);
    import(b, list, &mapping, NULL, &n, &in);
    smap__intake_release(&in);
    assert_int_equal(smap__cems_map(ctx, &n, b, &bad, NULL, &in, &err), SMAP_E_NOT_FOUND);
    assert_non_null(strstr(err.message, "completness"));
    smap_layer_free(a);
    smap_layer_free(b);
}

static void later_versions_replace_earlier_ones(void **state) {
    (void)state;
    const char *name = "EMSR696_AOI03_GRA_PRODUCT_builtUpP_v2.json";
    const smap_layer *source = read_product("data/derna/cems", name), *few = NULL, *kept = NULL;
    if (!source) skip();
    smap__cems_name two, one, three, monitoring;
    smap__intake all = { 0 }, some = { 0 };
    int64_t rows[40], dropped = -1;
    smap_error err = SMAP_ERROR_INIT;
    for (int i = 0; i < 40; i++) rows[i] = i;
    assert_int_equal(smap_layer_take(source, rows, 40, &few, NULL), SMAP_OK);
    import(source, name, NULL, NULL, &two, &all);
    import(few, name, NULL, NULL, &two, &some);
    assert_true(smap__cems_parse_name("EMSR696_AOI03_GRA_PRODUCT_builtUpP_v1.json", &one));
    assert_true(smap__cems_parse_name("EMSR696_AOI03_GRA_PRODUCT_builtUpP_v3.json", &three));
    assert_true(smap__cems_parse_name("EMSR696_AOI03_GRA_MONIT01_builtUpP_v3.json", &monitoring));
    assert_int_equal(smap__cems_supersede(ctx, &three, NULL, all.layer, &kept, &dropped, NULL), SMAP_OK);
    assert_int_equal(dropped, 99);
    smap_layer_free(kept);
    assert_int_equal(smap__cems_supersede(ctx, &monitoring, NULL, all.layer, &kept, &dropped, NULL), SMAP_OK);
    assert_int_equal(dropped, 0);
    smap_layer_free(kept);
    /* The same version again, with fewer rows: those that it no longer has go, the others stay to be updated. */
    assert_int_equal(smap__cems_supersede(ctx, &two, some.layer, all.layer, &kept, &dropped, NULL), SMAP_OK);
    assert_int_equal(dropped, 59);
    smap_layer_free(kept);
    kept = NULL;
    assert_int_equal(smap__cems_supersede(ctx, &one, NULL, all.layer, &kept, &dropped, &err), SMAP_E_EXISTS);
    assert_null(kept);
    assert_non_null(strstr(err.message, "version 2"));
    smap__intake_release(&all);
    smap__intake_release(&some);
    smap_layer_free(few);
    smap_layer_free(source);
}

/* A made-up product of 2016, and words that nobody knows. */
static void old_words_and_unknown_ones(void **state) {
    (void)state;
    static const char *const grade[] = { "Highly Damaged", "Completely Destroyed", "Squashed" };
    static const char *const type[] = { "Residential", "1263-School, university and research buildings", "Palace" };
    const smap_column *column[2];
    smap_column_builder *a = NULL, *b = NULL;
    const smap_table *table = NULL;
    const smap_layer *source = NULL;
    smap_column_builder_new("grading", SMAP_TEXT, &a, NULL);
    smap_column_builder_new("obj_type", SMAP_TEXT, &b, NULL);
    for (int i = 0; i < 3; i++) {
        smap_column_append_text(a, grade[i], strlen(grade[i]), NULL);
        smap_column_append_text(b, type[i], strlen(type[i]), NULL);
    }
    smap_column_builder_finish(a, &column[0], NULL);
    smap_column_builder_finish(b, &column[1], NULL);
    smap_table_new(column, 2, 3, &table, NULL);
    smap_layer_new("old", table, NULL, NULL, &source, NULL);
    smap__cems_name n;
    smap__intake in = { 0 };
    smap__findings findings = SMAP__FINDINGS_INIT;
    import(source, "EMSR149_02PORTOVIEJO_02GRADING_MAP_v1_settlements_point_grading.shp", NULL, &findings, &n, &in);
    assert_true(text_is(in.layer, "scale", 0, "cems_2016"));
    assert_true(text_is(in.layer, "grade", 0, "highly_damaged"));
    assert_true(text_is(in.layer, "grade", 1, "completely_destroyed"));
    assert_true(text_is(in.layer, "use", 1, "school"));
    assert_true(text_is(in.layer, "grade", 2, NULL));
    assert_true(text_is(in.layer, "grade_source", 2, "Squashed"));
    assert_true(text_is(in.layer, "use_source", 2, "Palace"));
    bool grade_said = false, use_said = false;
    for (size_t i = 0; i < findings.count; i++) {
        grade_said = grade_said || (strcmp(findings.items[i].code, "grade_unknown") == 0 && findings.items[i].row == 3);
        use_said = use_said || strcmp(findings.items[i].code, "use_unknown") == 0;
    }
    assert_true(grade_said && use_said);
    smap__intake_release(&in);
    smap__findings_release(&findings);
    smap_layer_free(source);
    smap_table_free(table);
    smap_column_free(column[0]);
    smap_column_free(column[1]);
    smap_column_builder_free(a);
    smap_column_builder_free(b);
}

/* Every allocation of translating, superseding and merging fails once. */
static void want_of_memory_is_survived(void **state) {
    (void)state;
    const char *name = "EMSR696_AOI03_GRA_PRODUCT_builtUpP_v2.json";
    const smap_layer *source = read_product("data/derna/cems", name), *few = NULL;
    if (!source) skip();
    int64_t rows[5] = { 0, 1, 2, 50, 98 };
    assert_int_equal(smap_layer_take(source, rows, 5, &few, NULL), SMAP_OK);
    smap__cems_name n;
    const smap__schema *schema = NULL;
    assert_true(smap__cems_parse_name(name, &n));
    assert_int_equal(smap__schema_get(ctx, "damage", &schema, NULL), SMAP_OK);
    bool whole = false;
    for (int64_t nth = 1; !whole; nth += 5) {
        smap__intake in = { 0 };
        smap__findings findings = SMAP__FINDINGS_INIT;
        const smap_layer *kept = NULL, *merged = NULL;
        int64_t dropped = 0, added = 0, updated = 0;
        smap__alloc_fail_at(nth, false);
        smap_status status = smap__cems_map(ctx, &n, few, NULL, &findings, &in, NULL);
        if (status == SMAP_OK) status = smap__cems_supersede(ctx, &n, in.layer, in.layer, &kept, &dropped, NULL);
        if (status == SMAP_OK) {
            status = smap__intake_merge(ctx, schema, kept, in.layer, &findings, &merged, &added, &updated, NULL);
        }
        smap__alloc_fail_at(0, false);
        if (status == SMAP_OK) {
            assert_int_equal(updated, 5);
            assert_int_equal(smap_table_rows(merged->table), 5);
            whole = nth > 100;
        }
        smap_layer_free(kept);
        smap_layer_free(merged);
        smap__intake_release(&in);
        smap__findings_release(&findings);
        assert_true(nth < 100000);
    }
    smap_layer_free(few);
    smap_layer_free(source);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_of_all_years_are_understood),
        cmocka_unit_test(damage_points_keep_their_words),
        cmocka_unit_test(events_are_hazards_with_the_areas_stated),
        cmocka_unit_test(areas_that_were_not_produced_say_so),
        cmocka_unit_test(settings_reach_the_layer_they_belong_to),
        cmocka_unit_test(later_versions_replace_earlier_ones),
        cmocka_unit_test(old_words_and_unknown_ones),
        cmocka_unit_test(want_of_memory_is_survived),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
