/* What every case leaves for the printed report, as it goes. */
#include "job/access_tell.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "col/cell.h"
#include "geo/layer_row.h"
#include "job/access_run.h"

enum { MOST_LISTED = 200, MOST_NO_PLACE = 50 }; /* of each layer; of all that find services full */

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

static const smap__rows_column reach_columns[] = {
    { "area", SMAP_TEXT },          { "scenario", SMAP_TEXT },     { "unknown_roads", SMAP_TEXT },
    { "mode", SMAP_TEXT },          { "service_type", SMAP_TEXT }, { "minutes", SMAP_FLOAT64 },
    { "people", SMAP_FLOAT64 },     { "before", SMAP_FLOAT64 },    { "lost", SMAP_FLOAT64 },
    { "gained", SMAP_FLOAT64 },     { "of", SMAP_FLOAT64 },        { "origins", SMAP_INT64 },
    { "origins_lost", SMAP_INT64 }, { "of_origins", SMAP_INT64 },  { "people_unknown", SMAP_INT64 }
};
static const smap__rows_column service_columns[] = { { "site", SMAP_TEXT },       { "name", SMAP_TEXT },
                                                     { "scenario", SMAP_TEXT },   { "unknown_roads", SMAP_TEXT },
                                                     { "mode", SMAP_TEXT },       { "service_type", SMAP_TEXT },
                                                     { "service", SMAP_TEXT },    { "before", SMAP_FLOAT64 },
                                                     { "minutes", SMAP_FLOAT64 }, { "change", SMAP_TEXT },
                                                     { "lost_within", SMAP_TEXT } };
static const smap__rows_column unreached_columns[] = {
    { "origins", SMAP_TEXT },         { "scenario", SMAP_TEXT },
    { "unknown_roads", SMAP_TEXT },   { "mode", SMAP_TEXT },
    { "service_type", SMAP_TEXT },    { "cut_off", SMAP_INT64 },
    { "closed_at_door", SMAP_INT64 }, { "people", SMAP_FLOAT64 },
    { "never_reached", SMAP_INT64 },  { "off_network", SMAP_INT64 },
    { "no_service", SMAP_INT64 },     { "no_position", SMAP_INT64 }
};
static const smap__rows_column unreachable_columns[] = { { "origins", SMAP_TEXT },  { "id", SMAP_TEXT },
                                                         { "name", SMAP_TEXT },     { "reason", SMAP_TEXT },
                                                         { "scenario", SMAP_TEXT }, { "unknown_roads", SMAP_TEXT },
                                                         { "mode", SMAP_TEXT },     { "service_type", SMAP_TEXT },
                                                         { "people", SMAP_FLOAT64 } };
static const smap__rows_column network_columns[] = { { "scenario", SMAP_TEXT },
                                                     { "unknown_roads", SMAP_TEXT },
                                                     { "mode", SMAP_TEXT },
                                                     { "closures", SMAP_INT64 },
                                                     { "parts", SMAP_INT64 },
                                                     { "largest_km", SMAP_FLOAT64 },
                                                     { "others_km", SMAP_FLOAT64 },
                                                     { "closed_km", SMAP_FLOAT64 },
                                                     { "foot_only_km", SMAP_FLOAT64 },
                                                     { "slowed_km", SMAP_FLOAT64 },
                                                     { "not_mentioned_km", SMAP_FLOAT64 } };
static const smap__rows_column link_columns[] = { { "origins", SMAP_TEXT },          { "scenario", SMAP_TEXT },
                                                  { "unknown_roads", SMAP_TEXT },    { "mode", SMAP_TEXT },
                                                  { "service_type", SMAP_TEXT },     { "rank", SMAP_INT64 },
                                                  { "road_id", SMAP_TEXT },          { "name", SMAP_TEXT },
                                                  { "bridge", SMAP_BOOL },           { "only_link", SMAP_BOOL },
                                                  { "people", SMAP_FLOAT64 },        { "cut_off", SMAP_FLOAT64 },
                                                  { "people_minutes", SMAP_FLOAT64 } };
