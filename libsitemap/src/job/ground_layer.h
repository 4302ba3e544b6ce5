/* Layers in the working CRS of a run. */
#ifndef SMAP_JOB_GROUND_LAYER_H
#define SMAP_JOB_GROUND_LAYER_H

#include "base/findings.h"
#include "geo/repair.h"
#include "sitemap/geometry.h"

/* A layer's features in that CRS and valid; what was repaired or lost becomes findings about `what`. `repaired` (may be
 * NULL) takes which were repaired. A layer without geometry has a null feature for each row. */
smap_status smap__layer_to_ground(smap_ctx *ctx, const smap_layer *layer, const smap_crs *crs, const char *what,
                                  smap__findings *findings, const smap_geometry **out, smap__repairs *repaired,
                                  smap_error *err);

/* The CRS in which all those lie together and are measured: geo/ground.h of the joint extent, said in the CRS of the
 * first, which ought to be the largest. Empty ones do not count; *out is left alone where all are. SMAP_E_LIMIT: more
 * than half of the earth; `what` names them. */
smap_status smap__common_ground(smap_ctx *ctx, const smap_geometry *const *geometry, int count, const char *what,
                                const smap_crs **out, smap_error *err);

/* Does a box in that CRS reach over more than half of the earth? No plane holds it. */
bool smap__box_too_wide(const smap_crs *crs, smap_box box);

#endif
