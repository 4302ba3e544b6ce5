#include "col/arrow.h"

#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/str.h"
#include "col/builder.h"
#include "col/column.h"

bool smap__arrow_type(const char *format, smap_type *out) {
    if (strncmp(format, "td", 2) == 0)
        *out = SMAP_DATE;
    else if (strncmp(format, "ts", 2) == 0)
        *out = SMAP_TIMESTAMP;
    else if (format[0] == '\0' || format[1] != '\0')
        return false;
    else if (format[0] == 'b')
        *out = SMAP_BOOL;
    else if (strchr("cCsSiIlL", format[0]))
        *out = SMAP_INT64;
    else if (strchr("fg", format[0]))
        *out = SMAP_FLOAT64;
    else if (strchr("uU", format[0]))
        *out = SMAP_TEXT;
    else if (strchr("zZ", format[0]))
        *out = SMAP_BLOB;
    else
        return false;
    return true;
}

static bool bit(const uint8_t *bits, int64_t i) {
    return (bits[i >> 3] >> (i & 7)) & 1;
}

static smap_status append_nulls(smap_column_builder *b, const struct ArrowArray *a, smap_error *err) {
    const uint8_t *valid = a->buffers[0];
    if (!valid || a->null_count == 0) return SMAP_OK;
    for (int64_t i = 0; i < a->length; i++)
        if (!bit(valid, a->offset + i)) {
            smap_status status = smap__builder_mark_null(b, b->count + (size_t)i, err);
            if (status != SMAP_OK) return status;
        }
    return SMAP_OK;
}

static void append_texts(smap_column_builder *b, bool large, const struct ArrowArray *a) {
    int64_t *to = (int64_t *)(void *)b->values + b->count;
    int64_t base = (int64_t)b->bytes_len, first, last;
    if (large) {
        const int64_t *o = (const int64_t *)a->buffers[1] + a->offset;
        first = o[0], last = o[a->length];
        for (int64_t i = 1; i <= a->length; i++) to[i] = base + o[i] - first;
    } else {
        const int32_t *o = (const int32_t *)a->buffers[1] + a->offset;
        first = o[0], last = o[a->length];
        for (int64_t i = 1; i <= a->length; i++) to[i] = base + o[i] - first;
    }
    if (last > first) memcpy(b->bytes + b->bytes_len, (const char *)a->buffers[2] + first, (size_t)(last - first));
    b->bytes_len += (size_t)(last - first);
}

static size_t text_bytes(bool large, const struct ArrowArray *a) {
    if (large) {
        const int64_t *o = (const int64_t *)a->buffers[1] + a->offset;
        return (size_t)(o[a->length] - o[0]);
    }
    const int32_t *o = (const int32_t *)a->buffers[1] + a->offset;
    return (size_t)(o[a->length] - o[0]);
}

#define WIDEN(c_type, from)                                                                                            \
    do {                                                                                                               \
        const c_type *source = (const c_type *)(from) + a->offset;                                                     \
        for (int64_t i = 0; i < a->length; i++) to[i] = (int64_t)source[i];                                            \
    } while (0)

/* Integers of any width, dates and time stamps into 64 bits; time stamps and dates brought to our unit. */
static void append_integers(smap_column_builder *b, const char *format, const struct ArrowArray *a) {
    int64_t *to = (int64_t *)(void *)b->values + b->count;
    const void *from = a->buffers[1];
    int64_t multiply = 1, divide = 1;
    char width = format[0];
    if (strncmp(format, "td", 2) == 0) {
        width = format[2] == 'D' ? 'i' : 'l';
        divide = format[2] == 'm' ? SMAP__MS_PER_DAY : 1;
    } else if (strncmp(format, "ts", 2) == 0) {
        width = 'l';
        multiply = format[2] == 's' ? 1000 : 1;
        divide = format[2] == 'u' ? 1000 : format[2] == 'n' ? 1000000 : 1;
    }
    switch (width) {
    case 'c':
        WIDEN(int8_t, from);
        break;
    case 'C':
        WIDEN(uint8_t, from);
        break;
    case 's':
        WIDEN(int16_t, from);
        break;
    case 'S':
        WIDEN(uint16_t, from);
        break;
    case 'i':
        WIDEN(int32_t, from);
        break;
    case 'I':
        WIDEN(uint32_t, from);
        break;
    default:
        WIDEN(int64_t, from);
        break; /* 'L' above INT64_MAX does not come out of OGR */
    }
    if (multiply == 1 && divide == 1) return;
    for (int64_t i = 0; i < a->length; i++) {
        int64_t v = to[i] * multiply;
        to[i] = v / divide - (v % divide < 0);
    }
}

static void append_reals(smap_column_builder *b, char format, const struct ArrowArray *a) {
    double *to = (double *)(void *)b->values + b->count;
    if (format == 'g') {
        memcpy(to, (const double *)a->buffers[1] + a->offset, (size_t)a->length * sizeof *to);
        return;
    }
    const float *from = (const float *)a->buffers[1] + a->offset;
    for (int64_t i = 0; i < a->length; i++) to[i] = (double)from[i];
}

smap_status smap__arrow_append(smap_column_builder *b, const char *format, const struct ArrowArray *a,
                               smap_error *err) {
    smap_type type;
    if (!smap__arrow_type(format, &type) || type != b->type)
        return smap__fail(err, SMAP_E_INTERNAL, b->name, "column %s arrived with the unexpected type \"%s\"", b->name,
                          format);
    if (a->length == 0) return SMAP_OK;
    bool texts = smap__type_has_bytes(type), large = format[0] == 'U' || format[0] == 'Z';
    smap_status status = smap__builder_room(b, (size_t)a->length, texts ? text_bytes(large, a) : 0, err);
    if (status == SMAP_OK) status = append_nulls(b, a, err);
    if (status != SMAP_OK) return status;
    if (texts)
        append_texts(b, large, a);
    else if (type == SMAP_FLOAT64)
        append_reals(b, format[0], a);
    else if (type == SMAP_BOOL)
        for (int64_t i = 0; i < a->length; i++) b->values[b->count + (size_t)i] = bit(a->buffers[1], a->offset + i);
    else
        append_integers(b, format, a);
    b->count += (size_t)a->length;
    return SMAP_OK;
}
