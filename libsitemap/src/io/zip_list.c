/* The central directory of a .zip, read and judged by ourselves before GDAL unpacks anything of it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/str.h"
#include "io/budget.h"
#include "io/encoding.h"
#include "io/reader.h"

enum {
    END_SIZE = 22,
    END64_SIZE = 56,
    LOCATOR_SIZE = 20,
    ENTRY_SIZE = 46,
    LOCAL_SIZE = 30,
    COMMENT_LIMIT = 65535,
    DIRECTORY_LIMIT = 64 << 20,
    MADE_BY_UNIX = 3,
    FLAG_ENCRYPTED = 1,
    FLAG_UTF8 = 1 << 11
};

typedef struct archive {
    const char *shown;
    FILE *file;
    int64_t size;
    smap__arena *arena;
    unsigned char *directory;
    int64_t directory_size, directory_at, count;
} archive;

typedef struct record {
    int64_t packed, unpacked, offset;
    int flags, method;
    uint32_t mode; /* of Unix, 0 if unknown */
    const char *name;
} record;

static uint64_t le(const unsigned char *b, int bytes) {
    uint64_t value = 0;
    for (int i = bytes - 1; i >= 0; i--) value = value << 8 | b[i];
    return value;
}

static smap_status damaged(const archive *a, const char *what, smap_error *err) {
    return smap__fail(err, SMAP_E_FORMAT, a->shown, "%s: is no sound .zip archive (%s); copy or download it again",
                      a->shown, what);
}

static bool read_at(const archive *a, int64_t at, void *buffer, size_t size) {
    return at >= 0 && at + (int64_t)size <= a->size && fseeko(a->file, (off_t)at, SEEK_SET) == 0 &&
           fread(buffer, 1, size, a->file) == size;
}

/* The 64 bit end record, where the 32 bit one at `end_at` is full. */
static smap_status read_end64(archive *a, int64_t end_at, smap_error *err) {
    unsigned char locator[LOCATOR_SIZE], end[END64_SIZE];
    if (!read_at(a, end_at - LOCATOR_SIZE, locator, sizeof locator) || le(locator, 4) != 0x07064b50)
        return damaged(a, "its end record is missing", err);
    if (!read_at(a, (int64_t)(le(locator + 8, 8) & INT64_MAX), end, sizeof end) || le(end, 4) != 0x06064b50)
        return damaged(a, "its end record is missing", err);
    a->count = (int64_t)(le(end + 32, 8) & INT64_MAX);
    a->directory_size = (int64_t)(le(end + 40, 8) & INT64_MAX);
    a->directory_at = (int64_t)(le(end + 48, 8) & INT64_MAX);
    return SMAP_OK;
}

/* The end record stands before a comment of at most 65535 bytes; the one whose comment reaches the file's end is meant.
 */
static smap_status find_end(archive *a, smap_error *err) {
    int64_t tail = a->size < END_SIZE + COMMENT_LIMIT ? a->size : END_SIZE + COMMENT_LIMIT;
    unsigned char *bytes = smap__alloc((size_t)tail + 1);
    if (!bytes) return smap__fail_memory(err);
    int64_t found = -1;
    if (read_at(a, a->size - tail, bytes, (size_t)tail))
        for (int64_t i = tail - END_SIZE; i >= 0 && found < 0; i--)
            if (le(bytes + i, 4) == 0x06054b50 && i + END_SIZE + (int64_t)le(bytes + i + 20, 2) == tail) found = i;
    bool full = false;
    if (found >= 0) {
        const unsigned char *end = bytes + found;
        a->count = (int64_t)le(end + 10, 2);
        a->directory_size = (int64_t)le(end + 12, 4);
        a->directory_at = (int64_t)le(end + 16, 4);
        full = a->count == 0xFFFF || a->directory_size == 0xFFFFFFFF || a->directory_at == 0xFFFFFFFF;
    }
    smap__free(bytes);
    if (found < 0) return damaged(a, "its end record is missing", err);
    return full ? read_end64(a, a->size - tail + found, err) : SMAP_OK;
}

