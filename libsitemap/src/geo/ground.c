/* Measures by a lattice of metrics. A polygon's planar area times the scale at its centroid is right to the second
 * order of its size. Its sides are to be geodesics, which bend off the plane's lines by turn * length^3 / 12 of area
 * each: that is taken off, and features for which it is much, or which are large, go through geodesic.h. */
#include "geo/ground.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "base/parallel.h"
#include "geo/crs.h"
#include "geo/geom_builder.h"
#include "geo/geom_column.h"
#include "geo/metric.h"

enum { CHUNK = 4096, CRS_PROBES = 5 };

static const double scale_spread = 1e-3;  /* of the areal scale over the extent */
static const double scale_offset = 1e-2;  /* of the areal scale from 1: else distances of the plane are not metres */
static const double bend_limit = 2e-5;    /* of an area: what is taken off is known to its square */
static const double piece_limit_m = 3000; /* a line's longest piece, and a polygon's size: the metric changes on it */
static const double turn_limit = 1e-3;    /* curvature times length of a line's longest piece */

/* ---- the working CRS ---- */

static smap_status is_fit(smap_ctx *ctx, smap_box extent, const smap_crs *crs, bool *fit, smap_error *err) {
    double x[CRS_PROBES * CRS_PROBES], y[CRS_PROBES * CRS_PROBES];
    smap__metric metric[CRS_PROBES * CRS_PROBES];
    for (int k = 0; k < CRS_PROBES * CRS_PROBES; k++) {
        x[k] = extent.xmin + (extent.xmax - extent.xmin) * (k % CRS_PROBES) / (CRS_PROBES - 1);
        y[k] = extent.ymin + (extent.ymax - extent.ymin) * (k / CRS_PROBES) / (CRS_PROBES - 1);
    }
    smap_status status = smap__metric_at(ctx, crs, x, y, CRS_PROBES * CRS_PROBES, metric, err);
    if (status != SMAP_OK) return status;
    double least = HUGE_VAL, most = 0;
    *fit = true;
    for (int k = 0; k < CRS_PROBES * CRS_PROBES; k++) {
        double scale = smap__metric_area(metric[k]);
        if (!(fabs(scale - 1) < scale_offset)) *fit = false;
        least = fmin(least, scale);
        most = fmax(most, scale);
    }
    *fit = *fit && most - least < scale_spread * least;
    return SMAP_OK;
}

smap_status smap__ground_crs(smap_ctx *ctx, smap_box extent, const smap_crs *crs, const smap_crs **out,
                             smap_error *err) {
    if (!crs)
        return smap__fail(err, SMAP_E_CRS, NULL, "an overlay needs a coordinate reference system; name it with --crs");
    bool fit = smap__box_is_empty(extent);
    if (!fit && !smap_crs_is_geographic(crs)) {
        smap_status status = is_fit(ctx, extent, crs, &fit, err);
        if (status != SMAP_OK) return status;
    }
    if (!fit) return smap__crs_metric(ctx, extent, crs, out, err);
    *out = smap_crs_retain(crs);
    return SMAP_OK;
}

/* ---- measures ---- */

typedef struct measures_job {
    const smap_geometry *geometry;
    const smap__metric_lattice *lattice;
    double *area_m2, *length_m;
    uint8_t *large; /* features left to geodesic.h */
} measures_job;

typedef struct sums {
    double area;      /* planar, shells less holes */
    double x, y;      /* sums of area times centroid, from an origin */
    double cubes;     /* of the lengths of the sides */
    smap__bend sides; /* sums of dx3, dx2 dy, dx dy2, dy3 */
} sums;

/* One ring about the origin ox, oy: holes count against the shell whichever way they run. */
static void add_ring(const smap_geometry *g, int64_t ring, bool hole, double ox, double oy, sums *s) {
    int64_t end = smap_geom_coord(g, ring + 1);
    double area = 0, cx = 0, cy = 0;
    smap__bend turned = { 0 };
    for (int64_t k = smap_geom_coord(g, ring); k + 1 < end; k++) {
        double ax = g->x[k] - ox, ay = g->y[k] - oy, bx = g->x[k + 1] - ox, by = g->y[k + 1] - oy;
        double dx = bx - ax, dy = by - ay, cross = ax * by - bx * ay, length2 = dx * dx + dy * dy;
        area += cross;
        cx += cross * (ax + bx);
        cy += cross * (ay + by);
        s->cubes += sqrt(length2) * length2;
        turned.xxx += dx * dx * dx;
        turned.xxy += dx * dx * dy;
        turned.xyy += dx * dy * dy;
        turned.yyy += dy * dy * dy;
    }
    double sign = (area < 0) == hole ? 0.5 : -0.5;
    s->area += sign * area;
    s->x += sign * cx / 3;
    s->y += sign * cy / 3;
    s->sides.xxx += 2 * sign * turned.xxx;
    s->sides.xxy += 2 * sign * turned.xxy;
    s->sides.xyy += 2 * sign * turned.xyy;
    s->sides.yyy += 2 * sign * turned.yyy;
}

