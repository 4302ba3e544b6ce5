/* What each end would move to is found for all of them side by side, on the lines as they are. Then they move, the
 * shortest way first. In one round a line either moves an end or is moved to, and nobody moves to what has moved: an
 * end that would have to waits for the next round, which sees the lines as they are then. */
#include "net/dangles.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/compare.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "base/parallel.h"
#include "geo/geom_column.h"
#include "geo/segment.h"
#include "net/graph.h"
#include "net/strand_runs.h"

enum { CHUNK = 512 };

/* Where an end may go: to the vertex `coord` of a strand, or to its side, on the segment from `coord`. */
typedef struct target {
    uint32_t strand, coord; /* SMAP__NONE: nowhere */
    bool side;
    double x, y, distance;
} target;

typedef struct dangle {
    uint32_t strand, coord;
    int end;
    double x, y;
    target to;
} dangle;

typedef struct work {
    const smap_geometry *lines;
    const smap__mend_options *options;
    smap__strand_runs runs;
    smap__nodes nodes;
    uint8_t *uses;   /* of each node: how often it is a vertex of a line, 2 = more than once */
    dangle *dangles; /* that may go somewhere, after the search */
    size_t count;
    smap__hits *hits; /* of each worker */
    smap_ctx *ctx;
    uint8_t *busy;  /* of each strand: one of its ends has moved, or it was moved to */
    uint8_t *moved; /* of each strand: bit 0 its first end, bit 1 its last */
    uint8_t *met;   /* of each strand, likewise: others have moved to that end */
    double *x, *y;  /* of the new lines; NULL before the first that moves */
    smap__line_place *places;
    size_t place_count, place_capacity;
} work;

static int level_of(const work *w, uint32_t strand) {
    return w->options->level ? w->options->level[w->runs.strands[strand].feature] : 0;
}

/* ---- which ends dangle ---- */

static smap_status find_dangles(work *w, smap_error *err) {
    const smap__strand *strands = w->runs.strands;
    smap_status status = smap__nodes_find(w->ctx, w->lines, strands, w->runs.strand_count, NULL, &w->nodes, err);
    if (status != SMAP_OK) return status;
    w->uses = smap__zalloc(w->nodes.count, 1);
    w->dangles = smap__realloc(NULL, 2 * w->runs.strand_count, sizeof *w->dangles);
    if (!w->uses || !w->dangles) return smap__fail_memory(err);
    for (size_t k = 0; k < w->runs.strand_count; k++)
        for (uint32_t i = strands[k].first; i < strands[k].end; i++) {
            uint32_t node = w->nodes.at[i];
            if (node != SMAP__NONE && w->uses[node] < 2) w->uses[node]++;
        }
    for (size_t k = 0; k < w->runs.strand_count; k++)
        for (int end = 0; end < 2; end++) {
            uint32_t i = end ? strands[k].end - 1 : strands[k].first;
            if (w->uses[w->nodes.at[i]] == 1)
                w->dangles[w->count++] = (dangle){ (uint32_t)k, i, end, w->lines->x[i], w->lines->y[i], { 0 } };
        }
    return SMAP_OK;
}

/* ---- where each may go ---- */

/* Nearer; of equally near ones the place more to the left, then below; of one place the line of the lowest row. */
static bool is_better(const work *w, const target *a, const target *b) {
    if (b->coord == SMAP__NONE || a->distance != b->distance)
        return b->coord == SMAP__NONE || a->distance < b->distance;
    if (a->x != b->x) return a->x < b->x;
    if (a->y != b->y) return a->y < b->y;
    return w->runs.strands[a->strand].feature < w->runs.strands[b->strand].feature;
}

/* Have the two lines a node in common near the end? */
static bool meet_already(const work *w, const dangle *d, uint32_t other) {
    const smap__strand *s = &w->runs.strands[d->strand], *t = &w->runs.strands[other];
    for (uint32_t i = s->first; i < s->end; i++) {
        uint32_t node = w->nodes.at[i];
        if (node == SMAP__NONE || hypot(w->lines->x[i] - d->x, w->lines->y[i] - d->y) > 2 * w->options->join_m)
            continue;
        for (uint32_t k = t->first; k < t->end; k++)
            if (w->nodes.at[k] == node) return true;
    }
    return false;
}

