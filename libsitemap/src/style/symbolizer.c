#include <string.h>

#include "base/fail.h"
#include "style/parameter.h"

/* What SE 1.1 takes for a part that is not given (section 11.4). */
static const smap__colour black = { 0, 0, 0, 1 };
static const smap__colour white = { 255, 255, 255, 1 };
static const double font_size_px = 10;
static const double halo_radius_px = 1;

bool smap__sld_is_symbolizer(const smap__xml *node) {
    return strcmp(node->name, "PolygonSymbolizer") == 0 || strcmp(node->name, "LineSymbolizer") == 0 ||
           strcmp(node->name, "PointSymbolizer") == 0 || strcmp(node->name, "TextSymbolizer") == 0;
}

/* ---- text ---- */

static void read_font(const smap__sld_reader *reader, const smap__xml *node, smap__symbolizer *out) {
    static const smap__sld_word weights[] = { { "normal", false }, { "bold", true }, { NULL, 0 } };
    static const smap__sld_word slants[] = {
        { "normal", false }, { "italic", true }, { "oblique", true }, { NULL, 0 }
    };
    for (const smap__xml *child = node->first; child; child = child->next) {
        const char *name = smap__sld_parameter_name(child);
        if (!name)
            smap__sld_outside(reader, child);
        else if (strcmp(name, "font-family") == 0)
            out->font_family = smap__sld_text(reader, child);
        else if (strcmp(name, "font-size") == 0)
            out->size_px = smap__sld_limited(reader, child, 1, SMAP__SLD_SIZE_MAX_PX, font_size_px);
        else if (strcmp(name, "font-weight") == 0)
            out->bold = smap__sld_choice(reader, child, weights);
        else if (strcmp(name, "font-style") == 0)
            out->italic = smap__sld_choice(reader, child, slants);
        else
            smap__sld_warn(reader, child, "\"%s\" of a font is not in the profile", name);
    }
}

static void read_halo(const smap__sld_reader *reader, const smap__xml *node, smap__symbolizer *out) {
    smap__fill fill = { .colour = white };
    out->halo_px = halo_radius_px;
    for (const smap__xml *child = node->first; child; child = child->next) {
        if (strcmp(child->name, "Radius") == 0)
            out->halo_px = smap__sld_size(reader, child, halo_radius_px);
        else if (strcmp(child->name, "Fill") == 0)
            smap__sld_plain_fill(reader, child, white, &fill);
        else
            smap__sld_outside(reader, child);
    }
    out->halo = fill.colour;
}

static smap_status read_text(const smap__sld_reader *reader, const smap__xml *node, smap__symbolizer *out,
                             smap_error *err) {
    out->size_px = font_size_px;
    out->fill = (smap__fill){ .on = true, .colour = black };
    out->anchor_y = 0.5; /* SE 1.1, 11.4.4 */
    out->placement = smap__sld_placement;
    for (const smap__xml *child = node->first; child; child = child->next) {
        smap_status status = SMAP_OK;
        if (strcmp(child->name, "Label") == 0)
            status = smap__sld_label(reader, child, out, err);
        else if (strcmp(child->name, "Font") == 0)
            read_font(reader, child, out);
        else if (strcmp(child->name, "Fill") == 0)
            smap__sld_plain_fill(reader, child, black, &out->fill);
        else if (strcmp(child->name, "Halo") == 0)
            read_halo(reader, child, out);
        else if (strcmp(child->name, "LabelPlacement") == 0)
            smap__sld_label_placement(reader, child, out);
        else if (strcmp(child->name, "VendorOption") == 0)
            smap__sld_label_option(reader, child, out);
        else
            smap__sld_outside(reader, child);
        if (status != SMAP_OK) return status;
    }
    if (out->labels == 0) smap__sld_warn(reader, node, "a text symbolizer without a Label shows nothing");
    return SMAP_OK;
}

/* The room around each symbol of a GraphicFill, as GeoServer has it; 0 for another option. */
static double read_margin(const smap__sld_reader *reader, const smap__xml *node) {
    const char *name = smap__xml_attribute_value(node, "name");
    if (name && strcmp(name, "graphic-margin") == 0) return smap__sld_size(reader, node, 0);
    smap__sld_outside(reader, node);
    return 0;
}

static smap_status read_shape(smap__sld_reader *reader, const smap__xml *node, smap__symbolizer *out, smap_error *err) {
    double margin = 0;
    for (const smap__xml *child = node->first; child; child = child->next) {
        smap_status status = SMAP_OK;
        if (strcmp(child->name, "Fill") == 0 && out->kind == SMAP__SYM_POLYGON)
            status = smap__sld_area_fill(reader, child, &out->fill, err);
        else if (strcmp(child->name, "Stroke") == 0 && out->kind != SMAP__SYM_POINT)
            status = smap__sld_line_stroke(reader, child, &out->stroke, err);
        else if (strcmp(child->name, "PerpendicularOffset") == 0 && out->kind != SMAP__SYM_POINT)
            out->aside_px = smap__sld_limited(reader, child, -SMAP__SLD_SIZE_MAX_PX, SMAP__SLD_SIZE_MAX_PX, 0);
        else if (strcmp(child->name, "Graphic") == 0 && out->kind == SMAP__SYM_POINT)
            status = smap__sld_graphic(reader, child, out, err);
        else if (strcmp(child->name, "VendorOption") == 0 && out->kind == SMAP__SYM_POLYGON)
            margin += read_margin(reader, child);
        else
            smap__sld_outside(reader, child);
        if (status != SMAP_OK) return status;
    }
    if (out->fill.hatch == SMAP__HATCH_MARKS) out->fill.hatch_size_px += 2 * margin;
    return SMAP_OK;
}

smap_status smap__sld_symbolizer(smap__sld_reader *reader, const smap__xml *node, smap__symbolizer *out,
                                 smap_error *err) {
    const char *unit = smap__xml_attribute_value(node, "uom");
    if (unit && strcmp(unit, "http://www.opengeospatial.org/se/units/pixel") != 0)
        smap__sld_warn(reader, node, "sizes are read as pixels of 0.28 mm, not as %.60s", unit);
    *out = (smap__symbolizer){ .label = NULL, .font_family = "", .halo = white, .opacity = 1 };
    if (strcmp(node->name, "TextSymbolizer") == 0) {
        out->kind = SMAP__SYM_TEXT;
        return read_text(reader, node, out, err);
    }
    out->kind = node->name[1] == 'i' ? SMAP__SYM_LINE : SMAP__SYM_POLYGON;
    if (strcmp(node->name, "PointSymbolizer") == 0) smap__sld_graphic_init(out);
    return read_shape(reader, node, out, err);
}
