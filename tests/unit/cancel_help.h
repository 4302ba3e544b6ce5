/* A context that is told to stop in the middle. */
#ifndef CANCEL_HELP_H
#define CANCEL_HELP_H

#include "cmocka_all.h"
#include "sitemap/context.h"

/* How often the work has asked whether to go on, and how often it is told to. */
typedef struct cancel {
    int asked, goes_on;
} cancel;

static inline int cancel_answer(double complete, const char *message, void *user) {
    (void)complete, (void)message;
    cancel *c = user;
    return c->asked++ < c->goes_on;
}

/* Of one thread, so that it is known who asks. Freed by the caller, before `c` is gone. */
static inline smap_ctx *cancel_context(cancel *c) {
    smap_ctx *ctx = NULL;
    smap_ctx_options options = SMAP_CTX_OPTIONS_INIT;
    options.threads = 1;
    options.progress = cancel_answer;
    options.progress_user = c;
    assert_int_equal(smap_ctx_new(&options, &ctx, NULL), SMAP_OK);
    return ctx;
}

#endif
