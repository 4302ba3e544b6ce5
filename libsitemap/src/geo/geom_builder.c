/* The geometry builder: growing arrays in the layout of the column, handed over at the end. */
#include "geo/geom_builder.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "geo/geom_column.h"

#define OFFSET_LIMIT ((size_t)UINT32_MAX - 1)

smap_status smap_geometry_builder_new(const smap_crs *crs, smap_geometry_builder **out, smap_error *err) {
    smap_geometry_builder *builder = smap__zalloc(1, sizeof *builder);
    if (!builder) return smap__fail_memory(err);
    builder->crs = smap_crs_retain(crs);
    smap_status status = smap__builder_grow(builder, 1, 1, 1, 1, err);
    if (status != SMAP_OK) {
        smap_geometry_builder_free(builder);
        return status;
    }
    *out = builder;
    return SMAP_OK;
}

void smap_geometry_builder_free(smap_geometry_builder *builder) {
    if (!builder) return;
    smap__free(builder->type);
    smap__free(builder->part_type);
    smap__free(builder->feature_part);
    smap__free(builder->part_ring);
    smap__free(builder->ring_coord);
    smap__free(builder->x);
    smap__free(builder->y);
    smap__free(builder->z);
    smap__free(builder->m);
    smap_crs_free(builder->crs);
    smap__free(builder);
}

/* ---- capacity ---- */

/* The capacity to have for `count` and `more`: grown by half; 0 when over the limit of the offsets. */
static size_t next_capacity(size_t capacity, size_t count, size_t more) {
    if (more > OFFSET_LIMIT - count) return 0;
    size_t need = count + more;
    if (need <= capacity) return capacity;
    size_t grown = capacity + capacity / 2 + 16;
    if (grown > OFFSET_LIMIT) grown = OFFSET_LIMIT;
    return grown > need ? grown : need;
}

static bool resize(void *array, size_t count, size_t size) {
    void **slot = array, *moved = smap__realloc(*slot, count, size);
    if (!moved) return false;
    *slot = moved;
    return true;
}

/* An offset array of so many items; entry 0 is set when it is new. */
static bool resize_offsets(uint32_t **array, size_t capacity) {
    bool is_new = !*array;
    if (!resize(array, capacity + 1, sizeof(uint32_t))) return false;
    if (is_new) **array = 0;
    return true;
}

static bool grow_coords(smap_geometry_builder *b, size_t capacity) {
    if (!resize(&b->x, capacity, sizeof(double)) || !resize(&b->y, capacity, sizeof(double))) return false;
    if (b->z && !resize(&b->z, capacity, sizeof(double))) return false;
    if (b->m && !resize(&b->m, capacity, sizeof(double))) return false;
    b->coord_capacity = capacity;
    return true;
}

static bool grow_features(smap_geometry_builder *b, size_t capacity) {
    if (!resize(&b->type, capacity, 1) || !resize_offsets(&b->feature_part, capacity)) return false;
    b->feature_capacity = capacity;
    return true;
}

static bool grow_parts(smap_geometry_builder *b, size_t capacity) {
    if (!resize(&b->part_type, capacity, 1) || !resize_offsets(&b->part_ring, capacity)) return false;
    b->part_capacity = capacity;
    return true;
}

static bool grow_rings(smap_geometry_builder *b, size_t capacity) {
    if (!resize_offsets(&b->ring_coord, capacity)) return false;
    b->ring_capacity = capacity;
    return true;
}

smap_status smap__builder_grow(smap_geometry_builder *b, size_t features, size_t parts, size_t rings, size_t coords,
                               smap_error *err) {
    size_t feature_capacity = next_capacity(b->feature_capacity, b->features, features);
    size_t part_capacity = next_capacity(b->part_capacity, b->parts, parts);
    size_t ring_capacity = next_capacity(b->ring_capacity, b->rings, rings);
    size_t coord_capacity = next_capacity(b->coord_capacity, b->coords, coords);
    if (!feature_capacity || !part_capacity || !ring_capacity || !coord_capacity)
        return smap__fail(err, SMAP_E_LIMIT, NULL,
                          "a geometry column holds at most %zu coordinates; split the source into several layers",
                          OFFSET_LIMIT);
    if ((feature_capacity > b->feature_capacity && !grow_features(b, feature_capacity)) ||
        (part_capacity > b->part_capacity && !grow_parts(b, part_capacity)) ||
        (ring_capacity > b->ring_capacity && !grow_rings(b, ring_capacity)) ||
        (coord_capacity > b->coord_capacity && !grow_coords(b, coord_capacity)))
        return smap__fail_memory(err);
    return SMAP_OK;
}