/* The area of a feature by the lattice; false: too large for that. */
static bool lattice_area(const measures_job *job, int64_t feature, double *out) {
    const smap_geometry *g = job->geometry;
    sums s = { 0 };
    smap_box box = SMAP_BOX_EMPTY;
    double ox = 0, oy = 0;
    for (int64_t part = smap_geom_part(g, feature); part < smap_geom_part(g, feature + 1); part++) {
        if (smap__geometry_part_type(g, feature, part) != SMAP_GEOM_POLYGON) continue;
        int64_t shell = smap_geom_ring(g, part);
        for (int64_t ring = shell; ring < smap_geom_ring(g, part + 1); ring++) {
            int64_t first = smap_geom_coord(g, ring), end = smap_geom_coord(g, ring + 1);
            if (first == end) continue;
            if (smap__box_is_empty(box)) ox = g->x[first], oy = g->y[first];
            box = smap__box_join(box, smap__geometry_span_box(g, first, end));
            add_ring(g, ring, ring > shell, ox, oy, &s);
        }
    }
    *out = 0;
    if (smap__box_is_empty(box)) return true;
    double mx = s.area > 0 ? ox + s.x / s.area : (box.xmin + box.xmax) / 2;
    double my = s.area > 0 ? oy + s.y / s.area : (box.ymin + box.ymax) / 2;
    smap__metric metric = smap__metric_lattice_at(job->lattice, mx, my);
    double unit = sqrt(fmax(metric.e, metric.g)); /* m in one unit of the CRS, at most */
    double bend = job->lattice->curvature * s.cubes * unit * unit * unit / 12;
    smap__bend turn = smap__metric_lattice_bend(job->lattice, mx, my);
    *out = s.area * smap__metric_area(metric) -
           (turn.xxx * s.sides.xxx + turn.xxy * s.sides.xxy + turn.xyy * s.sides.xyy + turn.yyy * s.sides.yyy) / 12;
    return bend <= bend_limit * *out && fmax(box.xmax - box.xmin, box.ymax - box.ymin) * unit <= piece_limit_m;
}

static bool lattice_length(const measures_job *job, int64_t feature, double *out) {
    const smap_geometry *g = job->geometry;
    double length = 0, longest = 0;
    for (int64_t part = smap_geom_part(g, feature); part < smap_geom_part(g, feature + 1); part++) {
        if (smap__geometry_part_type(g, feature, part) != SMAP_GEOM_LINESTRING) continue;
        for (int64_t ring = smap_geom_ring(g, part); ring < smap_geom_ring(g, part + 1); ring++)
            for (int64_t k = smap_geom_coord(g, ring) + 1; k < smap_geom_coord(g, ring + 1); k++) {
                double dx = g->x[k] - g->x[k - 1], dy = g->y[k] - g->y[k - 1];
                smap__metric m = smap__metric_lattice_at(job->lattice, g->x[k - 1] + dx / 2, g->y[k - 1] + dy / 2);
                double piece = sqrt(m.e * dx * dx + 2 * m.f * dx * dy + m.g * dy * dy);
                length += piece;
                longest = fmax(longest, piece);
            }
    }
    *out = length;
    return longest <= piece_limit_m && longest * job->lattice->curvature <= turn_limit;
}

static smap_status measure_chunk(int worker, int64_t chunk, void *user, smap_error *err) {
    (void)worker;
    (void)err;
    const measures_job *job = user;
    const smap_geometry *g = job->geometry;
    int64_t end = (chunk + 1) * CHUNK < g->count ? (chunk + 1) * CHUNK : g->count;
    for (int64_t i = chunk * CHUNK; i < end; i++) {
        double area = NAN, length = NAN;
        bool small = g->type[i] == SMAP_GEOM_NULL;
        if (!small && job->lattice->cells) {
            small = !job->area_m2 || lattice_area(job, i, &area);
            small = (!job->length_m || lattice_length(job, i, &length)) && small;
        }
        job->large[i] = !small;
        if (job->area_m2) job->area_m2[i] = area;
        if (job->length_m) job->length_m[i] = length;
    }
    return SMAP_OK;
}

