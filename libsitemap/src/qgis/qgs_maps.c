/* The maps of a layout, and what hangs on them: grid, overview, legend, scale bar, north arrow. */
#include <math.h>
#include <string.h>

#include "qgis/qgs_items.h"

enum { TYPE_MAP = 65639, TYPE_PICTURE = 65640, TYPE_LEGEND = 65642, TYPE_SCALE_BAR = 65646 };

void smap__qgs_put_box(smap__str *out, const char *name, smap_box box) {
    const struct {
        const char *name;
        double value;
    } side[] = { { "xmin", box.xmin }, { "ymin", box.ymin }, { "xmax", box.xmax }, { "ymax", box.ymax } };
    smap__str_printf(out, "<%s", name);
    for (int i = 0; i < 4; i++) {
        smap__str_printf(out, " %s=\"", side[i].name);
        smap__str_put_real(out, side[i].value);
        smap__str_put_char(out, '"');
    }
    smap__str_put(out, "/>");
}

static void put_layer_set(smap__qgs_page *page, const int *layer, int layers) {
    smap__str *out = page->out;
    smap__str_put(out, "<LayerSet>");
    for (int i = 0; i < layers; i++) {
        const smap__qgs_layer *l = &page->project->layer[layer[i]];
        smap__str_put(out, "<Layer provider=\"ogr\" source=\"");
        smap__qgs_put_source(out, page->project, l);
        smap__str_put_char(out, '"');
        smap__qml_put_attribute(out, "name", l->title);
        smap__str_put_char(out, '>');
        smap__str_put_xml(out, l->id, strlen(l->id));
        smap__str_put(out, "</Layer>");
    }
    smap__str_put(out, "</LayerSet>\n");
}

/* Map items have a background and a frame of their own: attributes that every item has are written by its start as
 * off, so fill and outline are rectangles below and above. */
static void map_start(smap__qgs_page *page, const char *id, smap__rect_mm at, int item) {
    smap__qgs_item_start(page, TYPE_MAP, id, at, item);
    smap__str_put(page->out, " followPreset=\"false\" keepLayerSet=\"true\" mapRotation=\"0\" mapFlags=\"0\" "
                             "drawCanvasItems=\"true\" labelMargin=\"0,mm\" isTemporal=\"0\">\n");
}

static void put_frame(smap__qgs_page *page, const smap__view *view) {
    smap__qgs_put_box(page->out, "Extent", view->box);
    smap__str_put(page->out, "<crs>");
    smap__qgs_put_crs(page->out, view->crs);
    smap__str_put(page->out, "</crs>");
}

/* ---- the grid ---- */

static void put_sides(smap__str *out, const char *what, int horizontal, int vertical) {
    smap__str_printf(out, " left%s=\"%d\" right%s=\"%d\" top%s=\"%d\" bottom%s=\"%d\"", what, vertical, what, vertical,
                     what, horizontal, what, horizontal);
}

