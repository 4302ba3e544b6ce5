#include "sheet/map_view.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "geo/crs.h"
#include "geo/geom_column.h"
#include "sheet/outline.h"
#include "sheet/page.h"

static const double SEARCH_MARGIN = 0.25; /* of the frame: a box in another CRS does not follow its curved sides */

bool smap__rule_in_scale(const smap__rule *rule, double denominator) {
    if (denominator <= 0) return true;
    return denominator >= rule->min_scale && denominator < (rule->max_scale > 0 ? rule->max_scale : HUGE_VAL);
}

int smap__form_of_type(smap_geom_type type) {
    if (type == SMAP_GEOM_POINT || type == SMAP_GEOM_MULTIPOINT) return SMAP__FORM_POINT;
    return type == SMAP_GEOM_LINESTRING || type == SMAP_GEOM_MULTILINESTRING ? SMAP__FORM_LINE : SMAP__FORM_AREA;
}

static bool has_kind(const smap__rule *rule, smap__symbolizer_kind kind) {
    for (int i = 0; i < rule->symbolizers; i++)
        if (rule->symbolizer[i].kind == kind) return true;
    return false;
}

bool smap__symbolizer_serves(const smap__rule *rule, const smap__symbolizer *s, int form) {
    bool marks_only =
        !has_kind(rule, SMAP__SYM_LINE) && (form == SMAP__FORM_LINE || !has_kind(rule, SMAP__SYM_POLYGON));
    switch (s->kind) {
    case SMAP__SYM_POLYGON:
        return form == SMAP__FORM_AREA;
    case SMAP__SYM_LINE:
        return form != SMAP__FORM_POINT;
    case SMAP__SYM_POINT:
        return form == SMAP__FORM_POINT || marks_only;
    default:
        return false;
    }
}

bool smap__rule_draws(const smap__rule *rule, smap_geom_type type) {
    for (int i = 0; type != SMAP_GEOM_NULL && i < rule->symbolizers; i++)
        if (smap__symbolizer_serves(rule, &rule->symbolizer[i], smap__form_of_type(type))) return true;
    return false;
}

double smap__drawn_mark_mm(const smap__drawn *drawn, int64_t feature) {
    double most = 0;
    int form = smap__form_of_path(drawn->path_kind[drawn->path_begin[feature]]);
    for (int r = 0; r < drawn->style->rules; r++) {
        const smap__rule *rule = &drawn->style->rule[r];
        for (int i = 0; ((drawn->on[feature] >> r) & 1) && i < rule->symbolizers; i++) {
            const smap__symbolizer *s = &rule->symbolizer[i];
            if (s->kind != SMAP__SYM_POINT || !smap__symbolizer_serves(rule, s, form)) continue;
            most = fmax(most, s->size_px * (s->svg ? fmax(s->svg->aspect, 1) : 1));
        }
    }
    return most * SMAP__SLD_PIXEL_MM;
}

double smap__drawn_stroke_mm(const smap__drawn *drawn, int64_t feature) {
    double most = 0;
    for (int r = 0; r < drawn->style->rules; r++) {
        const smap__rule *rule = &drawn->style->rule[r];
        for (int i = 0; ((drawn->on[feature] >> r) & 1) && i < rule->symbolizers; i++) {
            const smap__symbolizer *s = &rule->symbolizer[i];
            if (s->kind != SMAP__SYM_TEXT && s->stroke.on) most = fmax(most, s->stroke.width_px);
        }
    }
    return most * SMAP__SLD_PIXEL_MM;
}

/* What grows while a layer is clipped; moved into the arena at the end. */
typedef struct building {
    const smap__view *view;
    const smap__view_options *options;
    smap__rect_mm wide; /* the frame with the margin */
    smap__outline coord, ring, scratch, exact;
    size_t *exact_begin;
    size_t exact_rings, exact_capacity;
    double exact_area, part_area; /* inside the frame: of the feature, of the part at hand */
    uint8_t *kind;
    uint32_t *begin; /* first coordinate of each path */
    size_t paths, kind_capacity, begin_capacity;
    uint32_t *feature_path;
    uint64_t *on;
    int64_t *row;
    double *anchor_x, *anchor_y;
    uint8_t *edge;
    int64_t features;
    bool failed, touched, edged;
    double best_area, best_length, anchor[2]; /* of the feature at hand */
} building;

