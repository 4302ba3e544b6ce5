#include "io/geojson_shape.h"

#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "geo/geom_builder.h"

enum { COLLECTION_DEPTH = 8, POSITION = 4 };

typedef struct shape {
    smap_geometry_builder *to;
    smap__geojson_note *note;
    smap_error *err;
} shape;

/* Every function below gives SMAP_OK to go on; SMAP_E_FORMAT with a note, or a failure of the builder. */
static smap_status broken(shape *s, const char *code, const char *problem) {
    s->note->code = code;
    s->note->problem = problem;
    return SMAP_E_FORMAT;
}

static smap_status read_position(shape *s, const smap__scan_value *value, double at[POSITION], int *count) {
    smap__scan scan = { value->text, value->len, 0, 0, NULL };
    smap__scan_value number;
    *count = 0;
    if (value->kind != SMAP__SCAN_ARRAY) return broken(s, "geometry_broken", "a position is not a list of numbers");
    smap__scan_open(&scan, '[');
    for (bool first = true; smap__scan_more(&scan, ']', &first);) {
        smap__scan_skip(&scan, &number);
        double v = NAN;
        if (number.kind != SMAP__SCAN_NUMBER && number.kind != SMAP__SCAN_NOT_FINITE)
            return broken(s, "geometry_broken", "a coordinate is not a number");
        bool good = number.kind == SMAP__SCAN_NUMBER && smap__parse_real(number.text, number.len, &v) && isfinite(v);
        if (!good && *count < 2) return broken(s, "geometry_not_finite", "a coordinate is not a finite number");
        if (*count < POSITION) at[(*count)++] = good ? v : NAN;
    }
    if (*count < 2) return broken(s, "geometry_broken", "a position has fewer than two coordinates");
    return SMAP_OK;
}

static smap_status put_position(shape *s, const smap__scan_value *value) {
    double at[POSITION];
    int count;
    smap_status status = read_position(s, value, at, &count);
    if (status == SMAP_OK) status = smap__builder_reserve(s->to, 1, 1, 1, 1, s->err);
    if (status == SMAP_OK && count > 2) {
        status = smap__builder_need_z(s->to, s->err);
        if (status == SMAP_OK) smap__builder_put_z(s->to, at[2]);
    }
    if (status == SMAP_OK) smap__builder_put(s->to, at[0], at[1]);
    return status;
}

static smap_status close_ring(shape *s, size_t start) {
    smap_geometry_builder *b = s->to;
    size_t last = b->coords - 1;
    if (b->x[start] != b->x[last] || b->y[start] != b->y[last]) {
        smap_status status = smap__builder_reserve(b, 1, 1, 1, 1, s->err);
        if (status != SMAP_OK) return status;
        if (b->z && start < b->z_count) smap__builder_put_z(b, b->z[start]);
        smap__builder_put(b, b->x[start], b->y[start]);
        s->note->closed = true;
    }
    if (b->coords - start < 4) return broken(s, "geometry_broken", "a ring has fewer than four positions");
    return SMAP_OK;
}

/* A list of positions as one ring; `ring` says that it must be closed. Nothing for an empty list. */
static smap_status put_ring(shape *s, const smap__scan_value *value, bool ring) {
    smap__scan scan = { value->text, value->len, 0, 0, NULL };
    smap__scan_value position;
    size_t start = s->to->coords;
    smap_status status = SMAP_OK;
    if (value->kind != SMAP__SCAN_ARRAY) return broken(s, "geometry_broken", "a list of positions is missing");
    smap__scan_open(&scan, '[');
    for (bool first = true; smap__scan_more(&scan, ']', &first);) {
        smap__scan_skip(&scan, &position);
        SMAP_TRY(put_position(s, &position), done);
    }
    if (s->to->coords == start) return SMAP_OK;
    if (ring)
        SMAP_TRY(close_ring(s, start), done);
    else if (s->to->coords - start < 2)
        return broken(s, "geometry_broken", "a line has only one position");
    SMAP_TRY(smap__builder_reserve(s->to, 1, 1, 1, 1, s->err), done);
    smap__builder_end_ring(s->to);
done:
    return status;
}

static smap_status put_polygon(shape *s, const smap__scan_value *value) {
    smap__scan scan = { value->text, value->len, 0, 0, NULL };
    smap__scan_value ring;
    smap_status status = SMAP_OK;
    bool has_shell = false, first_ring = true;
    if (value->kind != SMAP__SCAN_ARRAY) return broken(s, "geometry_broken", "a list of rings is missing");
    smap__scan_open(&scan, '[');
    for (bool first = true; smap__scan_more(&scan, ']', &first);) {
        size_t rings = s->to->rings;
        smap__scan_skip(&scan, &ring);
        SMAP_TRY(put_ring(s, &ring, true), done);
        bool there = s->to->rings > rings;
        if (there && !first_ring && !has_shell)
            return broken(s, "geometry_broken", "a polygon has a hole but no outer ring");
        has_shell |= there;
        first_ring = false;
    }
    if (has_shell) smap__builder_end_part(s->to, SMAP_GEOM_POLYGON);
done:
    return status;
}

