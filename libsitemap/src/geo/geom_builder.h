/* Inside of the geometry builder, for readers that know rings and parts: coordinates first, then the ends of the ring,
 * the part and the feature, in that order. Reserve first; what follows never fails and never looks at capacity.
 *
 *     smap__builder_mark mark = smap__builder_mark_now(b);
 *     SMAP_TRY(smap__builder_reserve(b, 1, 1, 1, n, err), fail);
 *     for (...) smap__builder_put(b, x, y);
 *     smap__builder_end_ring(b);
 *     smap__builder_end_part(b, SMAP_GEOM_LINESTRING);
 *     smap__builder_end_feature(b, SMAP_GEOM_LINESTRING);
 *
 * Offsets are always written here; those that only count 0, 1, 2, ... are dropped when the column is finished. z and m
 * exist from the first value on, NaN for the coordinates without one. */
#ifndef SMAP_GEO_GEOM_BUILDER_H
#define SMAP_GEO_GEOM_BUILDER_H

#include <math.h>

#include "sitemap/geometry.h"

struct smap_geometry_builder {
    const smap_crs *crs;
    uint8_t *type, *part_type;
    uint32_t *feature_part, *part_ring, *ring_coord; /* entry 0 is 0, entry k + 1 the end of item k */
    double *x, *y, *z, *m;                           /* z, m: NULL until the first value */
    size_t features, parts, rings, coords;           /* so far */
    size_t z_count, m_count;                         /* coordinates that z and m are filled for */
    size_t feature_capacity, part_capacity, ring_capacity, coord_capacity;
};

typedef struct smap__builder_mark {
    size_t features, parts, rings, coords, z_count, m_count;
} smap__builder_mark;

smap__builder_mark smap__builder_mark_now(const smap_geometry_builder *builder);
/* Forget what was appended since the mark. */
void smap__builder_rollback(smap_geometry_builder *builder, smap__builder_mark mark);

/* Room for so many more. SMAP_E_LIMIT beyond 2^32 - 2 of anything. */
smap_status smap__builder_grow(smap_geometry_builder *builder, size_t features, size_t parts, size_t rings,
                               size_t coords, smap_error *err);
/* Make the array of z (m) exist: once before smap__builder_put_z (put_m). */
smap_status smap__builder_need_z(smap_geometry_builder *builder, smap_error *err);
smap_status smap__builder_need_m(smap_geometry_builder *builder, smap_error *err);

/* Everything of `from` behind what is there (chunks made side by side, joined in order). */
smap_status smap__builder_append(smap_geometry_builder *builder, const smap_geometry_builder *from, smap_error *err);
/* One feature of a finished column. */
smap_status smap__builder_append_feature(smap_geometry_builder *builder, const smap_geometry *geometry, int64_t feature,
                                         smap_error *err);

static inline smap_status smap__builder_reserve(smap_geometry_builder *b, size_t features, size_t parts, size_t rings,
                                                size_t coords, smap_error *err) {
    if (b->feature_capacity - b->features >= features && b->part_capacity - b->parts >= parts &&
        b->ring_capacity - b->rings >= rings && b->coord_capacity - b->coords >= coords)
        return SMAP_OK;
    return smap__builder_grow(b, features, parts, rings, coords, err);
}

/* z and m of a coordinate, before its x and y are put. */
static inline void smap__builder_put_z(smap_geometry_builder *b, double z) {
    while (b->z_count < b->coords) b->z[b->z_count++] = NAN;
    b->z[b->z_count++] = z;
}

static inline void smap__builder_put_m(smap_geometry_builder *b, double m) {
    while (b->m_count < b->coords) b->m[b->m_count++] = NAN;
    b->m[b->m_count++] = m;
}

static inline void smap__builder_put(smap_geometry_builder *b, double x, double y) {
    b->x[b->coords] = x;
    b->y[b->coords] = y;
    b->coords++;
}

static inline void smap__builder_end_ring(smap_geometry_builder *b) {
    b->ring_coord[++b->rings] = (uint32_t)b->coords;
}

static inline void smap__builder_end_part(smap_geometry_builder *b, smap_geom_type type) {
    b->part_type[b->parts] = (uint8_t)type;
    b->part_ring[++b->parts] = (uint32_t)b->rings;
}

static inline void smap__builder_end_feature(smap_geometry_builder *b, smap_geom_type type) {
    b->type[b->features] = (uint8_t)type;
    b->feature_part[++b->features] = (uint32_t)b->parts;
}

#endif
