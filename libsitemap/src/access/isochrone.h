/* Areas within so many minutes of the services of a type, made of the parts of edges that are reached: they end where
 * the road is cut, and never reach over to a bank that is not reached. */
#ifndef SMAP_ACCESS_ISOCHRONE_H
#define SMAP_ACCESS_ISOCHRONE_H

#include "net/paths.h"

typedef struct smap__isochrone_query {
    const smap__graph *graph;
    const smap__reach *reach; /* toward the services, from smap__paths_nearest */
    const smap__seed *seed;   /* what it was made of: services in the middle of an edge reach along it both ways */
    int64_t seeds;
    const double *limit_s; /* ascending */
    int limits;
    double width_m;               /* how far beside a reached road its area goes */
    double core_m;                /* and at least, where a road that is not reached lies beside it */
    const smap_geometry *barrier; /* polygons and lines that no area crosses (wadis, closures); NULL = none; valid */
} smap__isochrone_query;

/* One feature a limit, a multipolygon or EMPTY, in the CRS of the graph's lines: all within width_m of reached parts of
 * edges that is nearer to them than to parts not reached, or within core_m; less the barriers; and of what is left only
 * what a reached part lies in. Each holds the ones before it. */
smap_status smap__isochrones(smap_ctx *ctx, const smap__isochrone_query *query, const smap_geometry **out,
                             smap_error *err);

#endif
