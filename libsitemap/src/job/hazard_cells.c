#include "job/hazard_cells.h"

#include <math.h>
#include <stdatomic.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "grid/derived.h"
#include "hazard/people_rating.h"

struct smap__hazard_cells {
    smap_ctx *ctx;
    smap__raster_source *values, *velocity;
    smap__derived *rating; /* of both; NULL without a velocity */
    const smap__class_scale *scale;
    smap__grid_source grid;
    atomic_llong negative, strange;
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

/* A cell of given classes is the number of one: 255 is nodata that nobody declared, not more than the highest. */
static int64_t drop_strange(const smap__class_scale *scale, double *values, int64_t n) {
    int64_t dropped = 0;
    if (!scale || *scale->unit || !scale->names) return 0;
    for (int64_t i = 0; i < n; i++) {
        if (isnan(values[i]) || (values[i] <= scale->classes && values[i] == floor(values[i]))) continue;
        values[i] = NAN;
        dropped++;
    }
    return dropped;
}

/* Depths into ratings, in place. */
static smap_status rate(double *values, const double *velocity, int64_t n, void *user, smap_error *err) {
    smap__hazard_cells *c = user;
    const smap__people_rating_options options = { .debris = NULL, .scale = c->scale };
    int64_t negative = 0;
    double *depth = smap__alloc((size_t)n * sizeof *depth);
    int8_t *klass = smap__alloc((size_t)n);
    smap_status status = SMAP_OK;
    if (!depth || !klass) {
        status = smap__fail_memory(err);
    } else {
        memcpy(depth, values, (size_t)n * sizeof *depth);
        status = smap__people_rate(c->ctx, &options, depth, velocity, n, values, klass, &negative, err);
        atomic_fetch_add(&c->negative, (long long)negative);
    }
    smap__free(depth);
    smap__free(klass);
    return status;
}

static smap_status read_cells(void *user, int worker, int64_t column, int64_t row, int64_t width, int64_t height,
                              double *values, smap_error *err) {
    smap__hazard_cells *c = user;
    const smap__grid_source *own = c->rating ? smap__derived_grid(c->rating) : smap__raster_source_grid(c->values);
    smap_status status = own->read(own->user, worker, column, row, width, height, values, err);
    int64_t dropped = status == SMAP_OK ? drop_negative(values, width * height) : 0;
    if (dropped) atomic_fetch_add(&c->negative, (long long)dropped);
    dropped = status == SMAP_OK ? drop_strange(c->scale, values, width * height) : 0;
    if (dropped) atomic_fetch_add(&c->strange, (long long)dropped);
    return status;
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
    if (status == SMAP_OK && velocity)
        status = smap__derived_new(ctx, smap__raster_source_grid(c->values), raster,
                                   smap__raster_source_grid(c->velocity), velocity, rate, c, &c->rating, err);
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
    smap__derived_free(cells->rating);
    smap__raster_source_close(cells->values);
    smap__raster_source_close(cells->velocity);
    smap__free(cells);
}

const smap__grid_source *smap__hazard_cells_grid(const smap__hazard_cells *cells) {
    return &cells->grid;
}

const char *smap__hazard_cells_source(const smap__hazard_cells *cells) {
    return smap__raster_info_of(smap__raster_source_raster(cells->values))->source;
}

int64_t smap__hazard_cells_negative(const smap__hazard_cells *cells) {
    return (int64_t)atomic_load(&cells->negative);
}

int64_t smap__hazard_cells_strange(const smap__hazard_cells *cells) {
    return (int64_t)atomic_load(&cells->strange);
}
