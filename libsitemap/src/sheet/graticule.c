#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "geo/crs.h"
#include "sheet/page.h"
#include "sheet/sheet_text.h"

enum { SAMPLES = 257 };

/* Longitude and latitude along one side of the frame, from left to right or top to bottom. */
typedef struct side {
    double lon[SAMPLES], lat[SAMPLES];
} side;

void smap__format_degrees(int64_t arc_seconds, int64_t step_s, char *out, size_t size) {
    int64_t a = arc_seconds < 0 ? -arc_seconds : arc_seconds;
    long long deg = (long long)(a / 3600), min = (long long)(a / 60 % 60), sec = (long long)(a % 60);
    if (step_s % 3600 == 0)
        snprintf(out, size, "%lld°", deg);
    else if (step_s % 60 == 0)
        snprintf(out, size, "%lld°%02lld′", deg, min);
    else
        snprintf(out, size, "%lld°%02lld′%02lld″", deg, min, sec);
}

static smap_status sample_side(smap_ctx *ctx, const smap__view *view, const smap_crs *wgs84, int which, side *out,
                               smap_error *err) {
    smap_box b = view->box;
    for (int i = 0; i < SAMPLES; i++) {
        double t = (double)i / (SAMPLES - 1);
        bool across = which == SMAP__SIDE_TOP || which == SMAP__SIDE_BOTTOM;
        out->lon[i] = across ? b.xmin + t * (b.xmax - b.xmin) : which == SMAP__SIDE_LEFT ? b.xmin : b.xmax;
        out->lat[i] = !across ? b.ymax - t * (b.ymax - b.ymin) : which == SMAP__SIDE_TOP ? b.ymax : b.ymin;
    }
    return smap__crs_transform(ctx, view->crs, wgs84, out->lon, out->lat, SAMPLES, NULL, err);
}

static void grow_range(const double *value, double *least, double *most) {
    for (int i = 0; i < SAMPLES; i++) {
        if (!isfinite(value[i])) continue;
        *least = fmin(*least, value[i]);
        *most = fmax(*most, value[i]);
    }
}

/* How many multiples of step lie in [least, most] degrees. */
static int64_t multiples(double least, double most, double step_s, int64_t *first) {
    *first = (int64_t)ceil(least * 3600 / step_s);
    return (int64_t)floor(most * 3600 / step_s) - *first + 1;
}

/* Position 0..1 along a side where `value` passes `wanted`; -1 if it does not. */
static double crossing(const double *value, double wanted) {
    for (int i = 0; i + 1 < SAMPLES; i++) {
        double a = value[i], b = value[i + 1];
        if (!isfinite(a) || !isfinite(b) || fabs(a - b) > 180 || a == b) continue;
        if ((a - wanted) * (b - wanted) <= 0) return (i + (wanted - a) / (b - a)) / (SAMPLES - 1);
    }
    return -1;
}

typedef struct ticks {
    smap__arena *arena;
    const smap__view *view;
    const smap__graticule *graticule;
    smap__tick *tick;
    int count;
    double *x, *y;
    int crosses;
    double step_deg;
} ticks;

static bool put_tick(ticks *t, int which, const side *s, int64_t arc_seconds, int64_t step_s) {
    bool across = which == SMAP__SIDE_TOP || which == SMAP__SIDE_BOTTOM;
    double at = crossing(across ? s->lon : s->lat, (double)arc_seconds / 3600);
    if (at < 0) return true;
    const smap__graticule *g = t->graticule;
    const char *word = across ? (arc_seconds < 0 ? g->west : g->east) : (arc_seconds < 0 ? g->south : g->north);
    char figures[64];
    smap__format_degrees(arc_seconds, step_s, figures, sizeof figures);
    const char *degrees = smap__text_figures(t->arena, figures);
    if (!degrees) return false;
    smap__tick *tick = &t->tick[t->count++];
    smap__rect_mm r = t->view->at;
    tick->side = which;
    tick->at_mm = across ? r.x + at * r.w : r.y + at * r.h;
    tick->text = smap__text_replace(t->arena, word, "{deg}", degrees);
    return tick->text != NULL;
}

