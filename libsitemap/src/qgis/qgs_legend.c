/* The legend of a layout: what the sheet's says, in QGIS's way of saying it. Figures are those of the sheet, features
 * inside its frame: QGIS itself counts features wherever they lie, and only in the background, so that a program that
 * prints would print "N/A". */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "qgis/qgs_items.h"
#include "sheet/sheet_text.h"

enum { TYPE_LEGEND = 65642 };

/* What legends break their lines at. */
#define LINE_BREAK "\u00B6"

/* ---- what the sheet says of a layer ---- */

static const smap__legend_group *group_of(const smap__sheet *s, int shows) {
    for (int g = 0; g < s->groups; g++)
        for (int i = 0; i < s->group[g].entries; i++)
            if (s->entry[s->group[g].first + i].layer == shows) return &s->group[g];
    return NULL;
}

static int64_t count_of(const smap__legend_entry *entry, unsigned shape) {
    return entry->in_form[shape == SMAP__SHAPE_POINT  ? SMAP__FORM_POINT
                          : shape == SMAP__SHAPE_LINE ? SMAP__FORM_LINE
                                                      : SMAP__FORM_AREA];
}

/* Both languages of the sheet: in one line, or where that would be too wide in one each. */
static void put_both(smap__str *out, const char *const *text, const char *between) {
    for (int lang = 0, n = 0; lang < SMAP__LANGS; lang++) {
        if (!text[lang] || !*text[lang] || (n && strcmp(text[0], text[1]) == 0)) continue;
        smap__str_printf(out, "%s%s", n++ ? between : "", text[lang]);
    }
}

/* " (1,204)" at the end of the line, whichever way that runs. */
static void put_count(smap__str *out, const smap__sheet *s, const smap__legend_group *group, int64_t count) {
    static const char left_to_right_mark[] = "\u200E";
    char text[48];
    smap__text_number((double)count, 0, text, sizeof text);
    if (count > 0 && count < group->least) snprintf(text, sizeof text, "%s", group->mark);
    smap__str_printf(out, " %s(%s)", s->lang[SMAP__EN] ? left_to_right_mark : "", text);
}

/* ---- one layer ---- */

typedef struct legend_layer {
    const smap__qgs_page *page;
    const smap__qgs_layer *layer;
    int shows; /* the layer of the sheet that it is */
    const smap__legend_group *group;
    bool counted;
    double width_chars; /* of a line */
    int lines, entries; /* of its heading; below it, on the sheet's map */
} legend_layer;

static size_t characters(const char *text) {
    size_t n = 0;
    for (; text && *text; text++) n += (*text & 0xC0) != 0x80;
    return n;
}

static const char *between(const legend_layer *l, const char *const *text) {
    return (double)(characters(text[0]) + characters(text[1])) > l->width_chars ? LINE_BREAK : " | ";
}

/* The layer's title, all of its features where the lines below tell none, and what is to be known of the data. */
static void put_heading(legend_layer *l, smap__str *out) {
    const smap__sheet *s = l->page->layout->sheet;
    const smap__sheet_layer *shown = &s->layer[l->shows];
    bool shared = l->group && l->group->shared;
    const char *const own[SMAP__LANGS] = { s->lang[SMAP__EN] ? shown->title_en : NULL,
                                           s->lang[SMAP__AR] ? shown->title_ar : NULL };
    const char *const *title = l->group && !shared ? l->group->title : own;
    put_both(out, title, between(l, title));
    if (l->counted && shared) {
        int64_t all = 0;
        for (int i = 0; i < l->group->entries; i++) {
            const smap__legend_entry *entry = &s->entry[l->group->first + i];
            if (entry->layer == l->shows) all += count_of(entry, l->layer->shape);
        }
        put_count(out, s, l->group, all);
    }
    if (l->group && (l->group->remark[SMAP__EN] || l->group->remark[SMAP__AR])) {
        smap__str_put(out, LINE_BREAK);
        put_both(out, l->group->remark, between(l, l->group->remark));
    }
    l->lines = 1;
    for (const char *at = out->data; at && (at = strstr(at, LINE_BREAK)); at += strlen(LINE_BREAK)) l->lines++;
}

/* Rules are numbered as the style has them. */
static void put_entries(legend_layer *l, smap__str *out) {
    const smap__sheet *s = l->page->layout->sheet;
    for (int i = 0; l->group && i < l->group->entries; i++) {
        const smap__legend_entry *entry = &s->entry[l->group->first + i];
        if (entry->layer != l->shows || count_of(entry, l->layer->shape) == 0) continue;
        const smap__rule *rule = &l->layer->style->rule[entry->rule];
        const char *const title[SMAP__LANGS] = { s->lang[SMAP__EN] ? rule->title_en : NULL,
                                                 s->lang[SMAP__AR] ? rule->title_ar : NULL };
        const char *split = between(l, title);
        bool counted = l->counted && !l->group->shared;
        smap__str label = SMAP__STR_INIT;
        l->entries += *split == ' ' ? 1 : 2;
        if (!counted && *split == ' ') continue; /* as the style says it */
        put_both(&label, title, split);
        if (counted) put_count(&label, s, l->group, count_of(entry, l->layer->shape));
        smap__str_printf(out, "<Option type=\"QString\" name=\"legend/label-%d\"", entry->rule);
        smap__qml_put_attribute(out, "value", label.data ? label.data : "");
        smap__str_put(out, "/>");
        out->failed = out->failed || label.failed;
        smap__str_release(&label);
    }
}

