#include "protect/disclosure.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "col/cell.h"
#include "col/dict.h"
#include "protect/audience_rules.h"

smap_status smap__disclosure_rules(smap_ctx *ctx, const smap__json **out, smap_error *err) {
    const smap__audience_rules *rules = NULL;
    smap_status status = smap__audience_rules_of(ctx, &rules, err);
    if (status == SMAP_OK) *out = smap__json_get(rules->root, "disclosure");
    return status;
}

/* All values of a row as one text; a null is not an empty one. */
static void put_values(const smap_table *table, const char *const *column, int count, int64_t row, smap__str *out) {
    for (int i = 0; i < count; i++) {
        const smap_column *c = smap_table_find(table, column[i]);
        if (!c) continue;
        smap__str_put_char(out, smap_column_is_null(c, row) ? '\x1e' : '\x1f');
        smap__cell_put(out, c, row);
    }
    smap__str_put(out, "");
}

static smap_status code_rows(const smap_table *table, const char *const *column, int count, smap__dict *dict,
                             int32_t *code, smap_error *err) {
    smap__str text = SMAP__STR_INIT;
    smap_status status = SMAP_OK;
    for (int64_t i = 0; i < smap_table_rows(table) && status == SMAP_OK; i++) {
        smap__str_clear(&text);
        put_values(table, column, count, i, &text);
        code[i] = text.failed ? -1 : smap__dict_add(dict, text.data ? text.data : "", text.len);
        if (code[i] < 0) status = smap__fail_memory(err);
    }
    smap__str_release(&text);
    return status;
}

static void measure_sizes(const int64_t *size, int64_t k, smap__disclosure *out) {
    for (int64_t c = 0; c < out->classes; c++) {
        if (!out->smallest_k || size[c] < out->smallest_k) out->smallest_k = size[c];
        if (size[c] < k) out->rows_below_k += size[c];
    }
    out->risk = out->rows ? (double)out->classes / (double)out->rows : 0;
}

/* Every pair of class and value is one of the classes of quasi-identifiers and sensitive column together. */
static smap_status measure_l(const smap_table *table, const char *sensitive, const int32_t *class_of, int64_t classes,
                             int64_t *smallest, smap_error *err) {
    int64_t n = smap_table_rows(table);
    smap__dict *values = NULL, *pairs = NULL;
    int32_t *value = smap__zalloc((size_t)n + 1, sizeof *value);
    int64_t *different = smap__zalloc((size_t)classes + 1, sizeof *different);
    smap__str pair = SMAP__STR_INIT;
    smap_status status = value && different ? smap__dict_new(&values, err) : smap__fail_memory(err);
    if (status == SMAP_OK) status = smap__dict_new(&pairs, err);
    if (status == SMAP_OK) status = code_rows(table, &sensitive, 1, values, value, err);
    for (int64_t i = 0; i < n && status == SMAP_OK; i++) {
        int32_t before = smap__dict_count(pairs);
        smap__str_clear(&pair);
        smap__str_printf(&pair, "%d/%d", (int)class_of[i], (int)value[i]);
        if (pair.failed || smap__dict_add(pairs, pair.data, pair.len) < 0)
            status = smap__fail_memory(err);
        else
            different[class_of[i]] += smap__dict_count(pairs) > before;
    }
    for (int64_t c = 0; c < classes; c++)
        if (!*smallest || different[c] < *smallest) *smallest = different[c];
    smap__str_release(&pair);
    smap__dict_free(pairs);
    smap__dict_free(values);
    smap__free(different);
    smap__free(value);
    return status;
}

smap_status smap__disclosure_measure(const smap_table *table, const char *const *quasi, int count,
                                     const char *sensitive, int64_t k, smap__disclosure *out, smap_error *err) {
    int64_t n = smap_table_rows(table);
    smap__disclosure d = { .rows = n };
    smap__dict *classes = NULL;
    int64_t *size = NULL;
    int32_t *class_of = smap__zalloc((size_t)n + 1, sizeof *class_of);
    smap_status status = class_of ? smap__dict_new(&classes, err) : smap__fail_memory(err);
    if (status == SMAP_OK) status = code_rows(table, quasi, count, classes, class_of, err);
    if (status == SMAP_OK) {
        d.classes = smap__dict_count(classes);
        size = smap__zalloc((size_t)d.classes + 1, sizeof *size);
        if (!size) status = smap__fail_memory(err);
    }
    for (int64_t i = 0; i < n && status == SMAP_OK; i++) size[class_of[i]]++;
    if (status == SMAP_OK) measure_sizes(size, k, &d);
    if (status == SMAP_OK && sensitive && smap_table_find(table, sensitive))
        status = measure_l(table, sensitive, class_of, d.classes, &d.smallest_l, err);
    if (status == SMAP_OK) *out = d;
    smap__dict_free(classes);
    smap__free(size);
    smap__free(class_of);
    return status;
}
