/* One context for all tests of a program: cmocka_run_group_tests(tests, setup, teardown). */
#ifndef CTX_HELP_H
#define CTX_HELP_H

#include "cmocka_all.h"
#include "sitemap/context.h"

static smap_ctx *ctx;

static inline int setup(void **state) {
    (void)state;
    return smap_ctx_new(NULL, &ctx, NULL) == SMAP_OK ? 0 : -1;
}

static inline int teardown(void **state) {
    (void)state;
    smap_ctx_free(ctx);
    return 0;
}

#endif
