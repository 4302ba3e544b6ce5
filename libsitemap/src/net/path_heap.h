/* Labels of a search, the least first: by cost, then by source, then by node. For few at a time, or as the front of
 * path_queue.h. Labels that were bettered stay and are known when they come up; that is cheaper than finding them. */
#ifndef SMAP_NET_PATH_HEAP_H
#define SMAP_NET_PATH_HEAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/alloc.h"

typedef struct smap__label {
    double cost;
    uint64_t key; /* source, then node */
} smap__label;

static inline smap__label smap__label_of(double cost, uint32_t source, uint32_t node) {
    return (smap__label){ cost, (uint64_t)source << 32 | node };
}

static inline bool smap__label_less(smap__label a, smap__label b) {
    return a.cost < b.cost || (a.cost == b.cost && a.key < b.key);
}

/* Labels in no order, or a heap of four children a node: half the levels of a binary one, and the four lie side by
 * side. */
typedef struct smap__heap {
    smap__label *labels;
    size_t count, capacity;
} smap__heap;

/* In no order; false when memory runs out. */
static inline bool smap__heap_append(smap__heap *heap, smap__label label) {
    if (heap->count == heap->capacity &&
        !smap__grow(&heap->labels, &heap->capacity, heap->count + 1, sizeof *heap->labels))
        return false;
    heap->labels[heap->count++] = label;
    return true;
}

/* false when memory runs out. */
static inline bool smap__heap_push(smap__heap *heap, smap__label label) {
    if (!smap__heap_append(heap, label)) return false;
    size_t at = heap->count - 1;
    for (; at > 0; at = (at - 1) / 4) {
        if (!smap__label_less(label, heap->labels[(at - 1) / 4])) break;
        heap->labels[at] = heap->labels[(at - 1) / 4];
    }
    heap->labels[at] = label;
    return true;
}

/* Put a label where it belongs, from `at` downwards. */
static inline void smap__heap_sink(smap__heap *heap, size_t at, smap__label label) {
    smap__label *h = heap->labels;
    size_t n = heap->count;
    for (size_t child = 4 * at + 1; child < n; child = 4 * at + 1) {
        size_t best = child, end = child + 4 < n ? child + 4 : n;
        for (size_t k = child + 1; k < end; k++)
            if (smap__label_less(h[k], h[best])) best = k;
        if (!smap__label_less(h[best], label)) break;
        h[at] = h[best];
        at = best;
    }
    h[at] = label;
}

/* From a heap that is not empty. */
static inline smap__label smap__heap_pop(smap__heap *heap) {
    smap__label least = heap->labels[0], last = heap->labels[--heap->count];
    if (heap->count > 0) smap__heap_sink(heap, 0, last);
    return least;
}

#endif
