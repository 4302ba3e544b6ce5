/* Transforms of coordinate arrays, and what follows from them: the metric CRS of an extent, boxes, convergence.
 * Axis order is put right here and nowhere else: proj_normalize_for_visualization on every transform. */
#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/parallel.h"
#include "base/str.h"
#include "geo/angle.h"
#include "geo/crs.h"
#include "geo/crs_pool.h"
#include "geo/geom_builder.h"
#include "geo/geom_column.h"

enum { CHUNK = 16384, BOX_SIDE = 21 };

/* A UTM zone is used one degree beyond its own three on either side: at 4 degrees lengths are off by less than 0.25 %
 * (scale 0.9996 / cos(4 deg) near the equator). */
static const double utm_reach_deg = 4, utm_south_deg = -80, utm_north_deg = 84;

/* ---- one transform ---- */

/* A transform between two CRS of that context, normalised; *ballpark tells that PROJ knows no proper one. */
static PJ *make_transform(const smap__proj *proj, const smap_crs *from, const smap_crs *to, bool *ballpark) {
    static const char *const strict[] = { "ALLOW_BALLPARK=NO", NULL };
    PJ *source = smap__proj_crs(proj, from), *target = smap__proj_crs(proj, to), *raw = NULL, *made = NULL;
    *ballpark = false;
    if (source && target) raw = proj_create_crs_to_crs_from_pj(proj->pj, source, target, NULL, strict);
    if (source && target && !raw) {
        *ballpark = true;
        raw = proj_create_crs_to_crs_from_pj(proj->pj, source, target, NULL, NULL);
    }
    if (raw) made = proj_normalize_for_visualization(proj->pj, raw);
    proj_destroy(raw);
    proj_destroy(target);
    proj_destroy(source);
    return made;
}

/* The transform from the context's cache, or a new one in the place of the oldest. */
static smap_status find_transform(smap_ctx *ctx, smap__proj *proj, const smap_crs *from, const smap_crs *to, bool say,
                                  PJ **out, smap_error *err) {
    for (int k = 0; k < SMAP__PROJ_CACHE; k++)
        if (proj->cache[k].transform && smap_crs_equal(proj->cache[k].from, from) &&
            smap_crs_equal(proj->cache[k].to, to)) {
            *out = proj->cache[k].transform;
            return SMAP_OK;
        }
    bool ballpark;
    PJ *made = make_transform(proj, from, to, &ballpark);
    if (!made)
        return smap__fail(err, SMAP_E_CRS, NULL, "there is no transformation from %s to %s", from->name, to->name);
    if (ballpark && say)
        smap__log(ctx, SMAP_LOG_WARNING,
                  "no datum transformation from %s to %s is known: positions may be off by up to some hundred metres",
                  from->name, to->name);
    int slot = proj->cache_next++ % SMAP__PROJ_CACHE;
    proj_destroy(proj->cache[slot].transform);
    smap_crs_free(proj->cache[slot].from);
    smap_crs_free(proj->cache[slot].to);
    proj->cache[slot].transform = made;
    proj->cache[slot].from = smap_crs_retain(from);
    proj->cache[slot].to = smap_crs_retain(to);
    *out = made;
    return SMAP_OK;
}

/* proj_trans may return numbers and yet set an error (a longitude far outside a zone): both are looked at. */
static int64_t transform_run(PJ *transform, double *x, double *y, int64_t n) {
    int64_t lost = 0;
    for (int64_t k = 0; k < n; k++) {
        bool good = isfinite(x[k]) && isfinite(y[k]);
        if (good) {
            PJ_COORD moved = proj_trans(transform, PJ_FWD, proj_coord(x[k], y[k], 0, HUGE_VAL));
            good = isfinite(moved.xy.x) && isfinite(moved.xy.y) && proj_errno(transform) == 0;
            x[k] = moved.xy.x;
            y[k] = moved.xy.y;
        }
        if (good) continue;
        proj_errno_reset(transform);
        x[k] = y[k] = NAN;
        lost++;
    }
    return lost;
}

typedef struct transform_job {
    smap_ctx *ctx;
    const smap_crs *from, *to;
    double *x, *y;
    int64_t n;
    int64_t *lost; /* one a chunk */
} transform_job;

