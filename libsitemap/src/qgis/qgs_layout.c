/* A sheet as a print layout: every element where the sheet has it, its texts as they were set. What can live does:
 * scale, legend, grid, and on pages of an atlas the name of the area. */
#include "qgis/qgs_layout.h"

#include <stdio.h>
#include <string.h>

#include "qgis/qgs_items.h"

enum { TYPE_PAGE = 65638 };

/* ---- what the texts say ---- */

static bool find_digits(const char *text, const char **at, size_t *len) {
    const char *colon = strstr(text, "1:");
    if (!colon) return false;
    *at = colon + 2;
    *len = strspn(*at, "0123456789,");
    return *len > 0;
}

/* "1:25,000 at A4" with the scale that the map has. */
static bool put_live_scale(smap__str *out, const char *text) {
    const char *digits;
    size_t len;
    if (!find_digits(text, &digits, &len)) return false;
    smap__str_put_n(out, text, (size_t)(digits - text));
    smap__str_put(out, "[% format_number(round(map_get(item_variables('map'), 'map_scale')), 0) %]");
    smap__str_put(out, digits + len);
    return true;
}

/* The name of the page's area in the place of the one that the sheet has: the longer of two that fit, for one may be
 * a part of the other. */
static bool put_live_place(smap__str *out, const smap__qgs_atlas *atlas, const char *text) {
    int found = -1;
    for (int lang = 0; lang < SMAP__LANGS; lang++) {
        const char *place = atlas->place[lang];
        if (!place || !*place || !strstr(text, place)) continue;
        if (found < 0 || strlen(place) > strlen(atlas->place[found])) found = lang;
    }
    if (found < 0) return false;
    const char *at = strstr(text, atlas->place[found]);
    smap__str_put_n(out, text, (size_t)(at - text));
    smap__str_printf(out, "[%% coalesce(%s, ", atlas->name[found]);
    smap__qgs_put_literal(out, atlas->place[found]); /* where no page is shown */
    smap__str_put(out, ") %]");
    smap__str_put(out, at + strlen(atlas->place[found]));
    return true;
}

/* A text of the data is no expression, whatever it looks like. */
static void put_as_it_is(smap__str *out, const char *text) {
    static const char word_joiner[] = "\xE2\x81\xA0";
    for (; *text; text++) {
        smap__str_put_char(out, *text);
        if (text[0] == '[' && text[1] == '%') smap__str_put(out, word_joiner);
    }
}

static void put_text_item(smap__qgs_page *page, const char *id, const smap__placed_text *text) {
    const smap__qgs_atlas *atlas = page->layout->atlas;
    smap__str says = SMAP__STR_INIT;
    /* Texts of sheets hold isolates, behind which Qt does not look for the direction of the whole. */
    static const char right_to_left_mark[] = "\xE2\x80\x8F";
    if (text->rtl) smap__str_put(&says, right_to_left_mark);
    bool live = (atlas && put_live_place(&says, atlas, text->text)) ||
                (strcmp(id, "scale") == 0 && put_live_scale(&says, text->text));
    if (!live) put_as_it_is(&says, text->text);
    smap__qgs_put_label(page, id, text, says.data ? says.data : "");
    page->out->failed = page->out->failed || says.failed;
    smap__str_release(&says);
}

/* ---- elements ---- */

/* A box that hugs its text is as wide as the text is on the sheet: here the text is made to fit it. */
static void put_hugged(smap__qgs_page *page, const char *id, const smap__placed_element *placed) {
    static const double smaller = 0.93;
    for (int i = 0; i < placed->texts; i++) {
        smap__placed_text text = placed->text[i];
        text.size_pt *= smaller;
        put_text_item(page, id, &text);
    }
}

static void put_texts(smap__qgs_page *page, const char *id, const smap__placed_element *placed) {
    for (int i = 0; i < placed->fills; i++)
        smap__qgs_put_rectangle(page, id, placed->fill[i].at, &placed->fill[i].colour, NULL, 0);
    for (int i = 0; i < placed->texts; i++) put_text_item(page, id, &placed->text[i]);
}

static void put_ground(smap__qgs_page *page, const char *id, const smap__element *e, smap__rect_mm at) {
    if (!e->filled && e->stroke_mm <= 0) return;
    smap__qgs_put_rectangle(page, id, at, e->filled ? &e->fill : NULL, e->stroke_mm > 0 ? &e->stroke : NULL,
                            e->stroke_mm);
}

static smap__rect_mm inside(smap__rect_mm at, double padding) {
    return (smap__rect_mm){ at.x + padding, at.y + padding, at.w - 2 * padding, at.h - 2 * padding };
}

/* Above the notes. */
static smap__rect_mm legend_room(const smap__element *e, const smap__placed_element *placed, bool mirrored) {
    smap__rect_mm at = inside(placed->at, e->padding_mm);
    if (e->columns > 1) { /* the notes stand in the last one: QGIS's legend is beside them, one column of full height */
        double column = (at.w - (e->columns - 1) * e->column_gap_mm) / e->columns;
        if (mirrored) at.x += column + e->column_gap_mm;
        at.w -= column + e->column_gap_mm;
        return at;
    }
    for (int i = 0; i < placed->texts; i++)
        if (placed->text[i].at.y - at.y < at.h) at.h = placed->text[i].at.y - at.y;
    return at;
}

