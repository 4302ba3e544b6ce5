/* The shortest ways of all origins to their nearest service are a forest. When an edge closes, the nodes whose ways
 * lead over it are what hangs on it, in one row of the forest; all others keep what they have. A search within that
 * row, with seeds from around it, gives the new times: over all edges as many nodes as there are nodes times how deep
 * they hang. Where nothing leads round the edge and no service lies behind it, all that hangs on it is cut off: sums
 * made once say how many that are. */
#include "access/critical.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "access/row_groups.h"
#include "access/way_ends.h"
#include "access/way_forest.h"
#include "base/alloc.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "base/parallel.h"
#include "net/path_search.h"

enum { CHUNK = 16 };

/* An origin whose people count and that has a way. */
typedef struct dweller {
    const smap__snap *snap;
    double people, before_s;
    double along_s, here_s; /* to a service along its edge, and to one at the same place, which no closure parts */
    smap__seed ends[2];
    int end_count;
    int taken; /* the end its way leads over; -1: along its edge */
} dweller;

/* What goes over an edge. */
typedef struct use {
    int64_t origins, origins_cut_off;
    double people, cut_off;
    double minutes, origin_minutes; /* what closing it costs, of people and of origins */
    uint32_t exit;                  /* the node that all its ways lead over next; SMAP__NONE: none does, or they part */
} use;

/* What a worker works with. */
typedef struct tools {
    double *cost_s; /* by place */
    smap__heap heap;
    uint32_t looked_at; /* nodes */
} tools;

typedef struct work {
    smap_ctx *ctx;
    const smap__critical_query *q;
    const smap__graph *graph;
    double limit_s;
    smap__seed *seeds;
    int64_t seed_count;
    smap__reach reach;
    smap__way_forest forest;
    smap__row_groups seeds_at; /* of each node */
    dweller *dwellers;
    uint32_t dweller_count;
    smap__row_groups on;    /* dwellers on each edge */
    smap__row_groups hooks; /* ends at each place: 2 * dweller + end */
    use *uses;              /* of each edge */
    smap__cuts *cuts;
    uint32_t *services_before; /* seeds at nodes that the search of the cuts met before the k-th */
    int64_t *hung_origins;     /* whose first end that is reached hangs on each place, itself included */
    double *hung_people;
    uint32_t *looked, looked_count; /* edges to close */
    tools *tools;                   /* of each worker */
} work;

/* ---- the search as it is ---- */

/* The edge on which a service stands whose way begins at one of its ends; SMAP__NONE: it stands on the node. */
static uint32_t seed_edge(const work *w, uint32_t service) {
    const smap__snap *snap = &w->q->access->service[service];
    return snap->share > 0 && snap->share < 1 ? snap->edge : SMAP__NONE;
}

/* The edge by which the way from a node goes on. */
static uint32_t next_edge(const work *w, uint32_t node) {
    uint32_t edge = w->reach.edge[node];
    return edge != SMAP__NONE ? edge : seed_edge(w, w->reach.source[node]);
}

static smap_status search(work *w, smap_error *err) {
    const smap__access_query *a = w->q->access;
    smap_status status = smap__type_seeds(a, w->q->type, &w->seeds, &w->seed_count, err);
    if (status != SMAP_OK) return status;
    const smap__search all = { .seeds = w->seeds, .seed_count = w->seed_count, .toward = true, .limit_s = a->limit_s };
    status = smap__paths_nearest(w->ctx, w->graph, &all, 1, &w->reach, err);
    return status == SMAP_OK ? smap__way_forest_build(w->graph, &w->reach, &w->forest, err) : status;
}

/* ---- who goes where ---- */

static double ahead_s(const work *w, const smap__seed *end) {
    double sum = end->cost_s + w->reach.cost_s[end->node];
    return sum <= w->limit_s ? sum : HUGE_VAL;
}

