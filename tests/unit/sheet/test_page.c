/* Page arithmetic: round scales, the frame, the scale bar, clipping, the point inside an area. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../cmocka_all.h"
#include "sheet/outline.h"
#include "sheet/page.h"

static const double mantissa[] = { 1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 7.5 };
enum { MANTISSAS = sizeof mantissa / sizeof *mantissa };

static bool is_round(double value) {
    double decade = pow(10, floor(log10(value) + 1e-9));
    for (int i = 0; i < MANTISSAS; i++)
        if (fabs(value / decade - mantissa[i]) < 1e-9) return true;
    return false;
}

static double uniform(double low, double high) {
    return low + (high - low) * rand() / RAND_MAX;
}

static void rounding_has_known_answers(void **state) {
    (void)state;
    static const struct {
        double need, up, down;
    } known[] = { { 1, 1, 1 },           { 24999, 25000, 20000 },  { 25000, 25000, 25000 }, { 25001, 30000, 25000 },
                  { 7.6, 10, 7.5 },      { 99999, 100000, 75000 }, { 0.03, 0.03, 0.03 },    { 1.3e6, 1.5e6, 1.25e6 },
                  { 9.99e8, 1e9, 7.5e8 } };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        assert_true(fabs(smap__round_up(mantissa, MANTISSAS, known[i].need) / known[i].up - 1) < 1e-12);
        assert_true(fabs(smap__round_down(mantissa, MANTISSAS, known[i].need) / known[i].down - 1) < 1e-12);
    }
}

/* Whatever the extent: the scale is round, all of it with its margin is inside the frame, and the next finer round
 * scale would not have been enough. */
static void frame_holds_the_extent(void **state) {
    (void)state;
    srand(7);
    for (int i = 0; i < 2000; i++) {
        double x = uniform(-1e6, 1e6), y = uniform(-1e6, 1e6), margin = uniform(0, 0.2);
        smap_box e = { x, y, x + pow(10, uniform(0, 6)), y + pow(10, uniform(0, 6)) };
        smap__view v = { .at = { 10, 20, uniform(50, 300), uniform(50, 300) } };
        smap__fit_frame(&v, e, margin, mantissa, MANTISSAS, 500, 1);
        assert_true(is_round(v.denominator) && v.denominator >= 500);
        double w = (e.xmax - e.xmin) * (1 + 2 * margin), h = (e.ymax - e.ymin) * (1 + 2 * margin);
        double box_w = v.box.xmax - v.box.xmin, box_h = v.box.ymax - v.box.ymin;
        assert_true(box_w >= w * (1 - 1e-8) && box_h >= h * (1 - 1e-8));
        double finer = smap__round_down(mantissa, MANTISSAS, v.denominator * 0.99);
        assert_true(finer < 500 || w * 1000 / finer > v.at.w * (1 - 1e-8) || h * 1000 / finer > v.at.h * (1 - 1e-8));
        assert_true(fabs(smap__page_x(&v, v.box.xmax) - v.at.x - v.at.w) < 1e-6);
        assert_true(fabs(smap__page_y(&v, v.box.ymin) - v.at.y - v.at.h) < 1e-6);
    }
}

static void a_point_gets_the_least_scale(void **state) {
    (void)state;
    smap__view v = { .at = { 0, 0, 200, 100 } };
    smap__fit_frame(&v, (smap_box){ 5, 5, 5, 5 }, 0.05, mantissa, MANTISSAS, 500, 1);
    assert_true(v.denominator == 500);
    assert_true(fabs(v.box.xmin + 45) < 1e-9 && fabs(v.box.xmax - 55) < 1e-9);
}

static void bar_is_round_and_fits(void **state) {
    (void)state;
    static const double steps[] = { 1, 2, 2.5, 5 };
    for (double n = 500; n < 2e7; n *= 1.37) {
        smap__scale_bar bar = { 0 };
        smap__fit_bar(&bar, 60, 4, steps, 4, 1000 / n);
        assert_true(bar.mm * 4 <= 60 * (1 + 1e-8) && bar.mm * 4 > 24);
        assert_true(fabs(bar.mm - bar.metres * 1000 / n) < 1e-9);
    }
}

static void labels_of_the_bar(void **state) {
    (void)state;
    char text[64];
    smap__bar_label(0.25, NULL, text, sizeof text);
    assert_string_equal(text, "0.25");
    smap__bar_label(1000, "m", text, sizeof text);
    assert_string_equal(text, "1000 m");
}

static void degrees_are_written_by_step(void **state) {
    (void)state;
    static const struct {
        int64_t seconds, step;
        const char *text;
    } known[] = { { 79200, 3600, "22°" },    { 81360, 60, "22°36′" },   { 81390, 30, "22°36′30″" },
                  { -81360, 120, "22°36′" }, { 79205, 5, "22°00′05″" }, { 0, 3600, "0°" } };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        char text[64];
        smap__format_degrees(known[i].seconds, known[i].step, text, sizeof text);
        assert_string_equal(text, known[i].text);
    }
}

/* ---- outlines ---------------------------------------------------------------------------------------------------- */

static const smap__rect_mm rect = { 0, 0, 10, 10 };

static double clipped_area(const double *x, const double *y, size_t n) {
    smap__outline out = { 0 }, scratch = { 0 };
    smap__clip_ring(x, y, n, rect, &scratch, &out);
    assert_false(out.failed);
    for (size_t i = 0; i < out.count; i++)
        assert_true(out.x[i] >= -1e-9 && out.x[i] <= 10 + 1e-9 && out.y[i] >= -1e-9 && out.y[i] <= 10 + 1e-9);
    double area = out.count ? smap__ring_area(out.x, out.y, out.count) : 0;
    smap__outline_release(&out);
    smap__outline_release(&scratch);
    return area;
}

