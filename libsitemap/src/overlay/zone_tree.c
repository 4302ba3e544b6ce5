/* Building the tree. A cell is handed the edges that touch it and, for every zone that has one of them, whether its
 * lower left corner is in that zone. Its children get the edges that touch them; the state of their corners follows by
 * moving there across the cell's edges, exactly. A zone without an edge left covers the child, or is gone; what is
 * covered by a higher rank is dropped. */
#include "overlay/zone_tree.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/compare.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "base/mix.h"
#include "geo/geom_column.h"

enum {
    LEAF_EDGES = 16,   /* a cell with more is split */
    POLLED = 1 << 12,  /* splits from one question whether to go on to the next */
    WASTES = 2,        /* so many splits that part nothing (edges on top of each other) are made on the way to a leaf */
    ENTRIES = 1 << 24, /* about so many entries in all, */
    SPREAD = 8,        /* but so many of each edge at least */
    CORNERS = 4
};

typedef struct owner {
    int32_t rank;
    uint8_t corners; /* bit k: the lower left corner of child k is inside; before a split bit 0, the cell's own */
    uint8_t present; /* bit k: has an edge in child k */
    uint32_t number; /* in the child at hand */
    uint64_t print;  /* of its edges in the cell, whatever their order */
} owner;

typedef struct work {
    uint32_t coord, label;
    uint8_t present; /* bit k: touches child k */
} work;

typedef struct builder {
    smap_ctx *ctx;
    smap__zones *zones;
    work *work; /* stacks: each cell's lie on top of its parent's */
    owner *owners;
    size_t work_count, work_capacity, owner_count, owner_capacity, splits;
    double most_spread;
} builder;

typedef struct cell {
    uint32_t number;
    smap_box box;
    size_t work, work_end, owner, owner_end; /* in the stacks */
    int32_t cover;
    int depth, wastes;
    double spread; /* into how many pieces the splits on the way have cut each edge, on average */
} cell;

/* ---- a leaf ---- */

static smap_status put_leaf(builder *b, const cell *c, smap_error *err) {
    smap__zones *z = b->zones;
    size_t edges = c->work_end - c->work, owners = c->owner_end - c->owner;
    if (z->entry_count + edges > UINT32_MAX || z->owner_count + owners > UINT32_MAX)
        return smap__fail(err, SMAP_E_LIMIT, NULL,
                          "the zones have too many edges to be laid out; simplify them or run them in parts");
    if (!smap__grow(&z->entries, &z->entry_capacity, z->entry_count + edges, sizeof *z->entries) ||
        !smap__grow(&z->owners, &z->owner_capacity, z->owner_count + owners, sizeof *z->owners))
        return smap__fail_memory(err);
    smap__zone_cell *leaf = &z->cells[c->number];
    *leaf = (smap__zone_cell){
        .cover = c->cover, .most = c->cover, .edge = (uint32_t)z->entry_count, .owner = (uint32_t)z->owner_count
    };
    for (size_t k = c->work; k < c->work_end; k++)
        z->entries[z->entry_count++] = (smap__zone_entry){ b->work[k].coord, b->work[k].label };
    for (size_t k = c->owner; k < c->owner_end; k++) {
        z->owners[z->owner_count++] = (smap__zone_owner){ b->owners[k].rank, b->owners[k].corners & 1 };
        if (b->owners[k].rank > leaf->most) leaf->most = b->owners[k].rank;
    }
    leaf->edge_end = (uint32_t)z->entry_count;
    leaf->owner_end = (uint32_t)z->owner_count;
    return SMAP_OK;
}

/* ---- twins ---- */

static uint64_t print_of(const smap__zone_edge *e) {
    const double part[] = { e->ax, e->ay, e->bx, e->by };
    uint64_t print = 0, bits;
    for (int k = 0; k < 4; k++) {
        double value = part[k] + 0.0; /* -0 is 0 */
        memcpy(&bits, &value, sizeof bits);
        print = smap__mix(print * 31 + bits);
    }
    return print;
}

/* The place of owner o among those with prints of their own: itself, or its twin's. */
static size_t find_twin(const builder *b, const cell *c, const uint32_t *table, size_t size, size_t o) {
    const owner *own = &b->owners[o];
    size_t at = own->print % size;
    while (table[at]) {
        const owner *other = &b->owners[c->owner + table[at] - 1];
        if (other->print == own->print && (other->corners & 1) == (own->corners & 1)) break;
        at = (at + 1) % size;
    }
    return at;
}

