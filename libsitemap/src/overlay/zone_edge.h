/* Edges, and how a point gets from one side of them to the other.
 *
 * Every "inside" of the overlay is that of a point moved by nothing: (x + e', y + e), with e' beyond all measure
 * smaller than any coordinate and e beyond all measure smaller than e'. Such a point lies on no edge, in line with no
 * corner, and counts the same number of crossings whichever way it is reached. The tests below give, in exact
 * arithmetic, the crossings of moves along x and along y between two points so moved. */
#ifndef SMAP_OVERLAY_ZONE_EDGE_H
#define SMAP_OVERLAY_ZONE_EDGE_H

#include "geo/orient.h"
#include "geo/segment.h"
#include "sitemap/geometry.h"

typedef struct smap__zone_edge {
    double ax, ay, bx, by; /* a is left of b, or below it: edges that two polygons share are the same edge */
    uint32_t label;        /* whose it is */
} smap__zone_edge;

/* The edge from coordinate k to the next. */
static inline smap__zone_edge smap__zone_edge_at(const smap_geometry *g, int64_t k, uint32_t label) {
    double ax = g->x[k], ay = g->y[k], bx = g->x[k + 1], by = g->y[k + 1];
    if (ax < bx || (ax == bx && ay <= by)) return (smap__zone_edge){ ax, ay, bx, by, label };
    return (smap__zone_edge){ bx, by, ax, ay, label };
}

/* Of an edge that reaches over the height y: does the point lie right of it? On it counts as right. */
static inline bool smap__zone_right_of(const smap__zone_edge *e, double x, double y) {
    if (x < e->ax) return false;
    if (x >= e->bx) return true;
    double side = smap__orient(e->ax, e->ay, e->bx, e->by, x, y);
    return e->by > e->ay ? side <= 0 : side >= 0;
}

/* Of an edge that reaches over the abscissa x: does the point lie above it? On it, the slope decides. */
static inline bool smap__zone_above(const smap__zone_edge *e, double x, double y) {
    double side = smap__orient(e->ax, e->ay, e->bx, e->by, x, y);
    return side > 0 || (side == 0 && e->by <= e->ay);
}

/* Does the move from (x0, y) to (x1, y), x0 <= x1, cross the edge? */
static inline bool smap__zone_crosses_x(const smap__zone_edge *e, double x0, double x1, double y) {
    if ((e->ay <= y) == (e->by <= y) || x1 < e->ax || x0 >= e->bx) return false;
    return smap__zone_right_of(e, x0, y) != smap__zone_right_of(e, x1, y);
}

/* Does the move from (x, y0) to (x, y1), y0 <= y1, cross the edge? */
static inline bool smap__zone_crosses_y(const smap__zone_edge *e, double x, double y0, double y1) {
    if (x < e->ax || x >= e->bx || (e->ay > y1 && e->by > y1) || (e->ay < y0 && e->by < y0)) return false;
    return smap__zone_above(e, x, y0) != smap__zone_above(e, x, y1);
}

/* May the edge touch the box, or come as near as `slack`? Never no if it does. */
static inline bool smap__zone_touches(const smap__zone_edge *e, const smap_box *box, double slack) {
    if (e->bx < box->xmin - slack || e->ax > box->xmax + slack || fmax(e->ay, e->by) < box->ymin - slack ||
        fmin(e->ay, e->by) > box->ymax + slack)
        return false;
    double dx = e->bx - e->ax, dy = e->by - e->ay;
    double cx = box->xmin + (box->xmax - box->xmin) / 2 - e->ax, cy = box->ymin + (box->ymax - box->ymin) / 2 - e->ay;
    double reach = dx * ((box->ymax - box->ymin) / 2 + slack) + fabs(dy) * ((box->xmax - box->xmin) / 2 + slack);
    double left = dx * cy, right = dy * cx, rounding = 1e-15 * (fabs(left) + fabs(right) + reach);
    return fabs(left - right) <= reach + rounding;
}

/* The square of the distance from a point to the edge. */
static inline double smap__zone_distance2(const smap__zone_edge *e, double x, double y) {
    return smap__segment_distance2(x, y, e->ax, e->ay, e->bx, e->by);
}

/* Is the point on the edge, within the resolution of the coordinates? */
static inline bool smap__zone_on_edge(const smap__zone_edge *e, double x, double y, double resolution) {
    return smap__zone_distance2(e, x, y) <= resolution * resolution;
}

#endif
