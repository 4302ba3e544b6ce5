/* What an SLD says and what the reader makes of it, inside the profile and outside of it. */
#include <math.h>

#include "style_help.h"

static const smap__style *parsed(smap_ctx *ctx, const char *rules) {
    const smap__style *style = NULL;
    smap_error err = SMAP_ERROR_INIT;
    if (parse_rules(ctx, rules, &style, &err) != SMAP_OK) fail_msg("%s", err.message);
    return style;
}

static void polygon_and_hatch(void **state) {
    (void)state;
    warnings w;
    smap_ctx *ctx = new_ctx(&w);
    const smap__style *style = parsed(
        ctx, "<se:Rule><se:Name>r</se:Name><se:Description><se:Title> Flood | فيضان </se:Title></se:Description>"
             "<se:MinScaleDenominator>1000</se:MinScaleDenominator><se:PolygonSymbolizer><se:Fill>"
             "<se:SvgParameter name='fill'>#0aF010</se:SvgParameter><se:SvgParameter name='fill-opacity'>0.25"
             "</se:SvgParameter></se:Fill><se:Stroke><se:SvgParameter name='stroke-width'>2</se:SvgParameter>"
             "<se:SvgParameter name='stroke-dasharray'>4 2,1 2</se:SvgParameter><se:SvgParameter "
             "name='stroke-linecap'>round</se:SvgParameter><se:SvgParameter name='stroke-linejoin'>bevel"
             "</se:SvgParameter></se:Stroke></se:PolygonSymbolizer><se:PolygonSymbolizer><se:Fill><se:GraphicFill>"
             "<se:Graphic><se:Mark><se:WellKnownName>times</se:WellKnownName><se:Stroke><se:SvgParameter "
             "name='stroke'>#112233</se:SvgParameter></se:Stroke></se:Mark><se:Size>7</se:Size></se:Graphic>"
             "</se:GraphicFill></se:Fill></se:PolygonSymbolizer></se:Rule>");
    const smap__rule *rule = &style->rule[0];
    assert_string_equal(rule->title_en, "Flood");
    assert_string_equal(rule->title_ar, "فيضان");
    assert_true(rule->min_scale == 1000 && isinf(rule->max_scale));
    assert_null(rule->filter);
    assert_int_equal(rule->symbolizers, 2);
    const smap__symbolizer *s = rule->symbolizer;
    assert_int_equal(s[0].kind, SMAP__SYM_POLYGON);
    assert_true(s[0].fill.on && s[0].fill.colour.r == 10 && s[0].fill.colour.g == 240 && s[0].fill.colour.b == 16);
    assert_true(s[0].fill.colour.opacity == 0.25);
    assert_true(s[0].stroke.on && s[0].stroke.width_px == 2 && s[0].stroke.dashes == 4 && s[0].stroke.dash_px[2] == 1);
    assert_int_equal(s[0].stroke.cap, SMAP__CAP_ROUND);
    assert_int_equal(s[0].stroke.join, SMAP__JOIN_BEVEL);
    assert_false(s[1].stroke.on);
    assert_int_equal(s[1].fill.hatch, SMAP__HATCH_TIMES);
    assert_true(s[1].fill.hatch_size_px == 7 && s[1].fill.hatch_stroke.colour.b == 0x33);
    assert_string_equal(w.text, "");
    smap__style_free(style);
    smap_ctx_free(ctx);
}

