/* Every element of the features (a point, a segment) covers one stretch at most of every segment of a line
 * (line_stretch.h); what lies between two stretches comes near no border, so that one point of it tells whether all of
 * it is inside. The stretches of a pair are joined along the line. */
#include "overlay/line_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/compare.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "base/parallel.h"
#include "geo/geom_column.h"
#include "geo/index.h"
#include "overlay/line_stretch.h"
#include "overlay/locate.h"

enum {
    CHUNK = 128,
    PIECES = 64,     /* a long segment askew asks the index in so many boxes at most, not in one that is mostly empty */
    THIN = 4,        /* so many resolutions are no length */
    ASK_EVERY = 256, /* segments: whether to go on */
};

/* A point of a feature (step 0), or the segment from there to the next coordinate (step 1). */
typedef struct element {
    uint32_t coord, feature;
    uint8_t step;
} element;

/* A place along a ring of a line: on the segment from that coordinate, counted from the segment's lower end (so that
 * it is the same place whichever way the line runs), less than 0 if it runs against that. */
typedef struct spot {
    uint32_t coord;
    double at;
} spot;

typedef struct stretch {
    uint32_t by;
    spot from, to;
} stretch;

typedef struct course {
    uint32_t line;
    spot start, end; /* of its first and last segment with a length */
    uint32_t first, last;
    bool flat; /* of no length at all */
} course;

typedef struct output {
    smap__line_part *parts;
    size_t count, capacity;
} output;

typedef struct worker {
    smap__hits near, holders;
    stretch *stretches;
    size_t count, capacity;
    uint32_t asked; /* segments */
} worker;

typedef struct job {
    smap_ctx *ctx;
    const smap_geometry *lines, *by;
    const double *reach;
    element *elements;
    size_t element_count;
    smap__index *index; /* of elements with all that is within reach of them */
    double piece;       /* about the size of what a query finds */
    smap__locator *locator;
    worker *workers;
    output *outputs; /* one a chunk */
} job;

static double reach_of(const job *j, int64_t feature) {
    return j->reach ? j->reach[feature] : 0;
}

/* ---- along a ring ---- */

static smap__ruler ruler_at(const job *j, uint32_t coord) {
    return smap__ruler_of(smap__zone_edge_at(j->lines, coord, 0));
}

static bool runs_up(const job *j, uint32_t coord, const smap__ruler *r) {
    return j->lines->x[coord] == r->line.ax && j->lines->y[coord] == r->line.ay;
}

static double start_of(const job *j, uint32_t coord, const smap__ruler *r) {
    return runs_up(j, coord, r) ? 0 : -r->length;
}

static int compare_spots(const spot *a, const spot *b) {
    if (a->coord != b->coord) return a->coord < b->coord ? -1 : 1;
    return smap__compare_reals(&a->at, &b->at);
}

static void point_at(const smap__ruler *r, double at, double *x, double *y) {
    double share = fabs(at) / r->length;
    *x = r->line.ax + (r->line.bx - r->line.ax) * share;
    *y = r->line.ay + (r->line.by - r->line.ay) * share;
}

/* A point between two spots, in the middle of the first piece that has a length; false where none has. */
static bool between(const job *j, const spot *a, const spot *b, double *x, double *y) {
    for (uint32_t k = a->coord; k <= b->coord; k++) {
        smap__ruler r = ruler_at(j, k);
        double start = start_of(j, k, &r);
        double from = k == a->coord ? a->at : start, to = k == b->coord ? b->at : start + r.length;
        if (!(to - from > THIN * r.resolution)) continue;
        point_at(&r, from + (to - from) / 2, x, y);
        return true;
    }
    return false;
}

static smap__line_place vertex(const job *j, uint32_t coord) {
    return (smap__line_place){ coord, 0, j->lines->x[coord], j->lines->y[coord] };
}

static smap__line_place place_of(const job *j, const spot *s) {
    smap__ruler r = ruler_at(j, s->coord);
    double from_start = s->at - start_of(j, s->coord, &r);
    if (!(from_start > THIN * r.resolution)) return vertex(j, s->coord);
    if (!(r.length - from_start > THIN * r.resolution)) return vertex(j, s->coord + 1);
    smap__line_place place = { s->coord, fmin(from_start / r.length, nextafter(1, 0)), 0, 0 };
    point_at(&r, s->at, &place.x, &place.y);
    return place;
}

