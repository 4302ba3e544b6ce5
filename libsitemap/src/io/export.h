/* Layers as files for other programs: each format as text or a stored .zip, the same bytes for the same rows. Written
 * by ourselves, for GDAL's writers of the zipped ones put the time of writing into them. */
#ifndef SMAP_IO_EXPORT_H
#define SMAP_IO_EXPORT_H

#include "base/str.h"
#include "model/schema.h"
#include "sitemap/geometry.h"

typedef struct smap__export_layer {
    const smap_layer *layer; /* positions in EPSG:4326 */
    const smap__schema *schema;
    const char *title; /* for people */
    int64_t left_out;  /* set by a writer: features (or their shapes) that the format cannot hold */
    int64_t cut;       /* ... texts longer than a cell of XLSX holds */
    int64_t sheets;    /* ... of XLSX that its rows fill */
} smap__export_layer;

typedef struct smap__export {
    smap_ctx *ctx; /* polled for cancel */
    smap__export_layer *layer;
    int layers;
    const char *title;  /* of a KMZ */
    bool arabic;        /* the file is in Arabic alone: sheets of XLSX run from the right */
    int64_t sheet_rows; /* most rows of a sheet of XLSX, with its heading; 0: as many as spreadsheets hold */
    smap__str out;      /* what was written; the caller releases it */
} smap__export;

/* SMAP_E_MEMORY and SMAP_E_CANCELLED are all that can go wrong.
 *
 * GeoJSON: RFC 7946, longitude and latitude with 7 decimals, shells against the clock and holes with it, the box of
 * all. One layer. */
smap_status smap__export_geojson(smap__export *e, smap_error *err);
/* CSV: UTF-8 with a byte order mark, as spreadsheets want it; names of fields, then their HXL tags, then rows; points
 * as columns longitude and latitude, other shapes are left out. A text that a spreadsheet would take for a formula gets
 * an apostrophe before it. One layer. */
smap_status smap__export_csv(smap__export *e, smap_error *err);
/* GPX 1.1: points as waypoints, lines as tracks; areas are left out. */
smap_status smap__export_gpx(smap__export *e, smap_error *err);
/* KMZ: a folder a layer, all values as extended data; tables are left out. */
smap_status smap__export_kmz(smap__export *e, smap_error *err);
/* XLSX: a sheet a layer, more where its rows need more, with dates as dates and numbers as numbers; texts are inline,
 * which no program takes for a formula, and cut at the character where a cell is full. Shapes as in CSV. */
smap_status smap__export_xlsx(smap__export *e, smap_error *err);

/* ---- for the writers ---- */

/* Before each row: has the user enough? */
smap_status smap__export_poll(const smap__export *e, int64_t row, smap_error *err);
/* At the end: did the text find memory? */
smap_status smap__export_done(const smap__str *out, smap_error *err);
/* A coordinate in degrees: at most 7 decimals (about 1 cm), no exponent, no trailing zeros. */
void smap__export_degrees(smap__str *out, double degrees);
/* What a feature is called: its names, else its key, else its number. */
void smap__export_name(const smap__export_layer *layer, int64_t row, smap__str *out);
/* A point feature's only position. */
bool smap__export_point(const smap_layer *layer, int64_t row, double *x, double *y);
/* Is any feature of the layer a point? Then CSV and XLSX have columns for positions. */
bool smap__export_has_points(const smap_layer *layer);

#endif
