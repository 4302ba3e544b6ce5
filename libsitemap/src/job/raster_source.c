#include "job/raster_source.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"

struct smap__raster_source {
    smap_ctx *ctx;
    smap__raster *opened;
    smap__raster **copy; /* of each worker, from its first read on */
    smap__grid_source grid;
};

static smap_status read_cells(void *user, int worker, int64_t column, int64_t row, int64_t width, int64_t height,
                              double *values, smap_error *err) {
    smap__raster_source *s = user;
    if (!s->copy[worker]) {
        smap_status status = smap__raster_copy(s->ctx, s->opened, &s->copy[worker], err);
        if (status != SMAP_OK) return status;
    }
    return smap__raster_read(s->copy[worker], column, row, width, height, values, err);
}

smap_status smap__raster_source_open(smap_ctx *ctx, const char *spec, int band, smap__raster_source **out,
                                     smap_error *err) {
    smap__raster_source *s = smap__zalloc(1, sizeof *s);
    if (!s) return smap__fail_memory(err);
    s->ctx = ctx;
    s->copy = smap__zalloc((size_t)smap_ctx_threads(ctx), sizeof *s->copy);
    smap_status status = s->copy ? smap__raster_open(ctx, spec, band, &s->opened, err) : smap__fail_memory(err);
    if (status != SMAP_OK) {
        smap__raster_source_close(s);
        return status;
    }
    const smap__raster_info *info = smap__raster_info_of(s->opened);
    s->grid = (smap__grid_source){ .width = info->width,
                                   .height = info->height,
                                   .block_width = info->block_width,
                                   .block_height = info->block_height,
                                   .crs = info->crs,
                                   .read = read_cells,
                                   .user = s };
    memcpy(s->grid.transform, info->transform, sizeof s->grid.transform);
    *out = s;
    return SMAP_OK;
}

void smap__raster_source_close(smap__raster_source *source) {
    if (!source) return;
    for (int k = 0; source->copy && k < smap_ctx_threads(source->ctx); k++) smap__raster_close(source->copy[k]);
    smap__raster_close(source->opened);
    smap__free(source->copy);
    smap__free(source);
}

const smap__grid_source *smap__raster_source_grid(const smap__raster_source *source) {
    return &source->grid;
}

const smap__raster *smap__raster_source_raster(const smap__raster_source *source) {
    return source->opened;
}