static void text_and_mark(void **state) {
    (void)state;
    warnings w;
    smap_ctx *ctx = new_ctx(&w);
    const smap__style *style = parsed(
        ctx, "<se:Rule><se:Name>r</se:Name><se:PointSymbolizer><se:Graphic><se:Mark><se:WellKnownName>star"
             "</se:WellKnownName><se:Fill/></se:Mark><se:Opacity>0.5</se:Opacity><se:Size>12</se:Size><se:Rotation>45"
             "</se:Rotation></se:Graphic></se:PointSymbolizer><se:TextSymbolizer><se:Label><ogc:PropertyName>name_en"
             "</ogc:PropertyName> <ogc:PropertyName>name_ar</ogc:PropertyName></se:Label><se:Font><se:SvgParameter "
             "name='font-size'>9</se:SvgParameter><se:SvgParameter name='font-weight'>bold</se:SvgParameter></se:Font>"
             "<se:LabelPlacement><se:PointPlacement><se:AnchorPoint><se:AnchorPointX>0.5</se:AnchorPointX>"
             "<se:AnchorPointY>1</se:AnchorPointY></se:AnchorPoint><se:Displacement><se:DisplacementX>-3"
             "</se:DisplacementX><se:DisplacementY>4</se:DisplacementY></se:Displacement></se:PointPlacement>"
             "</se:LabelPlacement><se:Halo><se:Radius>2</se:Radius></se:Halo><se:VendorOption name='priority'>50"
             "</se:VendorOption></se:TextSymbolizer></se:Rule>");
    const smap__symbolizer *s = style->rule[0].symbolizer;
    assert_int_equal(s[0].mark, SMAP__MARK_STAR);
    assert_true(s[0].size_px == 12 && s[0].rotation_deg == 45 && s[0].fill.colour.r == 128);
    assert_true(s[0].fill.colour.opacity == 0.5 && !s[0].stroke.on);
    assert_int_equal(s[1].labels, 2);
    assert_int_equal(s[1].label[1].parts, 1);
    assert_string_equal(s[1].label[1].part->property, "name_ar");
    assert_true(s[1].bold && !s[1].italic && s[1].size_px == 9 && s[1].halo_px == 2 && s[1].halo.r == 255);
    assert_true(s[1].anchor_x == 0.5 && s[1].anchor_y == 1 && s[1].offset_x_px == -3 && s[1].offset_y_px == 4);
    assert_int_equal(s[1].priority, 50);
    assert_string_equal(style->rule[0].title_ar, "r");
    assert_string_equal(w.text, "");
    smap__style_free(style);
    smap_ctx_free(ctx);
}

/* Strokes beside their line, and of marks in a row: gaps are blanks, as SE 1.1 has it. */
static void strokes_aside_and_in_rows(void **state) {
    (void)state;
    warnings w;
    smap_ctx *ctx = new_ctx(&w);
#define ROW(graphic, more)                                                                                             \
    "<se:LineSymbolizer><se:Stroke><se:GraphicStroke><se:Graphic>" graphic "</se:Graphic>" more                        \
    "</se:GraphicStroke></se:Stroke></se:LineSymbolizer>"
    const smap__style *style = parsed(
        ctx, "<se:Rule><se:LineSymbolizer><se:Stroke/><se:PerpendicularOffset>-3.5</se:PerpendicularOffset>"
             "</se:LineSymbolizer>" ROW("<se:Mark><se:WellKnownName>triangle</se:WellKnownName><se:Fill/></se:Mark>"
                                        "<se:Opacity>0.5</se:Opacity><se:Size>8</se:Size><se:Rotation>90</se:Rotation>",
                                        "<se:InitialGap>5</se:InitialGap><se:Gap>12</se:Gap>")
                 ROW("<se:Mark/><se:Size>0.1</se:Size>", "") "</se:Rule>");
    const smap__symbolizer *s = style->rule[0].symbolizer;
    assert_true(s[0].aside_px == -3.5 && s[0].stroke.on && !s[0].stroke.graphic);
    assert_true(s[1].aside_px == 0 && !s[1].stroke.on && s[1].stroke.graphic);
    assert_true(s[1].stroke.first_px == 9 && s[1].stroke.step_px == 20);
    assert_true(s[1].stroke.graphic->mark == SMAP__MARK_TRIANGLE && s[1].stroke.graphic->rotation_deg == 90);
    assert_true(s[1].stroke.graphic->fill.colour.opacity == 0.5);
    assert_true(s[2].stroke.step_px == 2); /* closer they are no row, and a line would be millions of them */
    assert_string_equal(w.text, "");
    smap__style_free(style);
    style = parsed(ctx, "<se:Rule><se:LineSymbolizer><se:Stroke><se:GraphicStroke/></se:Stroke><se:PerpendicularOffset>"
                        "2000</se:PerpendicularOffset></se:LineSymbolizer><se:PointSymbolizer><se:PerpendicularOffset>1"
                        "</se:PerpendicularOffset></se:PointSymbolizer></se:Rule>");
    s = style->rule[0].symbolizer;
    assert_true(s[0].aside_px == 0 && !s[0].stroke.graphic && !s[0].stroke.on);
    assert_non_null(strstr(w.text, "<GraphicStroke> without a <Graphic> is left out"));
    assert_int_equal(w.count, 3);
    smap__style_free(style);
    smap_ctx_free(ctx);
}

