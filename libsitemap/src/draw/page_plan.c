#include "draw/page_plan.h"

#include <math.h>

#include "base/alloc.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "draw/glyph_runs.h"

smap_status smap__page_plan_put(smap__page_plan_texts *list, PangoLayout *layout, double x, double y, double angle_deg,
                                const smap__ink *ink, smap_error *err) {
    if (!smap__grow(&list->item, &list->capacity, list->count + 1, sizeof *list->item)) {
        g_object_unref(layout);
        return smap__fail_memory(err);
    }
    list->item[list->count++] = (smap__page_plan_text){ layout, x, y, angle_deg, *ink };
    return SMAP_OK;
}

void smap__page_plan_texts_release(smap__page_plan_texts *list) {
    for (size_t i = 0; i < list->count; i++) g_object_unref(list->item[i].layout);
    smap__free(list->item);
    *list = (smap__page_plan_texts){ 0 };
}

/* A single text, its box aligned to (x, y) by shares of its own size: 0.5, 1 = centred above the point. */
static smap_status put_text(smap__page_plan *plan, smap__page_plan_texts *list, const char *text, bool rtl,
                            const smap__text_style *style, double x, double y, double share_x, double share_y,
                            double angle_deg, smap_error *err) {
    smap__text_spec spec = { .text = text,
                             .size_pt = style->size_pt,
                             .bold = style->bold,
                             .italic = style->italic,
                             .direction = rtl ? SMAP__DIRECTION_RTL : SMAP__DIRECTION_LTR };
    PangoLayout *layout;
    double w, h;
    smap_status status = smap__typeset_layout(&plan->typeset, &spec, &layout, err);
    if (status != SMAP_OK) return status;
    smap__typeset_size(&plan->typeset, layout, &w, &h);
    smap__ink ink = { .colour = style->colour };
    return smap__page_plan_put(list, layout, x - share_x * w, y - share_y * h, angle_deg, &ink, err);
}

/* ---- boxes with paragraphs --------------------------------------------------------------------------------------- */

static smap_status plan_box(smap__page_plan *plan, int index, smap_error *err) {
    const smap__element *e = &plan->sheet->element[index];
    smap__rect_mm *at = &plan->at[index];
    smap__block block;
    bool cut;
    double pad = e->padding_mm;
    smap_status status = smap__block_fit(&plan->typeset, e->paragraph, e->paragraphs, at->w - 2 * pad, at->h - 2 * pad,
                                         e->paragraph_gap_mm, e->align, e->even, &block, &cut, err);
    if (status != SMAP_OK) return status;
    plan->texts_cut += cut;
    double text_w = at->w - 2 * pad;
    if (e->hug) {
        double w = block.width_mm + 2 * pad, old = text_w;
        if (plan->sheet->mirrored) at->x += at->w - w;
        at->w = w;
        text_w = block.width_mm;
        for (int i = 0; i < block.count && old > text_w; i++) smap__typeset_tighten(block.layout[i]);
    }
    double y = at->y + pad + (at->h - 2 * pad - block.height_mm) * e->valign;
    for (int i = 0; status == SMAP_OK && i < block.count; i++) {
        double w, h;
        smap__ink ink = { .colour = block.paragraph[i].style->colour };
        smap__typeset_size(&plan->typeset, block.layout[i], &w, &h);
        double x = at->x + pad + (e->hug ? (text_w - w) / 2 : 0);
        status = smap__page_plan_put(&plan->element[index], g_object_ref(block.layout[i]), x, y, 0, &ink, err);
        y += h + e->paragraph_gap_mm;
    }
    smap__block_release(&block);
    return status;
}

/* ---- ticks, scale bar, north arrow --------------------------------------------------------------------------------
 */

/* Along its side a label does not leave the frame, so that those of two sides never meet at a corner: one of a tick
 * near the end stands beside it. */
static void keep_in_frame(smap__page_plan *plan, smap__page_plan_text *text, bool upright) {
    const smap__rect_mm r = plan->sheet->map.at;
    double w, h;
    smap__typeset_size(&plan->typeset, text->layout, &w, &h);
    if (upright)
        text->y = fmax(fmin(text->y, r.y + r.h - (w + h) / 2), r.y + (w - h) / 2);
    else
        text->x = fmax(fmin(text->x, r.x + r.w - w), r.x);
}

