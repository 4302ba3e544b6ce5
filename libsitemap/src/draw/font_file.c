#include "draw/font_file.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/alloc.h"
#include "base/byte_order.h"
#include "base/fail.h"
#include "base/file.h"

enum {
    LARGEST = 64 << 20, /* those of all Chinese characters have half of it */
    MOST_FONTS = 64,    /* of a collection */
    RECORD = 16,        /* tag, checksum, offset, length */
    SUM_OF_FILE = 8     /* where the table "head" holds the sum of the whole file, which its own leaves out */
};

typedef struct font_file {
    const char *path;
    const unsigned char *data;
    size_t size;
    smap_error *err;
} font_file;

static smap_status damaged(const font_file *f, const char *what) {
    return smap__fail(f->err, SMAP_E_FORMAT, f->path,
                      "the font file %s is damaged (%s); install it again, or name another one in fonts.json", f->path,
                      what);
}

static bool fits(const font_file *f, size_t at, size_t len) {
    return at <= f->size && len <= f->size - at;
}

/* The last word is filled up with zeros. */
static uint32_t sum_of(const unsigned char *table, size_t len, bool is_head) {
    uint32_t sum = 0;
    for (size_t at = 0; at < len; at += 4) {
        unsigned char word[4] = { 0 };
        if (is_head && at == SUM_OF_FILE) continue;
        memcpy(word, table + at, len - at < 4 ? len - at : 4);
        sum += smap__be32(word);
    }
    return sum;
}

static smap_status check_table(const font_file *f, const unsigned char *record) {
    size_t at = smap__be32(record + 8), len = smap__be32(record + 12);
    if (!fits(f, at, len)) return damaged(f, "it is cut short");
    if (sum_of(f->data + at, len, memcmp(record, "head", 4) == 0) != smap__be32(record + 4))
        return damaged(f, "the checksum of a part of it is wrong");
    return SMAP_OK;
}

static bool has_table(const unsigned char *record, size_t tables, const char *tag) {
    for (size_t i = 0; i < tables; i++)
        if (memcmp(record + i * RECORD, tag, 4) == 0) return true;
    return false;
}

static smap_status check_font(const font_file *f, size_t at) {
    static const char *const needed[] = { "cmap", "head", "hhea", "hmtx", "maxp", "name" };
    if (!fits(f, at, 12)) return damaged(f, "it is cut short");
    size_t tables = (size_t)f->data[at + 4] << 8 | f->data[at + 5];
    const unsigned char *record = f->data + at + 12;
    if (!fits(f, at + 12, tables * RECORD)) return damaged(f, "it is cut short");
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (!has_table(record, tables, needed[i])) return damaged(f, "a part of it is missing");
    smap_status status = SMAP_OK;
    for (size_t i = 0; i < tables && status == SMAP_OK; i++) status = check_table(f, record + i * RECORD);
    return status;
}

static smap_status check(const font_file *f) {
    static const char *const kinds[] = { "\0\1\0\0", "OTTO", "true" };
    if (f->size >= 12 && memcmp(f->data, "ttcf", 4) == 0) {
        size_t fonts = smap__be32(f->data + 8);
        smap_status status = SMAP_OK;
        if (fonts == 0 || fonts > MOST_FONTS || !fits(f, 12, fonts * 4)) return damaged(f, "it is cut short");
        for (size_t i = 0; i < fonts && status == SMAP_OK; i++)
            status = check_font(f, smap__be32(f->data + 12 + i * 4));
        return status;
    }
    for (size_t i = 0; f->size >= 4 && i < sizeof kinds / sizeof *kinds; i++)
        if (memcmp(f->data, kinds[i], 4) == 0) return check_font(f, 0);
    return smap__fail(f->err, SMAP_E_FORMAT, f->path,
                      "%s, which fonts.json names, is not a TrueType or OpenType font; install it again, or name "
                      "another file there",
                      f->path);
}

smap_status smap__font_file_check(const char *path, smap_error *err) {
    char *data = NULL;
    size_t size = 0;
    smap_status status = smap__file_read(path, LARGEST, &data, &size, err);
    if (status != SMAP_OK) return status;
    status = check(&(font_file){ path, (const unsigned char *)data, size, err });
    smap__free(data);
    return status;
}
