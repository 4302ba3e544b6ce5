/* Symbols. Every layer's properties are written twice, as <Option> (QGIS 3.28 and later read only these) and as <prop>
 * (3.16 and older read only these). */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "geo/angle.h"
#include "qgis/qml_parts.h"

#define PROPERTIES_MAX 24

typedef struct property_list {
    struct {
        const char *name;
        char value[64];
    } item[PROPERTIES_MAX];
    const smap__svg *svg; /* of an SVG marker: its property "name", too long for a value */
    int count;
    int pass; /* of the layer: QGIS paints lower passes first */
} property_list;

static char *add(property_list *list, const char *name) {
    list->item[list->count].name = name;
    return list->item[list->count++].value;
}

static void add_text(property_list *list, const char *name, const char *value) {
    char *to = add(list, name);
    snprintf(to, sizeof list->item[0].value, "%s", value);
}

static void add_number(property_list *list, const char *name, double value) {
    char text[32];
    smap__qml_number(text, value);
    add_text(list, name, text);
}

static void add_length(property_list *list, const char *name, const char *unit_name, double px) {
    add_number(list, name, px * SMAP__SLD_PIXEL_MM);
    add_text(list, unit_name, "MM");
}

static void add_colour(property_list *list, const char *name, smap__colour colour) {
    char text[32];
    smap__qml_colour(text, colour);
    add_text(list, name, text);
}

/* The symbol inside the style, so that it needs no file. */
static void put_embedded(smap__str *out, const smap__svg *svg) {
    smap__str_put(out, "base64:");
    smap__str_put_base64(out, svg->text, svg->len);
}

static void put_layer_start(smap__str *out, const char *class, const property_list *list) {
    smap__str_printf(out, "<layer class=\"%s\" enabled=\"1\" locked=\"0\" pass=\"%d\"><Option type=\"Map\">", class,
                     list->pass);
    if (list->svg) {
        smap__str_put(out, "<Option type=\"QString\" name=\"name\" value=\"");
        put_embedded(out, list->svg);
        smap__str_put(out, "\"/>");
    }
    for (int i = 0; i < list->count; i++) {
        smap__str_put(out, "<Option type=\"QString\"");
        smap__qml_put_attribute(out, "name", list->item[i].name);
        smap__qml_put_attribute(out, "value", list->item[i].value);
        smap__str_put(out, "/>");
    }
    smap__str_put(out, "</Option>");
    if (list->svg) {
        smap__str_put(out, "<prop k=\"name\" v=\"");
        put_embedded(out, list->svg);
        smap__str_put(out, "\"/>");
    }
    for (int i = 0; i < list->count; i++) {
        smap__str_put(out, "<prop");
        smap__qml_put_attribute(out, "k", list->item[i].name);
        smap__qml_put_attribute(out, "v", list->item[i].value);
        smap__str_put(out, "/>");
    }
}

static void put_layer(smap__str *out, const char *class, const property_list *list) {
    put_layer_start(out, class, list);
    smap__str_put(out, "</layer>\n");
}

static const char *join_name(int join) {
    return join == SMAP__JOIN_ROUND ? "round" : join == SMAP__JOIN_BEVEL ? "bevel" : "miter";
}

static const char *cap_name(int cap) {
    return cap == SMAP__CAP_ROUND ? "round" : cap == SMAP__CAP_SQUARE ? "square" : "flat";
}

/* QGIS counts what runs beside a line to the right, and inwards. */
static void add_aside(property_list *list, double aside_px) {
    if (aside_px != 0) add_length(list, "offset", "offset_unit", -aside_px);
}

