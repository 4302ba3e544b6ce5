#include "net/graph.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/parallel.h"
#include "geo/geom_column.h"
#include "net/noding.h"

enum { CHUNK = 1 << 13, COST_CHUNK = 1 << 15, ARC_SHARES = 8 };

/* Of so many features in a row. */
typedef struct chunk {
    size_t first_strand, strands;
    size_t first_edge, edges;
    int64_t passed;
} chunk;

typedef struct work {
    smap_ctx *ctx;
    const smap_geometry *lines;
    const smap__line_costs *costs;
    smap__strand *strands;
    size_t strand_count;
    chunk *chunks;
    int64_t chunk_count;
    double *length; /* planar, of each feature */
    smap__nodes nodes;
    smap__graph *graph;
    uint32_t *next_arc; /* of each node */
    int64_t arc_shares;
} work;

/* The one place where a graph is not taken for immutable: its count of holders. */
static smap__graph *mutable_graph(const smap__graph *graph) {
    return (smap__graph *)(uintptr_t)graph;
}

/* Of line or edge `of` of the row `i`. */
static smap_status check_ways(const double *forward_s, const double *backward_s, int64_t of, int64_t i,
                              smap_error *err) {
    double ways[] = { forward_s[of], backward_s[of] };
    for (int k = 0; k < 2; k++)
        if (ways[k] < 0)
            return smap__fail_row(
                err, SMAP_E_ARGUMENT, NULL, i + 1,
                "line %lld takes %g s, less than no time; give 0 or more, and nothing where it is closed",
                (long long)i + 1, ways[k]);
    return SMAP_OK;
}

static smap_status check_costs(const work *w, int64_t i, smap_error *err) {
    smap_status status = check_ways(w->costs->forward_s, w->costs->backward_s, i, i, err);
    if (status != SMAP_OK) return status;
    if (!w->costs->length_m || (w->costs->length_m[i] >= 0 && isfinite(w->costs->length_m[i]))) return SMAP_OK;
    return smap__fail_row(err, SMAP_E_ARGUMENT, NULL, i + 1, "line %lld is %g m long; a length is 0 or more",
                          (long long)i + 1, w->costs->length_m[i]);
}

/* At the place of the chunk's first part, for the time being. */
static smap_status find_chunk(int worker, int64_t number, void *user, smap_error *err) {
    const work *w = user;
    chunk *c = &w->chunks[number];
    int64_t end = (number + 1) * CHUNK < w->lines->count ? (number + 1) * CHUNK : w->lines->count;
    smap_status status = SMAP_OK;
    (void)worker;
    c->first_strand = (size_t)smap_geom_part(w->lines, number * CHUNK);
    for (int64_t i = number * CHUNK; i < end && status == SMAP_OK; i++) {
        size_t before = c->strands;
        w->length[i] = smap__strands_of(w->lines, i, w->strands + c->first_strand, &c->strands);
        if (c->strands > before)
            status = check_costs(w, i, err);
        else
            c->passed++;
    }
    return status;
}

static smap_status find_strands(work *w, smap_error *err) {
    w->chunk_count = (w->lines->count + CHUNK - 1) / CHUNK;
    w->chunks = smap__zalloc((size_t)w->chunk_count, sizeof *w->chunks);
    w->strands = smap__realloc(NULL, (size_t)w->lines->part_count, sizeof *w->strands);
    w->length = smap__realloc(NULL, (size_t)w->lines->count, sizeof *w->length);
    if (!w->chunks || !w->strands || !w->length) return smap__fail_memory(err);
    smap_status status = smap__parallel(w->ctx, w->chunk_count, find_chunk, w, err);
    for (int64_t k = 0; status == SMAP_OK && k < w->chunk_count; k++) {
        chunk *c = &w->chunks[k];
        memmove(w->strands + w->strand_count, w->strands + c->first_strand, c->strands * sizeof *w->strands);
        c->first_strand = w->strand_count;
        w->strand_count += c->strands;
        w->graph->passed += c->passed;
    }
    return status;
}

static bool is_cut(const work *w, const smap__strand *s, uint32_t i) {
    return i + 1 == s->end || w->nodes.at[i] != SMAP__NONE;
}

