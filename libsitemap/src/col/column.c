#include "col/column.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"

const char *smap__type_name(smap_type type) {
    switch (type) {
    case SMAP_BOOL:
        return "yes/no";
    case SMAP_INT64:
        return "integer";
    case SMAP_FLOAT64:
        return "number";
    case SMAP_TEXT:
        return "text";
    case SMAP_DATE:
        return "date";
    case SMAP_TIMESTAMP:
        return "time stamp";
    case SMAP_BLOB:
        return "binary";
    }
    return "unknown";
}

static smap__column *own(const smap_column *column) {
    /* every smap_column of the library is the first member of a smap__column */
    union {
        const smap_column *view;
        smap__column *whole;
    } u = { column };
    return u.whole;
}

static smap_status wrap_buffers(const char *name, const smap_column *shape, smap__buffers *buffers,
                                const smap_column **out, smap_error *err) {
    smap__column *c = smap__zalloc(1, sizeof *c);
    char *copy = smap__strdup(name);
    if (!c || !copy) {
        smap__free(c);
        smap__free(copy);
        return smap__fail_memory(err);
    }
    c->view = *shape;
    c->view.name = c->name = copy;
    atomic_init(&c->references, 1);
    c->buffers = buffers;
    *out = &c->view;
    return SMAP_OK;
}

smap_status smap__column_wrap(const char *name, smap_type type, int64_t count, int64_t null_count, void *values,
                              char *bytes, uint8_t *validity, const smap_column **out, smap_error *err) {
    smap__buffers *buffers = smap__zalloc(1, sizeof *buffers);
    if (!buffers) return smap__fail_memory(err);
    *buffers = (smap__buffers){ .values = values, .bytes = bytes, .validity = validity };
    atomic_init(&buffers->references, 1);
    smap_column shape = { NULL, type, count, null_count, validity, { .b = values }, bytes };
    smap_status status = wrap_buffers(name, &shape, buffers, out, err);
    if (status != SMAP_OK) smap__free(buffers);
    return status;
}

/* Zeros are values, offsets and validity alike; memory that is asked for as zeros costs nothing until it is used. */
smap_status smap__column_of_nulls(const char *name, smap_type type, int64_t count, const smap_column **out,
                                  smap_error *err) {
    void *values = smap__zalloc((size_t)count + 1, smap__type_width(type));
    char *bytes = smap__type_has_bytes(type) ? smap__zalloc(1, 1) : NULL;
    uint8_t *validity = smap__zalloc((size_t)count / 8 + 1, 1);
    bool made = values && validity && (bytes || !smap__type_has_bytes(type));
    smap_status status =
        made ? smap__column_wrap(name, type, count, count, values, bytes, validity, out, err) : smap__fail_memory(err);
    if (status == SMAP_OK) return SMAP_OK;
    smap__free(values);
    smap__free(bytes);
    smap__free(validity);
    return status;
}

const smap_column *smap_column_retain(const smap_column *column) {
    atomic_fetch_add(&own(column)->references, 1);
    return column;
}

void smap_column_free(const smap_column *column) {
    if (!column) return;
    smap__column *c = own(column);
    if (atomic_fetch_sub(&c->references, 1) != 1) return;
    smap__buffers *b = c->buffers;
    if (atomic_fetch_sub(&b->references, 1) == 1) {
        smap__free(b->values);
        smap__free(b->bytes);
        smap__free(b->validity);
        smap__free(b);
    }
    smap__free(c->name);
    smap__free(c);
}

smap_status smap_column_rename(const smap_column *column, const char *name, const smap_column **out, smap_error *err) {
    smap__buffers *buffers = own(column)->buffers;
    smap_status status = wrap_buffers(name, column, buffers, out, err);
    if (status == SMAP_OK) atomic_fetch_add(&buffers->references, 1);
    return status;
}

static int64_t bytes_of(const smap_column *c, const int64_t *rows, int64_t count) {
    int64_t bytes = 0;
    if (!smap__type_has_bytes(c->type)) return 0;
    for (int64_t i = 0; i < count; i++)
        if (rows[i] >= 0) bytes += c->v.offsets[rows[i] + 1] - c->v.offsets[rows[i]];
    return bytes;
}

static smap_status append_row(smap_column_builder *builder, const smap_column *c, int64_t row, smap_error *err) {
    if (row < 0 || smap_column_is_null(c, row)) return smap_column_append_null(builder, err);
    size_t len;
    const char *text;
    switch (c->type) {
    case SMAP_BOOL:
        return smap_column_append_int(builder, c->v.b[row], err);
    case SMAP_FLOAT64:
        return smap_column_append_real(builder, c->v.f[row], err);
    case SMAP_TEXT:
    case SMAP_BLOB:
        text = smap_column_text(c, row, &len);
        return smap_column_append_text(builder, text, len, err);
    case SMAP_INT64:
    case SMAP_DATE:
    case SMAP_TIMESTAMP:
        break;
    }
    return smap_column_append_int(builder, c->v.i[row], err);
}

smap_status smap_column_take(const smap_column *column, const int64_t *rows, int64_t count, const smap_column **out,
                             smap_error *err) {
    smap_column_builder *builder = NULL;
    smap_status status;
    for (int64_t i = 0; i < count; i++)
        if (rows[i] < -1 || rows[i] >= column->count)
            return smap__fail(err, SMAP_E_ARGUMENT, column->name, "row %lld of column %s does not exist",
                              (long long)rows[i], column->name);
    SMAP_TRY(smap_column_builder_new(column->name, column->type, &builder, err), done);
    SMAP_TRY(smap_column_builder_reserve(builder, count, bytes_of(column, rows, count), err), done);
    for (int64_t i = 0; i < count; i++) SMAP_TRY(append_row(builder, column, rows[i], err), done);
    status = smap_column_builder_finish(builder, out, err);
done:
    smap_column_builder_free(builder);
    return status;
}
