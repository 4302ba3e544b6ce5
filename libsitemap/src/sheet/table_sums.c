#include <string.h>

#include "base/fail.h"
#include "sheet/pivot.h"
#include "sheet/table_making.h"

enum { MOST_VALUES = 4 };

typedef struct turning {
    const smap__json *down, *across, *value[MOST_VALUES];
    const smap_column *mark[MOST_VALUES]; /* of each; NULL: all of it is told */
    int values;
    smap__pivot pivot;
} turning;

/* The order that the sheet's list of values gives. */
static const char *const *order_of(const smap__table_making *m, const smap__json *column, int *count) {
    const smap__json *values = smap__json_get(column, "values");
    size_t n = smap__json_size(values);
    const char **key = smap__arena_alloc(m->spec->arena, (n + 1) * sizeof *key);
    *count = 0;
    for (size_t i = 0; key && i < n; i++)
        key[(*count)++] = smap__json_text(smap__json_get(smap__json_item(values, i), "is"), "");
    return key;
}

static smap_status compute(smap__table_making *m, turning *t, smap_error *err) {
    const smap_column *value[MOST_VALUES];
    const smap__json *values = smap__json_get(m->json, "cells");
    smap__pivot_input in = { .row = m->row,
                             .rows = m->rows,
                             .symmetric = smap__json_bool(smap__json_get(m->json, "symmetric"), false),
                             .value = value,
                             .mark = t->mark };
    t->down = smap__json_get(m->json, "down");
    t->across = smap__json_get(m->json, "across");
    smap_status status = smap__table_column(m, t->down, &in.down, err);
    if (status == SMAP_OK) status = smap__table_column(m, t->across, &in.across, err);
    for (size_t i = 0; i < smap__json_size(values) && t->values < MOST_VALUES && status == SMAP_OK; i++) {
        t->value[t->values] = smap__json_item(values, i);
        if (smap__table_withholds(m, t->value[t->values])) continue;
        status = smap__table_column(m, t->value[t->values], &value[t->values], err);
        if (status == SMAP_OK) t->mark[t->values] = smap__table_marks(m, value[t->values]);
        t->values++;
    }
    if (status != SMAP_OK) return status;
    in.values = t->values;
    in.first_down = order_of(m, t->down, &in.firsts_down);
    in.first_across = order_of(m, t->across, &in.firsts_across);
    if (!in.first_down || !in.first_across) return smap__fail_memory(err);
    return smap__pivot_compute(&in, &t->pivot, err);
}

/* A figure that no cell of the table has takes no line of it. */
static void drop_unknown_values(turning *t) {
    int32_t down = smap__dict_count(t->pivot.down), across = smap__dict_count(t->pivot.across);
    for (int v = 0; v < t->values; v++) {
        bool known = false;
        for (int32_t a = 0; a < down && !known; a++)
            for (int32_t b = 0; b < across && !known; b++)
                known = smap__pivot_untold(&t->pivot, a, b, v) != SMAP__PIVOT_NONE;
        if (!known) t->value[v] = NULL;
    }
}

/* Above the labels at the side: what the figures of a cell are, line by line in their own styles. */
static bool corner_cell(smap__table_making *m, const turning *t, const smap__table_label *of, smap__table_cell *out) {
    smap__paragraph *p = smap__arena_alloc(m->spec->arena, (size_t)(MOST_VALUES + 1) * sizeof *p);
    int count = 0, added;
    if (!p) return false;
    for (int v = 0; v < t->values; v++) {
        if (!t->value[v]) continue;
        smap__table_label text = smap__table_word_at(m, t->value[v], "word");
        const smap__text_style *style = smap__sheet_spec_style(m->spec, t->value[v], "style");
        if (!smap__table_fill(m, &text, "{of}", of) || !smap__table_put_inline(m, &text, style, p + count, &added))
            return false;
        count += added;
    }
    *out = (smap__table_cell){ .paragraph = p, .paragraphs = count };
    return true;
}

static bool sum_cell(smap__table_making *m, const turning *t, int32_t down, int32_t across, smap__table_cell *out) {
    smap__paragraph *p = smap__arena_alloc(m->spec->arena, MOST_VALUES * sizeof *p);
    int count = 0;
    if (!p) return false;
    for (int v = 0; v < t->values; v++) {
        if (!t->value[v]) continue;
        const char *mark = NULL;
        int64_t row = smap__pivot_untold(&t->pivot, down, across, v);
        if (row >= 0 && !smap__table_find_mark(m, t->mark[v], row, &mark)) return false;
        if (row == SMAP__PIVOT_PART) {
            mark = m->given->mark_too;
            m->marked = true;
        }
        if (!smap__table_figure(m, t->value[v], smap__pivot_sum(&t->pivot, down, across, v), mark, &p[count++]))
            return false;
    }
    *out = (smap__table_cell){ .paragraph = p, .paragraphs = count, .number = true };
    out->strong = strcmp(smap__dict_text(t->pivot.down, down), smap__dict_text(t->pivot.across, across)) == 0;
    return true;
}

smap_status smap__table_build_sums(smap__table_making *m, const smap__table_label *of, smap_error *err) {
    turning t = { 0 };
    smap_status status = compute(m, &t, err);
    if (status != SMAP_OK) goto done;
    drop_unknown_values(&t);
    int32_t downs = smap__dict_count(t.pivot.down), acrosses = smap__dict_count(t.pivot.across);
    m->table->left_out = (int)(downs + acrosses);
    if (downs > SMAP__TABLE_ROWS) downs = SMAP__TABLE_ROWS;
    if (acrosses > SMAP__TABLE_COLUMNS) acrosses = SMAP__TABLE_COLUMNS;
    m->table->left_out -= (int)(downs + acrosses);
    const smap__text_style *head = smap__sheet_spec_style(m->spec, m->look, "head_style");
    status = smap__table_new_cells(m, (int)downs + 1, (int)acrosses + 1, err);
    if (status == SMAP_OK && !corner_cell(m, &t, of, smap__table_cell_at(m, 0, 0))) status = smap__fail_memory(err);
    for (int32_t b = 0; b < acrosses && status == SMAP_OK; b++) {
        smap__table_label text;
        status = smap__table_label_of(m, t.across, smap__dict_text(t.pivot.across, b), &text, err);
        if (status != SMAP_OK) break;
        if (!smap__table_label_cell(m, &text, head, smap__table_cell_at(m, 0, (int)b + 1)))
            status = smap__fail_memory(err);
        smap__table_cell_at(m, 0, (int)b + 1)->number = true;
    }
    for (int32_t a = 0; a < downs && status == SMAP_OK; a++) {
        smap__table_label text;
        status = smap__table_label_of(m, t.down, smap__dict_text(t.pivot.down, a), &text, err);
        if (status == SMAP_OK && !smap__table_label_cell(m, &text, head, smap__table_cell_at(m, (int)a + 1, 0)))
            status = smap__fail_memory(err);
        for (int32_t b = 0; b < acrosses && status == SMAP_OK; b++)
            if (!sum_cell(m, &t, a, b, smap__table_cell_at(m, (int)a + 1, (int)b + 1))) status = smap__fail_memory(err);
    }
done:
    smap__pivot_release(&t.pivot);
    return status;
}
