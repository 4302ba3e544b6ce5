#include "sheet/sheet_table.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "col/cell.h"
#include "model/domain.h"
#include "sheet/pivot.h"
#include "sheet/row_filter.h"
#include "sheet/table_bar.h"

/* More than a page ever holds; what lies beyond is counted like what finds no room. */
enum { MOST_ROWS = 200, MOST_COLUMNS = 40, MOST_VALUES = 4 };

typedef struct making {
    smap_ctx *ctx;
    const smap__sheet *sheet;
    smap__sheet_spec *spec;
    const smap__json *json, *look;
    const smap__sheet_options *options;
    const smap__sheet_table *given;
    int64_t *row; /* that are shown */
    int64_t rows;
    smap__table *table;
    smap__paragraph *note; /* room for those below the table */
    smap__table_cell *cell;
    bool marked; /* a figure of it is not told */
} making;

typedef struct label {
    const char *text[SMAP__LANGS];
} label;

/* ---- which rows -------------------------------------------------------------------------------------------------- */

static const smap__sheet_table *given_table(const smap__sheet_options *o, const smap__json *element) {
    const char *layer = smap__json_text(smap__json_get(element, "layer"), "");
    for (int i = 0; i < o->tables; i++)
        if (strcmp(o->table[i].layer, layer) == 0) return &o->table[i];
    return NULL;
}

static smap_status column_of(const making *m, const smap__json *object, const smap_column **out, smap_error *err) {
    const char *name = smap__json_text(smap__json_get(object, "column"), "");
    *out = smap_table_find(m->given->table, name);
    if (*out) return SMAP_OK;
    return smap__fail(err, SMAP_E_FORMAT, m->spec->path,
                      "%s: the table of layer %s names the column \"%s\", which that layer does not have",
                      m->spec->path, m->given->layer, name);
}

/* Does the column that an entry of the file names exist, but not for the audience? */
static bool is_withheld(const making *m, const smap__json *object) {
    const char *name = smap__json_text(smap__json_get(object, "column"), "");
    return !smap_table_find(m->given->table, name) && m->given->schema && smap__schema_field(m->given->schema, name);
}

static const smap_column *marks_of(const making *m, const smap_column *column) {
    return m->given->marks ? smap_table_find(m->given->marks, column->name) : NULL;
}

/* What stands for a figure that is not told; NULL: it is told. */
static bool find_mark(making *m, const smap_column *marks, int64_t row, const char **out) {
    size_t len;
    *out = NULL;
    if (!marks || smap_column_is_null(marks, row)) return true;
    const char *text = smap_column_text(marks, row, &len);
    *out = smap__arena_printf(m->spec->arena, "%.*s", (int)len, text);
    m->marked = true;
    return *out != NULL;
}

/* Keep the rows whose cell is that text. */
static void keep_equal(making *m, const smap_column *column, const char *text) {
    int64_t kept = 0;
    for (int64_t i = 0; i < m->rows; i++)
        if (smap__cell_is(column, m->row[i], text)) m->row[kept++] = m->row[i];
    m->rows = kept;
}

static bool has_equal(const making *m, const smap_column *column, const char *text) {
    for (int64_t i = 0; i < m->rows; i++)
        if (smap__cell_is(column, m->row[i], text)) return true;
    return false;
}

static smap_status read_filter(const making *m, const char *key, smap__row_filter *out, smap_error *err) {
    return smap__row_filter_make(smap__json_get(m->json, key), m->given->layer, m->given->table, NULL,
                                 m->options->chosen, m->options->chosens, m->spec->path, out, err);
}

