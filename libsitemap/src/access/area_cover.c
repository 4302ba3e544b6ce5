/* A cell that no edge of a polygon comes near to is all inside of it or all outside. A polygon is left out if each cell
 * that it has any part in is inside of another one that is still there: that one may be left out later, but only for
 * others that have the cell inside in their turn. Small polygons are tried first. */
#include "access/area_cover.h"

#include <math.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "geo/geom_column.h"

enum { MOST_CELLS = 1 << 20 };
enum { EDGE = 1, TURN = 2, INSIDE = 4 }; /* an edge is near; what is to the right is on the other side; all inside */

static const double near_cells = 1e-6; /* of a cell's side: as far as an edge is near */

typedef struct lattice {
    double x, y, cell;
    int columns, rows;
} lattice;

/* The cells round a polygon. */
typedef struct window {
    int left, low, columns, rows;
} window;

typedef struct candidate {
    int64_t feature;
    size_t cells;
} candidate;

void smap__area_cover_release(smap__area_cover *cover) {
    smap__free(cover->times);
    smap__free(cover->marks);
    *cover = (smap__area_cover){ 0 };
}

static lattice lattice_of(const smap_geometry *polygons, double cell) {
    smap_box box = SMAP_BOX_EMPTY;
    for (int64_t k = 0; k < polygons->count; k++) box = smap__box_join(box, smap_geometry_box(polygons, k));
    if (smap__box_is_empty(box)) return (lattice){ 0, 0, 1, 0, 0 };
    double w = box.xmax - box.xmin, h = box.ymax - box.ymin;
    while ((w / cell + 4) * (h / cell + 4) > MOST_CELLS) cell *= 2;
    return (lattice){ box.xmin - cell, box.ymin - cell, cell, (int)(w / cell) + 4, (int)(h / cell) + 4 };
}

static window window_of(const lattice *l, smap_box box) {
    if (smap__box_is_empty(box)) return (window){ 0 };
    int left = (int)((box.xmin - l->x) / l->cell - near_cells), low = (int)((box.ymin - l->y) / l->cell - near_cells);
    int right = (int)((box.xmax - l->x) / l->cell + near_cells), top = (int)((box.ymax - l->y) / l->cell + near_cells);
    return (window){ left, low, right - left + 1, top - low + 1 };
}

/* ---- one polygon ---- */

/* Cells of a row from where the edge is furthest left in it to where it is furthest right. */
static void mark_row(uint8_t *row, int columns, double from, double to) {
    int first = (int)fmax(floor(fmin(from, to) - near_cells), 0);
    int last = (int)fmin(floor(fmax(from, to) + near_cells), columns - 1);
    for (int i = first; i <= last; i++) row[i] |= EDGE;
}

/* An edge from (ax, ay) to (bx, by), in cells from the window's corner. */
static void mark_edge(uint8_t *marks, const window *w, double ax, double ay, double bx, double by) {
    double low = fmin(ay, by), high = fmax(ay, by), lean = high > low ? (bx - ax) / (by - ay) : 0;
    int first = (int)fmax(floor(low - near_cells), 0), last = (int)fmin(floor(high + near_cells), w->rows - 1);
    for (int j = first; j <= last; j++) {
        uint8_t *row = marks + (size_t)j * (size_t)w->columns;
        double from = fmax(low, j - near_cells), to = fmin(high, j + 1 + near_cells), middle = j + 0.5;
        if (lean == 0)
            mark_row(row, w->columns, ax, bx);
        else
            mark_row(row, w->columns, ax + (from - ay) * lean, ax + (to - ay) * lean);
        if ((ay > middle) == (by > middle)) continue;
        int turn = (int)ceil(ax + (middle - ay) * lean - 0.5);
        if (turn < w->columns) row[turn < 0 ? 0 : turn] ^= TURN;
    }
}