static void look_along(const work *w, const smap__stands *stands, dweller *d, uint32_t *nearest) {
    const smap__access_query *a = w->q->access;
    size_t at, end;
    smap__stands_on(stands, d->snap->edge, w->q->type, &at, &end);
    d->along_s = d->here_s = HUGE_VAL;
    for (; at < end; at++) {
        const smap__snap *service = &a->service[stands->stand[at].service];
        double seconds = smap__along_s(a, d->snap, service);
        if (seconds > w->limit_s) continue;
        if (seconds < d->along_s) *nearest = stands->stand[at].service;
        d->along_s = fmin(d->along_s, seconds);
        if (service->share == d->snap->share) d->here_s = fmin(d->here_s, seconds);
    }
}

/* Its way as it is, as smap__access_nearest finds it; false if there is none. */
static bool settle(const work *w, const smap__stands *stands, int64_t origin, dweller *d) {
    uint32_t nearest = SMAP__NONE;
    d->snap = &w->q->access->origin[origin];
    d->people = w->q->people ? w->q->people[origin] : 1;
    if (!(d->people > 0) || d->snap->edge == SMAP__NONE) return false;
    d->end_count = smap__origin_seeds(w->q->access, origin, d->ends);
    look_along(w, stands, d, &nearest);
    d->before_s = d->along_s;
    d->taken = -1;
    for (int k = 0; k < d->end_count; k++) {
        double seconds = ahead_s(w, &d->ends[k]);
        uint32_t service = w->reach.source[d->ends[k].node];
        if (seconds > d->before_s || (seconds == d->before_s && service >= nearest)) continue;
        d->before_s = seconds;
        d->taken = k;
        nearest = service;
    }
    return d->before_s < HUGE_VAL;
}

static smap_status find_dwellers(work *w, smap_error *err) {
    const smap__access_query *a = w->q->access;
    smap__stands stands = { 0 };
    uint32_t *key = NULL;
    smap_status status = SMAP_OK;
    SMAP_TRY(smap__stands_find(a, &stands, err), done);
    w->dwellers = smap__realloc(NULL, (size_t)a->origins, sizeof *w->dwellers);
    key = smap__realloc(NULL, (size_t)a->origins, 2 * sizeof *key);
    if (!w->dwellers || !key) SMAP_TRY(smap__fail_memory(err), done);
    for (int64_t o = 0; o < a->origins; o++)
        if (settle(w, &stands, o, &w->dwellers[w->dweller_count])) w->dweller_count++;
    for (uint32_t k = 0; k < w->dweller_count; k++) key[k] = w->dwellers[k].snap->edge;
    SMAP_TRY(smap__row_groups_make(key, w->dweller_count, w->graph->edge_count, &w->on, err), done);
    for (uint32_t k = 0; k < 2 * w->dweller_count; k++) {
        const dweller *d = &w->dwellers[k / 2];
        key[k] = (int)(k % 2) < d->end_count ? w->forest.place[d->ends[k % 2].node] : SMAP__NONE;
    }
    SMAP_TRY(smap__row_groups_make(key, 2 * w->dweller_count, w->forest.count, &w->hooks, err), done);
done:
    smap__stands_release(&stands);
    smap__free(key);
    return status;
}

static smap_status group_seeds(work *w, smap_error *err) {
    uint32_t *key = smap__realloc(NULL, (size_t)w->seed_count, sizeof *key);
    if (!key) return smap__fail_memory(err);
    for (int64_t k = 0; k < w->seed_count; k++) key[k] = w->seeds[k].node;
    smap_status status = smap__row_groups_make(key, (uint32_t)w->seed_count, w->graph->node_count, &w->seeds_at, err);
    smap__free(key);
    return status;
}

/* ---- what goes over each edge ---- */

/* Rows of places whose ways lead over an edge, at most two, none within another. */
typedef struct rows {
    int count;
    uint32_t first[2], end[2];
} rows;

