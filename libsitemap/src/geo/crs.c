/* Coordinate reference systems as immutable texts: PROJ reads them once here, and every thread makes its own PROJ
 * object of them where it needs one. */
#include "geo/crs.h"

#include <proj_experimental.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "geo/angle.h"
#include "geo/crs_pool.h"

enum { DEFINITION_LIMIT = 64 * 1024 };
static const int confidence_wanted = 90; /* percent, of proj_identify */

static smap_crs *mutable_crs(const smap_crs *crs) {
    return (smap_crs *)(uintptr_t)crs;
}

const smap_crs *smap_crs_retain(const smap_crs *crs) {
    if (crs) atomic_fetch_add_explicit(&mutable_crs(crs)->references, 1, memory_order_relaxed);
    return crs;
}

void smap_crs_free(const smap_crs *crs) {
    if (!crs) return;
    smap_crs *owned = mutable_crs(crs);
    if (atomic_fetch_sub_explicit(&owned->references, 1, memory_order_acq_rel) != 1) return;
    smap__free(owned->name);
    smap__free(owned->authority);
    smap__free(owned->wkt);
    smap__free(owned->wkt1);
    smap__free(owned);
}

const char *smap_crs_name(const smap_crs *crs) {
    return crs->name;
}

const char *smap_crs_authority(const smap_crs *crs) {
    return crs->authority;
}

int smap_crs_code(const smap_crs *crs) {
    return crs->code;
}

const char *smap_crs_wkt(const smap_crs *crs) {
    return crs->wkt;
}

const char *smap__crs_wkt1(const smap_crs *crs) {
    return crs->wkt1;
}

const char *smap__proj_version(void) {
    return proj_info().version;
}

bool smap_crs_is_geographic(const smap_crs *crs) {
    return crs->geographic;
}

bool smap_crs_equal(const smap_crs *a, const smap_crs *b) {
    if (!a || !b) return false;
    if (a == b) return true;
    if (a->code && b->code) return a->code == b->code && strcmp(a->authority, b->authority) == 0;
    return strcmp(a->wkt, b->wkt) == 0;
}

/* ---- reading a definition ---- */

/* Swap *pj for `next`. */
static void replace(PJ **pj, PJ *next) {
    proj_destroy(*pj);
    *pj = next;
}

/* Only the horizontal part counts: heights are never transformed. */
static void drop_heights(const smap__proj *proj, PJ **pj) {
    if (proj_get_type(*pj) == PJ_TYPE_COMPOUND_CRS) replace(pj, proj_crs_get_sub_crs(proj->pj, *pj, 0));
    if (*pj && proj_get_type(*pj) == PJ_TYPE_GEOGRAPHIC_3D_CRS) replace(pj, proj_crs_demote_to_2D(proj->pj, NULL, *pj));
}

/* Take `candidate` for *pj if it is the same but for the order of axes; true if so. */
static bool adopt(const smap__proj *proj, PJ **pj, PJ *candidate) {
    bool same = candidate &&
                proj_is_equivalent_to_with_ctx(proj->pj, *pj, candidate, PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS);
    if (same)
        replace(pj, candidate);
    else
        proj_destroy(candidate);
    return same;
}

/* A definition without a code (a .prj, CRS84) that is one of EPSG's in other words: take EPSG's. */
static void identify(const smap__proj *proj, PJ **pj) {
    const char *authority = proj_get_id_auth_name(*pj, 0);
    if (authority && strcmp(authority, "EPSG") == 0) return;
    if (adopt(proj, pj, proj_create_from_database(proj->pj, "EPSG", "4326", PJ_CATEGORY_CRS, 0, NULL))) return;
    int *confidence = NULL;
    PJ_OBJ_LIST *found = proj_identify(proj->pj, *pj, "EPSG", NULL, &confidence);
    int count = found ? proj_list_get_count(found) : 0;
    for (int k = 0; k < count && confidence[k] >= confidence_wanted; k++)
        if (adopt(proj, pj, proj_list_get(proj->pj, found, k))) break;
    if (found) proj_int_list_destroy(confidence);
    proj_list_destroy(found);
}

/* Unit of the first axis: metres (or radians) per unit. */
static double axis_unit(const smap__proj *proj, const PJ *pj) {
    double factor = 0;
    PJ *system = proj_crs_get_coordinate_system(proj->pj, pj);
    if (system) proj_cs_get_axis_info(proj->pj, system, 0, NULL, NULL, NULL, &factor, NULL, NULL, NULL);
    proj_destroy(system);
    return factor;
}

static bool read_ellipsoid(const smap__proj *proj, const PJ *pj, smap_crs *crs) {
    double inverse = 0;
    PJ *ellipsoid = proj_get_ellipsoid(proj->pj, pj);
    bool known =
        ellipsoid && proj_ellipsoid_get_parameters(proj->pj, ellipsoid, &crs->semi_major_m, NULL, NULL, &inverse);
    proj_destroy(ellipsoid);
    crs->flattening = inverse != 0 ? 1 / inverse : 0;
    return known && crs->semi_major_m > 0;
}

