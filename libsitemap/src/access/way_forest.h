/* The shortest ways of a search as a forest, laid out so that all that hangs on a node stands in one row. */
#ifndef SMAP_ACCESS_WAY_FOREST_H
#define SMAP_ACCESS_WAY_FOREST_H

#include "net/paths.h"

typedef struct smap__way_forest {
    uint32_t count;  /* nodes that were reached */
    uint32_t *node;  /* in each place, every node before those whose ways lead over it */
    uint32_t *end;   /* ways over the node in place p come from the places [p, end[p]) */
    uint32_t *place; /* of each node of the graph; SMAP__NONE: not reached */
} smap__way_forest;

/* Released by the caller, after success alone. */
smap_status smap__way_forest_build(const smap__graph *graph, const smap__reach *reach, smap__way_forest *out,
                                   smap_error *err);
void smap__way_forest_release(smap__way_forest *forest);

/* The place that the way from there leads over next; SMAP__NONE: it ends there. */
static inline uint32_t smap__way_forest_above(const smap__way_forest *forest, const smap__graph *graph,
                                              const smap__reach *reach, uint32_t place) {
    uint32_t node = forest->node[place], edge = reach->edge[node];
    return edge == SMAP__NONE ? SMAP__NONE : forest->place[smap__graph_across(graph, edge, node)];
}

#endif
