#include "access/way_forest.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"

/* Nodes below each node, ascending: node n has [first[n], first[n + 1]) of `below`. */
typedef struct work {
    const smap__graph *graph;
    const smap__reach *reach;
    uint32_t *first, *below, *stack;
} work;

static uint32_t above(const work *w, uint32_t node) {
    uint32_t edge = w->reach->edge[node];
    return edge == SMAP__NONE ? SMAP__NONE : smap__graph_across(w->graph, edge, node);
}

static void sort_below(work *w) {
    uint32_t nodes = w->graph->node_count;
    for (uint32_t n = 0; n < nodes; n++)
        if (above(w, n) != SMAP__NONE) w->first[above(w, n) + 2]++;
    for (uint32_t n = 0; n < nodes; n++) w->first[n + 2] += w->first[n + 1];
    for (uint32_t n = 0; n < nodes; n++)
        if (above(w, n) != SMAP__NONE) w->below[w->first[above(w, n) + 1]++] = n;
}

/* In depth: all that is below a node comes up before the next one beside it. */
static void lay_out(const work *w, uint32_t root, smap__way_forest *f) {
    size_t depth = 0;
    w->stack[depth++] = root;
    while (depth > 0) {
        uint32_t node = w->stack[--depth];
        f->place[node] = f->count;
        f->node[f->count++] = node;
        for (uint32_t k = w->first[node + 1]; k > w->first[node]; k--) w->stack[depth++] = w->below[k - 1];
    }
}

static void find_ends(const work *w, smap__way_forest *f) {
    for (uint32_t p = 0; p < f->count; p++) f->end[p] = p + 1;
    for (uint32_t p = f->count; p > 0; p--) {
        uint32_t up = above(w, f->node[p - 1]);
        if (up != SMAP__NONE && f->end[f->place[up]] < f->end[p - 1]) f->end[f->place[up]] = f->end[p - 1];
    }
}

smap_status smap__way_forest_build(const smap__graph *graph, const smap__reach *reach, smap__way_forest *out,
                                   smap_error *err) {
    size_t nodes = graph->node_count;
    work w = { .graph = graph, .reach = reach };
    smap__way_forest f = { .node = smap__realloc(NULL, nodes, sizeof *f.node) };
    f.end = smap__realloc(NULL, nodes, sizeof *f.end);
    f.place = smap__realloc(NULL, nodes, sizeof *f.place);
    w.first = smap__zalloc(nodes + 2, sizeof *w.first);
    w.below = smap__realloc(NULL, nodes, sizeof *w.below);
    w.stack = smap__realloc(NULL, nodes, sizeof *w.stack);
    bool good = f.node && f.end && f.place && w.first && w.below && w.stack;
    if (good) {
        memset(f.place, 0xff, nodes * sizeof *f.place);
        sort_below(&w);
        for (uint32_t n = 0; n < nodes; n++)
            if (reach->source[n] != SMAP__NONE && reach->edge[n] == SMAP__NONE) lay_out(&w, n, &f);
        find_ends(&w, &f);
        *out = f;
    } else {
        smap__way_forest_release(&f);
    }
    smap__free(w.first);
    smap__free(w.below);
    smap__free(w.stack);
    return good ? SMAP_OK : smap__fail_memory(err);
}

void smap__way_forest_release(smap__way_forest *forest) {
    smap__free(forest->node);
    smap__free(forest->end);
    smap__free(forest->place);
    *forest = (smap__way_forest){ 0 };
}
