/* Making layers out of what is at hand. */
#ifndef SMAP_GEO_LAYER_NEW_H
#define SMAP_GEO_LAYER_NEW_H

#include "sitemap/geometry.h"

/* As smap_layer_new, but `fid` (may be NULL) becomes the layer's own, to be freed with smap__free; on failure it stays
 * the caller's. */
smap_status smap__layer_adopt(const char *name, const smap_table *table, const smap_geometry *geometry, int64_t *fid,
                              const smap_layer **out, smap_error *err);

#endif
