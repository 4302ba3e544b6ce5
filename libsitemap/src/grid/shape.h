/* A feature as what is measured: of a mixed one the parts that have the most dimensions. */
#ifndef SMAP_GRID_SHAPE_H
#define SMAP_GRID_SHAPE_H

#include "geo/geom_column.h"
#include "grid/lattice.h"

typedef enum smap__shape_kind {                   /* by dimensions */
                                SMAP__SHAPE_NONE, /* null or empty */
                                SMAP__SHAPE_POINTS,
                                SMAP__SHAPE_LINES,
                                SMAP__SHAPE_AREAS
} smap__shape_kind;

smap__shape_kind smap__shape_kind_of(const smap_geometry *geometry, int64_t feature);

/* Walk over the rings (lines, points) of a feature that are of its kind:
 *     smap__shape_walk walk = smap__shape_begin(g, feature, kind);
 *     while (smap__shape_next(&walk)) ... coordinates [walk.first, walk.end), walk.hole */
typedef struct smap__shape_walk {
    const smap_geometry *geometry;
    int64_t feature, part, part_end, ring, ring_end;
    smap__shape_kind kind;
    int64_t first, end;
    bool hole;
} smap__shape_walk;

smap__shape_walk smap__shape_begin(const smap_geometry *geometry, int64_t feature, smap__shape_kind kind);
bool smap__shape_next(smap__shape_walk *walk);

/* The sign that makes a ring of places (columns and rows, n of them, closed) cover its inside: +1 or -1; for holes the
 * other way round. */
double smap__shape_sign(const double *column, const double *row, int64_t n, bool hole);

/* Twice the signed area of the ring, in cells, about its first place. */
double smap__shape_twice_area(const double *column, const double *row, int64_t n);

#endif
