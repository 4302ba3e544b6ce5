#include "protect/coarsen.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/mix.h"
#include "geo/angle.h"
#include "geo/crs.h"
#include "geo/geom_column.h"

/* In [0, 1): of row `row`, the `draw`th of them. */
static double draw_even(uint64_t seed, int64_t row, int draw) {
    uint64_t bits =
        smap__mix(smap__mix(seed + UINT64_C(0x9e3779b97f4a7c15)) ^ smap__mix((uint64_t)row * 64 + (uint64_t)draw + 1));
    return (double)(smap__mix(bits) >> 11) * 0x1p-53;
}

static smap_status append(smap_geometry_builder *b, double x, double y, smap_error *err) {
    return isfinite(x) && isfinite(y) ? smap_geometry_append_point(b, x, y, err) : smap_geometry_append_null(b, err);
}

static smap_status points(const smap_crs *crs, const double *x, const double *y, int64_t n, const smap_geometry **out,
                          smap_error *err) {
    smap_geometry_builder *b = NULL;
    smap_status status = smap_geometry_builder_new(crs, &b, err);
    for (int64_t i = 0; i < n && status == SMAP_OK; i++) status = append(b, x[i], y[i], err);
    if (status == SMAP_OK) status = smap_geometry_builder_finish(b, out, err);
    smap_geometry_builder_free(b);
    return status;
}

/* ---- squares ------------------------------------------------------------------------------------------------------
 */

static void into_square(const smap__coarsening *how, double size, int64_t row, double *x, double *y) {
    bool displace = smap__json_bool(smap__json_get(how->place, "displace"), false);
    double across = displace ? draw_even(how->seed, row, 0) : 0.5, up = displace ? draw_even(how->seed, row, 1) : 0.5;
    *x = (floor(*x / size) + across) * size;
    *y = (floor(*y / size) + up) * size;
}

static smap_status to_grid(smap_ctx *ctx, const smap__coarsening *how, const smap_layer *layer, double *x, double *y,
                           smap_error *err) {
    const smap_geometry *g = layer->geometry;
    const smap_crs *equal_area = NULL;
    double size = smap__json_number(smap__json_get(how->place, "size_m"), 0);
    smap_status status = SMAP_OK;
    if (!(size > 0))
        return smap__fail(err, SMAP_E_FORMAT, "audiences.json",
                          "audiences.json: the place of layer %s is a grid without a size_m above 0", layer->name);
    for (int64_t i = 0; i < g->count && status == SMAP_OK; i++) status = smap__geometry_anchor(g, i, &x[i], &y[i], err);
    if (status == SMAP_OK) status = smap_crs_new(ctx, "EPSG:6933", &equal_area, err);
    if (status == SMAP_OK) status = smap__crs_transform(ctx, g->crs, equal_area, x, y, g->count, NULL, err);
    for (int64_t i = 0; i < g->count && status == SMAP_OK; i++) into_square(how, size, i, &x[i], &y[i]);
    if (status == SMAP_OK) status = smap__crs_transform(ctx, equal_area, g->crs, x, y, g->count, NULL, err);
    smap_crs_free(equal_area);
    return status;
}

/* ---- areas --------------------------------------------------------------------------------------------------------
 */

/* The area of that level that the P-code lies in: the codes of areas begin with those that they are part of. */
static int64_t area_of(const smap_layer *admin, int64_t level, const char *pcode, size_t len) {
    const smap_column *code = smap_table_find(admin->table, "pcode"), *at = smap_table_find(admin->table, "level");
    if (!code || code->type != SMAP_TEXT || !at || at->type != SMAP_INT64) return -1;
    for (int64_t i = 0; i < code->count; i++) {
        size_t n;
        const char *text = smap_column_text(code, i, &n);
        if (smap_column_is_null(at, i) || at->v.i[i] != level || !n || n > len || memcmp(text, pcode, n) != 0) continue;
        return i;
    }
    return -1;
}

