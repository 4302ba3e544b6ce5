#include <math.h>
#include <stdio.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/str.h"
#include "draw/plan.h"

/* Where the column is filled, and at which size. */
typedef struct column {
    smap__plan *plan;
    smap__plan_legend *out;
    double x, w, y;
    double shrink;
} column;

static smap_status set_line(const column *c, const char *text, bool rtl, const smap__text_style *s, double w, int align,
                            PangoLayout **out, double *width, double *height, smap_error *err) {
    smap__text_spec spec = { .text = text,
                             .size_pt = fmax(s->size_pt * c->shrink, s->min_pt),
                             .bold = s->bold,
                             .italic = s->italic,
                             .direction = rtl ? SMAP__DIRECTION_RTL : SMAP__DIRECTION_LTR,
                             .width_mm = w,
                             .align = align };
    smap_status status = smap__typeset_layout(&c->plan->typeset, &spec, out, err);
    if (status == SMAP_OK) smap__typeset_size(&c->plan->typeset, *out, width, height);
    return status;
}

/* English at the left and Arabic at the right of one line; the Arabic under the English where both do not fit, and only
 * once where they are the same. *height is that of the row. */
static smap_status put_pair(column *c, const char *const text[SMAP__LANGS], const smap__text_style *style, double x,
                            double w, double *height, smap_error *err) {
    smap__ink ink = { .colour = style->colour };
    double used = 0, last = 0;
    *height = 0;
    for (int l = 0; l < SMAP__LANGS; l++) {
        PangoLayout *layout;
        double tw, th;
        if (!text[l] || !text[l][0]) continue;
        if (l == SMAP__AR && text[0] && g_strcmp0(text[0], text[1]) == 0) continue;
        smap_status status = set_line(c, text[l], l == SMAP__AR, style, w, SMAP__ALIGN_START, &layout, &tw, &th, err);
        if (status != SMAP_OK) return status;
        bool beside = used > 0 && used + tw + c->plan->sheet->look.column_gap_mm <= w;
        double y = beside ? *height - last : *height;
        status = smap__plan_put(&c->out->text, layout, x, c->y + y, 0, &ink, err);
        if (status != SMAP_OK) return status;
        *height = fmax(*height, y + th);
        used = tw;
        last = th;
    }
    return SMAP_OK;
}

static smap_status put_swatch(column *c, const smap__rule *rule, int form, double x, double y, smap_error *err) {
    const smap__sheet_look *look = &c->plan->sheet->look;
    smap__plan_legend *o = c->out;
    if (!smap__grow(&o->swatch, &o->capacity, o->swatches + 1, sizeof *o->swatch)) return smap__fail_memory(err);
    o->swatch[o->swatches++] = (smap__plan_swatch){ rule, form, { x, y, look->swatch_w_mm, look->swatch_h_mm } };
    return SMAP_OK;
}

static smap_status put_count(column *c, const smap__legend_group *group, int64_t count, double x, smap_error *err) {
    const smap__sheet *sheet = c->plan->sheet;
    const smap__text_style *style = group->excerpt ? sheet->look.remark : sheet->look.count;
    smap__ink ink = { .colour = style->colour };
    PangoLayout *layout;
    char text[32];
    double w, h;
    snprintf(text, sizeof text, "%lld", (long long)count);
    smap_status status = set_line(c, text, false, style, sheet->look.count_w_mm,
                                  sheet->mirrored ? SMAP__ALIGN_START : SMAP__ALIGN_END, &layout, &w, &h, err);
    return status == SMAP_OK ? smap__plan_put(&c->out->text, layout, x, c->y, 0, &ink, err) : status;
}

/* Symbol, text, count: from the left, or from the right on a mirrored page. */
static smap_status put_entry(column *c, const smap__legend_group *group, int index, smap_error *err) {
    const smap__sheet *sheet = c->plan->sheet;
    const smap__legend_entry *entry = &sheet->entry[group->first + index];
    const smap__sheet_look *look = &sheet->look;
    const char *text[SMAP__LANGS] = { sheet->lang[0] ? entry->title_en : NULL,
                                      sheet->lang[1] ? entry->title_ar : NULL };
    double symbol = look->swatch_w_mm + look->swatch_gap_mm, count_w = look->count_w_mm, h;
    double left = c->x + (sheet->mirrored ? count_w : symbol), w = c->w - symbol - count_w;
    size_t first = c->out->text.count;
    smap_status status = put_pair(c, text, look->entry, left, w, &h, err);
    if (status != SMAP_OK) return status;
    double row = fmax(h, look->swatch_h_mm), down = (row - h) / 2;
    for (size_t i = first; i < c->out->text.count; i++) c->out->text.item[i].y += down;
    const smap__rule *rule = &sheet->layer[entry->layer].style->rule[entry->rule];
    status = put_swatch(c, rule, group->form[index], sheet->mirrored ? c->x + c->w - look->swatch_w_mm : c->x,
                        c->y + (row - look->swatch_h_mm) / 2, err);
    if (status == SMAP_OK && group->counted) {
        double at = sheet->mirrored ? c->x : c->x + c->w - count_w, y = c->y;
        c->y += down;
        status = put_count(c, group, entry->count, at, err);
        c->y = y;
    }
    c->y += row + look->row_gap_mm;
    return status;
}

static smap_status put_full_width(column *c, const char *const text[SMAP__LANGS], const smap__text_style *style,
                                  smap_error *err) {
    double h;
    smap_status status = put_pair(c, text, style, c->x, c->w, &h, err);
    c->y += h > 0 ? h + c->plan->sheet->look.row_gap_mm : 0;
    return status;
}

