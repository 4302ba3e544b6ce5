#include "job/array_columns.h"

#include <math.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "col/column.h"

/* The values' own memory, and a bit for each that is none. */
static smap_status wrap(const char *name, smap_type type, int64_t count, void *values, uint8_t *validity, int64_t nulls,
                        const smap_column **out, smap_error *err) {
    if (nulls == 0) {
        smap__free(validity);
        validity = NULL;
    }
    smap_status status = smap__column_wrap(name, type, count, nulls, values, NULL, validity, out, err);
    if (status != SMAP_OK) {
        smap__free(values);
        smap__free(validity);
    }
    return status;
}

/* A bit for each value, none of them set; NULL, and `values` freed, when memory for either has run out. */
static uint8_t *new_validity(int64_t count, void *values) {
    uint8_t *validity = values ? smap__zalloc((size_t)count / 8 + 1, 1) : NULL;
    if (!validity) smap__free(values);
    return validity;
}

static void set_valid(uint8_t *validity, int64_t i) {
    validity[i >> 3] = (uint8_t)(validity[i >> 3] | 1u << (i & 7));
}

smap_status smap__column_of_reals(const char *name, const double *values, const double *factor, int64_t count,
                                  const smap_column **out, smap_error *err) {
    double *copy = smap__zalloc((size_t)count, sizeof *copy);
    uint8_t *validity = new_validity(count, copy);
    int64_t nulls = 0;
    if (!validity) return smap__fail_memory(err);
    for (int64_t i = 0; i < count; i++) {
        double v = !values ? NAN : factor ? values[i] * factor[i] : values[i];
        bool known = isfinite(v);
        copy[i] = known ? v : 0;
        nulls += !known;
        if (known) set_valid(validity, i);
    }
    return wrap(name, SMAP_FLOAT64, count, copy, validity, nulls, out, err);
}

smap_status smap__column_of_classes(const char *name, const int8_t *values, int64_t count, const smap_column **out,
                                    smap_error *err) {
    int64_t *copy = smap__zalloc((size_t)count, sizeof *copy);
    uint8_t *validity = new_validity(count, copy);
    int64_t nulls = 0;
    if (!validity) return smap__fail_memory(err);
    for (int64_t i = 0; i < count; i++) {
        copy[i] = values[i] < 0 ? 0 : values[i];
        nulls += values[i] < 0;
        if (values[i] >= 0) set_valid(validity, i);
    }
    return wrap(name, SMAP_INT64, count, copy, validity, nulls, out, err);
}

smap_status smap__column_of_texts(const char *name, int64_t count,
                                  void (*put)(const void *user, int64_t row, smap__str *out), const void *user,
                                  const smap_column **out, smap_error *err) {
    smap__str text = SMAP__STR_INIT;
    smap_column_builder *b = NULL;
    smap_status status = smap_column_builder_new(name, SMAP_TEXT, &b, err);
    for (int64_t i = 0; i < count && status == SMAP_OK; i++) {
        smap__str_clear(&text);
        put(user, i, &text);
        status = text.failed ? smap__fail_memory(err)
                             : smap_column_append_text(b, text.len ? text.data : NULL, text.len, err);
    }
    if (status == SMAP_OK) status = smap_column_builder_finish(b, out, err);
    smap_column_builder_free(b);
    smap__str_release(&text);
    return status;
}
