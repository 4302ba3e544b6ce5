/* What it costs to close each edge. A search within the row of the forest that hangs on it, with seeds from around it,
 * gives the new times: over all edges as many nodes as there are nodes times how deep they hang. Where nothing leads
 * round the edge and no service lies behind it, all that hangs on it is cut off: sums made once say how many that
 * are. */
#include "access/critical_closed.h"

#include <math.h>

#include "base/alloc.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "base/parallel.h"

enum { CHUNK = 16 };

/* What a worker works with. */
typedef struct tools {
    double *cost_s; /* by place */
    smap__heap heap;
    uint32_t looked_at; /* nodes */
} tools;

typedef struct closing {
    const smap__critical_work *work;
    tools *tools; /* of each worker */
} closing;

/* ---- what is cut off together ---- */

static uint32_t first_place(const smap__critical_work *w, const smap__critical_dweller *d) {
    uint32_t place = SMAP__NONE;
    for (int k = 0; k < d->end_count && place == SMAP__NONE; k++) place = w->forest.place[d->ends[k].node];
    return place;
}

static smap_status sum_up(smap__critical_work *w, smap_error *err) {
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
static bool cuts_off_all(const smap__critical_work *w, const smap__critical_rows *r, uint32_t closed) {
    if (!w->cuts->edge[closed] || r->count != 1) return false;
    return smap__cuts_side(w->cuts, w->graph, closed, w->forest.node[r->first[0]], w->services_before) == 0;
}

/* All that hangs on the edge, but for who stands on it. */
static void put_cut_off(const smap__critical_work *w, const smap__critical_rows *r, uint32_t closed,
                        smap__critical_use *u) {
    int64_t origins = w->hung_origins[r->first[0]];
    double people = w->hung_people[r->first[0]], minutes = w->q->cut_off_s / 60;
    for (uint32_t k = w->on.first[closed]; k < w->on.first[closed + 1]; k++) {
        const smap__critical_dweller *d = &w->dwellers[w->on.row[k]];
        if (!smap__critical_holds(r, first_place(w, d))) continue;
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
static double from_around(const smap__critical_work *w, const smap__critical_rows *r, uint32_t closed, uint32_t node) {
    const smap__graph *g = w->graph;
    double best = HUGE_VAL;
    for (uint32_t k = w->seeds_at.first[node]; k < w->seeds_at.first[node + 1]; k++) {
        const smap__seed *seed = &w->seeds[w->seeds_at.row[k]];
        if (smap__critical_seed_edge(w, seed->source) != closed) best = fmin(best, seed->cost_s);
    }
    for (uint32_t arc = g->first_arc[node]; arc < g->first_arc[node + 1]; arc++) {
        uint32_t next = g->arc_node[arc];
        if (g->arc_edge[arc] != closed && !smap__critical_holds(r, w->forest.place[next]))
            best = fmin(best, w->reach.cost_s[next] + g->arc_out_s[arc]);
    }
    return best <= w->limit_s ? best : HUGE_VAL;
}

/* Whether to go on is asked in the middle: a great part of the network may hang on one edge. */
static smap_status look_at(const smap__critical_work *w, tools *t, smap_error *err) {
    return ++t->looked_at % SMAP__NODES_BETWEEN_POLLS == 0 ? smap__poll(w->ctx, err) : SMAP_OK;
}

static smap_status spread(const smap__critical_work *w, const smap__critical_rows *r, uint32_t closed, tools *t,
                          smap_error *err) {
    const smap__graph *g = w->graph;
    while (t->heap.count > 0) {
        smap__label label = smap__heap_pop(&t->heap);
        uint32_t place = (uint32_t)label.key, node = w->forest.node[place];
        if (label.cost > t->cost_s[place]) continue;
        for (uint32_t arc = g->first_arc[node]; arc < g->first_arc[node + 1]; arc++) {
            uint32_t next = w->forest.place[g->arc_node[arc]];
            double sum = label.cost + g->arc_in_s[arc];
            if (g->arc_edge[arc] == closed || sum > w->limit_s || !smap__critical_holds(r, next) ||
                sum >= t->cost_s[next])
                continue;
            t->cost_s[next] = sum;
            if (!smap__heap_push(&t->heap, smap__label_of(sum, 0, next))) return smap__fail_memory(err);
        }
        smap_status status = look_at(w, t, err);
        if (status != SMAP_OK) return status;
    }
    return SMAP_OK;
}

static smap_status search_anew(const smap__critical_work *w, const smap__critical_rows *r, uint32_t closed, tools *t,
                               smap_error *err) {
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
static void put_loss(const smap__critical_work *w, const smap__critical_rows *r, uint32_t closed, const double *cost_s,
                     const smap__critical_dweller *d, smap__critical_use *u) {
    bool on_it = d->snap->edge == closed;
    double after = on_it ? d->here_s : d->along_s;
    for (int k = 0; k < d->end_count && !(on_it && d->end_count == 2); k++) {
        uint32_t place = w->forest.place[d->ends[k].node];
        bool hangs = smap__critical_holds(r, place);
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
static void put_those_on_it(const smap__critical_work *w, const smap__critical_rows *r, uint32_t closed,
                            const double *cost_s, smap__critical_use *u) {
    for (uint32_t k = w->on.first[closed]; k < w->on.first[closed + 1]; k++)
        put_loss(w, r, closed, cost_s, &w->dwellers[w->on.row[k]], u);
}

/* Who gets to a node that hung on it; one whose ends both did counts at the first. */
static void put_losses(const smap__critical_work *w, const smap__critical_rows *r, uint32_t closed,
                       const double *cost_s, smap__critical_use *u) {
    for (int row = 0; row < r->count; row++)
        for (uint32_t k = w->hooks.first[r->first[row]]; k < w->hooks.first[r->end[row]]; k++) {
            const smap__critical_dweller *d = &w->dwellers[w->hooks.row[k] / 2];
            bool seen = w->hooks.row[k] % 2 && smap__critical_holds(r, w->forest.place[d->ends[0].node]);
            if (d->snap->edge != closed && !seen) put_loss(w, r, closed, cost_s, d, u);
        }
}

static smap_status close_some(int worker, int64_t chunk, void *user, smap_error *err) {
    const closing *c = user;
    const smap__critical_work *w = c->work;
    uint32_t first = (uint32_t)chunk * CHUNK, end = first + CHUNK < w->looked_count ? first + CHUNK : w->looked_count;
    for (uint32_t k = first; k < end; k++) {
        uint32_t e = w->looked[k];
        smap__critical_rows r = smap__critical_hung_on(w, e);
        bool all = cuts_off_all(w, &r, e);
        const double *cost_s = all ? NULL : c->tools[worker].cost_s;
        smap_status status = all ? SMAP_OK : search_anew(w, &r, e, &c->tools[worker], err);
        if (status != SMAP_OK) return status;
        put_those_on_it(w, &r, e, cost_s, &w->uses[e]);
        if (all)
            put_cut_off(w, &r, e, &w->uses[e]);
        else
            put_losses(w, &r, e, cost_s, &w->uses[e]);
    }
    return SMAP_OK;
}

smap_status smap__critical_close(smap__critical_work *w, smap_error *err) {
    int threads = smap_ctx_threads(w->ctx);
    smap_status status = sum_up(w, err);
    if (status != SMAP_OK) return status;
    closing c = { w, smap__zalloc((size_t)threads, sizeof *c.tools) };
    bool good = c.tools != NULL;
    for (int k = 0; k < threads && good; k++) {
        c.tools[k].cost_s = smap__realloc(NULL, w->forest.count, sizeof *c.tools->cost_s);
        good = c.tools[k].cost_s != NULL;
    }
    int64_t chunks = ((int64_t)w->looked_count + CHUNK - 1) / CHUNK;
    status = good ? smap__parallel(w->ctx, chunks, close_some, &c, err) : smap__fail_memory(err);
    for (int k = 0; k < threads && c.tools; k++) {
        smap__free(c.tools[k].cost_s);
        smap__free(c.tools[k].heap.labels);
    }
    smap__free(c.tools);
    return status;
}
