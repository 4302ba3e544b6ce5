/* Shortest paths from many sources at once, over the arcs of a graph.
 *
 *     smap__search search = { .seeds = seeds, .seed_count = n, .toward = true, .limit_s = 3600 };
 *     smap__paths_nearest(ctx, graph, &search, 1, &reach, err);     how long to the nearest clinic, and which one?
 *
 * A seed puts a source on a node; a source that stands on an edge has a seed at either end (net/snap.h). Costs are
 * seconds, or whatever the graph was given. A path that costs exactly the limit is within it; one whose cost is beyond
 * all numbers is none. Of equal costs the lowest source counts, then the path by way of the lowest node, then by the
 * lowest edge: results depend neither on threads nor on the order of seeds. */
#ifndef SMAP_NET_PATHS_H
#define SMAP_NET_PATHS_H

#include "base/parallel.h"
#include "net/graph.h"

typedef struct smap__seed {
    uint32_t node;
    uint32_t source; /* any number but SMAP__NONE */
    double cost_s;   /* from the source to the node (or back, see `toward`); infinite: it does not get there */
    double length_m; /* of that way; of seeds that differ in it alone the shortest counts */
} smap__seed;

typedef struct smap__search {
    const smap__seed *seeds;
    int64_t seed_count;
    bool toward;    /* from every node to the sources, not from the sources to every node */
    double limit_s; /* HUGE_VAL: none */
    bool lengths;   /* the lengths of the ways are wanted too */
} smap__search;

/* ---- the nearest source of every node ---- */

typedef struct smap__reach {
    double *cost_s;   /* of each node; infinite: not reached */
    double *length_m; /* of the path, the seed's included; infinite: not reached. NULL: not wanted */
    uint32_t *source; /* SMAP__NONE: not reached */
    uint32_t *edge;   /* the one next to the node on its path; SMAP__NONE: not reached, or the path begins here */
} smap__reach;

/* `count` searches side by side into reach[count]; each is released by the caller, after success alone. Cancel is asked
 * for in the middle of a search too. SMAP_E_ARGUMENT: a seed whose cost is negative or not a number, or whose node or
 * source is none; SMAP_E_CANCELLED. */
smap_status smap__paths_nearest(smap_ctx *ctx, const smap__graph *graph, const smap__search *searches, int64_t count,
                                smap__reach *reach, smap_error *err);
/* With other work done at the same time, which a single search, in one thread as it is, leaves the workers to. */
smap_status smap__paths_nearest_beside(smap_ctx *ctx, const smap__graph *graph, const smap__search *searches,
                                       int64_t count, const smap__job *beside, smap__reach *reach, smap_error *err);
void smap__reach_release(smap__reach *reach);

/* ---- the k nearest sources of every node ---- */

typedef struct smap__ranking {
    uint32_t most;    /* k */
    double *cost_s;   /* node n has the entries n * most + 0, 1, ...: nearest first; infinite: no more */
    double *length_m; /* NULL: not wanted */
    uint32_t *source; /* all different at one node; SMAP__NONE: no more */
} smap__ranking;

/* As smap__paths_nearest, into rankings[count]. SMAP_E_ARGUMENT also for k = 0. */
smap_status smap__paths_ranked(smap_ctx *ctx, const smap__graph *graph, const smap__search *searches, int64_t count,
                               uint32_t k, smap__ranking *rankings, smap_error *err);
void smap__ranking_release(smap__ranking *ranking);

/* ---- one path ---- */

typedef struct smap__route {
    double cost_s;           /* infinite: there is no way */
    uint32_t start, end;     /* sources of the seeds it joins; SMAP__NONE without a way */
    uint32_t *nodes, *edges; /* in the order of travel: edge_count + 1 nodes; both NULL without a way */
    uint32_t edge_count;
} smap__route;

/* The shortest way from one of `starts` to one of a few `ends`, the costs of both seeds included; of equal ones that to
 * the lowest end, then to its lowest node. Ends early, as soon as no other can be shorter. `route` is released by the
 * caller, after success alone. SMAP_E_ARGUMENT as above. */
smap_status smap__paths_route(const smap__graph *graph, const smap__seed *starts, int64_t start_count,
                              const smap__seed *ends, int64_t end_count, double limit_s, smap__route *route,
                              smap_error *err);
void smap__route_release(smap__route *route);

#endif