/* What is left of the cell when of owners that are the same the one of the highest rank stays. */
static void keep_marked(builder *b, cell *c) {
    size_t owners = c->owner, edges = c->work;
    for (size_t o = c->owner; o < c->owner_end; o++)
        if (b->owners[o].present) b->owners[o].number = (uint32_t)(owners++ - c->owner);
    for (size_t w = c->work; w < c->work_end; w++) {
        const owner *own = &b->owners[c->owner + b->work[w].label];
        if (own->present) b->work[edges++] = (work){ .coord = b->work[w].coord, .label = own->number };
    }
    for (size_t o = c->owner; o < c->owner_end; o++)
        if (b->owners[o].present) b->owners[c->owner + b->owners[o].number] = b->owners[o];
    b->work_count = c->work_end = edges;
    b->owner_count = c->owner_end = owners;
}

/* Zones on top of each other (the same area in several layers, common borders) would never be parted by splitting. Two
 * owners with the same edges in the cell, and the same state of its corner, are the same in it. Edges are compared by a
 * print of 64 bits: of sets that differ, one pair in 2^64 has the same. */
static smap_status merge_twins(builder *b, cell *c, smap_error *err) {
    size_t count = c->owner_end - c->owner, size = 2 * count + 1, kept = 0;
    if (count < 2) return SMAP_OK;
    uint32_t *table = smap__zalloc(size, sizeof *table);
    if (!table) return smap__fail_memory(err);
    for (size_t o = c->owner; o < c->owner_end; o++) b->owners[o].print = 0;
    for (size_t w = c->work; w < c->work_end; w++) {
        smap__zone_edge e = smap__zone_edge_at(b->zones->polygons, b->work[w].coord, 0);
        b->owners[c->owner + b->work[w].label].print += print_of(&e);
    }
    for (size_t o = c->owner; o < c->owner_end; o++) {
        size_t at = find_twin(b, c, table, size, o);
        owner *twin = table[at] ? &b->owners[c->owner + table[at] - 1] : NULL;
        bool better = !twin || b->owners[o].rank > twin->rank;
        b->owners[o].present = better;
        if (twin && better) twin->present = 0;
        if (better) table[at] = (uint32_t)(o - c->owner + 1);
        kept += !twin;
    }
    smap__free(table);
    if (kept < count) keep_marked(b, c);
    return SMAP_OK;
}

/* ---- a split ---- */

/* The owners' states at the corners of the four children, and which edge is in which child; the edges in each. */
static void look_ahead(builder *b, const cell *c, size_t count[SMAP__ZONE_FAN]) {
    const smap_box *box = &c->box;
    double x = smap__zone_middle(box->xmin, box->xmax), y = smap__zone_middle(box->ymin, box->ymax);
    smap_box child[SMAP__ZONE_FAN];
    owner *owners = b->owners + c->owner;
    for (int k = 0; k < SMAP__ZONE_FAN; k++) child[k] = smap__zone_child_box(box, k);
    for (size_t k = c->owner; k < c->owner_end; k++) {
        b->owners[k].corners = b->owners[k].corners & 1 ? 15 : 0;
        b->owners[k].present = 0;
    }
    for (size_t k = c->work; k < c->work_end; k++) {
        work *w = &b->work[k];
        smap__zone_edge e = smap__zone_edge_at(b->zones->polygons, w->coord, w->label);
        uint8_t flip = 0;
        if (smap__zone_crosses_x(&e, box->xmin, x, box->ymin)) flip ^= 2;
        if (smap__zone_crosses_y(&e, box->xmin, box->ymin, y)) flip ^= 4 | 8;
        if (smap__zone_crosses_x(&e, box->xmin, x, y)) flip ^= 8;
        w->present = 0;
        for (int q = 0; q < SMAP__ZONE_FAN; q++)
            if (smap__zone_touches(&e, &child[q], b->zones->resolution)) w->present |= (uint8_t)(1 << q), count[q]++;
        owners[w->label].corners ^= flip;
        owners[w->label].present |= w->present;
    }
}

/* What child k has of its parent, on top of the stacks. */
static smap_status push_child(builder *b, const cell *parent, int k, cell *child, smap_error *err) {
    uint8_t bit = (uint8_t)(1 << k);
    child->work = b->work_count;
    child->owner = b->owner_count;
    size_t owners = b->owner_count + (parent->owner_end - parent->owner);
    size_t edges = b->work_count + (parent->work_end - parent->work);
    if (!smap__grow(&b->owners, &b->owner_capacity, owners, sizeof *b->owners) ||
        !smap__grow(&b->work, &b->work_capacity, edges, sizeof *b->work))
        return smap__fail_memory(err);
    for (size_t o = parent->owner; o < parent->owner_end; o++) {
        const owner *p = &b->owners[o];
        if (!(p->present & bit) && (p->corners & bit) && p->rank > child->cover) child->cover = p->rank;
    }
    for (size_t o = parent->owner; o < parent->owner_end; o++) {
        owner *p = &b->owners[o];
        if (!(p->present & bit) || p->rank <= child->cover) continue;
        p->number = (uint32_t)(b->owner_count - child->owner);
        b->owners[b->owner_count++] = (owner){ .rank = p->rank, .corners = (p->corners & bit) != 0 };
    }
    for (size_t w = parent->work; w < parent->work_end; w++) {
        const owner *p = &b->owners[parent->owner + b->work[w].label];
        if (!(b->work[w].present & bit) || p->rank <= child->cover) continue;
        b->work[b->work_count++] = (work){ .coord = b->work[w].coord, .label = p->number };
    }
    child->work_end = b->work_count;
    child->owner_end = b->owner_count;
    return SMAP_OK;
}

