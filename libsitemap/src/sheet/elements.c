#include "sheet/elements.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "sheet/sheet_table.h"

smap__rect_mm smap__element_place(const smap__sheet *sheet, smap__sheet_spec *spec, const smap__json *json) {
    smap__rect_mm at = smap__page_layout_place(&spec->layout, smap__sheet_spec_rect(spec, json, "at"));
    const double slack = 1e-6;
    if (at.x < -slack || at.y < -slack || at.w < 0 || at.h < 0 || at.x + at.w > sheet->page_w_mm + slack ||
        at.y + at.h > sheet->page_h_mm + slack)
        smap__sheet_spec_note(spec, "at", "a place on the page, [x, y, width, height] in mm");
    if (sheet->mirrored) at.x = sheet->page_w_mm - at.x - at.w;
    return at;
}

enum { MOST_COLUMNS = 6 }; /* of a legend */

typedef struct paragraphs {
    smap__paragraph *item;
    size_t count, capacity;
    bool failed;
} paragraphs;

static void put_paragraph(paragraphs *list, const char *text, bool rtl, const smap__text_style *style) {
    if (!smap__grow(&list->item, &list->capacity, list->count + 1, sizeof *list->item))
        list->failed = true;
    else
        list->item[list->count++] = (smap__paragraph){ text, rtl, style };
}

/* The word of a line in one language. A line whose text is the same in both languages can name a word that serves both
 * ("once": {"key", "word"}): it then stands once, in English order. */
static const char *word_of(smap__sheet_spec *spec, const smap__texts *texts, const smap__json *line, int lang) {
    const smap__json *once = smap__json_get(line, "once");
    const char *key = smap__json_text(smap__json_get(once, "key"), NULL);
    for (int i = 0; key && texts->both && i < texts->count; i++) {
        const smap__sheet_text *t = &texts->given[i];
        if (strcmp(t->key, key) != 0 || !t->en || !t->ar || !smap__text_same(t->en, t->ar)) continue;
        if (lang == SMAP__AR) return NULL;
        return smap__sheet_spec_word(spec, smap__sheet_spec_text(spec, once, "word"), SMAP__EN);
    }
    return smap__sheet_spec_word(spec, smap__sheet_spec_text(spec, line, "word"), lang);
}

/* The lines of an element in one language; each line as often as its texts come. */
static void put_lines(smap__sheet_spec *spec, smap__texts *texts, const smap__json *lines, int lang, paragraphs *out) {
    for (size_t i = 0; i < smap__json_size(lines); i++) {
        const smap__json *line = smap__json_item(lines, i);
        const smap__text_style *style = smap__sheet_spec_style(spec, line, "style");
        const char *template = word_of(spec, texts, line, lang);
        const char *text;
        for (int n = 0; template && (text = smap__texts_fill(texts, template, lang, n)); n++)
            put_paragraph(out, text, lang == SMAP__AR, style);
    }
}

/* Both languages on one line, where they differ. */
static void put_inline(smap__sheet_spec *spec, smap__texts *texts, const smap__json *lines, paragraphs *out) {
    const char *joiner = smap__sheet_spec_word(spec, "joiner", SMAP__EN);
    for (size_t i = 0; i < smap__json_size(lines); i++) {
        const smap__json *line = smap__json_item(lines, i);
        const char *text[SMAP__LANGS] = { NULL, NULL };
        for (int l = 0; l < SMAP__LANGS; l++) {
            const char *template = word_of(spec, texts, line, l);
            text[l] = template ? smap__texts_fill(texts, template, l, 0) : NULL;
        }
        bool once = smap__json_get(line, "once") != NULL;
        if (!text[0] || (!text[1] && !once)) continue;
        const char *both = !text[1] || smap__text_same(text[0], text[1])
                               ? text[0]
                               : smap__arena_printf(spec->arena, "%s%s%s", text[0], joiner ? joiner : " ", text[1]);
        if (both)
            put_paragraph(out, both, false, smap__sheet_spec_style(spec, line, "style"));
        else
            out->failed = true;
    }
}

static bool keep_paragraphs(smap__arena *arena, const paragraphs *list, const smap__paragraph **out, int *count) {
    smap__paragraph *copy = smap__arena_alloc(arena, (list->count + 1) * sizeof *copy);
    if (!copy || list->failed) return false;
    if (list->count) memcpy(copy, list->item, list->count * sizeof *copy);
    *out = copy;
    *count = (int)list->count;
    return true;
}

