/* The shortest ways of all origins to their nearest service are a forest. When an edge closes, the nodes whose ways
 * lead over it are what hangs on it, in one row of the forest; all others keep what they have (critical_closed.c). */
#include "access/critical.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "access/critical_closed.h"
#include "access/way_ends.h"
#include "base/alloc.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "net/path_search.h"

/* ---- the search as it is ---- */

uint32_t smap__critical_seed_edge(const smap__critical_work *w, uint32_t service) {
    const smap__snap *snap = &w->q->access->service[service];
    return snap->share > 0 && snap->share < 1 ? snap->edge : SMAP__NONE;
}

/* The edge by which the way from a node goes on. */
static uint32_t next_edge(const smap__critical_work *w, uint32_t node) {
    uint32_t edge = w->reach.edge[node];
    return edge != SMAP__NONE ? edge : smap__critical_seed_edge(w, w->reach.source[node]);
}

static smap_status search(smap__critical_work *w, smap_error *err) {
    const smap__access_query *a = w->q->access;
    smap_status status = smap__type_seeds(a, w->q->type, &w->seeds, &w->seed_count, err);
    if (status != SMAP_OK) return status;
    const smap__search all = { .seeds = w->seeds, .seed_count = w->seed_count, .toward = true, .limit_s = a->limit_s };
    status = smap__paths_nearest(w->ctx, w->graph, &all, 1, &w->reach, err);
    return status == SMAP_OK ? smap__way_forest_build(w->graph, &w->reach, &w->forest, err) : status;
}

/* ---- who goes where ---- */

static double ahead_s(const smap__critical_work *w, const smap__seed *end) {
    double sum = end->cost_s + w->reach.cost_s[end->node];
    return sum <= w->limit_s ? sum : HUGE_VAL;
}

