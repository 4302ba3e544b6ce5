#include <string.h>

#include "qgis/qml_parts.h"

static const double point_mm = 25.4 / 72;

static const smap__symbolizer *next_text(const smap__rule *rule, int *at) {
    while (*at < rule->symbolizers) {
        const smap__symbolizer *s = &rule->symbolizer[(*at)++];
        if (s->kind == SMAP__SYM_TEXT && s->labels > 0) return s;
    }
    return NULL;
}

bool smap__qml_has_labels(const smap__style *style) {
    for (int r = 0; r < style->rules; r++) {
        int at = 0;
        if (next_text(&style->rule[r], &at)) return true;
    }
    return false;
}

static void put_column(smap__str *out, const char *name) {
    smap__str_put_char(out, '"');
    for (; *name; name++) {
        if (*name == '"') smap__str_put_char(out, '"');
        smap__str_put_char(out, *name);
    }
    smap__str_put_char(out, '"');
}

static void put_words(smap__str *out, const char *words) {
    smap__str_put_char(out, '\'');
    for (; *words; words++) {
        if (*words == '\'' || *words == '\\') smap__str_put_char(out, *words == '\'' ? '\'' : '\\');
        smap__str_put_char(out, *words);
    }
    smap__str_put_char(out, '\'');
}

/* Null where a property of it is. */
static void put_line(smap__str *out, const smap__label_line *line, bool arabic) {
    for (int i = 0; i < line->parts; i++) {
        const smap__label_part *part = &line->part[i];
        if (i > 0) smap__str_put(out, " || '\u00a0' || ");
        if (!part->property) {
            put_words(out, arabic ? part->text_ar : part->text_en);
            continue;
        }
        if (part->decimals >= 0) smap__str_put(out, "format_number(");
        put_column(out, part->property);
        if (part->decimals >= 0) smap__str_printf(out, ", %d)", part->decimals);
    }
}

/* One line as it is; more without nulls, empty texts and repeats. */
static void put_expression(smap__str *out, const smap__symbolizer *s, bool arabic) {
    smap__str text = SMAP__STR_INIT;
    if (s->labels == 1) {
        put_line(&text, &s->label[0], arabic);
    } else {
        smap__str_put(&text, "array_to_string(array_distinct(array_filter(array(");
        for (int i = 0; i < s->labels; i++) {
            if (i > 0) smap__str_put(&text, ", ");
            put_line(&text, &s->label[i], arabic);
        }
        smap__str_put(&text, "), length(@element) > 0)), '\\n')");
    }
    smap__qml_put_attribute(out, "fieldName", text.data ? text.data : "");
    out->failed = out->failed || text.failed;
    smap__str_release(&text);
}

static void put_text_style(smap__str *out, const smap__symbolizer *s, bool arabic) {
    char colour[32];
    smap__str_put(out, "<text-style isExpression=\"1\"");
    put_expression(out, s, arabic);
    if (*s->font_family) smap__qml_put_attribute(out, "fontFamily", s->font_family);
    smap__qml_put_number(out, "fontSize", s->size_px * SMAP__SLD_PIXEL_MM / point_mm);
    smap__qml_put_attribute(out, "fontSizeUnit", "Point");
    smap__qml_put_attribute(out, "fontWeight", s->bold ? "75" : "50");
    smap__qml_put_attribute(out, "fontItalic", s->italic ? "1" : "0");
    smap__qml_put_attribute(out, "namedStyle",
                            s->bold     ? (s->italic ? "Bold Italic" : "Bold")
                            : s->italic ? "Italic"
                                        : "Regular");
    smap__qml_colour(colour, s->fill.colour);
    smap__qml_put_attribute(out, "textColor", colour);
    smap__qml_put_number(out, "textOpacity", s->fill.colour.opacity);
    smap__qml_put_attribute(out, "multilineHeight", "1");
    smap__str_put(out, "><text-buffer bufferDraw=");
    smap__str_put(out, s->halo_px > 0 ? "\"1\"" : "\"0\"");
    smap__qml_put_number(out, "bufferSize", s->halo_px * SMAP__SLD_PIXEL_MM);
    smap__qml_put_attribute(out, "bufferSizeUnits", "MM");
    smap__qml_colour(colour, s->halo);
    smap__qml_put_attribute(out, "bufferColor", colour);
    smap__qml_put_number(out, "bufferOpacity", s->halo.opacity);
    smap__str_put(out, " bufferJoinStyle=\"128\"/></text-style>");
}

/* QGIS's numbers of its ways to place a label (QgsPalLayerSettings::Placement). */
static const char *placement_of(const smap__symbolizer *s, unsigned shape) {
    static const char *const around_point = "6", *const along_line = "2", *const curved = "3", *const level = "4",
                             *const free = "5";
    if (shape == SMAP__SHAPE_POINT) return around_point;
    if (shape == SMAP__SHAPE_LINE)
        return s->placement.at_point ? level : s->placement.follows_line ? curved : along_line;
    return s->placement.along_axis ? free : level;
}