static smap__element_kind kind_of(smap__sheet_spec *spec, const smap__json *json) {
    static const struct {
        const char *name;
        smap__element_kind kind;
    } kinds[] = { { "box", SMAP__ELEMENT_BOX },         { "map", SMAP__ELEMENT_MAP },
                  { "locator", SMAP__ELEMENT_LOCATOR }, { "legend", SMAP__ELEMENT_LEGEND },
                  { "notes", SMAP__ELEMENT_BOX },       { "scale_bar", SMAP__ELEMENT_SCALE_BAR },
                  { "north", SMAP__ELEMENT_NORTH },     { "table", SMAP__ELEMENT_TABLE } };
    const char *name = smap__sheet_spec_text(spec, json, "kind");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].name, name) == 0) return kinds[i].kind;
    smap__sheet_spec_note(spec, "kind", "one of box, map, locator, legend, notes, scale_bar, north, table");
    return SMAP__ELEMENT_BOX;
}

static int align_of(const smap__json *json) {
    const char *align = smap__json_text(smap__json_get(json, "align"), "start");
    return strcmp(align, "centre") == 0 ? SMAP__ALIGN_CENTRE
           : strcmp(align, "end") == 0  ? SMAP__ALIGN_END
                                        : SMAP__ALIGN_START;
}

static smap__element read_frame(const smap__sheet *sheet, smap__sheet_spec *spec, const smap__json *json) {
    smap__element e = { .kind = kind_of(spec, json), .align = align_of(json) };
    e.at = smap__element_place(sheet, spec, json);
    const char *fill = sheet->base && smap__json_get(json, "base_fill") ? "base_fill" : "fill";
    e.filled = smap__json_get(json, fill) != NULL;
    if (e.filled) e.fill = smap__sheet_spec_colour(spec, json, fill);
    e.stroke_mm = smap__json_number(smap__json_get(json, "stroke_mm"), 0);
    if (e.stroke_mm > 0) e.stroke = smap__sheet_spec_colour(spec, json, "stroke");
    e.padding_mm = smap__json_number(smap__json_get(json, "padding_mm"), 0);
    e.paragraph_gap_mm = smap__json_number(smap__json_get(json, "gap_mm"), 0);
    e.valign = smap__json_number(smap__json_get(json, "valign"), 0);
    e.hug = smap__json_bool(smap__json_get(json, "hug"), false);
    e.even = smap__json_bool(smap__json_get(json, "even"), false);
    e.corner = (int)smap__json_integer(smap__json_get(json, "corner"), 0);
    e.columns = (int)smap__json_integer(smap__json_get(json, "columns"), 1);
    if (e.kind == SMAP__ELEMENT_LEGEND && (e.columns < 1 || e.columns > MOST_COLUMNS))
        smap__sheet_spec_note(spec, "columns", "a number of columns from 1 to 6");
    e.column_gap_mm = smap__json_number(smap__json_get(json, "column_gap_mm"), 0);
    e.over_map = smap__json_bool(smap__json_get(json, "over_map"), false);
    return e;
}

typedef struct building {
    smap_ctx *ctx;
    const smap__sheet_options *options;
    bool synthetic;
    smap__sheet *sheet;
    smap__sheet_spec *spec;
    smap__texts *texts;
    smap__element *element;
    int count;
} building;

static bool put_element(building *b, smap__element e, const paragraphs *lines, bool has_lines) {
    if (has_lines && lines->count == 0) return !lines->failed;
    if (!keep_paragraphs(&b->sheet->arena, lines, &e.paragraph, &e.paragraphs)) return false;
    b->element[b->count++] = e;
    return true;
}

/* English at the left, Arabic at the right; one of them alone has the whole width. */
static bool put_columns(building *b, smap__element e, const smap__json *json, const smap__json *lines) {
    paragraphs list[SMAP__LANGS] = { { 0 }, { 0 } };
    for (int l = 0; l < SMAP__LANGS; l++) put_lines(b->spec, b->texts, lines, l, &list[l]);
    double gap = smap__json_number(smap__json_get(json, "column_gap_mm"), 0);
    smap__element half[SMAP__LANGS] = { e, e };
    if (list[0].count && list[1].count) {
        half[0].at.w = half[1].at.w = (e.at.w - gap) / 2;
        half[1].at.x = e.at.x + half[0].at.w + gap;
    }
    bool ok = true;
    for (int l = 0; l < SMAP__LANGS; l++) {
        ok = ok && put_element(b, half[l], &list[l], true);
        smap__free(list[l].item);
    }
    return ok;
}

