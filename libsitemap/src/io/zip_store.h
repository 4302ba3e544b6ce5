/* A .zip with one stored entry: what a GeoPackage keeps a QGIS project in. Stored, since whoever opens it inflates
 * nothing then, and the bytes depend on no library's version. */
#ifndef SMAP_IO_ZIP_STORE_H
#define SMAP_IO_ZIP_STORE_H

#include "base/str.h"
#include "sitemap/error.h"

/* Append the archive; its time stamp is that of 1980-01-01, the first there is. */
void smap__zip_store(smap__str *out, const char *name, const void *bytes, size_t len);
/* The first entry of an archive in memory, whoever made it (QGIS deflates): its bytes, terminated; free with
 * smap__free. `shown` is what sentences call it. */
smap_status smap__zip_first(const char *shown, const void *zip, size_t zip_len, char **bytes, size_t *len,
                            smap_error *err);

#endif
