#include "job/ground_layer.h"

#include <math.h>

#include "base/fail.h"
#include "geo/crs.h"
#include "geo/geom_column.h"
#include "geo/ground.h"
#include "geo/layer_row.h"

/* An edge that is straight in one CRS is a curve in another: it is split until it is off by less than this. */
static const double STRAIGHT_M = 0.01;

/* ---- the working CRS ------------------------------------------------------------------------------------------------
 */

bool smap__box_too_wide(const smap_crs *crs, smap_box box) {
    static const double half_of_the_earth_deg = 180;
    return smap_crs_is_geographic(crs) && box.xmax - box.xmin > half_of_the_earth_deg;
}

static bool has_place(const smap_geometry *g) {
    return g && g->crs && !smap__box_is_empty(smap_geometry_extent(g));
}

/* The largest decides, so that it is moved least. */
static const smap_geometry *largest(const smap_geometry *const *geometry, int count) {
    const smap_geometry *best = NULL;
    for (int i = 0; i < count; i++)
        if (has_place(geometry[i]) && (!best || geometry[i]->count > best->count)) best = geometry[i];
    return best;
}

smap_status smap__common_ground(smap_ctx *ctx, const smap_geometry *const *geometry, int count, const char *what,
                                const smap_crs **out, smap_error *err) {
    const smap_geometry *most = largest(geometry, count);
    smap_box extent = SMAP_BOX_EMPTY;
    if (!most) return SMAP_OK;
    for (int i = 0; i < count; i++) {
        if (!has_place(geometry[i])) continue;
        smap_box box = smap_geometry_extent(geometry[i]);
        smap_status status = smap_crs_equal(geometry[i]->crs, most->crs)
                                 ? SMAP_OK
                                 : smap__crs_transform_box(ctx, geometry[i]->crs, most->crs, box, &box, err);
        if (status != SMAP_OK) return status;
        extent = smap__box_join(extent, box);
    }
    if (smap__box_too_wide(most->crs, extent))
        return smap__fail(err, SMAP_E_LIMIT, NULL,
                          "%s reach over more than half of the earth, or lie on both sides of the 180th meridian: no "
                          "plane holds them all; take one region at a time",
                          what);
    return smap__ground_crs(ctx, extent, most->crs, out, err);
}

/* ---- layers ---------------------------------------------------------------------------------------------------------
 */

static smap_status note_repairs(const smap__repairs *repairs, const smap_layer *layer, const char *what,
                                smap__findings *findings, smap_error *err) {
    smap_status status = SMAP_OK;
    for (int64_t i = 0; i < repairs->count && status == SMAP_OK; i++) {
        const smap__repair_note *n = &repairs->note[i];
        int64_t fid = smap__layer_fid(layer, n->feature);
        status = isnan(n->area_after)
                     ? smap__findings_add(findings, err, SMAP__WARNING, "polygon_not_repaired", fid, NULL, NULL,
                                          "%s: the polygon is not valid (%s) and cannot be repaired; it is left out",
                                          what, n->reason)
                     : smap__findings_add(findings, err, SMAP__WARNING, "polygon_repaired", fid, NULL, NULL,
                                          "%s: the polygon was not valid (%s) and was repaired: %.2f m2 before, %.2f "
                                          "m2 after",
                                          what, n->reason, n->area_before, n->area_after);
    }
    return status;
}

static smap_status nowhere(const smap_crs *crs, int64_t count, const smap_geometry **out, smap_error *err) {
    smap_geometry_builder *b = NULL;
    smap_status status = smap_geometry_builder_new(crs, &b, err);
    for (int64_t i = 0; i < count && status == SMAP_OK; i++) status = smap_geometry_append_null(b, err);
    if (status == SMAP_OK) status = smap_geometry_builder_finish(b, out, err);
    smap_geometry_builder_free(b);
    return status;
}

smap_status smap__layer_to_ground(smap_ctx *ctx, const smap_layer *layer, const smap_crs *crs, const char *what,
                                  smap__findings *findings, const smap_geometry **out, smap__repairs *repaired,
                                  smap_error *err) {
    const smap_geometry *moved = NULL;
    smap__repairs repairs = { 0 };
    int64_t lost = 0;
    if (!layer->geometry) return nowhere(crs, smap_table_rows(layer->table), out, err);
    smap_status status = smap__ground_transform(ctx, layer->geometry, crs, STRAIGHT_M, &moved, &lost, err);
    if (status == SMAP_OK) status = smap__geometry_repair(ctx, moved, out, &repairs, err);
    if (status == SMAP_OK) status = note_repairs(&repairs, layer, what, findings, err);
    if (status == SMAP_OK && lost)
        status = smap__findings_add(findings, err, SMAP__WARNING, "outside_crs", 0, NULL, NULL,
                                    "%s: %lld features lie where the CRS of the analysis, %s, does not reach; they are "
                                    "left out",
                                    what, (long long)lost, smap_crs_name(crs));
    if (status == SMAP_OK && repaired) {
        *repaired = repairs;
        repairs = (smap__repairs){ 0 };
    }
    smap__repairs_release(&repairs);
    smap_geometry_free(moved);
    return status;
}
