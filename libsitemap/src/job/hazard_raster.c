#include "job/hazard_raster.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/path.h"
#include "geo/crs.h"
#include "geo/ground.h"
#include "io/reader.h"
#include "job/hazard_measure.h"

/* Edges of assets may be off by this part of a cell in the raster's CRS. */
static const double STRAIGHT_CELLS = 0.01;

/* ---- reading --------------------------------------------------------------------------------------------------------
 */

/* A file that is not there is told before what is asked about it. */
static smap_status check_there(const char *source, smap_error *err) {
    smap__spec spec = { 0 };
    smap_status status = smap__spec_parse(source, &spec, err);
    smap__spec_release(&spec);
    return status;
}

/* What depth and velocity make is in HR, whatever the unit of the depths, which is m. */
static smap_status find_scale(smap__hazard_run *run, smap__hazard *h, smap_error *err) {
    smap__hazard_spec spec = h->spec;
    if (!spec.unit && !spec.classes)
        return smap__fail(
            err, SMAP_E_ARGUMENT, "unit",
            "hazard %s: say in which unit the values of %s are, as unit=m, or with classes= by which scale "
            "they are to be judged",
            spec.name, spec.source);
    if (spec.velocity) {
        if (!spec.unit || strcmp(spec.unit, "m") != 0)
            return smap__fail(err, SMAP_E_ARGUMENT, "unit",
                              "hazard %s: with velocity= the raster holds depths in metres; say so with unit=m",
                              spec.name);
        spec.unit = "HR";
    }
    return smap__hazard_scale(run->ctx, &run->arena, &spec, &h->scale, err);
}

static smap_box grid_box(const smap__grid_source *grid) {
    const double *t = grid->transform;
    smap_box box = SMAP_BOX_EMPTY;
    for (int corner = 0; corner < 4; corner++) {
        double c = corner & 1 ? (double)grid->width : 0, r = corner & 2 ? (double)grid->height : 0;
        double x = t[0] + c * t[1] + r * t[2], y = t[3] + c * t[4] + r * t[5];
        box = (smap_box){ fmin(box.xmin, x), fmin(box.ymin, y), fmax(box.xmax, x), fmax(box.ymax, y) };
    }
    return box;
}

smap_status smap__hazard_read_raster(smap__hazard_run *run, smap__hazard *h, smap_error *err) {
    smap_status status = SMAP_OK;
    if (h->spec.column)
        return smap__fail(err, SMAP_E_ARGUMENT, "column",
                          "hazard %s: %s is a raster and has no columns; band= names a "
                          "band",
                          h->spec.name, h->spec.source);
    SMAP_TRY(check_there(h->spec.source, err), done);
    SMAP_TRY(find_scale(run, h, err), done);
    SMAP_TRY(
        smap__hazard_cells_open(run->ctx, h->spec.source, h->spec.band, h->spec.velocity, h->scale, &h->cells, err),
        done);
    const smap__grid_source *grid = smap__hazard_cells_grid(h->cells);
    h->has_value = *h->scale->unit || !h->scale->names;
    h->source_extent = grid_box(grid);
    h->source_crs = grid->crs;
    h->no_distance = smap_crs_is_geographic(grid->crs);
    SMAP_TRY(smap__inputs_note(&run->inputs, h->spec.source, "hazard", grid->width * grid->height, err), done);
    if (h->spec.velocity)
        status = smap__inputs_note(&run->inputs, h->spec.velocity, "velocity", grid->width * grid->height, err);
done:
    return status;
}

/* ---- measuring ------------------------------------------------------------------------------------------------------
 */

static void set_options(const smap__hazard_run *run, const smap__hazard *h, double *breaks,
                        smap__zonal_options *options) {
    for (int k = 0; k < h->scale->classes; k++) breaks[k] = h->scale->klass[k].min;
    *options =
        (smap__zonal_options){ .breaks = breaks,
                               .classes = h->scale->classes,
                               .rule = run->options->cells && strcmp(run->options->cells, "centre") == 0
                                           ? SMAP__CELL_CENTRE
                                           : SMAP__CELL_FRACTION,
                               .bilinear = run->options->points && strcmp(run->options->points, "bilinear") == 0 };
}

smap_status smap__hazard_on_grid(smap__hazard_run *run, const smap__hazard_asset *asset, const smap__grid_source *grid,
                                 const smap_geometry **out, smap_error *err) {
    double cell = fmin(hypot(grid->transform[1], grid->transform[4]), hypot(grid->transform[2], grid->transform[5]));
    return smap__ground_transform(run->ctx, asset->base.ground, grid->crs, STRAIGHT_CELLS * cell, out, NULL, err);
}

/* Degrees are not of one length: distances are given over rasters in metres alone. */
static smap_status measure_distance(smap__hazard_run *run, const smap__grid_source *grid, const smap_geometry *features,
                                    const smap__zonal_options *options, smap__exposure *e, smap_error *err) {
    if (!(run->near_m > 0)) return SMAP_OK;
    e->near_m = smap__zalloc((size_t)e->count, sizeof *e->near_m);
    if (!e->near_m) return smap__fail_memory(err);
    for (int64_t i = 0; i < e->count; i++) e->near_m[i] = NAN;
    if (smap_crs_is_geographic(grid->crs)) return SMAP_OK;
    return smap__zonal_distance(run->ctx, grid, features, options, 1, run->near_m, e->near_m, err);
}