static bool in_legend(const smap__qgs_layout *layout, int index, bool base) {
    const smap__sheet_layer *shown = &layout->sheet->layer[layout->map_shows[index]];
    return shown->in_legend && shown->is_base == base;
}

static legend_layer legend_layer_of(const smap__qgs_page *page, int index, double width_chars) {
    const smap__qgs_layout *layout = page->layout;
    legend_layer l = { .page = page,
                       .layer = &page->project->layer[layout->map_layer[index]],
                       .shows = layout->map_shows[index],
                       .width_chars = width_chars };
    l.group = group_of(layout->sheet, l.shows);
    l.counted = l.group && l.group->counted && !layout->atlas; /* figures of the sheet hold for its own page */
    return l;
}

static void put_legend_layer(smap__str *out, legend_layer *l) {
    smap__str title = SMAP__STR_INIT, also = SMAP__STR_INIT;
    put_heading(l, &title);
    put_entries(l, &also);
    smap__str_put(&also, "<Option name=\"legend/title-label\" type=\"QString\"");
    smap__qml_put_attribute(&also, "value", title.data ? title.data : "");
    smap__str_put(&also, "/>");
    smap__qgs_put_tree_layer(out, l->page->project, l->layer, also.data ? also.data : "");
    out->failed = out->failed || title.failed || also.failed;
    smap__str_release(&title);
    smap__str_release(&also);
}

/* ---- its size ---- */

static const double POINT_MM = 25.4 / 72;
/* Of Noto Sans, in text sizes: a line of QGIS's legend is as high as its letters, and so far from the next; a letter is
 * so wide. */
static const double LINE = 1.07, LETTER = 0.5;
static const double LINE_GAP_MM = 0.6;

static double width_chars(const smap__qgs_page *page, double width_mm, double shrink) {
    const smap__sheet_look *look = &page->layout->sheet->look;
    return (width_mm - look->swatch_w_mm * shrink) / (look->entry->size_pt * shrink * POINT_MM * LETTER);
}

static double legend_height(const smap__qgs_page *page, double width_mm, double shrink) {
    const smap__sheet_look *look = &page->layout->sheet->look;
    double text = look->entry->size_pt * shrink * POINT_MM * LINE, gap = look->row_gap_mm * shrink;
    double heading = look->group->size_pt * shrink * POINT_MM * LINE;
    double height = look->legend_heading->size_pt * shrink * POINT_MM * LINE;
    for (int i = 0; i < page->layout->map_layers; i++) {
        smap__str title = SMAP__STR_INIT, entries = SMAP__STR_INIT;
        legend_layer l = legend_layer_of(page, i, width_chars(page, width_mm, shrink));
        put_heading(&l, &title);
        put_entries(&l, &entries);
        if (l.entries && page->layout->sheet->layer[l.shows].in_legend)
            height += look->group_gap_mm * shrink + gap + l.lines * (heading + LINE_GAP_MM) +
                      l.entries * (fmax(text, look->swatch_h_mm * shrink) + gap);
        smap__str_release(&title);
        smap__str_release(&entries);
    }
    return height;
}

/* How much smaller than the sheet's own texts those of the legend must be to end above the notes. */
static double legend_size(const smap__qgs_page *page, smap__rect_mm at) {
    static const double least = 0.4, step = 0.02;
    double shrink = page->layout->placed->legend_shrink;
    while (shrink > least && legend_height(page, at.w, shrink) > at.h) shrink -= step;
    return shrink;
}

static void put_legend_style(smap__str *out, const smap__sheet *s, const char *name, const smap__text_style *style,
                             double shrink, double above_mm, double below_mm) {
    char size[32], above[32], below[32];
    smap__qml_number(size, style->size_pt * shrink);
    smap__qml_number(above, above_mm);
    smap__qml_number(below, below_mm);
    smap__str_printf(out,
                     "<style name=\"%s\" alignment=\"%d\" indent=\"0\" marginTop=\"%s\" marginBottom=\"%s\" "
                     "marginLeft=\"%s\"><styleFont description=\"%s,%s,-1,5,%d,0,0,0,0,0\" style=\"%s\"/>"
                     "</style>",
                     name, s->mirrored ? 2 : 1, above, below, strcmp(name, "symbolLabel") == 0 ? "1.5" : "0",
                     s->family[SMAP__EN], size, style->bold ? 75 : 50, style->bold ? "Bold" : "Regular");
}

