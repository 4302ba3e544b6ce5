/* Types are searched a few at a time, as many as there are workers: at no time are there more fields of the network in
 * memory than that. Then every origin looks at the ends of its edge, and at the services along it. */
#include "access/service_ways.h"

#include <math.h>

#include "access/edge_run.h"
#include "access/way_ends.h"
#include "base/alloc.h"
#include "base/fail.h"
#include "base/parallel.h"
#include "geo/geom_builder.h"

enum { CHUNK = 4096 };

typedef struct work {
    const smap__access_query *q;
    const smap__job *places; /* what finds the origins, as long as they are not known; NULL: they are */
    smap__access *out;
    smap__stands stands;
    smap__seed *seeds;
    smap__search *searches; /* of each type */
    uint32_t depth;         /* how many services are worth looking for: k, or as many as a type has at most */
    smap__ranking *fields;  /* of the types at work */
    int32_t first_type, type_count;
} work;

/* ---- what is searched for ---- */

/* The seeds of each type together. */
static void put_seeds(work *w, size_t *at) {
    const smap__access_query *q = w->q;
    for (int64_t s = 0; s < q->services; s++)
        if (smap__service_counts(q, s)) at[q->type[s] + 1] += 2;
    w->depth = 1;
    for (int32_t t = 0; t < q->types; t++) {
        size_t services = at[t + 1] / 2;
        if (w->depth < services) w->depth = services < q->k ? (uint32_t)services : q->k;
        at[t + 1] += at[t];
        w->searches[t] = (smap__search){ w->seeds + at[t], 0, true, q->limit_s, true };
    }
    for (int64_t s = 0; s < q->services; s++) {
        if (!smap__service_counts(q, s)) continue;
        smap__search *search = &w->searches[q->type[s]];
        search->seed_count +=
            smap__service_seeds(q, (uint32_t)s, &w->seeds[at[q->type[s]] + (size_t)search->seed_count]);
    }
}

static smap_status prepare(work *w, smap_error *err) {
    const smap__access_query *q = w->q;
    size_t types = (size_t)q->types, services = (size_t)q->services, *at = smap__zalloc(types + 1, sizeof *at);
    w->seeds = smap__realloc(NULL, services, 2 * sizeof *w->seeds);
    w->searches = smap__zalloc(types, sizeof *w->searches);
    bool good = at && w->seeds && w->searches;
    if (good) put_seeds(w, at);
    smap__free(at);
    return good ? smap__stands_find(q, &w->stands, err) : smap__fail_memory(err);
}

/* ---- fields ---- */

static smap_status find_nearest(smap_ctx *ctx, work *w, smap_error *err) {
    smap__reach *reach = smap__zalloc((size_t)w->type_count, sizeof *reach);
    if (!reach) return smap__fail_memory(err);
    smap_status status =
        smap__paths_nearest_beside(ctx, w->q->graph, w->searches + w->first_type, w->type_count, w->places, reach, err);
    w->places = NULL;
    for (int32_t t = 0; status == SMAP_OK && t < w->type_count; t++) {
        w->fields[t] = (smap__ranking){ 1, reach[t].cost_s, reach[t].length_m, reach[t].source };
        smap__free(reach[t].edge);
    }
    smap__free(reach);
    return status;
}

/* ---- origins ---- */

/* Better than the entry: by time, then by service, then by length? */
static bool is_before(const smap__access *a, size_t entry, uint32_t service, double seconds, double metres) {
    if (a->seconds[entry] != seconds) return a->seconds[entry] > seconds;
    if (a->service[entry] != service) return a->service[entry] > service;
    return a->metres[entry] > metres;
}

/* Into the entries [base, base + k), each service once. */
static void offer(const smap__access *a, size_t base, uint32_t service, double seconds, double metres) {
    size_t end = base + a->k, at = base;
    for (; at < end && !is_before(a, at, service, seconds, metres); at++)
        if (a->service[at] == service) return;
    if (at == end) return;
    size_t out = at;
    while (out + 1 < end && a->service[out] != service) out++;
    for (; out > at; out--) {
        a->service[out] = a->service[out - 1];
        a->seconds[out] = a->seconds[out - 1];
        a->metres[out] = a->metres[out - 1];
    }
    a->service[at] = service;
    a->seconds[at] = seconds;
    a->metres[at] = metres;
}

