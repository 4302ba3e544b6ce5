/* What an access run says: people within reach first, then who reaches nothing, the network, and what was assumed. */
#include <stdio.h>
#include <string.h>

#include "base/fail.h"
#include "col/cell.h"
#include "job/access_run.h"
#include "job/result.h"
#include "model/domain.h"

/* ---- tables ---------------------------------------------------------------------------------------------------------
 */

/* A table of what was told, unless it has no rows. */
static smap_status add_told(smap__access_run *run, smap__rows *rows, const char *name, const char *title,
                            smap_error *err) {
    const smap_table *table = NULL;
    bool any = rows->count > 0 || rows->status != SMAP_OK;
    if (!any) return SMAP_OK;
    smap_status status = smap__rows_finish(rows, &table, err);
    if (status == SMAP_OK) status = smap__result_add_table(run->result, name, title, table, err);
    smap_table_free(table);
    return status;
}

static smap_status add_reach(smap__access_run *run, int layer, smap_error *err) {
    const char *name = run->origin[layer].base.name;
    const smap__domain *kinds = NULL;
    char key[64], title[160];
    smap_status status = smap__domain_get(run->ctx, "asset_kind", &kinds, err);
    if (status != SMAP_OK) return status;
    int at = smap__domain_code(kinds, name, strlen(name));
    snprintf(key, sizeof key, "coverage_%s", name);
    snprintf(title, sizeof title, "%s: people within so many minutes of a service",
             at < 0 ? name : kinds->code[at].label.en);
    return add_told(run, &run->told.reach[layer], key, title, err);
}

static smap_status add_links(smap__access_run *run, smap_error *err) {
    const char *what = run->bridges_alone ? "Bridges" : "Links";
    char title[160];
    snprintf(title, sizeof title, "%s whose cut costs people most", what);
    smap_status status = add_told(run, &run->told.link, "critical_link", title, err);
    if (status != SMAP_OK) return status;
    snprintf(title, sizeof title, "%s whose cut costs most places, of which no people are known", what);
    return add_told(run, &run->told.place_link, "critical_link_places", title, err);
}

static smap_status add_tables(smap__access_run *run, smap_error *err) {
    smap__access_told *t = &run->told;
    smap_status status = SMAP_OK;
    for (int i = 0; i < run->origin_layers && status == SMAP_OK; i++) status = add_reach(run, i, err);
    if (status == SMAP_OK)
        status = add_told(run, &t->service, "site_service", "Sites: the nearest service, before and now", err);
    if (status == SMAP_OK)
        status = add_told(run, &t->unreached, "unreached", "Origins that reach no service of a type, by reason", err);
    if (status == SMAP_OK)
        status = add_told(run, &t->unserved, "unserved", "People who find every service full or out of reach", err);
    if (status == SMAP_OK)
        status = add_told(run, &t->no_place, "no_place",
                          "Origins whose people reach services and find all of them full", err);
    if (status == SMAP_OK) status = add_links(run, err);
    if (status == SMAP_OK) status = add_told(run, &t->network, "network", "Network: what hangs together", err);
    if (status == SMAP_OK)
        status = add_told(run, &t->unreachable, "unreachable", "Which origins reach no service of a type", err);
    return status;
}

/* ---- notes ----------------------------------------------------------------------------------------------------------
 */

static smap_status note_speeds(smap__access_run *run, smap__travel_mode mode, smap_error *err) {
    const smap__speed_tally *t = &run->network->speed[mode];
    const char *who = mode == SMAP__ON_FOOT ? "On foot" : "By vehicle";
    smap_status status = smap__result_note(run->result, err,
                                           "%s: the speed of %lld roads is stated, of %lld it is that of class and "
                                           "surface in data/standards/travel_speed.csv.",
                                           who, (long long)t->stated, (long long)t->by_class);
    if (status == SMAP_OK && mode == SMAP__BY_VEHICLE && t->class_unknown)
        status = smap__result_note(
            run->result, err, "%s: the class of %lld roads is not known; they have the speed of the row \"unknown\".",
            who, (long long)t->class_unknown);
    if (status == SMAP_OK && t->barred + t->zero > 0)
        status =
            smap__result_note(run->result, err,
                              "%s: %lld roads are of a class that is not for it, %lld state a speed of 0; both are "
                              "closed.",
                              who, (long long)t->barred, (long long)t->zero);
    if (status == SMAP_OK && t->unusable)
        status = smap__result_note(run->result, err,
                                   "%s: the speeds that %lld roads state cannot be used; that of their class counts.",
                                   who, (long long)t->unusable);
    return status;
}