/* Does the line turn at a vertex, seen from the corner before it? Where crossings were put in, it does not. */
static bool is_corner(const work *w, uint32_t before, uint32_t i) {
    const double *x = w->lines->x, *y = w->lines->y;
    double straight = 16 * smap__resolution_at(x[i], y[i]);
    return smap__segment_distance2(x[i], y[i], x[before], y[before], x[i + 1], y[i + 1]) > straight * straight;
}

/* Would the end, moved to the other end of its own line, make a ring of it that is more than its gap? */
static bool closes_ring(const work *w, const dangle *d, const target *to) {
    const smap__strand *s = &w->runs.strands[d->strand];
    const double *x = w->lines->x, *y = w->lines->y;
    uint32_t corner = s->first;
    double twice = 0; /* seen from the place where it would be closed, the first and the last triangle have no area */
    if (to->coord != (d->end ? s->first : s->end - 1)) return false;
    for (uint32_t i = s->first + 1; i + 1 < s->end; i++) {
        if (!is_corner(w, corner, i)) continue;
        if (corner != s->first) twice += (x[corner] - to->x) * (y[i] - to->y) - (x[i] - to->x) * (y[corner] - to->y);
        corner = i;
    }
    return fabs(twice) / 2 > to->distance * to->distance;
}

/* How far an end may go: rounding does not decide about what is exactly so far. */
static double reach_of(const work *w, const dangle *d) {
    return w->options->join_m + 2 * smap__resolution_at(d->x, d->y);
}

/* Bridges and tunnels come to the ground at their ends: there lines of all levels may meet, elsewhere those of one. */
static bool may_meet(const work *w, uint32_t strand, const target *to) {
    const smap__strand *s = &w->runs.strands[to->strand];
    bool end = !to->side && (to->coord == s->first || to->coord + 1 == s->end);
    return end || level_of(w, strand) == level_of(w, to->strand);
}

static void try_target(const work *w, dangle *d, const target *to) {
    if (!(to->distance <= reach_of(w, d)) || !is_better(w, to, &d->to) || !may_meet(w, d->strand, to)) return;
    bool fits = to->strand == d->strand ? !to->side && closes_ring(w, d, to) : !meet_already(w, d, to->strand);
    if (fits) d->to = *to;
}

static void try_vertices(const work *w, dangle *d, const smap__run *run) {
    const smap_geometry *g = w->lines;
    for (uint32_t i = run->first; i <= run->end; i++) {
        if (i == d->coord) continue;
        if (i > w->runs.strands[run->strand].first && smap__same_vertex(g, i, i - 1)) continue;
        target to = { run->strand, i, false, g->x[i], g->y[i], hypot(g->x[i] - d->x, g->y[i] - d->y) };
        try_target(w, d, &to);
    }
}

/* The nearest place of a segment, from its left (or lower) end whichever way it runs; the end itself if it lies on the
 * segment already. */
static target side_target(const work *w, const dangle *d, uint32_t strand, uint32_t coord) {
    const smap_geometry *g = w->lines;
    uint32_t a = coord, b = coord + 1;
    if (g->x[b] < g->x[a] || (g->x[b] == g->x[a] && g->y[b] < g->y[a])) a = coord + 1, b = coord;
    double share = smap__segment_share(d->x, d->y, g->x[a], g->y[a], g->x[b], g->y[b]);
    target to = {
        strand, coord, true, g->x[a] + share * (g->x[b] - g->x[a]), g->y[a] + share * (g->y[b] - g->y[a]), 0
    };
    to.distance = hypot(to.x - d->x, to.y - d->y);
    if (to.distance <= smap__resolution_at(d->x, d->y)) {
        to.x = d->x;
        to.y = d->y;
    }
    return to;
}

