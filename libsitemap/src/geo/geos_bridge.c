/* The door to GEOS: the gate, the way in from columns and the way out into a builder, and the few operations asked of
 * it. GEOS is called through one handle a thread; what it complains about is dropped. */
#include "geo/geos_bridge.h"

#include <geos_c.h>
#include <math.h>
#include <stdio.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "geo/crossings.h"
#include "geo/geom_builder.h"
#include "geo/geom_column.h"

/* No coordinate on earth is larger in any unit; GEOS overflows somewhere above 1e150. */
static const double coordinate_limit = 1e18;

/* Structure-based repair took 1.05 s for a random ring with some 29,000 self-crossings and 34.6 s for one with some
 * 460,000 (GEOS 3.11): this many stay under a second. */
static const int64_t crossing_budget = 25000;

/* GEOS looks at every pair of segments whose boxes meet, some 30 million a second: a star of 1,000,000 long spikes,
 * which has 46 thousand million, would take it half an hour. Few coordinates cannot have so many pairs. */
static const double pair_budget = 2e8;
static const int64_t many_coordinates = 20000;

struct smap__geos {
    GEOSContextHandle_t handle;
    bool no_memory; /* of our own, while a feature was taken */
};

static void drop_message(const char *message, void *user) {
    (void)message;
    (void)user;
}

smap_status smap__geos_new(smap__geos **out, smap_error *err) {
    smap__geos *geos = smap__zalloc(1, sizeof *geos);
    if (!geos) return smap__fail_memory(err);
    geos->handle = GEOS_init_r();
    if (!geos->handle) {
        smap__free(geos);
        return smap__fail_memory(err);
    }
    GEOSContext_setErrorMessageHandler_r(geos->handle, drop_message, geos);
    GEOSContext_setNoticeMessageHandler_r(geos->handle, drop_message, geos);
    *out = geos;
    return SMAP_OK;
}

void smap__geos_free(smap__geos *geos) {
    if (!geos) return;
    GEOS_finish_r(geos->handle);
    smap__free(geos);
}

static smap_status fail_geos(int64_t feature, const char *what, smap_error *err) {
    return smap__fail_row(err, SMAP_E_INTERNAL, NULL, feature + 1,
                          "GEOS could not %s feature %lld; correct its shape in QGIS, or leave it out", what,
                          (long long)feature + 1);
}

/* ---- the gate ---- */

static bool is_safe(double value) {
    return isfinite(value) && fabs(value) <= coordinate_limit;
}

static bool hold(smap__validity *held, const char *reason, double x, double y) {
    held->valid = false;
    snprintf(held->reason, sizeof held->reason, "%s", reason);
    held->x = x;
    held->y = y;
    return false;
}

static bool is_closed(const smap_geometry *g, int64_t ring) {
    int64_t first = smap_geom_coord(g, ring), last = smap_geom_coord(g, ring + 1) - 1;
    return last < first || (g->x[first] == g->x[last] && g->y[first] == g->y[last]);
}

/* What no repair can mend: coordinates out of bounds, a ring that is not closed. */
static bool are_safe(const smap_geometry *g, int64_t feature, smap__validity *held) {
    int64_t k, end;
    smap__geometry_span(g, feature, &k, &end);
    for (; k < end; k++)
        if (!is_safe(g->x[k]) || !is_safe(g->y[k])) return hold(held, "Invalid Coordinate", g->x[k], g->y[k]);
    for (int64_t part = smap_geom_part(g, feature); part < smap_geom_part(g, feature + 1); part++) {
        if (smap__geometry_part_type(g, feature, part) != SMAP_GEOM_POLYGON) continue;
        for (int64_t ring = smap_geom_ring(g, part); ring < smap_geom_ring(g, part + 1); ring++)
            if (!is_closed(g, ring))
                return hold(held, "Ring is not closed", g->x[smap_geom_coord(g, ring)], g->y[smap_geom_coord(g, ring)]);
    }
    return true;
}

/* Is a ring (line) too short for GEOS to make one of it? */
static bool is_too_short(smap_geom_type type, int64_t coords) {
    return type == SMAP_GEOM_POLYGON ? coords < 4 : type == SMAP_GEOM_LINESTRING ? coords < 2 : coords != 1;
}

