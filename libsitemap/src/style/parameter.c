#include "style/parameter.h"

#include <string.h>

#include "base/str.h"

const char *smap__sld_parameter_name(const smap__xml *node) {
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

bool smap__sld_parse_colour(const char *text, size_t len, smap__colour *out) {
    int byte[3] = { 0, 0, 0 };
    if (len != 7 || text[0] != '#') return false;
    for (int i = 0; i < 6; i++) {
        int digit = hex_digit(text[1 + i]);
        if (digit < 0) return false;
        byte[i / 2] = byte[i / 2] * 16 + digit;
    }
    out->r = (uint8_t)byte[0];
    out->g = (uint8_t)byte[1];
    out->b = (uint8_t)byte[2];
    return true;
}

void smap__sld_colour(const smap__sld_reader *reader, const smap__xml *node, smap__colour *out) {
    const char *text = smap__sld_text(reader, node);
    if (!smap__sld_parse_colour(text, strlen(text), out))
        smap__sld_warn(reader, node, "\"%.40s\" is not a colour; write it as #rrggbb", text);
    else
        smap__recolour(reader->classed, out);
}

double smap__sld_limited(const smap__sld_reader *reader, const smap__xml *node, double low, double high,
                         double fallback) {
    double value = smap__sld_number(reader, node, fallback);
    if (value >= low && value <= high) return value;
    smap__sld_warn(reader, node, "%g is outside of %g to %g; %g is taken", value, low, high, fallback);
    return fallback;
}

double smap__sld_size(const smap__sld_reader *reader, const smap__xml *node, double fallback) {
    return smap__sld_limited(reader, node, 0, SMAP__SLD_SIZE_MAX_PX, fallback);
}

void smap__sld_pair(const smap__sld_reader *reader, const smap__xml *node, const char *x_name, const char *y_name,
                    double *x, double *y) {
    for (const smap__xml *child = node->first; child; child = child->next) {
        if (strcmp(child->name, x_name) == 0)
            *x = smap__sld_limited(reader, child, -SMAP__SLD_SIZE_MAX_PX, SMAP__SLD_SIZE_MAX_PX, *x);
        else if (strcmp(child->name, y_name) == 0)
            *y = smap__sld_limited(reader, child, -SMAP__SLD_SIZE_MAX_PX, SMAP__SLD_SIZE_MAX_PX, *y);
        else
            smap__sld_outside(reader, child);
    }
}

int smap__sld_choice(const smap__sld_reader *reader, const smap__xml *node, const smap__sld_word *list) {
    const char *text = smap__sld_text(reader, node);
    for (int i = 0; list[i].word; i++)
        if (strcmp(list[i].word, text) == 0) return list[i].value;
    smap__sld_warn(reader, node, "\"%.40s\" is not in the profile; \"%s\" is taken", text, list[0].word);
    return list[0].value;
}

/* ---- strokes ---- */

/* A shorter pattern is drawn as millions of dashes that nobody can tell from a line. */
static const double least_pattern_px = 0.5;

static void read_dashes(const smap__sld_reader *reader, const smap__xml *node, smap__stroke *stroke) {
    const char *at = smap__sld_text(reader, node);
    const int most = (int)(sizeof stroke->dash_px / sizeof *stroke->dash_px);
    double dash[8], sum = 0;
    int count = 0;
    while (*at) {
        size_t len = strcspn(at, " ,\t\r\n");
        if (len > 0) {
            if (count == most || !smap__parse_real(at, len, &dash[count]) || dash[count] < 0 ||
                !(dash[count] <= SMAP__SLD_SIZE_MAX_PX)) {
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
    if (sum < least_pattern_px) {
        smap__sld_warn(reader, node, "a dash pattern shorter than %g pixels shows nothing; the line is drawn unbroken",
                       least_pattern_px);
        return;
    }
    memcpy(stroke->dash_px, dash, (size_t)count * sizeof *dash);
    stroke->dashes = count;
}

void smap__sld_stroke(const smap__sld_reader *reader, const smap__xml *node, smap__stroke *stroke) {
    static const smap__sld_word caps[] = {
        { "butt", SMAP__CAP_BUTT }, { "round", SMAP__CAP_ROUND }, { "square", SMAP__CAP_SQUARE }, { NULL, 0 }
    };
    static const smap__sld_word joins[] = { { "mitre", SMAP__JOIN_MITRE },
                                            { "miter", SMAP__JOIN_MITRE },
                                            { "round", SMAP__JOIN_ROUND },
                                            { "bevel", SMAP__JOIN_BEVEL },
                                            { NULL, 0 } };
    *stroke = (smap__stroke)SMAP__SLD_STROKE_INIT;
    for (const smap__xml *child = node->first; child; child = child->next) {
        const char *name = smap__sld_parameter_name(child);
        if (!name)
            smap__sld_outside(reader, child);
        else if (strcmp(name, "stroke") == 0)
            smap__sld_colour(reader, child, &stroke->colour);
        else if (strcmp(name, "stroke-opacity") == 0)
            stroke->colour.opacity = smap__sld_limited(reader, child, 0, 1, 1);
        else if (strcmp(name, "stroke-width") == 0)
            stroke->width_px = smap__sld_size(reader, child, stroke->width_px);
        else if (strcmp(name, "stroke-dasharray") == 0)
            read_dashes(reader, child, stroke);
        else if (strcmp(name, "stroke-linecap") == 0)
            stroke->cap = smap__sld_choice(reader, child, caps);
        else if (strcmp(name, "stroke-linejoin") == 0)
            stroke->join = smap__sld_choice(reader, child, joins);
        else
            smap__sld_warn(reader, child, "\"%s\" of a stroke is not in the profile", name);
    }
    bool graphic = smap__xml_child(node, "GraphicStroke"); /* it was warned of: a plain black line is not it */
    stroke->on = !graphic && stroke->width_px > 0 && stroke->colour.opacity > 0;
}