static smap_status put_group(column *c, const smap__legend_group *group, smap_error *err) {
    const smap__sheet_look *look = &c->plan->sheet->look;
    smap_status status = SMAP_OK;
    if (group->heading) status = put_full_width(c, group->title, look->group, err);
    for (int i = 0; status == SMAP_OK && i < group->entries; i++) status = put_entry(c, group, i, err);
    if (status == SMAP_OK) status = put_full_width(c, group->remark, look->remark, err);
    c->y += look->group_gap_mm;
    return status;
}

static smap_status put_legend(column *c, smap_error *err) {
    const smap__sheet *sheet = c->plan->sheet;
    bool counted = false;
    smap_status status = put_full_width(c, sheet->look.legend_word, sheet->look.legend_heading, err);
    for (int i = 0; status == SMAP_OK && i < sheet->groups; i++) {
        status = put_group(c, &sheet->group[i], err);
        counted = counted || sheet->group[i].counted;
    }
    if (status == SMAP_OK && counted) status = put_full_width(c, sheet->look.count_word, sheet->look.remark, err);
    return status;
}

/* The sheet's notes and, where labels found no room, how many. */
static smap_status gather_notes(const smap__plan *plan, smap__paragraph *out, char **owned, int *count,
                                smap_error *err) {
    const smap__sheet *sheet = plan->sheet;
    int64_t left = plan->labels_wanted - plan->labels_placed;
    *count = 0;
    for (int i = 0; i < sheet->notes; i++) out[(*count)++] = sheet->note[i];
    for (int l = 0; l < SMAP__LANGS; l++) {
        if (!sheet->lang[l] || left == 0) continue;
        char number[32];
        snprintf(number, sizeof number, "%lld", (long long)left);
        smap__str text = SMAP__STR_INIT;
        const char *word = sheet->look.unplaced_word[l];
        for (const char *at = word; *at; at++)
            if (at[0] == '{' && at[1] == 'n' && at[2] == '}')
                smap__str_put(&text, number), at += 2;
            else
                smap__str_put_char(&text, *at);
        owned[l] = smap__str_take(&text);
        if (!owned[l]) return smap__fail_memory(err);
        out[(*count)++] = (smap__paragraph){ owned[l], l == SMAP__AR, sheet->look.note };
    }
    return SMAP_OK;
}

static smap_status put_notes(column *c, const smap__block *block, double top, smap_error *err) {
    double y = top;
    for (int i = 0; i < block->count; i++) {
        double w, h;
        smap__ink ink = { .colour = block->paragraph[i].style->colour };
        smap__typeset_size(&c->plan->typeset, block->layout[i], &w, &h);
        smap_status status = smap__plan_put(&c->out->text, g_object_ref(block->layout[i]), c->x, y, 0, &ink, err);
        if (status != SMAP_OK) return status;
        y += h + block->gap_mm;
    }
    return SMAP_OK;
}

static void release_legend(smap__plan_legend *legend) {
    smap__plan_texts_release(&legend->text);
    smap__free(legend->swatch);
    *legend = (smap__plan_legend){ 0 };
}

/* One try at a size: *fits, and the plan's legend filled if it does or if it is the last try. */
static smap_status try_column(smap__plan *plan, const smap__element *e, double shrink, const smap__paragraph *notes,
                              int count, bool last, bool *fits, smap_error *err) {
    const smap__sheet_look *look = &plan->sheet->look;
    double pad = e->padding_mm;
    column c = { plan, &plan->legend, e->at.x + pad, e->at.w - 2 * pad, e->at.y + pad, shrink };
    smap__block block = { 0 };
    smap_status status = put_legend(&c, err);
    if (status != SMAP_OK) return status;
    plan->legend.height_mm = c.y - e->at.y;
    double bottom = e->at.y + e->at.h - pad, room = bottom - c.y - look->group_gap_mm;
    status =
        smap__block_set(&plan->typeset, notes, count, c.w, e->paragraph_gap_mm, SMAP__ALIGN_START, shrink, &block, err);
    if (status != SMAP_OK) return status;
    *fits = block.height_mm <= room;
    if (!*fits && last) {
        bool cut;
        smap__block_release(&block);
        status = smap__block_fit(&plan->typeset, notes, count, c.w, fmax(room, 1), e->paragraph_gap_mm,
                                 SMAP__ALIGN_START, &block, &cut, err);
        if (status != SMAP_OK) return status;
        plan->texts_cut += cut;
        *fits = true;
    }
    if (*fits)
        status = put_notes(&c, &block, bottom - block.height_mm, err);
    else
        release_legend(&plan->legend);
    smap__block_release(&block);
    return status;
}

smap_status smap__plan_legend_column(smap__plan *plan, const smap__element *element, smap_error *err) {
    const smap__sheet *sheet = plan->sheet;
    char *owned[SMAP__LANGS] = { NULL, NULL };
    smap__paragraph *notes = smap__zalloc((size_t)sheet->notes + SMAP__LANGS, sizeof *notes);
    int count = 0;
    if (!notes) return smap__fail_memory(err);
    smap_status status = gather_notes(plan, notes, owned, &count, err);
    bool fits = false;
    for (int i = 0; status == SMAP_OK && !fits && i < sheet->look.shrinks; i++)
        status =
            try_column(plan, element, sheet->look.shrink[i], notes, count, i + 1 == sheet->look.shrinks, &fits, err);
    for (int l = 0; l < SMAP__LANGS; l++) smap__free(owned[l]);
    smap__free(notes);
    return status;
}
