/* Zones: polygons with a rank, laid out once so that millions of features can be measured against them.
 *
 *     smap__zones_build(ctx, polygons, rank, &zones, err);      quad tree: cells wholly inside are flagged, the others
 *                                                                keep the few edges that cross them
 *     smap__zones_measure(ctx, zones, features, &shares, err);   most features are settled by flagged cells; areas are
 *                                                                computed, exactly, in cells with an edge only
 *
 * Where zones overlap the highest rank counts: the shares of a feature never add up to more than 1, however often it is
 * covered. Coverage ("was looked at, nothing found") is thus a zone of a rank below all others, and what no zone
 * covers is unknown. Everything is planar, in one CRS: that of the polygons. */
#ifndef SMAP_OVERLAY_ZONES_H
#define SMAP_OVERLAY_ZONES_H

#include "sitemap/geometry.h"

typedef struct smap__zones smap__zones; /* immutable once built; read by many threads */

/* `polygons` must be valid (see geo/repair.h); null and empty ones are passed over. rank[i] >= 0 of polygon i; a
 * negative rank leaves it out. Both arrays may be freed afterwards. SMAP_E_LIMIT: more than 2^32 edges to keep;
 * SMAP_E_CANCELLED. */
smap_status smap__zones_build(smap_ctx *ctx, const smap_geometry *polygons, const int32_t *rank, smap__zones **out,
                              smap_error *err);
void smap__zones_free(smap__zones *zones);

/* Shares of features by rank, in compressed rows: feature i has the entries [first[i], first[i + 1]), ranks ascending,
 * each at most once, each share > 0. The share is that of the feature's area (polygons), length (lines), number of
 * points (multipoints); of what has the most dimensions in a mixed feature. Null and empty features have none. */
typedef struct smap__shares {
    int64_t count;
    int64_t *first; /* count + 1 */
    int32_t *rank;
    double *share;
    double *measure; /* of each feature, planar, in the square (or the unit) of the CRS; points: 1 each; NaN for null */
} smap__shares;

/* The border belongs to the zone: for points on it, and for lines that run along it, in whichever direction. A polygon
 * or line that only touches a zone has no share in it. All this within the resolution of the coordinates, 2^-51 of the
 * largest (1.6 nm in UTM): what is thinner is not there, what is nearer to a border is on it. Shares are otherwise
 * exact to the rounding of the coordinates. Polygon features must be valid, and in the CRS of the zones (SMAP_E_CRS).
 * Results do not depend on the number of threads or on the other features. */
smap_status smap__zones_measure(smap_ctx *ctx, const smap__zones *zones, const smap_geometry *features,
                                smap__shares **out, smap_error *err);
void smap__shares_free(smap__shares *shares);

/* Planar distance from every feature to the nearest zone of at least that rank, 0 for those that touch one, into
 * out[features->count]; NaN for null features and when there is no such zone. */
smap_status smap__zones_distance(smap_ctx *ctx, const smap__zones *zones, int32_t least_rank,
                                 const smap_geometry *features, double *out, smap_error *err);

#endif
