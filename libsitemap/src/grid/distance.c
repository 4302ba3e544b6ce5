/* Distance to cells of a class. Cells within the limit of any feature are read once into a tree (grid/cell_tree.h);
 * then every feature, or every edge of a large one, searches it for the nearest. */
#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/parallel.h"
#include "geo/segment.h"
#include "grid/cell_tree.h"
#include "grid/shape.h"
#include "grid/zonal.h"

/* A feature with more coordinates searches edge by edge. */
enum { CHUNK = 1024, FEW = 64 };

typedef struct scratch {
    double *values;
    smap__cell_search search;
} scratch;

typedef struct distance_work {
    const smap__lattice *lattice;
    const smap__grid_source *source;
    const smap_geometry *features;
    double least; /* value of the class */
    double limit;
    double *out;
    int64_t slab_width, slab_height, slabs_across, slabs_down; /* what is read at once: whole tiles */
    int32_t *wanted;                                           /* (down + 1) * (across + 1): how many features */
    smap__cell_tree *tree;
    scratch *scratch;
} distance_work;

/* ---- which slabs are near a feature ---- */

static int64_t whole_tiles(int64_t cells) {
    return ((cells - 1) / SMAP__TILE + 1) * SMAP__TILE;
}

static int64_t slab_at(double cell, int64_t size, int64_t slabs) {
    if (!(cell > 0)) return 0;
    return cell / (double)size < (double)slabs ? (int64_t)(cell / (double)size) : slabs - 1;
}

/* Corners of the rectangle of slabs that a feature wants, as differences: sums over rows and columns count them. */
static void want(distance_work *w, int64_t feature) {
    const smap_geometry *g = w->features;
    const smap__lattice *l = w->lattice;
    const double *t = l->transform;
    double columns = w->limit * hypot(t[5], t[2]) / fabs(l->determinant);
    double rows = w->limit * hypot(t[1], t[4]) / fabs(l->determinant);
    double left = HUGE_VAL, right = -HUGE_VAL, top = HUGE_VAL, bottom = -HUGE_VAL;
    int64_t first, end;
    smap__geometry_span(g, feature, &first, &end);
    for (int64_t k = first; k < end; k++) {
        double column, row;
        smap__lattice_place(l, g->x[k], g->y[k], &column, &row);
        left = fmin(left, column - columns), right = fmax(right, column + columns);
        top = fmin(top, row - rows), bottom = fmax(bottom, row + rows);
    }
    if (!(right >= 0 && bottom >= 0 && left <= (double)l->width && top <= (double)l->height)) return;
    int64_t stride = w->slabs_across + 1;
    int64_t x0 = slab_at(left, w->slab_width, w->slabs_across), x1 = slab_at(right, w->slab_width, w->slabs_across) + 1;
    int64_t y0 = slab_at(top, w->slab_height, w->slabs_down), y1 = slab_at(bottom, w->slab_height, w->slabs_down) + 1;
    w->wanted[y0 * stride + x0]++, w->wanted[y0 * stride + x1]--;
    w->wanted[y1 * stride + x0]--, w->wanted[y1 * stride + x1]++;
}

static void sum_wants(distance_work *w) {
    int64_t stride = w->slabs_across + 1;
    for (int64_t y = 0; y <= w->slabs_down; y++)
        for (int64_t x = 1; x < stride; x++) w->wanted[y * stride + x] += w->wanted[y * stride + x - 1];
    for (int64_t y = 1; y <= w->slabs_down; y++)
        for (int64_t x = 0; x < stride; x++) w->wanted[y * stride + x] += w->wanted[(y - 1) * stride + x];
}

/* ---- cells of the class ---- */

static smap_status put_tile(distance_work *w, const double *values, int64_t stride, int64_t column, int64_t row,
                            int64_t width, int64_t height, smap_error *err) {
    uint64_t bits[SMAP__TILE] = { 0 };
    for (int64_t r = 0; r < height && r < SMAP__TILE; r++)
        for (int64_t c = 0; c < width && c < SMAP__TILE; c++)
            if (values[r * stride + c] >= w->least) bits[r] |= UINT64_C(1) << c;
    return smap__cell_tree_put(w->tree, column / SMAP__TILE, row / SMAP__TILE, bits, err);
}

