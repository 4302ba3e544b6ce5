#include "sheet/sheet_table.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "col/cell.h"
#include "col/dict.h"
#include "sheet/row_filter.h"
#include "sheet/table_making.h"

/* ---- which rows -------------------------------------------------------------------------------------------------- */

static const smap__sheet_table *given_table(const smap__sheet_options *o, const smap__json *element) {
    const char *layer = smap__json_text(smap__json_get(element, "layer"), "");
    for (int i = 0; i < o->tables; i++)
        if (strcmp(o->table[i].layer, layer) == 0) return &o->table[i];
    return NULL;
}

smap_status smap__table_column(const smap__table_making *m, const smap__json *object, const smap_column **out,
                               smap_error *err) {
    const char *name = smap__json_text(smap__json_get(object, "column"), "");
    *out = smap_table_find(m->given->table, name);
    if (*out) return SMAP_OK;
    return smap__fail(err, SMAP_E_FORMAT, m->spec->path,
                      "%s: the table of layer %s names the column \"%s\", which that layer does not have",
                      m->spec->path, m->given->layer, name);
}

bool smap__table_withholds(const smap__table_making *m, const smap__json *object) {
    const char *name = smap__json_text(smap__json_get(object, "column"), "");
    const smap__json *figures = smap__json_get(m->json, "figures");
    if (smap_table_find(m->given->table, name)) return false;
    for (size_t i = 0; i < smap__json_size(figures); i++) /* of site_summary, which has those for the audience */
        if (strcmp(smap__json_text(smap__json_get(smap__json_item(figures, i), "name"), ""), name) == 0) return true;
    return m->given->schema && smap__schema_field(m->given->schema, name);
}

const smap_column *smap__table_marks(const smap__table_making *m, const smap_column *column) {
    return m->given->marks ? smap_table_find(m->given->marks, column->name) : NULL;
}

bool smap__table_find_mark(smap__table_making *m, const smap_column *marks, int64_t row, const char **out) {
    size_t len;
    *out = NULL;
    if (!marks || smap_column_is_null(marks, row)) return true;
    const char *text = smap_column_text(marks, row, &len);
    *out = smap__arena_printf(m->spec->arena, "%.*s", (int)len, text);
    m->marked = true;
    return *out != NULL;
}

/* Keep the rows whose cell is that text. */
static void keep_equal(smap__table_making *m, const smap_column *column, const char *text) {
    int64_t kept = 0;
    for (int64_t i = 0; i < m->rows; i++)
        if (smap__cell_is(column, m->row[i], text)) m->row[kept++] = m->row[i];
    m->rows = kept;
}

static bool has_equal(const smap__table_making *m, const smap_column *column, const char *text) {
    for (int64_t i = 0; i < m->rows; i++)
        if (smap__cell_is(column, m->row[i], text)) return true;
    return false;
}

static smap_status read_filter(const smap__table_making *m, const char *key, smap__row_filter *out, smap_error *err) {
    return smap__row_filter_make(smap__json_get(m->json, key), m->given->layer, m->given->table, NULL,
                                 m->options->chosen, m->options->chosens, m->spec->path, out, err);
}

