#include "job/hazard_evacuation.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "col/cell.h"
#include "geo/crs.h"
#include "geo/geom_builder.h"
#include "grid/slope.h"
#include "grid/zonal.h"
#include "hazard/passability.h"
#include "hazard/suitability.h"
#include "job/hazard_measure.h"
#include "job/raster_source.h"
#include "job/result.h"
#include "model/data_table.h"
#include "overlay/nearest.h"
#include "workspace/layer_rows.h"

/* One layer of candidates: arrays of as many values as the layer has rows. */
typedef struct candidates {
    smap__hazard_run *run;
    const smap__hazard_asset *asset;
    int64_t count;
    double *value[SMAP__CRITERIA];
    const char **basis;
} candidates;

typedef struct rated { /* the layer in the making */
    const smap__schema *schema;
    smap__layer_rows *rows;
    smap_geometry_builder *geometry;
    const smap_crs *wgs84;
    int64_t suitable, excluded, unknown;
} rated;

static void release_candidates(candidates *c) {
    for (int k = 0; k < SMAP__CRITERIA; k++) smap__free(c->value[k]);
    smap__free(c->basis);
}

/* ---- criteria -------------------------------------------------------------------------------------------------------
 */

static void take_classes(candidates *c) {
    for (int64_t i = 0; i < c->count; i++) {
        int8_t klass = c->asset->combined->klass[i];
        c->value[SMAP__BY_HAZARD_CLASS][i] = klass < 0 ? NAN : klass;
    }
}

/* To the nearest of the hazards; what lies beyond the reach is at least that far off. */
static void take_hazard_distance(candidates *c) {
    for (int64_t i = 0; i < c->count; i++) {
        double nearest = HUGE_VAL;
        for (int h = 0; h < c->run->hazards; h++) {
            const double *near_m = c->asset->exposure[h]->near_m;
            if (!near_m || c->run->hazard[h].no_distance) nearest = NAN;
            if (near_m && !isnan(near_m[i]) && near_m[i] < nearest) nearest = near_m[i];
        }
        bool placed = c->asset->base.ground->type[i] != SMAP_GEOM_NULL;
        c->value[SMAP__BY_HAZARD_DISTANCE][i] = !placed || isnan(nearest) ? NAN : fmin(nearest, c->run->near_m);
    }
}

static smap_status take_slope(candidates *c, smap_error *err) {
    static const double flat[] = { 0 };
    const smap__zonal_options options = { .breaks = flat, .classes = 1 };
    smap__raster_source *terrain = NULL;
    smap__slope *slope = NULL;
    const smap_geometry *features = NULL;
    smap__zonal *zonal = NULL;
    const char *dem = c->run->options->dem;
    for (int64_t i = 0; i < c->count; i++) c->value[SMAP__BY_SLOPE][i] = NAN;
    if (!dem) return SMAP_OK;
    smap_status status = smap__raster_source_open(c->run->ctx, dem, 1, &terrain, err);
    const smap__grid_source *grid = status == SMAP_OK ? smap__raster_source_grid(terrain) : NULL;
    if (status == SMAP_OK) status = smap__slope_new(c->run->ctx, grid, dem, &slope, err);
    if (status == SMAP_OK) status = smap__hazard_on_grid(c->run, c->asset, grid, &features, err);
    if (status == SMAP_OK)
        status = smap__zonal_compute(c->run->ctx, smap__slope_grid(slope), features, &options, &zonal, err);
    for (int64_t i = 0; status == SMAP_OK && i < c->count; i++) c->value[SMAP__BY_SLOPE][i] = zonal->mean[i];
    smap__zonal_free(zonal);
    smap_geometry_free(features);
    smap__slope_free(slope);
    smap__raster_source_close(terrain);
    return status;
}

static void take_numbers(const candidates *c, const char *name, double *out) {
    const smap_column *column = smap_table_find(c->asset->base.layer->table, name);
    for (int64_t i = 0; i < c->count; i++)
        if (!column || !smap__cell_number(column, i, &out[i])) out[i] = NAN;
}

