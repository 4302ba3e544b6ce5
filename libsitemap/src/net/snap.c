/* Boxes around a place that grow until an edge is in one of them, then one that is sure to hold all that could be
 * nearer. */
#include "net/snap.h"

#include <float.h>
#include <math.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/parallel.h"
#include "geo/geom_column.h"
#include "geo/index.h"
#include "geo/segment.h"

enum { CHUNK = 256, EDGE_CHUNK = 1 << 15 };

/* Of a chunk of edges. */
typedef struct measure {
    smap_box extent;
    uint32_t open;
} measure;

struct smap__snapper {
    const smap__graph *graph;
    smap_box *boxes; /* of each edge; empty: closed */
    measure *measures;
    smap_box extent; /* of all */
    smap__index *index;
    double spacing; /* of the edges, about */
    double limit;
};

struct smap__snapping {
    const smap__snapper *snapper;
    const smap_geometry *points;
    smap__snap *out;
    smap__hits *hits; /* of each worker */
    int workers;
};

static double box_distance(smap_box box, double x, double y) {
    double dx = fmax(fmax(box.xmin - x, x - box.xmax), 0), dy = fmax(fmax(box.ymin - y, y - box.ymax), 0);
    return hypot(dx, dy);
}

/* All that is within `reach`, rounding included. */
static smap_box box_around(double x, double y, double reach) {
    double r = reach * (1 + 4 * DBL_EPSILON);
    return (smap_box){ nextafter(x - r, -HUGE_VAL), nextafter(y - r, -HUGE_VAL), nextafter(x + r, HUGE_VAL),
                       nextafter(y + r, HUGE_VAL) };
}

/* The nearest point of an edge into `best`, if it is nearer than what is there. */
static void try_edge(const smap__graph *graph, uint32_t edge, double x, double y, smap__snap *best) {
    const smap_geometry *g = graph->lines;
    uint32_t segment = SMAP__NONE;
    double within = 0;
    for (uint32_t i = graph->first[edge] + 1; i <= graph->last[edge]; i++) {
        double ax = g->x[i - 1], ay = g->y[i - 1], bx = g->x[i], by = g->y[i];
        double t = smap__segment_share(x, y, ax, ay, bx, by);
        double nx = t < 1 ? ax + t * (bx - ax) : bx, ny = t < 1 ? ay + t * (by - ay) : by;
        double distance = hypot(x - nx, y - ny);
        if (distance >= best->distance) continue;
        *best = (smap__snap){ edge, 0, nx, ny, distance };
        segment = i;
        within = t;
    }
    if (segment == SMAP__NONE) return;
    double before = 0, total = 0;
    for (uint32_t i = graph->first[edge] + 1; i <= graph->last[edge]; i++) {
        double length = hypot(g->x[i] - g->x[i - 1], g->y[i] - g->y[i - 1]);
        before += i < segment ? length : i == segment ? within * length : 0;
        total += length;
    }
    bool at_end = segment == graph->last[edge] && within == 1;
    best->share = at_end ? 1 : total > 0 ? fmin(before / total, 1) : 0;
}

static smap_status search(const smap__snapper *w, smap__hits *hits, double x, double y, smap__snap *out,
                          smap_error *err) {
    const smap__snap nothing = { SMAP__NONE, NAN, NAN, NAN, HUGE_VAL };
    double reach = w->spacing + box_distance(w->extent, x, y);
    for (;;) {
        reach = fmin(reach, w->limit);
        smap__snap best = nothing;
        smap_status status = smap__index_query(w->index, box_around(x, y, reach), hits, err);
        if (status != SMAP_OK) return status;
        for (size_t i = 0; i < hits->count; i++)
            if (box_distance(w->boxes[hits->ids[i]], x, y) < best.distance)
                try_edge(w->graph, (uint32_t)hits->ids[i], x, y, &best);
        if (best.distance <= reach) *out = best;
        if (best.distance <= reach || reach >= w->limit) return SMAP_OK;
        reach = best.edge == SMAP__NONE ? 2 * reach : best.distance;
    }
}

static smap_status search_chunk(int worker, int64_t chunk, void *user, smap_error *err) {
    const smap__snapping *w = user;
    int64_t end = (chunk + 1) * CHUNK < w->points->count ? (chunk + 1) * CHUNK : w->points->count;
    for (int64_t i = chunk * CHUNK; i < end; i++) {
        double x, y;
        w->out[i] = (smap__snap){ SMAP__NONE, NAN, NAN, NAN, NAN };
        smap_status status = smap__geometry_anchor(w->points, i, &x, &y, err);
        bool there = isfinite(x) && isfinite(y) && !smap__box_is_empty(w->snapper->extent);
        if (status == SMAP_OK && there) status = search(w->snapper, &w->hits[worker], x, y, &w->out[i], err);
        if (status != SMAP_OK) return status;
    }
    return SMAP_OK;
}

static smap_status measure_chunk(int worker, int64_t chunk, void *user, smap_error *err) {
    smap__snapper *w = user;
    const smap__graph *g = w->graph;
    uint32_t first = (uint32_t)chunk * EDGE_CHUNK;
    uint32_t end = g->edge_count - first > EDGE_CHUNK ? first + EDGE_CHUNK : g->edge_count;
    measure m = { SMAP_BOX_EMPTY, 0 };
    (void)worker, (void)err;
    for (uint32_t e = first; e < end; e++) {
        w->boxes[e] = SMAP_BOX_EMPTY;
        if (!smap__graph_is_open(g, e)) continue;
        w->boxes[e] = smap__geometry_span_box(g->lines, g->first[e], (int64_t)g->last[e] + 1);
        m.extent = smap__box_join(m.extent, w->boxes[e]);
        m.open++;
    }
    w->measures[chunk] = m;
    return SMAP_OK;
}

