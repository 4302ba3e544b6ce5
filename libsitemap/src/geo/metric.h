/* How long and how large is it on the ground? The metric of the ellipsoid in the plane of a CRS. */
#ifndef SMAP_GEO_METRIC_H
#define SMAP_GEO_METRIC_H

#include "sitemap/geometry.h"

/* ds2 = e dx2 + 2 f dx dy + g dy2: m2 on the ellipsoid per square of the CRS's unit. */
typedef struct smap__metric {
    double e, f, g;
} smap__metric;

/* The metric at `n` points; NaN outside the domain of the CRS. */
smap_status smap__metric_at(smap_ctx *ctx, const smap_crs *crs, const double *x, const double *y, int64_t n,
                            smap__metric *out, smap_error *err);

static inline double smap__metric_area(smap__metric m) {
    return sqrt(fmax(m.e * m.g - m.f * m.f, 0));
}

/* A lattice of metrics over a box, dense enough that what lies between is off by less than 1e-7. */
typedef struct smap__metric_lattice {
    smap_box box;
    int cells; /* a side; 0: a lattice would have to be too dense, or reaches beyond the domain */
    smap__metric *nodes;
    double curvature; /* of geodesics against straight lines of the plane, at most, per metre */
} smap__metric_lattice;

smap_status smap__metric_lattice_init(smap_ctx *ctx, const smap_crs *crs, smap_box box, smap__metric_lattice *out,
                                      smap_error *err);
void smap__metric_lattice_release(smap__metric_lattice *lattice);
/* Anywhere in its box; it must have cells. */
smap__metric smap__metric_lattice_at(const smap__metric_lattice *lattice, double x, double y);

/* A straight line of the plane turns against the geodesics: at that point the turn times the third power of the length
 * of a piece (dx, dy) is xxx dx3 + xxy dx2 dy + xyy dx dy2 + yyy dy3, in m2; left is positive. */
typedef struct smap__bend {
    double xxx, xxy, xyy, yyy;
} smap__bend;
smap__bend smap__metric_lattice_bend(const smap__metric_lattice *lattice, double x, double y);

#endif
