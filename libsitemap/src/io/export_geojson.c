#include <math.h>
#include <string.h>

#include "col/cell.h"
#include "io/export.h"

static void put_position(smap__str *out, double x, double y) {
    smap__str_put_char(out, '[');
    smap__export_degrees(out, x);
    smap__str_put_char(out, ',');
    smap__export_degrees(out, y);
    smap__str_put_char(out, ']');
}

/* Twice the signed area; positive against the clock. */
static double turn_of(const smap_geometry *g, int64_t from, int64_t to) {
    double sum = 0;
    for (int64_t i = from; i + 1 < to; i++)
        sum +=
            (g->x[i] - g->x[from]) * (g->y[i + 1] - g->y[from]) - (g->x[i + 1] - g->x[from]) * (g->y[i] - g->y[from]);
    return sum;
}

static void put_line(smap__str *out, const smap_geometry *g, int64_t ring, bool backwards) {
    int64_t from = smap_geom_coord(g, ring), to = smap_geom_coord(g, ring + 1);
    smap__str_put_char(out, '[');
    for (int64_t i = from; i < to; i++) {
        int64_t at = backwards ? from + to - 1 - i : i;
        if (i > from) smap__str_put_char(out, ',');
        put_position(out, g->x[at], g->y[at]);
    }
    smap__str_put_char(out, ']');
}

static void put_polygon(smap__str *out, const smap_geometry *g, int64_t part) {
    int64_t shell = smap_geom_ring(g, part), end = smap_geom_ring(g, part + 1);
    smap__str_put_char(out, '[');
    for (int64_t ring = shell; ring < end; ring++) {
        double turn = turn_of(g, smap_geom_coord(g, ring), smap_geom_coord(g, ring + 1));
        if (ring > shell) smap__str_put_char(out, ',');
        put_line(out, g, ring, ring == shell ? turn < 0 : turn > 0);
    }
    smap__str_put_char(out, ']');
}

/* The coordinates of one part: a point, a line, or a polygon. */
static void put_part(smap__str *out, const smap_geometry *g, int64_t part, int kind) {
    int64_t ring = smap_geom_ring(g, part), at = smap_geom_coord(g, ring);
    if (kind == SMAP_GEOM_POINT)
        put_position(out, g->x[at], g->y[at]);
    else if (kind == SMAP_GEOM_LINESTRING)
        put_line(out, g, ring, false);
    else
        put_polygon(out, g, part);
}

static const char *const names[] = { "",           "Point",           "LineString",   "Polygon",
                                     "MultiPoint", "MultiLineString", "MultiPolygon", "GeometryCollection" };

static void put_single(smap__str *out, const smap_geometry *g, int64_t part, int kind) {
    smap__str_printf(out, "{\"type\":\"%s\",\"coordinates\":", names[kind]);
    put_part(out, g, part, kind);
    smap__str_put_char(out, '}');
}

static void put_geometry(smap__str *out, const smap_geometry *g, int64_t row) {
    int type = g ? g->type[row] : SMAP_GEOM_NULL;
    int64_t from = g ? smap_geom_part(g, row) : 0, to = g ? smap_geom_part(g, row + 1) : 0;
    if (type == SMAP_GEOM_NULL || from == to) {
        smap__str_put(out, "null");
    } else if (type <= SMAP_GEOM_POLYGON) {
        put_single(out, g, from, type);
    } else {
        bool mixed = type == SMAP_GEOM_COLLECTION;
        smap__str_printf(out, "{\"type\":\"%s\",\"%s\":[", names[type], mixed ? "geometries" : "coordinates");
        for (int64_t part = from; part < to; part++) {
            if (part > from) smap__str_put_char(out, ',');
            if (mixed)
                put_single(out, g, part, g->part_type[part]);
            else
                put_part(out, g, part, type - SMAP_GEOM_MULTIPOINT + SMAP_GEOM_POINT);
        }
        smap__str_put(out, "]}");
    }
}

static void put_value(smap__str *out, const smap_column *c, int64_t row) {
    smap__str text = SMAP__STR_INIT;
    bool bare = c->type == SMAP_BOOL || c->type == SMAP_INT64 || (c->type == SMAP_FLOAT64 && isfinite(c->v.f[row]));
    smap__cell_put(&text, c, row);
    if (smap_column_is_null(c, row) || c->type == SMAP_BLOB)
        smap__str_put(out, "null");
    else if (bare)
        smap__str_put(out, text.data ? text.data : "null");
    else
        smap__str_put_json(out, text.data ? text.data : "", text.len);
    out->failed = out->failed || text.failed;
    smap__str_release(&text);
}

static void put_feature(smap__str *out, const smap_layer *l, int64_t row) {
    smap__str_printf(out, "%s\n{\"type\":\"Feature\",\"id\":%lld,\"properties\":{", row ? "," : "",
                     (long long)(l->fid ? l->fid[row] : row + 1));
    for (int i = 0; i < smap_table_columns(l->table); i++) {
        const smap_column *c = smap_table_at(l->table, i);
        if (i) smap__str_put_char(out, ',');
        smap__str_put_json(out, c->name, strlen(c->name));
        smap__str_put_char(out, ':');
        put_value(out, c, row);
    }
    smap__str_put(out, "},\"geometry\":");
    put_geometry(out, l->geometry, row);
    smap__str_put_char(out, '}');
}

/* West, south, east, north. */
static void put_box(smap__str *out, const smap_layer *l) {
    smap_box box = l->geometry ? smap_geometry_extent(l->geometry) : SMAP_BOX_EMPTY;
    const double side[] = { box.xmin, box.ymin, box.xmax, box.ymax };
    if (!(box.xmin <= box.xmax)) return;
    for (int i = 0; i < 4; i++) {
        smap__str_put(out, i ? "," : ",\"bbox\":[");
        smap__export_degrees(out, side[i]);
    }
    smap__str_put_char(out, ']');
}

smap_status smap__export_geojson(smap__export *e, smap_error *err) {
    const smap_layer *l = e->layer->layer;
    smap_status status = SMAP_OK;
    smap__str_put(&e->out, "{\"type\":\"FeatureCollection\",\"name\":");
    smap__str_put_json(&e->out, l->name, strlen(l->name));
    put_box(&e->out, l);
    smap__str_put(&e->out, ",\"features\":[");
    for (int64_t row = 0; row < smap_table_rows(l->table) && status == SMAP_OK; row++) {
        status = smap__export_poll(e, row, err);
        put_feature(&e->out, l, row);
    }
    smap__str_put(&e->out, "\n]}\n");
    return status == SMAP_OK ? smap__export_done(&e->out, err) : status;
}
