#include <string.h>
#include <strings.h>

#include "base/fail.h"
#include "base/str.h"
#include "style/sld.h"

/* What SE 1.1 takes for a part that is not given (sections 11.1 to 11.6). */
static const smap__colour black = { 0, 0, 0, 1 };
static const smap__colour grey = { 128, 128, 128, 1 };
static const smap__colour white = { 255, 255, 255, 1 };
static const double mark_size_px = 6;
static const double font_size_px = 10;
static const double stroke_width_px = 1;
static const double halo_radius_px = 1;
static const double hatch_size_px = 8;

bool smap__sld_is_symbolizer(const smap__xml *node) {
    return strcmp(node->name, "PolygonSymbolizer") == 0 || strcmp(node->name, "LineSymbolizer") == 0 ||
           strcmp(node->name, "PointSymbolizer") == 0 || strcmp(node->name, "TextSymbolizer") == 0;
}

/* ---- parameters ---- */

/* The name of a CssParameter (SLD 1.0) or SvgParameter (SE 1.1); NULL for another element. */
static const char *parameter_name(const smap__xml *node) {
    if (strcmp(node->name, "CssParameter") != 0 && strcmp(node->name, "SvgParameter") != 0) return NULL;
    const char *name = smap__xml_attribute_value(node, "name");
    return name ? name : "";
}

