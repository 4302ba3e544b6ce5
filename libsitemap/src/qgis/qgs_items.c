#include "qgis/qgs_items.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { TYPE_LABEL = 65641, TYPE_LEGEND = 65642, TYPE_SHAPE = 65643 };

static const double POINT_MM = 25.4 / 72;

void smap__qgs_put_rgba(smap__str *out, const char *name, smap__colour colour) {
    smap__str_printf(out, "<%s red=\"%d\" green=\"%d\" blue=\"%d\" alpha=\"%d\"/>", name, colour.r, colour.g, colour.b,
                     (int)lround(colour.opacity * 255));
}

void smap__qgs_put_uuid(smap__qgs_page *page, const char *name, int item) {
    smap__str_printf(page->out, " %s=\"{5173a000-0000-4000-8000-%06d%06d}\"", name, page->number, item);
}

static void put_lengths(smap__str *out, const char *name, double a, double b) {
    char first[32], second[32];
    smap__qml_number(first, a);
    smap__qml_number(second, b);
    smap__str_printf(out, " %s=\"%s,%s,mm\"", name, first, second);
}

void smap__qgs_item_start(smap__qgs_page *page, int type, const char *id, smap__rect_mm at, int item) {
    smap__str *out = page->out;
    page->item++;
    smap__str_printf(out,
                     "<LayoutItem type=\"%d\" zValue=\"%d\" visibility=\"1\" opacity=\"1\" frame=\"false\" "
                     "background=\"false\" itemRotation=\"0\" excludeFromExports=\"0\"",
                     type, page->item);
    smap__qml_put_attribute(out, "id", id);
    smap__qgs_put_uuid(page, "uuid", item ? item : page->item);
    smap__qgs_put_uuid(page, "templateUuid", item ? item : page->item);
    /* An item that grows with what is in it grows from its start side. */
    enum { UPPER_LEFT = 0, UPPER_RIGHT = 2 };
    bool mirrored = page->layout->sheet->mirrored && type == TYPE_LEGEND;
    double x = mirrored ? at.x + at.w : at.x;
    smap__str_printf(out, " referencePoint=\"%d\"", mirrored ? UPPER_RIGHT : UPPER_LEFT);
    put_lengths(out, "position", x, at.y);
    put_lengths(out, "positionOnPage", x, at.y);
    put_lengths(out, "size", at.w, at.h);
}

void smap__qgs_item_end(smap__qgs_page *page) {
    smap__str_put(page->out, "</LayoutItem>\n");
}

/* ---- symbols ---- */

static void put_property(smap__str *out, const char *name, const char *value) {
    smap__str_put(out, "<Option type=\"QString\"");
    smap__qml_put_attribute(out, "name", name);
    smap__qml_put_attribute(out, "value", value);
    smap__str_put(out, "/>");
}

static void put_symbol_start(smap__str *out, const char *name, const char *type, const char *class) {
    smap__str_put(out, "<symbol alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\"");
    smap__qml_put_attribute(out, "name", name);
    smap__qml_put_attribute(out, "type", type);
    smap__str_printf(out, "><layer class=\"%s\" enabled=\"1\" locked=\"0\" pass=\"0\"><Option type=\"Map\">", class);
}

static void put_symbol_end(smap__str *out) {
    smap__str_put(out, "</Option></layer></symbol>");
}

void smap__qgs_put_fill(smap__str *out, const char *name, const smap__colour *fill, const smap__colour *stroke,
                        double stroke_mm) {
    char text[32];
    put_symbol_start(out, name, "fill", "SimpleFill");
    put_property(out, "style", fill ? "solid" : "no");
    if (fill) smap__qml_colour(text, *fill);
    if (fill) put_property(out, "color", text);
    put_property(out, "outline_style", stroke ? "solid" : "no");
    if (stroke) smap__qml_colour(text, *stroke);
    if (stroke) put_property(out, "outline_color", text);
    smap__qml_number(text, stroke_mm);
    put_property(out, "outline_width", text);
    put_property(out, "outline_width_unit", "MM");
    put_property(out, "joinstyle", "miter");
    put_symbol_end(out);
}

void smap__qgs_put_line(smap__str *out, const char *name, smap__colour colour, double width_mm) {
    char text[32];
    put_symbol_start(out, name, "line", "SimpleLine");
    smap__qml_colour(text, colour);
    put_property(out, "line_color", text);
    smap__qml_number(text, width_mm);
    put_property(out, "line_width", text);
    put_property(out, "line_width_unit", "MM");
    put_property(out, "line_style", "solid");
    put_symbol_end(out);
}

