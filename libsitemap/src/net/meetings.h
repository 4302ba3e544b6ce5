/* Lines that cross or touch, given a common vertex. */
#ifndef SMAP_NET_MEETINGS_H
#define SMAP_NET_MEETINGS_H

#include "net/mend.h"

typedef struct smap__meeting_place {
    double x, y;
} smap__meeting_place;

typedef struct smap__meetings {
    smap__meeting_place *items; /* a place may come several times */
    size_t count, capacity;
} smap__meetings;

/* One round: all crossings and touches of the lines as they are; *out is the lines with a vertex there, NULL if there
 * was none. SMAP_E_LIMIT: too many to keep. */
smap_status smap__meetings_insert(smap_ctx *ctx, const smap_geometry *lines, const int8_t *level,
                                  smap__meetings *meetings, const smap_geometry **out, smap_error *err);

#endif
