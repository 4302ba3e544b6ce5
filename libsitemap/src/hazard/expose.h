/* What zones and grids measured, in the common form of an exposure. */
#ifndef SMAP_HAZARD_EXPOSE_H
#define SMAP_HAZARD_EXPOSE_H

#include "grid/zonal.h"
#include "hazard/exposure.h"
#include "overlay/zones.h"

/* Polygons of a hazard as zones: what their ranks stand for. Rank 0 is what the source looked at, rank 1 what it could
 * not tell (not analysed, a class that could not be read), rank 2 + i the class klass[i] with the intensity value[i];
 * ascending by class, then by intensity, so that of polygons over each other the worst counts. */
enum { SMAP__RANK_LOOKED_AT = 0, SMAP__RANK_UNKNOWN = 1, SMAP__RANK_FIRST = 2 };

typedef struct smap__zone_ranks {
    int8_t *klass;
    double *value; /* NULL where the hazard has classes alone */
    int32_t count;
} smap__zone_ranks;
void smap__zone_ranks_release(smap__zone_ranks *ranks);

/* The rank of every polygon, from its class (-1 = unknown) and intensity (NULL, or NaN = unknown), into
 * rank[polygons]. */
smap_status smap__zone_ranks_build(const int8_t *klass, const double *value, int64_t polygons, int32_t *rank,
                                   smap__zone_ranks *out, smap_error *err);

/* Shares of ranks as shares of classes 0 .. classes. */
smap_status smap__expose_shares(const smap__shares *shares, const smap__zone_ranks *ranks, int classes,
                                smap__exposure **out, smap_error *err);
/* The same of a raster. */
smap_status smap__expose_zonal(const smap__zonal *zonal, smap__exposure **out, smap_error *err);

/* A raster that leaves cells without value where its source looked and found nothing: `covered` is the share of each
 * asset that was looked at. What is not known is then at most what lies outside of it; the rest is class 0. */
void smap__expose_looked_at(smap__exposure *exposure, const double *covered);

#endif