static smap_status measure_edges(smap_ctx *ctx, smap__snapper *w, smap_error *err) {
    int64_t chunks = ((int64_t)w->graph->edge_count + EDGE_CHUNK - 1) / EDGE_CHUNK;
    uint32_t open = 0;
    w->measures = smap__realloc(NULL, (size_t)chunks, sizeof *w->measures);
    if (!w->measures) return smap__fail_memory(err);
    smap_status status = smap__parallel(ctx, chunks, measure_chunk, w, err);
    for (int64_t k = 0; status == SMAP_OK && k < chunks; k++) {
        w->extent = smap__box_join(w->extent, w->measures[k].extent);
        open += w->measures[k].open;
    }
    if (status != SMAP_OK || open == 0) return status;
    double sides = (w->extent.xmax - w->extent.xmin) + (w->extent.ymax - w->extent.ymin);
    w->spacing = sides > 0 ? sides / (4 * sqrt(open)) : 1;
    return SMAP_OK;
}

smap_status smap__snapper_new(smap_ctx *ctx, const smap__graph *graph, double limit, smap__snapper **out,
                              smap_error *err) {
    if (!(limit >= 0))
        return smap__fail(err, SMAP_E_ARGUMENT, NULL, "%g is no distance to look for a road within; give 0 or more",
                          limit);
    smap__snapper *w = smap__zalloc(1, sizeof *w);
    if (!w) return smap__fail_memory(err);
    *w = (smap__snapper){ .graph = graph, .extent = SMAP_BOX_EMPTY, .limit = limit };
    w->boxes = smap__realloc(NULL, graph->edge_count, sizeof *w->boxes);
    smap_status status = w->boxes ? measure_edges(ctx, w, err) : smap__fail_memory(err);
    if (status == SMAP_OK) status = smap__index_new(ctx, w->boxes, graph->edge_count, &w->index, err);
    if (status == SMAP_OK)
        *out = w;
    else
        smap__snapper_free(w);
    return status;
}

void smap__snapper_free(smap__snapper *snapper) {
    if (!snapper) return;
    smap__index_free(snapper->index);
    smap__free(snapper->boxes);
    smap__free(snapper->measures);
    smap__free(snapper);
}

smap_status smap__snapping_new(smap_ctx *ctx, const smap__snapper *snapper, const smap_geometry *points,
                               smap__snap *out, smap__snapping **snapping, smap_error *err) {
    smap__snapping *w = smap__zalloc(1, sizeof *w);
    if (!w) return smap__fail_memory(err);
    *w = (smap__snapping){ .snapper = snapper, .points = points, .out = out, .workers = smap_ctx_threads(ctx) };
    w->hits = smap__zalloc((size_t)w->workers, sizeof *w->hits);
    if (!w->hits) {
        smap__free(w);
        return smap__fail_memory(err);
    }
    *snapping = w;
    return SMAP_OK;
}

smap__job smap__snapping_job(smap__snapping *snapping) {
    return (smap__job){ (snapping->points->count + CHUNK - 1) / CHUNK, search_chunk, snapping };
}

void smap__snapping_free(smap__snapping *snapping) {
    if (!snapping) return;
    smap__hits_free(snapping->hits, snapping->workers);
    smap__free(snapping);
}

smap_status smap__snapper_put(smap_ctx *ctx, const smap__snapper *snapper, const smap_geometry *points, smap__snap *out,
                              smap_error *err) {
    smap__snapping *snapping = NULL;
    smap_status status = smap__snapping_new(ctx, snapper, points, out, &snapping, err);
    if (status != SMAP_OK) return status;
    const smap__job job = smap__snapping_job(snapping);
    status = smap__parallel(ctx, job.chunks, job.fn, job.user, err);
    smap__snapping_free(snapping);
    return status;
}

int smap__snap_seeds(const smap__graph *graph, const smap__snap *snap, uint32_t source, double access_s, bool toward,
                     smap__seed out[2]) {
    uint32_t e = snap->edge;
    if (e == SMAP__NONE) return 0;
    if (snap->share <= 0 || snap->share >= 1) {
        out[0] = (smap__seed){ snap->share <= 0 ? graph->from[e] : graph->to[e], source, access_s, 0 };
        return 1;
    }
    double to_from = snap->share * (toward ? graph->forward_s[e] : graph->backward_s[e]);
    double to_to = (1 - snap->share) * (toward ? graph->backward_s[e] : graph->forward_s[e]);
    out[0] = (smap__seed){ graph->from[e], source, access_s + to_from, snap->share * graph->length_m[e] };
    out[1] = (smap__seed){ graph->to[e], source, access_s + to_to, (1 - snap->share) * graph->length_m[e] };
    return 2;
}

double smap__snap_along(const smap__graph *graph, const smap__snap *a, const smap__snap *b) {
    if (a->edge == SMAP__NONE || a->edge != b->edge) return HUGE_VAL;
    if (a->share == b->share) return 0;
    return b->share > a->share ? (b->share - a->share) * graph->forward_s[a->edge]
                               : (a->share - b->share) * graph->backward_s[a->edge];
}
