/* Checking a GeoPackage with plain SQLite before GDAL sees it: nothing in it may run code, reach another file or pass
 * for what it is not. Read-only; trusted_schema off, DEFENSIVE on, a time limit; immutable where the file is in WAL
 * mode and no -wal lies beside it, so that nothing is left behind and read-only folders work.
 *
 *     smap__gpkg_vet_open        header, schema: triggers, views, virtual tables, names (before GDALOpenEx)
 *     smap__gpkg_vet_table       what the file says of its layers
 *     smap__gpkg_vet_start       quick_check of one table on a thread of its own, beside the reading
 *     smap__gpkg_vet_wait        its result: await it before the rows are handed out
 *
 * Close GDAL's dataset first, the vet after it: closing any handle of a file drops the process's locks on it. */
#ifndef SMAP_IO_GPKG_VET_H
#define SMAP_IO_GPKG_VET_H

#include <stdbool.h>
#include <stdint.h>

#include "sitemap/error.h"

typedef struct smap__gpkg_vet smap__gpkg_vet;

typedef struct smap__gpkg_table {
    const char *name, *description;
    const char *geometry_column; /* NULL for a table without geometry */
    const char *geometry;        /* "Point", "MultiPolygon", "Geometry", "" for none */
    int64_t srs_id;              /* 0 or -1: undefined */
    const char *crs_name;        /* as the file writes it, "" if undefined */
    int columns;
    int64_t stated_rows;  /* of gpkg_ogr_contents, -1 if it says nothing */
    int64_t indexed_rows; /* rows in the R-tree, -1 if there is none; known after a check */
} smap__gpkg_table;

/* `path` is absolute, `shown` is how sentences name it. */
smap_status smap__gpkg_vet_open(const char *path, const char *shown, smap__gpkg_vet **out, smap_error *err);
void smap__gpkg_vet_close(smap__gpkg_vet *vet);         /* waits for a running check */
struct sqlite3 *smap__gpkg_vet_db(smap__gpkg_vet *vet); /* not while a check runs */
bool smap__gpkg_vet_immutable(const smap__gpkg_vet *vet);
int smap__gpkg_vet_tables(const smap__gpkg_vet *vet);
const smap__gpkg_table *smap__gpkg_vet_table(const smap__gpkg_vet *vet, int index);
smap_status smap__gpkg_vet_count(smap__gpkg_vet *vet, const char *table, int64_t *rows, smap_error *err);
smap_status smap__gpkg_vet_start(smap__gpkg_vet *vet, int table, smap_error *err);
smap_status smap__gpkg_vet_wait(smap__gpkg_vet *vet, smap_error *err);

#endif