/* "first": rows for which it holds come before the others. */
static smap_status order_first(making *m, smap_error *err) {
    smap__row_filter filter;
    if (!smap__json_get(m->json, "first") || !m->rows) return SMAP_OK;
    smap_status status = read_filter(m, "first", &filter, err);
    int64_t *row = status == SMAP_OK ? smap__zalloc((size_t)m->rows, sizeof *row) : NULL;
    if (status != SMAP_OK) return status;
    if (!row) return smap__fail_memory(err);
    int64_t at = 0;
    for (int first = 1; first >= 0; first--)
        for (int64_t i = 0; i < m->rows; i++)
            if (smap__row_filter_holds(&filter, m->row[i]) == first) row[at++] = m->row[i];
    memcpy(m->row, row, (size_t)m->rows * sizeof *row);
    smap__free(row);
    return SMAP_OK;
}

static smap_status select_where(making *m, smap_error *err) {
    smap__row_filter filter;
    smap_status status = read_filter(m, "where", &filter, err);
    int64_t kept = 0;
    for (int64_t i = 0; i < m->rows && status == SMAP_OK; i++)
        if (smap__row_filter_holds(&filter, m->row[i])) m->row[kept++] = m->row[i];
    m->rows = kept;
    return status;
}

/* ---- labels and paragraphs --------------------------------------------------------------------------------------- */

/* What is the same in both languages, such as "0–4", keeps its own direction among Arabic. */
static bool keep_label(making *m, const char *en, const char *ar, label *out) {
    const char *first = en && en[0] ? en : ar, *second = ar && ar[0] ? ar : en;
    out->text[SMAP__EN] = smap__arena_strdup(m->spec->arena, first);
    out->text[SMAP__AR] = second[0] && strcmp(first, second) == 0 ? smap__text_isolated(m->spec->arena, second)
                                                                  : smap__arena_strdup(m->spec->arena, second);
    return out->text[SMAP__EN] && out->text[SMAP__AR];
}

/* The entry of a list of {"is", "en", "ar"} for a value; NULL where it has no words for it. */
static const smap__json *entry_of(const smap__json *list, const char *value) {
    for (size_t i = 0; i < smap__json_size(list); i++) {
        const smap__json *entry = smap__json_item(list, i);
        if (strcmp(smap__json_text(smap__json_get(entry, "is"), ""), value) == 0 && smap__json_get(entry, "en"))
            return entry;
    }
    return NULL;
}

/* What a value is called: in the sheet's own lists, in its vocabulary, or as it is. */
static smap_status label_of(making *m, const smap__json *column, const char *value, label *out, smap_error *err) {
    const smap__json *own = entry_of(smap__json_get(column, "values"), value);
    const char *domain_name = smap__json_text(smap__json_get(column, "domain"), NULL);
    const char *en = value, *ar = value;
    if (!own) own = entry_of(smap__json_get(column, "labels"), value);
    if (own) {
        en = smap__json_text(smap__json_get(own, "en"), value);
        ar = smap__json_text(smap__json_get(own, "ar"), en);
    } else if (domain_name) {
        const smap__domain *domain;
        smap_status status = smap__domain_get(m->ctx, domain_name, &domain, err);
        if (status != SMAP_OK) return status;
        int code = smap__domain_code(domain, value, strlen(value));
        if (code >= 0) en = domain->code[code].label.en, ar = domain->code[code].label.ar;
    }
    return keep_label(m, en, ar, out) ? SMAP_OK : smap__fail_memory(err);
}

static label word_of(making *m, const char *word) {
    label out = { { NULL, NULL } };
    for (int l = 0; l < SMAP__LANGS; l++) out.text[l] = smap__sheet_spec_word(m->spec, word, l);
    return out;
}

static label word_label(making *m, const smap__json *object, const char *key) {
    return word_of(m, smap__sheet_spec_text(m->spec, object, key));
}

/* One paragraph a language, once where both say the same. Returns how many. */
static int put_label(const making *m, const label *text, const smap__text_style *style, smap__paragraph *out) {
    int count = 0;
    for (int l = 0; l < SMAP__LANGS; l++) {
        if (!m->sheet->lang[l] || !text->text[l] || !text->text[l][0]) continue;
        if (count && smap__text_same(text->text[SMAP__EN], text->text[SMAP__AR])) continue;
        out[count++] = (smap__paragraph){ text->text[l], l == SMAP__AR, style };
    }
    return count;
}

