#include "draw/aside_line.h"

#include <math.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "geo/segment.h"
#include "sheet/compose.h"

enum { RUN = 16, BUNCH = 16 };       /* segments under one box; such boxes under a wide one */
static const double STRAIGHT = 1e-6; /* sine of a turn that is none */
static const double MITRE = 0.5;     /* 1 + cosine of the sharpest turn that is mitred: twice the distance */
static const double ARC_STEP = 0.12; /* radians of a chord of a rounded corner */
static const double SLACK = 1e-4;    /* of the distance: what is moved lies on the border of what takes away */
static const double TOUCH = 0.05;    /* of the distance: pieces so near belong together */

typedef struct segment {
    double ax, ay, bx, by;
} segment;

typedef struct segments {
    segment *item;
    size_t count, capacity;
} segments;

typedef struct stretch { /* of a moved segment, 0 to 1 */
    double from, to;
} stretch;

typedef struct moving {
    double aside, distance; /* with its sign; without */
    segments line, moved, kept;
    smap_box *box, *wide; /* of each run of the line, of each bunch of runs */
    size_t boxes, box_capacity, wide_capacity;
    stretch *taken;
    size_t takens, taken_capacity;
    bool ring, failed;
} moving;

static void add(moving *m, segments *to, double ax, double ay, double bx, double by) {
    if (ax == bx && ay == by) return;
    if (!smap__grow(&to->item, &to->capacity, to->count + 1, sizeof *to->item))
        m->failed = true;
    else
        to->item[to->count++] = (segment){ ax, ay, bx, by };
}

/* ---- segments with their corners --------------------------------------------------------------------------------- */

static void take_line(moving *m, const double *x, const double *y, size_t n) {
    size_t last = 0;
    for (size_t i = 1; i < n; i++) {
        if (x[i] == x[last] && y[i] == y[last]) continue;
        add(m, &m->line, x[last], y[last], x[i], y[i]);
        last = i;
    }
    m->ring = m->line.count > 2 && x[0] == x[last] && y[0] == y[last];
}

typedef struct side {
    double x, y, length; /* from the segment to its moved one; of the segment */
} side;

static side side_of(const moving *m, const segment *s) {
    double dx = s->bx - s->ax, dy = s->by - s->ay, length = hypot(dx, dy);
    return (side){ dy / length * m->aside, -dx / length * m->aside, length };
}

/* Chords that touch the circle about (x, y), from p + a to p + b; the last point is left to the caller. */
static void round_corner(moving *m, double x, double y, side a, double angle, double *at_x, double *at_y) {
    int chords = (int)ceil(fabs(angle) / ARC_STEP);
    double step = angle / chords, out = 1 / cos(step / 2);
    for (int i = 0; i < chords; i++) {
        double turn = (i + 0.5) * step, c = cos(turn) * out, s = sin(turn) * out;
        double to_x = x + a.x * c - a.y * s, to_y = y + a.x * s + a.y * c;
        add(m, &m->moved, *at_x, *at_y, to_x, to_y);
        *at_x = to_x, *at_y = to_y;
    }
}

/* On from the moved segment that has come to *at_x, *at_y, around the corner (x, y). */
static void turn_corner(moving *m, double x, double y, side a, side b, double *at_x, double *at_y) {
    double area = m->distance * m->distance, cosine = (a.x * b.x + a.y * b.y) / area,
           sine = (a.x * b.y - a.y * b.x) / area, shorter = fmin(a.length, b.length);
    bool outer = sine * m->aside > 0 || (fabs(sine) < STRAIGHT && cosine < 0);
    double from_x = *at_x, from_y = *at_y;
    bool meet =
        outer ? 1 + cosine >= MITRE && shorter >= m->distance : m->distance * fabs(sine) <= shorter * (1 + cosine);
    if (fabs(sine) < STRAIGHT && cosine > 0) {
        *at_x = x + b.x, *at_y = y + b.y;
        add(m, &m->moved, from_x, from_y, *at_x, *at_y);
    } else if (meet) {
        *at_x = x + (a.x + b.x) / (1 + cosine), *at_y = y + (a.y + b.y) / (1 + cosine);
        add(m, &m->moved, from_x, from_y, *at_x, *at_y);
    } else if (outer) {
        double angle = atan2(sine, cosine), whole = 2 * acos(-1);
        if (angle * m->aside < 0) angle += m->aside > 0 ? whole : -whole; /* a turn right back */
        *at_x = x + a.x, *at_y = y + a.y;
        add(m, &m->moved, from_x, from_y, *at_x, *at_y);
        round_corner(m, x, y, a, angle, at_x, at_y);
        add(m, &m->moved, *at_x, *at_y, x + b.x, y + b.y);
        *at_x = x + b.x, *at_y = y + b.y;
    } else {
        add(m, &m->moved, from_x, from_y, x + a.x, y + a.y);
        *at_x = x + b.x, *at_y = y + b.y;
    }
}

