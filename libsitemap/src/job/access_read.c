/* Roads, closures and barriers of a run, the CRS in which it works, and the network. */
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "geo/crs.h"
#include "geo/geom_column.h"
#include "geo/ground.h"
#include "geo/layer_row.h"
#include "job/access_run.h"
#include "job/ground_layer.h"

/* ---- coordinates that cannot be right ---------------------------------------------------------------------------- */

/* In metres no place on earth lies within 360 m of the origin of its CRS; degrees do. */
static bool are_degrees(smap_box box) {
    return box.xmin >= -360 && box.xmax <= 360 && box.ymin >= -90 && box.ymax <= 90;
}

static smap_status check_unit(const smap__access_run *run, const smap_layer *layer, const char *name, smap_error *err) {
    const smap_geometry *g = layer->geometry;
    const char *source = smap__inputs_named(&run->inputs, name);
    if (!g || !g->crs || smap_crs_is_geographic(g->crs)) return SMAP_OK;
    smap_box box = smap_geometry_extent(g);
    if (smap__box_is_empty(box) || !are_degrees(box)) return SMAP_OK;
    return smap__fail(
        err, SMAP_E_CRS, source ? source : name,
        "%s: its CRS is said to be %s, whose unit is no degree, but its coordinates look like degrees (%.4f to "
        "%.4f, %.4f to %.4f); give it the right one, most likely EPSG:4326",
        source ? source : name, smap_crs_name(g->crs), box.xmin, box.xmax, box.ymin, box.ymax);
}

smap_status smap__access_to_ground(smap__access_run *run, const smap_layer *layer, const char *name,
                                   smap__findings *findings, const smap_geometry **out, smap_error *err) {
    smap_status status = check_unit(run, layer, name, err);
    return status == SMAP_OK ? smap__layer_to_ground(run->ctx, layer, run->crs, name, findings, out, NULL, err)
                             : status;
}

/* ---- roads ----------------------------------------------------------------------------------------------------------
 */

static smap_status fail_no_roads(const smap__access_run *run, smap_error *err) {
    return smap__fail(err, SMAP_E_NOT_FOUND, "road",
                      "%s holds no roads; import some, or name a file, for example: --road roads.gpkg",
                      run->inputs.workspace_path);
}

/* Lines with a length; the first row that has none in *first_other. */
static int64_t count_lines(const smap_geometry *g, const double *length_m, int64_t *first_other) {
    int64_t lines = 0;
    *first_other = -1;
    for (int64_t i = 0; i < g->count; i++) {
        bool line = smap__geometry_dimensions(g, i) == 1 && (!length_m || length_m[i] > 0);
        if (!line && *first_other < 0) *first_other = i;
        lines += line;
    }
    return lines;
}

static smap_status check_lines(const smap__access_run *run, smap_error *err) {
    const char *source = smap__inputs_named(&run->inputs, "road");
    const smap_geometry *g = run->road.layer->geometry;
    int64_t other;
    if (g && count_lines(g, NULL, &other) > 0) return SMAP_OK;
    return smap__fail(err, SMAP_E_ARGUMENT, "road",
                      "%s holds no line, and roads are lines; name another file with --road",
                      source ? source : "the layer road");
}

static smap_status fail_no_network(smap_error *err) {
    return smap__fail(err, SMAP_E_ARGUMENT, "road", "the roads make no network: none of them has a line with a length");
}

/* Rows that nobody can travel: points, polygons, lines without a length, rows without a geometry. */
static smap_status tell_no_lines(smap__access_run *run, smap_error *err) {
    const smap_geometry *g = run->road.layer->geometry;
    int64_t first, lines = count_lines(g, run->road_m, &first);
    if (lines == 0) return fail_no_network(err);
    if (first < 0) return SMAP_OK;
    return smap__findings_add(&run->road.findings, err, SMAP__WARNING, "road_without_line",
                              smap__layer_fid(run->road.layer, first), NULL, NULL,
                              "%lld of %lld rows of road hold no line with a length: nobody travels them",
                              (long long)(g->count - lines), (long long)g->count);
}