/* All that, and no parts that are empty or too short. */
static bool passes_gate(const smap_geometry *g, int64_t feature, smap__validity *held) {
    if (!are_safe(g, feature, held)) return false;
    for (int64_t part = smap_geom_part(g, feature); part < smap_geom_part(g, feature + 1); part++) {
        smap_geom_type type = smap__geometry_part_type(g, feature, part);
        int64_t ring = smap_geom_ring(g, part), ring_end = smap_geom_ring(g, part + 1);
        if (ring == ring_end) return hold(held, "Empty part", NAN, NAN);
        for (; ring < ring_end; ring++) {
            int64_t first = smap_geom_coord(g, ring), end = smap_geom_coord(g, ring + 1);
            if (first == end) return hold(held, "Empty part", NAN, NAN);
            if (is_too_short(type, end - first))
                return hold(held, "Too few points in geometry component", g->x[first], g->y[first]);
        }
    }
    return true;
}

static smap_status refuse_held(int64_t feature, const smap__validity *held, smap_error *err) {
    return smap__fail_row(err, SMAP_E_FORMAT, NULL, feature + 1,
                          "feature %lld cannot be used: %s at %.15g %.15g; repair or remove it in the source",
                          (long long)feature + 1, held->reason, held->x, held->y);
}

/* ---- in ---- */

typedef struct batch {
    smap__geos *geos;
    GEOSGeometry **items;
    size_t count, capacity;
} batch;

static void batch_release(batch *b) {
    for (size_t k = 0; k < b->count; k++) GEOSGeom_destroy_r(b->geos->handle, b->items[k]);
    smap__free(b->items);
    b->items = NULL;
    b->count = b->capacity = 0;
}

/* Takes the item over, also when it fails. */
static bool batch_put(batch *b, GEOSGeometry *item) {
    if (!item) return false;
    if (!smap__grow(&b->items, &b->capacity, b->count + 1, sizeof *b->items)) {
        b->geos->no_memory = true;
        GEOSGeom_destroy_r(b->geos->handle, item);
        return false;
    }
    b->items[b->count++] = item;
    return true;
}

static GEOSCoordSequence *run_in(smap__geos *geos, const smap_geometry *g, int64_t ring) {
    int64_t first = smap_geom_coord(g, ring), end = smap_geom_coord(g, ring + 1);
    return GEOSCoordSeq_copyFromArrays_r(geos->handle, g->x + first, g->y + first, g->z ? g->z + first : NULL, NULL,
                                         (unsigned)(end - first));
}

/* A polygon of its rings; those too short are left out, and nothing is left (NULL, *skip) without a shell. */
static GEOSGeometry *polygon_in(smap__geos *geos, const smap_geometry *g, int64_t part, bool *skip) {
    int64_t shell = smap_geom_ring(g, part), ring_end = smap_geom_ring(g, part + 1);
    batch rings = { .geos = geos };
    GEOSGeometry *made = NULL;
    bool good = true;
    for (int64_t ring = shell; ring < ring_end && good && !*skip; ring++) {
        bool too_short = is_too_short(SMAP_GEOM_POLYGON, smap_geom_coord(g, ring + 1) - smap_geom_coord(g, ring));
        *skip = too_short && ring == shell;
        if (too_short) continue;
        GEOSCoordSequence *run = run_in(geos, g, ring);
        good = run && batch_put(&rings, GEOSGeom_createLinearRing_r(geos->handle, run));
    }
    if (good && rings.count) {
        made = GEOSGeom_createPolygon_r(geos->handle, rings.items[0], rings.items + 1, (unsigned)(rings.count - 1));
        rings.count = 0; /* the polygon owns them, or they are gone */
    }
    batch_release(&rings);
    return made;
}

static GEOSGeometry *part_in(smap__geos *geos, const smap_geometry *g, int64_t feature, int64_t part, bool *skip) {
    smap_geom_type type = smap__geometry_part_type(g, feature, part);
    int64_t ring = smap_geom_ring(g, part);
    *skip = ring == smap_geom_ring(g, part + 1);
    if (*skip) return NULL;
    if (type == SMAP_GEOM_POLYGON) return polygon_in(geos, g, part, skip);
    *skip = is_too_short(type, smap_geom_coord(g, ring + 1) - smap_geom_coord(g, ring));
    GEOSCoordSequence *run = *skip ? NULL : run_in(geos, g, ring);
    if (!run) return NULL;
    return type == SMAP_GEOM_POINT ? GEOSGeom_createPoint_r(geos->handle, run)
                                   : GEOSGeom_createLineString_r(geos->handle, run);
}

