/* GPX 1.1 (topografix.com): waypoints stand before tracks. */
#include <string.h>

#include "io/export.h"

static void put_position(smap__str *out, const char *tag, double x, double y) {
    smap__str_printf(out, "<%s lat=\"", tag);
    smap__export_degrees(out, y);
    smap__str_put(out, "\" lon=\"");
    smap__export_degrees(out, x);
    smap__str_put_char(out, '"');
}

static void put_about(smap__str *out, const smap__export_layer *layer, int64_t row) {
    smap__str name = SMAP__STR_INIT;
    smap__export_name(layer, row, &name);
    smap__str_put(out, "<name>");
    smap__str_put_xml(out, name.data ? name.data : "", name.len);
    smap__str_put(out, "</name><type>");
    smap__str_put_xml(out, layer->title, strlen(layer->title));
    smap__str_put(out, "</type>");
    out->failed = out->failed || name.failed;
    smap__str_release(&name);
}

static void put_waypoints(smap__str *out, const smap__export_layer *layer, int64_t row) {
    const smap_geometry *g = layer->layer->geometry;
    for (int64_t part = smap_geom_part(g, row); part < smap_geom_part(g, row + 1); part++) {
        int64_t at = smap_geom_coord(g, smap_geom_ring(g, part));
        put_position(out, "wpt", g->x[at], g->y[at]);
        smap__str_put_char(out, '>');
        put_about(out, layer, row);
        smap__str_put(out, "</wpt>\n");
    }
}

static void put_track(smap__str *out, const smap__export_layer *layer, int64_t row) {
    const smap_geometry *g = layer->layer->geometry;
    smap__str_put(out, "<trk>");
    put_about(out, layer, row);
    for (int64_t part = smap_geom_part(g, row); part < smap_geom_part(g, row + 1); part++) {
        int64_t ring = smap_geom_ring(g, part);
        smap__str_put(out, "<trkseg>");
        for (int64_t i = smap_geom_coord(g, ring); i < smap_geom_coord(g, ring + 1); i++) {
            put_position(out, "trkpt", g->x[i], g->y[i]);
            smap__str_put(out, "/>");
        }
        smap__str_put(out, "</trkseg>");
    }
    smap__str_put(out, "</trk>\n");
}

static int type_of(const smap__export_layer *layer, int64_t row) {
    return layer->layer->geometry ? layer->layer->geometry->type[row] : SMAP_GEOM_NULL;
}

static bool is_line(int type) {
    return type == SMAP_GEOM_LINESTRING || type == SMAP_GEOM_MULTILINESTRING;
}

static bool is_point(int type) {
    return type == SMAP_GEOM_POINT || type == SMAP_GEOM_MULTIPOINT;
}

/* One pass for each kind: waypoints stand before all tracks. */
static smap_status put_layer(smap__export *e, smap__export_layer *layer, bool tracks, smap_error *err) {
    smap_status status = SMAP_OK;
    for (int64_t row = 0; row < smap_table_rows(layer->layer->table) && status == SMAP_OK; row++) {
        int type = type_of(layer, row);
        status = smap__export_poll(e, row, err);
        if (!tracks && is_point(type)) put_waypoints(&e->out, layer, row);
        if (tracks && is_line(type)) put_track(&e->out, layer, row);
        if (tracks) layer->left_out += !is_line(type) && !is_point(type);
    }
    return status;
}

smap_status smap__export_gpx(smap__export *e, smap_error *err) {
    smap_status status = SMAP_OK;
    smap__str_put(&e->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gpx version=\"1.1\" creator=\"sitemap\" "
                           "xmlns=\"http://www.topografix.com/GPX/1/1\">\n");
    for (int tracks = 0; tracks < 2; tracks++)
        for (int i = 0; i < e->layers && status == SMAP_OK; i++) status = put_layer(e, &e->layer[i], tracks, err);
    smap__str_put(&e->out, "</gpx>\n");
    return status == SMAP_OK ? smap__export_done(&e->out, err) : status;
}
