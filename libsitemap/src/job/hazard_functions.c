#include "job/hazard_functions.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/path.h"
#include "grid/zonal.h"
#include "hazard/depth_damage.h"
#include "hazard/passability.h"
#include "hazard/warning_time.h"
#include "job/hazard_measure.h"
#include "model/curve.h"

static bool is_asset(const smap__hazard_asset *asset, const char *name) {
    return strcmp(asset->base.name, name) == 0;
}

/* The hazard of that name, or name of its columns. */
static smap_status find_hazard(const smap__hazard_run *run, const char *option, const char *name, int *out,
                               smap_error *err) {
    smap__str list = SMAP__STR_INIT;
    for (int h = 0; h < run->hazards; h++) {
        const smap__hazard_spec *spec = &run->hazard[h].spec;
        smap__str_printf(&list, "%s%s", h ? ", " : "", spec->prefix);
        if (strcmp(spec->name, name) != 0 && strcmp(spec->prefix, name) != 0) continue;
        smap__str_release(&list);
        *out = h;
        return SMAP_OK;
    }
    smap_status status = smap__fail(err, SMAP_E_ARGUMENT, option, "--%s %s: there is no such hazard; there is %s",
                                    option, name, list.data ? list.data : "none");
    smap__str_release(&list);
    return status;
}

/* ---- intensities ----------------------------------------------------------------------------------------------------
 */

/* Behind a rating of depth and velocity are depths. */
static const char *unit_of(const smap__hazard *h) {
    return h->spec.velocity ? h->spec.unit : h->scale->unit;
}

/* What damage and passable roads go by: depths, where the hazard is a rating of them. */
static smap_status intensity_of(smap__hazard_run *run, smap__hazard_asset *asset, int hazard,
                                const smap__exposure **out, smap_error *err) {
    smap_status status = SMAP_OK;
    bool rated = run->hazard[hazard].spec.velocity != NULL;
    if (rated && !asset->depth[hazard]) status = smap__hazard_measure_depth(run, hazard, asset, err);
    *out = rated ? asset->depth[hazard] : asset->exposure[hazard];
    return status;
}

/* ---- damage by a curve ----------------------------------------------------------------------------------------------
 */

/* What lies off the curve has the value at its end, and that is said. */
static smap_status note_range(smap__hazard_asset *asset, const smap__hazard *h, const smap__curve *curve,
                              const int8_t *range, smap_error *err) {
    int64_t above = 0;
    for (int64_t i = 0; i < asset->base.ground->count; i++) above += range[i] == SMAP__CURVE_ABOVE;
    if (above == 0) return SMAP_OK;
    return smap__findings_add(&asset->base.findings, err, SMAP__INFO, "above_curve", 0, NULL, NULL,
                              "%lld rows of %s lie above the last point of the curve %s, %g %s of %s: they have the "
                              "damage at that point",
                              (long long)above, asset->base.name, curve->name, curve->x[curve->points - 1],
                              curve->x_unit, h->spec.name);
}

static smap_status add_damage(smap__hazard_run *run, smap__hazard_asset *asset, int hazard, const smap__curve *curve,
                              smap_error *err) {
    const smap__exposure *e = NULL;
    const smap__hazard *h = &run->hazard[hazard];
    smap_status status = intensity_of(run, asset, hazard, &e, err);
    if (status != SMAP_OK) return status;
    double *damage = asset->extra[hazard].damage = smap__zalloc((size_t)e->count, sizeof *damage);
    int8_t *range = smap__zalloc((size_t)e->count, sizeof *range);
    status = damage && range ? SMAP_OK : smap__fail_memory(err);
    if (status == SMAP_OK) status = smap__depth_damage(curve, unit_of(h), e->mean, e->count, damage, range, NULL, err);
    if (status == SMAP_OK) status = note_range(asset, h, curve, range, err);
    smap__free(range);
    return status;
}

/* "CURVE:HAZARD", or "CURVE" for the only hazard in its unit. */
static smap_status choose_curve(smap__hazard_run *run, const smap__curve **curve, int *hazard, smap_error *err) {
    const char *told = run->options->curve, *colon = strchr(told, ':');
    char *name = smap__arena_strndup(&run->arena, told, colon ? (size_t)(colon - told) : strlen(told));
    if (!name) return smap__fail_memory(err);
    int found = 0;
    smap_status status = smap__curve_get(run->ctx, name, curve, err);
    if (status != SMAP_OK) return status;
    if (colon) return find_hazard(run, "curve", colon + 1, hazard, err);
    for (int h = 0; h < run->hazards; h++) {
        if (!run->hazard[h].has_value || strcmp(unit_of(&run->hazard[h]), (*curve)->x_unit) != 0) continue;
        *hazard = h;
        found++;
    }
    if (found == 1) return SMAP_OK;
    return smap__fail(err, SMAP_E_ARGUMENT, "curve",
                      "--curve %s: %s hazard is in %s; say which it is for: --curve %s:HAZARD", name,
                      found ? "more than one" : "no", (*curve)->x_unit, name);
}

static smap_status apply_curve(smap__hazard_run *run, smap_error *err) {
    const smap__curve *curve = NULL;
    int hazard = 0;
    if (!run->options->curve) return SMAP_OK;
    smap_status status = choose_curve(run, &curve, &hazard, err);
    for (int i = 0; i < run->assets && status == SMAP_OK; i++)
        if (!is_asset(&run->asset[i], "road") && !is_asset(&run->asset[i], "service"))
            status = add_damage(run, &run->asset[i], hazard, curve, err);
    return status;
}