static void begin_path(building *b, uint8_t kind) {
    if (b->failed || !smap__grow(&b->kind, &b->kind_capacity, b->paths + 1, sizeof *b->kind) ||
        !smap__grow(&b->begin, &b->begin_capacity, b->paths + 1, sizeof *b->begin)) {
        b->failed = true;
        return;
    }
    b->kind[b->paths] = kind;
    b->begin[b->paths++] = (uint32_t)b->coord.count;
}

static bool in_rect(smap__rect_mm r, double x, double y) {
    return x >= r.x && x <= r.x + r.w && y >= r.y && y <= r.y + r.h;
}

static void add_point(building *b, double x, double y) {
    if (!in_rect(b->wide, x, y)) return;
    begin_path(b, SMAP__PATH_POINT);
    smap__outline_put(&b->coord, x, y);
    if (!in_rect(b->view->at, x, y)) return;
    if (!b->touched) b->anchor[0] = x, b->anchor[1] = y;
    b->touched = b->edged = true;
}

/* Half way along the part of the line that the frame shows. */
static void anchor_line(building *b, const double *x, const double *y, size_t n) {
    double length = 0;
    for (int pass = 0; pass < 2; pass++) {
        double goal = length / 2, run = 0;
        for (size_t i = 0; i + 1 < n; i++) {
            double ax = x[i], ay = y[i], bx = x[i + 1], by = y[i + 1];
            if (!smap__clip_segment(b->view->at, &ax, &ay, &bx, &by)) continue;
            b->touched = b->edged = true;
            double step = hypot(bx - ax, by - ay);
            if (pass == 1 && run + step >= goal) {
                double t = step > 0 ? (goal - run) / step : 0;
                b->anchor[0] = ax + t * (bx - ax), b->anchor[1] = ay + t * (by - ay);
                return;
            }
            run += step;
        }
        if (pass == 0 && run <= b->best_length) return;
        length = run;
        b->best_length = run;
    }
}

static void add_line(building *b, double *x, double *y, size_t n) {
    anchor_line(b, x, y, n);
    n = smap__thin(x, y, n, b->options->tolerance_mm, false);
    bool open = false;
    for (size_t i = 0; i + 1 < n; i++) {
        double ax = x[i], ay = y[i], bx = x[i + 1], by = y[i + 1];
        if (!smap__clip_segment(b->wide, &ax, &ay, &bx, &by)) {
            open = false;
            continue;
        }
        if (!open || ax != x[i] || ay != y[i]) {
            begin_path(b, SMAP__PATH_LINE);
            smap__outline_put(&b->coord, ax, ay);
        }
        smap__outline_put(&b->coord, bx, by);
        open = bx == x[i + 1] && by == y[i + 1];
    }
}

static void add_exact(building *b, const double *x, const double *y, size_t n, bool hole) {
    if (!smap__grow(&b->exact_begin, &b->exact_capacity, b->exact_rings + 2, sizeof *b->exact_begin)) {
        b->failed = true;
        return;
    }
    size_t from = b->exact.count;
    smap__clip_ring(x, y, n, b->view->at, &b->scratch, &b->exact);
    b->failed = b->failed || b->exact.failed;
    if (b->failed || b->exact.count == from) return;
    double area = smap__ring_area(b->exact.x + from, b->exact.y + from, b->exact.count - from);
    b->part_area += hole ? -area : area;
    b->exact_begin[b->exact_rings++] = from;
    b->exact_begin[b->exact_rings] = b->exact.count;
}

static void add_ring(building *b, double *x, double *y, size_t n, bool hole) {
    for (size_t i = 0; !b->edged && i + 1 < n; i++) {
        double ax = x[i], ay = y[i], bx = x[i + 1], by = y[i + 1];
        b->edged = smap__clip_segment(b->view->at, &ax, &ay, &bx, &by);
    }
    add_exact(b, x, y, n, hole);
    b->ring.count = 0;
    smap__clip_ring(x, y, n, b->wide, &b->scratch, &b->ring);
    if (b->ring.count < 4) return;
    size_t kept = smap__thin(b->ring.x, b->ring.y, b->ring.count, b->options->tolerance_mm, true);
    begin_path(b, hole ? SMAP__PATH_HOLE : SMAP__PATH_SHELL);
    for (size_t i = 0; i < kept; i++) smap__outline_put(&b->coord, b->ring.x[i], b->ring.y[i]);
}

