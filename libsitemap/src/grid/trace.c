#include "grid/trace.h"

#include <math.h>

/* One of the two directions: the line is at `from` + t * `by`, t from 0 to 1. */
typedef struct direction {
    double from, by;
    double next; /* the border that comes next */
    double last; /* and the last of the cells looked at */
} direction;

static double when(const direction *d, double border) {
    return (border - d->from) / d->by;
}

/* Cut [*begin, *end] to where the line is between two borders; false: nowhere. */
static bool enter(const direction *d, double low, double high, bool high_counts, double *begin, double *end) {
    if (d->by == 0) return d->from >= low && (d->from < high || (high_counts && d->from == high));
    double first = when(d, d->by > 0 ? low : high), last = when(d, d->by > 0 ? high : low);
    if (first > *begin) *begin = first;
    if (last < *end) *end = last;
    return *begin < *end;
}

static void first_border(direction *d, double t, double low, double high) {
    double at = d->from + t * d->by;
    d->last = d->by > 0 ? high : low;
    at = at < low ? low : at > high ? high : at;
    d->next = d->by > 0 ? floor(at) + 1 : ceil(at) - 1;
}

/* When the next border is met that lies behind t; beyond 1 if there is none. */
static double next_time(direction *d, double t) {
    double step = d->by > 0 ? 1 : -1;
    if (d->by == 0) return 2;
    while (when(d, d->next) <= t && d->next * step < d->last * step) d->next += step;
    double next = when(d, d->next);
    return next > t ? next : 2;
}

void smap__trace(const smap__lattice *lattice, smap__cells cells, double x0, double y0, double x1, double y1,
                 smap__piece_fn fn, void *user) {
    direction x = { x0, x1 - x0, 0, 0 }, y = { y0, y1 - y0, 0, 0 };
    double t = 0, end = 1;
    if (x.by == 0 && y.by == 0) return;
    if (!enter(&x, cells.first_column, cells.last_column + 1.0, cells.last_column + 1 == lattice->width, &t, &end) ||
        !enter(&y, cells.first_row, cells.last_row + 1.0, cells.last_row + 1 == lattice->height, &t, &end))
        return;
    first_border(&x, t, cells.first_column, cells.last_column + 1.0);
    first_border(&y, t, cells.first_row, cells.last_row + 1.0);
    while (t < end) {
        double a = next_time(&x, t), b = next_time(&y, t);
        double next = a < b ? a : b;
        if (next > end) next = end;
        double middle = (t + next) / 2;
        int64_t column = smap__lattice_index(x.from + middle * x.by, lattice->width);
        int64_t row = smap__lattice_index(y.from + middle * y.by, lattice->height);
        if (column >= cells.first_column && column <= cells.last_column && row >= cells.first_row &&
            row <= cells.last_row)
            fn(column, row, next - t, user);
        t = next;
    }
}
