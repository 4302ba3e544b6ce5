#include "access/way_forest.h"

#include <string.h>

#include "access/row_groups.h"
#include "base/alloc.h"
#include "base/fail.h"

typedef struct work {
    const smap__graph *graph;
    const smap__reach *reach;
    smap__row_groups below; /* nodes whose ways lead over each node next */
    uint32_t *stack;
} work;

static uint32_t above(const work *w, uint32_t node) {
    uint32_t edge = w->reach->edge[node];
    return edge == SMAP__NONE ? SMAP__NONE : smap__graph_across(w->graph, edge, node);
}

static smap_status find_below(work *w, smap_error *err) {
    uint32_t nodes = w->graph->node_count, *key = smap__realloc(NULL, nodes, sizeof *key);
    if (!key) return smap__fail_memory(err);
    for (uint32_t n = 0; n < nodes; n++) key[n] = above(w, n);
    smap_status status = smap__row_groups_make(key, nodes, nodes, &w->below, err);
    smap__free(key);
    return status;
}

/* In depth: all that is below a node comes up before the next one beside it. */
static void lay_out(const work *w, uint32_t root, smap__way_forest *f) {
    size_t depth = 0;
    w->stack[depth++] = root;
    while (depth > 0) {
        uint32_t node = w->stack[--depth];
        f->place[node] = f->count;
        f->node[f->count++] = node;
        for (uint32_t k = w->below.first[node + 1]; k > w->below.first[node]; k--)
            w->stack[depth++] = w->below.row[k - 1];
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
    smap_status status;
    f.end = smap__realloc(NULL, nodes, sizeof *f.end);
    f.place = smap__realloc(NULL, nodes, sizeof *f.place);
    w.stack = smap__realloc(NULL, nodes, sizeof *w.stack);
    if (!f.node || !f.end || !f.place || !w.stack) SMAP_TRY(smap__fail_memory(err), done);
    SMAP_TRY(find_below(&w, err), done);
    memset(f.place, 0xff, nodes * sizeof *f.place);
    for (uint32_t n = 0; n < nodes; n++)
        if (reach->source[n] != SMAP__NONE && reach->edge[n] == SMAP__NONE) lay_out(&w, n, &f);
    find_ends(&w, &f);
    *out = f;
    f = (smap__way_forest){ 0 };
done:
    smap__way_forest_release(&f);
    smap__row_groups_release(&w.below);
    smap__free(w.stack);
    return status;
}

void smap__way_forest_release(smap__way_forest *forest) {
    smap__free(forest->node);
    smap__free(forest->end);
    smap__free(forest->place);
    *forest = (smap__way_forest){ 0 };
}