static const int collection_types[] = { [SMAP_GEOM_POINT] = GEOS_MULTIPOINT,
                                        [SMAP_GEOM_LINESTRING] = GEOS_MULTILINESTRING,
                                        [SMAP_GEOM_POLYGON] = GEOS_MULTIPOLYGON,
                                        [SMAP_GEOM_MULTIPOINT] = GEOS_MULTIPOINT,
                                        [SMAP_GEOM_MULTILINESTRING] = GEOS_MULTILINESTRING,
                                        [SMAP_GEOM_MULTIPOLYGON] = GEOS_MULTIPOLYGON,
                                        [SMAP_GEOM_COLLECTION] = GEOS_GEOMETRYCOLLECTION };

/* The feature for GEOS; parts that are too short are left out (the gate has turned them away where that matters). */
static smap_status feature_in(smap__geos *geos, const smap_geometry *g, int64_t feature, GEOSGeometry **out,
                              smap_error *err) {
    batch parts = { .geos = geos };
    GEOSGeometry *made = NULL;
    smap_status status = SMAP_OK;
    geos->no_memory = false;
    for (int64_t part = smap_geom_part(g, feature); part < smap_geom_part(g, feature + 1); part++) {
        bool skip = false;
        GEOSGeometry *item = part_in(geos, g, feature, part, &skip);
        if (skip) continue;
        if (!batch_put(&parts, item))
            SMAP_TRY(geos->no_memory ? smap__fail_memory(err) : fail_geos(feature, "take", err), done);
    }
    int type = g->type[feature];
    if (parts.count == 1 && type <= SMAP_GEOM_POLYGON)
        made = parts.items[0];
    else
        made = GEOSGeom_createCollection_r(geos->handle, collection_types[type], parts.items, (unsigned)parts.count);
    parts.count = 0;
    if (!made) SMAP_TRY(fail_geos(feature, "take", err), done);
    *out = made;
done:
    batch_release(&parts);
    return status;
}

/* ---- out ---- */

static smap_status run_out(smap__geos *geos, const GEOSGeometry *item, smap_geometry_builder *b, smap_error *err) {
    const GEOSCoordSequence *run = GEOSGeom_getCoordSeq_r(geos->handle, item);
    unsigned n = 0, dimensions = 2;
    if (!run || !GEOSCoordSeq_getSize_r(geos->handle, run, &n) ||
        !GEOSCoordSeq_getDimensions_r(geos->handle, run, &dimensions))
        return smap__fail(err, SMAP_E_INTERNAL, NULL, "GEOS gave a geometry without coordinates; please report this");
    smap_status status = smap__builder_reserve(b, 0, 0, 1, n, err);
    for (unsigned k = 0; k < n && status == SMAP_OK; k++) {
        double x = NAN, y = NAN, z = NAN;
        GEOSCoordSeq_getXY_r(geos->handle, run, k, &x, &y);
        if (dimensions > 2) GEOSCoordSeq_getZ_r(geos->handle, run, k, &z);
        if (!isnan(z)) {
            status = smap__builder_need_z(b, err);
            if (status == SMAP_OK) smap__builder_put_z(b, z);
        }
        smap__builder_put(b, x, y);
    }
    if (status == SMAP_OK) smap__builder_end_ring(b);
    return status;
}

static smap_status polygon_out(smap__geos *geos, const GEOSGeometry *item, smap_geometry_builder *b, smap_error *err) {
    int holes = GEOSGetNumInteriorRings_r(geos->handle, item);
    smap_status status = run_out(geos, GEOSGetExteriorRing_r(geos->handle, item), b, err);
    for (int k = 0; k < holes && status == SMAP_OK; k++)
        status = run_out(geos, GEOSGetInteriorRingN_r(geos->handle, item, k), b, err);
    return status;
}

