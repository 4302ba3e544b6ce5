/* Properties of GeoJSON features as columns: a first pass surveys names and kinds of values, a second one fills. */
#ifndef SMAP_IO_GEOJSON_COLUMNS_H
#define SMAP_IO_GEOJSON_COLUMNS_H

#include "base/findings.h"
#include "io/json_scan.h"
#include "sitemap/table.h"

typedef struct smap__geojson_columns smap__geojson_columns;

smap_status smap__geojson_columns_new(const char *shown, smap__findings *findings, smap__geojson_columns **out,
                                      smap_error *err);
void smap__geojson_columns_free(smap__geojson_columns *columns);

/* First pass: the "properties" value of one feature (object or null), and its "id" (a null value if it has none). */
smap_status smap__geojson_columns_survey(smap__geojson_columns *columns, const smap__scan_value *properties,
                                         const smap__scan_value *id, smap_error *err);
/* Between the passes: numbers and whole numbers make FLOAT64, whole numbers alone INT64, true and false BOOL, anything
 * else or mixed TEXT (numbers as written, objects and arrays as JSON). The "id" of features is a column of that name
 * where no property has it. */
smap_status smap__geojson_columns_begin(smap__geojson_columns *columns, smap_error *err);
/* Second pass: one row. `row` is for findings: a value of another kind than its column's numbers, a number too large.
 */
smap_status smap__geojson_columns_append(smap__geojson_columns *columns, int64_t row,
                                         const smap__scan_value *properties, const smap__scan_value *id,
                                         smap_error *err);
smap_status smap__geojson_columns_finish(smap__geojson_columns *columns, int64_t rows, const smap_table **out,
                                         smap_error *err);

#endif
