/* GeoJSON, by a reader of our own: OGR follows links to coordinate systems, clamps large integers, and reports bad
 * coordinates and rings without saying where. */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include <ogr_srs_api.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/str.h"
#include "io/budget.h"
#include "io/gdal_guard.h"
#include "io/geojson_columns.h"
#include "io/geojson_shape.h"
#include "io/text_input.h"

static const smap__scan_value nothing = { SMAP__SCAN_NULL, "", 0, false };

/* The members of a document, a feature or a bare geometry that matter. */
typedef struct object {
    smap__scan_value type, crs, features, geometry, properties, id;
    bool has_crs;
} object;

static bool read_object(smap__scan *scan, object *o) {
    smap__scan_value key, value;
    *o = (object){ nothing, nothing, nothing, nothing, nothing, nothing, false };
    smap__scan_open(scan, '{');
    for (bool first = true; smap__scan_more(scan, '}', &first);) {
        if (!smap__scan_key(scan, &key) || !smap__scan_skip(scan, &value)) return false;
        if (smap__scan_is(&key, "type")) o->type = value;
        if (smap__scan_is(&key, "features")) o->features = value;
        if (smap__scan_is(&key, "geometry")) o->geometry = value;
        if (smap__scan_is(&key, "properties")) o->properties = value;
        if (smap__scan_is(&key, "id")) o->id = value;
        if (smap__scan_is(&key, "crs")) {
            o->crs = value;
            o->has_crs = true;
        }
    }
    return !scan->problem;
}

static bool is_geometry_type(const smap__scan_value *type) {
    static const char *const known[] = { "Point",           "LineString",   "Polygon",           "MultiPoint",
                                         "MultiLineString", "MultiPolygon", "GeometryCollection" };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (smap__scan_is(type, known[i])) return true;
    return false;
}

static smap_status fail_scan(const smap__member *member, const smap__scan *scan, smap_error *err) {
    int64_t line = 1, column = 1;
    for (size_t i = 0; i < scan->at && i < scan->len; i++) {
        column++;
        if (scan->text[i] == '\n') line++, column = 1;
    }
    return smap__fail_row(err, SMAP_E_FORMAT, member->shown, line,
                          "%s: line %lld, character %lld: %s; nothing was read", member->shown, (long long)line,
                          (long long)column, scan->problem);
}

/* ---- coordinate reference system -------------------------------------------------------------------------------- */

/* Does the authority give this CRS as latitude, longitude or northing, easting? Files that name it by its full URN may
 * follow that order or not. */
static bool has_swapped_axes(int code) {
    smap__gdal_guard guard;
    smap__gdal_guard_begin(&guard);
    OGRSpatialReferenceH srs = OSRNewSpatialReference(NULL);
    bool swapped = srs && OSRImportFromEPSGA(srs, code) == OGRERR_NONE &&
                   (OSREPSGTreatsAsLatLong(srs) || OSREPSGTreatsAsNorthingEasting(srs));
    OSRDestroySpatialReference(srs);
    smap__gdal_guard_end(&guard);
    return swapped;
}

static smap_status ask_for_crs(const smap__member *member, const char *why, const smap_crs **out, smap_error *err) {
    const char *given = smap__member_options(member)->crs;
    if (given) return smap_crs_new(smap__member_ctx(member), given, out, err);
    return smap__fail(err, SMAP_E_CRS, member->shown,
                      "%s: %s; give the right one with --crs, for example --crs EPSG:4326", member->shown, why);
}

static smap_status crs_by_name(const smap__member *member, const char *name, const smap_crs **out, smap_error *err) {
    static const char urn[] = "urn:ogc:def:crs:EPSG:";
    if (strstr(name, "CRS84")) return smap_crs_new(smap__member_ctx(member), "EPSG:4326", out, err);
    if (strncmp(name, urn, strlen(urn)) != 0) return smap_crs_new(smap__member_ctx(member), name, out, err);
    const char *digits = strrchr(name, ':') + 1;
    int64_t code = 0;
    if (smap__parse_int(digits, strlen(digits), &code) && code > 0 && code <= INT_MAX && has_swapped_axes((int)code))
        return ask_for_crs(
            member,
            "names its coordinate reference system by a URN whose axis order is latitude first, and many files do "
            "not keep to that: coordinates may be swapped. Look at them: --crs takes them as longitude, latitude",
            out, err);
    char text[32];
    snprintf(text, sizeof text, "EPSG:%.20s", digits);
    return smap_crs_new(smap__member_ctx(member), text, out, err);
}