static smap_status transform_chunk(int worker, int64_t chunk, void *user, smap_error *err) {
    (void)worker;
    transform_job *job = user;
    smap__proj *proj = NULL;
    PJ *transform = NULL;
    int64_t first = chunk * CHUNK, n = job->n - first < CHUNK ? job->n - first : CHUNK;
    smap_status status;
    SMAP_TRY(smap__proj_borrow(job->ctx, &proj, err), done);
    SMAP_TRY(find_transform(job->ctx, proj, job->from, job->to, chunk == 0, &transform, err), done);
    job->lost[chunk] = transform_run(transform, job->x + first, job->y + first, n);
done:
    smap__proj_return(job->ctx, proj);
    return status;
}

smap_status smap__crs_transform(smap_ctx *ctx, const smap_crs *from, const smap_crs *to, double *x, double *y,
                                int64_t n, int64_t *lost, smap_error *err) {
    if (!from || !to)
        return smap__fail(
            err, SMAP_E_CRS, NULL,
            "coordinates without a coordinate reference system cannot be transformed; name it with --crs");
    if (smap_crs_equal(from, to)) return SMAP_OK;
    int64_t chunks = n > 0 ? (n + CHUNK - 1) / CHUNK : 1; /* none: still tells when there is no transformation */
    transform_job job = { ctx, from, to, x, y, n, smap__zalloc((size_t)chunks, sizeof(int64_t)) };
    if (!job.lost) return smap__fail_memory(err);
    smap_status status = smap__parallel(ctx, chunks, transform_chunk, &job, err);
    for (int64_t k = 0; k < chunks && status == SMAP_OK && lost; k++) *lost += job.lost[k];
    smap__free(job.lost);
    return status;
}

/* ---- geometry columns ---- */

/* The column without the features that lost a coordinate: those become null. */
static smap_status drop_lost(const smap_geometry *g, const smap_geometry **out, int64_t *lost, smap_error *err) {
    smap_geometry_builder *builder = NULL;
    int64_t dropped = 0;
    smap_status status;
    SMAP_TRY(smap_geometry_builder_new(g->crs, &builder, err), done);
    for (int64_t i = 0; i < g->count; i++) {
        int64_t k, end;
        smap__geometry_span(g, i, &k, &end);
        while (k < end && !isnan(g->x[k])) k++;
        dropped += k < end;
        if (k < end)
            SMAP_TRY(smap_geometry_append_null(builder, err), done);
        else
            SMAP_TRY(smap__builder_append_feature(builder, g, i, err), done);
    }
    SMAP_TRY(smap_geometry_builder_finish(builder, out, err), done);
    if (lost) *lost += dropped;
done:
    smap_geometry_builder_free(builder);
    return status;
}

smap_status smap_geometry_transform(smap_ctx *ctx, const smap_geometry *geometry, const smap_crs *to,
                                    const smap_geometry **out, int64_t *lost, smap_error *err) {
    if (!geometry)
        return smap__fail(err, SMAP_E_ARGUMENT, NULL, "there is no geometry to move: the layer is a table without one");
    if (geometry->crs && smap_crs_equal(geometry->crs, to)) {
        *out = smap_geometry_retain(geometry);
        return SMAP_OK;
    }
    size_t n = (size_t)geometry->coord_count;
    double *x = smap__realloc(NULL, n, sizeof *x), *y = smap__realloc(NULL, n, sizeof *y);
    const smap_geometry *moved = NULL;
    smap_status status;
    int64_t lost_coords = 0;
    if (!x || !y) SMAP_TRY(smap__fail_memory(err), done);
    if (n) memcpy(x, geometry->x, n * sizeof *x);
    if (n) memcpy(y, geometry->y, n * sizeof *y);
    SMAP_TRY(smap__crs_transform(ctx, geometry->crs, to, x, y, (int64_t)n, &lost_coords, err), done);
    smap_geometry arrays = *geometry;
    arrays.x = x;
    arrays.y = y;
    arrays.crs = to;
    SMAP_TRY(smap__geometry_adopt(&arrays, geometry, &moved, err), done);
    x = y = NULL;
    if (lost_coords) {
        SMAP_TRY(drop_lost(moved, out, lost, err), done);
    } else {
        *out = moved;
        moved = NULL;
    }
done:
    smap_geometry_free(moved);
    smap__free(x);
    smap__free(y);
    return status;
}