static bool holds(const rows *r, uint32_t place) {
    for (int k = 0; k < r->count; k++)
        if (place >= r->first[k] && place < r->end[k]) return true;
    return false;
}

static rows hung_on(const work *w, uint32_t edge) {
    const uint32_t nodes[] = { w->graph->from[edge], w->graph->to[edge] };
    rows r = { 0 };
    for (int k = 0; k < 2; k++) {
        uint32_t place = w->forest.place[nodes[k]];
        if (place == SMAP__NONE || next_edge(w, nodes[k]) != edge || holds(&r, place)) continue;
        if (r.count == 1 && place <= r.first[0] && w->forest.end[place] >= r.end[0]) r.count = 0;
        r.first[r.count] = place;
        r.end[r.count++] = w->forest.end[place];
    }
    return r;
}

/* Ways that end there, or part, have no common exit. */
static void put_use(use *u, int64_t origins, double people, uint32_t exit) {
    if (origins == 0) return;
    u->exit = u->origins == 0 || u->exit == exit ? exit : SMAP__NONE;
    u->origins += origins;
    u->people += people;
}

/* Does its way lead over a part of its own edge? */
static bool uses_own(const dweller *d) {
    return d->taken >= 0 ? d->end_count == 2 : d->along_s < d->here_s;
}

static void count_uses(work *w, int64_t *origins, double *people) {
    const smap__way_forest *f = &w->forest;
    for (uint32_t k = 0; k < w->dweller_count; k++) {
        const dweller *d = &w->dwellers[k];
        if (d->taken < 0) continue;
        origins[f->place[d->ends[d->taken].node]]++;
        people[f->place[d->ends[d->taken].node]] += d->people;
    }
    for (uint32_t p = f->count; p > 0; p--) {
        uint32_t up = smap__way_forest_above(f, w->graph, &w->reach, p - 1);
        if (up == SMAP__NONE) continue;
        origins[up] += origins[p - 1];
        people[up] += people[p - 1];
    }
    for (uint32_t e = 0; e < w->graph->edge_count; e++) {
        rows r = hung_on(w, e);
        for (int k = 0; k < r.count; k++) {
            uint32_t up = smap__way_forest_above(f, w->graph, &w->reach, r.first[k]);
            put_use(&w->uses[e], origins[r.first[k]], people[r.first[k]], up == SMAP__NONE ? up : f->node[up]);
        }
        for (uint32_t k = w->on.first[e]; k < w->on.first[e + 1]; k++) {
            const dweller *d = &w->dwellers[w->on.row[k]];
            uint32_t exit = d->taken < 0 ? SMAP__NONE : d->ends[d->taken].node;
            bool counted = exit != SMAP__NONE && holds(&r, f->place[exit]);
            if (uses_own(d) && !counted) put_use(&w->uses[e], 1, d->people, exit);
        }
    }
}

static smap_status find_uses(work *w, smap_error *err) {
    int64_t *origins = smap__zalloc(w->forest.count, sizeof *origins);
    double *people = smap__zalloc(w->forest.count, sizeof *people);
    w->uses = smap__zalloc(w->graph->edge_count, sizeof *w->uses);
    w->looked = smap__realloc(NULL, w->graph->edge_count, sizeof *w->looked);
    bool good = origins && people && w->uses && w->looked;
    if (good) {
        count_uses(w, origins, people);
        for (uint32_t e = 0; e < w->graph->edge_count; e++)
            if (w->uses[e].origins > 0 && (!w->q->candidate || w->q->candidate[e])) w->looked[w->looked_count++] = e;
    }
    smap__free(origins);
    smap__free(people);
    return good ? SMAP_OK : smap__fail_memory(err);
}

/* ---- what is cut off together ---- */

static uint32_t first_place(const work *w, const dweller *d) {
    uint32_t place = SMAP__NONE;
    for (int k = 0; k < d->end_count && place == SMAP__NONE; k++) place = w->forest.place[d->ends[k].node];
    return place;
}

