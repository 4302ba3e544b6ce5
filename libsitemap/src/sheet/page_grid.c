#include "sheet/page_grid.h"

#include <math.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "geo/crs.h"
#include "geo/geom_column.h"
#include "sheet/page.h"

enum { FEWEST_CELLS = 16, MOST_CELLS = 256 };

/* Nodes, or with `offset` 0.5 the middles of cells, in place of `xy` (x first, then y). */
static smap_status transform_nodes(smap_ctx *ctx, const smap__view *view, const smap_crs *crs, smap_box box, int cells,
                                   double offset, double *x, double *y, int64_t *lost, smap_error *err) {
    int across = offset > 0 ? cells : cells + 1;
    for (int j = 0; j < across; j++)
        for (int i = 0; i < across; i++) {
            x[j * across + i] = box.xmin + (box.xmax - box.xmin) * (i + offset) / cells;
            y[j * across + i] = box.ymin + (box.ymax - box.ymin) * (j + offset) / cells;
        }
    *lost = 0;
    return smap__crs_transform(ctx, crs, view->crs, x, y, (int64_t)across * across, lost, err);
}

/* A grid of so many cells; *off is the greatest distance of a middle from where it belongs, HUGE_VAL where any of it
 * has no place. */
static smap_status try_cells(smap_ctx *ctx, const smap__view *view, const smap_crs *crs, int cells,
                             smap__page_grid *grid, double *off, smap_error *err) {
    size_t nodes = (size_t)(cells + 1) * (size_t)(cells + 1);
    int64_t lost;
    double *x = smap__alloc(nodes * sizeof *x), *y = smap__alloc(nodes * sizeof *y);
    smap_status status = x && y ? SMAP_OK : smap__fail_memory(err);
    *off = HUGE_VAL;
    smap__free(grid->node);
    grid->node = smap__alloc(2 * nodes * sizeof *grid->node);
    if (status == SMAP_OK && !grid->node) status = smap__fail_memory(err);
    if (status == SMAP_OK) status = transform_nodes(ctx, view, crs, grid->box, cells, 0, x, y, &lost, err);
    if (status != SMAP_OK || lost) goto done;
    for (size_t i = 0; i < nodes; i++) {
        grid->node[2 * i] = smap__page_x(view, x[i]);
        grid->node[2 * i + 1] = smap__page_y(view, y[i]);
    }
    grid->cells = cells;
    grid->per_x = cells / (grid->box.xmax - grid->box.xmin);
    grid->per_y = cells / (grid->box.ymax - grid->box.ymin);
    SMAP_TRY(transform_nodes(ctx, view, crs, grid->box, cells, 0.5, x, y, &lost, err), done);
    if (lost) goto done;
    *off = 0;
    for (int j = 0; j < cells; j++)
        for (int i = 0; i < cells; i++) {
            double px, py;
            smap__page_grid_place(grid, grid->box.xmin + (i + 0.5) / grid->per_x,
                                  grid->box.ymin + (j + 0.5) / grid->per_y, &px, &py);
            *off =
                fmax(*off, hypot(px - smap__page_x(view, x[j * cells + i]), py - smap__page_y(view, y[j * cells + i])));
        }
done:
    smap__free(x);
    smap__free(y);
    return status;
}

static bool has_extent(smap_box b) {
    return isfinite(b.xmin) && isfinite(b.ymin) && isfinite(b.xmax) && isfinite(b.ymax) && b.xmin < b.xmax &&
           b.ymin < b.ymax;
}

smap_status smap__page_grid_make(smap_ctx *ctx, const smap__view *view, const smap_crs *crs, smap_box box,
                                 double tolerance_mm, smap__page_grid *out, smap_error *err) {
    double off = HUGE_VAL;
    *out = (smap__page_grid){ .view = view, .plain = smap_crs_equal(crs, view->crs), .box = box };
    if (out->plain) return SMAP_OK;
    for (int cells = FEWEST_CELLS; has_extent(box) && cells <= MOST_CELLS && off > tolerance_mm; cells *= 2) {
        smap_status status = try_cells(ctx, view, crs, cells, out, &off, err);
        if (status != SMAP_OK) {
            smap__page_grid_release(out);
            return status;
        }
        if (off == HUGE_VAL) break;
    }
    if (!(off <= tolerance_mm)) smap__page_grid_release(out);
    return SMAP_OK;
}

void smap__page_grid_release(smap__page_grid *grid) {
    smap__free(grid->node);
    *grid = (smap__page_grid){ .box = SMAP_BOX_EMPTY };
}

bool smap__page_grid_serves(const smap__page_grid *grid, smap_box box) {
    const smap_box *g = &grid->box;
    return grid->plain || (box.xmin >= g->xmin && box.ymin >= g->ymin && box.xmax <= g->xmax && box.ymax <= g->ymax);
}

void smap__page_grid_place(const smap__page_grid *grid, double x, double y, double *page_x, double *page_y) {
    if (grid->plain) {
        *page_x = smap__page_x(grid->view, x);
        *page_y = smap__page_y(grid->view, y);
        return;
    }
    double u = (x - grid->box.xmin) * grid->per_x, v = (y - grid->box.ymin) * grid->per_y;
    int i = (int)u, j = (int)v, last = grid->cells - 1;
    i = i > last ? last : i;
    j = j > last ? last : j;
    u -= i;
    v -= j;
    const double *a = grid->node + 2 * ((size_t)j * (size_t)(grid->cells + 1) + (size_t)i), *b = a + 2,
                 *c = a + 2 * (size_t)(grid->cells + 1), *d = c + 2;
    double p = (1 - u) * (1 - v), q = u * (1 - v), r = (1 - u) * v, s = u * v;
    *page_x = p * a[0] + q * b[0] + r * c[0] + s * d[0];
    *page_y = p * a[1] + q * b[1] + r * c[1] + s * d[1];
}
