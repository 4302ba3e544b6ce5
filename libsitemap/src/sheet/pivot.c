#include "sheet/pivot.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "col/cell.h"

enum { MOST_SUMS = 1 << 20 };

static smap_status key_of(const smap_column *column, int64_t row, smap__str *key, smap_error *err) {
    smap__str_clear(key);
    smap__str_put(key, "");
    smap__cell_put(key, column, row);
    return key->failed ? smap__fail_memory(err) : SMAP_OK;
}

static smap_status add_keys(const smap__pivot_input *in, const smap_column *column, smap__dict *keys, smap__str *key,
                            smap_error *err) {
    smap_status status = SMAP_OK;
    for (int64_t i = 0; i < in->rows && status == SMAP_OK; i++) {
        status = key_of(column, in->row[i], key, err);
        if (status == SMAP_OK && smap__dict_add(keys, key->data, key->len) < 0) status = smap__fail_memory(err);
    }
    return status;
}

/* The keys of one side: those that have a place of their own, then the others as they come. */
static smap_status find_keys(const smap__pivot_input *in, bool across, smap__str *key, smap__dict **out,
                             smap_error *err) {
    const char *const *first = across ? in->first_across : in->first_down;
    int firsts = across ? in->firsts_across : in->firsts_down;
    smap__dict *found = NULL;
    smap_status status = smap__dict_new(&found, err);
    if (status == SMAP_OK) status = smap__dict_new(out, err);
    if (status == SMAP_OK) status = add_keys(in, across ? in->across : in->down, found, key, err);
    if (status == SMAP_OK && in->symmetric) status = add_keys(in, across ? in->down : in->across, found, key, err);
    for (int i = 0; i < firsts && status == SMAP_OK; i++)
        if (smap__dict_find(found, first[i], strlen(first[i])) >= 0 &&
            smap__dict_add(*out, first[i], strlen(first[i])) < 0)
            status = smap__fail_memory(err);
    for (int32_t i = 0; status == SMAP_OK && i < smap__dict_count(found); i++) {
        const char *text = smap__dict_text(found, i);
        if (smap__dict_add(*out, text, strlen(text)) < 0) status = smap__fail_memory(err);
    }
    smap__dict_free(found);
    return status;
}

/* The number of a row, NAN where it is not told: then no sum is. */
static void add_number(smap__pivot *p, int32_t down, int32_t across, int value, double number, int64_t row) {
    int64_t at = ((int64_t)down * smap__dict_count(p->across) + across) * p->values + value;
    bool first = p->untold[at] == SMAP__PIVOT_NONE, told = first || p->untold[at] == SMAP__PIVOT_TOLD;
    if (isnan(number))
        p->untold[at] = first ? row : SMAP__PIVOT_PART;
    else
        p->untold[at] = told ? SMAP__PIVOT_TOLD : SMAP__PIVOT_PART;
    p->sum[at] = first ? number : p->sum[at] + number;
}

static bool is_marked(const smap__pivot_input *in, int value, int64_t row) {
    return in->mark && in->mark[value] && !smap_column_is_null(in->mark[value], row);
}

static smap_status add_row(const smap__pivot_input *in, int64_t row, smap__str *key, smap__pivot *p, smap_error *err) {
    smap_status status = key_of(in->down, row, key, err);
    if (status != SMAP_OK) return status;
    int32_t a = smap__dict_find(p->down, key->data, key->len);
    int32_t a_across = in->symmetric ? smap__dict_find(p->across, key->data, key->len) : -1;
    status = key_of(in->across, row, key, err);
    if (status != SMAP_OK) return status;
    int32_t b = smap__dict_find(p->across, key->data, key->len);
    int32_t b_down = in->symmetric ? smap__dict_find(p->down, key->data, key->len) : -1;
    for (int v = 0; v < in->values; v++) {
        double number = NAN;
        if (is_marked(in, v, row))
            number = NAN;
        else if (!smap__cell_number(in->value[v], row, &number))
            continue;
        add_number(p, a, b, v, number, row);
        if (in->symmetric && b_down != a) add_number(p, b_down, a_across, v, number, row);
    }
    return SMAP_OK;
}

smap_status smap__pivot_compute(const smap__pivot_input *in, smap__pivot *out, smap_error *err) {
    smap__str key = SMAP__STR_INIT;
    *out = (smap__pivot){ .values = in->values };
    smap_status status = find_keys(in, false, &key, &out->down, err);
    if (status == SMAP_OK) status = find_keys(in, true, &key, &out->across, err);
    if (status != SMAP_OK) goto done;
    int64_t sums = (int64_t)smap__dict_count(out->down) * smap__dict_count(out->across) * in->values;
    if (sums > MOST_SUMS) {
        status = smap__fail(err, SMAP_E_LIMIT, "table", "a table of the sheet would have %lld figures; at most %d",
                            (long long)sums, (int)MOST_SUMS);
        goto done;
    }
    out->sum = smap__zalloc((size_t)sums + 1, sizeof *out->sum);
    out->untold = smap__zalloc((size_t)sums + 1, sizeof *out->untold);
    if (!out->sum || !out->untold) status = smap__fail_memory(err);
    for (int64_t i = 0; status == SMAP_OK && i < sums; i++) {
        out->sum[i] = NAN;
        out->untold[i] = SMAP__PIVOT_NONE;
    }
    for (int64_t i = 0; i < in->rows && status == SMAP_OK; i++) status = add_row(in, in->row[i], &key, out, err);
done:
    smap__str_release(&key);
    return status;
}

void smap__pivot_release(smap__pivot *p) {
    smap__dict_free(p->down);
    smap__dict_free(p->across);
    smap__free(p->sum);
    smap__free(p->untold);
    *p = (smap__pivot){ 0 };
}
