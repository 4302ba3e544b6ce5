#include "site/site_summary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/fail.h"
#include "col/rows.h"
#include "site/amount.h"
#include "site/latest_round.h"

static const smap__rows_column of_site[] = {
    { "site_id", SMAP_TEXT }, { "name_en", SMAP_TEXT }, { "name_ar", SMAP_TEXT }, { "site_type", SMAP_TEXT }
};
static const smap__rows_column of_round[] = { { "date", SMAP_DATE }, { "source", SMAP_TEXT } };
enum { OF_SITE = sizeof of_site / sizeof *of_site, OF_ROUND = sizeof of_round / sizeof *of_round };

typedef struct summing {
    const smap__site_summary_input *in;
    const smap_column *site_id;
    const smap__site_figure *figure; /* those that the audience may see */
    int figures;
    smap__latest_round latest;
    smap__rows rows, marks;
    bool marked;
} summing;

/* A site in the order of the table. */
typedef struct entry {
    smap__site_place place;
    double first; /* figure; -1 where it is not known */
} entry;

static int compare_entries(const void *a, const void *b) {
    const entry *x = a, *y = b;
    if (x->first != y->first) return x->first > y->first ? -1 : 1;
    return (x->place.site_row > y->place.site_row) - (x->place.site_row < y->place.site_row);
}

static entry entry_of(const summing *s, int64_t row) {
    size_t len;
    const char *id = smap_column_text(s->site_id, row, &len);
    int32_t at = smap__dict_find(s->latest.sites, id, len);
    entry e = { { s->in->site, s->in->round, row, at < 0 ? -1 : s->latest.row[at] }, -1 };
    smap__site_amount amount = s->figures ? smap__site_amount_of(&e.place, s->figure[0].of) : (smap__site_amount){ 0 };
    if (amount.known) e.first = amount.sum;
    return e;
}

static void put_cells(smap__rows *rows, const smap_table *table, int64_t row, const smap__rows_column *column,
                      int columns) {
    for (int k = 0; k < columns; k++) {
        const smap_column *c = row < 0 ? NULL : smap_table_find(table, column[k].name);
        smap__rows_cell(rows, c && c->type == column[k].type ? c : NULL, row);
    }
}

/* The sign of a figure that is not told; false where it is. */
static bool put_mark(summing *s, const smap__site_place *place, const char *names) {
    bool part;
    const smap_column *mark = smap__site_amount_mark(s->in->round_marks, place, names, &part);
    if (mark)
        smap__rows_cell(&s->marks, mark, place->round_row);
    else
        smap__rows_text(&s->marks, part ? s->in->mark_too : NULL);
    s->marked = s->marked || mark || part;
    return mark || part;
}

static void put_entry(summing *s, const entry *e) {
    put_cells(&s->rows, s->in->site, e->place.site_row, of_site, OF_SITE);
    put_cells(&s->rows, s->in->round, e->place.round_row, of_round, OF_ROUND);
    for (int k = 0; k < s->figures; k++) {
        smap__site_amount amount = smap__site_amount_of(&e->place, s->figure[k].of);
        bool told = !put_mark(s, &e->place, s->figure[k].of);
        smap__rows_real_or_null(&s->rows, amount.known && told ? amount.sum : NAN);
        smap__rows_int(&s->rows, amount.known && told && amount.partial);
    }
}

/* Names of columns live in the arena. */
static smap_status start_rows(summing *s, smap__arena *arena, smap_error *err) {
    int n = OF_SITE + OF_ROUND;
    size_t room = (size_t)(n + 2 * s->in->figures) + 1;
    smap__rows_column *column = smap__arena_alloc(arena, room * sizeof *column),
                      *mark = smap__arena_alloc(arena, room * sizeof *mark);
    smap__site_figure *figure = smap__arena_alloc(arena, room * sizeof *figure);
    smap__site_place nowhere = { s->in->site, s->in->round, -1, -1 };
    if (!column || !mark || !figure) return smap__fail_memory(err);
    memcpy(column, of_site, sizeof of_site);
    memcpy(column + OF_SITE, of_round, sizeof of_round);
    for (int k = 0; k < s->in->figures; k++) {
        const smap__site_figure *f = &s->in->figure[k];
        if (!smap__site_amount_is_open(&nowhere, f->of)) continue;
        const char *partial = smap__arena_printf(arena, "%s_partial", f->name);
        if (!partial) return smap__fail_memory(err);
        mark[s->figures] = (smap__rows_column){ f->name, SMAP_TEXT };
        figure[s->figures++] = *f;
        column[n++] = (smap__rows_column){ f->name, SMAP_FLOAT64 };
        column[n++] = (smap__rows_column){ partial, SMAP_INT64 };
    }
    s->figure = figure;
    smap__rows_init(&s->rows, column, n);
    smap__rows_init(&s->marks, mark, s->figures);
    return SMAP_OK;
}

static smap_status put_sites(summing *s, smap_error *err) {
    int64_t count = s->site_id ? s->site_id->count : 0, n = 0;
    entry *list = smap__alloc(((size_t)count + 1) * sizeof *list);
    if (!list) return smap__fail_memory(err);
    for (int64_t row = 0; row < count; row++)
        if (!smap_column_is_null(s->site_id, row)) list[n++] = entry_of(s, row);
    qsort(list, (size_t)n, sizeof *list, compare_entries);
    for (int64_t i = 0; i < n; i++) put_entry(s, &list[i]);
    smap__free(list);
    return SMAP_OK;
}

smap_status smap__site_summary(const smap__site_summary_input *input, const smap_table **out, const smap_table **marks,
                               smap_error *err) {
    smap__arena arena = { 0 };
    summing s = { .in = input, .site_id = smap_table_find(input->site, "site_id") };
    const smap_table *signs = NULL;
    if (s.site_id && s.site_id->type != SMAP_TEXT) s.site_id = NULL;
    smap_status status = smap__latest_round_find(input->round, &s.latest, err);
    if (status == SMAP_OK) status = start_rows(&s, &arena, err);
    if (status == SMAP_OK) status = put_sites(&s, err);
    if (status == SMAP_OK && s.marked)
        status = smap__rows_finish(&s.marks, &signs, err);
    else
        smap__rows_release(&s.marks);
    if (status == SMAP_OK)
        status = smap__rows_finish(&s.rows, out, err);
    else
        smap__rows_release(&s.rows);
    if (status == SMAP_OK)
        *marks = signs;
    else
        smap_table_free(signs);
    smap__latest_round_release(&s.latest);
    smap__arena_release(&arena);
    return status;
}