static const smap__rows_column place_link_columns[] = {
    { "origins", SMAP_TEXT },         { "scenario", SMAP_TEXT },
    { "unknown_roads", SMAP_TEXT },   { "mode", SMAP_TEXT },
    { "service_type", SMAP_TEXT },    { "rank", SMAP_INT64 },
    { "road_id", SMAP_TEXT },         { "name", SMAP_TEXT },
    { "bridge", SMAP_BOOL },          { "only_link", SMAP_BOOL },
    { "places", SMAP_INT64 },         { "places_cut_off", SMAP_INT64 },
    { "place_minutes", SMAP_FLOAT64 }
};
static const smap__rows_column unserved_columns[] = { { "origins", SMAP_TEXT },       { "scenario", SMAP_TEXT },
                                                      { "unknown_roads", SMAP_TEXT }, { "mode", SMAP_TEXT },
                                                      { "service_type", SMAP_TEXT },  { "people", SMAP_FLOAT64 } };

static const smap__rows_column no_place_columns[] = { { "origins", SMAP_TEXT },       { "id", SMAP_TEXT },
                                                      { "name", SMAP_TEXT },          { "scenario", SMAP_TEXT },
                                                      { "unknown_roads", SMAP_TEXT }, { "mode", SMAP_TEXT },
                                                      { "service_type", SMAP_TEXT },  { "people", SMAP_FLOAT64 },
                                                      { "of", SMAP_FLOAT64 } };

void smap__access_told_init(smap__access_told *told, bool by_area) {
    for (int i = 0; i < SMAP__TOLD_LAYERS; i++)
        smap__rows_init(&told->reach[i], by_area ? reach_columns : reach_columns + 1, COUNT(reach_columns) - !by_area);
    smap__rows_init(&told->service, service_columns, COUNT(service_columns));
    smap__rows_init(&told->unreached, unreached_columns, COUNT(unreached_columns));
    smap__rows_init(&told->unreachable, unreachable_columns, COUNT(unreachable_columns));
    smap__rows_init(&told->network, network_columns, COUNT(network_columns));
    smap__rows_init(&told->link, link_columns, COUNT(link_columns));
    smap__rows_init(&told->place_link, place_link_columns, COUNT(place_link_columns));
    smap__rows_init(&told->unserved, unserved_columns, COUNT(unserved_columns));
    smap__rows_init(&told->no_place, no_place_columns, COUNT(no_place_columns));
}

void smap__access_told_release(smap__access_told *told) {
    for (int i = 0; i < SMAP__TOLD_LAYERS; i++) smap__rows_release(&told->reach[i]);
    smap__rows_release(&told->service);
    smap__rows_release(&told->unreached);
    smap__rows_release(&told->unreachable);
    smap__rows_release(&told->network);
    smap__rows_release(&told->link);
    smap__rows_release(&told->place_link);
    smap__rows_release(&told->unserved);
    smap__rows_release(&told->no_place);
    smap__str_release(&told->nothing_open);
}

static const char *way_of(smap__travel_mode mode) {
    return mode == SMAP__ON_FOOT ? "on foot" : "by vehicle";
}

/* Where both answers are given, single origins are told of the first one alone: in the other one most are cut off. */
static bool is_told_one_by_one(const smap__access_case *c) {
    return c->unknown_open || !c->run->open;
}

/* The column that names a row: in English, or in Arabic where that alone is known; NULL where a layer has no names. */
static const smap_column *name_of(const smap_table *t, int64_t row) {
    const smap_column *en = smap_table_find(t, "name_en"), *ar = smap_table_find(t, "name_ar");
    return ar && (!en || smap_column_is_null(en, row)) ? ar : en;
}

/* ---- people within limits -------------------------------------------------------------------------------------------
 */

