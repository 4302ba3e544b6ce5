/* Polygons beside every reached part of an edge, made side by side, are united many at a time, without those that lie
 * within others, and what comes of it a few at a time: what lies inside is gone after the first unions, so that the
 * last ones have outlines alone. A limit begins with what the one before has: only what is reached since then, or had
 * a road beside it that was not reached then, is looked at again. */
#include "access/isochrone.h"

#include <math.h>

#include "access/area_cover.h"
#include "access/edge_run.h"
#include "access/roadside.h"
#include "access/row_groups.h"
#include "access/stretches.h"
#include "base/alloc.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "base/parallel.h"
#include "geo/geom_builder.h"
#include "geo/geom_column.h"
#include "geo/geos_bridge.h"

enum { CHUNKS = 8, CHUNK_LEAST = 64, CHUNK_MOST = 1024, UNITED = 4 };
enum { CELLS = 32 }; /* of the width: in such cells polygons are held against each other */

static const double barrier_half_width = 0.05; /* of a line that no area crosses: nobody sees it on a map */

/* What a worker works with. */
typedef struct tools {
    smap__geos *geos;
    smap__roadside side;
    smap__heading *headings; /* of the ends at one node */
    smap__area_cover cover;
} tools;

/* Of one limit. */
typedef struct scene {
    smap__stretches stretches;
    const smap_geometry *reached, *beyond; /* as lines, one a stretch */
    smap__rivals rivals;
    smap__row_groups corners;  /* ends of reached stretches at each node: 2 * stretch + end */
    uint32_t most_ends;        /* at one node */
    bool *is_fresh;            /* of each reached stretch: what is beside it is not known from the limit before */
    uint32_t *fresh;           /* those */
    size_t fresh_count, chunk; /* so many in one go */
} scene;

typedef struct work {
    smap_ctx *ctx;
    const smap__isochrone_query *q;
    const smap__graph *graph;
    smap__stands stands;
    uint32_t *order;
    smap__reach reach;
    const smap_geometry *barrier; /* united, one polygon a feature; NULL: none */
    smap__index *barriers;
    tools *tools;
    int tool_count;
    scene scene, last;               /* last: of the limit before */
    const smap_geometry *beside;     /* all that is beside what is reached within that; NULL: nothing */
    const smap_geometry **in, **out; /* columns of polygons that are being united */
    size_t in_count;
} work;

static smap_status finish(smap_geometry_builder *b, const smap_geometry **out, smap_error *err) {
    smap_status status = smap_geometry_builder_finish(b, out, err);
    smap_geometry_builder_free(b);
    return status;
}

/* ---- what is reached ---- */

static smap_status search(work *w, smap_error *err) {
    smap__search all = { .toward = true, .limit_s = w->q->limits ? w->q->limit_s[w->q->limits - 1] : 0 };
    smap__seed *seeds = NULL;
    smap_status status = smap__type_seeds(w->q->access, w->q->type, &seeds, &all.seed_count, err);
    all.seeds = seeds;
    if (status == SMAP_OK) status = smap__paths_nearest(w->ctx, w->graph, &all, 1, &w->reach, err);
    smap__free(seeds);
    return status;
}

/* Stretches as lines; EMPTY where they have no length. */
static smap_status draw(const work *w, const smap__stretch *stretch, size_t count, const smap_geometry **out,
                        smap_error *err) {
    smap_geometry_builder *b = NULL;
    smap__edge_run run = { 0 };
    smap_status status = smap_geometry_builder_new(w->graph->lines->crs, &b, err);
    for (size_t k = 0; k < count && status == SMAP_OK; k++) {
        run.count = 0;
        status = smap__edge_run_put(&run, w->graph, stretch[k].edge, stretch[k].from, stretch[k].to, err);
        if (status == SMAP_OK) status = smap__builder_reserve(b, 1, 1, 1, run.count, err);
        if (status != SMAP_OK) break;
        for (size_t i = 0; run.count > 1 && i < run.count; i++) smap__builder_put(b, run.points[i].x, run.points[i].y);
        if (run.count > 1) {
            smap__builder_end_ring(b);
            smap__builder_end_part(b, SMAP_GEOM_LINESTRING);
        }
        smap__builder_end_feature(b, SMAP_GEOM_LINESTRING);
    }
    smap__edge_run_release(&run);
    if (status == SMAP_OK) return finish(b, out, err);
    smap_geometry_builder_free(b);
    return status;
}

