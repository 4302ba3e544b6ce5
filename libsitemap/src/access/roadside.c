/* From a point q of a road outward along a ray n, ground is nearer to the road than to a rival as long as the circle
 * that touches the road in q, with its middle on the ray, does not touch the rival. These circles lie in one another,
 * so the first one that touches some rival ends the ray; how large it is has a closed form for points and for lines.
 * That is the bisector of Voronoi diagrams of segments (Held, On the Computational Geometry of Pocket Machining, 1991),
 * taken ray by ray. */
#include "access/roadside.h"

#include <math.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "geo/angle.h"
#include "geo/geom_builder.h"
#include "geo/geom_column.h"

static const double near_m = 1e-6;   /* closer than that is the same place */
static const double straight = 1e-5; /* turns of less than that, in radians, are none */

enum {
    RAYS_A_WIDTH = 8,   /* along a road that has rivals beside it */
    RAYS_A_TURN = 48,   /* round a bend */
    RAYS_MOST = 1 << 20 /* on one side of a segment */
};

typedef struct ray {
    double x, y, nx, ny;
} ray;

/* ---- rivals ---- */

smap_status smap__rivals_make(const smap_geometry *lines, smap__rivals *out, smap_error *err) {
    size_t most = (size_t)lines->coord_count;
    smap_box *boxes = smap__realloc(NULL, most, sizeof *boxes);
    out->ax = smap__realloc(NULL, most, sizeof *out->ax);
    out->ay = smap__realloc(NULL, most, sizeof *out->ay);
    out->bx = smap__realloc(NULL, most, sizeof *out->bx);
    out->by = smap__realloc(NULL, most, sizeof *out->by);
    smap_status status = SMAP_OK;
    if (!boxes || !out->ax || !out->ay || !out->bx || !out->by) SMAP_TRY(smap__fail_memory(err), done);
    for (int64_t f = 0; f < lines->count; f++) {
        int64_t k, end;
        smap__geometry_span(lines, f, &k, &end);
        for (k++; k < end; k++) {
            size_t s = out->count++;
            out->ax[s] = lines->x[k - 1], out->ay[s] = lines->y[k - 1];
            out->bx[s] = lines->x[k], out->by[s] = lines->y[k];
            boxes[s] = smap__geometry_span_box(lines, k - 1, k + 1);
        }
    }
    SMAP_TRY(smap__index_new(NULL, boxes, (int64_t)out->count, &out->index, err), done);
done:
    smap__free(boxes);
    return status;
}

void smap__rivals_release(smap__rivals *rivals) {
    smap__free(rivals->ax);
    smap__free(rivals->ay);
    smap__free(rivals->bx);
    smap__free(rivals->by);
    smap__index_free(rivals->index);
    *rivals = (smap__rivals){ 0 };
}

void smap__roadside_release(smap__roadside *side) {
    smap__hits_release(&side->hits);
    smap__free(side->reach);
    *side = (smap__roadside){ 0 };
}

/* ---- rays ---- */

/* The circle through the ray's start that touches a point, which lies at (x, y) from there. */
static double touches_point(const ray *r, double x, double y) {
    double ahead = r->nx * x + r->ny * y, distance = sqrt(x * x + y * y);
    return distance > near_m && ahead > straight * distance ? distance * distance / (2 * ahead) : HUGE_VAL;
}