static smap_status load_directory(archive *a, smap_error *err) {
    smap_status status = find_end(a, err);
    if (status != SMAP_OK) return status;
    if (a->count > SMAP__BUDGET_ZIP_ENTRIES)
        return smap__fail(err, SMAP_E_LIMIT, a->shown, "%s: holds %lld files, more than the %d that are looked at",
                          a->shown, (long long)a->count, SMAP__BUDGET_ZIP_ENTRIES);
    if (a->directory_size > DIRECTORY_LIMIT || a->directory_size > a->size)
        return damaged(a, "its directory is too large", err);
    a->directory = smap__alloc((size_t)a->directory_size + 1);
    if (!a->directory) return smap__fail_memory(err);
    return read_at(a, a->directory_at, a->directory, (size_t)a->directory_size)
               ? SMAP_OK
               : damaged(a, "its directory is missing", err);
}

/* The sizes and the offset that did not fit 32 bits stand in the extra field 1, in this order. */
static void read_extra64(record *r, const unsigned char *extra, size_t len) {
    for (size_t at = 0; at + 4 <= len;) {
        size_t size = (size_t)le(extra + at + 2, 2), from = at + 4;
        if (le(extra + at, 2) == 1 && from + size <= len) {
            int64_t *field[] = { &r->unpacked, &r->packed, &r->offset };
            for (size_t i = 0; i < 3; i++)
                if (*field[i] == 0xFFFFFFFF && size >= 8) {
                    *field[i] = (int64_t)(le(extra + from, 8) & INT64_MAX);
                    from += 8;
                    size -= 8;
                }
            return;
        }
        at = from + size;
    }
}

/* Names without the UTF-8 flag are in the code page 437; GDAL makes the same of them. */
static const char *decode_name(archive *a, const unsigned char *bytes, size_t len, bool utf8) {
    const char *name = (const char *)bytes;
    if (memchr(name, '\0', len)) return NULL;
    bool ascii = true;
    for (size_t i = 0; i < len; i++) ascii &= bytes[i] < 0x80;
    if (ascii || utf8) return smap__utf8_valid(name, len) ? smap__arena_strndup(a->arena, name, len) : NULL;
    char *text = NULL;
    size_t text_len;
    if (smap__encoding_decode(a->shown, "CP437", name, len, &text, &text_len, NULL) != SMAP_OK) return NULL;
    const char *kept = smap__arena_strdup(a->arena, text);
    smap__free(text);
    return kept;
}

static smap_status next_record(archive *a, int64_t *at, record *r, smap_error *err) {
    const unsigned char *b = a->directory + *at;
    if (a->directory_size - *at < ENTRY_SIZE || le(b, 4) != 0x02014b50)
        return damaged(a, "its directory is cut short", err);
    int64_t name = (int64_t)le(b + 28, 2), extra = (int64_t)le(b + 30, 2), comment = (int64_t)le(b + 32, 2);
    if (a->directory_size - *at - ENTRY_SIZE < name + extra + comment)
        return damaged(a, "its directory is cut short", err);
    *r = (record){ .packed = (int64_t)le(b + 20, 4),
                   .unpacked = (int64_t)le(b + 24, 4),
                   .offset = (int64_t)le(b + 42, 4),
                   .flags = (int)le(b + 8, 2),
                   .method = (int)le(b + 10, 2),
                   .mode = b[5] == MADE_BY_UNIX ? (uint32_t)le(b + 40, 2) : 0 };
    read_extra64(r, b + ENTRY_SIZE + name, (size_t)extra);
    r->name = decode_name(a, b + ENTRY_SIZE, (size_t)name, r->flags & FLAG_UTF8);
    if (!r->name) return damaged(a, "a file in it has a name that cannot be read", err);
    *at += ENTRY_SIZE + name + extra + comment;
    return SMAP_OK;
}

/* ---- rules ------------------------------------------------------------------------------------------------------ */

static bool leaves_folder(const char *name) {
    if (name[0] == '/' || strchr(name, '\\') || strchr(name, ':')) return true;
    for (const char *part = name; part; part = strchr(part, '/') ? strchr(part, '/') + 1 : NULL)
        if (strncmp(part, "..", 2) == 0 && (part[2] == '/' || part[2] == '\0')) return true;
    for (const char *c = name; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7F) return true;
    return name[0] == '\0';
}

