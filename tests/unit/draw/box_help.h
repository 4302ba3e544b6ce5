/* Do boxes of labels lie over each other? By their corners, apart from how the program looks at them. */
#ifndef BOX_HELP_H
#define BOX_HELP_H

#include <math.h>

#include "draw/label_board.h"

static inline void box_corners(const smap__label_box *b, double x[4], double y[4]) {
    double a = b->angle_deg * acos(-1) / 180;
    for (int k = 0; k < 4; k++) {
        double u = (k == 0 || k == 3 ? -0.5 : 0.5) * b->w, v = (k < 2 ? -0.5 : 0.5) * b->h;
        x[k] = b->x + u * cos(a) - v * sin(a);
        y[k] = b->y + u * sin(a) + v * cos(a);
    }
}

/* Do all corners of the second one lie beyond one side of the first, to a millionth of a millimetre? */
static inline bool box_has_it_outside(const double x[4], const double y[4], const double px[4], const double py[4]) {
    for (int k = 0; k < 4; k++) {
        double dx = x[(k + 1) % 4] - x[k], dy = y[(k + 1) % 4] - y[k], length = hypot(dx, dy), nearest = HUGE_VAL;
        for (int i = 0; i < 4; i++) nearest = fmin(nearest, (px[i] - x[k]) * dy - (py[i] - y[k]) * dx);
        if (nearest >= -1e-6 * length) return true;
    }
    return false;
}

/* Boxes that touch do not. */
static inline bool boxes_overlap(const smap__label_box *a, const smap__label_box *b) {
    double ax[4], ay[4], bx[4], by[4];
    box_corners(a, ax, ay);
    box_corners(b, bx, by);
    return !box_has_it_outside(ax, ay, bx, by) && !box_has_it_outside(bx, by, ax, ay);
}

#endif
