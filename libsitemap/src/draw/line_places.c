#include "draw/line_places.h"

#include <math.h>

#include "base/alloc.h"
#include "geo/angle.h"

enum { ALONG = 11 }; /* places tried along a stretch */

static const double ALONG_COST = 0.25, BELOW_COST = 0.12, ON_COST = 0.2; /* away from the middle; below, on the line */
static const double CROOKED_COST = 0.3; /* of a straight text on a line as crooked as may be */
static const double OVER_THE_END_COST = 0.3;
static const double CROOKED = 0.6;              /* of a text's height: a straight text may be so far from its line */
static const double CLOSER = 0.72, WIDER = 1.5; /* letters may move so much together and apart */
static const double WINDOW = 0.6; /* of a text's height: a letter's direction is that of the line on both sides */

/* A line with the way to each of its corners. */
typedef struct course {
    const double *x, *y;
    double *way;
    size_t n;
} course;

typedef struct pose {
    double x, y, angle;
} pose;

double smap__line_length(const double *x, const double *y, size_t n) {
    double length = 0;
    for (size_t i = 0; i + 1 < n; i++) length += hypot(x[i + 1] - x[i], y[i + 1] - y[i]);
    return length;
}

/* The point at a way along the line; beyond its ends the line goes on straight. */
static void point_at(const course *c, double way, double *x, double *y) {
    size_t low = 0, high = c->n - 1;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (c->way[middle] <= way)
            low = middle;
        else
            high = middle;
    }
    double step = c->way[high] - c->way[low], t = step > 0 ? (way - c->way[low]) / step : 0;
    *x = c->x[low] + t * (c->x[high] - c->x[low]);
    *y = c->y[low] + t * (c->y[high] - c->y[low]);
}

static double turn_between(double a, double b) {
    return fabs(remainder(a - b, 2 * SMAP__PI));
}

/* Where the middle of a text of a length stands, how it is turned, and how far the line leaves it (`off`): never
 * upside down. */
static pose chord_at(const course *c, double way, double length, double *off) {
    double ax, ay, bx, by;
    point_at(c, way - length / 2, &ax, &ay);
    point_at(c, way + length / 2, &bx, &by);
    pose p = { (ax + bx) / 2, (ay + by) / 2, atan2(by - ay, bx - ax) };
    double half = SMAP__PI / 2, nx = -sin(p.angle), ny = cos(p.angle);
    *off = 0;
    for (size_t i = 0; i < c->n; i++)
        if (fabs(c->way[i] - way) < length / 2) *off = fmax(*off, fabs((c->x[i] - p.x) * nx + (c->y[i] - p.y) * ny));
    if (p.angle >= half) /* what is upright is read from below */
        p.angle -= 2 * half;
    else if (p.angle < -half)
        p.angle += 2 * half;
    return p;
}

static void add_straight(smap__label_places *p, const smap__room *room, const smap__line_ask *a, const course *c,
                         double way, double below, double cost) {
    double crooked, whole = c->way[c->n - 1];
    pose at = chord_at(c, way, fmin(a->w, whole), &crooked);
    if (whole < a->w) cost += OVER_THE_END_COST;
    if (crooked > CROOKED * a->h) return;
    smap__label_spot spot = { .x = at.x - sin(at.angle) * below,
                              .y = at.y + cos(at.angle) * below,
                              .angle_deg = smap__degrees(at.angle) };
    smap__label_box box = { spot.x, spot.y, a->w, a->h, spot.angle_deg };
    smap__label_places_add(p, room, &box, 1, cost + CROOKED_COST * crooked / (CROOKED * a->h), a->most_cover, &spot);
}

/* Is a text around this way read against the direction of the line? */
static bool is_backwards(const course *c, double way, double length) {
    double ax, ay, bx, by;
    point_at(c, way - length / 2, &ax, &ay);
    point_at(c, way + length / 2, &bx, &by);
    return bx < ax || (bx == ax && by > ay); /* what is upright is read from below */
}

