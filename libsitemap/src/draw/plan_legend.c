#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/str.h"
#include "draw/page_plan.h"
#include "sheet/sheet_text.h"

/* Where a column is filled, and at which size. */
typedef struct column {
    smap__page_plan *plan;
    smap__page_plan_legend *out;
    double x, w, y, top, bottom; /* nothing goes below the bottom */
    double step;        /* from this column to the next, against the reading direction where that is negative */
    int further;        /* columns that are still empty */
    double last_bottom; /* of the last column, which has the closing lines and the notes below */
    double shrink;      /* of texts, symbols and gaps */
    double swatch_w, swatch_h, swatch_gap, row_gap, group_gap, count_w;
    int left_out; /* entries that found no room */
} column;

static void set_metrics(column *c, double shrink) {
    const smap__sheet_look *look = &c->plan->sheet->look;
    c->shrink = shrink;
    c->swatch_w = look->swatch_w_mm * shrink;
    c->swatch_h = look->swatch_h_mm * shrink;
    c->swatch_gap = look->swatch_gap_mm * shrink;
    c->row_gap = look->row_gap_mm * shrink;
    c->group_gap = look->group_gap_mm * shrink;
    c->count_w = look->count_w_mm * shrink;
}

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
    double used = 0, base = 0;
    *height = 0;
    for (int l = 0; l < SMAP__LANGS; l++) {
        PangoLayout *layout;
        double tw, th;
        if (!text[l] || !text[l][0]) continue;
        if (l == SMAP__AR && text[0] && strcmp(text[0], text[1]) == 0) continue;
        smap_status status = set_line(c, text[l], l == SMAP__AR, style, w, SMAP__ALIGN_START, &layout, &tw, &th, err);
        if (status != SMAP_OK) return status;
        bool beside = used > 0 && used + tw + c->plan->sheet->look.column_gap_mm <= w;
        double own = (double)pango_layout_get_baseline(layout) / PANGO_SCALE / c->plan->typeset.px_per_mm;
        double y = beside ? base - own : *height;
        status = smap__page_plan_put(&c->out->text, layout, x, c->y + y, 0, &ink, err);
        if (status != SMAP_OK) return status;
        *height = fmax(*height, y + th);
        used = tw;
        base = own;
    }
    return SMAP_OK;
}

static smap_status put_full_width(column *c, const char *const text[SMAP__LANGS], const smap__text_style *style,
                                  smap_error *err) {
    double h;
    smap_status status = put_pair(c, text, style, c->x, c->w, &h, err);
    c->y += h > 0 ? h + c->row_gap : 0;
    return status;
}

/* Areas are lower than symbols, so that they do not touch each other. */
static bool is_area(const smap__rule *rule, int form) {
    for (int i = 0; form == SMAP__FORM_AREA && i < rule->symbolizers; i++)
        if (rule->symbolizer[i].kind == SMAP__SYM_POLYGON || rule->symbolizer[i].kind == SMAP__SYM_LINE) return true;
    return false;
}

static smap_status put_swatch(column *c, const smap__rule *rule, int form, const smap__colour *neutral, double x,
                              double y, double w, smap_error *err) {
    smap__page_plan_legend *o = c->out;
    if (!smap__grow(&o->swatch, &o->capacity, o->swatches + 1, sizeof *o->swatch)) return smap__fail_memory(err);
    double h = c->swatch_h * (is_area(rule, form) ? c->plan->sheet->look.area_swatch : 1);
    smap__rect_mm at = { x, y + (c->swatch_h - h) / 2, w, h };
    o->swatch[o->swatches++] = (smap__page_plan_swatch){ rule, form, at, neutral };
    return SMAP_OK;
}

static smap_status set_count(const column *c, const smap__legend_group *group, int64_t count, PangoLayout **out,
                             double *w, smap_error *err) {
    const smap__sheet_look *look = &c->plan->sheet->look;
    char text[48];
    double h;
    smap__text_number((double)count, 0, text, sizeof text);
    if (count > 0 && count < group->least) snprintf(text, sizeof text, "%s", group->mark);
    return set_line(c, text, false, group->excerpt ? look->remark : look->count, 0, SMAP__ALIGN_START, out, w, &h, err);
}

