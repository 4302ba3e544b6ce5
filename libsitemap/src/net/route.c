/* One path: a search from all starts that stops when what comes up costs more than the best way to an end so far. */
#include <math.h>

#include "base/fail.h"
#include "net/path_search.h"

typedef struct goal {
    double cost;
    const smap__seed *end; /* NULL: none so far */
} goal;

static bool is_better(double cost, const smap__seed *end, goal best) {
    if (!best.end || cost != best.cost) return cost < best.cost;
    return end->source != best.end->source ? end->source < best.end->source : end->node < best.end->node;
}

static void try_ends(const smap__seed *ends, int64_t count, const smap__scan *scan, uint32_t node, goal *best) {
    for (int64_t k = 0; k < count; k++) {
        if (ends[k].node != node) continue;
        double cost = scan->reach.cost_s[node] + ends[k].cost_s;
        if (cost <= scan->limit_s && is_better(cost, &ends[k], *best)) *best = (goal){ cost, &ends[k] };
    }
}

static smap_status trace(const smap__scan *scan, goal best, smap__route *route, smap_error *err) {
    const uint32_t *edge = scan->reach.edge;
    uint32_t count = 0;
    for (uint32_t n = best.end->node; edge[n] != SMAP__NONE; n = smap__graph_across(scan->graph, edge[n], n)) count++;
    uint32_t *nodes = smap__realloc(NULL, (size_t)count + 1, sizeof *nodes);
    uint32_t *edges = smap__realloc(NULL, count, sizeof *edges);
    if (!nodes || !edges) {
        smap__free(nodes);
        smap__free(edges);
        return smap__fail_memory(err);
    }
    nodes[count] = best.end->node;
    for (uint32_t k = count; k > 0; k--) {
        edges[k - 1] = edge[nodes[k]];
        nodes[k - 1] = smap__graph_across(scan->graph, edges[k - 1], nodes[k]);
    }
    *route = (smap__route){ best.cost, scan->reach.source[best.end->node], best.end->source, nodes, edges, count };
    return SMAP_OK;
}

smap_status smap__paths_route(const smap__graph *graph, const smap__seed *starts, int64_t start_count,
                              const smap__seed *ends, int64_t end_count, double limit_s, smap__route *route,
                              smap_error *err) {
    const smap__search search = { .seeds = starts, .seed_count = start_count, .limit_s = limit_s };
    smap__scan scan;
    goal best = { HUGE_VAL, NULL };
    uint32_t node;
    smap_status status = smap__seeds_check(graph, ends, end_count, err);
    if (status != SMAP_OK) return status;
    SMAP_TRY(smap__scan_start(&scan, graph, &search, err), done);
    for (;;) {
        SMAP_TRY(smap__scan_next(&scan, &node, err), done);
        if (node == SMAP__NONE || scan.reach.cost_s[node] > best.cost) break;
        try_ends(ends, end_count, &scan, node, &best);
        SMAP_TRY(smap__scan_relax(&scan, node, err), done);
    }
    if (best.end)
        SMAP_TRY(trace(&scan, best, route, err), done);
    else
        *route = (smap__route){ HUGE_VAL, SMAP__NONE, SMAP__NONE, NULL, NULL, 0 };
done:
    smap__scan_release(&scan);
    return status;
}

void smap__route_release(smap__route *route) {
    smap__free(route->nodes);
    smap__free(route->edges);
    *route = (smap__route){ HUGE_VAL, SMAP__NONE, SMAP__NONE, NULL, NULL, 0 };
}
