/* Tables: columns as wide as their texts ask, the rest shared out; what finds no room is counted under the table. */
#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/str.h"
#include "draw/page_plan.h"

typedef struct setting {
    smap__page_plan *plan;
    const smap__table *table;
    smap__page_plan_texts *text;
    smap__page_plan_fills *fill;
    smap__rect_mm at;                  /* inside the padding of the element */
    double shrink;                     /* of texts and paddings */
    double pad_x_mm, pad_y_mm;         /* around the texts of a cell */
    int rows, columns;                 /* that are shown */
    double *least, *natural, *column;  /* widths of each column's texts */
    double *row;                       /* heights of each row's texts */
    double title_mm, note_mm, more_mm; /* heights with the gap to the table */
} setting;

/* ---- measuring --------------------------------------------------------------------------------------------------- */

/* Figures stand at the right of their column, labels where a line of the page begins. */
static int align_of(const setting *s, const smap__paragraph *p, bool number) {
    bool right = number || s->plan->sheet->mirrored;
    return right == p->rtl ? SMAP__ALIGN_START : SMAP__ALIGN_END;
}

static smap_status set_text(const setting *s, const smap__paragraph *p, bool number, double width_mm, PangoLayout **out,
                            smap_error *err) {
    smap__text_spec spec = { .text = p->text,
                             .size_pt = fmax(p->style->size_pt * s->shrink, p->style->min_pt),
                             .bold = p->style->bold,
                             .italic = p->style->italic,
                             .direction = p->rtl ? SMAP__DIRECTION_RTL : SMAP__DIRECTION_LTR,
                             .width_mm = width_mm,
                             .align = align_of(s, p, number) };
    smap_status status = smap__typeset_layout(&s->plan->typeset, &spec, out, err);
    if (status == SMAP_OK) pango_layout_set_wrap(*out, PANGO_WRAP_WORD);
    return status;
}

/* The width of a cell on one line each paragraph, and that of its longest word. */
static smap_status cell_widths(const setting *s, const smap__table_cell *cell, bool whole, double *least,
                               double *natural, smap_error *err) {
    if (cell->bar) {
        *least = fmax(*least, cell->bar->width_mm * s->shrink);
        *natural = fmax(*natural, *least);
    }
    for (int i = 0; i < cell->paragraphs; i++) {
        PangoLayout *layout;
        double w, h;
        smap_status status = set_text(s, &cell->paragraph[i], cell->number, 0, &layout, err);
        if (status != SMAP_OK) return status;
        smap__typeset_size(&s->plan->typeset, layout, &w, &h);
        *natural = fmax(*natural, w);
        if (!whole) {
            pango_layout_set_width(layout, 1);
            smap__typeset_size(&s->plan->typeset, layout, &w, &h);
        }
        *least = fmax(*least, w);
        g_object_unref(layout);
    }
    return SMAP_OK;
}

static const smap__table_cell *cell_at(const setting *s, int row, int column) {
    return &s->table->cell[row * s->table->columns + column];
}

static smap_status measure_columns(setting *s, smap_error *err) {
    for (int k = 0; k < s->table->columns; k++) {
        s->least[k] = s->natural[k] = 0;
        for (int r = 0; r < s->table->rows; r++) {
            const smap__table_cell *cell = cell_at(s, r, k);
            smap_status status = cell_widths(s, cell, cell->number && r > 0, &s->least[k], &s->natural[k], err);
            if (status != SMAP_OK) return status;
        }
    }
    return SMAP_OK;
}

/* Each column its longest word; then up to one line; then the rest of the width in equal parts. false = too wide. */
static bool share_width(setting *s) {
    static const double slack_mm = 0.02; /* for rounding: a width that a text was measured at must hold it again */
    double room = s->at.w - s->columns * 2 * (s->pad_x_mm + slack_mm), wanted = 0;
    for (int k = 0; k < s->columns; k++) {
        room -= s->least[k];
        wanted += s->natural[k] - s->least[k];
    }
    if (room < 0) return false;
    double grow = wanted > 0 ? fmin(1, room / wanted) : 0, rest = (room - grow * wanted) / s->columns;
    for (int k = 0; k < s->columns; k++)
        s->column[k] = s->least[k] + grow * (s->natural[k] - s->least[k]) + rest + 2 * slack_mm;
    return true;
}

