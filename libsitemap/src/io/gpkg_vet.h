/* Checking a GeoPackage before its rows are read: nothing in it may run code, reach another file or pass
 * for what it is not. Read-only; trusted_schema off, DEFENSIVE on, a time limit; immutable where the file is in WAL
 * mode and no -wal lies beside it, so that nothing is left behind and read-only folders work.
 *
 *     smap__gpkg_vet_open        header, schema: triggers, views, virtual tables, names
 *     smap__gpkg_vet_table       what the file says of its layers
 *     smap__gpkg_vet_start       quick_check of one table on a thread of its own, beside the reading
 *     smap__gpkg_vet_wait        its result: await it before the rows are handed out
 *
 * Closing any handle of a file drops the process's locks on it (POSIX), other than SQLite's own: nothing else may open
 * the file meanwhile. */
#ifndef SMAP_IO_GPKG_VET_H
#define SMAP_IO_GPKG_VET_H

#include <stdbool.h>
#include <stdint.h>

#include "sitemap/error.h"

struct sqlite3;
typedef struct smap__gpkg_vet smap__gpkg_vet;

typedef struct smap__gpkg_table {
    const char *name, *description;
    const char *geometry_column;                /* NULL for a table without geometry */
    const char *geometry;                       /* "Point", "MultiPolygon", "Geometry", "" for none */
    int64_t srs_id;                             /* 0 or -1: undefined */
    const char *crs_name;                       /* as the file writes it, "" if undefined */
    const char *crs_authority, *crs_definition; /* "EPSG:4326" and WKT, "" where the file says nothing */
    int columns;
    int64_t stated_rows;  /* of gpkg_ogr_contents, -1 if it says nothing */
    int64_t indexed_rows; /* rows in the R-tree, -1 if there is none; known after a check */
} smap__gpkg_table;

/* `path` is absolute, `shown` is how sentences name it. */
smap_status smap__gpkg_vet_open(const char *path, const char *shown, smap__gpkg_vet **out, smap_error *err);
void smap__gpkg_vet_close(smap__gpkg_vet *vet); /* waits for a running check */
/* Another connection of the same kind, in a read transaction; sqlite3_close it. *stamp changes when the file is written
 * to, so that two connections with one stamp see the same rows; 0 where that cannot be told (write-ahead logging). */
smap_status smap__gpkg_vet_connect(const smap__gpkg_vet *vet, struct sqlite3 **out, uint32_t *stamp, smap_error *err);
bool smap__gpkg_vet_has_table(smap__gpkg_vet *vet, const char *name); /* not while a check runs */
int smap__gpkg_vet_tables(const smap__gpkg_vet *vet);
const smap__gpkg_table *smap__gpkg_vet_table(const smap__gpkg_vet *vet, int index);
smap_status smap__gpkg_vet_count(smap__gpkg_vet *vet, const char *table, int64_t *rows, smap_error *err);
/* Does the R-tree of a layer hold as many rows as the file states, and is there a trigger that keeps it so? Not while a
 * check runs. */
bool smap__gpkg_vet_is_indexed(smap__gpkg_vet *vet, int table);
smap_status smap__gpkg_vet_start(smap__gpkg_vet *vet, int table, smap_error *err);
smap_status smap__gpkg_vet_wait(smap__gpkg_vet *vet, smap_error *err);

#endif