static smap_status sum_up(work *w, smap_error *err) {
    uint32_t nodes = w->graph->node_count;
    smap_status status = smap__cuts_find(w->graph, &w->cuts, err);
    if (status != SMAP_OK) return status;
    w->services_before = smap__zalloc((size_t)nodes + 1, sizeof *w->services_before);
    w->hung_origins = smap__zalloc(w->forest.count, sizeof *w->hung_origins);
    w->hung_people = smap__zalloc(w->forest.count, sizeof *w->hung_people);
    if (!w->services_before || !w->hung_origins || !w->hung_people) return smap__fail_memory(err);
    for (int64_t k = 0; k < w->seed_count; k++) w->services_before[w->cuts->order[w->seeds[k].node] + 1]++;
    for (uint32_t n = 0; n < nodes; n++) w->services_before[n + 1] += w->services_before[n];
    for (uint32_t k = 0; k < w->dweller_count; k++) {
        uint32_t place = first_place(w, &w->dwellers[k]);
        if (place == SMAP__NONE) continue;
        w->hung_origins[place]++;
        w->hung_people[place] += w->dwellers[k].people;
    }
    for (uint32_t p = w->forest.count; p > 0; p--) {
        uint32_t up = smap__way_forest_above(&w->forest, w->graph, &w->reach, p - 1);
        if (up == SMAP__NONE) continue;
        w->hung_origins[up] += w->hung_origins[p - 1];
        w->hung_people[up] += w->hung_people[p - 1];
    }
    return SMAP_OK;
}

/* Does nothing lead round the edge, and is there no service behind it, not even on the edge? */
static bool cuts_off_all(const work *w, const rows *r, uint32_t closed) {
    if (!w->cuts->edge[closed] || r->count != 1) return false;
    return smap__cuts_side(w->cuts, w->graph, closed, w->forest.node[r->first[0]], w->services_before) == 0;
}

/* All that hangs on the edge, but for who stands on it. */
static void put_cut_off(const work *w, const rows *r, uint32_t closed, use *u) {
    int64_t origins = w->hung_origins[r->first[0]];
    double people = w->hung_people[r->first[0]], minutes = w->q->cut_off_s / 60;
    for (uint32_t k = w->on.first[closed]; k < w->on.first[closed + 1]; k++) {
        const dweller *d = &w->dwellers[w->on.row[k]];
        if (!holds(r, first_place(w, d))) continue;
        origins--;
        people -= d->people;
    }
    if (origins == 0) return;
    u->origins_cut_off += origins;
    u->cut_off += people;
    u->origin_minutes += (double)origins * minutes;
    u->minutes += people * minutes;
}

/* ---- one edge closed ---- */

/* A node of the rows from around them: by services at it, and by nodes that keep their ways. */
static double from_around(const work *w, const rows *r, uint32_t closed, uint32_t node) {
    const smap__graph *g = w->graph;
    double best = HUGE_VAL;
    for (uint32_t k = w->seeds_at.first[node]; k < w->seeds_at.first[node + 1]; k++) {
        const smap__seed *seed = &w->seeds[w->seeds_at.row[k]];
        if (seed_edge(w, seed->source) != closed) best = fmin(best, seed->cost_s);
    }
    for (uint32_t arc = g->first_arc[node]; arc < g->first_arc[node + 1]; arc++) {
        uint32_t next = g->arc_node[arc];
        if (g->arc_edge[arc] != closed && !holds(r, w->forest.place[next]))
            best = fmin(best, w->reach.cost_s[next] + g->arc_out_s[arc]);
    }
    return best <= w->limit_s ? best : HUGE_VAL;
}

/* Whether to go on is asked in the middle: a great part of the network may hang on one edge. */
static smap_status look_at(const work *w, tools *t, smap_error *err) {
    return ++t->looked_at % SMAP__NODES_BETWEEN_POLLS == 0 ? smap__poll(w->ctx, err) : SMAP_OK;
}

