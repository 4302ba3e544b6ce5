/* Tarjan's search in depth (Hopcroft and Tarjan, Algorithm 447, 1973), without recursion: the way back up is the edge a
 * node was entered by. */
#include "net/cuts.h"

#include "base/alloc.h"
#include "base/fail.h"

typedef struct visit {
    uint32_t order; /* in which nodes were met, from 1; 0: not yet */
    uint32_t low;   /* the earliest that can be come to from here and below, by another edge than the one it came by */
    uint32_t entered_by;
    uint32_t next_arc;
} visit;

typedef struct work {
    const smap__graph *graph;
    visit *visits;
    uint32_t met;
    smap__cuts *cuts;
} work;

static void enter(work *w, uint32_t node, uint32_t edge, uint32_t root) {
    w->cuts->root[node] = root;
    w->cuts->order[node] = w->met++;
    w->visits[node] = (visit){ w->met, w->met, edge, w->graph->first_arc[node] };
}

/* The next node that is met from here first; SMAP__NONE when there is none any more. */
static uint32_t descend(work *w, uint32_t node) {
    const smap__graph *g = w->graph;
    visit *v = &w->visits[node];
    while (v->next_arc < g->first_arc[node + 1]) {
        uint32_t arc = v->next_arc++, edge = g->arc_edge[arc], next = g->arc_node[arc];
        if (edge == v->entered_by || !smap__graph_is_open(g, edge)) continue;
        if (w->visits[next].order == 0) {
            enter(w, next, edge, w->cuts->root[node]);
            return next;
        }
        if (w->visits[next].order < v->low) v->low = w->visits[next].order;
    }
    return SMAP__NONE;
}

/* From a node whose arcs are all done back to the one above. */
static uint32_t ascend(work *w, uint32_t node, bool above_is_root) {
    const visit *v = &w->visits[node];
    uint32_t above = smap__graph_across(w->graph, v->entered_by, node);
    visit *a = &w->visits[above];
    w->cuts->end[node] = w->met;
    if (v->low < a->low) a->low = v->low;
    if (v->low > a->order) w->cuts->edge[v->entered_by] = 1;
    if (v->low >= a->order && !above_is_root) w->cuts->node[above] = 1;
    return above;
}

static void search(work *w, uint32_t root) {
    uint32_t node = root, branches = 0;
    enter(w, root, SMAP__NONE, root);
    for (;;) {
        uint32_t next = descend(w, node);
        if (next != SMAP__NONE) {
            branches += node == root;
            node = next;
            continue;
        }
        if (node == root) break;
        node = ascend(w, node, smap__graph_across(w->graph, w->visits[node].entered_by, node) == root);
    }
    w->cuts->end[root] = w->met;
    w->cuts->node[root] = branches > 1;
}

smap_status smap__cuts_find(const smap__graph *graph, smap__cuts **out, smap_error *err) {
    smap__cuts *cuts = smap__zalloc(1, sizeof *cuts);
    work w = { .graph = graph, .cuts = cuts, .visits = smap__zalloc(graph->node_count, sizeof *w.visits) };
    smap_status status = SMAP_OK;
    if (!cuts || !w.visits) SMAP_TRY(smap__fail_memory(err), done);
    cuts->node = smap__zalloc(graph->node_count, 1);
    cuts->edge = smap__zalloc(graph->edge_count, 1);
    cuts->order = smap__realloc(NULL, graph->node_count, sizeof *cuts->order);
    cuts->end = smap__realloc(NULL, graph->node_count, sizeof *cuts->end);
    cuts->root = smap__realloc(NULL, graph->node_count, sizeof *cuts->root);
    if (!cuts->node || !cuts->edge || !cuts->order || !cuts->end || !cuts->root) SMAP_TRY(smap__fail_memory(err), done);
    for (uint32_t n = 0; n < graph->node_count; n++)
        if (w.visits[n].order == 0) search(&w, n);
    for (uint32_t n = 0; n < graph->node_count; n++) cuts->node_count += cuts->node[n];
    for (uint32_t e = 0; e < graph->edge_count; e++) cuts->edge_count += cuts->edge[e];
    *out = cuts;
    cuts = NULL;
done:
    smap__free(w.visits);
    smap__cuts_free(cuts);
    return status;
}

uint32_t smap__cuts_side(const smap__cuts *cuts, const smap__graph *graph, uint32_t edge, uint32_t node,
                         const uint32_t *sum) {
    uint32_t from = graph->from[edge], to = graph->to[edge], root = cuts->root[node];
    uint32_t lower = cuts->order[from] > cuts->order[to] ? from : to;
    uint32_t below = sum[cuts->end[lower]] - sum[cuts->order[lower]];
    bool is_below = cuts->order[node] >= cuts->order[lower] && cuts->order[node] < cuts->end[lower];
    return is_below ? below : sum[cuts->end[root]] - sum[cuts->order[root]] - below;
}

void smap__cuts_free(smap__cuts *cuts) {
    if (!cuts) return;
    smap__free(cuts->node);
    smap__free(cuts->edge);
    smap__free(cuts->order);
    smap__free(cuts->end);
    smap__free(cuts->root);
    smap__free(cuts);
}
