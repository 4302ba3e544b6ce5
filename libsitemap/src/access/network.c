#include "access/network.h"

#include <string.h>

#include "access/closure_parts.h"
#include "access/network_rules.h"
#include "base/alloc.h"
#include "base/fail.h"
#include "base/parallel.h"
#include "col/cell.h"
#include "geo/geom_column.h"

enum { CHUNK = 1 << 14 };

typedef struct work {
    smap_ctx *ctx;
    smap__network *network;
    uint8_t *road_bridge; /* of each road */
    smap__closure_parts parts;
    uint32_t *first_edge; /* of each road, and one more */
} work;

/* ---- roads --------------------------------------------------------------------------------------------------------
 */

static smap_status find_bridges(work *w, smap_error *err) {
    const smap_layer *roads = w->network->input.roads;
    const smap_column *bridge = smap_table_find(roads->table, "bridge"),
                      *class = smap_table_find(roads->table, "class");
    int64_t count = smap_table_rows(roads->table);
    w->road_bridge = smap__zalloc((size_t)count, 1);
    if (!w->road_bridge) return smap__fail_memory(err);
    for (int64_t i = 0; i < count; i++) {
        double yes = 0;
        bool stated = bridge && smap__cell_number(bridge, i, &yes) && yes > 0;
        w->road_bridge[i] = stated || smap__cell_is(class, i, "bridge");
    }
    return SMAP_OK;
}

static smap_status mend(work *w, smap_error *err) {
    const smap__network_input *in = &w->network->input;
    const smap__mend_options options = { in->join_m, in->crossings, (const int8_t *)w->road_bridge };
    return smap__lines_mend(w->ctx, in->road_ground, &options, &w->network->mended, err);
}

static double planar_length(const smap_geometry *g, int64_t feature) {
    double length = 0;
    for (int64_t ring = smap_geom_ring(g, smap_geom_part(g, feature));
         ring < smap_geom_ring(g, smap_geom_part(g, feature + 1)); ring++)
        for (int64_t i = smap_geom_coord(g, ring) + 1; i < smap_geom_coord(g, ring + 1); i++)
            length += hypot(g->x[i] - g->x[i - 1], g->y[i] - g->y[i - 1]);
    return length;
}

/* Of each road, with what joining its ends added or took. */
static double length_of(const work *w, int64_t road) {
    const smap__network_input *in = &w->network->input;
    const smap_geometry *mended = w->network->mended.lines;
    double now = planar_length(mended, road);
    if (!in->road_length_m) return now;
    double before = mended == in->road_ground ? now : planar_length(in->road_ground, road);
    return before > 0 ? in->road_length_m[road] * (now / before) : in->road_length_m[road];
}

/* What it takes to travel each road by vehicle. */
typedef struct road_costs {
    const work *w;
    double *length_m, *forward_s, *backward_s;
} road_costs;

static smap_status put_costs(int worker, int64_t chunk, void *user, smap_error *err) {
    const road_costs *c = user;
    const smap__road_speeds *speeds = &c->w->network->rules->roads;
    int64_t count = smap_table_rows(c->w->network->input.roads->table);
    (void)worker, (void)err;
    for (int64_t i = chunk * CHUNK; i < count && i < (chunk + 1) * CHUNK; i++) {
        c->length_m[i] = length_of(c->w, i);
        double seconds = smap__travel_time(c->length_m[i], speeds->speed_ms[SMAP__BY_VEHICLE][i]);
        c->forward_s[i] = speeds->oneway[i] == SMAP__ONE_WAY_BACKWARD ? HUGE_VAL : seconds;
        c->backward_s[i] = speeds->oneway[i] == SMAP__ONE_WAY_FORWARD ? HUGE_VAL : seconds;
    }
    return SMAP_OK;
}

static smap_status build_graph(work *w, smap_error *err) {
    size_t count = (size_t)smap_table_rows(w->network->input.roads->table);
    road_costs c = { .w = w, .length_m = smap__realloc(NULL, count, sizeof *c.length_m) };
    c.forward_s = smap__realloc(NULL, count, sizeof *c.forward_s);
    c.backward_s = smap__realloc(NULL, count, sizeof *c.backward_s);
    smap_status status = SMAP_OK;
    if (!c.length_m || !c.forward_s || !c.backward_s) SMAP_TRY(smap__fail_memory(err), done);
    SMAP_TRY(smap__parallel(w->ctx, ((int64_t)count + CHUNK - 1) / CHUNK, put_costs, &c, err), done);
    const smap__line_costs costs = { c.forward_s, c.backward_s, c.length_m, w->parts.node_at };
    SMAP_TRY(smap__graph_build(w->ctx, w->parts.lines, &costs, &w->network->graph, err), done);
done:
    smap__free(c.length_m);
    smap__free(c.forward_s);
    smap__free(c.backward_s);
    return status;
}

