/* Points and lines. A segment is cut where it leaves a cell, and in leaves where it meets an edge; what lies between
 * two cuts is where its middle is. The border belongs to the zone, for points as for lines that run along it. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/compare.h"
#include "base/fail.h"
#include "geo/geom_column.h"
#include "overlay/zone_work.h"

enum {
    FEW = 32,   /* a stretch with more edges near it is halved */
    WASTES = 4, /* so many halvings that part nothing are made */
};

/* A segment from its left (or lower) end: whichever way a line runs, its pieces are the same. */
typedef struct segment {
    smap__zone_edge line;
    double dx, dy, length;
} segment;

static double x_at(const segment *s, double t) {
    return s->line.ax + t * s->dx;
}

static double y_at(const segment *s, double t) {
    return s->line.ay + t * s->dy;
}

/* ---- points ---- */

static smap_status rank_in_leaf(smap__zone_work *w, const smap__zone_cell *leaf, const smap_box *box, double x,
                                double y, int32_t *rank, smap_error *err) {
    const smap__zones *z = w->zones;
    size_t owners = leaf->owner_end - leaf->owner, at = 0;
    *rank = leaf->cover;
    if (!owners) return SMAP_OK;
    smap_status status = smap__zone_push_states(w, owners, &at, err);
    if (status != SMAP_OK) return status;
    smap__zone_states_at(w, leaf, box, x, y, at);
    for (uint32_t k = leaf->edge; k < leaf->edge_end; k++) {
        smap__zone_edge e = smap__zone_entry_edge(z, k);
        if (!w->inside[at + e.label] && smap__zone_on_edge(&e, x, y, w->resolution)) w->inside[at + e.label] = 1;
    }
    for (size_t k = 0; k < owners; k++)
        if (w->inside[at + k] && z->owners[leaf->owner + k].rank > *rank) *rank = z->owners[leaf->owner + k].rank;
    w->inside_count = at;
    return SMAP_OK;
}

smap_status smap__zone_rank_at(smap__zone_work *work, double x, double y, int32_t *rank, smap_error *err) {
    const smap_box *root = &work->zones->root;
    smap_box box;
    *rank = -1;
    if (!(x >= root->xmin && x <= root->xmax && y >= root->ymin && y <= root->ymax)) return SMAP_OK;
    const smap__zone_cell *leaf = smap__zone_leaf_at(work->zones, x, y, &box);
    return rank_in_leaf(work, leaf, &box, x, y, rank, err);
}

smap_status smap__zone_points(smap__zone_work *work, int64_t feature, smap_error *err) {
    const smap_geometry *g = work->features;
    smap_status status = SMAP_OK;
    for (int64_t part = smap_geom_part(g, feature); part < smap_geom_part(g, feature + 1); part++) {
        if (smap__geometry_part_type(g, feature, part) != SMAP_GEOM_POINT) continue;
        int64_t k = smap_geom_coord(g, smap_geom_ring(g, part)), end = smap_geom_coord(g, smap_geom_ring(g, part + 1));
        for (; k < end && status == SMAP_OK; k++) {
            int32_t rank;
            status = smap__zone_rank_at(work, g->x[k], g->y[k], &rank, err);
            if (status == SMAP_OK) status = smap__zone_add(work, rank, 1, err);
        }
    }
    return status;
}

/* ---- cuts in a leaf ---- */

static smap_status put_cut(smap__zone_work *w, double t, double from, double to, smap_error *err) {
    if (!(t > from && t < to)) return SMAP_OK;
    if (!smap__grow(&w->cuts, &w->cut_capacity, w->cut_count + 1, sizeof *w->cuts)) return smap__fail_memory(err);
    w->cuts[w->cut_count++] = t;
    return SMAP_OK;
}

/* Where the segment crosses the edge, and where an end of the edge lies on it (there the edge may run along it). */
static smap_status cut_at(smap__zone_work *w, const segment *s, const smap__zone_edge *e, double from, double to,
                          smap_error *err) {
    double ax = e->ax - s->line.ax, ay = e->ay - s->line.ay, bx = e->bx - s->line.ax, by = e->by - s->line.ay;
    double a = s->dx * ay - s->dy * ax, b = s->dx * by - s->dy * bx; /* distances from the line, times its length */
    double near = 2 * w->resolution * s->length, length2 = s->length * s->length;
    smap_status status = SMAP_OK;
    if ((a > near && b > near) || (a < -near && b < -near)) return SMAP_OK;
    double ta = (ax * s->dx + ay * s->dy) / length2, tb = (bx * s->dx + by * s->dy) / length2;
    if ((a < 0) != (b < 0)) status = put_cut(w, ta + (tb - ta) * (a / (a - b)), from, to, err);
    if (status == SMAP_OK && fabs(a) <= near) status = put_cut(w, ta, from, to, err);
    if (status == SMAP_OK && fabs(b) <= near) status = put_cut(w, tb, from, to, err);
    return status;
}

/* A piece of a segment and what of the leaf is near it, on the stacks; states are those at the box's corner. */
typedef struct stretch {
    const smap__zone_cell *leaf;
    double from, to;
    smap_box box;
    size_t edge, edge_end, inside;
    int wastes;
} stretch;

