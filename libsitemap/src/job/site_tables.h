/* Tables of sites that a sheet shows and that no layer holds: made of layers when the sheet is drawn, each layer read
 * through the audience. An element of kind "table" names one as its "layer":
 *
 *     site_indicator   site and site_round, as site/indicator.h has it
 *     site_age_sex     site_population, as site/age_sex.h has it
 *     site_fact        what is known of each site: site_id, field, label_en, label_ar, value_en, value_ar; a row for
 * each of the columns (or "position") that the element lists as "fields", which the audience may see; values null where
 * they are not known site_summary     site and the latest site_round, as site/site_summary.h has it: "figures" of the
 * element,
 *                      [{"name", "of"}] */
#ifndef SMAP_JOB_SITE_TABLES_H
#define SMAP_JOB_SITE_TABLES_H

#include "job/common.h"
#include "model/json.h"

bool smap__site_table_is_one(const char *name);

/* `element` is that of the sheet file, `path` the file, for messages. *synthetic: some of what it is made of is made
 * up; *marks: the signs of what is not told (protect/gate.h), left alone where all is. SMAP_E_FORMAT: "fields" or
 * "figures" name no column of site or site_round. */
smap_status smap__site_table_make(smap_ctx *ctx, smap__workspace *workspace, const smap__audience *audience,
                                  const smap__json *element, const char *path, const smap_table **out,
                                  const smap_table **marks, bool *synthetic, smap_error *err);

#endif