static smap_status plan_tick(smap__page_plan *plan, smap__page_plan_texts *list, const smap__tick *t, smap_error *err) {
    const smap__sheet *s = plan->sheet;
    const smap__rect_mm r = s->map.at;
    bool rtl = !s->lang[SMAP__EN], before = t->side == SMAP__SIDE_TOP || t->side == SMAP__SIDE_LEFT;
    bool upright = t->side == SMAP__SIDE_LEFT || t->side == SMAP__SIDE_RIGHT;
    double out = s->look.tick_mm + s->look.tick_gap_mm, w, h;
    double x = !upright ? t->at_mm : before ? r.x - out : r.x + r.w + out;
    double y = upright ? t->at_mm : before ? r.y - out : r.y + r.h + out;
    smap_status status = put_text(plan, list, t->text, rtl, s->look.tick, x, y, 0.5,
                                  upright  ? 0.5
                                  : before ? 1
                                           : 0,
                                  0, err);
    if (status != SMAP_OK) return status;
    smap__page_plan_text *text = &list->item[list->count - 1];
    smap__typeset_size(&plan->typeset, text->layout, &w, &h);
    if (upright) text->angle_deg = -90;
    if (upright) text->x += before ? -h / 2 : h / 2;
    keep_in_frame(plan, text, upright);
    return SMAP_OK;
}

static smap_status plan_ticks(smap__page_plan *plan, int index, smap_error *err) {
    const smap__sheet *s = plan->sheet;
    smap_status status = SMAP_OK;
    for (int i = 0; status == SMAP_OK && i < s->ticks; i++)
        status = plan_tick(plan, &plan->element[index], &s->tick[i], err);
    return status;
}

static smap_status plan_bar(smap__page_plan *plan, int index, smap_error *err) {
    const smap__sheet *s = plan->sheet;
    const smap__scale_bar *bar = &s->bar;
    smap__rect_mm at = plan->at[index];
    smap__page_plan_texts *list = &plan->element[index];
    smap_status status = SMAP_OK;
    double y = at.y + at.h - s->look.bar_mm;
    if (s->mirrored) plan->at[index].x = at.x += at.w - bar->divisions * bar->mm;
    plan->at[index].w = at.w = bar->divisions * bar->mm;
    for (int i = 0; status == SMAP_OK && i <= bar->divisions; i++)
        status = put_text(plan, list, bar->label[i], false, s->look.bar, at.x + i * bar->mm, y, i ? 0.5 : 0, 1, 0, err);
    if (status == SMAP_OK && bar->ratio)
        status = put_text(plan, list, bar->ratio, !s->lang[SMAP__EN], s->look.ratio, at.x + s->mirrored * at.w, at.y,
                          s->mirrored, 0, 0, err);
    return status;
}

static smap_status plan_north(smap__page_plan *plan, int index, smap_error *err) {
    const smap__element *e = &plan->sheet->element[index];
    smap__rect_mm at = plan->at[index];
    smap_status status = SMAP_OK;
    for (int i = 0; status == SMAP_OK && i < e->paragraphs && i < 1; i++)
        status = put_text(plan, &plan->element[index], e->paragraph[i].text, e->paragraph[i].rtl,
                          plan->sheet->look.north, at.x + at.w / 2, at.y, 0.5, 0, 0, err);
    return status;
}

/* ---- the page ---------------------------------------------------------------------------------------------------- */

static smap_status plan_element(smap__page_plan *plan, int index, smap_error *err) {
    switch (plan->sheet->element[index].kind) {
    case SMAP__ELEMENT_BOX:
        return plan_box(plan, index, err);
    case SMAP__ELEMENT_MAP:
        return plan_ticks(plan, index, err);
    case SMAP__ELEMENT_SCALE_BAR:
        return plan_bar(plan, index, err);
    case SMAP__ELEMENT_NORTH:
        return plan_north(plan, index, err);
    case SMAP__ELEMENT_TABLE:
        return smap__page_plan_table(plan, index, err);
    default:
        return SMAP_OK;
    }
}

static smap_status plan_labels(smap__page_plan *plan, smap_ctx *ctx, smap_error *err) {
    const smap__sheet *s = plan->sheet;
    smap__rect_mm *obstacle = smap__alloc((size_t)(s->elements + 1) * sizeof *obstacle);
    int count = 0;
    if (!obstacle) return smap__fail_memory(err);
    for (int i = 0; i < s->elements; i++)
        if (s->element[i].over_map) obstacle[count++] = plan->at[i];
    smap_status status = smap__plan_labels_make(plan, ctx, &s->map, obstacle, count, &plan->map, err);
    smap__free(obstacle);
    bool nested = s->inset[SMAP__INSET_AREA].view.drawns && s->inset[SMAP__INSET_COUNTRY].view.drawns;
    for (int i = 0; i < SMAP__INSETS && status == SMAP_OK; i++) {
        const smap__view *view = &s->inset[i].view;
        int others = nested && i == SMAP__INSET_AREA;
        if (view->drawns)
            status = smap__plan_labels_make(plan, ctx, view, &s->inset[SMAP__INSET_COUNTRY].view.at, others,
                                            &plan->inset[i], err);
    }
    return status;
}

