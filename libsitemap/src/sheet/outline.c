#include "sheet/outline.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/compare.h"
#include "geo/segment.h"

bool smap__outline_reserve(smap__outline *o, size_t n) {
    o->failed = o->failed || !smap__grow(&o->x, &o->capacity_x, n, sizeof *o->x) ||
                !smap__grow(&o->y, &o->capacity_y, n, sizeof *o->y);
    return !o->failed;
}

void smap__outline_put(smap__outline *o, double x, double y) {
    if (!smap__outline_reserve(o, o->count + 1)) return;
    o->x[o->count] = x;
    o->y[o->count++] = y;
}

void smap__outline_put_all(smap__outline *o, const double *x, const double *y, size_t n) {
    if (n == 0 || !smap__outline_reserve(o, o->count + n)) return;
    memcpy(o->x + o->count, x, n * sizeof *x);
    memcpy(o->y + o->count, y, n * sizeof *y);
    o->count += n;
}

void smap__outline_release(smap__outline *o) {
    smap__free(o->x);
    smap__free(o->y);
    *o = (smap__outline){ 0 };
}

/* Signed distance inside of side k (0 left, 1 right, 2 top, 3 bottom) of the rectangle. */
static double inside_of(smap__rect_mm r, int k, double x, double y) {
    switch (k) {
    case 0:
        return x - r.x;
    case 1:
        return r.x + r.w - x;
    case 2:
        return y - r.y;
    default:
        return r.y + r.h - y;
    }
}

static void clip_side(const double *x, const double *y, size_t n, smap__rect_mm r, int k, smap__outline *out) {
    for (size_t i = 0; i + 1 < n; i++) {
        double da = inside_of(r, k, x[i], y[i]), db = inside_of(r, k, x[i + 1], y[i + 1]);
        if (da >= 0) smap__outline_put(out, x[i], y[i]);
        if ((da >= 0) != (db >= 0)) {
            double t = da / (da - db);
            smap__outline_put(out, x[i] + t * (x[i + 1] - x[i]), y[i] + t * (y[i + 1] - y[i]));
        }
    }
}

/* Close what clip_side left open. */
static void close_ring(smap__outline *o, size_t from) {
    if (o->count > from) smap__outline_put(o, o->x[from], o->y[from]);
}

void smap__clip_ring(const double *x, const double *y, size_t n, smap__rect_mm rect, smap__outline *scratch,
                     smap__outline *out) {
    bool all_in = true;
    for (size_t i = 0; i < n && all_in; i++)
        for (int k = 0; k < 4; k++) all_in = all_in && inside_of(rect, k, x[i], y[i]) >= 0;
    if (all_in) {
        smap__outline_put_all(out, x, y, n);
        return;
    }
    scratch->count = 0;
    clip_side(x, y, n, rect, 0, scratch);
    close_ring(scratch, 0);
    for (int k = 1; k < 4; k++) {
        size_t from = scratch->count;
        smap__outline *target = k == 3 ? out : scratch;
        size_t begin = target->count;
        for (size_t i = 0; !scratch->failed && i + 1 < from; i++) {
            double px[2] = { scratch->x[i], scratch->x[i + 1] }, py[2] = { scratch->y[i], scratch->y[i + 1] };
            clip_side(px, py, 2, rect, k, target);
        }
        close_ring(target, begin);
        if (k == 3 || scratch->failed) break;
        size_t kept = scratch->count - from;
        if (kept) {
            memmove(scratch->x, scratch->x + from, kept * sizeof *scratch->x);
            memmove(scratch->y, scratch->y + from, kept * sizeof *scratch->y);
        }
        scratch->count = kept;
    }
    if (scratch->failed) out->failed = true;
}