smap_status smap__builder_need_z(smap_geometry_builder *b, smap_error *err) {
    if (!b->z) b->z = smap__zalloc(b->coord_capacity, sizeof(double));
    return b->z ? SMAP_OK : smap__fail_memory(err);
}

smap_status smap__builder_need_m(smap_geometry_builder *b, smap_error *err) {
    if (!b->m) b->m = smap__zalloc(b->coord_capacity, sizeof(double));
    return b->m ? SMAP_OK : smap__fail_memory(err);
}

/* ---- marks ---- */

smap__builder_mark smap__builder_mark_now(const smap_geometry_builder *b) {
    return (smap__builder_mark){ b->features, b->parts, b->rings, b->coords, b->z_count, b->m_count };
}

void smap__builder_rollback(smap_geometry_builder *b, smap__builder_mark mark) {
    b->features = mark.features;
    b->parts = mark.parts;
    b->rings = mark.rings;
    b->coords = mark.coords;
    b->z_count = mark.z_count;
    b->m_count = mark.m_count;
}

/* ---- appending ---- */

smap_status smap_geometry_append_null(smap_geometry_builder *b, smap_error *err) {
    smap_status status = smap__builder_reserve(b, 1, 0, 0, 0, err);
    if (status != SMAP_OK) return status;
    smap__builder_end_feature(b, SMAP_GEOM_NULL);
    return SMAP_OK;
}

smap_status smap_geometry_append_point(smap_geometry_builder *b, double x, double y, smap_error *err) {
    if (!isfinite(x) || !isfinite(y))
        return smap__fail(err, SMAP_E_ARGUMENT, NULL, "a point needs two finite coordinates, not %g, %g", x, y);
    smap_status status = smap__builder_reserve(b, 1, 1, 1, 1, err);
    if (status != SMAP_OK) return status;
    smap__builder_put(b, x, y);
    smap__builder_end_ring(b);
    smap__builder_end_part(b, SMAP_GEOM_POINT);
    smap__builder_end_feature(b, SMAP_GEOM_POINT);
    return SMAP_OK;
}

/* Values for coordinates [at, at + n), NaN for those before that have none. */
static void fill_values(double *to, size_t *filled, size_t at, const double *from, size_t n) {
    while (*filled < at) to[(*filled)++] = NAN;
    memcpy(to + at, from, n * sizeof *to);
    *filled = at + n;
}

static smap_status copy_coords(smap_geometry_builder *b, const smap_geometry *g, size_t first, size_t n,
                               smap_error *err) {
    smap_status status = SMAP_OK;
    if (g->z) status = smap__builder_need_z(b, err);
    if (g->m && status == SMAP_OK) status = smap__builder_need_m(b, err);
    if (status != SMAP_OK || !n) return status;
    if (g->z) fill_values(b->z, &b->z_count, b->coords, g->z + first, n);
    if (g->m) fill_values(b->m, &b->m_count, b->coords, g->m + first, n);
    memcpy(b->x + b->coords, g->x + first, n * sizeof(double));
    memcpy(b->y + b->coords, g->y + first, n * sizeof(double));
    b->coords += n;
    return SMAP_OK;
}

smap_status smap__builder_append_feature(smap_geometry_builder *b, const smap_geometry *g, int64_t feature,
                                         smap_error *err) {
    int64_t part = smap_geom_part(g, feature), part_end = smap_geom_part(g, feature + 1);
    int64_t ring = smap_geom_ring(g, part), ring_end = smap_geom_ring(g, part_end);
    int64_t coord = smap_geom_coord(g, ring), coord_end = smap_geom_coord(g, ring_end);
    smap_status status = smap__builder_reserve(b, 1, (size_t)(part_end - part), (size_t)(ring_end - ring),
                                               (size_t)(coord_end - coord), err);
    if (status != SMAP_OK) return status;
    size_t coord_base = b->coords, ring_base = b->rings;
    status = copy_coords(b, g, (size_t)coord, (size_t)(coord_end - coord), err);
    if (status != SMAP_OK) return status;
    for (int64_t r = ring; r < ring_end; r++)
        b->ring_coord[++b->rings] = (uint32_t)(coord_base + (size_t)(smap_geom_coord(g, r + 1) - coord));
    for (int64_t p = part; p < part_end; p++) {
        b->part_type[b->parts] = (uint8_t)smap__geometry_part_type(g, feature, p);
        b->part_ring[++b->parts] = (uint32_t)(ring_base + (size_t)(smap_geom_ring(g, p + 1) - ring));
    }
    smap__builder_end_feature(b, (smap_geom_type)g->type[feature]);
    return SMAP_OK;
}

