/* The note of sources: each source once, whether rows name one of them or several. */
#include "job/map_texts.h"

#include <stdlib.h>
#include <string.h>

#include "../cmocka_all.h"
#include "col/rows.h"

/* A table of the one column `source`. */
static const smap_table *table_of(const char *const *source, int rows) {
    static const smap__rows_column columns[] = { { "source", SMAP_TEXT } };
    const smap_table *table = NULL;
    smap__rows made;
    smap__rows_init(&made, columns, 1);
    for (int i = 0; i < rows; i++) smap__rows_text(&made, source[i]);
    assert_int_equal(smap__rows_finish(&made, &table, NULL), SMAP_OK);
    return table;
}

/* Features of these sources, all in one place. */
static const smap_layer *layer_of(const char *const *source, int rows) {
    const smap_table *table = table_of(source, rows);
    const smap_geometry *geometry = NULL;
    const smap_layer *layer = NULL;
    smap_geometry_builder *b = NULL;
    assert_int_equal(smap_geometry_builder_new(NULL, &b, NULL), SMAP_OK);
    for (int i = 0; i < rows; i++) assert_int_equal(smap_geometry_append_point(b, 22.5, 32.5, NULL), SMAP_OK);
    assert_int_equal(smap_geometry_builder_finish(b, &geometry, NULL), SMAP_OK);
    assert_int_equal(smap_layer_new("site", table, geometry, NULL, &layer, NULL), SMAP_OK);
    smap_geometry_builder_free(b);
    smap_geometry_free(geometry);
    smap_table_free(table);
    return layer;
}

/* The note in English about a layer and a table with these sources. */
static void assert_note(const char *const *features, int nf, const char *const *rows, int nr, const char *expected) {
    static const char words[] = "{\"source_not_named\": {\"en\": \"not named\", \"ar\": \"-\"}}";
    smap_map_options options = SMAP_MAP_OPTIONS_INIT;
    smap__sheet_layer layer = { .layer = layer_of(features, nf), .title_en = "Sites", .title_ar = "-" };
    smap__sheet_table table = { .layer = "exposure_summary", .table = table_of(rows, nr) };
    smap__map_layers layers = { .item = &layer, .count = 1 };
    smap__map_tables tables = { .item = &table, .count = 1 };
    smap__map_extent extent = { .box = { 22, 32, 23, 33 } };
    smap__map_texts_input input = { .options = &options, .layers = &layers, .tables = &tables, .extent = &extent };
    smap__map_texts texts = { 0 };
    smap__json_doc *sheet = NULL;
    smap_ctx *ctx = NULL;
    smap_error err = SMAP_ERROR_INIT;
    const char *found = NULL;
    assert_int_equal(smap_ctx_new(NULL, &ctx, NULL), SMAP_OK);
    assert_int_equal(smap__audience_get(ctx, "internal", &input.audience, NULL), SMAP_OK);
    assert_int_equal(smap__json_parse(words, sizeof words - 1, "words", &sheet, NULL), SMAP_OK);
    input.sheet = smap__json_root(sheet);
    if (smap__map_texts_build(ctx, &input, &texts, &err) != SMAP_OK) fail_msg("%s", err.message);
    for (size_t i = 0; i < texts.count; i++)
        if (strcmp(texts.item[i].key, "sources") == 0) found = texts.item[i].en;
    assert_non_null(found);
    assert_string_equal(found, expected);
    smap__map_texts_release(&texts);
    smap__json_free(sheet);
    smap_layer_free(layer.layer);
    smap_table_free(table.table);
    smap_ctx_free(ctx);
}

static void each_source_once(void **state) {
    static const char *const features[] = { "Survey", "SYNTHETIC hazards; Survey", "SYNTHETIC hazards",
                                            "SYNTHETIC: demo; an example" };
    static const char *const rows[] = { "SYNTHETIC assets; SYNTHETIC: demo; an example; Agency, 2023",
                                        "SYNTHETIC assets; SYNTHETIC: demo", "Agency, 2023; Survey" };
    (void)state;
    assert_note(features, 4, rows, 3,
                "Agency, 2023; SYNTHETIC assets; SYNTHETIC hazards; SYNTHETIC: demo; Survey; an example");
}

/* Not of several: no blank after the sign, nothing on one side of it, rows that begin where another ends. */
static void a_semicolon_is_not_always_between(void **state) {
    static const char *const features[] = { "A;B", "C; ", "; D", ";", " E ; ; F;" };
    static const char *const rows[] = { "G;", " H", NULL };
    (void)state;
    assert_note(features, 5, rows, 3, ";; A;B; C; D; E; F;; G;; H");
}

static void no_source_is_told(void **state) {
    static const char *const features[] = { "A; B", NULL }, *const rows[] = { NULL };
    (void)state;
    assert_note(features, 2, rows, 1, "A; B; Sites: not named");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_source_once),
        cmocka_unit_test(a_semicolon_is_not_always_between),
        cmocka_unit_test(no_source_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
