/* PROJ contexts, lent to one thread at a time. Network off, no file but proj.db (grids that happen to be installed
 * would change results from machine to machine). Included by crs*.c alone. */
#ifndef SMAP_GEO_CRS_POOL_H
#define SMAP_GEO_CRS_POOL_H

#include <proj.h>
#include <stdatomic.h>

#include "base/ctx.h"
#include "sitemap/geometry.h"

struct smap_crs {
    atomic_size_t references;
    char *name, *authority, *wkt, *wkt1;
    int code;
    bool geographic;
    double semi_major_m, flattening;
};

enum { SMAP__PROJ_CACHE = 8 };

typedef struct smap__proj {
    PJ_CONTEXT *pj;
    struct {
        const smap_crs *from, *to;
        PJ *transform;
    } cache[SMAP__PROJ_CACHE];
    int cache_next;
    struct smap__proj *next; /* in the pool */
} smap__proj;

smap_status smap__proj_borrow(smap_ctx *ctx, smap__proj **out, smap_error *err);
void smap__proj_return(smap_ctx *ctx, smap__proj *proj);

/* The CRS as a PROJ object of that context; NULL when PROJ fails. */
PJ *smap__proj_crs(const smap__proj *proj, const smap_crs *crs);
/* Its geographic base (itself, if it is geographic). */
PJ *smap__proj_geographic(const smap__proj *proj, const smap_crs *crs);

#endif
