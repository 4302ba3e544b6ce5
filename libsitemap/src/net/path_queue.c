#include "net/path_queue.h"

#include <math.h>

enum {
    LABELS_A_BUCKET = 32, /* about */
    MOST_BUCKETS = 1024,  /* the ends of more do not fit the cache */
    LARGEST_KEPT = 1024   /* labels; an empty array for more is given back */
};

/* All labels of `from` into `next`, which is empty; `from` takes over its memory. */
static void take(smap__queue *q, smap__heap *from) {
    smap__heap empty = q->next;
    if (empty.capacity > LARGEST_KEPT) {
        smap__free(empty.labels);
        empty = (smap__heap){ 0 };
    }
    q->next = *from;
    *from = empty;
    for (size_t k = (q->next.count + 2) / 4; k-- > 0;) smap__heap_sink(&q->next, k, q->next.labels[k]);
}

static bool make_buckets(smap__queue *q, size_t count) {
    if (count > q->made) {
        smap__heap *buckets = smap__realloc(q->buckets, count, sizeof *buckets);
        if (!buckets) return false;
        for (size_t k = q->made; k < count; k++) buckets[k] = (smap__heap){ 0 };
        q->buckets = buckets;
        q->made = count;
    }
    q->count = count;
    return true;
}

static void measure(smap__queue *q) {
    q->first = q->last = q->beyond.labels[0].cost;
    for (size_t k = 1; k < q->beyond.count; k++) {
        double cost = q->beyond.labels[k].cost;
        if (cost < q->first) q->first = cost;
        if (cost > q->last) q->last = cost;
    }
}

/* What lies beyond into buckets; the greatest cost has one of its own. Few labels, or all of one cost, are the first
 * bucket, and the only one. */
static bool spread(smap__queue *q) {
    size_t parts = q->beyond.count / LABELS_A_BUCKET;
    if (parts > MOST_BUCKETS) parts = MOST_BUCKETS;
    measure(q);
    double steepness = (double)parts / (q->last - q->first);
    if (parts < 2 || !isfinite(steepness)) {
        take(q, &q->beyond);
        return true;
    }
    if (!make_buckets(q, parts + 1)) return false;
    q->steepness = steepness;
    for (size_t k = 0; k < q->beyond.count; k++) {
        smap__label label = q->beyond.labels[k];
        size_t bucket = (size_t)((label.cost - q->first) * q->steepness);
        if (!smap__heap_append(&q->buckets[bucket], label)) return false;
    }
    q->beyond.count = 0;
    take(q, &q->buckets[0]);
    return true;
}

bool smap__queue_refill(smap__queue *q) {
    while (++q->at < q->count)
        if (q->buckets[q->at].count > 0) {
            take(q, &q->buckets[q->at]);
            return true;
        }
    q->at = 0;
    q->count = 0;
    q->steepness = 0;
    return q->beyond.count == 0 || spread(q);
}

void smap__queue_release(smap__queue *q) {
    for (size_t k = 0; k < q->made; k++) smap__free(q->buckets[k].labels);
    smap__free(q->buckets);
    smap__free(q->next.labels);
    smap__free(q->beyond.labels);
    *q = (smap__queue){ 0 };
}
