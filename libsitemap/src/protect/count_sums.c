#include "protect/count_cells.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "col/cell.h"
#include "protect/row_rules.h"

static const double NEAR = 1e-6;

static const char *text_of(const smap__json *object, const char *key) {
    return smap__json_text(smap__json_get(object, key), NULL);
}

/* ---- names ------------------------------------------------------------------------------------------------------- */

double smap__count_value(const smap__json *entry, const smap_table *table, int64_t row) {
    const smap_column *column = smap_table_find(table, text_of(entry, "column"));
    double value;
    return column && smap__cell_number(column, row, &value) && value >= 0 && isfinite(value) ? value : NAN;
}

static bool is_one_of(const char *const *names, const char *name) {
    for (; names && *names; names++)
        if (strcmp(*names, name) == 0) return true;
    return false;
}

/* A column of "by"; {"is": TEXT} stands for a column that says that in every row. */
static void put_key(const smap__json *key, const smap_table *table, int64_t row, const char *const *but,
                    smap__str *out) {
    const char *name = smap__json_text(key, ""), *is = text_of(key, "is");
    const smap_column *column = is ? NULL : smap_table_find(table, name);
    smap__str_put_char(out, '\x1f');
    if (is)
        smap__str_put(out, is);
    else if (is_one_of(but, name))
        smap__str_put_char(out, '*');
    else if (column)
        smap__cell_put(out, column, row);
}

void smap__count_family(const smap__json *entry, const char *layer, const smap_table *table, int64_t row,
                        const char *const *but, smap__str *out) {
    const smap__json *by = smap__json_get(entry, "by");
    const char *as = text_of(entry, "as");
    smap__str_clear(out);
    if (as)
        smap__str_put(out, as);
    else
        smap__str_printf(out, "%s.%s", layer, text_of(entry, "column"));
    for (size_t i = 0; i < smap__json_size(by); i++) put_key(smap__json_item(by, i), table, row, but, out);
}

/* With the number itself: where two rows call two numbers by one name, both are protected. */
bool smap__count_name(const smap__json *entry, const char *layer, const smap_table *table, int64_t row,
                      smap__str *out) {
    double value = smap__count_value(entry, table, row);
    if (isnan(value) || !smap__row_rule_when(smap__json_get(entry, "when"), table, row)) return false;
    smap__count_family(entry, layer, table, row, NULL, out);
    smap__str_printf(out, "\x1e%.12g", value);
    return true;
}

int smap__count_cell(const smap__count_cells *cells, const smap__json *entry, const smap_layer *layer, int64_t row,
                     smap__str *name) {
    if (!entry || !smap__count_name(entry, layer->name, layer->table, row, name)) return -1;
    return smap__dict_find(cells->name, name->data, name->len);
}

smap_status smap__count_rest(smap__count_cells *cells, double value, int *out, smap_error *err) {
    *out = cells->counts;
    smap_status status = smap__suppression_count(cells->suppression, value, false, err);
    if (status == SMAP_OK) cells->counts++;
    return status;
}

/* Is it the first time that this sum comes? */
static smap_status is_new_sum(smap__count_cells *cells, int total, const int *part, int n, bool *out, smap_error *err) {
    smap__str key = SMAP__STR_INIT;
    int32_t before = smap__dict_count(cells->sum);
    smap__str_printf(&key, "%d", total);
    for (int i = 0; i < n; i++) smap__str_printf(&key, "|%d", part[i]);
    bool failed = key.failed || smap__dict_add(cells->sum, key.data, key.len) < 0;
    *out = smap__dict_count(cells->sum) > before;
    smap__str_release(&key);
    return failed ? smap__fail_memory(err) : SMAP_OK;
}

smap_status smap__count_put_sum(smap__count_cells *cells, int total, int *part, int n, smap_error *err) {
    double sum = 0, value = cells->value[total];
    bool is_new;
    for (int i = 0; i < n; i++) {
        sum += cells->value[part[i]];
        if (part[i] == total) return SMAP_OK;
    }
    double rest = value - sum;
    if (n == 0 || rest < -NEAR * fmax(1, value)) return SMAP_OK;
    smap_status status = is_new_sum(cells, total, part, n, &is_new, err);
    if (status != SMAP_OK || !is_new) return status;
    if (rest > NEAR * fmax(1, value)) {
        status = smap__count_rest(cells, rest, &part[n], err);
        if (status == SMAP_OK) n++;
    }
    return status == SMAP_OK ? smap__suppression_sum(cells->suppression, total, part, n, err) : status;
}

/* ---- sums -------------------------------------------------------------------------------------------------------- */