bool smap__clip_segment(smap__rect_mm r, double *ax, double *ay, double *bx, double *by) {
    double dx = *bx - *ax, dy = *by - *ay, t0 = 0, t1 = 1;
    double p[4] = { -dx, dx, -dy, dy };
    double q[4] = { *ax - r.x, r.x + r.w - *ax, *ay - r.y, r.y + r.h - *ay };
    for (int i = 0; i < 4; i++) {
        if (p[i] == 0) {
            if (q[i] < 0) return false;
            continue;
        }
        double t = q[i] / p[i];
        if (p[i] < 0)
            t0 = fmax(t0, t);
        else
            t1 = fmin(t1, t);
    }
    if (t0 > t1) return false;
    double x = *ax, y = *ay;
    if (t1 < 1) *bx = x + t1 * dx, *by = y + t1 * dy;
    if (t0 > 0) *ax = x + t0 * dx, *ay = y + t0 * dy;
    return true;
}

double smap__ring_area(const double *x, const double *y, size_t n) {
    double sum = 0;
    for (size_t i = 1; i + 1 < n; i++) sum += (x[i] - x[0]) * (y[i + 1] - y[0]) - (x[i + 1] - x[0]) * (y[i] - y[0]);
    return fabs(sum) / 2;
}

static bool is_apart(double dx, double dy, double tolerance) {
    return dx * dx + dy * dy >= tolerance * tolerance;
}

size_t smap__thin(double *x, double *y, size_t n, double tolerance, bool ring) {
    size_t least = ring ? 4 : 2, kept = 0;
    double lx = 0, ly = 0;
    for (size_t i = 0; i < n; i++)
        if (i == 0 || i + 1 == n || is_apart(x[i] - lx, y[i] - ly, tolerance)) kept++, lx = x[i], ly = y[i];
    if (kept < least) return n;
    kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && i + 1 < n && !is_apart(x[i] - lx, y[i] - ly, tolerance)) continue;
        lx = x[i], ly = y[i];
        x[kept] = lx;
        y[kept++] = ly;
    }
    return kept;
}

typedef struct area {
    const double *x, *y;
    const size_t *begin;
    size_t rings;
} area;

/* Where the horizontal line at `h` meets the edges, ascending; half-open edges, so that vertices count once. */
static size_t crossings(const area *a, double h, double *at) {
    size_t n = 0;
    for (size_t r = 0; r < a->rings; r++)
        for (size_t i = a->begin[r]; i + 1 < a->begin[r + 1]; i++) {
            double ya = a->y[i], yb = a->y[i + 1];
            if ((ya > h) == (yb > h)) continue;
            at[n++] = a->x[i] + (h - ya) / (yb - ya) * (a->x[i + 1] - a->x[i]);
        }
    qsort(at, n, sizeof *at, smap__compare_reals);
    return n;
}

static double edge_distance(const area *a, double px, double py) {
    double best = HUGE_VAL;
    for (size_t r = 0; r < a->rings; r++)
        for (size_t i = a->begin[r]; i + 1 < a->begin[r + 1]; i++)
            best = fmin(best, smap__segment_distance2(px, py, a->x[i], a->y[i], a->x[i + 1], a->y[i + 1]));
    return sqrt(best);
}

bool smap__inside_point(const double *x, const double *y, const size_t *begin, size_t rings, double *out_x,
                        double *out_y, bool *failed) {
    enum { LINES = 11 };
    area a = { x, y, begin, rings };
    double low = HUGE_VAL, high = -HUGE_VAL, best = -1;
    for (size_t i = begin[0]; i < begin[rings]; i++) low = fmin(low, y[i]), high = fmax(high, y[i]);
    double *at = smap__alloc((begin[rings] - begin[0] + 1) * sizeof *at);
    if (!at) *failed = true;
    if (!at || !(low < high)) {
        smap__free(at);
        return false;
    }
    for (int line = 0; line < LINES; line++) {
        double h = low + (high - low) * (line + 0.5) / LINES;
        size_t n = crossings(&a, h, at);
        double widest = 0, middle = 0;
        for (size_t i = 0; i + 1 < n; i += 2)
            if (at[i + 1] - at[i] > widest) widest = at[i + 1] - at[i], middle = (at[i] + at[i + 1]) / 2;
        if (widest <= 0) continue;
        double room = edge_distance(&a, middle, h);
        if (room > best * (1 + 1e-9)) best = room, *out_x = middle, *out_y = h;
    }
    smap__free(at);
    return best >= 0;
}
