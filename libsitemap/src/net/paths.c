#include "net/paths.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/ctx.h"
#include "base/fail.h"
#include "base/parallel.h"
#include "net/path_search.h"

smap_status smap__seeds_check(const smap__graph *graph, const smap__seed *seeds, int64_t count, smap_error *err) {
    for (int64_t k = 0; k < count; k++) {
        if (seeds[k].node >= graph->node_count || seeds[k].source == SMAP__NONE)
            return smap__fail_row(err, SMAP_E_ARGUMENT, NULL, k + 1, "place %lld is on no node of the network",
                                  (long long)k + 1);
        if (!(seeds[k].cost_s >= 0))
            return smap__fail_row(err, SMAP_E_ARGUMENT, NULL, k + 1,
                                  "place %lld is %g s from the network; that must be 0 or more", (long long)k + 1,
                                  seeds[k].cost_s);
    }
    return SMAP_OK;
}

/* A label for a node, better than the one it has: by cost, then by source. */
static inline smap_status improve(smap__scan *s, uint32_t node, double cost, uint32_t source, uint32_t edge,
                                  smap_error *err) {
    s->reach.cost_s[node] = cost;
    s->reach.source[node] = source;
    s->reach.edge[node] = edge;
    return smap__queue_push(&s->queue, smap__label_of(cost, source, node)) ? SMAP_OK : smap__fail_memory(err);
}

static smap_status put_seeds(smap__scan *scan, const smap__search *search, smap_error *err) {
    smap_status status = SMAP_OK;
    const smap__reach *r = &scan->reach;
    for (int64_t k = 0; status == SMAP_OK && k < search->seed_count; k++) {
        const smap__seed *seed = &search->seeds[k];
        bool tie = seed->cost_s == r->cost_s[seed->node];
        bool better = seed->cost_s < r->cost_s[seed->node] || (tie && seed->source < r->source[seed->node]);
        bool shorter = tie && seed->source == r->source[seed->node] && r->length_m;
        if (seed->cost_s > scan->limit_s) continue;
        if (better) status = improve(scan, seed->node, seed->cost_s, seed->source, SMAP__NONE, err);
        if (better && r->length_m) r->length_m[seed->node] = seed->length_m;
        if (shorter) r->length_m[seed->node] = fmin(r->length_m[seed->node], seed->length_m);
    }
    return status;
}

smap_status smap__scan_start(smap__scan *scan, const smap__graph *graph, const smap__search *search, smap_error *err) {
    size_t nodes = graph->node_count;
    smap__reach *r = &scan->reach;
    *scan = (smap__scan){ .graph = graph,
                          .arc_s = search->toward ? graph->arc_in_s : graph->arc_out_s,
                          .limit_s = fmin(search->limit_s, DBL_MAX) };
    smap_status status = smap__seeds_check(graph, search->seeds, search->seed_count, err);
    if (status != SMAP_OK) return status;
    r->cost_s = smap__realloc(NULL, nodes, sizeof *r->cost_s);
    r->source = smap__realloc(NULL, nodes, sizeof *r->source);
    r->edge = smap__realloc(NULL, nodes, sizeof *r->edge);
    if (search->lengths) r->length_m = smap__realloc(NULL, nodes, sizeof *r->length_m);
    scan->settled = smap__zalloc(nodes, 1);
    if (!r->cost_s || !r->source || !r->edge || !scan->settled || (search->lengths && !r->length_m))
        return smap__fail_memory(err);
    for (size_t n = 0; n < nodes; n++) r->cost_s[n] = HUGE_VAL;
    for (size_t n = 0; r->length_m && n < nodes; n++) r->length_m[n] = HUGE_VAL;
    memset(r->source, 0xff, nodes * sizeof *r->source);
    memset(r->edge, 0xff, nodes * sizeof *r->edge);
    return put_seeds(scan, search, err);
}

/* The arcs of the node that is likely to come up next are on their way while this one's are looked at. */
static inline void fetch_arcs(const smap__scan *s, uint32_t node) {
    uint32_t arc = s->graph->first_arc[node];
    __builtin_prefetch(&s->graph->arc_node[arc]);
    __builtin_prefetch(&s->graph->arc_edge[arc]);
    __builtin_prefetch(&s->arc_s[arc]);
}

/* The path to a node that comes up is final, and so is that to the node before. */
static void measure(smap__scan *s, uint32_t node) {
    uint32_t edge = s->reach.edge[node];
    if (edge == SMAP__NONE) return; /* the length of its seed is there */
    s->reach.length_m[node] = s->reach.length_m[smap__graph_across(s->graph, edge, node)] + s->graph->length_m[edge];
}

