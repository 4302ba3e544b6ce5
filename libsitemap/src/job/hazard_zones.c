/* Hazards that are polygons. */
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "geo/crs.h"
#include "geo/geom_builder.h"
#include "geo/geom_column.h"
#include "job/hazard_measure.h"

/* Everything that a hazard's source says of places, one below the other, with the rank of each polygon. */
typedef struct stack {
    smap_geometry_builder *builder;
    int32_t *rank;
    size_t count, capacity;
} stack;

static smap_status put(stack *s, const smap_geometry *geometry, const int32_t *rank, int32_t same, smap_error *err) {
    size_t n = (size_t)geometry->count;
    if (!smap__grow(&s->rank, &s->capacity, s->count + n, sizeof *s->rank)) return smap__fail_memory(err);
    for (size_t i = 0; i < n; i++) s->rank[s->count + i] = rank ? rank[i] : same;
    s->count += n;
    smap_status status = SMAP_OK;
    for (int64_t i = 0; i < geometry->count && status == SMAP_OK; i++)
        status = smap__builder_append_feature(s->builder, geometry, i, err);
    return status;
}

static smap_status put_box(stack *s, smap_box box, smap_error *err) {
    if (!smap__grow(&s->rank, &s->capacity, s->count + 1, sizeof *s->rank)) return smap__fail_memory(err);
    smap_status status = smap__builder_reserve(s->builder, 1, 1, 1, 5, err);
    if (status != SMAP_OK) return status;
    smap__builder_put(s->builder, box.xmin, box.ymin);
    smap__builder_put(s->builder, box.xmax, box.ymin);
    smap__builder_put(s->builder, box.xmax, box.ymax);
    smap__builder_put(s->builder, box.xmin, box.ymax);
    smap__builder_put(s->builder, box.xmin, box.ymin);
    smap__builder_end_ring(s->builder);
    smap__builder_end_part(s->builder, SMAP_GEOM_POLYGON);
    smap__builder_end_feature(s->builder, SMAP_GEOM_POLYGON);
    s->rank[s->count++] = SMAP__RANK_UNKNOWN;
    return SMAP_OK;
}

/* A polygon that cannot be used may be anywhere in its box: nothing is known there, and a coverage would make it safe.
 */
static smap_status put_lost(smap__hazard_run *run, stack *s, const char *what, const smap_geometry *source,
                            const smap_geometry *ground, smap_error *err) {
    smap_status status = SMAP_OK;
    int64_t lost = 0;
    for (int64_t i = 0; i < ground->count && status == SMAP_OK; i++) {
        smap_box box = smap_geometry_box(source, i);
        if (ground->type[i] != SMAP_GEOM_NULL || source->type[i] == SMAP_GEOM_NULL || smap__box_is_empty(box)) continue;
        if (smap__crs_transform_box(run->ctx, source->crs, run->crs, box, &box, NULL) == SMAP_OK)
            status = put_box(s, box, err);
        lost++;
    }
    if (status != SMAP_OK || lost == 0) return status;
    return smap__findings_add(&run->findings, err, SMAP__WARNING, "polygons_lost", 0, NULL, NULL,
                              "%s: %lld polygons could not be used; in their boxes nothing is known", what,
                              (long long)lost);
}

static smap_status put_coverage(smap__hazard_run *run, stack *s, const smap_geometry *coverage, int32_t rank,
                                smap_error *err) {
    const smap_table *table = NULL;
    const smap_layer *layer = NULL;
    const smap_geometry *ground = NULL;
    if (!coverage) return SMAP_OK;
    smap_status status = smap_table_new(NULL, 0, coverage->count, &table, err);
    if (status == SMAP_OK) status = smap_layer_new("coverage", table, coverage, NULL, &layer, err);
    if (status == SMAP_OK)
        status = smap__layer_to_ground(run->ctx, layer, run->crs, "coverage", &run->findings, &ground, NULL, err);
    if (status == SMAP_OK) status = put(s, ground, NULL, rank, err);
    if (status == SMAP_OK && rank == SMAP__RANK_UNKNOWN) status = put_lost(run, s, "coverage", coverage, ground, err);
    smap_geometry_free(ground);
    smap_layer_free(layer);
    smap_table_free(table);
    return status;
}

/* Points and lines are none of a hazard's ground. */
static void leave_out_others(const smap_geometry *g, int32_t *rank) {
    for (int64_t i = 0; i < g->count; i++)
        if (g->type[i] != SMAP_GEOM_POLYGON && g->type[i] != SMAP_GEOM_MULTIPOLYGON &&
            g->type[i] != SMAP_GEOM_COLLECTION)
            rank[i] = -1;
}

/* One polygon around the globe has no shape in the plane of the assets. */
static smap_status check_width(const smap__hazard *h, smap_error *err) {
    const smap_geometry *g = h->polygons->geometry;
    for (int64_t i = 0; i < g->count; i++)
        if (smap__box_too_wide(g->crs, smap_geometry_box(g, i)))
            return smap__fail_row(
                err, SMAP_E_LIMIT, h->spec.name, i + 1,
                "hazard %s: the polygon of row %lld reaches over more than half of the earth; cut it to the region "
                "of the assets",
                h->spec.name, (long long)i + 1);
    return SMAP_OK;
}