/* On the line: 1, above it: 2, below it: 4, as the map is seen and not as the line was drawn: 8. */
static void put_line_placement(smap__str *out, const smap__symbolizer *s) {
    static const double above_mm = 0.3; /* between a line and its label */
    const smap__label_placement *p = &s->placement;
    double offset = p->line_offset_px * SMAP__SLD_PIXEL_MM;
    bool on_line = p->offset_given && offset == 0;
    smap__qml_put_attribute(out, "placementFlags", on_line ? "9" : offset < 0 ? "12" : "10");
    smap__qml_put_number(out, "dist", on_line ? 0 : p->offset_given ? (offset < 0 ? -offset : offset) : above_mm);
    smap__qml_put_number(out, "repeatDistance", p->repeat_px * SMAP__SLD_PIXEL_MM);
    smap__qml_put_attribute(out, "repeatDistanceUnits", "MM");
    smap__qml_put_number(out, "maxCurvedCharAngleIn", p->max_turn_deg);
    smap__qml_put_number(out, "maxCurvedCharAngleOut", -p->max_turn_deg);
}

/* QGIS places labels itself: around a point in the order of cartographic preference, along a line or on its letters,
 * and horizontally inside a polygon; a callout is its leader line. Our priority, any number, goes to its 0 .. 10. */
static void put_placement(smap__str *out, const smap__symbolizer *s, unsigned shape) {
    int priority = s->priority / 10;
    bool leader = s->placement.leader && shape != SMAP__SHAPE_LINE;
    smap__str_put(out, "<placement");
    smap__qml_put_attribute(out, "placement", placement_of(s, shape));
    smap__qml_put_attribute(out, "predefinedPositionOrder", "R,TR,BR,L,TL,BL,TSR,BSR");
    smap__qml_put_attribute(out, "offsetType", "1");
    if (shape == SMAP__SHAPE_LINE)
        put_line_placement(out, s);
    else
        smap__qml_put_number(out, "dist", shape == SMAP__SHAPE_POINT ? SMAP__SLD_PIXEL_MM : 0);
    smap__qml_put_attribute(out, "distUnits", "MM");
    if (shape == SMAP__SHAPE_POLYGON) smap__qml_put_attribute(out, "polygonPlacementFlags", leader ? "3" : "2");
    smap__qml_put_number(out, "priority", priority > 10 ? 10 : priority);
    smap__str_put(out, "/><rendering drawLabels=\"1\" displayAll=\"0\" labelPerPart=\"0\" obstacle=\"1\" "
                       "upsidedownLabels=\"0\" scaleVisibility=\"0\" fontLimitPixelSize=\"0\"");
    smap__qml_put_attribute(out, "fitInPolygonOnly", shape == SMAP__SHAPE_POLYGON && s->placement.fit >= 1 ? "1" : "0");
    smap__str_put(out, "/><callout type=\"simple\"><Option type=\"Map\"><Option type=\"QString\" name=\"enabled\"");
    smap__qml_put_attribute(out, "value", leader ? "1" : "0");
    smap__str_put(out, "/></Option></callout>");
}

static void put_labels_of_kind(smap__str *out, const smap__style *style, unsigned shapes, const smap__qml_kind *kind,
                               int *key, const char *lang) {
    char also[64];
    smap__qml_kind_condition(also, shapes, kind);
    for (int r = 0; r < style->rules; r++) {
        const smap__rule *rule = &style->rule[r];
        int at = 0;
        for (const smap__symbolizer *s; (s = next_text(rule, &at)) != NULL;) {
            smap__str_printf(out, "<rule key=\"label_%d\"", (*key)++);
            smap__qml_put_title(out, "description", rule->title_en, rule->title_ar, lang);
            smap__qml_put_rule_limits(out, rule, also);
            smap__str_put(out, "><settings calloutType=\"simple\">");
            put_text_style(out, s, strcmp(lang, "ar") == 0);
            smap__str_put(out, "<text-format multilineAlign=\"3\" wrapChar=\"\" autoWrapLength=\"0\"/>");
            put_placement(out, s, kind->shape);
            smap__str_put(out, "</settings></rule>\n");
        }
    }
}

void smap__qml_put_labels(smap__str *out, const smap__style *style, unsigned shapes, const char *lang) {
    int key = 0;
    smap__str_put(out, "<labeling type=\"rule-based\"><rules key=\"labels\">\n");
    for (int k = 0; k < SMAP__QML_KINDS; k++)
        if (shapes & smap__qml_kinds[k].shape) put_labels_of_kind(out, style, shapes, &smap__qml_kinds[k], &key, lang);
    smap__str_put(out, "</rules></labeling>\n");
}
