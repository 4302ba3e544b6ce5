#include "job/map_extent.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "base/str.h"
#include "col/cell.h"
#include "geo/geom_column.h"
#include "job/arabic_names.h"

bool smap__map_extent_touches(const smap__map_extent *extent, const smap_layer *layer, int64_t row) {
    if (!layer->geometry || layer->geometry->type[row] == SMAP_GEOM_NULL) return false;
    return smap__box_touches(smap_geometry_box(layer->geometry, row), extent->box);
}

static smap_status parse_extent(const char *text, smap_box *out, smap_error *err) {
    double v[4];
    const char *at = text;
    for (int i = 0; i < 4; i++) {
        size_t n = strcspn(at, ",");
        const char *number = at;
        smap__trim(&number, &n);
        if (!smap__parse_real(number, n, &v[i]) || (at[strcspn(at, ",")] == '\0') != (i == 3))
            return smap__fail(
                err, SMAP_E_ARGUMENT, "extent",
                "the extent must be xmin,ymin,xmax,ymax in degrees, such as 22.5,32.6,22.7,32.8, not \"%s\"", text);
        at += strcspn(at, ",") + (i < 3);
    }
    if (!(v[0] < v[2] && v[1] < v[3]) || v[0] < -180 || v[2] > 180 || v[1] < -90 || v[3] > 90)
        return smap__fail(err, SMAP_E_ARGUMENT, "extent",
                          "the extent \"%s\" is empty or outside the degrees of the earth (xmin,ymin,xmax,ymax)", text);
    *out = (smap_box){ v[0], v[1], v[2], v[3] };
    return SMAP_OK;
}

static void put_name(char *out, size_t size, const smap_layer *layer, const char *column, int64_t row) {
    smap__str s = SMAP__STR_INIT;
    const smap_column *c = smap_table_find(layer->table, column);
    if (c) smap__cell_put(&s, c, row);
    smap__utf8_copy(out, size, s.data ? s.data : "");
    smap__str_release(&s);
}

/* Does row `row` of `coverage` go by that name: its key, ACTIVATION_AOInn, or its name? */
static bool is_aoi(const smap_layer *coverage, int64_t row, const char *area) {
    const smap_table *t = coverage->table;
    const smap_column *activation = smap_table_find(t, "activation"), *aoi = smap_table_find(t, "aoi");
    smap__str key = SMAP__STR_INIT;
    if (!smap__cell_is(smap_table_find(t, "kind"), row, "area_of_interest")) return false;
    if (activation && aoi && aoi->type == SMAP_INT64 && !smap_column_is_null(aoi, row)) {
        smap__cell_put(&key, activation, row);
        smap__str_printf(&key, "_AOI%02lld", (long long)aoi->v.i[row]);
    }
    bool same = key.data && strcmp(key.data, area) == 0;
    smap__str_release(&key);
    return same || smap__cell_is(smap_table_find(t, "coverage_id"), row, area) ||
           smap__cell_is(smap_table_find(t, "name_en"), row, area) ||
           smap__cell_is(smap_table_find(t, "name_ar"), row, area);
}

static bool is_admin(const smap_layer *admin, int64_t row, const char *area) {
    return smap__cell_is(smap_table_find(admin->table, "pcode"), row, area);
}

static bool is_named(const smap_layer *admin, int64_t row, const char *area) {
    return smap__cell_is(smap_table_find(admin->table, "name_en"), row, area) ||
           smap__cell_is(smap_table_find(admin->table, "name_ar"), row, area);
}