static void move(moving *m) {
    const segments *l = &m->line;
    side first = side_of(m, &l->item[0]), a = m->ring ? side_of(m, &l->item[l->count - 1]) : first;
    double x = l->item[0].ax + a.x, y = l->item[0].ay + a.y;
    if (m->ring) { /* only to know where the first segment begins */
        turn_corner(m, l->item[0].ax, l->item[0].ay, a, first, &x, &y);
        m->moved.count = 0;
        a = first;
    }
    for (size_t i = 0; i + 1 < l->count && !m->failed; i++) {
        side b = side_of(m, &l->item[i + 1]);
        turn_corner(m, l->item[i].bx, l->item[i].by, a, b, &x, &y);
        a = b;
    }
    const segment *last = &l->item[l->count - 1];
    if (m->ring)
        turn_corner(m, last->bx, last->by, a, first, &x, &y);
    else
        add(m, &m->moved, x, y, last->bx + a.x, last->by + a.y);
}

/* ---- what comes too near ----------------------------------------------------------------------------------------- */

static void widen_box(smap_box *b, double x, double y) {
    b->xmin = fmin(b->xmin, x), b->xmax = fmax(b->xmax, x);
    b->ymin = fmin(b->ymin, y), b->ymax = fmax(b->ymax, y);
}

static void make_boxes(moving *m) {
    size_t runs = (m->line.count + RUN - 1) / RUN;
    if (!smap__grow(&m->box, &m->box_capacity, runs + 1, sizeof *m->box) ||
        !smap__grow(&m->wide, &m->wide_capacity, runs / BUNCH + 1, sizeof *m->wide)) {
        m->failed = true;
        return;
    }
    for (size_t i = 0; i < m->line.count; i++) {
        const segment *s = &m->line.item[i];
        smap_box *both[] = { &m->box[i / RUN], &m->wide[i / RUN / BUNCH] };
        if (i % RUN == 0) *both[0] = SMAP_BOX_EMPTY;
        if (i % (RUN * BUNCH) == 0) *both[1] = SMAP_BOX_EMPTY;
        for (int k = 0; k < 2; k++) {
            widen_box(both[k], s->ax, s->ay);
            widen_box(both[k], s->bx, s->by);
        }
    }
    m->boxes = runs;
}

static bool is_far(const smap_box *b, const segment *s, double reach) {
    return fmin(s->ax, s->bx) > b->xmax + reach || fmax(s->ax, s->bx) < b->xmin - reach ||
           fmin(s->ay, s->by) > b->ymax + reach || fmax(s->ay, s->by) < b->ymin - reach;
}

static void widen(stretch *all, double from, double to) {
    if (!(from < to)) return;
    all->from = fmin(all->from, from);
    all->to = fmax(all->to, to);
}

/* The stretch of s within `reach` of the point (x, y). */
static void near_point(const segment *s, double x, double y, double reach, stretch *all) {
    double dx = s->bx - s->ax, dy = s->by - s->ay, px = s->ax - x, py = s->ay - y;
    double a = dx * dx + dy * dy, b = px * dx + py * dy, c = px * px + py * py - reach * reach;
    double root = b * b - a * c;
    if (a > 0 && root > 0) widen(all, fmax(0, (-b - sqrt(root)) / a), fmin(1, (-b + sqrt(root)) / a));
}

/* The stretch of s within `reach` of the segment t. */
static stretch near_segment(const segment *s, const segment *t, double reach) {
    stretch all = { HUGE_VAL, -HUGE_VAL };
    double ex = t->bx - t->ax, ey = t->by - t->ay, length = hypot(ex, ey), from = 0, to = 1;
    double px = s->ax - t->ax, py = s->ay - t->ay, dx = s->bx - s->ax, dy = s->by - s->ay;
    near_point(s, t->ax, t->ay, reach, &all);
    near_point(s, t->bx, t->by, reach, &all);
    ex /= length, ey /= length;
    smap__segment_clip(px * ex + py * ey, dx * ex + dy * ey, 0, length, &from, &to);
    smap__segment_clip(px * ey - py * ex, dx * ey - dy * ex, -reach, reach, &from, &to);
    widen(&all, from, to);
    return all;
}

static int by_from(const void *a, const void *b) {
    const stretch *p = a, *q = b;
    return p->from != q->from ? (p->from > q->from) - (p->from < q->from) : (p->to > q->to) - (p->to < q->to);
}

static void keep(moving *m, const segment *s, double from, double to) {
    double dx = s->bx - s->ax, dy = s->by - s->ay;
    if (from < to) add(m, &m->kept, s->ax + from * dx, s->ay + from * dy, s->ax + to * dx, s->ay + to * dy);
}