/* "first": rows for which it holds come before the others. */
static smap_status order_first(smap__table_making *m, smap_error *err) {
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

/* The column of the layer that is meant, if the page shows that layer. */
static const smap_column *shown_column(const smap__table_making *m, const smap__json *shown, const smap__drawn *drawn) {
    const smap_layer *layer = m->options->layer[drawn->layer].layer;
    if (strcmp(layer->name, smap__json_text(smap__json_get(shown, "layer"), "")) != 0) return NULL;
    const smap_column *column = smap_table_find(layer->table, smap__json_text(smap__json_get(shown, "column"), ""));
    return column && column->type == SMAP_TEXT ? column : NULL;
}

/* The keys of the features that the map draws. */
static smap_status gather_shown(const smap__table_making *m, const smap__json *shown, smap__dict *keys,
                                smap_error *err) {
    for (int i = 0; i < m->sheet->map.drawns; i++) {
        const smap__drawn *drawn = &m->sheet->map.drawn[i];
        const smap_column *key = shown_column(m, shown, drawn);
        for (int64_t f = 0; key && f < drawn->features; f++) {
            size_t len;
            if (!drawn->on[f] || smap_column_is_null(key, drawn->row[f])) continue;
            const char *text = smap_column_text(key, drawn->row[f], &len);
            if (smap__dict_add(keys, text, len) < 0) return smap__fail_memory(err);
        }
    }
    return SMAP_OK;
}

/* "shown": {"layer", "column"}: rows of what the map shows, so that they are those that its legend counts. */
static smap_status select_shown(smap__table_making *m, smap_error *err) {
    const smap__json *shown = smap__json_get(m->json, "shown");
    const smap_column *key;
    smap__dict *keys = NULL;
    if (!shown) return SMAP_OK;
    smap_status status = smap__table_column(m, shown, &key, err);
    if (status == SMAP_OK) status = smap__dict_new(&keys, err);
    if (status == SMAP_OK) status = gather_shown(m, shown, keys, err);
    int64_t kept = 0;
    for (int64_t i = 0; i < m->rows && status == SMAP_OK; i++) {
        size_t len;
        if (key->type != SMAP_TEXT || smap_column_is_null(key, m->row[i])) continue;
        const char *text = smap_column_text(key, m->row[i], &len);
        if (smap__dict_find(keys, text, len) >= 0) m->row[kept++] = m->row[i];
    }
    m->rows = kept;
    smap__dict_free(keys);
    return status;
}

static smap_status select_where(smap__table_making *m, smap_error *err) {
    smap__row_filter filter;
    smap_status status = read_filter(m, "where", &filter, err);
    int64_t kept = 0;
    for (int64_t i = 0; i < m->rows && status == SMAP_OK; i++)
        if (smap__row_filter_holds(&filter, m->row[i])) m->row[kept++] = m->row[i];
    m->rows = kept;
    return status;
}

/* The paragraphs of a title, scope or note, onto the end of `out`: a word of the sheet, in which {of} is what the table
 * was narrowed to; both languages on one line where that is asked for. */
static bool put_text(smap__table_making *m, const char *key, const smap__table_label *of, bool one_line,
                     smap__paragraph *out, int *count) {
    char style_key[32];
    int added = 0;
    if (!smap__json_get(m->json, key)) return true;
    smap__table_label text = smap__table_word_at(m, m->json, key);
    if (!smap__table_fill(m, &text, "{of}", of)) return false;
    snprintf(style_key, sizeof style_key, "%s_style", key);
    const smap__text_style *style = smap__sheet_spec_style(m->spec, m->json, style_key);
    if (!one_line)
        added = smap__table_put_label(m, &text, style, out + *count);
    else if (!smap__table_put_inline(m, &text, style, out + *count, &added))
        return false;
    *count += added;
    return true;
}

/* What stands above and below: whose figures they are ("scope") before what they are ("note"). */
static bool put_texts(smap__table_making *m, const smap__table_label *of) {
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
static void put_marks_note(smap__table_making *m) {
    const smap__table_label text = { { m->given->marks_note_en, m->given->marks_note_ar } };
    if (m->marked)
        m->table->notes += smap__table_put_label(m, &text, smap__sheet_spec_style(m->spec, m->look, "marks_style"),
                                                 m->note + m->table->notes);
}

/* ---- the table --------------------------------------------------------------------------------------------------- */

static void read_look(smap__table_making *m) {
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
static smap_status select_among(smap__table_making *m, smap__table_label *of, smap_error *err) {
    const smap__json *among = smap__json_get(m->json, "among"), *values = smap__json_get(among, "values");
    const smap_column *column;
    *of = (smap__table_label){ { "", "" } };
    if (!among) return SMAP_OK;
    smap_status status = smap__table_column(m, among, &column, err);
    for (size_t i = 0; status == SMAP_OK && i < smap__json_size(values); i++) {
        const char *value = smap__json_text(smap__json_get(smap__json_item(values, i), "is"), "");
        if (!has_equal(m, column, value)) continue;
        keep_equal(m, column, value);
        return smap__table_label_of(m, among, value, of, err);
    }
    m->rows = 0;
    return status;
}

static smap_status build(smap__table_making *m, smap_error *err) {
    smap__table_label of;
    for (int64_t i = 0; i < m->rows; i++) m->row[i] = i;
    smap_status status = select_where(m, err);
    if (status == SMAP_OK) status = select_shown(m, err);
    if (status == SMAP_OK) status = select_among(m, &of, err);
    if (status == SMAP_OK) status = order_first(m, err);
    if (status != SMAP_OK || m->rows == 0) return status;
    m->table = smap__arena_alloc(m->spec->arena, sizeof *m->table);
    if (!m->table) return smap__fail_memory(err);
    *m->table = (smap__table){ 0 };
    read_look(m);
    if (!put_texts(m, &of)) return smap__fail_memory(err);
    const smap__json *columns = smap__json_get(m->json, "columns");
    status = columns ? smap__table_build_list(m, columns, err) : smap__table_build_sums(m, &of, err);
    if (status == SMAP_OK) put_marks_note(m);
    return status;
}

smap_status smap__table_build(smap_ctx *ctx, const smap__sheet *sheet, smap__sheet_spec *spec,
                              const smap__sheet_options *options, const smap__json *element, const smap__table **out,
                              smap_error *err) {
    smap__table_making m = { .ctx = ctx,
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

static bool shows_layer(const smap__sheet *sheet, const smap__sheet_options *options, const char *name) {
    for (int i = 0; i < sheet->map.drawns; i++) {
        const smap__drawn *drawn = &sheet->map.drawn[i];
        if (drawn->features && strcmp(options->layer[drawn->layer].layer->name, name) == 0) return true;
    }
    return false;
}

bool smap__table_is_synthetic(const smap__sheet *sheet, const smap__sheet_spec *spec,
                              const smap__sheet_options *options) {
    const smap__json *list = smap__json_get(spec->root, "element"), *e;
    const char *name;
    for (size_t at = 0; smap__json_member(list, &at, &name, &e);) {
        if (strcmp(smap__json_text(smap__json_get(e, "kind"), ""), "table") != 0) continue;
        const smap__sheet_table *given = given_table(options, e);
        const smap__json *shown = smap__json_get(smap__json_get(e, "shown"), "layer");
        if (given && given->synthetic && (!shown || shows_layer(sheet, options, smap__json_text(shown, ""))))
            return true;
    }
    return false;
}