void smap__qgs_put_rectangle(smap__qgs_page *page, const char *id, smap__rect_mm at, const smap__colour *fill,
                             const smap__colour *stroke, double stroke_mm) {
    smap__qgs_item_start(page, TYPE_SHAPE, id, at, 0);
    smap__str_put(page->out, " shapeType=\"1\" cornerRadiusMeasure=\"0,mm\">");
    smap__qgs_put_fill(page->out, "", fill, stroke, stroke_mm);
    smap__qgs_item_end(page);
}

/* ---- texts ---- */

void smap__qgs_put_text_style(smap__str *out, const char *family, double size_pt, bool bold, bool italic,
                              smap__colour colour) {
    char text[32];
    smap__qml_colour(text, colour);
    smap__str_put(out, "<text-style fontSizeUnit=\"Point\" textOpacity=\"1\" multilineHeight=\"1\"");
    smap__qml_put_attribute(out, "fontFamily", family);
    smap__qml_put_number(out, "fontSize", size_pt);
    smap__qml_put_attribute(out, "fontWeight", bold ? "75" : "50");
    smap__qml_put_attribute(out, "fontItalic", italic ? "1" : "0");
    smap__qml_put_attribute(out, "namedStyle", bold ? "Bold" : italic ? "Italic" : "Regular");
    smap__qml_put_attribute(out, "textColor", text);
    smap__str_put(out, "/>");
}

/* Qt sets text a little wider than Pango does at the same size: texts are set so much smaller that they break where the
 * sheet breaks them, and single lines have room to spare. Its lines stand as far apart as the font says (hhea ascent
 * and descent of Noto Sans 1.069 and 0.293 of the size, of Noto Sans Arabic 1.374 and 0.738), so the first one is put
 * on the sheet's baseline. */
static const double QT_SIZE = 0.97;

static smap__rect_mm with_room(const smap__placed_text *t) {
    static const double wider = 0.15, ascent[] = { 1.069, 1.374 }, line[] = { 1.362, 2.112 }, one_line = 1.7;
    smap__rect_mm at = t->at;
    double size = t->size_pt * POINT_MM * QT_SIZE, height = line[t->rtl] * size;
    bool single = !t->wrapped || at.h < one_line * size;
    double more = single ? at.w * wider + 1 : 0;
    at.x -= t->align == SMAP__PLACED_LEFT ? 0 : t->align == SMAP__PLACED_RIGHT ? more : more / 2;
    at.w += more;
    at.y = t->baseline_mm - ascent[t->rtl] * size;
    at.h = single ? height * 1.1 : at.h + height;
    return at;
}

void smap__qgs_put_label(smap__qgs_page *page, const char *id, const smap__placed_text *placed, const char *says) {
    static const char *const halign[] = { "1", "4", "2" }; /* Qt's left, centre, right */
    smap__str *out = page->out, description = SMAP__STR_INIT;
    const char *family = page->layout->sheet->family[placed->rtl ? SMAP__AR : SMAP__EN];
    char size[32];
    smap__qml_number(size, placed->size_pt * QT_SIZE);
    smap__qgs_item_start(page, TYPE_LABEL, id, with_room(placed), 0);
    smap__qml_put_attribute(out, "labelText", says);
    smap__qml_put_attribute(out, "halign", halign[placed->align]);
    smap__str_put(out, " valign=\"32\" marginX=\"0\" marginY=\"0\" htmlState=\"0\">");
    smap__str_printf(&description, "%s,%s,-1,5,%d,%d,0,0,0,0", family, size, placed->bold ? 75 : 50, placed->italic);
    smap__str_put(out, "<LabelFont");
    smap__qml_put_attribute(out, "description", description.data ? description.data : "");
    smap__qml_put_attribute(out, "style", placed->bold ? "Bold" : placed->italic ? "Italic" : "Regular");
    smap__str_put(out, "/>");
    smap__qgs_put_rgba(out, "FontColor", placed->colour);
    smap__qgs_put_text_style(out, family, placed->size_pt * QT_SIZE, placed->bold, placed->italic, placed->colour);
    smap__qgs_item_end(page);
    out->failed = out->failed || description.failed;
    smap__str_release(&description);
}