/* The area drawn, else the one stated; people as stated, else by the area. */
static smap_status take_room(candidates *c, smap_error *err) {
    size_t n = (size_t)c->count;
    double *room = smap__zalloc(4 * n, sizeof *room);
    if (!room) return smap__fail_memory(err);
    double *stated = room, *floor_area = room + n, *site_area = room + 2 * n, *footprint = room + 3 * n;
    bool is_building = strcmp(c->asset->base.name, "building") == 0;
    take_numbers(c, "capacity", stated);
    take_numbers(c, "floor_area_m2", floor_area);
    take_numbers(c, "site_area_m2", site_area);
    for (int64_t i = 0; i < c->count; i++) {
        double drawn = c->asset->area_m2[i] > 0 ? c->asset->area_m2[i] : NAN;
        footprint[i] = is_building ? drawn : NAN;
        if (!is_building && isnan(site_area[i])) site_area[i] = drawn;
        c->value[SMAP__BY_AREA][i] = is_building ? drawn : site_area[i];
    }
    const smap__capacity_input input = { stated, floor_area, site_area, footprint };
    smap_status status =
        smap__capacity_reckon(c->run->ctx, &input, c->count, c->value[SMAP__BY_CAPACITY], c->basis, err);
    smap__free(room);
    return status;
}

/* Roads that no water of --passability closes; all roads where that was not asked for. */
static smap_status passable_roads(const smap__hazard_run *run, const smap_geometry **out, smap_error *err) {
    smap_status status = SMAP_OK;
    for (int a = 0; a < run->assets && status == SMAP_OK; a++) {
        const smap__hazard_asset *roads = &run->asset[a];
        const int8_t *passable = NULL;
        if (strcmp(roads->base.name, "road") != 0) continue;
        for (int h = 0; h < run->hazards; h++)
            if (roads->extra[h].passable) passable = roads->extra[h].passable;
        int64_t n = roads->base.ground->count, count = 0, *rows = smap__zalloc((size_t)n, sizeof *rows);
        if (!rows) return smap__fail_memory(err);
        for (int64_t i = 0; i < n; i++)
            if (!passable || passable[i] == SMAP__PASSABLE_ALL) rows[count++] = i;
        status = smap_geometry_take(roads->base.ground, rows, count, out, err);
        smap__free(rows);
    }
    return status;
}

static smap_status take_road_distance(candidates *c, const smap__suitability_rules *rules, smap_error *err) {
    const smap__suitability_rule *rule = &rules->of[SMAP__BY_ROAD_DISTANCE];
    double limit = fmax(rule->worst_at, isnan(rule->exclude_at) ? 0 : rule->exclude_at);
    double *out = c->value[SMAP__BY_ROAD_DISTANCE];
    const smap_geometry *roads = NULL;
    for (int64_t i = 0; i < c->count; i++) out[i] = NAN;
    smap_status status = passable_roads(c->run, &roads, err);
    if (status == SMAP_OK && roads)
        status = smap__nearest_line(c->run->ctx, c->asset->base.ground, roads, limit, out, err);
    for (int64_t i = 0; status == SMAP_OK && roads && i < c->count; i++)
        if (isnan(out[i]) && c->asset->base.ground->type[i] != SMAP_GEOM_NULL) out[i] = limit; /* at least */
    smap_geometry_free(roads);
    return status;
}

/* ---- candidates -----------------------------------------------------------------------------------------------------
 */

static bool is_candidate_use(const smap__data_table *uses, const smap_column *use, int64_t row) {
    for (int64_t i = 0; i < uses->rows; i++)
        if (smap__cell_is(use, row, smap__data_table_text(uses, i, 0))) return true;
    return false;
}