static smap_status count_chunk(int worker, int64_t number, void *user, smap_error *err) {
    const work *w = user;
    chunk *c = &w->chunks[number];
    (void)worker, (void)err;
    for (size_t k = c->first_strand; k < c->first_strand + c->strands; k++)
        for (uint32_t i = w->strands[k].first + 1; i < w->strands[k].end; i++) c->edges += is_cut(w, &w->strands[k], i);
    return SMAP_OK;
}

static smap_status count_edges(work *w, size_t *count, smap_error *err) {
    smap_status status = smap__parallel(w->ctx, w->chunk_count, count_chunk, w, err);
    *count = 0;
    for (int64_t k = 0; k < w->chunk_count; k++) {
        w->chunks[k].first_edge = *count;
        *count += w->chunks[k].edges;
    }
    if (status != SMAP_OK || *count <= INT32_MAX) return status;
    return smap__fail(err, SMAP_E_LIMIT, NULL, "the network has more than %d edges; cut it into several", INT32_MAX);
}

static smap_status make_edges(work *w, smap_error *err) {
    smap__graph *g = w->graph;
    size_t count;
    smap_status status = count_edges(w, &count, err);
    if (status != SMAP_OK) return status;
    g->edge_count = (uint32_t)count;
    g->from = smap__realloc(NULL, count, sizeof *g->from);
    g->to = smap__realloc(NULL, count, sizeof *g->to);
    g->feature = smap__realloc(NULL, count, sizeof *g->feature);
    g->first = smap__realloc(NULL, count, sizeof *g->first);
    g->last = smap__realloc(NULL, count, sizeof *g->last);
    g->length_m = smap__realloc(NULL, count, sizeof *g->length_m);
    g->forward_s = smap__realloc(NULL, count, sizeof *g->forward_s);
    g->backward_s = smap__realloc(NULL, count, sizeof *g->backward_s);
    bool made = g->from && g->to && g->feature && g->first && g->last && g->length_m && g->forward_s && g->backward_s;
    return made ? SMAP_OK : smap__fail_memory(err);
}

/* Of a whole and a share of it; a whole edge costs what its feature does, to the last bit. */
static double part_of(double whole, double share) {
    double cost = share == 1 ? whole : whole * share;
    return isnan(whole) || isinf(whole) ? HUGE_VAL : cost;
}

/* Edge `e` from coordinate `first` to `last`, of that planar length. */
static void put_edge(const work *w, uint32_t e, uint32_t feature, uint32_t first, uint32_t last, double length) {
    smap__graph *g = w->graph;
    double total = w->length[feature], share = total > 0 ? length / total : 1;
    double whole_m = w->costs->length_m ? w->costs->length_m[feature] : total;
    g->from[e] = w->nodes.at[first];
    g->to[e] = w->nodes.at[last];
    g->feature[e] = feature;
    g->first[e] = first;
    g->last[e] = last;
    g->length_m[e] = part_of(whole_m, share);
    g->forward_s[e] = part_of(w->costs->forward_s[feature], share);
    g->backward_s[e] = part_of(w->costs->backward_s[feature], share);
}

static smap_status fill_chunk(int worker, int64_t number, void *user, smap_error *err) {
    const work *w = user;
    const chunk *c = &w->chunks[number];
    uint32_t e = (uint32_t)c->first_edge, feature = SMAP__NONE;
    double along = 0;
    (void)worker, (void)err;
    for (size_t k = c->first_strand; k < c->first_strand + c->strands; k++) {
        const smap__strand *s = &w->strands[k];
        uint32_t first = s->first;
        if (s->feature != feature) along = 0;
        feature = s->feature;
        double before = along;
        for (uint32_t i = first + 1; i < s->end; i++) {
            along += smap__step(w->lines, i);
            if (!is_cut(w, s, i)) continue;
            put_edge(w, e++, feature, first, i, along - before);
            first = i;
            before = along;
        }
    }
    return SMAP_OK;
}

/* ---- arcs ---- */

