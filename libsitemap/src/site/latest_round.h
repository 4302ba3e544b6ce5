/* Which rows of a table of rounds (site_round, site_population) are the latest of their site. */
#ifndef SMAP_SITE_LATEST_ROUND_H
#define SMAP_SITE_LATEST_ROUND_H

#include "base/ctx.h"
#include "col/dict.h"
#include "sitemap/table.h"

typedef struct smap__latest_round {
    smap__dict *sites;              /* those that have a row, in the order of their first one */
    const smap_column *id, *number; /* of the table: site_id, round */
    int64_t *round;                 /* [sites] the highest number; INT64_MIN where no row has one */
    int64_t *row;                   /* [sites] the first row of it */
} smap__latest_round;

/* The table needs the columns site_id (text) and round (integer); without them there are no sites. */
smap_status smap__latest_round_find(const smap_table *table, smap__latest_round *out, smap_error *err);
void smap__latest_round_release(smap__latest_round *latest);

/* The site of a row, as an index into `sites`, where the row is of the latest round of that site; else -1. */
int32_t smap__latest_round_site(const smap__latest_round *latest, int64_t row);

#endif
