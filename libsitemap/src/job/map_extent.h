/* Which part of the world a map shows, and what that part is called. */
#ifndef SMAP_JOB_MAP_EXTENT_H
#define SMAP_JOB_MAP_EXTENT_H

#include "job/common.h"
#include "job/map_layers.h"

typedef struct smap__map_extent {
    smap_box box;                    /* degrees, EPSG:4326 */
    smap_box content;                /* of all that the layers show, whatever the box */
    char name_en[128], name_ar[256]; /* "" where the extent has no name */
    int64_t left_out;                /* features off all administrative areas, which the extent was not stretched to */
} smap__map_extent;

/* --extent, else --area (a P-code of `admin`, or an area of interest: its key "EMSR696_AOI01" or its name), else all
 * that the layers show, base layers aside, as far as it lies in the administrative areas where these are known. An area
 * without an Arabic name takes that of a place, or an administrative area, in it which has the same English one; a
 * warning is logged where there is none and Arabic is asked for. SMAP_E_NOT_FOUND: no such area, or the layers show
 * nothing anywhere, or nothing there. The first half: what is asked for, an empty box where that is all. */
smap_status smap__map_extent_ask(smap_ctx *ctx, smap__workspace *workspace, const smap__audience *audience,
                                 const smap_map_options *options, smap__map_extent *out, smap_error *err);
/* The second half, once the layers are read: what was asked for is held against what they show, or is that. */
smap_status smap__map_extent_find(const smap_map_options *options, const smap__map_layers *layers,
                                  smap__map_extent *extent, smap_error *err);

/* SMAP_E_NOT_FOUND with a sentence: nothing lies in the extent, whether by the boxes of features or as drawn. An empty
 * map comes of a mistake in the extent or of positions, and would read as safety. */
smap_status smap__map_extent_fail(const smap__map_extent *extent, smap_error *err);

/* Does the feature's box touch the extent? */
bool smap__map_extent_touches(const smap__map_extent *extent, const smap_layer *layer, int64_t row);

#endif