/* Rows of the layer that may take people in at all. */
static smap_status choose(const candidates *c, int64_t *rows, int64_t *count, smap_error *err) {
    static const char *const columns[] = { "use" };
    const smap__data_table *uses = NULL;
    const smap_column *use = smap_table_find(c->asset->base.layer->table, "use");
    bool is_building = strcmp(c->asset->base.name, "building") == 0;
    smap_status status = smap__standard_get(c->run->ctx, "candidate_use", columns, 1, &uses, err);
    if (status != SMAP_OK) return status;
    for (int64_t i = 0; i < c->count; i++)
        if (!is_building || (use && is_candidate_use(uses, use, i))) rows[(*count)++] = i;
    return SMAP_OK;
}

static void tally(rated *r, const smap_table *table) {
    const smap_column *verdict = smap_table_find(table, "suitability");
    for (int64_t i = 0; i < smap_table_rows(table); i++) {
        r->suitable += smap__cell_is(verdict, i, smap__suitability_code(SMAP__SUITABLE));
        r->excluded += smap__cell_is(verdict, i, smap__suitability_code(SMAP__EXCLUDED));
        r->unknown += smap__cell_is(verdict, i, smap__suitability_code(SMAP__SUITABILITY_UNKNOWN));
    }
}

static smap_status put_rows(const candidates *c, const smap_table *table, const int64_t *rows, int64_t count, rated *r,
                            smap_error *err) {
    const smap_layer all = { .name = "evacuation_site", .table = table };
    const smap_table *chosen = NULL;
    const smap_geometry *places = NULL;
    smap_status status = smap_table_take(table, rows, count, &chosen, err);
    if (status == SMAP_OK && c->asset->base.layer->geometry)
        status = smap_geometry_transform(c->run->ctx, c->asset->base.layer->geometry, r->wgs84, &places, NULL, err);
    for (int64_t i = 0; i < count && status == SMAP_OK; i++) {
        status = smap__layer_rows_copy(r->rows, &all, rows[i], err);
        if (status == SMAP_OK)
            status = places ? smap__builder_append_feature(r->geometry, places, rows[i], err)
                            : smap_geometry_append_null(r->geometry, err);
    }
    if (status == SMAP_OK) tally(r, chosen);
    smap_geometry_free(places);
    smap_table_free(chosen);
    return status;
}

static smap_status rate(candidates *c, const smap__suitability_rules *rules, rated *r, smap_error *err) {
    const smap_table *own = c->asset->base.layer->table, *table = NULL;
    const smap_column *source = NULL;
    int64_t count = 0, *rows = smap__zalloc((size_t)c->count, sizeof *rows);
    smap__suitability_input input = { .asset = c->asset->base.name,
                                      .count = c->count,
                                      .asset_id = smap_table_at(own, 0),
                                      .name_en = smap_table_find(own, "name_en"),
                                      .name_ar = smap_table_find(own, "name_ar") };
    smap_status status = rows ? choose(c, rows, &count, err) : smap__fail_memory(err);
    take_classes(c);
    take_hazard_distance(c);
    if (status == SMAP_OK) status = take_slope(c, err);
    if (status == SMAP_OK) status = take_room(c, err);
    if (status == SMAP_OK) status = take_road_distance(c, rules, err);
    if (status == SMAP_OK) status = smap__hazard_source_column(c->run, c->asset, "source", &source, err);
    for (int k = 0; k < SMAP__CRITERIA; k++) input.value[k] = c->value[k];
    input.capacity_basis = c->basis;
    input.source = source;
    if (status == SMAP_OK) status = smap__suitability_table(c->run->ctx, &input, &table, err);
    if (status == SMAP_OK) status = put_rows(c, table, rows, count, r, err);
    smap_table_free(table);
    smap_column_free(source);
    smap__free(rows);
    return status;
}

