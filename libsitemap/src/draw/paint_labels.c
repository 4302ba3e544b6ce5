#include "draw/page_plan.h"

static void paint_leader(smap__canvas *c, const smap__plan_label *label, smap__colour colour, double width) {
    cairo_move_to(c->cr, label->leader_x[0], label->leader_y[0]);
    cairo_line_to(c->cr, label->leader_x[1], label->leader_y[1]);
    cairo_set_dash(c->cr, NULL, 0, 0);
    cairo_set_line_cap(c->cr, CAIRO_LINE_CAP_BUTT);
    cairo_set_line_width(c->cr, width);
    smap__canvas_colour(c, colour);
    cairo_stroke(c->cr);
}

/* Leader lines below all texts, so that no halo of a line lies on a letter. */
void smap__plan_labels_paint(const smap__page_plan *plan, const smap__plan_labels *labels, smap__canvas *c) {
    const smap__sheet_look *look = &plan->sheet->look;
    for (int halo = 1; halo >= 0; halo--) {
        for (size_t i = 0; i < labels->count; i++) {
            const smap__plan_label *l = &labels->item[i];
            double width = look->leader_stroke_mm + (halo ? 2 * look->leader_halo_mm : 0);
            if (l->leader) paint_leader(c, l, halo ? l->text.ink.halo : l->text.ink.colour, width);
        }
    }
    for (size_t i = 0; i < labels->count; i++) {
        const smap__plan_label *l = &labels->item[i];
        if (l->pieces)
            smap__canvas_bent_text(c, l->pieces, l->box, &l->text.ink);
        else
            smap__canvas_text(c, l->text.layout, l->text.x, l->text.y, l->text.angle_deg, &l->text.ink);
    }
}