static double touches(const ray *r, const smap__rivals *v, size_t s) {
    double ax = v->ax[s] - r->x, ay = v->ay[s] - r->y, bx = v->bx[s] - r->x, by = v->by[s] - r->y;
    double length = sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay));
    double best = fmin(touches_point(r, ax, ay), touches_point(r, bx, by));
    if (!(length > 0)) return best;
    double ux = (bx - ax) / length, uy = (by - ay) / length;
    double foot = -(ax * ux + ay * uy), fx = ax + foot * ux, fy = ay + foot * uy, height = sqrt(fx * fx + fy * fy);
    if (height <
        near_m) { /* the ray starts on the rival's line: the smallest circle counts, if it leads to the rival */
        double turn = r->nx * ux + r->ny * uy;
        bool ahead = foot > -near_m && foot < length - near_m && turn > straight;
        bool back = foot > near_m && foot < length + near_m && turn < -straight;
        return ahead || back ? 0 : best;
    }
    double facing = 1 + (fx * r->nx + fy * r->ny) / height;
    if (facing < 1e-12) return best;
    double radius = height / facing;
    double at = (radius * (r->nx + fx / height) - ax) * ux + (radius * (r->ny + fy / height) - ay) * uy;
    return at >= 0 && at <= length ? fmin(best, radius) : best;
}

/* How far the ray goes. */
static double reach_of(const smap__roadside *side, const ray *r) {
    double best = side->width;
    for (size_t k = 0; k < side->hits.count && best > side->core; k++)
        best = fmin(best, touches(r, side->rivals, (size_t)side->hits.ids[k]));
    return fmax(best, side->core);
}

static void put_ray(const smap__roadside *side, const ray *r, smap_geometry_builder *out) {
    double reach = reach_of(side, r);
    smap__builder_put(out, r->x + reach * r->nx, r->y + reach * r->ny);
}

/* Rivals that a circle of that width at the road may touch. */
static smap_status look_round(smap__roadside *side, double ax, double ay, double bx, double by, smap_error *err) {
    double reach = 2 * side->width;
    smap_box box = { fmin(ax, bx) - reach, fmin(ay, by) - reach, fmax(ax, bx) + reach, fmax(ay, by) + reach };
    return smap__index_query(side->rivals->index, box, &side->hits, err);
}

static void close_polygon(size_t first, smap_geometry_builder *out) {
    smap__builder_put(out, out->x[first], out->y[first]);
    smap__builder_end_ring(out);
    smap__builder_end_part(out, SMAP_GEOM_POLYGON);
    smap__builder_end_feature(out, SMAP_GEOM_POLYGON);
}

/* One side of a segment, from its end to its start if `back`, with the point of the road before: what is beside the
 * next segment, or round the bend, then begins with the same bits. Rays that end on the line between those beside them,
 * as those of full width do, are left out. */
static smap_status put_side(smap__roadside *side, const ray *first, const ray *last, int n, bool back,
                            smap_geometry_builder *out, smap_error *err) {
    if (!smap__grow(&side->reach, &side->reach_capacity, (size_t)n + 1, sizeof *side->reach))
        return smap__fail_memory(err);
    double *reach = side->reach, dx = last->x - first->x, dy = last->y - first->y;
    for (int k = 0; k <= n; k++) {
        ray between = { first->x + dx * k / n, first->y + dy * k / n, first->nx, first->ny };
        reach[k] = reach_of(side, k == n ? last : &between);
    }
    smap__builder_put(out, back ? last->x : first->x, back ? last->y : first->y);
    for (int i = 0; i <= n; i++) {
        int k = back ? n - i : i;
        if (k > 0 && k < n && fabs(reach[k - 1] - 2 * reach[k] + reach[k + 1]) <= 1e-9 * side->width) continue;
        double x = k == n ? last->x : first->x + dx * k / n, y = k == n ? last->y : first->y + dy * k / n;
        smap__builder_put(out, x + reach[k] * first->nx, y + reach[k] * first->ny);
    }
    return SMAP_OK;
}

