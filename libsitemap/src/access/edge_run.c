#include "access/edge_run.h"

#include <math.h>

#include "base/alloc.h"
#include "base/fail.h"

static double step(const smap_geometry *g, uint32_t i) {
    return hypot(g->x[i] - g->x[i - 1], g->y[i] - g->y[i - 1]);
}

static bool put(smap__edge_run *run, size_t first, double x, double y) {
    if (run->count > first && run->points[run->count - 1].x == x && run->points[run->count - 1].y == y) return true;
    if (!smap__grow(&run->points, &run->capacity, run->count + 1, sizeof *run->points)) return false;
    run->points[run->count++] = (smap__edge_point){ x, y };
    return true;
}

/* From the lesser share to the greater. */
static bool put_along(smap__edge_run *run, const smap__graph *graph, uint32_t edge, double low, double high) {
    const smap_geometry *g = graph->lines;
    uint32_t first = graph->first[edge], last = graph->last[edge];
    size_t start = run->count;
    double total = 0, at = 0;
    bool good = true;
    for (uint32_t i = first + 1; i <= last; i++) total += step(g, i);
    if (low <= 0 || total == 0) good = put(run, start, g->x[first], g->y[first]);
    for (uint32_t i = first + 1; i <= last && good; i++) {
        double length = step(g, i), ends[] = { low * total, high * total };
        for (int k = 0; k < 2 && good; k++) {
            bool is_vertex = k == 0 ? low <= 0 : high >= 1;
            if (is_vertex || length == 0 || ends[k] < at || ends[k] >= at + length) continue;
            double t = (ends[k] - at) / length;
            good =
                put(run, start, g->x[i - 1] + t * (g->x[i] - g->x[i - 1]), g->y[i - 1] + t * (g->y[i] - g->y[i - 1]));
        }
        at += length;
        if (good && i < last && at > ends[0] && at < ends[1]) good = put(run, start, g->x[i], g->y[i]);
    }
    if (good && high >= 1) good = put(run, start, g->x[last], g->y[last]);
    return good;
}

smap_status smap__edge_run_put(smap__edge_run *run, const smap__graph *graph, uint32_t edge, double from, double to,
                               smap_error *err) {
    size_t start = run->count;
    if (!put_along(run, graph, edge, fmin(from, to), fmax(from, to))) return smap__fail_memory(err);
    if (to < from)
        for (size_t low = start, high = run->count; low + 1 < high; low++, high--) {
            smap__edge_point kept = run->points[low];
            run->points[low] = run->points[high - 1];
            run->points[high - 1] = kept;
        }
    if (start == 0 || start == run->count) return SMAP_OK;
    smap__edge_point before = run->points[start - 1], here = run->points[start];
    if (before.x != here.x || before.y != here.y) return SMAP_OK;
    for (size_t k = start + 1; k < run->count; k++) run->points[k - 1] = run->points[k];
    run->count--;
    return SMAP_OK;
}

void smap__edge_run_release(smap__edge_run *run) {
    smap__free(run->points);
    *run = (smap__edge_run){ 0 };
}
