/* Coordinates that no place on earth has. */
#ifndef SMAP_IO_COORD_RANGE_H
#define SMAP_IO_COORD_RANGE_H

#include "base/findings.h"
#include "sitemap/geometry.h"

/* The layer without the rows whose coordinates lie outside of what its CRS can mean: degrees beyond +-360 and +-90,
 * other units beyond +-1e8 (twice round the earth in metres). Each such row gives the finding coordinate_out_of_range,
 * rejected. */
smap_status smap__coord_range_apply(smap_ctx *ctx, const smap_layer *layer, smap__findings *findings,
                                    const smap_layer **out, smap_error *err);

#endif
