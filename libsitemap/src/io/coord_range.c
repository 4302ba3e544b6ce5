#include "io/coord_range.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/parallel.h"
#include "base/str.h"
#include "geo/layer_row.h"

typedef struct range {
    double x, y;
} range;

/* The bits of a number without its sign: as whole numbers they are in the order of the numbers. */
static int64_t size_bits(double value) {
    int64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits & INT64_MAX;
}

/* A difference below zero leaves its sign in `outside`: the loop has no branch and runs at the speed of memory. */
static bool all_within(const smap_geometry *g, int64_t first, int64_t end, range r) {
    int64_t outside = 0, x = size_bits(r.x), y = size_bits(r.y);
    for (int64_t i = first; i < end; i++) outside |= (x - size_bits(g->x[i])) | (y - size_bits(g->y[i]));
    return outside >= 0;
}

enum { CHUNK = 1 << 19 };

typedef struct survey {
    const smap_geometry *geometry;
    range range;
    _Atomic bool outside;
} survey;

static smap_status survey_chunk(int worker, int64_t chunk, void *user, smap_error *err) {
    (void)worker, (void)err;
    survey *s = user;
    int64_t end = (chunk + 1) * CHUNK, count = s->geometry->coord_count;
    if (!all_within(s->geometry, chunk * CHUNK, end < count ? end : count, s->range)) s->outside = true;
    return SMAP_OK;
}

static int64_t coord_of(const smap_geometry *g, int64_t feature) {
    return smap_geom_coord(g, smap_geom_ring(g, smap_geom_part(g, feature)));
}

static smap_status reject(const smap_layer *layer, int64_t row, range r, smap__findings *findings, smap_error *err) {
    const smap_geometry *g = layer->geometry;
    int64_t at = coord_of(g, row);
    while (all_within(g, at, at + 1, r)) at++;
    char place[80];
    smap__print(place, sizeof place, "%.10g, %.10g", g->x[at], g->y[at]);
    return smap__findings_add(findings, err, SMAP__REJECTED, "coordinate_out_of_range", smap__layer_fid(layer, row), "",
                              place, "the position %s does not exist in %s", place, smap_crs_name(g->crs));
}

static smap_status sort_out(const smap_layer *layer, range r, smap__findings *findings, const smap_layer **out,
                            smap_error *err) {
    const smap_geometry *g = layer->geometry;
    int64_t *row = smap__alloc((size_t)(g->count + 1) * sizeof *row), kept = 0;
    smap_status status = row ? SMAP_OK : smap__fail_memory(err);
    for (int64_t i = 0; status == SMAP_OK && i < g->count; i++) {
        if (all_within(g, coord_of(g, i), coord_of(g, i + 1), r))
            row[kept++] = i;
        else
            status = reject(layer, i, r, findings, err);
    }
    if (status == SMAP_OK) status = smap_layer_take(layer, row, kept, out, err);
    smap__free(row);
    return status;
}

smap_status smap__coord_range_apply(smap_ctx *ctx, const smap_layer *layer, smap__findings *findings,
                                    const smap_layer **out, smap_error *err) {
    const smap_geometry *g = layer->geometry;
    if (g && g->crs) {
        survey s = { g, smap_crs_is_geographic(g->crs) ? (range){ 360, 90 + 1e-9 } : (range){ 1e8, 1e8 }, false };
        smap_status status = smap__parallel(ctx, (g->coord_count + CHUNK - 1) / CHUNK, survey_chunk, &s, err);
        if (status != SMAP_OK) return status;
        if (s.outside) return sort_out(layer, s.range, findings, out, err);
    }
    *out = smap_layer_retain(layer);
    return SMAP_OK;
}
