/* --disclosure-report: how easily the rows that are published could be told apart. Numbers alone, never values. */
#ifndef SMAP_JOB_DISCLOSURE_REPORT_H
#define SMAP_JOB_DISCLOSURE_REPORT_H

#include "job/publish_layers.h"

/* Is every column of --quasi ("a,b,c") one of a layer that is published? NULL is fine. */
smap_status smap__disclosure_check(const smap__publish_layers *layers, const char *quasi, smap_error *err);
/* The table "disclosure" and what it means, for the layers that have columns to tell rows apart by: those of `quasi`,
 * or, where it is NULL, those of data/audiences.json. */
smap_status smap__disclosure_report(smap_ctx *ctx, const smap__publish_layers *layers, const char *quasi,
                                    smap_result *result, smap_error *err);

#endif
