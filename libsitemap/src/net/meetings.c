/* Pairs of segments from the packed index, each pair once, tested exactly. Where an end of one lies on the other,
 * within the resolution of the coordinates, the other gets that vertex, to the bit; where they cross, both get the same
 * new one. Crossings that cannot be told apart, as those of three lines through one place, become one vertex. */
#include "net/meetings.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/compare.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "base/parallel.h"
#include "geo/geom_column.h"
#include "geo/orient.h"
#include "geo/segment.h"
#include "net/strand_runs.h"

enum { CHUNK = 256, APART = 4 /* resolutions */ };
static const size_t most_vertices = 20000000;

/* A vertex to come on the segment from `coord`. */
typedef struct vertex {
    uint32_t coord;
    bool made; /* by a crossing, not there before on another line */
    double x, y;
} vertex;

typedef struct output {
    vertex *items;
    size_t count, capacity;
} output;

typedef struct work {
    smap_ctx *ctx;
    const smap_geometry *lines;
    const int8_t *level;
    smap__strand_runs runs;
    smap__hits *hits; /* of each worker */
    output *outputs;  /* of each chunk */
    vertex *vertices;
    size_t count;
} work;

typedef struct segment {
    uint32_t coord;
    double ax, ay, bx, by; /* a is left of b, or below it */
} segment;

static segment segment_at(const smap_geometry *g, uint32_t k) {
    double ax = g->x[k], ay = g->y[k], bx = g->x[k + 1], by = g->y[k + 1];
    if (ax < bx || (ax == bx && ay <= by)) return (segment){ k, ax, ay, bx, by };
    return (segment){ k, bx, by, ax, ay };
}

static smap_box segment_box(const segment *s) {
    return (smap_box){ s->ax, fmin(s->ay, s->by), s->bx, fmax(s->ay, s->by) };
}

/* ---- two segments ---- */

static int compare_places(double ax, double ay, double bx, double by) {
    int x = smap__compare_reals(&ax, &bx);
    return x ? x : smap__compare_reals(&ay, &by);
}

static smap_status fail_many(smap_error *err) {
    return smap__fail(err, SMAP_E_LIMIT, NULL,
                      "the lines cross more than %lld times; leave out what is no road, or take a part of them",
                      (long long)most_vertices);
}

static smap_status put_vertex(output *out, uint32_t coord, bool made, double x, double y, smap_error *err) {
    if (out->count >= most_vertices) return fail_many(err);
    if (!smap__grow(&out->items, &out->capacity, out->count + 1, sizeof *out->items)) return smap__fail_memory(err);
    out->items[out->count++] = (vertex){ coord, made, x, y };
    return SMAP_OK;
}

static bool is_near(double ax, double ay, double bx, double by) {
    double near = APART * smap__resolution_at(ax, ay);
    return fabs(ax - bx) <= near && fabs(ay - by) <= near;
}

/* An end of another segment on `s`, between its ends. */
static smap_status try_touch(const segment *s, double x, double y, double resolution, output *out, bool *touch,
                             smap_error *err) {
    if ((x == s->ax && y == s->ay) || (x == s->bx && y == s->by)) return SMAP_OK;
    if (!(smap__segment_distance2(x, y, s->ax, s->ay, s->bx, s->by) <= resolution * resolution)) return SMAP_OK;
    bool within = x >= s->ax && x <= s->bx && y >= fmin(s->ay, s->by) && y <= fmax(s->ay, s->by);
    if (is_near(x, y, s->ax, s->ay) || is_near(x, y, s->bx, s->by))
        if (!within || smap__orient(s->ax, s->ay, s->bx, s->by, x, y) != 0) return SMAP_OK;
    *touch = true;
    return put_vertex(out, s->coord, false, x, y, err);
}

static bool are_apart(double a, double b) {
    return (a > 0 && b < 0) || (a < 0 && b > 0);
}

/* The place of a proper crossing, from the one of the two that comes first by its coordinates. */
static bool find_crossing(const segment *s, const segment *t, double *x, double *y) {
    bool swapped = s->ax != t->ax   ? t->ax < s->ax
                   : s->ay != t->ay ? t->ay < s->ay
                   : s->bx != t->bx ? t->bx < s->bx
                                    : t->by < s->by;
    const segment *p = swapped ? t : s, *q = swapped ? s : t;
    double qa = smap__orient(p->ax, p->ay, p->bx, p->by, q->ax, q->ay);
    double qb = smap__orient(p->ax, p->ay, p->bx, p->by, q->bx, q->by);
    if (!are_apart(qa, qb)) return false;
    double pa = smap__orient(q->ax, q->ay, q->bx, q->by, p->ax, p->ay);
    double pb = smap__orient(q->ax, q->ay, q->bx, q->by, p->bx, p->by);
    if (!are_apart(pa, pb)) return false;
    double share = pa / (pa - pb);
    smap_box a = segment_box(p), b = segment_box(q);
    *x = fmin(fmax(p->ax + share * (p->bx - p->ax), fmax(a.xmin, b.xmin)), fmin(a.xmax, b.xmax));
    *y = fmin(fmax(p->ay + share * (p->by - p->ay), fmax(a.ymin, b.ymin)), fmin(a.ymax, b.ymax));
    return true;
}