static void put_line_layer(smap__str *out, const smap__stroke *stroke, double aside_px, int pass) {
    property_list list = { .pass = pass };
    add_aside(&list, aside_px);
    add_colour(&list, "line_color", stroke->colour);
    add_length(&list, "line_width", "line_width_unit", stroke->width_px);
    add_text(&list, "line_style", "solid");
    add_text(&list, "joinstyle", join_name(stroke->join));
    add_text(&list, "capstyle", cap_name(stroke->cap));
    if (stroke->dashes > 0) {
        char dashes[64] = "", length[32];
        for (int i = 0; i < stroke->dashes; i++) {
            size_t used = strlen(dashes);
            smap__qml_number(length, stroke->dash_px[i] * SMAP__SLD_PIXEL_MM);
            snprintf(dashes + used, sizeof dashes - used, i > 0 ? ";%s" : "%s", length);
        }
        add_text(&list, "customdash", dashes);
        add_text(&list, "customdash_unit", "MM");
        add_text(&list, "use_custom_dash", "1");
    }
    put_layer(out, "SimpleLine", &list);
}

static const char *marker_name(int mark) {
    return mark == SMAP__MARK_X ? "cross2" : smap__mark_name(mark);
}

/* Where the middle of a mark stands. QGIS turns the offset with the mark; its y points down. */
static void add_offset(property_list *list, const smap__symbolizer *s, double aspect) {
    double turn = smap__radians(s->rotation_deg), x = s->offset_x_px, y = -s->offset_y_px;
    double mid_x = x * cos(turn) + y * sin(turn) + (0.5 - s->anchor_x) * s->size_px * aspect,
           mid_y = y * cos(turn) - x * sin(turn) + (s->anchor_y - 0.5) * s->size_px;
    if (fabs(mid_x) < 1e-9 && fabs(mid_y) < 1e-9) return;
    char number_x[32], number_y[32], text[64];
    smap__qml_number(number_x, mid_x * SMAP__SLD_PIXEL_MM);
    smap__qml_number(number_y, mid_y * SMAP__SLD_PIXEL_MM);
    snprintf(text, sizeof text, "%.31s,%.31s", number_x, number_y);
    add_text(list, "offset", text);
    add_text(list, "offset_unit", "MM");
}

/* QGIS gives the width of an SVG marker. The colours are in the symbol already. */
static void put_svg_layer(smap__str *out, const smap__symbolizer *s, int pass) {
    property_list list = { .pass = pass, .svg = s->svg };
    add_number(&list, "angle", s->rotation_deg);
    add_length(&list, "size", "size_unit", s->size_px * s->svg->aspect);
    add_offset(&list, s, s->svg->aspect);
    put_layer(out, "SvgMarker", &list);
}

static void put_marker_layer(smap__str *out, const smap__symbolizer *s, int pass) {
    static const smap__colour none = { 0, 0, 0, 0 };
    property_list list = { .pass = pass };
    if (s->svg) {
        put_svg_layer(out, s, pass);
        return;
    }
    add_text(&list, "name", marker_name(s->mark));
    add_colour(&list, "color", s->fill.on ? s->fill.colour : none);
    add_colour(&list, "outline_color", s->stroke.on ? s->stroke.colour : none);
    add_text(&list, "outline_style", s->stroke.on ? "solid" : "no");
    add_length(&list, "outline_width", "outline_width_unit", s->stroke.on ? s->stroke.width_px : 0);
    add_text(&list, "joinstyle", join_name(s->stroke.join));
    add_number(&list, "angle", s->rotation_deg);
    add_length(&list, "size", "size_unit", s->size_px);
    add_offset(&list, s, 1);
    put_layer(out, "SimpleMarker", &list);
}

static void put_symbol_start(smap__str *out, const char *type, const char *name, double opacity) {
    smap__str_put(out, "<symbol");
    smap__qml_put_attribute(out, "name", name);
    smap__qml_put_attribute(out, "type", type);
    smap__qml_put_number(out, "alpha", opacity);
    smap__str_put(out, " clip_to_extent=\"1\" force_rhr=\"0\">\n");
}

