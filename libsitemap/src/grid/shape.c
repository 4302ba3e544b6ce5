#include "grid/shape.h"

smap__shape_kind smap__shape_kind_of(const smap_geometry *geometry, int64_t feature) {
    return (smap__shape_kind)(smap__geometry_dimensions(geometry, feature) + 1);
}

smap__shape_walk smap__shape_begin(const smap_geometry *geometry, int64_t feature, smap__shape_kind kind) {
    return (smap__shape_walk){ .geometry = geometry,
                               .feature = feature,
                               .part = smap_geom_part(geometry, feature) - 1,
                               .part_end = smap_geom_part(geometry, feature + 1),
                               .ring = 0,
                               .ring_end = 0,
                               .kind = kind };
}

bool smap__shape_next(smap__shape_walk *walk) {
    const smap_geometry *g = walk->geometry;
    walk->hole = true;
    while (walk->ring == walk->ring_end) {
        if (++walk->part >= walk->part_end) return false;
        if ((smap__shape_kind)smap__geometry_part_type(g, walk->feature, walk->part) != walk->kind) continue;
        walk->ring = smap_geom_ring(g, walk->part);
        walk->ring_end = smap_geom_ring(g, walk->part + 1);
        walk->hole = false;
    }
    walk->first = smap_geom_coord(g, walk->ring);
    walk->end = smap_geom_coord(g, ++walk->ring);
    return true;
}

double smap__shape_twice_area(const double *column, const double *row, int64_t n) {
    double sum = 0;
    for (int64_t k = 1; k + 1 < n; k++)
        sum += (column[k] - column[0]) * (row[k + 1] - row[0]) - (column[k + 1] - column[0]) * (row[k] - row[0]);
    return sum;
}

/* Rows run down: a ring with a negative area here goes down on its left side, where coverage begins. */
double smap__shape_sign(const double *column, const double *row, int64_t n, bool hole) {
    return (smap__shape_twice_area(column, row, n) < 0) != hole ? 1 : -1;
}
