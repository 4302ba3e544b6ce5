#include "job/hazard_cells.h"

#include <stdatomic.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "hazard/people_rating.h"

struct smap__hazard_cells {
    smap_ctx *ctx;
    smap__raster_source *values, *velocity;
    const smap__class_scale *scale;
    smap__grid_source grid;
    atomic_llong negative;
};

static int64_t drop_negative(double *values, int64_t n) {
    int64_t dropped = 0;
    for (int64_t i = 0; i < n; i++) {
        if (!(values[i] < 0)) continue;
        values[i] = NAN;
        dropped++;
    }
    return dropped;
}

/* Depths into ratings, in place. */
static smap_status rate(smap__hazard_cells *c, int worker, int64_t column, int64_t row, int64_t width, int64_t height,
                        double *values, smap_error *err) {
    const smap__grid_source *v = smap__raster_source_grid(c->velocity);
    const smap__people_rating_options options = { .debris = NULL, .scale = c->scale };
    int64_t n = width * height, negative = 0;
    double *velocity = smap__zalloc((size_t)n, 2 * sizeof *velocity), *depth = velocity ? velocity + n : NULL;
    int8_t *klass = smap__zalloc((size_t)n, sizeof *klass);
    smap_status status = velocity && klass ? v->read(v->user, worker, column, row, width, height, velocity, err)
                                           : smap__fail_memory(err);
    if (status == SMAP_OK) {
        memcpy(depth, values, (size_t)n * sizeof *depth);
        status = smap__people_rate(c->ctx, &options, depth, velocity, n, values, klass, &negative, err);
        atomic_fetch_add(&c->negative, (long long)negative);
    }
    smap__free(velocity);
    smap__free(klass);
    return status;
}

static smap_status read_cells(void *user, int worker, int64_t column, int64_t row, int64_t width, int64_t height,
                              double *values, smap_error *err) {
    smap__hazard_cells *c = user;
    const smap__grid_source *own = smap__raster_source_grid(c->values);
    smap_status status = own->read(own->user, worker, column, row, width, height, values, err);
    if (status != SMAP_OK) return status;
    if (c->velocity) return rate(c, worker, column, row, width, height, values, err);
    int64_t dropped = drop_negative(values, width * height);
    if (dropped) atomic_fetch_add(&c->negative, (long long)dropped);
    return SMAP_OK;
}

static bool same_cells(const smap__grid_source *a, const smap__grid_source *b) {
    double cell = fabs(a->transform[1]) + fabs(a->transform[2]);
    for (int i = 0; i < 6; i++) {
        double off = fabs(a->transform[i] - b->transform[i]);
        if (!(off <= 1e-6 * cell)) return false;
    }
    return a->width == b->width && a->height == b->height && smap_crs_equal(a->crs, b->crs);
}

smap_status smap__hazard_cells_open(smap_ctx *ctx, const char *raster, int band, const char *velocity,
                                    const smap__class_scale *scale, smap__hazard_cells **out, smap_error *err) {
    smap__hazard_cells *c = smap__zalloc(1, sizeof *c);
    if (!c) return smap__fail_memory(err);
    c->ctx = ctx;
    c->scale = scale;
    smap_status status = smap__raster_source_open(ctx, raster, band, &c->values, err);
    if (status == SMAP_OK && velocity) status = smap__raster_source_open(ctx, velocity, 1, &c->velocity, err);
    if (status == SMAP_OK) c->grid = *smap__raster_source_grid(c->values);
    if (status == SMAP_OK && velocity && !same_cells(&c->grid, smap__raster_source_grid(c->velocity)))
        status = smap__fail(err, SMAP_E_ARGUMENT, velocity,
                            "%s: its cells are not those of %s; depth and velocity must lie on one grid (gdalwarp puts "
                            "them there)",
                            velocity, raster);
    if (status != SMAP_OK) {
        smap__hazard_cells_close(c);
        return status;
    }
    c->grid.read = read_cells;
    c->grid.user = c;
    *out = c;
    return SMAP_OK;
}

void smap__hazard_cells_close(smap__hazard_cells *cells) {
    if (!cells) return;
    smap__raster_source_close(cells->values);
    smap__raster_source_close(cells->velocity);
    smap__free(cells);
}

const smap__grid_source *smap__hazard_cells_grid(const smap__hazard_cells *cells) {
    return &cells->grid;
}

int64_t smap__hazard_cells_negative(const smap__hazard_cells *cells) {
    return (int64_t)atomic_load(&cells->negative);
}
