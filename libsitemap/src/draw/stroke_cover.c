#include "draw/stroke_cover.h"

#include <math.h>

#include "style/style.h"

static const float MITRE_LIMIT = 10;
static const float STRAIGHT = 1e-4F;  /* sine of a turn that needs no join */
static const float ROUNDNESS = 0.05F; /* pixels that a chord may stand off its arc */

typedef struct vector {
    float x, y;
} vector;

/* Both sides of the stroke grow along the line, the left one forwards and the right one backwards, so that together
 * they run around it. */
typedef struct stroking {
    smap__pixel_cover *cover;
    smap__stroke_shape shape;
    vector left, right; /* where they have come to */
} stroking;

static void left_to(stroking *s, float x, float y) {
    smap__pixel_cover_edge(s->cover, s->left.x, s->left.y, x, y);
    s->left = (vector){ x, y };
}

static void right_to(stroking *s, float x, float y) {
    smap__pixel_cover_edge(s->cover, x, y, s->right.x, s->right.y);
    s->right = (vector){ x, y };
}

static void side_to(stroking *s, bool left, float x, float y) {
    if (left)
        left_to(s, x, y);
    else
        right_to(s, x, y);
}

/* From p + a to p + b on the circle about p, the short way. */
static void arc_to(stroking *s, bool left, vector p, vector a, vector b) {
    float half = s->shape.half, cosine = (a.x * b.x + a.y * b.y) / (half * half);
    float angle = acosf(fmaxf(-1, fminf(1, cosine))), way = a.x * b.y - a.y * b.x < 0 ? -1.0F : 1.0F;
    float step = 2 * acosf(fmaxf(0.5F, 1 - ROUNDNESS / fmaxf(half, ROUNDNESS)));
    int chords = 1 + (int)(angle / step);
    float c = cosf(angle / (float)chords), d = way * sinf(angle / (float)chords);
    for (int i = 1; i < chords; i++) {
        a = (vector){ a.x * c - a.y * d, a.x * d + a.y * c };
        side_to(s, left, p.x + a.x, p.y + a.y);
    }
    side_to(s, left, p.x + b.x, p.y + b.y);
}

/* The outer side of a turn at p; a and b are the ends of the segments there, from p. */
static void outer_side(stroking *s, bool left, vector p, vector a, vector b, float cosine) {
    if (s->shape.join == SMAP__JOIN_ROUND) {
        side_to(s, left, p.x + a.x, p.y + a.y);
        arc_to(s, left, p, a, b);
        return;
    }
    float scale = 1 / (1 + cosine);
    if (s->shape.join == SMAP__JOIN_MITRE && 2 * scale <= MITRE_LIMIT * MITRE_LIMIT) {
        side_to(s, left, p.x + (a.x + b.x) * scale, p.y + (a.y + b.y) * scale);
        return;
    }
    side_to(s, left, p.x + a.x, p.y + a.y);
    side_to(s, left, p.x + b.x, p.y + b.y);
}

/* The inner side: where the two sides meet, if both segments are long enough for that. */
static void inner_side(stroking *s, bool left, vector p, vector a, vector b, float cosine, float shortest) {
    float half = s->shape.half;
    if (half * half * (1 - cosine) <= shortest * shortest * (1 + cosine)) {
        float scale = 1 / (1 + cosine);
        side_to(s, left, p.x + (a.x + b.x) * scale, p.y + (a.y + b.y) * scale);
        return;
    }
    side_to(s, left, p.x + a.x, p.y + a.y);
    side_to(s, left, p.x, p.y);
    side_to(s, left, p.x + b.x, p.y + b.y);
}

typedef struct segment {
    vector normal; /* to the left, half the width long */
    float length;
} segment;

/* false: the points coincide. */
static bool segment_of(const stroking *s, vector a, vector b, segment *out) {
    float dx = b.x - a.x, dy = b.y - a.y, length = sqrtf(dx * dx + dy * dy);
    if (!(length > 0)) return false;
    float scale = s->shape.half / length;
    *out = (segment){ { -dy * scale, dx * scale }, length };
    return true;
}

