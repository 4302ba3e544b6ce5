/* Finished geometry columns: ownership, boxes, rows taken. */
#include "sitemap/geometry.h"

#include <math.h>
#include <stdatomic.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "geo/geom_builder.h"
#include "geo/geom_column.h"

typedef struct geometry_owner {
    smap_geometry column; /* first: a column is its owner */
    atomic_size_t references;
    const smap_geometry *shared;
    atomic_int extent_state; /* of `extent`, which is asked for again and again */
    smap_box extent;
} geometry_owner;

enum { EXTENT_UNKNOWN, EXTENT_BEING_SET, EXTENT_KNOWN };

static geometry_owner *owner_of(const smap_geometry *geometry) {
    return (geometry_owner *)(uintptr_t)geometry;
}

smap_status smap__geometry_adopt(const smap_geometry *arrays, const smap_geometry *shared, const smap_geometry **out,
                                 smap_error *err) {
    geometry_owner *owner = smap__zalloc(1, sizeof *owner);
    if (!owner) return smap__fail_memory(err);
    owner->column = *arrays;
    owner->column.crs = smap_crs_retain(arrays->crs);
    atomic_init(&owner->references, 1);
    atomic_init(&owner->extent_state, EXTENT_UNKNOWN);
    owner->shared = smap_geometry_retain(shared);
    *out = &owner->column;
    return SMAP_OK;
}

const smap_geometry *smap_geometry_retain(const smap_geometry *geometry) {
    if (geometry) atomic_fetch_add_explicit(&owner_of(geometry)->references, 1, memory_order_relaxed);
    return geometry;
}

static void release_array(const void *array, const void *shared) {
    if (array != shared) smap__free((void *)(uintptr_t)array);
}

void smap_geometry_free(const smap_geometry *geometry) {
    if (!geometry) return;
    geometry_owner *owner = owner_of(geometry);
    if (atomic_fetch_sub_explicit(&owner->references, 1, memory_order_acq_rel) != 1) return;
    const smap_geometry none = { 0 };
    const smap_geometry *shared = owner->shared ? owner->shared : &none;
    release_array(geometry->type, shared->type);
    release_array(geometry->part_type, shared->part_type);
    release_array(geometry->feature_part, shared->feature_part);
    release_array(geometry->part_ring, shared->part_ring);
    release_array(geometry->ring_coord, shared->ring_coord);
    release_array(geometry->x, shared->x);
    release_array(geometry->y, shared->y);
    release_array(geometry->z, shared->z);
    release_array(geometry->m, shared->m);
    smap_crs_free(geometry->crs);
    smap_geometry_free(owner->shared);
    smap__free(owner);
}

smap_box smap__geometry_span_box(const smap_geometry *geometry, int64_t first, int64_t end) {
    smap_box box = SMAP_BOX_EMPTY;
    const double *x = geometry->x, *y = geometry->y;
    for (int64_t i = first; i < end; i++) {
        if (x[i] < box.xmin) box.xmin = x[i];
        if (x[i] > box.xmax) box.xmax = x[i];
        if (y[i] < box.ymin) box.ymin = y[i];
        if (y[i] > box.ymax) box.ymax = y[i];
    }
    return box;
}

double smap__geometry_ring_area(const smap_geometry *g, int64_t ring) {
    int64_t k = smap_geom_coord(g, ring), end = smap_geom_coord(g, ring + 1);
    if (k == end) return 0;
    double x = g->x[k], y = g->y[k], twice = 0;
    for (k++; k + 1 < end; k++) twice += (g->x[k] - x) * (g->y[k + 1] - y) - (g->x[k + 1] - x) * (g->y[k] - y);
    return fabs(twice) / 2;
}

double smap__geometry_part_area(const smap_geometry *g, int64_t part) {
    double area = 0;
    int64_t shell = smap_geom_ring(g, part);
    for (int64_t ring = shell; ring < smap_geom_ring(g, part + 1); ring++)
        area += (ring == shell ? 1 : -1) * smap__geometry_ring_area(g, ring);
    return area;
}

double smap__geometry_area(const smap_geometry *g, int64_t feature) {
    double area = 0;
    for (int64_t part = smap_geom_part(g, feature); part < smap_geom_part(g, feature + 1); part++)
        if (smap__geometry_part_type(g, feature, part) == SMAP_GEOM_POLYGON) area += smap__geometry_part_area(g, part);
    return area;
}

int smap__geometry_dimensions(const smap_geometry *g, int64_t feature) {
    int most = -1;
    if (g->type[feature] == SMAP_GEOM_NULL) return -1;
    for (int64_t part = smap_geom_part(g, feature); part < smap_geom_part(g, feature + 1); part++) {
        int one = (int)smap__geometry_part_type(g, feature, part) - 1;
        if (one > most) most = one;
        if (g->type[feature] != SMAP_GEOM_COLLECTION) break;
    }
    return most;
}

smap_box smap_geometry_box(const smap_geometry *geometry, int64_t feature) {
    int64_t first, end;
    smap__geometry_span(geometry, feature, &first, &end);
    return smap__geometry_span_box(geometry, first, end);
}

/* Threads that ask at once each look for themselves; one of them keeps the answer. */
smap_box smap_geometry_extent(const smap_geometry *geometry) {
    geometry_owner *owner = owner_of(geometry);
    int state = EXTENT_UNKNOWN;
    if (atomic_load(&owner->extent_state) == EXTENT_KNOWN) return owner->extent;
    smap_box box = smap__geometry_span_box(geometry, 0, geometry->coord_count);
    if (atomic_compare_exchange_strong(&owner->extent_state, &state, EXTENT_BEING_SET)) {
        owner->extent = box;
        atomic_store(&owner->extent_state, EXTENT_KNOWN);
    }
    return box;
}

smap_status smap_geometry_take(const smap_geometry *geometry, const int64_t *rows, int64_t count,
                               const smap_geometry **out, smap_error *err) {
    smap_geometry_builder *builder = NULL;
    smap_status status;
    SMAP_TRY(smap_geometry_builder_new(geometry->crs, &builder, err), done);
    SMAP_TRY(smap__builder_reserve(builder, (size_t)count, 0, 0, 0, err), done);
    for (int64_t i = 0; i < count; i++) {
        if (rows[i] < 0)
            SMAP_TRY(smap_geometry_append_null(builder, err), done);
        else
            SMAP_TRY(smap__builder_append_feature(builder, geometry, rows[i], err), done);
    }
    SMAP_TRY(smap_geometry_builder_finish(builder, out, err), done);
done:
    smap_geometry_builder_free(builder);
    return status;
}
