/* Places on random networks, and all ways between them by brute force, for the tests of access. */
#ifndef ACCESS_HELP_H
#define ACCESS_HELP_H

#include <stdlib.h>
#include <string.h>

#include "../net/net_help.h"
#include "access/service_ways.h"

static inline smap_ctx *access_context(int threads) {
    smap_ctx *ctx = NULL;
    smap_ctx_options options = SMAP_CTX_OPTIONS_INIT;
    options.threads = threads;
    assert_int_equal(smap_ctx_new(&options, &ctx, NULL), SMAP_OK);
    return ctx;
}

/* Each on some quarter of some edge, 0 to 3 m away from it; every ninth nowhere. */
static inline void random_snaps(const smap__graph *g, uint64_t stream, int64_t count, smap__snap *out) {
    for (int64_t i = 0; i < count; i++) {
        uint64_t at = 4 * (uint64_t)i;
        out[i] = (smap__snap){ SMAP__NONE, NAN, NAN, NAN, NAN };
        if (net_dice(stream, at + 3, 9) == 0) continue;
        out[i].edge = net_dice(stream, at, g->edge_count);
        out[i].share = net_dice(stream, at + 1, 5) / 4.0;
        out[i].distance = net_dice(stream, at + 2, 4);
    }
}

/* The same network with costs in proportion to length: what is open stays so. */
static inline smap__graph *by_length(smap__graph *g, double ms) {
    double *cost[2];
    for (int k = 0; k < 2; k++) assert_non_null(cost[k] = malloc((g->edge_count + 1) * sizeof(double)));
    for (uint32_t e = 0; e < g->edge_count; e++) {
        cost[0][g->feature[e]] = isinf(g->forward_s[e]) ? NAN : g->length_m[e] / ms;
        cost[1][g->feature[e]] = isinf(g->backward_s[e]) ? NAN : g->length_m[e] / ms;
    }
    smap__graph *made = net_graph(smap_geometry_retain(g->lines), cost[0], cost[1]);
    assert_int_equal(made->edge_count, g->edge_count);
    smap__graph_free(g);
    free(cost[0]);
    free(cost[1]);
    return made;
}

/* ---- brute force ---- */

typedef struct matrix {
    size_t n, origin, service; /* where the origins and the services begin */
    double *d;                 /* d[a * n + b]: from a to b */
} matrix;

static inline void link_up(matrix *m, size_t a, size_t b, double there, double back) {
    m->d[a * m->n + b] = fmin(m->d[a * m->n + b], there);
    m->d[b * m->n + a] = fmin(m->d[b * m->n + a], back);
}

typedef struct split {
    double share;
    size_t node;
} split;

static inline int compare_splits(const void *a, const void *b) {
    double l = ((const split *)a)->share, r = ((const split *)b)->share;
    return (l > r) - (l < r);
}

/* The edge cut at all places that are on it, which are nodes like others. */
static inline void cut_edge(matrix *m, const smap__access_query *q, uint32_t edge, bool closed) {
    const smap__graph *g = q->graph;
    split *cuts = malloc((size_t)(q->origins + q->services + 2) * sizeof *cuts);
    size_t count = 0;
    assert_non_null(cuts);
    cuts[count++] = (split){ 0, g->from[edge] };
    for (int64_t i = 0; i < q->origins; i++)
        if (q->origin[i].edge == edge) cuts[count++] = (split){ q->origin[i].share, m->origin + (size_t)i };
    for (int64_t i = 0; i < q->services; i++)
        if (q->service[i].edge == edge) cuts[count++] = (split){ q->service[i].share, m->service + (size_t)i };
    cuts[count++] = (split){ 1, g->to[edge] };
    qsort(cuts + 1, count - 2, sizeof *cuts, compare_splits);
    for (size_t k = 1; k < count; k++) {
        double share = cuts[k].share - cuts[k - 1].share;
        double there = share > 0 ? closed ? HUGE_VAL : share * g->forward_s[edge] : 0;
        double back = share > 0 ? closed ? HUGE_VAL : share * g->backward_s[edge] : 0;
        link_up(m, cuts[k - 1].node, cuts[k].node, there, back);
    }
    free(cuts);
}

/* Floyd and Warshall, with one edge closed (SMAP__NONE: none). */
static inline matrix all_ways(const smap__access_query *q, uint32_t closed) {
    matrix m = { .origin = q->graph->node_count };
    m.service = m.origin + (size_t)q->origins;
    m.n = m.service + (size_t)q->services;
    m.d = malloc(m.n * m.n * sizeof(double));
    assert_non_null(m.d);
    for (size_t a = 0; a < m.n; a++)
        for (size_t b = 0; b < m.n; b++) m.d[a * m.n + b] = a == b ? 0 : HUGE_VAL;
    for (uint32_t e = 0; e < q->graph->edge_count; e++) cut_edge(&m, q, e, e == closed);
    for (size_t k = 0; k < m.n; k++)
        for (size_t a = 0; a < m.n; a++)
            for (size_t b = 0; m.d[a * m.n + k] < HUGE_VAL && b < m.n; b++)
                m.d[a * m.n + b] = fmin(m.d[a * m.n + b], m.d[a * m.n + k] + m.d[k * m.n + b]);
    return m;
}

typedef struct answer {
    double seconds;
    uint32_t service;
} answer;

static inline int compare_answers(const void *a, const void *b) {
    const answer *l = a, *r = b;
    if (l->seconds != r->seconds) return l->seconds < r->seconds ? -1 : 1;
    return (l->service > r->service) - (l->service < r->service);
}

/* The services of a type that an origin comes to, nearest first, into out[services]. */
static inline uint32_t all_answers(const matrix *m, const smap__access_query *q, int64_t origin, int32_t type,
                                   answer *out) {
    uint32_t count = 0;
    for (int64_t s = 0; s < q->services; s++) {
        if (q->type[s] != type || q->origin[origin].edge == SMAP__NONE || q->service[s].edge == SMAP__NONE) continue;
        double way = m->d[(m->origin + (size_t)origin) * m->n + m->service + (size_t)s];
        double walks = (q->origin[origin].distance + q->service[s].distance) / q->walk_ms;
        if (way + walks < HUGE_VAL && way + walks <= q->limit_s) out[count++] = (answer){ way + walks, (uint32_t)s };
    }
    qsort(out, count, sizeof *out, compare_answers);
    return count;
}

#endif
