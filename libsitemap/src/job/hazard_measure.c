/* Every asset against every hazard, in one working CRS. */
#include "job/hazard_measure.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "geo/crs.h"
#include "geo/geom_column.h"
#include "geo/ground.h"
#include "geo/layer_row.h"

/* An edge that is straight in one CRS is a curve in another: it is split until it is off by less than this. */
static const double STRAIGHT_M = 0.01;

/* ---- the working CRS ------------------------------------------------------------------------------------------------
 */

static bool has_place(const smap__asset_layer *asset) {
    const smap_geometry *g = asset->layer->geometry;
    return g && g->crs && !smap__box_is_empty(smap_geometry_extent(g));
}

/* The layer with the most rows decides, so that the largest is moved least; a grid of people only where it is alone. */
static const smap__asset_layer *largest(const smap__hazard_run *run) {
    const smap__asset_layer *best = NULL;
    for (int i = 0; i < run->assets; i++)
        if (has_place(&run->asset[i]) && (!best || run->asset[i].layer->geometry->count > best->layer->geometry->count))
            best = &run->asset[i];
    return best;
}

bool smap__hazard_too_wide(const smap_crs *crs, smap_box box) {
    static const double half_of_the_earth_deg = 180;
    return smap_crs_is_geographic(crs) && box.xmax - box.xmin > half_of_the_earth_deg;
}

static smap_status choose_crs(smap__hazard_run *run, smap_error *err) {
    const smap__asset_layer *most = largest(run);
    if (!most)
        return smap__fail(err, SMAP_E_NOT_FOUND, run->workspace_path, "no asset of %s has a position",
                          run->workspace_path);
    const smap_crs *crs = most->layer->geometry->crs;
    smap_box extent = SMAP_BOX_EMPTY;
    for (int i = 0; i < run->assets; i++) {
        if (!has_place(&run->asset[i])) continue;
        const smap_geometry *g = run->asset[i].layer->geometry;
        smap_box box = smap_geometry_extent(g);
        smap_status status =
            smap_crs_equal(g->crs, crs) ? SMAP_OK : smap__crs_transform_box(run->ctx, g->crs, crs, box, &box, err);
        if (status != SMAP_OK) return status;
        extent = smap__box_join(extent, box);
    }
    if (smap__hazard_too_wide(crs, extent))
        return smap__fail(
            err, SMAP_E_LIMIT, run->workspace_path,
            "the assets reach over more than half of the earth, or lie on both sides of the 180th meridian: no plane "
            "holds them all; take one region at a time");
    return smap__ground_crs(run->ctx, extent, crs, &run->crs, err);
}

/* ---- assets on the ground -------------------------------------------------------------------------------------------
 */

smap_status smap__hazard_note_repairs(const smap__repairs *repairs, const smap_layer *layer, const char *what,
                                      smap__findings *findings, smap_error *err) {
    smap_status status = SMAP_OK;
    for (int64_t i = 0; i < repairs->count && status == SMAP_OK; i++) {
        const smap__repair_note *n = &repairs->note[i];
        int64_t fid = smap__layer_fid(layer, n->feature);
        status = isnan(n->area_after)
                     ? smap__findings_add(findings, err, SMAP__WARNING, "polygon_not_repaired", fid, NULL, NULL,
                                          "%s: the polygon is not valid (%s) and cannot be repaired; it is left out",
                                          what, n->reason)
                     : smap__findings_add(findings, err, SMAP__WARNING, "polygon_repaired", fid, NULL, NULL,
                                          "%s: the polygon was not valid (%s) and was repaired: %.2f m2 before, %.2f "
                                          "m2 after",
                                          what, n->reason, n->area_before, n->area_after);
    }
    return status;
}

smap_status smap__hazard_to_ground(smap__hazard_run *run, const smap_layer *layer, const char *what,
                                   smap__findings *findings, const smap_geometry **out, smap__repairs *repaired,
                                   smap_error *err) {
    const smap_geometry *moved = NULL;
    smap__repairs repairs = { 0 };
    int64_t lost = 0;
    smap_status status = smap__ground_transform(run->ctx, layer->geometry, run->crs, STRAIGHT_M, &moved, &lost, err);
    if (status == SMAP_OK) status = smap__geometry_repair(run->ctx, moved, out, &repairs, err);
    if (status == SMAP_OK) status = smap__hazard_note_repairs(&repairs, layer, what, findings, err);
    if (status == SMAP_OK && lost)
        status = smap__findings_add(findings, err, SMAP__WARNING, "outside_crs", 0, NULL, NULL,
                                    "%s: %lld features lie where the CRS of the analysis, %s, does not reach; they are "
                                    "left out",
                                    what, (long long)lost, smap_crs_name(run->crs));
    if (status == SMAP_OK && repaired) {
        *repaired = repairs;
        repairs = (smap__repairs){ 0 };
    }
    smap__repairs_release(&repairs);
    smap_geometry_free(moved);
    return status;
}