static void put_area_name(const smap__access_run *run, int64_t area, smap__rows *rows) {
    if (area < 0) {
        smap__rows_text(rows, area == SMAP__AREA_ALL ? "all" : "in none");
        return;
    }
    const smap_table *t = run->by.layer->table;
    const smap_column *name = run->by.name_en ? smap_table_find(t, run->by.name_en) : NULL;
    if (!name || smap_column_is_null(name, area)) name = smap_table_find(t, run->by.key);
    smap__str text = SMAP__STR_INIT;
    smap__cell_put(&text, name, area);
    smap__rows_text(rows, text.failed ? NULL : text.data);
    smap__str_release(&text);
}

void smap__access_tell_reach(const smap__access_case *c, const smap__origins *o, int64_t area, int32_t type, int limit,
                             const smap__coverage *v) {
    smap__access_run *run = c->run;
    smap__rows *rows = &run->told.reach[o - run->origin];
    bool known = o->base.people && smap__coverage_knows_people(v), compared = c->before != NULL;
    if (run->by.layer) put_area_name(run, area, rows);
    smap__access_put_head(c, rows);
    smap__rows_text(rows, run->service.code[type]);
    smap__rows_real(rows, run->limit_s[limit] / 60);
    smap__rows_real_or_null(rows, known ? v->people_within : NAN);
    smap__rows_real_or_null(rows, known && compared ? v->people_within + v->people_lost - v->people_gained : NAN);
    smap__rows_real_or_null(rows, known && compared ? v->people_lost : NAN);
    smap__rows_real_or_null(rows, known && compared ? v->people_gained : NAN);
    smap__rows_real_or_null(rows, known ? v->people : NAN);
    smap__rows_int(rows, v->within);
    if (compared)
        smap__rows_int(rows, v->lost);
    else
        smap__rows_null(rows);
    smap__rows_int(rows, v->origins);
    smap__rows_int(rows, v->people_unknown);
}

void smap__access_tell_unserved(const smap__access_case *c, const smap__origins *o, int32_t type, double people) {
    smap__rows *rows = &c->run->told.unserved;
    if (!o->base.people) return;
    smap__rows_text(rows, o->base.name);
    smap__access_put_head(c, rows);
    smap__rows_text(rows, c->run->service.code[type]);
    smap__rows_real(rows, people);
}

/* ---- which site goes where ------------------------------------------------------------------------------------------
 */

static void put_text_of(const smap_column *column, int64_t row, smap__rows *rows) {
    smap__str text = SMAP__STR_INIT;
    if (column) smap__cell_put(&text, column, row);
    if (text.failed)
        rows->status = smap__fail_memory(&rows->error);
    else
        smap__rows_text(rows, text.len ? text.data : NULL);
    smap__str_release(&text);
}

/* A service by its name, or else by its ID. */
static void put_service(const smap__access_run *run, uint32_t service, smap__rows *rows) {
    const smap_table *t = run->service.layer->table;
    const smap_column *name = name_of(t, service);
    put_text_of(name && !smap_column_is_null(name, service) ? name : smap_table_find(t, "service_id"), service, rows);
}

/* "15, 30": the limits that were kept before and are not now. */
static void put_lost_limits(const smap__access_run *run, double before_s, double now_s, smap__rows *rows) {
    smap__str text = SMAP__STR_INIT;
    for (int i = 0; i < run->limits; i++)
        if (before_s <= run->limit_s[i] && !(now_s <= run->limit_s[i]))
            smap__str_printf(&text, "%s%g", text.len ? ", " : "", run->limit_s[i] / 60);
    if (text.failed)
        rows->status = smap__fail_memory(&rows->error);
    else
        smap__rows_text(rows, text.len ? text.data : NULL);
    smap__str_release(&text);
}

