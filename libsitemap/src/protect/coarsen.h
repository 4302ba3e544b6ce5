/* Positions that say no more than the square or the area that they are in: its middle, or a point drawn evenly from all
 * of it. The point says nothing of where in it the original is, so that neither several releases nor several seeds add
 * up to more than the square itself. */
#ifndef SMAP_PROTECT_COARSEN_H
#define SMAP_PROTECT_COARSEN_H

#include "model/json.h"
#include "sitemap/geometry.h"

typedef struct smap__coarsening {
    const smap__json *place; /* {"to": "grid", "size_m": 1000} or {"to": "area", "level": 3}; "displace": true draws */
    const smap_layer *admin; /* for areas: `pcode`, `level`, polygons in EPSG:4326; NULL = none are known */
    uint64_t seed;           /* of drawing; it is written nowhere */
} smap__coarsening;

/* A point for each feature of a layer with geometry, in its CRS. Squares are those of EPSG:6933 (cylindrical, equal
 * area), as large everywhere on earth. Areas are found by the layer's `pcode`; a row without one, or of an area that is
 * not known, has no position, nor has one of a layer that cannot be coarsened as the rules ask. */
smap_status smap__coarsen(smap_ctx *ctx, const smap__coarsening *how, const smap_layer *layer,
                          const smap_geometry **out, smap_error *err);

#endif