/* Even-odd over all rings of the feature. */
static bool is_inside(const smap_geometry *g, int64_t feature, double x, double y) {
    bool inside = false;
    int64_t first_ring = smap_geom_ring(g, smap_geom_part(g, feature));
    int64_t end_ring = smap_geom_ring(g, smap_geom_part(g, feature + 1));
    for (int64_t ring = first_ring; ring < end_ring; ring++)
        for (int64_t k = smap_geom_coord(g, ring) + 1; k < smap_geom_coord(g, ring + 1); k++)
            if ((g->y[k] > y) != (g->y[k - 1] > y) &&
                x < g->x[k - 1] + (g->x[k] - g->x[k - 1]) * (y - g->y[k - 1]) / (g->y[k] - g->y[k - 1]))
                inside = !inside;
    return inside;
}

/* A point of the area's box that is in the area, of at most so many; else the area's anchor. Sines of latitude are even
 * where areas are. */
static smap_status draw_in_area(const smap_geometry *g, int64_t area, uint64_t seed, int64_t row, double *x, double *y,
                                smap_error *err) {
    enum { DRAWS = 30 };
    smap_box box = smap_geometry_box(g, area);
    double low = sin(smap__radians(box.ymin)), high = sin(smap__radians(box.ymax));
    for (int i = 0; i < DRAWS; i++) {
        *x = box.xmin + (box.xmax - box.xmin) * draw_even(seed, row, 2 * i);
        *y = smap__degrees(asin(low + (high - low) * draw_even(seed, row, 2 * i + 1)));
        if (is_inside(g, area, *x, *y)) return SMAP_OK;
    }
    return smap__geometry_anchor(g, area, x, y, err);
}

static smap_status to_area(const smap__coarsening *how, const smap_layer *layer, double *x, double *y,
                           smap_error *err) {
    const smap_column *pcode = smap_table_find(layer->table, "pcode");
    int64_t level = smap__json_integer(smap__json_get(how->place, "level"), 0);
    bool displace = smap__json_bool(smap__json_get(how->place, "displace"), false);
    smap_status status = SMAP_OK;
    for (int64_t i = 0; i < layer->geometry->count && status == SMAP_OK; i++) {
        size_t len;
        x[i] = y[i] = NAN;
        if (!how->admin || !how->admin->geometry || !pcode || pcode->type != SMAP_TEXT) continue;
        const char *text = smap_column_text(pcode, i, &len);
        int64_t area = area_of(how->admin, level, text, len);
        if (area < 0) continue;
        status = displace ? draw_in_area(how->admin->geometry, area, how->seed, i, &x[i], &y[i], err)
                          : smap__geometry_anchor(how->admin->geometry, area, &x[i], &y[i], err);
    }
    return status;
}

smap_status smap__coarsen(smap_ctx *ctx, const smap__coarsening *how, const smap_layer *layer,
                          const smap_geometry **out, smap_error *err) {
    int64_t n = layer->geometry->count;
    double *x = smap__zalloc((size_t)n + 1, sizeof *x), *y = smap__zalloc((size_t)n + 1, sizeof *y);
    const char *to = smap__json_text(smap__json_get(how->place, "to"), "");
    smap_status status = SMAP_OK;
    if (!x || !y)
        status = smap__fail_memory(err);
    else if (strcmp(to, "grid") == 0)
        status = to_grid(ctx, how, layer, x, y, err);
    else if (strcmp(to, "area") == 0)
        status = to_area(how, layer, x, y, err);
    else
        status = smap__fail(err, SMAP_E_FORMAT, "audiences.json",
                            "audiences.json: layer %s is to be placed by \"%s\"; \"grid\" and \"area\" are known",
                            layer->name, to);
    if (status == SMAP_OK) status = points(layer->geometry->crs, x, y, n, out, err);
    smap__free(x);
    smap__free(y);
    return status;
}
