/* KML 2.2 (OGC 07-147r2) in a .zip, as Google Earth reads it. */
#include <string.h>

#include "col/cell.h"
#include "io/export.h"
#include "io/zip_store.h"

static void put_text(smap__str *out, const char *name, const char *text) {
    smap__str_printf(out, "<%s>", name);
    smap__str_put_xml(out, text, strlen(text));
    smap__str_printf(out, "</%s>", name);
}

static void put_coordinates(smap__str *out, const smap_geometry *g, int64_t ring) {
    smap__str_put(out, "<coordinates>");
    for (int64_t i = smap_geom_coord(g, ring); i < smap_geom_coord(g, ring + 1); i++) {
        smap__export_degrees(out, g->x[i]);
        smap__str_put_char(out, ',');
        smap__export_degrees(out, g->y[i]);
        smap__str_put_char(out, ' ');
    }
    smap__str_put(out, "</coordinates>");
}

static void put_part(smap__str *out, const smap_geometry *g, int64_t part, int kind) {
    int64_t ring = smap_geom_ring(g, part), end = smap_geom_ring(g, part + 1);
    const char *name = kind == SMAP_GEOM_POINT ? "Point" : kind == SMAP_GEOM_LINESTRING ? "LineString" : "Polygon";
    smap__str_printf(out, "<%s>", name);
    if (kind != SMAP_GEOM_POLYGON) put_coordinates(out, g, ring);
    for (int64_t r = ring; kind == SMAP_GEOM_POLYGON && r < end; r++) {
        smap__str_put(out, r == ring ? "<outerBoundaryIs><LinearRing>" : "<innerBoundaryIs><LinearRing>");
        put_coordinates(out, g, r);
        smap__str_put(out, r == ring ? "</LinearRing></outerBoundaryIs>" : "</LinearRing></innerBoundaryIs>");
    }
    smap__str_printf(out, "</%s>", name);
}

static void put_geometry(smap__str *out, const smap_geometry *g, int64_t row) {
    int type = g->type[row];
    int64_t from = smap_geom_part(g, row), to = smap_geom_part(g, row + 1);
    if (to - from > 1) smap__str_put(out, "<MultiGeometry>");
    for (int64_t part = from; part < to; part++)
        put_part(out, g, part,
                 type == SMAP_GEOM_COLLECTION ? g->part_type[part]
                 : type > SMAP_GEOM_POLYGON   ? type - SMAP_GEOM_MULTIPOINT + SMAP_GEOM_POINT
                                              : type);
    if (to - from > 1) smap__str_put(out, "</MultiGeometry>");
}

static void put_values(smap__str *out, const smap_table *table, int64_t row) {
    smap__str_put(out, "<ExtendedData>");
    for (int i = 0; i < smap_table_columns(table); i++) {
        const smap_column *c = smap_table_at(table, i);
        smap__str text = SMAP__STR_INIT;
        if (smap_column_is_null(c, row) || c->type == SMAP_BLOB) continue;
        smap__cell_put(&text, c, row);
        smap__str_printf(out, "<Data name=\"%s\">", c->name);
        put_text(out, "value", text.data ? text.data : "");
        smap__str_put(out, "</Data>");
        out->failed = out->failed || text.failed;
        smap__str_release(&text);
    }
    smap__str_put(out, "</ExtendedData>");
}

static smap_status put_layer(const smap__export *e, smap__str *out, smap__export_layer *layer, smap_error *err) {
    const smap_layer *l = layer->layer;
    smap__str name = SMAP__STR_INIT;
    smap_status status = SMAP_OK;
    smap__str_put(out, "<Folder>");
    put_text(out, "name", layer->title);
    for (int64_t row = 0; row < smap_table_rows(l->table) && status == SMAP_OK; row++) {
        status = smap__export_poll(e, row, err);
        if (!l->geometry || l->geometry->type[row] == SMAP_GEOM_NULL) {
            layer->left_out++;
            continue;
        }
        smap__export_name(layer, row, &name);
        smap__str_put(out, "\n<Placemark>");
        put_text(out, "name", name.data ? name.data : "");
        put_values(out, l->table, row);
        put_geometry(out, l->geometry, row);
        smap__str_put(out, "</Placemark>");
    }
    smap__str_put(out, "</Folder>\n");
    out->failed = out->failed || name.failed;
    smap__str_release(&name);
    return status;
}

smap_status smap__export_kmz(smap__export *e, smap_error *err) {
    smap__str kml = SMAP__STR_INIT;
    smap_status status = SMAP_OK;
    smap__str_put(&kml, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml "
                        "xmlns=\"http://www.opengis.net/kml/2.2\"><Document>");
    put_text(&kml, "name", e->title);
    for (int i = 0; i < e->layers && status == SMAP_OK; i++) status = put_layer(e, &kml, &e->layer[i], err);
    smap__str_put(&kml, "</Document></kml>\n");
    if (status == SMAP_OK) status = smap__export_done(&kml, err);
    if (status == SMAP_OK) smap__zip_store(&e->out, &(smap__zip_entry){ "doc.kml", kml.data, kml.len }, 1);
    smap__str_release(&kml);
    return status == SMAP_OK ? smap__export_done(&e->out, err) : status;
}
