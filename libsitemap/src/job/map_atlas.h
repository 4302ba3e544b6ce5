/* An atlas: a page for each feature of a layer, such as an administrative area or a site. */
#ifndef SMAP_JOB_MAP_ATLAS_H
#define SMAP_JOB_MAP_ATLAS_H

#include "col/rows.h"
#include "job/map_sheet.h"

typedef struct smap__atlas_page {
    smap__map_extent extent; /* of the feature, with room around it; its names */
    const char *key;
    const char *path; /* of its picture: MAP-KEY.png */
} smap__atlas_page;

typedef struct smap__atlas {
    smap__atlas_page *page; /* in order of the keys' bytes */
    int64_t count;
    const char *choice; /* what the sheet chooses by the keys: smap__map_sheet_chooses */
    int64_t hidden;     /* features that the audience may not see */
    smap__rows skipped; /* key, name, reason: features without a page */
    smap__arena arena;
} smap__atlas;

/* `wanted` is LAYER, or admin:LEVEL; of `admin` alone the lowest level that there is. Features whose middle is outside
 * of the sheet's extent (--area, --extent) have no page, nor has one that lies off all administrative areas. `output`
 * is the file that the pages' names are made from: letters that file systems reserve become "_", names that are taken
 * get a number. SMAP_E_ARGUMENT: no layer that can be an atlas; SMAP_E_NOT_FOUND: no feature; SMAP_E_LIMIT: more pages
 * than the sheet's "atlas" allows. */
smap_status smap__atlas_make(smap_ctx *ctx, smap__workspace *workspace, const smap__audience *audience,
                             const smap_map_options *options, const smap__map_sheet *map, smap__atlas *out,
                             smap_error *err);
void smap__atlas_release(smap__atlas *atlas);

/* How far apart the corners of an extent are, where that is more than the sheet allows ("most_km": a site is not as
 * wide as a country); 0 = not so far. */
double smap__atlas_apart_km(const smap__map_sheet *map, smap_box extent);

/* A key as a part of a file's name, appended to `out`: at most 80 bytes of whole characters. */
void smap__atlas_put_name(smap__str *out, const char *key);

#endif