/* False: it cannot be used. */
static bool read_ring(const job *j, uint32_t line, int64_t number, course *out) {
    const smap_geometry *g = j->lines;
    int64_t first = smap_geom_coord(g, number), end = smap_geom_coord(g, number + 1);
    if (end < first + 2) return false;
    *out = (course){ .line = line, .first = (uint32_t)first, .last = (uint32_t)(end - 1), .flat = true };
    out->start.coord = out->end.coord = out->first;
    for (int64_t k = first; k < end; k++) {
        if (!isfinite(g->x[k]) || !isfinite(g->y[k])) return false;
        if (k + 1 == end || (g->x[k] == g->x[k + 1] && g->y[k] == g->y[k + 1])) continue;
        smap__ruler r = ruler_at(j, (uint32_t)k);
        double start = start_of(j, (uint32_t)k, &r);
        if (out->flat) out->start = (spot){ (uint32_t)k, start };
        out->end = (spot){ (uint32_t)k, start + r.length };
        out->flat = false;
    }
    return true;
}

/* ---- stretches ---- */

static smap_status put_stretch(worker *w, stretch s, smap_error *err) {
    if (!smap__grow(&w->stretches, &w->capacity, w->count + 1, sizeof *w->stretches)) return smap__fail_memory(err);
    w->stretches[w->count++] = s;
    return SMAP_OK;
}

static smap__zone_edge element_edge(const job *j, const element *e) {
    if (e->step) return smap__zone_edge_at(j->by, e->coord, 0);
    double x = j->by->x[e->coord], y = j->by->y[e->coord];
    return (smap__zone_edge){ x, y, x, y, 0 };
}

static smap_status find_in_box(const job *j, worker *w, uint32_t coord, const smap__ruler *r, smap_box box,
                               smap_error *err) {
    double slack = THIN * r->resolution;
    bool up = runs_up(j, coord, r);
    box = (smap_box){ box.xmin - slack, box.ymin - slack, box.xmax + slack, box.ymax + slack };
    smap_status status = smap__index_query(j->index, box, &w->near, err);
    for (size_t k = 0; k < w->near.count && status == SMAP_OK; k++) {
        const element *e = &j->elements[w->near.ids[k]];
        smap__zone_edge edge = element_edge(j, e);
        double from, to;
        if (!smap__ruler_stretch(r, &edge, reach_of(j, e->feature), &from, &to)) continue;
        stretch s = { e->feature, { coord, up ? from : -to }, { coord, up ? to : -from } };
        status = put_stretch(w, s, err);
    }
    return status;
}

static smap_status find_on_segment(const job *j, worker *w, uint32_t coord, smap_error *err) {
    smap__ruler r = ruler_at(j, coord);
    const smap__zone_edge *l = &r.line;
    double dx = l->bx - l->ax, dy = l->by - l->ay, wanted = fmin(fabs(dx), fabs(dy)) / j->piece;
    int pieces = wanted > 1 ? wanted < PIECES ? (int)wanted : PIECES : 1;
    smap_status status = SMAP_OK;
    for (int k = 0; k < pieces && status == SMAP_OK; k++) {
        double from = (double)k / pieces, to = (double)(k + 1) / pieces;
        double y0 = l->ay + dy * from, y1 = l->ay + dy * to;
        smap_box box = { l->ax + dx * from, fmin(y0, y1), l->ax + dx * to, fmax(y0, y1) };
        status = find_in_box(j, w, coord, &r, box, err);
    }
    return status;
}

