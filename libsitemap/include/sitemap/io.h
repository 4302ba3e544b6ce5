/* Reading field data into layers and writing layers as GeoPackages. */
#ifndef SITEMAP_IO_H
#define SITEMAP_IO_H

#include "sitemap/geometry.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct smap_read_options {
    size_t size;
    const char *layer;    /* NULL = the only layer, or the one named in the source as "file.gpkg|layername=NAME" */
    const char *crs;      /* CRS to use where the source states none; NULL = an error there if there is geometry */
    const char *encoding; /* of the text in the source, such as "CP1256"; NULL = as stated or found */
    const char *where;    /* keep the rows for which this OGR SQL condition holds; NULL = all */
} smap_read_options;

#define SMAP_READ_OPTIONS_INIT                                                                                         \
    { sizeof(smap_read_options), NULL, NULL, NULL, NULL }

/* Read one layer of a source: CSV, GeoJSON, GeoPackage, Shapefile, OpenStreetMap (by extension; content is never
 * sniffed). Rows that cannot be kept are left out and logged as warnings with their row and reason. */
SMAP_API smap_status smap_read(smap_ctx *ctx, const char *source, const smap_read_options *options,
                               const smap_layer **out, smap_error *err);

typedef struct smap_write_options {
    size_t size;
    bool overwrite;
    const char *date; /* "2023-09-18" or an ISO timestamp: what the file states as its date; NULL = SOURCE_DATE_EPOCH,
                         else 1970-01-01. The clock is never asked: same input, same bytes. */
} smap_write_options;

#define SMAP_WRITE_OPTIONS_INIT                                                                                        \
    { sizeof(smap_write_options), false, NULL }

/* Write layers into a new GeoPackage with spatial indexes, whole or not at all. */
SMAP_API smap_status smap_write_gpkg(smap_ctx *ctx, const char *path, const smap_layer *const *layers, int count,
                                     const smap_write_options *options, smap_error *err);

#ifdef __cplusplus
}
#endif
#endif
