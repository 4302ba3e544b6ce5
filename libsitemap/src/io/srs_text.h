/* GDAL's spatial references as text for smap_crs_new. */
#ifndef SMAP_IO_SRS_TEXT_H
#define SMAP_IO_SRS_TEXT_H

#include "sitemap/context.h"

/* Of an OGRSpatialReferenceH: "EPSG:4326" where it has such a code, else WKT 2; free with smap__free. *out is NULL for
 * NULL and for what GDAL cannot put into words. Between a guard's begin and end. */
smap_status smap__srs_text(void *ogr_srs, char **out, smap_error *err);

#endif