/* A ring without length is a point. */
static smap_status find_at_point(const job *j, worker *w, const course *ring, smap_error *err) {
    double x = j->lines->x[ring->first], y = j->lines->y[ring->first];
    smap__ruler r = ruler_at(j, ring->first);
    double slack = THIN * r.resolution;
    smap_box box = { x - slack, y - slack, x + slack, y + slack };
    smap_status status = smap__index_query(j->index, box, &w->near, err);
    for (size_t k = 0; k < w->near.count && status == SMAP_OK; k++) {
        const element *e = &j->elements[w->near.ids[k]];
        smap__zone_edge edge = element_edge(j, e);
        if (sqrt(smap__zone_distance2(&edge, x, y)) <= reach_of(j, e->feature) + r.resolution)
            status = put_stretch(w, (stretch){ e->feature, ring->start, ring->start }, err);
    }
    return status;
}

static int compare_stretches(const void *a, const void *b) {
    const stretch *left = a, *right = b;
    if (left->by != right->by) return left->by < right->by ? -1 : 1;
    int from = compare_spots(&left->from, &right->from);
    return from ? from : compare_spots(&left->to, &right->to);
}

static smap_status find_stretches(const job *j, worker *w, const course *ring, smap_error *err) {
    smap_status status = SMAP_OK;
    w->count = 0;
    if (ring->flat) status = find_at_point(j, w, ring, err);
    for (uint32_t k = ring->first; k < ring->last && !ring->flat && status == SMAP_OK; k++) {
        if (j->lines->x[k] != j->lines->x[k + 1] || j->lines->y[k] != j->lines->y[k + 1])
            status = find_on_segment(j, w, k, err);
        if (status == SMAP_OK && ++w->asked % ASK_EVERY == 0) status = smap__poll(j->ctx, err);
    }
    if (w->count > 1) qsort(w->stretches, w->count, sizeof *w->stretches, compare_stretches);
    return status;
}

/* ---- parts ---- */

static smap_status put_part(const job *j, output *out, const course *ring, uint32_t by, const spot *from,
                            const spot *to, smap_error *err) {
    double x, y;
    if (!smap__grow(&out->parts, &out->capacity, out->count + 1, sizeof *out->parts)) return smap__fail_memory(err);
    smap__line_part part = { ring->line, by, place_of(j, from), place_of(j, to) };
    if (ring->flat)
        part.to = vertex(j, ring->last);
    else if (!between(j, from, to, &x, &y))
        part.to = part.from;
    out->parts[out->count++] = part;
    return SMAP_OK;
}

static smap_status find_holder(const job *j, worker *w, uint32_t by, double x, double y, bool *held, smap_error *err) {
    int64_t key = by;
    *held = false;
    if (!j->locator) return SMAP_OK;
    smap_status status = smap__locator_holders(j->locator, x, y, &w->holders, err);
    const smap__hits *h = &w->holders;
    *held = status == SMAP_OK && h->count && bsearch(&key, h->ids, h->count, sizeof key, smap__compare_int64);
    return status;
}

/* The stretches of one feature in their order, and what of the gaps between them is inside, as parts. */
static smap_status join_stretches(const job *j, worker *w, const course *ring, const stretch *s, size_t count,
                                  output *out, smap_error *err) {
    spot from = ring->start, to = ring->start; /* the part so far */
    bool open = false;
    smap_status status = SMAP_OK;
    for (size_t k = 0; k <= count && status == SMAP_OK; k++) {
        const spot *next = k < count ? &s[k].from : &ring->end, *until = k < count ? &s[k].to : &ring->end;
        bool held = true;
        double x, y;
        if (between(j, &to, next, &x, &y)) {
            status = find_holder(j, w, s->by, x, y, &held, err);
            if (status == SMAP_OK && !held && open) status = put_part(j, out, ring, s->by, &from, &to, err);
            if (held && !open) from = ring->start;
            open = held;
        }
        if (k == count && !held) return status;
        if (!open) from = to = *next;
        open = true;
        if (compare_spots(until, &to) > 0) to = *until;
    }
    return status == SMAP_OK ? put_part(j, out, ring, s->by, &from, &to, err) : status;
}

static bool has_stretches(const worker *w, int64_t by) {
    size_t low = 0, high = w->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (w->stretches[middle].by < by)
            low = middle + 1;
        else
            high = middle;
    }
    return low < w->count && w->stretches[low].by == by;
}

