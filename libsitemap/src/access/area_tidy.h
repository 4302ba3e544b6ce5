/* Areas as they are stored: valid in the coordinates of the file, without what is too small to be seen. */
#ifndef SMAP_ACCESS_AREA_TIDY_H
#define SMAP_ACCESS_AREA_TIDY_H

#include "sitemap/geometry.h"

/* Polygon features, repaired where coordinates fell together on the way into their CRS, without holes and then without
 * polygons of less than `least_m2` on the ground; EMPTY where nothing is left. One feature for each, in their order. */
smap_status smap__areas_tidy(smap_ctx *ctx, const smap_geometry *areas, double least_m2, const smap_geometry **out,
                             smap_error *err);

#endif