/* Four cells in a row; the first. */
static smap_status new_cells(smap__zones *z, uint32_t *first, smap_error *err) {
    if (z->cell_count + SMAP__ZONE_FAN > UINT32_MAX)
        return smap__fail(err, SMAP_E_LIMIT, NULL, "the zones are too fine to be laid out; simplify them");
    if (!smap__grow(&z->cells, &z->cell_capacity, z->cell_count + SMAP__ZONE_FAN, sizeof *z->cells))
        return smap__fail_memory(err);
    *first = (uint32_t)z->cell_count;
    z->cell_count += SMAP__ZONE_FAN;
    return SMAP_OK;
}

static smap_status build_cell(builder *b, cell *c, smap_error *err) {
    size_t edges = c->work_end - c->work, count[SMAP__ZONE_FAN] = { 0 }, most = 0, sum = 0;
    smap_status status = edges > LEAF_EDGES ? merge_twins(b, c, err) : SMAP_OK;
    if (status != SMAP_OK) return status;
    edges = c->work_end - c->work;
    if (edges <= LEAF_EDGES || c->depth == SMAP__ZONE_DEPTH || c->wastes == WASTES || c->spread > b->most_spread ||
        smap__zone_is_atom(&c->box))
        return put_leaf(b, c, err);
    uint32_t first;
    if (b->splits++ % POLLED == 0) status = smap__progress(b->ctx, 0, NULL, err);
    if (status == SMAP_OK) status = new_cells(b->zones, &first, err);
    if (status != SMAP_OK) return status;
    look_ahead(b, c, count);
    for (int k = 0; k < SMAP__ZONE_FAN; k++) {
        sum += count[k];
        if (count[k] > most) most = count[k];
    }
    bool wasted = smap__zone_split_wastes(edges, sum, most);
    int32_t highest = c->cover;
    for (int k = 0; k < SMAP__ZONE_FAN; k++) {
        cell child = { .number = first + (uint32_t)k,
                       .box = smap__zone_child_box(&c->box, k),
                       .cover = c->cover,
                       .depth = c->depth + 1,
                       .wastes = c->wastes + wasted,
                       .spread = c->spread * fmax(1, (double)sum / (double)edges) };
        status = push_child(b, c, k, &child, err);
        if (status == SMAP_OK) status = build_cell(b, &child, err);
        if (status != SMAP_OK) return status;
        b->work_count = child.work;
        b->owner_count = child.owner;
        if (b->zones->cells[child.number].most > highest) highest = b->zones->cells[child.number].most;
    }
    b->zones->cells[c->number] = (smap__zone_cell){ .child = first, .cover = c->cover, .most = highest };
    return SMAP_OK;
}

/* ---- the root ---- */

static bool takes_part(const smap_geometry *g, const int32_t *rank, int64_t i) {
    return rank[i] >= 0 && g->type[i] != SMAP_GEOM_NULL;
}

/* The distinct ranks, ascending. */
static smap_status list_ranks(smap__zones *z, const int32_t *rank, smap_error *err) {
    int64_t n = z->polygons->count, count = 0;
    int32_t used = 0;
    z->ranks = smap__realloc(NULL, (size_t)n, sizeof *z->ranks);
    if (!z->ranks) return smap__fail_memory(err);
    for (int64_t i = 0; i < n; i++)
        if (takes_part(z->polygons, rank, i)) z->ranks[count++] = rank[i];
    qsort(z->ranks, (size_t)count, sizeof *z->ranks, smap__compare_int32);
    for (int64_t i = 0; i < count; i++)
        if (used == 0 || z->ranks[used - 1] != z->ranks[i]) z->ranks[used++] = z->ranks[i];
    z->rank_count = used;
    return SMAP_OK;
}

static int32_t rank_position(const smap__zones *z, int32_t rank) {
    const int32_t *at = bsearch(&rank, z->ranks, (size_t)z->rank_count, sizeof rank, smap__compare_int32);
    return at ? (int32_t)(at - z->ranks) : -1;
}