/* ---- closures of edges --------------------------------------------------------------------------------------------
 */

static smap_status index_edges(work *w, smap_error *err) {
    smap__network *n = w->network;
    size_t roads = (size_t)smap_table_rows(n->input.roads->table);
    w->first_edge = smap__zalloc(roads + 1, sizeof *w->first_edge);
    n->bridge = smap__realloc(NULL, n->graph->edge_count, 1);
    n->first_closure = smap__zalloc((size_t)n->graph->edge_count + 2, sizeof *n->first_closure);
    if (!w->first_edge || !n->bridge || !n->first_closure) return smap__fail_memory(err);
    for (uint32_t e = 0; e < n->graph->edge_count; e++) {
        w->first_edge[n->graph->feature[e] + 1]++;
        n->bridge[e] = w->road_bridge[n->graph->feature[e]];
    }
    for (size_t i = 0; i < roads; i++) w->first_edge[i + 1] += w->first_edge[i];
    return SMAP_OK;
}

/* The edges of a part: [*first, *end). Edges follow their road, parts begin and end at nodes. */
static void edges_of(const work *w, const smap__closure_part *part, uint32_t *first, uint32_t *end) {
    const smap__graph *g = w->network->graph;
    uint32_t low = w->first_edge[part->road], high = w->first_edge[part->road + 1];
    *end = high;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (g->first[middle] < part->first) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    *first = low;
    while (low < *end && g->last[low] <= part->last) low++;
    *end = low;
}

/* Parts come by closure, so the entries of every edge are in the order of closures. */
static smap_status list_closures(work *w, smap_error *err) {
    smap__network *n = w->network;
    uint64_t entries = 0;
    uint32_t first, end;
    for (size_t k = 0; k < w->parts.count; k++) {
        edges_of(w, &w->parts.part[k], &first, &end);
        entries += end - first;
        for (uint32_t e = first; e < end; e++) n->first_closure[e + 2]++;
    }
    if (entries > UINT32_MAX)
        return smap__fail(err, SMAP_E_LIMIT, NULL,
                          "closures lie %llu times on parts of roads, more than can be counted; leave out those that "
                          "repeat others",
                          (unsigned long long)entries);
    n->closure = smap__realloc(NULL, entries, sizeof *n->closure);
    n->rules->named = smap__realloc(NULL, entries, 1);
    n->rules->delay_s = smap__zalloc(entries, sizeof *n->rules->delay_s);
    if (!n->closure || !n->rules->named || !n->rules->delay_s) return smap__fail_memory(err);
    for (uint32_t e = 0; e < n->graph->edge_count; e++) n->first_closure[e + 2] += n->first_closure[e + 1];
    for (size_t k = 0; k < w->parts.count; k++) {
        edges_of(w, &w->parts.part[k], &first, &end);
        for (uint32_t e = first; e < end; e++) {
            uint32_t at = n->first_closure[e + 1]++;
            n->closure[at] = w->parts.part[k].closure;
            n->rules->named[at] = w->parts.part[k].named;
        }
    }
    return SMAP_OK;
}

/* The entry of a closure on an edge; SMAP__NONE: it is not on it. */
static uint32_t entry_of(const smap__network *n, uint32_t edge, uint32_t closure) {
    for (uint32_t at = n->first_closure[edge]; at < n->first_closure[edge + 1]; at++)
        if (n->closure[at] == closure) return at;
    return SMAP__NONE;
}

/* Does who comes to the end of a part leave the closure there? Not where all other roads of the node are in it too. */
static bool is_border(const smap__network *n, uint32_t node, uint32_t edge, uint32_t closure) {
    const smap__graph *g = n->graph;
    bool others = false;
    for (uint32_t a = g->first_arc[node]; a < g->first_arc[node + 1]; a++) {
        if (entry_of(n, g->arc_edge[a], closure) == SMAP__NONE) return true;
        others = others || g->arc_edge[a] != edge;
    }
    return !others;
}

/* Who enters a closure waits half of its delay, who leaves it the other half: so a junction inside costs it once,
 * whichever of its roads are taken. Along a part it is shared out by length. */