/* Degrees along the frame, crosses inside, as on the sheet; the step is the one of the sheet's scale. */
static void put_grid(smap__qgs_page *page) {
    enum { CROSS = 1, DEGREE_MINUTE = 1, DEGREE_MINUTE_SECOND = 2, TICKS_OUTSIDE = 3 };
    const smap__sheet *s = page->layout->sheet;
    const smap__sheet_look *look = &s->look;
    smap__str *out = page->out;
    double step = s->tick_step_deg, minutes = step * 60;
    if (!(step > 0)) return;
    smap__str_put(out, "<ComposerMapGrid name=\"Graticule\" show=\"1\" unit=\"0\" position=\"3\" blendMode=\"0\" "
                       "offsetX=\"0\" offsetY=\"0\" showAnnotation=\"1\" annotationPrecision=\"0\" "
                       "annotationExpression=\"\" gridFrameSideFlags=\"15\" gridFrameMargin=\"0\"");
    smap__qgs_put_uuid(page, "uuid", SMAP__QGS_MAIN_MAP + 500);
    smap__str_printf(out, " gridStyle=\"%d\" gridFrameStyle=\"%d\" annotationFormat=\"%d\"", CROSS, TICKS_OUTSIDE,
                     fabs(minutes - round(minutes)) < 1e-6 ? DEGREE_MINUTE : DEGREE_MINUTE_SECOND);
    smap__str_put(out, " intervalX=\"");
    smap__str_put_real(out, step);
    smap__str_put(out, "\" intervalY=\"");
    smap__str_put_real(out, step);
    smap__str_put_char(out, '"');
    smap__qml_put_number(out, "crossLength", look->cross_mm / 2);
    smap__qml_put_number(out, "gridFrameWidth", look->tick_mm);
    smap__qml_put_number(out, "gridFramePenThickness", look->tick_stroke_mm);
    smap__qml_put_number(out, "frameAnnotationDistance", look->tick_gap_mm);
    put_sides(out, "AnnotationDisplay", 2, 1); /* longitudes across, latitudes up */
    put_sides(out, "AnnotationPosition", 1, 1);
    put_sides(out, "AnnotationDirection", 0, 1);
    put_sides(out, "FrameDivisions", 2, 1);
    smap__str_put(out, "><lineStyle>");
    smap__qgs_put_line(out, "", look->cross_colour, look->tick_stroke_mm);
    smap__str_put(out, "</lineStyle>");
    const smap__qgs_layer *any = &page->project->layer[page->layout->map_layer[0]];
    smap__qgs_put_crs(out, any->crs);
    smap__qgs_put_text_style(out, "Noto Sans", look->tick->size_pt, false, false, look->tick->colour);
    smap__qgs_put_rgba(out, "annotationFontColor", look->tick->colour);
    smap__str_put(out, "</ComposerMapGrid>\n");
}

void smap__qgs_put_main_map(smap__qgs_page *page, const smap__element *element) {
    const smap__view *view = &page->layout->sheet->map;
    smap__str *out = page->out;
    if (element->filled) smap__qgs_put_rectangle(page, "map ground", view->at, &element->fill, NULL, 0);
    map_start(page, "map", view->at, SMAP__QGS_MAIN_MAP);
    put_frame(page, view);
    put_layer_set(page, page->layout->map_layer, page->layout->map_layers);
    put_grid(page);
    smap__str_printf(out, "<AtlasMap atlasDriven=\"%d\" scalingMode=\"1\" margin=\"0.08\"/>",
                     page->layout->atlas != NULL);
    smap__qgs_item_end(page);
    if (element->stroke_mm > 0)
        smap__qgs_put_rectangle(page, "map frame", view->at, NULL, &element->stroke, element->stroke_mm);
}

void smap__qgs_put_locator(smap__qgs_page *page, const smap__element *element) {
    const smap__sheet *s = page->layout->sheet;
    smap__str *out = page->out;
    if (page->layout->locator_layers == 0) return;
    if (element->filled) smap__qgs_put_rectangle(page, "locator ground", s->locator.at, &element->fill, NULL, 0);
    map_start(page, "locator", s->locator.at, SMAP__QGS_LOCATOR);
    put_frame(page, &s->locator);
    put_layer_set(page, page->layout->locator_layer, page->layout->locator_layers);
    smap__str_put(out, "<ComposerMapOverview name=\"Overview\" show=\"1\" inverted=\"0\" centered=\"0\" "
                       "blendMode=\"0\" position=\"3\"");
    smap__qgs_put_uuid(page, "frameMap", SMAP__QGS_MAIN_MAP);
    smap__qgs_put_uuid(page, "uuid", SMAP__QGS_LOCATOR + 500);
    smap__str_put_char(out, '>');
    smap__qgs_put_fill(out, "", NULL, &s->look.extent_colour, s->look.extent_stroke_mm);
    smap__str_put(out, "</ComposerMapOverview><AtlasMap atlasDriven=\"0\" scalingMode=\"2\" margin=\"0.1\"/>");
    smap__qgs_item_end(page);
    if (element->stroke_mm > 0)
        smap__qgs_put_rectangle(page, "locator frame", s->locator.at, NULL, &element->stroke, element->stroke_mm);
}

