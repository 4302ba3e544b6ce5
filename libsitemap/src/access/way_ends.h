/* Where ways begin and end: what the searches for services have in common. */
#ifndef SMAP_ACCESS_WAY_ENDS_H
#define SMAP_ACCESS_WAY_ENDS_H

#include "access/service_ways.h"

/* Refuse what cannot be asked, with a sentence. */
smap_status smap__access_check(const smap__access_query *query, smap_error *err);

/* Is the service of a type, and on the network? */
bool smap__service_counts(const smap__access_query *query, int64_t service);

/* The seeds of a place as smap__snap_seeds gives them, the walk to it included. */
int smap__service_seeds(const smap__access_query *query, uint32_t service, smap__seed out[2]);
/* Those of all services of a type, for a search toward them; *seeds is freed with smap__free. */
smap_status smap__type_seeds(const smap__access_query *query, int32_t type, smap__seed **seeds, int64_t *count,
                             smap_error *err);
int smap__origin_seeds(const smap__access_query *query, int64_t origin, smap__seed out[2]);

/* From an origin to a service on the same edge along it, both walks included; infinite if there is no such way. */
double smap__along_s(const smap__access_query *query, const smap__snap *origin, const smap__snap *service);

/* A service that counts, and the edge it stands on. */
typedef struct smap__stand {
    uint32_t edge;
    int32_t type;
    uint32_t service;
} smap__stand;

typedef struct smap__stands {
    smap__stand *stand; /* by edge, type and service */
    size_t count;
} smap__stands;

smap_status smap__stands_find(const smap__access_query *query, smap__stands *out, smap_error *err);
/* Those of a type on an edge are [first, end). */
void smap__stands_on(const smap__stands *stands, uint32_t edge, int32_t type, size_t *first, size_t *end);
void smap__stands_release(smap__stands *stands);

#endif
