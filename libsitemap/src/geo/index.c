/* A packed R-tree: items sorted along the Hilbert curve by the middle of their box, then every 16 boxes under one, up
 * to a single root. Static, without pointers; a query walks it with a small stack. */
#include "geo/index.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/compare.h"
#include "base/fail.h"
#include "base/parallel.h"
#include "base/word_sort.h"
#include "geo/geom_column.h"

enum { FAN = 16, LEVEL_LIMIT = 17 }; /* 16^16 items */
enum { CHUNK = 1 << 15 };
#define NO_WORD UINT64_MAX /* of a box that is not found: the last row at the end of the curve is beyond the limit */

struct smap__index {
    smap_box *boxes; /* the items in curve order, then the levels above them, the root last */
    int64_t *ids;    /* of the items in curve order */
    int64_t level_start[LEVEL_LIMIT + 1];
    int levels; /* of boxes; 0: no items */
};

/* From the top down, two bits a step: the curve inside a quadrant is that of the whole, swapped along the diagonal or
 * inverted, or both, as the quadrants on the way to it say. For each of these four states and the two bits of x and of
 * y: the state of the quarter (two bits), then the place on the curve (four bits). */
static const uint8_t steps[4][16] = {
    { 0x00, 0x13, 0x24, 0x05, 0x21, 0x22, 0x37, 0x06, 0x3e, 0x3d, 0x28, 0x09, 0x0f, 0x1c, 0x3b, 0x0a },
    { 0x1a, 0x2b, 0x0c, 0x1f, 0x19, 0x38, 0x2d, 0x2e, 0x16, 0x27, 0x32, 0x31, 0x15, 0x34, 0x03, 0x10 },
    { 0x20, 0x01, 0x1e, 0x2f, 0x33, 0x02, 0x1d, 0x3c, 0x04, 0x17, 0x08, 0x1b, 0x25, 0x26, 0x29, 0x2a },
    { 0x3a, 0x39, 0x36, 0x35, 0x0b, 0x18, 0x07, 0x14, 0x2c, 0x0d, 0x12, 0x23, 0x3f, 0x0e, 0x11, 0x30 },
};

uint32_t smap__hilbert(double px, double py, smap_box extent) {
    double width = extent.xmax - extent.xmin, height = extent.ymax - extent.ymin;
    double fx = width > 0 ? (px - extent.xmin) / width * 65535.0 : 0;
    double fy = height > 0 ? (py - extent.ymin) / height * 65535.0 : 0;
    uint32_t x = fx > 0 ? fx < 65535.0 ? (uint32_t)fx : 65535u : 0u;
    uint32_t y = fy > 0 ? fy < 65535.0 ? (uint32_t)fy : 65535u : 0u;
    uint32_t d = 0, state = 0;
    for (int bit = 14; bit >= 0; bit -= 2) {
        uint32_t step = steps[state][((x >> bit) & 3u) << 2 | ((y >> bit) & 3u)];
        d = d << 4 | (step & 15u);
        state = step >> 4;
    }
    return d;
}

/* An item as a word to sort by: its value on the curve, then its row. */
enum { KEY_AT = 32 };

static uint64_t word_of(uint32_t key, int64_t row) {
    return (uint64_t)key << KEY_AT | (uint64_t)row;
}

static int64_t row_of(uint64_t word) {
    return (int64_t)(uint32_t)word;
}

