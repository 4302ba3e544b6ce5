/* Links without which people lose access: what cutting each one costs. */
#ifndef SMAP_ACCESS_CRITICAL_H
#define SMAP_ACCESS_CRITICAL_H

#include "access/service_ways.h"
#include "net/cuts.h"

typedef struct smap__critical_link {
    uint32_t edge;                    /* of those that are told together the one that costs most; then lowest */
    int64_t origins, origins_cut_off; /* that use it on their way; that have no way without it */
    double origin_minutes;            /* minutes more, of all of them: nobody loses more than cut_off_s, which those cut
                                         off do */
    double people, people_cut_off, people_minutes; /* the same of people */
    bool only_link;                                /* a bridge of the graph: nothing leads round it */
} smap__critical_link;

typedef struct smap__critical_query {
    const smap__access_query *access; /* one type alone counts */
    int32_t type;
    const double *people;     /* of each origin; NaN counts none; NULL: each origin counts 1 */
    double cut_off_s;         /* what one who is cut off counts, on top of before; a longer detour counts as much */
    const uint8_t *candidate; /* of each edge: 1 = look at it; NULL = all */
    bool once_a_road; /* each road is told once; else each chain of edges of a road that carries the same ways */
    int32_t most;     /* the worst so many */
} smap__critical_query;

/* Exactly as if each edge were closed both ways and the search run anew (to the rounding of sums), but only the ways
 * that led over it are searched again. Who stands on the edge itself is cut off with it. Edges whose loss costs nobody
 * anything are left out. Ordered by people_minutes, then by people_cut_off, most first, then by edge. Roads are the
 * features of the graph's lines: chains end where a road does, lest the street at a door hide the bridge behind it.
 * *out is freed with smap__free. SMAP_E_ARGUMENT as in smap__access_nearest, and for a cut_off_s that is negative or
 * not finite; SMAP_E_CANCELLED, asked for in the middle of a long search too. */
smap_status smap__critical_links(smap_ctx *ctx, const smap__critical_query *query, smap__critical_link **out,
                                 size_t *count, smap_error *err);

#endif