static smap_status note_mended(smap__access_run *run, smap_error *err) {
    const smap__mended *m = &run->network->mended;
    smap_status status = SMAP_OK;
    if (run->join_m > 0)
        status = smap__result_note(run->result, err, "%zu ends of roads were joined to what lies within %.10g m.",
                                   m->joins, run->join_m);
    if (status == SMAP_OK && run->options->crossings)
        status = smap__result_note(run->result, err, "%zu crossings of roads without a common vertex became junctions.",
                                   m->crossings);
    return status;
}

static smap_status note_closures(smap__access_run *run, smap_error *err) {
    const smap__network *n = run->network;
    char date[16];
    if (smap_table_rows(run->closure->table) == 0) return SMAP_OK;
    smap__format_date(run->date_ms / SMAP__MS_PER_DAY, date);
    smap_status status =
        run->date_ms ? smap__result_note(run->result, err,
                                         "Closures count that are in force on %s; --date says another day.", date)
                     : smap__result_note(run->result, err, "No date is known: closures count that have no beginning.");
    if (status == SMAP_OK && n->closures_off)
        status = smap__result_note(run->result, err, "%lld closures touch no road: see the layer finding for which.",
                                   (long long)n->closures_off);
    if (status == SMAP_OK && n->closures_bridged)
        status = smap__result_note(run->result, err,
                                   "%lld closures touch bridges alone, which what lies under them does not close.",
                                   (long long)n->closures_bridged);
    return status;
}

static bool runs_other_than_baseline(const smap__access_run *run) {
    for (int i = 0; i < run->scenarios; i++)
        if (strcmp(run->scenario[i], SMAP__BASELINE) != 0) return true;
    return false;
}

/* With unknown roads closed. */
static smap_status note_nothing_open(smap__access_run *run, smap_error *err) {
    const smap__str *list = &run->told.nothing_open;
    if (list->failed) return smap__fail_memory(err);
    if (list->len == 0) return SMAP_OK;
    return smap__result_note(run->result, err,
                             "No closure says that a road is open (%s): if roads that no closure mentions are closed, "
                             "nobody reaches anything.",
                             list->data);
}

static smap_status note_unknown(smap__access_run *run, smap_error *err) {
    if (!runs_other_than_baseline(run)) return SMAP_OK;
    smap_status status = note_nothing_open(run, err);
    if (status != SMAP_OK) return status;
    if (run->open && run->closed)
        return smap__result_note(run->result, err,
                                 "A road that no closure mentions is not known to be open: both answers are given, "
                                 "unknown_roads open (at most so many reach a service) and closed (at least so many); "
                                 "single sites and origins are listed with the answer open.");
    return smap__result_note(run->result, err,
                             "A road that no closure mentions is not known to be open: it was taken as %s.",
                             run->open ? "open" : "closed");
}

static smap_status note_services(smap__access_run *run, smap_error *err) {
    const smap_column *status = smap_table_find(run->service.layer->table, "status");
    int64_t unknown = 0;
    for (int64_t i = 0; i < run->service.count; i++)
        unknown += run->service.type[i] >= 0 &&
                   (!status || smap_column_is_null(status, i) || smap__cell_is(status, i, "unknown"));
    if (unknown == 0) return SMAP_OK;
    return smap__result_note(run->result, err,
                             "%lld of %lld services do not say whether they work: they count as if they did.",
                             (long long)unknown, (long long)run->service.count);
}

static smap_status note_links(smap__access_run *run, smap_error *err) {
    const smap__network *n = run->network;
    smap_status status = SMAP_OK;
    if (!run->critical) return SMAP_OK;
    for (int i = 0; i < run->origin_layers && status == SMAP_OK; i++)
        if (!run->origin[i].base.people)
            status = smap__result_note(run->result, err,
                                       "Of %s nobody is known: their critical links count places, not people, each as "
                                       "one.",
                                       run->origin[i].base.name);
    if (status == SMAP_OK && run->bridges_alone &&
        !(n->graph->edge_count && memchr(n->bridge, 1, n->graph->edge_count)))
        status = smap__result_note(run->result, err,
                                   "No road says that it is a bridge (column bridge), so there is none to rank.");
    if (status == SMAP_OK)
        status =
            smap__result_note(run->result, err,
                              "Critical links: nobody loses more than the longest limit, %g minutes, which is what "
                              "being cut off counts.",
                              run->limit_s[run->limits - 1] / 60);
    return status;
}

