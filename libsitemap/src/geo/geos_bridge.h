/* The only door to GEOS. Every geometry passes one gate first: coordinates finite, nesting known (the column layout has
 * none), no empty part inside a collection; what the gate holds back never reaches GEOS (it crashes or hangs there). */
#ifndef SMAP_GEO_GEOS_BRIDGE_H
#define SMAP_GEO_GEOS_BRIDGE_H

#include "base/str.h"
#include "sitemap/geometry.h"

typedef struct smap__geos smap__geos; /* one GEOS handle; belongs to one thread */

smap_status smap__geos_new(smap__geos **out, smap_error *err);
void smap__geos_free(smap__geos *geos);

/* Is the feature valid by OGC rules? If not, the reason ("Self-intersection") and where. */
typedef struct smap__validity {
    bool valid;
    char reason[96];
    double x, y;
} smap__validity;
smap_status smap__geos_validity(smap__geos *geos, const smap_geometry *geometry, int64_t feature, smap__validity *out,
                                smap_error *err);

/* Append the feature, repaired (make_valid by structure, collapsed parts dropped), to `builder`. Refuses with
 * SMAP_E_LIMIT a ring with more self-crossings than can be repaired in reasonable time. */
smap_status smap__geos_make_valid(smap__geos *geos, const smap_geometry *geometry, int64_t feature,
                                  smap_geometry_builder *builder, smap_error *err);

/* A point inside the feature (polygons), for labels: x, y. SMAP_E_ARGUMENT for null or empty. */
smap_status smap__geos_point_on_surface(smap__geos *geos, const smap_geometry *geometry, int64_t feature, double *x,
                                        double *y, smap_error *err);

/* Area of the intersection of two polygon features in the square of the column's unit. Oracle and small jobs. */
smap_status smap__geos_intersection_area(smap__geos *geos, const smap_geometry *a, int64_t feature_a,
                                         const smap_geometry *b, int64_t feature_b, double *out, smap_error *err);

/* ---- areas: what comes out is appended as POLYGON features, one a polygon; nothing where nothing is left ---- */

/* The union of all features of `count` columns of polygons. They need not be valid together, each by itself only. */
smap_status smap__geos_unite(smap__geos *geos, const smap_geometry *const *polygons, size_t count,
                             smap_geometry_builder *builder, smap_error *err);

/* All within `distance` of a feature of any type; lines end flat. */
smap_status smap__geos_buffer(smap__geos *geos, const smap_geometry *geometry, int64_t feature, double distance,
                              smap_geometry_builder *builder, smap_error *err);

/* A polygon feature less the polygon features rows[count] of `what`, which do not overlap each other. */
smap_status smap__geos_subtract(smap__geos *geos, const smap_geometry *from, int64_t feature, const smap_geometry *what,
                                const int64_t *rows, size_t count, smap_geometry_builder *builder, smap_error *err);

/* Does a polygon feature have a point in common with one of the features rows[count] of `others`? */
smap_status smap__geos_meets(smap__geos *geos, const smap_geometry *polygons, int64_t feature,
                             const smap_geometry *others, const int64_t *rows, size_t count, bool *out,
                             smap_error *err);

/* What two valid polygon features have in common, or what the first has and the second has not; lines and points
 * where they touch are left out. One feature, EMPTY where nothing is left. */
typedef enum smap__geos_overlay_op { SMAP__GEOS_COMMON, SMAP__GEOS_WITHOUT } smap__geos_overlay_op;
smap_status smap__geos_overlay(smap__geos *geos, smap__geos_overlay_op op, const smap_geometry *a, int64_t feature_a,
                               const smap_geometry *b, int64_t feature_b, smap_geometry_builder *builder,
                               smap_error *err);

/* The version of GEOS, for provenance. */
const char *smap__geos_version(void);

#endif
