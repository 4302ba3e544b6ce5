/* Polygons made fit for measuring: invalid ones are repaired, and it is said which and why. */
#ifndef SMAP_GEO_REPAIR_H
#define SMAP_GEO_REPAIR_H

#include "sitemap/geometry.h"

typedef struct smap__repair_note {
    int64_t feature;
    char reason[96];                /* "Self-intersection" */
    double x, y;                    /* where */
    double area_before, area_after; /* planar; NaN where it could not be repaired (the feature is then null) */
} smap__repair_note;

typedef struct smap__repairs {
    smap__repair_note *note;
    int64_t count; /* ascending by feature */
} smap__repairs;
void smap__repairs_release(smap__repairs *repairs);

/* `geometry` with every invalid polygon feature repaired (structure method), all others as they are; *out shares the
 * arrays when nothing was invalid. Small simple rings are settled without GEOS; both cores. A feature that cannot be
 * repaired in reasonable time becomes null, and its note says so. */
smap_status smap__geometry_repair(smap_ctx *ctx, const smap_geometry *geometry, const smap_geometry **out,
                                  smap__repairs *repairs, smap_error *err);

#endif