static bool has_counts(const smap__qgs_layout *layout) {
    for (int g = 0; g < layout->sheet->groups && !layout->atlas; g++)
        if (layout->sheet->group[g].counted) return true;
    return false;
}

/* What the figures are, at the foot of the legend's room, of which it takes its line. */
static void put_count_note(smap__qgs_page *page, smap__rect_mm *at) {
    static const double foot = 1.4;
    const smap__sheet *s = page->layout->sheet;
    const smap__text_style *style = s->look.remark;
    smap__str text = SMAP__STR_INIT;
    put_both(&text, s->look.count_word, " | ");
    double size_pt = fmax(style->size_pt * page->layout->placed->legend_shrink, style->min_pt),
           widest_pt = at->w / (POINT_MM * LETTER * (double)(characters(text.data) + 1));
    if (size_pt > widest_pt) size_pt = widest_pt;
    double line = size_pt * POINT_MM * foot;
    at->h -= line;
    smap__placed_text note = { .text = text.data ? text.data : "",
                               .at = { at->x, at->y + at->h, at->w, line },
                               .baseline_mm = at->y + at->h + size_pt * POINT_MM * LINE,
                               .size_pt = size_pt,
                               .bold = style->bold,
                               .italic = style->italic,
                               .rtl = !s->lang[SMAP__EN],
                               .align = s->mirrored ? SMAP__PLACED_RIGHT : SMAP__PLACED_LEFT,
                               .colour = style->colour };
    smap__qgs_put_label(page, "figures", &note, note.text);
    page->out->failed = page->out->failed || text.failed;
    smap__str_release(&text);
}

/* What the map shows and no more ("only show items inside linked maps"), so that it stays true when the map is moved,
 * and on every page of an atlas. */
void smap__qgs_put_legend(smap__qgs_page *page, smap__rect_mm at) {
    const smap__sheet *s = page->layout->sheet;
    const smap__sheet_look *look = &s->look;
    if (has_counts(page->layout)) put_count_note(page, &at);
    double shrink = legend_size(page, at);
    smap__str *out = page->out, title = SMAP__STR_INIT;
    put_both(&title, look->legend_word, " | ");
    smap__qgs_item_start(page, TYPE_LEGEND, "legend", at, 0);
    smap__qml_put_attribute(out, "title", title.data ? title.data : "");
    smap__qgs_put_uuid(page, "map_uuid", SMAP__QGS_MAIN_MAP);
    smap__str_put(
        out, " resizeToContents=\"1\" legendFilterByMap=\"1\" legendFilterByAtlas=\"0\" wrapChar=\"" LINE_BREAK "\" "
             "columnCount=\"1\" splitLayer=\"0\" equalColumnWidth=\"0\" columnSpace=\"2\" boxSpace=\"0\"");
    smap__colour ink = look->entry->colour;
    smap__str_printf(out, " fontColor=\"#%02x%02x%02x\"", ink.r, ink.g, ink.b);
    smap__qml_put_number(out, "lineSpacing", LINE_GAP_MM);
    smap__str_printf(out, " titleAlignment=\"%d\" symbolAlignment=\"%d\"", s->mirrored ? 2 : 1, s->mirrored ? 2 : 1);
    smap__qml_put_number(out, "symbolWidth", look->swatch_w_mm * shrink);
    smap__qml_put_number(out, "symbolHeight", look->swatch_h_mm * shrink);
    smap__qml_put_number(out, "maxSymbolSize", look->swatch_h_mm * shrink); /* of marks, as on the sheet */
    smap__str_put(out, "><styles>");
    put_legend_style(out, s, "title", look->legend_heading, shrink, 0, 0);
    put_legend_style(out, s, "group", look->group, shrink, look->group_gap_mm * shrink, look->row_gap_mm * shrink);
    put_legend_style(out, s, "subgroup", look->group, shrink, look->group_gap_mm * shrink, look->row_gap_mm * shrink);
    put_legend_style(out, s, "symbol", look->entry, shrink, look->row_gap_mm * shrink, 0);
    put_legend_style(out, s, "symbolLabel", look->entry, shrink, look->row_gap_mm * shrink, 0);
    smap__str_put(out, "</styles>\n<layer-tree-group><customproperties><Option/></customproperties>\n");
    for (int base = 0; base < 2; base++)
        for (int i = 0; i < page->layout->map_layers; i++) {
            legend_layer l = legend_layer_of(page, i, width_chars(page, at.w, shrink));
            if (in_legend(page->layout, i, base)) put_legend_layer(out, &l);
        }
    smap__str_put(out, "</layer-tree-group>");
    smap__qgs_item_end(page);
    out->failed = out->failed || title.failed;
    smap__str_release(&title);
}