static int32_t highest(const smap__zone_work *w, const stretch *p, size_t states) {
    const smap__zone_owner *owners = w->zones->owners + p->leaf->owner;
    int32_t rank = p->leaf->cover;
    for (size_t k = 0; k < p->leaf->owner_end - p->leaf->owner; k++)
        if (w->inside[states + k] && owners[k].rank > rank) rank = owners[k].rank;
    return rank;
}

static smap_status rank_in_stretch(smap__zone_work *w, const stretch *p, double x, double y, int32_t *rank,
                                   smap_error *err) {
    size_t owners = p->leaf->owner_end - p->leaf->owner, at = 0;
    smap_status status = smap__zone_push_states(w, owners, &at, err);
    if (status != SMAP_OK) return status;
    if (owners) memcpy(w->inside + at, w->inside + p->inside, owners);
    for (size_t k = p->edge; k < p->edge_end; k++) {
        const smap__zone_edge *e = &w->edges[k];
        w->inside[at + e->label] ^=
            smap__zone_crosses_x(e, p->box.xmin, x, p->box.ymin) != smap__zone_crosses_y(e, x, p->box.ymin, y);
    }
    for (size_t k = p->edge; k < p->edge_end; k++) {
        const smap__zone_edge *e = &w->edges[k];
        if (!w->inside[at + e->label] && smap__zone_on_edge(e, x, y, w->resolution)) w->inside[at + e->label] = 1;
    }
    *rank = highest(w, p, at);
    w->inside_count = at;
    return SMAP_OK;
}

/* As it is: cut at every edge near. */
static smap_status cut_stretch(smap__zone_work *w, const segment *s, const stretch *p, smap_error *err) {
    double from = p->from;
    smap_status status;
    w->cut_count = 0;
    for (size_t k = p->edge; k < p->edge_end; k++) {
        status = cut_at(w, s, &w->edges[k], p->from, p->to, err);
        if (status != SMAP_OK) return status;
    }
    if (w->cut_count > 1) qsort(w->cuts, w->cut_count, sizeof *w->cuts, smap__compare_reals);
    for (size_t k = 0; k <= w->cut_count; k++) {
        double until = k < w->cut_count ? w->cuts[k] : p->to, middle = from + (until - from) / 2;
        double length = (until - from) * s->length;
        int32_t rank;
        from = until;
        if (!(length > 4 * w->resolution)) continue;
        double x = fmin(fmax(x_at(s, middle), p->box.xmin), p->box.xmax);
        double y = fmin(fmax(y_at(s, middle), p->box.ymin), p->box.ymax);
        status = rank_in_stretch(w, p, x, y, &rank, err);
        if (status == SMAP_OK) status = smap__zone_add(w, rank, length, err);
        if (status != SMAP_OK) return status;
    }
    return SMAP_OK;
}

/* The box of [from, to], in that of the leaf. */
static smap_box box_of(const segment *s, double from, double to, const smap_box *within) {
    smap_box box = { x_at(s, from), fmin(y_at(s, from), y_at(s, to)), x_at(s, to), fmax(y_at(s, from), y_at(s, to)) };
    return (
        smap_box){ fmin(fmax(box.xmin, within->xmin), within->xmax), fmin(fmax(box.ymin, within->ymin), within->ymax),
                   fmin(fmax(box.xmax, within->xmin), within->xmax), fmin(fmax(box.ymax, within->ymin), within->ymax) };
}

/* A part of a stretch with what is near it, on top of the stacks. */
static smap_status narrow(smap__zone_work *w, const segment *s, const stretch *p, double from, double to, stretch *out,
                          smap_error *err) {
    size_t edges = p->edge_end - p->edge, owners = p->leaf->owner_end - p->leaf->owner;
    stretch made = { .leaf = p->leaf, .from = from, .to = to, .box = box_of(s, from, to, &p->box) };
    made.wastes = p->wastes;
    smap_status status = smap__zone_push_states(w, owners, &made.inside, err);
    if (status != SMAP_OK) return status;
    if (!smap__grow(&w->edges, &w->edge_capacity, w->edge_count + edges, sizeof *w->edges))
        return smap__fail_memory(err);
    if (owners) memcpy(w->inside + made.inside, w->inside + p->inside, owners);
    made.edge = w->edge_count;
    for (size_t k = p->edge; k < p->edge_end; k++) {
        const smap__zone_edge *e = &w->edges[k];
        w->inside[made.inside + e->label] ^= smap__zone_crosses_x(e, p->box.xmin, made.box.xmin, p->box.ymin) !=
                                             smap__zone_crosses_y(e, made.box.xmin, p->box.ymin, made.box.ymin);
        if (smap__zone_touches(e, &made.box, 4 * w->resolution)) w->edges[w->edge_count++] = *e;
    }
    made.edge_end = w->edge_count;
    *out = made;
    return SMAP_OK;
}

