/* Rasters and polygons made up for the tests of cells. */
#ifndef GRID_HELP_H
#define GRID_HELP_H

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../cmocka_all.h"
#include "geo/geom_builder.h"
#include "grid/zonal.h"
#include "stat/random.h"

/* A raster whose cells are computed: by `value` of column and row. Counts what is read of it. */
typedef struct made_grid {
    double (*value)(int64_t column, int64_t row);
    smap__grid_source source;
    int64_t cells_read;
} made_grid;

static inline smap_status read_made(void *user, int worker, int64_t column, int64_t row, int64_t width, int64_t height,
                                    double *values, smap_error *err) {
    (void)worker, (void)err;
    made_grid *g = user;
    __atomic_fetch_add(&g->cells_read, width * height, __ATOMIC_RELAXED);
    for (int64_t r = 0; r < height; r++)
        for (int64_t c = 0; c < width; c++) values[r * width + c] = g->value(column + c, row + r);
    return SMAP_OK;
}

/* Cells of 10 by -10 from (1000, 5000). */
static inline void make_grid(made_grid *g, int64_t width, int64_t height, int block_width, int block_height,
                             double (*value)(int64_t, int64_t)) {
    *g = (made_grid){ .value = value,
                      .source = { .width = width,
                                  .height = height,
                                  .block_width = block_width,
                                  .block_height = block_height,
                                  .transform = { 1000, 10, 0, 5000, 0, -10 },
                                  .read = read_made } };
    g->source.user = g;
}

static inline double even(uint64_t stream, uint64_t index, double low, double high) {
    return low + (high - low) * smap__random_uniform(20230911, stream, index);
}

/* A ring around (x, y) with n corners between two radii: may be concave, never crosses itself. */
static inline void star_ring(smap_geometry_builder *b, uint64_t seed, double x, double y, double inner, double outer,
                             int n) {
    double first_x = 0, first_y = 0;
    assert_int_equal(smap__builder_reserve(b, 0, 0, 1, (size_t)n + 1, NULL), SMAP_OK);
    for (int k = 0; k <= n; k++) {
        double angle = 2 * M_PI * k / n, r = even(seed, (uint64_t)(k % n), inner, outer);
        double px = x + r * cos(angle), py = y + r * sin(angle);
        if (k == 0) first_x = px, first_y = py;
        if (k == n) px = first_x, py = first_y;
        smap__builder_put(b, px, py);
    }
    smap__builder_end_ring(b);
}

/* One feature: a star with a star-shaped hole if `hole`. */
static inline void add_star(smap_geometry_builder *b, uint64_t seed, double x, double y, double radius, int n,
                            bool hole) {
    assert_int_equal(smap__builder_reserve(b, 1, 1, 2, 2 * (size_t)n + 2, NULL), SMAP_OK);
    star_ring(b, seed, x, y, radius * 0.6, radius, n);
    if (hole) star_ring(b, seed + 1000, x, y, radius * 0.2, radius * 0.5, n);
    smap__builder_end_part(b, SMAP_GEOM_POLYGON);
    smap__builder_end_feature(b, SMAP_GEOM_POLYGON);
}

static inline smap_geometry_builder *begin_features(void) {
    smap_geometry_builder *b = NULL;
    assert_int_equal(smap_geometry_builder_new(NULL, &b, NULL), SMAP_OK);
    return b;
}

static inline const smap_geometry *end_features(smap_geometry_builder *b) {
    const smap_geometry *g = NULL;
    assert_int_equal(smap_geometry_builder_finish(b, &g, NULL), SMAP_OK);
    smap_geometry_builder_free(b);
    return g;
}

/* A polygon of one ring, closed here; a line. */
static inline void add_ring(smap_geometry_builder *b, double (*xy)[2], int n, bool close, smap_geom_type type) {
    assert_int_equal(smap__builder_reserve(b, 1, 1, 1, (size_t)n + 1, NULL), SMAP_OK);
    for (int k = 0; k < n + close; k++) smap__builder_put(b, xy[k % n][0], xy[k % n][1]);
    smap__builder_end_ring(b);
    smap__builder_end_part(b, type);
    smap__builder_end_feature(b, type);
}

static inline smap_ctx *context_of(int threads) {
    smap_ctx_options options = SMAP_CTX_OPTIONS_INIT;
    smap_ctx *ctx = NULL;
    options.threads = threads;
    assert_int_equal(smap_ctx_new(&options, &ctx, NULL), SMAP_OK);
    return ctx;
}

static inline smap__zonal *zonal_of(smap_ctx *ctx, const made_grid *grid, const smap_geometry *g,
                                    const smap__zonal_options *options) {
    smap__zonal *z = NULL;
    smap_error err = SMAP_ERROR_INIT;
    if (smap__zonal_compute(ctx, &grid->source, g, options, &z, &err) != SMAP_OK) fail_msg("%s", err.message);
    return z;
}

/* Within `tolerance` of each other, or both NaN. */
static inline bool same(double a, double b, double tolerance) {
    return (isnan(a) && isnan(b)) || fabs(a - b) <= tolerance;
}

static inline void assert_same_zonal(const smap__zonal *a, const smap__zonal *b, double tolerance) {
    assert_int_equal(a->count, b->count);
    for (int64_t i = 0; i < a->count; i++) {
        double scale = fmax(1, a->weight[i]);
        bool good =
            same(a->weight[i], b->weight[i], tolerance * scale) && same(a->unknown[i], b->unknown[i], tolerance) &&
            same(a->sum[i], b->sum[i], tolerance * fmax(1, fabs(a->sum[i]))) &&
            same(a->mean[i], b->mean[i], tolerance) && same(a->min[i], b->min[i], 0) && same(a->max[i], b->max[i], 0);
        for (int k = 0; k <= a->classes; k++)
            good = good && same(a->share[i * (a->classes + 1) + k], b->share[i * (b->classes + 1) + k], tolerance);
        if (!good)
            fail_msg("feature %lld: weight %.17g %.17g unknown %.17g %.17g mean %.17g %.17g min %g %g max %g %g",
                     (long long)i, a->weight[i], b->weight[i], a->unknown[i], b->unknown[i], a->mean[i], b->mean[i],
                     a->min[i], b->min[i], a->max[i], b->max[i]);
    }
}

#endif
