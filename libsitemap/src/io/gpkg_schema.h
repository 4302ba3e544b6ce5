/* The rules that the schema of a foreign GeoPackage must keep, as text: no SQLite in here. */
#ifndef SMAP_IO_GPKG_SCHEMA_H
#define SMAP_IO_GPKG_SCHEMA_H

#include "sitemap/error.h"

/* One row of sqlite_master; texts may be NULL. SMAP_E_REFUSED with a sentence if it is not allowed. */
smap_status smap__gpkg_schema_check(const char *shown, const char *type, const char *name, const char *table,
                                    const char *sql, smap_error *err);

#endif
