/* A union or a difference leaves slivers where borders that are one on the ground differ in the last digits. */
#include "access/area_tidy.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "geo/geom_builder.h"
#include "geo/geos_bridge.h"
#include "geo/ground.h"

static smap_status finish(smap_status status, smap_geometry_builder *b, const smap_geometry **out, smap_error *err) {
    if (status == SMAP_OK) status = smap_geometry_builder_finish(b, out, err);
    smap_geometry_builder_free(b);
    return status;
}

static smap_status repair(const smap_geometry *areas, const smap_geometry **out, smap_error *err) {
    smap_geometry_builder *b = NULL;
    smap__geos *geos = NULL;
    smap_status status = smap_geometry_builder_new(areas->crs, &b, err);
    if (status == SMAP_OK) status = smap__geos_new(&geos, err);
    for (int64_t k = 0; k < areas->count && status == SMAP_OK; k++)
        status = smap__geos_make_valid(geos, areas, k, b, err);
    smap__geos_free(geos);
    return finish(status, b, out, err);
}

static smap_status put_ring(const smap_geometry *g, int64_t ring, smap_geometry_builder *b, smap_error *err) {
    int64_t first = smap_geom_coord(g, ring), end = smap_geom_coord(g, ring + 1);
    smap_status status = smap__builder_reserve(b, 1, 1, 1, (size_t)(end - first), err);
    if (status != SMAP_OK) return status;
    for (int64_t k = first; k < end; k++) smap__builder_put(b, g->x[k], g->y[k]);
    smap__builder_end_ring(b);
    return SMAP_OK;
}

/* What each ring goes round, on the ground. */
static smap_status measure(smap_ctx *ctx, const smap_geometry *areas, double *ring_m2, smap_error *err) {
    const smap_geometry *rings = NULL;
    smap_geometry_builder *b = NULL;
    smap_status status = smap_geometry_builder_new(areas->crs, &b, err);
    for (int64_t ring = 0; ring < areas->ring_count && status == SMAP_OK; ring++) {
        status = put_ring(areas, ring, b, err);
        if (status != SMAP_OK) break;
        smap__builder_end_part(b, SMAP_GEOM_POLYGON);
        smap__builder_end_feature(b, SMAP_GEOM_POLYGON);
    }
    status = finish(status, b, &rings, err);
    if (status == SMAP_OK) status = smap__ground_measures(ctx, rings, ring_m2, NULL, err);
    smap_geometry_free(rings);
    return status;
}

/* A polygon with the holes that are large enough, if it is. */
static smap_status put_part(const smap_geometry *g, int64_t part, const double *ring_m2, double least_m2,
                            smap_geometry_builder *b, smap_error *err) {
    smap__builder_mark mark = smap__builder_mark_now(b);
    int64_t shell = smap_geom_ring(g, part);
    double area_m2 = 0;
    smap_status status = SMAP_OK;
    for (int64_t ring = shell; ring < smap_geom_ring(g, part + 1) && status == SMAP_OK; ring++) {
        if (ring != shell && ring_m2[ring] < least_m2) continue;
        area_m2 += ring == shell ? ring_m2[ring] : -ring_m2[ring];
        status = put_ring(g, ring, b, err);
    }
    if (status != SMAP_OK || area_m2 < least_m2)
        smap__builder_rollback(b, mark);
    else
        smap__builder_end_part(b, SMAP_GEOM_POLYGON);
    return status;
}

static smap_status drop_small(const smap_geometry *areas, const double *ring_m2, double least_m2,
                              const smap_geometry **out, smap_error *err) {
    smap_geometry_builder *b = NULL;
    smap_status status = smap_geometry_builder_new(areas->crs, &b, err);
    for (int64_t k = 0; k < areas->count && status == SMAP_OK; k++) {
        size_t parts = b->parts;
        for (int64_t part = smap_geom_part(areas, k); part < smap_geom_part(areas, k + 1) && status == SMAP_OK; part++)
            status = put_part(areas, part, ring_m2, least_m2, b, err);
        if (status == SMAP_OK) status = smap__builder_reserve(b, 1, 0, 0, 0, err);
        if (status == SMAP_OK)
            smap__builder_end_feature(b, b->parts - parts == 1 ? SMAP_GEOM_POLYGON : SMAP_GEOM_MULTIPOLYGON);
    }
    return finish(status, b, out, err);
}

smap_status smap__areas_tidy(smap_ctx *ctx, const smap_geometry *areas, double least_m2, const smap_geometry **out,
                             smap_error *err) {
    const smap_geometry *valid = NULL;
    double *ring_m2 = NULL;
    smap_status status = repair(areas, &valid, err);
    if (status == SMAP_OK) {
        ring_m2 = smap__zalloc((size_t)valid->ring_count, sizeof *ring_m2);
        status = ring_m2 ? measure(ctx, valid, ring_m2, err) : smap__fail_memory(err);
    }
    if (status == SMAP_OK) status = drop_small(valid, ring_m2, least_m2, out, err);
    smap__free(ring_m2);
    smap_geometry_free(valid);
    return status;
}
