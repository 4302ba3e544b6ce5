/* Every asset against every hazard, in one working CRS. */
#include "job/hazard_measure.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "geo/crs.h"
#include "geo/geom_column.h"
#include "geo/ground.h"
#include "geo/layer_row.h"

/* ---- the working CRS ------------------------------------------------------------------------------------------------
 */

static smap_status choose_crs(smap__hazard_run *run, smap_error *err) {
    const smap_geometry *geometry[SMAP__ASSET_LAYERS];
    for (int i = 0; i < run->assets; i++) geometry[i] = run->asset[i].base.layer->geometry;
    smap_status status = smap__common_ground(run->ctx, geometry, run->assets, "the assets", &run->crs, err);
    if (status == SMAP_OK && !run->crs)
        status = smap__fail(err, SMAP_E_NOT_FOUND, run->inputs.workspace_path, "no asset of %s has a position",
                            run->inputs.workspace_path);
    return status;
}

/* ---- assets on the ground -------------------------------------------------------------------------------------------
 */

/* What was repaired has the area that it has now: of a bow-tie as it came, one wing takes the other off. */
static smap_status measure_repaired(smap__hazard_run *run, smap__hazard_asset *asset, const smap__repairs *repaired,
                                    smap_error *err) {
    const smap_geometry *some = NULL;
    size_t n = (size_t)repaired->count;
    if (n == 0) return SMAP_OK;
    int64_t *rows = smap__zalloc(n, sizeof *rows);
    double *area = smap__zalloc(n, sizeof *area);
    smap_status status = rows && area ? SMAP_OK : smap__fail_memory(err);
    for (size_t k = 0; rows && k < n; k++) rows[k] = repaired->note[k].feature;
    if (status == SMAP_OK) status = smap_geometry_take(asset->base.ground, rows, repaired->count, &some, err);
    if (status == SMAP_OK) status = smap__ground_measures(run->ctx, some, area, NULL, err);
    for (size_t k = 0; status == SMAP_OK && k < n; k++) asset->area_m2[rows[k]] = area[k];
    smap_geometry_free(some);
    smap__free(rows);
    smap__free(area);
    return status;
}

static smap_status measure_ground(smap__hazard_run *run, smap__hazard_asset *asset, const smap__repairs *repaired,
                                  smap_error *err) {
    size_t n = (size_t)smap_table_rows(asset->base.layer->table);
    asset->area_m2 = smap__zalloc(n, sizeof *asset->area_m2);
    asset->length_m = smap__zalloc(n, sizeof *asset->length_m);
    if (!asset->area_m2 || !asset->length_m) return smap__fail_memory(err);
    if (!asset->base.layer->geometry) return SMAP_OK;
    smap_status status =
        smap__ground_measures(run->ctx, asset->base.layer->geometry, asset->area_m2, asset->length_m, err);
    return status == SMAP_OK ? measure_repaired(run, asset, repaired, err) : status;
}

static smap_status place_households(smap__hazard_run *run, smap_error *err) {
    const smap__asset_layer *all[SMAP__ASSET_LAYERS];
    smap_status status = SMAP_OK;
    for (int i = 0; i < run->assets; i++) all[i] = &run->asset[i].base;
    for (int i = 0; i < run->assets && status == SMAP_OK; i++)
        if (strcmp(all[i]->name, "household") == 0)
            status = smap__asset_place_households(all, run->assets, &run->asset[i].base, err);
    return status;
}

static smap_status lay_assets(smap__hazard_run *run, smap_error *err) {
    smap_status status = SMAP_OK;
    for (int i = 0; i < run->assets && status == SMAP_OK; i++) {
        smap__asset_layer *asset = &run->asset[i].base;
        smap__repairs repaired = { 0 };
        status = smap__layer_to_ground(run->ctx, asset->layer, run->crs, asset->name, &asset->findings, &asset->ground,
                                       &repaired, err);
        if (status == SMAP_OK) status = measure_ground(run, &run->asset[i], &repaired, err);
        smap__repairs_release(&repaired);
    }
    if (status == SMAP_OK) status = place_households(run, err);
    for (int i = 0; i < run->assets && status == SMAP_OK; i++)
        status = smap__asset_note_placeless(&run->asset[i].base, "nothing is known of their hazards", err);
    return status;
}

/* ---- hazards that miss ----------------------------------------------------------------------------------------------
 */

/* A box of any CRS in degrees, joined to another; what cannot be said in degrees adds nothing. */
static smap_box join_degrees(const smap__hazard_run *run, smap_box so_far, smap_box box, const smap_crs *crs) {
    const smap_crs *wgs84 = NULL;
    smap_box degrees = SMAP_BOX_EMPTY;
    if (!smap__box_is_empty(box) && crs && smap__crs_wgs84(run->ctx, &wgs84, NULL) == SMAP_OK &&
        smap__crs_transform_box(run->ctx, crs, wgs84, box, &degrees, NULL) == SMAP_OK)
        so_far = smap__box_join(so_far, degrees);
    smap_crs_free(wgs84);
    return so_far;
}

