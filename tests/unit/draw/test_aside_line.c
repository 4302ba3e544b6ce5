/* Lines moved aside, against GEOS: nothing of them comes nearer than the distance, and together with the line moved to
 * the other side they are the outline of its buffer. */
#include <geos_c.h>
#include <math.h>
#include <stdlib.h>

#include "../cmocka_all.h"
#include "base/alloc.h"
#include "draw/aside_line.h"
#include "draw/line_places.h"
#include "sheet/compose.h"

enum { MOST = 400 };
static const double PI = 3.141592653589793;

typedef struct line {
    double x[MOST], y[MOST];
    size_t n;
} line;

static double uniform(double low, double high) {
    return low + (high - low) * rand() / RAND_MAX;
}

/* A way that wanders: steps of some length, turns of some sharpness. */
static line wander(unsigned seed, size_t n, double step, double turn) {
    line l = { .n = n };
    double heading = 0;
    srand(seed);
    for (size_t i = 1; i < n; i++) {
        heading += uniform(-turn, turn);
        double length = step * uniform(0.2, 1.8);
        l.x[i] = l.x[i - 1] + length * cos(heading);
        l.y[i] = l.y[i - 1] + length * sin(heading);
    }
    return l;
}

/* A star-shaped ring, with the clock (y down) or against it. */
static line ring(unsigned seed, size_t n, double radius, bool clockwise) {
    line l = { .n = n };
    srand(seed);
    for (size_t i = 0; i + 1 < n; i++) {
        double turn = 2 * PI * (double)i / (double)(n - 1), r = radius * uniform(0.6, 1.4);
        l.x[i] = r * cos(turn);
        l.y[i] = (clockwise ? 1 : -1) * r * sin(turn);
    }
    l.x[n - 1] = l.x[0], l.y[n - 1] = l.y[0];
    return l;
}

static GEOSGeometry *geos_line(const double *x, const double *y, size_t n) {
    GEOSCoordSequence *seq = GEOSCoordSeq_create((unsigned)n, 2);
    for (size_t i = 0; i < n; i++) GEOSCoordSeq_setXY(seq, (unsigned)i, x[i], y[i]);
    return GEOSGeom_createLineString(seq);
}

static double length_of(const smap__aside_line *a) {
    double length = 0;
    for (size_t i = 0; i < a->lines; i++)
        length += smap__line_length(a->at.x + a->begin[i], a->at.y + a->begin[i], a->begin[i + 1] - a->begin[i]);
    return length;
}

static double distance_to(const GEOSGeometry *g, double x, double y) {
    GEOSGeometry *point = GEOSGeom_createPointFromXY(x, y);
    double distance = 0;
    assert_int_equal(GEOSDistance(g, point, &distance), 1);
    GEOSGeom_destroy(point);
    return distance;
}

/* The farthest that points along `l` (which is finely divided) lie from g, and the nearest. */
static void distances(const GEOSGeometry *g, const double *x, const double *y, size_t n, double *least, double *most) {
    for (size_t i = 0; i + 1 < n; i++)
        for (int k = 0; k <= 2; k++) {
            double d = distance_to(g, x[i] + k / 2.0 * (x[i + 1] - x[i]), y[i] + k / 2.0 * (y[i + 1] - y[i]));
            *least = fmin(*least, d);
            *most = fmax(*most, d);
        }
}

/* Every point of it stands so far from the line, no nearer, and no farther than a corner's mitre. */
static void check_distance(const line *l, double aside) {
    smap__aside_line a = { .failed = false };
    smap__aside_line_make(l->x, l->y, l->n, aside, &a);
    assert_false(a.failed);
    GEOSGeometry *own = geos_line(l->x, l->y, l->n);
    double least = HUGE_VAL, most = 0, d = fabs(aside);
    for (size_t i = 0; i < a.lines; i++)
        distances(own, a.at.x + a.begin[i], a.at.y + a.begin[i], a.begin[i + 1] - a.begin[i], &least, &most);
    if (a.lines && (least < d * 0.97 || most > d * 2.02))
        fail_msg("%zu points aside %g: from %g to %g", l->n, aside, least, most);
    GEOSGeom_destroy(own);
    smap__aside_line_release(&a);
}

/* Where corners are rounded (segments shorter than the distance): both sides together run along the outline of the
 * buffer with flat ends, all of it but the ends, and nowhere else. */
static void check_buffer(const line *l, double d) {
    GEOSGeometry *own = geos_line(l->x, l->y, l->n),
                 *buffer = GEOSBufferWithStyle(own, d, 32, GEOSBUF_CAP_ROUND, GEOSBUF_JOIN_ROUND, 5);
    GEOSGeometry *outline = GEOSBoundary(buffer);
    double outline_length = 0, length = 0, least = HUGE_VAL, most = 0;
    assert_int_equal(GEOSLength(outline, &outline_length), 1);
    for (int side = -1; side <= 1; side += 2) {
        smap__aside_line a = { .failed = false };
        smap__aside_line_make(l->x, l->y, l->n, side * d, &a);
        length += length_of(&a);
        for (size_t i = 0; i < a.lines; i++)
            distances(outline, a.at.x + a.begin[i], a.at.y + a.begin[i], a.begin[i + 1] - a.begin[i], &least, &most);
        smap__aside_line_release(&a);
    }
    bool closed = l->x[0] == l->x[l->n - 1] && l->y[0] == l->y[l->n - 1];
    double ends = closed ? 0 : 2 * PI * d; /* at most: other parts may lie over the ends */
    if (most > 0.06 * d || length > outline_length * 1.03 || length < (outline_length - ends) * 0.97)
        fail_msg("%zu points aside %g: off by %g, %g long of %g", l->n, d, most, length, outline_length);
    GEOSGeom_destroy(outline);
    GEOSGeom_destroy(buffer);
    GEOSGeom_destroy(own);
}

