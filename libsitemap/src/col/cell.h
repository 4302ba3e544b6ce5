/* One cell at a time, for the places where speed does not matter: reports, labels, filters. */
#ifndef SMAP_COL_CELL_H
#define SMAP_COL_CELL_H

#include "base/str.h"
#include "sitemap/table.h"

/* Append the cell as people write it (nothing for a null, ISO dates, shortest numbers, "true"/"false"). */
void smap__cell_put(smap__str *out, const smap_column *column, int64_t row);
/* Append cell `row` of `from` to a builder of the same type. */
smap_status smap__cell_append(smap_column_builder *to, const smap_column *from, int64_t row, smap_error *err);
/* The cell as a number (BOOL, INT64, FLOAT64, DATE, TIMESTAMP); false for null and for text. */
bool smap__cell_number(const smap_column *column, int64_t row, double *out);
/* Is the cell that text? false for a null cell, a column of another type, and a NULL column. */
bool smap__cell_is(const smap_column *column, int64_t row, const char *text);
/* Compare two cells of one column: nulls last, numbers by value, text by bytes. */
int smap__cell_compare(const smap_column *a, int64_t row_a, const smap_column *b, int64_t row_b);

#endif