/* What a label may do to find room, by the names of SE 1.1, GeoServer and QGIS; nonsense is warned of. */
static void places_of_labels(void **state) {
    (void)state;
    warnings w;
    smap_ctx *ctx = new_ctx(&w);
#define TEXT_WITH(more)                                                                                                \
    "<se:TextSymbolizer><se:Label><ogc:PropertyName>name_en</ogc:PropertyName></se:Label>" more "</se:TextSymbolizer>"
#define OPTION(name, value) "<se:VendorOption name='" name "'>" value "</se:VendorOption>"
    const smap__style *style = parsed(
        ctx,
        "<se:Rule>" TEXT_WITH("") TEXT_WITH(
            "<se:LabelPlacement><se:LinePlacement><se:PerpendicularOffset>-4</se:PerpendicularOffset><se:IsRepeated>"
            "true</se:IsRepeated><se:Gap>90</se:Gap><se:IsAligned>true</se:IsAligned></se:LinePlacement>"
            "</se:LabelPlacement>" OPTION("followLine", "true") OPTION("maxAngleDelta", "15"))
            TEXT_WITH("<se:LabelPlacement><se:PointPlacement/></se:LabelPlacement>" OPTION("callout", "true")
                          OPTION("maxDisplacement", "40") OPTION("autoWrap", "60") OPTION("goodnessOfFit", "0.9")
                              OPTION("polygonAlign", "mbr") OPTION("repeat", "120")) "</se:Rule>");
    const smap__symbolizer *s = style->rule[0].symbolizer;
    const smap__label_placement *p = &s[0].placement;
    assert_true(!p->follows_line && !p->leader && !p->along_axis && !p->offset_given && !p->at_point);
    assert_true(p->max_turn_deg == 22.5 && p->fit == 0.5 && p->repeat_px == 0 && p->wrap_px == 0);
    p = &s[1].placement;
    assert_true(p->follows_line && p->max_turn_deg == 15 && p->offset_given && p->line_offset_px == -4);
    assert_true(p->repeat_px == 90 && !p->at_point);
    p = &s[2].placement;
    assert_true(p->at_point && p->leader && p->displacement_px == 40 && p->wrap_px == 60 && p->fit == 0.9);
    assert_true(p->along_axis && p->repeat_px == 120);
    assert_string_equal(w.text, "");
    smap__style_free(style);
    style = parsed(ctx, "<se:Rule>" TEXT_WITH(OPTION("followLine", "perhaps") OPTION("goodnessOfFit", "3")
                                                  OPTION("conflictResolution", "false")) "</se:Rule>");
    p = &style->rule[0].symbolizer[0].placement;
    assert_true(!p->follows_line && p->fit == 0.5);
    assert_non_null(strstr(w.text, "neither true nor false"));
    assert_non_null(strstr(w.text, "outside of 0 to 1"));
    assert_non_null(strstr(w.text, "VendorOption"));
    smap__style_free(style);
    smap_ctx_free(ctx);
}

