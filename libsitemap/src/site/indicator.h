/* Indicators of sites beside their standards: water a person a day, people for each tap and latrine, room a person.
 *
 * What an indicator is stands in data/standards/site_indicator.csv: columns of `site` and `site_round` summed above
 * and below the line, the standard, and whether it is a least or a most. */
#ifndef SMAP_SITE_INDICATOR_H
#define SMAP_SITE_INDICATOR_H

#include "base/ctx.h"
#include "sitemap/table.h"

/* One row for each site that has a round and each indicator that is meant for its type, in the order of the sites and
 * then of the file:
 *
 *     site_id, round, date, indicator, label_en, label_ar, unit_en, unit_ar,
 *     value      real; null where it is not known, nobody is there, or there is none of what is counted
 *     standard   real
 *     comparison at_least, at_most
 *     axis       real: where a bar of the value is full
 *     state      a code of data/domains/indicator_state.csv
 *     source     of the round
 *
 * Sums of columns of which some are not known are bounds: a state is told from them only where it holds for whatever
 * the others are. SMAP_E_FORMAT: the standards cannot be used, or name a column
 * that neither layer has. */
smap_status smap__site_indicators(smap_ctx *ctx, const smap_table *site, const smap_table *round,
                                  const smap_table **out, smap_error *err);

#endif
