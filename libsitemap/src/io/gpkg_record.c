#include "io/gpkg_record.h"

#include <string.h>

#include "base/alloc.h"

void smap__record_release(smap__record *record) {
    smap__free(record->bytes);
    smap__free(record->head);
    smap__free(record->body);
    *record = (smap__record){ 0 };
}

void smap__record_begin(smap__record *record) {
    record->size = record->head_size = record->body_size = 0;
}

int smap__put_varint(unsigned char *to, uint64_t value) {
    unsigned char back[SMAP__VARINT_MOST];
    int count = 0;
    if (value >> 56) {
        to[8] = (unsigned char)value;
        value >>= 8;
        for (int k = 7; k >= 0; k--, value >>= 7) to[k] = (unsigned char)(value | 0x80);
        return SMAP__VARINT_MOST;
    }
    do {
        back[count++] = (unsigned char)(value & 0x7f);
        value >>= 7;
    } while (value);
    for (int k = 0; k < count; k++) to[k] = (unsigned char)(back[count - 1 - k] | (k + 1 < count ? 0x80 : 0));
    return count;
}

/* The kind of a value, and room for the value itself. */
static unsigned char *add(smap__record *r, uint64_t kind, size_t size) {
    if (r->failed || !smap__grow(&r->head, &r->head_capacity, r->head_size + SMAP__VARINT_MOST, 1) ||
        !smap__grow(&r->body, &r->body_capacity, r->body_size + size, 1)) {
        r->failed = true;
        return NULL;
    }
    r->head_size += (size_t)smap__put_varint(r->head + r->head_size, kind);
    r->body_size += size;
    return r->body + r->body_size - size;
}

void smap__record_null(smap__record *record) {
    (void)add(record, 0, 0);
}

static void add_big(smap__record *r, uint64_t kind, uint64_t value, int size) {
    unsigned char *to = add(r, kind, (size_t)size);
    for (int k = 0; to && k < size; k++) to[k] = (unsigned char)(value >> (8 * (size - 1 - k)));
}

/* In the fewest bytes; 0 and 1 in none. */
void smap__record_int(smap__record *record, int64_t value) {
    static const int sizes[] = { 1, 2, 3, 4, 6 };
    uint64_t magnitude = (uint64_t)(value < 0 ? ~value : value);
    if (value == 0 || value == 1) {
        (void)add(record, 8 + (uint64_t)value, 0);
        return;
    }
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++)
        if (magnitude >> (8 * sizes[k] - 1) == 0) {
            add_big(record, k + 1, (uint64_t)value, sizes[k]);
            return;
        }
    add_big(record, 6, (uint64_t)value, 8);
}

/* A whole number of less than 48 bits is kept as one. */
void smap__record_real(smap__record *record, double value) {
    uint64_t bits;
    if (value >= -0x1p47 && value < 0x1p47 && value == (double)(int64_t)value) {
        smap__record_int(record, (int64_t)value);
        return;
    }
    memcpy(&bits, &value, sizeof bits);
    add_big(record, 7, bits, 8);
}

void smap__record_text(smap__record *record, const char *text, size_t len) {
    unsigned char *to = add(record, 13 + 2 * (uint64_t)len, len);
    if (to && len) memcpy(to, text, len);
}

void smap__record_blob(smap__record *record, const void *bytes, size_t len) {
    unsigned char *to = add(record, 12 + 2 * (uint64_t)len, len);
    if (to && len) memcpy(to, bytes, len);
}

bool smap__record_finish(smap__record *record) {
    unsigned char size[SMAP__VARINT_MOST];
    /* the header counts its own size, which may make it a byte longer */
    int own = smap__put_varint(size, record->head_size + 1);
    while (smap__put_varint(size, record->head_size + (size_t)own) != own) own++;
    size_t whole = (size_t)own + record->head_size + record->body_size;
    if (record->failed || !smap__grow(&record->bytes, &record->capacity, whole, 1)) return false;
    memcpy(record->bytes, size, (size_t)own);
    if (record->head_size) memcpy(record->bytes + own, record->head, record->head_size);
    if (record->body_size) memcpy(record->bytes + (size_t)own + record->head_size, record->body, record->body_size);
    record->size = whole;
    return true;
}