/* A mark with everything that places it, and a lattice of marks with GeoServer's margin. */
static void placed_marks_and_lattices(void **state) {
    (void)state;
    warnings w;
    smap_ctx *ctx = new_ctx(&w);
    const smap__style *style = parsed(
        ctx, "<se:Rule><se:PointSymbolizer><se:Graphic><se:Mark><se:WellKnownName>triangle</se:WellKnownName><se:Fill/>"
             "</se:Mark><se:Size>9</se:Size><se:AnchorPoint><se:AnchorPointX>0</se:AnchorPointX><se:AnchorPointY>1"
             "</se:AnchorPointY></se:AnchorPoint><se:Displacement><se:DisplacementX>3</se:DisplacementX>"
             "<se:DisplacementY>-4</se:DisplacementY></se:Displacement></se:Graphic></se:PointSymbolizer>"
             "<se:PolygonSymbolizer><se:Fill><se:GraphicFill><se:Graphic><se:Mark><se:WellKnownName>circle"
             "</se:WellKnownName><se:Fill><se:SvgParameter name='fill'>#0000ff</se:SvgParameter></se:Fill></se:Mark>"
             "<se:Size>4</se:Size><se:Opacity>0.5</se:Opacity></se:Graphic></se:GraphicFill></se:Fill>"
             "<se:VendorOption name='graphic-margin'>3</se:VendorOption></se:PolygonSymbolizer>"
             "<se:PolygonSymbolizer><se:Fill><se:GraphicFill><se:Graphic><se:Mark><se:WellKnownName>slash"
             "</se:WellKnownName></se:Mark><se:Opacity>0.25</se:Opacity></se:Graphic></se:GraphicFill></se:Fill>"
             "</se:PolygonSymbolizer></se:Rule>");
    const smap__symbolizer *s = style->rule[0].symbolizer;
    assert_true(s[0].anchor_x == 0 && s[0].anchor_y == 1 && s[0].offset_x_px == 3 && s[0].offset_y_px == -4);
    assert_true(s[1].fill.on && s[1].fill.hatch == SMAP__HATCH_MARKS && s[1].fill.hatch_size_px == 10);
    const smap__symbolizer *dot = s[1].fill.hatch_mark;
    assert_int_equal(dot->mark, SMAP__MARK_CIRCLE);
    assert_true(dot->size_px == 4 && dot->fill.colour.b == 255 && dot->fill.colour.opacity == 0.5);
    assert_true(dot->anchor_x == 0.5 && dot->anchor_y == 0.5);
    assert_true(s[2].fill.hatch == SMAP__HATCH_SLASH && s[2].fill.hatch_stroke.colour.opacity == 0.25);
    assert_string_equal(w.text, "");
    smap__style_free(style);
    smap_ctx_free(ctx);
}

static void sld_1_0(void **state) {
    (void)state;
    warnings w;
    smap_ctx *ctx = new_ctx(&w);
    const char *text = "<sld:StyledLayerDescriptor version='1.0.0' xmlns:sld='http://www.opengis.net/sld' "
                       "xmlns:ogc='http://www.opengis.net/ogc'><sld:NamedLayer><sld:Name>old</sld:Name><sld:UserStyle>"
                       "<sld:Title>Old | قديم</sld:Title><sld:FeatureTypeStyle><sld:Rule><sld:Title>One</sld:Title>"
                       "<ogc:Filter><ogc:PropertyIsNull><ogc:PropertyName>a</ogc:PropertyName></ogc:PropertyIsNull>"
                       "</ogc:Filter><sld:LineSymbolizer><sld:Stroke><sld:CssParameter name='stroke'><ogc:Literal>"
                       "#ff0000</ogc:Literal></sld:CssParameter></sld:Stroke></sld:LineSymbolizer></sld:Rule>"
                       "</sld:FeatureTypeStyle></sld:UserStyle></sld:NamedLayer></sld:StyledLayerDescriptor>";
    const smap__style *style = NULL;
    assert_int_equal(smap__style_parse(ctx, "old.sld", text, strlen(text), &style, NULL), SMAP_OK);
    assert_string_equal(style->title_ar, "قديم");
    assert_string_equal(style->rule[0].title_en, "One");
    assert_non_null(style->rule[0].filter);
    assert_true(style->rule[0].symbolizer[0].stroke.colour.r == 255);
    assert_string_equal(style->sld, text);
    assert_string_equal(w.text, "");
    smap__style_free(style);
    smap_ctx_free(ctx);
}

