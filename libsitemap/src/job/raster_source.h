/* A raster file as cells for the kernels: every worker reads through a copy of its own. */
#ifndef SMAP_JOB_RASTER_SOURCE_H
#define SMAP_JOB_RASTER_SOURCE_H

#include "grid/grid_source.h"
#include "io/raster.h"

typedef struct smap__raster_source smap__raster_source;

/* As smap__raster_open; `ctx` must be the one that the kernels run with. */
smap_status smap__raster_source_open(smap_ctx *ctx, const char *spec, int band, smap__raster_source **out,
                                     smap_error *err);
void smap__raster_source_close(smap__raster_source *source);
const smap__grid_source *smap__raster_source_grid(const smap__raster_source *source);
const smap__raster *smap__raster_source_raster(const smap__raster_source *source);

#endif