static smap_status cell_height(const setting *s, const smap__table_cell *cell, double width_mm, double *height,
                               smap_error *err) {
    double sum = cell->bar ? cell->bar->height_mm * s->shrink : 0;
    for (int i = 0; i < cell->paragraphs; i++) {
        PangoLayout *layout;
        double w, h;
        smap_status status = set_text(s, &cell->paragraph[i], cell->number, width_mm, &layout, err);
        if (status != SMAP_OK) return status;
        smap__typeset_size(&s->plan->typeset, layout, &w, &h);
        g_object_unref(layout);
        sum += h;
    }
    *height = fmax(*height, sum);
    return SMAP_OK;
}

static smap_status measure_rows(setting *s, smap_error *err) {
    for (int r = 0; r < s->table->rows; r++) {
        s->row[r] = 0;
        for (int k = 0; k < s->columns; k++) {
            smap_status status = cell_height(s, cell_at(s, r, k), s->column[k], &s->row[r], err);
            if (status != SMAP_OK) return status;
        }
    }
    return SMAP_OK;
}

static smap_status block_height(const setting *s, const smap__paragraph *paragraph, int count, double *height,
                                smap_error *err) {
    smap__table_cell cell = { .paragraph = paragraph, .paragraphs = count };
    *height = 0;
    smap_status status = cell_height(s, &cell, s->at.w, height, err);
    if (*height > 0) *height += s->pad_y_mm;
    return status;
}

static double table_height(const setting *s) {
    double sum = 0;
    for (int r = 0; r < s->rows; r++) sum += s->row[r] + 2 * s->pad_y_mm;
    return sum;
}

/* ---- placing ----------------------------------------------------------------------------------------------------- */

static smap_status put_fill(setting *s, smap__rect_mm at, smap__colour colour, smap_error *err) {
    if (!smap__grow(&s->fill->item, &s->fill->capacity, s->fill->count + 1, sizeof *s->fill->item))
        return smap__fail_memory(err);
    s->fill->item[s->fill->count++] = (smap__page_plan_fill){ at, colour };
    return SMAP_OK;
}

/* Paragraphs under each other from y. */
static smap_status put_paragraphs(setting *s, const smap__table_cell *cell, double x, double width_mm, double y,
                                  smap_error *err) {
    for (int i = 0; i < cell->paragraphs; i++) {
        PangoLayout *layout;
        double w, h;
        smap__ink ink = { .colour = cell->paragraph[i].style->colour };
        smap_status status = set_text(s, &cell->paragraph[i], cell->number, width_mm, &layout, err);
        if (status != SMAP_OK) return status;
        smap__typeset_size(&s->plan->typeset, layout, &w, &h);
        status = smap__page_plan_put(s->text, layout, x, y, 0, &ink, err);
        if (status != SMAP_OK) return status;
        y += h;
    }
    return SMAP_OK;
}

/* The track, the figure and the standard, with the middle of the cell. What is larger than the track ends in steps. */
static smap_status put_bar(setting *s, const smap__table_bar *bar, smap__rect_mm at, smap_error *err) {
    static const double target_mm = 0.5, taller = 0.35; /* the mark of a standard stands out above and below */
    double h = bar->height_mm * s->shrink, y = at.y + (at.h - h) / 2;
    double x = at.x + s->pad_x_mm, w = at.w - 2 * s->pad_x_mm;
    bool from_right = bar->from_end != s->plan->sheet->mirrored;
    smap_status status = put_fill(s, (smap__rect_mm){ x, y, w, h }, bar->track, err);
    double share = isnan(bar->share) ? 0 : bar->share * w;
    if (status == SMAP_OK && share > 0)
        status = put_fill(s, (smap__rect_mm){ from_right ? x + w - share : x, y, share, h }, bar->colour, err);
    for (int k = 1; k <= 2 && bar->over && status == SMAP_OK; k++) {
        double gap = from_right ? x + k * 2 * h / 3 : x + w - k * 2 * h / 3;
        status = put_fill(s, (smap__rect_mm){ gap - h / 6, y, h / 3, h }, bar->track, err);
    }
    if (status != SMAP_OK || isnan(bar->target)) return status;
    double mark = from_right ? x + w - bar->target * w : x + bar->target * w;
    return put_fill(s, (smap__rect_mm){ mark - target_mm / 2, y - taller * h, target_mm, h * (1 + 2 * taller) },
                    bar->target_colour, err);
}

