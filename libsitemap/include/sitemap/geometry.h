/* Geometry columns in nested offsets (the GeoArrow idea), coordinate reference systems, and layers.
 *
 * A geometry column holds any mix of types in flat arrays:
 *
 *     feature i -> parts [part_begin(i), part_begin(i+1)) -> rings -> coordinates x[], y[]
 *
 * A point is one part of one ring of one coordinate; a line is one part of one ring; a polygon is one part whose
 * first ring is the shell (stored closed: first coordinate = last) and the others its holes. Offsets that would only
 * count 0, 1, 2, ... are NULL: read them through the inline functions below. x is always longitude or easting, y
 * latitude or northing. */
#ifndef SITEMAP_GEOMETRY_H
#define SITEMAP_GEOMETRY_H

#include <math.h>

#include "sitemap/context.h"
#include "sitemap/table.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum smap_geom_type {
    SMAP_GEOM_NULL = 0,  /* no geometry; a typed feature with no parts is an EMPTY of its type */
    SMAP_GEOM_POINT = 1, /* 1 to 7: the codes of well-known binary */
    SMAP_GEOM_LINESTRING = 2,
    SMAP_GEOM_POLYGON = 3,
    SMAP_GEOM_MULTIPOINT = 4,
    SMAP_GEOM_MULTILINESTRING = 5,
    SMAP_GEOM_MULTIPOLYGON = 6,
    SMAP_GEOM_COLLECTION = 7 /* flattened: its parts carry their own type in part_type */
} smap_geom_type;

typedef struct smap_box {
    double xmin, ymin, xmax, ymax; /* an empty box has xmin > xmax */
} smap_box;

#define SMAP_BOX_EMPTY ((smap_box){ HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL })

/* ---- coordinate reference systems ---------------------------------------------------------------------------- */

typedef struct smap_crs smap_crs; /* immutable, reference counted */

/* From "EPSG:4326", another "AUTHORITY:CODE", WKT 1 or 2, PROJJSON, or the text of a .prj. No file, no network. */
SMAP_API smap_status smap_crs_new(smap_ctx *ctx, const char *definition, const smap_crs **out, smap_error *err);
SMAP_API const smap_crs *smap_crs_retain(const smap_crs *crs);
SMAP_API void smap_crs_free(const smap_crs *crs);
SMAP_API const char *smap_crs_name(const smap_crs *crs);      /* "WGS 84 / UTM zone 34N" */
SMAP_API const char *smap_crs_authority(const smap_crs *crs); /* "EPSG", or "" */
SMAP_API int smap_crs_code(const smap_crs *crs);              /* 32634, or 0 */
SMAP_API const char *smap_crs_wkt(const smap_crs *crs);       /* WKT2:2019, one line */
SMAP_API bool smap_crs_is_geographic(const smap_crs *crs);    /* degrees */
SMAP_API bool smap_crs_equal(const smap_crs *a, const smap_crs *b);

/* ---- geometry columns ---------------------------------------------------------------------------------------- */

typedef struct smap_geometry {
    int64_t count;                /* features */
    const uint8_t *type;          /* smap_geom_type of each feature */
    const uint8_t *part_type;     /* of each part, only where a COLLECTION is present; else NULL */
    const uint32_t *feature_part; /* count + 1, or NULL: feature i is part i */
    const uint32_t *part_ring;    /* parts + 1, or NULL: part i is ring i */
    const uint32_t *ring_coord;   /* rings + 1, or NULL: ring i is coordinate i */
    int64_t part_count, ring_count, coord_count;
    const double *x, *y;
    const double *z, *m; /* NULL where no feature has them; NaN where one feature lacks them */
    const smap_crs *crs; /* NULL = not known */
} smap_geometry;

static inline int64_t smap_geom_part(const smap_geometry *g, int64_t feature) {
    return g->feature_part ? (int64_t)g->feature_part[feature] : feature;
}
static inline int64_t smap_geom_ring(const smap_geometry *g, int64_t part) {
    return g->part_ring ? (int64_t)g->part_ring[part] : part;
}
static inline int64_t smap_geom_coord(const smap_geometry *g, int64_t ring) {
    return g->ring_coord ? (int64_t)g->ring_coord[ring] : ring;
}

