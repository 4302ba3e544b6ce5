/* The k nearest sources: a node comes up once for every source, nearest first, until it has k of them. */
#include <float.h>
#include <math.h>
#include <string.h>

#include "base/ctx.h"
#include "base/fail.h"
#include "base/parallel.h"
#include "net/path_search.h"

/* ---- one search ---- */

typedef struct scan {
    const smap__graph *graph;
    const smap__search *search;
    const double *arc_s, *back_s; /* in the direction of the search, and against it */
    double limit_s;
    uint32_t *first_seed, *seed; /* node n has the seeds [first_seed[n], first_seed[n + 1]); for lengths alone */
    smap__ranking r;
    smap__queue queue;
} scan;

/* Could the node still take that source? */
static bool wants(const scan *s, uint32_t node, uint32_t source) {
    const uint32_t *have = &s->r.source[(size_t)node * s->r.most];
    for (uint32_t k = 0; k < s->r.most; k++) {
        if (have[k] == SMAP__NONE) return true;
        if (have[k] == source) return false;
    }
    return false;
}

static smap_status offer(scan *s, uint32_t node, double cost, uint32_t source, smap_error *err) {
    if (cost > s->limit_s || !wants(s, node, source)) return SMAP_OK;
    return smap__queue_push(&s->queue, smap__label_of(cost, source, node)) ? SMAP_OK : smap__fail_memory(err);
}

/* Of the seeds on a node that are the label; infinite: there is none. */
static double length_of_seed(const scan *s, smap__label label) {
    uint32_t node = (uint32_t)label.key, source = (uint32_t)(label.key >> 32);
    double least = HUGE_VAL;
    for (uint32_t k = s->first_seed[node]; k < s->first_seed[node + 1]; k++) {
        const smap__seed *seed = &s->search->seeds[s->seed[k]];
        if (seed->source == source && seed->cost_s == label.cost) least = fmin(least, seed->length_m);
    }
    return least;
}

/* Where a node has a source, SIZE_MAX: nowhere. */
static size_t entry_of(const scan *s, uint32_t node, uint32_t source) {
    size_t at = (size_t)node * s->r.most, end = at + s->r.most;
    while (at < end && s->r.source[at] != source) at++;
    return at < end ? at : SIZE_MAX;
}

/* By way of the lowest node from which the label can have come, then by the lowest edge: as the nearest source's. */
static double length_of_way(const scan *s, smap__label label) {
    const smap__graph *g = s->graph;
    uint32_t node = (uint32_t)label.key, source = (uint32_t)(label.key >> 32), best = SMAP__NONE;
    double length = HUGE_VAL;
    for (uint32_t arc = g->first_arc[node]; arc < g->first_arc[node + 1]; arc++) {
        uint32_t before = g->arc_node[arc], edge = g->arc_edge[arc];
        size_t at = entry_of(s, before, source);
        if (at == SIZE_MAX || s->r.cost_s[at] + s->back_s[arc] != label.cost) continue;
        bool lower = best == SMAP__NONE || before < g->arc_node[best] ||
                     (before == g->arc_node[best] && edge < g->arc_edge[best]);
        if (!lower) continue;
        best = arc;
        length = s->r.length_m[at] + g->length_m[edge];
    }
    return length;
}

static double length_of(const scan *s, smap__label label) {
    double length = length_of_seed(s, label);
    return length < HUGE_VAL ? length : length_of_way(s, label);
}

static smap_status settle(scan *s, smap__label label, smap_error *err) {
    uint32_t node = (uint32_t)label.key, source = (uint32_t)(label.key >> 32);
    if (!wants(s, node, source)) return SMAP_OK;
    size_t at = (size_t)node * s->r.most;
    while (s->r.source[at] != SMAP__NONE) at++;
    if (s->r.length_m) s->r.length_m[at] = length_of(s, label);
    s->r.source[at] = source;
    s->r.cost_s[at] = label.cost;
    for (uint32_t arc = s->graph->first_arc[node]; arc < s->graph->first_arc[node + 1]; arc++) {
        smap_status status = offer(s, s->graph->arc_node[arc], label.cost + s->arc_s[arc], source, err);
        if (status != SMAP_OK) return status;
    }
    return SMAP_OK;
}

