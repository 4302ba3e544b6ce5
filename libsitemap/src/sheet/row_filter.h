/* Which rows of a layer or table a sheet shows: "where" of its file, a test or a list of tests that must all hold.
 *
 *     {"column": "area_kind", "equals": "all"}      the cell as people write it
 *     {"column": "kind", "one_of": ["a", "b"]}      one of these
 *     {"column": "rank", "at_most": 5}              a number
 *     {"column": "scenario", "chosen": "scenario"}  what was chosen for that key; holds where nothing was
 *     {"chosen": "asset", "equals": "building"}     all rows or none: whether that was chosen
 *     {"geometry": ["point", "polygon"]}            shapes, of layers alone
 *
 * A null cell passes none of them, unless the test has "or_null": true. */
#ifndef SMAP_SHEET_ROW_FILTER_H
#define SMAP_SHEET_ROW_FILTER_H

#include "model/json.h"
#include "sheet/sheet.h"

typedef struct smap__row_test {
    const smap_column *column; /* NULL: the test is of shapes, or its answer is known */
    bool known, answer;
    const char *equals; /* NULL: one_of or at_most */
    const smap__json *one_of;
    double at_most;
    bool or_null;
    bool shape[3]; /* points, lines, polygons */
} smap__row_test;

typedef struct smap__row_filter {
    smap__row_test test[8];
    int tests;
    const smap_geometry *geometry;
} smap__row_filter;

/* `where` NULL: all rows; `geometry` NULL: a table. `path` is the sheet's, for messages. SMAP_E_FORMAT: a column that
 * the table does not have, a test of no kind, or more of them than a filter holds. The filter borrows everything. */
smap_status smap__row_filter_make(const smap__json *where, const char *layer, const smap_table *table,
                                  const smap_geometry *geometry, const smap__sheet_chosen *chosen, int chosens,
                                  const char *path, smap__row_filter *out, smap_error *err);
bool smap__row_filter_holds(const smap__row_filter *filter, int64_t row);

/* Is the cell that text? Text by bytes; numbers, dates and truths as people write them. */
bool smap__cell_reads(const smap_column *column, int64_t row, const char *text);

#endif