static smap_status put_hazard(smap__hazard_run *run, smap__hazard *h, stack *s, smap__zone_ranks *ranks,
                              smap_error *err) {
    const smap_geometry *ground = NULL;
    int64_t n = h->polygons->geometry->count;
    smap__str what = SMAP__STR_INIT;
    int32_t *rank = smap__zalloc((size_t)n, sizeof *rank);
    smap__str_printf(&what, "hazard %s", h->spec.name);
    smap_status status = rank && !what.failed ? check_width(h, err) : smap__fail_memory(err);
    if (status == SMAP_OK) status = smap__zone_ranks_build(h->klass, h->value, n, rank, ranks, err);
    if (status == SMAP_OK)
        status = smap__layer_to_ground(run->ctx, h->polygons, run->crs, what.data, &run->findings, &ground, NULL, err);
    if (status == SMAP_OK) {
        leave_out_others(ground, rank);
        h->extent = smap_geometry_extent(ground);
        h->source_extent = smap_geometry_extent(h->polygons->geometry);
        h->source_crs = h->polygons->geometry->crs;
        status = put(s, ground, rank, 0, err);
        if (status == SMAP_OK) status = put_lost(run, s, what.data, h->polygons->geometry, ground, err);
    }
    smap_geometry_free(ground);
    smap__str_release(&what);
    smap__free(rank);
    return status;
}

static smap_status put_looked_at(smap__hazard_run *run, const smap__hazard *h, stack *s, smap_error *err) {
    smap_status status = smap_geometry_builder_new(run->crs, &s->builder, err);
    if (status == SMAP_OK) status = put_coverage(run, s, h->coverage, SMAP__RANK_LOOKED_AT, err);
    return status == SMAP_OK ? put_coverage(run, s, h->not_analysed, SMAP__RANK_UNKNOWN, err) : status;
}

/* Takes the stack. */
static smap_status build_zones(smap__hazard_run *run, stack *s, smap_status status, smap__zones **out,
                               smap_error *err) {
    const smap_geometry *polygons = NULL;
    if (status == SMAP_OK) status = smap_geometry_builder_finish(s->builder, &polygons, err);
    if (status == SMAP_OK) status = smap__zones_build(run->ctx, polygons, s->rank, out, err);
    smap_geometry_free(polygons);
    smap_geometry_builder_free(s->builder);
    smap__free(s->rank);
    return status;
}

static smap_status build(smap__hazard_run *run, smap__hazard *h, smap__zone_ranks *ranks, smap__zones **out,
                         smap_error *err) {
    stack s = { NULL, NULL, 0, 0 };
    smap_status status = put_looked_at(run, h, &s, err);
    if (status == SMAP_OK) status = put_hazard(run, h, &s, ranks, err);
    return build_zones(run, &s, status, out, err);
}

smap_status smap__hazard_coverage_zones(smap__hazard_run *run, const smap__hazard *hazard, smap__zones **out,
                                        smap_error *err) {
    stack s = { NULL, NULL, 0, 0 };
    smap_status status = put_looked_at(run, hazard, &s, err);
    return build_zones(run, &s, status, out, err);
}

/* The lowest rank that is a class of the hazard at all. */
static int32_t first_affected(const smap__zone_ranks *ranks) {
    int32_t i = 0;
    while (i < ranks->count && ranks->klass[i] < 1) i++;
    return SMAP__RANK_FIRST + i;
}

static smap_status measure_distance(smap__hazard_run *run, const smap__zones *zones, const smap__zone_ranks *ranks,
                                    const smap__hazard_asset *asset, smap__exposure *e, smap_error *err) {
    double limit = run->near_m;
    if (!(limit > 0)) return SMAP_OK;
    e->near_m = smap__zalloc((size_t)e->count, sizeof *e->near_m);
    if (!e->near_m) return smap__fail_memory(err);
    smap_status status =
        smap__zones_distance(run->ctx, zones, first_affected(ranks), asset->base.ground, e->near_m, err);
    for (int64_t i = 0; status == SMAP_OK && i < e->count; i++)
        if (e->near_m[i] > limit) e->near_m[i] = NAN;
    return status;
}

static smap_status measure(smap__hazard_run *run, int hazard, const smap__zones *zones, const smap__zone_ranks *ranks,
                           smap__hazard_asset *asset, smap_error *err) {
    smap__shares *shares = NULL;
    smap__exposure **out = &asset->exposure[hazard];
    smap_status status = smap__zones_measure(run->ctx, zones, asset->base.ground, &shares, err);
    if (status == SMAP_OK) status = smap__expose_shares(shares, ranks, run->hazard[hazard].scale->classes, out, err);
    if (status == SMAP_OK) status = measure_distance(run, zones, ranks, asset, *out, err);
    smap__shares_free(shares);
    return status;
}

smap_status smap__hazard_measure_zones(smap__hazard_run *run, int hazard, smap_error *err) {
    smap__zones *zones = NULL;
    smap__zone_ranks ranks = { 0 };
    smap_status status = build(run, &run->hazard[hazard], &ranks, &zones, err);
    for (int i = 0; i < run->assets && status == SMAP_OK; i++)
        status = measure(run, hazard, zones, &ranks, &run->asset[i], err);
    smap__zones_free(zones);
    smap__zone_ranks_release(&ranks);
    return status;
}