/* The parts of a geometry, nested ones one after the other; empty ones leave nothing. */
static smap_status parts_out(smap__geos *geos, const GEOSGeometry *item, smap_geometry_builder *b, smap_error *err) {
    if (GEOSisEmpty_r(geos->handle, item) != 0) return SMAP_OK;
    int type = GEOSGeomTypeId_r(geos->handle, item);
    smap_status status = SMAP_OK;
    if (type > GEOS_POLYGON) {
        int count = GEOSGetNumGeometries_r(geos->handle, item);
        for (int k = 0; k < count && status == SMAP_OK; k++)
            status = parts_out(geos, GEOSGetGeometryN_r(geos->handle, item, k), b, err);
        return status;
    }
    status = smap__builder_reserve(b, 0, 1, 0, 0, err);
    if (status != SMAP_OK) return status;
    if (type == GEOS_POLYGON)
        status = polygon_out(geos, item, b, err);
    else
        status = run_out(geos, item, b, err);
    if (status == SMAP_OK)
        smap__builder_end_part(b, type == GEOS_POLYGON ? SMAP_GEOM_POLYGON
                                  : type == GEOS_POINT ? SMAP_GEOM_POINT
                                                       : SMAP_GEOM_LINESTRING);
    return status;
}

/* GEOS numbers its types from 0 and has a linear ring between. */
static smap_geom_type type_out(int type) {
    switch (type) {
    case GEOS_POINT:
        return SMAP_GEOM_POINT;
    case GEOS_LINESTRING:
    case GEOS_LINEARRING:
        return SMAP_GEOM_LINESTRING;
    case GEOS_POLYGON:
        return SMAP_GEOM_POLYGON;
    case GEOS_MULTIPOINT:
        return SMAP_GEOM_MULTIPOINT;
    case GEOS_MULTILINESTRING:
        return SMAP_GEOM_MULTILINESTRING;
    case GEOS_MULTIPOLYGON:
        return SMAP_GEOM_MULTIPOLYGON;
    default:
        return SMAP_GEOM_COLLECTION;
    }
}

static smap_status feature_out(smap__geos *geos, const GEOSGeometry *item, smap_geometry_builder *b, smap_error *err) {
    smap__builder_mark mark = smap__builder_mark_now(b);
    smap_status status;
    SMAP_TRY(smap__builder_reserve(b, 1, 0, 0, 0, err), failed);
    SMAP_TRY(parts_out(geos, item, b, err), failed);
    smap__builder_end_feature(b, type_out(GEOSGeomTypeId_r(geos->handle, item)));
    return SMAP_OK;
failed:
    smap__builder_rollback(b, mark);
    return status;
}

/* ---- operations ---- */

static bool is_nothing(const smap_geometry *g, int64_t feature) {
    return g->type[feature] == SMAP_GEOM_NULL || smap_geom_part(g, feature) == smap_geom_part(g, feature + 1);
}

static smap_status check_validity(smap__geos *geos, const GEOSGeometry *item, int64_t feature, smap__validity *out,
                                  smap_error *err) {
    char *reason = NULL;
    GEOSGeometry *place = NULL;
    char valid = GEOSisValidDetail_r(geos->handle, item, 0, &reason, &place);
    smap_status status = SMAP_OK;
    if (valid == 2) {
        status = fail_geos(feature, "check", err);
    } else {
        *out = (smap__validity){ .valid = valid == 1, .x = NAN, .y = NAN };
        if (reason) snprintf(out->reason, sizeof out->reason, "%s", reason);
        if (place) {
            GEOSGeomGetX_r(geos->handle, place, &out->x);
            GEOSGeomGetY_r(geos->handle, place, &out->y);
        }
    }
    GEOSFree_r(geos->handle, reason);
    if (place) GEOSGeom_destroy_r(geos->handle, place);
    return status;
}

/* Few enough long segments beside each other for GEOS to come to an end? */
static smap_status check_pairs(const smap_geometry *geometry, int64_t feature, smap__validity *held, smap_error *err) {
    int64_t first, end;
    double pairs;
    smap__geometry_span(geometry, feature, &first, &end);
    if (end - first <= many_coordinates) return SMAP_OK;
    smap_status status = smap__near_pairs(geometry, feature, &pairs, err);
    if (status == SMAP_OK && pairs > pair_budget)
        hold(held, "Too many long edges beside each other to be checked", NAN, NAN);
    return status;
}

