/* What the cases of an access run leave for its report. */
#ifndef SMAP_JOB_ACCESS_TELL_H
#define SMAP_JOB_ACCESS_TELL_H

#include "base/str.h"
#include "col/rows.h"

enum { SMAP__TOLD_LAYERS = 4 };

typedef struct smap__access_told {
    smap__rows reach[SMAP__TOLD_LAYERS]; /* of each layer of origins: people within the limits */
    smap__rows service;                  /* of each site the nearest service of each type, before and now */
    smap__rows unreached, unreachable;   /* how many, by reason; and which */
    smap__rows network, unserved;
    smap__rows no_place;         /* origins that reach services, all of them full */
    int64_t no_place_not_listed; /* of these */
    smap__rows link, place_link; /* of layers of which people are known; of which nobody is known, in places */
    int64_t listed[SMAP__TOLD_LAYERS], not_listed; /* unreachable origins in the list, and beyond its end */
    int64_t service_not_listed;                    /* ways of sites beyond the end of theirs */
    int64_t closed_at_door;                        /* that are told, of whichever layer */
    smap__str nothing_open; /* cases with unknown roads closed in which no closure says that a road is open */
} smap__access_told;

void smap__access_told_init(smap__access_told *told, bool by_area);
void smap__access_told_release(smap__access_told *told);

#endif
