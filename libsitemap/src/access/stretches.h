/* What of a network is within so many seconds of services: parts of edges. */
#ifndef SMAP_ACCESS_STRETCHES_H
#define SMAP_ACCESS_STRETCHES_H

#include "access/way_ends.h"

/* A part of an edge between two shares of its length, from < to. */
typedef struct smap__stretch {
    uint32_t edge;
    double from, to;
} smap__stretch;

/* Along the nodes of the graph, whatever the order of its edges. Together they are the whole network. */
typedef struct smap__stretches {
    smap__stretch *reached, *beyond;
    size_t reached_count, beyond_count, reached_capacity, beyond_capacity;
} smap__stretches;

typedef struct smap__stretch_query {
    const smap__access_query *access;
    int32_t type;
    const smap__reach *reach; /* toward the services of the type, so far at least */
    const smap__stands *stands;
    const uint32_t *order; /* of edges: smap__edge_order */
    double limit_s;
} smap__stretch_query;

/* The edges in the order of their nodes, then of length, into order[edge_count]. */
smap_status smap__edge_order(const smap__graph *graph, uint32_t **order, smap_error *err);

/* Released by the caller in any case. SMAP_E_CANCELLED. */
smap_status smap__stretches_find(smap_ctx *ctx, const smap__stretch_query *query, smap__stretches *out,
                                 smap_error *err);
void smap__stretches_release(smap__stretches *stretches);

#endif