smap_status smap__geos_validity(smap__geos *geos, const smap_geometry *geometry, int64_t feature, smap__validity *out,
                                smap_error *err) {
    smap__validity found = { .valid = true, .x = NAN, .y = NAN };
    GEOSGeometry *item = NULL;
    smap_status status = SMAP_OK;
    if (!is_nothing(geometry, feature) && passes_gate(geometry, feature, &found))
        SMAP_TRY(check_pairs(geometry, feature, &found, err), done);
    if (!is_nothing(geometry, feature) && found.valid) {
        SMAP_TRY(feature_in(geos, geometry, feature, &item, err), done);
        SMAP_TRY(check_validity(geos, item, feature, &found, err), done);
    }
    *out = found;
done:
    if (item) GEOSGeom_destroy_r(geos->handle, item);
    return status;
}

static GEOSGeometry *repair(smap__geos *geos, const GEOSGeometry *item) {
    GEOSMakeValidParams *params = GEOSMakeValidParams_create_r(geos->handle);
    GEOSGeometry *made = NULL;
    if (params && GEOSMakeValidParams_setMethod_r(geos->handle, params, GEOS_MAKE_VALID_STRUCTURE) &&
        GEOSMakeValidParams_setKeepCollapsed_r(geos->handle, params, 0))
        made = GEOSMakeValidWithParams_r(geos->handle, item, params);
    if (params) GEOSMakeValidParams_destroy_r(geos->handle, params);
    return made;
}

/* Within the budget? Counted before GEOS is called: once it repairs, nothing stops it. */
static smap_status check_crossings(const smap_geometry *geometry, int64_t feature, smap_error *err) {
    int64_t crossings;
    smap_status status = smap__crossings(geometry, feature, crossing_budget, &crossings, err);
    if (status != SMAP_OK || crossings <= crossing_budget) return status;
    return smap__fail_row(
        err, SMAP_E_LIMIT, NULL, feature + 1,
        "feature %lld is too tangled to be repaired in reasonable time (at most %lld crossings of its "
        "own lines are allowed); simplify or remove it in the source",
        (long long)feature + 1, (long long)crossing_budget);
}

smap_status smap__geos_make_valid(smap__geos *geos, const smap_geometry *geometry, int64_t feature,
                                  smap_geometry_builder *builder, smap_error *err) {
    smap__validity found = { .valid = true };
    GEOSGeometry *item = NULL, *made = NULL;
    smap_status status;
    if (is_nothing(geometry, feature)) return smap__builder_append_feature(builder, geometry, feature, err);
    if (!are_safe(geometry, feature, &found)) return refuse_held(feature, &found, err);
    SMAP_TRY(smap__geos_validity(geos, geometry, feature, &found, err), done);
    if (found.valid) {
        SMAP_TRY(smap__builder_append_feature(builder, geometry, feature, err), done);
        goto done;
    }
    SMAP_TRY(check_crossings(geometry, feature, err), done);
    SMAP_TRY(feature_in(geos, geometry, feature, &item, err), done);
    made = repair(geos, item);
    if (!made) SMAP_TRY(fail_geos(feature, "repair", err), done);
    SMAP_TRY(feature_out(geos, made, builder, err), done);
done:
    if (made) GEOSGeom_destroy_r(geos->handle, made);
    if (item) GEOSGeom_destroy_r(geos->handle, item);
    return status;
}

smap_status smap__geos_point_on_surface(smap__geos *geos, const smap_geometry *geometry, int64_t feature, double *x,
                                        double *y, smap_error *err) {
    smap__validity held;
    GEOSGeometry *item = NULL, *point = NULL;
    double px = NAN, py = NAN;
    smap_status status;
    if (is_nothing(geometry, feature))
        return smap__fail_row(err, SMAP_E_ARGUMENT, NULL, feature + 1, "feature %lld has no geometry to put a point on",
                              (long long)feature + 1);
    if (!passes_gate(geometry, feature, &held)) return refuse_held(feature, &held, err);
    SMAP_TRY(feature_in(geos, geometry, feature, &item, err), done);
    point = GEOSPointOnSurface_r(geos->handle, item);
    if (!point || GEOSisEmpty_r(geos->handle, point) != 0 || GEOSGeomGetX_r(geos->handle, point, &px) != 1 ||
        GEOSGeomGetY_r(geos->handle, point, &py) != 1)
        SMAP_TRY(fail_geos(feature, "find a point on", err), done);
    *x = px;
    *y = py;
done:
    if (point) GEOSGeom_destroy_r(geos->handle, point);
    if (item) GEOSGeom_destroy_r(geos->handle, item);
    return status;
}