static int hex_digit(char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

static void read_colour(const smap__sld_reader *reader, const smap__xml *node, smap__colour *out) {
    const char *text = smap__sld_text(reader, node);
    int byte[3] = { 0, 0, 0 };
    bool ok = strlen(text) == 7 && text[0] == '#';
    for (int i = 0; ok && i < 6; i++) {
        int digit = hex_digit(text[1 + i]);
        ok = digit >= 0;
        byte[i / 2] = byte[i / 2] * 16 + digit;
    }
    if (!ok) {
        smap__sld_warn(reader, node, "\"%.40s\" is not a colour; write it as #rrggbb", text);
        return;
    }
    out->r = (uint8_t)byte[0];
    out->g = (uint8_t)byte[1];
    out->b = (uint8_t)byte[2];
}

static double read_limited(const smap__sld_reader *reader, const smap__xml *node, double low, double high,
                           double fallback) {
    double value = smap__sld_number(reader, node, fallback);
    if (value >= low && value <= high) return value;
    smap__sld_warn(reader, node, "%g is outside of %g to %g; %g is taken", value, low, high, fallback);
    return fallback;
}

/* The largest size that a style may ask for: 280 mm, about the length of the page. */
static const double size_limit_px = 1000;

static double read_size(const smap__sld_reader *reader, const smap__xml *node, double fallback) {
    return read_limited(reader, node, 0, size_limit_px, fallback);
}

typedef struct choice {
    const char *word;
    int value;
} choice;

/* The value of a word in a list that ends with a NULL; an unknown one is warned of and gives the first. */
static int read_choice(const smap__sld_reader *reader, const smap__xml *node, const choice *list) {
    const char *text = smap__sld_text(reader, node);
    for (int i = 0; list[i].word; i++)
        if (strcmp(list[i].word, text) == 0) return list[i].value;
    smap__sld_warn(reader, node, "\"%.40s\" is not in the profile; \"%s\" is taken", text, list[0].word);
    return list[0].value;
}

static void read_dashes(const smap__sld_reader *reader, const smap__xml *node, smap__stroke *stroke) {
    const char *at = smap__sld_text(reader, node);
    const int most = (int)(sizeof stroke->dash_px / sizeof *stroke->dash_px);
    double dash[8], sum = 0;
    int count = 0;
    while (*at) {
        size_t len = strcspn(at, " ,\t\r\n");
        if (len > 0) {
            if (count == most || !smap__parse_real(at, len, &dash[count]) || dash[count] < 0 ||
                !(dash[count] <= size_limit_px)) {
                smap__sld_warn(reader, node, "a dash pattern is up to %d lengths; the line is drawn unbroken", most);
                return;
            }
            sum += dash[count++];
        }
        at += len;
        at += strspn(at, " ,\t\r\n");
    }
    if (count % 2 || sum <= 0) {
        smap__sld_warn(reader, node, "a dash pattern is pairs of lengths, drawn and gap; the line is drawn unbroken");
        return;
    }
    memcpy(stroke->dash_px, dash, (size_t)count * sizeof *dash);
    stroke->dashes = count;
}

static void read_stroke(const smap__sld_reader *reader, const smap__xml *node, smap__stroke *stroke) {
    static const choice caps[] = {
        { "butt", SMAP__CAP_BUTT }, { "round", SMAP__CAP_ROUND }, { "square", SMAP__CAP_SQUARE }, { NULL, 0 }
    };
    static const choice joins[] = { { "mitre", SMAP__JOIN_MITRE },
                                    { "miter", SMAP__JOIN_MITRE },
                                    { "round", SMAP__JOIN_ROUND },
                                    { "bevel", SMAP__JOIN_BEVEL },
                                    { NULL, 0 } };
    *stroke = (smap__stroke){ .on = true, .colour = black, .width_px = stroke_width_px };
    for (const smap__xml *child = node->first; child; child = child->next) {
        const char *name = parameter_name(child);
        if (!name)
            smap__sld_outside(reader, child);
        else if (strcmp(name, "stroke") == 0)
            read_colour(reader, child, &stroke->colour);
        else if (strcmp(name, "stroke-opacity") == 0)
            stroke->colour.opacity = read_limited(reader, child, 0, 1, 1);
        else if (strcmp(name, "stroke-width") == 0)
            stroke->width_px = read_size(reader, child, stroke_width_px);
        else if (strcmp(name, "stroke-dasharray") == 0)
            read_dashes(reader, child, stroke);
        else if (strcmp(name, "stroke-linecap") == 0)
            stroke->cap = read_choice(reader, child, caps);
        else if (strcmp(name, "stroke-linejoin") == 0)
            stroke->join = read_choice(reader, child, joins);
        else
            smap__sld_warn(reader, child, "\"%s\" of a stroke is not in the profile", name);
    }
    stroke->on = stroke->width_px > 0 && stroke->colour.opacity > 0;
}

/* ---- fills ---- */

static void read_hatch_mark(const smap__sld_reader *reader, const smap__xml *mark, smap__fill *fill) {
    static const choice hatches[] = { { "slash", SMAP__HATCH_SLASH },
                                      { "shape://slash", SMAP__HATCH_SLASH },
                                      { "backslash", SMAP__HATCH_BACKSLASH },
                                      { "shape://backslash", SMAP__HATCH_BACKSLASH },
                                      { "horline", SMAP__HATCH_HORIZONTAL },
                                      { "shape://horline", SMAP__HATCH_HORIZONTAL },
                                      { "vertline", SMAP__HATCH_VERTICAL },
                                      { "shape://vertline", SMAP__HATCH_VERTICAL },
                                      { "times", SMAP__HATCH_TIMES },
                                      { "shape://times", SMAP__HATCH_TIMES },
                                      { NULL, 0 } };
    for (const smap__xml *child = mark->first; child; child = child->next) {
        if (strcmp(child->name, "WellKnownName") == 0)
            fill->hatch = read_choice(reader, child, hatches);
        else if (strcmp(child->name, "Stroke") == 0)
            read_stroke(reader, child, &fill->hatch_stroke);
        else
            smap__sld_outside(reader, child);
    }
}

static void read_hatch(const smap__sld_reader *reader, const smap__xml *graphic_fill, smap__fill *fill) {
    const smap__xml *graphic = smap__xml_child(graphic_fill, "Graphic");
    fill->hatch = SMAP__HATCH_SLASH;
    fill->hatch_size_px = hatch_size_px;
    fill->hatch_stroke = (smap__stroke){ .on = true, .colour = black, .width_px = stroke_width_px };
    if (!graphic) {
        smap__sld_warn(reader, graphic_fill, "<GraphicFill> without a <Graphic>: a slash hatch is drawn");
        return;
    }
    for (const smap__xml *child = graphic->first; child; child = child->next) {
        if (strcmp(child->name, "Mark") == 0)
            read_hatch_mark(reader, child, fill);
        else if (strcmp(child->name, "Size") == 0)
            fill->hatch_size_px = read_limited(reader, child, 1, size_limit_px, hatch_size_px);
        else
            smap__sld_outside(reader, child);
    }
}

static void read_fill(const smap__sld_reader *reader, const smap__xml *node, smap__fill *fill, smap__colour colour) {
    *fill = (smap__fill){ .on = true, .colour = colour };
    for (const smap__xml *child = node->first; child; child = child->next) {
        const char *name = parameter_name(child);
        if (strcmp(child->name, "GraphicFill") == 0)
            read_hatch(reader, child, fill);
        else if (!name)
            smap__sld_outside(reader, child);
        else if (strcmp(name, "fill") == 0)
            read_colour(reader, child, &fill->colour);
        else if (strcmp(name, "fill-opacity") == 0)
            fill->colour.opacity = read_limited(reader, child, 0, 1, 1);
        else
            smap__sld_warn(reader, child, "\"%s\" of a fill is not in the profile", name);
    }
}

/* ---- marks ---- */

static int read_mark_name(const smap__sld_reader *reader, const smap__xml *node) {
    const char *text = smap__sld_text(reader, node);
    for (int mark = 0; mark < SMAP__MARKS; mark++)
        if (strcmp(smap__mark_name(mark), text) == 0) return mark;
    smap__sld_warn(reader, node, "the mark \"%.40s\" is not in the profile; a square is drawn", text);
    return SMAP__MARK_SQUARE;
}

static void read_mark(const smap__sld_reader *reader, const smap__xml *node, smap__symbolizer *out) {
    for (const smap__xml *child = node->first; child; child = child->next) {
        if (strcmp(child->name, "WellKnownName") == 0)
            out->mark = read_mark_name(reader, child);
        else if (strcmp(child->name, "Fill") == 0)
            read_fill(reader, child, &out->fill, grey);
        else if (strcmp(child->name, "Stroke") == 0)
            read_stroke(reader, child, &out->stroke);
        else
            smap__sld_outside(reader, child);
    }
    if (out->fill.on && out->fill.hatch != SMAP__HATCH_NONE) {
        smap__sld_warn(reader, node, "the fill of a mark must be plain");
        out->fill.hatch = SMAP__HATCH_NONE;
    }
}

static void read_graphic(const smap__sld_reader *reader, const smap__xml *node, smap__symbolizer *out) {
    double opacity = 1;
    for (const smap__xml *child = node->first; child; child = child->next) {
        if (strcmp(child->name, "Mark") == 0)
            read_mark(reader, child, out);
        else if (strcmp(child->name, "Size") == 0)
            out->size_px = read_size(reader, child, mark_size_px);
        else if (strcmp(child->name, "Rotation") == 0)
            out->rotation_deg = read_limited(reader, child, -360, 360, 0);
        else if (strcmp(child->name, "Opacity") == 0)
            opacity = read_limited(reader, child, 0, 1, 1);
        else
            smap__sld_outside(reader, child);
    }
    out->fill.colour.opacity *= opacity;
    out->stroke.colour.opacity *= opacity;
}

/* ---- text ---- */

static void read_font(const smap__sld_reader *reader, const smap__xml *node, smap__symbolizer *out) {
    static const choice weights[] = { { "normal", false }, { "bold", true }, { NULL, 0 } };
    static const choice slants[] = { { "normal", false }, { "italic", true }, { "oblique", true }, { NULL, 0 } };
    for (const smap__xml *child = node->first; child; child = child->next) {
        const char *name = parameter_name(child);
        if (!name)
            smap__sld_outside(reader, child);
        else if (strcmp(name, "font-family") == 0)
            out->font_family = smap__sld_text(reader, child);
        else if (strcmp(name, "font-size") == 0)
            out->size_px = read_limited(reader, child, 1, size_limit_px, font_size_px);
        else if (strcmp(name, "font-weight") == 0)
            out->bold = read_choice(reader, child, weights);
        else if (strcmp(name, "font-style") == 0)
            out->italic = read_choice(reader, child, slants);
        else
            smap__sld_warn(reader, child, "\"%s\" of a font is not in the profile", name);
    }
}

static void read_halo(const smap__sld_reader *reader, const smap__xml *node, smap__symbolizer *out) {
    smap__fill fill = { .colour = white };
    out->halo_px = halo_radius_px;
    for (const smap__xml *child = node->first; child; child = child->next) {
        if (strcmp(child->name, "Radius") == 0)
            out->halo_px = read_size(reader, child, halo_radius_px);
        else if (strcmp(child->name, "Fill") == 0)
            read_fill(reader, child, &fill, white);
        else
            smap__sld_outside(reader, child);
    }
    out->halo = fill.colour;
}

static void read_pair(const smap__sld_reader *reader, const smap__xml *node, const char *x_name, const char *y_name,
                      double *x, double *y) {
    for (const smap__xml *child = node->first; child; child = child->next) {
        if (strcmp(child->name, x_name) == 0)
            *x = read_limited(reader, child, -size_limit_px, size_limit_px, *x);
        else if (strcmp(child->name, y_name) == 0)
            *y = read_limited(reader, child, -size_limit_px, size_limit_px, *y);
        else
            smap__sld_outside(reader, child);
    }
}

static void read_placement(const smap__sld_reader *reader, const smap__xml *node, smap__symbolizer *out) {
    const smap__xml *point = smap__xml_child(node, "PointPlacement");
    if (!point) {
        smap__sld_warn(reader, node, "only PointPlacement is in the profile");
        return;
    }
    for (const smap__xml *child = point->first; child; child = child->next) {
        if (strcmp(child->name, "AnchorPoint") == 0)
            read_pair(reader, child, "AnchorPointX", "AnchorPointY", &out->anchor_x, &out->anchor_y);
        else if (strcmp(child->name, "Displacement") == 0)
            read_pair(reader, child, "DisplacementX", "DisplacementY", &out->offset_x_px, &out->offset_y_px);
        else if (strcmp(child->name, "Rotation") == 0)
            out->rotation_deg = read_limited(reader, child, -360, 360, 0);
        else
            smap__sld_outside(reader, child);
    }
}

static void read_vendor_option(const smap__sld_reader *reader, const smap__xml *node, smap__symbolizer *out) {
    const char *name = smap__xml_attribute_value(node, "name");
    if (name && strcmp(name, "priority") == 0)
        out->priority = (int)read_limited(reader, node, 0, 1000, 0);
    else
        smap__sld_outside(reader, node);
}

static smap_status read_text(const smap__sld_reader *reader, const smap__xml *node, smap__symbolizer *out,
                             smap_error *err) {
    out->size_px = font_size_px;
    out->fill = (smap__fill){ .on = true, .colour = black };
    out->anchor_y = 0.5; /* SE 1.1, 11.4.4 */
    for (const smap__xml *child = node->first; child; child = child->next) {
        smap_status status = SMAP_OK;
        if (strcmp(child->name, "Label") == 0)
            status = smap__sld_label(reader, child, out, err);
        else if (strcmp(child->name, "Font") == 0)
            read_font(reader, child, out);
        else if (strcmp(child->name, "Fill") == 0)
            read_fill(reader, child, &out->fill, black);
        else if (strcmp(child->name, "Halo") == 0)
            read_halo(reader, child, out);
        else if (strcmp(child->name, "LabelPlacement") == 0)
            read_placement(reader, child, out);
        else if (strcmp(child->name, "VendorOption") == 0)
            read_vendor_option(reader, child, out);
        else
            smap__sld_outside(reader, child);
        if (status != SMAP_OK) return status;
    }
    if (out->labels == 0) smap__sld_warn(reader, node, "a text symbolizer without a Label shows nothing");
    return SMAP_OK;
}

static void read_shape(const smap__sld_reader *reader, const smap__xml *node, smap__symbolizer *out) {
    for (const smap__xml *child = node->first; child; child = child->next) {
        if (strcmp(child->name, "Fill") == 0 && out->kind == SMAP__SYM_POLYGON)
            read_fill(reader, child, &out->fill, grey);
        else if (strcmp(child->name, "Stroke") == 0 && out->kind != SMAP__SYM_POINT)
            read_stroke(reader, child, &out->stroke);
        else if (strcmp(child->name, "Graphic") == 0 && out->kind == SMAP__SYM_POINT)
            read_graphic(reader, child, out);
        else
            smap__sld_outside(reader, child);
    }
}

smap_status smap__sld_symbolizer(smap__sld_reader *reader, const smap__xml *node, smap__symbolizer *out,
                                 smap_error *err) {
    const char *unit = smap__xml_attribute_value(node, "uom");
    if (unit && strcmp(unit, "http://www.opengeospatial.org/se/units/pixel") != 0)
        smap__sld_warn(reader, node, "sizes are read as pixels of 0.28 mm, not as %.60s", unit);
    *out = (smap__symbolizer){ .label = NULL, .font_family = "", .halo = white };
    if (strcmp(node->name, "TextSymbolizer") == 0) {
        out->kind = SMAP__SYM_TEXT;
        return read_text(reader, node, out, err);
    }
    out->kind = node->name[1] == 'i'                         ? SMAP__SYM_LINE
                : strcmp(node->name, "PointSymbolizer") == 0 ? SMAP__SYM_POINT
                                                             : SMAP__SYM_POLYGON;
    if (out->kind == SMAP__SYM_POINT) {
        out->mark = SMAP__MARK_SQUARE;
        out->size_px = mark_size_px;
    }
    read_shape(reader, node, out);
    return SMAP_OK;
}
