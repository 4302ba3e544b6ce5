/* Against qsort, for any number of workers. */
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "../cmocka_all.h"
#include "base/alloc.h"
#include "base/word_sort.h"

enum { MOST = 200000 };

static uint64_t words[MOST], spare[MOST], wanted[MOST];
static int compare_low;

static uint64_t random_word(void) {
    uint64_t word = 0;
    for (int k = 0; k < 5; k++) word = word << 15 ^ (uint64_t)rand();
    return word;
}

static int compare_words(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a >> compare_low, y = *(const uint64_t *)b >> compare_low;
    return (x > y) - (x < y);
}

static smap_ctx *workers(int threads) {
    smap_ctx_options options = SMAP_CTX_OPTIONS_INIT;
    smap_ctx *ctx = NULL;
    options.threads = threads;
    assert_int_equal(smap_ctx_new(&options, &ctx, NULL), SMAP_OK);
    return ctx;
}

static void as_qsort_does(void **state) {
    (void)state;
    static const int lows[] = { 0, 0, 32, 40, 63 };
    static const int64_t counts[] = { 0, 1, 2, 3, 1000, 16384, 16385, MOST };
    for (int threads = 0; threads <= 3; threads++)
        for (int c = 0; c < 8; c++)
            for (int k = 0; k < 5; k++) {
                smap_ctx *ctx = threads ? workers(threads) : NULL;
                compare_low = lows[k];
                for (int64_t i = 0; i < counts[c]; i++)
                    words[i] = wanted[i] = k == 1 ? random_word() % 3 << 40 | 77 : random_word();
                assert_int_equal(smap__sort_words(ctx, words, spare, counts[c], compare_low, NULL), SMAP_OK);
                if (compare_low == 0) qsort(wanted, (size_t)counts[c], sizeof *wanted, compare_words);
                for (int64_t i = 0; compare_low == 0 && i < counts[c]; i++) assert_true(words[i] == wanted[i]);
                for (int64_t i = 1; i < counts[c]; i++)
                    assert_true(words[i - 1] >> compare_low <= words[i] >> compare_low);
                smap_ctx_free(ctx);
            }
}

/* Equal keys stay in the order of their rows. */
static void equals_keep_their_order(void **state) {
    (void)state;
    smap_ctx *ctx = workers(2);
    for (uint64_t i = 0; i < MOST; i++) words[i] = random_word() % 500 << 32 | i;
    assert_int_equal(smap__sort_words(ctx, words, spare, MOST, 32, NULL), SMAP_OK);
    for (int i = 1; i < MOST; i++) assert_true(words[i - 1] < words[i]);
    smap_ctx_free(ctx);
}

static void words_of_reals_are_in_their_order(void **state) {
    (void)state;
    const double reals[] = { -HUGE_VAL, -1e300, -1, -0x1p-1074,  -0.0,  0.0,
                             0x1p-1074, 0.5,    1,  1 + 0x1p-52, 1e300, HUGE_VAL };
    for (size_t k = 0; k < sizeof reals / sizeof *reals; k++) {
        assert_true(smap__word_real(smap__real_word(reals[k])) == reals[k]);
        if (k) assert_true(smap__real_word(reals[k - 1]) < smap__real_word(reals[k]));
    }
}

static int stop(double complete, const char *message, void *user) {
    (void)complete, (void)message, (void)user;
    return 0;
}

static void cancel_and_memory(void **state) {
    (void)state;
    smap_ctx_options options = SMAP_CTX_OPTIONS_INIT;
    smap_ctx *ctx = NULL;
    options.threads = 1;
    options.progress = stop;
    assert_int_equal(smap_ctx_new(&options, &ctx, NULL), SMAP_OK);
    assert_int_equal(smap__sort_words(ctx, words, spare, MOST, 0, NULL), SMAP_E_CANCELLED);
    smap_ctx_free(ctx);
    smap__alloc_fail_at(1, false);
    assert_int_equal(smap__sort_words(NULL, words, spare, MOST, 0, NULL), SMAP_E_NOMEM);
    smap__alloc_fail_at(0, false);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_qsort_does),
        cmocka_unit_test(equals_keep_their_order),
        cmocka_unit_test(words_of_reals_are_in_their_order),
        cmocka_unit_test(cancel_and_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