static smap_status find_corners(const work *w, scene *s, smap_error *err) {
    size_t count = s->stretches.reached_count;
    uint32_t *key = smap__realloc(NULL, count, 2 * sizeof *key);
    if (!key) return smap__fail_memory(err);
    for (size_t k = 0; k < count; k++) {
        const smap__stretch *one = &s->stretches.reached[k];
        int64_t first, end;
        smap__geometry_span(s->reached, (int64_t)k, &first, &end);
        key[2 * k] = first < end && one->from <= 0 ? w->graph->from[one->edge] : SMAP__NONE;
        key[2 * k + 1] = first < end && one->to >= 1 ? w->graph->to[one->edge] : SMAP__NONE;
    }
    smap_status status = smap__row_groups_make(key, 2 * (uint32_t)count, w->graph->node_count, &s->corners, err);
    for (uint32_t n = 0; status == SMAP_OK && n < w->graph->node_count; n++) {
        uint32_t ends = s->corners.first[n + 1] - s->corners.first[n];
        if (ends > s->most_ends) s->most_ends = ends;
    }
    smap__free(key);
    return status;
}

/* Was a road that is not reached near to it within the last limit? */
static smap_status had_rivals(work *w, int64_t stretch, bool *out, smap_error *err) {
    smap__hits *hits = &w->tools->side.hits;
    smap_box box = smap_geometry_box(w->scene.reached, stretch);
    double reach = 2 * w->q->width_m;
    box = (smap_box){ box.xmin - reach, box.ymin - reach, box.xmax + reach, box.ymax + reach };
    smap_status status = smap__index_query(w->last.rivals.index, box, hits, err);
    *out = hits->count > 0;
    return status;
}

/* A stretch that is as it was within the last limit, when no rival was near, has beside it what it had then. Both lists
 * are along the same edges. */
static smap_status find_fresh(work *w, smap_error *err) {
    scene *s = &w->scene;
    const smap__stretch *now = s->stretches.reached, *last = w->last.stretches.reached;
    size_t count = s->stretches.reached_count, end = w->last.stretches.reached_count, at = 0;
    smap_status status = SMAP_OK;
    s->fresh = smap__realloc(NULL, count, sizeof *s->fresh);
    s->is_fresh = smap__zalloc(count, sizeof *s->is_fresh);
    if (!s->fresh || !s->is_fresh) return smap__fail_memory(err);
    for (size_t k = 0; k < count && status == SMAP_OK; k++) {
        while (k > 0 && at < end && last[at].edge == now[k - 1].edge &&
               (last[at].edge != now[k].edge || last[at].from < now[k].from))
            at++;
        s->is_fresh[k] =
            at == end || last[at].edge != now[k].edge || last[at].from != now[k].from || last[at].to != now[k].to;
        if (!s->is_fresh[k]) status = had_rivals(w, (int64_t)k, &s->is_fresh[k], err);
        if (s->is_fresh[k]) s->fresh[s->fresh_count++] = (uint32_t)k;
        if (status == SMAP_OK && k % CHUNK_MOST == 0) status = smap__poll(w->ctx, err);
    }
    s->chunk = s->fresh_count / CHUNKS;
    s->chunk = s->chunk < CHUNK_LEAST ? CHUNK_LEAST : s->chunk > CHUNK_MOST ? CHUNK_MOST : s->chunk;
    return status;
}

static smap_status set_scene(work *w, double limit_s, scene *s, smap_error *err) {
    const smap__stretch_query query = { w->q->access, w->q->type, &w->reach, &w->stands, w->order, limit_s };
    smap_status status;
    SMAP_TRY(smap__stretches_find(w->ctx, &query, &s->stretches, err), done);
    SMAP_TRY(draw(w, s->stretches.reached, s->stretches.reached_count, &s->reached, err), done);
    SMAP_TRY(draw(w, s->stretches.beyond, s->stretches.beyond_count, &s->beyond, err), done);
    SMAP_TRY(smap__rivals_make(s->beyond, &s->rivals, err), done);
    SMAP_TRY(find_corners(w, s, err), done);
    SMAP_TRY(find_fresh(w, err), done);
done:
    return status;
}

