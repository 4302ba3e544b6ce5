/* What a symbolizer is filled, lined or marked with: fills, hatches, marks, symbols from files. */
#include <string.h>

#include "base/fail.h"
#include "style/parameter.h"
#include "style/svg.h"

/* What SE 1.1 takes for a part that is not given (section 11.3). */
static const smap__colour grey = { 128, 128, 128, 1 };
static const double mark_size_px = 6;
static const double hatch_size_px = 8;
/* Symbols of a fill or along a line stand no closer: more of them are no pattern, and each is drawn. */
static const double least_step_px = 2;

/* ---- marks and symbols from files ---- */

void smap__sld_graphic_init(smap__symbolizer *out) {
    out->kind = SMAP__SYM_POINT;
    out->mark = SMAP__MARK_SQUARE;
    out->size_px = mark_size_px;
    out->opacity = 1;
    out->anchor_x = out->anchor_y = 0.5;
}

static int read_mark_name(const smap__sld_reader *reader, const smap__xml *node) {
    const char *text = smap__sld_text(reader, node);
    for (int mark = 0; mark < SMAP__MARKS; mark++)
        if (strcmp(smap__mark_name(mark), text) == 0) return mark;
    smap__sld_warn(reader, node, "the mark \"%.40s\" is not in the profile; a square is drawn", text);
    return SMAP__MARK_SQUARE;
}

void smap__sld_plain_fill(const smap__sld_reader *reader, const smap__xml *node, smap__colour colour,
                          smap__fill *fill) {
    *fill = (smap__fill){ .on = true, .colour = colour };
    for (const smap__xml *child = node->first; child; child = child->next) {
        const char *name = smap__sld_parameter_name(child);
        if (strcmp(child->name, "GraphicFill") == 0)
            smap__sld_warn(reader, child, "the fill of a mark or of text must be plain");
        else if (!name)
            smap__sld_outside(reader, child);
        else if (strcmp(name, "fill") == 0)
            smap__sld_colour(reader, child, &fill->colour);
        else if (strcmp(name, "fill-opacity") == 0)
            fill->colour.opacity = smap__sld_limited(reader, child, 0, 1, 1);
        else
            smap__sld_warn(reader, child, "\"%s\" of a fill is not in the profile", name);
    }
}

static void read_mark(const smap__sld_reader *reader, const smap__xml *node, smap__symbolizer *out) {
    for (const smap__xml *child = node->first; child; child = child->next) {
        if (strcmp(child->name, "WellKnownName") == 0)
            out->mark = read_mark_name(reader, child);
        else if (strcmp(child->name, "Fill") == 0)
            smap__sld_plain_fill(reader, child, grey, &out->fill);
        else if (strcmp(child->name, "Stroke") == 0)
            smap__sld_stroke(reader, child, &out->stroke);
        else
            smap__sld_outside(reader, child);
    }
}

/* out->svg stays NULL where the symbol is none that the profile has: that is warned of. */
static smap_status read_external(smap__sld_reader *reader, const smap__xml *node, smap__symbolizer *out,
                                 smap_error *err) {
    const char *href = NULL;
    for (const smap__xml *child = node->first; child; child = child->next) {
        if (strcmp(child->name, "OnlineResource") == 0) {
            href = smap__xml_attribute_value(child, "http://www.w3.org/1999/xlink|href");
        } else if (strcmp(child->name, "Format") != 0) {
            smap__sld_outside(reader, child);
        } else if (strncmp(child->text, "image/svg", strlen("image/svg")) != 0) {
            smap__sld_warn(reader, child, "a symbol of format \"%.40s\" is not in the profile; SVG is", child->text);
            return SMAP_OK;
        }
    }
    if (href) return smap__svg_read(reader, node, href, &out->svg, err);
    smap__sld_warn(reader, node, "<ExternalGraphic> without an OnlineResource and its xlink:href is left out");
    return SMAP_OK;
}

/* Of several marks and symbols the first is drawn that can be (SE 1.1, 11.3.1). */
static smap_status read_shown(smap__sld_reader *reader, const smap__xml *node, smap__symbolizer *out, bool *shown,
                              smap_error *err) {
    *shown = false;
    for (const smap__xml *child = node->first; child && !*shown; child = child->next) {
        if (strcmp(child->name, "Mark") == 0) {
            read_mark(reader, child, out);
            *shown = true;
        } else if (strcmp(child->name, "ExternalGraphic") == 0) {
            smap_status status = read_external(reader, child, out, err);
            if (status != SMAP_OK) return status;
            *shown = out->svg != NULL;
        }
    }
    return SMAP_OK;
}

