/* Booleans of a GeoPackage, read with SQLite: GDAL before 3.8.3 sets wrong bits for them in this driver's Arrow stream
 * (GDAL issue 8998), and its general stream is wrong in dates before 1970. */
#ifndef SMAP_IO_GPKG_BOOL_H
#define SMAP_IO_GPKG_BOOL_H

#include "io/gpkg_vet.h"
#include "sitemap/geometry.h"

/* Read the BOOL columns of *layer, which came from that table, again. `by_position`: the layer's ids are positions, not
 * the table's own. SMAP_E_FORMAT if the rows are not the same ones. The vet must not be checking. */
smap_status smap__gpkg_bool_reread(smap__gpkg_vet *vet, const char *table, bool by_position, const smap_layer **layer,
                                   smap_error *err);

#endif
