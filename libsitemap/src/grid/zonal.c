#include "grid/zonal.h"

#include <math.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/parallel.h"
#include "grid/cover.h"
#include "grid/sample.h"
#include "grid/sweep.h"
#include "grid/tally.h"
#include "grid/trace.h"

enum { CHUNK = 1 << 13 };

/* A cell counts as touched from this share on, of a feature smaller than a cell from a smaller one: less is what the
 * rounding of places adds up to. Cells covered to within FULL are covered. */
static const double TOUCHED = 1e-9, FULL = 1e-12;

/* Centres off the raster are counted row by row up to so many rows; beyond, area and count are the same to six digits.
 */
static const double MANY_ROWS = 1 << 24;

typedef struct scratch {
    smap__cover cover;
    smap__tally tally;
    double *place; /* columns, then rows, of a ring */
    size_t capacity;
} scratch;

typedef struct zonal_work {
    const smap__lattice *lattice;
    const smap_geometry *features;
    smap__cell_rule rule;
    smap__cells *cells;
    double *whole; /* the measure of features that are partly off the raster; NaN of those that are not */
    scratch *scratch;
    smap__zonal *zonal;
    smap__slots slots;
} zonal_work;

/* ---- measures of features that are partly off the raster ---- */

static smap_status place_ring(const zonal_work *w, scratch *s, const smap__shape_walk *walk, smap_error *err) {
    const smap_geometry *g = w->features;
    size_t n = (size_t)(walk->end - walk->first);
    if (!smap__grow(&s->place, &s->capacity, 2 * n, sizeof *s->place)) return smap__fail_memory(err);
    for (size_t k = 0; k < n; k++)
        smap__lattice_place(w->lattice, g->x[walk->first + (int64_t)k], g->y[walk->first + (int64_t)k], &s->place[k],
                            &s->place[n + k]);
    return SMAP_OK;
}

static double edge_length(const smap_geometry *g, int64_t k) {
    return hypot(g->x[k + 1] - g->x[k], g->y[k + 1] - g->y[k]);
}

static double ring_area(const scratch *s, int64_t n, bool hole, smap__cell_rule rule) {
    const double *x = s->place, *y = s->place + n;
    double low = HUGE_VAL, high = -HUGE_VAL;
    for (int64_t k = 0; k < n; k++) low = fmin(low, y[k]), high = fmax(high, y[k]);
    if (rule == SMAP__CELL_FRACTION || !(high - low < MANY_ROWS))
        return fabs(smap__shape_twice_area(x, y, n)) / 2 * (hole ? -1 : 1);
    double sign = smap__shape_sign(x, y, n, hole), sum = 0;
    for (int64_t k = 0; k + 1 < n; k++) sum += smap__cover_centres(x[k], y[k], x[k + 1], y[k + 1]);
    return sign * sum;
}

static smap_status measure(const zonal_work *w, scratch *s, int64_t feature, double *out, smap_error *err) {
    const smap_geometry *g = w->features;
    smap__shape_kind kind = smap__shape_kind_of(g, feature);
    smap__shape_walk walk = smap__shape_begin(g, feature, kind);
    double sum = 0;
    while (smap__shape_next(&walk)) {
        if (kind == SMAP__SHAPE_LINES) {
            for (int64_t k = walk.first; k + 1 < walk.end; k++) sum += edge_length(g, k);
        } else if (kind == SMAP__SHAPE_AREAS) {
            smap_status status = place_ring(w, s, &walk, err);
            if (status != SMAP_OK) return status;
            sum += ring_area(s, walk.end - walk.first, walk.hole, w->rule);
        }
    }
    *out = sum;
    return SMAP_OK;
}

static smap_status find_cells(int worker, int64_t chunk, void *user, smap_error *err) {
    zonal_work *w = user;
    const smap_geometry *g = w->features;
    int64_t count = g->count, end = (chunk + 1) * CHUNK < count ? (chunk + 1) * CHUNK : count;
    for (int64_t i = chunk * CHUNK; i < end; i++) {
        int64_t first, last;
        bool whole = true;
        smap__shape_kind kind = smap__shape_kind_of(g, i);
        w->cells[i] = SMAP__CELLS_NONE;
        w->whole[i] = NAN;
        if (kind != SMAP__SHAPE_LINES && kind != SMAP__SHAPE_AREAS) continue;
        smap__geometry_span(g, i, &first, &last);
        w->cells[i] = smap__lattice_cells(w->lattice, g->x, g->y, first, last, &whole);
        smap_status status = whole ? SMAP_OK : measure(w, &w->scratch[worker], i, &w->whole[i], err);
        if (status != SMAP_OK) return status;
    }
    return SMAP_OK;
}

