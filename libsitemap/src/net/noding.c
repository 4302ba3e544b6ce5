/* Most vertices of a road belong to it alone. A table of two bits a cell, small enough for the cache, settles those: a
 * vertex whose cell no other one has touched is no node. The few that are left, and all ends, go through an exact hash
 * table. */
#include "net/noding.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/mix.h"
#include "geo/geom_column.h"
#include "geo/index.h"
#include "net/graph.h"

double smap__strands_of(const smap_geometry *lines, int64_t feature, smap__strand *strands, size_t *count) {
    size_t before = *count;
    double length = 0;
    for (int64_t part = smap_geom_part(lines, feature); part < smap_geom_part(lines, feature + 1); part++) {
        int64_t ring = smap_geom_ring(lines, part);
        uint32_t first = (uint32_t)smap_geom_coord(lines, ring), end = (uint32_t)smap_geom_coord(lines, ring + 1);
        if (smap__geometry_part_type(lines, feature, part) != SMAP_GEOM_LINESTRING || end < first + 2) continue;
        for (uint32_t i = first + 1; i < end; i++) length += smap__step(lines, i);
        while (end > first + 2 && smap__same_vertex(lines, end - 1, end - 2)) end--;
        strands[(*count)++] = (smap__strand){ (uint32_t)feature, first, end };
    }
    if (!isfinite(length)) *count = before;
    return length;
}

enum { SEEN = 1, SHARED = 2, CELLS_A_VERTEX = 4 };

typedef struct vertex {
    double x, y;
} vertex;

typedef struct work {
    const smap_geometry *lines;
    const uint8_t *node_at;
    uint8_t *cells; /* four a byte */
    uint64_t cell_mask;
    uint32_t *slots; /* open addressing: position in `vertices`, SMAP__NONE = free */
    uint64_t slot_mask;
    vertex *vertices; /* that may be nodes, as they are met */
    uint8_t *uses;    /* of each; two make a node */
    size_t count, vertex_capacity, use_capacity;
} work;

static uint64_t hash(vertex v) {
    uint64_t x, y;
    v.x += 0.0; /* -0 is 0 */
    v.y += 0.0;
    memcpy(&x, &v.x, sizeof x);
    memcpy(&y, &v.y, sizeof y);
    return smap__mix(x ^ smap__mix(y));
}

static uint64_t power_of_two(uint64_t least) {
    uint64_t power = 64;
    while (power < least) power *= 2;
    return power;
}

static bool is_end(const smap__strand *s, uint32_t i) {
    return i == s->first || i + 1 == s->end;
}

/* A node whoever else is there? What is asked of a repetition is asked of the vertex it repeats. */
static bool is_node(const work *w, const smap__strand *s, uint32_t i) {
    bool node = is_end(s, i);
    if (!w->node_at || node) return node;
    do {
        node = w->node_at[i++];
    } while (!node && i < s->end && smap__same_vertex(w->lines, i, i - 1));
    return node;
}

/* Does the vertex stand for itself, not for a repetition of the one before it? Ends always do. */
static bool counts(const work *w, const smap__strand *s, uint32_t i) {
    return is_end(s, i) || !smap__same_vertex(w->lines, i, i - 1);
}

static void mark_cells(work *w, const smap__strand *s) {
    for (uint32_t i = s->first; i < s->end; i++) {
        if (!counts(w, s, i)) continue;
        uint64_t cell = hash((vertex){ w->lines->x[i], w->lines->y[i] }) & w->cell_mask;
        unsigned shift = (unsigned)(cell % 4) * 2;
        uint8_t *byte = &w->cells[cell / 4];
        unsigned state = *byte >> shift & 3;
        state |= is_node(w, s, i) || state & SEEN ? SHARED : SEEN;
        *byte = (uint8_t)(*byte | state << shift);
    }
}

static smap_status grow_slots(work *w, uint64_t size, smap_error *err) {
    uint32_t *slots = smap__realloc(NULL, size, sizeof *slots);
    if (!slots) return smap__fail_memory(err);
    memset(slots, 0xff, size * sizeof *slots);
    smap__free(w->slots);
    w->slots = slots;
    w->slot_mask = size - 1;
    for (size_t k = 0; k < w->count; k++) {
        uint64_t at = hash(w->vertices[k]) >> 8 & w->slot_mask;
        while (slots[at] != SMAP__NONE) at = (at + 1) & w->slot_mask;
        slots[at] = (uint32_t)k;
    }
    return SMAP_OK;
}

