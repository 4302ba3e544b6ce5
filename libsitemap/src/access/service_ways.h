/* From every origin to its nearest services, type by type. */
#ifndef SMAP_ACCESS_SERVICE_WAYS_H
#define SMAP_ACCESS_SERVICE_WAYS_H

#include "net/snap.h"

typedef struct smap__access_query {
    const smap__graph *graph; /* with the costs of the scenario */
    const smap__snap *origin; /* on the network as it was, without closures: see net/snap.h */
    int64_t origins;
    const smap__snap *service;
    const int32_t *type; /* of each service, 0 to types - 1; -1: does not count */
    int64_t services;
    int32_t types;
    double walk_ms; /* from the place to the road and from the road to the service */
    uint32_t k;     /* nearest so many */
    double limit_s; /* HUGE_VAL: none; exactly so long counts */
} smap__access_query;

/* Entry (origin * types + type) * k + rank, nearest first; of equal times the service of the lower row. */
typedef struct smap__access {
    int64_t origins;
    int32_t types;
    uint32_t k;
    uint32_t *service; /* SMAP__NONE: none (any more) */
    double *seconds;   /* walks at both ends included; infinite: none */
    double *metres;    /* of that way, walks included */
} smap__access;

/* Searches run from the services, against the direction of travel, side by side. An origin and a service on one edge
 * meet along it. SMAP_E_ARGUMENT: k = 0, a speed that is not more than 0, a limit that is negative or not a number;
 * SMAP_E_CANCELLED. `places` (NULL: nothing) is what finds query->origin: the first searches, which do not ask for it,
 * run at the same time. */
smap_status smap__access_nearest(smap_ctx *ctx, const smap__access_query *query, const smap__job *places,
                                 smap__access **out, smap_error *err);
void smap__access_free(smap__access *access);

static inline size_t smap__access_at(const smap__access *a, int64_t origin, int32_t type, uint32_t rank) {
    return ((size_t)origin * (size_t)a->types + (size_t)type) * a->k + rank;
}

/* The way of one entry as a line: from the origin's place on its edge to that of the service, walks left out. Appends a
 * null feature where there is none within the limit, an EMPTY one where both are at one place. One search each. */
smap_status smap__access_append_way(const smap__access_query *query, int64_t origin, uint32_t service,
                                    smap_geometry_builder *builder, smap_error *err);

#endif
