#include <math.h>

#include "base/fail.h"
#include "draw/page_plan.h"
#include "geo/angle.h"

static void paint_texts(smap__canvas *c, const smap__page_plan_texts *list) {
    for (size_t i = 0; i < list->count; i++) {
        const smap__page_plan_text *t = &list->item[i];
        smap__canvas_text(c, t->layout, t->x, t->y, t->angle_deg, &t->ink);
    }
}

static void paint_frame(smap__canvas *c, const smap__element *e, smap__rect_mm at) {
    if (e->filled) {
        smap__canvas_rect(c, at);
        smap__canvas_colour(c, e->fill);
        cairo_fill(c->cr);
    }
}

static void paint_outline(smap__canvas *c, const smap__element *e, smap__rect_mm at) {
    if (e->stroke_mm <= 0) return;
    smap__canvas_rect(c, at);
    smap__canvas_colour(c, e->stroke);
    cairo_set_dash(c->cr, NULL, 0, 0);
    cairo_set_line_join(c->cr, CAIRO_LINE_JOIN_MITER);
    cairo_set_line_width(c->cr, e->stroke_mm);
    cairo_stroke(c->cr);
}

static void plain_line(smap__canvas *c, smap__colour colour, double width) {
    cairo_set_dash(c->cr, NULL, 0, 0);
    cairo_set_line_cap(c->cr, CAIRO_LINE_CAP_BUTT);
    smap__canvas_colour(c, colour);
    cairo_set_line_width(c->cr, width);
    cairo_stroke(c->cr);
}

static void paint_crosses(const smap__page_plan *plan, smap__canvas *c) {
    const smap__sheet *s = plan->sheet;
    double a = s->look.cross_mm / 2;
    for (int i = 0; a > 0 && i < s->crosses; i++) {
        cairo_move_to(c->cr, s->cross_x[i] - a, s->cross_y[i]);
        cairo_line_to(c->cr, s->cross_x[i] + a, s->cross_y[i]);
        cairo_move_to(c->cr, s->cross_x[i], s->cross_y[i] - a);
        cairo_line_to(c->cr, s->cross_x[i], s->cross_y[i] + a);
    }
    plain_line(c, s->look.cross_colour, s->look.tick_stroke_mm);
}

static void paint_ticks(const smap__page_plan *plan, smap__canvas *c) {
    const smap__sheet *s = plan->sheet;
    smap__rect_mm r = s->map.at;
    double m = s->look.tick_mm;
    for (int i = 0; i < s->ticks; i++) {
        double at = s->tick[i].at_mm;
        int side = s->tick[i].side;
        bool across = side == SMAP__SIDE_TOP || side == SMAP__SIDE_BOTTOM;
        double from = side == SMAP__SIDE_TOP      ? r.y
                      : side == SMAP__SIDE_BOTTOM ? r.y + r.h
                      : side == SMAP__SIDE_LEFT   ? r.x
                                                  : r.x + r.w;
        double to = from + (side == SMAP__SIDE_TOP || side == SMAP__SIDE_LEFT ? -m : m);
        cairo_move_to(c->cr, across ? at : from, across ? from : at);
        cairo_line_to(c->cr, across ? at : to, across ? to : at);
    }
    plain_line(c, s->look.tick_colour, s->look.tick_stroke_mm);
}

/* Of a page in bands, only the features that show in this one. */
static void paint_view(smap__canvas *c, const smap__view *view, const smap__band_index *bands) {
    for (int i = 0; i < view->drawns; i++) {
        smap__features features = { NULL, view->drawn[i].features };
        if (bands) features = smap__band_index_at(&bands->layer[i], c->band);
        smap__canvas_layer(c, &view->drawn[i], features);
    }
}

static smap__rect_mm page_of(const smap__sheet *s) {
    return (smap__rect_mm){ 0, 0, s->page_w_mm, s->page_h_mm };
}

static smap_status paint_base(const smap__page_plan *plan, smap__canvas *c, smap_error *err) {
    if (c->base_image) smap__base_image_paint(c->base_image, c->base_grid, plan->sheet->base->exact, c->cr);
    return c->base ? smap__base_rows_paint(c->base, c->cr, (int)c->band_px, c->rows, err) : SMAP_OK;
}

static smap_status paint_map(const smap__page_plan *plan, smap__canvas *c, smap_error *err) {
    cairo_save(c->cr);
    smap__canvas_limit(c, plan->sheet->map.at);
    smap__canvas_rect(c, c->limit);
    cairo_clip(c->cr);
    smap_status status = paint_base(plan, c, err);
    paint_view(c, &plan->sheet->map, c->map_bands);
    paint_crosses(plan, c);
    smap__plan_labels_paint(plan, &plan->map, c);
    cairo_restore(c->cr);
    smap__canvas_limit(c, page_of(plan->sheet));
    paint_ticks(plan, c);
    return status;
}