static void read_placing(const smap__sld_reader *reader, const smap__xml *node, smap__symbolizer *out) {
    for (const smap__xml *child = node->first; child; child = child->next) {
        if (strcmp(child->name, "Size") == 0)
            out->size_px = smap__sld_size(reader, child, mark_size_px);
        else if (strcmp(child->name, "Rotation") == 0)
            out->rotation_deg = smap__sld_limited(reader, child, -360, 360, 0);
        else if (strcmp(child->name, "Opacity") == 0)
            out->opacity = smap__sld_limited(reader, child, 0, 1, 1);
        else if (strcmp(child->name, "AnchorPoint") == 0)
            smap__sld_pair(reader, child, "AnchorPointX", "AnchorPointY", &out->anchor_x, &out->anchor_y);
        else if (strcmp(child->name, "Displacement") == 0)
            smap__sld_pair(reader, child, "DisplacementX", "DisplacementY", &out->offset_x_px, &out->offset_y_px);
        else if (strcmp(child->name, "Mark") != 0 && strcmp(child->name, "ExternalGraphic") != 0)
            smap__sld_outside(reader, child);
    }
}

smap_status smap__sld_graphic(smap__sld_reader *reader, const smap__xml *node, smap__symbolizer *out, smap_error *err) {
    bool shown = false;
    smap_status status = read_shown(reader, node, out, &shown, err);
    if (status != SMAP_OK) return status;
    if (!shown) { /* what stands for a symbol that cannot be had */
        out->fill = (smap__fill){ .on = true, .colour = grey };
        out->stroke = (smap__stroke)SMAP__SLD_STROKE_INIT;
    }
    read_placing(reader, node, out);
    out->fill.colour.opacity *= out->opacity;
    out->stroke.colour.opacity *= out->opacity;
    return SMAP_OK;
}

/* ---- fills of areas ---- */