/* The lowest of the ends that a crossing cannot be told from. */
static bool take_end(const segment *s, const segment *t, double *x, double *y) {
    const double ends[][2] = { { s->ax, s->ay }, { s->bx, s->by }, { t->ax, t->ay }, { t->bx, t->by } };
    int best = -1;
    for (int k = 0; k < 4; k++)
        if (is_near(*x, *y, ends[k][0], ends[k][1]) &&
            (best < 0 || compare_places(ends[k][0], ends[k][1], ends[best][0], ends[best][1]) < 0))
            best = k;
    if (best < 0) return false;
    *x = ends[best][0];
    *y = ends[best][1];
    return true;
}

static smap_status meet(const segment *s, const segment *t, output *out, smap_error *err) {
    double resolution = fmax(fmax(smap__resolution_at(s->ax, s->ay), smap__resolution_at(s->bx, s->by)),
                             fmax(smap__resolution_at(t->ax, t->ay), smap__resolution_at(t->bx, t->by)));
    bool touch = false;
    double x, y;
    smap_status status;
    SMAP_TRY(try_touch(s, t->ax, t->ay, resolution, out, &touch, err), done);
    SMAP_TRY(try_touch(s, t->bx, t->by, resolution, out, &touch, err), done);
    SMAP_TRY(try_touch(t, s->ax, s->ay, resolution, out, &touch, err), done);
    SMAP_TRY(try_touch(t, s->bx, s->by, resolution, out, &touch, err), done);
    if (touch || !find_crossing(s, t, &x, &y)) return SMAP_OK;
    bool made = !take_end(s, t, &x, &y);
    SMAP_TRY(put_vertex(out, s->coord, made, x, y, err), done);
    SMAP_TRY(put_vertex(out, t->coord, made, x, y, err), done);
done:
    return status;
}

/* ---- two runs ---- */

static smap_box widened(smap_box box) {
    double wide = APART * fmax(smap__resolution_at(box.xmin, box.ymin), smap__resolution_at(box.xmax, box.ymax));
    return (smap_box){ box.xmin - wide, box.ymin - wide, box.xmax + wide, box.ymax + wide };
}

static smap_status meet_runs(const work *w, int64_t i, int64_t j, output *out, smap_error *err) {
    const smap_geometry *g = w->lines;
    const smap__run *a = &w->runs.runs[i], *b = &w->runs.runs[j];
    smap_box of_b = widened(w->runs.boxes[j]);
    smap_status status = SMAP_OK;
    for (uint32_t k = a->first; k < a->end; k++) {
        segment s = segment_at(g, k);
        smap_box box = widened(segment_box(&s));
        if ((s.ax == s.bx && s.ay == s.by) || !smap__box_touches(box, of_b)) continue;
        for (uint32_t n = i == j ? k + 1 : b->first; n < b->end && status == SMAP_OK; n++) {
            segment t = segment_at(g, n);
            if ((t.ax == t.bx && t.ay == t.by) || !smap__box_touches(box, segment_box(&t))) continue;
            status = meet(&s, &t, out, err);
        }
    }
    return status;
}

static int level_of(const work *w, int64_t run) {
    return w->level ? w->level[w->runs.strands[w->runs.runs[run].strand].feature] : 0;
}

static smap_status meet_chunk(int worker, int64_t chunk, void *user, smap_error *err) {
    const work *w = user;
    smap__hits *hits = &w->hits[worker];
    int64_t count = (int64_t)w->runs.run_count, end = (chunk + 1) * CHUNK < count ? (chunk + 1) * CHUNK : count;
    for (int64_t i = chunk * CHUNK; i < end; i++) {
        if (smap__box_is_empty(w->runs.boxes[i])) continue;
        smap_status status = smap__index_query(w->runs.index, widened(w->runs.boxes[i]), hits, err);
        if (status == SMAP_OK && i % 16 == 0) status = smap__poll(w->ctx, err);
        for (size_t k = hits->count; k-- > 0 && hits->ids[k] >= i && status == SMAP_OK;)
            if (level_of(w, i) == level_of(w, hits->ids[k]))
                status = meet_runs(w, i, hits->ids[k], &w->outputs[chunk], err);
        if (status != SMAP_OK) return status;
    }
    return SMAP_OK;
}

/* ---- one vertex for what cannot be told apart ---- */

static int compare_vertices(const void *a, const void *b) {
    const vertex *left = a, *right = b;
    int place = compare_places(left->x, left->y, right->x, right->y);
    if (place || left->made != right->made) return place ? place : left->made - right->made;
    return (left->coord > right->coord) - (left->coord < right->coord);
}