/* Both languages on one line, where they differ: false when memory runs out. */
static bool put_inline(making *m, const label *text, const smap__text_style *style, smap__paragraph *out, int *count) {
    const char *joiner = smap__sheet_spec_word(m->spec, "joiner", SMAP__EN);
    int n = put_label(m, text, style, out);
    *count = n ? 1 : 0;
    if (n < 2) return true;
    out->text = smap__arena_printf(m->spec->arena, "%s%s%s", out[0].text, joiner ? joiner : " ", out[1].text);
    return out->text != NULL;
}

static bool label_cell(making *m, const label *text, const smap__text_style *style, smap__table_cell *out) {
    smap__paragraph *p = smap__arena_alloc(m->spec->arena, SMAP__LANGS * sizeof *p);
    if (!p) return false;
    *out = (smap__table_cell){ .paragraph = p, .paragraphs = put_label(m, text, style, p) };
    return true;
}

/* Both languages on one line. */
static bool inline_cell(making *m, const label *text, const smap__text_style *style, smap__table_cell *out) {
    smap__paragraph *p = smap__arena_alloc(m->spec->arena, SMAP__LANGS * sizeof *p);
    if (!p) return false;
    *out = (smap__table_cell){ .paragraph = p };
    return put_inline(m, text, style, p, &out->paragraphs);
}

static bool fill_of(making *m, label *text, const label *of) {
    for (int l = 0; l < SMAP__LANGS; l++) {
        if (!text->text[l]) continue; /* noted as missing */
        text->text[l] = smap__text_replace(m->spec->arena, text->text[l], "{of}", of->text[l]);
        if (!text->text[l]) return false;
    }
    return true;
}

/* The paragraphs of a title, scope or note, onto the end of `out`: a word of the sheet, in which {of} is what the table
 * was narrowed to; both languages on one line where that is asked for. */
static bool put_text(making *m, const char *key, const label *of, bool one_line, smap__paragraph *out, int *count) {
    char style_key[32];
    int added = 0;
    if (!smap__json_get(m->json, key)) return true;
    label text = word_label(m, m->json, key);
    if (!fill_of(m, &text, of)) return false;
    snprintf(style_key, sizeof style_key, "%s_style", key);
    const smap__text_style *style = smap__sheet_spec_style(m->spec, m->json, style_key);
    if (!one_line)
        added = put_label(m, &text, style, out + *count);
    else if (!put_inline(m, &text, style, out + *count, &added))
        return false;
    *count += added;
    return true;
}

/* What stands above and below: whose figures they are ("scope") before what they are ("note"). */
static bool put_texts(making *m, const label *of) {
    smap__paragraph *title = smap__arena_alloc(m->spec->arena, (size_t)(4 * SMAP__LANGS) * sizeof *title);
    if (!title) return false;
    smap__paragraph *note = m->note = title + SMAP__LANGS;
    m->table->title = title;
    m->table->note = note;
    return put_text(m, "title", of, true, title, &m->table->titles) &&
           put_text(m, "scope", of, true, note, &m->table->notes) &&
           put_text(m, "note", of, false, note, &m->table->notes);
}

/* What the signs mean, below a table that has some. */
static void put_marks_note(making *m) {
    const label text = { { m->given->marks_note_en, m->given->marks_note_ar } };
    if (m->marked)
        m->table->notes +=
            put_label(m, &text, smap__sheet_spec_style(m->spec, m->look, "marks_style"), m->note + m->table->notes);
}

/* ---- cells ------------------------------------------------------------------------------------------------------- */

static smap_status new_cells(making *m, int rows, int columns, smap_error *err) {
    size_t n = (size_t)rows * (size_t)columns;
    m->cell = smap__arena_alloc(m->spec->arena, (n + 1) * sizeof *m->cell);
    if (!m->cell) return smap__fail_memory(err);
    memset(m->cell, 0, (n + 1) * sizeof *m->cell);
    m->table->cell = m->cell;
    m->table->rows = rows;
    m->table->columns = columns;
    return SMAP_OK;
}