static smap_status rate_layer(smap__hazard_run *run, const smap__hazard_asset *asset,
                              const smap__suitability_rules *rules, rated *r, smap_error *err) {
    candidates c = { .run = run, .asset = asset, .count = asset->base.ground->count };
    smap_status status = SMAP_OK;
    for (int k = 0; k < SMAP__CRITERIA && status == SMAP_OK; k++) {
        c.value[k] = smap__zalloc((size_t)c.count, sizeof *c.value[k]);
        if (!c.value[k]) status = smap__fail_memory(err);
    }
    c.basis = smap__zalloc((size_t)c.count, sizeof *c.basis);
    if (!c.basis) status = smap__fail_memory(err);
    if (status == SMAP_OK) status = rate(&c, rules, r, err);
    release_candidates(&c);
    return status;
}

/* ---- the layer ------------------------------------------------------------------------------------------------------
 */

smap_status smap__evacuation_reach(smap__hazard_run *run, double *reach_m, smap_error *err) {
    smap__suitability_rules rules;
    *reach_m = 0;
    if (!run->options->evacuation) return SMAP_OK;
    smap_status status = smap__suitability_rules_get(run->ctx, &rules, err);
    const smap__suitability_rule *rule = &rules.of[SMAP__BY_HAZARD_DISTANCE];
    if (status == SMAP_OK) *reach_m = fmax(rule->best_at, rule->worst_at);
    return status;
}

static smap_status put(smap__hazard_run *run, rated *r, smap_error *err) {
    int64_t all = r->suitable + r->excluded + r->unknown;
    const smap_layer *rows = NULL, *layer = NULL;
    const smap_geometry *geometry = NULL;
    smap_status status = smap__layer_rows_finish(r->rows, &rows, err);
    if (status == SMAP_OK) status = smap_geometry_builder_finish(r->geometry, &geometry, err);
    if (status == SMAP_OK) status = smap_layer_new(r->schema->name, rows->table, geometry, NULL, &layer, err);
    if (status == SMAP_OK)
        status = smap__put_styled(run->ctx, run->change, r->schema->name, layer, run->options->common.lang, err);
    if (status == SMAP_OK)
        status =
            smap__result_note(run->result, err,
                              "Evacuation: of %lld sites and candidate buildings %lld are suitable, %lld are "
                              "excluded, and of %lld too little is known; the layer evacuation_site says why.",
                              (long long)all, (long long)r->suitable, (long long)r->excluded, (long long)r->unknown);
    smap_layer_free(layer);
    smap_layer_free(rows);
    smap_geometry_free(geometry);
    return status;
}

smap_status smap__hazard_put_evacuation(smap__hazard_run *run, smap_error *err) {
    smap__suitability_rules rules;
    rated r = { 0 };
    if (!run->options->evacuation) return SMAP_OK;
    smap_status status = smap__suitability_rules_get(run->ctx, &rules, err);
    if (status == SMAP_OK) status = smap__schema_get(run->ctx, "evacuation_site", &r.schema, err);
    if (status == SMAP_OK) status = smap__crs_wgs84(run->ctx, &r.wgs84, err);
    if (status == SMAP_OK) status = smap__layer_rows_new(r.schema, &r.rows, err);
    if (status == SMAP_OK) status = smap_geometry_builder_new(r.wgs84, &r.geometry, err);
    for (int i = 0; i < run->assets && status == SMAP_OK; i++) {
        const char *name = run->asset[i].base.name;
        if (strcmp(name, "site") == 0 || strcmp(name, "building") == 0)
            status = rate_layer(run, &run->asset[i], &rules, &r, err);
    }
    if (status == SMAP_OK && r.suitable + r.excluded + r.unknown == 0)
        status = smap__fail(err, SMAP_E_ARGUMENT, "evacuation",
                            "--evacuation rates sites and public buildings, and there are none; import some, or name a "
                            "file with --site or --building");
    if (status == SMAP_OK) status = put(run, &r, err);
    smap__layer_rows_free(r.rows);
    smap_geometry_builder_free(r.geometry);
    smap_crs_free(r.wgs84);
    return status;
}