/* Polygons that hold all of the ring, or the point that it is, without a border near. */
static smap_status put_held(const job *j, worker *w, const course *ring, output *out, smap_error *err) {
    double x = j->lines->x[ring->first], y = j->lines->y[ring->first];
    if (!j->locator) return SMAP_OK;
    (void)between(j, &ring->start, &ring->end, &x, &y);
    smap_status status = smap__locator_holders(j->locator, x, y, &w->holders, err);
    for (size_t k = 0; k < w->holders.count && status == SMAP_OK; k++)
        if (!has_stretches(w, w->holders.ids[k]))
            status = put_part(j, out, ring, (uint32_t)w->holders.ids[k], &ring->start, &ring->end, err);
    return status;
}

static int compare_parts(const void *a, const void *b) {
    const smap__line_part *left = a, *right = b;
    if (left->by != right->by) return left->by < right->by ? -1 : 1;
    if (left->from.coord != right->from.coord) return left->from.coord < right->from.coord ? -1 : 1;
    return smap__compare_reals(&left->from.share, &right->from.share);
}

static smap_status measure_line(const job *j, worker *w, uint32_t line, output *out, smap_error *err) {
    const smap_geometry *g = j->lines;
    size_t before = out->count;
    for (int64_t part = smap_geom_part(g, line); part < smap_geom_part(g, (int64_t)line + 1); part++) {
        course ring;
        if (smap__geometry_part_type(g, line, part) != SMAP_GEOM_LINESTRING) continue;
        if (!read_ring(j, line, smap_geom_ring(g, part), &ring)) continue;
        smap_status status = find_stretches(j, w, &ring, err);
        if (status == SMAP_OK) status = put_held(j, w, &ring, out, err);
        for (size_t k = 0, end; k < w->count && status == SMAP_OK; k = end) {
            for (end = k + 1; end < w->count && w->stretches[end].by == w->stretches[k].by;) end++;
            status = join_stretches(j, w, &ring, w->stretches + k, end - k, out, err);
        }
        if (status != SMAP_OK) return status;
    }
    if (out->count > before + 1) qsort(out->parts + before, out->count - before, sizeof *out->parts, compare_parts);
    return SMAP_OK;
}

static smap_status measure_chunk(int number, int64_t chunk, void *user, smap_error *err) {
    job *j = user;
    int64_t end = (chunk + 1) * CHUNK < j->lines->count ? (chunk + 1) * CHUNK : j->lines->count;
    smap_status status = SMAP_OK;
    for (int64_t i = chunk * CHUNK; i < end && status == SMAP_OK; i++)
        status = measure_line(j, &j->workers[number], (uint32_t)i, &j->outputs[chunk], err);
    return status;
}

/* ---- set-up ---- */

static void put_elements(job *j, int64_t feature, int64_t part) {
    const smap_geometry *g = j->by;
    uint8_t step = smap__geometry_part_type(g, feature, part) == SMAP_GEOM_POINT ? 0 : 1;
    for (int64_t ring = smap_geom_ring(g, part); ring < smap_geom_ring(g, part + 1); ring++)
        for (int64_t k = smap_geom_coord(g, ring); k + step < smap_geom_coord(g, ring + 1); k++)
            if (isfinite(g->x[k]) && isfinite(g->y[k]) && isfinite(g->x[k + step]) && isfinite(g->y[k + step]))
                j->elements[j->element_count++] = (element){ (uint32_t)k, (uint32_t)feature, step };
}

