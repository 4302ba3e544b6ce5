/* Straight edges kept straight while the CRS changes. Where an edge is looked at, its middle and a point at a third (an
 * S-shaped error is nothing in the middle) are moved with its ends, and it is halved as long as they lie off the line
 * between these. Most edges need no look: the error grows with the square of the length, so a sample over the extent
 * tells below which length nothing can be off. */
#include <stdlib.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "geo/crs.h"
#include "geo/geom_builder.h"
#include "geo/geom_column.h"
#include "geo/ground.h"

enum { HALVINGS = 12, PROBES = 6, DIRECTIONS = 4, POINTS = 4 };

/* A piece of the edge that starts at a coordinate, from one end of it that does not depend on its direction (edges that
 * two polygons share are split at the same points). */
typedef struct piece {
    int64_t edge;
    double from, to;
} piece;

typedef struct split {
    int64_t edge;
    double at;
} split;

typedef struct densifier {
    smap_ctx *ctx;
    const smap_geometry *g;
    const smap_crs *to;
    double tolerance;
    piece *pieces, *next;
    size_t piece_count, piece_capacity, next_count, next_capacity;
    split *splits;
    size_t split_count, split_capacity;
    double *x, *y; /* POINTS a piece, moved */
} densifier;

static void densifier_release(densifier *d) {
    smap__free(d->pieces);
    smap__free(d->next);
    smap__free(d->splits);
    smap__free(d->x);
    smap__free(d->y);
}

static bool runs_forward(const smap_geometry *g, int64_t edge) {
    return g->x[edge] < g->x[edge + 1] || (g->x[edge] == g->x[edge + 1] && g->y[edge] <= g->y[edge + 1]);
}

static void point_at(const smap_geometry *g, int64_t edge, double at, double *x, double *y) {
    int64_t a = runs_forward(g, edge) ? edge : edge + 1, b = a == edge ? edge + 1 : edge;
    *x = g->x[a] + (g->x[b] - g->x[a]) * at;
    *y = g->y[a] + (g->y[b] - g->y[a]) * at;
}

/* How far a moved point is off its place on the moved line; NaN outside the domain. */
static double deviation(const double *x, const double *y, int point, double at) {
    double dx = x[0] + (x[1] - x[0]) * at - x[point], dy = y[0] + (y[1] - y[0]) * at - y[point];
    return sqrt(dx * dx + dy * dy);
}

static double worst_deviation(const double *x, const double *y) {
    return fmax(deviation(x, y, 2, 0.5), deviation(x, y, 3, 1.0 / 3));
}

/* ---- which edges need no look ---- */

/* The length, in units of the source, below which no edge is off by more than the tolerance; 0 where that cannot be
 * told. Half of what the sample says, for what lies between its points. */
static smap_status safe_length(const densifier *d, smap_box box, double *out, smap_error *err) {
    enum { LINES = PROBES * PROBES * DIRECTIONS };
    static const double way[DIRECTIONS][2] = { { 1, 0 }, { 0, 1 }, { 0.7, 0.7 }, { 0.7, -0.7 } };
    double x[LINES * POINTS], y[LINES * POINTS];
    double length = fmax(box.xmax - box.xmin, box.ymax - box.ymin) / 64, worst = 0;
    for (int k = 0; k < LINES; k++) {
        int probe = k / DIRECTIONS, column = probe % PROBES, row = probe / PROBES;
        double cx = box.xmin + (box.xmax - box.xmin) * column / (PROBES - 1);
        double cy = box.ymin + (box.ymax - box.ymin) * row / (PROBES - 1);
        static const double at[POINTS] = { 0, 1, 0.5, 1.0 / 3 };
        for (int p = 0; p < POINTS; p++) {
            x[POINTS * k + p] = cx + way[k % DIRECTIONS][0] * length * (at[p] - 0.5);
            y[POINTS * k + p] = cy + way[k % DIRECTIONS][1] * length * (at[p] - 0.5);
        }
    }
    smap_status status = smap__crs_transform(d->ctx, d->g->crs, d->to, x, y, (int64_t)LINES * POINTS, NULL, err);
    for (int k = 0; k < LINES; k++) {
        double one = worst_deviation(x + (ptrdiff_t)POINTS * k, y + (ptrdiff_t)POINTS * k);
        worst = isnan(one) || isnan(x[POINTS * k]) ? HUGE_VAL : fmax(worst, one);
    }
    *out = fmin(length * sqrt(d->tolerance / worst) / 2, 8 * length);
    return status;
}

static smap_status gather(densifier *d, double safe, smap_error *err) {
    const smap_geometry *g = d->g;
    for (int64_t i = 0; i < g->count; i++)
        for (int64_t part = smap_geom_part(g, i); part < smap_geom_part(g, i + 1); part++) {
            if (smap__geometry_part_type(g, i, part) == SMAP_GEOM_POINT) continue;
            for (int64_t ring = smap_geom_ring(g, part); ring < smap_geom_ring(g, part + 1); ring++)
                for (int64_t k = smap_geom_coord(g, ring); k + 1 < smap_geom_coord(g, ring + 1); k++) {
                    double dx = g->x[k + 1] - g->x[k], dy = g->y[k + 1] - g->y[k];
                    if (dx * dx + dy * dy <= safe * safe) continue;
                    if (!smap__grow(&d->pieces, &d->piece_capacity, d->piece_count + 1, sizeof *d->pieces))
                        return smap__fail_memory(err);
                    d->pieces[d->piece_count++] = (piece){ k, 0, 1 };
                }
        }
    return SMAP_OK;
}

/* ---- halving ---- */

