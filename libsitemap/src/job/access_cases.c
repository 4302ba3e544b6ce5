/* Every case of a run: a mode, a scenario, an answer about the roads that no closure mentions. The baseline of a mode
 * comes first: the others are compared with it, whether its own rows were asked for or not. */
#include <string.h>

#include "base/alloc.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "job/access_run.h"

/* Of one mode: places on the network as it was, and its baseline. */
typedef struct ground {
    smap__snap *origin, *service;
    bool *served; /* of each type: a service is on the network */
    smap__access_case baseline;
} ground;

static bool is_baseline(const char *scenario) {
    return strcmp(scenario, SMAP__BASELINE) == 0;
}

/* ---- one case -------------------------------------------------------------------------------------------------------
 */

static void release_case(smap__access_case *c) {
    smap__network_state_free(c->state);
    smap__access_free(c->access);
    for (int32_t t = 0; c->area && t < c->run->service.types; t++) smap_geometry_free(c->area[t]);
    smap__free(c->area);
}

/* The network of the case. */
static smap_status open_case(smap__access_case *c, smap_error *err) {
    const smap__scenario scenario = { c->scenario, c->run->date_ms, c->mode, c->unknown_open };
    return smap__network_scenario(c->run->ctx, c->run->network, &scenario, &c->state, err);
}

/* `places`: what finds the origins; NULL: they are known. */
static smap_status search_case(smap__access_case *c, const ground *g, const smap__job *places, smap_error *err) {
    smap__access_run *run = c->run;
    c->query = (smap__access_query){ .graph = c->state->graph,
                                     .origin = g->origin,
                                     .origins = run->origins,
                                     .service = g->service,
                                     .type = run->service.type,
                                     .services = run->service.count,
                                     .types = run->service.types,
                                     .walk_ms = smap__network_walk_ms(run->network),
                                     .k = run->search,
                                     .limit_s = HUGE_VAL };
    c->served = g->served;
    smap_status status = smap__access_nearest(run->ctx, &c->query, places, &c->access, err);
    if (status == SMAP_OK && places) status = smap__access_tell_places(c, g->origin, g->service, err);
    if (status == SMAP_OK && run->options->isochrones) status = smap__access_measure_areas(c, err);
    return status;
}

static smap_status put_case(const smap__access_case *c, smap_error *err) {
    smap_status status = smap__access_put_ways(c, err);
    if (status == SMAP_OK) status = smap__access_put_coverage(c, err);
    if (status == SMAP_OK) status = smap__access_put_catchments(c, err);
    if (status == SMAP_OK && c->area) status = smap__access_put_areas(c, err);
    if (status == SMAP_OK && c->run->critical) status = smap__access_put_critical(c, err);
    return status == SMAP_OK ? smap__access_tell_case(c, err) : status;
}

/* ---- one mode -------------------------------------------------------------------------------------------------------
 */

static smap_status find_served(const smap__access_services *s, const smap__snap *snap, bool **out, smap_error *err) {
    *out = smap__zalloc((size_t)s->types, sizeof **out);
    if (!*out) return smap__fail_memory(err);
    for (int64_t i = 0; i < s->count; i++)
        if (s->type[i] >= 0 && snap[i].edge != SMAP__NONE) (*out)[s->type[i]] = true;
    return SMAP_OK;
}

static smap_status place_services(smap__access_run *run, const smap__snapper *snapper, ground *g, smap_error *err) {
    g->service = smap__zalloc((size_t)run->service.count, sizeof *g->service);
    if (!g->service) return smap__fail_memory(err);
    smap_status status = smap__snapper_put(run->ctx, snapper, run->service.ground, g->service, err);
    return status == SMAP_OK ? find_served(&run->service, g->service, &g->served, err) : status;
}

/* Searches begin at the services, so origins are put on the network while the first ones run. */
static smap_status place_origins(smap__access_run *run, const smap__snapper *snapper, ground *g, smap_error *err) {
    smap__snapping *snapping = NULL;
    g->origin = smap__zalloc((size_t)run->origins, sizeof *g->origin);
    if (!g->origin) return smap__fail_memory(err);
    smap_status status = smap__snapping_new(run->ctx, snapper, run->origin_ground, g->origin, &snapping, err);
    if (status != SMAP_OK) return status;
    const smap__job job = smap__snapping_job(snapping);
    status = search_case(&g->baseline, g, &job, err);
    smap__snapping_free(snapping);
    return status;
}

