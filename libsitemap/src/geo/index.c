/* A packed R-tree: items sorted along the Hilbert curve by the middle of their box, then every 16 boxes under one, up
 * to a single root. Static, without pointers; a query walks it with a small stack. */
#include "geo/index.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/compare.h"
#include "base/fail.h"
#include "geo/geom_column.h"

enum { FAN = 16, LEVEL_LIMIT = 17 }; /* 16^16 items */

struct smap__index {
    smap_box *boxes; /* the items in curve order, then the levels above them, the root last */
    int64_t *ids;    /* of the items in curve order */
    int64_t level_start[LEVEL_LIMIT + 1];
    int levels; /* of boxes; 0: no items */
};

/* From the top bit down. The curve inside a quadrant is that of the whole, swapped along the diagonal and inverted as
 * the quadrants on the way to it say; that is two bits to carry along, and no branch. */
uint32_t smap__hilbert(double px, double py, smap_box extent) {
    double width = extent.xmax - extent.xmin, height = extent.ymax - extent.ymin;
    double fx = width > 0 ? (px - extent.xmin) / width * 65535.0 : 0;
    double fy = height > 0 ? (py - extent.ymin) / height * 65535.0 : 0;
    uint32_t x = fx > 0 ? fx < 65535.0 ? (uint32_t)fx : 65535u : 0u;
    uint32_t y = fy > 0 ? fy < 65535.0 ? (uint32_t)fy : 65535u : 0u;
    uint32_t d = 0, swap = 0, invert = 0;
    for (int bit = 15; bit >= 0; bit--) {
        uint32_t a = ((x >> bit) & 1u) ^ invert, b = ((y >> bit) & 1u) ^ invert, differ = (a ^ b) & swap, lower;
        a ^= differ;
        b ^= differ;
        lower = b ^ 1u;
        d = d << 2 | ((3u * a) ^ b);
        invert ^= lower & a;
        swap ^= lower;
    }
    return d;
}

typedef struct item {
    uint32_t key;
    int64_t id;
} item;

/* Stable radix sort by key, 11 bits at a time: equal keys stay in the order of their ids. */
static void sort_items(item *items, item *scratch, size_t count) {
    enum { BITS = 11, BUCKETS = 1 << BITS };
    item *from = items, *to = scratch;
    for (int pass = 0; pass < 3; pass++) {
        size_t starts[BUCKETS + 1] = { 0 };
        unsigned shift = (unsigned)(pass * BITS);
        for (size_t k = 0; k < count; k++) starts[((from[k].key >> shift) & (BUCKETS - 1)) + 1]++;
        for (size_t k = 0; k < BUCKETS; k++) starts[k + 1] += starts[k];
        for (size_t k = 0; k < count; k++) to[starts[(from[k].key >> shift) & (BUCKETS - 1)]++] = from[k];
        item *swapped = from;
        from = to;
        to = swapped;
    }
    memcpy(items, from, count * sizeof *items); /* an odd number of passes ends in the scratch */
}

typedef struct spot {
    double x, y;
    int64_t id;
} spot;

static int compare_spots(const void *a, const void *b) {
    const spot *left = a, *right = b;
    int x = smap__compare_reals(&left->x, &right->x), y = smap__compare_reals(&left->y, &right->y);
    return x ? x : y ? y : smap__compare_int64(&left->id, &right->id);
}

/* Items of one value by their place. */
static smap_status sort_equal(item *items, int64_t count, const double *x, const double *y, smap_error *err) {
    if (count < 2) return SMAP_OK;
    spot *spots = smap__realloc(NULL, (size_t)count, sizeof *spots);
    if (!spots) return smap__fail_memory(err);
    for (int64_t k = 0; k < count; k++) spots[k] = (spot){ x[items[k].id], y[items[k].id], items[k].id };
    qsort(spots, (size_t)count, sizeof *spots, compare_spots);
    for (int64_t k = 0; k < count; k++) items[k].id = spots[k].id;
    smap__free(spots);
    return SMAP_OK;
}

smap_status smap__hilbert_order(const double *x, const double *y, int64_t count, int64_t *order, smap_error *err) {
    smap_box extent = SMAP_BOX_EMPTY;
    smap_status status = SMAP_OK;
    item *items = smap__realloc(NULL, (size_t)count, sizeof *items);
    item *scratch = smap__realloc(NULL, (size_t)count, sizeof *scratch);
    if (!items || !scratch) SMAP_TRY(smap__fail_memory(err), done);
    for (int64_t k = 0; k < count; k++) extent = smap__box_join(extent, (smap_box){ x[k], y[k], x[k], y[k] });
    for (int64_t k = 0; k < count; k++) items[k] = (item){ smap__hilbert(x[k], y[k], extent), k };
    sort_items(items, scratch, (size_t)count);
    for (int64_t k = 0, first = 0; k < count; k++)
        if (k + 1 == count || items[k + 1].key != items[first].key) {
            SMAP_TRY(sort_equal(items + first, k + 1 - first, x, y, err), done);
            first = k + 1;
        }
    for (int64_t k = 0; k < count; k++) order[k] = items[k].id;
done:
    smap__free(items);
    smap__free(scratch);
    return status;
}