typedef struct summing {
    smap__count_cells *cells;
    const smap__json *entry, *of;
    const smap_layer *layer;
    int *cell;    /* of each row; -1: none */
    int *of_cell; /* of what it is a part of; -1: none */
    int *family;  /* of each row: those that differ in one column alone; -1: none */
    int families;
    int *part; /* work */
} summing;

static smap_status find_families(summing *s, const char *but, smap_error *err) {
    const char *const buts[] = { but, NULL };
    smap__dict *names = NULL;
    smap__str name = SMAP__STR_INIT;
    smap_status status = smap__dict_new(&names, err);
    for (int64_t i = 0; i < smap_table_rows(s->layer->table) && status == SMAP_OK; i++) {
        s->family[i] = -1;
        if (s->cell[i] < 0) continue;
        smap__count_family(s->entry, s->layer->name, s->layer->table, i, buts, &name);
        s->family[i] = name.failed ? -1 : smap__dict_add(names, name.data, name.len);
        if (s->family[i] < 0) status = smap__fail_memory(err);
    }
    s->families = status == SMAP_OK ? smap__dict_count(names) : 0;
    smap__str_release(&name);
    smap__dict_free(names);
    return status;
}

typedef struct member {
    int family, cell, of_cell;
    double order;
    int64_t row;
} member;

