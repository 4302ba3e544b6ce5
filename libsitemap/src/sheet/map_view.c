#include "sheet/map_view.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "geo/crs.h"
#include "geo/geom_column.h"
#include "sheet/view_shapes.h"

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
            double own = s->stroke.graphic ? s->stroke.graphic->size_px : s->stroke.on ? s->stroke.width_px : 0;
            if (s->kind != SMAP__SYM_TEXT && own > 0) most = fmax(most, own + 2 * fabs(s->aside_px));
        }
    }
    return most * SMAP__SLD_PIXEL_MM;
}

smap_box smap__view_search_box(const smap__view *view) {
    smap_box b = view->box;
    double w = (b.xmax - b.xmin) * SEARCH_MARGIN, h = (b.ymax - b.ymin) * SEARCH_MARGIN;
    return (smap_box){ b.xmin - w, b.ymin - h, b.xmax + w, b.ymax + h };
}

/* Rows with a rule on whose box could touch the frame, and the rules of each; *seen is what the frame shows, in the
 * layer's CRS, empty where it is not known. */
static smap_status choose_rows(smap_ctx *ctx, const smap__view *view, const smap__sheet_layer *layer, uint64_t *on,
                               int64_t *rows, int64_t *count, smap_box *seen, smap_error *err) {
    const smap_geometry *g = layer->layer->geometry;
    bool all = smap__crs_transform_box(ctx, view->crs, g->crs, smap__view_search_box(view), seen, NULL) != SMAP_OK;
    if (all) *seen = SMAP_BOX_EMPTY;
    smap_status status = smap__style_match(layer->style, layer->layer->table, on, err);
    if (status != SMAP_OK) return status;
    uint64_t in_scale = 0;
    for (int r = 0; r < layer->style->rules; r++)
        if (smap__rule_in_scale(&layer->style->rule[r], view->denominator)) in_scale |= UINT64_C(1) << r;
    *count = 0;
    for (int64_t i = 0; i < g->count; i++) {
        on[i] &= in_scale;
        if (!on[i] || g->type[i] == SMAP_GEOM_NULL) continue;
        if (all || smap__box_touches(smap_geometry_box(g, i), *seen)) rows[(*count)++] = i;
    }
    return SMAP_OK;
}

/* Rows that the grid does not serve, one after the other in `far`. Of few coordinates it serves none: the
 * transformation itself is quicker then. */
static int64_t find_far(const smap_geometry *g, const int64_t *rows, int64_t count, const smap__page_grid *grid,
                        int64_t *far) {
    int64_t fars = 0;
    for (int64_t i = 0; i < count; i++)
        if (!smap__page_grid_serves(grid, smap_geometry_box(g, rows[i]))) far[fars++] = i;
    return fars;
}

static int64_t count_coords(const smap_geometry *g, const int64_t *rows, int64_t count) {
    int64_t coords = 0, first, end;
    for (int64_t i = 0; i < count; i++) {
        smap__geometry_span(g, rows[i], &first, &end);
        coords += end - first;
    }
    return coords;
}

/* The rows far[0 .. fars - 1] of the chosen in the view's CRS. */
static smap_status move_far(smap_ctx *ctx, const smap__sheet_layer *layer, const smap__view *view, const int64_t *rows,
                            const int64_t *far, int64_t fars, const smap_geometry **out, smap_error *err) {
    const smap_geometry *taken = NULL;
    int64_t lost = 0;
    int64_t *row = smap__alloc(((size_t)fars + 1) * sizeof *row);
    if (!row) return smap__fail_memory(err);
    for (int64_t i = 0; i < fars; i++) row[i] = rows[far[i]];
    smap_status status = smap_geometry_take(layer->layer->geometry, row, fars, &taken, err);
    if (status == SMAP_OK) status = smap_geometry_transform(ctx, taken, view->crs, out, &lost, err);
    if (lost)
        smap__log(ctx, SMAP_LOG_WARNING, "%s: %lld points cannot be shown in %s", layer->layer->name, (long long)lost,
                  smap_crs_name(view->crs));
    smap_geometry_free(taken);
    smap__free(row);
    return status;
}

static smap_status shape_rows(smap_ctx *ctx, smap__arena *arena, const smap__view *view, const smap__sheet_layer *layer,
                              const smap__view_options *options, smap_box seen, const uint64_t *on, const int64_t *rows,
                              int64_t count, smap__drawn *drawn, smap_error *err) {
    enum { FEW_COORDS = 20000 };
    static const double grid_share = 0.02; /* of what outlines are thinned to */
    const smap_geometry *g = layer->layer->geometry, *moved = NULL;
    smap__page_grid grid;
    smap_status status;
    int64_t *far = smap__alloc(((size_t)count + 1) * sizeof *far), fars = 0;
    if (!far) return smap__fail_memory(err);
    smap_box box = count_coords(g, rows, count) > FEW_COORDS ? seen : SMAP_BOX_EMPTY;
    status = smap__page_grid_make(ctx, view, g->crs, box, options->tolerance_mm * grid_share, &grid, err);
    if (status != SMAP_OK) {
        smap__free(far);
        return status;
    }
    fars = find_far(g, rows, count, &grid, far);
    if (fars) status = move_far(ctx, layer, view, rows, far, fars, &moved, err);
    smap__chosen_rows chosen = { view, options, layer->style, g, rows, on, count, &grid, far, fars, moved };
    if (status == SMAP_OK) status = smap__view_shapes(ctx, arena, &chosen, drawn, err);
    smap__page_grid_release(&grid);
    smap_geometry_free(moved);
    smap__free(far);
    return status;
}

static smap_status draw_layer(smap_ctx *ctx, smap__arena *arena, const smap__view *view, const smap__sheet_layer *layer,
                              const smap__view_options *options, smap__drawn *drawn, smap_error *err) {
    const smap_geometry *g = layer->layer->geometry;
    size_t n = (size_t)g->count;
    smap_status status;
    uint64_t *on = smap__zalloc(n + 1, sizeof *on);
    int64_t *rows = smap__alloc((n + 1) * sizeof *rows), count = 0;
    smap_box seen;
    if (!on || !rows) {
        status = smap__fail_memory(err);
        goto done;
    }
    SMAP_TRY(choose_rows(ctx, view, layer, on, rows, &count, &seen, err), done);
    status = shape_rows(ctx, arena, view, layer, options, seen, on, rows, count, drawn, err);
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
