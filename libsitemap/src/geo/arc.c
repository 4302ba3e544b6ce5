/* Arcs are cut from a to b and from b to c, each half evenly by angle, so that the three given points stay vertices.
 * The centre and the angles are always computed from the lesser of the two ends: neighbours that share an arc walk it
 * in opposite directions and must get the same bits. */
#include "geo/arc.h"

#include <math.h>
#include <stdbool.h>

#include "geo/angle.h"

static const double STEP_DEG = 4;

typedef struct circle {
    double x, y, radius;
    bool counter_clockwise;
} circle;

static bool is_before(const smap__vertex *a, const smap__vertex *b) {
    return a->x < b->x || (a->x == b->x && a->y < b->y);
}

/* The circle through three points (centre from the perpendicular bisectors, relative to a); false if in line. */
static bool circle_through(const smap__vertex *a, const smap__vertex *b, const smap__vertex *c, circle *out) {
    double bx = b->x - a->x, by = b->y - a->y, cx = c->x - a->x, cy = c->y - a->y;
    if (cx == 0 && cy == 0) {
        *out = (circle){ a->x + bx / 2, a->y + by / 2, hypot(bx, by) / 2, true };
        return out->radius > 0 && isfinite(out->radius);
    }
    double d = 2 * (bx * cy - by * cx), bb = bx * bx + by * by, cc = cx * cx + cy * cy;
    double ux = (cy * bb - by * cc) / d, uy = (bx * cc - cx * bb) / d;
    *out = (circle){ a->x + ux, a->y + uy, hypot(ux, uy), d > 0 };
    /* Beyond this ratio the arc bulges less than its coordinates resolve. */
    return isfinite(out->radius) && out->radius < 1e8 * sqrt(fmax(bb, cc));
}

/* Points behind `from`, up to and with `to`. */
static size_t half(const circle *round, const smap__vertex *from, const smap__vertex *to, smap__vertex *out) {
    double start = atan2(from->y - round->y, from->x - round->x), end = atan2(to->y - round->y, to->x - round->x);
    double sweep = end - start;
    if (round->counter_clockwise && sweep < 0) sweep += 2 * SMAP__PI;
    if (!round->counter_clockwise && sweep > 0) sweep -= 2 * SMAP__PI;
    size_t pieces = (size_t)ceil(fabs(sweep) / smap__radians(STEP_DEG) - 1e-9);
    if (pieces < 1) pieces = 1;
    for (size_t k = 1; k < pieces; k++) {
        double t = (double)k / (double)pieces, angle = start + sweep * t;
        out[k - 1] = (smap__vertex){ round->x + round->radius * cos(angle), round->y + round->radius * sin(angle),
                                     from->z + (to->z - from->z) * t, from->m + (to->m - from->m) * t };
    }
    out[pieces - 1] = *to;
    return pieces;
}

size_t smap__arc(const smap__vertex *a, const smap__vertex *b, const smap__vertex *c,
                 smap__vertex out[SMAP__ARC_POINTS]) {
    bool turn = is_before(c, a);
    const smap__vertex *first = turn ? c : a, *last = turn ? a : c;
    circle round;
    size_t count;
    if (circle_through(first, b, last, &round)) {
        count = half(&round, first, b, out);
        count += half(&round, b, last, out + count);
    } else {
        out[0] = *b;
        out[1] = *last;
        count = 2;
    }
    if (!turn) return count;
    /* ... b ... last, without first, to ... b ... first, without last */
    for (size_t i = 0, j = count - 1; i < j; i++, j--) {
        smap__vertex swapped = out[i];
        out[i] = out[j];
        out[j] = swapped;
    }
    for (size_t i = 0; i + 1 < count; i++) out[i] = out[i + 1];
    out[count - 1] = *first;
    return count;
}