static void end_part(building *b) {
    if (b->exact_rings && b->part_area > 0) {
        b->touched = true;
        double x, y;
        if (b->part_area > b->best_area &&
            smap__inside_point(b->exact.x, b->exact.y, b->exact_begin, b->exact_rings, &x, &y, &b->failed)) {
            b->best_area = b->part_area;
            b->anchor[0] = x, b->anchor[1] = y;
        }
    }
    b->exact.count = b->exact_rings = 0;
    b->part_area = 0;
}

/* The coordinates of a ring in page mm, into `page`. */
static void to_page(const smap__view *view, const smap_geometry *g, int64_t ring, smap__outline *page) {
    page->count = 0;
    for (int64_t c = smap_geom_coord(g, ring); c < smap_geom_coord(g, ring + 1); c++)
        smap__outline_put(page, smap__page_x(view, g->x[c]), smap__page_y(view, g->y[c]));
}

static void add_part(building *b, const smap_geometry *g, int64_t feature, int64_t part, smap__outline *page) {
    smap_geom_type kind = smap__geometry_part_type(g, feature, part);
    for (int64_t r = smap_geom_ring(g, part); r < smap_geom_ring(g, part + 1); r++) {
        to_page(b->view, g, r, page);
        if (page->failed || page->count == 0) continue;
        if (kind == SMAP_GEOM_POINT)
            add_point(b, page->x[0], page->y[0]);
        else if (kind == SMAP_GEOM_LINESTRING)
            add_line(b, page->x, page->y, page->count);
        else
            add_ring(b, page->x, page->y, page->count, r > smap_geom_ring(g, part));
    }
    if (kind == SMAP_GEOM_POLYGON) end_part(b);
}

static void add_feature(building *b, const smap_geometry *g, int64_t feature, uint64_t on, int64_t row,
                        smap__outline *page) {
    size_t paths = b->paths, coords = b->coord.count;
    b->touched = b->edged = false;
    b->best_area = b->best_length = -1;
    b->anchor[0] = b->anchor[1] = 0;
    for (int64_t p = smap_geom_part(g, feature); p < smap_geom_part(g, feature + 1); p++)
        add_part(b, g, feature, p, page);
    b->failed = b->failed || page->failed || b->coord.failed || b->ring.failed;
    if (!b->touched || b->paths == paths) {
        b->paths = paths;
        b->coord.count = coords;
        return;
    }
    b->on[b->features] = on;
    b->row[b->features] = row;
    b->edge[b->features] = b->edged;
    b->anchor_x[b->features] = b->anchor[0];
    b->anchor_y[b->features] = b->anchor[1];
    b->feature_path[b->features] = (uint32_t)paths;
    b->features++;
}

static void *into_arena(smap__arena *arena, const void *data, size_t bytes, bool *failed) {
    void *copy = smap__arena_alloc(arena, bytes ? bytes : 1);
    if (!copy)
        *failed = true;
    else if (bytes)
        memcpy(copy, data, bytes);
    return copy;
}

static void finish_drawn(building *b, smap__arena *arena, smap__drawn *drawn) {
    size_t n = (size_t)b->features, paths = b->paths, coords = b->coord.count;
    bool *f = &b->failed;
    begin_path(b, 0); /* the end of the last path */
    b->feature_path[n] = (uint32_t)paths;
    if (*f) return;
    drawn->features = b->features;
    drawn->on = into_arena(arena, b->on, n * sizeof *b->on, f);
    drawn->row = into_arena(arena, b->row, n * sizeof *b->row, f);
    drawn->edge = into_arena(arena, b->edge, n, f);
    drawn->anchor_x = into_arena(arena, b->anchor_x, n * sizeof(double), f);
    drawn->anchor_y = into_arena(arena, b->anchor_y, n * sizeof(double), f);
    drawn->path_begin = into_arena(arena, b->feature_path, (n + 1) * sizeof(uint32_t), f);
    drawn->path_kind = into_arena(arena, b->kind, paths, f);
    drawn->coord_begin = into_arena(arena, b->begin, (paths + 1) * sizeof(uint32_t), f);
    drawn->x = into_arena(arena, b->coord.x, coords * sizeof(double), f);
    drawn->y = into_arena(arena, b->coord.y, coords * sizeof(double), f);
}

