/* Where people set out from: sites, households, buildings and cells of gridded people. */
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "geo/geom_builder.h"
#include "geo/geom_column.h"
#include "job/access_run.h"
#include "job/row_sources.h"

static const char *const origin_names[] = { "site", "household", "building" };

smap_status smap__access_points(const smap_geometry *geometry, const smap_geometry **out, smap_error *err) {
    smap_geometry_builder *b = NULL;
    smap_status status = smap_geometry_builder_new(geometry->crs, &b, err);
    for (int64_t i = 0; i < geometry->count && status == SMAP_OK; i++) {
        double x = NAN, y = NAN;
        status = smap__geometry_anchor(geometry, i, &x, &y, err);
        if (status != SMAP_OK) break;
        status = isnan(x) ? smap_geometry_append_null(b, err) : smap_geometry_append_point(b, x, y, err);
    }
    if (status == SMAP_OK) status = smap_geometry_builder_finish(b, out, err);
    smap_geometry_builder_free(b);
    return status;
}

/* ---- layers ---------------------------------------------------------------------------------------------------------
 */

static smap_status keep_layer(smap__access_run *run, smap_status status) {
    if (status == SMAP_OK && !run->origin[run->origin_layers - 1].base.layer) run->origin_layers--;
    return status;
}

static smap_status read_layers(smap__access_run *run, smap_error *err) {
    smap_status status = SMAP_OK;
    for (size_t i = 0; i < sizeof origin_names / sizeof *origin_names && status == SMAP_OK; i++) {
        smap__asset_layer *asset = &run->origin[run->origin_layers++].base;
        status = keep_layer(run, smap__asset_read(&run->inputs, origin_names[i], asset, err));
    }
    if (status == SMAP_OK) {
        smap__asset_layer *asset = &run->origin[run->origin_layers++].base;
        status =
            keep_layer(run, smap__asset_population(&run->inputs, &run->arena, run->options->population, asset, err));
    }
    if (status == SMAP_OK && run->origin_layers == 0)
        status =
            smap__fail(err, SMAP_E_NOT_FOUND, "site",
                       "%s holds no sites, households or buildings that people could set out from; import some, or "
                       "name a file, for example: --site sites.gpkg",
                       run->inputs.workspace_path);
    for (int i = 0; i < run->origin_layers && status == SMAP_OK; i++)
        status = smap__asset_people(&run->inputs, &run->origin[i].base, err);
    return status;
}

/* ---- places ---------------------------------------------------------------------------------------------------------
 */

static smap_status place_households(smap__access_run *run, smap_error *err) {
    const smap__asset_layer *all[SMAP__ORIGIN_LAYERS];
    smap_status status = SMAP_OK;
    for (int i = 0; i < run->origin_layers; i++) all[i] = &run->origin[i].base;
    for (int i = 0; i < run->origin_layers && status == SMAP_OK; i++)
        if (strcmp(all[i]->name, "household") == 0)
            status = smap__asset_place_households(all, run->origin_layers, &run->origin[i].base, err);
    return status;
}

/* Features become the points that people set out from. */
static smap_status to_points(smap__access_run *run, smap__origins *o, smap_error *err) {
    const smap_geometry *points = NULL;
    smap_status status = smap__access_points(o->base.ground, &points, err);
    if (status != SMAP_OK) return status;
    smap_geometry_free(o->base.ground);
    o->base.ground = points;
    status = smap_geometry_transform(run->ctx, points, run->wgs84, &o->point, NULL, err);
    if (status == SMAP_OK) status = smap__asset_note_placeless(&o->base, "nothing is known of their access", err);
    o->made_up = smap__any_made_up(o->base.layer);
    o->count = points->count;
    o->first = run->origins;
    run->origins += o->count;
    return status;
}

static smap_status place_layers(smap__access_run *run, smap_error *err) {
    smap_status status = SMAP_OK;
    for (int i = 0; i < run->origin_layers && status == SMAP_OK; i++) {
        smap__asset_layer *asset = &run->origin[i].base;
        status = smap__access_to_ground(run, asset->layer, asset->name, &asset->findings, &asset->ground, err);
    }
    if (status == SMAP_OK) status = place_households(run, err);
    for (int i = 0; i < run->origin_layers && status == SMAP_OK; i++) status = to_points(run, &run->origin[i], err);
    return status;
}

/* ---- all in one row -------------------------------------------------------------------------------------------------
 */

static smap_status join_places(smap__access_run *run, smap_error *err) {
    smap_geometry_builder *b = NULL;
    smap_status status = smap_geometry_builder_new(run->crs, &b, err);
    for (int i = 0; i < run->origin_layers && status == SMAP_OK; i++)
        for (int64_t k = 0; k < run->origin[i].count && status == SMAP_OK; k++)
            status = smap__builder_append_feature(b, run->origin[i].base.ground, k, err);
    if (status == SMAP_OK) status = smap_geometry_builder_finish(b, &run->origin_ground, err);
    smap_geometry_builder_free(b);
    return status;
}

static smap_status join_people(smap__access_run *run, smap_error *err) {
    run->people = smap__zalloc((size_t)run->origins, sizeof *run->people);
    if (!run->people) return smap__fail_memory(err);
    for (int i = 0; i < run->origin_layers; i++)
        for (int64_t k = 0; k < run->origin[i].count; k++)
            run->people[run->origin[i].first + k] = run->origin[i].base.people ? run->origin[i].base.people[k] : NAN;
    return SMAP_OK;
}

smap_status smap__access_origins_read(smap__access_run *run, smap_error *err) {
    smap_status status = read_layers(run, err);
    if (status == SMAP_OK) status = place_layers(run, err);
    for (int i = 0; i < run->origin_layers && status == SMAP_OK; i++)
        status = smap__asset_locate(run->ctx, &run->origin[i].base, &run->by, err);
    if (status == SMAP_OK) status = join_places(run, err);
    return status == SMAP_OK ? join_people(run, err) : status;
}
