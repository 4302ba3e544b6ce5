/* A polygon goes down the tree with the edges that touch each cell, and whether the cell's corner is in it; in a leaf
 * the zones' edges join. Where few edges are left the rest is a sweep. Leaves in which many are left are split further,
 * for this polygon alone: cost follows the number of edges, not the product of the polygon's and the leaf's. */
#include "base/alloc.h"
#include "base/fail.h"
#include "geo/geom_column.h"
#include "overlay/zone_work.h"

enum {
    SWEEP_EDGES = 24,  /* a part with more is split */
    SPLITS = 24,       /* so often, at most */
    STACK_EDGES = 256, /* so many on top of each other are swept as they are; of more some splits are tried */
    WASTES = 3
};

/* A box, what of the polygon and of the zones touches it, and the states of its lower left corner. */
typedef struct part {
    smap_box box;
    size_t polygon, polygon_end, zone, zone_end; /* edges, in the stack */
    size_t inside;                               /* states by owner, in the stack */
    const smap__zone_owner *owners;
    size_t owner_count;
    int32_t cover;
    bool in_polygon;
    int splits, wastes;
} part;

typedef struct job {
    smap__zone_work *w;
    smap_box box; /* of the polygon */
    double whole; /* its area */
} job;

static smap_box common(const smap_box *a, const smap_box *b) {
    return (smap_box){ fmax(a->xmin, b->xmin), fmax(a->ymin, b->ymin), fmin(a->xmax, b->xmax), fmin(a->ymax, b->ymax) };
}

static bool is_flat(const smap_box *box) {
    return !(box->xmin < box->xmax && box->ymin < box->ymax);
}

/* Does the move between the lower left corners of two boxes, along x and then y, cross the edge? */
static bool crosses(const smap__zone_edge *e, const smap_box *from, const smap_box *to) {
    return smap__zone_crosses_x(e, from->xmin, to->xmin, from->ymin) !=
           smap__zone_crosses_y(e, to->xmin, from->ymin, to->ymin);
}

/* ---- narrowing ---- */

/* What of a part lies in a smaller box, on top of the stacks. */
static smap_status narrow(smap__zone_work *w, const part *from, const smap_box *box, part *to, smap_error *err) {
    size_t edges = (from->polygon_end - from->polygon) + (from->zone_end - from->zone);
    part made = *from;
    made.box = *box;
    smap_status status = smap__zone_push_states(w, from->owner_count, &made.inside, err);
    if (status != SMAP_OK) return status;
    if (!smap__grow(&w->edges, &w->edge_capacity, w->edge_count + edges, sizeof *w->edges))
        return smap__fail_memory(err);
    for (size_t k = 0; k < from->owner_count; k++) w->inside[made.inside + k] = w->inside[from->inside + k];
    made.polygon = w->edge_count;
    for (size_t k = from->polygon; k < from->polygon_end; k++) {
        const smap__zone_edge *e = &w->edges[k];
        made.in_polygon ^= crosses(e, &from->box, box);
        if (smap__zone_touches(e, box, w->resolution)) w->edges[w->edge_count++] = *e;
    }
    made.polygon_end = made.zone = w->edge_count;
    for (size_t k = from->zone; k < from->zone_end; k++) {
        const smap__zone_edge *e = &w->edges[k];
        w->inside[made.inside + e->label] ^= crosses(e, &from->box, box);
        if (smap__zone_touches(e, box, w->resolution)) w->edges[w->edge_count++] = *e;
    }
    made.zone_end = w->edge_count;
    *to = made;
    return SMAP_OK;
}

static void drop(smap__zone_work *w, const part *p) {
    w->edge_count = p->polygon;
    w->inside_count = p->inside;
}

/* ---- a part in one leaf ---- */

static int32_t highest(const smap__zone_work *w, const part *p) {
    int32_t rank = p->cover;
    for (size_t k = 0; k < p->owner_count; k++)
        if (w->inside[p->inside + k] && p->owners[k].rank > rank) rank = p->owners[k].rank;
    return rank;
}

