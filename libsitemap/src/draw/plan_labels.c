#include <math.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/str.h"
#include "draw/page_plan.h"
#include "draw/room.h"

static const double POINTS_PER_MM = 72 / 25.4;
static const double INSCRIBED = 0.70710678118654752; /* the square inside a round mark of size 1 */

/* Marks stand in the way of labels: those that have labels of their own always, others when it can be helped. A mark is
 * taken as two crossed boxes, so that its empty corners stay free. */
static void take_mark(smap__room *room, double x, double y, double size, int kind) {
    double a = size / 2, b = size / 2 * INSCRIBED;
    smap__room_take(room, (smap__rect_mm){ x - a, y - b, 2 * a, 2 * b }, kind);
    smap__room_take(room, (smap__rect_mm){ x - b, y - a, 2 * b, 2 * a }, kind);
}

static void take_marks(smap__room *room, const smap__sheet *sheet, const smap__view *view) {
    for (int i = 0; i < view->drawns; i++) {
        const smap__drawn *d = &view->drawn[i];
        if (view == &sheet->map && sheet->layer[d->layer].under_labels) continue;
        for (int64_t f = 0; f < d->features; f++) {
            double size = smap__drawn_mark_mm(d, f);
            if (size <= 0) continue;
            bool points = false;
            for (uint32_t p = d->path_begin[f]; p < d->path_begin[f + 1]; p++) {
                if (d->path_kind[p] != SMAP__PATH_POINT) continue;
                points = true;
                take_mark(room, d->x[d->coord_begin[p]], d->y[d->coord_begin[p]], size, SMAP__ROOM_SOFT);
            }
            if (!points) take_mark(room, d->anchor_x[f], d->anchor_y[f], size, SMAP__ROOM_SOFT);
        }
    }
    for (int64_t i = 0; i < view->labels; i++)
        if (view->label[i].mark_mm > 0)
            take_mark(room, view->label[i].x, view->label[i].y, view->label[i].mark_mm, SMAP__ROOM_HARD);
}

static smap_status set_label(const smap__page_plan *plan, const smap__map_label *label, PangoLayout **out,
                             smap_error *err) {
    const smap__symbolizer *s = label->symbolizer;
    const smap__sheet_look *look = &plan->sheet->look;
    smap__str text = SMAP__STR_INIT;
    for (int i = 0; i < label->lines; i++) {
        if (i) smap__str_put_char(&text, '\n');
        smap__str_put(&text, label->line[i]);
    }
    double size = s->size_px > 0 ? s->size_px * SMAP__SLD_PIXEL_MM * POINTS_PER_MM : look->label->size_pt;
    smap__text_spec spec = { .text = text.data,
                             .family = s->font_family,
                             .size_pt = size,
                             .bold = s->bold,
                             .italic = s->italic,
                             .direction = SMAP__DIRECTION_AUTO,
                             .align = SMAP__ALIGN_CENTRE };
    smap_status status = text.failed ? smap__fail_memory(err) : smap__typeset_layout(&plan->typeset, &spec, out, err);
    double w, h;
    if (status == SMAP_OK) {
        smap__typeset_size(&plan->typeset, *out, &w, &h);
        if (w > look->label_wrap_mm && label->kind != SMAP__LABEL_LINE) {
            g_object_unref(*out);
            spec.width_mm = look->label_wrap_mm;
            status = smap__typeset_layout(&plan->typeset, &spec, out, err);
        }
        if (status == SMAP_OK) smap__typeset_tighten(*out);
    }
    smap__str_release(&text);
    return status;
}

static smap_status place_label(smap__page_plan *plan, smap__room *room, const smap__map_label *label,
                               smap__page_plan_texts *out, smap_error *err) {
    const smap__sheet_look *look = &plan->sheet->look;
    const smap__symbolizer *s = label->symbolizer;
    PangoLayout *layout;
    double w, h;
    smap_status status = set_label(plan, label, &layout, err);
    if (status != SMAP_OK) return status;
    smap__typeset_size(&plan->typeset, layout, &w, &h);
    smap__wish wish = { .x = label->x,
                        .y = label->y,
                        .w = w + 2 * look->label_margin_mm,
                        .h = h + 2 * look->label_margin_mm,
                        .away = label->mark_mm / 2 + look->label_gap_mm,
                        .angle_deg = label->angle_deg,
                        .kind = label->kind,
                        .rtl = smap__typeset_is_rtl(label->line[0]),
                        .ring = label->far ? look->label_ring_mm : NULL,
                        .rings = look->label_rings };
    smap__place place;
    plan->labels_wanted++;
    if (!smap__room_place(room, &wish, look->label_cover, &place)) {
        g_object_unref(layout);
        return SMAP_OK;
    }
    plan->labels_placed++;
    smap__ink ink = { s->fill.on ? s->fill.colour : look->label->colour, s->halo, s->halo_px * SMAP__SLD_PIXEL_MM };
    double angle = label->kind == SMAP__LABEL_LINE ? label->angle_deg : 0;
    return smap__page_plan_put(out, layout, place.x - w / 2, place.y - h / 2, angle, &ink, err);
}

smap_status smap__page_plan_labels(smap__page_plan *plan, const smap__view *view, const smap__rect_mm *obstacle,
                                   int obstacles, smap__page_plan_texts *out, smap_error *err) {
    smap__room *room;
    smap_status status = smap__room_new(view->at, plan->sheet->look.label_cell_mm, &room, err);
    if (status != SMAP_OK) return status;
    for (int i = 0; i < obstacles; i++) smap__room_take(room, obstacle[i], SMAP__ROOM_HARD);
    take_marks(room, plan->sheet, view);
    for (int64_t i = 0; status == SMAP_OK && i < view->labels; i++)
        status = place_label(plan, room, &view->label[i], out, err);
    smap__room_free(room);
    return status;
}