static void try_sides(const work *w, dangle *d, const smap__run *run) {
    for (uint32_t i = run->first; i < run->end && run->strand != d->strand; i++) {
        if (smap__same_vertex(w->lines, i, i + 1)) continue;
        target to = side_target(w, d, run->strand, i);
        try_target(w, d, &to);
    }
}

/* The runs within reach of an end. */
static smap_status find_near(const work *w, const dangle *d, smap__hits *hits, smap_error *err) {
    double reach = reach_of(w, d) + 2 * smap__resolution_at(d->x, d->y);
    const smap_box box = { d->x - reach, d->y - reach, d->x + reach, d->y + reach };
    return smap__index_query(w->runs.index, box, hits, err);
}

static smap_status search_chunk(int worker, int64_t chunk, void *user, smap_error *err) {
    work *w = user;
    smap__hits *hits = &w->hits[worker];
    size_t end = (size_t)(chunk + 1) * CHUNK < w->count ? (size_t)(chunk + 1) * CHUNK : w->count;
    for (size_t k = (size_t)chunk * CHUNK; k < end; k++) {
        dangle *d = &w->dangles[k];
        d->to.strand = d->to.coord = SMAP__NONE;
        smap_status status = find_near(w, d, hits, err);
        if (status == SMAP_OK && k % 64 == 0) status = smap__poll(w->ctx, err);
        if (status != SMAP_OK) return status;
        for (int side = 0; side < 2 && d->to.coord == SMAP__NONE; side++)
            for (size_t h = 0; h < hits->count; h++)
                (side ? try_sides : try_vertices)(w, d, &w->runs.runs[hits->ids[h]]);
    }
    return SMAP_OK;
}

/* ---- moving ---- */

static int compare_dangles(const void *a, const void *b) {
    const dangle *left = a, *right = b;
    int distance = smap__compare_reals(&left->to.distance, &right->to.distance);
    int x = distance ? distance : smap__compare_reals(&left->x, &right->x);
    return x ? x : smap__compare_reals(&left->y, &right->y);
}

/* Has the vertex or the segment moved in this round? */
static bool has_moved(const work *w, const target *to) {
    const smap__strand *s = &w->runs.strands[to->strand];
    uint32_t first = s->first, last = s->end - 1;
    while (to->side && first + 1 < last && smap__same_vertex(w->lines, first, first + 1)) first++;
    if (to->side) last--;
    return (w->moved[to->strand] & 1 && to->coord == first) || (w->moved[to->strand] & 2 && to->coord == last);
}

/* The bit of the end of a strand that the target is: a dangling one, which meets nothing else. 0: it is none. */
static uint8_t end_bit(const work *w, const target *to) {
    const smap__strand *s = &w->runs.strands[to->strand];
    uint32_t node = w->nodes.at[to->coord];
    if (to->side || node == SMAP__NONE || w->uses[node] > 1) return 0;
    return to->coord == s->first ? 1 : to->coord + 1 == s->end ? 2 : 0;
}

/* May the end that `d` would meet go to the same vertex as well? */
static bool both_may(const work *w, const dangle *d, const dangle *other, const target *to) {
    return to->distance <= reach_of(w, d) && hypot(to->x - other->x, to->y - other->y) <= reach_of(w, other) &&
           may_meet(w, d->strand, to) && may_meet(w, other->strand, to) && !meet_already(w, d, to->strand) &&
           !meet_already(w, other, to->strand);
}

/* Before two dangling ends meet each other: the nearest vertex in reach of both that stays where it is, because its
 * line goes on there or others have moved to it in this round. The ends of a junction come together in one place so,
 * not two by two. */