static int compare_members(const void *a, const void *b) {
    const member *x = a, *y = b;
    if (x->family != y->family) return x->family < y->family ? -1 : 1;
    if (x->order != y->order) return x->order < y->order ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

/* The rows that have a count, family by family, in order of a column where one is named. */
static member *list_members(const summing *s, const char *order, size_t *count) {
    int64_t n = smap_table_rows(s->layer->table);
    const smap_column *column = order ? smap_table_find(s->layer->table, order) : NULL;
    member *list = smap__zalloc((size_t)n + 1, sizeof *list);
    *count = 0;
    for (int64_t i = 0; list && i < n; i++) {
        double at = 0;
        if (s->family[i] < 0 || (column && !smap__cell_number(column, i, &at))) continue;
        list[(*count)++] = (member){ s->family[i], s->cell[i], s->of_cell[i], at, i };
    }
    if (list) qsort(list, *count, sizeof *list, compare_members);
    return list;
}

static smap_status sum_family(summing *s, const member *first, size_t n, smap_error *err) {
    int parts = 0;
    for (size_t i = 0; i < n; i++) s->part[parts++] = first[i].cell;
    return first->of_cell >= 0 ? smap__count_put_sum(s->cells, first->of_cell, s->part, parts, err) : SMAP_OK;
}

static smap_status raise_family(summing *s, const member *first, size_t n, smap_error *err) {
    smap_status status = SMAP_OK;
    for (size_t i = 0; i < n && status == SMAP_OK; i++) {
        int next = i + 1 < n ? first[i + 1].cell : first[i].of_cell;
        s->part[0] = first[i].cell;
        if (next >= 0) status = smap__count_put_sum(s->cells, next, s->part, 1, err);
    }
    return status;
}

/* Families of a column: parts of "of", or each within the next. */
static smap_status over_families(summing *s, const char *column,
                                 smap_status (*each)(summing *, const member *, size_t, smap_error *), bool in_order,
                                 smap_error *err) {
    size_t n = 0;
    smap_status status = find_families(s, column, err);
    if (status != SMAP_OK) return status;
    member *list = list_members(s, in_order ? column : NULL, &n);
    if (!list) return smap__fail_memory(err);
    for (size_t from = 0, to = 0; from < n && status == SMAP_OK; from = to) {
        while (to < n && list[to].family == list[from].family) to++;
        status = each(s, list + from, to - from, err);
    }
    smap__free(list);
    return status;
}

static smap_status within_of(summing *s, smap_error *err) {
    smap_status status = SMAP_OK;
    for (int64_t i = 0; i < smap_table_rows(s->layer->table) && status == SMAP_OK; i++) {
        s->part[0] = s->cell[i];
        if (s->cell[i] >= 0 && s->of_cell[i] >= 0)
            status = smap__count_put_sum(s->cells, s->of_cell[i], s->part, 1, err);
    }
    return status;
}

static smap_status total_over(summing *s, const char *name, smap_error *err) {
    const smap_column *column = smap_table_find(s->layer->table, name);
    smap_status status = find_families(s, name, err);
    size_t n = 0;
    if (status != SMAP_OK || !column) return status;
    member *list = list_members(s, NULL, &n);
    if (!list) return smap__fail_memory(err);
    for (size_t from = 0, to = 0; from < n && status == SMAP_OK; from = to) {
        int total = -1, parts = 0;
        for (; to < n && list[to].family == list[from].family; to++) {
            size_t len = 1;
            if (column->type == SMAP_TEXT) smap_column_text(column, list[to].row, &len);
            if (smap_column_is_null(column, list[to].row) || !len)
                total = list[to].cell;
            else
                s->part[parts++] = list[to].cell;
        }
        if (total >= 0) status = smap__count_put_sum(s->cells, total, s->part, parts, err);
    }
    smap__free(list);
    return status;
}

/* Is `code` the P-code of a part of `of`, and of no part of a smaller area of the family that is part of it? */
static bool is_direct_part(const smap_column *code, const member *list, size_t from, size_t to, int64_t part,
                           int64_t of) {
    size_t n, m, k;
    const char *small = smap_column_text(code, part, &n), *large = smap_column_text(code, of, &m);
    if (m >= n || !m || memcmp(small, large, m) != 0) return false;
    for (size_t i = from; i < to; i++) {
        const char *between = smap_column_text(code, list[i].row, &k);
        if (k > m && k < n && memcmp(small, between, k) == 0) return false;
    }
    return true;
}

static smap_status by_area(summing *s, const char *name, smap_error *err) {
    const smap_column *code = smap_table_find(s->layer->table, name);
    smap_status status = find_families(s, name, err);
    size_t n = 0;
    if (status != SMAP_OK || !code || code->type != SMAP_TEXT) return status;
    member *list = list_members(s, NULL, &n);
    if (!list) return smap__fail_memory(err);
    for (size_t from = 0, to = 0; from < n && status == SMAP_OK; from = to) {
        while (to < n && list[to].family == list[from].family) to++;
        for (size_t of = from; of < to && status == SMAP_OK; of++) {
            int parts = 0;
            for (size_t i = from; i < to; i++)
                if (is_direct_part(code, list, from, to, list[i].row, list[of].row)) s->part[parts++] = list[i].cell;
            if (parts) status = smap__count_put_sum(s->cells, list[of].cell, s->part, parts, err);
        }
    }
    smap__free(list);
    return status;
}

/* A count that stands in several rows takes part once. */
static smap_status find_cells(summing *s, smap_error *err) {
    smap__str name = SMAP__STR_INIT;
    bool *taken = smap__zalloc((size_t)s->cells->counts + 1, sizeof *taken);
    if (!taken) return smap__fail_memory(err);
    for (int64_t i = 0; i < smap_table_rows(s->layer->table); i++) {
        int cell = smap__count_cell(s->cells, s->entry, s->layer, i, &name);
        s->cell[i] = cell >= 0 && !taken[cell] ? cell : -1;
        if (cell >= 0) taken[cell] = true;
        s->of_cell[i] = s->of && s->cell[i] >= 0 ? smap__count_cell(s->cells, s->of, s->layer, i, &name) : -1;
    }
    bool failed = name.failed;
    smap__str_release(&name);
    smap__free(taken);
    return failed ? smap__fail_memory(err) : SMAP_OK;
}

static smap_status all_sums(summing *s, smap_error *err) {
    const char *parts = text_of(s->entry, "parts_over"), *rising = text_of(s->entry, "rising_over");
    const char *area = text_of(s->entry, "area");
    const smap__json *totals = smap__json_get(s->entry, "total_over");
    smap_status status = find_cells(s, err);
    if (status == SMAP_OK && parts) status = over_families(s, parts, sum_family, false, err);
    if (status == SMAP_OK && rising) status = over_families(s, rising, raise_family, true, err);
    if (status == SMAP_OK && s->of && !parts && !rising) status = within_of(s, err);
    for (size_t i = 0; i < smap__json_size(totals) && status == SMAP_OK; i++)
        status = total_over(s, smap__json_text(smap__json_item(totals, i), ""), err);
    if (status == SMAP_OK && area) status = by_area(s, area, err);
    return status;
}

smap_status smap__count_sums(smap__count_cells *cells, const smap__json *entry, const smap_layer *layer,
                             smap_error *err) {
    size_t n = (size_t)smap_table_rows(layer->table) + 2;
    summing s = { .cells = cells, .entry = entry, .of = smap__json_get(entry, "of"), .layer = layer };
    s.cell = smap__zalloc(n, sizeof *s.cell);
    s.of_cell = smap__zalloc(n, sizeof *s.of_cell);
    s.family = smap__zalloc(n, sizeof *s.family);
    s.part = smap__zalloc(n, sizeof *s.part);
    bool room = s.cell && s.of_cell && s.family && s.part;
    smap_status status = room ? all_sums(&s, err) : smap__fail_memory(err);
    smap__free(s.cell);
    smap__free(s.of_cell);
    smap__free(s.family);
    smap__free(s.part);
    return status;
}
