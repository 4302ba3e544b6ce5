/* Areas within so many minutes of the services of a type, made of the parts of edges that are reached: they end where
 * the road is cut, and never reach over to a bank that is not reached. */
#ifndef SMAP_ACCESS_ISOCHRONE_H
#define SMAP_ACCESS_ISOCHRONE_H

#include "access/service_ways.h"

typedef struct smap__isochrone_query {
    const smap__access_query *access; /* the graph, the services and walk_ms count: not origins, k and limit_s */
    int32_t type;
    const double *limit_s; /* ascending; the walk from the road to the service included */
    int limits;
    double width_m;               /* how far beside a reached road its area goes */
    double core_m;                /* and at least, where a road that is not reached lies beside it */
    const smap_geometry *barrier; /* polygons and lines that no area crosses (wadis, closures); NULL = none; valid */
} smap__isochrone_query;

/* One feature a limit, a multipolygon or EMPTY, in the CRS of the graph's lines: all within width_m of reached parts of
 * edges that is nearer to them than to parts not reached, or within core_m; less the barriers; and of what is left only
 * what a reached part lies in. Reached parts end flat. Each holds the ones before it. SMAP_E_ARGUMENT: limits that do
 * not ascend, a width that is not more than 0 or less than core_m, a core_m that is not more than 0; SMAP_E_CANCELLED.
 */
smap_status smap__isochrones(smap_ctx *ctx, const smap__isochrone_query *query, const smap_geometry **out,
                             smap_error *err);

#endif