/* The texts of the scale bar are the ratio, and the labels that QGIS's own bar has itself. */
static void put_scale(smap__qgs_page *page, const smap__placed_element *placed) {
    const smap__scale_bar *bar = &page->layout->sheet->bar;
    for (int i = 0; i < placed->texts; i++)
        if (bar->ratio && strcmp(placed->text[i].text, bar->ratio) == 0) put_text_item(page, "scale", &placed->text[i]);
    static const double below_ratio = 4.4;
    smap__rect_mm at = placed->at;
    at.y += below_ratio;
    at.h -= below_ratio;
    smap__qgs_put_scale_bar(page, at);
}

static void put_element(smap__qgs_page *page, int index) {
    const smap__sheet *s = page->layout->sheet;
    const smap__element *e = &s->element[index];
    const smap__placed_element *placed = &page->layout->placed->element[index];
    switch (e->kind) {
    case SMAP__ELEMENT_MAP:
        smap__qgs_put_main_map(page, e);
        break;
    case SMAP__ELEMENT_LOCATOR:
        smap__qgs_put_inset(page, e);
        break;
    case SMAP__ELEMENT_LEGEND:
        put_ground(page, "legend ground", e, placed->at);
        smap__qgs_put_legend(page, legend_room(e, placed, s->mirrored));
        put_texts(page, "notes", placed);
        break;
    case SMAP__ELEMENT_SCALE_BAR:
        put_scale(page, placed);
        break;
    case SMAP__ELEMENT_NORTH: {
        static const double letter = 0.28; /* of the height: the arrow stands below its letter */
        smap__rect_mm at = placed->at;
        at.y += at.h * letter;
        at.h *= 1 - letter;
        smap__qgs_put_north(page, at);
        put_texts(page, "north", placed);
        break;
    }
    default:
        put_ground(page, "box", e, placed->at);
        if (e->hug)
            put_hugged(page, "tag", placed);
        else
            put_texts(page, e->kind == SMAP__ELEMENT_TABLE ? "table" : "text", placed);
    }
}

/* ---- page and atlas ---- */

static void put_page(smap__qgs_page *page) {
    const smap__sheet *s = page->layout->sheet;
    smap__str_put(page->out, "<PageCollection>");
    smap__qgs_item_start(page, TYPE_PAGE, "", (smap__rect_mm){ 0, 0, s->page_w_mm, s->page_h_mm }, 0);
    smap__str_put_char(page->out, '>');
    smap__qgs_put_fill(page->out, "", &s->page_colour, NULL, 0);
    smap__qgs_item_end(page);
    smap__str_put(page->out, "<GuideCollection visible=\"1\"/></PageCollection>\n");
}

static void put_atlas(smap__qgs_page *page) {
    const smap__qgs_atlas *atlas = page->layout->atlas;
    smap__str *out = page->out;
    if (!atlas) {
        smap__str_put(out, "<Atlas enabled=\"0\" coverageLayer=\"\"/>\n");
        return;
    }
    const smap__qgs_layer *areas = &page->project->layer[atlas->layer];
    smap__str_put(out, "<Atlas enabled=\"1\" hideCoverage=\"0\" coverageLayerProvider=\"ogr\" coverageLayerSource=\"");
    smap__qgs_put_source(out, page->project, areas);
    smap__str_put_char(out, '"');
    smap__qml_put_attribute(out, "coverageLayer", areas->id);
    smap__qml_put_attribute(out, "coverageLayerName", areas->title);
    smap__qml_put_attribute(out, "filterFeatures", *atlas->filter ? "1" : "0");
    smap__qml_put_attribute(out, "featureFilter", atlas->filter);
    smap__qml_put_attribute(out, "pageNameExpression", atlas->page_name);
    smap__qml_put_attribute(out, "sortFeatures", "1");
    smap__qml_put_attribute(out, "sortKey", atlas->sort);
    smap__qml_put_attribute(out, "sortAscending", "1");
    smap__qml_put_attribute(out, "filenamePattern", "'page_' || @atlas_featurenumber");
    smap__str_put(out, "/>\n");
}

void smap__qgs_put_layout(smap__str *out, const smap__qgs *project, const smap__qgs_layout *layout, int number) {
    smap__qgs_page page = { .out = out, .project = project, .layout = layout, .number = number };
    smap__str_put(out, "<Layout units=\"mm\" worldFileMap=\"\"");
    smap__qml_put_attribute(out, "name", layout->name);
    smap__str_printf(out, " printResolution=\"%d\">", layout->sheet->dpi);
    put_page(&page);
    for (int i = 0; i < layout->sheet->elements; i++) put_element(&page, i);
    put_atlas(&page);
    smap__str_put(out, "</Layout>\n");
}