static smap_status open_baseline(smap__access_run *run, smap__travel_mode mode, ground *g, smap_error *err) {
    g->baseline = (smap__access_case){ .run = run, .scenario = SMAP__BASELINE, .mode = mode, .unknown_open = true };
    smap__snapper *snapper = NULL;
    smap_status status = open_case(&g->baseline, err);
    if (status == SMAP_OK)
        status = smap__snapper_new(run->ctx, g->baseline.state->graph, run->max_walk_m, &snapper, err);
    if (status == SMAP_OK) status = place_services(run, snapper, g, err);
    if (status == SMAP_OK) status = place_origins(run, snapper, g, err);
    smap__snapper_free(snapper);
    return status;
}

static smap_status run_answer(smap__access_run *run, const ground *g, const char *scenario, bool unknown_open,
                              bool first, smap_error *err) {
    smap__access_case c = {
        .run = run, .scenario = scenario, .mode = g->baseline.mode, .unknown_open = unknown_open, .before = &g->baseline
    };
    smap_status status = open_case(&c, err);
    if (status == SMAP_OK && first) status = smap__access_put_cuts(&c, err);
    if (status == SMAP_OK && first && !(run->mode[SMAP__ON_FOOT] && c.mode != SMAP__ON_FOOT))
        status = smap__findings_join(&run->closure_findings, &c.state->findings, err); /* once a scenario */
    if (status == SMAP_OK) status = search_case(&c, g, NULL, err);
    if (status == SMAP_OK) status = put_case(&c, err);
    release_case(&c);
    return status;
}

static smap_status run_scenario(smap__access_run *run, const ground *g, const char *scenario, smap_error *err) {
    smap_status status = SMAP_OK;
    if (is_baseline(scenario)) return put_case(&g->baseline, err);
    if (run->open) status = run_answer(run, g, scenario, true, true, err);
    if (status == SMAP_OK && run->closed) status = run_answer(run, g, scenario, false, !run->open, err);
    return status;
}

static smap_status run_mode(smap__access_run *run, smap__travel_mode mode, double done, double share, smap_error *err) {
    ground g = { 0 };
    smap_status status = open_baseline(run, mode, &g, err);
    for (int i = 0; i < run->scenarios && status == SMAP_OK; i++) {
        status = smap__progress(run->ctx, done + share * i / run->scenarios, NULL, err);
        if (status == SMAP_OK) status = run_scenario(run, &g, run->scenario[i], err);
    }
    release_case(&g.baseline);
    smap__free(g.origin);
    smap__free(g.service);
    smap__free(g.served);
    return status;
}

/* Ways that a run holds at once, and those that it writes: some gigabytes of either. */
static smap_status check_size(const smap__access_run *run, smap_error *err) {
    static const double most_found = 1e8, most_told = 5e7;
    int modes = run->mode[SMAP__ON_FOOT] + run->mode[SMAP__BY_VEHICLE], cases = 0;
    double ways = (double)run->origins * run->service.types, told = 0;
    for (int i = 0; i < run->scenarios; i++) cases += is_baseline(run->scenario[i]) ? 1 : run->open + run->closed;
    for (int i = 0; i < run->origin_layers; i++)
        if (!smap__asset_is_grid(&run->origin[i].base)) told += (double)run->origin[i].count;
    told *= (double)run->service.types * run->nearest * cases * modes;
    if (ways * run->search <= most_found && told <= most_told) return SMAP_OK;
    return smap__fail(err, SMAP_E_LIMIT, NULL,
                      "%lld origins and %d types of services, the nearest %u of each, in %d answers are more ways than "
                      "fit into memory; ask for less at once with --service-type, --nearest, --scenario, --unknown or "
                      "--mode",
                      (long long)run->origins, (int)run->service.types, (unsigned)run->search, cases * modes);
}

smap_status smap__access_cases(smap__access_run *run, smap_error *err) {
    smap_status status = check_size(run, err);
    double share = run->mode[SMAP__ON_FOOT] && run->mode[SMAP__BY_VEHICLE] ? 0.5 : 1, done = 0;
    for (int mode = 0; mode < SMAP__TRAVEL_MODES && status == SMAP_OK; mode++) {
        if (!run->mode[mode]) continue;
        status = run_mode(run, (smap__travel_mode)mode, done, share, err);
        done += share;
    }
    return status;
}
