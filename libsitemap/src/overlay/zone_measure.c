/* Features in chunks, on all workers; each chunk writes shares of its own, and they are joined in order. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/compare.h"
#include "base/fail.h"
#include "base/parallel.h"
#include "geo/geom_column.h"
#include "overlay/zone_work.h"

enum { CHUNK = 2048 };

static const double whole_within = 1e-12; /* of 1: a share that is 1 but for rounding */

typedef struct chunk_shares {
    int32_t *rank;
    double *share;
    size_t count, rank_capacity, share_capacity;
} chunk_shares;

typedef struct measure_job {
    const smap__zones *zones;
    const smap_geometry *features;
    smap__zone_work *work; /* one a worker */
    chunk_shares *chunks;
    smap__shares *shares;
} measure_job;

/* ---- planar measures ---- */

static double ring_length(const smap_geometry *g, int64_t ring) {
    double length = 0;
    for (int64_t k = smap_geom_coord(g, ring) + 1; k < smap_geom_coord(g, ring + 1); k++) {
        double dx = g->x[k] - g->x[k - 1], dy = g->y[k] - g->y[k - 1];
        length += sqrt(dx * dx + dy * dy);
    }
    return length;
}

/* Area, length or number of the parts of those dimensions. */
static double planar_measure(const smap_geometry *g, int64_t i, int kind) {
    double sum = 0;
    if (kind == 2) return smap__geometry_area(g, i);
    for (int64_t part = smap_geom_part(g, i); part < smap_geom_part(g, i + 1); part++) {
        if ((int)smap__geometry_part_type(g, i, part) - 1 != kind) continue;
        int64_t first = smap_geom_ring(g, part), end = smap_geom_ring(g, part + 1);
        if (kind == 0) sum += (double)(end - first);
        if (kind == 1)
            for (int64_t ring = first; ring < end; ring++) sum += ring_length(g, ring);
    }
    return sum;
}

/* ---- shares ---- */

static smap_status put_share(chunk_shares *c, int32_t rank, double share, smap_error *err) {
    if (!smap__grow(&c->rank, &c->rank_capacity, c->count + 1, sizeof *c->rank) ||
        !smap__grow(&c->share, &c->share_capacity, c->count + 1, sizeof *c->share))
        return smap__fail_memory(err);
    c->rank[c->count] = rank;
    c->share[c->count++] = share;
    return SMAP_OK;
}

/* The amounts of a feature as shares of its measure, ranks ascending; the amounts are 0 again afterwards. Rounding
 * never makes the shares more than 1 together. */
static smap_status put_amounts(smap__zone_work *w, double measure, chunk_shares *c, smap_error *err) {
    smap_status status = SMAP_OK;
    double sum = 0;
    if (w->touched_count > 1) qsort(w->touched, w->touched_count, sizeof *w->touched, smap__compare_int32);
    for (size_t k = 0; k < w->touched_count; k++) sum += w->amount[w->touched[k]];
    if (sum > measure * (1 - whole_within) && sum < measure * (1 + whole_within) && w->touched_count == 1)
        sum = measure;
    for (size_t k = 0; k < w->touched_count; k++) {
        int32_t rank = w->touched[k];
        double share = w->touched_count == 1 && sum == measure ? 1 : w->amount[rank] / fmax(sum, measure);
        if (status == SMAP_OK && share > 0) status = put_share(c, w->zones->ranks[rank], share, err);
        w->amount[rank] = 0;
    }
    w->touched_count = 0;
    return status;
}

static smap_status measure_feature(smap__zone_work *w, int64_t i, int kind, smap_box box, double measure,
                                   chunk_shares *c, smap_error *err) {
    bool settled = false;
    int32_t rank = -1;
    smap_status status = SMAP_OK;
    if (kind > 0) status = smap__zone_settle(w, box, &settled, &rank, err);
    if (status != SMAP_OK) return status;
    if (settled) return rank < 0 ? SMAP_OK : put_share(c, w->zones->ranks[rank], 1, err);
    if (kind == 2) status = smap__zone_areas(w, i, box, measure, err);
    if (kind == 1) status = smap__zone_lengths(w, i, err);
    if (kind == 0) status = smap__zone_points(w, i, err);
    return status == SMAP_OK ? put_amounts(w, measure, c, err) : status;
}