/* ---- the legend ---- */

static void put_legend_style(smap__str *out, const char *name, const smap__text_style *style, double shrink,
                             double above_mm, bool rtl) {
    char size[32], above[32];
    smap__qml_number(size, style->size_pt * shrink);
    smap__qml_number(above, above_mm);
    smap__str_printf(out,
                     "<style name=\"%s\" alignment=\"%d\" indent=\"0\" marginTop=\"%s\" marginBottom=\"0\" "
                     "marginLeft=\"%s\"><styleFont description=\"Noto Sans,%s,-1,5,%d,0,0,0,0,0\" style=\"%s\"/>"
                     "</style>",
                     name, rtl ? 2 : 1, above, strcmp(name, "symbolLabel") == 0 ? "1.5" : "0", size,
                     style->bold ? 75 : 50, style->bold ? "Bold" : "Regular");
}

/* What legends break their lines at. */
#define LINE_BREAK "\u00B6"

static const smap__sheet_layer *sheet_layer(const smap__sheet *s, const char *table) {
    for (int i = 0; i < s->layers; i++)
        if (strcmp(s->layer[i].layer->name, table) == 0) return &s->layer[i];
    return NULL;
}

static void put_both(smap__str *out, const char *const *text, const char *between) {
    for (int lang = 0, n = 0; lang < SMAP__LANGS; lang++)
        if (text[lang]) smap__str_printf(out, "%s%s", n++ ? between : "", text[lang]);
}

/* The title that the sheet's legend has, and what that says of the data: an excerpt, made up. A table of which the
 * sheet makes several groups has the remarks of all. */
static void put_legend_title(const smap__sheet *s, const char *table, smap__str *out) {
    smap__str remark = SMAP__STR_INIT;
    for (int g = 0; g < s->groups; g++) {
        const smap__legend_group *group = &s->group[g];
        if (!group->entries || group->shared) continue;
        if (strcmp(s->layer[s->entry[group->first].layer].layer->name, table) != 0) continue;
        if (!out->len) put_both(out, group->title, " | ");
        if (!group->remark[SMAP__EN] && !group->remark[SMAP__AR]) continue;
        smap__str_put(&remark, LINE_BREAK);
        put_both(&remark, group->remark, " | ");
    }
    if (remark.len) smap__str_put(out, remark.data);
    out->failed = out->failed || remark.failed;
    smap__str_release(&remark);
}

/* QGIS counts the features of a layer, wherever they lie: on a map of a part that would be wrong. */
static bool shows_all(const smap__sheet *s) {
    for (int i = 0; i < s->entries; i++)
        if (s->entry[i].count != s->entry[i].total && !s->layer[s->entry[i].layer].is_base) return false;
    return true;
}

/* QGIS has a line for every rule of every layer, where the sheet may share one. */
static double legend_height(const smap__sheet *s, double shrink) {
    static const double point_mm = 25.4 / 72, line = 1.362;
    const smap__sheet_look *look = &s->look;
    double gap = look->row_gap_mm * shrink, text = look->entry->size_pt * shrink * point_mm * line;
    double heading = look->group->size_pt * shrink * point_mm * line, height = heading;
    for (int g = 0; g < s->groups; g++) {
        const smap__legend_group *group = &s->group[g];
        bool remark = group->remark[SMAP__EN] || group->remark[SMAP__AR];
        int headings = group->shared ? group->shared : 1;
        height += headings * (heading + look->group_gap_mm * shrink) + remark * heading;
        height += group->entries * (fmax(text, look->swatch_h_mm * shrink) + gap);
    }
    return height;
}

