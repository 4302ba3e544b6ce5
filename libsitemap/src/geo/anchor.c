/* One point that stands for a feature: of the kind of part with the most dimensions, the largest one. In a polygon it
 * is the middle of the widest stretch along a horizontal line half way up, a line that meets no vertex. */
#include <math.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/compare.h"
#include "base/fail.h"
#include "geo/geom_column.h"

enum { FEW = 64 };

static double part_length(const smap_geometry *g, int64_t part) {
    double length = 0;
    int64_t first = smap_geom_coord(g, smap_geom_ring(g, part)), end = smap_geom_coord(g, smap_geom_ring(g, part + 1));
    for (int64_t k = first + 1; k < end; k++) length += hypot(g->x[k] - g->x[k - 1], g->y[k] - g->y[k - 1]);
    return length;
}

/* The part to stand on, -1 if there is none: points before nothing, lines before points, polygons before lines. */
static int64_t choose_part(const smap_geometry *g, int64_t feature) {
    int64_t chosen = -1;
    smap_geom_type best_type = SMAP_GEOM_NULL;
    double best = 0;
    for (int64_t part = smap_geom_part(g, feature); part < smap_geom_part(g, feature + 1); part++) {
        smap_geom_type type = smap__geometry_part_type(g, feature, part);
        if (type < best_type) continue;
        double size = type == SMAP_GEOM_POLYGON      ? smap__geometry_part_area(g, part)
                      : type == SMAP_GEOM_LINESTRING ? part_length(g, part)
                                                     : 0;
        if (type == best_type && !(size > best)) continue;
        chosen = part;
        best_type = type;
        best = size;
    }
    return chosen;
}

static void middle_of_line(const smap_geometry *g, int64_t part, double *x, double *y) {
    int64_t first = smap_geom_coord(g, smap_geom_ring(g, part)), end = smap_geom_coord(g, smap_geom_ring(g, part + 1));
    double left = part_length(g, part) / 2;
    *x = g->x[first];
    *y = g->y[first];
    for (int64_t k = first + 1; k < end; k++) {
        double piece = hypot(g->x[k] - g->x[k - 1], g->y[k] - g->y[k - 1]);
        if (piece > 0 && piece >= left) {
            *x = g->x[k - 1] + (g->x[k] - g->x[k - 1]) * (left / piece);
            *y = g->y[k - 1] + (g->y[k] - g->y[k - 1]) * (left / piece);
            return;
        }
        left -= piece;
    }
}

/* A height between the two vertices nearest to half way up: no vertex lies on it. */
static double scan_height(const smap_geometry *g, int64_t first, int64_t end) {
    double low = HUGE_VAL, high = -HUGE_VAL;
    for (int64_t k = first; k < end; k++) {
        low = fmin(low, g->y[k]);
        high = fmax(high, g->y[k]);
    }
    double middle = low / 2 + high / 2, below = low, above = high;
    for (int64_t k = first; k < end; k++) {
        if (g->y[k] <= middle) below = fmax(below, g->y[k]);
        if (g->y[k] > middle) above = fmin(above, g->y[k]);
    }
    return below / 2 + above / 2;
}

/* Where the rings of a part cross a height; returns how many, the first `room` of them in `crossings`. */
static size_t cross_rings(const smap_geometry *g, int64_t part, double height, double *crossings, size_t room) {
    size_t count = 0;
    for (int64_t ring = smap_geom_ring(g, part); ring < smap_geom_ring(g, part + 1); ring++)
        for (int64_t k = smap_geom_coord(g, ring); k + 1 < smap_geom_coord(g, ring + 1); k++) {
            double y0 = g->y[k], y1 = g->y[k + 1];
            if ((y0 > height) == (y1 > height)) continue;
            if (count < room) crossings[count] = g->x[k] + (g->x[k + 1] - g->x[k]) * ((height - y0) / (y1 - y0));
            count++;
        }
    return count;
}

static smap_status inside_polygon(const smap_geometry *g, int64_t part, double *x, double *y, smap_error *err) {
    double few[FEW], *crossings = few;
    int64_t first = smap_geom_coord(g, smap_geom_ring(g, part)), end = smap_geom_coord(g, smap_geom_ring(g, part + 1));
    double height = scan_height(g, first, end), widest = -1;
    size_t count = cross_rings(g, part, height, crossings, FEW);
    if (count > FEW) {
        crossings = smap__realloc(NULL, count, sizeof *crossings);
        if (!crossings) return smap__fail_memory(err);
        cross_rings(g, part, height, crossings, count);
    }
    qsort(crossings, count, sizeof *crossings, smap__compare_reals);
    *x = g->x[first]; /* a polygon without height has no inside */
    *y = g->y[first];
    for (size_t k = 0; k + 1 < count; k += 2) {
        if (crossings[k + 1] - crossings[k] <= widest) continue;
        widest = crossings[k + 1] - crossings[k];
        *x = crossings[k] / 2 + crossings[k + 1] / 2;
        *y = height;
    }
    if (crossings != few) smap__free(crossings);
    return SMAP_OK;
}

smap_status smap__geometry_anchor(const smap_geometry *g, int64_t feature, double *x, double *y, smap_error *err) {
    int64_t part = choose_part(g, feature);
    if (part < 0) {
        *x = *y = NAN;
        return SMAP_OK;
    }
    int64_t first = smap_geom_coord(g, smap_geom_ring(g, part));
    switch (smap__geometry_part_type(g, feature, part)) {
    case SMAP_GEOM_POLYGON:
        return inside_polygon(g, part, x, y, err);
    case SMAP_GEOM_LINESTRING:
        middle_of_line(g, part, x, y);
        return SMAP_OK;
    default:
        *x = g->x[first];
        *y = g->y[first];
        return SMAP_OK;
    }
}