static smap_status index_elements(job *j, smap_error *err) {
    const smap_geometry *g = j->by;
    smap_box *boxes = NULL;
    double sides = 0;
    smap_status status;
    j->elements = smap__realloc(NULL, (size_t)g->coord_count, sizeof *j->elements);
    boxes = smap__realloc(NULL, (size_t)g->coord_count, sizeof *boxes);
    if (!j->elements || !boxes) SMAP_TRY(smap__fail_memory(err), done);
    for (int64_t i = 0; i < g->count; i++)
        for (int64_t part = smap_geom_part(g, i); part < smap_geom_part(g, i + 1); part++) put_elements(j, i, part);
    for (size_t k = 0; k < j->element_count; k++) {
        smap__ruler r = smap__ruler_of(element_edge(j, &j->elements[k]));
        double ymin = fmin(r.line.ay, r.line.by), ymax = fmax(r.line.ay, r.line.by);
        double wide = reach_of(j, j->elements[k].feature) * (1 + 0x1p-50) + THIN * r.resolution;
        boxes[k] = (smap_box){ r.line.ax - wide, ymin - wide, r.line.bx + wide, ymax + wide };
        sides += (r.line.bx - r.line.ax + 2 * wide + ymax - ymin + 2 * wide) / (double)j->element_count;
    }
    j->piece = sides > 0 ? 2 * sides : 1;
    SMAP_TRY(smap__index_new(j->ctx, boxes, (int64_t)j->element_count, &j->index, err), done);
done:
    smap__free(boxes);
    return status;
}

static smap_status check(const job *j, smap_error *err) {
    const smap_crs *lines = j->lines->crs, *by = j->by->crs;
    if ((lines || by) && !smap_crs_equal(lines, by))
        return smap__fail(err, SMAP_E_CRS, NULL,
                          "lines in %s cannot be laid over features in %s; transform one of them first",
                          lines ? smap_crs_name(lines) : "an unknown coordinate reference system",
                          by ? smap_crs_name(by) : "an unknown coordinate reference system");
    for (int64_t i = 0; i < j->by->count; i++)
        if (!(reach_of(j, i) >= 0 && isfinite(reach_of(j, i))))
            return smap__fail_row(err, SMAP_E_ARGUMENT, NULL, i + 1,
                                  "%g is no distance to look for lines within; give 0 or more", reach_of(j, i));
    return SMAP_OK;
}

static smap_status gather(const job *j, int64_t chunks, smap__line_part **out, size_t *count, smap_error *err) {
    size_t total = 0;
    for (int64_t k = 0; k < chunks; k++) total += j->outputs[k].count;
    smap__line_part *all = smap__realloc(NULL, total, sizeof *all);
    if (!all) return smap__fail_memory(err);
    *out = all;
    *count = total;
    for (int64_t k = 0; k < chunks; k++) {
        if (j->outputs[k].count) memcpy(all, j->outputs[k].parts, j->outputs[k].count * sizeof *all);
        all += j->outputs[k].count;
    }
    return SMAP_OK;
}

smap_status smap__line_parts(smap_ctx *ctx, const smap_geometry *lines, const smap_geometry *by, const double *reach,
                             smap__line_part **out, size_t *count, smap_error *err) {
    int threads = smap_ctx_threads(ctx);
    int64_t chunks = (lines->count + CHUNK - 1) / CHUNK;
    job j = { .ctx = ctx, .lines = lines, .by = by, .reach = reach };
    bool polygons = false;
    smap_status status;
    SMAP_TRY(check(&j, err), done);
    j.workers = smap__zalloc((size_t)threads, sizeof *j.workers);
    j.outputs = smap__zalloc((size_t)chunks, sizeof *j.outputs);
    if (!j.workers || !j.outputs) SMAP_TRY(smap__fail_memory(err), done);
    SMAP_TRY(index_elements(&j, err), done);
    for (int64_t i = 0; i < by->count; i++) polygons = polygons || smap__geometry_dimensions(by, i) == 2;
    if (polygons) SMAP_TRY(smap__locator_new(ctx, by, &j.locator, err), done);
    SMAP_TRY(smap__parallel(ctx, chunks, measure_chunk, &j, err), done);
    SMAP_TRY(gather(&j, chunks, out, count, err), done);
done:
    for (int k = 0; j.workers && k < threads; k++) {
        smap__hits_release(&j.workers[k].near);
        smap__hits_release(&j.workers[k].holders);
        smap__free(j.workers[k].stretches);
    }
    for (int64_t k = 0; j.outputs && k < chunks; k++) smap__free(j.outputs[k].parts);
    smap__free(j.workers);
    smap__free(j.outputs);
    smap__free(j.elements);
    smap__index_free(j.index);
    smap__locator_free(j.locator);
    return status;
}