static bool is_within(const smap__access_query *q, double seconds) {
    return seconds <= q->limit_s && seconds < HUGE_VAL;
}

static void offer_field(const work *w, const smap__ranking *field, const smap__seed *end, size_t base) {
    for (uint32_t i = 0; i < field->most; i++) {
        size_t at = (size_t)end->node * field->most + i;
        if (field->source[at] == SMAP__NONE) return;
        double seconds = end->cost_s + field->cost_s[at];
        if (is_within(w->q, seconds))
            offer(w->out, base, field->source[at], seconds, end->length_m + field->length_m[at]);
    }
}

static void offer_stands(const work *w, const smap__snap *origin, int32_t type, size_t base) {
    size_t at, end;
    smap__stands_on(&w->stands, origin->edge, type, &at, &end);
    for (; at < end; at++) {
        uint32_t service = w->stands.stand[at].service;
        const smap__snap *snap = &w->q->service[service];
        double seconds = smap__along_s(w->q, origin, snap);
        double metres = fabs(snap->share - origin->share) * w->q->graph->length_m[origin->edge];
        if (is_within(w->q, seconds)) offer(w->out, base, service, seconds, origin->distance + metres + snap->distance);
    }
}

static smap_status look_around(int worker, int64_t chunk, void *user, smap_error *err) {
    const work *w = user;
    int64_t end = (chunk + 1) * CHUNK < w->q->origins ? (chunk + 1) * CHUNK : w->q->origins;
    (void)worker, (void)err;
    for (int64_t o = chunk * CHUNK; o < end; o++) {
        smap__seed ends[2];
        int count = smap__origin_seeds(w->q, o, ends);
        for (int32_t t = 0; count > 0 && t < w->type_count; t++) {
            size_t base = smap__access_at(w->out, o, w->first_type + t, 0);
            for (int k = 0; k < count; k++) offer_field(w, &w->fields[t], &ends[k], base);
            offer_stands(w, &w->q->origin[o], w->first_type + t, base);
        }
    }
    return SMAP_OK;
}

static smap_status run(smap_ctx *ctx, work *w, smap_error *err) {
    const smap__access_query *q = w->q;
    int32_t together = smap_ctx_threads(ctx) < q->types ? smap_ctx_threads(ctx) : q->types;
    smap_status status = SMAP_OK;
    w->fields = smap__zalloc((size_t)together, sizeof *w->fields);
    if (!w->fields) return smap__fail_memory(err);
    if (w->places && (w->depth > 1 || q->types == 0))
        status = smap__parallel(ctx, w->places->chunks, w->places->fn, w->places->user, err);
    for (; status == SMAP_OK && w->first_type < q->types; w->first_type += together) {
        w->type_count = q->types - w->first_type < together ? q->types - w->first_type : together;
        status = w->depth == 1 ? find_nearest(ctx, w, err)
                               : smap__paths_ranked(ctx, q->graph, w->searches + w->first_type, w->type_count, w->depth,
                                                    w->fields, err);
        if (status == SMAP_OK) status = smap__parallel(ctx, (q->origins + CHUNK - 1) / CHUNK, look_around, w, err);
        for (int32_t t = 0; t < w->type_count; t++) smap__ranking_release(&w->fields[t]);
    }
    return status;
}

/* ---- the whole ---- */

static smap_status new_access(const smap__access_query *q, smap__access **out, smap_error *err) {
    if ((double)q->origins * q->types * q->k > (double)(SIZE_MAX / 64)) return smap__fail_memory(err);
    smap__access *a = smap__zalloc(1, sizeof *a);
    if (!a) return smap__fail_memory(err);
    size_t entries = (size_t)q->origins * (size_t)q->types * q->k;
    *a = (smap__access){ .origins = q->origins, .types = q->types, .k = q->k };
    a->service = smap__realloc(NULL, entries, sizeof *a->service);
    a->seconds = smap__realloc(NULL, entries, sizeof *a->seconds);
    a->metres = smap__realloc(NULL, entries, sizeof *a->metres);
    if (!a->service || !a->seconds || !a->metres) {
        smap__access_free(a);
        return smap__fail_memory(err);
    }
    for (size_t k = 0; k < entries; k++) {
        a->service[k] = SMAP__NONE;
        a->seconds[k] = a->metres[k] = HUGE_VAL;
    }
    *out = a;
    return SMAP_OK;
}