/* ---- boxes and the metric CRS ---- */

smap_status smap__crs_transform_box(smap_ctx *ctx, const smap_crs *from, const smap_crs *to, smap_box box,
                                    smap_box *out, smap_error *err) {
    double x[4 * BOX_SIDE], y[4 * BOX_SIDE];
    if (smap__box_is_empty(box)) return smap__fail(err, SMAP_E_ARGUMENT, NULL, "an empty extent cannot be transformed");
    for (int k = 0; k < BOX_SIDE; k++) {
        double t = (double)k / (BOX_SIDE - 1);
        double along_x = box.xmin + (box.xmax - box.xmin) * t, along_y = box.ymin + (box.ymax - box.ymin) * t;
        x[k] = x[BOX_SIDE + k] = along_x;
        y[k] = box.ymin;
        y[BOX_SIDE + k] = box.ymax;
        x[2 * BOX_SIDE + k] = box.xmin;
        x[3 * BOX_SIDE + k] = box.xmax;
        y[2 * BOX_SIDE + k] = y[3 * BOX_SIDE + k] = along_y;
    }
    smap_status status = smap__crs_transform(ctx, from, to, x, y, (int64_t)4 * BOX_SIDE, NULL, err);
    if (status != SMAP_OK) return status;
    smap_box found = SMAP_BOX_EMPTY;
    for (int k = 0; k < 4 * BOX_SIDE; k++) {
        if (isnan(x[k])) continue;
        found = (smap_box){ fmin(found.xmin, x[k]), fmin(found.ymin, y[k]), fmax(found.xmax, x[k]),
                            fmax(found.ymax, y[k]) };
    }
    if (smap__box_is_empty(found))
        return smap__fail(err, SMAP_E_CRS, NULL,
                          "the extent %g, %g to %g, %g in %s lies wholly outside what %s can show; is the coordinate "
                          "reference system right?",
                          box.xmin, box.ymin, box.xmax, box.ymax, from->name, to->name);
    *out = found;
    return SMAP_OK;
}

static double hundredths(double value) {
    return round(value * 100) / 100;
}

/* EPSG:9820 on WGS 84; the name carries the centre, since no code does. */
static void put_equal_area(smap__str *out, double lon, double lat) {
    smap__str centre = SMAP__STR_INIT;
    smap__str_put_real(&centre, fabs(hundredths(lon)));
    smap__str_put(&centre, lon < 0 ? " W " : " E ");
    smap__str_put_real(&centre, fabs(hundredths(lat)));
    smap__str_put(&centre, lat < 0 ? " S" : " N");
    const char *on = centre.data ? centre.data : "";
    smap__str_printf(
        out,
        "PROJCRS[\"WGS 84 / Lambert azimuthal equal-area on %s\",BASEGEOGCRS[\"WGS 84\",DATUM[\"World "
        "Geodetic System 1984\",ELLIPSOID[\"WGS 84\",6378137,298.257223563]],ID[\"EPSG\",4326]],CONVERSION["
        "\"Lambert azimuthal equal-area on %s\",METHOD[\"Lambert Azimuthal Equal Area\",ID[\"EPSG\",9820]],"
        "PARAMETER[\"Latitude of natural origin\",",
        on, on);
    smap__str_put_real(out, hundredths(lat));
    smap__str_put(out, ",ANGLEUNIT[\"degree\",0.0174532925199433]],PARAMETER[\"Longitude of natural origin\",");
    smap__str_put_real(out, hundredths(lon));
    smap__str_put(out,
                  ",ANGLEUNIT[\"degree\",0.0174532925199433]],PARAMETER[\"False easting\",0,LENGTHUNIT[\"metre\",1]],"
                  "PARAMETER[\"False northing\",0,LENGTHUNIT[\"metre\",1]]],CS[Cartesian,2],AXIS[\"easting (X)\",east],"
                  "AXIS[\"northing (Y)\",north],LENGTHUNIT[\"metre\",1]]");
    out->failed = out->failed || centre.failed;
    smap__str_release(&centre);
}

