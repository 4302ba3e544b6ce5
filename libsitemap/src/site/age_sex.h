/* Age and sex of the people of sites, for the pyramid of a site profile. */
#ifndef SMAP_SITE_AGE_SEX_H
#define SMAP_SITE_AGE_SEX_H

#include "base/ctx.h"
#include "sitemap/table.h"

/* Of the latest round of each site in `site_population`, one row for each site and age band, bands ascending:
 *
 *     site_id, round, age ("0–4", "60+"), age_min,
 *     female, male   integers, population groups together; null where nobody counted
 *     most           the largest of any band and sex of that site
 *
 * Rows of other sexes, or without an age, are no part of a pyramid and are left out. */
smap_status smap__site_age_sex(const smap_table *population, const smap_table **out, smap_error *err);

#endif
