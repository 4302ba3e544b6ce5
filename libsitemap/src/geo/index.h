/* Packed spatial index over boxes: a static R-tree in Hilbert order, 16 boxes a node. Built once, read by many threads.
 */
#ifndef SMAP_GEO_INDEX_H
#define SMAP_GEO_INDEX_H

#include "sitemap/geometry.h"

typedef struct smap__index smap__index;

/* Index of `count` boxes; empty boxes are never found. Item ids are positions in `boxes`. `ctx` NULL: made in this
 * thread alone, as a chunk of base/parallel.h must; else SMAP_E_CANCELLED. SMAP_E_LIMIT: 2^32 - 1 boxes or more. */
smap_status smap__index_new(smap_ctx *ctx, const smap_box *boxes, int64_t count, smap__index **out, smap_error *err);
void smap__index_free(smap__index *index);

/* Growing list of hits, reusable between queries. */
typedef struct smap__hits {
    int64_t *ids;
    size_t count, capacity;
} smap__hits;
void smap__hits_release(smap__hits *hits);
/* An array of them, one for each worker; NULL is fine. */
void smap__hits_free(smap__hits *hits, int workers);

/* All items whose box touches `box` (closed), ascending by id, into hits (emptied first). */
smap_status smap__index_query(const smap__index *index, smap_box box, smap__hits *hits, smap_error *err);

/* Hilbert value (16 bits a side) of a point in an extent; shared with the R-tree writer in io. */
uint32_t smap__hilbert(double x, double y, smap_box extent);

/* Positions of `count` finite points along the curve over their extent, those of equal value by x, then y, into
 * order[count]: neighbours in the plane come close together in memory. SMAP_E_LIMIT as above. */
smap_status smap__hilbert_order(const double *x, const double *y, int64_t count, int64_t *order, smap_error *err);

#endif
