/* The open labels of a search, the least first, in the order of path_heap.h.
 *
 *     smap__queue_push(&queue, smap__label_of(0, source, node));
 *     for (;;) {
 *         if (queue.next.count == 0) smap__queue_refill(&queue);
 *         if (queue.next.count == 0) break;
 *         label = smap__heap_pop(&queue.next); ...
 *     }
 *
 * Only what comes next is kept in order. Labels up to some cost stand in a small heap, those above lie as they came in
 * buckets of equal width, and those beyond the last bucket in one list, which is made into buckets when all others are
 * empty: a ladder queue (Tang, Goh and Thng 2005). What is put in never costs less than what was taken out last, so
 * that no bucket is come back to. A label moves three times at most, along memory, where a heap of all would go to a
 * far place for each of its levels; were all costs to fall in one bucket, it would be just such a heap. */
#ifndef SMAP_NET_PATH_QUEUE_H
#define SMAP_NET_PATH_QUEUE_H

#include "net/path_heap.h"

/* All zero: empty. */
typedef struct smap__queue {
    smap__heap next;     /* in order: the labels of the buckets up to `at` */
    smap__heap *buckets; /* in no order */
    smap__heap beyond;   /* in no order: costs above `last` */
    size_t count, made;  /* buckets in use, and those that there are */
    size_t at;           /* the bucket that `next` was */
    double first, last;  /* costs that the buckets span */
    double steepness;    /* buckets a second */
} smap__queue;

/* false when memory runs out. */
static inline bool smap__queue_push(smap__queue *queue, smap__label label) {
    if (label.cost > queue->last) return smap__heap_append(&queue->beyond, label);
    size_t bucket = (size_t)((label.cost - queue->first) * queue->steepness);
    return bucket <= queue->at ? smap__heap_push(&queue->next, label)
                               : smap__heap_append(&queue->buckets[bucket], label);
}

/* When `next` is empty: the least labels into it, if there are any. false when memory runs out. */
bool smap__queue_refill(smap__queue *queue);

void smap__queue_release(smap__queue *queue);

#endif
