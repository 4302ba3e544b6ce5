#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/steady_math.h"
#include "draw/glyph_runs.h"
#include "draw/label_choice.h"
#include "draw/label_places.h"
#include "draw/label_room.h"
#include "draw/label_shapes.h"
#include "draw/line_chains.h"
#include "draw/line_places.h"
#include "draw/page_plan.h"

enum {
    MOST_REPEATS = 64,          /* of a label along one line */
    MOST_LEADER_PLACES = 150000 /* of a map: once there are so many places, later labels get no leader lines */
};
static const double PRIORITY_DOUBLES = 10; /* a label is worth two of those with so much less priority */
static const double MOST_PRIORITY = 200;   /* from here on all are worth the same: sums stay exact */

typedef struct planning {
    const smap__page_plan *plan;
    const smap__view *view;
    smap__room *room;
    smap__label_shapes *shapes;
    smap__label_places places;
    smap__label_wish *wish;
    int64_t *label; /* of each wish */
    size_t wishes, wish_capacity, label_capacity;
    int32_t *choice;
} planning;

/* ---- what is wanted ---------------------------------------------------------------------------------------------- */

static double weight_of(const smap__map_label *label) {
    smap__power two;
    smap__power_init(&two, 2);
    double priority = fmax(fmin(label->symbolizer->priority, MOST_PRIORITY), -MOST_PRIORITY);
    return smap__power_of(&two, priority / PRIORITY_DOUBLES);
}

/* A wish for the places found since there were `before` of them. */
static bool add_wish(planning *p, int64_t label, double weight, size_t before) {
    if (p->places.failed || !smap__grow(&p->wish, &p->wish_capacity, p->wishes + 1, sizeof *p->wish) ||
        !smap__grow(&p->label, &p->label_capacity, p->wishes + 1, sizeof *p->label))
        return false;
    p->wish[p->wishes] = (smap__label_wish){ weight, (uint32_t)before, (uint32_t)(p->places.places - before) };
    p->label[p->wishes++] = label;
    return true;
}

static int leaders_of(const smap__sheet_look *look, const smap__label_placement *placement) {
    double most = placement->displacement_px * SMAP__SLD_PIXEL_MM;
    int n = 0;
    if (!placement->leader) return 0;
    while (n < look->label_leaders && (most <= 0 || look->label_leader_mm[n] <= most)) n++;
    return n;
}

static smap__label_ask ask_for(const planning *p, const smap__map_label *label, const smap__label_shape *shape) {
    const smap__sheet_look *look = &p->plan->sheet->look;
    const smap__label_placement *placement = &label->symbolizer->placement;
    int leaders = p->places.places < MOST_LEADER_PLACES ? leaders_of(look, placement) : 0;
    return (smap__label_ask){ .x = label->x,
                              .y = label->y,
                              .w = shape->w + 2 * look->label_margin_mm,
                              .h = shape->h + 2 * look->label_margin_mm,
                              .away = label->mark_mm / 2 + look->label_gap_mm,
                              .mark = label->mark_mm,
                              .rtl = smap__typeset_is_rtl(label->line[0]),
                              .ring = label->far && look->label_rings ? look->label_ring_mm : NULL,
                              .rings = look->label_rings,
                              .leader = leaders ? look->label_leader_mm : NULL,
                              .leaders = leaders,
                              .leader_width = look->leader_stroke_mm + 2 * look->leader_halo_mm,
                              .most_cover = look->label_cover,
                              .fit = placement->fit,
                              .along_axis = placement->along_axis };
}

static bool want_in_area(planning *p, int64_t label, const smap__label_ask *ask) {
    const smap__map_label *l = &p->view->label[label];
    const smap__drawn *d = &p->view->drawn[l->drawn];
    uint32_t path = d->path_begin[l->feature], end = path;
    size_t before = p->places.places;
    while (end < d->path_begin[l->feature + 1] && smap__form_of_path(d->path_kind[end]) == SMAP__FORM_AREA) end++;
    smap__label_places_in_area(&p->places, p->room, ask, d->x, d->y, d->coord_begin + path, end - path);
    return add_wish(p, label, weight_of(l), before);
}

static smap__line_ask ask_along(const planning *p, const smap__map_label *label, const smap__label_shape *shape) {
    const smap__sheet_look *look = &p->plan->sheet->look;
    const smap__label_placement *placement = &label->symbolizer->placement;
    return (smap__line_ask){ .w = shape->w + 2 * look->label_margin_mm,
                             .h = shape->h + 2 * look->label_margin_mm,
                             .away = label->stroke_mm / 2 + look->label_gap_mm / 2,
                             .offset_given = placement->offset_given,
                             .offset = placement->line_offset_px * SMAP__SLD_PIXEL_MM,
                             .span = shape->pieces.span,
                             .spans = shape->pieces.count,
                             .max_turn_deg = placement->max_turn_deg,
                             .most_cover = look->label_cover };
}

