/* Every pair of segments is looked at: for a building that is a handful, most of them settled by their boxes. A ring of
 * four corners that always turns the same way is convex, and so simple. */
#include "geo/simple_ring.h"

#include <math.h>

#include "geo/geom_column.h"
#include "geo/orient.h"

enum { SEGMENT_LIMIT = 16 };

/* Sums up what may be wrong with the coordinates: NaN and infinities, and a size that GEOS is not given. */
static bool are_sane(const double *x, const double *y, int64_t n) {
    const double limit = 1e18;
    for (int64_t k = 0; k < n; k++)
        if (!(fabs(x[k]) <= limit && fabs(y[k]) <= limit)) return false;
    return true;
}

static int turn(const double *x, const double *y, int64_t a, int64_t b, int64_t c) {
    double value = smap__orient(x[a], y[a], x[b], y[b], x[c], y[c]);
    return (value > 0) - (value < 0);
}

static bool boxes_apart(const double *x, const double *y, int64_t a, int64_t b) {
    return fmax(x[a], x[a + 1]) < fmin(x[b], x[b + 1]) || fmax(x[b], x[b + 1]) < fmin(x[a], x[a + 1]) ||
           fmax(y[a], y[a + 1]) < fmin(y[b], y[b + 1]) || fmax(y[b], y[b + 1]) < fmin(y[a], y[a + 1]);
}

/* Do segments a and b, neither of which follows the other, meet? */
static bool meet(const double *x, const double *y, int64_t a, int64_t b) {
    if (boxes_apart(x, y, a, b)) return false;
    return turn(x, y, a, a + 1, b) * turn(x, y, a, a + 1, b + 1) <= 0 &&
           turn(x, y, b, b + 1, a) * turn(x, y, b, b + 1, a + 1) <= 0;
}

/* Corners in line, and points that come twice, are left to GEOS: they may be spikes. */
static bool is_simple(const double *x, const double *y, int64_t segments) {
    int lefts = 0;
    for (int64_t k = 0; k < segments; k++) {
        int way = turn(x, y, k, k + 1, k + 2 <= segments ? k + 2 : 1);
        if (way == 0) return false;
        lefts += way > 0;
    }
    if (segments <= 4 && (lefts == 0 || lefts == segments)) return true;
    for (int64_t a = 0; a < segments; a++)
        for (int64_t b = a + 2; b < segments; b++)
            if (!(a == 0 && b == segments - 1) && meet(x, y, a, b)) return false;
    return true;
}

bool smap__is_simple_polygon(const smap_geometry *geometry, int64_t feature) {
    int type = geometry->type[feature];
    int64_t part = smap_geom_part(geometry, feature), ring = smap_geom_ring(geometry, part);
    if (type != SMAP_GEOM_POLYGON && type != SMAP_GEOM_MULTIPOLYGON) return false;
    if (smap_geom_part(geometry, feature + 1) != part + 1 || smap_geom_ring(geometry, part + 1) != ring + 1)
        return false;
    int64_t first = smap_geom_coord(geometry, ring), segments = smap_geom_coord(geometry, ring + 1) - first - 1;
    const double *x = geometry->x + first, *y = geometry->y + first;
    if (segments < 3 || segments > SEGMENT_LIMIT || x[0] != x[segments] || y[0] != y[segments]) return false;
    return are_sane(x, y, segments) && is_simple(x, y, segments);
}
