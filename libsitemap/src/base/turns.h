/* Work of several threads that is folded in order: items are taken one after the other by whoever is free, done side by
 * side, and put where they belong each in its turn. What is folded is the same for any number of threads.
 *
 *     while (smap__turns_take(t, &item)) {
 *         ... read the item into buffers of this thread ...
 *         SMAP_TRY(smap__turns_wait(t, item, ctx, err), failed);
 *         ... put them behind what is there ...
 *         smap__turns_pass(t, item);
 *     }
 *
 * After a failure, smap__turns_fail; items before the failed one are done all the same, so that the first failing item
 * is the same for any number of threads too. A thread whose buffers are full may wait for its turn in the middle of an
 * item: that item needs no other. */
#ifndef SMAP_BASE_TURNS_H
#define SMAP_BASE_TURNS_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "sitemap/context.h"

typedef struct smap__turns {
    pthread_mutex_t lock;
    pthread_cond_t moved;
    int64_t count, next, turn;
    int64_t failed; /* the first item that failed, `count` if none did, -1 when cancelled */
} smap__turns;

void smap__turns_init(smap__turns *turns, int64_t count);
void smap__turns_release(smap__turns *turns);

/* The next item; false when none is left, or after a failure. */
bool smap__turns_take(smap__turns *turns, int64_t *item);
/* SMAP_E_CANCELLED when an earlier item has failed or the caller's progress function says so. `ctx` is given in the
 * calling thread alone, whose progress function is asked: now, and while waiting, ten times a second. */
smap_status smap__turns_poll(smap__turns *turns, int64_t item, smap_ctx *ctx, smap_error *err);
/* Wait until all items before `item` are folded; for item `count`, all. */
smap_status smap__turns_wait(smap__turns *turns, int64_t item, smap_ctx *ctx, smap_error *err);
/* `item`, whose turn it is, is folded. */
void smap__turns_pass(smap__turns *turns, int64_t item);
void smap__turns_fail(smap__turns *turns, int64_t item);

#endif