/* What kind of CRS it is, its unit and ellipsoid; `plain` is `pj` without a transformation bound to it. */
static smap_status read_properties(const smap__proj *proj, const PJ *plain, const char *definition, smap_crs *crs,
                                   smap_error *err) {
    const double degree = smap__radians(1);
    PJ_TYPE type = proj_get_type(plain);
    const char *name = proj_get_name(plain);
    if (!name) name = definition;
    if (type != PJ_TYPE_GEOGRAPHIC_2D_CRS && type != PJ_TYPE_PROJECTED_CRS)
        return smap__fail(
            err, SMAP_E_CRS, name,
            "the coordinate reference system \"%.100s\" is neither geographic nor projected; name one that "
            "is, such as EPSG:4326",
            name);
    double unit = axis_unit(proj, plain);
    crs->geographic = type == PJ_TYPE_GEOGRAPHIC_2D_CRS;
    if (!read_ellipsoid(proj, plain, crs) || !(unit > 0))
        return smap__fail(err, SMAP_E_CRS, name, "the coordinate reference system \"%.100s\" has no ellipsoid or unit",
                          name);
    if (crs->geographic && !(unit > degree * (1 - 1e-9) && unit < degree * (1 + 1e-9)))
        return smap__fail(
            err, SMAP_E_CRS, name,
            "the coordinate reference system \"%.100s\" is not in degrees; transform the data to EPSG:4326 "
            "first",
            name);
    return SMAP_OK;
}

static smap_status read_texts(const smap__proj *proj, const PJ *pj, const PJ *plain, smap_crs *crs, smap_error *err) {
    static const char *const one_line[] = { "MULTILINE=NO", NULL };
    const char *authority = proj_get_id_auth_name(pj, 0), *code = proj_get_id_code(pj, 0);
    const char *name = proj_get_name(plain), *wkt = proj_as_wkt(proj->pj, pj, PJ_WKT2_2019, one_line);
    char *end = NULL;
    long number = code ? strtol(code, &end, 10) : 0;
    bool has_code = authority && code && *code && !*end && number > 0 && number <= INT32_MAX;
    if (!wkt) return smap__fail(err, SMAP_E_CRS, name, "the coordinate reference system has no WKT form");
    crs->code = has_code ? (int)number : 0;
    crs->authority = smap__strdup(has_code ? authority : "");
    crs->name = smap__strdup(name ? name : "unnamed");
    crs->wkt = smap__strdup(wkt); /* before the next call of proj_as_wkt, which takes the text back */
    const char *wkt1 = proj_as_wkt(proj->pj, pj, PJ_WKT1_GDAL, one_line);
    crs->wkt1 = smap__strdup(wkt1 ? wkt1 : "");
    return crs->authority && crs->name && crs->wkt && crs->wkt1 ? SMAP_OK : smap__fail_memory(err);
}

static smap_status read_crs(const smap__proj *proj, const char *definition, smap_crs *crs, smap_error *err) {
    PJ *pj = proj_create(proj->pj, definition), *plain = NULL;
    smap_status status;
    if (!pj && !proj_context_get_database_path(proj->pj))
        SMAP_TRY(smap__fail(err, SMAP_E_CRS, NULL,
                            "PROJ's database of coordinate reference systems (proj.db) is not found; unset PROJ_LIB, "
                            "PROJ_DATA and PROJ_AUX_DB, or install the package proj-data"),
                 done);
    if (!pj || !proj_is_crs(pj))
        SMAP_TRY(smap__fail(err, SMAP_E_CRS, NULL,
                            "\"%.80s\" is not a coordinate reference system that is known here; give a code such as "
                            "EPSG:4326, or WKT",
                            definition),
                 done);
    drop_heights(proj, &pj);
    if (pj && proj_get_type(pj) != PJ_TYPE_BOUND_CRS) identify(proj, &pj);
    plain = pj && proj_get_type(pj) == PJ_TYPE_BOUND_CRS ? proj_get_source_crs(proj->pj, pj) : proj_clone(proj->pj, pj);
    if (!plain)
        SMAP_TRY(
            smap__fail(err, SMAP_E_CRS, NULL, "\"%.80s\" has no horizontal coordinate reference system", definition),
            done);
    SMAP_TRY(read_properties(proj, plain, definition, crs, err), done);
    SMAP_TRY(read_texts(proj, pj, plain, crs, err), done);
done:
    proj_destroy(plain);
    proj_destroy(pj);
    return status;
}

/* A code or a URN has a colon, WKT a bracket, PROJJSON a brace: a bare name would be matched loosely. */
static bool is_definition(const char *text) {
    return strpbrk(text, ":[{") != NULL && text[0] != '+';
}

smap_status smap_crs_new(smap_ctx *ctx, const char *definition, const smap_crs **out, smap_error *err) {
    if (!definition || !is_definition(definition))
        return smap__fail(
            err, SMAP_E_CRS, NULL,
            "\"%.80s\" does not name a coordinate reference system; give a code such as EPSG:4326, or WKT",
            definition ? definition : "");
    if (strlen(definition) > DEFINITION_LIMIT)
        return smap__fail(err, SMAP_E_LIMIT, NULL, "the definition of a coordinate reference system is over %d bytes",
                          DEFINITION_LIMIT);
    smap__proj *proj = NULL;
    smap_crs *crs = smap__zalloc(1, sizeof *crs);
    smap_status status;
    if (!crs) return smap__fail_memory(err);
    atomic_init(&crs->references, 1);
    SMAP_TRY(smap__proj_borrow(ctx, &proj, err), done);
    SMAP_TRY(read_crs(proj, definition, crs, err), done);
    *out = crs;
    crs = NULL;
done:
    smap__proj_return(ctx, proj);
    smap_crs_free(crs);
    return status;
}

smap_status smap__crs_wgs84(smap_ctx *ctx, const smap_crs **out, smap_error *err) {
    return smap_crs_new(ctx, "EPSG:4326", out, err);
}