static smap_status move_pieces(densifier *d, smap_error *err) {
    size_t n = d->piece_count * POINTS;
    double *x = smap__realloc(d->x, n, sizeof *x);
    if (x) d->x = x;
    double *y = smap__realloc(d->y, n, sizeof *y);
    if (y) d->y = y;
    if (!x || !y) return smap__fail_memory(err);
    for (size_t k = 0; k < d->piece_count; k++) {
        const piece *p = &d->pieces[k];
        double width = p->to - p->from, at[POINTS] = { p->from, p->to, p->from + width / 2, p->from + width / 3 };
        for (int q = 0; q < POINTS; q++) point_at(d->g, p->edge, at[q], &d->x[POINTS * k + q], &d->y[POINTS * k + q]);
    }
    return smap__crs_transform(d->ctx, d->g->crs, d->to, d->x, d->y, (int64_t)n, NULL, err);
}

/* One round: what is off is split in the middle, and its halves are looked at in the next. */
static smap_status halve(densifier *d, smap_error *err) {
    smap_status status = move_pieces(d, err);
    if (status != SMAP_OK) return status;
    d->next_count = 0;
    for (size_t k = 0; k < d->piece_count; k++) {
        piece p = d->pieces[k];
        if (!(worst_deviation(d->x + POINTS * k, d->y + POINTS * k) > d->tolerance)) continue;
        double middle = p.from + (p.to - p.from) / 2;
        if (!smap__grow(&d->splits, &d->split_capacity, d->split_count + 1, sizeof *d->splits) ||
            !smap__grow(&d->next, &d->next_capacity, d->next_count + 2, sizeof *d->next))
            return smap__fail_memory(err);
        d->splits[d->split_count++] = (split){ p.edge, middle };
        d->next[d->next_count++] = (piece){ p.edge, p.from, middle };
        d->next[d->next_count++] = (piece){ p.edge, middle, p.to };
    }
    piece *swapped = d->pieces;
    size_t capacity = d->piece_capacity;
    d->pieces = d->next, d->piece_capacity = d->next_capacity, d->piece_count = d->next_count;
    d->next = swapped, d->next_capacity = capacity;
    return SMAP_OK;
}

/* ---- the splits put in ---- */

static int compare_splits(const void *a, const void *b) {
    const split *left = a, *right = b;
    if (left->edge != right->edge) return left->edge < right->edge ? -1 : 1;
    return (left->at > right->at) - (left->at < right->at);
}

static void put_ring(const densifier *d, int64_t ring, smap_geometry_builder *b, size_t *next) {
    const smap_geometry *g = d->g;
    for (int64_t k = smap_geom_coord(g, ring); k < smap_geom_coord(g, ring + 1); k++) {
        size_t end = *next;
        smap__builder_put(b, g->x[k], g->y[k]);
        while (end < d->split_count && d->splits[end].edge == k) end++;
        for (size_t n = end - *next, s = 0; s < n; s++) {
            double x, y;
            point_at(g, k, d->splits[runs_forward(g, k) ? *next + s : end - 1 - s].at, &x, &y);
            smap__builder_put(b, x, y);
        }
        *next = end;
    }
    smap__builder_end_ring(b);
}

static smap_status put_splits(densifier *d, const smap_geometry **out, smap_error *err) {
    const smap_geometry *g = d->g;
    smap_geometry_builder *b = NULL;
    size_t next = 0;
    smap_status status;
    qsort(d->splits, d->split_count, sizeof *d->splits, compare_splits);
    SMAP_TRY(smap_geometry_builder_new(g->crs, &b, err), done);
    SMAP_TRY(smap__builder_reserve(b, (size_t)g->count, (size_t)g->part_count, (size_t)g->ring_count,
                                   (size_t)g->coord_count + d->split_count, err),
             done);
    for (int64_t i = 0; i < g->count; i++) {
        for (int64_t part = smap_geom_part(g, i); part < smap_geom_part(g, i + 1); part++) {
            for (int64_t ring = smap_geom_ring(g, part); ring < smap_geom_ring(g, part + 1); ring++)
                put_ring(d, ring, b, &next);
            smap__builder_end_part(b, smap__geometry_part_type(g, i, part));
        }
        smap__builder_end_feature(b, (smap_geom_type)g->type[i]);
    }
    SMAP_TRY(smap_geometry_builder_finish(b, out, err), done);
done:
    smap_geometry_builder_free(b);
    return status;
}

smap_status smap__ground_transform(smap_ctx *ctx, const smap_geometry *geometry, const smap_crs *to, double tolerance,
                                   const smap_geometry **out, int64_t *lost, smap_error *err) {
    densifier d = { .ctx = ctx, .g = geometry, .to = to, .tolerance = tolerance };
    const smap_geometry *dense = NULL;
    double safe;
    smap_status status;
    if (!(tolerance > 0))
        return smap__fail(err, SMAP_E_ARGUMENT, NULL, "the tolerance of a transformation must be more than 0");
    if (!geometry->crs || smap_crs_equal(geometry->crs, to) || !geometry->coord_count)
        return smap_geometry_transform(ctx, geometry, to, out, lost, err);
    SMAP_TRY(safe_length(&d, smap_geometry_extent(geometry), &safe, err), done);
    SMAP_TRY(gather(&d, safe, err), done);
    for (int k = 0; k < HALVINGS && d.piece_count; k++) SMAP_TRY(halve(&d, err), done);
    if (d.split_count) SMAP_TRY(put_splits(&d, &dense, err), done);
    SMAP_TRY(smap_geometry_transform(ctx, dense ? dense : geometry, to, out, lost, err), done);
done:
    smap_geometry_free(dense);
    densifier_release(&d);
    return status;
}