static smap_status read_roads(smap__access_run *run, smap_error *err) {
    smap_status status = smap__asset_read(&run->inputs, "road", &run->road, err);
    if (status != SMAP_OK) return status;
    if (!run->road.layer) return fail_no_roads(run, err);
    status = check_lines(run, err);
    if (status == SMAP_OK) status = check_unit(run, run->road.layer, "road", err);
    if (status == SMAP_OK)
        status = smap__common_ground(run->ctx, &run->road.layer->geometry, 1, "the roads", &run->crs, err);
    if (status == SMAP_OK)
        status = smap__access_to_ground(run, run->road.layer, "road", &run->road.findings, &run->road.ground, err);
    run->road_m = smap__zalloc((size_t)smap_table_rows(run->road.layer->table), sizeof *run->road_m);
    if (status == SMAP_OK && !run->road_m) status = smap__fail_memory(err);
    if (status == SMAP_OK) status = smap__ground_measures(run->ctx, run->road.layer->geometry, NULL, run->road_m, err);
    return status == SMAP_OK ? tell_no_lines(run, err) : status;
}

/* ---- closures and barriers ------------------------------------------------------------------------------------------
 */

/* Where nothing else says of which day the data is, that on which the last closure began. */
static int64_t newest_beginning(const smap_layer *closures) {
    const smap_column *from = smap_table_find(closures->table, "valid_from");
    int64_t newest = 0;
    for (int64_t i = 0; from && i < from->count; i++)
        if (!smap_column_is_null(from, i) && from->v.i[i] > newest) newest = from->v.i[i];
    return newest;
}

static smap_status read_closures(smap__access_run *run, smap_error *err) {
    smap_status status = smap__inputs_layer(&run->inputs, "closure", &run->closure, err);
    if (status == SMAP_OK && run->date_ms == 0) run->date_ms = newest_beginning(run->closure);
    if (status == SMAP_OK)
        status = smap__access_to_ground(run, run->closure, "closure", &run->findings, &run->closure_ground, err);
    return status;
}

/* Points part nothing: a file of them is another than was meant. */
static smap_status check_barrier(const smap_layer *layer, const char *source, smap_error *err) {
    const smap_geometry *g = layer->geometry;
    if (!g)
        return smap__fail(err, SMAP_E_ARGUMENT, source, "%s has no geometry: barriers are lines and polygons", source);
    for (int64_t i = 0; i < g->count; i++)
        if (smap__geometry_dimensions(g, i) > 0) return SMAP_OK;
    return smap__fail(err, SMAP_E_ARGUMENT, source,
                      "%s holds no line and no polygon, and barriers are such; name another file with --barrier",
                      source);
}

static smap_status read_barrier(smap__access_run *run, smap_error *err) {
    const char *source = run->options->barrier;
    const smap_layer *layer = NULL;
    if (!source) return SMAP_OK;
    smap_status status = smap__inputs_source(&run->inputs, source, "barrier", &layer, err);
    if (status == SMAP_OK) status = check_barrier(layer, source, err);
    if (status == SMAP_OK) status = smap__access_to_ground(run, layer, source, &run->findings, &run->barrier, err);
    smap_layer_free(layer);
    return status;
}

/* ---- all ------------------------------------------------------------------------------------------------------------
 */

static smap_status build_network(smap__access_run *run, smap_error *err) {
    const smap__network_input input = { .roads = run->road.layer,
                                        .road_ground = run->road.ground,
                                        .road_length_m = run->road_m,
                                        .closures = run->closure,
                                        .closure_ground = run->closure_ground,
                                        .join_m = run->join_m,
                                        .crossings = run->options->crossings };
    smap_status status = smap__network_build(run->ctx, &input, &run->network, err);
    if (status == SMAP_OK && run->network->graph->edge_count == 0) status = fail_no_network(err);
    return status;
}

smap_status smap__access_read(smap__access_run *run, smap_error *err) {
    smap_status status = smap__crs_wgs84(run->ctx, &run->wgs84, err);
    if (status == SMAP_OK) status = read_roads(run, err);
    if (status == SMAP_OK) status = read_closures(run, err);
    if (status == SMAP_OK) status = read_barrier(run, err);
    if (status == SMAP_OK) status = smap__access_scenarios(run, err);
    return status == SMAP_OK ? build_network(run, err) : status;
}