static smap_status make_entries(scan *s, smap_error *err) {
    size_t entries = (size_t)s->graph->node_count * s->r.most;
    bool lengths = s->search->lengths;
    s->r.cost_s = smap__realloc(NULL, entries, sizeof *s->r.cost_s);
    s->r.source = smap__realloc(NULL, entries, sizeof *s->r.source);
    if (lengths) s->r.length_m = smap__realloc(NULL, entries, sizeof *s->r.length_m);
    if (!s->r.cost_s || !s->r.source || (lengths && !s->r.length_m)) return smap__fail_memory(err);
    for (size_t i = 0; i < entries; i++) s->r.cost_s[i] = HUGE_VAL;
    for (size_t i = 0; lengths && i < entries; i++) s->r.length_m[i] = HUGE_VAL;
    memset(s->r.source, 0xff, entries * sizeof *s->r.source);
    return SMAP_OK;
}

static smap_status sort_seeds(scan *s, smap_error *err) {
    const smap__search *search = s->search;
    uint32_t nodes = s->graph->node_count;
    s->first_seed = smap__zalloc((size_t)nodes + 2, sizeof *s->first_seed);
    s->seed = smap__realloc(NULL, (size_t)search->seed_count, sizeof *s->seed);
    if (!s->first_seed || !s->seed) return smap__fail_memory(err);
    for (int64_t k = 0; k < search->seed_count; k++) s->first_seed[search->seeds[k].node + 2]++;
    for (uint32_t n = 0; n < nodes; n++) s->first_seed[n + 2] += s->first_seed[n + 1];
    for (int64_t k = 0; k < search->seed_count; k++) s->seed[s->first_seed[search->seeds[k].node + 1]++] = (uint32_t)k;
    return SMAP_OK;
}

static smap_status run(smap_ctx *ctx, scan *s, smap_error *err) {
    const smap__search *search = s->search;
    smap_status status = smap__seeds_check(s->graph, search->seeds, search->seed_count, err);
    if (status == SMAP_OK) status = make_entries(s, err);
    if (status == SMAP_OK && search->lengths) status = sort_seeds(s, err);
    for (int64_t i = 0; status == SMAP_OK && i < search->seed_count; i++)
        status = offer(s, search->seeds[i].node, search->seeds[i].cost_s, search->seeds[i].source, err);
    for (uint32_t n = 1; status == SMAP_OK; n++) {
        if (s->queue.next.count == 0 && !smap__queue_refill(&s->queue)) return smap__fail_memory(err);
        if (s->queue.next.count == 0) break;
        status = settle(s, smap__heap_pop(&s->queue.next), err);
        if (status == SMAP_OK && n % SMAP__NODES_BETWEEN_POLLS == 0) status = smap__poll(ctx, err);
    }
    return status;
}

/* ---- searches side by side ---- */

typedef struct work {
    smap_ctx *ctx;
    const smap__graph *graph;
    const smap__search *searches;
    uint32_t most;
    smap__ranking *rankings;
} work;

static smap_status search_one(int worker, int64_t chunk, void *user, smap_error *err) {
    const work *w = user;
    const smap__search *search = &w->searches[chunk];
    scan s = { .graph = w->graph,
               .search = search,
               .arc_s = search->toward ? w->graph->arc_in_s : w->graph->arc_out_s,
               .back_s = search->toward ? w->graph->arc_out_s : w->graph->arc_in_s,
               .limit_s = fmin(search->limit_s, DBL_MAX),
               .r = { .most = w->most } };
    (void)worker;
    smap_status status = run(w->ctx, &s, err);
    if (status == SMAP_OK)
        w->rankings[chunk] = s.r;
    else
        smap__ranking_release(&s.r);
    smap__queue_release(&s.queue);
    smap__free(s.first_seed);
    smap__free(s.seed);
    return status;
}

smap_status smap__paths_ranked(smap_ctx *ctx, const smap__graph *graph, const smap__search *searches, int64_t count,
                               uint32_t k, smap__ranking *rankings, smap_error *err) {
    if (k == 0) return smap__fail(err, SMAP_E_ARGUMENT, NULL, "0 nearest places were asked for; ask for 1 at least");
    smap__ranking *made = smap__zalloc((size_t)count, sizeof *made);
    if (!made) return smap__fail_memory(err);
    work w = { ctx, graph, searches, k, made };
    smap_status status = smap__parallel(ctx, count, search_one, &w, err);
    for (int64_t i = 0; i < count; i++) {
        if (status == SMAP_OK)
            rankings[i] = made[i];
        else
            smap__ranking_release(&made[i]);
    }
    smap__free(made);
    return status;
}

void smap__ranking_release(smap__ranking *ranking) {
    smap__free(ranking->cost_s);
    smap__free(ranking->length_m);
    smap__free(ranking->source);
    *ranking = (smap__ranking){ 0 };
}
