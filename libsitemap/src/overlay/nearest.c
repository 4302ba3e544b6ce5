#include "overlay/nearest.h"

#include <math.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/parallel.h"
#include "geo/geom_column.h"
#include "geo/index.h"
#include "geo/segment.h"

enum { CHUNK = 256 };

typedef struct work {
    const smap_geometry *features, *lines;
    const smap__index *index;
    double first, limit; /* half the side of the first and of the last box that is searched */
    double *out;
    smap__hits *hits; /* of each worker */
} work;

static double to_line(const smap_geometry *g, int64_t feature, double x, double y) {
    double best = HUGE_VAL;
    for (int64_t part = smap_geom_part(g, feature); part < smap_geom_part(g, feature + 1); part++)
        for (int64_t ring = smap_geom_ring(g, part); ring < smap_geom_ring(g, part + 1); ring++)
            for (int64_t i = smap_geom_coord(g, ring) + 1; i < smap_geom_coord(g, ring + 1); i++)
                best = fmin(best, smap__segment_distance2(x, y, g->x[i - 1], g->y[i - 1], g->x[i], g->y[i]));
    return sqrt(best);
}

/* Boxes that grow until the nearest line in one of them is nearer than its side: none outside can be nearer. */
static smap_status search(const work *w, smap__hits *hits, double x, double y, double *out, smap_error *err) {
    for (double reach = w->first;; reach *= 2) {
        if (reach > w->limit) reach = w->limit;
        double best = HUGE_VAL;
        const smap_box box = { x - reach, y - reach, x + reach, y + reach };
        smap_status status = smap__index_query(w->index, box, hits, err);
        if (status != SMAP_OK) return status;
        for (size_t i = 0; i < hits->count; i++) best = fmin(best, to_line(w->lines, hits->ids[i], x, y));
        if (best <= reach) *out = best;
        if (best <= reach || reach >= w->limit) return SMAP_OK;
    }
}

static smap_status search_chunk(int worker, int64_t chunk, void *user, smap_error *err) {
    const work *w = user;
    int64_t end = (chunk + 1) * CHUNK < w->features->count ? (chunk + 1) * CHUNK : w->features->count;
    for (int64_t i = chunk * CHUNK; i < end; i++) {
        double x, y;
        w->out[i] = NAN;
        smap_status status = smap__geometry_anchor(w->features, i, &x, &y, err);
        if (status == SMAP_OK && isfinite(x)) status = search(w, &w->hits[worker], x, y, &w->out[i], err);
        if (status != SMAP_OK) return status;
    }
    return SMAP_OK;
}

smap_status smap__nearest_line(smap_ctx *ctx, const smap_geometry *features, const smap_geometry *lines, double limit,
                               double *out, smap_error *err) {
    smap__index *index = NULL;
    int threads = smap_ctx_threads(ctx);
    smap_box *box = smap__zalloc((size_t)lines->count, sizeof *box);
    smap__hits *hits = smap__zalloc((size_t)threads, sizeof *hits);
    smap_status status = box && hits ? SMAP_OK : smap__fail_memory(err);
    for (int64_t i = 0; status == SMAP_OK && i < lines->count; i++) box[i] = smap_geometry_box(lines, i);
    if (status == SMAP_OK) status = smap__index_new(ctx, box, lines->count, &index, err);
    work w = { features, lines, index, limit / 64, limit, out, hits };
    if (status == SMAP_OK) status = smap__parallel(ctx, (features->count + CHUNK - 1) / CHUNK, search_chunk, &w, err);
    smap__hits_free(hits, threads);
    smap__index_free(index);
    smap__free(box);
    return status;
}
