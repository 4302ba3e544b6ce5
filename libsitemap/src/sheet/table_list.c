#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "col/cell.h"
#include "sheet/table_bar.h"
#include "sheet/table_making.h"

/* Append the cell of the column that the file names so, if it does and the layer has it. */
static void put_other(const smap__table_making *m, const smap__json *json, const char *key, int64_t row,
                      smap__str *out) {
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
static smap_status cell_label(smap__table_making *m, const smap__json *json, const smap_column *column, int64_t row,
                              smap__table_label *out, smap_error *err) {
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
        *out = smap__table_word(m, "table_none");
    else if (!arabic.len)
        status = smap__table_label_of(m, json, value.data, out, err);
    else if (!smap__table_keep_label(m, value.data, arabic.data, out))
        status = smap__fail_memory(err);
    smap__str_release(&value);
    smap__str_release(&arabic);
    return status;
}

/* Is a figure only the known part of a larger one? "partial" of a column names the column that says so. */
static bool is_partial(const smap__table_making *m, const smap__json *json, int64_t row) {
    const char *name = smap__json_text(smap__json_get(json, "partial"), NULL);
    const smap_column *column = name ? smap_table_find(m->given->table, name) : NULL;
    double number;
    return column && smap__cell_number(column, row, &number) && number > 0;
}

/* A figure as it is told: in its place a sign where it is not, and a least one where a part is not known ("≥ 318"). */
typedef struct figure {
    double number; /* NaN: not known */
    const char *mark;
    bool least;
} figure;

static bool figure_cell(smap__table_making *m, const smap__json *json, const figure *f, smap__table_cell *out) {
    smap__paragraph *p = smap__arena_alloc(m->spec->arena, sizeof *p);
    if (!p || !smap__table_figure(m, json, f->number, f->mark, p)) return false;
    const char *word =
        f->least && !f->mark && !isnan(f->number) ? smap__sheet_spec_word(m->spec, "table_least", SMAP__EN) : NULL;
    if (word) p->text = smap__text_replace(m->spec->arena, word, "{n}", p->text);
    *out = (smap__table_cell){ .paragraph = p, .paragraphs = 1, .number = true };
    return p->text != NULL;
}

static smap_status list_cell(smap__table_making *m, const smap__json *json, const smap_column *column, int64_t row,
                             smap__table_cell *out, smap_error *err) {
    figure f = { .number = NAN };
    const smap__json *bar = smap__json_get(json, "bar");
    if (bar) return smap__table_bar_make(m->spec, bar, m->given->layer, m->given->table, column, row, &out->bar, err);
    bool is_number = column->type == SMAP_INT64 || column->type == SMAP_FLOAT64;
    bool as_number = is_number && !smap__json_get(json, "values") && !smap__json_get(json, "domain");
    if (!smap__table_find_mark(m, smap__table_marks(m, column), row, &f.mark)) return smap__fail_memory(err);
    if (as_number || f.mark) {
        if (!smap__cell_number(column, row, &f.number)) f.number = NAN;
        f.least = is_partial(m, json, row);
        if (!figure_cell(m, json, &f, out)) return smap__fail_memory(err);
        out->number = as_number;
        return SMAP_OK;
    }
    smap__table_label text;
    smap_status status = cell_label(m, json, column, row, &text, err);
    if (status != SMAP_OK) return status;
    const smap__text_style *style = smap__sheet_spec_style(m->spec, json, "style");
    bool inlined = strcmp(smap__json_text(smap__json_get(json, "both"), ""), "inline") == 0;
    return (inlined ? smap__table_inline_cell : smap__table_label_cell)(m, &text, style, out) ? SMAP_OK
                                                                                              : smap__fail_memory(err);
}

/* ---- their rest and their total ---------------------------------------------------------------------------------- */

/* Rows of the table as one: which of m->row, under which word, in which line. */
typedef struct gathered {
    const char *word; /* key of the element */
    int64_t from, to;
    int line;
    bool strong;
} gathered;

/* The known figures added up; what is not known makes the sum a least one, and one of which a part is not told is not
 * told. */
static bool sum_cell(smap__table_making *m, const smap__json *json, const smap_column *column, const gathered *g,
                     smap__table_cell *out) {
    figure sum = { .number = NAN };
    double number;
    for (int64_t i = g->from; i < g->to; i++) {
        const char *mark;
        bool known = smap__cell_number(column, m->row[i], &number);
        if (!smap__table_find_mark(m, smap__table_marks(m, column), m->row[i], &mark)) return false;
        if (mark) sum.mark = g->to - g->from == 1 ? mark : m->given->mark_too;
        sum.least = sum.least || !known || is_partial(m, json, m->row[i]);
        if (known) sum.number = isnan(sum.number) ? number : sum.number + number;
    }
    return figure_cell(m, json, &sum, out);
}

static smap_status put_gathered(smap__table_making *m, const smap__json *const *shown, const gathered *g,
                                smap_error *err) {
    char number[48];
    smap__text_number((double)(g->to - g->from), 0, number, sizeof number);
    smap__table_label name = smap__table_word_at(m, m->json, g->word), n = { { number, number } };
    const smap__text_style *style = smap__sheet_spec_style(m->spec, m->look, "head_style");
    if (!smap__table_fill(m, &name, "{n}", &n)) return smap__fail_memory(err);
    for (int k = 0; k < m->table->columns; k++) {
        const smap__json *json = shown[k];
        smap__table_cell *cell = smap__table_cell_at(m, g->line, k);
        const smap_column *column;
        smap_status status = smap__table_column(m, json, &column, err);
        if (status != SMAP_OK) return status;
        bool sums = smap__json_bool(smap__json_get(json, "sum"), false), ok = true;
        if (k == 0)
            ok = smap__table_inline_cell(m, &name, style, cell);
        else if (sums)
            ok = sum_cell(m, json, column, g, cell);
        if (!ok) return smap__fail_memory(err);
        cell->strong = g->strong;
    }
    return SMAP_OK;
}

/* ---- the table --------------------------------------------------------------------------------------------------- */

static smap_status put_column(smap__table_making *m, const smap__json *json, int k, int first, int rows,
                              smap_error *err) {
    const smap_column *column;
    smap__table_label heading = smap__table_word_at(m, json, "word");
    const smap__text_style *head = smap__sheet_spec_style(m->spec, m->look, "head_style");
    smap_status status = smap__table_column(m, json, &column, err);
    if (status == SMAP_OK && !smap__table_label_cell(m, &heading, head, smap__table_cell_at(m, 0, k)))
        status = smap__fail_memory(err);
    for (int r = 0; r < rows && status == SMAP_OK; r++)
        status = list_cell(m, json, column, m->row[r], smap__table_cell_at(m, first + r, k), err);
    if (status == SMAP_OK) smap__table_cell_at(m, 0, k)->number = smap__table_cell_at(m, first, k)->number;
    return status;
}

/* "most_rows": on a page of one language, and of both, whose rows are higher. */
static int most_rows(const smap__table_making *m, int otherwise) {
    const smap__json *list = smap__json_get(m->json, "most_rows");
    bool both = m->sheet->lang[SMAP__EN] && m->sheet->lang[SMAP__AR];
    return (int)smap__json_integer(smap__json_item(list, both ? 1 : 0), otherwise);
}

smap_status smap__table_build_list(smap__table_making *m, const smap__json *columns, smap_error *err) {
    const smap__json *shown[SMAP__TABLE_COLUMNS];
    int n = 0, rows = m->rows < SMAP__TABLE_ROWS ? (int)m->rows : SMAP__TABLE_ROWS;
    int most = most_rows(m, rows);
    bool total = smap__json_get(m->json, "total") != NULL;
    bool rest = smap__json_get(m->json, "rest") && most > 0 && m->rows > most;
    if (rest) rows = most - 1; /* never a rest of one */
    for (size_t i = 0; i < smap__json_size(columns) && n < SMAP__TABLE_COLUMNS; i++)
        if (!smap__table_withholds(m, smap__json_item(columns, i))) shown[n++] = smap__json_item(columns, i);
    smap_status status = smap__table_new_cells(m, 1 + total + rows + rest, n, err);
    m->table->left_out = rest ? 0 : (int)(m->rows - rows);
    for (int k = 0; k < n && status == SMAP_OK; k++) status = put_column(m, shown[k], k, 1 + total, rows, err);
    /* the total is the first row, so that it stays where not all find room */
    gathered all = { "total", 0, m->rows, 1, true }, others = { "rest", rows, m->rows, 1 + total + rows, false };
    if (status == SMAP_OK && total) status = put_gathered(m, shown, &all, err);
    if (status == SMAP_OK && rest) status = put_gathered(m, shown, &others, err);
    return status;
}
