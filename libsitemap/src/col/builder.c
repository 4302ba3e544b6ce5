#include "col/builder.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/str.h"
#include "col/column.h"

smap_status smap_column_builder_new(const char *name, smap_type type, smap_column_builder **out, smap_error *err) {
    smap_column_builder *b = smap__zalloc(1, sizeof *b);
    char *copy = smap__strdup(name);
    if (!b || !copy) {
        smap__free(b);
        smap__free(copy);
        return smap__fail_memory(err);
    }
    b->name = copy;
    b->type = type;
    *out = b;
    return SMAP_OK;
}

static void drop_contents(smap_column_builder *b) {
    smap__free(b->values);
    smap__free(b->bytes);
    smap__free(b->validity);
    *b = (smap_column_builder){ .name = b->name, .type = b->type };
}

void smap_column_builder_free(smap_column_builder *builder) {
    if (!builder) return;
    drop_contents(builder);
    smap__free(builder->name);
    smap__free(builder);
}

int64_t smap_column_builder_count(const smap_column_builder *builder) {
    return (int64_t)builder->count;
}

static smap_status grow(smap_column_builder *b, size_t rows, size_t bytes, smap_error *err) {
    size_t extra = smap__type_has_bytes(b->type) ? 1 : 0;
    bool fresh = !b->values;
    if (!smap__grow(&b->values, &b->values_capacity, b->count + rows + extra, smap__type_width(b->type)) ||
        (extra && !smap__grow(&b->bytes, &b->bytes_capacity, b->bytes_len + bytes + 1, 1)))
        return smap__fail_memory(err);
    if (fresh && extra) memset(b->values, 0, sizeof(int64_t));
    if (b->validity) {
        size_t had = b->validity_capacity;
        if (!smap__grow(&b->validity, &b->validity_capacity, (b->count + rows + 7) / 8, 1))
            return smap__fail_memory(err);
        memset(b->validity + had, 0xFF, b->validity_capacity - had);
    }
    return SMAP_OK;
}

/* Called for every cell: there nearly always is room. */
static inline smap_status make_room(smap_column_builder *b, size_t rows, size_t bytes, smap_error *err) {
    size_t count = b->count + rows;
    bool enough = count < b->values_capacity && (!b->validity || count <= b->validity_capacity * 8) &&
                  (!smap__type_has_bytes(b->type) || b->bytes_len + bytes < b->bytes_capacity);
    return enough ? SMAP_OK : grow(b, rows, bytes, err);
}

smap_status smap__builder_room(smap_column_builder *b, size_t rows, size_t bytes, smap_error *err) {
    return make_room(b, rows, bytes, err);
}

smap_status smap_column_builder_reserve(smap_column_builder *b, int64_t rows, int64_t bytes, smap_error *err) {
    if (rows < 0 || bytes < 0) return smap__fail(err, SMAP_E_ARGUMENT, b->name, "a negative number of rows");
    return smap__builder_room(b, (size_t)rows, (size_t)bytes, err);
}

smap_status smap__builder_mark_null(smap_column_builder *b, size_t row, smap_error *err) {
    size_t rows = row + 1 > b->count ? row + 1 : b->count, had = b->validity_capacity;
    if ((rows + 7) / 8 > had) {
        if (!smap__grow(&b->validity, &b->validity_capacity, (rows + 7) / 8, 1)) return smap__fail_memory(err);
        memset(b->validity + had, 0xFF, b->validity_capacity - had);
    }
    b->validity[row >> 3] &= (uint8_t) ~(1U << (row & 7));
    b->null_count++;
    return SMAP_OK;
}

static int64_t *offsets_of(smap_column_builder *b) {
    return (int64_t *)(void *)b->values;
}

smap_status smap_column_append_null(smap_column_builder *b, smap_error *err) {
    smap_status status = make_room(b, 1, 0, err);
    if (status == SMAP_OK) status = smap__builder_mark_null(b, b->count, err);
    if (status != SMAP_OK) return status;
    if (smap__type_has_bytes(b->type))
        offsets_of(b)[b->count + 1] = (int64_t)b->bytes_len;
    else
        memset(b->values + b->count * smap__type_width(b->type), 0, smap__type_width(b->type));
    b->count++;
    return SMAP_OK;
}

static smap_status wrong_type(const smap_column_builder *b, const char *given, smap_error *err) {
    return smap__fail(err, SMAP_E_ARGUMENT, b->name, "column %s holds %s, not %s", b->name, smap__type_name(b->type),
                      given);
}

smap_status smap_column_append_int(smap_column_builder *b, int64_t value, smap_error *err) {
    if (b->type == SMAP_FLOAT64 || smap__type_has_bytes(b->type)) return wrong_type(b, "an integer", err);
    smap_status status = make_room(b, 1, 0, err);
    if (status != SMAP_OK) return status;
    if (b->type == SMAP_BOOL)
        b->values[b->count] = value != 0;
    else
        memcpy(b->values + b->count * sizeof value, &value, sizeof value);
    b->count++;
    return SMAP_OK;
}

smap_status smap_column_append_real(smap_column_builder *b, double value, smap_error *err) {
    if (b->type != SMAP_FLOAT64) return wrong_type(b, "a number", err);
    smap_status status = make_room(b, 1, 0, err);
    if (status != SMAP_OK) return status;
    memcpy(b->values + b->count * sizeof value, &value, sizeof value);
    b->count++;
    return SMAP_OK;
}

