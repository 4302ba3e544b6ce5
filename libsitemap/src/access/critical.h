/* Links without which people lose access: what cutting each one costs. */
#ifndef SMAP_ACCESS_CRITICAL_H
#define SMAP_ACCESS_CRITICAL_H

#include "access/service_ways.h"
#include "net/cuts.h"

typedef struct smap__critical_link {
    uint32_t edge;         /* of the chain of edges that carries the same ways, the one that costs most; then lowest */
    double people;         /* who use it on their way */
    double people_cut_off; /* who have no way without it */
    double people_minutes; /* minutes more, of all who have one; those cut off count cut_off_s each */
    bool only_link;        /* a bridge of the graph: nothing leads round it */
} smap__critical_link;

typedef struct smap__critical_query {
    const smap__access_query *access; /* one type alone counts */
    int32_t type;
    const double *people;     /* of each origin; NaN counts none; NULL: each origin counts 1 */
    double cut_off_s;         /* what one who is cut off counts, on top of before */
    const uint8_t *candidate; /* of each edge: 1 = look at it; NULL = all */
    int32_t most;             /* the worst so many */
} smap__critical_query;

/* Exactly as if each edge were closed both ways and the search run anew (to the rounding of sums), but only the ways
 * that led over it are searched again. Who stands on the edge itself is cut off with it. Edges whose loss costs nobody
 * anything are left out. Ordered by people_minutes, most first, then by edge. *out is freed with smap__free.
 * SMAP_E_ARGUMENT as in smap__access_nearest, and for a cut_off_s that is negative or not finite; SMAP_E_CANCELLED,
 * asked for in the middle of a long search too. */
smap_status smap__critical_links(smap_ctx *ctx, const smap__critical_query *query, smap__critical_link **out,
                                 size_t *count, smap_error *err);

#endif
