/* Dangling ends of lines, joined to what is near them. */
#ifndef SMAP_NET_DANGLES_H
#define SMAP_NET_DANGLES_H

#include "net/mend.h"

/* A join, and which strand (in the order of features and their parts) has the end, its first (0) or last (1). */
typedef struct smap__joined {
    smap__join join;
    uint32_t strand;
    int end;
} smap__joined;

typedef struct smap__joins {
    smap__joined *items;
    size_t count, capacity;
} smap__joins;

/* One round: the nearest ends are joined first, and what depends on them is left to the next round. New joins go behind
 * those that there are; *out is the lines with them, NULL if there was none. */
smap_status smap__dangles_join(smap_ctx *ctx, const smap_geometry *lines, const smap__mend_options *options,
                               smap__joins *joins, const smap_geometry **out, smap_error *err);

#endif
