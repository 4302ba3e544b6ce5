/* Ways along edges as coordinates. */
#ifndef SMAP_ACCESS_EDGE_RUN_H
#define SMAP_ACCESS_EDGE_RUN_H

#include "net/graph.h"

typedef struct smap__edge_point {
    double x, y;
} smap__edge_point;

typedef struct smap__edge_run {
    smap__edge_point *points; /* none repeats the one before it */
    size_t count, capacity;
} smap__edge_run;

/* Put the part of an edge between two shares of its length (0 at its first coordinate, 1 at its last) behind what is
 * there, from the one to the other: against the edge if the second is less. At 0 and 1 the vertices to the last bit. */
smap_status smap__edge_run_put(smap__edge_run *run, const smap__graph *graph, uint32_t edge, double from, double to,
                               smap_error *err);
void smap__edge_run_release(smap__edge_run *run);

#endif
