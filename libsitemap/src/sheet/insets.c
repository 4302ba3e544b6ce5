#include "sheet/insets.h"

#include <math.h>

#include "base/alloc.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "geo/crs.h"
#include "geo/geom_column.h"
#include "sheet/map_view.h"
#include "sheet/page.h"

const char *const smap__inset_lists[SMAP__INSETS] = { "locator_layers", "area_layers" };

typedef struct building {
    smap_ctx *ctx;
    smap__sheet *sheet;
    smap__sheet_spec *spec;
    const smap__sheet_options *options;
} building;

/* What the layers of the country cover, in degrees; one that lies nowhere on earth is left out. */
static smap_box cover_of(const building *b, const smap_crs *wgs84) {
    smap_box all = SMAP_BOX_EMPTY;
    for (int i = 0; i < b->options->inset[SMAP__INSET_COUNTRY].layers; i++) {
        const smap_layer *l = b->options->inset[SMAP__INSET_COUNTRY].layer[i].layer;
        if (!l || !l->geometry || !l->geometry->crs) continue;
        smap_box box = smap_geometry_extent(l->geometry);
        if (smap__box_is_empty(box)) continue;
        if (smap__crs_transform_box(b->ctx, l->geometry->crs, wgs84, box, &box, NULL) != SMAP_OK) continue;
        all = smap__box_join(all, box);
    }
    return (smap_box){ fmax(all.xmin, -180), fmax(all.ymin, -90), fmin(all.xmax, 180), fmin(all.ymax, 90) };
}

/* The map's frame as a closed ring in an inset; grown on its middle where it would be too small to see. */
static smap_status outline_in(building *run, smap__inset *inset, smap_error *err) {
    enum { SIDE = 16, POINTS = 4 * SIDE + 1 };
    smap__sheet *s = run->sheet;
    smap_box b = s->map.box;
    double *x = smap__arena_alloc(&s->arena, POINTS * sizeof *x), *y = smap__arena_alloc(&s->arena, POINTS * sizeof *y);
    if (!x || !y) return smap__fail_memory(err);
    for (int i = 0; i < POINTS; i++) {
        int side = i / SIDE % 4;
        double t = (double)(i % SIDE) / SIDE, u = side < 2 ? t : 1 - t;
        x[i] = side % 2 == 0 ? b.xmin + u * (b.xmax - b.xmin) : side == 1 ? b.xmax : b.xmin;
        y[i] = side % 2 == 1 ? b.ymin + u * (b.ymax - b.ymin) : side == 0 ? b.ymin : b.ymax;
    }
    smap_status status = smap__crs_transform(run->ctx, s->map.crs, inset->view.crs, x, y, POINTS, NULL, err);
    if (status != SMAP_OK) return status;
    smap_box at = SMAP_BOX_EMPTY;
    for (int i = 0; i < POINTS; i++) {
        x[i] = smap__page_x(&inset->view, x[i]);
        y[i] = smap__page_y(&inset->view, y[i]);
        at = (smap_box){ fmin(at.xmin, x[i]), fmin(at.ymin, y[i]), fmax(at.xmax, x[i]), fmax(at.ymax, y[i]) };
    }
    double size = fmax(at.xmax - at.xmin, at.ymax - at.ymin), grow = fmax(1, s->look.extent_min_mm / fmax(size, 1e-9));
    for (int i = 0; i < POINTS; i++) {
        x[i] = (at.xmin + at.xmax) / 2 + (x[i] - (at.xmin + at.xmax) / 2) * grow;
        y[i] = (at.ymin + at.ymax) / 2 + (y[i] - (at.ymin + at.ymax) / 2) * grow;
    }
    inset->x = x;
    inset->y = y;
    inset->points = POINTS;
    return SMAP_OK;
}

/* ---- which of them, and of what ---------------------------------------------------------------------------------- */

static smap_status compose(building *b, int which, smap_error *err) {
    smap__inset *inset = &b->sheet->inset[which];
    smap__view_options v = { smap__sheet_spec_number(b->spec, b->spec->root, "clip_margin_mm"),
                             0.5 / b->sheet->px_per_mm, b->sheet->lang, b->sheet->look.label_chars };
    smap_status status = smap__view_compose(b->ctx, &b->sheet->arena, &inset->view, b->options->inset[which].layer,
                                            b->options->inset[which].layers, &v, err);
    return status == SMAP_OK ? outline_in(b, inset, err) : status;
}

/* The corner where lines begin: the left one, on a mirrored page the right one. */
static smap__rect_mm nested_place(const building *b, smap__rect_mm at, const smap__json *country) {
    const smap__json *share = smap__json_get(country, "share");
    double gap = smap__json_number(smap__json_get(country, "gap_mm"), 0);
    double w = at.w * smap__json_number(smap__json_item(share, 0), 0),
           h = at.h * smap__json_number(smap__json_item(share, 1), 0);
    return (smap__rect_mm){ b->sheet->mirrored ? at.x + at.w - gap - w : at.x + gap, at.y + gap, w, h };
}