/* What is outside of the profile: the words of the warning, and how many rules are kept. */
static void outside_the_profile(void **state) {
    (void)state;
    static const struct {
        const char *rule, *words;
    } cases[] = {
        { "<se:Rule><se:ElseFilter/></se:Rule>", "line 3: <ElseFilter>" },
        { "<se:Rule>\n<se:PointSymbolizer><se:Graphic>\n<se:ExternalGraphic/></se:Graphic></se:PointSymbolizer></se:Rule>",
          "line 5: <ExternalGraphic> without an OnlineResource" },
        { "<se:Rule><se:RasterSymbolizer/></se:Rule>", "<RasterSymbolizer>" },
        { "<se:Rule><ogc:Filter><ogc:BBOX/></ogc:Filter></se:Rule>", "<BBOX> in a filter" },
        { "<se:Rule><ogc:Filter><ogc:PropertyIsEqualTo><ogc:Function name='f'/><ogc:Literal>1</ogc:Literal>"
          "</ogc:PropertyIsEqualTo></ogc:Filter></se:Rule>",
          "<PropertyIsEqualTo> must compare" },
        { "<se:Rule><se:LineSymbolizer><se:Stroke><se:SvgParameter name='stroke'>red</se:SvgParameter></se:Stroke>"
          "</se:LineSymbolizer></se:Rule>",
          "\"red\" is not a colour" },
        { "<se:Rule><se:LineSymbolizer><se:Stroke><se:SvgParameter name='stroke-width'>wide</se:SvgParameter>"
          "</se:Stroke></se:LineSymbolizer></se:Rule>",
          "\"wide\" is not a number" },
        { "<se:Rule><se:LineSymbolizer><se:Stroke><se:SvgParameter name='stroke-width'>1e9</se:SvgParameter>"
          "</se:Stroke></se:LineSymbolizer></se:Rule>",
          "outside of 0 to 1000" },
        { "<se:Rule><se:LineSymbolizer><se:Stroke><se:SvgParameter name='stroke-dasharray'>5 5 5</se:SvgParameter>"
          "</se:Stroke></se:LineSymbolizer></se:Rule>",
          "dash pattern is pairs" },
        { "<se:Rule><se:PointSymbolizer><se:Graphic><se:Mark><se:WellKnownName>ttf://x</se:WellKnownName></se:Mark>"
          "</se:Graphic></se:PointSymbolizer></se:Rule>",
          "the mark \"ttf://x\"" },
        { "<se:Rule><se:LineSymbolizer><se:Stroke><se:SvgParameter name='stroke-dasharray'>0.0001 0.0001</se:SvgParameter>"
          "</se:Stroke></se:LineSymbolizer></se:Rule>",
          "dash pattern shorter than 0.5 pixels" },
        { "<se:Rule><se:PolygonSymbolizer><se:Fill><se:GraphicFill/></se:Fill></se:PolygonSymbolizer></se:Rule>",
          "<GraphicFill> without a <Graphic> is left out" },
        { "<se:Rule><se:PointSymbolizer><se:Graphic><se:Mark><se:Fill><se:GraphicFill/></se:Fill></se:Mark></se:Graphic>"
          "</se:PointSymbolizer></se:Rule>",
          "the fill of a mark or of text must be plain" },
        { "<se:Rule><se:PointSymbolizer><se:Graphic><se:ExternalGraphic><se:OnlineResource/><se:Format>image/png"
          "</se:Format></se:ExternalGraphic></se:Graphic></se:PointSymbolizer></se:Rule>",
          "a symbol of format \"image/png\"" },
        { "<se:Rule><se:PointSymbolizer><se:Graphic><se:Size><ogc:PropertyName>n</ogc:PropertyName></se:Size>"
          "</se:Graphic></se:PointSymbolizer></se:Rule>",
          "must be a literal" },
        { "<se:Rule><se:LineSymbolizer uom='http://www.opengeospatial.org/se/units/metre'/></se:Rule>",
          "pixels of 0.28" },
        { "<se:Rule xmlns:x='urn:x'><x:Symbolizer/></se:Rule>", "<urn:x|Symbolizer>" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        warnings w;
        smap_ctx *ctx = new_ctx(&w);
        smap__str rules = SMAP__STR_INIT;
        smap__str_put(&rules, cases[i].rule);
        smap__str_put(&rules, "<se:Rule><se:Name>last</se:Name></se:Rule>");
        const smap__style *style = parsed(ctx, rules.data);
        if (!strstr(w.text, cases[i].words)) fail_msg("\"%s\" is not in: %s", cases[i].words, w.text);
        bool left_out = strstr(w.text, "rule is left out") != NULL;
        assert_int_equal(style->rules, left_out ? 1 : 2);
        assert_string_equal(style->rule[style->rules - 1].name, "last");
        smap__str_release(&rules);
        smap__style_free(style);
        smap_ctx_free(ctx);
    }
}

/* A style as Copernicus EMS ships them is drawn, in its colours; what the profile does not have is named with its line,
 * and nothing is fetched. */
static void as_copernicus_ships_them(void **state) {
    (void)state;
    static const char *const words[] = {
        "cems_like.sld, line 32: \"https://example.org/images/svg/hatch.svg\" is no symbol of the profile",
        "cems_like.sld, line 111: \"https://example.org/images/svg/bridge_yellow.svg\" is no symbol of the profile"
    };
    warnings w;
    smap_ctx *ctx = new_ctx(&w);
    const smap__style *style = NULL;
    smap_error err = SMAP_ERROR_INIT;
    if (smap__style_read(ctx, SMAP_SOURCE_DIR "/tests/unit/style/cems_like.sld", &style, &err) != SMAP_OK)
        fail_msg("%s", err.message);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strstr(w.text, words[i])) fail_msg("\"%s\" is not in: %s", words[i], w.text);
    assert_int_equal(w.count, 2);
    assert_int_equal(style->rules, 4);
    const smap__symbolizer *area = style->rule[0].symbolizer, *line = style->rule[1].symbolizer;
    assert_true(area[0].fill.on && area[0].fill.colour.r == 255 && area[0].fill.colour.g == 0);
    assert_true(area[0].stroke.join == SMAP__JOIN_BEVEL && area[0].stroke.colour.r == 0xc5);
    assert_false(area[1].fill.on); /* without its symbol the hatch is nothing, and the red below it shows */
    assert_true(line[0].stroke.on && line[0].stroke.width_px == 4 && line[0].stroke.cap == SMAP__CAP_SQUARE);
    assert_false(line[1].stroke.on);
    assert_false(style->rule[2].symbolizer->stroke.on); /* neither wide nor opaque */
    assert_true(style->rule[3].symbolizer->fill.on && style->rule[3].symbolizer->size_px == 23);
    smap__style_free(style);
    smap_ctx_free(ctx);
}

