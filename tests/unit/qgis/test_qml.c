/* QML as text: well-formed, the same every time, in the language asked for. What QGIS makes of it: tests/qgis. */
#include <expat.h>
#include <stdio.h>
#include <string.h>

#include "../cmocka_all.h"
#include "base/alloc.h"
#include "base/ctx.h"
#include "qgis/qml.h"

static smap_ctx *new_ctx(void) {
    smap_ctx *ctx = NULL;
    assert_int_equal(smap_ctx_new(NULL, &ctx, NULL), SMAP_OK);
    return ctx;
}

static const smap__style *read_style(smap_ctx *ctx, const char *name) {
    const smap__style *style = NULL;
    smap_error err = SMAP_ERROR_INIT;
    if (smap__style_read(ctx, name, &style, &err) != SMAP_OK) fail_msg("%s", err.message);
    return style;
}

static char *compile(smap_ctx *ctx, const smap__style *style, const char *layer, unsigned shape, const char *lang) {
    smap__qml_options options = { .shape = shape, .lang = lang };
    smap_error err = SMAP_ERROR_INIT;
    char *qml = NULL;
    if (layer && smap__schema_get(ctx, layer, &options.schema, &err) != SMAP_OK) fail_msg("%s", err.message);
    if (smap__qml_compile(ctx, style, &options, &qml, &err) != SMAP_OK) fail_msg("%s", err.message);
    return qml;
}

static void must_hold(const char *qml, const char *words) {
    if (!strstr(qml, words)) fail_msg("%s is not in: %.3000s", words, qml);
}

static void every_layer_is_well_formed_and_repeatable(void **state) {
    (void)state;
    static const char *const names[] = { "damage", "hazard", "coverage", "site", "service", "admin",
                                         "coast",  "place",  "building", "road", "closure", "damage_building" };
    smap_ctx *ctx = new_ctx();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const smap__style *style = read_style(ctx, names[i]);
        char *first = compile(ctx, style, names[i], 0, "both"), *second = compile(ctx, style, names[i], 0, "both");
        assert_string_equal(first, second);
        XML_Parser parser = XML_ParserCreate(NULL);
        assert_int_equal(XML_Parse(parser, first, (int)strlen(first), 1), XML_STATUS_OK);
        XML_ParserFree(parser);
        must_hold(first, "<renderer-v2 type=\"RuleRenderer\"");
        must_hold(first, "<alias field=");
        smap__free(first);
        smap__free(second);
        smap__style_free(style);
    }
    smap_ctx_free(ctx);
}

static void speaks_the_language(void **state) {
    (void)state;
    smap_ctx *ctx = new_ctx();
    const smap__style *style = read_style(ctx, "damage");
    char *en = compile(ctx, style, "damage", SMAP__SHAPE_POINT, "en");
    char *ar = compile(ctx, style, "damage", SMAP__SHAPE_POINT, "ar");
    char *both = compile(ctx, style, "damage", SMAP__SHAPE_POINT, "both");
    must_hold(en, " label=\"Destroyed\"");
    must_hold(ar, " label=\"مدمر\"");
    must_hold(both, " label=\"Destroyed | مدمر\"");
    must_hold(both, "<Option type=\"QString\" name=\"Destroyed | مدمر\" value=\"destroyed\"/>");
    must_hold(both, "&quot;severity_low&quot; &gt;= 4");
    assert_null(strstr(en, "مدمر"));
    assert_null(strstr(ar, "Destroyed"));
    smap__free(en);
    smap__free(ar);
    smap__free(both);
    smap__style_free(style);
    smap_ctx_free(ctx);
}

static void labels_have_numbers_and_words(void **state) {
    (void)state;
    smap_ctx *ctx = new_ctx();
    const smap__style *style = read_style(ctx, "access_site");
    char *en = compile(ctx, style, "access_site", SMAP__SHAPE_POINT, "en");
    char *ar = compile(ctx, style, "access_site", SMAP__SHAPE_POINT, "ar");
    must_hold(en, "format_number(&quot;baseline_minutes&quot;, 1) || '\u00a0' || '→' || '\u00a0' || "
                  "format_number(&quot;minutes&quot;, 1) || '\u00a0' || 'min'");
    must_hold(ar, "format_number(&quot;minutes&quot;, 0) || '\u00a0' || 'دقيقة'");
    assert_null(strstr(ar, "'min'"));
    smap__free(en);
    smap__free(ar);
    smap__style_free(style);
    smap_ctx_free(ctx);
}

