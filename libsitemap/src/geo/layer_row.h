/* Rows of a layer by the number that people know them by. */
#ifndef SMAP_GEO_LAYER_ROW_H
#define SMAP_GEO_LAYER_ROW_H

#include "sitemap/geometry.h"

/* What findings call a row: its FID, else its place from 1. */
static inline int64_t smap__layer_fid(const smap_layer *layer, int64_t row) {
    return layer->fid ? layer->fid[row] : row + 1;
}

#endif