static smap_status put_cell(setting *s, int r, int k, smap__rect_mm at, smap_error *err) {
    const smap__table *t = s->table;
    const smap__table_cell *cell = cell_at(s, r, k);
    double height = 0;
    smap_status status = cell_height(s, cell, s->column[k], &height, err);
    if (status == SMAP_OK && cell->strong) status = put_fill(s, at, t->strong_fill, err);
    if (status == SMAP_OK && cell->bar) return put_bar(s, cell->bar, at, err);
    double y = r == 0 ? at.y + at.h - s->pad_y_mm - height : at.y + (at.h - height) / 2; /* headings near the figures */
    return status == SMAP_OK ? put_paragraphs(s, cell, at.x + s->pad_x_mm, s->column[k], y, err) : status;
}

static smap_status put_row(setting *s, int r, double y, smap_error *err) {
    const smap__table *t = s->table;
    double h = s->row[r] + 2 * s->pad_y_mm, x = s->plan->sheet->mirrored ? s->at.x + s->at.w : s->at.x;
    smap_status status = SMAP_OK;
    smap__rect_mm whole = { s->at.x, y, s->at.w, h };
    if (r == 0)
        status = put_fill(s, whole, t->head_fill, err);
    else if (r % 2 == 0)
        status = put_fill(s, whole, t->zebra_fill, err);
    for (int k = 0; k < s->columns && status == SMAP_OK; k++) {
        double w = s->column[k] + 2 * s->pad_x_mm;
        if (s->plan->sheet->mirrored) x -= w;
        status = put_cell(s, r, k, (smap__rect_mm){ x, y, w, h }, err);
        if (!s->plan->sheet->mirrored) x += w;
    }
    bool ruled = r == 0 || r == s->rows - 1;
    if (status == SMAP_OK && ruled && t->rule_mm > 0)
        status =
            put_fill(s, (smap__rect_mm){ s->at.x, y + h - t->rule_mm / 2, s->at.w, t->rule_mm }, t->rule_colour, err);
    return status;
}

/* "and 3 more" in the sheet's languages, on one line each. */
static smap_status more_paragraphs(const setting *s, int left_out, char *text[SMAP__LANGS], smap__paragraph *out,
                                   int *count, smap_error *err) {
    *count = 0;
    for (int l = 0; l < SMAP__LANGS; l++) {
        const char *word = s->table->more[l];
        if (!word) continue;
        smap__str line = SMAP__STR_INIT;
        const char *at = strstr(word, "{n}");
        smap__str_put_n(&line, word, at ? (size_t)(at - word) : strlen(word));
        smap__str_printf(&line, "%d%s", left_out, at ? at + 3 : "");
        text[l] = smap__str_take(&line);
        if (!text[l]) return smap__fail_memory(err);
        out[(*count)++] = (smap__paragraph){ text[l], l == SMAP__AR, s->table->more_style };
    }
    return SMAP_OK;
}

static int left_out(const setting *s) {
    return s->table->left_out + s->table->rows - s->rows + s->table->columns - s->columns;
}

