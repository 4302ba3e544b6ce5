/* Putting a column that was read another way into the place of one that a library read wrongly. */
#ifndef SMAP_IO_COLUMN_SWAP_H
#define SMAP_IO_COLUMN_SWAP_H

#include "sitemap/geometry.h"

/* The layer with its column number `index` replaced; *layer is let go and becomes the new one. The name is the
 * column's. */
smap_status smap__column_swap(const smap_layer **layer, int index, const smap_column *column, smap_error *err);

#endif
