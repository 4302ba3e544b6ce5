/* A network of lines as a graph: built once, immutable, read by many threads.
 *
 *     smap__line_costs costs = { .forward_s = s, .backward_s = s };
 *     smap__graph_build(ctx, lines, &costs, &graph, err);
 *     smap__components_find(graph, &components, err);
 *
 * Lines meet where they share a vertex, to the last bit of its coordinates: at their ends, and at vertices between
 * them, where they are cut into edges. What crosses without a vertex does not meet: a bridge over a road. */
#ifndef SMAP_NET_GRAPH_H
#define SMAP_NET_GRAPH_H

#include <stdatomic.h>

#include "sitemap/geometry.h"

#define SMAP__NONE UINT32_MAX /* no node, no edge, no source */

/* What it takes to travel each whole feature, in seconds, along its coordinates and against them. NaN and infinity:
 * closed that way; a one-way street is closed the other way. 0 is allowed. */
typedef struct smap__line_costs {
    const double *forward_s;
    const double *backward_s;
    const double *length_m; /* NULL: planar, in the unit of the CRS */
    const uint8_t *node_at; /* 1 for coordinates that are to be nodes though nothing meets there; NULL: none */
} smap__line_costs;

typedef struct smap__graph {
    uint32_t node_count, edge_count;
    int64_t passed; /* features without an edge: null, empty, no line, coordinates that are not finite */

    /* Nodes, along a Hilbert curve: their numbers do not depend on the order of the lines. */
    double *x, *y;

    /* Edges, in the order of features, their parts, and along them. Cost and length of a feature are shared out by
     * planar length; the edges of a feature without any length carry its whole cost each. */
    uint32_t *from, *to;    /* equal for a loop */
    uint32_t *feature;      /* row of `lines` */
    uint32_t *first, *last; /* coordinates of `lines` from end to end, both included */
    double *length_m;
    double *forward_s, *backward_s; /* infinite where closed, never NaN */

    /* Arcs: every edge twice, at either end; node n has the arcs [first_arc[n], first_arc[n + 1]). */
    uint32_t *first_arc;
    uint32_t *arc_node, *arc_edge; /* the node at the other end */
    double *arc_out_s, *arc_in_s;  /* to that node, and from it */

    const smap_geometry *lines; /* a reference of its own */

    const struct smap__graph *base; /* whose arrays these are, but for the costs; NULL: its own */
    atomic_int references;          /* holders: the caller, and graphs that share it */
} smap__graph;

/* SMAP_E_ARGUMENT: a negative cost or a length that is negative or not finite, of a row that has a line. SMAP_E_LIMIT:
 * more than 2^31 - 1 edges; SMAP_E_CANCELLED. A network without any edge is a graph like another. */
smap_status smap__graph_build(smap_ctx *ctx, const smap_geometry *lines, const smap__line_costs *costs,
                              smap__graph **out, smap_error *err);
void smap__graph_free(smap__graph *graph);

/* The same network with other costs of every edge, in seconds; NaN and infinity: closed that way. All else is shared
 * with `graph`, which it keeps alive. SMAP_E_ARGUMENT: a negative cost; SMAP_E_CANCELLED. */
smap_status smap__graph_recost(smap_ctx *ctx, const smap__graph *graph, const double *forward_s,
                               const double *backward_s, smap__graph **out, smap_error *err);

/* The node at the other end of an edge; the same one for a loop. */
static inline uint32_t smap__graph_across(const smap__graph *graph, uint32_t edge, uint32_t node) {
    return graph->from[edge] ^ graph->to[edge] ^ node;
}

/* Can it be travelled in one direction at least? */
static inline bool smap__graph_is_open(const smap__graph *graph, uint32_t edge) {
    return graph->forward_s[edge] < HUGE_VAL || graph->backward_s[edge] < HUGE_VAL;
}

/* What hangs together by open edges, whichever way they lead (weak components), ordered by nodes, most first, then by
 * their lowest node: 0 is the main network, the others are islands. */
typedef struct smap__components {
    uint32_t count;
    uint32_t *of_node;       /* component of each node */
    uint32_t *nodes, *edges; /* of each component; open edges alone */
} smap__components;

smap_status smap__components_find(const smap__graph *graph, smap__components **out, smap_error *err);
void smap__components_free(smap__components *components);

#endif
