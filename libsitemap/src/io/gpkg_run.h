/* A run of rows of a GeoPackage table, as columns that are being built: the whole layer, or so many rows as one thread
 * holds before they are put behind the others. */
#ifndef SMAP_IO_GPKG_RUN_H
#define SMAP_IO_GPKG_RUN_H

#include "geo/wkb.h"
#include "io/gpkg_cells.h"
#include "sitemap/geometry.h"

typedef struct smap__gpkg_run {
    const smap__gpkg_plan *plan;
    smap_column_builder **column;
    smap_geometry_builder *geometry; /* NULL where the table has none */
    smap__wkb_report report;
    smap__gpkg_misfits misfits;
    int64_t *id;
    size_t rows, capacity;
} smap__gpkg_run;

/* `expected` rows to make room for, 0 = unknown; nothing else hangs on it. `decode` keeps text as bytes: it is decoded
 * later. Release it after a failure too. */
smap_status smap__gpkg_run_make(const smap__gpkg_plan *plan, const smap_crs *crs, bool decode, int64_t expected,
                                smap__gpkg_run *out, smap_error *err);
void smap__gpkg_run_release(smap__gpkg_run *run);
/* What its rows take, in bytes. */
size_t smap__gpkg_run_bytes(const smap__gpkg_run *run);
/* Put the rows of `from` behind those of `run`; `from` is empty then, and keeps its room. */
smap_status smap__gpkg_run_take(smap__gpkg_run *run, smap__gpkg_run *from, smap_error *err);

#endif