/* Letters that stand too close, too far apart or too turned against each other cannot be read. */
static bool is_legible(const smap__line_ask *a, const smap__label_box *box) {
    for (int i = 0; i + 1 < a->spans; i++) {
        double wide = a->span[i + 1].x + a->span[i + 1].w / 2 - a->span[i].x - a->span[i].w / 2;
        double is = hypot(box[i + 1].x - box[i].x, box[i + 1].y - box[i].y);
        double turn = smap__degrees(turn_between(smap__radians(box[i].angle_deg), smap__radians(box[i + 1].angle_deg)));
        if (turn > a->max_turn_deg || is < CLOSER * wide || is > WIDER * wide) return false;
    }
    return true;
}

static void add_bent(smap__label_places *p, const smap__room *room, const smap__line_ask *a, const course *c,
                     double way, double below, double cost, smap__label_box *box) {
    double text = a->span[a->spans - 1].x + a->span[a->spans - 1].w;
    bool backwards = is_backwards(c, way, text);
    if (way < text / 2 || way > c->way[c->n - 1] - text / 2) return;
    for (int i = 0; i < a->spans; i++) {
        double ax, ay, bx, by, x, y, along = a->span[i].x + a->span[i].w / 2 - text / 2;
        double at = backwards ? way - along : way + along, around = fmax(a->span[i].w / 2, WINDOW * a->h);
        point_at(c, at, &x, &y);
        point_at(c, fmax(at - around, 0), &ax, &ay);
        point_at(c, fmin(at + around, c->way[c->n - 1]), &bx, &by);
        double angle = atan2(by - ay, bx - ax) + (backwards ? SMAP__PI : 0);
        box[i] = (smap__label_box){ x - sin(angle) * below, y + cos(angle) * below, a->span[i].w, a->h,
                                    smap__degrees(remainder(angle, 2 * SMAP__PI)) };
    }
    if (!is_legible(a, box)) return;
    smap__label_spot spot = { .bent = true };
    smap__label_places_add(p, room, box, (uint32_t)a->spans, cost, a->most_cover, &spot);
}

static void add_at(smap__label_places *p, const smap__room *room, const smap__line_ask *a, const course *c, double way,
                   double cost, smap__label_box *box) {
    double beside = a->away + a->h / 2;
    struct {
        double below, cost;
    } side[] = { { -beside, 0 }, { beside, BELOW_COST }, { 0, ON_COST } };
    int sides = 3;
    if (a->offset_given) {
        side[0].below = -a->offset;
        sides = 1;
    }
    for (int i = 0; i < sides; i++) {
        if (a->spans)
            add_bent(p, room, a, c, way, side[i].below, cost + side[i].cost, box);
        else
            add_straight(p, room, a, c, way, side[i].below, cost + side[i].cost);
    }
}

static void add_along(smap__label_places *p, const smap__room *room, const smap__line_ask *a, const course *c,
                      smap__label_box *box) {
    double middle = (a->from + a->to) / 2, slack = fmax((a->to - a->from - a->w) / 2, 0);
    add_at(p, room, a, c, middle, 0, box);
    for (int i = 1; i <= ALONG / 2 && slack > 0; i++) {
        double far = slack * i / (double)(ALONG / 2), cost = ALONG_COST * far / slack;
        add_at(p, room, a, c, middle - far, cost, box);
        add_at(p, room, a, c, middle + far, cost, box);
    }
}

void smap__label_places_on_line(smap__label_places *p, const smap__room *room, const smap__line_ask *ask,
                                const double *x, const double *y, size_t n) {
    size_t before = p->places;
    course c = { x, y, smap__alloc((n + 1) * sizeof *c.way), n };
    smap__label_box *box = smap__alloc(((size_t)ask->spans + 1) * sizeof *box);
    if (!c.way || !box) {
        p->failed = true;
    } else if (n >= 2) {
        c.way[0] = 0;
        for (size_t i = 1; i < n; i++) c.way[i] = c.way[i - 1] + hypot(x[i] - x[i - 1], y[i] - y[i - 1]);
        add_along(p, room, ask, &c, box);
        smap__line_ask straight = *ask;
        straight.spans = 0;
        if (ask->spans && p->places == before) add_along(p, room, &straight, &c, box);
    }
    smap__free(c.way);
    smap__free(box);
}