static smap_status read_slab(int worker, int64_t slab, void *user, smap_error *err) {
    distance_work *w = user;
    const smap__lattice *l = w->lattice;
    int64_t across = slab % w->slabs_across, down = slab / w->slabs_across;
    if (w->wanted[down * (w->slabs_across + 1) + across] == 0) return SMAP_OK;
    int64_t column = across * w->slab_width, row = down * w->slab_height;
    int64_t width = l->width - column < w->slab_width ? l->width - column : w->slab_width;
    int64_t height = l->height - row < w->slab_height ? l->height - row : w->slab_height;
    double **values = &w->scratch[worker].values;
    if (!*values) *values = smap__alloc((size_t)(w->slab_width * w->slab_height) * sizeof **values);
    if (!*values) return smap__fail_memory(err);
    smap_status status = w->source->read(w->source->user, worker, column, row, width, height, *values, err);
    for (int64_t r = 0; r < height && status == SMAP_OK; r += SMAP__TILE)
        for (int64_t c = 0; c < width && status == SMAP_OK; c += SMAP__TILE)
            status = put_tile(w, *values + r * width + c, width, column + c, row + r, width - c, height - r, err);
    return status;
}

static smap_status read_cells(smap_ctx *ctx, distance_work *w, smap_error *err) {
    const smap__lattice *l = w->lattice;
    w->slab_width = whole_tiles(l->window_width);
    w->slab_height = whole_tiles(l->window_height);
    w->slabs_across = (l->width - 1) / w->slab_width + 1;
    w->slabs_down = (l->height - 1) / w->slab_height + 1;
    w->wanted = smap__zalloc((size_t)(w->slabs_across + 1), (size_t)(w->slabs_down + 1) * sizeof *w->wanted);
    if (!w->wanted) return smap__fail_memory(err);
    for (int64_t i = 0; i < w->features->count; i++)
        if (smap__shape_kind_of(w->features, i) != SMAP__SHAPE_NONE) want(w, i);
    sum_wants(w);
    smap_status status = smap__cell_tree_new(l, &w->tree, err);
    if (status == SMAP_OK) status = smap__parallel(ctx, w->slabs_across * w->slabs_down, read_slab, w, err);
    if (status == SMAP_OK) status = smap__cell_tree_finish(w->tree, err);
    return status;
}

/* ---- distances in the plane ---- */

static double to_segment(const double p[2], const double a[2], const double b[2]) {
    return sqrt(smap__segment_distance2(p[0], p[1], a[0], a[1], b[0], b[1]));
}

static double side(const double a[2], const double b[2], const double p[2]) {
    return (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]);
}

static bool cross(const double a[2], const double b[2], const double c[2], const double d[2]) {
    return (side(a, b, c) > 0) != (side(a, b, d) > 0) && (side(c, d, a) > 0) != (side(c, d, b) > 0);
}

static double between_segments(const double a[2], const double b[2], const double c[2], const double d[2]) {
    if (cross(a, b, c, d)) return 0;
    return fmin(fmin(to_segment(a, c, d), to_segment(b, c, d)), fmin(to_segment(c, a, b), to_segment(d, a, b)));
}

static bool is_inside(const double corner[4][2], const double p[2]) {
    int left = 0, right = 0;
    for (int k = 0; k < 4; k++) {
        double s = side(corner[k], corner[(k + 1) % 4], p);
        left += s > 0;
        right += s < 0;
    }
    return left == 0 || right == 0;
}

/* From the coordinates [first, end) of a ring, line or point to a run of cells. */
typedef struct chain {
    const smap_geometry *g;
    int64_t feature, first, end;
    smap__shape_kind kind;
} chain;

static double chain_distance(const chain *c, const double corner[4][2]) {
    double best = HUGE_VAL;
    for (int64_t k = c->first; k < c->end; k++) {
        double a[2] = { c->g->x[k], c->g->y[k] };
        if (is_inside(corner, a)) return 0;
        int64_t next = k + 1 < c->end && c->kind != SMAP__SHAPE_POINTS ? k + 1 : k;
        double b[2] = { c->g->x[next], c->g->y[next] };
        for (int s = 0; s < 4; s++) best = fmin(best, between_segments(a, b, corner[s], corner[(s + 1) % 4]));
    }
    return best;
}

static double feature_distance(const double corner[4][2], void *user) {
    const chain *c = user;
    if (c->first < c->end) return chain_distance(c, corner);
    double best = HUGE_VAL;
    smap__shape_walk walk = smap__shape_begin(c->g, c->feature, c->kind);
    while (best > 0 && smap__shape_next(&walk)) {
        chain ring = { c->g, c->feature, walk.first, walk.end, c->kind };
        best = fmin(best, chain_distance(&ring, corner));
    }
    return best;
}

/* ---- features ---- */

