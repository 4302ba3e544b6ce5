/* Dates before 1970, read feature by feature: GDAL 3.6's general Arrow stream puts them a day too late, because it
 * rounds towards zero. */
#ifndef SMAP_IO_OGR_DATES_H
#define SMAP_IO_OGR_DATES_H

#include "sitemap/geometry.h"

/* Read the DATE columns of *layer again in which a day up to 1970-01-01 stands. `ogr_layer` is the OGRLayerH that it
 * came from; ids are OGR's plus `fid_base`. */
smap_status smap__ogr_dates_reread(void *ogr_layer, int64_t fid_base, const smap_layer **layer, smap_error *err);

#endif
