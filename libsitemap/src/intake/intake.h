/* From a source's columns to a model layer: which column is which field, values read by type and domain, every row
 * that does not fit listed with its reason. */
#ifndef SMAP_INTAKE_INTAKE_H
#define SMAP_INTAKE_INTAKE_H

#include "base/findings.h"
#include "model/schema.h"
#include "sitemap/geometry.h"

typedef struct smap__pair {
    const char *key, *value;
} smap__pair;

typedef struct smap__mapping {
    const smap__pair *
        map; /* source column -> field ("Area P-code" -> "pcode"); also -> "lat", "lon", "gps", "wkt", "" = leave out */
    int maps;
    const smap__pair *set; /* field -> value for all rows */
    int sets;
} smap__mapping;

typedef struct smap__intake {
    const smap_layer *layer; /* the schema's columns, rows that fit */
    const smap_layer *given; /* the same rows, with only the columns that the source has or `set` gives, and geometry
                                only where the source has positions: what an update may change */
    smap__pair *used;        /* source column -> field, as decided (owned) */
    int used_count;
    int64_t rows_in, rows_rejected;
} smap__intake;

/* Map and read one source layer into `schema`. Geometry comes from the source, or from lat/lon (or one "lat lon alt
 * acc" column), or from WKT; result in `crs` (EPSG:4326). */
smap_status smap__intake_map(smap_ctx *ctx, const smap_layer *source, const smap__schema *schema,
                             const smap__mapping *mapping, smap__findings *findings, smap__intake *out,
                             smap_error *err);
void smap__intake_release(smap__intake *intake);

/* A layer that is used as it stands, not imported: the schema's columns, found and read as above, every row (but tags
 * of HXL) with its geometry as it is. No row is rejected and no bound looked at: what cannot be read is null. One
 * finding for each kind of remark on a column, with the first row; columns that are no field's are passed over in
 * silence. */
smap_status smap__intake_columns(smap_ctx *ctx, const smap_layer *source, const smap__schema *schema,
                                 smap__findings *findings, const smap_layer **out, smap_error *err);

/* `old` with the rows of `fresh` added; a row whose key is there already updates it: its fid stays, and so do the
 * values of columns (and the geometry) that `fresh` does not have, while an empty value empties the field. Rows with an
 * equal key inside `fresh` (blanks and letter case aside) are findings: the first is kept, the others rejected. */
smap_status smap__intake_merge(smap_ctx *ctx, const smap__schema *schema, const smap_layer *old,
                               const smap_layer *fresh, smap__findings *findings, const smap_layer **out,
                               int64_t *added, int64_t *updated, smap_error *err);

#endif
