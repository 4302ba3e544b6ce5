/* How easily rows about people or households could be told apart by what somebody else may know of them. */
#ifndef SMAP_PROTECT_DISCLOSURE_H
#define SMAP_PROTECT_DISCLOSURE_H

#include "model/json.h"
#include "sitemap/context.h"
#include "sitemap/table.h"

/* Rows that are alike in the quasi-identifiers (null is a value of its own) are a class of size f. */
typedef struct smap__disclosure {
    int64_t rows, classes;
    int64_t smallest_k;   /* f of the smallest class; 0: no rows */
    int64_t rows_below_k; /* rows in classes smaller than k */
    double risk;          /* mean of 1/f: the share of rows that somebody who knows of all would name rightly (Templ,
                             Kowarik, Meindl: sdcMicro, J. Stat. Software 67, 2015: global risk, rows all there are) */
    int64_t smallest_l;   /* the fewest different values of the sensitive column in a class; 0: no such column */
} smap__disclosure;

/* Columns that the table does not have are passed over; with none left, all rows are one class. `sensitive` may be
 * NULL.
 */
smap_status smap__disclosure_measure(const smap_table *table, const char *const *quasi, int count,
                                     const char *sensitive, int64_t k, smap__disclosure *out, smap_error *err);

/* "disclosure" of data/audiences.json: "k", "risk_percent", and by layer "quasi" (columns) and "sensitive" (a column).
 */
smap_status smap__disclosure_rules(smap_ctx *ctx, const smap__json **out, smap_error *err);

#endif
