/* On the ellipsoid a step in longitude is N cos(latitude), one in latitude M long (radii of curvature in the prime
 * vertical and in the meridian). A projected CRS brings its own two derivatives, taken as central differences. */
#include "geo/metric.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "geo/angle.h"
#include "geo/crs.h"

enum { CELLS_FIRST = 4, CELLS_LIMIT = 128 };

static const double lattice_error = 1e-7;
static const double step = 50; /* of the differences, in units of the CRS: some 1e-5 of the earth's radius */

typedef struct ellipsoid {
    double a, e2;
} ellipsoid;

/* Squares of the metres that a degree of longitude and of latitude has. */
static void degree_squares(ellipsoid earth, double lat, double *lon2, double *lat2) {
    const double degree = smap__radians(1);
    double s = sin(lat * degree), c = cos(lat * degree), w2 = 1 - earth.e2 * s * s, n = earth.a / sqrt(w2);
    double m = n * (1 - earth.e2) / w2;
    *lon2 = n * c * degree * n * c * degree;
    *lat2 = m * degree * m * degree;
}

/* East, west, north and south of every point, as longitudes and latitudes. */
static smap_status neighbours(smap_ctx *ctx, const smap_crs *crs, const smap_crs *base, const double *x,
                              const double *y, int64_t n, double *lon, double *lat, smap_error *err) {
    for (int64_t k = 0; k < n; k++)
        for (int64_t side = 0; side < 4; side++) {
            lon[4 * k + side] = x[k] + (side == 0 ? step : side == 1 ? -step : 0);
            lat[4 * k + side] = y[k] + (side == 2 ? step : side == 3 ? -step : 0);
        }
    return smap__crs_transform(ctx, crs, base, lon, lat, 4 * n, NULL, err);
}

static smap__metric from_neighbours(ellipsoid earth, const double *lon, const double *lat) {
    double lon2, lat2;
    degree_squares(earth, (lat[0] + lat[1]) / 2, &lon2, &lat2);
    double lon_x = (lon[0] - lon[1]) / (2 * step), lat_x = (lat[0] - lat[1]) / (2 * step);
    double lon_y = (lon[2] - lon[3]) / (2 * step), lat_y = (lat[2] - lat[3]) / (2 * step);
    return (smap__metric){ lon2 * lon_x * lon_x + lat2 * lat_x * lat_x, lon2 * lon_x * lon_y + lat2 * lat_x * lat_y,
                           lon2 * lon_y * lon_y + lat2 * lat_y * lat_y };
}

smap_status smap__metric_at(smap_ctx *ctx, const smap_crs *crs, const double *x, const double *y, int64_t n,
                            smap__metric *out, smap_error *err) {
    const smap_crs *base = NULL;
    double *lon = NULL, *lat = NULL;
    double semi_major_m, flattening;
    smap_status status;
    SMAP_TRY(smap__crs_geographic(ctx, crs, &base, err), done);
    smap__crs_ellipsoid(base, &semi_major_m, &flattening);
    ellipsoid earth = { semi_major_m, flattening * (2 - flattening) };
    if (smap_crs_is_geographic(crs)) {
        for (int64_t k = 0; k < n; k++) {
            out[k].f = 0;
            degree_squares(earth, y[k], &out[k].e, &out[k].g);
        }
        goto done;
    }
    lon = smap__realloc(NULL, (size_t)n, 4 * sizeof *lon);
    lat = smap__realloc(NULL, (size_t)n, 4 * sizeof *lat);
    if (!lon || !lat) SMAP_TRY(smap__fail_memory(err), done);
    SMAP_TRY(neighbours(ctx, crs, base, x, y, n, lon, lat, err), done);
    for (int64_t k = 0; k < n; k++) out[k] = from_neighbours(earth, lon + 4 * k, lat + 4 * k);
done:
    smap__free(lon);
    smap__free(lat);
    smap_crs_free(base);
    return status;
}

/* ---- the lattice ---- */

static smap_status fill(smap_ctx *ctx, const smap_crs *crs, smap_box box, int cells, smap__metric **out,
                        smap_error *err) {
    size_t side = (size_t)cells + 1, n = side * side;
    double *x = smap__realloc(NULL, n, sizeof *x), *y = smap__realloc(NULL, n, sizeof *y);
    smap__metric *nodes = smap__realloc(NULL, n, sizeof *nodes);
    smap_status status = x && y && nodes ? SMAP_OK : smap__fail_memory(err);
    for (size_t k = 0; k < n && status == SMAP_OK; k++) {
        x[k] = box.xmin + (box.xmax - box.xmin) * (double)(k % side) / cells;
        y[k] = box.ymin + (box.ymax - box.ymin) * (double)(k / side) / cells;
    }
    if (status == SMAP_OK) status = smap__metric_at(ctx, crs, x, y, (int64_t)n, nodes, err);
    if (status == SMAP_OK)
        *out = nodes;
    else
        smap__free(nodes);
    smap__free(x);
    smap__free(y);
    return status;
}

static smap__metric mean(smap__metric a, smap__metric b) {
    return (smap__metric){ (a.e + b.e) / 2, (a.f + b.f) / 2, (a.g + b.g) / 2 };
}

/* The largest difference of two metrics against their size. */
static double difference(smap__metric a, smap__metric b) {
    double f = fabs(a.f - b.f) / sqrt(a.e * a.g), e = fabs(a.e - b.e) / a.e, g = fabs(a.g - b.g) / a.g;
    return isnan(e + f + g) ? HUGE_VAL : fmax(e, fmax(f, g));
}

/* How far off is every second node from what lies between its neighbours? That is four times the error between the
 * nodes as they are. */
