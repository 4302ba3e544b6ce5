/* Inside of the context. */
#ifndef SMAP_BASE_CTX_H
#define SMAP_BASE_CTX_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "sitemap/context.h"

/* A foreign library's per-context state (PROJ context, font map, ...), made on first use by the module that owns the
 * library and freed with the context, newest first. One slot per module. */
typedef enum smap__slot {
    SMAP__SLOT_PROJ,
    SMAP__SLOT_FONTS,
    SMAP__SLOT_MODEL,
    SMAP__SLOT_PROTECT,
    SMAP__SLOTS
} smap__slot;

struct smap_ctx {
    int threads;
    char *data_dir, *style_dir;
    smap_log_fn log;
    void *log_user;
    smap_progress_fn progress;
    void *progress_user;
    double complete;          /* as it was last reported */
    atomic_bool supervised;   /* workers are at work, and the calling thread asks for cancel */
    atomic_bool cancelled;    /* it was told so: they come to an end */
    pthread_mutex_t lock;     /* guards the slots */
    pthread_mutex_t log_lock; /* one message after the other; recursive */
    struct {
        void *state;
        void (*release)(void *state);
    } slot[SMAP__SLOTS];
};

/* Never while holding `lock`: the caller's log function may call the library. */
void smap__log(smap_ctx *ctx, smap_log_level level, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* Report progress and poll for cancel: SMAP_OK or SMAP_E_CANCELLED. Only from the calling thread. */
smap_status smap__progress(smap_ctx *ctx, double complete, const char *message, smap_error *err);
/* Poll for cancel in the middle of long work, a few hundred times a second at most: from the calling thread, or from a
 * chunk of base/parallel.h on whatever thread. SMAP_OK or SMAP_E_CANCELLED. */
smap_status smap__poll(smap_ctx *ctx, smap_error *err);

#endif