/* ---- polygons ---- */

typedef void (*edge_fn)(smap__cover *cover, double x0, double y0, double x1, double y1, double sign);

/* Adds the area of the feature, or leaves it alone where only some of its edges are looked at. */
static smap_status cover_rings(zonal_work *w, scratch *s, const smap__visit *v, edge_fn edge, double *area,
                               smap_error *err) {
    smap__shape_walk walk = smap__shape_begin(w->features, v->item, SMAP__SHAPE_AREAS);
    *area = 0;
    while (smap__shape_next(&walk)) {
        smap_status status = place_ring(w, s, &walk, err);
        if (status != SMAP_OK) return status;
        int64_t n = walk.end - walk.first;
        const double *x = s->place, *y = s->place + n;
        double twice = smap__shape_twice_area(x, y, n), sign = (twice < 0) != walk.hole ? 1 : -1;
        for (int64_t k = 0; k + 1 < n; k++) edge(&s->cover, x[k], y[k], x[k + 1], y[k + 1], sign);
        *area += fabs(twice) / 2;
    }
    return SMAP_OK;
}

static void cover_edges(const zonal_work *w, scratch *s, const smap__visit *v, edge_fn edge) {
    const smap_geometry *g = w->features;
    int64_t first, end;
    smap__geometry_span(g, v->item, &first, &end);
    for (size_t e = 0; e < v->edges; e++) {
        int64_t k = first + smap__edge_coord(v->edge[e]);
        double x0, y0, x1, y1;
        smap__lattice_place(w->lattice, g->x[k], g->y[k], &x0, &y0);
        smap__lattice_place(w->lattice, g->x[k + 1], g->y[k + 1], &x1, &y1);
        edge(&s->cover, x0, y0, x1, y1, smap__edge_sign(v->edge[e]));
    }
}

static double covered(double share, double least) {
    return share < least ? 0 : share > 1 - FULL ? 1 : share;
}

/* Running sums: what is covered of each cell goes into the tally, and the cover is empty again. */
static void add_rows(scratch *s, const smap__visit *v, double least) {
    smap__cover *cover = &s->cover;
    int columns = cover->columns;
    for (int r = 0; r < cover->rows; r++) {
        const double *value = v->values + r * v->stride;
        double run = v->carry ? v->carry[r] : 0;
        if (!cover->touched[r]) {
            double share = covered(run, least);
            if (share > 0) smap__tally_run(&s->tally, share, value, columns);
            continue;
        }
        double *sum = cover->sum + (size_t)r * ((size_t)columns + 1);
        for (int c = 0; c < columns; c++) {
            run += sum[c];
            sum[c] = 0;
            double share = covered(run, least);
            if (share > 0) smap__tally_add(&s->tally, share, value[c]);
        }
        if (v->carry) v->carry[r] = run + sum[columns];
        sum[columns] = 0;
    }
}

static smap_status visit_area(zonal_work *w, scratch *s, const smap__visit *v, smap_error *err) {
    edge_fn edge = w->rule == SMAP__CELL_CENTRE ? smap__cover_centre_edge : smap__cover_edge;
    double area = 1;
    smap__cells c = v->cells;
    smap_status status = smap__cover_begin(&s->cover, c.first_column, c.first_row, c.last_column - c.first_column + 1,
                                           c.last_row - c.first_row + 1, v->leftmost, err);
    if (status == SMAP_OK && v->edge)
        cover_edges(w, s, v, edge);
    else if (status == SMAP_OK)
        status = cover_rings(w, s, v, edge, &area, err);
    if (status == SMAP_OK) add_rows(s, v, area < 1 ? TOUCHED * sqrt(area) : TOUCHED);
    return status;
}

/* ---- lines ---- */

typedef struct line_piece {
    scratch *scratch;
    const smap__visit *visit;
    double length;
} line_piece;

