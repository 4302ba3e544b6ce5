/* How often do the lines of a feature cross themselves? */
#ifndef SMAP_GEO_CROSSINGS_H
#define SMAP_GEO_CROSSINGS_H

#include "sitemap/geometry.h"

/* Pairs of segments that meet anywhere but where one follows the other. Stops counting above `budget`; *out is then
 * budget + 1. So it is when the pairs whose boxes meet are beyond all measure. */
smap_status smap__crossings(const smap_geometry *geometry, int64_t feature, int64_t budget, int64_t *out,
                            smap_error *err);

/* About how many pairs of segments have boxes that meet, beyond those that follow each other: what any test for
 * crossings that goes by boxes has to look at. Told from a sample of them. */
smap_status smap__near_pairs(const smap_geometry *geometry, int64_t feature, double *out, smap_error *err);

#endif