/* All lines of the labels with this shape: equal names of one rule are one road, in however many pieces. */
static smap_status gather_lines(const planning *p, uint32_t shape, smap__line_chains *out, smap_error *err) {
    smap__line_part *part = NULL;
    size_t parts = 0, capacity = 0;
    smap_status status = SMAP_OK;
    for (int64_t i = 0; status == SMAP_OK && i < p->view->labels; i++) {
        const smap__map_label *l = &p->view->label[i];
        const smap__drawn *d = &p->view->drawn[l->drawn];
        if (p->shapes->of[i] != shape) continue;
        for (uint32_t k = d->path_begin[l->feature]; status == SMAP_OK && k < d->path_begin[l->feature + 1]; k++) {
            uint32_t at = d->coord_begin[k], n = d->coord_begin[k + 1] - at;
            if (n < 2 || d->path_kind[k] != SMAP__PATH_LINE) continue;
            if (smap__grow(&part, &capacity, parts + 1, sizeof *part))
                part[parts++] = (smap__line_part){ d->x + at, d->y + at, n };
            else
                status = smap__fail_memory(err);
        }
    }
    if (status == SMAP_OK) status = smap__line_chains_make(part, parts, out, err);
    smap__free(part);
    return status;
}

/* The longest line gets its label in the middle; where it is to be repeated, the other stretches of it and of its other
 * lines ask for one too, but are worth little: nobody misses the third name of a road. */
static smap_status want_along(planning *p, int64_t label, const smap__label_shape *shape, smap_error *err) {
    const smap__map_label *l = &p->view->label[label];
    double repeat = l->symbolizer->placement.repeat_px * SMAP__SLD_PIXEL_MM, longest = -1;
    size_t main = 0, n;
    smap__line_ask ask = ask_along(p, l, shape);
    smap__line_chains chains;
    smap_status status = gather_lines(p, p->shapes->of[label], &chains, err);
    if (status != SMAP_OK) return status;
    for (size_t i = 0, at; i < chains.chains; i++) {
        at = chains.begin[i];
        double length = smap__line_length(chains.x + at, chains.y + at, chains.begin[i + 1] - at);
        if (length > longest) longest = length, main = i;
    }
    bool ok = chains.chains > 0 || add_wish(p, label, 1, p->places.places);
    for (size_t i = 0; i < chains.chains; i++) {
        const double *x = chains.x + chains.begin[i], *y = chains.y + chains.begin[i];
        double length = smap__line_length(x, y, n = chains.begin[i + 1] - chains.begin[i]);
        if (i != main && (repeat <= 0 || length < ask.w)) continue;
        int stretches = repeat > 0 ? (int)fmin(MOST_REPEATS, fmax(1, floor(length / fmax(repeat, ask.w)))) : 1;
        for (int k = 0; ok && k < stretches; k++) {
            size_t before = p->places.places;
            ask.from = length * k / stretches;
            ask.to = length * (k + 1) / stretches;
            smap__label_places_on_line(&p->places, p->room, &ask, x, y, n);
            ok = add_wish(p, label, i == main && k == stretches / 2 ? weight_of(l) : 1, before);
        }
    }
    smap__line_chains_release(&chains);
    return ok ? SMAP_OK : smap__fail_memory(err);
}

/* Of lines with equal names, the first label stands for all. */
static bool is_first_of_shape(const planning *p, int64_t label) {
    return p->shapes->item[p->shapes->of[label]].first == (uint32_t)label;
}

static smap_status find_places(planning *p, smap_error *err) {
    for (int64_t i = 0; i < p->view->labels; i++) {
        const smap__map_label *l = &p->view->label[i];
        const smap__label_shape *shape = &p->shapes->item[p->shapes->of[i]];
        smap__label_ask ask = ask_for(p, l, shape);
        size_t before = p->places.places;
        bool ok = true;
        if (l->kind == SMAP__LABEL_AREA) {
            ok = want_in_area(p, i, &ask);
        } else if (l->kind == SMAP__LABEL_LINE) {
            smap_status status = is_first_of_shape(p, i) ? want_along(p, i, shape, err) : SMAP_OK;
            if (status != SMAP_OK) return status;
        } else {
            smap__label_places_at_point(&p->places, p->room, &ask);
            ok = add_wish(p, i, weight_of(l), before);
        }
        if (!ok) return smap__fail_memory(err);
    }
    return SMAP_OK;
}

/* ---- what was chosen --------------------------------------------------------------------------------------------- */