static void add_piece(int64_t column, int64_t row, double share, void *user) {
    line_piece *p = user;
    const smap__visit *v = p->visit;
    double value = v->values[(row - v->cells.first_row) * v->stride + column - v->cells.first_column];
    smap__tally_add(&p->scratch->tally, share * p->length, value);
}

static void trace_edge(const zonal_work *w, scratch *s, const smap__visit *v, int64_t k) {
    const smap_geometry *g = w->features;
    double x0, y0, x1, y1;
    smap__lattice_place(w->lattice, g->x[k], g->y[k], &x0, &y0);
    smap__lattice_place(w->lattice, g->x[k + 1], g->y[k + 1], &x1, &y1);
    line_piece piece = { s, v, edge_length(g, k) };
    smap__trace(w->lattice, v->cells, x0, y0, x1, y1, add_piece, &piece);
}

static void visit_line(zonal_work *w, scratch *s, const smap__visit *v) {
    int64_t first, end;
    smap__geometry_span(w->features, v->item, &first, &end);
    for (size_t e = 0; v->edge && e < v->edges; e++) trace_edge(w, s, v, first + smap__edge_coord(v->edge[e]));
    if (v->edge) return;
    smap__shape_walk walk = smap__shape_begin(w->features, v->item, SMAP__SHAPE_LINES);
    while (smap__shape_next(&walk))
        for (int64_t k = walk.first; k + 1 < walk.end; k++) trace_edge(w, s, v, k);
}

/* ---- both ---- */

static smap_status visit(const smap__visit *v, void *user, smap_error *err) {
    zonal_work *w = user;
    scratch *s = &w->scratch[v->worker];
    smap_status status = SMAP_OK;
    smap__tally_clear(&s->tally);
    if (smap__shape_kind_of(w->features, v->item) == SMAP__SHAPE_LINES)
        visit_line(w, s, v);
    else
        status = visit_area(w, s, v, err);
    if (status != SMAP_OK) return status;
    if (v->slot == SMAP__NO_SLOT)
        smap__tally_put(&s->tally, w->zonal, v->item);
    else
        smap__slots_add(&w->slots, v->slot, &s->tally);
    return SMAP_OK;
}

static smap_status do_shapes(smap_ctx *ctx, zonal_work *w, const smap__grid_source *source, smap_error *err) {
    const smap_geometry *g = w->features;
    smap__sweep sweep = { .ctx = ctx,
                          .lattice = w->lattice,
                          .source = source,
                          .items = g->count,
                          .cells = w->cells,
                          .geometry = g,
                          .visit = visit,
                          .user = w };
    smap_status status;
    SMAP_TRY(smap__parallel(ctx, (g->count + CHUNK - 1) / CHUNK, find_cells, w, err), done);
    SMAP_TRY(smap__sweep_plan(&sweep, err), done);
    SMAP_TRY(smap__slots_new(&w->slots, sweep.slots, w->zonal->classes, err), done);
    SMAP_TRY(smap__sweep_run(&sweep, err), done);
    for (size_t f = 0; f < sweep.folds; f++)
        for (int64_t k = 0; k < sweep.fold[f].slots; k++)
            smap__slots_put(&w->slots, sweep.fold[f].slot + k, w->zonal, sweep.fold[f].item);
done:
    smap__sweep_release(&sweep);
    smap__slots_release(&w->slots);
    return status;
}

/* ---- points ---- */

/* The coordinates of all point features, one behind the other, with the feature of each. */
typedef struct points {
    double *x, *y, *value;
    int64_t *feature;
    int64_t count;
} points;

static int64_t list_points(const smap_geometry *g, points *p) {
    int64_t n = 0;
    for (int64_t i = 0; i < g->count; i++) {
        if (smap__shape_kind_of(g, i) != SMAP__SHAPE_POINTS) continue;
        int64_t first, end;
        smap__geometry_span(g, i, &first, &end);
        for (int64_t k = first; k < end; k++, n++)
            if (p->feature) p->x[n] = g->x[k], p->y[n] = g->y[k], p->feature[n] = i;
    }
    return n;
}

static void add_points(zonal_work *w, const points *p) {
    smap__tally *t = &w->scratch->tally;
    for (int64_t k = 0; k < p->count;) {
        int64_t feature = p->feature[k];
        smap__tally_clear(t);
        for (; k < p->count && p->feature[k] == feature; k++) smap__tally_add(t, 1, p->value[k]);
        smap__tally_put(t, w->zonal, feature);
    }
}