/* Lay out the levels for so many items; the number of boxes in all. */
static int64_t plan_levels(smap__index *index, int64_t items) {
    int64_t total = 0;
    for (int64_t n = items; n > 0; n = n > 1 ? (n + FAN - 1) / FAN : 0) {
        index->level_start[index->levels++] = total;
        total += n;
    }
    index->level_start[index->levels] = total;
    return total;
}

static void fill_levels(smap__index *index) {
    for (int level = 1; level < index->levels; level++) {
        int64_t from = index->level_start[level - 1], end = index->level_start[level], to = end;
        for (; from < end; from += FAN, to++) {
            smap_box box = SMAP_BOX_EMPTY;
            for (int64_t k = from; k < from + FAN && k < end; k++) box = smap__box_join(box, index->boxes[k]);
            index->boxes[to] = box;
        }
    }
}

static smap_status pack(smap__index *index, const smap_box *boxes, const item *items, int64_t count, smap_error *err) {
    int64_t total = plan_levels(index, count);
    index->boxes = smap__realloc(NULL, (size_t)total, sizeof *index->boxes);
    index->ids = smap__realloc(NULL, (size_t)count, sizeof *index->ids);
    if (!index->boxes || !index->ids) return smap__fail_memory(err);
    for (int64_t k = 0; k < count; k++) {
        index->boxes[k] = boxes[items[k].id];
        index->ids[k] = items[k].id;
    }
    fill_levels(index);
    return SMAP_OK;
}

smap_status smap__index_new(const smap_box *boxes, int64_t count, smap__index **out, smap_error *err) {
    smap__index *index = smap__zalloc(1, sizeof *index);
    item *items = smap__realloc(NULL, (size_t)count, sizeof *items);
    item *scratch = smap__realloc(NULL, (size_t)count, sizeof *scratch);
    smap_status status;
    if (!index || !items || !scratch) SMAP_TRY(smap__fail_memory(err), done);
    smap_box extent = SMAP_BOX_EMPTY;
    int64_t used = 0;
    for (int64_t k = 0; k < count; k++)
        if (!smap__box_is_empty(boxes[k])) {
            extent = smap__box_join(extent, boxes[k]);
            items[used++].id = k;
        }
    for (int64_t k = 0; k < used; k++) {
        const smap_box *box = &boxes[items[k].id];
        items[k].key = smap__hilbert(box->xmin / 2 + box->xmax / 2, box->ymin / 2 + box->ymax / 2, extent);
    }
    sort_items(items, scratch, (size_t)used);
    SMAP_TRY(pack(index, boxes, items, used, err), done);
    *out = index;
    index = NULL;
done:
    smap__free(items);
    smap__free(scratch);
    smap__index_free(index);
    return status;
}

void smap__index_free(smap__index *index) {
    if (!index) return;
    smap__free(index->boxes);
    smap__free(index->ids);
    smap__free(index);
}

void smap__hits_release(smap__hits *hits) {
    smap__free(hits->ids);
    *hits = (smap__hits){ NULL, 0, 0 };
}

/* Most queries find a handful: those are sorted by insertion. */
static void sort_hits(smap__hits *hits) {
    if (hits->count > 32) {
        qsort(hits->ids, hits->count, sizeof *hits->ids, smap__compare_int64);
        return;
    }
    for (size_t k = 1; k < hits->count; k++) {
        int64_t id = hits->ids[k];
        size_t at = k;
        for (; at > 0 && hits->ids[at - 1] > id; at--) hits->ids[at] = hits->ids[at - 1];
        hits->ids[at] = id;
    }
}

smap_status smap__index_query(const smap__index *index, smap_box box, smap__hits *hits, smap_error *err) {
    struct {
        int level;
        int64_t at;
    } stack[LEVEL_LIMIT * FAN];
    int top = 0;
    hits->count = 0;
    if (!index->levels) return SMAP_OK;
    stack[top].level = index->levels - 1;
    stack[top++].at = index->level_start[index->levels - 1];
    while (top > 0) {
        int level = stack[--top].level;
        int64_t at = stack[top].at;
        if (!smap__box_touches(index->boxes[at], box)) continue;
        if (level == 0) {
            if (!smap__grow(&hits->ids, &hits->capacity, hits->count + 1, sizeof *hits->ids))
                return smap__fail_memory(err);
            hits->ids[hits->count++] = index->ids[at];
            continue;
        }
        int64_t child = index->level_start[level - 1] + (at - index->level_start[level]) * FAN;
        int64_t end = child + FAN < index->level_start[level] ? child + FAN : index->level_start[level];
        for (; child < end; child++) {
            if (!smap__box_touches(index->boxes[child], box)) continue;
            stack[top].level = level - 1;
            stack[top++].at = child;
        }
    }
    sort_hits(hits);
    return SMAP_OK;
}
