/* Where on earth the maps of a PDF are: the viewports of ISO 32000-2 (section 12.10, "Geospatial features"; before that
 * Adobe's extension level 3 of ISO 32000-1), which GDAL, QGIS, Acrobat and Avenza Maps read. They are appended as an
 * incremental update: no byte of the PDF changes. */
#ifndef SMAP_IO_GEOPDF_H
#define SMAP_IO_GEOPDF_H

#include "base/str.h"
#include "sitemap/error.h"

/* The frame of a map on a page, and its corners: lower left, upper left, upper right, lower right. */
typedef struct smap__geopdf_frame {
    int page;                        /* 0, 1, ... */
    double left, bottom, right, top; /* points from the lower left of the page */
    double lat[4], lon[4];           /* in the geographic CRS that the projected one is made from */
    char *wkt;                       /* of the projected CRS, WKT 1 */
    int epsg;                        /* 0 = none */
} smap__geopdf_frame;

/* What to write behind the bytes of a PDF with a table of cross references (not a stream of them), such as cairo
 * writes; one frame a page at most. SMAP_E_INTERNAL: the PDF is not one. */
smap_status smap__geopdf_update(const char *pdf, size_t len, const smap__geopdf_frame *frame, size_t frames,
                                smap__str *out, smap_error *err);

#endif