smap_status smap__access_nearest(smap_ctx *ctx, const smap__access_query *query, const smap__job *places,
                                 smap__access **out, smap_error *err) {
    work w = { .q = query, .places = places };
    smap_status status = smap__access_check(query, err);
    if (status == SMAP_OK) status = new_access(query, &w.out, err);
    if (status == SMAP_OK) status = prepare(&w, err);
    if (status == SMAP_OK) status = run(ctx, &w, err);
    if (status == SMAP_OK)
        *out = w.out;
    else
        smap__access_free(w.out);
    smap__stands_release(&w.stands);
    smap__free(w.seeds);
    smap__free(w.searches);
    smap__free(w.fields);
    return status;
}

void smap__access_free(smap__access *access) {
    if (!access) return;
    smap__free(access->service);
    smap__free(access->seconds);
    smap__free(access->metres);
    smap__free(access);
}

/* ---- one way ---- */

/* The part of its edge between a place and the node where the way enters or leaves it. Of a loop the shorter way round:
 * the seed that the search took, too. */
static smap_status put_end(const smap__access_query *q, const smap__snap *snap, const smap__seed *seeds, int count,
                           uint32_t node, bool away, smap__edge_run *run, smap_error *err) {
    if (count < 2) return SMAP_OK;
    int taken = seeds[0].node == node && !(seeds[1].node == node && seeds[1].cost_s < seeds[0].cost_s) ? 0 : 1;
    return away ? smap__edge_run_put(run, q->graph, snap->edge, snap->share, taken, err)
                : smap__edge_run_put(run, q->graph, snap->edge, taken, snap->share, err);
}

static smap_status put_route(const smap__access_query *q, const smap__route *route, smap__edge_run *run,
                             smap_error *err) {
    smap_status status = SMAP_OK;
    for (uint32_t k = 0; k < route->edge_count && status == SMAP_OK; k++) {
        uint32_t e = route->edges[k];
        bool forward = q->graph->from[e] == route->nodes[k];
        status = smap__edge_run_put(run, q->graph, e, !forward, forward, err);
    }
    return status;
}

/* Along one edge, or by nodes. */
static smap_status trace(const smap__access_query *q, int64_t origin, uint32_t service, bool *found,
                         smap__edge_run *run, smap_error *err) {
    const smap__snap *from = &q->origin[origin], *to = &q->service[service];
    smap__seed starts[2], ends[2];
    smap__route route;
    int start_count = smap__origin_seeds(q, origin, starts), end_count = smap__service_seeds(q, service, ends);
    double direct = smap__along_s(q, from, to);
    double limit = q->limit_s * (1 + 1e-12); /* sums in another order than those of the entry */
    smap_status status = smap__paths_route(q->graph, starts, start_count, ends, end_count, limit, &route, err);
    if (status != SMAP_OK) return status;
    *found = route.cost_s < HUGE_VAL || (direct <= limit && direct < HUGE_VAL);
    if (*found && direct <= route.cost_s) {
        status = smap__edge_run_put(run, q->graph, from->edge, from->share, to->share, err);
    } else if (*found) {
        uint32_t first = route.nodes[0], last = route.nodes[route.edge_count];
        SMAP_TRY(put_end(q, from, starts, start_count, first, true, run, err), done);
        SMAP_TRY(put_route(q, &route, run, err), done);
        SMAP_TRY(put_end(q, to, ends, end_count, last, false, run, err), done);
    }
done:
    smap__route_release(&route);
    return status;
}

smap_status smap__access_append_way(const smap__access_query *query, int64_t origin, uint32_t service,
                                    smap_geometry_builder *builder, smap_error *err) {
    smap__edge_run run = { 0 };
    bool found = false;
    smap_status status = smap__access_check(query, err);
    if (status != SMAP_OK) return status;
    SMAP_TRY(trace(query, origin, service, &found, &run, err), done);
    SMAP_TRY(smap__builder_reserve(builder, 1, 1, 1, run.count, err), done);
    if (run.count > 1) {
        for (size_t k = 0; k < run.count; k++) smap__builder_put(builder, run.points[k].x, run.points[k].y);
        smap__builder_end_ring(builder);
        smap__builder_end_part(builder, SMAP_GEOM_LINESTRING);
    }
    smap__builder_end_feature(builder, found ? SMAP_GEOM_LINESTRING : SMAP_GEOM_NULL);
done:
    smap__edge_run_release(&run);
    return status;
}
