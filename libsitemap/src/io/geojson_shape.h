/* A GeoJSON geometry into a geometry column. */
#ifndef SMAP_IO_GEOJSON_SHAPE_H
#define SMAP_IO_GEOJSON_SHAPE_H

#include "io/json_scan.h"
#include "sitemap/geometry.h"

typedef struct smap__geojson_note {
    const char *code; /* why the feature cannot be kept: "geometry_not_finite", "geometry_broken"; NULL = it was kept */
    const char *problem; /* as the end of a sentence, NULL if it was kept */
    bool closed;         /* a ring was not closed, and now is */
} smap__geojson_note;

/* Append one feature from a "geometry" value (object or null), already known to be well-formed JSON. Where the note has
 * a code, the builder is as it was. SMAP_E_NOMEM and SMAP_E_LIMIT alone fail. */
smap_status smap__geojson_append(smap_geometry_builder *builder, const smap__scan_value *geometry,
                                 smap__geojson_note *note, smap_error *err);

#endif
