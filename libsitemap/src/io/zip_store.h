/* A .zip of stored entries: what a GeoPackage keeps a QGIS project in, and what KMZ and XLSX are. Stored, since the
 * bytes then depend on no library's version. */
#ifndef SMAP_IO_ZIP_STORE_H
#define SMAP_IO_ZIP_STORE_H

#include "base/str.h"
#include "sitemap/error.h"

typedef struct smap__zip_entry {
    const char *name;
    const void *bytes;
    size_t len;
} smap__zip_entry;

/* Append the archive; time stamps are those of 1980-01-01, the first day there is. */
void smap__zip_store(smap__str *out, const smap__zip_entry *entry, int entries);
/* The first entry of an archive in memory, whoever made it (QGIS deflates): its bytes, terminated; free with
 * smap__free. `shown` is what sentences call it. SMAP_E_LIMIT: it is larger than `most` bytes. */
smap_status smap__zip_first(const char *shown, const void *zip, size_t zip_len, size_t most, char **bytes, size_t *len,
                            smap_error *err);

#endif