/* The first row of a layer of the workspace that the area names. */
static smap_status find_area(smap__workspace *workspace, const smap__audience *audience, const char *layer_name,
                             bool (*is)(const smap_layer *, int64_t, const char *), const char *area,
                             smap__map_extent *out, bool *found, smap_error *err) {
    const smap_layer *layer = NULL;
    smap_status status = smap__workspace_view(workspace, audience, layer_name, &layer, err);
    if (status != SMAP_OK) return status;
    for (int64_t i = 0; i < smap_table_rows(layer->table) && !*found; i++) {
        if (!layer->geometry || layer->geometry->type[i] == SMAP_GEOM_NULL || !is(layer, i, area)) continue;
        *found = true;
        out->box = smap_geometry_box(layer->geometry, i);
        put_name(out->name_en, sizeof out->name_en, layer, "name_en", i);
        put_name(out->name_ar, sizeof out->name_ar, layer, "name_ar", i);
    }
    smap_layer_free(layer);
    return SMAP_OK;
}

/* Of a row in the area that has the same English name, the Arabic one. */
static smap_status find_arabic(smap__workspace *workspace, const smap__audience *audience, const char *layer_name,
                               smap__map_extent *out, smap_error *err) {
    const smap_layer *layer = NULL;
    smap__str name = SMAP__STR_INIT;
    if (out->name_ar[0] || !out->name_en[0]) return SMAP_OK;
    smap_status status = smap__workspace_view(workspace, audience, layer_name, &layer, err);
    if (status != SMAP_OK) return status;
    smap__arabic_name_find(layer, out->name_en, out->box, &name);
    if (name.failed)
        status = smap__fail_memory(err);
    else if (name.len)
        snprintf(out->name_ar, sizeof out->name_ar, "%s", name.data);
    smap__str_release(&name);
    smap_layer_free(layer);
    return status;
}

/* Areas of interest have English names alone: places and administrative areas of the same name have the Arabic one. */
static smap_status name_in_arabic(smap_ctx *ctx, smap__workspace *workspace, const smap__audience *audience,
                                  const smap_map_options *o, smap__map_extent *out, smap_error *err) {
    smap_status status = find_arabic(workspace, audience, "place", out, err);
    if (status == SMAP_OK) status = find_arabic(workspace, audience, "admin", out, err);
    if (status != SMAP_OK || out->name_ar[0] || !out->name_en[0]) return status;
    bool english = o->common.lang && strcmp(o->common.lang, "en") == 0;
    if (english || smap__pair_find(o->set, o->sets, "area") || smap__pair_find(o->set, o->sets, "area_ar"))
        return SMAP_OK;
    smap__log(ctx, SMAP_LOG_WARNING,
              "the area \"%s\" has no Arabic name here, nor has a place or an administrative area of that name in it: "
              "Arabic texts show the English one; --set area_ar=NAME gives it",
              out->name_en);
    return SMAP_OK;
}

static smap_status by_area(smap__workspace *workspace, const smap__audience *audience, const char *area,
                           smap__map_extent *out, smap_error *err) {
    bool found = false;
    smap_status status = find_area(workspace, audience, "admin", is_admin, area, out, &found, err);
    if (status == SMAP_OK && !found)
        status = find_area(workspace, audience, "coverage", is_aoi, area, out, &found, err);
    if (status == SMAP_OK && !found) status = find_area(workspace, audience, "admin", is_named, area, out, &found, err);
    if (status == SMAP_OK && !found)
        status = smap__fail(
            err, SMAP_E_NOT_FOUND, "area",
            "there is no area \"%s\": --area takes a P-code or a name of the layer admin, or an area of interest "
            "of the layer coverage (EMSR696_AOI01, or its name); --extent takes degrees",
            area);
    return status;
}

/* Beyond this much, corners lie on the other half of the earth, and a plane cannot show both halves. */
static smap_status check_span(smap_box b, bool given, smap_error *err) {
    enum { WIDEST_DEG = 120 };
    if (b.xmax - b.xmin <= WIDEST_DEG && b.ymax - b.ymin <= WIDEST_DEG) return SMAP_OK;
    return smap__fail(err, given ? SMAP_E_ARGUMENT : SMAP_E_LIMIT, "extent",
                      "the extent %.4g, %.4g to %.4g, %.4g is wider than the %d degrees that a sheet can show; name a "
                      "smaller one with --extent or --area, and look for positions that lie far off",
                      b.xmin, b.ymin, b.xmax, b.ymax, WIDEST_DEG);
}

