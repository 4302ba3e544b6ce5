#include "col/cell.h"

#include <string.h>

#include "base/alloc.h"

void smap__cell_put(smap__str *out, const smap_column *c, int64_t row) {
    if (smap_column_is_null(c, row)) return;
    char text[32];
    size_t len;
    const char *bytes;
    switch (c->type) {
    case SMAP_BOOL:
        smap__str_put(out, c->v.b[row] ? "true" : "false");
        return;
    case SMAP_INT64:
        smap__str_printf(out, "%lld", (long long)c->v.i[row]);
        return;
    case SMAP_FLOAT64:
        smap__str_put_real(out, c->v.f[row]);
        return;
    case SMAP_DATE:
        smap__format_date(c->v.i[row], text);
        break;
    case SMAP_TIMESTAMP:
        smap__format_timestamp(c->v.i[row], text);
        break;
    case SMAP_TEXT:
        bytes = smap_column_text(c, row, &len);
        smap__str_put_n(out, bytes, len);
        return;
    case SMAP_BLOB:
        smap_column_text(c, row, &len);
        smap__str_printf(out, "(%zu bytes)", len);
        return;
    }
    smap__str_put(out, text);
}

size_t smap_column_format(const smap_column *column, int64_t row, char *out, size_t size) {
    smap__str text = SMAP__STR_INIT;
    smap__cell_put(&text, column, row);
    size_t whole = text.failed ? 0 : text.len, n = whole < size ? whole : size - 1;
    if (size) {
        if (n) memcpy(out, text.data, n);
        out[n] = '\0';
    }
    smap__str_release(&text);
    return whole;
}

smap_status smap__cell_append(smap_column_builder *to, const smap_column *from, int64_t row, smap_error *err) {
    if (smap_column_is_null(from, row)) return smap_column_append_null(to, err);
    size_t len;
    const char *bytes;
    switch (from->type) {
    case SMAP_BOOL:
        return smap_column_append_int(to, from->v.b[row], err);
    case SMAP_FLOAT64:
        return smap_column_append_real(to, from->v.f[row], err);
    case SMAP_TEXT:
    case SMAP_BLOB:
        bytes = smap_column_text(from, row, &len);
        return smap_column_append_text(to, bytes, len, err);
    case SMAP_INT64:
    case SMAP_DATE:
    case SMAP_TIMESTAMP:
        break;
    }
    return smap_column_append_int(to, from->v.i[row], err);
}

bool smap__cell_number(const smap_column *c, int64_t row, double *out) {
    if (smap_column_is_null(c, row) || c->type == SMAP_TEXT || c->type == SMAP_BLOB) return false;
    *out = c->type == SMAP_BOOL ? c->v.b[row] : c->type == SMAP_FLOAT64 ? c->v.f[row] : (double)c->v.i[row];
    return true;
}

bool smap__cell_is(const smap_column *c, int64_t row, const char *text) {
    if (!c || c->type != SMAP_TEXT || smap_column_is_null(c, row)) return false;
    size_t len;
    const char *bytes = smap_column_text(c, row, &len);
    return len == strlen(text) && memcmp(bytes, text, len) == 0;
}

static int compare_text(const smap_column *a, int64_t row_a, const smap_column *b, int64_t row_b) {
    size_t len_a, len_b;
    const char *x = smap_column_text(a, row_a, &len_a), *y = smap_column_text(b, row_b, &len_b);
    size_t shorter = len_a < len_b ? len_a : len_b;
    int order = shorter ? memcmp(x, y, shorter) : 0;
    return order ? order : (len_a > len_b) - (len_a < len_b);
}

int smap__cell_compare(const smap_column *a, int64_t row_a, const smap_column *b, int64_t row_b) {
    bool null_a = smap_column_is_null(a, row_a), null_b = smap_column_is_null(b, row_b);
    if (null_a || null_b) return null_a - null_b;
    if (a->type == SMAP_TEXT || a->type == SMAP_BLOB) return compare_text(a, row_a, b, row_b);
    if (a->type == SMAP_FLOAT64) return (a->v.f[row_a] > b->v.f[row_b]) - (a->v.f[row_a] < b->v.f[row_b]);
    if (a->type == SMAP_BOOL) return (int)a->v.b[row_a] - (int)b->v.b[row_b];
    return (a->v.i[row_a] > b->v.i[row_b]) - (a->v.i[row_a] < b->v.i[row_b]);
}