static bool put_texts(building *b, smap__element e, const smap__json *json, const smap__json *lines) {
    const bool *lang = b->sheet->lang;
    const char *both = smap__json_text(smap__json_get(json, "both"), "rows");
    bool two = lang[SMAP__EN] && lang[SMAP__AR];
    if (two && lines && strcmp(both, "columns") == 0) return put_columns(b, e, json, lines);
    paragraphs list = { 0 };
    if (two && strcmp(both, "inline") == 0)
        put_inline(b->spec, b->texts, lines, &list);
    else
        for (int l = 0; l < SMAP__LANGS; l++)
            if (lang[l]) put_lines(b->spec, b->texts, lines, l, &list);
    bool ok = put_element(b, e, &list, lines != NULL);
    smap__free(list.item);
    return ok;
}

/* In the place of a table without rows: what is missing, and which command fills it. */
static bool put_empty_table(building *b, smap__element e, const smap__json *json) {
    const smap__json *lines = smap__json_get(json, "empty"), *look = smap__json_get(b->spec->root, "table_look");
    if (!lines) return true;
    e.kind = SMAP__ELEMENT_BOX;
    e.filled = true;
    e.fill = smap__sheet_spec_colour(b->spec, look, "zebra_fill");
    e.stroke_mm = smap__sheet_spec_number(b->spec, look, "rule_mm");
    e.stroke = smap__sheet_spec_colour(b->spec, look, "rule_colour");
    e.padding_mm = smap__sheet_spec_number(b->spec, look, "empty_padding_mm");
    e.paragraph_gap_mm = smap__sheet_spec_number(b->spec, look, "empty_gap_mm");
    e.align = SMAP__ALIGN_CENTRE;
    e.valign = 0.5;
    return put_texts(b, e, json, lines);
}

static smap_status put_table(building *b, smap__element e, const smap__json *json, smap_error *err) {
    smap_status status = smap__table_build(b->ctx, b->sheet, b->spec, b->options, json, &e.table, err);
    if (status == SMAP_OK && e.table)
        b->element[b->count++] = e;
    else if (status == SMAP_OK && !put_empty_table(b, e, json))
        status = smap__fail_memory(err);
    return status;
}

/* The notes stand in an element of their own, else below the legend. */
static void put_notes(building *b, smap__element e) {
    smap__sheet *sheet = b->sheet;
    if (sheet->notes == 0) return;
    e.paragraph = sheet->note;
    e.paragraphs = sheet->notes;
    sheet->notes = 0;
    b->element[b->count++] = e;
}

/* The country inside of the area, each framed alike; or the only one of them. */
static void put_insets(building *b, smap__element e) {
    const smap__inset *area = &b->sheet->inset[SMAP__INSET_AREA], *country = &b->sheet->inset[SMAP__INSET_COUNTRY];
    e.inset = area->view.drawns ? SMAP__INSET_AREA : SMAP__INSET_COUNTRY;
    b->element[b->count++] = e;
    if (!area->view.drawns || !country->view.drawns) return;
    e.inset = SMAP__INSET_COUNTRY;
    e.at = country->view.at;
    b->element[b->count++] = e;
}

static smap_status read_element(building *b, const smap__json *json, smap_error *err) {
    smap__element e = read_frame(b->sheet, b->spec, json);
    const char *when = smap__json_text(smap__json_get(json, "when"), "");
    if (strcmp(when, "synthetic") == 0 && !b->synthetic) return SMAP_OK;
    if (e.kind == SMAP__ELEMENT_TABLE) return put_table(b, e, json, err);
    if (e.kind == SMAP__ELEMENT_LOCATOR) {
        put_insets(b, e);
        return SMAP_OK;
    }
    if (strcmp(smap__json_text(smap__json_get(json, "kind"), ""), "notes") == 0) {
        put_notes(b, e);
        return SMAP_OK;
    }
    return put_texts(b, e, json, smap__json_get(json, "lines")) ? SMAP_OK : smap__fail_memory(err);
}

static bool read_notes(smap__sheet *sheet, smap__sheet_spec *spec, smap__texts *texts) {
    paragraphs list = { 0 };
    for (int l = 0; l < SMAP__LANGS; l++)
        if (sheet->lang[l]) put_lines(spec, texts, smap__json_get(spec->root, "notes"), l, &list);
    bool ok = keep_paragraphs(&sheet->arena, &list, &sheet->note, &sheet->notes);
    smap__free(list.item);
    return ok;
}