/* Of all that the layers show: features, of base layers and those off the extent only where there is nothing else.
 * Where the administrative areas are known, a feature that lies off all of them (a swapped position, a typing error)
 * does not stretch the map: it is left out of the extent and counted. */
static smap_box extent_of_content(const smap__map_layers *layers, int64_t *left_out) {
    smap__map_extent areas = { .box = SMAP_BOX_EMPTY };
    smap_box box = SMAP_BOX_EMPTY;
    for (int i = 0; i < layers->count; i++)
        if (strcmp(layers->item[i].layer->name, "admin") == 0)
            areas.box = smap__box_join(areas.box, smap_geometry_extent(layers->item[i].layer->geometry));
    bool known = !smap__box_is_empty(areas.box);
    for (int base = 0; base < 2 && smap__box_is_empty(box); base++)
        for (int i = 0; i < layers->count; i++) {
            const smap_layer *l = layers->item[i].layer;
            if ((layers->item[i].is_base || layers->item[i].off_extent) != (base == 1)) continue;
            for (int64_t row = 0; row < smap_table_rows(l->table); row++) {
                if (known && !smap__map_extent_touches(&areas, l, row))
                    *left_out += 1;
                else
                    box = smap__box_join(box, smap_geometry_box(l->geometry, row));
            }
        }
    return box;
}

smap_status smap__map_extent_fail(const smap__map_extent *extent, smap_error *err) {
    smap_box asked = extent->box, all = extent->content;
    return smap__fail(err, SMAP_E_NOT_FOUND, "extent",
                      "nothing lies in the map's extent %.6g,%.6g,%.6g,%.6g: what the sheet shows lies in "
                      "%.6g,%.6g,%.6g,%.6g (xmin,ymin,xmax,ymax in degrees); name a part of that with --extent or "
                      "--area",
                      asked.xmin, asked.ymin, asked.xmax, asked.ymax, all.xmin, all.ymin, all.xmax, all.ymax);
}

static smap_status check_content(const smap__map_extent *extent, const smap__map_layers *layers, smap_error *err) {
    for (int i = 0; i < layers->count; i++)
        for (int64_t row = 0; row < smap_table_rows(layers->item[i].layer->table); row++)
            if (smap__map_extent_touches(extent, layers->item[i].layer, row)) return SMAP_OK;
    return smap__map_extent_fail(extent, err);
}

smap_status smap__map_extent_ask(smap_ctx *ctx, smap__workspace *workspace, const smap__audience *audience,
                                 const smap_map_options *options, smap__map_extent *out, smap_error *err) {
    smap__map_extent extent = { .box = SMAP_BOX_EMPTY };
    smap_status status = SMAP_OK;
    if (options->area) status = by_area(workspace, audience, options->area, &extent, err);
    if (status == SMAP_OK) status = name_in_arabic(ctx, workspace, audience, options, &extent, err);
    if (status == SMAP_OK && options->extent) status = parse_extent(options->extent, &extent.box, err);
    if (status == SMAP_OK) *out = extent;
    return status;
}

smap_status smap__map_extent_find(const smap_map_options *options, const smap__map_layers *layers,
                                  smap__map_extent *extent, smap_error *err) {
    int64_t left_out = 0;
    extent->content = extent_of_content(layers, &left_out);
    if (smap__box_is_empty(extent->content))
        return smap__fail(err, SMAP_E_NOT_FOUND, "map",
                          "there is nothing to show: the workspace has no rows with geometry in the sheet's layers");
    if (smap__box_is_empty(extent->box)) {
        extent->box = extent->content;
        extent->left_out = left_out;
    }
    smap_status status = check_span(extent->box, options->extent != NULL, err);
    return status == SMAP_OK ? check_content(extent, layers, err) : status;
}