static const smap__sld_word hatches[] = { { "slash", SMAP__HATCH_SLASH },
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

/* The lines that a mark stands for in a fill, SMAP__HATCH_NONE for a mark like any other. */
static int hatch_of(const smap__xml *mark) {
    const smap__xml *name = smap__xml_child(mark, "WellKnownName");
    for (int i = 0; name && hatches[i].word; i++)
        if (strcmp(hatches[i].word, name->text) == 0) return hatches[i].value;
    return SMAP__HATCH_NONE;
}

static void read_lines(const smap__sld_reader *reader, const smap__xml *graphic, const smap__xml *mark,
                       smap__fill *fill) {
    fill->hatch = hatch_of(mark);
    fill->hatch_size_px = hatch_size_px;
    fill->hatch_stroke = (smap__stroke)SMAP__SLD_STROKE_INIT;
    for (const smap__xml *child = mark->first; child; child = child->next) {
        if (strcmp(child->name, "Stroke") == 0)
            smap__sld_stroke(reader, child, &fill->hatch_stroke);
        else if (strcmp(child->name, "WellKnownName") != 0)
            smap__sld_outside(reader, child);
    }
    double opacity = 1;
    for (const smap__xml *child = graphic->first; child; child = child->next) {
        if (strcmp(child->name, "Size") == 0)
            fill->hatch_size_px = smap__sld_limited(reader, child, 1, SMAP__SLD_SIZE_MAX_PX, hatch_size_px);
        else if (strcmp(child->name, "Opacity") == 0)
            opacity = smap__sld_limited(reader, child, 0, 1, 1);
        else if (child != mark)
            smap__sld_outside(reader, child);
    }
    fill->hatch_stroke.colour.opacity *= opacity;
}

/* What stands again and again in a fill or along a line; *out is NULL where nothing of it can be drawn. */
static smap_status read_repeated(smap__sld_reader *reader, const smap__xml *graphic, const smap__symbolizer **out,
                                 smap_error *err) {
    smap__symbolizer *pattern = smap__arena_alloc(reader->arena, sizeof *pattern);
    *out = NULL;
    if (!pattern) return smap__fail_memory(err);
    *pattern = (smap__symbolizer){ .font_family = "" };
    smap__sld_graphic_init(pattern);
    bool shown = false;
    smap_status status = read_shown(reader, graphic, pattern, &shown, err);
    if (status != SMAP_OK || !shown) return status;
    read_placing(reader, graphic, pattern);
    pattern->fill.colour.opacity *= pattern->opacity;
    pattern->stroke.colour.opacity *= pattern->opacity;
    *out = pattern;
    return SMAP_OK;
}

/* A mark or symbol on a square lattice; without one that can be drawn there is no fill. */
static smap_status read_lattice(smap__sld_reader *reader, const smap__xml *graphic, smap__fill *fill, smap_error *err) {
    const smap__symbolizer *pattern;
    smap_status status = read_repeated(reader, graphic, &pattern, err);
    fill->on = pattern != NULL;
    if (status != SMAP_OK || !pattern) return status;
    fill->hatch = SMAP__HATCH_MARKS;
    fill->hatch_mark = pattern;
    fill->hatch_size_px = pattern->size_px > least_step_px ? pattern->size_px : least_step_px;
    return SMAP_OK;
}

static smap_status read_graphic_fill(smap__sld_reader *reader, const smap__xml *node, smap__fill *fill,
                                     smap_error *err) {
    const smap__xml *graphic = smap__xml_child(node, "Graphic");
    if (!graphic) {
        smap__sld_warn(reader, node, "<GraphicFill> without a <Graphic> is left out");
        fill->on = false;
        return SMAP_OK;
    }
    const smap__xml *mark = smap__xml_child(graphic, "Mark");
    if (!mark || smap__xml_child(graphic, "ExternalGraphic") || hatch_of(mark) == SMAP__HATCH_NONE)
        return read_lattice(reader, graphic, fill, err);
    read_lines(reader, graphic, mark, fill);
    return SMAP_OK;
}

smap_status smap__sld_area_fill(smap__sld_reader *reader, const smap__xml *node, smap__fill *fill, smap_error *err) {
    const smap__xml *graphic = smap__xml_child(node, "GraphicFill");
    if (!graphic) {
        smap__sld_plain_fill(reader, node, grey, fill);
        return SMAP_OK;
    }
    *fill = (smap__fill){ .on = true, .colour = grey };
    for (const smap__xml *child = node->first; child; child = child->next)
        if (child != graphic) smap__sld_warn(reader, child, "beside a <GraphicFill> this says nothing");
    return read_graphic_fill(reader, graphic, fill, err);
}

/* ---- marks and symbols along lines ---- */

/* SE 1.1, 11.1.3: gaps are the blank before the first graphic and between two of them. */
static smap_status read_graphic_stroke(smap__sld_reader *reader, const smap__xml *node, smap__stroke *stroke,
                                       smap_error *err) {
    const smap__xml *graphic = smap__xml_child(node, "Graphic");
    double initial = 0, gap = 0;
    smap_status status = SMAP_OK;
    if (!graphic)
        smap__sld_warn(reader, node, "<GraphicStroke> without a <Graphic> is left out");
    else
        status = read_repeated(reader, graphic, &stroke->graphic, err);
    for (const smap__xml *child = node->first; child; child = child->next) {
        if (strcmp(child->name, "InitialGap") == 0)
            initial = smap__sld_size(reader, child, 0);
        else if (strcmp(child->name, "Gap") == 0)
            gap = smap__sld_size(reader, child, 0);
        else if (child != graphic)
            smap__sld_outside(reader, child);
    }
    if (!stroke->graphic) return status;
    double length = stroke->graphic->size_px * (stroke->graphic->svg ? stroke->graphic->svg->aspect : 1);
    stroke->first_px = initial + length / 2;
    stroke->step_px = length + gap > least_step_px ? length + gap : least_step_px;
    return status;
}

smap_status smap__sld_line_stroke(smap__sld_reader *reader, const smap__xml *node, smap__stroke *stroke,
                                  smap_error *err) {
    const smap__xml *graphic = smap__xml_child(node, "GraphicStroke");
    if (!graphic) {
        smap__sld_stroke(reader, node, stroke);
        return SMAP_OK;
    }
    *stroke = (smap__stroke){ .on = false };
    for (const smap__xml *child = node->first; child; child = child->next)
        if (child != graphic) smap__sld_warn(reader, child, "beside a <GraphicStroke> this says nothing");
    return read_graphic_stroke(reader, graphic, stroke, err);
}
