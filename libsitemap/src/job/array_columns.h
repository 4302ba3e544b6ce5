/* Arrays of results as columns. */
#ifndef SMAP_JOB_ARRAY_COLUMNS_H
#define SMAP_JOB_ARRAY_COLUMNS_H

#include "base/str.h"
#include "sitemap/table.h"

/* values[i] (times factor[i], where there are factors); NaN becomes null; `values` NULL is a column of nulls. */
smap_status smap__column_of_reals(const char *name, const double *values, const double *factor, int64_t count,
                                  const smap_column **out, smap_error *err);
/* Small whole numbers; negative ones become null. */
smap_status smap__column_of_classes(const char *name, const int8_t *values, int64_t count, const smap_column **out,
                                    smap_error *err);
/* Texts that `put` writes, row by row; one of which nothing is written is null. */
smap_status smap__column_of_texts(const char *name, int64_t count,
                                  void (*put)(const void *user, int64_t row, smap__str *out), const void *user,
                                  const smap_column **out, smap_error *err);

#endif