/* Placement, priority, repetition and leader lines go to QGIS with the style. */
static void labels_are_placed_alike(void **state) {
    (void)state;
    smap_ctx *ctx = new_ctx();
    const smap__style *style = read_style(ctx, "road");
    char *qml = compile(ctx, style, "road", SMAP__SHAPE_LINE, "en");
    must_hold(qml, " placement=\"3\"");
    must_hold(qml, " repeatDistance=\"78.4\" repeatDistanceUnits=\"MM\" maxCurvedCharAngleIn=\"22.5\"");
    must_hold(qml, "name=\"enabled\" value=\"0\"");
    smap__free(qml);
    smap__style_free(style);
    style = read_style(ctx, "site");
    qml = compile(ctx, style, "site", SMAP__SHAPE_POINT, "en");
    must_hold(qml, " placement=\"6\"");
    must_hold(qml, " priority=\"6\"");
    must_hold(qml,
              "<callout type=\"simple\"><Option type=\"Map\"><Option type=\"QString\" name=\"enabled\" value=\"1\"/>");
    smap__free(qml);
    smap__style_free(style);
    smap_ctx_free(ctx);
}

static void both_forms_of_properties(void **state) {
    (void)state;
    smap_ctx *ctx = new_ctx();
    const smap__style *style = read_style(ctx, "damage");
    char *qml = compile(ctx, style, NULL, SMAP__SHAPE_POINT, "en");
    must_hold(qml, "<Option type=\"QString\" name=\"color\" value=\"165,0,38,255\"/>");
    must_hold(qml, "<prop k=\"color\" v=\"165,0,38,255\"/>");
    must_hold(qml, "<prop k=\"name\" v=\"square\"/>");
    must_hold(qml, "<prop k=\"size_unit\" v=\"MM\"/>");
    must_hold(qml, "<layerGeometryType>0</layerGeometryType>");
    assert_null(strstr(qml, "<aliases>"));
    smap__free(qml);
    smap__style_free(style);
    smap_ctx_free(ctx);
}

/* The symbol is in the QML itself; an offset is turned back by the turn of the mark, as QGIS turns it again. */
static void symbols_are_embedded(void **state) {
    (void)state;
    static const char sld[] =
        "<StyledLayerDescriptor xmlns='http://www.opengis.net/sld' xmlns:se='http://www.opengis.net/se' "
        "xmlns:l='http://www.w3.org/1999/xlink'><NamedLayer><UserStyle><se:FeatureTypeStyle><se:Rule>"
        "<se:PointSymbolizer><se:Graphic><se:ExternalGraphic><se:OnlineResource l:href='water_point.svg'/>"
        "</se:ExternalGraphic><se:Size>10</se:Size><se:Rotation>90</se:Rotation><se:Opacity>0.5</se:Opacity>"
        "<se:Displacement><se:DisplacementX>100</se:DisplacementX><se:DisplacementY>50</se:DisplacementY>"
        "</se:Displacement></se:Graphic></se:PointSymbolizer><se:PolygonSymbolizer><se:Fill><se:GraphicFill>"
        "<se:Graphic><se:Mark><se:WellKnownName>circle</se:WellKnownName></se:Mark><se:Size>5</se:Size></se:Graphic>"
        "</se:GraphicFill></se:Fill></se:PolygonSymbolizer></se:Rule></se:FeatureTypeStyle></UserStyle></NamedLayer>"
        "</StyledLayerDescriptor>";
    smap_ctx *ctx = new_ctx();
    const smap__style *style = NULL;
    smap_error err = SMAP_ERROR_INIT;
    if (smap__style_parse(ctx, "t.sld", sld, strlen(sld), &style, &err) != SMAP_OK) fail_msg("%s", err.message);
    char *point = compile(ctx, style, NULL, SMAP__SHAPE_POINT, "en");
    char *area = compile(ctx, style, NULL, SMAP__SHAPE_POLYGON, "en");
    must_hold(point, "<layer class=\"SvgMarker\"");
    must_hold(point, "<prop k=\"name\" v=\"base64:PHN2ZyB4bWxucz0i"); /* <svg xmlns=" */
    must_hold(point, "alpha=\"0.5\"");
    must_hold(point, "<prop k=\"size\" v=\"2.8\"/>");
    must_hold(point, "<prop k=\"offset\" v=\"-14,-28\"/>"); /* 28 mm to the right and 14 up, before 90 degrees */
    assert_null(strstr(point, "water_point.svg"));
    must_hold(area, "<layer class=\"PointPatternFill\"");
    must_hold(area, "<prop k=\"distance_x\" v=\"1.4\"/>");
    smap__free(point);
    smap__free(area);
    smap__style_free(style);
    smap_ctx_free(ctx);
}

