/* What a network hangs by: nodes and edges without which a part of it falls off. */
#ifndef SMAP_NET_CUTS_H
#define SMAP_NET_CUTS_H

#include "net/graph.h"

typedef struct smap__cuts {
    uint8_t *node;                   /* 1: an articulation point, without which its component falls into several */
    uint8_t *edge;                   /* 1: a bridge of the graph, the only way between its ends */
    uint32_t node_count, edge_count; /* of these */
    /* Of each node: where a search in depth met it, where that which it met below ends, and where in its component the
     * search began. */
    uint32_t *order, *end, *root;
} smap__cuts;

/* Edges count if they are open in one direction at least, and as open in both: what is no cut may still be the only way
 * out of a one-way street. */
smap_status smap__cuts_find(const smap__graph *graph, smap__cuts **out, smap_error *err);
/* What would still hang together with `node` if the bridge `edge` of the graph, in its component, were gone. sum[k] is
 * the sum over nodes whose order is below k, for k up to the number of nodes. */
uint32_t smap__cuts_side(const smap__cuts *cuts, const smap__graph *graph, uint32_t edge, uint32_t node,
                         const uint32_t *sum);
void smap__cuts_free(smap__cuts *cuts);

#endif
