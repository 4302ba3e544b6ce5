/* Places inside an area: where three level lines through the text, at its top, middle and foot, all lie inside. */
#include <math.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "draw/label_places.h"
#include "geo/angle.h"

enum {
    LEVELS = 32,      /* level lines tried, at most */
    MOST_PLACES = 24, /* of an area */
    MOST_GAPS = 64    /* stretches of a level line that lie inside; more are of areas too torn for a label */
};
static const double FAR_COST = 0.5;     /* of a place at the border, against one in the middle of the area */
static const double HALF_IN_COST = 0.3; /* of a text that hardly fits */
static const double TURNED_COST = 0.12;
static const double SLENDER = 2; /* areas longer than that against their width have an axis */

/* The area in coordinates in which the text is level. */
typedef struct area {
    double *x, *y;
    const uint32_t *begin;
    uint32_t rings;
    double x0, y0, x1, y1;
} area;

typedef struct stretch {
    double from, to;
} stretch;

static int by_value(const void *a, const void *b) {
    double p = *(const double *)a, q = *(const double *)b;
    return p < q ? -1 : p > q;
}

/* The stretches of a level line inside the area. */
static int cut_level(const area *a, double y, stretch *out) {
    double at[2 * MOST_GAPS];
    int n = 0;
    for (uint32_t r = 0; r < a->rings; r++) {
        uint32_t i = a->begin[r] - a->begin[0], end = a->begin[r + 1] - a->begin[0];
        for (; i + 1 < end && n < 2 * MOST_GAPS; i++) {
            if ((a->y[i] <= y) == (a->y[i + 1] <= y)) continue;
            at[n++] = a->x[i] + (y - a->y[i]) / (a->y[i + 1] - a->y[i]) * (a->x[i + 1] - a->x[i]);
        }
    }
    if (n == 2 * MOST_GAPS) return 0;
    qsort(at, (size_t)n, sizeof *at, by_value);
    for (int i = 0; i + 1 < n; i += 2) out[i / 2] = (stretch){ at[i], at[i + 1] };
    return n / 2;
}

static int meet(const stretch *a, int as, const stretch *b, int bs, stretch *out) {
    int n = 0;
    for (int i = 0, k = 0; i < as && k < bs; a[i].to < b[k].to ? i++ : k++) {
        stretch s = { fmax(a[i].from, b[k].from), fmin(a[i].to, b[k].to) };
        if (s.to > s.from && n < MOST_GAPS) out[n++] = s;
    }
    return n;
}

/* Turn all corners by -angle about the origin; false when memory runs out. */
static bool level_area(const double *x, const double *y, const uint32_t *begin, uint32_t rings, double angle,
                       area *out) {
    uint32_t first = begin[0], n = begin[rings] - first;
    double c = cos(angle), s = sin(angle);
    *out = (area){ .begin = begin, .rings = rings, .x0 = HUGE_VAL, .y0 = HUGE_VAL, .x1 = -HUGE_VAL, .y1 = -HUGE_VAL };
    out->x = smap__alloc(((size_t)n + 1) * sizeof *out->x);
    out->y = smap__alloc(((size_t)n + 1) * sizeof *out->y);
    if (!out->x || !out->y) return false;
    for (uint32_t i = 0; i < n; i++) {
        out->x[i] = x[first + i] * c + y[first + i] * s;
        out->y[i] = y[first + i] * c - x[first + i] * s;
        out->x0 = fmin(out->x0, out->x[i]), out->x1 = fmax(out->x1, out->x[i]);
        out->y0 = fmin(out->y0, out->y[i]), out->y1 = fmax(out->y1, out->y[i]);
    }
    return true;
}

typedef struct candidate {
    double x, y, cost;
} candidate;

typedef struct candidates {
    candidate item[MOST_PLACES];
    int count;
} candidates;

/* The cheapest ones are kept, in order. */
static void keep(candidates *list, candidate c) {
    int at = list->count < MOST_PLACES ? list->count++ : MOST_PLACES;
    for (; at > 0 && list->item[at - 1].cost > c.cost; at--)
        if (at < MOST_PLACES) list->item[at] = list->item[at - 1];
    if (at < MOST_PLACES) list->item[at] = c;
}