static smap_status use(work *w, vertex v, uint64_t h, uint8_t times, uint32_t *id, smap_error *err) {
    if (w->count * 2 > w->slot_mask) {
        smap_status status = grow_slots(w, (w->slot_mask + 1) * 2, err);
        if (status != SMAP_OK) return status;
    }
    uint64_t at = h >> 8 & w->slot_mask;
    for (; w->slots[at] != SMAP__NONE; at = (at + 1) & w->slot_mask) {
        const vertex *there = &w->vertices[w->slots[at]];
        if (there->x != v.x || there->y != v.y) continue;
        *id = w->slots[at];
        w->uses[*id] = 2;
        return SMAP_OK;
    }
    if (!smap__grow(&w->vertices, &w->vertex_capacity, w->count + 1, sizeof *w->vertices) ||
        !smap__grow(&w->uses, &w->use_capacity, w->count + 1, sizeof *w->uses))
        return smap__fail_memory(err);
    *id = w->slots[at] = (uint32_t)w->count;
    w->uses[w->count] = times;
    w->vertices[w->count++] = (vertex){ v.x + 0.0, v.y + 0.0 };
    return SMAP_OK;
}

static smap_status use_strand(work *w, const smap__strand *s, uint32_t *at, smap_error *err) {
    for (uint32_t i = s->first; i < s->end; i++) {
        if (!counts(w, s, i)) continue;
        vertex v = { w->lines->x[i], w->lines->y[i] };
        uint64_t h = hash(v), cell = h & w->cell_mask;
        bool node = is_node(w, s, i);
        if (!node && !(w->cells[cell / 4] >> (cell % 4) * 2 & SHARED)) continue;
        smap_status status = use(w, v, h, node ? 2 : 1, &at[i], err);
        if (status != SMAP_OK) return status;
    }
    return SMAP_OK;
}

/* Number those used twice along the curve. */
static smap_status number(const work *w, smap__nodes *nodes, uint32_t *number_of, smap_error *err) {
    smap_status status;
    size_t used = 0;
    double *x = smap__realloc(NULL, w->count, sizeof *x), *y = smap__realloc(NULL, w->count, sizeof *y);
    int64_t *vertex_of = smap__realloc(NULL, w->count, sizeof *vertex_of);
    int64_t *order = smap__realloc(NULL, w->count, sizeof *order);
    if (!x || !y || !vertex_of || !order) SMAP_TRY(smap__fail_memory(err), done);
    for (size_t k = 0; k < w->count; k++) {
        number_of[k] = SMAP__NONE;
        if (w->uses[k] < 2) continue;
        x[used] = w->vertices[k].x;
        y[used] = w->vertices[k].y;
        vertex_of[used++] = (int64_t)k;
    }
    SMAP_TRY(smap__hilbert_order(x, y, (int64_t)used, order, err), done);
    for (size_t k = 0; k < used; k++) {
        number_of[vertex_of[order[k]]] = (uint32_t)k;
        nodes->x[k] = x[order[k]];
        nodes->y[k] = y[order[k]];
    }
    nodes->count = (uint32_t)used;
done:
    smap__free(x);
    smap__free(y);
    smap__free(vertex_of);
    smap__free(order);
    return status;
}

static smap_status renumber(const work *w, smap__nodes *nodes, smap_error *err) {
    uint32_t *number_of = smap__realloc(NULL, w->count, sizeof *number_of);
    nodes->x = smap__realloc(NULL, w->count, sizeof *nodes->x);
    nodes->y = smap__realloc(NULL, w->count, sizeof *nodes->y);
    smap_status status = number_of && nodes->x && nodes->y ? SMAP_OK : smap__fail_memory(err);
    if (status == SMAP_OK) status = number(w, nodes, number_of, err);
    for (int64_t i = 0; status == SMAP_OK && i < w->lines->coord_count; i++)
        if (nodes->at[i] != SMAP__NONE) nodes->at[i] = number_of[nodes->at[i]];
    smap__free(number_of);
    return status;
}

smap_status smap__nodes_find(const smap_geometry *lines, const smap__strand *strands, size_t count,
                             const uint8_t *node_at, smap__nodes *nodes, smap_error *err) {
    size_t coords = (size_t)lines->coord_count;
    work w = { .lines = lines, .node_at = node_at, .cell_mask = power_of_two(coords * CELLS_A_VERTEX) - 1 };
    smap_status status;
    w.cells = smap__zalloc((w.cell_mask + 1) / 4, 1);
    nodes->at = smap__realloc(NULL, coords, sizeof *nodes->at);
    if (!w.cells || !nodes->at) SMAP_TRY(smap__fail_memory(err), done);
    memset(nodes->at, 0xff, coords * sizeof *nodes->at);
    SMAP_TRY(grow_slots(&w, power_of_two(count * 2), err), done);
    for (size_t k = 0; k < count; k++) mark_cells(&w, &strands[k]);
    for (size_t k = 0; k < count; k++) SMAP_TRY(use_strand(&w, &strands[k], nodes->at, err), done);
    SMAP_TRY(renumber(&w, nodes, err), done);
done:
    smap__free(w.cells);
    smap__free(w.slots);
    smap__free(w.vertices);
    smap__free(w.uses);
    return status;
}

void smap__nodes_release(smap__nodes *nodes) {
    smap__free(nodes->x);
    smap__free(nodes->y);
    smap__free(nodes->at);
}
