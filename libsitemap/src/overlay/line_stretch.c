#include "overlay/line_stretch.h"

smap__ruler smap__ruler_of(smap__zone_edge line) {
    smap__ruler r = { .line = line };
    double dx = line.bx - line.ax, dy = line.by - line.ay;
    double size = fmax(fmax(fabs(line.ax), fabs(line.bx)), fmax(fabs(line.ay), fabs(line.by)));
    r.length = hypot(dx, dy);
    r.ux = r.length > 0 ? dx / r.length : 0;
    r.uy = r.length > 0 ? dy / r.length : 0;
    r.resolution = ldexp(size, -51);
    return r;
}

typedef struct stretch {
    double from, to; /* from > to: none */
} stretch;

static void join(const smap__ruler *r, double from, double to, stretch *s) {
    from = fmax(from, 0);
    to = fmin(to, r->length);
    if (!(from <= to)) return;
    s->from = fmin(s->from, from);
    s->to = fmax(s->to, to);
}

static double along(const smap__ruler *r, double x, double y) {
    return (x - r->line.ax) * r->ux + (y - r->line.ay) * r->uy;
}

/* ---- what they have in common ---- */

static void touch(const smap__ruler *r, double distance2, double at, stretch *s) {
    at = fmin(fmax(at, 0), r->length);
    if (distance2 <= r->resolution * r->resolution) join(r, at, at, s);
}

static void meet(const smap__ruler *r, const smap__zone_edge *e, stretch *s) {
    const smap__zone_edge *l = &r->line;
    double a = (e->ax - l->ax) * r->uy - (e->ay - l->ay) * r->ux, b = (e->bx - l->ax) * r->uy - (e->by - l->ay) * r->ux;
    double near = 4 * r->resolution;
    if ((a > near && b > near) || (a < -near && b < -near)) return;
    touch(r, smap__zone_distance2(l, e->ax, e->ay), along(r, e->ax, e->ay), s);
    touch(r, smap__zone_distance2(l, e->bx, e->by), along(r, e->bx, e->by), s);
    touch(r, smap__zone_distance2(e, l->ax, l->ay), 0, s);
    touch(r, smap__zone_distance2(e, l->bx, l->by), r->length, s);
    double from_a = smap__orient(l->ax, l->ay, l->bx, l->by, e->ax, e->ay);
    double from_b = smap__orient(l->ax, l->ay, l->bx, l->by, e->bx, e->by);
    if (!(from_a < 0 && from_b > 0) && !(from_a > 0 && from_b < 0)) return;
    double at_a = smap__orient(e->ax, e->ay, e->bx, e->by, l->ax, l->ay);
    double at_b = smap__orient(e->ax, e->ay, e->bx, e->by, l->bx, l->by);
    if (!(at_a < 0 && at_b > 0) && !(at_a > 0 && at_b < 0)) return;
    double at = r->length * (at_a / (at_a - at_b));
    join(r, at, at, s);
}

/* ---- what is within a distance ---- */

/* A segment with all that is near it is two discs and the rectangle between them. */
static void join_disc(const smap__ruler *r, double x, double y, double reach, stretch *s) {
    double off = fabs((x - r->line.ax) * r->uy - (y - r->line.ay) * r->ux), at = along(r, x, y);
    if (!(off <= reach)) return;
    double half = sqrt(reach - off) * sqrt(reach + off);
    join(r, at - half, at + half, s);
}

static void join_rectangle(const smap__ruler *r, const smap__zone_edge *e, double reach, stretch *s) {
    double dx = e->bx - e->ax, dy = e->by - e->ay, length = hypot(dx, dy), from = 0, to = r->length;
    if (!(length > 0)) return;
    dx /= length;
    dy /= length;
    double x = r->line.ax - e->ax, y = r->line.ay - e->ay;
    smap__segment_clip(x * dx + y * dy, r->ux * dx + r->uy * dy, 0, length, &from, &to);
    smap__segment_clip(x * dy - y * dx, r->ux * dy - r->uy * dx, -reach, reach, &from, &to);
    join(r, from, to, s);
}

/* A place at exactly that distance, which rounding has lost. */
static void join_nearest(const smap__ruler *r, const smap__zone_edge *e, double reach, stretch *s) {
    const smap__zone_edge *l = &r->line;
    const double distance2[] = { smap__zone_distance2(l, e->ax, e->ay), smap__zone_distance2(l, e->bx, e->by),
                                 smap__zone_distance2(e, l->ax, l->ay), smap__zone_distance2(e, l->bx, l->by) };
    const double at[] = { along(r, e->ax, e->ay), along(r, e->bx, e->by), 0, r->length };
    int best = 0;
    for (int k = 1; k < 4; k++)
        if (distance2[k] < distance2[best]) best = k;
    double place = fmin(fmax(at[best], 0), r->length);
    if (sqrt(distance2[best]) <= reach + r->resolution) join(r, place, place, s);
}

bool smap__ruler_stretch(const smap__ruler *ruler, const smap__zone_edge *other, double reach, double *from,
                         double *to) {
    stretch s = { HUGE_VAL, -HUGE_VAL };
    if (reach <= 4 * ruler->resolution) {
        meet(ruler, other, &s);
    } else {
        join_disc(ruler, other->ax, other->ay, reach, &s);
        join_disc(ruler, other->bx, other->by, reach, &s);
        join_rectangle(ruler, other, reach, &s);
        if (s.from > s.to) join_nearest(ruler, other, reach, &s);
    }
    *from = s.from;
    *to = s.to;
    return s.from <= s.to;
}