static smap_status prefer_joint(work *w, dangle *d, smap_error *err) {
    const smap_geometry *g = w->lines;
    const dangle other = { .strand = d->to.strand, .x = d->to.x, .y = d->to.y };
    uint8_t bit = end_bit(w, &d->to);
    target joint = { .strand = SMAP__NONE, .coord = SMAP__NONE };
    smap__hits *hits = &w->hits[0];
    if (!bit || w->met[other.strand] & bit || other.strand == d->strand) return SMAP_OK;
    smap_status status = find_near(w, d, hits, err);
    for (size_t h = 0; h < hits->count && status == SMAP_OK; h++) {
        const smap__run *run = &w->runs.runs[hits->ids[h]];
        if (run->strand == d->strand || run->strand == other.strand) continue;
        for (uint32_t i = run->first; i <= run->end; i++) {
            if (i > w->runs.strands[run->strand].first && smap__same_vertex(g, i, i - 1)) continue;
            target to = { run->strand, i, false, g->x[i], g->y[i], hypot(g->x[i] - d->x, g->y[i] - d->y) };
            bool loose = (end_bit(w, &to) & ~w->met[run->strand]) != 0;
            if (!loose && is_better(w, &to, &joint) && both_may(w, d, &other, &to)) joint = to;
        }
    }
    if (joint.coord != SMAP__NONE && !has_moved(w, &joint)) d->to = joint;
    return status;
}

static smap_status copy_coordinates(work *w, smap_error *err) {
    size_t count = (size_t)w->lines->coord_count;
    w->x = smap__realloc(NULL, count, sizeof *w->x);
    w->y = smap__realloc(NULL, count, sizeof *w->y);
    if (!w->x || !w->y) return smap__fail_memory(err);
    memcpy(w->x, w->lines->x, count * sizeof *w->x);
    memcpy(w->y, w->lines->y, count * sizeof *w->y);
    return SMAP_OK;
}

/* Where the ring that a coordinate is in ends. */
static uint32_t ring_end(const smap_geometry *g, uint32_t coord) {
    int64_t low = 0, high = g->ring_count - 1;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (smap_geom_coord(g, middle + 1) > coord)
            high = middle;
        else
            low = middle + 1;
    }
    return (uint32_t)smap_geom_coord(g, low + 1);
}

/* The end, with the vertices that repeat it. */
static smap_status move_end(work *w, const dangle *d, smap_error *err) {
    const smap_geometry *g = w->lines;
    uint32_t from = d->coord, to = d->coord;
    if (d->to.x == d->x && d->to.y == d->y) return SMAP_OK;
    smap_status status = w->x && w->y ? SMAP_OK : copy_coordinates(w, err);
    if (status != SMAP_OK) return status;
    uint32_t end = ring_end(g, d->coord);
    while (to + 1 < end && smap__same_vertex(g, to + 1, d->coord)) to++;
    for (uint32_t i = from; i <= to; i++) {
        w->x[i] = d->to.x;
        w->y[i] = d->to.y;
    }
    w->moved[d->strand] = (uint8_t)(w->moved[d->strand] | (d->end ? 2 : 1));
    return SMAP_OK;
}

/* A vertex for every segment that the end was moved to: lines on top of each other all have one. */
static smap_status put_side(work *w, const dangle *d, smap_error *err) {
    smap__hits *hits = &w->hits[0];
    smap_status status = find_near(w, d, hits, err);
    for (size_t h = 0; h < hits->count && status == SMAP_OK; h++) {
        const smap__run *run = &w->runs.runs[hits->ids[h]];
        if (run->strand == d->strand || level_of(w, run->strand) != level_of(w, d->strand)) continue;
        for (uint32_t i = run->first; i < run->end && status == SMAP_OK; i++) {
            if (smap__same_vertex(w->lines, i, i + 1)) continue;
            target to = side_target(w, d, run->strand, i);
            if (to.x != d->to.x || to.y != d->to.y || has_moved(w, &to)) continue;
            if (!smap__grow(&w->places, &w->place_capacity, w->place_count + 1, sizeof *w->places))
                status = smap__fail_memory(err);
            else
                w->places[w->place_count++] = smap__place_on_segment(w->lines, i, to.x, to.y);
            w->busy[run->strand] = 1;
        }
    }
    return status;
}