static smap_status put_label(const planning *p, size_t wish, smap__plan_labels *out, smap_error *err) {
    const smap__map_label *label = &p->view->label[p->label[wish]];
    const smap__label_shape *shape = &p->shapes->item[p->shapes->of[p->label[wish]]];
    const smap__symbolizer *s = label->symbolizer;
    size_t at = p->wish[wish].place + (size_t)p->choice[wish];
    const smap__label_spot *spot = &p->places.spot[at];
    const smap__label_place *place = &p->places.place[at];
    smap__plan_label item = { .leader = spot->leader };
    if (spot->bent) {
        item.pieces = &shape->pieces;
        item.box = smap__alloc(place->boxes * sizeof *item.box);
        if (!item.box) return smap__fail_memory(err);
        memcpy(item.box, p->places.box + place->box, place->boxes * sizeof *item.box);
    }
    memcpy(item.leader_x, spot->leader_x, sizeof item.leader_x);
    memcpy(item.leader_y, spot->leader_y, sizeof item.leader_y);
    smap__colour colour = s->fill.on ? s->fill.colour : p->plan->sheet->look.label->colour;
    item.text = (smap__page_plan_text){ shape->layout,
                                        spot->x - shape->w / 2,
                                        spot->y - shape->h / 2,
                                        spot->angle_deg,
                                        { colour, s->halo, s->halo_px * SMAP__SLD_PIXEL_MM } };
    out->item[out->count++] = item;
    return SMAP_OK;
}

/* Wishes come in the order of their labels. */
static smap_status put_labels(const planning *p, smap__plan_labels *out, smap_error *err) {
    smap_status status = SMAP_OK;
    out->item = smap__alloc((p->wishes + 1) * sizeof *out->item);
    out->unplaced = smap__alloc(((size_t)p->view->labels + 1) * sizeof *out->unplaced);
    if (!out->item || !out->unplaced) return smap__fail_memory(err);
    for (size_t i = 0; status == SMAP_OK && i < p->wishes;) {
        int64_t label = p->label[i];
        size_t before = out->count;
        for (; status == SMAP_OK && i < p->wishes && p->label[i] == label; i++)
            if (p->choice[i] >= 0) status = put_label(p, i, out, err);
        if (out->count == before) out->unplaced[out->wanted - out->placed] = label;
        out->placed += out->count > before;
        out->wanted++;
    }
    return status;
}

smap_status smap__plan_labels_make(const smap__page_plan *plan, smap_ctx *ctx, const smap__view *view,
                                   const smap__rect_mm *obstacle, int obstacles, smap__plan_labels *out,
                                   smap_error *err) {
    planning p = { .plan = plan, .view = view };
    smap_status status = SMAP_E_NOMEM;
    *out = (smap__plan_labels){ .shapes = smap__zalloc(1, sizeof *out->shapes) };
    p.shapes = out->shapes;
    p.places.apart = plan->sheet->look.label_apart_mm;
    if (!out->shapes) return smap__fail_memory(err);
    SMAP_TRY(smap__label_shapes_make(plan, view, out->shapes, err), done);
    SMAP_TRY(smap__label_room_make(ctx, plan->sheet, view, obstacle, obstacles, &p.room, err), done);
    SMAP_TRY(find_places(&p, err), done);
    p.choice = smap__alloc((p.wishes + 1) * sizeof *p.choice);
    if (!p.choice) {
        status = smap__fail_memory(err);
        goto done;
    }
    smap__label_problem problem = { p.places.box, p.places.boxes, p.places.place, p.places.places, p.wish, p.wishes };
    SMAP_TRY(smap__label_choose(&problem, p.choice, err), done);
    status = put_labels(&p, out, err);
done:
    smap__room_free(p.room);
    smap__label_places_release(&p.places);
    smap__free(p.wish);
    smap__free(p.label);
    smap__free(p.choice);
    if (status != SMAP_OK) smap__plan_labels_release(out);
    return status;
}

smap_status smap__plan_labels_keep_glyphs(const smap__plan_labels *labels, smap_error *err) {
    smap_status status = SMAP_OK;
    for (size_t i = 0; labels->shapes && status == SMAP_OK && i < labels->shapes->count; i++)
        status = smap__glyphs_keep(labels->shapes->item[i].layout, err);
    return status;
}

void smap__plan_labels_release(smap__plan_labels *labels) {
    for (size_t i = 0; i < labels->count; i++) smap__free(labels->item[i].box);
    if (labels->shapes) smap__label_shapes_release(labels->shapes);
    smap__free(labels->shapes);
    smap__free(labels->item);
    smap__free(labels->unplaced);
    *labels = (smap__plan_labels){ 0 };
}