static void rings_are_clipped(void **state) {
    (void)state;
    double over[2][5] = { { -5, 15, 15, -5, -5 }, { -5, -5, 15, 15, -5 } };
    double half[2][5] = { { 5, 15, 15, 5, 5 }, { 2, 2, 8, 8, 2 } };
    double away[2][5] = { { 11, 12, 12, 11, 11 }, { 0, 0, 1, 1, 0 } };
    double corner[2][4] = { { 8, 14, 8, 8 }, { -4, 2, 2, -4 } };
    assert_true(fabs(clipped_area(over[0], over[1], 5) - 100) < 1e-9);
    assert_true(fabs(clipped_area(half[0], half[1], 5) - 30) < 1e-9);
    assert_true(clipped_area(away[0], away[1], 5) == 0);
    assert_true(fabs(clipped_area(corner[0], corner[1], 4) - 4) < 1e-9);
}

/* Area of random triangles inside the rectangle, against counting sample points. */
static void clipping_agrees_with_sampling(void **state) {
    (void)state;
    srand(11);
    for (int t = 0; t < 60; t++) {
        double x[4], y[4];
        for (int i = 0; i < 3; i++) x[i] = uniform(-8, 18), y[i] = uniform(-8, 18);
        x[3] = x[0], y[3] = y[0];
        int inside = 0;
        enum { STEPS = 120 };
        for (int i = 0; i < STEPS * STEPS; i++) {
            double px = (i % STEPS + 0.5) * 10 / STEPS, py = (i / STEPS + 0.5) * 10 / STEPS;
            int signs = 0;
            for (int k = 0; k < 3; k++) signs += (x[k + 1] - x[k]) * (py - y[k]) - (y[k + 1] - y[k]) * (px - x[k]) > 0;
            inside += signs == 0 || signs == 3;
        }
        assert_true(fabs(clipped_area(x, y, 4) - inside * 100.0 / (STEPS * STEPS)) < 1.5);
    }
}

static void segments_are_clipped(void **state) {
    (void)state;
    double ax = -5, ay = 5, bx = 15, by = 5;
    assert_true(smap__clip_segment(rect, &ax, &ay, &bx, &by));
    assert_true(ax == 0 && bx == 10 && ay == 5 && by == 5);
    ax = -1, ay = 5, bx = -1, by = 8;
    assert_false(smap__clip_segment(rect, &ax, &ay, &bx, &by));
    ax = -6, ay = 5, bx = 5, by = -6; /* passes the corner outside */
    assert_false(smap__clip_segment(rect, &ax, &ay, &bx, &by));
}

static void thinning_moves_nothing_far(void **state) {
    (void)state;
    enum { N = 1000 };
    double x[N], y[N], ox[N], oy[N];
    for (int i = 0; i < N; i++) ox[i] = x[i] = i * 0.01, oy[i] = y[i] = sin(i * 0.01);
    size_t kept = smap__thin(x, y, N, 0.05, false);
    assert_true(kept < N / 3 && kept > N / 20);
    assert_true(x[0] == ox[0] && x[kept - 1] == ox[N - 1]);
    for (int i = 0; i < N; i++) {
        double best = HUGE_VAL;
        for (size_t k = 0; k < kept; k++) best = fmin(best, hypot(x[k] - ox[i], y[k] - oy[i]));
        assert_true(best <= 0.05);
    }
    double tx[] = { 0, 0.01, 0.01, 0 }, ty[] = { 0, 0, 0.01, 0 };
    assert_int_equal(smap__thin(tx, ty, 4, 1, true), 4); /* a small area keeps its shape */
}

static void a_point_inside_is_inside(void **state) {
    (void)state;
    double x[] = { 0, 10, 10, 8, 8, 2, 2, 0, 0 },
           y[] = { 0, 0, 10, 10, 2, 2, 10, 10, 0 }; /* a U: its middle is outside */
    size_t begin[] = { 0, 9 };
    double px, py;
    bool failed = false;
    assert_true(smap__inside_point(x, y, begin, 1, &px, &py, &failed));
    assert_true(py < 2 || px < 2 || px > 8);
    double hx[] = { 0, 10, 10, 0, 0, 3, 7, 7, 3, 3 }, hy[] = { 0, 0, 10, 10, 0, 3, 3, 7, 7, 3 };
    size_t with_hole[] = { 0, 5, 10 };
    assert_true(smap__inside_point(hx, hy, with_hole, 2, &px, &py, &failed));
    assert_true(px < 3 || px > 7 || py < 3 || py > 7);
    double flat[] = { 0, 1, 2, 0 }, zero[] = { 0, 0, 0, 0 };
    size_t three[] = { 0, 4 };
    assert_false(smap__inside_point(flat, zero, three, 1, &px, &py, &failed));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rounding_has_known_answers),
        cmocka_unit_test(frame_holds_the_extent),
        cmocka_unit_test(a_point_gets_the_least_scale),
        cmocka_unit_test(bar_is_round_and_fits),
        cmocka_unit_test(labels_of_the_bar),
        cmocka_unit_test(degrees_are_written_by_step),
        cmocka_unit_test(rings_are_clipped),
        cmocka_unit_test(clipping_agrees_with_sampling),
        cmocka_unit_test(segments_are_clipped),
        cmocka_unit_test(thinning_moves_nothing_far),
        cmocka_unit_test(a_point_inside_is_inside),
    };
    return cmocka_run_group_tests_name("page", tests, NULL, NULL);
}