/* The column of counts is as wide as the widest of them; of layers that share their rules, as all of a group together
 * could be. */
static smap_status widen_counts(column *c, smap_error *err) {
    const smap__sheet *sheet = c->plan->sheet;
    for (int g = 0; g < sheet->groups; g++) {
        const smap__legend_group *group = &sheet->group[g];
        int64_t sum = 0;
        for (int i = group->first; group->counted && i < group->first + group->entries; i++) {
            PangoLayout *layout;
            double w;
            sum = group->shared ? sum + sheet->entry[i].count : sheet->entry[i].count;
            smap_status status = set_count(c, group, sum, &layout, &w, err);
            if (status != SMAP_OK) return status;
            g_object_unref(layout);
            c->count_w = fmax(c->count_w, w + sheet->look.column_gap_mm);
        }
    }
    return SMAP_OK;
}

/* At the far edge of the column: the right one, or the left one of a mirrored page. */
static smap_status put_count(column *c, const smap__legend_group *group, int64_t count, double y, smap_error *err) {
    const smap__sheet *sheet = c->plan->sheet;
    smap__ink ink = { .colour = (group->excerpt ? sheet->look.remark : sheet->look.count)->colour };
    PangoLayout *layout;
    double w;
    smap_status status = set_count(c, group, count, &layout, &w, err);
    if (status != SMAP_OK) return status;
    return smap__page_plan_put(&c->out->text, layout, sheet->mirrored ? c->x : c->x + c->w - w, y, 0, &ink, err);
}

/* A line of the legend: room for symbols, text, count, from the left, or from the right on a mirrored page. */
typedef struct legend_line {
    const char *text[SMAP__LANGS];
    double symbols_w; /* of all symbols side by side, with the gap to the text */
    bool counted;
    int64_t count;
    double row, symbol_y; /* set by put_line: height of the line, where its symbols begin */
} legend_line;

static smap_status put_line(column *c, const smap__legend_group *group, legend_line *l, smap_error *err) {
    const smap__sheet *sheet = c->plan->sheet;
    double count_w = l->counted ? c->count_w : 0, h;
    double left = c->x + (sheet->mirrored ? count_w : l->symbols_w), w = c->w - l->symbols_w - count_w;
    size_t first = c->out->text.count;
    const char *const text[SMAP__LANGS] = { sheet->lang[0] ? l->text[0] : NULL, sheet->lang[1] ? l->text[1] : NULL };
    smap_status status = put_pair(c, text, sheet->look.entry, left, w, &h, err);
    if (status != SMAP_OK) return status;
    l->row = fmax(h, c->swatch_h);
    double down = (l->row - h) / 2;
    for (size_t i = first; i < c->out->text.count; i++) c->out->text.item[i].y += down;
    l->symbol_y = c->y + (l->row - c->swatch_h) / 2;
    if (l->counted) status = put_count(c, group, l->count, c->y + down, err);
    c->y += l->row + c->row_gap;
    return status;
}

static const smap__rule *rule_of(const smap__sheet *sheet, const smap__legend_entry *entry) {
    return &sheet->layer[entry->layer].style->rule[entry->rule];
}

static smap_status put_entry(column *c, const smap__legend_group *group, int index, smap_error *err) {
    const smap__sheet *sheet = c->plan->sheet;
    const smap__legend_entry *entry = &sheet->entry[group->first + index];
    legend_line l = { .text = { entry->title_en, entry->title_ar },
                      .symbols_w = c->swatch_w + c->swatch_gap,
                      .counted = group->counted,
                      .count = entry->count };
    smap_status status = put_line(c, group, &l, err);
    if (status != SMAP_OK) return status;
    return put_swatch(c, rule_of(sheet, entry), group->form[index], NULL,
                      sheet->mirrored ? c->x + c->w - c->swatch_w : c->x, l.symbol_y, c->swatch_w, err);
}

/* ---- layers that share their rules ------------------------------------------------------------------------------- */