static void join(stroking *s, vector p, const segment *a, const segment *b) {
    float area = s->shape.half * s->shape.half;
    float sine = (a->normal.x * b->normal.y - a->normal.y * b->normal.x) / area;
    float cosine = (a->normal.x * b->normal.x + a->normal.y * b->normal.y) / area;
    vector l0 = a->normal, l1 = b->normal, r0 = { -l0.x, -l0.y }, r1 = { -l1.x, -l1.y };
    float shortest = fminf(a->length, b->length);
    if (fabsf(sine) < STRAIGHT && cosine > 0) {
        left_to(s, p.x + l1.x, p.y + l1.y);
        right_to(s, p.x + r1.x, p.y + r1.y);
    } else if (sine > 0) {
        inner_side(s, true, p, l0, l1, cosine, shortest);
        outer_side(s, false, p, r0, r1, cosine);
    } else {
        outer_side(s, true, p, l0, l1, cosine);
        inner_side(s, false, p, r0, r1, cosine, shortest);
    }
}

/* Around the end at p, from the right side to the left one where the line begins (`way` -1) and back where it ends
 * (1). */
static void put_cap(stroking *s, vector p, vector normal, float way) {
    vector ahead = { normal.y * way, -normal.x * way };
    bool begins = way < 0;
    if (s->shape.cap == SMAP__CAP_SQUARE) p = (vector){ p.x + ahead.x, p.y + ahead.y };
    vector l = { p.x + normal.x, p.y + normal.y }, r = { p.x - normal.x, p.y - normal.y };
    if (begins) {
        s->left = s->right = r;
    } else {
        left_to(s, l.x, l.y);
        right_to(s, r.x, r.y);
    }
    if (s->shape.cap == SMAP__CAP_ROUND) {
        vector from = begins ? (vector){ -normal.x, -normal.y } : normal, to = { -from.x, -from.y };
        arc_to(s, true, p, from, ahead);
        arc_to(s, true, p, ahead, to);
    } else {
        left_to(s, begins ? l.x : r.x, begins ? l.y : r.y);
    }
}

static vector at(const float *x, const float *y, int i) {
    return (vector){ x[i], y[i] };
}

float smap__stroke_reach(const smap__stroke_shape *shape) {
    return shape->half * (shape->join == SMAP__JOIN_MITRE ? MITRE_LIMIT : 1.5F);
}

bool smap__stroke_is_plain(const float *x, const float *y, int n, bool closed, const smap__stroke_shape *shape) {
    float before = 0, dx = 0, dy = 0, last = 0; /* how much the corner before takes off the segment */
    int from = closed ? n - 2 : 0;
    if (from < 0) from = 0;
    for (int k = 0, i = from; k < n + (closed ? 1 : 0); k++) {
        int next = closed ? (from + 1 + k) % (n - 1) : k;
        float ex = x[next] - x[i], ey = y[next] - y[i], length = sqrtf(ex * ex + ey * ey);
        i = next;
        if (!(length > 0)) continue;
        ex /= length, ey /= length;
        float sine = fabsf(dx * ey - dy * ex), cosine = dx * ex + dy * ey;
        float trim = last > 0 ? shape->half * sine / fmaxf(1 + cosine, STRAIGHT) : 0;
        if (last > 0 && before + trim > last) return false;
        before = trim, dx = ex, dy = ey, last = length;
    }
    return true;
}

void smap__stroke_cover(smap__pixel_cover *cover, const float *x, const float *y, int n, bool closed,
                        const smap__stroke_shape *shape) {
    stroking s = { .cover = cover, .shape = *shape };
    segment last = { { 0, 0 }, 0 }, now;
    vector from = at(x, y, 0);
    for (int i = n - 1; closed && i > 0 && last.length <= 0; i--) /* the one that ends where the first one begins */
        if (!segment_of(&s, at(x, y, i - 1), from, &last)) last.length = 0;
    segment back = last;
    bool begun = false;
    if (closed && last.length > 0) {
        s.left = (vector){ from.x + last.normal.x, from.y + last.normal.y };
        s.right = (vector){ from.x - last.normal.x, from.y - last.normal.y };
        begun = true;
    }
    for (int i = 1; i < n; i++) {
        if (!segment_of(&s, from, at(x, y, i), &now)) continue;
        if (begun)
            join(&s, from, &last, &now);
        else
            put_cap(&s, from, now.normal, -1);
        begun = true;
        last = now;
        from = at(x, y, i);
    }
    if (closed && back.length > 0) {
        left_to(&s, from.x + back.normal.x, from.y + back.normal.y);
        right_to(&s, from.x - back.normal.x, from.y - back.normal.y);
    } else if (begun) {
        put_cap(&s, from, last.normal, 1);
    }
}
