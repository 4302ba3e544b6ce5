/* Distance to the nearest edge, best cells first. A feature that overlaps a zone has distance 0; of all others the
 * nearest point of a zone lies on an edge, and edges left out of the tree (those under a higher rank that covers their
 * whole cell) are never nearer than those around them. */
#include "base/alloc.h"
#include "base/fail.h"
#include "base/parallel.h"
#include "geo/geom_column.h"
#include "overlay/zone_work.h"

enum { CHUNK = 512, GROUP = 8 };

typedef struct distance_job {
    const smap__zones *zones;
    const smap_geometry *features;
    smap__zone_work *work; /* one a worker */
    int32_t least;         /* position in the ranks */
    double *out;
} distance_job;

/* Some segments that follow each other, and the nearest so far (squares). */
typedef struct group {
    smap__zone_edge segment[GROUP];
    int count;
    smap_box box;
    double best;
} group;

/* ---- distances, squared ---- */

static double between_boxes(const smap_box *a, const smap_box *b) {
    double dx = fmax(fmax(a->xmin - b->xmax, b->xmin - a->xmax), 0);
    double dy = fmax(fmax(a->ymin - b->ymax, b->ymin - a->ymax), 0);
    return dx * dx + dy * dy;
}

static smap_box edge_box(const smap__zone_edge *e) {
    return (smap_box){ e->ax, fmin(e->ay, e->by), e->bx, fmax(e->ay, e->by) };
}

static int side(const smap__zone_edge *e, double x, double y) {
    double value = smap__orient(e->ax, e->ay, e->bx, e->by, x, y);
    return (value > 0) - (value < 0);
}

static double between_edges(const smap__zone_edge *a, const smap__zone_edge *b) {
    if (side(a, b->ax, b->ay) * side(a, b->bx, b->by) < 0 && side(b, a->ax, a->ay) * side(b, a->bx, a->by) < 0)
        return 0;
    double left = fmin(smap__zone_distance2(a, b->ax, b->ay), smap__zone_distance2(a, b->bx, b->by));
    return fmin(left, fmin(smap__zone_distance2(b, a->ax, a->ay), smap__zone_distance2(b, a->bx, a->by)));
}

/* ---- down the tree ---- */

static void search_leaf(const smap__zones *z, const smap__zone_cell *leaf, int32_t least, group *g) {
    if (leaf->cover >= least) return;
    for (uint32_t k = leaf->edge; k < leaf->edge_end; k++) {
        if (z->owners[leaf->owner + z->entries[k].label].rank < least) continue;
        smap__zone_edge e = smap__zone_entry_edge(z, k);
        smap_box box = edge_box(&e);
        if (between_boxes(&box, &g->box) >= g->best) continue;
        for (int s = 0; s < g->count; s++) g->best = fmin(g->best, between_edges(&g->segment[s], &e));
    }
}

static void search(const smap__zones *z, uint32_t number, const smap_box *box, int32_t least, group *g) {
    const smap__zone_cell *cell = &z->cells[number];
    if (!cell->child) {
        search_leaf(z, cell, least, g);
        return;
    }
    smap_box child[SMAP__ZONE_FAN];
    double far[SMAP__ZONE_FAN];
    int order[SMAP__ZONE_FAN];
    for (int k = 0; k < SMAP__ZONE_FAN; k++) {
        child[k] = smap__zone_child_box(box, k);
        far[k] = between_boxes(&child[k], &g->box);
        int at = k;
        for (; at > 0 && far[order[at - 1]] > far[k]; at--) order[at] = order[at - 1];
        order[at] = k;
    }
    for (int k = 0; k < SMAP__ZONE_FAN; k++) {
        uint32_t next = cell->child + (uint32_t)order[k];
        if (far[order[k]] < g->best && z->cells[next].most >= least) search(z, next, &child[order[k]], least, g);
    }
}

/* ---- one feature ---- */

static void flush_group(const smap__zones *z, int32_t least, group *g) {
    if (g->count && g->best > 0) search(z, 0, &z->root, least, g);
    g->count = 0;
    g->box = SMAP_BOX_EMPTY;
}

