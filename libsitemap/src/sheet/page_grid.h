/* Positions of a layer to places on the page, many and quickly: exact at the nodes of a grid over the frame, linear
 * between them. The grid is made finer until the middles of its cells, where that is worst, are right to a small part
 * of a pixel. */
#ifndef SMAP_SHEET_PAGE_GRID_H
#define SMAP_SHEET_PAGE_GRID_H

#include "sheet/compose.h"

typedef struct smap__page_grid {
    const smap__view *view;
    bool plain;          /* the layer is in the view's CRS: no grid is needed, and no box limits it */
    smap_box box;        /* where the grid serves; empty: nowhere */
    int cells;           /* each way */
    double per_x, per_y; /* cells per unit */
    double *node;        /* (cells + 1)^2 pairs x, y, mm on the page; rows from ymin */
} smap__page_grid;

/* For positions of `crs` in `box`. Where no grid is fine enough, or a part of the box has no place in the view's CRS,
 * the grid serves nowhere. */
smap_status smap__page_grid_make(smap_ctx *ctx, const smap__view *view, const smap_crs *crs, smap_box box,
                                 double tolerance_mm, smap__page_grid *out, smap_error *err);
void smap__page_grid_release(smap__page_grid *grid);

/* Does it serve all of that box? */
bool smap__page_grid_serves(const smap__page_grid *grid, smap_box box);
/* One position that it serves. */
void smap__page_grid_place(const smap__page_grid *grid, double x, double y, double *page_x, double *page_y);

#endif