/* What the segments of a run take of s. */
static void take_run(moving *m, const segment *s, size_t run, double reach) {
    for (size_t i = run * RUN; i < m->line.count && i < (run + 1) * RUN; i++) {
        stretch near = near_segment(s, &m->line.item[i], reach);
        if (near.from >= near.to) continue;
        if (!smap__grow(&m->taken, &m->taken_capacity, m->takens + 1, sizeof *m->taken)) {
            m->failed = true;
            return;
        }
        m->taken[m->takens++] = near;
    }
}

static void keep_far(moving *m, const segment *s) {
    double reach = m->distance * (1 - SLACK), at = 0;
    m->takens = 0;
    for (size_t r = 0; r < m->boxes && !m->failed; r++) {
        if (r % BUNCH == 0 && is_far(&m->wide[r / BUNCH], s, reach))
            r += BUNCH - 1;
        else if (!is_far(&m->box[r], s, reach))
            take_run(m, s, r, reach);
    }
    if (m->takens > 1) qsort(m->taken, m->takens, sizeof *m->taken, by_from);
    for (size_t i = 0; i < m->takens; i++) {
        keep(m, s, at, m->taken[i].from);
        at = fmax(at, m->taken[i].to);
    }
    keep(m, s, at, 1);
}

/* ---- pieces to lines --------------------------------------------------------------------------------------------- */

static bool meet(const moving *m, const segment *a, const segment *b) {
    return hypot(b->ax - a->bx, b->ay - a->by) <= TOUCH * m->distance;
}

static void begin_line(smap__aside_line *out) {
    if (!smap__grow(&out->begin, &out->begin_capacity, out->lines + 2, sizeof *out->begin) ||
        !smap__grow(&out->kind, &out->kind_capacity, out->lines + 1, sizeof *out->kind)) {
        out->failed = true;
        return;
    }
    out->kind[out->lines] = SMAP__PATH_LINE;
    out->begin[out->lines++] = (uint32_t)out->at.count;
}

/* From piece `first` on, all around a ring. Where two pieces were cut, they meet half way. */
static void join(const moving *m, size_t first, bool whole, smap__aside_line *out) {
    const segments *k = &m->kept;
    for (size_t i = 0; i < k->count && !out->failed; i++) {
        const segment *s = &k->item[(first + i) % k->count], *before = &k->item[(first + i + k->count - 1) % k->count];
        bool goes_on = meet(m, before, s);
        if (i == 0 || !goes_on) begin_line(out);
        if (i > 0 && goes_on) out->at.count--;
        bool half_way = goes_on && (i > 0 || whole);
        smap__outline_put(&out->at, half_way ? (before->bx + s->ax) / 2 : s->ax,
                          half_way ? (before->by + s->ay) / 2 : s->ay);
        smap__outline_put(&out->at, s->bx, s->by);
    }
    if (whole && !out->failed && !out->at.failed) {
        out->at.x[out->at.count - 1] = out->at.x[0], out->at.y[out->at.count - 1] = out->at.y[0];
        out->kind[0] = SMAP__PATH_SHELL;
    }
}

static void join_all(const moving *m, smap__aside_line *out) {
    const segments *k = &m->kept;
    size_t first = 0;
    while (m->ring && first < k->count && meet(m, &k->item[(first + k->count - 1) % k->count], &k->item[first]))
        first++;
    bool whole = m->ring && first == k->count && k->count > 2;
    if (first == k->count) first = 0;
    if (k->count == 0) return;
    join(m, first, whole, out);
    out->failed = out->failed || out->at.failed;
    if (!out->failed) out->begin[out->lines] = (uint32_t)out->at.count;
}

void smap__aside_line_make(const double *x, const double *y, size_t n, double aside, smap__aside_line *out) {
    moving m = { .aside = aside, .distance = fabs(aside) };
    take_line(&m, x, y, n);
    if (!m.failed && m.line.count > 0) {
        move(&m);
        make_boxes(&m);
        for (size_t i = 0; i < m.moved.count && !m.failed; i++) keep_far(&m, &m.moved.item[i]);
    }
    out->failed = m.failed;
    if (!m.failed) join_all(&m, out);
    if (out->failed) out->lines = 0;
    smap__free(m.line.item);
    smap__free(m.moved.item);
    smap__free(m.kept.item);
    smap__free(m.box);
    smap__free(m.wide);
    smap__free(m.taken);
}

void smap__aside_line_release(smap__aside_line *line) {
    smap__outline_release(&line->at);
    smap__free(line->begin);
    smap__free(line->kind);
    *line = (smap__aside_line){ 0 };
}
