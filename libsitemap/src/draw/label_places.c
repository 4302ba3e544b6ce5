#include "draw/label_places.h"

#include <math.h>

#include "base/alloc.h"
#include "geo/angle.h"

static const double LARGEST_COST = 0.99;
static const double SOFT_COST = 2, LINE_COST = 1.2; /* of a label that covers nothing else */
static const double RING_COST = 0.2;                /* of standing farther off, and again for each ring */
static const double LEADER_COST = 0.4, LONGEST_LEADER_COST = 0.4;
static const double NEAR_COST = 0.25;        /* of a text away from its own mark, and beside that of another */
static const double LEADER_COVER_COST = 0.5; /* of a leader line that runs over marks all the way */
static const double DIAGONAL = 0.70710678118654752;

void smap__label_places_release(smap__label_places *p) {
    smap__free(p->box);
    smap__free(p->place);
    smap__free(p->spot);
    *p = (smap__label_places){ 0 };
}

static bool reserve(smap__label_places *p, uint32_t boxes) {
    if (!p->failed && !(smap__grow(&p->box, &p->box_capacity, p->boxes + boxes, sizeof *p->box) &&
                        smap__grow(&p->place, &p->place_capacity, p->places + 1, sizeof *p->place) &&
                        smap__grow(&p->spot, &p->spot_capacity, p->places + 1, sizeof *p->spot)))
        p->failed = true;
    return !p->failed;
}

/* What a text, in so many boxes, covers: by the share of its area. false where it has no room. */
static bool find_cover(const smap__room *room, const smap__label_box *box, uint32_t boxes, smap__cover *out) {
    double all = 0;
    *out = (smap__cover){ 0, 0, 0 };
    for (uint32_t i = 0; i < boxes; i++) {
        smap__cover cover;
        if (!smap__room_has_place(room, &box[i], &cover)) return false;
        double area = box[i].w * box[i].h;
        all += area, out->soft += area * cover.soft;
        out->line += area * cover.line, out->near += area * cover.near;
    }
    out->soft /= all, out->line /= all, out->near /= all;
    return all > 0;
}

void smap__label_places_add(smap__label_places *p, const smap__room *room, const smap__label_box *box, uint32_t boxes,
                            double cost, double most_cover, const smap__label_spot *spot) {
    smap__cover text, leader = { 0, 0, 0 };
    uint32_t texts = spot->leader && boxes > 1 ? boxes - 1 : boxes;
    if (!find_cover(room, box, texts, &text) || text.soft > most_cover) return;
    if (texts < boxes && !find_cover(room, box + texts, boxes - texts, &leader)) return;
    if (!reserve(p, boxes)) return;
    cost += SOFT_COST * text.soft + LINE_COST * text.line + LEADER_COVER_COST * leader.soft;
    if (spot->leader && text.near > 0) cost += NEAR_COST;
    p->place[p->places] = (smap__label_place){ (uint32_t)p->boxes, boxes, fmin(cost, LARGEST_COST) };
    p->spot[p->places++] = *spot;
    for (uint32_t i = 0; i < boxes; i++) {
        p->box[p->boxes] = box[i];
        if (i < texts && !spot->bent) p->box[p->boxes].w += p->apart;
        p->boxes++;
    }
}

/* ---- around a point ---------------------------------------------------------------------------------------------- */

/* The middle of the label from the anchor: sides at 1 and -1, in between it slides along a side. y down. */
typedef struct position {
    double sx, sy, cost;
} position;

static const position around_point[] = {
    { 1, -1, 0 },      { 1, 0, 0.04 },   { 1, 1, 0.08 },     { -1, -1, 0.12 }, { -1, 0, 0.16 },    { -1, 1, 0.2 },
    { 0, -1, 0.24 },   { 0, 1, 0.28 },   { 1, -0.5, 0.06 },  { 1, 0.5, 0.1 },  { -1, -0.5, 0.18 }, { -1, 0.5, 0.22 },
    { 0.5, -1, 0.16 }, { 0.5, 1, 0.24 }, { -0.5, -1, 0.26 }, { -0.5, 1, 0.3 },
};