/* Texts in one stretch: in its middle, and where it is long, towards both ends and below the wish. */
static void keep_in_stretch(candidates *list, const area *a, const smap__label_ask *ask, double ax, double ay, double y,
                            stretch s) {
    double room = s.to - s.from, inside = room / ask->w, size = hypot(a->x1 - a->x0, a->y1 - a->y0);
    if (inside < ask->fit) return;
    double slack = fmax(room - ask->w, 0) / 2, middle = (s.from + s.to) / 2;
    double tight = inside < 1 ? HALF_IN_COST * (1 - inside) / fmax(1 - ask->fit, 0.01) : 0;
    double wished = fmax(middle - slack, fmin(middle + slack, ax));
    double at[] = { middle, wished, middle - slack / 2, middle + slack / 2 };
    for (int i = 0; i < 4; i++) {
        if (i && slack < ask->h / 2) break;
        double edge = slack > 0 ? fabs(at[i] - middle) / slack : 0;
        keep(list, (candidate){ at[i], y, tight + FAR_COST * hypot(at[i] - ax, y - ay) / size + 0.05 * edge });
    }
}

static void find_in_level(candidates *list, const area *a, const smap__label_ask *ask, double ax, double ay) {
    stretch top[MOST_GAPS], middle[MOST_GAPS], foot[MOST_GAPS], both[MOST_GAPS], all[MOST_GAPS];
    double half = ask->h / 2, height = a->y1 - a->y0;
    int levels = (int)fmin(LEVELS, fmax(1, ceil(2 * height / ask->h)));
    for (int i = 0; i <= levels; i++) {
        double y = i == levels ? ay : a->y0 + (i + 0.5) * height / levels; /* and that of the point well inside */
        int m = cut_level(a, y, middle);
        int n = meet(middle, m, top, cut_level(a, y - half, top), both);
        n = meet(both, n, foot, cut_level(a, y + half, foot), all);
        for (int k = 0; k < n; k++) keep_in_stretch(list, a, ask, ax, ay, y, all[k]);
    }
}

static void add_at_angle(smap__label_places *p, const smap__room *room, const smap__label_ask *ask, const double *x,
                         const double *y, const uint32_t *begin, uint32_t rings, double angle, double cost) {
    area a;
    candidates list = { .count = 0 };
    double c = cos(angle), s = sin(angle);
    if (level_area(x, y, begin, rings, angle, &a))
        find_in_level(&list, &a, ask, ask->x * c + ask->y * s, ask->y * c - ask->x * s);
    else
        p->failed = true;
    smap__free(a.x);
    smap__free(a.y);
    for (int i = 0; i < list.count; i++) {
        const candidate *at = &list.item[i];
        smap__label_spot spot = { .x = at->x * c - at->y * s,
                                  .y = at->x * s + at->y * c,
                                  .angle_deg = smap__degrees(angle) };
        smap__label_box box = { spot.x, spot.y, ask->w, ask->h, spot.angle_deg };
        smap__label_places_add(p, room, &box, 1, cost + at->cost, ask->most_cover, &spot);
    }
}

/* The direction of the longest axis, -90..90 degrees in radians, by the second moments of the outline; false for an
 * area that is about as wide as long. */
static bool find_axis(const double *x, const double *y, const uint32_t *begin, double *angle) {
    double length = 0, mx = 0, my = 0, xx = 0, xy = 0, yy = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = begin[0]; i + 1 < begin[1]; i++) {
            double step = hypot(x[i + 1] - x[i], y[i + 1] - y[i]);
            double px = (x[i] + x[i + 1]) / 2, py = (y[i] + y[i + 1]) / 2, dx = px - mx, dy = py - my;
            if (pass == 0)
                length += step, mx += step * px, my += step * py;
            else
                xx += step * dx * dx, xy += step * dx * dy, yy += step * dy * dy;
        }
        if (pass == 0) mx /= length, my /= length;
    }
    double mean = (xx + yy) / 2, spread = hypot((xx - yy) / 2, xy);
    *angle = atan2(2 * xy, xx - yy) / 2;
    return length > 0 && mean + spread > SLENDER * SLENDER * (mean - spread);
}

void smap__label_places_in_area(smap__label_places *p, const smap__room *room, const smap__label_ask *ask,
                                const double *x, const double *y, const uint32_t *begin, uint32_t rings) {
    double angle;
    size_t before = p->places;
    if (rings == 0) return;
    add_at_angle(p, room, ask, x, y, begin, rings, 0, 0);
    if (ask->along_axis && find_axis(x, y, begin, &angle))
        add_at_angle(p, room, ask, x, y, begin, rings, angle, TURNED_COST);
    if (p->places > before || !ask->leader) return;
    smap__label_ask outside = *ask;
    outside.ring = NULL;
    smap__label_places_at_point(p, room, &outside);
}
