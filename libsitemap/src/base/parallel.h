/* Work in chunks on all workers. Chunks run in any order; each writes only to its own place, and the caller folds
 * the places in chunk order: that is what keeps results free of the thread count. */
#ifndef SMAP_BASE_PARALLEL_H
#define SMAP_BASE_PARALLEL_H

#include <stdint.h>

#include "sitemap/context.h"

/* `worker` is 0 .. smap_ctx_threads(ctx)-1, for per-worker scratch space. */
typedef smap_status (*smap__chunk_fn)(int worker, int64_t chunk, void *user, smap_error *err);

/* Run chunks 0 .. chunks-1. The first failing chunk (lowest number) decides the result. Cancel is polled between
 * chunks; a chunk that takes long asks for it itself, with smap__poll. From the calling thread alone. Runs in the
 * calling thread when one worker is enough. */
smap_status smap__parallel(smap_ctx *ctx, int64_t chunks, smap__chunk_fn fn, void *user, smap_error *err);

/* Work that does not need that of another: both are done at once, so that a chunk that takes long leaves no worker
 * without work. */
typedef struct smap__job {
    int64_t chunks;
    smap__chunk_fn fn;
    void *user;
} smap__job;

/* As smap__parallel, with the chunks of `first` handed out before those of `second`; NULL: there is none. */
smap_status smap__parallel_two(smap_ctx *ctx, const smap__job *first, const smap__job *second, smap_error *err);

#endif
