/* Tables of counts with totals, as in tests/table/suppression.case: the last number of a row is its total, the last row
 * (if there are several) has the totals of the columns. */
#ifndef TEST_COUNT_TABLE_H
#define TEST_COUNT_TABLE_H

#include <stdlib.h>
#include <string.h>

#include "../cmocka_all.h"
#include "protect/suppress.h"

enum { TABLE_SIDE = 12 };

typedef struct count_table {
    int rows, columns;
    double value[TABLE_SIDE][TABLE_SIDE];
} count_table;

static inline void table_read(count_table *t, char *text) {
    char *row_end, *cell_end;
    t->rows = t->columns = 0;
    for (char *row = strtok_r(text, "/", &row_end); row; row = strtok_r(NULL, "/", &row_end)) {
        int column = 0;
        for (char *cell = strtok_r(row, " ", &cell_end); cell; cell = strtok_r(NULL, " ", &cell_end))
            t->value[t->rows][column++] = atof(cell);
        t->columns = column;
        t->rows++;
    }
}

static inline smap__suppression *table_suppression(const count_table *t, double least) {
    smap__suppression *s = NULL;
    int part[TABLE_SIDE];
    smap_error err = SMAP_ERROR_INIT;
    assert_int_equal(smap__suppression_new(least, true, &s, NULL), SMAP_OK);
    for (int r = 0; r < t->rows; r++)
        for (int c = 0; c < t->columns; c++)
            assert_int_equal(smap__suppression_count(s, t->value[r][c], true, NULL), SMAP_OK);
    for (int r = 0; r < t->rows; r++) {
        for (int c = 0; c + 1 < t->columns; c++) part[c] = r * t->columns + c;
        if (smap__suppression_sum(s, r * t->columns + t->columns - 1, part, t->columns - 1, &err) != SMAP_OK)
            fail_msg("%s", err.message);
    }
    for (int c = 0; t->rows > 1 && c < t->columns; c++) {
        for (int r = 0; r + 1 < t->rows; r++) part[r] = r * t->columns + c;
        if (smap__suppression_sum(s, (t->rows - 1) * t->columns + c, part, t->rows - 1, &err) != SMAP_OK)
            fail_msg("%s", err.message);
    }
    return s;
}

#endif
