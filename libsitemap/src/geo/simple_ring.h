/* Small rings, told to be simple without GEOS. */
#ifndef SMAP_GEO_SIMPLE_RING_H
#define SMAP_GEO_SIMPLE_RING_H

#include "sitemap/geometry.h"

/* Is the feature, for certain, a valid polygon by OGC rules? True only for one part of one closed, finite ring of few
 * corners, no two segments of which meet but where one follows the other; false means: ask GEOS. */
bool smap__is_simple_polygon(const smap_geometry *geometry, int64_t feature);

#endif
