/* What the searches over a graph have in common. */
#ifndef SMAP_NET_PATH_SEARCH_H
#define SMAP_NET_PATH_SEARCH_H

#include "net/path_queue.h"
#include "net/paths.h"

enum { SMAP__NODES_BETWEEN_POLLS = 4096 }; /* for cancel: a millisecond or so */

/* Refuse seeds that cannot be used, with a sentence. */
smap_status smap__seeds_check(const smap__graph *graph, const smap__seed *seeds, int64_t count, smap_error *err);

/* Dijkstra's search, node by node:
 *
 *     SMAP_TRY(smap__scan_start(&scan, graph, &search, err), done);
 *     for (;;) {
 *         SMAP_TRY(smap__scan_next(&scan, &node, err), done);
 *         if (node == SMAP__NONE) break;
 *         SMAP_TRY(smap__scan_relax(&scan, node, err), done);
 *     }
 *
 * All it needs is that a cost does not sink along an arc, rounded or not: what a node has when it comes up is final,
 * and nodes come up in the order of the queue, which is total. */
typedef struct smap__scan {
    const smap__graph *graph;
    const double *arc_s; /* in the direction of the search */
    double limit_s;
    smap__reach reach;
    uint8_t *settled;
    smap__queue queue;
} smap__scan;

/* Released in any case; `reach` may be taken out before. */
smap_status smap__scan_start(smap__scan *scan, const smap__graph *graph, const smap__search *search, smap_error *err);
/* The next node that is final; SMAP__NONE: there is no more. */
smap_status smap__scan_next(smap__scan *scan, uint32_t *node, smap_error *err);
smap_status smap__scan_relax(smap__scan *scan, uint32_t node, smap_error *err);
void smap__scan_release(smap__scan *scan);

#endif