/* The edges of a polygon; those of no length part nothing. */
static smap_status push_polygon(builder *b, int64_t feature, uint32_t label, smap_error *err) {
    const smap_geometry *g = b->zones->polygons;
    for (int64_t part = smap_geom_part(g, feature); part < smap_geom_part(g, feature + 1); part++) {
        if (smap__geometry_part_type(g, feature, part) != SMAP_GEOM_POLYGON) continue;
        for (int64_t ring = smap_geom_ring(g, part); ring < smap_geom_ring(g, part + 1); ring++) {
            int64_t k = smap_geom_coord(g, ring), end = smap_geom_coord(g, ring + 1);
            if (k == end) continue;
            b->zones->extent = smap__box_join(b->zones->extent, smap__geometry_span_box(g, k, end));
            if (!smap__grow(&b->work, &b->work_capacity, b->work_count + (size_t)(end - k), sizeof *b->work))
                return smap__fail_memory(err);
            for (; k + 1 < end; k++)
                if (g->x[k] != g->x[k + 1] || g->y[k] != g->y[k + 1])
                    b->work[b->work_count++] = (work){ .coord = (uint32_t)k, .label = label };
        }
    }
    return SMAP_OK;
}

static smap_status push_polygons(builder *b, const int32_t *rank, smap_error *err) {
    const smap_geometry *g = b->zones->polygons;
    for (int64_t i = 0; i < g->count; i++) {
        if (!takes_part(g, rank, i)) continue;
        if (!smap__grow(&b->owners, &b->owner_capacity, b->owner_count + 1, sizeof *b->owners))
            return smap__fail_memory(err);
        size_t edges = b->work_count;
        smap_status status = push_polygon(b, i, (uint32_t)b->owner_count, err);
        if (status != SMAP_OK) return status;
        if (b->work_count > edges) b->owners[b->owner_count++] = (owner){ .rank = rank_position(b->zones, rank[i]) };
    }
    return SMAP_OK;
}

/* A square whose corners are round in binary, so that all cells' corners are exact, and whose lower left corner lies
 * outside the extent. */
static smap_box root_box(smap_box extent) {
    double size = fmax(extent.xmax - extent.xmin, extent.ymax - extent.ymin);
    double most = fmax(fmax(fabs(extent.xmin), fabs(extent.xmax)), fmax(fabs(extent.ymin), fabs(extent.ymax)));
    int exponent;
    frexp(fmax(size, fmax(most * 1e-9, 1e-300)), &exponent);
    double side = ldexp(1, exponent), grain = side / 256;
    double x = (floor(extent.xmin / grain) - 1) * grain, y = (floor(extent.ymin / grain) - 1) * grain;
    if (x + side < extent.xmax || y + side < extent.ymax) side *= 2;
    return (smap_box){ x, y, x + side, y + side };
}

/* Long edges close to each other (the teeth of a comb) are in twice as many cells after each split. So that they take
 * no more memory and time than ENTRIES edges would, their cells stay crowded: those who measure split them further. */
static double most_spread(size_t edges) {
    return fmax(SPREAD, (double)ENTRIES / (double)(edges + 1));
}

smap_status smap__zones_build(smap_ctx *ctx, const smap_geometry *polygons, const int32_t *rank, smap__zones **out,
                              smap_error *err) {
    smap__zones *zones = smap__zalloc(1, sizeof *zones);
    builder b = { .ctx = ctx, .zones = zones };
    uint32_t first;
    smap_status status;
    if (!zones) return smap__fail_memory(err);
    zones->polygons = smap_geometry_retain(polygons);
    zones->extent = SMAP_BOX_EMPTY;
    SMAP_TRY(list_ranks(zones, rank, err), done);
    SMAP_TRY(push_polygons(&b, rank, err), done);
    zones->root = smap__box_is_empty(zones->extent) ? (smap_box){ 0, 0, 1, 1 } : root_box(zones->extent);
    zones->resolution = ldexp(fmax(fmax(fabs(zones->root.xmin), fabs(zones->root.xmax)),
                                   fmax(fabs(zones->root.ymin), fabs(zones->root.ymax))),
                              -51);
    SMAP_TRY(new_cells(zones, &first, err), done); /* the root is the first of four, the others are not used */
    cell root = { .number = first,
                  .box = zones->root,
                  .work_end = b.work_count,
                  .owner_end = b.owner_count,
                  .cover = -1,
                  .spread = 1 };
    b.most_spread = most_spread(b.work_count);
    SMAP_TRY(build_cell(&b, &root, err), done);
    *out = zones;
    zones = NULL;
done:
    smap__free(b.work);
    smap__free(b.owners);
    smap__zones_free(zones);
    return status;
}

void smap__zones_free(smap__zones *zones) {
    if (!zones) return;
    smap_geometry_free(zones->polygons);
    smap__free(zones->ranks);
    smap__free(zones->cells);
    smap__free(zones->entries);
    smap__free(zones->owners);
    smap__free(zones);
}