static void quiet(const char *format, ...) {
    (void)format;
}

static void against_geos(void **state) {
    (void)state;
    initGEOS(quiet, quiet);
    for (unsigned seed = 1; seed <= 14; seed++) {
        line l = wander(seed, 2 + seed % 90, 1, 0.1 * (1 + seed % 30));
        for (double d = 0.05; d < 6; d *= 2.7) check_distance(&l, seed % 2 ? d : -d);
        l = ring(seed, 5 + seed % 60, 5, seed % 2);
        for (double d = 0.05; d < 6; d *= 2.7) check_distance(&l, seed % 3 ? d : -d);
        l = wander(seed, 20 + seed % 90, 0.3, 0.1 * (1 + seed % 30));
        for (double d = 0.6; d < 6; d *= 1.9) check_buffer(&l, d);
        l = ring(seed, 200, 5, seed % 2);
        check_buffer(&l, 3.1);
    }
    finishGEOS();
}

/* A square is a larger and a smaller square; what is too small to hold its line has none. */
static void squares(void **state) {
    (void)state;
    static const double x[] = { 0, 10, 10, 0, 0 }, y[] = { 0, 0, 10, 10, 0 }; /* with the clock: outside is left */
    static const struct { double aside, low, high; } want[] = { { 2, -2, 12 }, { -2, 2, 8 }, { -4.9, 4.9, 5.1 } };
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        smap__aside_line a = { .failed = false };
        smap__aside_line_make(x, y, 5, want[i].aside, &a);
        assert_int_equal(a.lines, 1);
        assert_int_equal(a.kind[0], SMAP__PATH_SHELL);
        assert_int_equal(a.begin[1], 5);
        for (int k = 0; k < 5; k++) {
            double px = a.at.x[k], py = a.at.y[k];
            assert_true(fmin(fabs(px - want[i].low), fabs(px - want[i].high)) < 2e-3);
            assert_true(fmin(fabs(py - want[i].low), fabs(py - want[i].high)) < 2e-3);
        }
        smap__aside_line_release(&a);
    }
    smap__aside_line none = { .failed = false };
    smap__aside_line_make(x, y, 5, -5.1, &none);
    assert_int_equal(none.lines, 0);
    smap__aside_line_release(&none);
}

/* To the left of its direction, y down; a hair-pin bend stays near its line; points upon each other do nothing. */
static void sides_and_odd_lines(void **state) {
    (void)state;
    static const double x[] = { 0, 5, 5, 10 }, y[] = { 0, 0, 0, 0 }, back_x[] = { 0, 10, 0 }, back_y[] = { 0, 0, 0.01 },
                        same_x[] = { 3, 3, 3 }, same_y[] = { 4, 4, 4 };
    smap__aside_line a = { .failed = false };
    smap__aside_line_make(x, y, 4, 1, &a);
    assert_int_equal(a.lines, 1);
    for (size_t i = 0; i < a.at.count; i++) assert_true(a.at.y[i] == -1);
    assert_true(a.at.x[0] == 0 && a.at.x[a.at.count - 1] == 10);
    smap__aside_line_release(&a);
    for (int side = -1; side <= 1; side += 2) {
        smap__aside_line_make(back_x, back_y, 3, side, &a);
        for (size_t i = 0; i < a.at.count; i++) assert_true(a.at.x[i] < 11.1 && fabs(a.at.y[i]) < 1.1);
        smap__aside_line_release(&a);
    }
    smap__aside_line_make(same_x, same_y, 3, 1, &a);
    assert_int_equal(a.lines, 0);
    smap__aside_line_make(same_x, same_y, 1, 1, &a);
    assert_int_equal(a.lines, 0);
    smap__aside_line_release(&a);
}

static void memory_runs_out(void **state) {
    (void)state;
    line l = ring(3, 60, 5, true);
    bool done = false;
    for (int64_t nth = 1; nth < 1000 && !done; nth++) {
        smap__aside_line a = { .failed = false };
        smap__alloc_fail_at(nth, true);
        smap__aside_line_make(l.x, l.y, l.n, -0.5, &a);
        smap__alloc_fail_at(0, false);
        assert_true(a.failed ? a.lines == 0 : a.lines > 0);
        done = !a.failed;
        smap__aside_line_release(&a);
    }
    assert_true(done);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(against_geos),
        cmocka_unit_test(squares),
        cmocka_unit_test(sides_and_odd_lines),
        cmocka_unit_test(memory_runs_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