static smap_status note_placeless(smap__asset_layer *asset, smap_error *err) {
    const smap_geometry *g = asset->ground;
    int64_t nulls = 0, first = -1;
    for (int64_t i = 0; i < g->count; i++)
        if (g->type[i] == SMAP_GEOM_NULL && nulls++ == 0) first = i;
    if (nulls == 0) return SMAP_OK;
    return smap__findings_add(&asset->findings, err, SMAP__WARNING, "no_position", smap__layer_fid(asset->layer, first),
                              NULL, NULL, "%lld of %lld rows of %s have no position: nothing is known of their hazards",
                              (long long)nulls, (long long)g->count, asset->name);
}

/* What was repaired has the area that it has now: of a bow-tie as it came, one wing takes the other off. */
static smap_status measure_repaired(smap__hazard_run *run, smap__asset_layer *asset, const smap__repairs *repaired,
                                    smap_error *err) {
    const smap_geometry *some = NULL;
    size_t n = (size_t)repaired->count;
    if (n == 0) return SMAP_OK;
    int64_t *rows = smap__zalloc(n, sizeof *rows);
    double *area = smap__zalloc(n, sizeof *area);
    smap_status status = rows && area ? SMAP_OK : smap__fail_memory(err);
    for (size_t k = 0; rows && k < n; k++) rows[k] = repaired->note[k].feature;
    if (status == SMAP_OK) status = smap_geometry_take(asset->ground, rows, repaired->count, &some, err);
    if (status == SMAP_OK) status = smap__ground_measures(run->ctx, some, area, NULL, err);
    for (size_t k = 0; status == SMAP_OK && k < n; k++) asset->area_m2[rows[k]] = area[k];
    smap_geometry_free(some);
    smap__free(rows);
    smap__free(area);
    return status;
}

static smap_status measure_ground(smap__hazard_run *run, smap__asset_layer *asset, const smap__repairs *repaired,
                                  smap_error *err) {
    size_t n = (size_t)smap_table_rows(asset->layer->table);
    asset->area_m2 = smap__zalloc(n, sizeof *asset->area_m2);
    asset->length_m = smap__zalloc(n, sizeof *asset->length_m);
    if (!asset->area_m2 || !asset->length_m) return smap__fail_memory(err);
    if (!asset->layer->geometry) return SMAP_OK;
    smap_status status = smap__ground_measures(run->ctx, asset->layer->geometry, asset->area_m2, asset->length_m, err);
    return status == SMAP_OK ? measure_repaired(run, asset, repaired, err) : status;
}

/* A layer without geometry: nothing is known of where its rows are. */
static smap_status place_nowhere(const smap__hazard_run *run, smap__asset_layer *asset, smap_error *err) {
    smap_geometry_builder *b = NULL;
    smap_status status = smap_geometry_builder_new(run->crs, &b, err);
    for (int64_t i = 0; i < smap_table_rows(asset->layer->table) && status == SMAP_OK; i++)
        status = smap_geometry_append_null(b, err);
    if (status == SMAP_OK) status = smap_geometry_builder_finish(b, &asset->ground, err);
    smap_geometry_builder_free(b);
    return status;
}

static smap_status lay_assets(smap__hazard_run *run, smap_error *err) {
    smap_status status = SMAP_OK;
    for (int i = 0; i < run->assets && status == SMAP_OK; i++) {
        smap__asset_layer *asset = &run->asset[i];
        smap__repairs repaired = { 0 };
        if (asset->layer->geometry)
            status = smap__hazard_to_ground(run, asset->layer, asset->name, &asset->findings, &asset->ground, &repaired,
                                            err);
        else
            status = place_nowhere(run, asset, err);
        if (status == SMAP_OK) status = measure_ground(run, asset, &repaired, err);
        smap__repairs_release(&repaired);
    }
    for (int i = 0; i < run->assets && status == SMAP_OK; i++)
        if (strcmp(run->asset[i].name, "household") == 0) status = smap__hazard_place_households(run, i, err);
    for (int i = 0; i < run->assets && status == SMAP_OK; i++) status = note_placeless(&run->asset[i], err);
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
        const smap_geometry *g = run->asset[i].layer->geometry;
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
    for (int i = 0; i < run->assets; i++) assets = smap__box_join(assets, smap_geometry_extent(run->asset[i].ground));
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
    smap_status status = SMAP_OK;
    for (int h = 0; h < run->hazards; h++) weight[h] = run->hazard[h].spec.weight;
    const smap__combine_options options = { .at_least = run->at_least, .weight = weight };
    for (int i = 0; i < run->assets && status == SMAP_OK; i++) {
        const smap__exposure *exposure[SMAP__HAZARDS_MAX];
        for (int h = 0; h < run->hazards; h++) exposure[h] = run->asset[i].exposure[h];
        status = smap__combine(exposure, run->hazards, &options, &run->asset[i].combined, err);
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
