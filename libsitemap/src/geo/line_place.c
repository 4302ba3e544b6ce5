#include "geo/line_place.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/compare.h"
#include "base/fail.h"
#include "geo/geom_column.h"

typedef struct place {
    smap__line_place at;
    size_t id;
} place;

typedef struct work {
    const smap_geometry *lines;
    place *places; /* along the lines */
    size_t count;
    uint32_t *at, *ring_coord;
    double *x, *y;
    size_t coords; /* of the new column, so far */
} work;

static int compare_places(const void *a, const void *b) {
    const smap__line_place *left = &((const place *)a)->at, *right = &((const place *)b)->at;
    if (left->coord != right->coord) return left->coord < right->coord ? -1 : 1;
    int share = smap__compare_reals(&left->share, &right->share);
    int x = share ? share : smap__compare_reals(&left->x, &right->x);
    return x ? x : smap__compare_reals(&left->y, &right->y);
}

static smap_status sort_places(work *w, const smap__line_place *places, smap_error *err) {
    w->places = smap__realloc(NULL, w->count, sizeof *w->places);
    if (!w->places) return smap__fail_memory(err);
    for (size_t k = 0; k < w->count; k++) {
        if (!(places[k].coord < w->lines->coord_count && places[k].share >= 0 && places[k].share < 1 &&
              isfinite(places[k].x) && isfinite(places[k].y)))
            return smap__fail(err, SMAP_E_ARGUMENT, NULL,
                              "there is no place %g of the way behind coordinate %lld; shares are from 0 to below 1",
                              places[k].share, (long long)places[k].coord);
        w->places[k] = (place){ places[k], k };
    }
    if (w->count > 1) qsort(w->places, w->count, sizeof *w->places, compare_places);
    return SMAP_OK;
}

static void put(work *w, double x, double y) {
    w->x[w->coords] = x;
    w->y[w->coords++] = y;
}

static bool is_at(double x, double y, const smap__line_place *at) {
    return x == at->x && y == at->y;
}

/* Coordinate k and the places behind it, up to the next coordinate, which the next call puts. */
static void put_coord(work *w, int64_t k, bool last, size_t *next) {
    const smap_geometry *g = w->lines;
    uint32_t vertex = (uint32_t)w->coords;
    size_t first = *next;
    put(w, g->x[k], g->y[k]);
    for (; *next < w->count && w->places[*next].at.coord == k; ++*next) {
        const smap__line_place *p = &w->places[*next].at;
        bool here = last || is_at(g->x[k], g->y[k], p), ahead = !here && is_at(g->x[k + 1], g->y[k + 1], p);
        if (!here && !ahead && !is_at(w->x[w->coords - 1], w->y[w->coords - 1], p)) put(w, p->x, p->y);
        if (w->at) w->at[w->places[*next].id] = here ? vertex : (uint32_t)w->coords - 1;
    }
    if (last || !w->at) return;
    for (size_t n = first; n < *next; n++)
        if (is_at(g->x[k + 1], g->y[k + 1], &w->places[n].at) && !is_at(g->x[k], g->y[k], &w->places[n].at))
            w->at[w->places[n].id] = (uint32_t)w->coords;
}

static void put_all(work *w) {
    const smap_geometry *g = w->lines;
    size_t next = 0;
    w->ring_coord[0] = 0;
    for (int64_t ring = 0; ring < g->ring_count; ring++) {
        int64_t end = smap_geom_coord(g, ring + 1);
        for (int64_t k = smap_geom_coord(g, ring); k < end; k++) put_coord(w, k, k + 1 == end, &next);
        w->ring_coord[ring + 1] = (uint32_t)w->coords;
    }
}

smap_status smap__lines_insert(const smap_geometry *lines, const smap__line_place *places, size_t count,
                               const smap_geometry **out, uint32_t *at, smap_error *err) {
    work w = { .lines = lines, .count = count, .at = at };
    smap_geometry made = *lines;
    size_t most = (size_t)lines->coord_count + count;
    smap_status status;
    if (most >= UINT32_MAX)
        SMAP_TRY(smap__fail(err, SMAP_E_LIMIT, NULL,
                            "lines with %lld vertices and %lld more are too many at once; cut them into several files",
                            (long long)lines->coord_count, (long long)count),
                 done);
    SMAP_TRY(sort_places(&w, places, err), done);
    w.ring_coord = smap__realloc(NULL, (size_t)lines->ring_count + 1, sizeof *w.ring_coord);
    w.x = smap__realloc(NULL, most, sizeof *w.x);
    w.y = smap__realloc(NULL, most, sizeof *w.y);
    if (!w.ring_coord || !w.x || !w.y) SMAP_TRY(smap__fail_memory(err), done);
    put_all(&w);
    made.ring_coord = w.ring_coord;
    made.x = w.x;
    made.y = w.y;
    made.z = made.m = NULL;
    made.coord_count = (int64_t)w.coords;
    SMAP_TRY(smap__geometry_adopt(&made, lines, out, err), done);
    w.ring_coord = NULL;
    w.x = w.y = NULL;
done:
    smap__free(w.places);
    smap__free(w.ring_coord);
    smap__free(w.x);
    smap__free(w.y);
    return status;
}
