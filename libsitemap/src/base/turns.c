#include "base/turns.h"

#include <time.h>

#include "base/ctx.h"
#include "base/fail.h"

void smap__turns_init(smap__turns *t, int64_t count) {
    *t = (smap__turns){ .count = count, .failed = count };
    pthread_mutex_init(&t->lock, NULL);
    pthread_cond_init(&t->moved, NULL);
}

void smap__turns_release(smap__turns *t) {
    pthread_cond_destroy(&t->moved);
    pthread_mutex_destroy(&t->lock);
}

bool smap__turns_take(smap__turns *t, int64_t *item) {
    pthread_mutex_lock(&t->lock);
    bool taken = t->next < t->count && t->failed == t->count;
    if (taken) *item = t->next++;
    pthread_mutex_unlock(&t->lock);
    return taken;
}

void smap__turns_fail(smap__turns *t, int64_t item) {
    pthread_mutex_lock(&t->lock);
    if (item < t->failed) t->failed = item;
    pthread_cond_broadcast(&t->moved);
    pthread_mutex_unlock(&t->lock);
}

static bool is_stopped(smap__turns *t, int64_t item) {
    pthread_mutex_lock(&t->lock);
    bool stopped = t->failed < item;
    pthread_mutex_unlock(&t->lock);
    return stopped;
}

smap_status smap__turns_poll(smap__turns *t, int64_t item, smap_ctx *ctx, smap_error *err) {
    if (is_stopped(t, item)) return smap__fail(err, SMAP_E_CANCELLED, NULL, "stopped, since other work failed");
    smap_status status = ctx ? smap__progress(ctx, 0, NULL, err) : SMAP_OK;
    if (status != SMAP_OK) smap__turns_fail(t, -1);
    return status;
}

static struct timespec soon(void) {
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    t.tv_nsec += 100000000;
    if (t.tv_nsec >= 1000000000) t.tv_nsec -= 1000000000, t.tv_sec++;
    return t;
}

smap_status smap__turns_wait(smap__turns *t, int64_t item, smap_ctx *ctx, smap_error *err) {
    for (;;) {
        smap_status status = smap__turns_poll(t, item, ctx, err);
        if (status != SMAP_OK) return status;
        struct timespec until = soon();
        int waited = 0;
        pthread_mutex_lock(&t->lock);
        while (t->turn < item && t->failed >= item && waited == 0)
            waited = pthread_cond_timedwait(&t->moved, &t->lock, &until);
        bool reached = t->turn == item;
        pthread_mutex_unlock(&t->lock);
        if (reached) return SMAP_OK;
    }
}

void smap__turns_pass(smap__turns *t, int64_t item) {
    pthread_mutex_lock(&t->lock);
    t->turn = item + 1;
    pthread_cond_broadcast(&t->moved);
    pthread_mutex_unlock(&t->lock);
}
