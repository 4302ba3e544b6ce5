/* Zones and features for tests, and GEOS as the oracle: what lies in a rank is what lies in the union of all zones of
 * that rank or above, less what lies in the union of those above. */
#ifndef ZONE_HELP_H
#define ZONE_HELP_H

#include <geos_c.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../cmocka_all.h"
#include "geo/geom_builder.h"
#include "geo/geom_column.h"
#include "geo/repair.h"
#include "overlay/zones.h"

enum { RANKS = 6, MOST_CORNERS = 256 };

static GEOSContextHandle_t geos;
static smap_ctx *one, *two, *seven;
static uint64_t seed = 20230911;

static inline double uniform(void) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (double)(seed >> 11) / 9007199254740992.0;
}

static inline int below(int n) {
    return (int)(uniform() * n);
}

static inline smap_ctx *new_ctx(int threads) {
    smap_ctx_options options = SMAP_CTX_OPTIONS_INIT;
    smap_ctx *ctx = NULL;
    options.threads = threads;
    assert_int_equal(smap_ctx_new(&options, &ctx, NULL), SMAP_OK);
    return ctx;
}

static inline int set_up(void **state) {
    (void)state;
    geos = GEOS_init_r();
    one = new_ctx(1);
    two = new_ctx(2);
    seven = new_ctx(7);
    return 0;
}

static inline int tear_down(void **state) {
    (void)state;
    smap_ctx_free(seven);
    smap_ctx_free(two);
    smap_ctx_free(one);
    GEOS_finish_r(geos);
    return 0;
}

/* ---- making features ---- */

static inline smap_geometry_builder *new_builder(void) {
    smap_geometry_builder *b = NULL;
    assert_int_equal(smap_geometry_builder_new(NULL, &b, NULL), SMAP_OK);
    return b;
}

static inline const smap_geometry *finish(smap_geometry_builder *b) {
    const smap_geometry *g = NULL;
    assert_int_equal(smap_geometry_builder_finish(b, &g, NULL), SMAP_OK);
    smap_geometry_builder_free(b);
    return g;
}

/* The same column with all polygons valid. */
static inline const smap_geometry *finish_valid(smap_geometry_builder *b) {
    const smap_geometry *g = finish(b), *valid = NULL;
    smap__repairs repairs;
    assert_int_equal(smap__geometry_repair(one, g, &valid, &repairs, NULL), SMAP_OK);
    smap__repairs_release(&repairs);
    smap_geometry_free(g);
    return valid;
}

static inline void put_run(smap_geometry_builder *b, const double *x, const double *y, size_t n, bool close) {
    assert_int_equal(smap__builder_reserve(b, 1, 1, 1, n + 1, NULL), SMAP_OK);
    for (size_t k = 0; k < n; k++) smap__builder_put(b, x[k], y[k]);
    if (close) smap__builder_put(b, x[0], y[0]);
    smap__builder_end_ring(b);
}

static inline void end_one(smap_geometry_builder *b, smap_geom_type type) {
    smap__builder_end_part(b, type);
    smap__builder_end_feature(b, type);
}

static inline void put_box(smap_geometry_builder *b, double x0, double y0, double x1, double y1) {
    const double x[] = { x0, x1, x1, x0 }, y[] = { y0, y0, y1, y1 };
    put_run(b, x, y, 4, true);
    end_one(b, SMAP_GEOM_POLYGON);
}

/* How coordinates are made: whole numbers of `grain` from an origin (grain 0: any). */
typedef struct field {
    double x, y, size, grain;
} field;

static inline double snap(double value, double grain) {
    return grain > 0 ? round(value / grain) * grain : value;
}

/* A star about a point of the field, perhaps with a star-shaped hole; or a box, a triangle, a sliver, a scribble. */
static inline void put_shape(smap_geometry_builder *b, const field *f, double most) {
    double x[MOST_CORNERS], y[MOST_CORNERS], cx = f->size * uniform(), cy = f->size * uniform();
    double radius = most * (0.1 + 0.9 * uniform());
    int kind = below(8), corners = kind == 0 ? 3 : kind == 1 ? 4 : kind == 2 ? 6 : 5 + below(60);
    for (int ring = 0; ring < 1 + (kind > 5); ring++) {
        for (int k = 0; k < corners; k++) {
            double angle = 6.283185307179586 * k / corners;
            double r = radius * (kind == 1 ? 1 : ring ? 0.1 + 0.15 * uniform() : 0.3 + 0.7 * uniform());
            double dx = r * cos(angle), dy = r * sin(angle);
            if (kind == 1) dx = k == 0 || k == 3 ? -r : r, dy = k < 2 ? -r : r;
            if (kind == 2) dx = radius * (2 * uniform() - 1), dy = radius * (2 * uniform() - 1);
            if (kind == 3) dy *= 0.02; /* thin */
            x[k] = f->x + snap(cx + dx, f->grain);
            y[k] = f->y + snap(cy + dy, f->grain);
        }
        put_run(b, x, y, (size_t)corners, true);
    }
    end_one(b, SMAP_GEOM_POLYGON);
}