static smap_status check_count(int64_t count, smap_error *err) {
    if (count < UINT32_MAX) return SMAP_OK;
    return smap__fail(err, SMAP_E_LIMIT, NULL, "there are more than 4 billion places to look up; work in parts");
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

/* Rows of one value by their place. */
static smap_status sort_equal(uint64_t *words, int64_t count, const double *x, const double *y, smap_error *err) {
    if (count < 2) return SMAP_OK;
    spot *spots = smap__realloc(NULL, (size_t)count, sizeof *spots);
    if (!spots) return smap__fail_memory(err);
    for (int64_t k = 0; k < count; k++) {
        int64_t id = row_of(words[k]);
        spots[k] = (spot){ x[id], y[id], id };
    }
    qsort(spots, (size_t)count, sizeof *spots, compare_spots);
    for (int64_t k = 0; k < count; k++) words[k] = (uint64_t)spots[k].id;
    smap__free(spots);
    return SMAP_OK;
}

smap_status smap__hilbert_order(const double *x, const double *y, int64_t count, int64_t *order, smap_error *err) {
    smap_box extent = SMAP_BOX_EMPTY;
    smap_status status = check_count(count, err);
    if (status != SMAP_OK) return status;
    uint64_t *words = smap__realloc(NULL, (size_t)count, sizeof *words);
    uint64_t *spare = smap__realloc(NULL, (size_t)count, sizeof *spare);
    if (!words || !spare) SMAP_TRY(smap__fail_memory(err), done);
    for (int64_t k = 0; k < count; k++) extent = smap__box_join(extent, (smap_box){ x[k], y[k], x[k], y[k] });
    for (int64_t k = 0; k < count; k++) words[k] = word_of(smap__hilbert(x[k], y[k], extent), k);
    SMAP_TRY(smap__sort_words(NULL, words, spare, count, KEY_AT, err), done);
    for (int64_t k = 0, first = 0; k < count; k++)
        if (k + 1 == count || words[k + 1] >> KEY_AT != words[first] >> KEY_AT) {
            SMAP_TRY(sort_equal(words + first, k + 1 - first, x, y, err), done);
            first = k + 1;
        }
    for (int64_t k = 0; k < count; k++) order[k] = row_of(words[k]);
done:
    smap__free(words);
    smap__free(spare);
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

typedef struct packing {
    const smap_box *boxes;
    int64_t count;
    smap_box extent;
    uint64_t *words, *spare; /* of the boxes that are not empty, once they are in order; [count] */
    int64_t used;
    smap__index *index;
} packing;

static smap_status put_words(int worker, int64_t chunk, void *user, smap_error *err) {
    const packing *p = user;
    int64_t end = (chunk + 1) * CHUNK < p->count ? (chunk + 1) * CHUNK : p->count;
    (void)worker, (void)err;
    for (int64_t k = chunk * CHUNK; k < end; k++) {
        const smap_box *box = &p->boxes[k];
        bool empty = smap__box_is_empty(*box);
        p->words[k] =
            empty ? NO_WORD
                  : word_of(smap__hilbert(box->xmin / 2 + box->xmax / 2, box->ymin / 2 + box->ymax / 2, p->extent), k);
    }
    return SMAP_OK;
}

static smap_status put_boxes(int worker, int64_t chunk, void *user, smap_error *err) {
    const packing *p = user;
    int64_t end = (chunk + 1) * CHUNK < p->used ? (chunk + 1) * CHUNK : p->used;
    (void)worker, (void)err;
    for (int64_t k = chunk * CHUNK; k < end; k++) {
        p->index->ids[k] = row_of(p->words[k]);
        p->index->boxes[k] = p->boxes[p->index->ids[k]];
    }
    return SMAP_OK;
}

static smap_status in_chunks(smap_ctx *ctx, int64_t items, smap__chunk_fn fn, packing *p, smap_error *err) {
    int64_t chunks = (items + CHUNK - 1) / CHUNK;
    smap_status status = SMAP_OK;
    if (ctx && chunks > 1) return smap__parallel(ctx, chunks, fn, p, err);
    for (int64_t chunk = 0; chunk < chunks && status == SMAP_OK; chunk++) status = fn(0, chunk, p, err);
    return status;
}

/* Along the curve, empty boxes left out. */
static smap_status order(smap_ctx *ctx, packing *p, smap_error *err) {
    p->extent = SMAP_BOX_EMPTY;
    for (int64_t k = 0; k < p->count; k++)
        if (!smap__box_is_empty(p->boxes[k])) p->extent = smap__box_join(p->extent, p->boxes[k]);
    smap_status status = in_chunks(ctx, p->count, put_words, p, err);
    for (int64_t k = 0; status == SMAP_OK && k < p->count; k++)
        if (p->words[k] != NO_WORD) p->words[p->used++] = p->words[k];
    return status == SMAP_OK ? smap__sort_words(ctx, p->words, p->spare, p->used, KEY_AT, err) : status;
}

static smap_status pack(smap_ctx *ctx, packing *p, smap_error *err) {
    int64_t total = plan_levels(p->index, p->used);
    p->index->boxes = smap__realloc(NULL, (size_t)total, sizeof *p->index->boxes);
    p->index->ids = smap__realloc(NULL, (size_t)p->used, sizeof *p->index->ids);
    if (!p->index->boxes || !p->index->ids) return smap__fail_memory(err);
    smap_status status = in_chunks(ctx, p->used, put_boxes, p, err);
    if (status == SMAP_OK) fill_levels(p->index);
    return status;
}

smap_status smap__index_new(smap_ctx *ctx, const smap_box *boxes, int64_t count, smap__index **out, smap_error *err) {
    smap_status status = check_count(count, err);
    if (status != SMAP_OK) return status;
    packing p = { .boxes = boxes, .count = count, .index = smap__zalloc(1, sizeof *p.index) };
    p.words = smap__realloc(NULL, (size_t)count, sizeof *p.words);
    p.spare = smap__realloc(NULL, (size_t)count, sizeof *p.spare);
    if (!p.index || !p.words || !p.spare) SMAP_TRY(smap__fail_memory(err), done);
    SMAP_TRY(order(ctx, &p, err), done);
    SMAP_TRY(pack(ctx, &p, err), done);
    *out = p.index;
    p.index = NULL;
done:
    smap__free(p.words);
    smap__free(p.spare);
    smap__index_free(p.index);
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

void smap__hits_free(smap__hits *hits, int workers) {
    for (int k = 0; hits && k < workers; k++) smap__hits_release(&hits[k]);
    smap__free(hits);
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