static double nearest(const smap__zones *z, const smap_geometry *f, int64_t i, int32_t least) {
    group g = { .box = SMAP_BOX_EMPTY, .best = HUGE_VAL };
    for (int64_t part = smap_geom_part(f, i); part < smap_geom_part(f, i + 1); part++) {
        int64_t step = smap__geometry_part_type(f, i, part) == SMAP_GEOM_POINT ? 0 : 1;
        for (int64_t ring = smap_geom_ring(f, part); ring < smap_geom_ring(f, part + 1); ring++)
            for (int64_t k = smap_geom_coord(f, ring); k + step < smap_geom_coord(f, ring + 1); k++) {
                smap__zone_edge e = { f->x[k], f->y[k], f->x[k], f->y[k], 0 };
                if (step) e = smap__zone_edge_at(f, k, 0);
                g.segment[g.count++] = e;
                g.box = smap__box_join(g.box, edge_box(&e));
                if (g.count == GROUP) flush_group(z, least, &g);
            }
    }
    flush_group(z, least, &g);
    return sqrt(g.best);
}

/* Is anything of the feature in a zone of that rank? By its area or length, and by the first point of every part. */
static smap_status is_within(smap__zone_work *w, int64_t i, int32_t least, bool *within, smap_error *err) {
    const smap_geometry *f = w->features;
    smap_box box = smap_geometry_box(f, i);
    bool settled;
    int32_t rank;
    smap_status status;
    *within = false;
    SMAP_TRY(smap__zone_settle(w, box, &settled, &rank, err), done);
    if (settled) {
        *within = rank >= least;
        return SMAP_OK;
    }
    SMAP_TRY(smap__zone_areas(w, i, box, (box.xmax - box.xmin) * (box.ymax - box.ymin), err), done);
    SMAP_TRY(smap__zone_lengths(w, i, err), done);
    for (size_t k = 0; k < w->touched_count; k++) *within = *within || w->touched[k] >= least;
    for (int64_t part = smap_geom_part(f, i); part < smap_geom_part(f, i + 1) && !*within; part++) {
        int64_t k = smap_geom_coord(f, smap_geom_ring(f, part));
        if (k == smap_geom_coord(f, smap_geom_ring(f, part + 1))) continue;
        SMAP_TRY(smap__zone_rank_at(w, f->x[k], f->y[k], &rank, err), done);
        *within = rank >= least;
    }
done:
    for (size_t k = 0; k < w->touched_count; k++) w->amount[w->touched[k]] = 0;
    w->touched_count = 0;
    return status;
}

static smap_status distance_chunk(int worker, int64_t chunk, void *user, smap_error *err) {
    const distance_job *job = user;
    const smap_geometry *f = job->features;
    int64_t end = (chunk + 1) * CHUNK < f->count ? (chunk + 1) * CHUNK : f->count;
    for (int64_t i = chunk * CHUNK; i < end; i++) {
        bool within;
        job->out[i] = NAN;
        if (f->type[i] == SMAP_GEOM_NULL || smap_geom_part(f, i) == smap_geom_part(f, i + 1)) continue;
        smap_status status = is_within(&job->work[worker], i, job->least, &within, err);
        if (status != SMAP_OK) return status;
        double far = within ? 0 : nearest(job->zones, f, i, job->least);
        job->out[i] = far > job->zones->resolution ? far : 0;
    }
    return SMAP_OK;
}

smap_status smap__zones_distance(smap_ctx *ctx, const smap__zones *zones, int32_t least_rank,
                                 const smap_geometry *features, double *out, smap_error *err) {
    int workers = smap_ctx_threads(ctx), made = 0;
    distance_job job = { .zones = zones, .features = features, .out = out };
    smap_status status;
    SMAP_TRY(smap__zone_check_crs(zones, features, err), done);
    while (job.least < zones->rank_count && zones->ranks[job.least] < least_rank) job.least++;
    if (job.least == zones->rank_count || zones->cells[0].most < job.least) {
        for (int64_t i = 0; i < features->count; i++) out[i] = NAN;
        return SMAP_OK;
    }
    job.work = smap__zalloc((size_t)workers, sizeof *job.work);
    if (!job.work) SMAP_TRY(smap__fail_memory(err), done);
    for (; made < workers; made++) SMAP_TRY(smap__zone_work_init(zones, features, &job.work[made], err), done);
    SMAP_TRY(smap__parallel(ctx, (features->count + CHUNK - 1) / CHUNK, distance_chunk, &job, err), done);
done:
    for (int k = 0; k < made; k++) smap__zone_work_release(&job.work[k]);
    smap__free(job.work);
    return status;
}
