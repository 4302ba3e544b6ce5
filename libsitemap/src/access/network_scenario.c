#include <string.h>

#include "access/network.h"
#include "access/network_rules.h"
#include "base/alloc.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "base/str.h"
#include "col/cell.h"
#include "col/dict.h"
#include "geo/layer_row.h"

enum { EDGES_A_POLL = 1 << 18 };

typedef struct work {
    const smap__network *network;
    const struct smap__network_rules *rules;
    const smap__scenario *scenario;
    bool baseline;
    uint32_t *overruled; /* of each closure that says `all`: one that says otherwise there; SMAP__NONE: none does */
    double *forward_s, *backward_s;
    smap__network_state *state;
} work;

const char *smap__edge_state_code(smap__edge_state state) {
    static const char *const code[SMAP__EDGE_STATES] = {
        "not_mentioned", "open", "slowed", "foot", "closed", "unknown"
    };
    return code[state];
}

/* ---- which closures count -----------------------------------------------------------------------------------------
 */

static smap_status no_such_name(const work *w, smap_error *err) {
    const smap__dict *names = w->rules->closures.scenarios;
    static const char *const always[] = { SMAP__BASELINE, SMAP__CURRENT };
    smap__str list = SMAP__STR_INIT;
    if (names) smap__dict_list(names, always, sizeof always / sizeof *always, &list);
    smap_status status = list.failed ? smap__fail_memory(err)
                                     : smap__fail(err, SMAP_E_NOT_FOUND, w->scenario->name,
                                                  "no closure names the scenario \"%s\"; there is " SMAP__BASELINE
                                                  ", " SMAP__CURRENT "%s%s",
                                                  w->scenario->name, list.len ? ", " : "", list.len ? list.data : "");
    smap__str_release(&list);
    return status;
}

static smap_status choose_closures(work *w, smap_error *err) {
    const smap__closure_effects *c = &w->rules->closures;
    const char *name = w->scenario->name;
    int32_t code = SMAP__NAMES_NO_SCENARIO;
    w->baseline = strcmp(name, SMAP__BASELINE) == 0;
    if (!w->baseline && strcmp(name, SMAP__CURRENT) != 0) {
        code = c->scenarios ? smap__dict_find(c->scenarios, name, strlen(name)) : -1;
        if (code < 0) return no_such_name(w, err);
    }
    w->state->counts = smap__zalloc((size_t)c->count, 1);
    if (!w->state->counts) return smap__fail_memory(err);
    for (int64_t i = 0; i < c->count && !w->baseline; i++) {
        const smap__closure_effect *e = &c->of[i];
        bool named = e->scenario == SMAP__NAMES_NO_SCENARIO || e->scenario == code;
        w->state->counts[i] = named && e->from_ms <= w->scenario->date_ms && w->scenario->date_ms < e->to_ms;
        w->state->closures += w->state->counts[i];
    }
    return SMAP_OK;
}

/* ---- what holds on an edge ----------------------------------------------------------------------------------------
 */

/* What an entry says of its edge: what happens under a bridge tells nothing of the bridge. */
static smap__edge_state state_at(const work *w, uint32_t edge, uint32_t at) {
    const smap__closure_effect *e = &w->rules->closures.of[w->network->closure[at]];
    smap__edge_state state = (smap__edge_state)e->state;
    if (!w->network->bridge[edge] || w->rules->named[at] || e->rule->on_bridges != SMAP__LEAVES_BRIDGES) return state;
    return state == SMAP__EDGE_OPEN || state == SMAP__EDGE_SLOWED ? SMAP__EDGE_OPEN : SMAP__EDGE_UNKNOWN;
}

/* How bad a state is for the mode: what stops it, what may stop it, what slows it. */
static int badness(smap__edge_state state, smap__travel_mode mode) {
    static const int rank[SMAP__TRAVEL_MODES][SMAP__EDGE_STATES] = {
        [SMAP__ON_FOOT] = { 0, 1, 3, 2, 5, 4 },
        [SMAP__BY_VEHICLE] = { 0, 1, 2, 4, 5, 3 },
    };
    return rank[mode][state];
}

static bool is_open(const work *w, smap__edge_state state) {
    switch (state) {
    case SMAP__EDGE_CLOSED:
        return false;
    case SMAP__EDGE_FOOT:
        return w->scenario->mode == SMAP__ON_FOOT;
    case SMAP__EDGE_NOT_MENTIONED:
        return w->baseline || w->scenario->unknown_open;
    case SMAP__EDGE_UNKNOWN:
        return w->scenario->unknown_open;
    default:
        return true;
    }
}

/* Where one says `all` and another `none` or `foot`: which one is overruled, and by which. */
static void note_conflict(work *w, uint32_t edge) {
    const smap__network *n = w->network;
    uint32_t against = SMAP__NONE;
    for (uint32_t at = n->first_closure[edge]; at < n->first_closure[edge + 1]; at++) {
        smap__edge_state state = state_at(w, edge, at);
        if (!w->state->counts[n->closure[at]] || (state != SMAP__EDGE_CLOSED && state != SMAP__EDGE_FOOT)) continue;
        against = n->closure[at];
        break;
    }
    for (uint32_t at = n->first_closure[edge]; against != SMAP__NONE && at < n->first_closure[edge + 1]; at++) {
        uint32_t c = n->closure[at];
        smap__edge_state state = state_at(w, edge, at);
        if (!w->state->counts[c] || (state != SMAP__EDGE_OPEN && state != SMAP__EDGE_SLOWED)) continue;
        if (w->overruled[c] == SMAP__NONE || against < w->overruled[c]) w->overruled[c] = against;
    }
}