static smap_status check_record(const archive *a, const record *r, int64_t total, smap_error *err) {
    if (leaves_folder(r->name))
        return smap__fail(
            err, SMAP_E_REFUSED, a->shown,
            "%s: holds a file named \"%s\", which would be unpacked outside of its folder; the archive is not read",
            a->shown, r->name);
    if (r->flags & FLAG_ENCRYPTED)
        return smap__fail(err, SMAP_E_REFUSED, a->shown, "%s: is encrypted; unpack it with its password first",
                          a->shown);
    if (S_ISLNK(r->mode))
        return smap__fail(err, SMAP_E_REFUSED, a->shown,
                          "%s: \"%s\" in it is a link to another file; the archive is not read", a->shown, r->name);
    if (r->unpacked > SMAP__BUDGET_ZIP_RATIO_FROM && r->unpacked / SMAP__BUDGET_ZIP_RATIO > r->packed)
        return smap__fail(
            err, SMAP_E_LIMIT, a->shown,
            "%s: \"%s\" in it would unpack to more than %d times its size, as archives made to do harm do; unpack it "
            "yourself if you trust it",
            a->shown, r->name, SMAP__BUDGET_ZIP_RATIO);
    if (total > SMAP__BUDGET_ZIP_BYTES)
        return smap__fail(err, SMAP_E_LIMIT, a->shown,
                          "%s: would unpack to more than %lld MB; unpack it yourself and read the files", a->shown,
                          (long long)(SMAP__BUDGET_ZIP_BYTES >> 20));
    if (r->offset + LOCAL_SIZE + r->packed > a->size) return damaged(a, "it is cut short", err);
    return SMAP_OK;
}

static int by_offset(const void *x, const void *y) {
    const record *a = x, *b = y;
    return a->offset < b->offset ? -1 : a->offset > b->offset;
}

static int by_name(const void *x, const void *y) {
    const record *a = x, *b = y;
    return strcmp(a->name, b->name);
}

/* Two files of one name, or over the same bytes: what is read would depend on the program. */
static smap_status check_together(const archive *a, record *r, smap_error *err) {
    qsort(r, (size_t)a->count, sizeof *r, by_offset);
    for (int64_t i = 1; i < a->count; i++)
        if (r[i - 1].offset + LOCAL_SIZE + r[i - 1].packed > r[i].offset)
            return smap__fail(err, SMAP_E_REFUSED, a->shown,
                              "%s: two files in it share the same bytes; the archive is not read", a->shown);
    qsort(r, (size_t)a->count, sizeof *r, by_name);
    for (int64_t i = 1; i < a->count; i++)
        if (strcmp(r[i - 1].name, r[i].name) == 0)
            return smap__fail(err, SMAP_E_REFUSED, a->shown,
                              "%s: holds two files named \"%s\"; the archive is not read", a->shown, r[i].name);
    return SMAP_OK;
}

static smap_status list(archive *a, smap__zip_entry **entries, int *count, smap_error *err) {
    smap_status status = SMAP_OK;
    int64_t at = 0, total = 0;
    record *r = NULL;
    SMAP_TRY(load_directory(a, err), done);
    r = smap__zalloc((size_t)a->count + 1, sizeof *r);
    *entries = smap__arena_alloc(a->arena, ((size_t)a->count + 1) * sizeof **entries);
    if (!r || !*entries) {
        status = smap__fail_memory(err);
        goto done;
    }
    for (int64_t i = 0; i < a->count; i++) {
        SMAP_TRY(next_record(a, &at, &r[i], err), done);
        total += r[i].unpacked < SMAP__BUDGET_ZIP_BYTES ? r[i].unpacked : SMAP__BUDGET_ZIP_BYTES + 1;
        SMAP_TRY(check_record(a, &r[i], total, err), done);
    }
    SMAP_TRY(check_together(a, r, err), done);
    *count = 0;
    for (int64_t i = 0; i < a->count; i++)
        if (r[i].name[strlen(r[i].name) - 1] != '/')
            (*entries)[(*count)++] = (smap__zip_entry){ r[i].name, r[i].unpacked };
done:
    smap__free(r);
    return status;
}

smap_status smap__zip_list(const char *path, const char *shown, smap__arena *arena, smap__zip_entry **entries,
                           int *count, smap_error *err) {
    archive a = { .shown = shown, .arena = arena };
    struct stat found;
    if (strpbrk(path, "{}"))
        return smap__fail(err, SMAP_E_REFUSED, shown, "%s: the path of an archive may not hold { or }; rename it",
                          shown);
    a.file = fopen(path, "rb");
    if (!a.file || fstat(fileno(a.file), &found) != 0) {
        if (a.file) fclose(a.file);
        return smap__fail(err, SMAP_E_IO, shown, "%s: cannot be opened for reading", shown);
    }
    a.size = (int64_t)found.st_size;
    smap_status status = list(&a, entries, count, err);
    fclose(a.file);
    smap__free(a.directory);
    return status;
}