/* A feature that may be overlaid: through the gate, and valid. */
static smap_status valid_in(smap__geos *geos, const smap_geometry *g, int64_t feature, GEOSGeometry **out,
                            smap_error *err) {
    smap__validity found;
    GEOSGeometry *item = NULL;
    smap_status status;
    if (!passes_gate(g, feature, &found)) return refuse_held(feature, &found, err);
    SMAP_TRY(feature_in(geos, g, feature, &item, err), done);
    SMAP_TRY(check_validity(geos, item, feature, &found, err), done);
    if (!found.valid) SMAP_TRY(refuse_held(feature, &found, err), done);
    *out = item;
    item = NULL;
done:
    if (item) GEOSGeom_destroy_r(geos->handle, item);
    return status;
}

smap_status smap__geos_intersection_area(smap__geos *geos, const smap_geometry *a, int64_t feature_a,
                                         const smap_geometry *b, int64_t feature_b, double *out, smap_error *err) {
    GEOSGeometry *left = NULL, *right = NULL, *common = NULL;
    double area = 0;
    smap_status status = SMAP_OK;
    if (is_nothing(a, feature_a) || is_nothing(b, feature_b)) {
        *out = 0;
        return SMAP_OK;
    }
    SMAP_TRY(valid_in(geos, a, feature_a, &left, err), done);
    SMAP_TRY(valid_in(geos, b, feature_b, &right, err), done);
    common = GEOSIntersection_r(geos->handle, left, right);
    if (!common || GEOSArea_r(geos->handle, common, &area) != 1) SMAP_TRY(fail_geos(feature_a, "intersect", err), done);
    *out = area;
done:
    if (common) GEOSGeom_destroy_r(geos->handle, common);
    if (right) GEOSGeom_destroy_r(geos->handle, right);
    if (left) GEOSGeom_destroy_r(geos->handle, left);
    return status;
}

/* ---- areas ---- */

/* A feature through the gate. */
static smap_status gated_in(smap__geos *geos, const smap_geometry *g, int64_t feature, GEOSGeometry **out,
                            smap_error *err) {
    smap__validity held;
    if (!passes_gate(g, feature, &held)) return refuse_held(feature, &held, err);
    return feature_in(geos, g, feature, out, err);
}

/* Features, those without anything left out, behind what is in the batch; rows NULL: the first `count`. */
static smap_status put_features(smap__geos *geos, const smap_geometry *g, const int64_t *rows, size_t count,
                                batch *items, smap_error *err) {
    for (size_t k = 0; k < count; k++) {
        int64_t feature = rows ? rows[k] : (int64_t)k;
        GEOSGeometry *item = NULL;
        if (is_nothing(g, feature)) continue;
        smap_status status = gated_in(geos, g, feature, &item, err);
        if (status != SMAP_OK) return status;
        if (!batch_put(items, item)) return smap__fail_memory(err);
    }
    return SMAP_OK;
}

/* All of a batch as one; the batch is empty then, whatever comes of it. */
static GEOSGeometry *collect(smap__geos *geos, int type, batch *items) {
    GEOSGeometry *made = GEOSGeom_createCollection_r(geos->handle, type, items->items, (unsigned)items->count);
    items->count = 0;
    return made;
}

/* Each polygon as a feature; lines and points that an overlay leaves are none. */
static smap_status areas_out(smap__geos *geos, const GEOSGeometry *item, smap_geometry_builder *b, smap_error *err) {
    if (GEOSisEmpty_r(geos->handle, item) != 0) return SMAP_OK;
    int type = GEOSGeomTypeId_r(geos->handle, item);
    if (type > GEOS_POLYGON) {
        smap_status status = SMAP_OK;
        int count = GEOSGetNumGeometries_r(geos->handle, item);
        for (int k = 0; k < count && status == SMAP_OK; k++)
            status = areas_out(geos, GEOSGetGeometryN_r(geos->handle, item, k), b, err);
        return status;
    }
    if (type != GEOS_POLYGON) return SMAP_OK;
    smap_status status = smap__builder_reserve(b, 1, 1, 0, 0, err);
    if (status == SMAP_OK) status = polygon_out(geos, item, b, err);
    if (status != SMAP_OK) return status;
    smap__builder_end_part(b, SMAP_GEOM_POLYGON);
    smap__builder_end_feature(b, SMAP_GEOM_POLYGON);
    return SMAP_OK;
}

