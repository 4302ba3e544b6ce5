/* APPNOTE.TXT 6.3: local header, bytes, central directory, end. */
#include "io/zip_store.h"

#include <stdio.h>
#include <string.h>

#include <cpl_string.h>
#include <cpl_vsi.h>
#include <zlib.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "io/gdal_guard.h"

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
        uint32_t crc = (uint32_t)crc32_z(0, entry[i].bytes, entry[i].len);
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

enum unpacked { UNPACKED, TOO_LARGE, NO_MEMORY, DAMAGED };

static enum unpacked read_whole(VSILFILE *file, size_t most, char **bytes, size_t *len) {
    if (VSIFSeekL(file, 0, SEEK_END) != 0) return DAMAGED;
    uint64_t size = VSIFTellL(file);
    if (size > most) return TOO_LARGE;
    if (VSIFSeekL(file, 0, SEEK_SET) != 0) return DAMAGED;
    char *buffer = smap__alloc((size_t)size + 1);
    if (!buffer) return NO_MEMORY;
    if (VSIFReadL(buffer, 1, (size_t)size, file) != (size_t)size) {
        smap__free(buffer);
        return DAMAGED;
    }
    buffer[size] = '\0';
    *bytes = buffer;
    *len = (size_t)size;
    return UNPACKED;
}

static enum unpacked read_entry(const char *folder, const char *entry, size_t most, char **bytes, size_t *len) {
    smap__str path = SMAP__STR_INIT;
    smap__str_printf(&path, "%s/%s", folder, entry);
    VSILFILE *file = path.failed ? NULL : VSIFOpenL(path.data, "rb");
    enum unpacked found = path.failed ? NO_MEMORY : file ? read_whole(file, most, bytes, len) : DAMAGED;
    if (file) VSIFCloseL(file);
    smap__str_release(&path);
    return found;
}

static enum unpacked read_first(const void *zip, size_t zip_len, size_t most, char **bytes, size_t *len) {
    static const char driver[] = "/vsizip/";
    char folder[64];
    /* Names of files in memory are GDAL's, common to all threads: this one is of this call alone. */
    snprintf(folder, sizeof folder, "%s/vsimem/sitemap_%p.zip", driver, (void *)folder);
    const char *path = folder + strlen(driver);
    /* The bytes are only read, and stay ours. */
    VSILFILE *file = VSIFileFromMemBuffer(path, (GByte *)(uintptr_t)zip, zip_len, FALSE);
    if (!file) return DAMAGED;
    VSIFCloseL(file);
    char **entries = VSIReadDirEx(folder, 1);
    enum unpacked found = entries && entries[0] ? read_entry(folder, entries[0], most, bytes, len) : DAMAGED;
    CSLDestroy(entries);
    VSIUnlink(path);
    return found;
}

smap_status smap__zip_first(const char *shown, const void *zip, size_t zip_len, size_t most, char **bytes, size_t *len,
                            smap_error *err) {
    smap__gdal_guard guard;
    smap_status status = smap__gdal_start(err);
    if (status != SMAP_OK) return status;
    smap__gdal_guard_begin(&guard);
    enum unpacked found = read_first(zip, zip_len, most, bytes, len);
    smap__gdal_guard_end(&guard);
    if (found == UNPACKED) return SMAP_OK;
    if (found == NO_MEMORY) return smap__fail_memory(err);
    if (found == TOO_LARGE)
        return smap__fail(err, SMAP_E_LIMIT, shown,
                          "%s: its QGIS project unpacks to more than %lld MB, which no project of a published file "
                          "does; publish the file anew",
                          shown, (long long)(most >> 20));
    return smap__fail(err, SMAP_E_FORMAT, shown, "%s: its QGIS project cannot be unpacked; publish the file anew",
                      shown);
}
