/* What lies over the map (tags, the north arrow) stands in the corner of the frame where it hides least. */
#include <math.h>

#include "draw/page_plan.h"
#include "sheet/outline.h"

enum { CORNERS = 4 }; /* as in the sheet file; mirrored across; down; both */

static smap__rect_mm in_corner(const smap__page_plan *plan, smap__rect_mm at, int corner) {
    smap__rect_mm f = plan->sheet->map.at;
    if (corner & 1) at.x = 2 * f.x + f.w - at.x - at.w;
    if (corner & 2) at.y = 2 * f.y + f.h - at.y - at.h;
    return at;
}

static bool feature_touches(const smap__drawn *d, int64_t feature, smap__rect_mm rect) {
    double half = smap__drawn_mark_mm(d, feature) / 2;
    smap__rect_mm wide = { rect.x - half, rect.y - half, rect.w + 2 * half, rect.h + 2 * half };
    double x = d->anchor_x[feature], y = d->anchor_y[feature], same_x = x, same_y = y;
    if (smap__clip_segment(wide, &x, &y, &same_x, &same_y)) return true;

    for (uint32_t p = d->path_begin[feature]; p < d->path_begin[feature + 1]; p++)
        for (uint32_t i = d->coord_begin[p]; i < d->coord_begin[p + 1]; i++) {
            uint32_t next = i + 1 < d->coord_begin[p + 1] ? i + 1 : i;
            double ax = d->x[i], ay = d->y[i], bx = d->x[next], by = d->y[next];
            if (smap__clip_segment(wide, &ax, &ay, &bx, &by)) return true;
        }
    return false;
}

/* How many features a rectangle would hide; those of base layers only decide between corners that are equal otherwise.
 */
static double hidden(const smap__page_plan *plan, smap__rect_mm rect) {
    static const double base_weight = 1e-6;
    const smap__sheet *s = plan->sheet;
    double cost = 0;
    for (int i = 0; i < s->map.drawns; i++) {
        const smap__drawn *d = &s->map.drawn[i];
        double weight = s->layer[d->layer].is_base ? base_weight : 1;
        for (int64_t f = 0; f < d->features; f++)
            if (feature_touches(d, f, rect)) cost += weight;
    }
    return cost;
}

static bool overlap(smap__rect_mm a, smap__rect_mm b) {
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

/* Does the element in that corner lie on one of another group that has its place already? */
static bool is_taken(const smap__page_plan *plan, int index, smap__rect_mm at) {
    const smap__element *e = plan->sheet->element;
    for (int i = 0; i < plan->sheet->elements; i++) {
        bool settled = e[i].over_map && (e[i].corner == 0 || e[i].corner < e[index].corner);
        if (settled && overlap(plan->at[i], at)) return true;
    }
    return false;
}

static void move_element(smap__page_plan *plan, int index, smap__rect_mm to) {
    double dx = to.x - plan->at[index].x, dy = to.y - plan->at[index].y;
    for (size_t i = 0; i < plan->element[index].count; i++) {
        plan->element[index].item[i].x += dx;
        plan->element[index].item[i].y += dy;
    }
    plan->at[index] = to;
}

static void settle_group(smap__page_plan *plan, int group) {
    const smap__element *e = plan->sheet->element;
    double best_cost = HUGE_VAL;
    int best = 0;
    for (int corner = 0; corner < CORNERS; corner++) {
        double cost = 0;
        for (int i = 0; i < plan->sheet->elements; i++) {
            if (e[i].corner != group) continue;
            smap__rect_mm at = in_corner(plan, plan->at[i], corner);
            cost += is_taken(plan, i, at) ? HUGE_VAL : hidden(plan, at);
        }
        if (cost < best_cost) best_cost = cost, best = corner;
    }
    for (int i = 0; i < plan->sheet->elements; i++)
        if (e[i].corner == group) move_element(plan, i, in_corner(plan, plan->at[i], best));
}

void smap__page_plan_corners(smap__page_plan *plan) {
    int groups = 0;
    for (int i = 0; i < plan->sheet->elements; i++)
        if (plan->sheet->element[i].corner > groups) groups = plan->sheet->element[i].corner;
    for (int group = 1; group <= groups; group++) settle_group(plan, group);
}