#define RULE(name) "<se:Rule><se:Name>" name "</se:Name></se:Rule>"

static void painting_order(void **state) {
    (void)state;
    warnings w;
    smap_ctx *ctx = new_ctx(&w);
    const smap__style *style =
        parsed(ctx, RULE("a") RULE("b") RULE("c") "<se:VendorOption name='firstRuleOnTop'>true</se:VendorOption>"
                                                  "</se:FeatureTypeStyle><se:FeatureTypeStyle>" RULE("d") RULE("e"));
    static const int want[] = { 2, 1, 0, 3, 4 };
    assert_int_equal(style->rules, 5);
    for (int i = 0; i < 5; i++) {
        assert_int_equal(style->paint[i], want[i]);
        assert_int_equal(style->rule[i].name[0], 'a' + i);
    }
    assert_string_equal(w.text, "");
    smap__style_free(style);
    smap_ctx_free(ctx);
}

static void marks_fit_their_box(void **state) {
    (void)state;
    for (int mark = 0; mark < SMAP__MARKS; mark++) {
        smap__mark_outline shape = smap__mark_shape(mark);
        assert_non_null(smap__mark_name(mark));
        assert_true(shape.points > 0 || mark == SMAP__MARK_CIRCLE);
        for (int i = 0; i < shape.points; i++) assert_true(fabs(shape.point[i].x) <= 1 && fabs(shape.point[i].y) <= 1);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(polygon_and_hatch),
        cmocka_unit_test(text_and_mark),
        cmocka_unit_test(strokes_aside_and_in_rows),
        cmocka_unit_test(places_of_labels),
        cmocka_unit_test(sld_1_0),
        cmocka_unit_test(placed_marks_and_lattices),
        cmocka_unit_test(outside_the_profile),
        cmocka_unit_test(painting_order),
        cmocka_unit_test(as_copernicus_ships_them),
        cmocka_unit_test(marks_fit_their_box),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
