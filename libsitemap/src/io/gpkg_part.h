/* A run of rows of a GeoPackage table into columns. Several parts can be read side by side, each with a connection of
 * its own, and joined in order. */
#ifndef SMAP_IO_GPKG_PART_H
#define SMAP_IO_GPKG_PART_H

#include <stdatomic.h>

#include "geo/wkb.h"
#include "io/gpkg_cells.h"
#include "sitemap/geometry.h"

typedef struct smap__gpkg_part {
    /* in */
    smap_ctx *ctx; /* whose progress is asked for cancel; NULL on threads other than the caller's */
    const smap__gpkg_plan *plan;
    struct sqlite3 *db;
    int64_t first, last; /* row ids, both included */
    int64_t expected;    /* rows to make room for, 0 = unknown; nothing else hangs on it */
    const smap_crs *crs; /* of the geometry */
    bool decode;         /* keep text as bytes: it is decoded later */
    atomic_bool *stop;   /* set by a part that fails */
    /* out */
    smap_column_builder **column;
    smap_geometry_builder *geometry;
    smap__wkb_report report;
    smap__gpkg_misfits misfits;
    int64_t *id;
    size_t rows, capacity;
    smap_status status;
    smap_error error;
} smap__gpkg_part;

/* Everything into `part`, the status too: fit for a thread. */
void smap__gpkg_part_read(smap__gpkg_part *part);
/* Put `next` behind `part`. */
smap_status smap__gpkg_part_join(smap__gpkg_part *part, smap__gpkg_part *next, smap_error *err);
void smap__gpkg_part_release(smap__gpkg_part *part);

#endif
