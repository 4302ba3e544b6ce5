#include <math.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "col/cell.h"
#include "protect/count_cells.h"

typedef struct relative { /* a row, and the number of those that are like it but in some columns */
    int32_t family;
    int64_t row;
} relative;

typedef struct linking {
    smap__count_cells *cells;
    const smap__json *entry;
    const smap_layer *layer;
    double least;
    int *cell;        /* of each row; -1: none */
    relative *member; /* rows that have one, family by family */
    size_t members;
    smap__str name;
} linking;

static const char *text_of(const smap__json *object, const char *key) {
    return smap__json_text(smap__json_get(object, key), "");
}

static int64_t rows_of(const linking *l) {
    return smap_table_rows(l->layer->table);
}

static int cell_of(linking *l, const char *key, int64_t row) {
    return smap__count_cell(l->cells, smap__json_get(l->entry, key), l->layer, row, &l->name);
}

static int compare_relatives(const void *a, const void *b) {
    const relative *x = a, *y = b;
    if (x->family != y->family) return x->family < y->family ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

/* Rows that are alike but in some columns stand together. */
static smap_status find_families(linking *l, const char *const *but, smap_error *err) {
    smap__dict *names = NULL;
    smap_status status = smap__dict_new(&names, err);
    l->members = 0;
    for (int64_t i = 0; i < rows_of(l) && status == SMAP_OK; i++) {
        if (l->cell[i] < 0) continue;
        smap__count_family(l->entry, l->layer->name, l->layer->table, i, but, &l->name);
        int32_t family = l->name.failed ? -1 : smap__dict_add(names, l->name.data, l->name.len);
        if (family < 0) status = smap__fail_memory(err);
        l->member[l->members++] = (relative){ family, i };
    }
    qsort(l->member, l->members, sizeof *l->member, compare_relatives);
    smap__dict_free(names);
    return status;
}

/* ---- counts within counts ---------------------------------------------------------------------------------------- */

/* A difference of more than this many times the limit gives nothing away: whatever a reader may think of counts that
 * are hidden, it is not used up. */
enum { FAR = 4 };

static smap_status put_within(linking *l, int64_t outer, int64_t inner, smap_error *err) {
    int part[2] = { l->cell[inner], -1 };
    const double *value = l->cells->value;
    bool near = value[l->cell[outer]] - value[part[0]] < FAR * l->least;
    return near ? smap__count_put_sum(l->cells, l->cell[outer], part, 1, err) : SMAP_OK;
}

/* Is whoever is counted in row b counted in row a? */
typedef bool (*holding)(const linking *l, const smap__json *rule, int64_t a, int64_t b);

/* Of relatives, each within those that hold it. */
static smap_status within_relatives(linking *l, const smap__json *rule, holding holds, smap_error *err) {
    smap_status status = SMAP_OK;
    for (size_t from = 0, to = 0; from < l->members && status == SMAP_OK; from = to) {
        while (to < l->members && l->member[to].family == l->member[from].family) to++;
        for (size_t a = from; a < to; a++)
            for (size_t b = from; b < to && status == SMAP_OK; b++)
                if (a != b && holds(l, rule, l->member[a].row, l->member[b].row))
                    status = put_within(l, l->member[a].row, l->member[b].row, err);
    }
    return status;
}

/* The place of the cell's value in "holds"; the number of those where it is not among them. */
static size_t place_in(const smap__json *holds, const smap_column *column, int64_t row) {
    size_t n = smap__json_size(holds), i = 0;
    while (i < n && !smap__cell_is(column, row, smap__json_text(smap__json_item(holds, i), ""))) i++;
    return i;
}

/* In each column a's value is b's, or holds it. */
static bool is_wider(const linking *l, const smap__json *over, int64_t a, int64_t b) {
    for (size_t i = 0; i < smap__json_size(over); i++) {
        const smap__json *item = smap__json_item(over, i), *list = smap__json_get(item, "holds");
        const smap_column *column = smap_table_find(l->layer->table, text_of(item, "column"));
        if (!column || smap__cell_compare(column, a, column, b) == 0) continue;
        if (place_in(list, column, a) >= place_in(list, column, b)) return false;
    }
    return true;
}

static smap_status within_over(linking *l, const smap__json *over, smap_error *err) {
    enum { MOST = 4 };
    const char *but[MOST + 1] = { NULL };
    size_t n = smap__json_size(over);
    if (n > MOST)
        return smap__fail(err, SMAP_E_FORMAT, l->layer->name,
                          "the rules of the audience: \"within_over\" of %s takes %d columns at most", l->layer->name,
                          MOST);
    for (size_t i = 0; i < n; i++) but[i] = text_of(smap__json_item(over, i), "column");
    smap_status status = find_families(l, but, err);
    return status == SMAP_OK ? within_relatives(l, over, is_wider, err) : status;
}

/* Is row a about one alone of the two that row b is about? */
static bool is_one_of_pair(const linking *l, const smap__json *pair, int64_t a, int64_t b) {
    const smap_column *first = smap_table_find(l->layer->table, smap__json_text(smap__json_item(pair, 0), ""));
    const smap_column *second = smap_table_find(l->layer->table, smap__json_text(smap__json_item(pair, 1), ""));
    return first && second && smap__cell_compare(first, a, second, a) == 0 &&
           (smap__cell_compare(first, a, first, b) == 0 || smap__cell_compare(first, a, second, b) == 0);
}

static smap_status within_pairs(linking *l, const smap__json *pair, smap_error *err) {
    const char *but[] = { smap__json_text(smap__json_item(pair, 0), ""), smap__json_text(smap__json_item(pair, 1), ""),
                          NULL };
    smap_status status = find_families(l, but, err);
    return status == SMAP_OK ? within_relatives(l, pair, is_one_of_pair, err) : status;
}

/* ---- before and after -------------------------------------------------------------------------------------------- */

/* before = stayed + lost, and now = stayed + gained; where nothing is gained, those who stayed are those of now. */
static smap_status put_change(linking *l, int now, int before, int lost, int gained, smap_error *err) {
    const double *value = l->cells->value;
    double stayed = value[before] - value[lost];
    int part[3] = { now, lost, -1 }, rest;
    if (gained < 0 || value[gained] == 0) return smap__count_put_sum(l->cells, before, part, 2, err);
    if (stayed < 0 || fabs(stayed + value[gained] - value[now]) > 1e-6 * fmax(1, value[now])) return SMAP_OK;
    smap_status status = smap__count_rest(l->cells, stayed, &rest, err);
    const int then[] = { rest, lost }, since[] = { rest, gained };
    if (status == SMAP_OK) status = smap__suppression_sum(l->cells->suppression, before, then, 2, err);
    return status == SMAP_OK ? smap__suppression_sum(l->cells->suppression, now, since, 2, err) : status;
}

static smap_status changes(linking *l, smap_error *err) {
    smap_status status = SMAP_OK;
    for (int64_t i = 0; i < rows_of(l) && status == SMAP_OK; i++) {
        int before = cell_of(l, "before", i), lost = cell_of(l, "lost", i), gained = cell_of(l, "gained", i);
        if (l->cell[i] >= 0 && before >= 0 && lost >= 0 && before != l->cell[i])
            status = put_change(l, l->cell[i], before, lost, gained, err);
    }
    return status;
}

/* ---- bounds ------------------------------------------------------------------------------------------------------ */

static smap_status put_bound(linking *l, int ratio, const int *count, const double *factor, int n, double least,
                             smap_error *err) {
    smap_status status = smap__suppression_bound(l->cells->suppression, ratio, count, factor, n, least, err);
    if (status == SMAP_OK) l->cells->counts++;
    return status;
}

static smap_status at_least(linking *l, smap_error *err) {
    static const double factor[] = { 1, -1 };
    smap_status status = SMAP_OK;
    for (int64_t i = 0; i < rows_of(l) && status == SMAP_OK; i++) {
        int count[] = { l->cell[i], cell_of(l, "at_least", i) };
        if (count[0] >= 0 && count[1] >= 0 && l->cells->value[count[0]] >= l->cells->value[count[1]])
            status = put_bound(l, -1, count, factor, 2, 0, err);
    }
    return status;
}

/* What a rounded ratio tells: it lies within half of its last digit. */
static smap_status put_ratio(linking *l, const smap__json *ratio, int64_t row, int number, smap_error *err) {
    double times = smap__json_number(smap__json_get(ratio, "times"), 1), per = NAN;
    double half = 0.5 * pow(10, -(double)smap__json_integer(smap__json_get(ratio, "decimals"), 0));
    double told = smap__count_value(ratio, l->layer->table, row);
    int count[] = { l->cell[row], smap__count_cell(l->cells, smap__json_get(ratio, "of"), l->layer, row, &l->name) };
    const smap_column *column = smap_table_find(l->layer->table, text_of(ratio, "per"));
    if (column && !smap__cell_number(column, row, &per)) per = NAN;
    double whole = count[1] >= 0 ? l->cells->value[count[1]] : per, part = l->cells->value[count[0]];
    if (!(whole > 0)) return SMAP_OK;
    double low = fmin((told - half) / times, part / whole), high = fmax((told + half) / times, part / whole);
    bool fixed = count[1] < 0;
    const double over[] = { 1, -low }, under[] = { -1, high };
    smap_status status = put_bound(l, number, count, over, fixed ? 1 : 2, fixed ? low * whole : 0, err);
    return status == SMAP_OK ? put_bound(l, number, count, under, fixed ? 1 : 2, fixed ? -high * whole : 0, err)
                             : status;
}

static smap_status ratios(linking *l, const smap__json *ratio, smap_error *err) {
    smap_status status = SMAP_OK;
    for (int64_t i = 0; i < rows_of(l) && status == SMAP_OK; i++) {
        int32_t before = smap__dict_count(l->cells->ratio);
        if (l->cell[i] < 0 || !smap__count_name(ratio, l->layer->name, l->layer->table, i, &l->name)) continue;
        int32_t number = l->name.failed ? -1 : smap__dict_add(l->cells->ratio, l->name.data, l->name.len);
        if (number < 0)
            status = smap__fail_memory(err);
        else if (number >= before)
            status = smap__suppression_ratio(l->cells->suppression, err);
        if (status == SMAP_OK) status = put_ratio(l, ratio, i, number, err);
    }
    return status;
}

static smap_status all_links(linking *l, smap_error *err) {
    const smap__json *over = smap__json_get(l->entry, "within_over"), *pair = smap__json_get(l->entry, "pair");
    const smap__json *ratio = smap__json_get(l->entry, "ratio");
    smap_status status = SMAP_OK;
    for (int64_t i = 0; i < rows_of(l); i++) l->cell[i] = smap__count_cell(l->cells, l->entry, l->layer, i, &l->name);
    if (over) status = within_over(l, over, err);
    if (status == SMAP_OK && pair) status = within_pairs(l, pair, err);
    if (status == SMAP_OK) status = changes(l, err);
    if (status == SMAP_OK) status = at_least(l, err);
    if (status == SMAP_OK && ratio) status = ratios(l, ratio, err);
    return status == SMAP_OK && l->name.failed ? smap__fail_memory(err) : status;
}

smap_status smap__count_links(smap__count_cells *cells, const smap__json *entry, const smap_layer *layer, double least,
                              smap_error *err) {
    size_t n = (size_t)smap_table_rows(layer->table) + 1;
    linking l = { .cells = cells, .entry = entry, .layer = layer, .least = least, .name = SMAP__STR_INIT };
    l.cell = smap__zalloc(n, sizeof *l.cell);
    l.member = smap__zalloc(n, sizeof *l.member);
    smap_status status = l.cell && l.member ? all_links(&l, err) : smap__fail_memory(err);
    smap__str_release(&l.name);
    smap__free(l.cell);
    smap__free(l.member);
    return status;
}