/* How many times larger than in `at` the country, fitted there, the map's frame could be. */
static double times_larger(const building *b, const smap__view *country, smap__rect_mm at) {
    smap_box f = b->sheet->map.box;
    return fmin(at.w / (f.xmax - f.xmin), at.h / (f.ymax - f.ymin)) / country->mm_per_unit;
}

/* Half way between the two scales, the map's frame in the middle of what the country leaves free. */
static smap_status place_area(building *b, smap__view *area, smap__rect_mm at, smap__rect_mm nested, double mm_per_unit,
                              smap_error *err) {
    const smap__view *map = &b->sheet->map;
    const smap_crs *wgs84 = NULL;
    smap_box degrees;
    double x = (map->box.xmin + map->box.xmax) / 2, y = (map->box.ymin + map->box.ymax) / 2;
    double w = at.w / mm_per_unit, h = at.h / mm_per_unit;
    double aside = (b->sheet->mirrored ? 1 : -1) * nested.w / 2 / mm_per_unit;
    smap_box around = { x - w / 2, y - h / 2, x + w / 2, y + h / 2 };
    smap_status status;
    SMAP_TRY(smap__crs_wgs84(b->ctx, &wgs84, err), done);
    SMAP_TRY(smap__crs_transform_box(b->ctx, map->crs, wgs84, around, &degrees, err), done);
    SMAP_TRY(smap__crs_metric(b->ctx, degrees, wgs84, &area->crs, err), done);
    SMAP_TRY(smap__crs_transform(b->ctx, map->crs, area->crs, &x, &y, 1, NULL, err), done);
    x += aside;
    area->at = at;
    area->mm_per_unit = mm_per_unit;
    area->box = (smap_box){ x - w / 2, y - h / 2, x + w / 2, y + h / 2 };
done:
    smap_crs_free(wgs84);
    return status;
}

/* The area, if it can show something between the map and the country. */
static smap_status build_area(building *b, smap__rect_mm at, const smap__json *json, bool *there, smap_error *err) {
    static const double least_times = 3; /* from one scale to the next */
    const smap__json *wanted = smap__json_get(json, "country");
    smap__view *country = &b->sheet->inset[SMAP__INSET_COUNTRY].view;
    double times = times_larger(b, country, at);
    *there = false;
    if (!wanted || b->options->inset[SMAP__INSET_AREA].layers == 0) return SMAP_OK;
    double least_m = smap__json_number(smap__json_get(wanted, "area_least_m"), 0);
    double larger = sqrt(times);
    if (least_m > 0) larger = fmin(larger, at.w / least_m / country->mm_per_unit);
    if (!(larger >= least_times) || !isfinite(times)) {
        smap__log(b->ctx, SMAP_LOG_INFO, "one inset only: the map shows much of the country that is known");
        return SMAP_OK;
    }
    smap__rect_mm nested = nested_place(b, at, wanted);
    if (!(nested.w > 0 && nested.h > 0)) return SMAP_OK;
    smap_status status =
        place_area(b, &b->sheet->inset[SMAP__INSET_AREA].view, at, nested, country->mm_per_unit * larger, err);
    if (status == SMAP_OK) status = compose(b, SMAP__INSET_AREA, err);
    country->at = nested;
    *there = true;
    return status;
}

smap_status smap__insets_build(smap_ctx *ctx, smap__sheet *sheet, smap__sheet_spec *spec,
                               const smap__sheet_options *options, smap__rect_mm at, const smap__json *element,
                               smap_error *err) {
    building b = { ctx, sheet, spec, options };
    smap__view *country = &sheet->inset[SMAP__INSET_COUNTRY].view;
    const smap_crs *wgs84 = NULL;
    smap_box extent;
    bool nested = false;
    smap_status status;
    SMAP_TRY(smap__crs_wgs84(ctx, &wgs84, err), done);
    smap_box all = cover_of(&b, wgs84);
    if (smap__box_is_empty(all)) {
        smap__log(ctx, SMAP_LOG_INFO, "no inset: there are no administrative areas to show where the map lies");
        goto done;
    }
    SMAP_TRY(smap__crs_metric(ctx, all, wgs84, &country->crs, err), done);
    SMAP_TRY(smap__crs_transform_box(ctx, wgs84, country->crs, all, &extent, err), done);
    double margin = smap__sheet_spec_number(spec, spec->root, "locator_margin");
    country->at = at;
    smap__fit_whole(country, extent, margin);
    SMAP_TRY(build_area(&b, at, element, &nested, err), done);
    if (nested) smap__fit_whole(country, extent, margin);
    status = compose(&b, SMAP__INSET_COUNTRY, err);
done:
    smap_crs_free(wgs84);
    return status;
}
