#include "sheet/metric_grid.h"

#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "sheet/page.h"
#include "sheet/sheet_text.h"

/* Multiples of a step between two coordinates. */
typedef struct lines {
    int64_t first, count;
} lines;

static lines lines_between(double low, double high, double step) {
    int64_t first = (int64_t)ceil(low / step);
    return (lines){ first, (int64_t)floor(high / step) - first + 1 };
}

static bool put_tick(smap__arena *arena, const smap__view *view, const smap__metric_grid *grid, int side, double metres,
                     smap__tick *out) {
    bool across = side == SMAP__SIDE_TOP || side == SMAP__SIDE_BOTTOM;
    char number[48];
    smap__text_number(metres, 0, number, sizeof number);
    const char *figures = smap__text_figures(arena, number);
    if (!figures) return false;
    *out = (smap__tick){ side, across ? smap__page_x(view, metres) : smap__page_y(view, metres),
                         smap__text_replace(arena, across ? grid->easting : grid->northing, "{m}", figures) };
    return out->text != NULL;
}

static smap_status put_ticks(smap__arena *arena, const smap__metric_grid *grid, double step, lines x, lines y,
                             smap__sheet *sheet, smap_error *err) {
    size_t most = (size_t)sheet->ticks + 2 * (size_t)(x.count + y.count);
    smap__tick *tick = smap__arena_alloc(arena, (most + 1) * sizeof *tick);
    if (!tick) return smap__fail_memory(err);
    if (sheet->ticks) memcpy(tick, sheet->tick, (size_t)sheet->ticks * sizeof *tick);
    int count = sheet->ticks;
    for (int side = SMAP__SIDE_TOP; side <= SMAP__SIDE_RIGHT; side++) {
        if (!((grid->sides >> side) & 1)) continue;
        lines l = side == SMAP__SIDE_TOP || side == SMAP__SIDE_BOTTOM ? x : y;
        for (int64_t i = 0; i < l.count; i++)
            if (!put_tick(arena, &sheet->map, grid, side, (double)(l.first + i) * step, &tick[count++]))
                return smap__fail_memory(err);
    }
    sheet->tick = tick;
    sheet->ticks = count;
    return SMAP_OK;
}

static smap_status put_crosses(smap__arena *arena, double step, lines x, lines y, smap__sheet *sheet, smap_error *err) {
    size_t n = (size_t)(x.count * y.count);
    double *at_x = smap__arena_alloc(arena, n * sizeof *at_x + 1),
           *at_y = smap__arena_alloc(arena, n * sizeof *at_y + 1);
    if (!at_x || !at_y) return smap__fail_memory(err);
    for (size_t i = 0; i < n; i++) {
        at_x[i] = smap__page_x(&sheet->map, (double)(x.first + (int64_t)i % x.count) * step);
        at_y[i] = smap__page_y(&sheet->map, (double)(y.first + (int64_t)i / x.count) * step);
    }
    sheet->cross_x = at_x;
    sheet->cross_y = at_y;
    sheet->crosses = (int)n;
    return SMAP_OK;
}

smap_status smap__metric_grid_build(smap__arena *arena, const smap__metric_grid *grid, smap__sheet *sheet,
                                    smap_error *err) {
    smap_box b = sheet->map.box;
    lines x = { 0, 0 }, y = { 0, 0 };
    double step = 0;
    for (int s = grid->steps - 1; s >= 0; s--) {
        step = grid->step_m[s];
        x = lines_between(b.xmin, b.xmax, step);
        y = lines_between(b.ymin, b.ymax, step);
        if (x.count >= grid->least_x && y.count >= grid->least_y) break;
    }
    if (x.count <= 0 || y.count <= 0) return SMAP_OK;
    smap_status status = put_ticks(arena, grid, step, x, y, sheet, err);
    return status == SMAP_OK ? put_crosses(arena, step, x, y, sheet, err) : status;
}