/* Cells without value where the source looked hold no hazard. */
static smap_status add_looked_at(smap__hazard_run *run, const smap__zones *coverage, const smap_geometry *ground,
                                 smap__exposure *e, smap_error *err) {
    smap__shares *shares = NULL;
    if (!coverage) return SMAP_OK;
    double *covered = smap__zalloc((size_t)e->count, sizeof *covered);
    smap_status status =
        covered ? smap__zones_measure(run->ctx, coverage, ground, &shares, err) : smap__fail_memory(err);
    if (status == SMAP_OK) {
        for (int64_t i = 0; i < e->count; i++)
            for (int64_t k = shares->first[i]; k < shares->first[i + 1]; k++)
                if (shares->rank[k] == SMAP__RANK_LOOKED_AT) covered[i] = shares->share[k];
        smap__expose_looked_at(e, covered);
    }
    smap__shares_free(shares);
    smap__free(covered);
    return status;
}

static smap_status expose(smap__hazard_run *run, const smap__hazard *h, const smap__grid_source *grid,
                          const smap__zones *coverage, const smap__hazard_asset *asset, bool distance,
                          smap__exposure **out, smap_error *err) {
    const smap_geometry *features = NULL;
    smap__zonal *zonal = NULL;
    smap__zonal_options options;
    double breaks[SMAP__CLASSES_MAX];
    set_options(run, h, breaks, &options);
    smap_status status = smap__hazard_on_grid(run, asset, grid, &features, err);
    if (status == SMAP_OK) status = smap__zonal_compute(run->ctx, grid, features, &options, &zonal, err);
    if (status == SMAP_OK) status = smap__expose_zonal(zonal, out, err);
    if (status == SMAP_OK) status = add_looked_at(run, coverage, asset->base.ground, *out, err);
    if (status == SMAP_OK && distance) status = measure_distance(run, grid, features, &options, *out, err);
    smap__zonal_free(zonal);
    smap_geometry_free(features);
    return status;
}

smap_status smap__hazard_measure_depth(smap__hazard_run *run, int hazard, smap__hazard_asset *asset, smap_error *err) {
    const smap__hazard *h = &run->hazard[hazard];
    smap__hazard_cells *cells = NULL;
    smap__zones *coverage = NULL;
    smap_status status = smap__hazard_cells_open(run->ctx, h->spec.source, h->spec.band, NULL, NULL, &cells, err);
    if (status == SMAP_OK && h->coverage) status = smap__hazard_coverage_zones(run, h, &coverage, err);
    if (status == SMAP_OK)
        status = expose(run, h, smap__hazard_cells_grid(cells), coverage, asset, false, &asset->depth[hazard], err);
    smap__zones_free(coverage);
    smap__hazard_cells_close(cells);
    return status;
}

static smap_status note_cells(smap__hazard_run *run, const smap__hazard *h, smap_error *err) {
    int64_t negative = smap__hazard_cells_negative(h->cells);
    smap_status status = SMAP_OK;
    if (negative)
        status = smap__findings_add(&run->findings, err, SMAP__WARNING, "negative_intensity", 0, NULL, NULL,
                                    "hazard %s: %s has cells below 0 where assets are; they count as cells without "
                                    "value. If 0 or less means dry or nodata, say so in the raster",
                                    h->spec.name, smap__path_name(h->spec.source));
    int64_t strange = smap__hazard_cells_strange(h->cells);
    if (status == SMAP_OK && strange)
        status = smap__findings_add(&run->findings, err, SMAP__WARNING, "unknown_class", 0, NULL, NULL,
                                    "hazard %s: %s has cells where assets are that are no class of the scale %s, whose "
                                    "classes are 1 to %d, and 0 for none; they count as cells without value",
                                    h->spec.name, smap__path_name(h->spec.source), h->scale->name, h->scale->classes);
    if (status == SMAP_OK && run->near_m > 0 && smap_crs_is_geographic(smap__hazard_cells_grid(h->cells)->crs))
        status =
            smap__findings_add(&run->findings, err, SMAP__WARNING, "distance_in_degrees", 0, NULL, NULL,
                               "hazard %s: %s is in degrees, over which no distance is given; put it into a CRS in "
                               "metres (gdalwarp -t_srs)",
                               h->spec.name, smap__path_name(h->spec.source));
    return status;
}

smap_status smap__hazard_measure_raster(smap__hazard_run *run, int hazard, smap_error *err) {
    smap__hazard *h = &run->hazard[hazard];
    smap__zones *coverage = NULL;
    smap_status status = SMAP_OK;
    if (smap__crs_transform_box(run->ctx, h->source_crs, run->crs, h->source_extent, &h->extent, NULL) != SMAP_OK)
        h->extent = SMAP_BOX_EMPTY; /* beyond what the CRS of the analysis shows: off all assets */
    if (h->coverage) status = smap__hazard_coverage_zones(run, h, &coverage, err);
    for (int i = 0; i < run->assets && status == SMAP_OK; i++)
        status = expose(run, h, smap__hazard_cells_grid(h->cells), coverage, &run->asset[i], true,
                        &run->asset[i].exposure[hazard], err);
    smap__zones_free(coverage);
    return status == SMAP_OK ? note_cells(run, h, err) : status;
}
