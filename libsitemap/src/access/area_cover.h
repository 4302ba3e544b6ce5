/* Which of many polygons that lie over each other are enough for all that they cover together. */
#ifndef SMAP_ACCESS_AREA_COVER_H
#define SMAP_ACCESS_AREA_COVER_H

#include "sitemap/geometry.h"

typedef struct smap__area_cover {
    uint32_t *times; /* how many of the polygons that are left have each cell inside of them */
    uint8_t *marks;  /* of the cells round one polygon */
    size_t times_room, marks_room;
} smap__area_cover;

void smap__area_cover_release(smap__area_cover *cover);

/* needed[polygons->count]: false for features that lie within others that are needed. They are looked at in cells of
 * `cell` units, or larger ones where those would be very many, so that some stay that need not. A feature is what its
 * rings enclose by the even-odd rule. */
smap_status smap__area_cover_find(smap__area_cover *cover, const smap_geometry *polygons, double cell, bool *needed,
                                  smap_error *err);

#endif
