#include "grid/sample.h"

#include <math.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/parallel.h"
#include "grid/sweep.h"

enum { CHUNK = 1 << 14 };

/* Sums over the neighbours in one band. */
typedef struct part {
    double weight, sum;
    bool own; /* the cell that the point lies in has a value */
} part;

typedef struct sampling {
    const smap__lattice *lattice;
    const double *x, *y;
    int64_t count;
    bool bilinear;
    smap__cells *cells;
    part *direct, *slot;
} sampling;

/* Columns (or rows) around a place: the first of two, and how much the second one weighs. */
static int64_t around(double at, double *second) {
    double first = floor(at - 0.5);
    *second = at - 0.5 - first;
    return (int64_t)first;
}

static smap__cells cells_at(const sampling *s, double x, double y) {
    const smap__lattice *l = s->lattice;
    double column, row, second;
    smap__lattice_place(l, x, y, &column, &row);
    int64_t c = smap__lattice_index(column, l->width), r = smap__lattice_index(row, l->height);
    if (c < 0 || r < 0) return SMAP__CELLS_NONE;
    int64_t c_end = c, r_end = r;
    if (s->bilinear) {
        c = around(column, &second);
        c_end = c + 1 < l->width ? c + 1 : c;
        if (c < 0) c = 0;
        r = around(row, &second);
        r_end = r + 1 < l->height ? r + 1 : r;
        if (r < 0) r = 0;
    }
    return (smap__cells){ (int32_t)c, (int32_t)r, (int32_t)c_end, (int32_t)r_end };
}

static smap_status find_cells(int worker, int64_t chunk, void *user, smap_error *err) {
    (void)worker, (void)err;
    sampling *s = user;
    int64_t end = (chunk + 1) * CHUNK < s->count ? (chunk + 1) * CHUNK : s->count;
    for (int64_t i = chunk * CHUNK; i < end; i++) s->cells[i] = cells_at(s, s->x[i], s->y[i]);
    return SMAP_OK;
}

static smap_status visit(const smap__visit *v, void *user, smap_error *err) {
    (void)err;
    sampling *s = user;
    double column, row, right, below;
    smap__lattice_place(s->lattice, s->x[v->item], s->y[v->item], &column, &row);
    int64_t c0 = around(column, &right), r0 = around(row, &below);
    int64_t own_column = smap__lattice_index(column, s->lattice->width);
    int64_t own_row = smap__lattice_index(row, s->lattice->height);
    part *p = v->slot == SMAP__NO_SLOT ? &s->direct[v->item] : &s->slot[v->slot];
    for (int64_t r = v->cells.first_row; r <= v->cells.last_row; r++)
        for (int64_t c = v->cells.first_column; c <= v->cells.last_column; c++) {
            double value = v->values[(r - v->cells.first_row) * v->stride + c - v->cells.first_column];
            if (isnan(value)) continue;
            double weight = s->bilinear ? (c == c0 ? 1 - right : right) * (r == r0 ? 1 - below : below) : 1;
            p->weight += weight;
            p->sum += weight * value;
            p->own |= c == own_column && r == own_row;
        }
    return SMAP_OK;
}

static void collect(const sampling *s, const smap__sweep *sweep, double *out) {
    for (size_t f = 0; f < sweep->folds; f++) {
        const smap__fold *fold = &sweep->fold[f];
        part *p = &s->direct[fold->item];
        for (int64_t k = fold->slot; k < fold->slot + fold->slots; k++) {
            p->weight += s->slot[k].weight;
            p->sum += s->slot[k].sum;
            p->own |= s->slot[k].own;
        }
    }
    for (int64_t i = 0; i < s->count; i++) {
        const part *p = &s->direct[i];
        out[i] = p->own && p->weight > 0 ? p->sum / p->weight : NAN;
    }
}

smap_status smap__sample(smap_ctx *ctx, const smap__lattice *lattice, const smap__grid_source *source, const double *x,
                         const double *y, int64_t count, bool bilinear, double *out, smap_error *err) {
    sampling s = { .lattice = lattice, .x = x, .y = y, .count = count, .bilinear = bilinear };
    s.cells = smap__zalloc((size_t)count, sizeof *s.cells);
    s.direct = smap__zalloc((size_t)count, sizeof *s.direct);
    smap__sweep sweep = {
        .ctx = ctx, .lattice = lattice, .source = source, .items = count, .cells = s.cells, .visit = visit, .user = &s
    };
    smap_status status = s.cells && s.direct ? SMAP_OK : smap__fail_memory(err);
    SMAP_TRY(status, done);
    SMAP_TRY(smap__parallel(ctx, (count + CHUNK - 1) / CHUNK, find_cells, &s, err), done);
    SMAP_TRY(smap__sweep_plan(&sweep, err), done);
    s.slot = smap__zalloc((size_t)sweep.slots, sizeof *s.slot);
    if (!s.slot) status = smap__fail_memory(err);
    SMAP_TRY(status, done);
    SMAP_TRY(smap__sweep_run(&sweep, err), done);
    collect(&s, &sweep, out);
done:
    smap__sweep_release(&sweep);
    smap__free(s.cells);
    smap__free(s.direct);
    smap__free(s.slot);
    return status;
}