static void tell_site(const smap__access_case *c, const smap__origins *o, int64_t row, int32_t type) {
    smap__access_run *run = c->run;
    smap__rows *rows = &run->told.service;
    size_t at = smap__access_at(c->access, o->first + row, type, 0);
    uint32_t service = c->access->service[at];
    double now_s = c->access->seconds[at], before_s = c->before ? c->before->access->seconds[at] : NAN;
    if (rows->count == MOST_LISTED) {
        run->told.service_not_listed++;
        return;
    }
    put_text_of(smap_table_at(o->base.layer->table, 0), row, rows);
    smap__rows_cell(rows, name_of(o->base.layer->table, row), row);
    smap__access_put_head(c, rows);
    smap__rows_text(rows, run->service.code[type]);
    if (service == SMAP__NONE)
        smap__rows_null(rows);
    else
        put_service(run, service, rows);
    smap__rows_real_or_null(rows, isfinite(before_s) ? before_s / 60 : NAN);
    smap__rows_real_or_null(rows, isfinite(now_s) ? now_s / 60 : NAN);
    smap__rows_text(rows, smap__access_change_code(c, o->first + row, type, 0));
    put_lost_limits(run, before_s, now_s, rows);
}

static void tell_sites(const smap__access_case *c, const smap__origins *o) {
    if (strcmp(o->base.name, "site") != 0 || !is_told_one_by_one(c)) return;
    for (int32_t type = 0; type < c->run->service.types; type++)
        for (int64_t row = 0; row < o->count; row++) tell_site(c, o, row, type);
}

void smap__access_tell_no_place(const smap__access_case *c, const smap__origins *o, int64_t row, int32_t type,
                                double people) {
    smap__rows *rows = &c->run->told.no_place;
    const smap_table *t = o->base.layer->table;
    if (rows->count == MOST_NO_PLACE) {
        c->run->told.no_place_not_listed++;
        return;
    }
    smap__rows_text(rows, o->base.name);
    put_text_of(smap_table_at(t, 0), row, rows);
    smap__rows_cell(rows, name_of(t, row), row);
    smap__access_put_head(c, rows);
    smap__rows_text(rows, c->run->service.code[type]);
    smap__rows_real(rows, people);
    smap__rows_real(rows, o->base.people[row]);
}

/* ---- who reaches nothing --------------------------------------------------------------------------------------------
 */

/* What leads to a household is not printed; the number of a cell says nothing to anybody. */
static bool is_listed(const smap__asset_layer *asset) {
    return strcmp(asset->name, "household") != 0 && !smap__asset_is_grid(asset);
}

/* An origin and why; `type` NULL: of all types, in all scenarios of the mode. */
static void list_one(const smap__access_case *c, const smap__origins *o, int64_t row, const char *reason,
                     const char *type) {
    smap__access_run *run = c->run;
    smap__rows *rows = &run->told.unreachable;
    const smap_table *t = o->base.layer->table;
    if (!is_listed(&o->base) || run->told.listed[o - run->origin] == MOST_LISTED) {
        run->told.not_listed++;
        return;
    }
    run->told.listed[o - run->origin]++;
    smap__rows_text(rows, o->base.name);
    put_text_of(smap_table_at(t, 0), row, rows);
    smap__rows_cell(rows, name_of(t, row), row);
    smap__rows_text(rows, reason);
    smap__rows_text(rows, type ? c->scenario : "all");
    smap__rows_text(rows, !type ? NULL : c->unknown_open ? "open" : "closed");
    smap__rows_text(rows, smap__travel_mode_code(c->mode));
    smap__rows_text(rows, type ? type : "all");
    smap__rows_real_or_null(rows, run->people[o->first + row]);
}

typedef struct reasons {
    int64_t cut_off, closed_at_door, never, off_network, no_service, no_position;
    double people; /* who had a way before */
} reasons;