static void share_delay(const work *w, const smap__closure_part *part) {
    smap__network *n = w->network;
    const smap__graph *g = n->graph;
    double delay = n->rules->closures.of[part->closure].delay_s, length = 0;
    uint32_t first, end;
    edges_of(w, part, &first, &end);
    if (!(delay > 0) || first == end) return;
    int borders =
        is_border(n, g->from[first], first, part->closure) + is_border(n, g->to[end - 1], end - 1, part->closure);
    for (uint32_t e = first; e < end; e++) length += g->length_m[e];
    for (uint32_t e = first; e < end; e++) {
        double share = length > 0 ? g->length_m[e] / length : 1.0 / (end - first);
        n->rules->delay_s[entry_of(n, e, part->closure)] = delay * borders / 2 * share;
    }
}

/* ---- all together -------------------------------------------------------------------------------------------------
 */

static smap_status check_crs(const smap__network_input *in, smap_error *err) {
    const smap_geometry *closures = in->closure_ground;
    if (!closures || !closures->crs || !in->road_ground->crs || smap_crs_equal(closures->crs, in->road_ground->crs))
        return SMAP_OK;
    return smap__fail(err, SMAP_E_CRS, NULL, "roads are in %s and closures in %s: bring them into one",
                      smap_crs_name(in->road_ground->crs), smap_crs_name(closures->crs));
}

static smap_status read_rules(work *w, smap_error *err) {
    smap__network *n = w->network;
    struct smap__network_rules *rules = n->rules;
    smap_status status = smap__travel_speeds_get(w->ctx, &rules->speeds, err);
    if (status == SMAP_OK)
        status = smap__road_speeds_find(w->ctx, &rules->speeds, n->input.roads, &rules->roads, n->speed,
                                        &n->road_findings, err);
    if (status != SMAP_OK || !n->input.closures) return status;
    const smap__closure_limits limits = { rules->speeds.least_kmh, rules->roads.largest_kmh,
                                          rules->speeds.long_delay_min };
    return smap__closure_effects_read(w->ctx, n->input.closures, &limits, &rules->closures, &n->closure_findings, err);
}

static smap_status find_parts(work *w, smap_error *err) {
    smap__network *n = w->network;
    const smap__closure_parts_input input = { &n->input, n->mended.lines, w->road_bridge, &n->rules->closures };
    smap_status status = smap__closure_parts_find(w->ctx, &input, &w->parts, &n->closure_findings, err);
    n->closures_off = w->parts.off;
    n->closures_bridged = w->parts.bridged;
    return status;
}

smap_status smap__network_build(smap_ctx *ctx, const smap__network_input *input, smap__network **out, smap_error *err) {
    work w = { .ctx = ctx, .network = smap__zalloc(1, sizeof(smap__network)) };
    smap_status status;
    if (!w.network) return smap__fail_memory(err);
    w.network->input = *input;
    w.network->rules = smap__zalloc(1, sizeof *w.network->rules);
    if (!w.network->rules) SMAP_TRY(smap__fail_memory(err), done);
    SMAP_TRY(check_crs(input, err), done);
    SMAP_TRY(read_rules(&w, err), done);
    SMAP_TRY(find_bridges(&w, err), done);
    SMAP_TRY(mend(&w, err), done);
    SMAP_TRY(find_parts(&w, err), done);
    SMAP_TRY(build_graph(&w, err), done);
    SMAP_TRY(index_edges(&w, err), done);
    SMAP_TRY(list_closures(&w, err), done);
    for (size_t k = 0; k < w.parts.count; k++) share_delay(&w, &w.parts.part[k]);
    *out = w.network;
    w.network = NULL;
done:
    smap__free(w.road_bridge);
    smap__closure_parts_release(&w.parts);
    smap__free(w.first_edge);
    smap__network_free(w.network);
    return status;
}

void smap__network_free(smap__network *network) {
    if (!network) return;
    smap__graph_free(network->graph);
    smap__mended_release(&network->mended);
    smap__free(network->first_closure);
    smap__free(network->closure);
    smap__free(network->bridge);
    smap__findings_release(&network->road_findings);
    smap__findings_release(&network->closure_findings);
    if (network->rules) {
        smap__travel_speeds_release(&network->rules->speeds);
        smap__road_speeds_release(&network->rules->roads);
        smap__closure_effects_release(&network->rules->closures);
        smap__free(network->rules->delay_s);
        smap__free(network->rules->named);
    }
    smap__free(network->rules);
    smap__free(network);
}

double smap__network_walk_ms(const smap__network *network) {
    return network->rules->speeds.walk_ms;
}
