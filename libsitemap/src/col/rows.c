#include "col/rows.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "col/cell.h"

void smap__rows_init(smap__rows *rows, const smap__rows_column *columns, int count) {
    *rows = (smap__rows){ .columns = count, .error = SMAP_ERROR_INIT };
    rows->builder = smap__zalloc((size_t)count, sizeof *rows->builder);
    if (!rows->builder) rows->status = smap__fail_memory(&rows->error);
    for (int i = 0; i < count && rows->status == SMAP_OK; i++)
        rows->status = smap_column_builder_new(columns[i].name, columns[i].type, &rows->builder[i], &rows->error);
}

void smap__rows_release(smap__rows *rows) {
    for (int i = 0; rows->builder && i < rows->columns; i++) smap_column_builder_free(rows->builder[i]);
    smap__free(rows->builder);
    *rows = (smap__rows){ 0 };
}

/* The builder of the next cell, or NULL after a failure. */
static smap_column_builder *next_cell(smap__rows *rows) {
    if (rows->status != SMAP_OK) return NULL;
    smap_column_builder *builder = rows->builder[rows->next++];
    if (rows->next == rows->columns) {
        rows->next = 0;
        rows->count++;
    }
    return builder;
}

void smap__rows_text_n(smap__rows *rows, const char *text, size_t len) {
    smap_column_builder *b = next_cell(rows);
    if (b) rows->status = smap_column_append_text(b, text, len, &rows->error);
}

void smap__rows_text(smap__rows *rows, const char *text) {
    smap__rows_text_n(rows, text, text ? strlen(text) : 0);
}

void smap__rows_int(smap__rows *rows, int64_t value) {
    smap_column_builder *b = next_cell(rows);
    if (b) rows->status = smap_column_append_int(b, value, &rows->error);
}

void smap__rows_real(smap__rows *rows, double value) {
    smap_column_builder *b = next_cell(rows);
    if (b) rows->status = smap_column_append_real(b, value, &rows->error);
}

void smap__rows_real_or_null(smap__rows *rows, double value) {
    if (isnan(value))
        smap__rows_null(rows);
    else
        smap__rows_real(rows, value);
}

void smap__rows_null(smap__rows *rows) {
    smap_column_builder *b = next_cell(rows);
    if (b) rows->status = smap_column_append_null(b, &rows->error);
}

void smap__rows_cell(smap__rows *rows, const smap_column *column, int64_t row) {
    smap_column_builder *b = next_cell(rows);
    if (!b) return;
    rows->status = column ? smap__cell_append(b, column, row, &rows->error) : smap_column_append_null(b, &rows->error);
}

smap_status smap__rows_filled(smap__rows *rows, smap_error *err) {
    int64_t count = rows->status == SMAP_OK ? smap_column_builder_count(rows->builder[0]) : 0;
    for (int i = 1; rows->status == SMAP_OK && i < rows->columns; i++)
        if (smap_column_builder_count(rows->builder[i]) != count || rows->next != 0)
            rows->status = smap__fail(&rows->error, SMAP_E_INTERNAL, NULL, "columns of a table differ in their rows");
    rows->count = count;
    if (rows->status != SMAP_OK && err) *err = rows->error;
    return rows->status;
}

smap_status smap__rows_finish(smap__rows *rows, const smap_table **out, smap_error *err) {
    smap_status status = rows->status;
    int made = 0;
    const smap_column **columns = NULL;
    if (status == SMAP_OK && rows->next != 0)
        status = smap__fail(&rows->error, SMAP_E_INTERNAL, NULL, "a table was finished in the middle of a row");
    if (status == SMAP_OK && !(columns = smap__zalloc((size_t)rows->columns, sizeof *columns)))
        status = smap__fail_memory(&rows->error);
    for (; status == SMAP_OK && made < rows->columns; made++)
        status = smap_column_builder_finish(rows->builder[made], &columns[made], &rows->error);
    if (status == SMAP_OK) status = smap_table_new(columns, rows->columns, rows->count, out, &rows->error);
    for (int i = 0; i < made; i++) smap_column_free(columns[i]);
    smap__free(columns);
    if (status != SMAP_OK && err) *err = rows->error;
    smap__rows_release(rows);
    return status;
}