smap_status smap_column_append_text(smap_column_builder *b, const char *text, size_t len, smap_error *err) {
    if (!smap__type_has_bytes(b->type)) return wrong_type(b, "text", err);
    if (!text) return smap_column_append_null(b, err);
    smap_status status = make_room(b, 1, len, err);
    if (status != SMAP_OK) return status;
    if (len) memcpy(b->bytes + b->bytes_len, text, len);
    b->bytes_len += len;
    offsets_of(b)[++b->count] = (int64_t)b->bytes_len;
    return SMAP_OK;
}

/* ---- whole builders --------------------------------------------------------------------------------------------- */

static smap_status join_nulls(smap_column_builder *b, const smap_column_builder *from, smap_error *err) {
    for (size_t byte = 0; from->null_count && byte < (from->count + 7) / 8; byte++)
        for (unsigned null = (uint8_t)~from->validity[byte]; null; null &= null - 1) {
            smap_status status = smap__builder_mark_null(b, b->count + byte * 8 + (size_t)__builtin_ctz(null), err);
            if (status != SMAP_OK) return status;
        }
    return SMAP_OK;
}

smap_status smap__builder_join(smap_column_builder *b, const smap_column_builder *from, smap_error *err) {
    size_t width = smap__type_width(b->type);
    smap_status status = make_room(b, from->count, from->bytes_len, err);
    if (status == SMAP_OK) status = join_nulls(b, from, err);
    if (status != SMAP_OK || !from->count) return status;
    if (smap__type_has_bytes(b->type)) {
        int64_t *to = offsets_of(b) + b->count + 1, base = (int64_t)b->bytes_len;
        const int64_t *ends = (const int64_t *)(const void *)from->values + 1;
        for (size_t i = 0; i < from->count; i++) to[i] = base + ends[i];
        memcpy(b->bytes + b->bytes_len, from->bytes, from->bytes_len);
        b->bytes_len += from->bytes_len;
    } else {
        memcpy(b->values + b->count * width, from->values, from->count * width);
    }
    b->count += from->count;
    return SMAP_OK;
}

smap_status smap__builder_append_rows(smap_column_builder *b, const smap_column *from, int64_t first, int64_t end,
                                      smap_error *err) {
    bool texts = smap__type_has_bytes(b->type);
    size_t width = smap__type_width(b->type), count = (size_t)(end - first);
    int64_t start = texts ? from->v.offsets[first] : 0, stop = texts ? from->v.offsets[end] : 0;
    smap_status status = make_room(b, count, (size_t)(stop - start), err);
    for (int64_t row = first; row < end && from->null_count && status == SMAP_OK; row++)
        if (smap_column_is_null(from, row)) status = smap__builder_mark_null(b, b->count + (size_t)(row - first), err);
    if (status != SMAP_OK || count == 0) return status;
    if (texts) {
        int64_t *to = offsets_of(b) + b->count + 1, base = (int64_t)b->bytes_len - start;
        for (size_t i = 0; i < count; i++) to[i] = base + from->v.offsets[(size_t)first + i + 1];
        if (stop > start) memcpy(b->bytes + b->bytes_len, from->bytes + start, (size_t)(stop - start));
        b->bytes_len += (size_t)(stop - start);
    } else {
        memcpy(b->values + b->count * width, (const char *)from->v.b + (size_t)first * width, count * width);
    }
    b->count += count;
    return SMAP_OK;
}

void smap__builder_clear(smap_column_builder *b) {
    if (b->null_count) memset(b->validity, 0xFF, b->validity_capacity);
    b->count = 0;
    b->bytes_len = 0;
    b->null_count = 0;
}

size_t smap__builder_bytes(const smap_column_builder *b) {
    return b->count * smap__type_width(b->type) + b->bytes_len;
}

/* ---- finishing -------------------------------------------------------------------------------------------------- */

/* Text that is valid as one run can still be broken at a cell's border: a cell may not start inside a character. */
static smap_status check_text(const smap_column_builder *b, smap_error *err) {
    const int64_t *offsets = (const int64_t *)(const void *)b->values;
    if (b->type != SMAP_TEXT || b->count == 0) return SMAP_OK;
    bool whole = smap__utf8_valid(b->bytes, b->bytes_len);
    for (size_t i = 0; i < b->count; i++) {
        size_t from = (size_t)offsets[i], to = (size_t)offsets[i + 1];
        bool ok = whole ? from == to || ((unsigned char)b->bytes[from] & 0xC0) != 0x80
                        : smap__utf8_valid(b->bytes + from, to - from);
        if (!ok)
            return smap__fail_row(err, SMAP_E_FORMAT, b->name, (int64_t)i + 1,
                                  "column %s holds text that is not valid UTF-8 (row %zu); name its encoding, for "
                                  "example --encoding CP1256",
                                  b->name, i + 1);
    }
    return SMAP_OK;
}

smap_status smap_column_builder_finish(smap_column_builder *b, const smap_column **out, smap_error *err) {
    smap_status status = make_room(b, 0, 0, err);
    if (status == SMAP_OK) status = check_text(b, err);
    if (status != SMAP_OK) return status;
    status = smap__column_wrap(b->name, b->type, (int64_t)b->count, b->null_count, b->values, b->bytes, b->validity,
                               out, err);
    if (status != SMAP_OK) return status;
    b->values = NULL;
    b->bytes = NULL;
    b->validity = NULL;
    drop_contents(b);
    return SMAP_OK;
}