static void count_one(const smap__access_case *c, const smap__origins *o, int64_t row, int32_t type, reasons *r) {
    int64_t origin = o->first + row;
    if (c->access->service[smap__access_at(c->access, origin, type, 0)] != SMAP__NONE) return;
    const char *status = smap__access_status(c, origin, type, 0);
    r->off_network += strcmp(status, "off_network") == 0;
    r->no_service += strcmp(status, "no_service") == 0;
    r->no_position += strcmp(status, "no_position") == 0;
    bool at_door = strcmp(status, "closed_at_door") == 0;
    if (!at_door && strcmp(status, "beyond_reach") != 0) return;
    const char *change = smap__access_change_code(c, origin, type, 0);
    bool lost = change && strcmp(change, "lost") == 0;
    double people = c->run->people[origin];
    r->closed_at_door += at_door;
    r->cut_off += lost && !at_door;
    r->never += !lost && !at_door;
    if (lost && !isnan(people)) r->people += people;
    if (!is_told_one_by_one(c)) return;
    c->run->told.closed_at_door += at_door;
    list_one(c, o, row, at_door ? "road closed at the place" : lost ? "cut off" : "no way", c->run->service.code[type]);
}

static void tell_unreached(const smap__access_case *c, const smap__origins *o, int32_t type) {
    smap__rows *rows = &c->run->told.unreached;
    reasons r = { 0 };
    for (int64_t row = 0; row < o->count; row++) count_one(c, o, row, type, &r);
    if (r.cut_off + r.closed_at_door + r.never + r.off_network + r.no_service + r.no_position == 0) return;
    smap__rows_text(rows, o->base.name);
    smap__access_put_head(c, rows);
    smap__rows_text(rows, c->run->service.code[type]);
    smap__rows_int(rows, r.cut_off);
    smap__rows_int(rows, r.closed_at_door);
    smap__rows_real_or_null(rows, o->base.people ? r.people : NAN);
    smap__rows_int(rows, r.never);
    smap__rows_int(rows, r.off_network);
    smap__rows_int(rows, r.no_service);
    smap__rows_int(rows, r.no_position);
}

/* ---- the network ----------------------------------------------------------------------------------------------------
 */

static void put_network(const smap__access_case *c, const smap__components *parts, double largest_m, double others_m) {
    static const smap__edge_state states[] = { SMAP__EDGE_CLOSED, SMAP__EDGE_FOOT, SMAP__EDGE_SLOWED,
                                               SMAP__EDGE_NOT_MENTIONED };
    smap__rows *rows = &c->run->told.network;
    int64_t count = 0;
    for (uint32_t i = 0; i < parts->count; i++) count += parts->edges[i] > 0;
    smap__access_put_head(c, rows);
    smap__rows_int(rows, c->state->closures);
    smap__rows_int(rows, count);
    smap__rows_real(rows, largest_m / 1000);
    smap__rows_real(rows, others_m / 1000);
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        smap__rows_real(rows, c->before ? c->state->length_m[states[i]] / 1000 : 0);
}

/* Parts of the network that hang together; nodes between closed roads alone are none. */
static smap_status tell_network(const smap__access_case *c, smap_error *err) {
    const smap__graph *g = c->state->graph;
    smap__components *parts = NULL;
    double largest_m = 0, others_m = 0;
    smap_status status = smap__components_find(g, &parts, err);
    if (status != SMAP_OK) return status;
    for (uint32_t e = 0; e < g->edge_count; e++) {
        if (!smap__graph_is_open(g, e)) continue;
        if (parts->of_node[g->from[e]] == 0)
            largest_m += g->length_m[e];
        else
            others_m += g->length_m[e];
    }
    put_network(c, parts, largest_m, others_m);
    smap__components_free(parts);
    return SMAP_OK;
}

/* Not one road that a closure says is open: with unknown roads closed nothing is left. */
static void tell_nothing_open(const smap__access_case *c) {
    const double *length_m = c->state->length_m;
    smap__str *list = &c->run->told.nothing_open;
    double open_m = length_m[SMAP__EDGE_OPEN] + length_m[SMAP__EDGE_SLOWED];
    if (c->mode == SMAP__ON_FOOT) open_m += length_m[SMAP__EDGE_FOOT];
    if (!c->before || c->unknown_open || open_m > 0) return;
    smap__str_printf(list, "%s%s %s", list->len ? ", " : "", c->scenario, way_of(c->mode));
}