static void release_building(building *b) {
    smap__outline *outline[] = { &b->coord, &b->ring, &b->scratch, &b->exact };
    for (size_t i = 0; i < sizeof outline / sizeof *outline; i++) smap__outline_release(outline[i]);
    void *array[] = { b->exact_begin, b->kind, b->begin,    b->feature_path, b->on,
                      b->row,         b->edge, b->anchor_x, b->anchor_y };
    for (size_t i = 0; i < sizeof array / sizeof *array; i++) smap__free(array[i]);
}

static bool reserve_features(building *b, int64_t count) {
    size_t n = (size_t)count + 1;
    b->feature_path = smap__zalloc(n, sizeof *b->feature_path);
    b->on = smap__zalloc(n, sizeof *b->on);
    b->row = smap__zalloc(n, sizeof *b->row);
    b->edge = smap__zalloc(n, 1);
    b->anchor_x = smap__zalloc(n, sizeof *b->anchor_x);
    b->anchor_y = smap__zalloc(n, sizeof *b->anchor_y);
    return b->feature_path && b->on && b->row && b->edge && b->anchor_x && b->anchor_y;
}

/* Rows with a rule on whose box could touch the frame, and the rules of each. */
static smap_status choose_rows(smap_ctx *ctx, const smap__view *view, const smap__sheet_layer *layer, uint64_t *on,
                               int64_t *rows, int64_t *count, smap_error *err) {
    const smap_geometry *g = layer->layer->geometry;
    double w = (view->box.xmax - view->box.xmin) * SEARCH_MARGIN, h = (view->box.ymax - view->box.ymin) * SEARCH_MARGIN;
    smap_box wide = { view->box.xmin - w, view->box.ymin - h, view->box.xmax + w, view->box.ymax + h };
    smap_box seen;
    bool all = smap__crs_transform_box(ctx, view->crs, g->crs, wide, &seen, NULL) != SMAP_OK;
    smap_status status = smap__style_match(layer->style, layer->layer->table, on, err);
    if (status != SMAP_OK) return status;
    uint64_t in_scale = 0;
    for (int r = 0; r < layer->style->rules; r++)
        if (smap__rule_in_scale(&layer->style->rule[r], view->denominator)) in_scale |= UINT64_C(1) << r;
    *count = 0;
    for (int64_t i = 0; i < g->count; i++) {
        on[i] &= in_scale;
        if (!on[i] || g->type[i] == SMAP_GEOM_NULL) continue;
        if (all || smap__box_touches(smap_geometry_box(g, i), seen)) rows[(*count)++] = i;
    }
    return SMAP_OK;
}

static smap_status build_drawn(smap_ctx *ctx, smap__arena *arena, const smap__view *view,
                               const smap__sheet_layer *layer, const smap__view_options *options, const uint64_t *on,
                               const int64_t *rows, int64_t count, smap__drawn *drawn, smap_error *err) {
    smap_status status;
    const smap_geometry *taken = NULL, *moved = NULL;
    smap__outline page = { 0 };
    int64_t lost = 0;
    smap__rect_mm at = view->at;
    double m = options->margin_mm;
    building b = { .view = view, .options = options, .wide = { at.x - m, at.y - m, at.w + 2 * m, at.h + 2 * m } };
    SMAP_TRY(smap_geometry_take(layer->layer->geometry, rows, count, &taken, err), done);
    SMAP_TRY(smap_geometry_transform(ctx, taken, view->crs, &moved, &lost, err), done);
    if (lost)
        smap__log(ctx, SMAP_LOG_WARNING, "%s: %lld points cannot be shown in %s", layer->layer->name, (long long)lost,
                  smap_crs_name(view->crs));
    if (!reserve_features(&b, count)) {
        status = smap__fail_memory(err);
        goto done;
    }
    for (int64_t i = 0; i < count; i++)
        if (moved->type[i] != SMAP_GEOM_NULL) add_feature(&b, moved, i, on[rows[i]], rows[i], &page);
    finish_drawn(&b, arena, drawn);
    status = b.failed ? smap__fail_memory(err) : SMAP_OK;
done:
    release_building(&b);
    smap__outline_release(&page);
    smap_geometry_free(taken);
    smap_geometry_free(moved);
    return status;
}

