/* Geodesic areas and lengths (C. F. F. Karney, Algorithms for geodesics, J. Geodesy 87, 2013; geodesic.h of PROJ). A
 * projected column is taken back to its own geographic CRS first; edges are geodesics between vertices. */
#include <geodesic.h>
#include <math.h>

#include "base/fail.h"
#include "base/parallel.h"
#include "geo/crs.h"
#include "geo/geom_column.h"

enum { CHUNK = 1024 };

/* Area of one closed ring, whichever way it runs. */
static double ring_area_m2(const struct geod_geodesic *earth, const smap_geometry *g, int64_t first, int64_t end) {
    struct geod_polygon polygon;
    double area = 0;
    geod_polygon_init(&polygon, 0);
    for (int64_t k = first; k + 1 < end; k++) geod_polygon_addpoint(earth, &polygon, g->y[k], g->x[k]);
    geod_polygon_compute(earth, &polygon, 0, 1, &area, NULL);
    return fabs(area);
}

/* The shells less their holes. */
static double feature_area_m2(const struct geod_geodesic *earth, const smap_geometry *g, int64_t feature) {
    double area = 0;
    for (int64_t part = smap_geom_part(g, feature); part < smap_geom_part(g, feature + 1); part++) {
        if (smap__geometry_part_type(g, feature, part) != SMAP_GEOM_POLYGON) continue;
        int64_t shell = smap_geom_ring(g, part);
        for (int64_t ring = shell; ring < smap_geom_ring(g, part + 1); ring++) {
            double one = ring_area_m2(earth, g, smap_geom_coord(g, ring), smap_geom_coord(g, ring + 1));
            area += ring == shell ? one : -one;
        }
    }
    return area;
}

static double feature_length_m(const struct geod_geodesic *earth, const smap_geometry *g, int64_t feature) {
    double length = 0;
    for (int64_t part = smap_geom_part(g, feature); part < smap_geom_part(g, feature + 1); part++)
        for (int64_t ring = smap_geom_ring(g, part); ring < smap_geom_ring(g, part + 1); ring++)
            for (int64_t k = smap_geom_coord(g, ring) + 1; k < smap_geom_coord(g, ring + 1); k++) {
                double piece;
                geod_inverse(earth, g->y[k - 1], g->x[k - 1], g->y[k], g->x[k], &piece, NULL, NULL);
                length += piece;
            }
    return length;
}

typedef struct measure_job {
    struct geod_geodesic earth;
    const smap_geometry *geometry;
    double (*measure)(const struct geod_geodesic *, const smap_geometry *, int64_t);
    double *out;
} measure_job;

static smap_status measure_chunk(int worker, int64_t chunk, void *user, smap_error *err) {
    (void)worker;
    (void)err;
    const measure_job *job = user;
    const smap_geometry *g = job->geometry;
    int64_t end = (chunk + 1) * CHUNK < g->count ? (chunk + 1) * CHUNK : g->count;
    for (int64_t i = chunk * CHUNK; i < end; i++)
        job->out[i] = g->type[i] == SMAP_GEOM_NULL ? NAN : job->measure(&job->earth, g, i);
    return SMAP_OK;
}

static smap_status measure(smap_ctx *ctx, const smap_geometry *geometry,
                           double (*one)(const struct geod_geodesic *, const smap_geometry *, int64_t), double *out,
                           smap_error *err) {
    const smap_crs *base = NULL;
    const smap_geometry *degrees = NULL;
    smap_status status;
    if (!geometry)
        return smap__fail(err, SMAP_E_ARGUMENT, NULL,
                          "there is no geometry to measure: the layer is a table without one");
    if (!geometry->crs)
        return smap__fail(err, SMAP_E_CRS, NULL,
                          "areas and lengths need a coordinate reference system; name it with --crs");
    SMAP_TRY(smap__crs_geographic(ctx, geometry->crs, &base, err), done);
    SMAP_TRY(smap_geometry_transform(ctx, geometry, base, &degrees, NULL, err), done);
    measure_job job = { .geometry = degrees, .measure = one, .out = out };
    double semi_major_m, flattening;
    smap__crs_ellipsoid(base, &semi_major_m, &flattening);
    geod_init(&job.earth, semi_major_m, flattening);
    SMAP_TRY(smap__parallel(ctx, (geometry->count + CHUNK - 1) / CHUNK, measure_chunk, &job, err), done);
done:
    smap_geometry_free(degrees);
    smap_crs_free(base);
    return status;
}

smap_status smap_geometry_areas_m2(smap_ctx *ctx, const smap_geometry *geometry, double *out, smap_error *err) {
    return measure(ctx, geometry, feature_area_m2, out, err);
}

smap_status smap_geometry_lengths_m(smap_ctx *ctx, const smap_geometry *geometry, double *out, smap_error *err) {
    return measure(ctx, geometry, feature_length_m, out, err);
}