static void clear_scene(scene *s) {
    smap__stretches_release(&s->stretches);
    smap_geometry_free(s->reached);
    smap_geometry_free(s->beyond);
    smap__rivals_release(&s->rivals);
    smap__row_groups_release(&s->corners);
    smap__free(s->is_fresh);
    smap__free(s->fresh);
    *s = (scene){ 0 };
}

/* ---- beside it ---- */

/* Where a stretch leads from its first coordinate (end 0) or its last. */
static smap__heading heading_of(const smap_geometry *lines, uint32_t stretch_end) {
    int64_t first, end;
    smap__geometry_span(lines, stretch_end / 2, &first, &end);
    int64_t at = stretch_end % 2 ? end - 1 : first, next = stretch_end % 2 ? end - 2 : first + 1;
    return smap__heading_of(lines->x[at], lines->y[at], lines->x[next], lines->y[next]);
}

/* The corner at an end of a fresh stretch, if that is the first of those that meet there. */
static smap_status put_corner(const work *w, tools *t, uint32_t stretch_end, smap_geometry_builder *b,
                              smap_error *err) {
    const scene *s = &w->scene;
    const smap__stretch *one = &s->stretches.reached[stretch_end / 2];
    bool at_node = stretch_end % 2 ? one->to >= 1 : one->from <= 0;
    uint32_t node = stretch_end % 2 ? w->graph->to[one->edge] : w->graph->from[one->edge];
    uint32_t first = s->corners.first[node], end = s->corners.first[node + 1];
    uint32_t least = first;
    while (least < end && !s->is_fresh[s->corners.row[least] / 2]) least++;
    if (!at_node || least == end || s->corners.row[least] != stretch_end) return SMAP_OK;
    for (uint32_t k = first; k < end; k++) t->headings[k - first] = heading_of(s->reached, s->corners.row[k]);
    return smap__roadside_corner(&t->side, w->graph->x[node], w->graph->y[node], t->headings, (int)(end - first), b,
                                 err);
}

static smap_status unite(tools *t, const smap_geometry *const *columns, size_t count, const smap_crs *crs,
                         const smap_geometry **out, smap_error *err) {
    smap_geometry_builder *b = NULL;
    smap_status status = smap_geometry_builder_new(crs, &b, err);
    if (status == SMAP_OK) status = smap__geos_unite(t->geos, columns, count, b, err);
    if (status == SMAP_OK) return finish(b, out, err);
    smap_geometry_builder_free(b);
    return status;
}

/* Without those that lie within others: where roads are near to each other, most do. */
static smap_status thin_out(const work *w, tools *t, const smap_geometry *pieces, const smap_geometry **out,
                            smap_error *err) {
    smap_geometry_builder *b = NULL;
    bool *needed = smap__zalloc((size_t)pieces->count, sizeof *needed);
    smap_status status = needed ? SMAP_OK : smap__fail_memory(err);
    if (status == SMAP_OK) status = smap__area_cover_find(&t->cover, pieces, w->q->width_m / CELLS, needed, err);
    if (status == SMAP_OK) status = smap_geometry_builder_new(pieces->crs, &b, err);
    for (int64_t k = 0; k < pieces->count && status == SMAP_OK; k++)
        if (needed[k]) status = smap__builder_append_feature(b, pieces, k, err);
    if (status == SMAP_OK) status = smap_geometry_builder_finish(b, out, err);
    smap_geometry_builder_free(b);
    smap__free(needed);
    return status;
}

static smap_status surround(int worker, int64_t chunk, void *user, smap_error *err) {
    work *w = user;
    tools *t = &w->tools[worker];
    const scene *s = &w->scene;
    size_t first = (size_t)chunk * s->chunk,
           end = first + s->chunk < s->fresh_count ? first + s->chunk : s->fresh_count;
    const smap_geometry *pieces = NULL, *needed = NULL;
    smap_geometry_builder *b = NULL;
    smap_status status = smap_geometry_builder_new(w->graph->lines->crs, &b, err);
    for (size_t k = first; status == SMAP_OK && k < end; k++) {
        status = smap__roadside_line(&t->side, s->reached, s->fresh[k], b, err);
        for (uint32_t e = 0; e < 2 && status == SMAP_OK; e++) status = put_corner(w, t, 2 * s->fresh[k] + e, b, err);
        if (status == SMAP_OK && k % CHUNK_LEAST == 0) status = smap__poll(w->ctx, err);
    }
    if (status == SMAP_OK) status = smap_geometry_builder_finish(b, &pieces, err);
    if (status == SMAP_OK) status = thin_out(w, t, pieces, &needed, err);
    if (status == SMAP_OK) status = unite(t, &needed, 1, w->graph->lines->crs, &w->out[chunk], err);
    smap_geometry_builder_free(b);
    smap_geometry_free(pieces);
    smap_geometry_free(needed);
    return status;
}

