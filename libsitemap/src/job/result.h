/* Building what a job returns: tables to print, sentences, and how many rows were rejected. */
#ifndef SMAP_JOB_RESULT_H
#define SMAP_JOB_RESULT_H

#include "base/findings.h"
#include "sitemap/job.h"

smap_status smap__result_new(smap_result **out, smap_error *err);
/* What a job ends with: if all went well the result is the caller's, else it is freed. Returns `status`. */
smap_status smap__result_end(smap_result *made, smap_status status, smap_result **out);
/* Takes a reference of its own. Texts are copied. */
smap_status smap__result_add_table(smap_result *result, const char *name, const char *title, const smap_table *table,
                                   smap_error *err);
smap_status smap__result_note(smap_result *result, smap_error *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void smap__result_reject(smap_result *result, int64_t rows);
/* A table `findings`: one row per kind of finding and column, how many rows, and the first of them in words. */
smap_status smap__result_add_findings(smap_result *result, const smap__findings *findings, smap_error *err);

#endif
