/* The packed index against a linear scan; the curve against what makes it one. */
#include <math.h>
#include <stdlib.h>

#include "../cmocka_all.h"
#include "base/alloc.h"
#include "geo/index.h"

static uint64_t seed = 1;

static double uniform(void) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (double)(seed >> 11) / 9007199254740992.0;
}

static smap_box random_box(double size) {
    double x = uniform() * 100, y = uniform() * 50;
    return (smap_box){ x, y, x + uniform() * size, y + uniform() * size };
}

static bool touch(smap_box a, smap_box b) {
    return a.xmin <= b.xmax && b.xmin <= a.xmax && a.ymin <= b.ymax && b.ymin <= a.ymax;
}

static void check(const smap_box *boxes, int64_t count, int queries, double size) {
    smap__index *index = NULL;
    smap__hits hits = { NULL, 0, 0 };
    assert_int_equal(smap__index_new(NULL, boxes, count, &index, NULL), SMAP_OK);
    for (int q = 0; q < queries; q++) {
        smap_box box = q == 0 ? (smap_box){ -1e9, -1e9, 1e9, 1e9 } : random_box(q % 3 ? size : 0);
        assert_int_equal(smap__index_query(index, box, &hits, NULL), SMAP_OK);
        size_t at = 0;
        for (int64_t k = 0; k < count; k++) {
            if (!touch(boxes[k], box)) continue;
            assert_true(at < hits.count);
            assert_int_equal(hits.ids[at++], k);
        }
        assert_int_equal(at, hits.count);
    }
    smap__hits_release(&hits);
    smap__index_free(index);
}

static void every_size_finds_what_a_scan_finds(void **state) {
    (void)state;
    enum { MOST = 5000 };
    static smap_box boxes[MOST];
    const int64_t sizes[] = { 0, 1, 2, 15, 16, 17, 255, 256, 257, 1000, MOST };
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        for (int64_t k = 0; k < sizes[s]; k++) boxes[k] = random_box(k % 10 ? 2 : 40);
        check(boxes, sizes[s], 60, 10);
    }
}

static void empty_boxes_are_never_found(void **state) {
    (void)state;
    smap_box boxes[40];
    for (int k = 0; k < 40; k++) boxes[k] = k % 2 ? SMAP_BOX_EMPTY : random_box(3);
    boxes[4] = (smap_box){ NAN, 1, NAN, 2 };
    check(boxes, 40, 30, 20);
    for (int k = 0; k < 40; k++) boxes[k] = SMAP_BOX_EMPTY;
    check(boxes, 40, 3, 20);
}

static void all_in_one_place(void **state) {
    (void)state;
    smap_box boxes[100];
    for (int k = 0; k < 100; k++) boxes[k] = (smap_box){ 5, 5, 5, 5 };
    check(boxes, 100, 20, 100);
}

/* Walking by value, every step goes to a neighbouring cell, and a corner square is filled before it is left. */
static void the_curve_is_continuous(void **state) {
    (void)state;
    enum { SIDE = 64 };
    static int cell[SIDE * SIDE];
    const smap_box extent = { 0, 0, 65535, 65535 };
    for (int k = 0; k < SIDE * SIDE; k++) cell[k] = -1;
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++) {
            uint32_t d = smap__hilbert(x, y, extent);
            assert_true(d < SIDE * SIDE);
            assert_int_equal(cell[d], -1);
            cell[d] = y * SIDE + x;
        }
    for (int k = 1; k < SIDE * SIDE; k++) {
        int dx = abs(cell[k] % SIDE - cell[k - 1] % SIDE), dy = abs(cell[k] / SIDE - cell[k - 1] / SIDE);
        assert_int_equal(dx + dy, 1);
    }
    /* at every scale: a square of half the side is one quarter of the curve, and so on down to one cell */
    for (int k = 0; k < 20000; k++) {
        uint32_t x = (uint32_t)(rand() & 0xffff), y = (uint32_t)(rand() & 0xffff), d = smap__hilbert(x, y, extent);
        int bit = rand() % 16;
        uint32_t dx = x ^ (uint32_t)rand() % (1U << bit), dy = y ^ (uint32_t)rand() % (1U << bit);
        assert_int_equal(smap__hilbert(dx, dy, extent) >> (2 * bit), d >> (2 * bit));
        uint32_t beside = x < 65535 ? x + 1 : x - 1, other = smap__hilbert(beside, y, extent);
        assert_true(other != d);
    }
    assert_int_equal(smap__hilbert(3, 4, (smap_box){ 3, 4, 3, 4 }), 0);
    assert_true(smap__hilbert(65535, 0, extent) == UINT32_MAX);
}

static void memory_running_out_is_told(void **state) {
    (void)state;
    smap_box boxes[100];
    for (int k = 0; k < 100; k++) boxes[k] = random_box(3);
    for (int64_t nth = 1; nth < 7; nth++) {
        smap__index *index = NULL;
        smap__hits hits = { NULL, 0, 0 };
        smap__alloc_fail_at(nth, false);
        smap_status status = smap__index_new(NULL, boxes, 100, &index, NULL);
        if (status == SMAP_OK) status = smap__index_query(index, (smap_box){ 0, 0, 100, 100 }, &hits, NULL);
        smap__alloc_fail_at(0, false);
        assert_true(status == SMAP_OK || status == SMAP_E_NOMEM);
        smap__hits_release(&hits);
        smap__index_free(index);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_size_finds_what_a_scan_finds),
        cmocka_unit_test(empty_boxes_are_never_found),
        cmocka_unit_test(all_in_one_place),
        cmocka_unit_test(the_curve_is_continuous),
        cmocka_unit_test(memory_running_out_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
