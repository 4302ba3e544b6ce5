/* Observed events (floods, flood traces, landslides) by area: how many polygons, how many hectares. */
#ifndef SMAP_DAMAGE_EXTENT_H
#define SMAP_DAMAGE_EXTENT_H

#include "damage/areas.h"

/* Ellipsoidal areas (WGS 84 geodesic); a polygon counts for the area that its source names, or that holds a point of
 * it. */
smap_status smap__extent_build(smap_ctx *ctx, const smap_layer *hazard, const smap__areas *areas,
                               const smap_layer **out, smap_error *err);

#endif
