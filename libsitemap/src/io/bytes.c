/* A member's bytes, whole. */
#include <string.h>

#include <cpl_vsi.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/file.h"
#include "io/budget.h"
#include "io/gdal_guard.h"
#include "io/reader.h"

/* From inside a .zip, whose size is stated by the archive and need not be true: one byte more is asked for. */
static smap_status read_zipped(const smap__member *member, char **bytes, size_t *len, smap_error *err) {
    smap__gdal_guard guard;
    smap_status status = smap__gdal_start(err);
    if (status != SMAP_OK) return status;
    size_t size = (size_t)member->size;
    char *buffer = smap__alloc(size + 2);
    if (!buffer) return smap__fail_memory(err);
    smap__gdal_guard_begin(&guard);
    VSILFILE *file = VSIFOpenL(member->path, "rb");
    size_t got = file ? VSIFReadL(buffer, 1, size + 1, file) : 0;
    if (file) VSIFCloseL(file);
    smap__gdal_guard_end(&guard);
    if (!file || got != size || guard.failures) {
        smap__free(buffer);
        return smap__fail(err, SMAP_E_FORMAT, member->shown, "%s: cannot be unpacked: the archive is damaged",
                          member->shown);
    }
    buffer[size] = '\0';
    *bytes = buffer;
    *len = size;
    return SMAP_OK;
}

smap_status smap__member_bytes(const smap__member *member, char **bytes, size_t *len, smap_error *err) {
    if (member->size > SMAP__BUDGET_TEXT_BYTES)
        return smap__fail(err, SMAP_E_LIMIT, member->shown,
                          "%s: is larger than the %lld MB that are read of such a file", member->shown,
                          (long long)(SMAP__BUDGET_TEXT_BYTES >> 20));
    if (strncmp(member->path, "/vsi", 4) == 0) return read_zipped(member, bytes, len, err);
    return smap__file_read(member->path, (size_t)SMAP__BUDGET_TEXT_BYTES, bytes, len, err);
}