static double error_of(const smap__metric *nodes, int cells) {
    int side = cells + 1;
    double worst = 0;
    for (int r = 0; r < side; r++)
        for (int c = 0; c < side; c++) {
            const smap__metric *m = &nodes[r * side + c];
            if (c % 2) worst = fmax(worst, difference(*m, mean(m[-1], m[1])));
            if (r % 2) worst = fmax(worst, difference(*m, mean(m[-side], m[side])));
        }
    return worst / 4;
}

/* Lengths scale by the root of e and g, so a geodesic curves by half their relative change per metre; twice that stands
 * for the worst direction. */
static double curvature_of(const smap__metric_lattice *l) {
    int side = l->cells + 1;
    double width = (l->box.xmax - l->box.xmin) / l->cells, height = (l->box.ymax - l->box.ymin) / l->cells;
    double worst = 0;
    for (int r = 0; r + 1 < side; r++)
        for (int c = 0; c + 1 < side; c++) {
            smap__metric m = l->nodes[r * side + c];
            worst = fmax(worst, difference(m, l->nodes[r * side + c + 1]) / (width * sqrt(m.e)));
            worst = fmax(worst, difference(m, l->nodes[(r + 1) * side + c]) / (height * sqrt(m.g)));
        }
    return worst;
}

/* A box of one point, or of no width, is given some. */
static smap_box widen(smap_box box) {
    double least = 1e-6 * fmax(1, fmax(fabs(box.xmax), fabs(box.ymax)));
    if (box.xmax - box.xmin < least) box.xmin -= least, box.xmax += least;
    if (box.ymax - box.ymin < least) box.ymin -= least, box.ymax += least;
    return box;
}

smap_status smap__metric_lattice_init(smap_ctx *ctx, const smap_crs *crs, smap_box box, smap__metric_lattice *out,
                                      smap_error *err) {
    smap__metric_lattice lattice = { .box = widen(box) };
    for (int cells = CELLS_FIRST; cells <= CELLS_LIMIT; cells *= 2) {
        smap__metric *nodes = NULL;
        smap_status status = fill(ctx, crs, lattice.box, cells, &nodes, err);
        if (status != SMAP_OK) return status;
        double error = error_of(nodes, cells);
        if (error <= lattice_error) {
            lattice.cells = cells;
            lattice.nodes = nodes;
            lattice.curvature = curvature_of(&lattice);
            break;
        }
        smap__free(nodes);
        if (error == HUGE_VAL) break;
    }
    *out = lattice;
    return SMAP_OK;
}

void smap__metric_lattice_release(smap__metric_lattice *lattice) {
    smap__free(lattice->nodes);
    *lattice = (smap__metric_lattice){ .box = SMAP_BOX_EMPTY };
}

/* A point in its cell: the nodes below and above, left ones first, and where between them. */
typedef struct place {
    const smap__metric *low, *high;
    double u, v;
} place;

static place find_place(const smap__metric_lattice *lattice, double x, double y) {
    const smap_box *box = &lattice->box;
    double u = (x - box->xmin) / (box->xmax - box->xmin) * lattice->cells;
    double v = (y - box->ymin) / (box->ymax - box->ymin) * lattice->cells;
    int last = lattice->cells - 1, c = u > 0 ? u < last ? (int)u : last : 0, r = v > 0 ? v < last ? (int)v : last : 0;
    const smap__metric *low = &lattice->nodes[r * (lattice->cells + 1) + c];
    return (place){ low, low + lattice->cells + 1, u - c, v - r };
}

static smap__metric between(smap__metric a, smap__metric b, double t) {
    return (smap__metric){ a.e + (b.e - a.e) * t, a.f + (b.f - a.f) * t, a.g + (b.g - a.g) * t };
}

/* The change from one metric to the next, per unit. */
static smap__metric slope(smap__metric a, smap__metric b, double distance) {
    return (smap__metric){ (b.e - a.e) / distance, (b.f - a.f) / distance, (b.g - a.g) / distance };
}

smap__metric smap__metric_lattice_at(const smap__metric_lattice *lattice, double x, double y) {
    place p = find_place(lattice, x, y);
    return between(between(p.low[0], p.low[1], p.u), between(p.high[0], p.high[1], p.u), p.v);
}

/* The Christoffel symbols of the metric (see any book on surfaces); the turn is root(det) (dx a_y - dy a_x) / length^3
 * with a the acceleration that they give a point that moves along (dx, dy). */
smap__bend smap__metric_lattice_bend(const smap__metric_lattice *lattice, double x, double y) {
    place p = find_place(lattice, x, y);
    const smap_box *box = &lattice->box;
    smap__metric left = between(p.low[0], p.high[0], p.v), right = between(p.low[1], p.high[1], p.v);
    smap__metric low = between(p.low[0], p.low[1], p.u), high = between(p.high[0], p.high[1], p.u);
    smap__metric m = between(low, high, p.v), dx = slope(left, right, (box->xmax - box->xmin) / lattice->cells);
    smap__metric dy = slope(low, high, (box->ymax - box->ymin) / lattice->cells);
    double det = m.e * m.g - m.f * m.f, scale = 1 / (2 * sqrt(det)); /* root(det) / (2 det) */
    double x_xx = m.g * dx.e - 2 * m.f * dx.f + m.f * dy.e, x_xy = m.g * dy.e - m.f * dx.g;
    double x_yy = 2 * m.g * dy.f - m.g * dx.g - m.f * dy.g, y_xx = 2 * m.e * dx.f - m.e * dy.e - m.f * dx.e;
    double y_xy = m.e * dx.g - m.f * dy.e, y_yy = m.e * dy.g - 2 * m.f * dy.f + m.f * dx.g;
    return (smap__bend){ scale * y_xx, scale * (2 * y_xy - x_xx), scale * (y_yy - 2 * x_xy), -scale * x_yy };
}