static smap_status search_edges(const distance_work *w, scratch *s, chain *c, double *best, smap_error *err) {
    const smap_geometry *g = c->g;
    smap__shape_walk walk = smap__shape_begin(g, c->feature, c->kind);
    int step = c->kind == SMAP__SHAPE_POINTS ? 0 : 1;
    while (smap__shape_next(&walk))
        for (int64_t k = walk.first; k + step < walk.end; k++) {
            c->first = k;
            c->end = k + step + 1;
            smap_box box = smap__geometry_span_box(g, c->first, c->end);
            smap_status status = smap__cell_tree_nearest(w->tree, &s->search, box, feature_distance, c, best, err);
            if (status != SMAP_OK) return status;
        }
    return SMAP_OK;
}

static smap_status search_feature(distance_work *w, scratch *s, int64_t i, smap_error *err) {
    const smap_geometry *g = w->features;
    const smap__lattice *l = w->lattice;
    chain c = { .g = g, .feature = i, .kind = smap__shape_kind_of(g, i) };
    double best = nextafter(w->limit, HUGE_VAL);
    int64_t first, end;
    smap_status status = SMAP_OK;
    smap__geometry_span(g, i, &first, &end);
    if (end - first > FEW)
        status = search_edges(w, s, &c, &best, err);
    else
        status = smap__cell_tree_nearest(w->tree, &s->search, smap__geometry_span_box(g, first, end), feature_distance,
                                         &c, &best, err);
    /* What rounding leaves between a feature and a cell that it touches. */
    double nothing = 1e-9 * sqrt(fabs(l->determinant));
    w->out[i] = best <= w->limit && isfinite(best) ? (best < nothing ? 0 : best) : NAN;
    return status;
}

static smap_status search_chunk(int worker, int64_t chunk, void *user, smap_error *err) {
    distance_work *w = user;
    int64_t end = (chunk + 1) * CHUNK < w->features->count ? (chunk + 1) * CHUNK : w->features->count;
    smap_status status = SMAP_OK;
    for (int64_t i = chunk * CHUNK; i < end && status == SMAP_OK; i++) {
        if (w->out[i] == 0) continue;
        if (smap__shape_kind_of(w->features, i) == SMAP__SHAPE_NONE)
            w->out[i] = NAN;
        else
            status = search_feature(w, &w->scratch[worker], i, err);
    }
    return status;
}

/* 0 for the features that have a share in the class: also those that hold its cells without touching their edges. */
static smap_status mark_inside(smap_ctx *ctx, const distance_work *w, smap_error *err) {
    smap__zonal *z = NULL;
    smap_status status = smap__zonal_compute(ctx, w->source, w->features,
                                             &(smap__zonal_options){ .breaks = &w->least, .classes = 1 }, &z, err);
    if (status != SMAP_OK) return status;
    for (int64_t i = 0; i < w->features->count; i++) w->out[i] = z->share[2 * i + 1] > 0 ? 0 : NAN;
    smap__zonal_free(z);
    return SMAP_OK;
}

smap_status smap__zonal_distance(smap_ctx *ctx, const smap__grid_source *source, const smap_geometry *features,
                                 const smap__zonal_options *options, int least, double limit, double *out,
                                 smap_error *err) {
    smap__lattice lattice;
    if (least < 1 || least > options->classes || !(limit >= 0))
        return smap__fail(err, SMAP_E_ARGUMENT, "class", "there is no class %d to measure the distance to, or no limit",
                          least);
    distance_work w = {
        .lattice = &lattice, .source = source, .features = features, .least = options->breaks[least - 1], .limit = limit
    };
    smap_status status;
    int workers = smap_ctx_threads(ctx);
    SMAP_TRY(smap__lattice_init(&lattice, source, err), done);
    w.scratch = smap__zalloc((size_t)workers, sizeof *w.scratch);
    w.out = smap__alloc((size_t)features->count * sizeof *w.out);
    if (!w.scratch || !w.out) status = smap__fail_memory(err);
    SMAP_TRY(status, done);
    SMAP_TRY(mark_inside(ctx, &w, err), done);
    SMAP_TRY(read_cells(ctx, &w, err), done);
    SMAP_TRY(smap__parallel(ctx, (features->count + CHUNK - 1) / CHUNK, search_chunk, &w, err), done);
    memcpy(out, w.out, (size_t)features->count * sizeof *out);
done:
    for (int k = 0; w.scratch && k < workers; k++) {
        smap__free(w.scratch[k].values);
        smap__cell_search_release(&w.scratch[k].search);
    }
    smap__free(w.scratch);
    smap__free(w.out);
    smap__free(w.wanted);
    smap__cell_tree_free(w.tree);
    return status;
}