/* The symbol of an entry, or with `neutral` of its layer, in the place that the layer has among those of the group. */
static smap_status put_shared_swatch(column *c, const smap__legend_group *group, int index, const smap__colour *neutral,
                                     double y, smap_error *err) {
    const smap__sheet *sheet = c->plan->sheet;
    const smap__legend_entry *entry = &sheet->entry[group->first + index];
    double w = c->swatch_w * sheet->look.shared_swatch, step = w + c->swatch_gap / 2;
    int place = 0;
    while (group->shared_layer[place] != entry->layer) place++;
    double x = sheet->mirrored ? c->x + c->w - w - place * step : c->x + place * step;
    return put_swatch(c, rule_of(sheet, entry), group->form[index], neutral, x, y, w, err);
}

static double shared_width(const column *c, const smap__legend_group *group) {
    return group->shared * (c->swatch_w * c->plan->sheet->look.shared_swatch + c->swatch_gap / 2) + c->swatch_gap / 2;
}

/* A layer: its commonest symbol without what that says of the class, its title, all of its features in the frame. */
static smap_status put_shared_layer(column *c, const smap__legend_group *group, int place, smap_error *err) {
    const smap__sheet *sheet = c->plan->sheet;
    const smap__sheet_layer *layer = &sheet->layer[group->shared_layer[place]];
    legend_line l = { .text = { layer->title_en, layer->title_ar },
                      .symbols_w = shared_width(c, group),
                      .counted = group->counted };
    int commonest = -1;
    for (int i = 0; i < group->entries; i++) {
        const smap__legend_entry *e = &sheet->entry[group->first + i];
        if (e->layer != group->shared_layer[place]) continue;
        l.count += e->count;
        if (commonest < 0 || e->count > sheet->entry[group->first + commonest].count) commonest = i;
    }
    if (commonest < 0) return SMAP_OK;
    smap_status status = put_line(c, group, &l, err);
    return status == SMAP_OK ? put_shared_swatch(c, group, commonest, &sheet->look.neutral_colour, l.symbol_y, err)
                             : status;
}

/* The entries of one rule; *index moves on behind them. */
static smap_status put_shared_rule(column *c, const smap__legend_group *group, int *index, smap_error *err) {
    const smap__sheet *sheet = c->plan->sheet;
    const smap__legend_entry *first = &sheet->entry[group->first + *index];
    const char *name = rule_of(sheet, first)->name;
    legend_line l = { .text = { first->title_en, first->title_ar }, .symbols_w = shared_width(c, group) };
    smap_status status = put_line(c, group, &l, err);
    for (; status == SMAP_OK && *index < group->entries; ++*index) {
        if (strcmp(rule_of(sheet, &sheet->entry[group->first + *index])->name, name) != 0) break;
        status = put_shared_swatch(c, group, *index, NULL, l.symbol_y, err);
    }
    return status;
}

/* Take back what was put since there were `texts` and `swatches`. */
static void take_back(column *c, size_t texts, size_t swatches, double y) {
    smap__page_plan_legend *o = c->out;
    while (o->text.count > texts) g_object_unref(o->text.item[--o->text.count].layout);
    o->swatches = swatches;
    c->y = y;
}

/* On to the next column: false where this is the last one. */
static bool next_column(column *c) {
    if (c->further == 0) return false;
    c->further--;
    c->x += c->step;
    c->y = c->top;
    if (c->further == 0) c->bottom = c->last_bottom;
    return true;
}

/* The title of the group and a line for each layer, never in two columns. */
static smap_status put_shared_head(column *c, const smap__legend_group *group, smap_error *err) {
    const smap__sheet_look *look = &c->plan->sheet->look;
    size_t texts = c->out->text.count, swatches = c->out->swatches;
    double y = c->y;
    smap_status status = put_full_width(c, group->title, look->group, err);
    for (int k = 0; k < group->shared && status == SMAP_OK; k++) status = put_shared_layer(c, group, k, err);
    if (status == SMAP_OK) status = put_full_width(c, group->remark, look->remark, err);
    if (status != SMAP_OK || c->y <= c->bottom || c->further == 0) return status;
    take_back(c, texts, swatches, y);
    return next_column(c) ? put_shared_head(c, group, err) : SMAP_OK;
}