static smap_status spread(const work *w, const rows *r, uint32_t closed, tools *t, smap_error *err) {
    const smap__graph *g = w->graph;
    while (t->heap.count > 0) {
        smap__label label = smap__heap_pop(&t->heap);
        uint32_t place = (uint32_t)label.key, node = w->forest.node[place];
        if (label.cost > t->cost_s[place]) continue;
        for (uint32_t arc = g->first_arc[node]; arc < g->first_arc[node + 1]; arc++) {
            uint32_t next = w->forest.place[g->arc_node[arc]];
            double sum = label.cost + g->arc_in_s[arc];
            if (g->arc_edge[arc] == closed || sum > w->limit_s || !holds(r, next) || sum >= t->cost_s[next]) continue;
            t->cost_s[next] = sum;
            if (!smap__heap_push(&t->heap, smap__label_of(sum, 0, next))) return smap__fail_memory(err);
        }
        smap_status status = look_at(w, t, err);
        if (status != SMAP_OK) return status;
    }
    return SMAP_OK;
}

static smap_status search_anew(const work *w, const rows *r, uint32_t closed, tools *t, smap_error *err) {
    t->heap.count = 0;
    for (int k = 0; k < r->count; k++)
        for (uint32_t place = r->first[k]; place < r->end[k]; place++) {
            smap_status status = look_at(w, t, err);
            if (status != SMAP_OK) return status;
            t->cost_s[place] = from_around(w, r, closed, w->forest.node[place]);
            if (t->cost_s[place] < HUGE_VAL && !smap__heap_push(&t->heap, smap__label_of(t->cost_s[place], 0, place)))
                return smap__fail_memory(err);
        }
    return spread(w, r, closed, t, err);
}

/* cost_s: of the places of the rows; NULL: nothing is reached from there. */
static void put_loss(const work *w, const rows *r, uint32_t closed, const double *cost_s, const dweller *d, use *u) {
    bool on_it = d->snap->edge == closed;
    double after = on_it ? d->here_s : d->along_s;
    for (int k = 0; k < d->end_count && !(on_it && d->end_count == 2); k++) {
        uint32_t place = w->forest.place[d->ends[k].node];
        bool hangs = holds(r, place);
        double ahead = !hangs ? w->reach.cost_s[d->ends[k].node] : cost_s ? cost_s[place] : HUGE_VAL;
        if (d->ends[k].cost_s + ahead <= w->limit_s) after = fmin(after, d->ends[k].cost_s + ahead);
    }
    double minutes = fmin(after - d->before_s, w->q->cut_off_s) / 60;
    if (isinf(after)) {
        u->origins_cut_off++;
        u->cut_off += d->people;
    }
    u->origin_minutes += minutes;
    u->minutes += d->people * minutes;
}

/* Who stands on the edge. */
static void put_those_on_it(const work *w, const rows *r, uint32_t closed, const double *cost_s, use *u) {
    for (uint32_t k = w->on.first[closed]; k < w->on.first[closed + 1]; k++)
        put_loss(w, r, closed, cost_s, &w->dwellers[w->on.row[k]], u);
}

/* Who gets to a node that hung on it; one whose ends both did counts at the first. */
static void put_losses(const work *w, const rows *r, uint32_t closed, const double *cost_s, use *u) {
    for (int row = 0; row < r->count; row++)
        for (uint32_t k = w->hooks.first[r->first[row]]; k < w->hooks.first[r->end[row]]; k++) {
            const dweller *d = &w->dwellers[w->hooks.row[k] / 2];
            bool seen = w->hooks.row[k] % 2 && holds(r, w->forest.place[d->ends[0].node]);
            if (d->snap->edge != closed && !seen) put_loss(w, r, closed, cost_s, d, u);
        }
}

