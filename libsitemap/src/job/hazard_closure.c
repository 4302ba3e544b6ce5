/* Roads that water closes, as rows of the layer closure. */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "col/cell.h"
#include "geo/crs.h"
#include "geo/geom_builder.h"
#include "hazard/passability.h"
#include "job/hazard_functions.h"
#include "job/row_sources.h"
#include "workspace/layer_rows.h"

/* What tells the rows of this command from those of people; the second where the water or the road is made up. */
static const char SOURCE[] = "sitemap hazard", SOURCE_MADE_UP[] = "SYNTHETIC hazard or road; sitemap hazard";

typedef struct closures {
    smap__layer_rows *rows;
    smap_geometry_builder *geometry;
} closures;

static const smap__hazard_asset *find_roads(const smap__hazard_run *run, int hazard) {
    for (int i = 0; i < run->assets; i++)
        if (run->asset[i].extra[hazard].passable) return &run->asset[i];
    return NULL;
}

/* The rows that are not ours stay as they are; so do ours of other hazards. */
static smap_status keep_others(smap__hazard_run *run, const char *scenario, closures *c, smap_error *err) {
    const smap_layer *old = NULL;
    if (run->options->output) return SMAP_OK;
    smap_status status = smap__workspace_read(run->inputs.workspace, "closure", &old, err);
    for (int64_t i = 0; status == SMAP_OK && i < smap_table_rows(old->table); i++) {
        const smap_column *source = smap_table_find(old->table, "source");
        bool own = smap__cell_is(source, i, SOURCE) || smap__cell_is(source, i, SOURCE_MADE_UP);
        if (own && smap__cell_is(smap_table_find(old->table, "scenario"), i, scenario)) continue;
        status = smap__layer_rows_copy(c->rows, old, i, err);
        if (status == SMAP_OK)
            status = old->geometry ? smap__builder_append_feature(c->geometry, old->geometry, i, err)
                                   : smap_geometry_append_null(c->geometry, err);
    }
    smap_layer_free(old);
    return status;
}

static smap_status add_closure(const smap__hazard_asset *roads, const smap_geometry *lines, int64_t row,
                               const smap__hazard *h, int passable, closures *c, smap_error *err) {
    const char *scenario = h->spec.prefix;
    bool made_up = smap__hazard_is_made_up(h) || smap__row_is_made_up(roads->base.layer, row);
    smap__str id = SMAP__STR_INIT, road = SMAP__STR_INIT;
    smap__cell_put(&road, smap_table_at(roads->base.layer->table, 0), row);
    smap__str_printf(&id, "hazard:%s:%s", scenario, road.data ? road.data : "");
    smap_status status = road.failed || id.failed ? smap__fail_memory(err) : SMAP_OK;
    if (status == SMAP_OK) status = smap__layer_rows_text(c->rows, "closure_id", id.data, err);
    if (status == SMAP_OK) status = smap__layer_rows_text(c->rows, "kind", "flooded", err);
    if (status == SMAP_OK) status = smap__layer_rows_text(c->rows, "passable", smap__passable_code(passable), err);
    if (status == SMAP_OK) status = smap__layer_rows_text(c->rows, "road_id", road.data, err);
    if (status == SMAP_OK) status = smap__layer_rows_text(c->rows, "scenario", scenario, err);
    if (status == SMAP_OK) status = smap__layer_rows_text(c->rows, "source", made_up ? SOURCE_MADE_UP : SOURCE, err);
    if (status == SMAP_OK) status = smap__layer_rows_end(c->rows, err);
    if (status == SMAP_OK) status = smap__builder_append_feature(c->geometry, lines, row, err);
    smap__str_release(&id);
    smap__str_release(&road);
    return status;
}

/* Closed, or a bridge over water that would close any other road. Where nothing is known of the water nothing is said.
 */
static bool is_closed(const smap__hazard_asset *roads, int hazard, int64_t row) {
    int8_t passable = roads->extra[hazard].passable[row];
    return passable == SMAP__PASSABLE_NONE || passable == SMAP__PASSABLE_FOOT ||
           (passable == SMAP__PASSABLE_UNKNOWN && roads->exposure[hazard]->klass[row] > 0);
}

static smap_status add_roads(smap__hazard_run *run, int hazard, const smap_crs *wgs84, closures *c, smap_error *err) {
    const smap__hazard_asset *roads = find_roads(run, hazard);
    const smap_geometry *lines = NULL;
    if (!roads || !roads->base.layer->geometry) return SMAP_OK;
    smap_status status = smap_geometry_transform(run->ctx, roads->base.layer->geometry, wgs84, &lines, NULL, err);
    for (int64_t i = 0; status == SMAP_OK && i < lines->count; i++)
        if (is_closed(roads, hazard, i))
            status = add_closure(roads, lines, i, &run->hazard[hazard], roads->extra[hazard].passable[i], c, err);
    smap_geometry_free(lines);
    return status;
}

static smap_status put(smap__hazard_run *run, closures *c, smap_error *err) {
    const smap_layer *rows = NULL, *layer = NULL;
    const smap_geometry *geometry = NULL;
    smap_status status = smap__layer_rows_finish(c->rows, &rows, err);
    if (status == SMAP_OK) status = smap_geometry_builder_finish(c->geometry, &geometry, err);
    if (status == SMAP_OK) status = smap_layer_new("closure", rows->table, geometry, NULL, &layer, err);
    if (status == SMAP_OK)
        status = smap__put_styled(run->ctx, run->change, "closure", layer, run->options->common.lang, err);
    smap_layer_free(layer);
    smap_layer_free(rows);
    smap_geometry_free(geometry);
    return status;
}

smap_status smap__hazard_put_closures(smap__hazard_run *run, smap_error *err) {
    const smap__schema *schema = NULL;
    const smap_crs *wgs84 = NULL;
    closures c = { NULL, NULL };
    int hazard = 0;
    if (!run->options->passability) return SMAP_OK;
    while (hazard < run->hazards && !find_roads(run, hazard)) hazard++;
    if (hazard == run->hazards) return SMAP_OK;
    smap_status status = smap__schema_get(run->ctx, "closure", &schema, err);
    if (status == SMAP_OK) status = smap__crs_wgs84(run->ctx, &wgs84, err);
    if (status == SMAP_OK) status = smap__layer_rows_new(schema, &c.rows, err);
    if (status == SMAP_OK) status = smap_geometry_builder_new(wgs84, &c.geometry, err);
    if (status == SMAP_OK) status = keep_others(run, run->hazard[hazard].spec.prefix, &c, err);
    if (status == SMAP_OK) status = add_roads(run, hazard, wgs84, &c, err);
    if (status == SMAP_OK) status = put(run, &c, err);
    smap__layer_rows_free(c.rows);
    smap_geometry_builder_free(c.geometry);
    smap_crs_free(wgs84);
    return status;
}
