/* How much of every cell polygons cover, exactly: signed areas. Every edge adds, in each row of cells that it crosses,
 * its height to the cell behind it and the part of the area to the cells that it passes; a running sum along the row
 * then gives what is covered. The idea is that of scan conversion with exact areas, as in FreeType's smooth rasteriser,
 * in double precision.
 *
 *     smap__cover_begin(&cover, first column, first row, columns, rows);
 *     for each edge: smap__cover_edge(&cover, ...) or smap__cover_centre_edge(&cover, ...)
 *     for each row: running sum over cover.sum[row * (columns + 1) ...], which is set to 0 again
 *
 * Rows that no edge met are not `touched`. Columns and rows are those of the whole raster, so that neighbouring windows
 * cut an edge at the same place. */
#ifndef SMAP_GRID_COVER_H
#define SMAP_GRID_COVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sitemap/error.h"

typedef struct smap__cover {
    double *sum;      /* [rows][columns + 1]; the last column is what goes on to the right */
    uint8_t *touched; /* rows */
    size_t sum_capacity, touched_capacity;
    double column, row; /* of the first cell */
    int columns, rows;
    bool keep_left; /* edges left of the window cover its whole rows; else they are another window's */
} smap__cover;

/* Between begin and the next begin every touched row must have been set to 0. Start with a zeroed structure. */
smap_status smap__cover_begin(smap__cover *cover, int64_t column, int64_t row, int columns, int rows, bool keep_left,
                              smap_error *err);
void smap__cover_release(smap__cover *cover);

/* `sign`: +1 where rings run so that the inside is covered (see smap__shape_sign), -1 for holes. */
void smap__cover_edge(smap__cover *cover, double x0, double y0, double x1, double y1, double sign);
/* The same for cells whose centre is inside: 1 from the first centre right of the edge on. A row counts where the edge
 * begins, not where it ends, as in GDAL's rasterize. */
void smap__cover_centre_edge(smap__cover *cover, double x0, double y0, double x1, double y1, double sign);

/* Of all edges of a polygon together: how many cells have their centre inside, on the raster and off it (signed). */
double smap__cover_centres(double x0, double y0, double x1, double y1);

#endif
