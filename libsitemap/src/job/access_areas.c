/* The layer access_area: what is within so many minutes of a service, and what a scenario takes from it. */
#include <string.h>

#include "access/area_tidy.h"
#include "access/isochrone.h"
#include "base/alloc.h"
#include "base/fail.h"
#include "col/cell.h"
#include "geo/geom_builder.h"
#include "geo/geom_column.h"
#include "geo/geos_bridge.h"
#include "geo/ground.h"
#include "job/access_run.h"

/* ---- barriers -------------------------------------------------------------------------------------------------------
 */

/* Nobody of the mode passes a closure: not across it either. */
static bool is_barrier(const smap__access_case *c, int64_t closure) {
    const smap_geometry *g = c->run->closure_ground;
    const smap_column *passable = smap_table_find(c->run->closure->table, "passable");
    if (!c->state->counts[closure] || smap__geometry_dimensions(g, closure) < 1) return false;
    return smap__cell_is(passable, closure, "none") ||
           (c->mode == SMAP__BY_VEHICLE && smap__cell_is(passable, closure, "foot"));
}

/* Those of --barrier, and closures of the scenario. */
static smap_status find_barriers(const smap__access_case *c, const smap_geometry **out, smap_error *err) {
    const smap__access_run *run = c->run;
    smap_geometry_builder *b = NULL;
    smap_status status = smap_geometry_builder_new(run->crs, &b, err);
    for (int64_t i = 0; run->barrier && i < run->barrier->count && status == SMAP_OK; i++)
        if (smap__geometry_dimensions(run->barrier, i) > 0)
            status = smap__builder_append_feature(b, run->barrier, i, err);
    for (int64_t i = 0; c->before && i < run->closure_ground->count && status == SMAP_OK; i++)
        if (is_barrier(c, i)) status = smap__builder_append_feature(b, run->closure_ground, i, err);
    if (status == SMAP_OK) status = smap_geometry_builder_finish(b, out, err);
    smap_geometry_builder_free(b);
    return status;
}

/* ---- areas ----------------------------------------------------------------------------------------------------------
 */

smap_status smap__access_measure_areas(smap__access_case *c, smap_error *err) {
    const smap__access_run *run = c->run;
    const smap_geometry *barrier = NULL;
    c->area = smap__zalloc((size_t)run->service.types, sizeof *c->area);
    smap_status status = c->area ? find_barriers(c, &barrier, err) : smap__fail_memory(err);
    for (int32_t type = 0; type < run->service.types && status == SMAP_OK; type++) {
        const smap__isochrone_query query = { .access = &c->query,
                                              .type = type,
                                              .limit_s = run->limit_s,
                                              .limits = run->limits,
                                              .width_m = run->area_width_m,
                                              .core_m = run->area_core_m,
                                              .barrier = barrier };
        status = smap__isochrones(run->ctx, &query, &c->area[type], err);
    }
    smap_geometry_free(barrier);
    return status;
}

/* ---- rows -----------------------------------------------------------------------------------------------------------
 */

static void put_row(const smap__access_case *c, int32_t type, int limit, const char *change, double area_m2) {
    smap__access_run *run = c->run;
    smap__rows *rows = &run->tables.table[SMAP__ACCESS_AREA].rows;
    smap__access_put_head(c, rows);
    smap__rows_text(rows, run->service.code[type]);
    smap__rows_real(rows, run->limit_s[limit] / 60);
    smap__rows_text(rows, change);
    smap__rows_real_or_null(rows, area_m2 / 1e6);
    smap__access_put_sources(c, NULL, rows);
}

static const char *const changes[] = { "kept", "lost", "gained" };
enum { KEPT, LOST, GAINED, CHANGES };

static smap_status append_changes(smap__geos *geos, const smap_geometry *before, const smap_geometry *now, int limit,
                                  smap_geometry_builder *b, smap_error *err) {
    smap_status status = smap__geos_overlay(geos, SMAP__GEOS_COMMON, before, limit, now, limit, b, err);
    if (status == SMAP_OK) status = smap__geos_overlay(geos, SMAP__GEOS_WITHOUT, before, limit, now, limit, b, err);
    return status == SMAP_OK ? smap__geos_overlay(geos, SMAP__GEOS_WITHOUT, now, limit, before, limit, b, err) : status;
}

/* Of all types and limits: the area of a baseline, the three changes of another case. In degrees, as stored. */
static smap_status make_areas(const smap__access_case *c, const smap_geometry **out, smap_error *err) {
    const smap__access_run *run = c->run;
    smap_geometry_builder *b = NULL;
    const smap_geometry *ground = NULL, *degrees = NULL;
    smap__geos *geos = NULL;
    smap_status status = smap_geometry_builder_new(run->crs, &b, err);
    if (status == SMAP_OK) status = smap__geos_new(&geos, err);
    for (int32_t type = 0; type < run->service.types; type++)
        for (int limit = 0; limit < run->limits && status == SMAP_OK; limit++)
            status = c->before ? append_changes(geos, c->before->area[type], c->area[type], limit, b, err)
                               : smap__builder_append_feature(b, c->area[type], limit, err);
    if (status == SMAP_OK) status = smap_geometry_builder_finish(b, &ground, err);
    if (status == SMAP_OK) status = smap_geometry_transform(run->ctx, ground, run->wgs84, &degrees, NULL, err);
    if (status == SMAP_OK) status = smap__areas_tidy(run->ctx, degrees, run->area_least_m2, out, err);
    smap_geometry_free(ground);
    smap_geometry_free(degrees);
    smap__geos_free(geos);
    smap_geometry_builder_free(b);
    return status;
}

static bool is_empty(const smap_geometry *g, int64_t feature) {
    return smap_geom_part(g, feature) == smap_geom_part(g, feature + 1);
}

smap_status smap__access_put_areas(const smap__access_case *c, smap_error *err) {
    smap__access_run *run = c->run;
    const smap_geometry *areas = NULL;
    int kinds = c->before ? CHANGES : 1;
    smap_status status = make_areas(c, &areas, err);
    double *area_m2 = status == SMAP_OK ? smap__zalloc((size_t)areas->count, sizeof *area_m2) : NULL;
    if (status == SMAP_OK && !area_m2) status = smap__fail_memory(err);
    if (status == SMAP_OK) status = smap__ground_measures(run->ctx, areas, area_m2, NULL, err);
    for (int64_t at = 0; status == SMAP_OK && at < areas->count; at++) {
        if (is_empty(areas, at)) continue; /* nothing of the kind */
        int kind = (int)(at % kinds), limit = (int)(at / kinds % run->limits);
        put_row(c, (int32_t)(at / kinds / run->limits), limit, c->before ? changes[kind] : NULL, area_m2[at]);
        status = smap__builder_append_feature(run->tables.table[SMAP__ACCESS_AREA].geometry, areas, at, err);
    }
    smap__free(area_m2);
    smap_geometry_free(areas);
    return status;
}