/* How much smaller than the sheet's own texts those of the legend must be to end above the notes. */
static double legend_size(const smap__qgs_layout *layout, double height_mm) {
    static const double least = 0.4, step = 0.02;
    double shrink = layout->placed->legend_shrink;
    while (shrink > least && legend_height(layout->sheet, shrink) > height_mm) shrink -= step;
    return shrink;
}

static void put_legend_layer(smap__qgs_page *page, int index, bool base) {
    const smap__sheet *s = page->layout->sheet;
    const smap__qgs_layer *layer = &page->project->layer[index];
    const smap__sheet_layer *shown = sheet_layer(s, layer->table);
    smap__str title = SMAP__STR_INIT;
    if (!shown || !shown->in_legend || shown->is_base != base) return;
    put_legend_title(s, layer->table, &title);
    bool counted = !base && !shown->uncounted && !page->layout->atlas && shows_all(s);
    smap__qgs_put_tree_layer(page->out, page->project, layer, counted, title.data);
    page->out->failed = page->out->failed || title.failed;
    smap__str_release(&title);
}

/* What the map shows and no more ("only show items inside linked maps"), with the counts that QGIS makes; so it stays
 * true when the map is moved, or the data are edited. */
void smap__qgs_put_legend(smap__qgs_page *page, smap__rect_mm at) {
    const smap__sheet *s = page->layout->sheet;
    const smap__sheet_look *look = &s->look;
    double shrink = legend_size(page->layout, at.h);
    smap__str *out = page->out, title = SMAP__STR_INIT;
    for (int lang = 0; lang < SMAP__LANGS; lang++)
        if (look->legend_word[lang]) smap__str_printf(&title, "%s%s", title.len ? " | " : "", look->legend_word[lang]);
    smap__qgs_item_start(page, TYPE_LEGEND, "legend", at, 0);
    smap__qml_put_attribute(out, "title", title.data ? title.data : "");
    smap__qgs_put_uuid(page, "map_uuid", SMAP__QGS_MAIN_MAP);
    smap__str_put(
        out, " resizeToContents=\"1\" legendFilterByMap=\"1\" legendFilterByAtlas=\"0\" wrapChar=\"" LINE_BREAK "\" "
             "columnCount=\"1\" splitLayer=\"0\" equalColumnWidth=\"0\" columnSpace=\"2\" lineSpacing=\"0.6\" "
             "boxSpace=\"0\" fontColor=\"#1f1f1f\"");
    smap__str_printf(out, " titleAlignment=\"%d\" symbolAlignment=\"%d\"", s->mirrored ? 2 : 1, s->mirrored ? 2 : 1);
    smap__qml_put_number(out, "symbolWidth", look->swatch_w_mm * shrink);
    smap__qml_put_number(out, "symbolHeight", look->swatch_h_mm * shrink);
    smap__qml_put_number(out, "maxSymbolSize", look->swatch_h_mm * shrink); /* of marks, as on the sheet */
    smap__str_put(out, "><styles>");
    put_legend_style(out, "title", look->legend_heading, shrink, 0, s->mirrored);
    put_legend_style(out, "group", look->group, shrink, look->group_gap_mm * shrink, s->mirrored);
    put_legend_style(out, "subgroup", look->group, shrink, look->group_gap_mm * shrink, s->mirrored);
    put_legend_style(out, "symbol", look->entry, shrink, look->row_gap_mm * shrink, s->mirrored);
    put_legend_style(out, "symbolLabel", look->entry, shrink, look->row_gap_mm * shrink, s->mirrored);
    smap__str_put(out, "</styles>\n<layer-tree-group><customproperties><Option/></customproperties>\n");
    for (int base = 0; base < 2; base++)
        for (int i = 0; i < page->layout->map_layers; i++) put_legend_layer(page, page->layout->map_layer[i], base);
    smap__str_put(out, "</layer-tree-group>");
    smap__qgs_item_end(page);
    out->failed = out->failed || title.failed;
    smap__str_release(&title);
}

/* ---- scale bar and north ---- */

