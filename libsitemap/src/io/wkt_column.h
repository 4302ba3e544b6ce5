/* Geometries written as well-known text in a column of a table. */
#ifndef SMAP_IO_WKT_COLUMN_H
#define SMAP_IO_WKT_COLUMN_H

#include "io/reader.h"

/* If a text column named like a geometry (wkt, geom, geometry, the_geom, ...) holds well-known text, the layer with
 * that column as its geometry; else the layer itself. Needs --crs then: a table says nothing of it. Rows whose text
 * cannot be read are left out with a finding. */
smap_status smap__wkt_column_apply(const smap__member *member, const smap_layer *layer, smap__findings *findings,
                                   const smap_layer **out, smap_error *err);

#endif