SMAP_API const smap_geometry *smap_geometry_retain(const smap_geometry *geometry);
SMAP_API void smap_geometry_free(const smap_geometry *geometry);
SMAP_API smap_box smap_geometry_box(const smap_geometry *geometry, int64_t feature);
SMAP_API smap_box smap_geometry_extent(const smap_geometry *geometry);
SMAP_API smap_status smap_geometry_take(const smap_geometry *geometry, const int64_t *rows, int64_t count,
                                        const smap_geometry **out, smap_error *err);
/* The same features in another CRS. Points outside the target's domain become SMAP_GEOM_NULL features; how many is
 * added to *lost (may be NULL). */
SMAP_API smap_status smap_geometry_transform(smap_ctx *ctx, const smap_geometry *geometry, const smap_crs *to,
                                             const smap_geometry **out, int64_t *lost, smap_error *err);
/* Ellipsoidal area in m2 and length in m of one feature (geodesic.h, Karney 2013); perimeter for polygons. The
 * column must be geographic or transformable; NULL CRS is an error, and so is the NULL geometry of a table without one.
 * `out` holds geometry->count values: NaN for null features (unknown is not 0), 0 for those that have no area (no
 * length). */
SMAP_API smap_status smap_geometry_areas_m2(smap_ctx *ctx, const smap_geometry *geometry, double *out, smap_error *err);
SMAP_API smap_status smap_geometry_lengths_m(smap_ctx *ctx, const smap_geometry *geometry, double *out,
                                             smap_error *err);

/* ---- building ------------------------------------------------------------------------------------------------ */

typedef struct smap_geometry_builder smap_geometry_builder;

SMAP_API smap_status smap_geometry_builder_new(const smap_crs *crs, smap_geometry_builder **out, smap_error *err);
SMAP_API void smap_geometry_builder_free(smap_geometry_builder *builder);
SMAP_API smap_status smap_geometry_append_null(smap_geometry_builder *builder, smap_error *err);
SMAP_API smap_status smap_geometry_append_point(smap_geometry_builder *builder, double x, double y, smap_error *err);
/* One feature from well-known binary (ISO or EWKB, either byte order, any of the 17 types). SMAP_E_FORMAT: cut short,
 * nested too deep, not finite; the builder is then as it was before the call. */
SMAP_API smap_status smap_geometry_append_wkb(smap_geometry_builder *builder, const void *wkb, size_t len,
                                              smap_error *err);
SMAP_API smap_status smap_geometry_builder_finish(smap_geometry_builder *builder, const smap_geometry **out,
                                                  smap_error *err);
/* Well-known binary (ISO, little endian) of one feature into `buffer`; returns the size it takes, 0 for a null. Call
 * with buffer NULL for the size alone. */
SMAP_API size_t smap_geometry_wkb(const smap_geometry *geometry, int64_t feature, void *buffer, size_t size);

/* ---- layers: a table with an optional geometry column --------------------------------------------------------- */

typedef struct smap_layer {
    const char *name;
    const smap_table *table;
    const smap_geometry *geometry; /* NULL for a table without geometry */
    const int64_t *fid;            /* feature ids as in the source, one a row; NULL: 1, 2, 3, ... */
} smap_layer;

/* Takes references of its own; `fid` (may be NULL) is copied. */
SMAP_API smap_status smap_layer_new(const char *name, const smap_table *table, const smap_geometry *geometry,
                                    const int64_t *fid, const smap_layer **out, smap_error *err);
SMAP_API const smap_layer *smap_layer_retain(const smap_layer *layer);
SMAP_API void smap_layer_free(const smap_layer *layer);
SMAP_API smap_status smap_layer_take(const smap_layer *layer, const int64_t *rows, int64_t count,
                                     const smap_layer **out, smap_error *err);

#ifdef __cplusplus
}
#endif
#endif
