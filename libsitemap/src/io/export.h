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
} smap__export_layer;

/* Appended to `out`; memory is the only thing that can fail (out->failed).
 *
 * GeoJSON: RFC 7946, longitude and latitude with 7 decimals, shells against the clock and holes with it. One layer. */
void smap__export_geojson(smap__export_layer *layer, smap__str *out);
/* CSV: UTF-8 with a byte order mark, as spreadsheets want it; names of fields, then their HXL tags, then rows; points
 * as columns longitude and latitude, other shapes are left out. A text that a spreadsheet would take for a formula gets
 * an apostrophe before it. One layer. */
void smap__export_csv(smap__export_layer *layer, smap__str *out);
/* GPX 1.1: points as waypoints, lines as tracks; areas are left out. */
void smap__export_gpx(smap__export_layer *layer, int layers, smap__str *out);
/* KMZ: a folder a layer, all values as extended data; tables are left out. */
void smap__export_kmz(smap__export_layer *layer, int layers, const char *title, smap__str *out);
/* XLSX: a sheet a layer, with dates as dates and numbers as numbers; texts are inline, which no program takes for a
 * formula. Shapes as in CSV. */
void smap__export_xlsx(smap__export_layer *layer, int layers, smap__str *out);

/* ---- for the writers ---- */

/* A coordinate in degrees: at most 7 decimals (about 1 cm), no exponent, no trailing zeros. */
void smap__export_degrees(smap__str *out, double degrees);
/* What a feature is called: its names, else its key, else its number. */
void smap__export_name(const smap__export_layer *layer, int64_t row, smap__str *out);
/* A point feature's only position. */
bool smap__export_point(const smap_layer *layer, int64_t row, double *x, double *y);
/* Is any feature of the layer a point? Then CSV and XLSX have columns for positions. */
bool smap__export_has_points(const smap_layer *layer);

#endif
