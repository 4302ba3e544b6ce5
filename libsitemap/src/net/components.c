/* Components by union and find, halving the paths: one pass over the edges, in memory order. */
#include <stdlib.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "net/graph.h"

typedef struct component {
    uint32_t nodes, lowest;
    uint32_t label; /* before sorting */
} component;

static int largest_first(const void *a, const void *b) {
    const component *left = a, *right = b;
    if (left->nodes != right->nodes) return left->nodes < right->nodes ? 1 : -1;
    return (left->lowest > right->lowest) - (left->lowest < right->lowest);
}

static uint32_t root(uint32_t *parent, uint32_t node) {
    while (parent[node] != node) node = parent[node] = parent[parent[node]];
    return node;
}

/* The lower root stays: the root of a component is its lowest node. */
static void join_edges(const smap__graph *graph, uint32_t *parent) {
    for (uint32_t n = 0; n < graph->node_count; n++) parent[n] = n;
    for (uint32_t e = 0; e < graph->edge_count; e++) {
        if (!smap__graph_is_open(graph, e)) continue;
        uint32_t a = root(parent, graph->from[e]), b = root(parent, graph->to[e]);
        if (a < b)
            parent[b] = a;
        else
            parent[a] = b;
    }
}

/* Labels by lowest node into of_node; the list of components, unsorted. */
static smap_status label(smap__components *c, uint32_t nodes, component **out, smap_error *err) {
    uint32_t *parent = c->of_node;
    for (uint32_t n = 0; n < nodes; n++) c->count += parent[n] == n;
    component *list = *out = smap__zalloc(c->count, sizeof *list);
    if (!list) return smap__fail_memory(err);
    for (uint32_t k = 0; k < c->count; k++) list[k].label = k;
    uint32_t next = 0;
    for (uint32_t n = 0; n < nodes; n++) { /* a parent is never higher than its child: it has its label already */
        uint32_t own = parent[n] == n ? next++ : parent[parent[n]];
        if (parent[n] == n) list[own].lowest = n;
        list[own].nodes++;
        parent[n] = own;
    }
    return SMAP_OK;
}

smap_status smap__components_find(const smap__graph *graph, smap__components **out, smap_error *err) {
    smap__components *c = smap__zalloc(1, sizeof *c);
    component *list = NULL;
    uint32_t *rank = NULL;
    smap_status status;
    if (!c) return smap__fail_memory(err);
    c->of_node = smap__realloc(NULL, graph->node_count, sizeof *c->of_node);
    if (!c->of_node) SMAP_TRY(smap__fail_memory(err), done);
    join_edges(graph, c->of_node);
    SMAP_TRY(label(c, graph->node_count, &list, err), done);
    rank = smap__realloc(NULL, c->count, sizeof *rank);
    c->nodes = smap__realloc(NULL, c->count, sizeof *c->nodes);
    c->edges = smap__zalloc(c->count, sizeof *c->edges);
    if (!rank || !c->nodes || !c->edges) SMAP_TRY(smap__fail_memory(err), done);
    qsort(list, c->count, sizeof *list, largest_first);
    for (uint32_t k = 0; k < c->count; k++) {
        rank[list[k].label] = k;
        c->nodes[k] = list[k].nodes;
    }
    for (uint32_t n = 0; n < graph->node_count; n++) c->of_node[n] = rank[c->of_node[n]];
    for (uint32_t e = 0; e < graph->edge_count; e++)
        if (smap__graph_is_open(graph, e)) c->edges[c->of_node[graph->from[e]]]++;
    *out = c;
    c = NULL;
done:
    smap__free(list);
    smap__free(rank);
    smap__components_free(c);
    return status;
}

void smap__components_free(smap__components *components) {
    if (!components) return;
    smap__free(components->of_node);
    smap__free(components->nodes);
    smap__free(components->edges);
    smap__free(components);
}
