/* Sites with figures of their latest round, for the summary table of a map. */
#ifndef SMAP_SITE_SUMMARY_H
#define SMAP_SITE_SUMMARY_H

#include "base/ctx.h"
#include "sitemap/table.h"

typedef struct smap__site_figure {
    const char *name; /* of the column that it makes */
    const char *of;   /* columns of site and site_round, "a+b": site/amount.h */
} smap__site_figure;

/* One row for each row of `site` with an id, those with most of the first figure first, where it is not known last:
 *
 *     site_id, name_en, name_ar, site_type,
 *     date, source       of the latest round
 *     NAME               of each figure: real, null where nothing of it is known
 *     NAME_partial       1 where only a part of it is known, else 0
 *
 * A figure of which the tables have no column, as they are not for the audience, is left out. One that names a column
 * that neither layer has is found by smap__site_amount_check. */
typedef struct smap__site_summary_input {
    const smap_table *site, *round;
    const smap_table *round_marks; /* what stands for figures that are not told, of the same rows; NULL: all are */
    const char *mark_too;          /* stands for a sum of which a part is not told */
    const smap__site_figure *figure;
    int figures;
} smap__site_summary_input;

/* *marks: NAME as texts, the signs of figures that are not told; NULL where all are. */
smap_status smap__site_summary(const smap__site_summary_input *input, const smap_table **out, const smap_table **marks,
                               smap_error *err);

#endif
