#include "base/parallel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <time.h>

#include "base/alloc.h"
#include "base/ctx.h"
#include "base/fail.h"

typedef struct crew {
    smap__chunk_fn fn;
    void *user;
    int64_t chunks;
    atomic_llong next;    /* next chunk to hand out */
    atomic_bool stop;     /* cancelled, or a chunk failed */
    pthread_mutex_t lock; /* guards the fields below */
    pthread_cond_t done;  /* a worker has ended */
    int running;
    int64_t failed_chunk; /* lowest failed so far, -1 = none */
    smap_status status;
    smap_error error;
} crew;

typedef struct worker {
    crew *crew;
    int number;
    pthread_t thread;
} worker;

static void note_failure(crew *c, int64_t chunk, smap_status status, const smap_error *error) {
    pthread_mutex_lock(&c->lock);
    if (c->failed_chunk < 0 || chunk < c->failed_chunk) {
        c->failed_chunk = chunk;
        c->status = status;
        c->error = *error;
    }
    pthread_mutex_unlock(&c->lock);
    atomic_store(&c->stop, true);
}

/* Chunks are handed out in order, so every chunk below a failed one has been started and will report: the lowest
 * failing chunk is the same whatever the number of workers. */
static void *work(void *argument) {
    worker *w = argument;
    crew *c = w->crew;
    while (!atomic_load(&c->stop)) {
        int64_t chunk = atomic_fetch_add(&c->next, 1);
        if (chunk >= c->chunks) break;
        smap_error error = SMAP_ERROR_INIT;
        smap_status status = c->fn(w->number, chunk, c->user, &error);
        if (status != SMAP_OK) note_failure(c, chunk, status, &error);
    }
    pthread_mutex_lock(&c->lock);
    c->running--;
    pthread_cond_signal(&c->done);
    pthread_mutex_unlock(&c->lock);
    return NULL;
}

/* The calling thread waits and polls for cancel ten times a second: the callback is only ever called from it. */
static smap_status supervise(smap_ctx *ctx, crew *c, smap_error *err) {
    smap_status cancelled = SMAP_OK;
    pthread_mutex_lock(&c->lock);
    while (c->running > 0) {
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += 100000000;
        if (until.tv_nsec >= 1000000000) until.tv_nsec -= 1000000000, until.tv_sec++;
        pthread_cond_timedwait(&c->done, &c->lock, &until);
        if (cancelled != SMAP_OK) continue;
        pthread_mutex_unlock(&c->lock);
        int64_t started = atomic_load(&c->next);
        double complete = (double)(started < c->chunks ? started : c->chunks) / (double)c->chunks;
        cancelled = smap__progress(ctx, complete, NULL, err);
        if (cancelled != SMAP_OK) {
            atomic_store(&c->stop, true);
            atomic_store(&ctx->cancelled, true);
        }
        pthread_mutex_lock(&c->lock);
    }
    pthread_mutex_unlock(&c->lock);
    return cancelled;
}

static smap_status run_alone(smap_ctx *ctx, int64_t chunks, smap__chunk_fn fn, void *user, smap_error *err) {
    for (int64_t chunk = 0; chunk < chunks; chunk++) {
        smap_status status = fn(0, chunk, user, err);
        if (status == SMAP_OK) status = smap__progress(ctx, (double)(chunk + 1) / (double)chunks, NULL, err);
        if (status != SMAP_OK) return status;
    }
    return SMAP_OK;
}

smap_status smap__parallel(smap_ctx *ctx, int64_t chunks, smap__chunk_fn fn, void *user, smap_error *err) {
    int count = ctx->threads < chunks ? ctx->threads : (int)chunks;
    if (count <= 1) return run_alone(ctx, chunks, fn, user, err);
    worker *workers = smap__zalloc((size_t)count, sizeof *workers);
    if (!workers) return smap__fail_memory(err);
    crew c = { .fn = fn, .user = user, .chunks = chunks, .failed_chunk = -1, .running = 0 };
    pthread_mutex_init(&c.lock, NULL);
    pthread_cond_init(&c.done, NULL);
    int started = 0;
    atomic_store(&ctx->cancelled, false);
    atomic_store(&ctx->supervised, true);
    for (; started < count; started++) {
        workers[started] = (worker){ .crew = &c, .number = started };
        pthread_mutex_lock(&c.lock);
        c.running++;
        pthread_mutex_unlock(&c.lock);
        if (pthread_create(&workers[started].thread, NULL, work, &workers[started]) != 0) break;
    }
    smap_status status;
    if (started == 0) {
        atomic_store(&ctx->supervised, false);
        status = run_alone(ctx, chunks, fn, user, err); /* no thread to be had: the work is done all the same */
    } else {
        if (started < count) {
            pthread_mutex_lock(&c.lock);
            c.running--;
            pthread_mutex_unlock(&c.lock);
        }
        status = supervise(ctx, &c, err);
    }
    for (int i = 0; i < started; i++) pthread_join(workers[i].thread, NULL);
    atomic_store(&ctx->supervised, false);
    pthread_cond_destroy(&c.done);
    pthread_mutex_destroy(&c.lock);
    smap__free(workers);
    if (status == SMAP_OK && c.failed_chunk >= 0) {
        if (err) *err = c.error;
        status = c.status;
    }
    return status;
}

typedef struct two {
    const smap__job *first, *second;
} two;

static smap_status do_either(int number, int64_t chunk, void *user, smap_error *err) {
    const two *t = user;
    if (chunk < t->first->chunks) return t->first->fn(number, chunk, t->first->user, err);
    return t->second->fn(number, chunk - t->first->chunks, t->second->user, err);
}

smap_status smap__parallel_two(smap_ctx *ctx, const smap__job *first, const smap__job *second, smap_error *err) {
    two both = { first, second };
    return smap__parallel(ctx, first->chunks + (second ? second->chunks : 0), do_either, &both, err);
}