smap_status smap__access_tell_case(const smap__access_case *c, smap_error *err) {
    for (int i = 0; i < c->run->origin_layers; i++) tell_sites(c, &c->run->origin[i]);
    tell_nothing_open(c);
    for (int i = 0; i < c->run->origin_layers; i++)
        for (int32_t type = 0; type < c->run->service.types; type++) tell_unreached(c, &c->run->origin[i], type);
    return tell_network(c, err);
}

void smap__access_tell_link(const smap__access_case *c, const smap__origins *o, int32_t type, int rank,
                            const smap__critical_link *link) {
    const smap__access_run *run = c->run;
    smap__rows *rows = o->base.people ? &c->run->told.link : &c->run->told.place_link;
    uint32_t road = run->network->graph->feature[link->edge];
    smap__rows_text(rows, o->base.name);
    smap__access_put_head(c, rows);
    smap__rows_text(rows, run->service.code[type]);
    smap__rows_int(rows, rank);
    smap__rows_cell(rows, smap_table_find(run->road.layer->table, "road_id"), road);
    smap__rows_cell(rows, name_of(run->road.layer->table, road), road);
    smap__rows_int(rows, run->network->bridge[link->edge]);
    smap__rows_int(rows, link->only_link);
    if (o->base.people) {
        smap__rows_real(rows, link->people);
        smap__rows_real(rows, link->people_cut_off);
        smap__rows_real(rows, link->people_minutes);
    } else {
        smap__rows_int(rows, link->origins);
        smap__rows_int(rows, link->origins_cut_off);
        smap__rows_real(rows, link->origin_minutes);
    }
}

/* ---- places off the network -----------------------------------------------------------------------------------------
 */

static smap_status tell_origins(const smap__access_case *c, smap__origins *o, const smap__snap *snap, smap_error *err) {
    int64_t off = 0, first = -1;
    for (int64_t row = 0; row < o->count; row++) {
        if (o->point->type[row] == SMAP_GEOM_NULL) {
            list_one(c, o, row, "no position", NULL);
        } else if (snap[o->first + row].edge == SMAP__NONE) {
            if (off++ == 0) first = row;
            list_one(c, o, row, "off the network", NULL);
        }
    }
    if (off == 0) return SMAP_OK;
    return smap__findings_add(
        &o->base.findings, err, SMAP__WARNING, "off_network", smap__layer_fid(o->base.layer, first), NULL, NULL,
        "%lld of %lld rows of %s are farther than %.10g m from any road that can be used %s: they "
        "reach nothing, whatever lies beside them",
        (long long)off, (long long)o->count, o->base.name, c->run->max_walk_m, way_of(c->mode));
}

static smap_status tell_services(const smap__access_case *c, const smap__snap *snap, smap_error *err) {
    smap__access_services *s = &c->run->service;
    int64_t off = 0, first = -1;
    for (int64_t i = 0; i < s->count; i++)
        if (s->type[i] >= 0 && snap[i].edge == SMAP__NONE && off++ == 0) first = i;
    if (off == 0) return SMAP_OK;
    return smap__findings_add(
        &c->run->service_findings, err, SMAP__WARNING, "service_off_network", smap__layer_fid(s->layer, first), NULL,
        NULL,
        "%lld of %lld services have no position, or are farther than %.10g m from any road that can "
        "be used %s: nobody reaches them",
        (long long)off, (long long)s->count, c->run->max_walk_m, way_of(c->mode));
}

smap_status smap__access_tell_places(const smap__access_case *baseline, const smap__snap *origin,
                                     const smap__snap *service, smap_error *err) {
    smap_status status = tell_services(baseline, service, err);
    for (int i = 0; i < baseline->run->origin_layers && status == SMAP_OK; i++)
        status = tell_origins(baseline, &baseline->run->origin[i], origin, err);
    return status;
}