static smap_status put_join(work *w, const dangle *d, smap__joins *joins, smap_error *err) {
    const smap__strand *strands = w->runs.strands;
    if (!smap__grow(&joins->items, &joins->capacity, joins->count + 1, sizeof *joins->items))
        return smap__fail_memory(err);
    smap__join join = { strands[d->strand].feature, strands[d->to.strand].feature, d->x, d->y, d->to.distance };
    joins->items[joins->count++] = (smap__joined){ join, d->strand, d->end };
    w->busy[d->strand] = 1;
    uint32_t node = w->nodes.at[d->to.coord];
    if (!d->to.side && (node == SMAP__NONE || w->uses[node] < 2)) w->busy[d->to.strand] = 1;
    w->met[d->to.strand] = (uint8_t)(w->met[d->to.strand] | end_bit(w, &d->to));
    smap_status status = d->to.side ? put_side(w, d, err) : SMAP_OK;
    return status == SMAP_OK ? move_end(w, d, err) : status;
}

static smap_status move_ends(work *w, smap__joins *joins, smap_error *err) {
    size_t kept = 0;
    w->busy = smap__zalloc(w->runs.strand_count, 1);
    w->moved = smap__zalloc(w->runs.strand_count, 1);
    w->met = smap__zalloc(w->runs.strand_count, 1);
    if (!w->busy || !w->moved || !w->met) return smap__fail_memory(err);
    for (size_t k = 0; k < w->count; k++)
        if (w->dangles[k].to.coord != SMAP__NONE) w->dangles[kept++] = w->dangles[k];
    if (kept > 1) qsort(w->dangles, kept, sizeof *w->dangles, compare_dangles);
    for (size_t k = 0; k < kept; k++) {
        dangle *d = &w->dangles[k];
        if (w->busy[d->strand] || has_moved(w, &d->to)) continue;
        smap_status status = prefer_joint(w, d, err);
        if (status == SMAP_OK) status = put_join(w, d, joins, err);
        if (status != SMAP_OK) return status;
    }
    return SMAP_OK;
}

/* ---- the lines made anew ---- */

static smap_status make_lines(work *w, const smap_geometry **out, smap_error *err) {
    const smap_geometry *moved = NULL;
    smap_geometry arrays = *w->lines;
    smap_status status;
    if (w->x) {
        arrays.x = w->x;
        arrays.y = w->y;
        arrays.z = arrays.m = NULL;
        SMAP_TRY(smap__geometry_adopt(&arrays, w->lines, &moved, err), done);
        w->x = w->y = NULL;
    }
    SMAP_TRY(smap__lines_insert(moved ? moved : w->lines, w->places, w->place_count, out, NULL, err), done);
done:
    smap_geometry_free(moved);
    return status;
}

smap_status smap__dangles_join(smap_ctx *ctx, const smap_geometry *lines, const smap__mend_options *options,
                               smap__joins *joins, const smap_geometry **out, smap_error *err) {
    work w = { .lines = lines, .options = options, .ctx = ctx };
    int threads = smap_ctx_threads(ctx);
    size_t before = joins->count;
    smap_status status;
    w.hits = smap__zalloc((size_t)threads, sizeof *w.hits);
    if (!w.hits) SMAP_TRY(smap__fail_memory(err), done);
    SMAP_TRY(smap__strand_runs_find(lines, &w.runs, err), done);
    SMAP_TRY(find_dangles(&w, err), done);
    SMAP_TRY(smap__parallel(ctx, ((int64_t)w.count + CHUNK - 1) / CHUNK, search_chunk, &w, err), done);
    SMAP_TRY(move_ends(&w, joins, err), done);
    *out = NULL;
    if (joins->count > before) SMAP_TRY(make_lines(&w, out, err), done);
done:
    smap__hits_free(w.hits, threads);
    smap__strand_runs_release(&w.runs);
    smap__nodes_release(&w.nodes);
    smap__free(w.uses);
    smap__free(w.dangles);
    smap__free(w.busy);
    smap__free(w.moved);
    smap__free(w.met);
    smap__free(w.x);
    smap__free(w.y);
    smap__free(w.places);
    return status;
}