/* No "crs": RFC 7946, longitude and latitude on WGS 84. A link is never followed. */
static smap_status find_crs(const smap__member *member, const object *document, const smap_crs **out, smap_error *err) {
    smap__scan_value type = nothing, properties = nothing, name = nothing, key, value;
    if (!document->has_crs) return smap_crs_new(smap__member_ctx(member), "EPSG:4326", out, err);
    if (document->crs.kind == SMAP__SCAN_OBJECT) {
        smap__scan scan = { document->crs.text, document->crs.len, 0, 0, NULL };
        smap__scan_open(&scan, '{');
        for (bool first = true; smap__scan_more(&scan, '}', &first);) {
            smap__scan_key(&scan, &key);
            smap__scan_skip(&scan, &value);
            if (smap__scan_is(&key, "type")) type = value;
            if (smap__scan_is(&key, "properties")) properties = value;
        }
    }
    if (smap__scan_is(&type, "link"))
        return ask_for_crs(member, "names its coordinate reference system by a link, and links are not followed", out,
                           err);
    if (properties.kind == SMAP__SCAN_OBJECT) {
        smap__scan scan = { properties.text, properties.len, 0, 0, NULL };
        smap__scan_open(&scan, '{');
        for (bool first = true; smap__scan_more(&scan, '}', &first);) {
            smap__scan_key(&scan, &key);
            smap__scan_skip(&scan, &value);
            if (smap__scan_is(&key, "name")) name = value;
        }
    }
    if (name.kind != SMAP__SCAN_STRING)
        return ask_for_crs(member, "does not say in which coordinate reference system its coordinates are", out, err);
    smap__str text = SMAP__STR_INIT;
    smap__scan_unescape(&text, &name);
    smap_status status =
        text.failed ? smap__fail_memory(err) : crs_by_name(member, text.data ? text.data : "", out, err);
    smap__str_release(&text);
    return status;
}

/* ---- features --------------------------------------------------------------------------------------------------- */

typedef struct reading {
    const smap__member *member;
    smap__findings *findings;
    smap__geojson_columns *columns;
    smap_geometry_builder *builder;
    int64_t *fid;
    size_t rows, capacity;
} reading;

/* A feature of either pass; `row` counts from 1. */
typedef smap_status (*feature_fn)(reading *r, int64_t row, const smap__scan_value *text, smap_error *err);

static smap_status survey_feature(reading *r, int64_t row, const smap__scan_value *value, smap_error *err) {
    (void)row;
    object feature;
    smap__scan scan = { value->text, value->len, 0, 0, NULL };
    if (value->kind != SMAP__SCAN_OBJECT || !read_object(&scan, &feature)) return SMAP_OK;
    return smap__geojson_columns_survey(r->columns, &feature.properties, &feature.id, err);
}

static smap_status append_geometry(reading *r, int64_t row, const smap__scan_value *geometry, bool *kept,
                                   smap_error *err) {
    smap__geojson_note note;
    smap_status status = SMAP_OK;
    *kept = false;
    SMAP_TRY(smap__geojson_append(r->builder, geometry, &note, err), done);
    if (note.code)
        return smap__findings_add(r->findings, err, SMAP__REJECTED, note.code, row, "", "",
                                  "the geometry of feature %lld cannot be used: %s", (long long)row, note.problem);
    if (note.closed)
        SMAP_TRY(smap__findings_add(r->findings, err, SMAP__WARNING, "ring_closed", row, "", "",
                                    "a ring of feature %lld was not closed; it was closed", (long long)row),
                 done);
    *kept = true;
done:
    return status;
}

static smap_status fill_feature(reading *r, int64_t row, const smap__scan_value *value, smap_error *err) {
    object feature;
    smap__scan scan = { value->text, value->len, 0, 0, NULL };
    smap_status status = SMAP_OK;
    bool kept;
    if (value->kind != SMAP__SCAN_OBJECT || !read_object(&scan, &feature) || !smap__scan_is(&feature.type, "Feature"))
        return smap__findings_add(r->findings, err, SMAP__REJECTED, "not_a_feature", row, "", "",
                                  "item %lld of the collection is not a feature", (long long)row);
    if (!smap__grow(&r->fid, &r->capacity, r->rows + 1, sizeof *r->fid)) return smap__fail_memory(err);
    SMAP_TRY(append_geometry(r, row, &feature.geometry, &kept, err), done);
    if (!kept) return SMAP_OK;
    SMAP_TRY(smap__geojson_columns_append(r->columns, row, &feature.properties, &feature.id, err), done);
    r->fid[r->rows++] = row;
done:
    return status;
}

static smap_status each_feature(reading *r, const smap__scan_value *features, feature_fn fn, smap_error *err) {
    smap__scan scan = { features->text, features->len, 0, 0, NULL };
    smap__scan_value value;
    int64_t row = 0;
    if (features->kind != SMAP__SCAN_ARRAY) return fn(r, 1, features, err);
    smap__scan_open(&scan, '[');
    for (bool first = true; smap__scan_more(&scan, ']', &first);) {
        smap__scan_skip(&scan, &value);
        if (++row > SMAP__BUDGET_ROWS)
            return smap__fail(err, SMAP_E_LIMIT, r->member->shown, "%s: has more than %lld features", r->member->shown,
                              (long long)SMAP__BUDGET_ROWS);
        smap_status status = fn(r, row, &value, err);
        if (status != SMAP_OK) return status;
    }
    return SMAP_OK;
}

