/* What a network hangs by: nodes and edges without which a part of it falls off. */
#ifndef SMAP_NET_CUTS_H
#define SMAP_NET_CUTS_H

#include "net/graph.h"

typedef struct smap__cuts {
    uint8_t *node;                   /* 1: an articulation point, without which its component falls into several */
    uint8_t *edge;                   /* 1: a bridge of the graph, the only way between its ends */
    uint32_t node_count, edge_count; /* of these */
} smap__cuts;

/* Edges count if they are open in one direction at least, and as open in both: what is no cut may still be the only way
 * out of a one-way street. */
smap_status smap__cuts_find(const smap__graph *graph, smap__cuts **out, smap_error *err);
void smap__cuts_free(smap__cuts *cuts);

#endif