/* Which end of its edge an arc is at, is told by its node; of the two of a loop, the way along it was put first. */
static smap_status fill_arc_chunk(int worker, int64_t number, void *user, smap_error *err) {
    smap__graph *g = user;
    uint32_t first = (uint32_t)number * COST_CHUNK;
    uint32_t end = g->node_count - first > COST_CHUNK ? first + COST_CHUNK : g->node_count;
    (void)worker, (void)err;
    for (uint32_t n = first; n < end; n++)
        for (uint32_t arc = g->first_arc[n]; arc < g->first_arc[n + 1]; arc++) {
            uint32_t e = g->arc_edge[arc];
            bool loop = g->from[e] == g->to[e], second = arc > g->first_arc[n] && g->arc_edge[arc - 1] == e;
            bool back = loop ? second : g->to[e] == n;
            g->arc_out_s[arc] = back ? g->backward_s[e] : g->forward_s[e];
            g->arc_in_s[arc] = back ? g->forward_s[e] : g->backward_s[e];
        }
    return SMAP_OK;
}

static smap_status fill_arc_costs(smap_ctx *ctx, smap__graph *g, smap_error *err) {
    return smap__parallel(ctx, ((int64_t)g->node_count + COST_CHUNK - 1) / COST_CHUNK, fill_arc_chunk, g, err);
}

static bool make_arc_costs(smap__graph *g) {
    size_t arcs = (size_t)g->edge_count * 2;
    g->arc_out_s = smap__realloc(NULL, arcs, sizeof *g->arc_out_s);
    g->arc_in_s = smap__realloc(NULL, arcs, sizeof *g->arc_in_s);
    return g->arc_out_s && g->arc_in_s;
}

static uint32_t first_node_of(const work *w, int64_t share) {
    return (uint32_t)((uint64_t)w->graph->node_count * (uint64_t)share / (uint64_t)w->arc_shares);
}

/* Every share of the nodes looks at all edges: their arcs come in the order of edges, whoever puts them. */
static smap_status count_arcs(int worker, int64_t share, void *user, smap_error *err) {
    const work *w = user;
    const smap__graph *g = w->graph;
    uint32_t first = first_node_of(w, share), count = first_node_of(w, share + 1) - first;
    (void)worker, (void)err;
    for (uint32_t e = 0; e < g->edge_count; e++) {
        if (g->from[e] - first < count) w->next_arc[g->from[e]]++;
        if (g->to[e] - first < count) w->next_arc[g->to[e]]++;
    }
    return SMAP_OK;
}

static smap_status put_arcs(int worker, int64_t share, void *user, smap_error *err) {
    const work *w = user;
    smap__graph *g = w->graph;
    uint32_t first = first_node_of(w, share), count = first_node_of(w, share + 1) - first;
    (void)worker, (void)err;
    for (uint32_t e = 0; e < g->edge_count; e++)
        for (int back = 0; back < 2; back++) {
            uint32_t node = back ? g->to[e] : g->from[e];
            if (node - first >= count) continue;
            uint32_t at = w->next_arc[node]++;
            g->arc_node[at] = back ? g->from[e] : g->to[e];
            g->arc_edge[at] = e;
        }
    return SMAP_OK;
}

static smap_status make_arcs(work *w, smap_error *err) {
    smap__graph *g = w->graph;
    size_t arcs = (size_t)g->edge_count * 2;
    int threads = smap_ctx_threads(w->ctx);
    w->arc_shares = threads < ARC_SHARES ? threads : ARC_SHARES;
    w->next_arc = smap__zalloc((size_t)g->node_count + 1, sizeof *w->next_arc);
    g->first_arc = smap__zalloc((size_t)g->node_count + 1, sizeof *g->first_arc);
    g->arc_node = smap__realloc(NULL, arcs, sizeof *g->arc_node);
    g->arc_edge = smap__realloc(NULL, arcs, sizeof *g->arc_edge);
    if (!make_arc_costs(g) || !w->next_arc || !g->first_arc || !g->arc_node || !g->arc_edge)
        return smap__fail_memory(err);
    smap_status status = smap__parallel(w->ctx, w->arc_shares, count_arcs, w, err);
    for (uint32_t n = 0; status == SMAP_OK && n < g->node_count; n++) {
        g->first_arc[n + 1] = g->first_arc[n] + w->next_arc[n];
        w->next_arc[n] = g->first_arc[n];
    }
    if (status == SMAP_OK) status = smap__parallel(w->ctx, w->arc_shares, put_arcs, w, err);
    return status == SMAP_OK ? fill_arc_costs(w->ctx, g, err) : status;
}

/* ---- the whole ---- */

