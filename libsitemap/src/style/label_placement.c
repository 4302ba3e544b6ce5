/* Where the labels of a TextSymbolizer may stand: LabelPlacement of SE 1.1, and the options of GeoServer and QGIS. */
#include <string.h>

#include "style/parameter.h"

/* The angle is GeoServer's; half of a text inside its area is GeoServer's too. */
const smap__label_placement smap__sld_placement = { .max_turn_deg = 22.5, .fit = 0.5 };

static bool read_flag(const smap__sld_reader *reader, const smap__xml *node) {
    const char *text = smap__sld_text(reader, node);
    bool on = strcmp(text, "true") == 0 || strcmp(text, "yes") == 0;
    if (!on && strcmp(text, "false") != 0 && strcmp(text, "no") != 0)
        smap__sld_warn(reader, node, "\"%.40s\" is neither true nor false; false is taken", text);
    return on;
}

static void read_at_point(const smap__sld_reader *reader, const smap__xml *node, smap__symbolizer *out) {
    for (const smap__xml *child = node->first; child; child = child->next) {
        if (strcmp(child->name, "AnchorPoint") == 0)
            smap__sld_pair(reader, child, "AnchorPointX", "AnchorPointY", &out->anchor_x, &out->anchor_y);
        else if (strcmp(child->name, "Displacement") == 0)
            smap__sld_pair(reader, child, "DisplacementX", "DisplacementY", &out->offset_x_px, &out->offset_y_px);
        else if (strcmp(child->name, "Rotation") == 0)
            out->rotation_deg = smap__sld_limited(reader, child, -360, 360, 0);
        else
            smap__sld_outside(reader, child);
    }
}

/* IsAligned and GeneralizeLine ask for what is done anyway: labels lie along their line, smoothed as a letter needs. */
static void read_on_line(const smap__sld_reader *reader, const smap__xml *node, smap__symbolizer *out) {
    smap__label_placement *p = &out->placement;
    bool repeated = false;
    double gap = 0;
    for (const smap__xml *child = node->first; child; child = child->next) {
        if (strcmp(child->name, "PerpendicularOffset") == 0) {
            p->line_offset_px = smap__sld_limited(reader, child, -SMAP__SLD_SIZE_MAX_PX, SMAP__SLD_SIZE_MAX_PX, 0);
            p->offset_given = true;
        } else if (strcmp(child->name, "IsRepeated") == 0) {
            repeated = read_flag(reader, child);
        } else if (strcmp(child->name, "Gap") == 0) {
            gap = smap__sld_limited(reader, child, 0, SMAP__SLD_SIZE_MAX_PX, 0);
        } else if (strcmp(child->name, "IsAligned") != 0 && strcmp(child->name, "GeneralizeLine") != 0) {
            smap__sld_outside(reader, child);
        }
    }
    if (repeated && gap > 0) p->repeat_px = gap;
}

void smap__sld_label_placement(const smap__sld_reader *reader, const smap__xml *node, smap__symbolizer *out) {
    const smap__xml *point = smap__xml_child(node, "PointPlacement"), *line = smap__xml_child(node, "LinePlacement");
    out->placement.at_point = point != NULL;
    if (point)
        read_at_point(reader, point, out);
    else if (line)
        read_on_line(reader, line, out);
    else
        smap__sld_warn(reader, node, "only PointPlacement and LinePlacement are in the profile");
}

void smap__sld_label_option(const smap__sld_reader *reader, const smap__xml *node, smap__symbolizer *out) {
    smap__label_placement *p = &out->placement;
    const char *given = smap__xml_attribute_value(node, "name"), *name = given ? given : "";
    if (strcmp(name, "priority") == 0)
        out->priority = (int)smap__sld_limited(reader, node, 0, 1000, 0);
    else if (strcmp(name, "followLine") == 0)
        p->follows_line = read_flag(reader, node);
    else if (strcmp(name, "maxAngleDelta") == 0)
        p->max_turn_deg = smap__sld_limited(reader, node, 0, 90, smap__sld_placement.max_turn_deg);
    else if (strcmp(name, "repeat") == 0)
        p->repeat_px = smap__sld_limited(reader, node, 0, SMAP__SLD_SIZE_MAX_PX, 0);
    else if (strcmp(name, "maxDisplacement") == 0)
        p->displacement_px = smap__sld_limited(reader, node, 0, SMAP__SLD_SIZE_MAX_PX, 0);
    else if (strcmp(name, "callout") == 0)
        p->leader = read_flag(reader, node);
    else if (strcmp(name, "autoWrap") == 0)
        p->wrap_px = smap__sld_limited(reader, node, 0, SMAP__SLD_SIZE_MAX_PX, 0);
    else if (strcmp(name, "goodnessOfFit") == 0)
        p->fit = smap__sld_limited(reader, node, 0, 1, smap__sld_placement.fit);
    else if (strcmp(name, "polygonAlign") == 0)
        p->along_axis = strcmp(smap__sld_text(reader, node), "mbr") == 0;
    else
        smap__sld_outside(reader, node);
}
