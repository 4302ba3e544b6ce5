/* Small tables written row by row: results, summaries, provenance. Cells go from left to right; a failure sticks and is
 * returned by finish, so that the code in between reads like the table. */
#ifndef SMAP_COL_ROWS_H
#define SMAP_COL_ROWS_H

#include "sitemap/table.h"

typedef struct smap__rows_column {
    const char *name;
    smap_type type;
} smap__rows_column;

typedef struct smap__rows {
    smap_column_builder **builder;
    int columns, next;
    int64_t count; /* complete rows */
    smap_status status;
    smap_error error;
} smap__rows;

void smap__rows_init(smap__rows *rows, const smap__rows_column *columns, int count);
void smap__rows_text(smap__rows *rows, const char *text); /* NULL = null */
void smap__rows_text_n(smap__rows *rows, const char *text, size_t len);
void smap__rows_int(smap__rows *rows, int64_t value); /* BOOL, INT64, DATE, TIMESTAMP */
void smap__rows_real(smap__rows *rows, double value);
void smap__rows_real_or_null(smap__rows *rows, double value); /* NaN = null */
void smap__rows_null(smap__rows *rows);
/* A copy of a cell of a column of the same type; `column` NULL = null. */
void smap__rows_cell(smap__rows *rows, const smap_column *column, int64_t row);
/* Whole rows were put column by column, straight into the builders: as many into each, or SMAP_E_INTERNAL. */
smap_status smap__rows_filled(smap__rows *rows, smap_error *err);
/* The table, if every row is complete and nothing failed; `rows` is released in any case. */
smap_status smap__rows_finish(smap__rows *rows, const smap_table **out, smap_error *err);
void smap__rows_release(smap__rows *rows);

#endif