/* What a choice is called needs no place: rows are chosen by it all the same. */
static bool was_chosen(const smap__sheet_options *options, const char *key) {
    for (int i = 0; i < options->chosens; i++)
        if (strcmp(options->chosen[i].key, key) == 0) return true;
    return false;
}

static smap_status check_texts(const smap__sheet_spec *spec, const smap__texts *texts,
                               const smap__sheet_options *options, smap_error *err) {
    const smap__json *required = smap__json_get(spec->root, "required");
    for (size_t i = 0; i < smap__json_size(required); i++) {
        const char *key = smap__json_text(smap__json_item(required, i), "");
        bool found = false;
        for (int t = 0; t < texts->count; t++)
            found = found || (strcmp(texts->given[t].key, key) == 0 && ((texts->given[t].en && texts->given[t].en[0]) ||
                                                                        (texts->given[t].ar && texts->given[t].ar[0])));
        if (!found)
            return smap__fail(err, SMAP_E_ARGUMENT, spec->path,
                              "%s: this sheet needs the text \"%s\"; give it with --set %s=...", spec->path, key, key);
    }
    for (int t = 0; t < texts->count; t++)
        if (!texts->placed[t] && !was_chosen(options, texts->given[t].key))
            return smap__fail(
                err, SMAP_E_ARGUMENT, spec->path,
                "%s: this sheet has no place for the text \"%s\"; use a key that one of its lines names in "
                "braces, such as title, area, version, producer or note (with _en or _ar for one language)",
                spec->path, texts->given[t].key);
    return SMAP_OK;
}

static bool is_at(smap__rect_mm a, smap__rect_mm b) {
    const double near = 1e-6;
    return fabs(a.x - b.x) < near && fabs(a.y - b.y) < near && fabs(a.w - b.w) < near && fabs(a.h - b.h) < near;
}

/* The element that was put at a place; NULL where it had nothing to show. */
static smap__element *element_at(building *b, smap__rect_mm at) {
    for (int i = 0; i < b->count; i++)
        if (is_at(b->element[i].at, at)) return &b->element[i];
    return NULL;
}

/* "room_of": an element takes the room of another one too, where that has nothing to show. */
static void take_room(building *b, const smap__json *list) {
    const smap__json *json;
    const char *name;
    for (size_t at = 0; smap__json_member(list, &at, &name, &json);) {
        const char *other = smap__json_text(smap__json_get(json, "room_of"), NULL);
        const smap__json *left = other ? smap__json_get(list, other) : NULL;
        if (!left) continue;
        smap__rect_mm r = smap__element_place(b->sheet, b->spec, left);
        smap__element *e = element_at(b, smap__element_place(b->sheet, b->spec, json));
        if (!e || element_at(b, r)) continue;
        double right = fmax(e->at.x + e->at.w, r.x + r.w), foot = fmax(e->at.y + e->at.h, r.y + r.h);
        e->at.x = fmin(e->at.x, r.x);
        e->at.y = fmin(e->at.y, r.y);
        e->at.w = right - e->at.x;
        e->at.h = foot - e->at.y;
    }
}

smap_status smap__elements_build(smap_ctx *ctx, smap__sheet *sheet, smap__sheet_spec *spec, smap__texts *texts,
                                 const smap__sheet_options *options, bool synthetic, smap_error *err) {
    const smap__json *list = smap__json_get(spec->root, "element"), *json;
    const char *name;
    size_t n = 0;
    while (smap__json_member(list, &n, &name, &json)) {
    }
    building b = {
        .ctx = ctx, .options = options, .synthetic = synthetic, .sheet = sheet, .spec = spec, .texts = texts
    };
    b.element = smap__arena_alloc(&sheet->arena, (2 * n + 1) * sizeof *b.element);
    if (!b.element || !read_notes(sheet, spec, texts)) return smap__fail_memory(err);
    smap_status status = SMAP_OK;
    for (size_t at = 0; status == SMAP_OK && smap__json_member(list, &at, &spec->part, &json);)
        status = read_element(&b, json, err);
    spec->part = NULL;
    if (status != SMAP_OK) return status;
    take_room(&b, list);
    if (texts->failed) return smap__fail_memory(err);
    sheet->element = b.element;
    sheet->elements = b.count;
    status = smap__sheet_spec_check(spec, err);
    return status == SMAP_OK ? check_texts(spec, texts, options, err) : status;
}