/* What is thinner than the coordinates can tell is not there: two borders that run together, not quite. */
static smap_status fold_piece(smap__zone_work *w, const part *p, int32_t rank, smap_error *err) {
    if (rank < 0) return SMAP_OK;
    double area = w->piece[rank], width = p->box.xmax - p->box.xmin, height = p->box.ymax - p->box.ymin;
    w->piece[rank] = 0;
    return area > w->resolution * (width + height) ? smap__zone_add(w, rank, area, err) : SMAP_OK;
}

static smap_status sweep(smap__zone_work *w, const part *p, smap_error *err) {
    smap__zone_scene scene = { .box = p->box,
                               .polygon = w->edges + p->polygon,
                               .polygon_count = p->polygon_end - p->polygon,
                               .zones = w->edges + p->zone,
                               .zone_count = p->zone_end - p->zone,
                               .in_polygon = p->in_polygon,
                               .in_zone = w->inside + p->inside,
                               .owners = p->owners,
                               .owner_count = p->owner_count,
                               .cover = p->cover };
    smap_status status = smap__zone_sweep_run(w->sweep, &scene, w->piece, err);
    if (status == SMAP_OK) status = fold_piece(w, p, p->cover, err);
    for (size_t k = 0; k < p->owner_count && status == SMAP_OK; k++) status = fold_piece(w, p, p->owners[k].rank, err);
    return status;
}

static smap_status measure_part(const job *j, part *p, smap_error *err);

/* In four, each with what touches it; as it is where that parts nothing. */
static smap_status split(const job *j, part *p, smap_error *err) {
    smap__zone_work *w = j->w;
    size_t edges = p->zone_end - p->polygon, sum = 0, most = 0;
    part child[SMAP__ZONE_FAN];
    smap_status status = SMAP_OK;
    p->splits++;
    for (int k = 0; k < SMAP__ZONE_FAN && status == SMAP_OK; k++) {
        smap_box box = smap__zone_child_box(&p->box, k);
        status = narrow(w, p, &box, &child[k], err);
        if (status != SMAP_OK) return status;
        size_t count = child[k].zone_end - child[k].polygon;
        sum += count;
        if (count > most) most = count;
    }
    bool wasted = smap__zone_split_wastes(edges, sum, most);
    if (wasted && (edges <= STACK_EDGES || p->wastes == WASTES)) {
        drop(w, &child[0]);
        return sweep(w, p, err);
    }
    for (int k = SMAP__ZONE_FAN - 1; k >= 0 && status == SMAP_OK; k--) {
        child[k].wastes += wasted;
        status = measure_part(j, &child[k], err);
        drop(w, &child[k]);
    }
    return status;
}

static smap_status measure_part(const job *j, part *p, smap_error *err) {
    smap__zone_work *w = j->w;
    size_t edges = p->polygon_end - p->polygon;
    if (edges == 0 && !p->in_polygon) return SMAP_OK;
    if (p->zone == p->zone_end) {
        p->cover = highest(w, p);
        p->owner_count = 0;
        if (p->cover < 0) return SMAP_OK;
        if (edges == 0) {
            w->piece[p->cover] = (p->box.xmax - p->box.xmin) * (p->box.ymax - p->box.ymin);
            return fold_piece(w, p, p->cover, err);
        }
        if (p->box.xmin == j->box.xmin && p->box.ymin == j->box.ymin && p->box.xmax == j->box.xmax &&
            p->box.ymax == j->box.ymax)
            return smap__zone_add(w, p->cover, j->whole, err);
    }
    edges += p->zone_end - p->zone;
    if (edges > SWEEP_EDGES && p->splits < SPLITS && !smap__zone_is_atom(&p->box)) return split(j, p, err);
    return sweep(w, p, err);
}

/* ---- down the tree ---- */