static smap_status make(smap__page_plan *plan, smap_ctx *ctx, smap_error *err) {
    const smap__sheet *s = plan->sheet;
    plan->at = smap__zalloc((size_t)s->elements + 1, sizeof *plan->at);
    plan->element = smap__zalloc((size_t)s->elements + 1, sizeof *plan->element);
    plan->fills = smap__zalloc((size_t)s->elements + 1, sizeof *plan->fills);
    if (!plan->at || !plan->element || !plan->fills) return smap__fail_memory(err);
    smap_status status = SMAP_OK;
    for (int i = 0; i < s->elements; i++) plan->at[i] = s->element[i].at;
    for (int i = 0; status == SMAP_OK && i < s->elements; i++) status = plan_element(plan, i, err);
    if (status == SMAP_OK) smap__page_plan_corners(plan);
    if (status == SMAP_OK) status = plan_labels(plan, ctx, err);
    for (int i = 0; status == SMAP_OK && i < s->elements; i++)
        if (s->element[i].kind == SMAP__ELEMENT_LEGEND)
            status = smap__page_plan_legend_column(plan, &s->element[i], err);
    if (status == SMAP_OK) status = smap__page_plan_symbols(plan, err);
    return status;
}

smap_status smap__page_plan_make(smap__page_plan *plan, smap_ctx *ctx, const smap__sheet *sheet, smap_error *err) {
    *plan = (smap__page_plan){ .sheet = sheet };
    smap_status status = smap__typeset_init(&plan->typeset, ctx, sheet, err);
    if (status == SMAP_OK) status = make(plan, ctx, err);
    if (status != SMAP_OK) smap__page_plan_release(plan);
    return status;
}

static smap_status keep_glyphs(const smap__page_plan_texts *list, smap_error *err) {
    smap_status status = SMAP_OK;
    for (size_t i = 0; i < list->count && status == SMAP_OK; i++) status = smap__glyphs_keep(list->item[i].layout, err);
    return status;
}

smap_status smap__page_plan_keep_glyphs(const smap__page_plan *plan, smap_error *err) {
    smap_status status = smap__plan_labels_keep_glyphs(&plan->map, err);
    for (int i = 0; i < SMAP__INSETS && status == SMAP_OK; i++)
        status = smap__plan_labels_keep_glyphs(&plan->inset[i], err);
    if (status == SMAP_OK) status = keep_glyphs(&plan->legend.text, err);
    for (int i = 0; i < plan->sheet->elements && status == SMAP_OK; i++) status = keep_glyphs(&plan->element[i], err);
    return status;
}

smap_status smap__page_plan_report(smap__page_plan *plan, smap_ctx *ctx, smap__draw_report *report, smap_error *err) {
    const smap__sheet *s = plan->sheet;
    if (plan->texts_cut)
        smap__log(ctx, SMAP_LOG_WARNING, "%d text%s of the page cut: not even the least size fits the box",
                  plan->texts_cut, plan->texts_cut == 1 ? " was" : "s were");
    if (!report) return SMAP_OK;
    int width = (int)lround(s->page_w_mm * s->px_per_mm), height = (int)lround(s->page_h_mm * s->px_per_mm);
    *report = (smap__draw_report){ .labels_wanted = plan->map.wanted,
                                   .labels_placed = plan->map.placed,
                                   .unplaced = plan->map.unplaced,
                                   .texts_cut = plan->texts_cut,
                                   .width_px = width,
                                   .height_px = height };
    plan->map.unplaced = NULL;
    return smap__page_plan_no_glyphs(plan, report, err);
}

void smap__page_plan_release(smap__page_plan *plan) {
    for (int i = 0; plan->element && i < plan->sheet->elements; i++) smap__page_plan_texts_release(&plan->element[i]);
    for (int i = 0; plan->fills && i < plan->sheet->elements; i++) smap__free(plan->fills[i].item);
    smap__plan_labels_release(&plan->map);
    for (int i = 0; i < SMAP__INSETS; i++) smap__plan_labels_release(&plan->inset[i]);
    smap__page_plan_texts_release(&plan->legend.text);
    smap__free(plan->legend.swatch);
    smap__svg_marks_release(&plan->symbols);
    smap__free(plan->element);
    smap__free(plan->fills);
    smap__free(plan->at);
    smap__typeset_release(&plan->typeset);
    *plan = (smap__page_plan){ 0 };
}