static void paint_inset(const smap__page_plan *plan, smap__canvas *c, int index) {
    const smap__sheet *s = plan->sheet;
    const smap__inset *inset = &s->inset[index];
    if (inset->view.drawns == 0) return;
    cairo_save(c->cr);
    smap__canvas_limit(c, inset->view.at);
    smap__canvas_rect(c, c->limit);
    cairo_clip(c->cr);
    paint_view(c, &inset->view, c->inset_bands ? &c->inset_bands[index] : NULL);
    for (int i = 0; i < inset->points; i++) cairo_line_to(c->cr, inset->x[i], inset->y[i]);
    cairo_close_path(c->cr);
    plain_line(c, s->look.extent_colour, s->look.extent_stroke_mm);
    smap__plan_labels_paint(plan, &plan->inset[index], c);
    cairo_restore(c->cr);
    smap__canvas_limit(c, page_of(s));
}

static void paint_legend(const smap__page_plan *plan, smap__canvas *c) {
    for (size_t i = 0; i < plan->legend.swatches; i++)
        smap__canvas_swatch(c, plan->legend.swatch[i].rule, plan->legend.swatch[i].form, plan->legend.swatch[i].neutral,
                            plan->legend.swatch[i].at);
    paint_texts(c, &plan->legend.text);
}

static void paint_bar(const smap__page_plan *plan, smap__canvas *c, smap__rect_mm at) {
    const smap__sheet_look *look = &plan->sheet->look;
    const smap__scale_bar *bar = &plan->sheet->bar;
    double y = at.y + at.h - look->bar_mm;
    for (int i = 0; i < bar->divisions; i++) {
        smap__canvas_rect(c, (smap__rect_mm){ at.x + i * bar->mm, y, bar->mm, look->bar_mm });
        smap__canvas_colour(c, i % 2 ? look->bar_light : look->bar_dark);
        cairo_fill(c->cr);
    }
    smap__canvas_rect(c, (smap__rect_mm){ at.x, y, bar->divisions * bar->mm, look->bar_mm });
    plain_line(c, look->bar_dark, look->bar_stroke_mm);
}

/* An arrow that points to true north: grid north is up on the page, and lies convergence degrees east of true north.
 * One half is filled, the other open. */
static void paint_north(const smap__page_plan *plan, smap__canvas *c, smap__rect_mm at) {
    const smap__sheet_look *look = &plan->sheet->look;
    double letter = look->north->size_pt * 0.5, half_w = at.w * 0.28, h = at.h - letter;
    cairo_save(c->cr);
    cairo_translate(c->cr, at.x + at.w / 2, at.y + letter + h / 2);
    cairo_rotate(c->cr, smap__radians(-plan->sheet->convergence_deg));
    for (int side = -1; side <= 1; side += 2) {
        cairo_move_to(c->cr, 0, -h * 0.46);
        cairo_line_to(c->cr, side * half_w, h * 0.46);
        cairo_line_to(c->cr, 0, h * 0.26);
        cairo_close_path(c->cr);
        smap__canvas_colour(c, side < 0 ? look->north_colour : look->bar_light);
        cairo_fill_preserve(c->cr);
        cairo_set_line_join(c->cr, CAIRO_LINE_JOIN_ROUND);
        plain_line(c, look->north_colour, look->bar_stroke_mm);
    }
    cairo_restore(c->cr);
}

static void paint_fills(smap__canvas *c, const smap__page_plan_fills *fills) {
    for (size_t i = 0; i < fills->count; i++) {
        smap__canvas_rect(c, fills->item[i].at);
        smap__canvas_colour(c, fills->item[i].colour);
        cairo_fill(c->cr);
    }
}

static smap_status paint_element(const smap__page_plan *plan, smap__canvas *c, int i, smap_error *err) {
    const smap__element *e = &plan->sheet->element[i];
    smap__rect_mm at = plan->at[i];
    smap_status status = SMAP_OK;
    paint_frame(c, e, at);
    if (e->kind == SMAP__ELEMENT_MAP) status = paint_map(plan, c, err);
    if (e->kind == SMAP__ELEMENT_LOCATOR) paint_inset(plan, c, e->inset);
    if (e->kind == SMAP__ELEMENT_LEGEND) paint_legend(plan, c);
    if (e->kind == SMAP__ELEMENT_SCALE_BAR) paint_bar(plan, c, at);
    if (e->kind == SMAP__ELEMENT_NORTH) paint_north(plan, c, at);
    paint_fills(c, &plan->fills[i]);
    paint_outline(c, e, at);
    paint_texts(c, &plan->element[i]);
    return status;
}

smap_status smap__page_plan_paint(const smap__page_plan *plan, smap__canvas *c, smap_error *err) {
    const smap__sheet *s = plan->sheet;
    smap__canvas_limit(c, page_of(s));
    c->symbols = &plan->symbols;
    smap__canvas_colour(c, s->page_colour);
    cairo_paint(c->cr);
    smap_status status = SMAP_OK;
    for (int i = 0; i < s->elements && status == SMAP_OK; i++) status = paint_element(plan, c, i, err);
    if (status == SMAP_OK && c->cancelled) return SMAP_E_CANCELLED; /* the canvas has said so in err */
    return status == SMAP_OK && c->failed ? smap__fail_memory(err) : status;
}