static smap_status draw_layer(smap_ctx *ctx, smap__arena *arena, const smap__view *view, const smap__sheet_layer *layer,
                              const smap__view_options *options, smap__drawn *drawn, smap_error *err) {
    const smap_geometry *g = layer->layer->geometry;
    size_t n = (size_t)g->count;
    smap_status status;
    uint64_t *on = smap__zalloc(n + 1, sizeof *on);
    int64_t *rows = smap__alloc((n + 1) * sizeof *rows), count = 0;
    if (!on || !rows) {
        status = smap__fail_memory(err);
        goto done;
    }
    SMAP_TRY(choose_rows(ctx, view, layer, on, rows, &count, err), done);
    status = build_drawn(ctx, arena, view, layer, options, on, rows, count, drawn, err);
done:
    smap__free(on);
    smap__free(rows);
    return status;
}

static smap_status check_layer(const smap__sheet_layer *layer, smap_error *err) {
    const smap_layer *l = layer->layer;
    if (!l || !l->geometry)
        return smap__fail(err, SMAP_E_ARGUMENT, l ? l->name : NULL,
                          "%s: this layer has no geometry, so it cannot be drawn; give one that has",
                          l ? l->name : "?");
    if (!l->geometry->crs)
        return smap__fail(
            err, SMAP_E_CRS, l->name,
            "%s: its coordinate reference system is not known, so it cannot be drawn; state it with --crs", l->name);
    if (layer->style->rules > 64)
        return smap__fail(err, SMAP_E_LIMIT, layer->style->name, "%s: a style may have at most 64 rules",
                          layer->style->name);
    return SMAP_OK;
}

smap_status smap__view_compose(smap_ctx *ctx, smap__arena *arena, smap__view *view, const smap__sheet_layer *layer,
                               int layers, const smap__view_options *options, smap_error *err) {
    smap_status status = SMAP_OK;
    smap__label_list list = { 0 };
    smap__drawn *drawn = smap__arena_alloc(arena, (size_t)(layers + 1) * sizeof *drawn);
    if (!drawn) return smap__fail_memory(err);
    for (int i = 0; i < layers; i++) {
        drawn[i] = (smap__drawn){ .style = layer[i].style, .layer = i };
        SMAP_TRY(check_layer(&layer[i], err), done);
        SMAP_TRY(draw_layer(ctx, arena, view, &layer[i], options, &drawn[i], err), done);
        SMAP_TRY(
            smap__labels_collect(arena, &drawn[i], i, layer[i].layer->table, options, layer[i].is_base, &list, err),
            done);
    }
    smap__labels_sort(&list);
    smap__map_label *label = smap__arena_alloc(arena, (list.count + 1) * sizeof *label);
    if (!label) {
        status = smap__fail_memory(err);
        goto done;
    }
    if (list.count) memcpy(label, list.label, list.count * sizeof *label);
    view->drawn = drawn;
    view->drawns = layers;
    view->label = label;
    view->labels = (int64_t)list.count;
done:
    smap__free(list.label);
    return status;
}

smap_status smap__view_totals(const smap__view *view, const smap__sheet_layer *layer, int64_t *count, smap_error *err) {
    const smap_geometry *g = layer->layer->geometry;
    uint64_t *on = smap__zalloc((size_t)g->count + 1, sizeof *on);
    if (!on) return smap__fail_memory(err);
    smap_status status = smap__style_match(layer->style, layer->layer->table, on, err);
    for (int r = 0; status == SMAP_OK && r < layer->style->rules; r++) {
        const smap__rule *rule = &layer->style->rule[r];
        count[r] = 0;
        if (!smap__rule_in_scale(rule, view->denominator)) continue;
        for (int64_t i = 0; i < g->count; i++)
            count[r] += ((on[i] >> r) & 1) && smap__rule_draws(rule, (smap_geom_type)g->type[i]);
    }
    smap__free(on);
    return status;
}
