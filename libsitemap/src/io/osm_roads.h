/* Ways of OpenStreetMap as a road list: what its keys mean where the words alone do not say it. */
#ifndef SMAP_IO_OSM_ROADS_H
#define SMAP_IO_OSM_ROADS_H

#include "sitemap/geometry.h"

/* `ways` has the columns of data/intake/osm.ini, all text. The rows that are roads, as osm_id, highway, name_en,
 * name_ar (a name without a language goes by its letters), maxspeed, oneway (motorways and roundabouts are, unless they
 * say else), surface, bridge ("yes" or "no"; a tunnel is none), width. */
smap_status smap__osm_roads(smap_ctx *ctx, const smap_layer *ways, const smap_layer **out, smap_error *err);

#endif