/* One coordinate of the middle: beside the mark (corner places sit closer than the sum of both ways, for the mark is
 * round and its corner empty), or slid along it. */
static double offset(double s, double other, double away, double size) {
    if (fabs(s) < 1) return s * size / 2;
    return s * ((fabs(other) == 1 ? away * DIAGONAL : away) + size / 2);
}

static void add_beside(smap__label_places *p, const smap__room *room, const smap__label_ask *a, double farther,
                       double cost) {
    for (size_t i = 0; i < sizeof around_point / sizeof *around_point; i++) {
        const position *at = &around_point[i];
        double sx = a->rtl ? -at->sx : at->sx, away = a->away + farther;
        smap__label_spot spot = { .x = a->x + offset(sx, at->sy, away, a->w),
                                  .y = a->y + offset(at->sy, sx, away, a->h) };
        smap__label_box box = { spot.x, spot.y, a->w, a->h, 0 };
        smap__label_places_add(p, room, &box, 1, cost + at->cost, a->most_cover, &spot);
    }
}

/* A leader line from the edge of the mark to the nearest point of the label. The label lies in the direction of the
 * line, its side or corner towards the mark. */
static void add_with_leader(smap__label_places *p, const smap__room *room, const smap__label_ask *a, double far,
                            double angle, double cost) {
    double ux = cos(angle), uy = sin(angle), out = a->away + far;
    double x = a->x + ux * out + fmax(-1, fmin(1, 2 * ux)) * a->w / 2;
    double y = a->y + uy * out + fmax(-1, fmin(1, 2 * uy)) * a->h / 2;
    double ex = fmax(x - a->w / 2, fmin(x + a->w / 2, a->x)), ey = fmax(y - a->h / 2, fmin(y + a->h / 2, a->y));
    double length = hypot(ex - a->x, ey - a->y), from = a->mark / 2;
    if (!(length > from + a->leader_width)) return;
    double vx = (ex - a->x) / length, vy = (ey - a->y) / length;
    smap__label_spot spot = {
        .x = x, .y = y, .leader = true, .leader_x = { a->x + vx * from, ex }, .leader_y = { a->y + vy * from, ey }
    };
    /* The mark itself is in the way of everybody: the line is asked about from its edge on. */
    double begin = a->mark > 0 ? a->mark * DIAGONAL + a->leader_width : 0, middle = (begin + length) / 2;
    smap__label_box box[] = { { x, y, a->w, a->h, 0 },
                              { a->x + vx * middle, a->y + vy * middle, fmax(length - begin, a->leader_width),
                                a->leader_width, smap__degrees(atan2(vy, vx)) } };
    smap__label_places_add(p, room, box, length > begin ? 2 : 1, cost, a->most_cover, &spot);
}

static void add_leaders(smap__label_places *p, const smap__room *room, const smap__label_ask *a) {
    enum { DIRECTIONS = 16 };
    double farthest = a->leaders ? a->leader[a->leaders - 1] : 0;
    for (int i = 0; i < a->leaders; i++) {
        for (int k = 0; k < DIRECTIONS; k++) {
            /* Upper right first, as beside the mark: the directions that are dearer there are dearer here. */
            double angle = (k + 0.5) * 2 * SMAP__PI / DIRECTIONS, ux = cos(angle) * (a->rtl ? -1 : 1);
            double turn = 0.06 * (1 - ux) + 0.03 * (1 + sin(angle));
            add_with_leader(p, room, a, a->leader[i], angle,
                            LEADER_COST + LONGEST_LEADER_COST * a->leader[i] / farthest + turn);
        }
    }
}

void smap__label_places_at_point(smap__label_places *p, const smap__room *room, const smap__label_ask *a) {
    static const double beside[] = { 0 };
    const double *ring = a->ring ? a->ring : beside;
    for (int i = 0; i < (a->ring ? a->rings : 1); i++)
        add_beside(p, room, a, ring[i], ring[i] > 0 ? RING_COST * (i + 1) : 0);
    if (a->leader) add_leaders(p, room, a);
}