static smap_status put_segment(smap__roadside *side, double ax, double ay, double bx, double by,
                               smap_geometry_builder *out, smap_error *err) {
    double length = hypot(bx - ax, by - ay);
    if (length < near_m) return SMAP_OK;
    smap_status status = look_round(side, ax, ay, bx, by, err);
    if (status != SMAP_OK) return status;
    double nx = (by - ay) / length, ny = (ax - bx) / length;
    double pieces = side->hits.count ? ceil(length / side->width * RAYS_A_WIDTH) : 1;
    int n = pieces < RAYS_MOST ? (int)pieces : RAYS_MOST;
    status = smap__builder_reserve(out, 1, 1, 1, 2 * (size_t)n + 5, err);
    if (status != SMAP_OK) return status;
    smap__builder_mark mark = smap__builder_mark_now(out);
    status = put_side(side, &(ray){ ax, ay, nx, ny }, &(ray){ bx, by, nx, ny }, n, false, out, err);
    if (status == SMAP_OK)
        status = put_side(side, &(ray){ ax, ay, -nx, -ny }, &(ray){ bx, by, -nx, -ny }, n, true, out, err);
    if (status == SMAP_OK)
        close_polygon(mark.coords, out);
    else
        smap__builder_rollback(out, mark);
    return status;
}

/* A fan of less than half a turn, to the left of one direction and to the right of another. */
static smap_status put_fan(smap__roadside *side, double x, double y, const smap__heading *from, const smap__heading *to,
                           double turn, smap_geometry_builder *out, smap_error *err) {
    int n = (int)ceil(turn / (2 * SMAP__PI) * RAYS_A_TURN);
    smap_status status = look_round(side, x, y, x, y, err);
    if (status == SMAP_OK) status = smap__builder_reserve(out, 1, 1, 1, (size_t)n + 3, err);
    if (status != SMAP_OK) return status;
    size_t first = out->coords;
    smap__builder_put(out, x, y);
    put_ray(side, &(ray){ x, y, -from->y, from->x }, out);
    for (int k = 1; k < n; k++) {
        double angle = from->angle + SMAP__PI / 2 + turn * k / n;
        put_ray(side, &(ray){ x, y, cos(angle), sin(angle) }, out);
    }
    put_ray(side, &(ray){ x, y, to->y, -to->x }, out);
    close_polygon(first, out);
    return SMAP_OK;
}

smap__heading smap__heading_of(double from_x, double from_y, double to_x, double to_y) {
    double dx = to_x - from_x, dy = to_y - from_y, length = hypot(dx, dy);
    return (smap__heading){ atan2(dy, dx), dx / length, dy / length };
}

static int compare_headings(const void *left, const void *right) {
    double a = ((const smap__heading *)left)->angle, b = ((const smap__heading *)right)->angle;
    return (a > b) - (a < b);
}

smap_status smap__roadside_corner(smap__roadside *side, double x, double y, smap__heading *heading, int count,
                                  smap_geometry_builder *out, smap_error *err) {
    if (count < 2) return SMAP_OK;
    qsort(heading, (size_t)count, sizeof *heading, compare_headings);
    for (int k = 0; k < count; k++) {
        const smap__heading *next = &heading[(k + 1) % count];
        double gap = next->angle - heading[k].angle + (k + 1 < count ? 0 : 2 * SMAP__PI);
        if (gap > SMAP__PI + 1e-6 && gap < 2 * SMAP__PI - 1e-6)
            return put_fan(side, x, y, &heading[k], next, gap - SMAP__PI, out, err);
    }
    return SMAP_OK;
}

smap_status smap__roadside_line(smap__roadside *side, const smap_geometry *lines, int64_t feature,
                                smap_geometry_builder *out, smap_error *err) {
    int64_t k, end;
    smap_status status = SMAP_OK;
    smap__geometry_span(lines, feature, &k, &end);
    const double *x = lines->x, *y = lines->y;
    for (k++; k < end && status == SMAP_OK; k++) {
        status = put_segment(side, x[k - 1], y[k - 1], x[k], y[k], out, err);
        if (status != SMAP_OK || k + 1 == end) continue;
        smap__heading heading[] = { smap__heading_of(x[k], y[k], x[k - 1], y[k - 1]),
                                    smap__heading_of(x[k], y[k], x[k + 1], y[k + 1]) };
        status = smap__roadside_corner(side, x[k], y[k], heading, 2, out, err);
    }
    return status;
}
