/* The maps of a layout, and what hangs on them: grid, overview, scale bar, north arrow. */
#include <math.h>
#include <string.h>

#include "qgis/qgs_items.h"

enum { TYPE_MAP = 65639, TYPE_PICTURE = 65640, TYPE_SCALE_BAR = 65646 };

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

/* Degrees along the frame, crosses inside, as on the sheet; the step follows what the map shows. */
static void put_grid(smap__qgs_page *page) {
    enum { CROSS = 1, CUSTOM_FORMAT = 8, TICKS_OUTSIDE = 3 };
    const smap__sheet *s = page->layout->sheet;
    const smap__sheet_look *look = &s->look;
    smap__str *out = page->out, step = SMAP__STR_INIT, label = SMAP__STR_INIT;
    if (!(s->tick_step_deg > 0)) return;
    smap__qgs_put_grid_step(&step, s);
    smap__qgs_put_grid_label(&label, s);
    const smap__qgs_live live[] = { { "dataDefinedMapGridIntervalX", step.data ? step.data : "" },
                                    { "dataDefinedMapGridIntervalY", step.data ? step.data : "" } };
    smap__str_put(out, "<ComposerMapGrid name=\"Graticule\" show=\"1\" unit=\"0\" position=\"3\" blendMode=\"0\" "
                       "offsetX=\"0\" offsetY=\"0\" showAnnotation=\"1\" annotationPrecision=\"0\" "
                       "gridFrameSideFlags=\"15\" gridFrameMargin=\"0\"");
    smap__qgs_put_uuid(page, "uuid", SMAP__QGS_MAIN_MAP + 500);
    smap__str_printf(out, " gridStyle=\"%d\" gridFrameStyle=\"%d\" annotationFormat=\"%d\"", CROSS, TICKS_OUTSIDE,
                     CUSTOM_FORMAT);
    smap__qml_put_attribute(out, "annotationExpression", label.data ? label.data : "");
    smap__str_put(out, " intervalX=\"");
    smap__str_put_real(out, s->tick_step_deg);
    smap__str_put(out, "\" intervalY=\"");
    smap__str_put_real(out, s->tick_step_deg);
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
    smap__qgs_put_text_style(out, s->family[SMAP__EN], look->tick->size_pt, false, false, look->tick->colour);
    smap__qgs_put_rgba(out, "annotationFontColor", look->tick->colour);
    smap__qgs_put_live(out, live, 2);
    smap__str_put(out, "</ComposerMapGrid>\n");
    out->failed = out->failed || step.failed || label.failed;
    smap__str_release(&step);
    smap__str_release(&label);
}

/* Before the grid: QGIS takes the first such element in the map's for the map's own. */
static void put_live_scale(smap__qgs_page *page) {
    smap__str scale = SMAP__STR_INIT;
    smap__qgs_put_page_scale(&scale, page);
    smap__qgs_put_live(page->out, &(smap__qgs_live){ "dataDefinedMapScale", scale.data ? scale.data : "" },
                       page->layout->atlas != NULL);
    page->out->failed = page->out->failed || scale.failed;
    smap__str_release(&scale);
}

void smap__qgs_put_main_map(smap__qgs_page *page, const smap__element *element) {
    const smap__view *view = &page->layout->sheet->map;
    smap__str *out = page->out;
    if (element->filled) smap__qgs_put_rectangle(page, "map ground", view->at, &element->fill, NULL, 0);
    map_start(page, "map", view->at, SMAP__QGS_MAIN_MAP);
    put_live_scale(page);
    put_frame(page, view);
    put_layer_set(page, page->layout->map_layer, page->layout->map_layers);
    put_grid(page);
    smap__str_printf(out, "<AtlasMap atlasDriven=\"%d\" scalingMode=\"1\"", page->layout->atlas != NULL);
    smap__qml_put_number(out, "margin", page->layout->sheet->atlas_margin);
    smap__str_put(out, "/>");
    smap__qgs_item_end(page);
    if (element->stroke_mm > 0)
        smap__qgs_put_rectangle(page, "map frame", view->at, NULL, &element->stroke, element->stroke_mm);
}