static smap_status unite_some(int worker, int64_t chunk, void *user, smap_error *err) {
    work *w = user;
    size_t first = (size_t)chunk * UNITED, count = w->in_count - first < UNITED ? w->in_count - first : UNITED;
    return unite(&w->tools[worker], w->in + first, count, w->graph->lines->crs, &w->out[chunk], err);
}

static void free_columns(const smap_geometry **columns, size_t count) {
    for (size_t k = 0; columns && k < count; k++) smap_geometry_free(columns[k]);
    smap__free(columns);
}

/* All that is beside fresh stretches, one polygon a feature; NULL: there are none. */
static smap_status surround_fresh(work *w, const smap_geometry **out, smap_error *err) {
    size_t chunks = (w->scene.fresh_count + w->scene.chunk - 1) / w->scene.chunk;
    smap_status status = SMAP_OK;
    if (chunks == 0) return SMAP_OK;
    w->out = smap__zalloc(chunks, sizeof *w->out);
    if (!w->out) return smap__fail_memory(err);
    status = smap__parallel(w->ctx, (int64_t)chunks, surround, w, err);
    while (status == SMAP_OK && chunks > 1) {
        size_t groups = (chunks + UNITED - 1) / UNITED;
        w->in = w->out;
        w->in_count = chunks;
        w->out = smap__zalloc(groups, sizeof *w->out);
        status = w->out ? smap__parallel(w->ctx, (int64_t)groups, unite_some, w, err) : smap__fail_memory(err);
        free_columns(w->in, chunks);
        chunks = groups;
    }
    if (status == SMAP_OK) {
        *out = w->out[0];
        w->out[0] = NULL;
    }
    free_columns(w->out, chunks);
    w->in = w->out = NULL;
    return status;
}

/* That, and what is beside all else that is reached. */
static smap_status surround_all(work *w, smap_error *err) {
    const smap_geometry *fresh = NULL, *joined = NULL;
    smap_status status = surround_fresh(w, &fresh, err);
    if (status == SMAP_OK && fresh && w->beside) {
        const smap_geometry *both[] = { fresh, w->beside };
        status = unite(w->tools, both, 2, fresh->crs, &joined, err);
        smap_geometry_free(fresh);
        fresh = joined;
    }
    if (status != SMAP_OK || !fresh) return status;
    smap_geometry_free(w->beside);
    w->beside = fresh;
    return SMAP_OK;
}

/* ---- barriers, and what they part off ---- */

static smap_status index_of(const smap_geometry *g, smap__index **out, smap_error *err) {
    smap_box *boxes = smap__realloc(NULL, (size_t)g->count, sizeof *boxes);
    if (!boxes) return smap__fail_memory(err);
    for (int64_t k = 0; k < g->count; k++) boxes[k] = smap_geometry_box(g, k);
    smap_status status = smap__index_new(NULL, boxes, g->count, out, err);
    smap__free(boxes);
    return status;
}

/* Polygons as they are, all else a little wider than it is. */
static smap_status set_barriers(work *w, smap_error *err) {
    const smap_geometry *g = w->q->barrier, *areas = NULL;
    smap_geometry_builder *b = NULL;
    smap_status status = smap_geometry_builder_new(g->crs, &b, err);
    for (int64_t k = 0; status == SMAP_OK && k < g->count; k++) {
        bool area = g->type[k] == SMAP_GEOM_POLYGON || g->type[k] == SMAP_GEOM_MULTIPOLYGON;
        status = area ? smap__builder_append_feature(b, g, k, err)
                      : smap__geos_buffer(w->tools->geos, g, k, barrier_half_width, b, err);
    }
    if (status == SMAP_OK) status = smap_geometry_builder_finish(b, &areas, err);
    if (status == SMAP_OK) status = unite(w->tools, &areas, 1, g->crs, &w->barrier, err);
    if (status == SMAP_OK) status = index_of(w->barrier, &w->barriers, err);
    smap_geometry_builder_free(b);
    smap_geometry_free(areas);
    return status;
}