smap_status smap__crs_metric(smap_ctx *ctx, smap_box extent, const smap_crs *crs, const smap_crs **out,
                             smap_error *err) {
    const smap_crs *wgs84 = NULL;
    smap__str definition = SMAP__STR_INIT;
    smap_box box;
    smap_status status;
    SMAP_TRY(smap__crs_wgs84(ctx, &wgs84, err), done);
    SMAP_TRY(smap__crs_transform_box(ctx, crs, wgs84, extent, &box, err), done);
    double lon = (box.xmin + box.xmax) / 2, lat = (box.ymin + box.ymax) / 2;
    double zone = fmin(fmax(floor((lon + 180) / 6) + 1, 1), 60), meridian = zone * 6 - 183;
    bool fits = box.xmin >= meridian - utm_reach_deg && box.xmax <= meridian + utm_reach_deg &&
                box.ymin >= utm_south_deg && box.ymax <= utm_north_deg;
    if (fits)
        smap__str_printf(&definition, "EPSG:%d", (lat < 0 ? 32700 : 32600) + (int)zone);
    else
        put_equal_area(&definition, lon, lat);
    status = definition.failed ? smap__fail_memory(err) : smap_crs_new(ctx, definition.data, out, err);
done:
    smap__str_release(&definition);
    smap_crs_free(wgs84);
    return status;
}

/* ---- factors ---- */

static smap_status find_factors(const smap__proj *proj, const smap_crs *crs, double x, double y, PJ_FACTORS *out,
                                smap_error *err) {
    PJ *projected = smap__proj_crs(proj, crs), *base = smap__proj_geographic(proj, crs);
    PJ *raw = projected && base ? proj_create_crs_to_crs_from_pj(proj->pj, projected, base, NULL, NULL) : NULL;
    PJ *inverse = raw ? proj_normalize_for_visualization(proj->pj, raw) : NULL;
    smap_status status = SMAP_OK;
    if (!inverse) {
        status = smap__fail(err, SMAP_E_CRS, NULL, "the scale of %s cannot be computed", crs->name);
    } else {
        bool lost = transform_run(inverse, &x, &y, 1) != 0;
        if (!lost) *out = proj_factors(projected, proj_coord(smap__radians(x), smap__radians(y), 0, 0));
        if (lost || proj_errno(projected) != 0 || !isfinite(out->meridional_scale))
            status = smap__fail(err, SMAP_E_CRS, NULL, "a point lies outside what %s can show", crs->name);
    }
    proj_destroy(inverse);
    proj_destroy(raw);
    proj_destroy(base);
    proj_destroy(projected);
    return status;
}

smap_status smap__crs_factors(smap_ctx *ctx, const smap_crs *crs, double x, double y, double *convergence_deg,
                              double *scale, smap_error *err) {
    if (crs->geographic) {
        *convergence_deg = 0;
        *scale = 1;
        return SMAP_OK;
    }
    smap__proj *proj = NULL;
    PJ_FACTORS factors = { 0 };
    smap_status status;
    SMAP_TRY(smap__proj_borrow(ctx, &proj, err), done);
    SMAP_TRY(find_factors(proj, crs, x, y, &factors, err), done);
    *convergence_deg = smap__degrees(factors.meridian_convergence);
    *scale = sqrt(fabs(factors.areal_scale));
done:
    smap__proj_return(ctx, proj);
    return status;
}

smap_status smap__crs_geographic(smap_ctx *ctx, const smap_crs *crs, const smap_crs **out, smap_error *err) {
    smap__proj *proj = NULL;
    PJ *base = NULL;
    smap_status status;
    if (crs->geographic) {
        *out = smap_crs_retain(crs);
        return SMAP_OK;
    }
    SMAP_TRY(smap__proj_borrow(ctx, &proj, err), done);
    base = smap__proj_geographic(proj, crs);
    const char *wkt = base ? proj_as_wkt(proj->pj, base, PJ_WKT2_2019, NULL) : NULL;
    if (!wkt) SMAP_TRY(smap__fail(err, SMAP_E_CRS, NULL, "%s has no geographic base", crs->name), done);
    SMAP_TRY(smap_crs_new(ctx, wkt, out, err), done);
done:
    proj_destroy(base);
    smap__proj_return(ctx, proj);
    return status;
}

void smap__crs_ellipsoid(const smap_crs *crs, double *semi_major_m, double *flattening) {
    *semi_major_m = crs->semi_major_m;
    *flattening = crs->flattening;
}