static smap_status do_points(smap_ctx *ctx, zonal_work *w, const smap__grid_source *source, bool bilinear,
                             smap_error *err) {
    points p = { .count = list_points(w->features, &(points){ .count = 0 }) };
    if (p.count == 0) return SMAP_OK;
    size_t n = (size_t)p.count;
    p.x = smap__alloc(n * sizeof *p.x);
    p.y = smap__alloc(n * sizeof *p.y);
    p.value = smap__alloc(n * sizeof *p.value);
    p.feature = smap__alloc(n * sizeof *p.feature);
    smap_status status = SMAP_OK;
    if (!p.x || !p.y || !p.value || !p.feature) {
        status = smap__fail_memory(err);
    } else {
        list_points(w->features, &p);
        status = smap__sample(ctx, w->lattice, source, p.x, p.y, p.count, bilinear, p.value, err);
        if (status == SMAP_OK) add_points(w, &p);
    }
    smap__free(p.x);
    smap__free(p.y);
    smap__free(p.value);
    smap__free(p.feature);
    return status;
}

/* ---- all ---- */

static smap_status check(const smap__grid_source *source, const smap_geometry *features,
                         const smap__zonal_options *options, smap_error *err) {
    if (options->classes < 0 || options->classes >= SMAP__TALLY_CLASSES)
        return smap__fail(err, SMAP_E_ARGUMENT, "classes", "there are %d classes; at most %d can be told apart",
                          options->classes, SMAP__TALLY_CLASSES - 1);
    for (int k = 0; k < options->classes; k++)
        if (!isfinite(options->breaks[k]) || (k > 0 && options->breaks[k] <= options->breaks[k - 1]))
            return smap__fail(err, SMAP_E_ARGUMENT, "classes",
                              "the lower bound of class %d is not a number above that of the class before it", k + 1);
    if (features->crs && source->crs && !smap_crs_equal(features->crs, source->crs))
        return smap__fail(err, SMAP_E_CRS, "raster",
                          "the features are in %s and the raster in %s; transform the features first",
                          smap_crs_name(features->crs), smap_crs_name(source->crs));
    return SMAP_OK;
}

static smap_status compute(smap_ctx *ctx, zonal_work *w, const smap__grid_source *source,
                           const smap__zonal_options *options, smap_error *err) {
    size_t workers = (size_t)smap_ctx_threads(ctx), n = (size_t)w->features->count;
    w->scratch = smap__zalloc(workers, sizeof *w->scratch);
    w->cells = smap__alloc(n * sizeof *w->cells);
    w->whole = smap__alloc(n * sizeof *w->whole);
    if (!w->scratch || !w->cells || !w->whole) return smap__fail_memory(err);
    for (size_t k = 0; k < workers; k++) {
        w->scratch[k].tally.breaks = options->breaks;
        w->scratch[k].tally.classes = options->classes;
    }
    smap_status status = do_shapes(ctx, w, source, err);
    if (status == SMAP_OK) status = do_points(ctx, w, source, options->bilinear, err);
    if (status != SMAP_OK) return status;
    for (int64_t i = 0; i < w->features->count; i++) smap__tally_finish(w->zonal, i, w->whole[i]);
    return SMAP_OK;
}

smap_status smap__zonal_compute(smap_ctx *ctx, const smap__grid_source *source, const smap_geometry *features,
                                const smap__zonal_options *options, smap__zonal **out, smap_error *err) {
    smap__lattice lattice;
    zonal_work w = { .lattice = &lattice, .features = features, .rule = options->rule };
    smap_status status;
    SMAP_TRY(check(source, features, options, err), done);
    SMAP_TRY(smap__lattice_init(&lattice, source, err), done);
    SMAP_TRY(smap__tally_results(features->count, options->classes, &w.zonal, err), done);
    SMAP_TRY(compute(ctx, &w, source, options, err), done);
    *out = w.zonal;
    w.zonal = NULL;
done:
    for (int k = 0; w.scratch && k < smap_ctx_threads(ctx); k++) {
        smap__cover_release(&w.scratch[k].cover);
        smap__free(w.scratch[k].place);
    }
    smap__free(w.scratch);
    smap__free(w.cells);
    smap__free(w.whole);
    smap__zonal_free(w.zonal);
    return status;
}
