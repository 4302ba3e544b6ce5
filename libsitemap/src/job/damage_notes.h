/* The damage figures as sentences, for people who read no tables. */
#ifndef SMAP_JOB_DAMAGE_NOTES_H
#define SMAP_JOB_DAMAGE_NOTES_H

#include "sitemap/job.h"

/* One note per area with observations, one per area with observed events, and one per reason why areas have none.
 * `table` is what smap__damage_table makes; `extent` is the layer damage_extent or NULL. Counts of different grades are
 * never added. */
smap_status smap__damage_notes(smap_ctx *ctx, const smap_table *table, const smap_layer *extent, smap_result *result,
                               smap_error *err);

#endif