static void look_along(const smap__critical_work *w, const smap__stands *stands, smap__critical_dweller *d,
                       uint32_t *nearest) {
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
static bool settle(const smap__critical_work *w, const smap__stands *stands, int64_t origin,
                   smap__critical_dweller *d) {
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

static smap_status find_dwellers(smap__critical_work *w, smap_error *err) {
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
        const smap__critical_dweller *d = &w->dwellers[k / 2];
        key[k] = (int)(k % 2) < d->end_count ? w->forest.place[d->ends[k % 2].node] : SMAP__NONE;
    }
    SMAP_TRY(smap__row_groups_make(key, 2 * w->dweller_count, w->forest.count, &w->hooks, err), done);
done:
    smap__stands_release(&stands);
    smap__free(key);
    return status;
}

static smap_status group_seeds(smap__critical_work *w, smap_error *err) {
    uint32_t *key = smap__realloc(NULL, (size_t)w->seed_count, sizeof *key);
    if (!key) return smap__fail_memory(err);
    for (int64_t k = 0; k < w->seed_count; k++) key[k] = w->seeds[k].node;
    smap_status status = smap__row_groups_make(key, (uint32_t)w->seed_count, w->graph->node_count, &w->seeds_at, err);
    smap__free(key);
    return status;
}

/* ---- what goes over each edge ---- */

bool smap__critical_holds(const smap__critical_rows *r, uint32_t place) {
    for (int k = 0; k < r->count; k++)
        if (place >= r->first[k] && place < r->end[k]) return true;
    return false;
}

smap__critical_rows smap__critical_hung_on(const smap__critical_work *w, uint32_t edge) {
    const uint32_t nodes[] = { w->graph->from[edge], w->graph->to[edge] };
    smap__critical_rows r = { 0 };
    for (int k = 0; k < 2; k++) {
        uint32_t place = w->forest.place[nodes[k]];
        if (place == SMAP__NONE || next_edge(w, nodes[k]) != edge || smap__critical_holds(&r, place)) continue;
        if (r.count == 1 && place <= r.first[0] && w->forest.end[place] >= r.end[0]) r.count = 0;
        r.first[r.count] = place;
        r.end[r.count++] = w->forest.end[place];
    }
    return r;
}

/* Ways that end there, or part, have no common exit. */
static void put_use(smap__critical_use *u, int64_t origins, double people, uint32_t exit) {
    if (origins == 0) return;
    u->exit = u->origins == 0 || u->exit == exit ? exit : SMAP__NONE;
    u->origins += origins;
    u->people += people;
}

/* Does its way lead over a part of its own edge? */
static bool uses_own(const smap__critical_dweller *d) {
    return d->taken >= 0 ? d->end_count == 2 : d->along_s < d->here_s;
}

static void count_uses(smap__critical_work *w, int64_t *origins, double *people) {
    const smap__way_forest *f = &w->forest;
    for (uint32_t k = 0; k < w->dweller_count; k++) {
        const smap__critical_dweller *d = &w->dwellers[k];
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
        smap__critical_rows r = smap__critical_hung_on(w, e);
        for (int k = 0; k < r.count; k++) {
            uint32_t up = smap__way_forest_above(f, w->graph, &w->reach, r.first[k]);
            put_use(&w->uses[e], origins[r.first[k]], people[r.first[k]], up == SMAP__NONE ? up : f->node[up]);
        }
        for (uint32_t k = w->on.first[e]; k < w->on.first[e + 1]; k++) {
            const smap__critical_dweller *d = &w->dwellers[w->on.row[k]];
            uint32_t exit = d->taken < 0 ? SMAP__NONE : d->ends[d->taken].node;
            bool counted = exit != SMAP__NONE && smap__critical_holds(&r, f->place[exit]);
            if (uses_own(d) && !counted) put_use(&w->uses[e], 1, d->people, exit);
        }
    }
}

static smap_status find_uses(smap__critical_work *w, smap_error *err) {
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

/* ---- the worst of them ---- */

/* The next edge of the chain: all ways go on by one edge of the road that no other way comes to. SMAP__NONE: it ends.
 */
static uint32_t next_of_chain(const smap__critical_work *w, uint32_t edge) {
    uint32_t exit = w->uses[edge].exit, next = exit == SMAP__NONE ? exit : next_edge(w, exit);
    bool goes_on = next != SMAP__NONE && w->uses[next].origins == w->uses[edge].origins &&
                   w->graph->feature[next] == w->graph->feature[edge];
    return goes_on ? next : SMAP__NONE;
}

/* The last edge of the chain, into chain[] of all edges on the way there; SMAP__NONE: not known yet. */
static uint32_t chain_of(const smap__critical_work *w, uint32_t edge, uint32_t *chain) {
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
static uint32_t group_of(const smap__critical_work *w, uint32_t k, uint32_t last, uint32_t *chain) {
    if (!w->q->once_a_road) return chain_of(w, w->looked[k], chain);
    bool goes_on = k > 0 && w->graph->feature[w->looked[k]] == w->graph->feature[w->looked[k - 1]];
    return goes_on ? last : w->looked[k];
}

static bool costs_more(const smap__critical_use *a, const smap__critical_use *b) {
    return a->minutes != b->minutes ? a->minutes > b->minutes : a->cut_off > b->cut_off;
}

static int compare_links(const void *left, const void *right) {
    const smap__critical_link *a = left, *b = right;
    if (a->people_minutes != b->people_minutes) return a->people_minutes > b->people_minutes ? -1 : 1;
    if (a->people_cut_off != b->people_cut_off) return a->people_cut_off > b->people_cut_off ? -1 : 1;
    return (a->edge > b->edge) - (a->edge < b->edge);
}

static smap_status choose(const smap__critical_work *w, smap__critical_link **out, size_t *count, smap_error *err) {
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
        const smap__critical_use *u = worst[e] == SMAP__NONE ? NULL : &w->uses[worst[e]];
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
    smap__critical_work w = {
        .ctx = ctx, .q = query, .graph = query->access->graph, .limit_s = fmin(query->access->limit_s, DBL_MAX)
    };
    smap_status status = check(query, err);
    if (status != SMAP_OK) return status;
    SMAP_TRY(search(&w, err), done);
    SMAP_TRY(group_seeds(&w, err), done);
    SMAP_TRY(find_dwellers(&w, err), done);
    SMAP_TRY(find_uses(&w, err), done);
    SMAP_TRY(smap__critical_close(&w, err), done);
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