static smap_status put_shared_group(column *c, const smap__legend_group *group, smap_error *err) {
    smap_status status = put_shared_head(c, group, err);
    for (int i = 0; i < group->entries && status == SMAP_OK;) {
        size_t texts = c->out->text.count, swatches = c->out->swatches;
        int from = i;
        double y = c->y;
        status = put_shared_rule(c, group, &i, err);
        if (status != SMAP_OK || c->y <= c->bottom) continue;
        take_back(c, texts, swatches, y);
        i = from;
        if (next_column(c)) continue;
        c->left_out += group->entries - from;
        break;
    }
    c->y += c->group_gap;
    return status;
}

static smap_status put_group(column *c, const smap__legend_group *group, smap_error *err) {
    if (group->shared) return put_shared_group(c, group, err);
    const smap__sheet_look *look = &c->plan->sheet->look;
    smap_status status = SMAP_OK;
    for (int i = 0; status == SMAP_OK && i < group->entries; i++) {
        size_t texts = c->out->text.count, swatches = c->out->swatches;
        double y = c->y;
        if (i == 0 && group->heading) status = put_full_width(c, group->title, look->group, err);
        if (status == SMAP_OK) status = put_entry(c, group, i, err);
        if (status == SMAP_OK && i + 1 == group->entries) status = put_full_width(c, group->remark, look->remark, err);
        if (status != SMAP_OK || c->y <= c->bottom) continue;
        take_back(c, texts, swatches, y);
        if (next_column(c)) {
            i--;
            continue;
        }
        c->left_out += group->entries - i;
        break;
    }
    c->y += group->heading || group->remark[0] || group->remark[1] ? c->group_gap : c->row_gap;
    return status;
}

/* "Labels that found no room: {n}" with the number, in the sheet's languages. */
static smap_status put_number(column *c, const char *const word[SMAP__LANGS], int64_t number, smap_error *err) {
    char *text[SMAP__LANGS] = { NULL, NULL };
    smap_status status = SMAP_OK;
    for (int l = 0; l < SMAP__LANGS && status == SMAP_OK; l++) {
        if (!word[l]) continue;
        smap__str line = SMAP__STR_INIT;
        const char *at = strstr(word[l], "{n}");
        smap__str_put_n(&line, word[l], at ? (size_t)(at - word[l]) : strlen(word[l]));
        smap__str_printf(&line, "%lld%s", (long long)number, at ? at + 3 : "");
        text[l] = smap__str_take(&line);
        if (!text[l]) status = smap__fail_memory(err);
    }
    const char *const both[SMAP__LANGS] = { text[0], text[1] };
    if (status == SMAP_OK) status = put_full_width(c, both, c->plan->sheet->look.remark, err);
    for (int l = 0; l < SMAP__LANGS; l++) smap__free(text[l]);
    return status;
}

/* The lines under the entries: what found no room, what the figures are, labels without a place. */
static smap_status put_closing(column *c, smap_error *err) {
    const smap__sheet *sheet = c->plan->sheet;
    int64_t unplaced = c->plan->map.wanted - c->plan->map.placed;
    bool counted = false;
    smap_status status = SMAP_OK;
    for (int i = 0; i < sheet->groups; i++) counted = counted || sheet->group[i].counted;
    if (c->left_out) status = put_number(c, sheet->look.more_word, c->left_out, err);
    if (status == SMAP_OK && counted) status = put_full_width(c, sheet->look.count_word, sheet->look.remark, err);
    if (status == SMAP_OK && unplaced) status = put_number(c, sheet->look.unplaced_word, unplaced, err);
    return status;
}

static smap_status put_legend(column *c, smap_error *err) {
    const smap__sheet *sheet = c->plan->sheet;
    smap_status status = widen_counts(c, err);
    if (status == SMAP_OK) status = put_full_width(c, sheet->look.legend_word, sheet->look.legend_heading, err);
    for (int i = 0; status == SMAP_OK && i < sheet->groups; i++) status = put_group(c, &sheet->group[i], err);
    return status == SMAP_OK ? put_closing(c, err) : status;
}

/* How high the closing lines are at the column's size when entries are left out. */
static smap_status measure_closing(column *c, double *height, smap_error *err) {
    size_t texts = c->out->text.count, swatches = c->out->swatches;
    double y = c->y;
    c->left_out = c->plan->sheet->entries;
    smap_status status = put_closing(c, err);
    *height = c->y - y;
    c->left_out = 0;
    take_back(c, texts, swatches, y);
    return status;
}