static smap__table_cell *cell_at(making *m, int row, int column) {
    return &m->cell[row * m->table->columns + column];
}

static bool figure(making *m, const smap__json *value, double number, const char *mark, smap__paragraph *out) {
    char text[48];
    if (mark)
        out->text = mark;
    else if (isnan(number))
        out->text = smap__sheet_spec_word(m->spec, "table_none", SMAP__EN);
    else {
        int decimals = (int)smap__json_integer(smap__json_get(value, "decimals"), 0);
        if (smap__json_bool(smap__json_get(value, "trim"), false) && number == floor(number)) decimals = 0;
        smap__text_number(number, decimals < 0 ? 0 : decimals > 9 ? 9 : decimals, text, sizeof text);
        out->text = smap__arena_strdup(m->spec->arena, text);
    }
    out->rtl = false;
    out->style = smap__sheet_spec_style(m->spec, value, "style");
    return out->text != NULL;
}

/* ---- rows as they are -------------------------------------------------------------------------------------------- */

/* Append the cell of the column that the file names so, if it does and the layer has it. */
static void put_other(const making *m, const smap__json *json, const char *key, int64_t row, smap__str *out) {
    const char *name = smap__json_text(smap__json_get(json, key), NULL);
    const smap_column *column = name ? smap_table_find(m->given->table, name) : NULL;
    if (column) smap__cell_put(out, column, row);
}

/* "as": "date" leaves out the time of day, which reports seldom know. */
static bool is_moment_as_date(const smap__json *json, const smap_column *column) {
    return column->type == SMAP_TIMESTAMP && strcmp(smap__json_text(smap__json_get(json, "as"), ""), "date") == 0;
}

/* What the cell is called; of a column that has another one for its Arabic ("column_ar"), as both say. What neither
 * says is what a third one does ("or"). */
static smap_status cell_label(making *m, const smap__json *json, const smap_column *column, int64_t row, label *out,
                              smap_error *err) {
    smap__str value = SMAP__STR_INIT, arabic = SMAP__STR_INIT;
    smap_status status = SMAP_OK;
    double number;
    char date[32];
    smap__str_put(&value, "");
    if (smap__cell_number(column, row, &number) && is_moment_as_date(json, column)) {
        smap__format_date((int64_t)floor(number / SMAP__MS_PER_DAY), date);
        smap__str_put(&value, date);
    } else
        smap__cell_put(&value, column, row);
    put_other(m, json, "column_ar", row, &arabic);
    if (!value.len && !arabic.len) put_other(m, json, "or", row, &value);
    if (value.failed || arabic.failed)
        status = smap__fail_memory(err);
    else if (!arabic.len && !value.len)
        *out = word_of(m, "table_none");
    else if (!arabic.len)
        status = label_of(m, json, value.data, out, err);
    else if (!keep_label(m, value.data, arabic.data, out))
        status = smap__fail_memory(err);
    smap__str_release(&value);
    smap__str_release(&arabic);
    return status;
}

static smap_status list_cell(making *m, const smap__json *json, const smap_column *column, int64_t row,
                             smap__table_cell *out, smap_error *err) {
    double number;
    const smap__json *bar = smap__json_get(json, "bar");
    if (bar) return smap__table_bar_make(m->spec, bar, m->given->layer, m->given->table, column, row, &out->bar, err);
    bool is_number = column->type == SMAP_INT64 || column->type == SMAP_FLOAT64;
    bool as_number = is_number && !smap__json_get(json, "values") && !smap__json_get(json, "domain");
    const char *mark;
    if (!find_mark(m, marks_of(m, column), row, &mark)) return smap__fail_memory(err);
    if (as_number || mark) {
        smap__paragraph *p = smap__arena_alloc(m->spec->arena, sizeof *p);
        if (!p || !figure(m, json, smap__cell_number(column, row, &number) ? number : NAN, mark, p))
            return smap__fail_memory(err);
        *out = (smap__table_cell){ .paragraph = p, .paragraphs = 1, .number = as_number };
        return SMAP_OK;
    }
    label text;
    smap_status status = cell_label(m, json, column, row, &text, err);
    if (status != SMAP_OK) return status;
    const smap__text_style *style = smap__sheet_spec_style(m->spec, json, "style");
    bool inlined = strcmp(smap__json_text(smap__json_get(json, "both"), ""), "inline") == 0;
    return (inlined ? inline_cell : label_cell)(m, &text, style, out) ? SMAP_OK : smap__fail_memory(err);
}

