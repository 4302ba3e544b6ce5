/* The box is cut into slabs at every abscissa where something begins, ends or crosses. Within a slab no two lines
 * cross, so that what lies between two neighbouring ones is a trapezoid: its height in the middle of the slab times the
 * slab's width.
 *
 * What is inside is never decided by rounded numbers. The state of a slab's floor is that of the box's corner, changed
 * by the edges that cross the floor on the way, which is told exactly; a line that starts at the floor starts where it
 * changes the floor's state. All else that is rounded (where a crossing lies, which of two lines that nearly coincide
 * is the upper one) moves an area by as little as it is rounded. Coordinates are counted from the box's corner, which
 * costs no digits near it. */
#include "overlay/zone_sweep.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/compare.h"
#include "base/fail.h"

enum { FEW = 48 };

/* The part of an edge above the floor. */
typedef struct line {
    double from, to;    /* abscissae */
    double x, y, slope; /* through a point of it */
    uint32_t label;     /* 0: the polygon, else owner + 1 */
} line;

/* An edge crosses the floor. */
typedef struct flip {
    double x;
    uint32_t label;
} flip;

typedef struct crossing {
    double y;
    uint32_t label;
} crossing;

struct smap__zone_sweep {
    line *lines;
    flip *flips;
    crossing *column; /* the lines of a slab, from below */
    double *events;
    uint8_t *floor, *state; /* by label: inside? */
    size_t line_count, line_capacity, flip_count, flip_capacity, column_capacity, event_count, event_capacity;
    size_t floor_capacity, state_capacity;
};

smap_status smap__zone_sweep_new(smap__zone_sweep **out, smap_error *err) {
    smap__zone_sweep *sweep = smap__zalloc(1, sizeof *sweep);
    if (!sweep) return smap__fail_memory(err);
    *out = sweep;
    return SMAP_OK;
}

void smap__zone_sweep_free(smap__zone_sweep *sweep) {
    if (!sweep) return;
    smap__free(sweep->lines);
    smap__free(sweep->flips);
    smap__free(sweep->column);
    smap__free(sweep->events);
    smap__free(sweep->floor);
    smap__free(sweep->state);
    smap__free(sweep);
}

/* ---- lines and events ---- */

static double height_at(const line *l, double x) {
    return l->y + (x - l->x) * l->slope;
}

static void put_event(smap__zone_sweep *s, double x, double width) {
    if (x > 0 && x < width) s->events[s->event_count++] = x;
}

/* The abscissa where an edge crosses the floor; where it also changes the floor's state, that is noted. */
static double cross_floor(smap__zone_sweep *s, const smap_box *box, const smap__zone_edge *e,
                          const smap__zone_edge *moved, uint32_t label) {
    double x = moved->ax - moved->ay * (moved->bx - moved->ax) / (moved->by - moved->ay);
    x = fmin(fmax(x, moved->ax), moved->bx);
    if (smap__zone_right_of(e, box->xmin, box->ymin)) return fmin(x, 0); /* before the corner */
    x = fmax(x, 0);
    s->flips[s->flip_count++] = (flip){ x, label };
    put_event(s, x, box->xmax - box->xmin);
    return x;
}

static void put_edge(smap__zone_sweep *s, const smap_box *box, const smap__zone_edge *e, uint32_t label) {
    double width = box->xmax - box->xmin, height = box->ymax - box->ymin;
    bool a_above = e->ay > box->ymin, b_above = e->by > box->ymin;
    smap__zone_edge moved = { e->ax - box->xmin, e->ay - box->ymin, e->bx - box->xmin, e->by - box->ymin, label };
    if (!a_above && !b_above) return;
    line l = { .from = moved.ax, .to = moved.bx, .x = moved.ax, .y = moved.ay, .label = label };
    if (a_above != b_above) *(a_above ? &l.to : &l.from) = cross_floor(s, box, e, &moved, label);
    l.from = fmax(l.from, 0);
    l.to = fmin(l.to, width);
    if (!(l.from < l.to)) return;
    l.slope = (moved.by - moved.ay) / (moved.bx - moved.ax);
    put_event(s, l.from, width);
    put_event(s, l.to, width);
    double from = height_at(&l, l.from) - height, to = height_at(&l, l.to) - height;
    if ((from < 0) != (to < 0)) put_event(s, l.from + (l.to - l.from) * from / (from - to), width);
    s->lines[s->line_count++] = l;
}

/* Where two lines cross, as the heights at the ends of what they have in common tell. */
static void put_crossing(smap__zone_sweep *s, const line *a, const line *b, double width) {
    double from = fmax(a->from, b->from), to = fmin(a->to, b->to);
    if (!(from < to)) return;
    double left = height_at(a, from) - height_at(b, from), right = height_at(a, to) - height_at(b, to);
    if ((left < 0 && right > 0) || (left > 0 && right < 0))
        put_event(s, from + (to - from) * left / (left - right), width);
}

static void sort_events(double *events, size_t count) {
    if (count > FEW) {
        qsort(events, count, sizeof *events, smap__compare_reals);
        return;
    }
    for (size_t k = 1; k < count; k++) {
        double x = events[k];
        size_t at = k;
        for (; at > 0 && events[at - 1] > x; at--) events[at] = events[at - 1];
        events[at] = x;
    }
}

