/* Publishing in the formats of other programs. */
#ifndef SMAP_JOB_PUBLISH_EXPORT_H
#define SMAP_JOB_PUBLISH_EXPORT_H

#include "job/publish_layers.h"

/* The format that --format or the extension of the output names: "gpkg", "kmz", "gpx", "geojson", "csv", "xlsx".
 * SMAP_E_ARGUMENT: none of them. */
smap_status smap__publish_format(const smap_publish_options *options, const char **out, smap_error *err);
/* Write the file, whole or not at all. Notes of what the format cannot hold go to `result`. SMAP_E_ARGUMENT: several
 * layers for a format of one. */
smap_status smap__publish_export(smap_ctx *ctx, const smap_publish_options *options, const char *format,
                                 const smap__publish_layers *layers, smap_result *result, smap_error *err);

#endif