void smap__qgs_put_inset(smap__qgs_page *page, const smap__element *element) {
    static const char *const name[SMAP__INSETS] = { "locator", "area" };
    const smap__sheet *s = page->layout->sheet;
    const smap__view *view = &s->inset[element->inset].view;
    int layers = page->layout->inset[element->inset].layers, number = SMAP__QGS_INSET + element->inset;
    smap__str *out = page->out;
    if (layers == 0 || view->drawns == 0) return;
    if (element->filled) smap__qgs_put_rectangle(page, "locator ground", view->at, &element->fill, NULL, 0);
    map_start(page, name[element->inset], view->at, number);
    put_frame(page, view);
    put_layer_set(page, page->layout->inset[element->inset].layer, layers);
    smap__str_put(out, "<ComposerMapOverview name=\"Overview\" show=\"1\" inverted=\"0\" centered=\"0\" "
                       "blendMode=\"0\" position=\"3\"");
    smap__qgs_put_uuid(page, "frameMap", SMAP__QGS_MAIN_MAP);
    smap__qgs_put_uuid(page, "uuid", number + 500);
    smap__str_put_char(out, '>');
    smap__qgs_put_fill(out, "", NULL, &s->look.extent_colour, s->look.extent_stroke_mm);
    smap__str_put(out, "</ComposerMapOverview><AtlasMap atlasDriven=\"0\" scalingMode=\"2\" margin=\"0.1\"/>");
    smap__qgs_item_end(page);
    if (element->stroke_mm > 0)
        smap__qgs_put_rectangle(page, "locator frame", view->at, NULL, &element->stroke, element->stroke_mm);
}

/* ---- scale bar and north ---- */

void smap__qgs_put_scale_bar(smap__qgs_page *page, smap__rect_mm at) {
    const smap__sheet *s = page->layout->sheet;
    const smap__sheet_look *look = &s->look;
    const smap__scale_bar *bar = &s->bar;
    /* Pages of an atlas differ by much: metres would become hundreds of thousands. */
    bool in_km = page->layout->atlas || bar->in_km;
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
    smap__qml_put_attribute(out, "unitLabel", in_km ? bar->km : bar->m);
    smap__str_put(out, " numMapUnitsPerScaleBarUnit=\"1\"");
    smap__str_printf(out, " numSegments=\"%d\"", bar->divisions);
    smap__qml_put_number(out, "numUnitsPerSegment", bar->metres / per_unit);
    smap__qml_put_number(out, "height", look->bar_mm);
    smap__qml_put_number(out, "outlineWidth", look->bar_stroke_mm);
    smap__str_put_char(out, '>');
    smap__qgs_put_text_style(out, s->family[SMAP__EN], look->bar->size_pt, false, false, look->bar->colour);
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

/* Half of the sheet's arrow, in hundredths of a millimetre. */
static void put_half_arrow(smap__str *svg, const smap__sheet_look *look, smap__rect_mm at, int side) {
    static const double half_w = 0.28, tip = 0.04, foot = 0.96, waist = 0.76; /* of the element, as on the sheet */
    smap__colour fill = side < 0 ? look->north_colour : look->bar_light, line = look->north_colour;
    double w = 100 * at.w, h = 100 * at.h;
    smap__str_printf(svg,
                     "<path d=\"M%ld %ldL%ld %ldL%ld %ldZ\" fill=\"#%02x%02x%02x\" stroke=\"#%02x%02x%02x\" "
                     "stroke-width=\"%ld\" stroke-linejoin=\"round\"/>",
                     lround(w / 2), lround(h * tip), lround(w * (0.5 + side * half_w)), lround(h * foot), lround(w / 2),
                     lround(h * waist), fill.r, fill.g, fill.b, line.r, line.g, line.b,
                     lround(100 * look->bar_stroke_mm));
}

/* Embedded; it turns to true north, as the map does not. */
void smap__qgs_put_north(smap__qgs_page *page, smap__rect_mm at) {
    const smap__sheet_look *look = &page->layout->sheet->look;
    long w = lround(100 * at.w), h = lround(100 * at.h);
    smap__str svg = SMAP__STR_INIT;
    smap__str_printf(&svg,
                     "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%ld\" height=\"%ld\" viewBox=\"0 0 %ld %ld\">",
                     w, h, w, h);
    for (int side = -1; side <= 1; side += 2) put_half_arrow(&svg, look, at, side);
    smap__str_put(&svg, "</svg>");
    smap__qgs_item_start(page, TYPE_PICTURE, "north arrow", at, 0);
    smap__qgs_put_uuid(page, "mapUuid", SMAP__QGS_MAIN_MAP);
    smap__str_put(page->out, " mode=\"0\" resizeMode=\"0\" anchorPoint=\"4\" northMode=\"1\" northOffset=\"0\" "
                             "pictureRotation=\"0\" file=\"base64:");
    smap__str_put_base64(page->out, svg.data ? svg.data : "", svg.len);
    smap__str_put(page->out, "\">");
    smap__qgs_item_end(page);
    page->out->failed = page->out->failed || svg.failed;
    smap__str_release(&svg);
}