static void put_hatch_layer(smap__str *out, const smap__fill *fill, double angle_deg, int pass) {
    property_list list = { .pass = pass };
    add_number(&list, "angle", angle_deg);
    add_length(&list, "distance", "distance_unit", fill->hatch_size_px);
    add_length(&list, "line_width", "line_width_unit", fill->hatch_stroke.width_px);
    add_colour(&list, "color", fill->hatch_stroke.colour);
    put_layer_start(out, "LinePatternFill", &list);
    put_symbol_start(out, "line", "@hatch@0", 1);
    put_line_layer(out, &fill->hatch_stroke, 0, 0);
    smap__str_put(out, "</symbol></layer>\n");
}

/* A mark or symbol on a lattice. */
static void put_lattice(smap__str *out, const smap__fill *fill, int pass) {
    property_list list = { .pass = pass };
    add_length(&list, "distance_x", "distance_x_unit", fill->hatch_size_px);
    add_length(&list, "distance_y", "distance_y_unit", fill->hatch_size_px);
    put_layer_start(out, "PointPatternFill", &list);
    put_symbol_start(out, "marker", "@lattice@0", fill->hatch_mark->svg ? fill->hatch_mark->opacity : 1);
    put_marker_layer(out, fill->hatch_mark, 0);
    smap__str_put(out, "</symbol></layer>\n");
}

/* QGIS counts the angle of a line pattern from the horizontal against the clock. */
static void put_hatch(smap__str *out, const smap__fill *fill, int pass) {
    if (fill->hatch == SMAP__HATCH_MARKS) put_lattice(out, fill, pass);
    if (fill->hatch == SMAP__HATCH_HORIZONTAL) put_hatch_layer(out, fill, 0, pass);
    if (fill->hatch == SMAP__HATCH_VERTICAL) put_hatch_layer(out, fill, 90, pass);
    if (fill->hatch == SMAP__HATCH_SLASH || fill->hatch == SMAP__HATCH_TIMES) put_hatch_layer(out, fill, 45, pass);
    if (fill->hatch == SMAP__HATCH_BACKSLASH || fill->hatch == SMAP__HATCH_TIMES) put_hatch_layer(out, fill, 135, pass);
}

/* Marks in a row, each turned as the stretch of the line is that it covers. QGIS puts the first one where the offset
 * along the line is, and one interval in where that is 0. */
static void put_row_layer(smap__str *out, const smap__symbolizer *s, int pass) {
    const smap__symbolizer *mark = s->stroke.graphic;
    property_list list = { .pass = pass };
    add_text(&list, "placement", "interval");
    add_text(&list, "rotate", "1");
    add_length(&list, "interval", "interval_unit", s->stroke.step_px);
    add_length(&list, "offset_along_line", "offset_along_line_unit", s->stroke.first_px);
    add_length(&list, "average_angle_length", "average_angle_unit",
               mark->size_px * (mark->svg ? mark->svg->aspect : 1));
    add_aside(&list, s->aside_px);
    put_layer_start(out, "MarkerLine", &list);
    put_symbol_start(out, "marker", "@row@0", mark->svg ? mark->opacity : 1);
    put_marker_layer(out, mark, 0);
    smap__str_put(out, "</symbol></layer>\n");
}

static void put_stroke_layer(smap__str *out, const smap__symbolizer *s, int pass) {
    if (s->stroke.graphic) put_row_layer(out, s, pass);
    if (s->stroke.on) put_line_layer(out, &s->stroke, s->aside_px, pass);
}

static void put_fill_layers(smap__str *out, const smap__symbolizer *s, int pass) {
    if (s->fill.on && s->fill.hatch != SMAP__HATCH_NONE) {
        put_hatch(out, &s->fill, pass);
    } else if (s->fill.on) {
        property_list list = { .pass = pass };
        add_colour(&list, "color", s->fill.colour);
        add_text(&list, "style", "solid");
        add_text(&list, "outline_style", "no");
        put_layer(out, "SimpleFill", &list);
    }
    put_stroke_layer(out, s, pass);
}

static bool has_kind(const smap__rule *rule, smap__symbolizer_kind kind) {
    for (int i = 0; i < rule->symbolizers; i++)
        if (rule->symbolizer[i].kind == kind) return true;
    return false;
}