static smap_status cut_barriers(work *w, const smap_geometry *areas, const smap_geometry **out, smap_error *err) {
    smap_geometry_builder *b = NULL;
    smap__hits *hits = &w->tools->side.hits;
    smap_status status = smap_geometry_builder_new(areas->crs, &b, err);
    for (int64_t k = 0; status == SMAP_OK && k < areas->count; k++) {
        status = smap__poll(w->ctx, err);
        if (status == SMAP_OK) status = smap__index_query(w->barriers, smap_geometry_box(areas, k), hits, err);
        if (status != SMAP_OK) break;
        status = hits->count == 0
                     ? smap__builder_append_feature(b, areas, k, err)
                     : smap__geos_subtract(w->tools->geos, areas, k, w->barrier, hits->ids, hits->count, b, err);
    }
    if (status == SMAP_OK) return finish(b, out, err);
    smap_geometry_builder_free(b);
    return status;
}

/* Only the pieces in which something reached lies. */
static smap_status keep_reached(work *w, const smap_geometry *areas, const smap_geometry **out, smap_error *err) {
    const smap_geometry *lines = w->scene.reached;
    smap__hits *hits = &w->tools->side.hits;
    smap_geometry_builder *b = NULL;
    smap__index *index = NULL;
    smap_status status = index_of(lines, &index, err);
    if (status == SMAP_OK) status = smap_geometry_builder_new(areas->crs, &b, err);
    for (int64_t k = 0; status == SMAP_OK && k < areas->count; k++) {
        bool meets = false;
        status = smap__poll(w->ctx, err);
        if (status == SMAP_OK) status = smap__index_query(index, smap_geometry_box(areas, k), hits, err);
        if (status == SMAP_OK)
            status = smap__geos_meets(w->tools->geos, areas, k, lines, hits->ids, hits->count, &meets, err);
        if (status == SMAP_OK && meets) status = smap__builder_append_feature(b, areas, k, err);
    }
    if (status == SMAP_OK) status = smap_geometry_builder_finish(b, out, err);
    smap_geometry_builder_free(b);
    smap__index_free(index);
    return status;
}

/* ---- the whole ---- */

static smap_status hand_out_tools(work *w, smap_error *err) {
    w->tool_count = smap_ctx_threads(w->ctx);
    w->tools = smap__zalloc((size_t)w->tool_count, sizeof *w->tools);
    if (!w->tools) return smap__fail_memory(err);
    for (int k = 0; k < w->tool_count; k++) {
        w->tools[k].side = (smap__roadside){ .rivals = &w->scene.rivals, .width = w->q->width_m, .core = w->q->core_m };
        smap_status status = smap__geos_new(&w->tools[k].geos, err);
        if (status != SMAP_OK) return status;
    }
    return SMAP_OK;
}

static smap_status make_headings(work *w, smap_error *err) {
    for (int k = 0; k < w->tool_count; k++) {
        smap__free(w->tools[k].headings);
        w->tools[k].headings = smap__realloc(NULL, w->scene.most_ends, sizeof(smap__heading));
        if (!w->tools[k].headings) return smap__fail_memory(err);
    }
    return SMAP_OK;
}

/* The area of one limit, which holds that of the one before (NULL: there is none). */
static smap_status make_area(work *w, double limit_s, const smap_geometry **area, smap_error *err) {
    const smap_geometry *cut = NULL, *kept = NULL, *joined = NULL;
    smap_status status;
    SMAP_TRY(set_scene(w, limit_s, &w->scene, err), done);
    SMAP_TRY(make_headings(w, err), done);
    SMAP_TRY(surround_all(w, err), done);
    if (w->beside) {
        if (w->barrier) SMAP_TRY(cut_barriers(w, w->beside, &cut, err), done);
        SMAP_TRY(keep_reached(w, cut ? cut : w->beside, &kept, err), done);
        const smap_geometry *both[] = { kept, *area };
        SMAP_TRY(unite(w->tools, both, *area ? 2 : 1, kept->crs, &joined, err), done);
        smap_geometry_free(*area);
        *area = joined;
    }
    clear_scene(&w->last);
    w->last = w->scene;
    w->scene = (scene){ 0 };
done:
    smap_geometry_free(cut);
    smap_geometry_free(kept);
    return status;
}