smap_status smap__geos_unite(smap__geos *geos, const smap_geometry *const *polygons, size_t count,
                             smap_geometry_builder *builder, smap_error *err) {
    batch items = { .geos = geos };
    GEOSGeometry *all = NULL, *made = NULL;
    smap__builder_mark mark = smap__builder_mark_now(builder);
    smap_status status = SMAP_OK;
    for (size_t k = 0; k < count; k++)
        SMAP_TRY(put_features(geos, polygons[k], NULL, (size_t)polygons[k]->count, &items, err), done);
    if (items.count == 0) goto done;
    all = collect(geos, GEOS_GEOMETRYCOLLECTION, &items);
    made = all ? GEOSUnaryUnion_r(geos->handle, all) : NULL;
    if (!made)
        SMAP_TRY(smap__fail(err, SMAP_E_INTERNAL, NULL, "GEOS could not unite polygons; please report this"), done);
    SMAP_TRY(areas_out(geos, made, builder, err), done);
done:
    if (status != SMAP_OK) smap__builder_rollback(builder, mark);
    if (made) GEOSGeom_destroy_r(geos->handle, made);
    if (all) GEOSGeom_destroy_r(geos->handle, all);
    batch_release(&items);
    return status;
}

static GEOSGeometry *flat_buffer(smap__geos *geos, const GEOSGeometry *item, double distance) {
    GEOSBufferParams *params = GEOSBufferParams_create_r(geos->handle);
    GEOSGeometry *made = NULL;
    if (params && GEOSBufferParams_setEndCapStyle_r(geos->handle, params, GEOSBUF_CAP_FLAT))
        made = GEOSBufferWithParams_r(geos->handle, item, params, distance);
    if (params) GEOSBufferParams_destroy_r(geos->handle, params);
    return made;
}

smap_status smap__geos_buffer(smap__geos *geos, const smap_geometry *geometry, int64_t feature, double distance,
                              smap_geometry_builder *builder, smap_error *err) {
    GEOSGeometry *item = NULL, *made = NULL;
    smap__builder_mark mark = smap__builder_mark_now(builder);
    smap_status status = SMAP_OK;
    if (!is_safe(distance)) /* GEOS crashes on NaN */
        return smap__fail(err, SMAP_E_ARGUMENT, NULL, "%g is no distance to go round a feature", distance);
    if (is_nothing(geometry, feature)) return SMAP_OK;
    SMAP_TRY(gated_in(geos, geometry, feature, &item, err), done);
    made = flat_buffer(geos, item, distance);
    if (!made) SMAP_TRY(fail_geos(feature, "go round", err), done);
    SMAP_TRY(areas_out(geos, made, builder, err), done);
done:
    if (status != SMAP_OK) smap__builder_rollback(builder, mark);
    if (made) GEOSGeom_destroy_r(geos->handle, made);
    if (item) GEOSGeom_destroy_r(geos->handle, item);
    return status;
}

smap_status smap__geos_subtract(smap__geos *geos, const smap_geometry *from, int64_t feature, const smap_geometry *what,
                                const int64_t *rows, size_t count, smap_geometry_builder *builder, smap_error *err) {
    batch items = { .geos = geos };
    GEOSGeometry *item = NULL, *less = NULL, *made = NULL;
    smap__builder_mark mark = smap__builder_mark_now(builder);
    smap_status status = SMAP_OK;
    if (is_nothing(from, feature)) return SMAP_OK;
    SMAP_TRY(gated_in(geos, from, feature, &item, err), done);
    SMAP_TRY(put_features(geos, what, rows, count, &items, err), done);
    less = collect(geos, GEOS_MULTIPOLYGON, &items);
    made = less ? GEOSDifference_r(geos->handle, item, less) : NULL;
    if (!made) SMAP_TRY(fail_geos(feature, "cut barriers from", err), done);
    SMAP_TRY(areas_out(geos, made, builder, err), done);
done:
    if (status != SMAP_OK) smap__builder_rollback(builder, mark);
    if (made) GEOSGeom_destroy_r(geos->handle, made);
    if (less) GEOSGeom_destroy_r(geos->handle, less);
    if (item) GEOSGeom_destroy_r(geos->handle, item);
    batch_release(&items);
    return status;
}