/* One mark on a polygon (at a point inside) or a line (at its middle). */
static void put_centre_layer(smap__str *out, const smap__symbolizer *s, unsigned shape, int pass) {
    property_list list = { .pass = pass };
    if (shape == SMAP__SHAPE_LINE) {
        add_text(&list, "placement", "centralpoint");
        add_text(&list, "rotate", "0");
        put_layer_start(out, "MarkerLine", &list);
    } else {
        add_text(&list, "point_on_surface", "1");
        add_text(&list, "point_on_all_parts", "0");
        put_layer_start(out, "CentroidFill", &list);
    }
    put_symbol_start(out, "marker", "@centre@0", s->svg ? s->opacity : 1);
    put_marker_layer(out, s, 0);
    smap__str_put(out, "</symbol></layer>\n");
}

/* Does the symbolizer draw on that kind of geometry? See the reading in style.h. */
static bool draws(const smap__rule *rule, const smap__symbolizer *s, unsigned shape) {
    if (s->kind == SMAP__SYM_POLYGON) return shape == SMAP__SHAPE_POLYGON;
    if (s->kind == SMAP__SYM_LINE) return shape == SMAP__SHAPE_LINE || shape == SMAP__SHAPE_POLYGON;
    if (s->kind != SMAP__SYM_POINT) return false;
    bool marks_only =
        !has_kind(rule, SMAP__SYM_LINE) && (shape == SMAP__SHAPE_LINE || !has_kind(rule, SMAP__SYM_POLYGON));
    return shape == SMAP__SHAPE_POINT || marks_only;
}

bool smap__qml_has_symbol(const smap__rule *rule, unsigned shape) {
    for (int i = 0; i < rule->symbolizers; i++)
        if (draws(rule, &rule->symbolizer[i], shape)) return true;
    return false;
}

/* The pass of a symbolizer: points and polygons go rule by rule in the painting order; lines symbolizer by symbolizer,
 * so that all casings lie under all cores. */
static int pass_of(unsigned shape, int level, int symbolizer) {
    enum { SYMBOLIZERS = 16 };
    if (symbolizer >= SYMBOLIZERS) symbolizer = SYMBOLIZERS - 1;
    return shape == SMAP__SHAPE_LINE ? symbolizer * SMAP__RULES_MAX + level : level * SYMBOLIZERS + symbolizer;
}

/* An SVG marker has no opacity of its own in QGIS, the whole symbol has: that of a symbol from a file that stands
 * alone.
 */
static double symbol_opacity(const smap__rule *rule, unsigned shape) {
    const smap__symbolizer *only = NULL;
    for (int i = 0; i < rule->symbolizers; i++) {
        if (!draws(rule, &rule->symbolizer[i], shape)) continue;
        if (only) return 1;
        only = &rule->symbolizer[i];
    }
    return only && only->svg && shape == SMAP__SHAPE_POINT ? only->opacity : 1;
}

void smap__qml_put_symbol(smap__str *out, const smap__rule *rule, unsigned shape, int name, int level) {
    char number[16];
    snprintf(number, sizeof number, "%d", name);
    put_symbol_start(out,
                     shape == SMAP__SHAPE_POINT  ? "marker"
                     : shape == SMAP__SHAPE_LINE ? "line"
                                                 : "fill",
                     number, symbol_opacity(rule, shape));
    for (int i = 0; i < rule->symbolizers; i++) {
        const smap__symbolizer *s = &rule->symbolizer[i];
        int pass = pass_of(shape, level, i);
        if (!draws(rule, s, shape)) continue;
        if (s->kind == SMAP__SYM_POLYGON)
            put_fill_layers(out, s, pass);
        else if (s->kind == SMAP__SYM_LINE)
            put_stroke_layer(out, s, pass);
        else if (shape == SMAP__SHAPE_POINT)
            put_marker_layer(out, s, pass);
        else
            put_centre_layer(out, s, shape, pass);
    }
    smap__str_put(out, "</symbol>\n");
}