smap_status smap__graph_build(smap_ctx *ctx, const smap_geometry *lines, const smap__line_costs *costs,
                              smap__graph **out, smap_error *err) {
    work w = { .ctx = ctx, .lines = lines, .costs = costs, .graph = smap__zalloc(1, sizeof(smap__graph)) };
    smap_status status;
    if (!w.graph) return smap__fail_memory(err);
    atomic_init(&w.graph->references, 1);
    w.graph->lines = smap_geometry_retain(lines);
    SMAP_TRY(find_strands(&w, err), done);
    SMAP_TRY(smap__nodes_find(ctx, lines, w.strands, w.strand_count, costs->node_at, &w.nodes, err), done);
    SMAP_TRY(make_edges(&w, err), done);
    SMAP_TRY(smap__parallel(ctx, w.chunk_count, fill_chunk, &w, err), done);
    w.graph->node_count = w.nodes.count;
    w.graph->x = w.nodes.x;
    w.graph->y = w.nodes.y;
    w.nodes.x = w.nodes.y = NULL;
    SMAP_TRY(make_arcs(&w, err), done);
    *out = w.graph;
    w.graph = NULL;
done:
    smap__nodes_release(&w.nodes);
    smap__free(w.strands);
    smap__free(w.chunks);
    smap__free(w.next_arc);
    smap__free(w.length);
    smap__graph_free(w.graph);
    return status;
}

void smap__graph_free(smap__graph *graph) {
    if (!graph || atomic_fetch_sub_explicit(&graph->references, 1, memory_order_acq_rel) != 1) return;
    void *costs[] = { graph->forward_s, graph->backward_s, graph->arc_out_s, graph->arc_in_s };
    void *shared[] = { graph->x,    graph->y,        graph->from,      graph->to,       graph->feature, graph->first,
                       graph->last, graph->length_m, graph->first_arc, graph->arc_node, graph->arc_edge };
    for (size_t k = 0; k < sizeof costs / sizeof *costs; k++) smap__free(costs[k]);
    for (size_t k = 0; !graph->base && k < sizeof shared / sizeof *shared; k++) smap__free(shared[k]);
    if (!graph->base) smap_geometry_free(graph->lines);
    smap__graph_free(mutable_graph(graph->base));
    smap__free(graph);
}

/* ---- other costs ---- */

typedef struct other_costs {
    smap__graph *graph;
    const double *forward_s, *backward_s;
} other_costs;

static smap_status fill_edge_costs(int worker, int64_t number, void *user, smap_error *err) {
    const other_costs *c = user;
    smap__graph *g = c->graph;
    uint32_t first = (uint32_t)number * COST_CHUNK;
    uint32_t end = g->edge_count - first > COST_CHUNK ? first + COST_CHUNK : g->edge_count;
    (void)worker;
    for (uint32_t e = first; e < end; e++) {
        smap_status status = check_ways(c->forward_s, c->backward_s, e, g->feature[e], err);
        if (status != SMAP_OK) return status;
        g->forward_s[e] = part_of(c->forward_s[e], 1);
        g->backward_s[e] = part_of(c->backward_s[e], 1);
    }
    return SMAP_OK;
}

smap_status smap__graph_recost(smap_ctx *ctx, const smap__graph *graph, const double *forward_s,
                               const double *backward_s, smap__graph **out, smap_error *err) {
    const smap__graph *base = graph->base ? graph->base : graph;
    smap__graph *g = smap__realloc(NULL, 1, sizeof *g);
    smap_status status;
    if (!g) return smap__fail_memory(err);
    memcpy(g, base, sizeof *g);
    atomic_init(&g->references, 1);
    g->base = base;
    atomic_fetch_add_explicit(&mutable_graph(base)->references, 1, memory_order_relaxed);
    g->forward_s = smap__realloc(NULL, g->edge_count, sizeof *g->forward_s);
    g->backward_s = smap__realloc(NULL, g->edge_count, sizeof *g->backward_s);
    if (!make_arc_costs(g) || !g->forward_s || !g->backward_s) SMAP_TRY(smap__fail_memory(err), done);
    other_costs costs = { g, forward_s, backward_s };
    int64_t chunks = ((int64_t)g->edge_count + COST_CHUNK - 1) / COST_CHUNK;
    SMAP_TRY(smap__parallel(ctx, chunks, fill_edge_costs, &costs, err), done);
    SMAP_TRY(fill_arc_costs(ctx, g, err), done);
    *out = g;
    g = NULL;
done:
    smap__graph_free(g);
    return status;
}
