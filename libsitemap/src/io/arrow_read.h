/* An OGR layer into columns, by its Arrow stream: batches come from GDAL on the calling thread and are turned into
 * columns on a second one. */
#ifndef SMAP_IO_ARROW_READ_H
#define SMAP_IO_ARROW_READ_H

#include "base/findings.h"
#include "sitemap/geometry.h"

typedef struct smap__arrow_job {
    smap_ctx *ctx;
    const char *shown, *name; /* the source and the layer, for sentences; `name` is the new layer's */
    const smap_crs *crs;      /* of the geometry; NULL where there is none */
    int64_t fid_base;         /* added to OGR's fid (1 for Shapefiles, which count from 0) */
    int64_t rows_hint;        /* about how many rows will come, -1 = unknown; only room is made by it */
    smap__findings *findings;
} smap__arrow_job;

/* Rows come sorted by fid. A row whose geometry cannot be used is left out with a finding (geometry_not_finite,
 * geometry_broken). `ogr_layer` is an OGRLayerH. A failure that GDAL reports while reading fails the read. */
smap_status smap__arrow_read(const smap__arrow_job *job, void *ogr_layer, const smap_layer **out, smap_error *err);

#endif