/* Halved while it is crowded: cost follows the edges near it, not their square. */
static smap_status measure_stretch(smap__zone_work *w, const segment *s, const stretch *p, smap_error *err) {
    size_t edges = p->edge_end - p->edge;
    double middle = p->from + (p->to - p->from) / 2;
    smap_status status = SMAP_OK;
    if (edges == 0) return smap__zone_add(w, highest(w, p, p->inside), (p->to - p->from) * s->length, err);
    if (edges <= FEW || p->wastes == WASTES || !(p->from < middle && middle < p->to)) return cut_stretch(w, s, p, err);
    for (int half = 0; half < 2 && status == SMAP_OK; half++) {
        size_t edge_count = w->edge_count, inside_count = w->inside_count;
        stretch part;
        status = narrow(w, s, p, half ? middle : p->from, half ? p->to : middle, &part, err);
        if (status == SMAP_OK) {
            part.wastes += 10 * (part.edge_end - part.edge) > 9 * edges;
            status = measure_stretch(w, s, &part, err);
        }
        w->edge_count = edge_count;
        w->inside_count = inside_count;
    }
    return status;
}

static smap_status measure_in_leaf(smap__zone_work *w, const smap__zone_cell *leaf, const smap_box *box,
                                   const segment *s, double from, double to, smap_error *err) {
    const smap__zones *z = w->zones;
    size_t owners = leaf->owner_end - leaf->owner, edge_count = w->edge_count, inside_count = w->inside_count;
    stretch all = { .leaf = leaf, .from = from, .to = to, .box = *box, .edge = edge_count };
    smap_status status = smap__zone_push_states(w, owners, &all.inside, err);
    if (status != SMAP_OK) return status;
    if (!smap__grow(&w->edges, &w->edge_capacity, edge_count + (leaf->edge_end - leaf->edge), sizeof *w->edges))
        return smap__fail_memory(err);
    for (size_t k = 0; k < owners; k++) w->inside[all.inside + k] = z->owners[leaf->owner + k].inside;
    for (uint32_t k = leaf->edge; k < leaf->edge_end; k++) w->edges[w->edge_count++] = smap__zone_entry_edge(z, k);
    all.edge_end = w->edge_count;
    status = measure_stretch(w, s, &all, err);
    w->edge_count = edge_count;
    w->inside_count = inside_count;
    return status;
}

/* ---- down the tree ---- */

static smap_status walk(smap__zone_work *w, uint32_t number, const smap_box *box, const segment *s, double from,
                        double to, smap_error *err) {
    const smap__zone_cell *cell = &w->zones->cells[number];
    if (cell->most < 0) return SMAP_OK;
    if (!cell->child) return measure_in_leaf(w, cell, box, s, from, to, err);
    double x = smap__zone_middle(box->xmin, box->xmax), y = smap__zone_middle(box->ymin, box->ymax);
    double tx = s->dx != 0 ? (x - s->line.ax) / s->dx : from, ty = s->dy != 0 ? (y - s->line.ay) / s->dy : from;
    double cuts[4] = { from, fmin(tx, ty), fmax(tx, ty), to };
    for (int k = 1; k < 3; k++) cuts[k] = fmin(fmax(cuts[k], from), to);
    for (int k = 0; k < 3; k++) {
        if (!(cuts[k] < cuts[k + 1])) continue;
        double middle = cuts[k] + (cuts[k + 1] - cuts[k]) / 2;
        int child = (x_at(s, middle) >= x) | (y_at(s, middle) >= y) << 1;
        smap_box child_box = smap__zone_child_box(box, child);
        smap_status status = walk(w, cell->child + (uint32_t)child, &child_box, s, cuts[k], cuts[k + 1], err);
        if (status != SMAP_OK) return status;
    }
    return SMAP_OK;
}

static smap_status measure_segment(smap__zone_work *w, int64_t k, smap_error *err) {
    const smap_box *root = &w->zones->root;
    segment s = { .line = smap__zone_edge_at(w->features, k, 0) };
    s.dx = s.line.bx - s.line.ax;
    s.dy = s.line.by - s.line.ay;
    s.length = sqrt(s.dx * s.dx + s.dy * s.dy);
    double from = 0, to = 1;
    smap__segment_clip(s.line.ax, s.dx, root->xmin, root->xmax, &from, &to);
    smap__segment_clip(s.line.ay, s.dy, root->ymin, root->ymax, &from, &to);
    return s.length > 0 && from < to ? walk(w, 0, root, &s, from, to, err) : SMAP_OK;
}

smap_status smap__zone_lengths(smap__zone_work *work, int64_t feature, smap_error *err) {
    const smap_geometry *g = work->features;
    smap_status status = SMAP_OK;
    for (int64_t part = smap_geom_part(g, feature); part < smap_geom_part(g, feature + 1); part++) {
        if (smap__geometry_part_type(g, feature, part) != SMAP_GEOM_LINESTRING) continue;
        for (int64_t ring = smap_geom_ring(g, part); ring < smap_geom_ring(g, part + 1); ring++)
            for (int64_t k = smap_geom_coord(g, ring); k + 1 < smap_geom_coord(g, ring + 1) && status == SMAP_OK; k++)
                status = measure_segment(work, k, err);
    }
    return status;
}
