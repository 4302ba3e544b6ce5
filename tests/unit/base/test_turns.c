#include <stdatomic.h>
#include <time.h>

#include "../cmocka_all.h"
#include "base/fail.h"
#include "base/turns.h"

enum { ITEMS = 500, THREADS = 4 };

typedef struct crew {
    smap__turns turns;
    int64_t folded[ITEMS]; /* by whoever has the turn */
    int count;
    int64_t bad, worse; /* items that fail, -1 = none */
    int64_t slow;       /* an item that takes long */
} crew;

typedef struct hand {
    crew *crew;
    int64_t item;
    smap_status status;
} hand;

static void *work(void *user) {
    hand *h = user;
    crew *c = h->crew;
    while (h->status == SMAP_OK && smap__turns_take(&c->turns, &h->item)) {
        const struct timespec while_long = { 0, h->item == c->slow ? 20000000 : (h->item * 7919 % 13) * 1000 };
        nanosleep(&while_long, NULL);
        if (h->item == c->bad || h->item == c->worse) h->status = SMAP_E_FORMAT;
        if (h->status == SMAP_OK) h->status = smap__turns_wait(&c->turns, h->item, NULL, NULL);
        if (h->status != SMAP_OK) break;
        c->folded[c->count++] = h->item;
        smap__turns_pass(&c->turns, h->item);
    }
    if (h->status != SMAP_OK) smap__turns_fail(&c->turns, h->item);
    return NULL;
}

static void run(crew *c, hand *hands, int threads) {
    pthread_t thread[THREADS];
    smap__turns_init(&c->turns, ITEMS);
    for (int i = 0; i < threads; i++) {
        hands[i] = (hand){ .crew = c };
        assert_int_equal(pthread_create(&thread[i], NULL, work, &hands[i]), 0);
    }
    for (int i = 0; i < threads; i++) pthread_join(thread[i], NULL);
    smap__turns_release(&c->turns);
}

static void items_are_folded_in_order(void **state) {
    (void)state;
    for (int threads = 1; threads <= THREADS; threads++) {
        static crew c;
        hand hands[THREADS];
        c = (crew){ .bad = -1, .worse = -1, .slow = 3 };
        run(&c, hands, threads);
        assert_int_equal(c.turns.failed, ITEMS);
        assert_int_equal(c.count, ITEMS);
        for (int i = 0; i < ITEMS; i++) assert_int_equal(c.folded[i], i);
    }
}

/* The item that fails later in the order fails first in time. */
static void the_first_failing_item_counts(void **state) {
    (void)state;
    for (int threads = 1; threads <= THREADS; threads++) {
        static crew c;
        hand hands[THREADS];
        c = (crew){ .bad = 100, .worse = 101, .slow = 100 };
        run(&c, hands, threads);
        assert_int_equal(c.turns.failed, 100);
        assert_int_equal(c.count, 100);
        int failed = 0;
        for (int i = 0; i < threads; i++) failed += hands[i].status == SMAP_E_FORMAT && hands[i].item == 100;
        assert_int_equal(failed, 1);
    }
}

static int no_after_two(double complete, const char *message, void *user) {
    (void)complete, (void)message;
    return ++*(int *)user <= 2;
}

/* Nobody else moves: waiting asks again and again, and a "no" ends it for all. */
static void waiting_can_be_cancelled(void **state) {
    (void)state;
    int asked = 0;
    int64_t item;
    smap__turns t;
    smap_ctx *ctx = NULL;
    smap_ctx_options o = SMAP_CTX_OPTIONS_INIT;
    o.progress = no_after_two;
    o.progress_user = &asked;
    assert_int_equal(smap_ctx_new(&o, &ctx, NULL), SMAP_OK);
    smap__turns_init(&t, 9);
    assert_true(smap__turns_take(&t, &item) && smap__turns_take(&t, &item));
    assert_int_equal(item, 1);
    assert_int_equal(smap__turns_wait(&t, item, ctx, NULL), SMAP_E_CANCELLED);
    assert_int_equal(asked, 3);
    assert_int_equal(t.failed, -1);
    assert_false(smap__turns_take(&t, &item));
    assert_int_equal(smap__turns_poll(&t, 0, NULL, NULL), SMAP_E_CANCELLED);
    smap__turns_release(&t);
    smap_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(items_are_folded_in_order),
                                        cmocka_unit_test(the_first_failing_item_counts),
                                        cmocka_unit_test(waiting_can_be_cancelled) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
