/* What critical.c knows of the ways as they are, and what closing each edge adds to that. Private to those two. */
#ifndef SMAP_ACCESS_CRITICAL_CLOSED_H
#define SMAP_ACCESS_CRITICAL_CLOSED_H

#include "access/critical.h"
#include "access/row_groups.h"
#include "access/way_forest.h"
#include "net/path_search.h"

/* An origin whose people count and that has a way. */
typedef struct smap__critical_dweller {
    const smap__snap *snap;
    double people, before_s;
    double along_s, here_s; /* to a service along its edge, and to one at the same place, which no closure parts */
    smap__seed ends[2];
    int end_count;
    int taken; /* the end its way leads over; -1: along its edge */
} smap__critical_dweller;

/* What goes over an edge. */
typedef struct smap__critical_use {
    int64_t origins, origins_cut_off;
    double people, cut_off;
    double minutes, origin_minutes; /* what closing it costs, of people and of origins */
    uint32_t exit;                  /* the node that all its ways lead over next; SMAP__NONE: none does, or they part */
} smap__critical_use;

typedef struct smap__critical_work {
    smap_ctx *ctx;
    const smap__critical_query *q;
    const smap__graph *graph;
    double limit_s;
    smap__seed *seeds;
    int64_t seed_count;
    smap__reach reach;
    smap__way_forest forest;
    smap__row_groups seeds_at; /* of each node */
    smap__critical_dweller *dwellers;
    uint32_t dweller_count;
    smap__row_groups on;      /* dwellers on each edge */
    smap__row_groups hooks;   /* ends at each place: 2 * dweller + end */
    smap__critical_use *uses; /* of each edge */
    smap__cuts *cuts;
    uint32_t *services_before; /* seeds at nodes that the search of the cuts met before the k-th */
    int64_t *hung_origins;     /* whose first end that is reached hangs on each place, itself included */
    double *hung_people;
    uint32_t *looked, looked_count; /* edges to close */
} smap__critical_work;

/* Rows of places whose ways lead over an edge, at most two, none within another. */
typedef struct smap__critical_rows {
    int count;
    uint32_t first[2], end[2];
} smap__critical_rows;

bool smap__critical_holds(const smap__critical_rows *r, uint32_t place);
smap__critical_rows smap__critical_hung_on(const smap__critical_work *w, uint32_t edge);

/* The edge on which a service stands whose way begins at one of its ends; SMAP__NONE: it stands on the node. */
uint32_t smap__critical_seed_edge(const smap__critical_work *w, uint32_t service);

/* Puts into w->uses, for each edge of w->looked, who is cut off and what it costs when that edge alone is closed; into
 * w->cuts the edges round which nothing leads. */
smap_status smap__critical_close(smap__critical_work *w, smap_error *err);

#endif