static smap_status put_crosses(smap_ctx *ctx, ticks *t, const smap_crs *wgs84, int64_t first_lon, int64_t lons,
                               int64_t first_lat, int64_t lats, double step_s, smap_error *err) {
    int64_t n = lons * lats;
    t->x = smap__arena_alloc(t->arena, (size_t)n * sizeof(double) + 1);
    t->y = smap__arena_alloc(t->arena, (size_t)n * sizeof(double) + 1);
    if (!t->x || !t->y) return smap__fail_memory(err);
    for (int64_t i = 0; i < n; i++) {
        int64_t column = i % lons, row = i / lons;
        t->x[i] = (double)(first_lon + column) * step_s / 3600;
        t->y[i] = (double)(first_lat + row) * step_s / 3600;
    }
    smap_status status = smap__crs_transform(ctx, wgs84, t->view->crs, t->x, t->y, n, NULL, err);
    if (status != SMAP_OK) return status;
    smap_box b = t->view->box;
    for (int64_t i = 0; i < n; i++) {
        if (!(t->x[i] > b.xmin && t->x[i] < b.xmax && t->y[i] > b.ymin && t->y[i] < b.ymax)) continue;
        double x = smap__page_x(t->view, t->x[i]), y = smap__page_y(t->view, t->y[i]);
        t->x[t->crosses] = x;
        t->y[t->crosses++] = y;
    }
    return SMAP_OK;
}

static smap_status fill_ticks(smap_ctx *ctx, ticks *t, const side *sides, const smap_crs *wgs84, smap_error *err) {
    double lon[2] = { HUGE_VAL, -HUGE_VAL }, lat[2] = { HUGE_VAL, -HUGE_VAL };
    for (int i = 0; i < 4; i++) {
        grow_range(sides[i].lon, &lon[0], &lon[1]);
        grow_range(sides[i].lat, &lat[0], &lat[1]);
    }
    if (!(lon[0] <= lon[1])) return SMAP_OK;
    const smap__graticule *g = t->graticule;
    int64_t first_lon = 0, first_lat = 0, lons = 0, lats = 0;
    int s = g->steps - 1;
    for (; s >= 0; s--) {
        lons = multiples(lon[0], lon[1], g->step_s[s], &first_lon);
        lats = multiples(lat[0], lat[1], g->step_s[s], &first_lat);
        if (lons >= g->least_lon && lats >= g->least_lat) break;
    }
    if (s < 0) s = 0; /* a tiny frame: as many as the finest step gives */
    if (lons <= 0 || lats <= 0) return SMAP_OK;
    int64_t step = (int64_t)g->step_s[s];
    t->step_deg = g->step_s[s] / 3600;
    t->tick = smap__arena_alloc(t->arena, (size_t)(2 * (lons + lats)) * sizeof *t->tick);
    if (!t->tick) return smap__fail_memory(err);
    for (int which = 0; which < 4; which++) {
        if (!((g->sides >> which) & 1)) continue;
        bool across = which == SMAP__SIDE_TOP || which == SMAP__SIDE_BOTTOM;
        int64_t first = across ? first_lon : first_lat, n = across ? lons : lats;
        for (int64_t i = 0; i < n; i++)
            if (!put_tick(t, which, &sides[which], (first + i) * step, step)) return smap__fail_memory(err);
    }
    return put_crosses(ctx, t, wgs84, first_lon, lons, first_lat, lats, (double)step, err);
}

smap_status smap__graticule_build(smap_ctx *ctx, smap__arena *arena, const smap__view *view,
                                  const smap__graticule *graticule, smap__sheet *sheet, smap_error *err) {
    const smap_crs *wgs84 = NULL;
    smap_status status = SMAP_OK;
    ticks t = { .arena = arena, .view = view, .graticule = graticule };
    side *sides = smap__alloc(4 * sizeof *sides);
    if (!sides) return smap__fail_memory(err);
    SMAP_TRY(smap__crs_wgs84(ctx, &wgs84, err), done);
    for (int i = 0; i < 4; i++) SMAP_TRY(sample_side(ctx, view, wgs84, i, &sides[i], err), done);
    SMAP_TRY(fill_ticks(ctx, &t, sides, wgs84, err), done);
    sheet->tick = t.tick;
    sheet->ticks = t.count;
    sheet->tick_step_deg = t.step_deg;
    sheet->cross_x = t.x;
    sheet->cross_y = t.y;
    sheet->crosses = t.crosses;
done:
    smap_crs_free(wgs84);
    smap__free(sides);
    return status;
}