static smap_status fill_bare_geometry(reading *r, int64_t row, const smap__scan_value *value, smap_error *err) {
    bool kept;
    smap_status status = SMAP_OK;
    if (!smap__grow(&r->fid, &r->capacity, 1, sizeof *r->fid)) return smap__fail_memory(err);
    SMAP_TRY(append_geometry(r, row, value, &kept, err), done);
    if (!kept) return SMAP_OK;
    SMAP_TRY(smap__geojson_columns_append(r->columns, row, &nothing, &nothing, err), done);
    r->fid[r->rows++] = row;
done:
    return status;
}

static smap_status finish(reading *r, const smap_layer **out, smap_error *err) {
    const smap_table *table = NULL;
    const smap_geometry *geometry = NULL;
    smap_status status = SMAP_OK;
    SMAP_TRY(smap__geojson_columns_finish(r->columns, (int64_t)r->rows, &table, err), done);
    SMAP_TRY(smap_geometry_builder_finish(r->builder, &geometry, err), done);
    SMAP_TRY(smap_layer_new(r->member->stem, table, geometry, r->fid, out, err), done);
done:
    smap_table_free(table);
    smap_geometry_free(geometry);
    return status;
}

/* What is read of a document: a list of features, one feature, or one geometry. */
static smap_status find_features(const smap__member *member, const smap__scan_value *whole, const object *document,
                                 smap__scan_value *features, bool *bare, smap_error *err) {
    *bare = false;
    *features = *whole;
    if (smap__scan_is(&document->type, "Feature")) return SMAP_OK;
    if (is_geometry_type(&document->type)) {
        *bare = true;
        return SMAP_OK;
    }
    if (smap__scan_is(&document->type, "FeatureCollection") && document->features.kind == SMAP__SCAN_ARRAY) {
        *features = document->features;
        return SMAP_OK;
    }
    return smap__fail(
        err, SMAP_E_FORMAT, member->shown,
        "%s: is JSON, but not GeoJSON: it is neither a FeatureCollection with features, nor a Feature, nor a geometry",
        member->shown);
}

static smap_status read_text(reading *r, const smap__text_input *input, const smap_layer **out, smap_error *err) {
    smap__scan scan = { input->text, input->len, 0, 0, NULL };
    smap__scan_value whole, features;
    object document;
    bool bare;
    const smap_crs *crs = NULL;
    smap_status status = SMAP_OK;
    if (!smap__scan_skip(&scan, &whole) || !smap__scan_ends(&scan)) return fail_scan(r->member, &scan, err);
    if (whole.kind != SMAP__SCAN_OBJECT)
        return smap__fail(err, SMAP_E_FORMAT, r->member->shown, "%s: is not GeoJSON: it does not begin with {",
                          r->member->shown);
    scan = (smap__scan){ whole.text, whole.len, 0, 0, NULL };
    read_object(&scan, &document);
    SMAP_TRY(find_features(r->member, &whole, &document, &features, &bare, err), done);
    SMAP_TRY(find_crs(r->member, &document, &crs, err), done);
    SMAP_TRY(smap_geometry_builder_new(crs, &r->builder, err), done);
    if (!bare) SMAP_TRY(each_feature(r, &features, survey_feature, err), done);
    SMAP_TRY(smap__geojson_columns_begin(r->columns, err), done);
    SMAP_TRY(bare ? fill_bare_geometry(r, 1, &whole, err) : each_feature(r, &features, fill_feature, err), done);
    SMAP_TRY(finish(r, out, err), done);
done:
    smap_crs_free(crs);
    return status;
}

static smap_status read_geojson(smap__member *member, int index, smap__findings *findings, const smap_layer **out,
                                smap_error *err) {
    (void)index;
    reading r = { .member = member, .findings = findings };
    smap__text_input input = { NULL, NULL, 0 };
    smap_status status = SMAP_OK;
    SMAP_TRY(smap__gdal_start(err), done);
    SMAP_TRY(smap__text_input_read(member, "GeoJSON", findings, &input, err), done);
    SMAP_TRY(smap__geojson_columns_new(member->shown, findings, &r.columns, err), done);
    SMAP_TRY(read_text(&r, &input, out, err), done);
done:
    smap__geojson_columns_free(r.columns);
    smap_geometry_builder_free(r.builder);
    smap__free(r.fid);
    smap__text_input_release(&input);
    return status;
}

static smap_status open_geojson(smap__member *member, smap_error *err) {
    smap__source_layer layer = { member->stem, "Geometry", "", "", -1, -1 };
    return smap__member_add_layer(member, &layer, err);
}

const smap__reader smap__reader_geojson = { "geojson", "GeoJSON", open_geojson, read_geojson, NULL, NULL };
const smap__reader smap__reader_json = { "json", "GeoJSON", open_geojson, read_geojson, NULL, NULL };
