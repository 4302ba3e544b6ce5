/* Sums of columns of a site and of its latest round, as a text names them: "taps", "latrines_male+latrines_female". */
#ifndef SMAP_SITE_AMOUNT_H
#define SMAP_SITE_AMOUNT_H

#include "base/ctx.h"
#include "sitemap/table.h"

/* Where a site stands in the layers `site` and `site_round`. */
typedef struct smap__site_place {
    const smap_table *site, *round;
    int64_t site_row, round_row; /* -1: it has none */
} smap__site_place;

typedef struct smap__site_amount {
    double sum;   /* of the columns that are known */
    bool known;   /* any of them */
    bool partial; /* not all: the true sum may be larger */
} smap__site_amount;

/* Columns of the round come before those of the site; a number below 0 is not known. */
smap__site_amount smap__site_amount_of(const smap__site_place *place, const char *names);

/* May the audience see any of the columns? True also where a layer is empty, and nothing is known of it. */
bool smap__site_amount_is_open(const smap__site_place *place, const char *names);
/* Of an amount of one column alone, the cell of `marks` (rows as those of the round) that stands for it: its column, or
 * NULL where it is told. *part: another one, of which a column is not told. */
const smap_column *smap__site_amount_mark(const smap_table *marks, const smap__site_place *place, const char *names,
                                          bool *part);

/* Is each name a column of numbers of `site` or `site_round`? The first that is not is copied to `unknown`; "" where
 * all are. */
smap_status smap__site_amount_check(smap_ctx *ctx, const char *names, char *unknown, size_t size, smap_error *err);

#endif
