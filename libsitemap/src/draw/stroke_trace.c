#include "draw/stroke_trace.h"

#include <math.h>

#include "draw/aside_line.h"

static const double DEGREES = 57.29577951308232;

bool smap__stroke_is_traced(const smap__symbolizer *s) {
    return s->kind != SMAP__SYM_POINT && (s->stroke.graphic || (s->aside_px != 0 && s->stroke.on));
}

/* A place that moves along a line, forwards only. */
typedef struct walker {
    const double *x, *y;
    size_t n, at; /* on the segment from `at` */
    double begin; /* the way to that segment */
    double length;
} walker;

static double step_of(const walker *w) {
    return hypot(w->x[w->at + 1] - w->x[w->at], w->y[w->at + 1] - w->y[w->at]);
}

/* false: the line is not so long; the place is its end then. */
static bool walk_to(walker *w, double way, double *x, double *y) {
    double step = step_of(w);
    while (way > w->begin + step && w->at + 2 < w->n) {
        w->begin += step;
        w->at++;
        step = step_of(w);
    }
    double share = step > 0 ? fmax(0, fmin(1, (way - w->begin) / step)) : 0;
    *x = w->x[w->at] + share * (w->x[w->at + 1] - w->x[w->at]);
    *y = w->y[w->at] + share * (w->y[w->at + 1] - w->y[w->at]);
    return way <= w->begin + step;
}

/* Each is turned as the stretch of the line is that it covers. */
static void paint_row(smap__canvas *c, const smap__stroke *stroke, const double *x, const double *y, size_t n,
                      double most_mm) {
    const smap__symbolizer *mark = stroke->graphic;
    walker middle = { .x = x, .y = y, .n = n }, back = middle, ahead = middle;
    double half = mark->size_px * (mark->svg ? mark->svg->aspect : 1) * SMAP__SLD_PIXEL_MM / 2;
    double at_x, at_y, back_x, back_y, ahead_x, ahead_y;
    for (double k = 0; n > 1; k++) {
        double way = (stroke->first_px + k * stroke->step_px) * SMAP__SLD_PIXEL_MM;
        if (!walk_to(&middle, way, &at_x, &at_y)) return;
        walk_to(&back, fmax(0, way - half), &back_x, &back_y);
        walk_to(&ahead, way + half, &ahead_x, &ahead_y);
        smap__symbolizer turned = *mark;
        turned.rotation_deg += atan2(ahead_y - back_y, ahead_x - back_x) * DEGREES;
        smap__canvas_put_mark(c, &turned, at_x, at_y, most_mm);
    }
}

static void paint_path(smap__canvas *c, const smap__symbolizer *s, const double *x, const double *y, size_t n, int kind,
                       double most_mm) {
    const uint8_t kinds[] = { (uint8_t)kind };
    const uint32_t begin[] = { 0, (uint32_t)n };
    const smap__drawn drawn = { .path_kind = kinds, .coord_begin = begin, .x = x, .y = y };
    if (s->stroke.graphic)
        paint_row(c, &s->stroke, x, y, n, most_mm);
    else
        smap__canvas_put_paths(c, &drawn, 0, 1, s);
}

/* How far to the left of its direction: the outside of an area lies left of a ring that runs with the clock. */
static double aside_of(const smap__symbolizer *s, const double *x, const double *y, size_t n, int kind) {
    double aside = s->aside_px * SMAP__SLD_PIXEL_MM, turn = 0;
    if (kind == SMAP__PATH_LINE) return aside;
    for (size_t i = 0; i + 1 < n; i++) turn += (x[i] - x[0]) * (y[i + 1] - y[0]) - (x[i + 1] - x[0]) * (y[i] - y[0]);
    return (turn > 0) == (kind == SMAP__PATH_SHELL) ? aside : -aside;
}

void smap__canvas_trace(smap__canvas *c, const smap__symbolizer *s, const double *x, const double *y, size_t n,
                        int kind, double most_mm) {
    smap__aside_line moved = { .failed = false };
    if (s->aside_px == 0) {
        paint_path(c, s, x, y, n, kind, most_mm);
        return;
    }
    smap__aside_line_make(x, y, n, aside_of(s, x, y, n, kind), &moved);
    for (size_t i = 0; i < moved.lines; i++) {
        uint32_t begin = moved.begin[i];
        paint_path(c, s, moved.at.x + begin, moved.at.y + begin, moved.begin[i + 1] - begin, moved.kind[i], most_mm);
    }
    c->failed = c->failed || moved.failed;
    smap__aside_line_release(&moved);
}