static smap_status build_list(making *m, const smap__json *columns, smap_error *err) {
    const smap__json *shown[MOST_COLUMNS];
    int n = 0, rows = m->rows < MOST_ROWS ? (int)m->rows : MOST_ROWS;
    for (size_t i = 0; i < smap__json_size(columns) && n < MOST_COLUMNS; i++)
        if (!is_withheld(m, smap__json_item(columns, i))) shown[n++] = smap__json_item(columns, i);
    smap_status status = new_cells(m, rows + 1, n, err);
    m->table->left_out = (int)(m->rows - rows);
    for (int k = 0; k < n && status == SMAP_OK; k++) {
        const smap__json *json = shown[k];
        const smap_column *column;
        label heading = word_label(m, json, "word");
        status = column_of(m, json, &column, err);
        if (status == SMAP_OK &&
            !label_cell(m, &heading, smap__sheet_spec_style(m->spec, m->look, "head_style"), cell_at(m, 0, k)))
            status = smap__fail_memory(err);
        for (int r = 0; r < rows && status == SMAP_OK; r++)
            status = list_cell(m, json, column, m->row[r], cell_at(m, r + 1, k), err);
        if (status == SMAP_OK) cell_at(m, 0, k)->number = cell_at(m, 1, k)->number;
    }
    return status;
}

/* ---- rows turned into a table of sums ---------------------------------------------------------------------------- */

typedef struct turning {
    const smap__json *down, *across, *value[MOST_VALUES];
    const smap_column *mark[MOST_VALUES]; /* of each; NULL: all of it is told */
    int values;
    smap__pivot pivot;
} turning;

/* The order that the sheet's list of values gives. */
static const char *const *order_of(const making *m, const smap__json *column, int *count) {
    const smap__json *values = smap__json_get(column, "values");
    size_t n = smap__json_size(values);
    const char **key = smap__arena_alloc(m->spec->arena, (n + 1) * sizeof *key);
    *count = 0;
    for (size_t i = 0; key && i < n; i++)
        key[(*count)++] = smap__json_text(smap__json_get(smap__json_item(values, i), "is"), "");
    return key;
}

