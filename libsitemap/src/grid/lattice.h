/* Where the cells of a raster lie, and the windows that it is read in: whole blocks, joined where they are small. A row
 * of windows is a band. */
#ifndef SMAP_GRID_LATTICE_H
#define SMAP_GRID_LATTICE_H

#include "grid/grid_source.h"

typedef struct smap__lattice {
    int64_t width, height; /* cells */
    double transform[6], determinant;
    bool upright; /* neither turned nor sheared */
    int64_t block_width, block_height;
    int64_t window_width, window_height; /* cells; the last of a row or column may be cut */
    int64_t windows_across, bands;
} smap__lattice;

/* Cells, first and last included; first_column > last_column: none. */
typedef struct smap__cells {
    int32_t first_column, first_row, last_column, last_row;
} smap__cells;

#define SMAP__CELLS_NONE ((smap__cells){ 0, 0, -1, -1 })

/* SMAP_E_ARGUMENT: cells without size, or more than 2^31 - 1 a side. */
smap_status smap__lattice_init(smap__lattice *lattice, const smap__grid_source *source, smap_error *err);

/* A place in columns and rows: (0, 0) is the outer corner of the first cell, (0.5, 0.5) its centre. */
static inline void smap__lattice_place(const smap__lattice *l, double x, double y, double *column, double *row) {
    double dx = x - l->transform[0], dy = y - l->transform[3];
    if (l->upright) {
        *column = dx / l->transform[1];
        *row = dy / l->transform[5];
    } else {
        *column = (dx * l->transform[5] - dy * l->transform[2]) / l->determinant;
        *row = (dy * l->transform[1] - dx * l->transform[4]) / l->determinant;
    }
}

static inline bool smap__cells_none(smap__cells c) {
    return c.first_column > c.last_column;
}

/* The cells that coordinates [first, end) may touch, cut to the raster; *whole: none of them lies off the raster. What
 * lies on the outer border is on the raster; what lies too far away to be counted in cells is off it. */
smap__cells smap__lattice_cells(const smap__lattice *lattice, const double *x, const double *y, int64_t first,
                                int64_t end, bool *whole);

/* The cell of a place, given as a column or row and how many there are; -1 off the raster. A place on the border of two
 * cells belongs to the one behind it, one on the outer border to the last. */
static inline int64_t smap__lattice_index(double at, int64_t count) {
    if (!(at >= 0 && at <= (double)count)) return -1;
    int64_t index = (int64_t)at;
    return index < count ? index : count - 1;
}

#endif