/* All made ones near the first that is left go where a vertex was before, else to the first. */
static void unite(work *w, size_t first, const smap__hits *hits, uint8_t *settled) {
    const vertex at = w->vertices[first];
    vertex to = at;
    for (size_t k = 0; k < hits->count && to.made; k++) {
        const vertex *v = &w->vertices[hits->ids[k]];
        if (!v->made && is_near(at.x, at.y, v->x, v->y)) to = *v;
    }
    for (size_t k = 0; k < hits->count; k++) {
        vertex *v = &w->vertices[hits->ids[k]];
        if (!v->made || settled[hits->ids[k]] || !is_near(at.x, at.y, v->x, v->y)) continue;
        settled[hits->ids[k]] = 1;
        v->x = to.x;
        v->y = to.y;
    }
}

static smap_status unite_vertices(work *w, smap_error *err) {
    smap__index *index = NULL;
    smap__hits hits = { NULL, 0, 0 };
    smap_box *boxes = smap__realloc(NULL, w->count, sizeof *boxes);
    uint8_t *settled = smap__zalloc(w->count, 1);
    smap_status status;
    if (!boxes || !settled) SMAP_TRY(smap__fail_memory(err), done);
    if (w->count > 1) qsort(w->vertices, w->count, sizeof *w->vertices, compare_vertices);
    for (size_t k = 0; k < w->count; k++) {
        const vertex *v = &w->vertices[k];
        boxes[k] = (smap_box){ v->x, v->y, v->x, v->y };
    }
    SMAP_TRY(smap__index_new(w->ctx, boxes, (int64_t)w->count, &index, err), done);
    for (size_t k = 0; k < w->count; k++) {
        if (!w->vertices[k].made || settled[k]) continue;
        SMAP_TRY(smap__index_query(index, widened(boxes[k]), &hits, err), done);
        unite(w, k, &hits, settled);
    }
done:
    smap__hits_release(&hits);
    smap__index_free(index);
    smap__free(boxes);
    smap__free(settled);
    return status;
}

/* ---- all together ---- */

static smap_status gather(work *w, int64_t chunks, smap_error *err) {
    for (int64_t k = 0; k < chunks; k++) w->count += w->outputs[k].count;
    if (w->count > most_vertices) return fail_many(err);
    w->vertices = smap__realloc(NULL, w->count, sizeof *w->vertices);
    if (!w->vertices) return smap__fail_memory(err);
    size_t at = 0;
    for (int64_t k = 0; k < chunks; k++)
        for (size_t n = 0; n < w->outputs[k].count; n++) w->vertices[at++] = w->outputs[k].items[n];
    return SMAP_OK;
}

static smap_status put_vertices(const work *w, smap__meetings *meetings, const smap_geometry **out, smap_error *err) {
    smap__line_place *places = smap__realloc(NULL, w->count, sizeof *places);
    smap_status status;
    if (!places) SMAP_TRY(smap__fail_memory(err), done);
    if (!smap__grow(&meetings->items, &meetings->capacity, meetings->count + w->count, sizeof *meetings->items))
        SMAP_TRY(smap__fail_memory(err), done);
    for (size_t k = 0; k < w->count; k++) {
        const vertex *v = &w->vertices[k];
        places[k] = smap__place_on_segment(w->lines, v->coord, v->x, v->y);
        meetings->items[meetings->count++] = (smap__meeting_place){ v->x, v->y };
    }
    SMAP_TRY(smap__lines_insert(w->lines, places, w->count, out, NULL, err), done);
done:
    smap__free(places);
    return status;
}

smap_status smap__meetings_insert(smap_ctx *ctx, const smap_geometry *lines, const int8_t *level,
                                  smap__meetings *meetings, const smap_geometry **out, smap_error *err) {
    work w = { .ctx = ctx, .lines = lines, .level = level };
    int threads = smap_ctx_threads(ctx);
    int64_t chunks = 0;
    smap_status status;
    w.hits = smap__zalloc((size_t)threads, sizeof *w.hits);
    if (!w.hits) SMAP_TRY(smap__fail_memory(err), done);
    SMAP_TRY(smap__strand_runs_find(lines, &w.runs, err), done);
    chunks = ((int64_t)w.runs.run_count + CHUNK - 1) / CHUNK;
    w.outputs = smap__zalloc((size_t)chunks, sizeof *w.outputs);
    if (!w.outputs) SMAP_TRY(smap__fail_memory(err), done);
    SMAP_TRY(smap__parallel(ctx, chunks, meet_chunk, &w, err), done);
    SMAP_TRY(gather(&w, chunks, err), done);
    *out = NULL;
    if (w.count == 0) goto done;
    SMAP_TRY(unite_vertices(&w, err), done);
    SMAP_TRY(put_vertices(&w, meetings, out, err), done);
done:
    smap__hits_free(w.hits, threads);
    for (int64_t k = 0; w.outputs && k < chunks; k++) smap__free(w.outputs[k].items);
    smap__free(w.outputs);
    smap__strand_runs_release(&w.runs);
    smap__free(w.vertices);
    return status;
}
