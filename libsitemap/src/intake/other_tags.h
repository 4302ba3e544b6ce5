/* What ogr2ogr makes of OpenStreetMap: keys that have no column of their own are all in one text column, other_tags, as
 * "key"=>"value","key"=>"value"; an area that is a way has its number in osm_way_id, one that is a relation in osm_id. */
#ifndef SMAP_INTAKE_OTHER_TAGS_H
#define SMAP_INTAKE_OTHER_TAGS_H

#include "model/schema.h"
#include "sitemap/geometry.h"

/* The layer with a text column for every key in it that is a field of the schema by its name, label or alias, and that
 * no column is called as yet, in the order of the keys. Text that is not of that form counts up to where it is. osm_way_id
 * stands in for an osm_id that is empty or that there is not. Where none of this is to do *out is a reference to
 * `source`. */
smap_status smap__other_tags_spread(const smap_layer *source, const smap__schema *schema, const smap_layer **out,
                                    smap_error *err);

#endif