static smap_status note_no_place(smap__access_run *run, smap_error *err) {
    if (run->told.no_place_not_listed == 0) return SMAP_OK;
    return smap__result_note(run->result, err,
                             "%lld more origins have people who find every service full and are not listed here: "
                             "type_unserved of the layer catchment counts all of them.",
                             (long long)run->told.no_place_not_listed);
}

static smap_status note_listed(smap__access_run *run, smap_error *err) {
    const smap__access_told *t = &run->told;
    smap_status status = SMAP_OK;
    if (t->service_not_listed)
        status = smap__result_note(run->result, err,
                                   "%lld more ways of sites are not listed here: the layer access_site has them all.",
                                   (long long)t->service_not_listed);
    if (status == SMAP_OK && t->closed_at_door)
        status = smap__result_note(run->result, err,
                                   "Where the road at a place is closed, another one may be near: check whether the "
                                   "place is cut off.");
    if (status != SMAP_OK || t->not_listed == 0) return status;
    return smap__result_note(run->result, err,
                             "%lld more origins reach nothing and are not listed here: the column status of the result "
                             "layers has them all.",
                             (long long)t->not_listed);
}

static smap_status note_capacity(smap__access_run *run, smap_error *err) {
    if (!run->options->capacity) return SMAP_OK;
    return smap__result_note(
        run->result, err,
        "Capacity counts in the layer catchment and in who finds every service full; ways, minutes "
        "and people within them are those to the nearest service, full or not.");
}

static smap_status note_all(smap__access_run *run, smap_error *err) {
    smap_status status = note_listed(run, err);
    if (status == SMAP_OK) status = note_unknown(run, err);
    if (status == SMAP_OK) status = note_no_place(run, err);
    if (status == SMAP_OK) status = note_capacity(run, err);
    if (status == SMAP_OK) status = note_closures(run, err);
    if (status == SMAP_OK) status = note_services(run, err);
    if (status == SMAP_OK) status = note_links(run, err);
    for (int mode = 0; mode < SMAP__TRAVEL_MODES && status == SMAP_OK; mode++)
        if (run->mode[mode]) status = note_speeds(run, (smap__travel_mode)mode, err);
    if (status == SMAP_OK) status = note_mended(run, err);
    for (int i = 0; i < run->origin_layers && status == SMAP_OK; i++)
        status = smap__asset_note_outside(&run->origin[i].base, run->result, err);
    if (status == SMAP_OK && run->origin_layers > 1)
        status = smap__result_note(run->result, err,
                                   "Sites, households, buildings and gridded people may be the same people: their "
                                   "figures are never added up.");
    if (status == SMAP_OK)
        status =
            smap__result_note(run->result, err,
                              "Walks to and from the road are straight, at %.1f km/h, and at most %.10g m; times are "
                              "those of the network in %s, lengths are on the ellipsoid.",
                              smap__network_walk_ms(run->network) * 3.6, run->max_walk_m, smap_crs_name(run->crs));
    return status;
}

/* ---- all ------------------------------------------------------------------------------------------------------------
 */

static smap_status add_findings(smap__access_run *run, smap_error *err) {
    const smap__findings *const some[] = {
        &run->findings,         &run->road.findings,   &run->network->road_findings, &run->network->closure_findings,
        &run->closure_findings, &run->service_findings
    };
    smap__findings all = SMAP__FINDINGS_INIT;
    smap_status status = SMAP_OK;
    for (size_t i = 0; i < sizeof some / sizeof *some && status == SMAP_OK; i++)
        status = smap__findings_join(&all, some[i], err);
    for (int i = 0; i < run->origin_layers && status == SMAP_OK; i++)
        status = smap__findings_join(&all, &run->origin[i].base.findings, err);
    if (status == SMAP_OK) status = smap__result_add_findings(run->result, &all, err);
    if (status == SMAP_OK) smap__result_reject(run->result, all.by_severity[SMAP__REJECTED]);
    smap__findings_release(&all);
    return status;
}

smap_status smap__access_report(smap__access_run *run, smap_error *err) {
    smap_status status = add_tables(run, err);
    if (status == SMAP_OK) status = add_findings(run, err);
    return status == SMAP_OK ? note_all(run, err) : status;
}