static inline const smap_geometry *shapes(const field *f, int count, double most) {
    smap_geometry_builder *b = new_builder();
    for (int k = 0; k < count; k++) put_shape(b, f, most);
    return finish_valid(b);
}

/* Lines that leave the field a little. */
static inline void put_line(smap_geometry_builder *b, const field *f, int corners) {
    double x[MOST_CORNERS], y[MOST_CORNERS];
    for (int k = 0; k < corners; k++) {
        x[k] = f->x + snap(f->size * (1.2 * uniform() - 0.1), f->grain);
        y[k] = f->y + snap(f->size * (1.2 * uniform() - 0.1), f->grain);
    }
    put_run(b, x, y, (size_t)corners, false);
    end_one(b, SMAP_GEOM_LINESTRING);
}

static inline const smap_geometry *random_lines(const field *f, int count) {
    smap_geometry_builder *b = new_builder();
    for (int k = 0; k < count; k++) put_line(b, f, 2 + below(6));
    return finish(b);
}

static inline void random_ranks(int32_t *rank, int count) {
    for (int k = 0; k < count; k++) rank[k] = below(RANKS);
}

/* ---- the oracle ---- */

static inline GEOSGeometry *to_geos(const smap_geometry *g, int64_t feature) {
    size_t size = smap_geometry_wkb(g, feature, NULL, 0);
    unsigned char *wkb = malloc(size ? size : 1);
    assert_non_null(wkb);
    smap_geometry_wkb(g, feature, wkb, size);
    GEOSGeometry *made = GEOSGeomFromWKB_buf_r(geos, wkb, size);
    free(wkb);
    assert_non_null(made);
    return made;
}

/* The union of all zones of at least that rank, for each rank; NULL: none. */
static inline void unite(const smap_geometry *zones, const int32_t *rank, GEOSGeometry *out[RANKS]) {
    for (int r = 0; r < RANKS; r++) {
        GEOSGeometry **items = malloc((size_t)zones->count * sizeof *items);
        unsigned count = 0;
        assert_non_null(items);
        for (int64_t k = 0; k < zones->count; k++)
            if (rank[k] >= r && zones->type[k] != SMAP_GEOM_NULL) items[count++] = to_geos(zones, k);
        GEOSGeometry *all = GEOSGeom_createCollection_r(geos, GEOS_GEOMETRYCOLLECTION, items, count);
        out[r] = GEOSUnaryUnion_r(geos, all);
        assert_non_null(out[r]);
        GEOSGeom_destroy_r(geos, all);
        free(items);
    }
}

static inline void drop_unions(GEOSGeometry *unions[RANKS]) {
    for (int r = 0; r < RANKS; r++) GEOSGeom_destroy_r(geos, unions[r]);
}

/* The share of a feature in each rank. */
static inline void oracle_shares(GEOSGeometry *const unions[RANKS], const GEOSGeometry *feature, bool lines,
                                 double share[RANKS]) {
    double whole = 0, above = 0;
    (lines ? GEOSLength_r : GEOSArea_r)(geos, feature, &whole);
    for (int r = RANKS - 1; r >= 0; r--) {
        double amount = 0;
        GEOSGeometry *common = GEOSIntersection_r(geos, feature, unions[r]);
        assert_non_null(common);
        (lines ? GEOSLength_r : GEOSArea_r)(geos, common, &amount);
        GEOSGeom_destroy_r(geos, common);
        share[r] = (amount - above) / whole;
        above = amount;
    }
}

static inline smap__zones *build(const smap_geometry *polygons, const int32_t *rank) {
    smap__zones *zones = NULL;
    assert_int_equal(smap__zones_build(one, polygons, rank, &zones, NULL), SMAP_OK);
    return zones;
}

static inline smap__shares *measure(smap_ctx *ctx, const smap__zones *zones, const smap_geometry *features) {
    smap__shares *shares = NULL;
    assert_int_equal(smap__zones_measure(ctx, zones, features, &shares, NULL), SMAP_OK);
    assert_int_equal(shares->count, features->count);
    return shares;
}

/* The shares of one feature, those it has none of as 0. */
static inline void spread(const smap__shares *s, int64_t feature, double share[RANKS]) {
    for (int r = 0; r < RANKS; r++) share[r] = 0;
    double sum = 0;
    for (int64_t k = s->first[feature]; k < s->first[feature + 1]; k++) {
        assert_true(s->rank[k] >= 0 && s->rank[k] < RANKS && s->share[k] > 0);
        assert_true(k == s->first[feature] || s->rank[k] > s->rank[k - 1]);
        share[s->rank[k]] = s->share[k];
        sum += s->share[k];
    }
    assert_true(sum <= 1 + 1e-15);
}

static inline double worst(const double a[RANKS], const double b[RANKS]) {
    double most = 0;
    for (int r = 0; r < RANKS; r++) most = fmax(most, fabs(a[r] - b[r]));
    return most;
}

#endif
