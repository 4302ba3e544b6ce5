#include "access/stretches.h"

#include <math.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "net/path_search.h"

/* ---- order ---- */

typedef struct ranked_edge {
    uint32_t low, high, edge;
    double length_m;
} ranked_edge;

static int compare_edges(const void *left, const void *right) {
    const ranked_edge *a = left, *b = right;
    if (a->low != b->low) return a->low < b->low ? -1 : 1;
    if (a->high != b->high) return a->high < b->high ? -1 : 1;
    if (a->length_m != b->length_m) return a->length_m < b->length_m ? -1 : 1;
    return (a->edge > b->edge) - (a->edge < b->edge);
}

smap_status smap__edge_order(const smap__graph *g, uint32_t **order, smap_error *err) {
    ranked_edge *ranked = smap__realloc(NULL, g->edge_count, sizeof *ranked);
    uint32_t *made = smap__realloc(NULL, g->edge_count, sizeof *made);
    bool good = ranked && made;
    for (uint32_t e = 0; good && e < g->edge_count; e++) {
        bool ascending = g->from[e] < g->to[e];
        ranked[e] =
            (ranked_edge){ ascending ? g->from[e] : g->to[e], ascending ? g->to[e] : g->from[e], e, g->length_m[e] };
    }
    if (good) qsort(ranked, g->edge_count, sizeof *ranked, compare_edges);
    for (uint32_t e = 0; good && e < g->edge_count; e++) made[e] = ranked[e].edge;
    if (good)
        *order = made;
    else
        smap__free(made);
    smap__free(ranked);
    return good ? SMAP_OK : smap__fail_memory(err);
}

/* ---- one edge ---- */

/* Parts that are reached from one side or from one service; they may overlap. */
typedef struct spans {
    smap__stretch *span;
    size_t count, capacity;
} spans;

static int compare_spans(const void *left, const void *right) {
    const smap__stretch *a = left, *b = right;
    if (a->from != b->from) return a->from < b->from ? -1 : 1;
    return (a->to > b->to) - (a->to < b->to);
}

/* The share of an edge that is covered in the seconds that are left; 0 where it is closed. */
static double covered(double left_s, double edge_s) {
    if (!(left_s >= 0) || isinf(edge_s)) return 0;
    return edge_s > left_s ? left_s / edge_s : 1;
}

static smap_status put_span(spans *s, uint32_t edge, double from, double to, smap_error *err) {
    if (!(from < to)) return SMAP_OK;
    if (!smap__grow(&s->span, &s->capacity, s->count + 1, sizeof *s->span)) return smap__fail_memory(err);
    s->span[s->count++] = (smap__stretch){ edge, fmax(from, 0), fmin(to, 1) };
    return SMAP_OK;
}

/* By way of either end, and of the services that stand on it. */
static smap_status find_spans(const smap__stretch_query *q, uint32_t edge, spans *s, smap_error *err) {
    const smap__graph *g = q->access->graph;
    size_t at, end;
    smap_status status;
    s->count = 0;
    double by_from = covered(q->limit_s - q->reach->cost_s[g->from[edge]], g->backward_s[edge]);
    double by_to = covered(q->limit_s - q->reach->cost_s[g->to[edge]], g->forward_s[edge]);
    SMAP_TRY(put_span(s, edge, 0, by_from, err), done);
    SMAP_TRY(put_span(s, edge, 1 - by_to, 1, err), done);
    smap__stands_on(q->stands, edge, q->type, &at, &end);
    for (; at < end; at++) {
        const smap__snap *service = &q->access->service[q->stands->stand[at].service];
        double left_s = q->limit_s - service->distance / q->access->walk_ms;
        double before = covered(left_s, g->forward_s[edge]), behind = covered(left_s, g->backward_s[edge]);
        SMAP_TRY(put_span(s, edge, service->share - before, service->share + behind, err), done);
    }
    if (s->count > 1) qsort(s->span, s->count, sizeof *s->span, compare_spans);
done:
    return status;
}

static smap_status put(smap__stretch **list, size_t *count, size_t *capacity, smap__stretch stretch, smap_error *err) {
    if (!(stretch.from < stretch.to)) return SMAP_OK;
    if (!smap__grow(list, capacity, *count + 1, sizeof **list)) return smap__fail_memory(err);
    (*list)[(*count)++] = stretch;
    return SMAP_OK;
}

/* What is covered, and what lies between. */
static smap_status part(const spans *s, uint32_t edge, smap__stretches *out, smap_error *err) {
    double at = 0;
    smap_status status = SMAP_OK;
    for (size_t k = 0; k < s->count;) {
        smap__stretch whole = s->span[k++];
        for (; k < s->count && s->span[k].from <= whole.to; k++) whole.to = fmax(whole.to, s->span[k].to);
        smap__stretch gap = { edge, at, whole.from };
        SMAP_TRY(put(&out->beyond, &out->beyond_count, &out->beyond_capacity, gap, err), done);
        SMAP_TRY(put(&out->reached, &out->reached_count, &out->reached_capacity, whole, err), done);
        at = whole.to;
    }
    smap__stretch rest = { edge, at, 1 };
    SMAP_TRY(put(&out->beyond, &out->beyond_count, &out->beyond_capacity, rest, err), done);
done:
    return status;
}

smap_status smap__stretches_find(smap_ctx *ctx, const smap__stretch_query *query, smap__stretches *out,
                                 smap_error *err) {
    spans s = { 0 };
    smap_status status = SMAP_OK;
    for (uint32_t k = 0; k < query->access->graph->edge_count; k++) {
        SMAP_TRY(find_spans(query, query->order[k], &s, err), done);
        SMAP_TRY(part(&s, query->order[k], out, err), done);
        if (k % SMAP__NODES_BETWEEN_POLLS == 0) SMAP_TRY(smap__poll(ctx, err), done);
    }
done:
    smap__free(s.span);
    return status;
}

void smap__stretches_release(smap__stretches *stretches) {
    smap__free(stretches->reached);
    smap__free(stretches->beyond);
    *stretches = (smap__stretches){ 0 };
}
