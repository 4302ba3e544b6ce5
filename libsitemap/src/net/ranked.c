/* The k nearest sources: a node comes up once for every source, nearest first, until it has k of them. */
#include <float.h>
#include <math.h>

#include "base/fail.h"
#include "net/path_search.h"

typedef struct work {
    const smap__graph *graph;
    const double *arc_s;
    double limit_s;
    smap__ranking r;
    smap__heap heap;
} work;

/* Could the node still take that source? */
static bool wants(const work *w, uint32_t node, uint32_t source) {
    const uint32_t *have = &w->r.source[(size_t)node * w->r.most];
    for (uint32_t k = 0; k < w->r.most; k++) {
        if (have[k] == SMAP__NONE) return true;
        if (have[k] == source) return false;
    }
    return false;
}

static smap_status offer(work *w, uint32_t node, double cost, uint32_t source, smap_error *err) {
    if (cost > w->limit_s || !wants(w, node, source)) return SMAP_OK;
    return smap__heap_push(&w->heap, smap__label_of(cost, source, node)) ? SMAP_OK : smap__fail_memory(err);
}

static smap_status settle(work *w, smap__label label, smap_error *err) {
    uint32_t node = (uint32_t)label.key, source = (uint32_t)(label.key >> 32);
    if (!wants(w, node, source)) return SMAP_OK;
    size_t at = (size_t)node * w->r.most;
    while (w->r.source[at] != SMAP__NONE) at++;
    w->r.source[at] = source;
    w->r.cost_s[at] = label.cost;
    for (uint32_t arc = w->graph->first_arc[node]; arc < w->graph->first_arc[node + 1]; arc++) {
        smap_status status = offer(w, w->graph->arc_node[arc], label.cost + w->arc_s[arc], source, err);
        if (status != SMAP_OK) return status;
    }
    return SMAP_OK;
}

smap_status smap__paths_ranked(const smap__graph *graph, const smap__search *search, uint32_t k, smap__ranking *ranking,
                               smap_error *err) {
    if (k == 0) return smap__fail(err, SMAP_E_ARGUMENT, NULL, "0 nearest places were asked for; ask for 1 at least");
    smap_status status = smap__seeds_check(graph, search->seeds, search->seed_count, err);
    if (status != SMAP_OK) return status;
    size_t entries = (size_t)graph->node_count * k;
    work w = { .graph = graph,
               .arc_s = search->toward ? graph->arc_in_s : graph->arc_out_s,
               .limit_s = fmin(search->limit_s, DBL_MAX),
               .r = { .most = k } };
    w.r.cost_s = smap__realloc(NULL, entries, sizeof *w.r.cost_s);
    w.r.source = smap__realloc(NULL, entries, sizeof *w.r.source);
    if (!w.r.cost_s || !w.r.source) SMAP_TRY(smap__fail_memory(err), done);
    for (size_t i = 0; i < entries; i++) {
        w.r.cost_s[i] = HUGE_VAL;
        w.r.source[i] = SMAP__NONE;
    }
    for (int64_t i = 0; i < search->seed_count; i++)
        SMAP_TRY(offer(&w, search->seeds[i].node, search->seeds[i].cost_s, search->seeds[i].source, err), done);
    while (w.heap.count > 0) SMAP_TRY(settle(&w, smap__heap_pop(&w.heap), err), done);
    *ranking = w.r;
    w.r.cost_s = NULL;
    w.r.source = NULL;
done:
    smap__ranking_release(&w.r);
    smap__free(w.heap.labels);
    return status;
}

void smap__ranking_release(smap__ranking *ranking) {
    smap__free(ranking->cost_s);
    smap__free(ranking->source);
    *ranking = (smap__ranking){ 0 };
}
