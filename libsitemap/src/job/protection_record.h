/* What the gate of protect did, as an output tells it: counts by layer, never what they are of. */
#ifndef SMAP_JOB_PROTECTION_RECORD_H
#define SMAP_JOB_PROTECTION_RECORD_H

#include "base/str.h"
#include "job/common.h"
#include "sitemap/job.h"

/* The table "protection" into a result; nothing where the audience sees everything. */
smap_status smap__protection_report(smap__workspace *workspace, const smap__audience *audience, smap_result *result,
                                    smap_error *err);
/* The same as JSON, {"audience": ..., "layers": [{"layer": ..., "rows_left_out": ...}]}, for the metadata of a file:
 * `json` has room to grow. */
smap_status smap__protection_json(smap__workspace *workspace, const smap__audience *audience, smap__str *json,
                                  smap_error *err);

#endif