/* A node has one label in the queue for every time it was bettered; the last of them comes up first. */
smap_status smap__scan_next(smap__scan *scan, uint32_t *node, smap_error *err) {
    smap__heap *next = &scan->queue.next;
    *node = SMAP__NONE;
    for (;;) {
        if (next->count == 0 && !smap__queue_refill(&scan->queue)) return smap__fail_memory(err);
        if (next->count == 0) return SMAP_OK;
        uint32_t n = (uint32_t)smap__heap_pop(next).key;
        if (scan->settled[n]) continue;
        scan->settled[n] = 1;
        if (scan->reach.length_m) measure(scan, n);
        if (next->count > 0) fetch_arcs(scan, (uint32_t)next->labels[0].key);
        *node = n;
        return SMAP_OK;
    }
}

/* As short as the path it has: by the lower source, then by way of the lower node, then the lower edge. A path that
 * begins at the node stays. */
static smap_status settle_tie(smap__scan *s, uint32_t node, uint32_t arc, uint32_t next, smap_error *err) {
    uint32_t source = s->reach.source[node], old = s->reach.source[next], edge = s->graph->arc_edge[arc];
    if (s->settled[next] || source > old) return SMAP_OK;
    if (source < old) return improve(s, next, s->reach.cost_s[next], source, edge, err);
    uint32_t other = s->reach.edge[next];
    if (other == SMAP__NONE) return SMAP_OK;
    uint32_t before = smap__graph_across(s->graph, other, next);
    if (node < before || (node == before && edge < other)) s->reach.edge[next] = edge;
    return SMAP_OK;
}

smap_status smap__scan_relax(smap__scan *scan, uint32_t node, smap_error *err) {
    const smap__graph *g = scan->graph;
    double cost = scan->reach.cost_s[node];
    uint32_t source = scan->reach.source[node];
    for (uint32_t arc = g->first_arc[node]; arc < g->first_arc[node + 1]; arc++) {
        uint32_t next = g->arc_node[arc];
        double sum = cost + scan->arc_s[arc], there = scan->reach.cost_s[next];
        if (sum > there || sum > scan->limit_s) continue;
        smap_status status = sum < there ? improve(scan, next, sum, source, g->arc_edge[arc], err)
                                         : settle_tie(scan, node, arc, next, err);
        if (status != SMAP_OK) return status;
    }
    return SMAP_OK;
}

void smap__scan_release(smap__scan *scan) {
    smap__reach_release(&scan->reach);
    smap__free(scan->settled);
    smap__queue_release(&scan->queue);
}

void smap__reach_release(smap__reach *reach) {
    smap__free(reach->cost_s);
    smap__free(reach->length_m);
    smap__free(reach->source);
    smap__free(reach->edge);
    *reach = (smap__reach){ 0 };
}

/* ---- searches side by side ---- */

typedef struct work {
    smap_ctx *ctx;
    const smap__graph *graph;
    const smap__search *searches;
    smap__reach *reach;
} work;

static smap_status search_one(int worker, int64_t chunk, void *user, smap_error *err) {
    const work *w = user;
    smap__scan scan;
    uint32_t node, polled = 0;
    smap_status status;
    (void)worker;
    SMAP_TRY(smap__scan_start(&scan, w->graph, &w->searches[chunk], err), done);
    for (;;) {
        SMAP_TRY(smap__scan_next(&scan, &node, err), done);
        if (node == SMAP__NONE) break;
        SMAP_TRY(smap__scan_relax(&scan, node, err), done);
        if (++polled % SMAP__NODES_BETWEEN_POLLS == 0) SMAP_TRY(smap__poll(w->ctx, err), done);
    }
    w->reach[chunk] = scan.reach;
    scan.reach = (smap__reach){ 0 };
done:
    smap__scan_release(&scan);
    return status;
}

smap_status smap__paths_nearest(smap_ctx *ctx, const smap__graph *graph, const smap__search *searches, int64_t count,
                                smap__reach *reach, smap_error *err) {
    return smap__paths_nearest_beside(ctx, graph, searches, count, NULL, reach, err);
}

smap_status smap__paths_nearest_beside(smap_ctx *ctx, const smap__graph *graph, const smap__search *searches,
                                       int64_t count, const smap__job *beside, smap__reach *reach, smap_error *err) {
    smap__reach *made = smap__zalloc((size_t)count, sizeof *made);
    if (!made) return smap__fail_memory(err);
    work w = { ctx, graph, searches, made };
    const smap__job job = { count, search_one, &w };
    smap_status status = smap__parallel_two(ctx, &job, beside, err);
    for (int64_t k = 0; k < count; k++) {
        if (status == SMAP_OK)
            reach[k] = made[k];
        else
            smap__reach_release(&made[k]);
    }
    smap__free(made);
    return status;
}
