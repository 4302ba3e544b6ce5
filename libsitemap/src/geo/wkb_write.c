/* The WKB writer: ISO, little endian. The size of a geometry follows from its offsets alone. */
#include <math.h>
#include <string.h>

#include "base/byte_order.h"
#include "geo/geom_column.h"

typedef struct writer {
    const smap_geometry *g;
    uint8_t *at;
    bool z, m; /* does the feature have them? */
} writer;

static void put_u32(writer *w, uint32_t value) {
    smap__put_le32(w->at, value);
    w->at += 4;
}

static void put_double(writer *w, double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    smap__put_le64(w->at, bits);
    w->at += 8;
}

static void put_header(writer *w, int type) {
    *w->at++ = 1;
    put_u32(w, (uint32_t)type + (w->z ? 1000u : 0u) + (w->m ? 2000u : 0u));
}

static void put_coords(writer *w, int64_t first, int64_t end) {
    const smap_geometry *g = w->g;
    for (int64_t i = first; i < end; i++) {
        put_double(w, g->x[i]);
        put_double(w, g->y[i]);
        if (w->z) put_double(w, g->z[i]);
        if (w->m) put_double(w, g->m[i]);
    }
}

static void put_part(writer *w, int64_t part, int type) {
    const smap_geometry *g = w->g;
    int64_t ring = smap_geom_ring(g, part), ring_end = smap_geom_ring(g, part + 1);
    put_header(w, type);
    if (type == SMAP_GEOM_POINT) {
        put_coords(w, smap_geom_coord(g, ring), smap_geom_coord(g, ring) + 1);
        return;
    }
    if (type == SMAP_GEOM_POLYGON) put_u32(w, (uint32_t)(ring_end - ring));
    for (; ring < ring_end; ring++) {
        int64_t first = smap_geom_coord(g, ring), end = smap_geom_coord(g, ring + 1);
        put_u32(w, (uint32_t)(end - first));
        put_coords(w, first, end);
    }
}

static void put_empty(writer *w, int type) {
    put_header(w, type);
    if (type != SMAP_GEOM_POINT) {
        put_u32(w, 0);
        return;
    }
    put_double(w, NAN);
    put_double(w, NAN);
}

static bool has_values(const double *values, int64_t first, int64_t end) {
    for (int64_t i = first; values && i < end; i++)
        if (!isnan(values[i])) return true;
    return false;
}

static bool is_single(int type) {
    return type >= SMAP_GEOM_POINT && type <= SMAP_GEOM_POLYGON;
}

static size_t size_of(const writer *w, int64_t feature, int64_t part, int64_t part_end) {
    const smap_geometry *g = w->g;
    int type = g->type[feature];
    size_t stride = 16 + (w->z ? 8u : 0u) + (w->m ? 8u : 0u);
    if (part == part_end) return type == SMAP_GEOM_POINT ? 5 + 16 : 5 + 4;
    size_t size = is_single(type) ? 0 : 5 + 4;
    for (int64_t p = part; p < part_end; p++) {
        int64_t ring = smap_geom_ring(g, p), ring_end = smap_geom_ring(g, p + 1);
        int64_t coords = smap_geom_coord(g, ring_end) - smap_geom_coord(g, ring);
        int kind = (int)smap__geometry_part_type(g, feature, p);
        size += 5 + (size_t)coords * stride;
        if (kind == SMAP_GEOM_LINESTRING) size += 4;
        if (kind == SMAP_GEOM_POLYGON) size += 4 + 4 * (size_t)(ring_end - ring);
    }
    return size;
}

size_t smap_geometry_wkb(const smap_geometry *g, int64_t feature, void *buffer, size_t size) {
    int type = g->type[feature];
    if (type == SMAP_GEOM_NULL) return 0;
    int64_t part = smap_geom_part(g, feature), part_end = smap_geom_part(g, feature + 1), first, end;
    smap__geometry_span(g, feature, &first, &end);
    writer w = { g, buffer, has_values(g->z, first, end), has_values(g->m, first, end) };
    size_t need = size_of(&w, feature, part, part_end);
    if (!buffer || size < need) return need;
    if (part == part_end) {
        put_empty(&w, type);
        return need;
    }
    if (!is_single(type)) {
        put_header(&w, type);
        put_u32(&w, (uint32_t)(part_end - part));
    }
    for (; part < part_end; part++) put_part(&w, part, (int)smap__geometry_part_type(g, feature, part));
    return need;
}