static void put_degrees(smap_box box, smap__str *out) {
    if (smap__box_is_empty(box))
        smap__str_put(out, "nothing");
    else
        smap__str_printf(out, "%.4f to %.4f E, %.4f to %.4f N", box.xmin, box.xmax, box.ymin, box.ymax);
}

static smap_status note_miss(smap__hazard_run *run, const smap__hazard *h, smap_error *err) {
    smap_box assets = SMAP_BOX_EMPTY, hazard = join_degrees(run, SMAP_BOX_EMPTY, h->source_extent, h->source_crs);
    smap__str ours = SMAP__STR_INIT, theirs = SMAP__STR_INIT;
    for (int i = 0; i < run->assets; i++) {
        const smap_geometry *g = run->asset[i].base.layer->geometry;
        if (g) assets = join_degrees(run, assets, smap_geometry_extent(g), g->crs);
    }
    put_degrees(hazard, &theirs);
    put_degrees(assets, &ours);
    smap_status status =
        theirs.failed || ours.failed
            ? smap__fail_memory(err)
            : smap__findings_add(
                  &run->findings, err, SMAP__WARNING, "hazard_misses_assets", 0, NULL, NULL,
                  "hazard %s lies off all assets: it covers %s, the assets %s; is its CRS stated rightly?",
                  h->spec.name, theirs.data, ours.data);
    smap__str_release(&ours);
    smap__str_release(&theirs);
    return status;
}

/* The highest class of any asset; -1: nothing is known of one. */
static int highest_class(const smap__hazard_run *run, int hazard) {
    int highest = SMAP__CLASS_UNKNOWN;
    for (int i = 0; i < run->assets; i++) {
        const smap__exposure *e = run->asset[i].exposure[hazard];
        for (int64_t k = 0; k < e->count; k++)
            if (e->klass[k] > highest) highest = e->klass[k];
    }
    return highest;
}

/* A hazard that no asset lies near is likely the wrong file, or in another CRS than it says; one that lies over them
 * but says nothing of any is likely to have no values. */
static smap_status check_misses(smap__hazard_run *run, smap_error *err) {
    smap_box assets = SMAP_BOX_EMPTY;
    smap_status status = SMAP_OK;
    for (int i = 0; i < run->assets; i++)
        assets = smap__box_join(assets, smap_geometry_extent(run->asset[i].base.ground));
    for (int i = 0; i < run->hazards && status == SMAP_OK; i++) {
        const smap__hazard *h = &run->hazard[i];
        int highest = highest_class(run, i);
        if (highest < 1 && !smap__box_touches(assets, h->extent))
            status = note_miss(run, h, err);
        else if (highest == SMAP__CLASS_UNKNOWN)
            status = smap__findings_add(&run->findings, err, SMAP__WARNING, "nothing_known", 0, NULL, NULL,
                                        "hazard %s lies where assets are, but %s: it is unknown for all of them",
                                        h->spec.name,
                                        h->polygons ? "none of its polygons with a class touches one"
                                                    : "has no cell with a value at any of them");
    }
    return status;
}

/* ---- all ------------------------------------------------------------------------------------------------------------
 */

static smap_status combine(smap__hazard_run *run, smap_error *err) {
    double weight[SMAP__HAZARDS_MAX];
    const smap__class_scale *scale[SMAP__HAZARDS_MAX];
    smap_status status = SMAP_OK;
    for (int h = 0; h < run->hazards; h++) {
        weight[h] = run->hazard[h].spec.weight;
        scale[h] = run->hazard[h].scale;
    }
    const smap__combine_options options = { .at_least = run->at_least, .weight = weight, .scale = scale };
    for (int i = 0; i < run->assets && status == SMAP_OK; i++) {
        const smap__exposure *exposure[SMAP__HAZARDS_MAX];
        for (int h = 0; h < run->hazards; h++) exposure[h] = run->asset[i].exposure[h];
        status = smap__combine(run->ctx, exposure, run->hazards, &options, &run->asset[i].combined, err);
    }
    return status;
}

smap_status smap__hazard_measure(smap__hazard_run *run, smap_error *err) {
    smap_status status = choose_crs(run, err);
    if (status == SMAP_OK) status = lay_assets(run, err);
    for (int h = 0; h < run->hazards && status == SMAP_OK; h++)
        status = run->hazard[h].polygons ? smap__hazard_measure_zones(run, h, err)
                                         : smap__hazard_measure_raster(run, h, err);
    if (status == SMAP_OK) status = check_misses(run, err);
    return status == SMAP_OK ? combine(run, err) : status;
}