static smap_status put_notes(column *c, const smap__block *block, double top, smap_error *err) {
    double y = top;
    for (int i = 0; i < block->count; i++) {
        double w, h;
        smap__ink ink = { .colour = block->paragraph[i].style->colour };
        smap__typeset_size(&c->plan->typeset, block->layout[i], &w, &h);
        smap_status status = smap__page_plan_put(&c->out->text, g_object_ref(block->layout[i]), c->x, y, 0, &ink, err);
        if (status != SMAP_OK) return status;
        y += h + block->gap_mm;
    }
    return SMAP_OK;
}

static void release_legend(smap__page_plan_legend *legend) {
    smap__page_plan_texts_release(&legend->text);
    smap__free(legend->swatch);
    *legend = (smap__page_plan_legend){ 0 };
}

/* Both at one size: *fits tells whether they did; if not, nothing is kept. */
static smap_status try_size(column *c, double shrink, double bottom, bool *fits, smap_error *err) {
    const smap__sheet *sheet = c->plan->sheet;
    smap__block block;
    set_metrics(c, shrink);
    smap_status status = put_legend(c, err);
    if (status != SMAP_OK) return status;
    status = smap__block_set(&c->plan->typeset, sheet->note, sheet->notes, c->w, c->row_gap / 2, SMAP__ALIGN_START,
                             false, shrink, &block, err);
    if (status != SMAP_OK) return status;
    *fits = c->y + block.height_mm <= bottom;
    if (*fits) status = put_notes(c, &block, bottom - block.height_mm, err);
    smap__block_release(&block);
    return status;
}

/* The least size does not do: the notes keep their share of the column, with an ellipsis, and the legend leaves out
 * the entries that go below; both are counted as cut. */
static smap_status cut_to_fit(column *c, double shrink, double top, double bottom, smap_error *err) {
    const smap__sheet *sheet = c->plan->sheet;
    smap__block block;
    bool cut;
    double closing;
    set_metrics(c, shrink);
    smap_status status = measure_closing(c, &closing, err);
    if (status != SMAP_OK) return status;
    status =
        smap__block_fit(&c->plan->typeset, sheet->note, sheet->notes, c->w, (bottom - top) * sheet->look.notes_share,
                        c->row_gap / 2, SMAP__ALIGN_START, false, &block, &cut, err);
    if (status != SMAP_OK) return status;
    c->last_bottom = bottom - block.height_mm - closing;
    if (c->further == 0) c->bottom = c->last_bottom;
    status = put_legend(c, err);
    if (status == SMAP_OK) status = put_notes(c, &block, bottom - block.height_mm, err);
    c->plan->texts_cut += cut + (c->left_out > 0);
    smap__block_release(&block);
    return status;
}

smap_status smap__page_plan_legend_column(smap__page_plan *plan, const smap__element *e, smap_error *err) {
    const smap__sheet_look *look = &plan->sheet->look;
    double pad = e->padding_mm, top = e->at.y + pad, bottom = e->at.y + e->at.h - pad;
    double room = e->at.w - 2 * pad, w = (room - (e->columns - 1) * e->column_gap_mm) / e->columns;
    smap_status status = SMAP_OK;
    for (int i = 0; i <= look->shrinks; i++) {
        column c = { .plan = plan,
                     .out = &plan->legend,
                     .x = e->at.x + pad + (plan->sheet->mirrored ? room - w : 0),
                     .w = w,
                     .y = top,
                     .top = top,
                     .bottom = e->columns > 1 ? bottom : HUGE_VAL,
                     .last_bottom = HUGE_VAL,
                     .step = (plan->sheet->mirrored ? -1 : 1) * (w + e->column_gap_mm),
                     .further = e->columns - 1 };
        bool fits = false;
        release_legend(&plan->legend);
        if (i == look->shrinks) return cut_to_fit(&c, look->shrink[i - 1], top, bottom, err);
        status = try_size(&c, look->shrink[i], bottom, &fits, err);
        if (status != SMAP_OK || fits) return status;
    }
    return status;
}