/* All polygons of a column (NULL: none) as one feature. */
static smap_status put_area(const smap_geometry *area, smap_geometry_builder *b, smap_error *err) {
    size_t parts = area ? (size_t)area->part_count : 0, rings = area ? (size_t)area->ring_count : 0;
    smap_status status = smap__builder_reserve(b, 1, parts, rings, area ? (size_t)area->coord_count : 0, err);
    if (status != SMAP_OK) return status;
    for (size_t part = 0; part < parts; part++) {
        for (int64_t ring = smap_geom_ring(area, (int64_t)part); ring < smap_geom_ring(area, (int64_t)part + 1);
             ring++) {
            for (int64_t k = smap_geom_coord(area, ring); k < smap_geom_coord(area, ring + 1); k++)
                smap__builder_put(b, area->x[k], area->y[k]);
            smap__builder_end_ring(b);
        }
        smap__builder_end_part(b, SMAP_GEOM_POLYGON);
    }
    smap__builder_end_feature(b, SMAP_GEOM_MULTIPOLYGON);
    return SMAP_OK;
}

static smap_status check(const smap__isochrone_query *q, smap_error *err) {
    for (int k = 0; k < q->limits; k++)
        if (!(q->limit_s[k] >= 0 && q->limit_s[k] < HUGE_VAL) || (k > 0 && q->limit_s[k] <= q->limit_s[k - 1]))
            return smap__fail(err, SMAP_E_ARGUMENT, NULL,
                              "%g s cannot be limit %d of areas; give limits of 0 or more that ascend", q->limit_s[k],
                              k + 1);
    if (!(q->core_m > 0 && q->core_m <= q->width_m && q->width_m < HUGE_VAL))
        return smap__fail(err, SMAP_E_ARGUMENT, NULL,
                          "areas cannot be %g m wide and %g m at least; both must be more than 0, the first not less",
                          q->width_m, q->core_m);
    return smap__access_check(q->access, err);
}

smap_status smap__isochrones(smap_ctx *ctx, const smap__isochrone_query *query, const smap_geometry **out,
                             smap_error *err) {
    work w = { .ctx = ctx, .q = query, .graph = query->access->graph };
    smap_geometry_builder *b = NULL;
    const smap_geometry *area = NULL;
    smap_status status = check(query, err);
    if (status != SMAP_OK) return status;
    SMAP_TRY(search(&w, err), done);
    SMAP_TRY(smap__stands_find(query->access, &w.stands, err), done);
    SMAP_TRY(smap__edge_order(w.graph, &w.order, err), done);
    SMAP_TRY(hand_out_tools(&w, err), done);
    if (query->barrier) SMAP_TRY(set_barriers(&w, err), done);
    SMAP_TRY(smap_geometry_builder_new(w.graph->lines->crs, &b, err), done);
    for (int k = 0; k < query->limits; k++) {
        SMAP_TRY(make_area(&w, query->limit_s[k], &area, err), done);
        SMAP_TRY(put_area(area, b, err), done);
    }
    SMAP_TRY(smap_geometry_builder_finish(b, out, err), done);
done:
    smap_geometry_free(area);
    smap_geometry_builder_free(b);
    for (int k = 0; k < w.tool_count && w.tools; k++) {
        smap__geos_free(w.tools[k].geos);
        smap__roadside_release(&w.tools[k].side);
        smap__area_cover_release(&w.tools[k].cover);
        smap__free(w.tools[k].headings);
    }
    smap__free(w.tools);
    clear_scene(&w.scene);
    clear_scene(&w.last);
    smap_geometry_free(w.beside);
    smap_geometry_free(w.barrier);
    smap__index_free(w.barriers);
    smap__reach_release(&w.reach);
    smap__stands_release(&w.stands);
    smap__free(w.order);
    return status;
}
