/* Straight lines between two points of the plane. */
#ifndef SMAP_GEO_SEGMENT_H
#define SMAP_GEO_SEGMENT_H

#include <math.h>

/* Where the segment from a to b is nearest to (px, py): 0 at a, 1 at b; 0 if it is of no length. */
static inline double smap__segment_share(double px, double py, double ax, double ay, double bx, double by) {
    double dx = bx - ax, dy = by - ay, length2 = dx * dx + dy * dy;
    double t = length2 > 0 ? ((px - ax) * dx + (py - ay) * dy) / length2 : 0;
    return t < 0 ? 0 : t > 1 ? 1 : t;
}

/* The square of the distance from (px, py) to the segment from a to b, which may be of no length. */
static inline double smap__segment_distance2(double px, double py, double ax, double ay, double bx, double by) {
    double t = smap__segment_share(px, py, ax, ay, bx, by);
    double off_x = px - ax - t * (bx - ax), off_y = py - ay - t * (by - ay);
    return off_x * off_x + off_y * off_y;
}

/* The part of [*from, *to] in which p + t * d lies in [low, high]; *from > *to where there is none. */
static inline void smap__segment_clip(double p, double d, double low, double high, double *from, double *to) {
    if (d == 0) {
        if (p < low || p > high) *to = -HUGE_VAL;
        return;
    }
    double enter = (low - p) / d, leave = (high - p) / d;
    *from = fmax(*from, fmin(enter, leave));
    *to = fmin(*to, fmax(enter, leave));
}

#endif
