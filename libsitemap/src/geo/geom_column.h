/* Making finished geometry columns out of arrays. */
#ifndef SMAP_GEO_GEOM_COLUMN_H
#define SMAP_GEO_GEOM_COLUMN_H

#include "sitemap/geometry.h"

/* A column of the arrays named in `arrays` (its count fields and crs included). Arrays that are also those of `shared`
 * (may be NULL) stay with it, and it is kept alive; all others become the column's own, to be freed with smap__free.
 * On failure nothing has changed hands. */
smap_status smap__geometry_adopt(const smap_geometry *arrays, const smap_geometry *shared, const smap_geometry **out,
                                 smap_error *err);

/* Coordinates of a feature, ring boundaries ignored: [first, end). */
static inline void smap__geometry_span(const smap_geometry *g, int64_t feature, int64_t *first, int64_t *end) {
    *first = smap_geom_coord(g, smap_geom_ring(g, smap_geom_part(g, feature)));
    *end = smap_geom_coord(g, smap_geom_ring(g, smap_geom_part(g, feature + 1)));
}

/* What a part is by itself: SMAP_GEOM_POINT, LINESTRING or POLYGON. */
static inline smap_geom_type smap__geometry_part_type(const smap_geometry *g, int64_t feature, int64_t part) {
    int type = g->type[feature];
    if (type == SMAP_GEOM_COLLECTION) return (smap_geom_type)g->part_type[part];
    return (smap_geom_type)(type > SMAP_GEOM_POLYGON ? type - 3 : type);
}

static inline bool smap__box_is_empty(smap_box box) {
    return !(box.xmin <= box.xmax && box.ymin <= box.ymax);
}

/* Borders count; an empty box touches none. */
static inline bool smap__box_touches(smap_box a, smap_box b) {
    return a.xmin <= b.xmax && b.xmin <= a.xmax && a.ymin <= b.ymax && b.ymin <= a.ymax;
}

/* The box around both; NaN is never taken over. */
static inline smap_box smap__box_join(smap_box a, smap_box b) {
    if (b.xmin < a.xmin) a.xmin = b.xmin;
    if (b.ymin < a.ymin) a.ymin = b.ymin;
    if (b.xmax > a.xmax) a.xmax = b.xmax;
    if (b.ymax > a.ymax) a.ymax = b.ymax;
    return a;
}

/* The box of coordinates [first, end). */
smap_box smap__geometry_span_box(const smap_geometry *g, int64_t first, int64_t end);

/* The planar area of a ring, whichever way it runs; counted from its first point, which costs no digits far from the
 * origin. */
double smap__geometry_ring_area(const smap_geometry *g, int64_t ring);
/* The planar area of a polygon: its shell less its holes; and of all polygons of a feature, 0 where it has none. */
double smap__geometry_part_area(const smap_geometry *g, int64_t part);
double smap__geometry_area(const smap_geometry *g, int64_t feature);

/* The dimensions of a feature are those of its largest part: 2 (polygons), 1 (lines), 0 (points); -1: null or empty. */
int smap__geometry_dimensions(const smap_geometry *g, int64_t feature);

/* A point that stands for the feature, on it: the point itself, the middle of the longest line, a point inside the
 * largest polygon; of a mixed feature, of what has the most dimensions. NaN, NaN for null and empty features. */
smap_status smap__geometry_anchor(const smap_geometry *geometry, int64_t feature, double *x, double *y,
                                  smap_error *err);

#endif