static smap_status measure_chunk(int worker, int64_t chunk, void *user, smap_error *err) {
    const measure_job *job = user;
    const smap_geometry *g = job->features;
    chunk_shares *c = &job->chunks[chunk];
    smap__zone_work *w = &job->work[worker];
    int64_t end = (chunk + 1) * CHUNK < g->count ? (chunk + 1) * CHUNK : g->count;
    for (int64_t i = chunk * CHUNK; i < end; i++) {
        int kind = smap__geometry_dimensions(g, i);
        size_t before = c->count;
        double measure = g->type[i] == SMAP_GEOM_NULL ? NAN : 0;
        if (kind >= 0) measure = planar_measure(g, i, kind);
        if (measure > 0) {
            smap_status status = measure_feature(w, i, kind, smap_geometry_box(g, i), measure, c, err);
            if (status != SMAP_OK) return status;
        }
        job->shares->measure[i] = measure;
        job->shares->first[i + 1] = (int64_t)(c->count - before);
    }
    return SMAP_OK;
}

/* Counts become positions, and the chunks one row behind the other. */
static smap_status join_chunks(const measure_job *job, int64_t chunks, smap_error *err) {
    smap__shares *s = job->shares;
    size_t at = 0;
    for (int64_t i = 0; i < s->count; i++) s->first[i + 1] += s->first[i];
    s->rank = smap__realloc(NULL, (size_t)s->first[s->count], sizeof *s->rank);
    s->share = smap__realloc(NULL, (size_t)s->first[s->count], sizeof *s->share);
    if (!s->rank || !s->share) return smap__fail_memory(err);
    for (int64_t k = 0; k < chunks; k++) {
        const chunk_shares *c = &job->chunks[k];
        if (c->count) memcpy(s->rank + at, c->rank, c->count * sizeof *s->rank);
        if (c->count) memcpy(s->share + at, c->share, c->count * sizeof *s->share);
        at += c->count;
    }
    return SMAP_OK;
}

static smap_status new_shares(int64_t count, smap__shares **out, smap_error *err) {
    smap__shares *s = smap__zalloc(1, sizeof *s);
    if (!s) return smap__fail_memory(err);
    s->count = count;
    s->first = smap__zalloc((size_t)count + 1, sizeof *s->first);
    s->measure = smap__realloc(NULL, (size_t)count, sizeof *s->measure);
    if (!s->first || !s->measure) {
        smap__shares_free(s);
        return smap__fail_memory(err);
    }
    *out = s;
    return SMAP_OK;
}

void smap__shares_free(smap__shares *shares) {
    if (!shares) return;
    smap__free(shares->first);
    smap__free(shares->rank);
    smap__free(shares->share);
    smap__free(shares->measure);
    smap__free(shares);
}

smap_status smap__zones_measure(smap_ctx *ctx, const smap__zones *zones, const smap_geometry *features,
                                smap__shares **out, smap_error *err) {
    int64_t chunks = (features->count + CHUNK - 1) / CHUNK;
    int workers = smap_ctx_threads(ctx), made = 0;
    measure_job job = { .zones = zones, .features = features };
    smap_status status;
    SMAP_TRY(smap__zone_check_crs(zones, features, err), done);
    job.work = smap__zalloc((size_t)workers, sizeof *job.work);
    job.chunks = smap__zalloc((size_t)chunks, sizeof *job.chunks);
    if (!job.work || !job.chunks) SMAP_TRY(smap__fail_memory(err), done);
    SMAP_TRY(new_shares(features->count, &job.shares, err), done);
    for (; made < workers; made++) SMAP_TRY(smap__zone_work_init(zones, features, &job.work[made], err), done);
    SMAP_TRY(smap__parallel(ctx, chunks, measure_chunk, &job, err), done);
    SMAP_TRY(join_chunks(&job, chunks, err), done);
    *out = job.shares;
    job.shares = NULL;
done:
    for (int64_t k = 0; job.chunks && k < chunks; k++) {
        smap__free(job.chunks[k].rank);
        smap__free(job.chunks[k].share);
    }
    for (int k = 0; k < made; k++) smap__zone_work_release(&job.work[k]);
    smap__free(job.work);
    smap__free(job.chunks);
    smap__shares_free(job.shares);
    return status;
}