/* The ends of `n` items, which count from 0, behind `count` items that reach up to `base`. */
static void append_ends(uint32_t *offsets, size_t count, const uint32_t *from, size_t n, size_t base) {
    uint32_t *to = offsets + count + 1;
    for (size_t k = 0; k < n; k++) to[k] = (uint32_t)base + from[k + 1];
}

smap_status smap__builder_append(smap_geometry_builder *b, const smap_geometry_builder *from, smap_error *err) {
    smap_status status = smap__builder_reserve(b, from->features, from->parts, from->rings, from->coords, err);
    if (status == SMAP_OK && from->z_count) status = smap__builder_need_z(b, err);
    if (status == SMAP_OK && from->m_count) status = smap__builder_need_m(b, err);
    if (status != SMAP_OK) return status;
    append_ends(b->feature_part, b->features, from->feature_part, from->features, b->parts);
    append_ends(b->part_ring, b->parts, from->part_ring, from->parts, b->rings);
    append_ends(b->ring_coord, b->rings, from->ring_coord, from->rings, b->coords);
    memcpy(b->type + b->features, from->type, from->features);
    memcpy(b->part_type + b->parts, from->part_type, from->parts);
    memcpy(b->x + b->coords, from->x, from->coords * sizeof(double));
    memcpy(b->y + b->coords, from->y, from->coords * sizeof(double));
    if (from->z_count) fill_values(b->z, &b->z_count, b->coords, from->z, from->z_count);
    if (from->m_count) fill_values(b->m, &b->m_count, b->coords, from->m, from->m_count);
    b->features += from->features;
    b->parts += from->parts;
    b->rings += from->rings;
    b->coords += from->coords;
    return SMAP_OK;
}

/* ---- finishing ---- */

/* Hand over offsets, cut to size; NULL where they only count 0, 1, 2, ... */
static const uint32_t *take_offsets(uint32_t **array, size_t count) {
    uint32_t *offsets = *array;
    *array = NULL;
    size_t k = 0;
    while (k <= count && offsets[k] == k) k++;
    if (k > count) {
        smap__free(offsets);
        return NULL;
    }
    uint32_t *cut = smap__realloc(offsets, count + 1, sizeof *cut);
    return cut ? cut : offsets;
}

static const double *take_values(double **array, size_t count) {
    double *values = *array, *cut = smap__realloc(values, count ? count : 1, sizeof *cut);
    *array = NULL;
    return cut ? cut : values;
}

/* z or m, padded to the end; NULL where no coordinate has one. */
static const double *take_optional(double **array, size_t filled, size_t count) {
    bool any = false;
    for (size_t k = 0; k < filled && !any; k++) any = !isnan((*array)[k]);
    if (!any) return NULL;
    while (filled < count) (*array)[filled++] = NAN;
    return take_values(array, count);
}

static const uint8_t *take_types(uint8_t **array, size_t count) {
    uint8_t *types = *array, *cut = smap__realloc(types, count ? count : 1, 1);
    *array = NULL;
    return cut ? cut : types;
}

smap_status smap_geometry_builder_finish(smap_geometry_builder *b, const smap_geometry **out, smap_error *err) {
    smap_geometry_builder *fresh = NULL;
    const smap_geometry *column = NULL;
    smap_geometry empty = { .crs = b->crs };
    smap_status status = smap_geometry_builder_new(b->crs, &fresh, err);
    if (status == SMAP_OK) status = smap__geometry_adopt(&empty, NULL, &column, err);
    if (status != SMAP_OK) {
        smap_geometry_builder_free(fresh);
        return status;
    }
    smap_geometry *made = (smap_geometry *)(uintptr_t)column;
    made->count = (int64_t)b->features;
    made->part_count = (int64_t)b->parts;
    made->ring_count = (int64_t)b->rings;
    made->coord_count = (int64_t)b->coords;
    made->feature_part = take_offsets(&b->feature_part, b->features);
    made->part_ring = take_offsets(&b->part_ring, b->parts);
    made->ring_coord = take_offsets(&b->ring_coord, b->rings);
    if (memchr(b->type, SMAP_GEOM_COLLECTION, b->features)) made->part_type = take_types(&b->part_type, b->parts);
    made->type = take_types(&b->type, b->features);
    made->z = take_optional(&b->z, b->z_count, b->coords);
    made->m = take_optional(&b->m, b->m_count, b->coords);
    made->x = take_values(&b->x, b->coords);
    made->y = take_values(&b->y, b->coords);
    smap_geometry_builder used = *b;
    *b = *fresh;
    *fresh = used;
    smap_geometry_builder_free(fresh);
    *out = column;
    return SMAP_OK;
}
