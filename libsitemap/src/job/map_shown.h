/* Which rows of a sheet's table are of features that the page shows ("shown" of the element): for what the page says
 * of their sources, which is laid down before the page is. */
#ifndef SMAP_JOB_MAP_SHOWN_H
#define SMAP_JOB_MAP_SHOWN_H

#include "col/dict.h"
#include "job/map_extent.h"

typedef struct smap__map_shown {
    const smap_column *key; /* of the table; NULL: all rows are shown */
    smap__dict *keys;
} smap__map_shown;

/* The rows of the table of that name: those of features inside the extent where its elements ask for that. Release in
 * any case. */
smap_status smap__map_shown_find(const smap__json *sheet, const char *name, const smap_table *table,
                                 const smap__map_layers *layers, const smap__map_extent *extent, smap__map_shown *out,
                                 smap_error *err);
bool smap__map_shown_holds(const smap__map_shown *shown, int64_t row);
void smap__map_shown_release(smap__map_shown *shown);

#endif
