#include <string.h>

#include "base/fail.h"
#include "draw/draw.h"
#include "draw/no_glyph.h"
#include "draw/page_plan.h"

static const double POINT_MM = 25.4 / 72;

/* On the page, whatever the direction of the text: the context's direction is not asked for (auto_dir is off). */
static int side_of(PangoAlignment align) {
    return align == PANGO_ALIGN_CENTER  ? SMAP__PLACED_CENTRE
           : align == PANGO_ALIGN_RIGHT ? SMAP__PLACED_RIGHT
                                        : SMAP__PLACED_LEFT;
}

static bool take_text(const smap__page_plan *plan, const smap__page_plan_text *from, smap__arena *arena,
                      smap__placed_text *to) {
    const PangoFontDescription *font = pango_layout_get_font_description(from->layout);
    int wrap = pango_layout_get_width(from->layout);
    bool rtl = pango_context_get_base_dir(pango_layout_get_context(from->layout)) == PANGO_DIRECTION_RTL;
    double w, h, px_per_mm = plan->typeset.px_per_mm;
    smap__typeset_size(&plan->typeset, from->layout, &w, &h);
    if (wrap > 0) w = (double)wrap / PANGO_SCALE / px_per_mm;
    *to = (smap__placed_text){ .text = smap__arena_strdup(arena, smap__no_glyph_text(from->layout)),
                               .at = { from->x, from->y, w, h },
                               .baseline_mm =
                                   from->y + (double)pango_layout_get_baseline(from->layout) / PANGO_SCALE / px_per_mm,
                               .size_pt = (double)pango_font_description_get_size(font) / PANGO_SCALE,
                               .bold = pango_font_description_get_weight(font) >= PANGO_WEIGHT_BOLD,
                               .italic = pango_font_description_get_style(font) != PANGO_STYLE_NORMAL,
                               .rtl = rtl,
                               .wrapped = wrap > 0,
                               .align = side_of(pango_layout_get_alignment(from->layout)),
                               .colour = from->ink.colour };
    if (pango_font_description_get_size_is_absolute(font)) to->size_pt /= px_per_mm * POINT_MM;
    return to->text != NULL;
}

/* A line of the text as it was before characters without a glyph were replaced. */
static const char *line_text(PangoLayout *layout, const PangoLayoutLine *line, smap__arena *arena) {
    const char *set = pango_layout_get_text(layout), *text = smap__no_glyph_text(layout);
    const char *begin = g_utf8_offset_to_pointer(text, g_utf8_strlen(set, line->start_index));
    const char *end = g_utf8_offset_to_pointer(begin, g_utf8_strlen(set + line->start_index, line->length));
    return smap__arena_strndup(arena, begin, (size_t)(end - begin));
}

/* The lines of a paragraph, as they were broken; false when memory runs out. */
static bool take_lines(const smap__page_plan *plan, const smap__page_plan_text *from, smap__arena *arena,
                       smap__placed_text *to, int *count) {
    smap__placed_text whole;
    if (!take_text(plan, from, arena, &whole)) return false;
    PangoLayoutIter *lines = pango_layout_get_iter(from->layout);
    double px_per_mm = plan->typeset.px_per_mm;
    bool taken = true;
    do {
        const PangoLayoutLine *line = pango_layout_iter_get_line_readonly(lines);
        smap__placed_text *text = &to[(*count)++];
        *text = whole;
        text->text = line_text(from->layout, line, arena);
        text->baseline_mm = from->y + (double)pango_layout_iter_get_baseline(lines) / PANGO_SCALE / px_per_mm;
        text->at.y = text->baseline_mm - text->size_pt * POINT_MM;
        text->at.h = text->size_pt * POINT_MM;
        taken = text->text != NULL;
    } while (taken && pango_layout_iter_next_line(lines));
    pango_layout_iter_free(lines);
    return taken;
}

static bool take_texts(const smap__page_plan *plan, const smap__page_plan_text *from, size_t count, smap__arena *arena,
                       smap__placed_element *to) {
    size_t most = count;
    for (size_t i = 0; i < count; i++) most += (size_t)pango_layout_get_line_count(from[i].layout);
    smap__placed_text *text = smap__arena_alloc(arena, (most + 1) * sizeof *text);
    if (!text) return false;
    for (size_t i = 0; i < count; i++) {
        bool rtl = pango_context_get_base_dir(pango_layout_get_context(from[i].layout)) == PANGO_DIRECTION_RTL;
        bool lines = rtl && pango_layout_get_line_count(from[i].layout) > 1;
        if (lines && !take_lines(plan, &from[i], arena, text, &to->texts)) return false;
        if (!lines && !take_text(plan, &from[i], arena, &text[to->texts++])) return false;
    }
    to->text = text;
    return true;
}

static bool take_fills(const smap__page_plan_fills *from, smap__arena *arena, smap__placed_element *to) {
    smap__placed_fill *fill = smap__arena_alloc(arena, (from->count + 1) * sizeof *fill);
    if (!fill) return false;
    for (size_t i = 0; i < from->count; i++) fill[i] = (smap__placed_fill){ from->item[i].at, from->item[i].colour };
    to->fill = fill;
    to->fills = (int)from->count;
    return true;
}

/* The notes are set behind all of the legend's own texts. */
static bool take_notes(const smap__page_plan *plan, smap__arena *arena, smap__placed_element *to) {
    const smap__page_plan_texts *all = &plan->legend.text;
    size_t notes = (size_t)plan->sheet->notes < all->count ? (size_t)plan->sheet->notes : all->count;
    return take_texts(plan, all->item + (all->count - notes), notes, arena, to);
}

static bool take_element(const smap__page_plan *plan, int index, smap__arena *arena, smap__placed_element *to) {
    const smap__page_plan_texts *texts = &plan->element[index];
    to->at = plan->at[index];
    if (!take_fills(&plan->fills[index], arena, to)) return false;
    if (plan->sheet->element[index].kind == SMAP__ELEMENT_LEGEND) return take_notes(plan, arena, to);
    return take_texts(plan, texts->item, texts->count, arena, to);
}

/* The heading of the legend is its first text. */
static double legend_shrink(const smap__page_plan *plan, smap__arena *arena) {
    smap__placed_text heading;
    if (plan->legend.text.count == 0 || !take_text(plan, plan->legend.text.item, arena, &heading)) return 1;
    double size = plan->sheet->look.legend_heading->size_pt;
    return size > 0 && heading.size_pt < size ? heading.size_pt / size : 1;
}

smap_status smap__draw_placed(smap_ctx *ctx, const smap__sheet *sheet, smap__arena *arena, smap__placed *out,
                              smap_error *err) {
    smap__page_plan plan;
    smap__placed_element *element = smap__arena_alloc(arena, ((size_t)sheet->elements + 1) * sizeof *element);
    if (!element) return smap__fail_memory(err);
    memset(element, 0, ((size_t)sheet->elements + 1) * sizeof *element);
    smap_status status = smap__page_plan_make(&plan, ctx, sheet, err);
    if (status != SMAP_OK) return status;
    bool taken = true;
    for (int i = 0; taken && i < sheet->elements; i++) taken = take_element(&plan, i, arena, &element[i]);
    *out = (smap__placed){ element, legend_shrink(&plan, arena) };
    smap__page_plan_release(&plan);
    return taken ? SMAP_OK : smap__fail_memory(err);
}