static smap_status put_table(setting *s, const smap__table_cell *more, smap_error *err) {
    const smap__table *t = s->table;
    const smap__table_cell title = { .paragraph = t->title, .paragraphs = t->titles },
                           note = { .paragraph = t->note, .paragraphs = t->notes };
    double y = s->at.y;
    smap_status status = put_paragraphs(s, &title, s->at.x, s->at.w, y, err);
    y += s->title_mm;
    for (int r = 0; r < s->rows && status == SMAP_OK; r++) {
        status = put_row(s, r, y, err);
        y += s->row[r] + 2 * s->pad_y_mm;
    }
    y += s->pad_y_mm;
    if (status == SMAP_OK && left_out(s) > 0) {
        status = put_paragraphs(s, more, s->at.x, s->at.w, y, err);
        y += s->more_mm;
    }
    return status == SMAP_OK ? put_paragraphs(s, &note, s->at.x, s->at.w, y, err) : status;
}

/* ---- the size at which all fits ---------------------------------------------------------------------------------- */

static smap_status measure(setting *s, const smap__table_cell *more, bool last, bool *fits, smap_error *err) {
    const smap__table *t = s->table;
    s->pad_x_mm = t->pad_x_mm * s->shrink;
    s->pad_y_mm = t->pad_y_mm * s->shrink;
    s->rows = t->rows;
    s->columns = t->columns;
    *fits = false;
    smap_status status = measure_columns(s, err);
    if (status != SMAP_OK) return status;
    while (!share_width(s)) {
        if (!last || s->columns == 1) return SMAP_OK;
        s->columns--;
    }
    status = measure_rows(s, err);
    if (status == SMAP_OK) status = block_height(s, t->title, t->titles, &s->title_mm, err);
    if (status == SMAP_OK) status = block_height(s, t->note, t->notes, &s->note_mm, err);
    if (status == SMAP_OK) status = block_height(s, more->paragraph, more->paragraphs, &s->more_mm, err);
    if (status != SMAP_OK) return status;
    for (;;) {
        double more_mm = left_out(s) > 0 ? s->more_mm : 0;
        *fits = s->title_mm + table_height(s) + more_mm + s->note_mm <= s->at.h;
        if (*fits || !last || s->rows == 1) return SMAP_OK;
        s->rows--;
    }
}

static smap_status fit(setting *s, smap_error *err) {
    const smap__sheet_look *look = &s->plan->sheet->look;
    char *text[SMAP__LANGS] = { NULL, NULL };
    smap__paragraph paragraph[SMAP__LANGS];
    smap__table_cell more = { .paragraph = paragraph };
    smap_status status = more_paragraphs(s, s->table->rows + s->table->columns, text, paragraph, &more.paragraphs, err);
    bool fits = false;
    for (int i = 0; i < look->shrinks && !fits && status == SMAP_OK; i++) {
        s->shrink = look->shrink[i];
        status = measure(s, &more, i == look->shrinks - 1, &fits, err);
    }
    for (int l = 0; l < SMAP__LANGS; l++) {
        smap__free(text[l]);
        text[l] = NULL;
    }
    if (status == SMAP_OK && left_out(s) > 0) {
        s->plan->texts_cut++;
        status = more_paragraphs(s, left_out(s), text, paragraph, &more.paragraphs, err);
    }
    if (status == SMAP_OK) status = put_table(s, &more, err);
    for (int l = 0; l < SMAP__LANGS; l++) smap__free(text[l]);
    return status;
}

smap_status smap__page_plan_table(smap__page_plan *plan, int index, smap_error *err) {
    const smap__element *e = &plan->sheet->element[index];
    const smap__table *t = e->table;
    double pad = e->padding_mm, *width = smap__zalloc((size_t)(3 * t->columns + t->rows) + 1, sizeof *width);
    if (!width) return smap__fail_memory(err);
    setting s = { .plan = plan,
                  .table = t,
                  .text = &plan->element[index],
                  .fill = &plan->fills[index],
                  .at = { e->at.x + pad, e->at.y + pad, e->at.w - 2 * pad, e->at.h - 2 * pad },
                  .least = width,
                  .natural = width + t->columns,
                  .column = width + 2 * t->columns,
                  .row = width + 3 * t->columns };
    smap_status status = fit(&s, err);
    smap__free(width);
    return status;
}
