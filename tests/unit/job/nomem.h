/* A job whose every allocation fails once, and that is cancelled wherever it asks. Who includes this says before what
 * MOST and STEP are (allocations looked at, every how many), and what a run is:
 *
 *     static void put_inputs(void);                          its files, with put()
 *     static smap_status run(smap_ctx *ctx, smap_error *err); on the workspace at("w.gpkg"), writing nothing */
#ifndef NOMEM_H
#define NOMEM_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../cmocka_all.h"
#include "base/alloc.h"
#include "sitemap.h"

static void put_inputs(void);
static smap_status run(smap_ctx *ctx, smap_error *err);

static char folder[64];

static inline char *at(const char *name) {
    static char path[16][400];
    static int next;
    char *out = path[next++ % 16];
    snprintf(out, sizeof path[0], "%s/%s", folder, name);
    return out;
}

static inline void put(const char *name, const char *text) {
    FILE *file = fopen(at(name), "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static inline void every_allocation_may_fail(void **state) {
    (void)state;
    smap_ctx *ctx = NULL;
    smap_ctx_options options = SMAP_CTX_OPTIONS_INIT;
    smap_result *result = NULL;
    smap_error err = SMAP_ERROR_INIT;
    int failed = 0, fine = 0; /* in a row: past the last allocation */
    options.threads = 1;
    assert_int_equal(smap_ctx_new(&options, &ctx, NULL), SMAP_OK);
    assert_int_equal(smap_new(ctx, at("w.gpkg"), NULL, &result, NULL), SMAP_OK);
    smap_result_free(result);
    put_inputs();
    if (run(ctx, &err) != SMAP_OK) fail_msg("%s", err.message);
    for (int64_t n = 1; n <= MOST && fine < 20; n += STEP) {
        smap__alloc_fail_at(n, false);
        smap_status status = run(ctx, &err);
        smap__alloc_fail_at(0, false);
        /* expat calls a prefix that it had no room for an unknown one */
        bool by_expat = status == SMAP_E_FORMAT && strstr(err.message, ".sld");
        if (status != SMAP_OK && status != SMAP_E_NOMEM && !by_expat)
            fail_msg("allocation %lld: %s", (long long)n, err.message);
        failed += status != SMAP_OK;
        fine = status == SMAP_OK ? fine + 1 : 0;
    }
    assert_true(failed > 100);
    smap_ctx_free(ctx);
}

/* Stops when it has been asked as often as *user says. */
static int stop_later(double complete, const char *message, void *user) {
    int64_t *left = user;
    (void)complete, (void)message;
    return --*left > 0;
}

/* Cancelled wherever it asks, the run says so and leaves nothing. */
static inline void every_question_may_cancel(void **state) {
    (void)state;
    smap_ctx *ctx = NULL;
    smap_ctx_options options = SMAP_CTX_OPTIONS_INIT;
    smap_status status = SMAP_E_CANCELLED;
    smap_error err = SMAP_ERROR_INIT;
    int64_t left, asked = 0;
    options.threads = 1;
    options.progress = stop_later;
    options.progress_user = &left;
    assert_int_equal(smap_ctx_new(&options, &ctx, NULL), SMAP_OK);
    while (status != SMAP_OK) {
        left = ++asked;
        status = run(ctx, &err);
        if (status != SMAP_OK && status != SMAP_E_CANCELLED)
            fail_msg("question %lld: %s", (long long)asked, err.message);
    }
    assert_true(asked > 100);
    smap_ctx_free(ctx);
}

static inline int make_folder(void **state) {
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/sitemap_nomem_XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static inline int remove_folder(void **state) {
    (void)state;
    DIR *open = opendir(folder);
    for (struct dirent *entry; open && (entry = readdir(open));)
        if (entry->d_name[0] != '.' && strlen(entry->d_name) < 64) remove(at(entry->d_name));
    if (open) closedir(open);
    return rmdir(folder);
}

#endif
