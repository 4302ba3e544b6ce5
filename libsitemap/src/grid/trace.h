/* A straight line split at cell borders. */
#ifndef SMAP_GRID_TRACE_H
#define SMAP_GRID_TRACE_H

#include "grid/lattice.h"

/* A piece: its cell and its share of the length of the line. */
typedef void (*smap__piece_fn)(int64_t column, int64_t row, double share, void *user);

/* The pieces of the line from (x0, y0) to (x1, y1), in columns and rows, that lie in `cells`. Where the line is split
 * does not depend on `cells`. A piece along the border of two cells belongs to the one behind it (right, below), on the
 * outer border of the raster to the last. */
void smap__trace(const smap__lattice *lattice, smap__cells cells, double x0, double y0, double x1, double y1,
                 smap__piece_fn fn, void *user);

#endif