static smap_status close_some(int worker, int64_t chunk, void *user, smap_error *err) {
    const work *w = user;
    uint32_t first = (uint32_t)chunk * CHUNK, end = first + CHUNK < w->looked_count ? first + CHUNK : w->looked_count;
    for (uint32_t k = first; k < end; k++) {
        uint32_t e = w->looked[k];
        rows r = hung_on(w, e);
        bool all = cuts_off_all(w, &r, e);
        const double *cost_s = all ? NULL : w->tools[worker].cost_s;
        smap_status status = all ? SMAP_OK : search_anew(w, &r, e, &w->tools[worker], err);
        if (status != SMAP_OK) return status;
        put_those_on_it(w, &r, e, cost_s, &w->uses[e]);
        if (all)
            put_cut_off(w, &r, e, &w->uses[e]);
        else
            put_losses(w, &r, e, cost_s, &w->uses[e]);
    }
    return SMAP_OK;
}

static smap_status close_all(work *w, smap_error *err) {
    int threads = smap_ctx_threads(w->ctx);
    w->tools = smap__zalloc((size_t)threads, sizeof *w->tools);
    bool good = w->tools != NULL;
    for (int k = 0; k < threads && good; k++) {
        w->tools[k].cost_s = smap__realloc(NULL, w->forest.count, sizeof *w->tools->cost_s);
        good = w->tools[k].cost_s != NULL;
    }
    int64_t chunks = ((int64_t)w->looked_count + CHUNK - 1) / CHUNK;
    smap_status status = good ? smap__parallel(w->ctx, chunks, close_some, w, err) : smap__fail_memory(err);
    for (int k = 0; k < threads && w->tools; k++) {
        smap__free(w->tools[k].cost_s);
        smap__free(w->tools[k].heap.labels);
    }
    smap__free(w->tools);
    return status;
}

/* ---- the worst of them ---- */

/* The next edge of the chain: all ways go on by one edge of the road that no other way comes to. SMAP__NONE: it ends.
 */
static uint32_t next_of_chain(const work *w, uint32_t edge) {
    uint32_t exit = w->uses[edge].exit, next = exit == SMAP__NONE ? exit : next_edge(w, exit);
    bool goes_on = next != SMAP__NONE && w->uses[next].origins == w->uses[edge].origins &&
                   w->graph->feature[next] == w->graph->feature[edge];
    return goes_on ? next : SMAP__NONE;
}

/* The last edge of the chain, into chain[] of all edges on the way there; SMAP__NONE: not known yet. */
static uint32_t chain_of(const work *w, uint32_t edge, uint32_t *chain) {
    uint32_t last = edge;
    while (chain[last] == SMAP__NONE) {
        uint32_t next = next_of_chain(w, last);
        if (next == SMAP__NONE) chain[last] = last;
        if (next != SMAP__NONE) last = next;
    }
    last = chain[last];
    for (uint32_t e = edge; chain[e] == SMAP__NONE; e = next_of_chain(w, e)) chain[e] = last;
    return last;
}

/* What stands for the edges that are told together with looked[k]; `last`: for those with the one before. */
static uint32_t group_of(const work *w, uint32_t k, uint32_t last, uint32_t *chain) {
    if (!w->q->once_a_road) return chain_of(w, w->looked[k], chain);
    bool goes_on = k > 0 && w->graph->feature[w->looked[k]] == w->graph->feature[w->looked[k - 1]];
    return goes_on ? last : w->looked[k];
}

static bool costs_more(const use *a, const use *b) {
    return a->minutes != b->minutes ? a->minutes > b->minutes : a->cut_off > b->cut_off;
}

static int compare_links(const void *left, const void *right) {
    const smap__critical_link *a = left, *b = right;
    if (a->people_minutes != b->people_minutes) return a->people_minutes > b->people_minutes ? -1 : 1;
    if (a->people_cut_off != b->people_cut_off) return a->people_cut_off > b->people_cut_off ? -1 : 1;
    return (a->edge > b->edge) - (a->edge < b->edge);
}

