/* The rows of a GeoPackage layer that lie in a frame, by its spatial index. The nodes of the index are read as bytes,
 * and each is looked at as what a stranger wrote: SQLite's own module for them takes no part. */
#ifndef SMAP_IO_GPKG_FRAME_H
#define SMAP_IO_GPKG_FRAME_H

#include "sitemap/geometry.h"

struct sqlite3;

typedef struct smap__gpkg_hit {
    int64_t id;
    float xmin, xmax, ymin, ymax; /* as the index has them: no smaller than the shape */
} smap__gpkg_hit;

typedef struct smap__gpkg_hits {
    smap__gpkg_hit *hit; /* ascending ids, none twice */
    size_t count, capacity;
} smap__gpkg_hits;

/* *known false: there are more than `most`, or the index is none. `frame` is in the layer's CRS. */
smap_status smap__gpkg_hits_find(struct sqlite3 *db, const char *table, const char *geometry, smap_box frame,
                                 int64_t most, smap__gpkg_hits *out, bool *known, smap_error *err);
void smap__gpkg_hits_release(smap__gpkg_hits *hits);

/* Do rows that were read by them have the shapes that the index says? Those without one are passed over. */
bool smap__gpkg_hits_fit(const smap__gpkg_hits *hits, const smap_layer *layer);

#endif
