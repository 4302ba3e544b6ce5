#include <stdatomic.h>

#include "../cmocka_all.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "base/parallel.h"

static int64_t places[1000];

static smap_status square(int worker, int64_t chunk, void *user, smap_error *err) {
    (void)worker, (void)user, (void)err;
    places[chunk] = chunk * chunk;
    return SMAP_OK;
}

static smap_status fail_some(int worker, int64_t chunk, void *user, smap_error *err) {
    (void)worker, (void)user;
    if (chunk % 7 == 3) return smap__fail_row(err, SMAP_E_FORMAT, NULL, chunk, "chunk %d", (int)chunk);
    return SMAP_OK;
}

static int cancel(double complete, const char *message, void *user) {
    (void)complete, (void)message, (void)user;
    return 0;
}

static void every_chunk_runs_once(void **state) {
    (void)state;
    for (int threads = 1; threads <= 4; threads++) {
        smap_ctx_options o = SMAP_CTX_OPTIONS_INIT;
        smap_ctx *ctx;
        o.threads = threads;
        assert_int_equal(smap_ctx_new(&o, &ctx, NULL), SMAP_OK);
        for (int i = 0; i < 1000; i++) places[i] = -1;
        assert_int_equal(smap__parallel(ctx, 1000, square, NULL, NULL), SMAP_OK);
        for (int i = 0; i < 1000; i++) assert_int_equal(places[i], i * i);
        smap_error err = SMAP_ERROR_INIT;
        assert_int_equal(smap__parallel(ctx, 1000, fail_some, NULL, &err), SMAP_E_FORMAT);
        assert_int_equal(err.row, 3);
        assert_int_equal(smap__parallel(ctx, 0, square, NULL, NULL), SMAP_OK);
        smap_ctx_free(ctx);
    }
}

static smap_status count_up(int worker, int64_t chunk, void *user, smap_error *err) {
    (void)worker, (void)err;
    atomic_fetch_add(&((atomic_int *)user)[chunk], 1);
    return SMAP_OK;
}

static void two_jobs_at_once(void **state) {
    (void)state;
    for (int threads = 1; threads <= 4; threads++) {
        smap_ctx_options o = SMAP_CTX_OPTIONS_INIT;
        smap_ctx *ctx;
        atomic_int left[5] = { 0 }, right[30] = { 0 };
        const smap__job first = { 5, count_up, left }, second = { 30, count_up, right };
        const smap__job good = { 3, fail_some, NULL }, bad = { 30, fail_some, NULL };
        smap_error err = SMAP_ERROR_INIT;
        o.threads = threads;
        assert_int_equal(smap_ctx_new(&o, &ctx, NULL), SMAP_OK);
        assert_int_equal(smap__parallel_two(ctx, &first, &second, NULL), SMAP_OK);
        assert_int_equal(smap__parallel_two(ctx, &first, NULL, NULL), SMAP_OK);
        for (int k = 0; k < 5; k++) assert_int_equal(left[k], 2);
        for (int k = 0; k < 30; k++) assert_int_equal(right[k], 1);
        assert_int_equal(smap__parallel_two(ctx, &good, &bad, &err), SMAP_E_FORMAT);
        assert_string_equal(err.message, "chunk 3"); /* chunk 3 of its own job */
        assert_int_equal(smap__parallel_two(ctx, &bad, &good, &err), SMAP_E_FORMAT);
        assert_string_equal(err.message, "chunk 3");
        smap_ctx_free(ctx);
    }
}

static void cancel_ends_the_work(void **state) {
    (void)state;
    smap_ctx_options o = SMAP_CTX_OPTIONS_INIT;
    smap_ctx *ctx;
    o.threads = 1;
    o.progress = cancel;
    assert_int_equal(smap_ctx_new(&o, &ctx, NULL), SMAP_OK);
    assert_int_equal(smap__parallel(ctx, 10, square, NULL, NULL), SMAP_E_CANCELLED);
    smap_ctx_free(ctx);
}

static int cancel_later(double complete, const char *message, void *user) {
    (void)complete, (void)message;
    atomic_int *asked = user;
    return atomic_fetch_add(asked, 1) < 2;
}

/* Chunks that would never end, were they not told to. */
static smap_status wait_for_cancel(int worker, int64_t chunk, void *user, smap_error *err) {
    (void)worker, (void)chunk;
    smap_status status;
    while ((status = smap__poll(user, err)) == SMAP_OK) continue;
    return status;
}

static void cancel_ends_long_chunks(void **state) {
    (void)state;
    for (int threads = 1; threads <= 3; threads++) {
        atomic_int asked = 0;
        smap_ctx_options o = SMAP_CTX_OPTIONS_INIT;
        smap_ctx *ctx;
        smap_error err = SMAP_ERROR_INIT;
        o.threads = threads;
        o.progress = cancel_later;
        o.progress_user = &asked;
        assert_int_equal(smap_ctx_new(&o, &ctx, NULL), SMAP_OK);
        assert_int_equal(smap__parallel(ctx, 10, wait_for_cancel, ctx, &err), SMAP_E_CANCELLED);
        assert_int_equal(smap__poll(ctx, NULL), SMAP_E_CANCELLED);
        atomic_store(&asked, -1000);
        assert_int_equal(smap__poll(ctx, NULL), SMAP_OK); /* the next work is not cancelled with it */
        assert_int_equal(smap__parallel(ctx, 10, square, NULL, NULL), SMAP_OK);
        smap_ctx_free(ctx);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(every_chunk_runs_once), cmocka_unit_test(two_jobs_at_once),
                                        cmocka_unit_test(cancel_ends_the_work),
                                        cmocka_unit_test(cancel_ends_long_chunks) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