static smap_status compute(making *m, turning *t, smap_error *err) {
    const smap_column *value[MOST_VALUES];
    const smap__json *values = smap__json_get(m->json, "cells");
    smap__pivot_input in = { .row = m->row,
                             .rows = m->rows,
                             .symmetric = smap__json_bool(smap__json_get(m->json, "symmetric"), false),
                             .value = value,
                             .mark = t->mark };
    t->down = smap__json_get(m->json, "down");
    t->across = smap__json_get(m->json, "across");
    smap_status status = column_of(m, t->down, &in.down, err);
    if (status == SMAP_OK) status = column_of(m, t->across, &in.across, err);
    for (size_t i = 0; i < smap__json_size(values) && t->values < MOST_VALUES && status == SMAP_OK; i++) {
        t->value[t->values] = smap__json_item(values, i);
        if (is_withheld(m, t->value[t->values])) continue;
        status = column_of(m, t->value[t->values], &value[t->values], err);
        if (status == SMAP_OK) t->mark[t->values] = marks_of(m, value[t->values]);
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
static bool corner_cell(making *m, const turning *t, const label *of, smap__table_cell *out) {
    smap__paragraph *p = smap__arena_alloc(m->spec->arena, (size_t)(MOST_VALUES + 1) * sizeof *p);
    int count = 0, added;
    if (!p) return false;
    for (int v = 0; v < t->values; v++) {
        if (!t->value[v]) continue;
        label text = word_label(m, t->value[v], "word");
        const smap__text_style *style = smap__sheet_spec_style(m->spec, t->value[v], "style");
        if (!fill_of(m, &text, of) || !put_inline(m, &text, style, p + count, &added)) return false;
        count += added;
    }
    *out = (smap__table_cell){ .paragraph = p, .paragraphs = count };
    return true;
}

static bool sum_cell(making *m, const turning *t, int32_t down, int32_t across, smap__table_cell *out) {
    smap__paragraph *p = smap__arena_alloc(m->spec->arena, MOST_VALUES * sizeof *p);
    int count = 0;
    if (!p) return false;
    for (int v = 0; v < t->values; v++) {
        if (!t->value[v]) continue;
        const char *mark = NULL;
        int64_t row = smap__pivot_untold(&t->pivot, down, across, v);
        if (row >= 0 && !find_mark(m, t->mark[v], row, &mark)) return false;
        if (row == SMAP__PIVOT_PART) {
            mark = m->given->mark_too;
            m->marked = true;
        }
        if (!figure(m, t->value[v], smap__pivot_sum(&t->pivot, down, across, v), mark, &p[count++])) return false;
    }
    *out = (smap__table_cell){ .paragraph = p, .paragraphs = count, .number = true };
    out->strong = strcmp(smap__dict_text(t->pivot.down, down), smap__dict_text(t->pivot.across, across)) == 0;
    return true;
}

static smap_status build_turned(making *m, const label *of, smap_error *err) {
    turning t = { 0 };
    smap_status status = compute(m, &t, err);
    if (status != SMAP_OK) goto done;
    drop_unknown_values(&t);
    int32_t downs = smap__dict_count(t.pivot.down), acrosses = smap__dict_count(t.pivot.across);
    m->table->left_out = (int)(downs + acrosses);
    if (downs > MOST_ROWS) downs = MOST_ROWS;
    if (acrosses > MOST_COLUMNS) acrosses = MOST_COLUMNS;
    m->table->left_out -= (int)(downs + acrosses);
    const smap__text_style *head = smap__sheet_spec_style(m->spec, m->look, "head_style");
    status = new_cells(m, (int)downs + 1, (int)acrosses + 1, err);
    if (status == SMAP_OK && !corner_cell(m, &t, of, cell_at(m, 0, 0))) status = smap__fail_memory(err);
    for (int32_t b = 0; b < acrosses && status == SMAP_OK; b++) {
        label text;
        status = label_of(m, t.across, smap__dict_text(t.pivot.across, b), &text, err);
        if (status != SMAP_OK) break;
        if (!label_cell(m, &text, head, cell_at(m, 0, (int)b + 1))) status = smap__fail_memory(err);
        cell_at(m, 0, (int)b + 1)->number = true;
    }
    for (int32_t a = 0; a < downs && status == SMAP_OK; a++) {
        label text;
        status = label_of(m, t.down, smap__dict_text(t.pivot.down, a), &text, err);
        if (status == SMAP_OK && !label_cell(m, &text, head, cell_at(m, (int)a + 1, 0)))
            status = smap__fail_memory(err);
        for (int32_t b = 0; b < acrosses && status == SMAP_OK; b++)
            if (!sum_cell(m, &t, a, b, cell_at(m, (int)a + 1, (int)b + 1))) status = smap__fail_memory(err);
    }
done:
    smap__pivot_release(&t.pivot);
    return status;
}

/* ---- the table --------------------------------------------------------------------------------------------------- */

static void read_look(making *m) {
    smap__table *t = m->table;
    t->pad_x_mm = smap__sheet_spec_number(m->spec, m->look, "pad_x_mm");
    t->pad_y_mm = smap__sheet_spec_number(m->spec, m->look, "pad_y_mm");
    t->rule_mm = smap__sheet_spec_number(m->spec, m->look, "rule_mm");
    t->rule_colour = smap__sheet_spec_colour(m->spec, m->look, "rule_colour");
    t->head_fill = smap__sheet_spec_colour(m->spec, m->look, "head_fill");
    t->zebra_fill = smap__sheet_spec_colour(m->spec, m->look, "zebra_fill");
    t->strong_fill = smap__sheet_spec_colour(m->spec, m->look, "strong_fill");
    t->more_style = smap__sheet_spec_style(m->spec, m->look, "more_style");
    for (int l = 0; l < SMAP__LANGS; l++)
        t->more[l] = m->sheet->lang[l] ? smap__sheet_spec_word(m->spec, "table_more", l) : NULL;
}

/* "among": the first of some values that has rows is the one that the table is about, and its label is {of}. */
static smap_status select_among(making *m, label *of, smap_error *err) {
    const smap__json *among = smap__json_get(m->json, "among"), *values = smap__json_get(among, "values");
    const smap_column *column;
    *of = (label){ { "", "" } };
    if (!among) return SMAP_OK;
    smap_status status = column_of(m, among, &column, err);
    for (size_t i = 0; status == SMAP_OK && i < smap__json_size(values); i++) {
        const char *value = smap__json_text(smap__json_get(smap__json_item(values, i), "is"), "");
        if (!has_equal(m, column, value)) continue;
        keep_equal(m, column, value);
        return label_of(m, among, value, of, err);
    }
    m->rows = 0;
    return status;
}

static smap_status build(making *m, smap_error *err) {
    label of;
    for (int64_t i = 0; i < m->rows; i++) m->row[i] = i;
    smap_status status = select_where(m, err);
    if (status == SMAP_OK) status = select_among(m, &of, err);
    if (status == SMAP_OK) status = order_first(m, err);
    if (status != SMAP_OK || m->rows == 0) return status;
    m->table = smap__arena_alloc(m->spec->arena, sizeof *m->table);
    if (!m->table) return smap__fail_memory(err);
    *m->table = (smap__table){ 0 };
    read_look(m);
    if (!put_texts(m, &of)) return smap__fail_memory(err);
    const smap__json *columns = smap__json_get(m->json, "columns");
    status = columns ? build_list(m, columns, err) : build_turned(m, &of, err);
    if (status == SMAP_OK) put_marks_note(m);
    return status;
}

smap_status smap__table_build(smap_ctx *ctx, const smap__sheet *sheet, smap__sheet_spec *spec,
                              const smap__sheet_options *options, const smap__json *element, const smap__table **out,
                              smap_error *err) {
    making m = { .ctx = ctx,
                 .sheet = sheet,
                 .spec = spec,
                 .json = element,
                 .look = smap__json_get(spec->root, "table_look"),
                 .options = options,
                 .given = given_table(options, element) };
    *out = NULL;
    if (!m.given) return SMAP_OK;
    m.rows = smap_table_rows(m.given->table);
    m.row = smap__zalloc((size_t)m.rows + 1, sizeof *m.row);
    if (!m.row) return smap__fail_memory(err);
    smap_status status = build(&m, err);
    smap__free(m.row);
    if (status == SMAP_OK && m.rows > 0) *out = m.table;
    return status;
}

bool smap__table_is_synthetic(const smap__sheet_spec *spec, const smap__sheet_options *options) {
    const smap__json *list = smap__json_get(spec->root, "element"), *e;
    const char *name;
    for (size_t at = 0; smap__json_member(list, &at, &name, &e);) {
        if (strcmp(smap__json_text(smap__json_get(e, "kind"), ""), "table") != 0) continue;
        const smap__sheet_table *given = given_table(options, e);
        if (given && given->synthetic) return true;
    }
    return false;
}