static smap_status choose(const work *w, smap__critical_link **out, size_t *count, smap_error *err) {
    uint32_t *worst = smap__realloc(NULL, w->graph->edge_count, sizeof *worst); /* of those told together */
    smap__critical_link *links = smap__realloc(NULL, w->looked_count, sizeof *links);
    uint32_t *chain = smap__realloc(NULL, w->graph->edge_count, sizeof *chain);
    size_t found = 0;
    smap_status status = SMAP_OK;
    if (!worst || !links || !chain) SMAP_TRY(smap__fail_memory(err), done);
    for (uint32_t e = 0; e < w->graph->edge_count; e++) worst[e] = chain[e] = SMAP__NONE;
    for (uint32_t k = 0, group = SMAP__NONE; k < w->looked_count; k++) {
        uint32_t e = w->looked[k];
        group = group_of(w, k, group, chain);
        if (worst[group] == SMAP__NONE || costs_more(&w->uses[e], &w->uses[worst[group]])) worst[group] = e;
    }
    for (uint32_t e = 0; e < w->graph->edge_count; e++) {
        const use *u = worst[e] == SMAP__NONE ? NULL : &w->uses[worst[e]];
        if (!u || !(u->minutes > 0 || u->cut_off > 0)) continue;
        links[found++] = (smap__critical_link){ .edge = worst[e],
                                                .origins = u->origins,
                                                .origins_cut_off = u->origins_cut_off,
                                                .origin_minutes = u->origin_minutes,
                                                .people = u->people,
                                                .people_cut_off = u->cut_off,
                                                .people_minutes = u->minutes,
                                                .only_link = w->cuts->edge[worst[e]] != 0 };
    }
    qsort(links, found, sizeof *links, compare_links);
    *count = found < (size_t)w->q->most ? found : (size_t)w->q->most;
    *out = links;
    links = NULL;
done:
    smap__free(chain);
    smap__free(worst);
    smap__free(links);
    return status;
}

static smap_status check(const smap__critical_query *q, smap_error *err) {
    if (!(q->cut_off_s >= 0 && q->cut_off_s < HUGE_VAL))
        return smap__fail(err, SMAP_E_ARGUMENT, NULL,
                          "%g s is no time to count for those who are cut off; give 0 or more", q->cut_off_s);
    if (q->most < 0)
        return smap__fail(err, SMAP_E_ARGUMENT, NULL, "%d critical links were asked for; ask for 0 or more",
                          (int)q->most);
    return smap__access_check(q->access, err);
}

smap_status smap__critical_links(smap_ctx *ctx, const smap__critical_query *query, smap__critical_link **out,
                                 size_t *count, smap_error *err) {
    work w = {
        .ctx = ctx, .q = query, .graph = query->access->graph, .limit_s = fmin(query->access->limit_s, DBL_MAX)
    };
    smap_status status = check(query, err);
    if (status != SMAP_OK) return status;
    SMAP_TRY(search(&w, err), done);
    SMAP_TRY(group_seeds(&w, err), done);
    SMAP_TRY(find_dwellers(&w, err), done);
    SMAP_TRY(find_uses(&w, err), done);
    SMAP_TRY(sum_up(&w, err), done);
    SMAP_TRY(close_all(&w, err), done);
    SMAP_TRY(choose(&w, out, count, err), done);
done:
    smap__reach_release(&w.reach);
    smap__way_forest_release(&w.forest);
    smap__free(w.seeds);
    smap__row_groups_release(&w.seeds_at);
    smap__free(w.dwellers);
    smap__row_groups_release(&w.on);
    smap__row_groups_release(&w.hooks);
    smap__free(w.uses);
    smap__cuts_free(w.cuts);
    smap__free(w.services_before);
    smap__free(w.hung_origins);
    smap__free(w.hung_people);
    smap__free(w.looked);
    return status;
}