static void mixed_tables_and_tables_without_geometry(void **state) {
    (void)state;
    smap_ctx *ctx = new_ctx();
    const smap__style *style = read_style(ctx, "closure");
    char *mixed = compile(ctx, style, "closure", 0, "en");
    must_hold(mixed, "geometry_type($geometry) = 'Line'");
    must_hold(mixed, "(&quot;passable&quot; = 'foot') AND geometry_type");
    assert_null(strstr(mixed, "layerGeometryType"));
    char *table = compile(ctx, NULL, "finding", 0, "en");
    must_hold(table, "<layerGeometryType>4</layerGeometryType>");
    assert_null(strstr(table, "renderer-v2"));
    must_hold(table, "<aliases>");
    smap__free(mixed);
    smap__free(table);
    smap__style_free(style);
    smap_ctx_free(ctx);
}

/* The first rule of damage, the most severe, is painted last. */
static void severe_damage_lies_on_top(void **state) {
    (void)state;
    smap_ctx *ctx = new_ctx();
    const smap__style *style = read_style(ctx, "damage");
    assert_int_equal(style->paint[style->rules - 1], 0);
    char *qml = compile(ctx, style, NULL, SMAP__SHAPE_POINT, "en");
    char pass[32];
    snprintf(pass, sizeof pass, " pass=\"%d\"", (style->rules - 1) * 16);
    const char *symbol = strstr(qml, "<symbol name=\"0\"");
    assert_non_null(symbol);
    const char *found = strstr(symbol, pass);
    assert_non_null(found);
    assert_true(found < strstr(symbol, "</symbol>"));
    smap__free(qml);
    smap__style_free(style);
    smap_ctx_free(ctx);
}

static void memory_runs_out(void **state) {
    (void)state;
    smap_ctx *ctx = new_ctx();
    const smap__style *style = read_style(ctx, "site");
    smap__free(compile(ctx, style, "site", 0, "both")); /* the schema and its domains are read before */
    smap__qml_options options = { .shape = SMAP__SHAPE_POINT, .lang = "both" };
    assert_int_equal(smap__schema_get(ctx, "site", &options.schema, NULL), SMAP_OK);
    for (int64_t nth = 1; nth < 10000; nth++) {
        char *qml = NULL;
        smap__alloc_fail_at(nth, nth % 2);
        smap_status status = smap__qml_compile(ctx, style, &options, &qml, NULL);
        smap__alloc_fail_at(0, false);
        if (status == SMAP_OK) {
            assert_true(nth > 1);
            smap__free(qml);
            break;
        }
        assert_int_equal(status, SMAP_E_NOMEM);
        assert_null(qml);
    }
    smap__style_free(style);
    smap_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_layer_is_well_formed_and_repeatable),
        cmocka_unit_test(speaks_the_language),
        cmocka_unit_test(labels_have_numbers_and_words),
        cmocka_unit_test(labels_are_placed_alike),
        cmocka_unit_test(both_forms_of_properties),
        cmocka_unit_test(symbols_are_embedded),
        cmocka_unit_test(mixed_tables_and_tables_without_geometry),
        cmocka_unit_test(severe_damage_lies_on_top),
        cmocka_unit_test(memory_runs_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