/* ---- passable roads -------------------------------------------------------------------------------------------------
 */

static void doubt_bridges(const smap__hazard_asset *roads, int8_t *passable) {
    const smap_column *bridge = smap_table_find(roads->base.layer->table, "bridge");
    for (int64_t i = 0; bridge && i < bridge->count; i++)
        if (!smap_column_is_null(bridge, i) && bridge->v.b[i] && passable[i] != SMAP__PASSABLE_ALL)
            passable[i] = SMAP__PASSABLE_UNKNOWN;
}

static smap_status apply_passability(smap__hazard_run *run, smap_error *err) {
    static const smap__passability_options usual = { NULL, NULL };
    const char *name = run->options->passability;
    int hazard = 0, roads = 0;
    if (!name) return SMAP_OK;
    smap_status status = find_hazard(run, "passability", name, &hazard, err);
    if (status == SMAP_OK) status = smap__check_unit("--passability", "m", unit_of(&run->hazard[hazard]), err);
    for (int i = 0; i < run->assets && status == SMAP_OK; i++) {
        smap__hazard_asset *asset = &run->asset[i];
        const smap__exposure *e = NULL;
        if (!is_asset(asset, "road")) continue;
        roads++;
        status = intensity_of(run, asset, hazard, &e, err);
        if (status != SMAP_OK) break;
        int8_t *passable = asset->extra[hazard].passable = smap__zalloc((size_t)e->count, sizeof *passable);
        status = passable ? smap__passability(run->ctx, &usual, e->max, NULL, e->unknown, e->count, passable, NULL, err)
                          : smap__fail_memory(err);
        if (status == SMAP_OK) doubt_bridges(asset, passable);
    }
    if (status == SMAP_OK && roads == 0)
        status = smap__fail(err, SMAP_E_ARGUMENT, "passability",
                            "--passability is for roads, and there are none; import some, or name a file with --road");
    return status;
}

/* ---- warning time ---------------------------------------------------------------------------------------------------
 */

static smap_status find_arrival(smap__hazard_run *run, smap__hazard_asset *asset, const smap__grid_source *grid,
                                double *arrival, smap_error *err) {
    static const double none[] = { 0 };
    const smap__zonal_options options = { .breaks = none, .classes = 1 };
    const smap_geometry *features = NULL;
    smap__zonal *zonal = NULL;
    smap_status status = smap__hazard_on_grid(run, asset, grid, &features, err);
    if (status == SMAP_OK) status = smap__zonal_compute(run->ctx, grid, features, &options, &zonal, err);
    for (int64_t i = 0; status == SMAP_OK && i < zonal->count; i++) arrival[i] = zonal->min[i];
    smap__zonal_free(zonal);
    smap_geometry_free(features);
    return status;
}

static smap_status warn(smap__hazard_run *run, smap__hazard_asset *asset, const smap__grid_source *grid, int hazard,
                        smap_error *err) {
    smap__hazard_extra *extra = &asset->extra[hazard];
    size_t n = (size_t)asset->base.ground->count;
    extra->arrival_min = smap__zalloc(n, sizeof *extra->arrival_min);
    if (!extra->arrival_min) return smap__fail_memory(err);
    smap_status status = find_arrival(run, asset, grid, extra->arrival_min, err);
    if (status != SMAP_OK || !(run->warning_delay_min >= 0)) return status;
    double *lead = smap__zalloc(n, sizeof *lead);
    extra->warning = smap__zalloc(n, sizeof *extra->warning);
    status = lead && extra->warning ? smap__warning_time(run->ctx, extra->arrival_min, run->warning_delay_min,
                                                         (int64_t)n, lead, extra->warning, NULL, err)
                                    : smap__fail_memory(err);
    smap__free(lead);
    return status;
}

static smap_status apply_arrival(smap__hazard_run *run, int hazard, smap_error *err) {
    const char *spec = run->hazard[hazard].spec.arrival_time;
    smap__hazard_cells *cells = NULL;
    if (!spec) return SMAP_OK;
    smap_status status = smap__hazard_cells_open(run->ctx, spec, 1, NULL, NULL, &cells, err);
    if (status == SMAP_OK) {
        const smap__grid_source *grid = smap__hazard_cells_grid(cells);
        status = smap__inputs_note(&run->inputs, spec, "arrival_time", grid->width * grid->height, err);
        for (int i = 0; i < run->assets && status == SMAP_OK; i++)
            if (!is_asset(&run->asset[i], "road")) status = warn(run, &run->asset[i], grid, hazard, err);
    }
    if (status == SMAP_OK && smap__hazard_cells_negative(cells))
        status =
            smap__findings_add(&run->findings, err, SMAP__WARNING, "negative_arrival", 0, NULL, NULL,
                               "hazard %s: %s has times below 0 where assets are; they count as not known. If that "
                               "means nodata, say so in the raster",
                               run->hazard[hazard].spec.name, smap__path_name(spec));
    smap__hazard_cells_close(cells);
    return status;
}

smap_status smap__hazard_functions(smap__hazard_run *run, smap_error *err) {
    smap_status status = apply_curve(run, err);
    if (status == SMAP_OK) status = apply_passability(run, err);
    for (int h = 0; h < run->hazards && status == SMAP_OK; h++) status = apply_arrival(run, h, err);
    return status;
}