/* The leaf's edges join those of the part, and its owners' states move to the part's corner. */
static smap_status join_leaf(const job *j, const smap__zone_cell *leaf, const smap_box *cell_box, part *p,
                             smap_error *err) {
    smap__zone_work *w = j->w;
    const smap__zones *z = w->zones;
    p->cover = leaf->cover;
    p->owners = z->owners + leaf->owner;
    p->owner_count = leaf->owner_end - leaf->owner;
    smap_status status = smap__zone_push_states(w, p->owner_count, &p->inside, err);
    if (status != SMAP_OK) return status;
    if (!smap__grow(&w->edges, &w->edge_capacity, w->edge_count + (leaf->edge_end - leaf->edge), sizeof *w->edges))
        return smap__fail_memory(err);
    smap__zone_states_at(w, leaf, cell_box, p->box.xmin, p->box.ymin, p->inside);
    p->zone = w->edge_count;
    for (uint32_t k = leaf->edge; k < leaf->edge_end; k++) {
        smap__zone_edge e = smap__zone_entry_edge(z, k);
        if (smap__zone_touches(&e, &p->box, w->resolution)) w->edges[w->edge_count++] = e;
    }
    p->zone_end = w->edge_count;
    return measure_part(j, p, err);
}

static smap_status walk(const job *j, uint32_t number, const smap_box *cell_box, const part *p, smap_error *err) {
    const smap__zone_cell *cell = &j->w->zones->cells[number];
    smap_status status = SMAP_OK;
    if (cell->most < 0 || (p->polygon == p->polygon_end && !p->in_polygon)) return SMAP_OK;
    if (!cell->child) {
        part leaf = *p;
        return join_leaf(j, cell, cell_box, &leaf, err);
    }
    for (int k = 0; k < SMAP__ZONE_FAN && status == SMAP_OK; k++) {
        smap_box child_box = smap__zone_child_box(cell_box, k), box = common(&child_box, &p->box);
        size_t edges = j->w->edge_count, states = j->w->inside_count;
        part child;
        if (is_flat(&box)) continue;
        status = narrow(j->w, p, &box, &child, err);
        if (status == SMAP_OK) status = walk(j, cell->child + (uint32_t)k, &child_box, &child, err);
        j->w->edge_count = edges;
        j->w->inside_count = states;
    }
    return status;
}

/* The polygon's edges onto the stack; whether the lower left corner of its box is in it, as a ray from far left tells.
 */
static smap_status push_polygon(smap__zone_work *w, int64_t feature, part *p, smap_error *err) {
    const smap_geometry *g = w->features;
    for (int64_t at = smap_geom_part(g, feature); at < smap_geom_part(g, feature + 1); at++) {
        if (smap__geometry_part_type(g, feature, at) != SMAP_GEOM_POLYGON) continue;
        for (int64_t ring = smap_geom_ring(g, at); ring < smap_geom_ring(g, at + 1); ring++) {
            int64_t k = smap_geom_coord(g, ring), end = smap_geom_coord(g, ring + 1);
            if (!smap__grow(&w->edges, &w->edge_capacity, w->edge_count + (size_t)(end - k), sizeof *w->edges))
                return smap__fail_memory(err);
            for (; k + 1 < end; k++) {
                if (g->x[k] == g->x[k + 1] && g->y[k] == g->y[k + 1]) continue;
                smap__zone_edge e = smap__zone_edge_at(g, k, 0);
                bool over = (e.ay <= p->box.ymin) != (e.by <= p->box.ymin);
                p->in_polygon ^= over && smap__zone_right_of(&e, p->box.xmin, p->box.ymin);
                w->edges[w->edge_count++] = e;
            }
        }
    }
    p->polygon_end = w->edge_count;
    return SMAP_OK;
}

smap_status smap__zone_areas(smap__zone_work *work, int64_t feature, smap_box box, double whole, smap_error *err) {
    job j = { work, box, whole };
    part all = { .box = box, .cover = -1 }, clipped;
    smap_box in_root = common(&box, &work->zones->root);
    smap_status status = SMAP_OK;
    work->edge_count = work->inside_count = 0;
    if (is_flat(&in_root)) return SMAP_OK;
    SMAP_TRY(push_polygon(work, feature, &all, err), done);
    SMAP_TRY(narrow(work, &all, &in_root, &clipped, err), done);
    SMAP_TRY(walk(&j, 0, &work->zones->root, &clipped, err), done);
done:
    work->edge_count = work->inside_count = 0;
    return status;
}