void smap__qgs_put_scale_bar(smap__qgs_page *page, smap__rect_mm at) {
    const smap__sheet *s = page->layout->sheet;
    const smap__sheet_look *look = &s->look;
    const smap__scale_bar *bar = &s->bar;
    const char *last = bar->label[bar->divisions], *unit = last + strcspn(last, " ");
    bool in_km = bar->metres * bar->divisions >= 1000 && !strstr(last, "000");
    double per_unit = in_km ? 1000 : 1;
    smap__str *out = page->out;
    smap__qgs_item_start(page, TYPE_SCALE_BAR, "scale bar", at, 0);
    smap__qgs_put_uuid(page, "mapUuid", SMAP__QGS_MAIN_MAP);
    smap__str_put(out, " style=\"Single Box\" alignment=\"0\" labelVerticalPlacement=\"0\" "
                       "labelHorizontalPlacement=\"0\" numSegmentsLeft=\"0\" numSubdivisions=\"1\" minBarWidth=\"20\" "
                       "segmentMillimeters=\"10\" boxContentSpace=\"0\" labelBarSpace=\"0.6\" "
                       "lineJoinStyle=\"miter\" lineCapStyle=\"square\"");
    /* On pages of an atlas the scale differs: the bar then chooses its divisions itself, by width. */
    smap__str_printf(out, " segmentSizeMode=\"%d\"", page->layout->atlas != NULL);
    smap__qml_put_number(out, "maxBarWidth", bar->mm * bar->divisions);
    smap__qml_put_attribute(out, "unitType", in_km ? "km" : "meters");
    smap__qml_put_attribute(out, "unitLabel", *unit ? unit + 1 : "m");
    smap__str_put(out, " numMapUnitsPerScaleBarUnit=\"1\"");
    smap__str_printf(out, " numSegments=\"%d\"", bar->divisions);
    smap__qml_put_number(out, "numUnitsPerSegment", bar->metres / per_unit);
    smap__qml_put_number(out, "height", look->bar_mm);
    smap__qml_put_number(out, "outlineWidth", look->bar_stroke_mm);
    smap__str_put_char(out, '>');
    smap__qgs_put_text_style(out, "Noto Sans", look->bar->size_pt, false, false, look->bar->colour);
    smap__str_put(out, "<numericFormat id=\"basic\"><Option type=\"Map\"><Option type=\"int\" name=\"decimals\" "
                       "value=\"3\"/></Option></numericFormat>");
    smap__qgs_put_rgba(out, "fillColor", look->bar_dark);
    smap__qgs_put_rgba(out, "fillColor2", look->bar_light);
    smap__str_put(out, "<fillSymbol1>");
    smap__qgs_put_fill(out, "", &look->bar_dark, NULL, 0);
    smap__str_put(out, "</fillSymbol1><fillSymbol2>");
    smap__qgs_put_fill(out, "", &look->bar_light, NULL, 0);
    smap__str_put(out, "</fillSymbol2><lineSymbol>");
    smap__qgs_put_line(out, "", look->bar_dark, look->bar_stroke_mm);
    smap__str_put(out, "</lineSymbol>");
    smap__qgs_item_end(page);
}

/* An arrow that comes with QGIS; it turns to true north, as the map does not. */
void smap__qgs_put_north(smap__qgs_page *page, smap__rect_mm at) {
    smap__qgs_item_start(page, TYPE_PICTURE, "north arrow", at, 0);
    smap__qgs_put_uuid(page, "mapUuid", SMAP__QGS_MAIN_MAP);
    smap__str_put(page->out,
                  " file=\":/images/north_arrows/layout_default_north_arrow.svg\" mode=\"0\" resizeMode=\"0\" "
                  "anchorPoint=\"4\" northMode=\"1\" northOffset=\"0\" pictureRotation=\"0\" "
                  "svgFillColor=\"31,31,31,255\" svgBorderColor=\"31,31,31,255\" svgBorderWidth=\"0.2\">");
    smap__qgs_item_end(page);
}