static bool is_empty_list(const smap__scan_value *value) {
    smap__scan scan = { value->text, value->len, 0, 0, NULL };
    bool first = true;
    return value->kind == SMAP__SCAN_ARRAY && smap__scan_open(&scan, '[') && !smap__scan_more(&scan, ']', &first);
}

/* The coordinates of one simple geometry as one part; nothing for an empty one. */
static smap_status put_simple(shape *s, const smap__scan_value *value, smap_geom_type type) {
    if (type == SMAP_GEOM_POLYGON) return put_polygon(s, value);
    size_t rings = s->to->rings;
    smap_status status = SMAP_OK;
    if (type == SMAP_GEOM_LINESTRING) {
        SMAP_TRY(put_ring(s, value, false), done);
    } else if (!is_empty_list(value)) {
        SMAP_TRY(put_position(s, value), done);
        smap__builder_end_ring(s->to);
    }
    if (s->to->rings > rings) smap__builder_end_part(s->to, type);
done:
    return status;
}

static smap_status put_multi(shape *s, const smap__scan_value *value, smap_geom_type type) {
    smap__scan scan = { value->text, value->len, 0, 0, NULL };
    smap__scan_value item;
    smap_status status = SMAP_OK;
    if (value->kind != SMAP__SCAN_ARRAY) return broken(s, "geometry_broken", "a list of coordinates is missing");
    smap__scan_open(&scan, '[');
    for (bool first = true; smap__scan_more(&scan, ']', &first);) {
        smap__scan_skip(&scan, &item);
        SMAP_TRY(put_simple(s, &item, type), done);
    }
done:
    return status;
}

static smap_geom_type type_of(const smap__scan_value *name) {
    static const char *const known[] = { "",           "Point",           "LineString",   "Polygon",
                                         "MultiPoint", "MultiLineString", "MultiPolygon", "GeometryCollection" };
    for (int i = 1; i < 8; i++)
        if (smap__scan_is(name, known[i])) return (smap_geom_type)i;
    return SMAP_GEOM_NULL;
}

static smap_status put_geometry(shape *s, const smap__scan_value *value, int depth, smap_geom_type *type);

static smap_status put_collection(shape *s, const smap__scan_value *list, int depth) {
    smap__scan scan = { list->text, list->len, 0, 0, NULL };
    smap__scan_value item;
    smap_geom_type type;
    smap_status status = SMAP_OK;
    if (list->kind != SMAP__SCAN_ARRAY) return broken(s, "geometry_broken", "a collection has no list of geometries");
    if (depth >= COLLECTION_DEPTH) return broken(s, "geometry_broken", "collections are nested too deep");
    smap__scan_open(&scan, '[');
    for (bool first = true; smap__scan_more(&scan, ']', &first);) {
        smap__scan_skip(&scan, &item);
        SMAP_TRY(put_geometry(s, &item, depth + 1, &type), done);
    }
done:
    return status;
}

static smap_status put_geometry(shape *s, const smap__scan_value *value, int depth, smap_geom_type *type) {
    smap__scan scan = { value->text, value->len, 0, 0, NULL };
    smap__scan_value key, item, name = { SMAP__SCAN_NULL, "", 0, false }, coordinates = name, geometries = name;
    if (value->kind != SMAP__SCAN_OBJECT) return broken(s, "geometry_broken", "the geometry is not an object");
    smap__scan_open(&scan, '{');
    for (bool first = true; smap__scan_more(&scan, '}', &first);) {
        smap__scan_key(&scan, &key);
        smap__scan_skip(&scan, &item);
        if (smap__scan_is(&key, "type")) name = item;
        if (smap__scan_is(&key, "coordinates")) coordinates = item;
        if (smap__scan_is(&key, "geometries")) geometries = item;
    }
    *type = type_of(&name);
    switch (*type) {
    case SMAP_GEOM_NULL:
        return broken(s, "geometry_broken", "its type is none of GeoJSON's");
    case SMAP_GEOM_COLLECTION:
        return put_collection(s, &geometries, depth);
    case SMAP_GEOM_MULTIPOINT:
    case SMAP_GEOM_MULTILINESTRING:
    case SMAP_GEOM_MULTIPOLYGON:
        return put_multi(s, &coordinates, (smap_geom_type)(*type - 3));
    default:
        return put_simple(s, &coordinates, *type);
    }
}

smap_status smap__geojson_append(smap_geometry_builder *builder, const smap__scan_value *geometry,
                                 smap__geojson_note *note, smap_error *err) {
    shape s = { builder, note, err };
    *note = (smap__geojson_note){ NULL, NULL, false };
    if (geometry->kind == SMAP__SCAN_NULL) return smap_geometry_append_null(builder, err);
    smap__builder_mark mark = smap__builder_mark_now(builder);
    smap_geom_type type;
    smap_status status = put_geometry(&s, geometry, 0, &type);
    if (status == SMAP_OK) status = smap__builder_reserve(builder, 1, 1, 1, 1, err);
    if (status == SMAP_OK)
        smap__builder_end_feature(builder, type);
    else
        smap__builder_rollback(builder, mark);
    return status == SMAP_E_FORMAT && note->code ? SMAP_OK : status;
}