static void put_edge(work *w, uint32_t edge) {
    const smap__network *n = w->network;
    smap__travel_mode mode = w->scenario->mode;
    uint32_t road = n->graph->feature[edge];
    double speed = w->rules->roads.speed_ms[mode][road], delay = 0;
    smap__edge_state worst = SMAP__EDGE_NOT_MENTIONED;
    int count = 0;
    for (uint32_t at = n->first_closure[edge]; at < n->first_closure[edge + 1]; at++) {
        const smap__closure_effect *e = &w->rules->closures.of[n->closure[at]];
        if (!w->state->counts[n->closure[at]]) continue;
        smap__edge_state state = state_at(w, edge, at);
        if (badness(state, mode) > badness(worst, mode)) worst = state;
        count++;
        /* what is said of the ground below a bridge does not slow those on it */
        if (n->bridge[edge] && !w->rules->named[at] && e->rule->on_bridges == SMAP__LEAVES_BRIDGES) continue;
        speed = fmin(speed, e->speed_ms);
        delay = fmax(delay, w->rules->delay_s[at]);
    }
    if (count > 1) note_conflict(w, edge);
    double seconds = is_open(w, worst) ? smap__travel_time(n->graph->length_m[edge], speed) + delay : HUGE_VAL;
    uint8_t oneway = mode == SMAP__BY_VEHICLE ? w->rules->roads.oneway[road] : SMAP__BOTH_WAYS;
    w->forward_s[edge] = oneway == SMAP__ONE_WAY_BACKWARD ? HUGE_VAL : seconds;
    w->backward_s[edge] = oneway == SMAP__ONE_WAY_FORWARD ? HUGE_VAL : seconds;
    w->state->state[edge] = (uint8_t)worst;
    w->state->length_m[worst] += n->graph->length_m[edge];
}

static smap_status put_edges(work *w, smap_ctx *ctx, smap_error *err) {
    uint32_t count = w->network->graph->edge_count;
    smap_status status = SMAP_OK;
    for (uint32_t e = 0; e < count && status == SMAP_OK; e++) {
        if (e % EDGES_A_POLL == 0) status = smap__progress(ctx, (double)e / count, NULL, err);
        put_edge(w, e);
    }
    return status;
}

static const char *id_of(const smap_layer *closures, uint32_t row, char *out, size_t size) {
    const smap_column *id = smap_table_find(closures->table, "closure_id");
    if (id) smap_column_format(id, row, out, size);
    return out;
}

static smap_status tell_conflicts(work *w, smap_error *err) {
    const smap_layer *closures = w->network->input.closures;
    smap_status status = SMAP_OK;
    for (int64_t i = 0; i < w->rules->closures.count && status == SMAP_OK; i++) {
        char other[64] = "";
        uint32_t by = w->overruled[i];
        if (by == SMAP__NONE) continue;
        status = smap__findings_add(&w->state->findings, err, SMAP__WARNING, "closure_conflict",
                                    smap__layer_fid(closures, i), "passable", "all",
                                    "closure %s (FID %lld) says that not all can pass there: that is what counts",
                                    id_of(closures, by, other, sizeof other), (long long)smap__layer_fid(closures, by));
    }
    return status;
}

/* ---- the whole network --------------------------------------------------------------------------------------------
 */

static smap_status make_arrays(work *w, smap_error *err) {
    size_t edges = w->network->graph->edge_count, closures = (size_t)w->rules->closures.count;
    w->overruled = smap__realloc(NULL, closures, sizeof *w->overruled);
    w->forward_s = smap__realloc(NULL, edges, sizeof *w->forward_s);
    w->backward_s = smap__realloc(NULL, edges, sizeof *w->backward_s);
    w->state->state = smap__realloc(NULL, edges, 1);
    if (!w->overruled || !w->forward_s || !w->backward_s || !w->state->state) return smap__fail_memory(err);
    memset(w->overruled, 0xff, closures * sizeof *w->overruled);
    return SMAP_OK;
}

smap_status smap__network_scenario(smap_ctx *ctx, const smap__network *network, const smap__scenario *scenario,
                                   smap__network_state **out, smap_error *err) {
    work w = { .network = network, .rules = network->rules, .scenario = scenario };
    smap_status status = SMAP_OK;
    w.state = smap__zalloc(1, sizeof *w.state);
    if (!w.state) return smap__fail_memory(err);
    SMAP_TRY(choose_closures(&w, err), done);
    SMAP_TRY(make_arrays(&w, err), done);
    SMAP_TRY(put_edges(&w, ctx, err), done);
    SMAP_TRY(tell_conflicts(&w, err), done);
    SMAP_TRY(smap__graph_recost(ctx, network->graph, w.forward_s, w.backward_s, &w.state->graph, err), done);
    *out = w.state;
    w.state = NULL;
done:
    smap__free(w.overruled);
    smap__free(w.forward_s);
    smap__free(w.backward_s);
    smap__network_state_free(w.state);
    return status;
}

void smap__network_state_free(smap__network_state *state) {
    if (!state) return;
    smap__graph_free(state->graph);
    smap__free(state->state);
    smap__free(state->counts);
    smap__findings_release(&state->findings);
    smap__free(state);
}