/* The large features with their polygons alone, or their lines alone. */
static smap_status take_parts(const smap_geometry *g, const int64_t *rows, int64_t count, smap_geom_type type,
                              const smap_geometry **out, smap_error *err) {
    smap_geometry_builder *b = NULL;
    smap_status status;
    SMAP_TRY(smap_geometry_builder_new(g->crs, &b, err), done);
    for (int64_t k = 0; k < count; k++) {
        for (int64_t part = smap_geom_part(g, rows[k]); part < smap_geom_part(g, rows[k] + 1); part++) {
            if (smap__geometry_part_type(g, rows[k], part) != type) continue;
            int64_t first = smap_geom_ring(g, part), end = smap_geom_ring(g, part + 1);
            for (int64_t ring = first; ring < end; ring++) {
                int64_t at = smap_geom_coord(g, ring), stop = smap_geom_coord(g, ring + 1);
                SMAP_TRY(smap__builder_reserve(b, 0, 1, 1, (size_t)(stop - at), err), done);
                for (; at < stop; at++) smap__builder_put(b, g->x[at], g->y[at]);
                smap__builder_end_ring(b);
            }
            if (first < end) smap__builder_end_part(b, type);
        }
        SMAP_TRY(smap__builder_reserve(b, 1, 0, 0, 0, err), done);
        smap__builder_end_feature(b, (smap_geom_type)(type + 3));
    }
    SMAP_TRY(smap_geometry_builder_finish(b, out, err), done);
done:
    smap_geometry_builder_free(b);
    return status;
}

/* One measure of the large features by geodesic.h, into their places. */
static smap_status measure_large(smap_ctx *ctx, const measures_job *job, const int64_t *rows, int64_t count,
                                 smap_geom_type type, double *out, smap_error *err) {
    const smap_geometry *taken = NULL;
    double *values = smap__realloc(NULL, (size_t)count, sizeof *values);
    smap_status status = values ? SMAP_OK : smap__fail_memory(err);
    if (status == SMAP_OK) status = take_parts(job->geometry, rows, count, type, &taken, err);
    if (status == SMAP_OK)
        status =
            (type == SMAP_GEOM_POLYGON ? smap_geometry_areas_m2 : smap_geometry_lengths_m)(ctx, taken, values, err);
    for (int64_t k = 0; k < count && status == SMAP_OK; k++) out[rows[k]] = values[k];
    smap_geometry_free(taken);
    smap__free(values);
    return status;
}

static smap_status measure_all_large(smap_ctx *ctx, const measures_job *job, smap_error *err) {
    int64_t n = job->geometry->count, count = 0;
    int64_t *rows = smap__realloc(NULL, (size_t)n, sizeof *rows);
    smap_status status = rows ? SMAP_OK : smap__fail_memory(err);
    for (int64_t i = 0; i < n && rows; i++)
        if (job->large[i]) rows[count++] = i;
    if (status == SMAP_OK && count && job->area_m2)
        status = measure_large(ctx, job, rows, count, SMAP_GEOM_POLYGON, job->area_m2, err);
    if (status == SMAP_OK && count && job->length_m)
        status = measure_large(ctx, job, rows, count, SMAP_GEOM_LINESTRING, job->length_m, err);
    smap__free(rows);
    return status;
}

smap_status smap__ground_measures(smap_ctx *ctx, const smap_geometry *geometry, double *area_m2, double *length_m,
                                  smap_error *err) {
    if (!geometry || !geometry->crs)
        return smap__fail(err, SMAP_E_CRS, NULL,
                          "areas and lengths need a coordinate reference system; name it with --crs");
    smap__metric_lattice lattice = { .box = SMAP_BOX_EMPTY };
    measures_job job = { geometry, &lattice, area_m2, length_m, smap__zalloc((size_t)geometry->count, 1) };
    smap_status status;
    if (!job.large) return smap__fail_memory(err);
    if (geometry->coord_count)
        SMAP_TRY(smap__metric_lattice_init(ctx, geometry->crs, smap_geometry_extent(geometry), &lattice, err), done);
    SMAP_TRY(smap__parallel(ctx, (geometry->count + CHUNK - 1) / CHUNK, measure_chunk, &job, err), done);
    SMAP_TRY(measure_all_large(ctx, &job, err), done);
done:
    smap__metric_lattice_release(&lattice);
    smap__free(job.large);
    return status;
}