/* The marks of all cells of the window; false when memory has run out. */
static bool mark(smap__area_cover *c, const lattice *l, const smap_geometry *g, int64_t feature, const window *w) {
    size_t cells = (size_t)w->columns * (size_t)w->rows;
    double x = l->x + w->left * l->cell, y = l->y + w->low * l->cell;
    if (!smap__grow(&c->marks, &c->marks_room, cells + 1, 1)) return false;
    for (size_t k = 0; k < cells; k++) c->marks[k] = 0;
    for (int64_t part = smap_geom_part(g, feature); part < smap_geom_part(g, feature + 1); part++)
        for (int64_t ring = smap_geom_ring(g, part); ring < smap_geom_ring(g, part + 1); ring++)
            for (int64_t k = smap_geom_coord(g, ring) + 1; k < smap_geom_coord(g, ring + 1); k++)
                mark_edge(c->marks, w, (g->x[k - 1] - x) / l->cell, (g->y[k - 1] - y) / l->cell,
                          (g->x[k] - x) / l->cell, (g->y[k] - y) / l->cell);
    for (int j = 0; j < w->rows; j++) {
        uint8_t *row = c->marks + (size_t)j * (size_t)w->columns;
        bool in = false;
        for (int i = 0; i < w->columns; i++) {
            in ^= (row[i] & TURN) != 0;
            if (in && !(row[i] & EDGE)) row[i] |= INSIDE;
        }
    }
    return true;
}

/* Count the cells inside of a polygon once more, or once less. */
static void count(smap__area_cover *c, const lattice *l, const window *w, uint32_t by) {
    const uint8_t *m = c->marks;
    for (int j = 0; j < w->rows; j++) {
        uint32_t *times = c->times + (size_t)(w->low + j) * (size_t)l->columns + w->left;
        for (int i = 0; i < w->columns; i++, m++)
            if (*m & INSIDE) times[i] += by;
    }
}

/* Is each cell that it has a part in inside of another one? */
static bool is_covered(const smap__area_cover *c, const lattice *l, const window *w) {
    const uint8_t *m = c->marks;
    for (int j = 0; j < w->rows; j++) {
        const uint32_t *times = c->times + (size_t)(w->low + j) * (size_t)l->columns + w->left;
        for (int i = 0; i < w->columns; i++, m++)
            if ((*m & (EDGE | INSIDE)) && times[i] < (*m & INSIDE ? 2 : 1)) return false;
    }
    return true;
}

/* ---- all ---- */

static int compare_candidates(const void *left, const void *right) {
    const candidate *a = left, *b = right;
    if (a->cells != b->cells) return a->cells < b->cells ? -1 : 1;
    return (a->feature > b->feature) - (a->feature < b->feature);
}

smap_status smap__area_cover_find(smap__area_cover *cover, const smap_geometry *polygons, double cell, bool *needed,
                                  smap_error *err) {
    const lattice l = lattice_of(polygons, cell);
    size_t cells = (size_t)l.columns * (size_t)l.rows, n = (size_t)polygons->count;
    candidate *candidates = smap__realloc(NULL, n, sizeof *candidates);
    smap_status status = SMAP_OK;
    if (!candidates || !smap__grow(&cover->times, &cover->times_room, cells + 1, sizeof *cover->times))
        SMAP_TRY(smap__fail_memory(err), done);
    for (size_t k = 0; k < cells; k++) cover->times[k] = 0;
    for (size_t k = 0; k < n; k++) {
        window w = window_of(&l, smap_geometry_box(polygons, (int64_t)k));
        if (!mark(cover, &l, polygons, (int64_t)k, &w)) SMAP_TRY(smap__fail_memory(err), done);
        count(cover, &l, &w, 1);
        candidates[k] = (candidate){ (int64_t)k, (size_t)w.columns * (size_t)w.rows };
    }
    if (n > 1) qsort(candidates, n, sizeof *candidates, compare_candidates);
    for (size_t k = 0; k < n; k++) {
        int64_t feature = candidates[k].feature;
        window w = window_of(&l, smap_geometry_box(polygons, feature));
        if (!mark(cover, &l, polygons, feature, &w)) SMAP_TRY(smap__fail_memory(err), done);
        needed[feature] = !is_covered(cover, &l, &w);
        if (!needed[feature]) count(cover, &l, &w, (uint32_t)-1);
    }
done:
    smap__free(candidates);
    return status;
}
