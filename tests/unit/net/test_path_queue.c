/* Labels come up in order, whatever their costs; memory stays within bounds. */
#include "net/path_queue.h"

#include <math.h>
#include <stdlib.h>

#include "../cmocka_all.h"
#include "stat/random.h"

enum { LABELS = 40000, KINDS = 7 };

static double draw(uint64_t stream, uint64_t k) {
    return smap__random_uniform(23, stream, k);
}

/* A step away from what was taken out: even, all the same, none, of every magnitude, beyond what buckets can part, in
 * heaps, a few far away. */
static double step(int kind, uint64_t k) {
    double u = draw((uint64_t)kind, k);
    const double steps[KINDS] = { u,
                                  1,
                                  0,
                                  pow(10, 300 * u),
                                  5e-324 * floor(20 * u),
                                  u < 0.5 ? floor(10 * u) : floor(10 * u) + 1e-9 * u,
                                  u < 0.001 ? 1e9 : u };
    return steps[kind];
}

static int order(const void *a, const void *b) {
    const smap__label *l = a, *r = b;
    return smap__label_less(*r, *l) - smap__label_less(*l, *r);
}

static bool next(smap__queue *q, smap__label *out) {
    assert_true(q->next.count > 0 || smap__queue_refill(q));
    if (q->next.count == 0) return false;
    *out = smap__heap_pop(&q->next);
    return true;
}

/* What was put in comes out, and what is taken out is never less than what was before. */
static void labels_come_up_in_order(void **state) {
    (void)state;
    static smap__label in[LABELS], out[LABELS];
    for (int kind = 0; kind < KINDS; kind++)
        for (uint32_t start = 1; start <= LABELS; start *= 200) { /* so many at once, then two for each taken out */
            smap__queue q = { 0 };
            size_t put = 0, taken = 0;
            for (; put < start; put++) {
                in[put] = smap__label_of(step(kind, put), (uint32_t)(draw(99, put) * 1000), (uint32_t)put);
                assert_true(smap__queue_push(&q, in[put]));
            }
            while (taken < LABELS && next(&q, &out[taken])) {
                double cost = out[taken++].cost;
                for (int k = 0; k < 2 && put < LABELS; k++, put++) {
                    double sum = fmin(cost + step(kind, put), 1e308);
                    in[put] = smap__label_of(sum, (uint32_t)(draw(99, put) * 1000), (uint32_t)put);
                    assert_true(smap__queue_push(&q, in[put]));
                }
            }
            assert_true(taken == put && q.next.count == 0 && q.beyond.count == 0);
            qsort(in, put, sizeof *in, order);
            for (size_t k = 0; k < taken; k++) {
                if (k > 0) assert_true(out[k].cost >= out[k - 1].cost);
                assert_true(in[k].cost == out[k].cost);
            }
            smap__queue_release(&q);
        }
}

/* All put in before the first is taken out: then the order is that of sorting, ties included. */
static void ties_go_by_source_then_by_node(void **state) {
    (void)state;
    static smap__label in[LABELS];
    smap__queue q = { 0 };
    smap__label label = { 0 };
    for (uint32_t k = 0; k < LABELS; k++) {
        in[k] = smap__label_of(floor(300 * draw(1, k)), (uint32_t)(5 * draw(2, k)), (uint32_t)(LABELS * draw(3, k)));
        assert_true(smap__queue_push(&q, in[k]));
    }
    qsort(in, LABELS, sizeof *in, order);
    for (size_t k = 0; k < LABELS; k++) {
        assert_true(next(&q, &label));
        assert_true(label.cost == in[k].cost && label.key == in[k].key);
    }
    assert_false(next(&q, &label));
    smap__queue_release(&q);
}

/* Crowds in one bucket after the other do not leave room for a crowd in each. */
static void empty_buckets_keep_little_memory(void **state) {
    (void)state;
    enum { ROUNDS = 150, CROWD = 20000 };
    smap__queue q = { 0 };
    smap__label label;
    double now = 0;
    for (int round = 0; round < ROUNDS; round++) {
        double crowd = now + 1 + (double)round / ROUNDS;
        for (uint32_t k = 0; k < CROWD; k++)
            assert_true(smap__queue_push(&q, smap__label_of(k == 0 ? now + 1 : k == 1 ? now + 2 : crowd, 0, k)));
        while (next(&q, &label)) now = label.cost;
    }
    size_t room = q.beyond.capacity + q.next.capacity;
    for (size_t k = 0; k < q.made; k++) room += q.buckets[k].capacity;
    assert_true(room < 20 * CROWD);
    smap__queue_release(&q);
}

static bool fill_and_empty(smap__queue *q) {
    smap__label label;
    for (uint32_t k = 0; k < 2000; k++)
        if (!smap__queue_push(q, smap__label_of(draw(4, k), 0, k))) return false;
    while (q->next.count > 0 || smap__queue_refill(q)) {
        if (q->next.count == 0) return true;
        label = smap__heap_pop(&q->next);
        if (label.cost < 1 && !smap__queue_push(q, smap__label_of(label.cost + 1, 0, 0))) return false;
    }
    return false;
}

static void memory_runs_out_anywhere(void **state) {
    (void)state;
    bool done = false;
    int64_t nth = 1;
    for (; !done; nth++) {
        smap__queue q = { 0 };
        smap__alloc_fail_at(nth, false);
        done = fill_and_empty(&q);
        smap__alloc_fail_at(0, false);
        smap__queue_release(&q);
    }
    assert_true(nth > 100);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labels_come_up_in_order),
        cmocka_unit_test(ties_go_by_source_then_by_node),
        cmocka_unit_test(empty_buckets_keep_little_memory),
        cmocka_unit_test(memory_runs_out_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