smap_status smap__geos_meets(smap__geos *geos, const smap_geometry *polygons, int64_t feature,
                             const smap_geometry *others, const int64_t *rows, size_t count, bool *out,
                             smap_error *err) {
    GEOSGeometry *item = NULL, *other = NULL;
    const GEOSPreparedGeometry *ready = NULL;
    char meets = 0;
    smap_status status = SMAP_OK;
    if (is_nothing(polygons, feature)) count = 0;
    if (count > 0) {
        SMAP_TRY(gated_in(geos, polygons, feature, &item, err), done);
        ready = GEOSPrepare_r(geos->handle, item);
        if (!ready) SMAP_TRY(fail_geos(feature, "look at", err), done);
    }
    for (size_t k = 0; k < count && meets != 1; k++) {
        if (is_nothing(others, rows[k])) continue;
        SMAP_TRY(gated_in(geos, others, rows[k], &other, err), done);
        meets = GEOSPreparedIntersects_r(geos->handle, ready, other);
        GEOSGeom_destroy_r(geos->handle, other);
        other = NULL;
        if (meets == 2) SMAP_TRY(fail_geos(rows[k], "look at", err), done);
    }
    *out = meets == 1;
done:
    if (ready) GEOSPreparedGeom_destroy_r(geos->handle, ready);
    if (item) GEOSGeom_destroy_r(geos->handle, item);
    return status;
}

/* The polygons of a result as one feature. */
static smap_status polygons_out(smap__geos *geos, const GEOSGeometry *item, smap_geometry_builder *b, smap_error *err) {
    smap__builder_mark mark = smap__builder_mark_now(b);
    int count = GEOSGetNumGeometries_r(geos->handle, item);
    smap_status status;
    SMAP_TRY(smap__builder_reserve(b, 1, 0, 0, 0, err), failed);
    for (int i = 0; i < count; i++) {
        const GEOSGeometry *part = GEOSGetGeometryN_r(geos->handle, item, i);
        if (GEOSGeomTypeId_r(geos->handle, part) != GEOS_POLYGON || GEOSisEmpty_r(geos->handle, part) != 0) continue;
        SMAP_TRY(parts_out(geos, part, b, err), failed);
    }
    smap__builder_end_feature(b, b->parts - mark.parts == 1 ? SMAP_GEOM_POLYGON : SMAP_GEOM_MULTIPOLYGON);
    return SMAP_OK;
failed:
    smap__builder_rollback(b, mark);
    return status;
}

static smap_status append_empty(smap_geometry_builder *b, smap_error *err) {
    smap_status status = smap__builder_reserve(b, 1, 0, 0, 0, err);
    if (status == SMAP_OK) smap__builder_end_feature(b, SMAP_GEOM_MULTIPOLYGON);
    return status;
}

smap_status smap__geos_overlay(smap__geos *geos, smap__geos_overlay_op op, const smap_geometry *a, int64_t feature_a,
                               const smap_geometry *b, int64_t feature_b, smap_geometry_builder *builder,
                               smap_error *err) {
    GEOSGeometry *left = NULL, *right = NULL, *made = NULL;
    smap_status status = SMAP_OK;
    if (is_nothing(a, feature_a) || (is_nothing(b, feature_b) && op == SMAP__GEOS_COMMON))
        return append_empty(builder, err);
    if (is_nothing(b, feature_b)) return smap__builder_append_feature(builder, a, feature_a, err);
    SMAP_TRY(valid_in(geos, a, feature_a, &left, err), done);
    SMAP_TRY(valid_in(geos, b, feature_b, &right, err), done);
    made = op == SMAP__GEOS_COMMON ? GEOSIntersection_r(geos->handle, left, right)
                                   : GEOSDifference_r(geos->handle, left, right);
    if (!made) SMAP_TRY(fail_geos(feature_a, "overlay", err), done);
    SMAP_TRY(polygons_out(geos, made, builder, err), done);
done:
    if (made) GEOSGeom_destroy_r(geos->handle, made);
    if (right) GEOSGeom_destroy_r(geos->handle, right);
    if (left) GEOSGeom_destroy_r(geos->handle, left);
    return status;
}

const char *smap__geos_version(void) {
    return GEOSversion();
}
