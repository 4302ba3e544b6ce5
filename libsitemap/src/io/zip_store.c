/* APPNOTE.TXT 6.3: local header, bytes, central directory, end. */
#include "io/zip_store.h"

#include <string.h>

#include <cpl_string.h>
#include <cpl_vsi.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "io/budget.h"
#include "io/gdal_guard.h"

/* CRC-32 of ISO 3309, reflected, bit by bit: projects are small. */
static uint32_t crc32_of(const unsigned char *bytes, size_t len) {
    static const uint32_t polynomial = 0xEDB88320;
    uint32_t crc = 0xFFFFFFFF;
    for (size_t i = 0; i < len; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++) crc = crc >> 1 ^ (crc & 1 ? polynomial : 0);
    }
    return ~crc;
}

static void put_le(smap__str *out, uint32_t value, int bytes) {
    for (int i = 0; i < bytes; i++) smap__str_put_char(out, (char)(value >> 8 * i & 0xFF));
}

/* What the local header and the directory say alike: version 2.0, names in UTF-8, stored, 1980-01-01, sizes. */
static void put_facts(smap__str *out, const char *name, uint32_t crc, size_t len) {
    enum { VERSION = 20, UTF8 = 1 << 11, STORED = 0, MIDNIGHT = 0, FIRST_DAY = 1 << 5 | 1 };
    put_le(out, VERSION, 2);
    put_le(out, UTF8, 2);
    put_le(out, STORED, 2);
    put_le(out, MIDNIGHT, 2);
    put_le(out, FIRST_DAY, 2);
    put_le(out, crc, 4);
    put_le(out, (uint32_t)len, 4);
    put_le(out, (uint32_t)len, 4);
    put_le(out, (uint32_t)strlen(name), 2);
    put_le(out, 0, 2); /* no extra field */
}

static void put_record(smap__str *out, const smap__zip_entry *entry, uint32_t crc, size_t local) {
    enum { VERSION = 20 };
    smap__str_put_n(out, "PK\1\2", 4);
    put_le(out, VERSION, 2);
    put_facts(out, entry->name, crc, entry->len);
    put_le(out, 0, 2); /* no comment */
    put_le(out, 0, 2); /* disk */
    put_le(out, 0, 2); /* attributes */
    put_le(out, 0, 4);
    put_le(out, (uint32_t)local, 4); /* where the local header is */
    smap__str_put(out, entry->name);
}

void smap__zip_store(smap__str *out, const smap__zip_entry *entry, int entries) {
    smap__str directory = SMAP__STR_INIT;
    size_t start = out->len;
    for (int i = 0; i < entries; i++) {
        size_t local = out->len - start;
        uint32_t crc = crc32_of(entry[i].bytes, entry[i].len);
        if (entry[i].len > UINT32_MAX / 2 || local > UINT32_MAX / 2) out->failed = true;
        smap__str_put_n(out, "PK\3\4", 4);
        put_facts(out, entry[i].name, crc, entry[i].len);
        smap__str_put(out, entry[i].name);
        smap__str_put_n(out, entry[i].bytes, entry[i].len);
        put_record(&directory, &entry[i], crc, local);
    }
    size_t at = out->len - start;
    smap__str_put_n(out, directory.data ? directory.data : "", directory.len);
    smap__str_put_n(out, "PK\5\6", 4);
    put_le(out, 0, 4);
    put_le(out, (uint32_t)entries, 2);
    put_le(out, (uint32_t)entries, 2);
    put_le(out, (uint32_t)directory.len, 4);
    put_le(out, (uint32_t)at, 4);
    put_le(out, 0, 2);
    out->failed = out->failed || directory.failed;
    smap__str_release(&directory);
}

/* ---- reading ---- */

static char *read_whole(VSILFILE *file, size_t *len, bool *no_memory) {
    if (VSIFSeekL(file, 0, SEEK_END) != 0) return NULL;
    uint64_t size = VSIFTellL(file);
    if (size > (uint64_t)SMAP__BUDGET_TEXT_BYTES || VSIFSeekL(file, 0, SEEK_SET) != 0) return NULL;
    char *buffer = smap__alloc((size_t)size + 1);
    *no_memory = !buffer;
    if (buffer && VSIFReadL(buffer, 1, (size_t)size, file) != (size_t)size) {
        smap__free(buffer);
        buffer = NULL;
    }
    if (buffer) buffer[size] = '\0';
    *len = (size_t)size;
    return buffer;
}

static char *read_entry(const char *folder, const char *entry, size_t *len, bool *no_memory) {
    smap__str path = SMAP__STR_INIT;
    smap__str_printf(&path, "%s/%s", folder, entry);
    *no_memory = path.failed;
    VSILFILE *file = path.failed ? NULL : VSIFOpenL(path.data, "rb");
    char *bytes = file ? read_whole(file, len, no_memory) : NULL;
    if (file) VSIFCloseL(file);
    smap__str_release(&path);
    return bytes;
}

smap_status smap__zip_first(const char *shown, const void *zip, size_t zip_len, char **bytes, size_t *len,
                            smap_error *err) {
    static const char path[] = "/vsimem/sitemap_project.zip", folder[] = "/vsizip//vsimem/sitemap_project.zip";
    smap__gdal_guard guard;
    bool no_memory = false;
    char *found = NULL;
    smap_status status = smap__gdal_start(err);
    if (status != SMAP_OK) return status;
    smap__gdal_guard_begin(&guard);
    /* The bytes are only read, and stay ours. */
    VSILFILE *file = VSIFileFromMemBuffer(path, (GByte *)(uintptr_t)zip, zip_len, FALSE);
    if (file) {
        VSIFCloseL(file);
        char **entries = VSIReadDir(folder);
        if (entries && entries[0]) found = read_entry(folder, entries[0], len, &no_memory);
        CSLDestroy(entries);
        VSIUnlink(path);
    }
    smap__gdal_guard_end(&guard);
    if (found) *bytes = found;
    if (found) return SMAP_OK;
    if (no_memory) return smap__fail_memory(err);
    return smap__fail(err, SMAP_E_FORMAT, shown, "%s: its QGIS project cannot be unpacked; publish the file anew",
                      shown);
}