static int compare_flips(const void *a, const void *b) {
    double left = ((const flip *)a)->x, right = ((const flip *)b)->x;
    return (left > right) - (left < right);
}

/* Three events an edge, one a pair, and the two sides. */
static smap_status reserve(smap__zone_sweep *s, const smap__zone_scene *scene, smap_error *err) {
    size_t edges = scene->polygon_count + scene->zone_count, labels = scene->owner_count + 1;
    s->line_count = s->flip_count = s->event_count = 0;
    if (!smap__grow(&s->lines, &s->line_capacity, edges, sizeof *s->lines) ||
        !smap__grow(&s->flips, &s->flip_capacity, edges, sizeof *s->flips) ||
        !smap__grow(&s->column, &s->column_capacity, edges, sizeof *s->column) ||
        !smap__grow(&s->events, &s->event_capacity, 4 * edges + 2, sizeof *s->events) ||
        !smap__grow(&s->floor, &s->floor_capacity, labels, 1) || !smap__grow(&s->state, &s->state_capacity, labels, 1))
        return smap__fail_memory(err);
    return SMAP_OK;
}

static smap_status prepare(smap__zone_sweep *s, const smap__zone_scene *scene, smap_error *err) {
    double width = scene->box.xmax - scene->box.xmin;
    smap_status status = reserve(s, scene, err);
    if (status != SMAP_OK) return status;
    s->floor[0] = scene->in_polygon;
    if (scene->owner_count) memcpy(s->floor + 1, scene->in_zone, scene->owner_count);
    s->events[s->event_count++] = 0;
    s->events[s->event_count++] = width;
    for (size_t k = 0; k < scene->polygon_count; k++) put_edge(s, &scene->box, &scene->polygon[k], 0);
    for (size_t k = 0; k < scene->zone_count; k++)
        put_edge(s, &scene->box, &scene->zones[k], scene->zones[k].label + 1);
    for (size_t a = 0; a < s->line_count; a++) {
        if (!smap__grow(&s->events, &s->event_capacity, s->event_count + s->line_count, sizeof *s->events))
            return smap__fail_memory(err);
        for (size_t b = a + 1; b < s->line_count; b++) put_crossing(s, &s->lines[a], &s->lines[b], width);
    }
    sort_events(s->events, s->event_count);
    if (s->flip_count > 1) qsort(s->flips, s->flip_count, sizeof *s->flips, compare_flips);
    return SMAP_OK;
}

/* ---- slabs ---- */

/* The lines over a slab, sorted by their height in its middle. */
static size_t fill_column(smap__zone_sweep *s, double from, double to, double height) {
    double middle = from + (to - from) / 2;
    size_t count = 0;
    for (size_t k = 0; k < s->line_count; k++) {
        const line *l = &s->lines[k];
        if (l->from > from || l->to < to) continue;
        crossing c = { fmin(fmax(height_at(l, middle), 0), height), l->label };
        size_t at = count++;
        for (; at > 0 && s->column[at - 1].y > c.y; at--) s->column[at] = s->column[at - 1];
        s->column[at] = c;
    }
    return count;
}

static int32_t highest(const smap__zone_scene *scene, const uint8_t *state) {
    int32_t rank = scene->cover;
    for (size_t k = 0; k < scene->owner_count; k++)
        if (state[k + 1] && scene->owners[k].rank > rank) rank = scene->owners[k].rank;
    return rank;
}

/* Across a line; the highest rank behind it. */
static int32_t cross(smap__zone_sweep *s, const smap__zone_scene *scene, uint32_t label, int32_t rank) {
    s->state[label] ^= 1;
    if (!label) return rank;
    int32_t own = scene->owners[label - 1].rank;
    if (s->state[label]) return own > rank ? own : rank;
    return own < rank ? rank : highest(scene, s->state);
}

static void measure_slab(smap__zone_sweep *s, const smap__zone_scene *scene, double from, double to, double *area) {
    double height = scene->box.ymax - scene->box.ymin, below = 0;
    size_t count = fill_column(s, from, to, height);
    memcpy(s->state, s->floor, scene->owner_count + 1);
    int32_t rank = highest(scene, s->state);
    for (size_t k = 0; k <= count; k++) {
        double y = k < count ? s->column[k].y : height;
        if (s->state[0] && rank >= 0) area[rank] += (y - below) * (to - from);
        below = y;
        if (k == count) break;
        rank = cross(s, scene, s->column[k].label, rank);
    }
}

smap_status smap__zone_sweep_run(smap__zone_sweep *sweep, const smap__zone_scene *scene, double *area,
                                 smap_error *err) {
    smap_status status = prepare(sweep, scene, err);
    if (status != SMAP_OK) return status;
    size_t next = 0;
    for (size_t k = 0; k + 1 < sweep->event_count; k++) {
        double from = sweep->events[k], to = sweep->events[k + 1];
        for (; next < sweep->flip_count && sweep->flips[next].x <= from; next++)
            sweep->floor[sweep->flips[next].label] ^= 1;
        if (from < to) measure_slab(sweep, scene, from, to, area);
    }
    return SMAP_OK;
}
