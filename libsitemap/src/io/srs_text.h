/* GDAL's spatial references as text for smap_crs_new. */
#ifndef SMAP_IO_SRS_TEXT_H
#define SMAP_IO_SRS_TEXT_H

/* Of an OGRSpatialReferenceH: "EPSG:4326" where it has such a code, else WKT 2; free with smap__free. NULL for NULL, or
 * when memory runs out. Between a guard's begin and end. */
char *smap__srs_text(void *ogr_srs);

#endif
