#include "workspace/layer_rows.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "col/cell.h"

struct smap__layer_rows {
    const smap__schema *schema;
    int64_t count;
    smap_column_builder *builder[]; /* one a field */
};

smap_status smap__layer_rows_new(const smap__schema *schema, smap__layer_rows **out, smap_error *err) {
    smap_status status = SMAP_OK;
    smap__layer_rows *rows = smap__zalloc(1, sizeof *rows + (size_t)schema->fields * sizeof rows->builder[0]);
    if (!rows) return smap__fail_memory(err);
    rows->schema = schema;
    for (int i = 0; status == SMAP_OK && i < schema->fields; i++)
        status = smap_column_builder_new(schema->field[i].name, schema->field[i].type, &rows->builder[i], err);
    if (status == SMAP_OK)
        *out = rows;
    else
        smap__layer_rows_free(rows);
    return status;
}

void smap__layer_rows_free(smap__layer_rows *rows) {
    if (!rows) return;
    for (int i = 0; i < rows->schema->fields; i++) smap_column_builder_free(rows->builder[i]);
    smap__free(rows);
}

smap_status smap__layer_rows_copy(smap__layer_rows *rows, const smap_layer *from, int64_t row, smap_error *err) {
    smap_status status = SMAP_OK;
    for (int i = 0; status == SMAP_OK && i < rows->schema->fields; i++)
        status = smap__cell_append(rows->builder[i], smap_table_at(from->table, i), row, err);
    rows->count++;
    return status;
}

static smap_column_builder *builder_of(smap__layer_rows *rows, const char *field, smap_error *err) {
    for (int i = 0; i < rows->schema->fields; i++)
        if (strcmp(rows->schema->field[i].name, field) == 0) return rows->builder[i];
    smap__fail(err, SMAP_E_SCHEMA, field,
               "the model's layer %s lacks the column %s; data and program do not fit together", rows->schema->name,
               field);
    return NULL;
}

smap_status smap__layer_rows_text(smap__layer_rows *rows, const char *field, const char *value, smap_error *err) {
    if (!value || !*value) return SMAP_OK;
    smap_column_builder *b = builder_of(rows, field, err);
    return b ? smap_column_append_text(b, value, strlen(value), err) : SMAP_E_SCHEMA;
}

smap_status smap__layer_rows_int(smap__layer_rows *rows, const char *field, int64_t value, smap_error *err) {
    smap_column_builder *b = builder_of(rows, field, err);
    return b ? smap_column_append_int(b, value, err) : SMAP_E_SCHEMA;
}

smap_status smap__layer_rows_end(smap__layer_rows *rows, smap_error *err) {
    rows->count++;
    for (int i = 0; i < rows->schema->fields; i++) {
        if (smap_column_builder_count(rows->builder[i]) == rows->count) continue;
        smap_status status = smap_column_append_null(rows->builder[i], err);
        if (status != SMAP_OK) return status;
    }
    return SMAP_OK;
}

smap_status smap__layer_rows_finish(smap__layer_rows *rows, const smap_layer **out, smap_error *err) {
    smap_status status = SMAP_OK;
    const smap_table *table = NULL;
    int fields = rows->schema->fields;
    const smap_column **column = smap__zalloc((size_t)fields + 1, sizeof *column);
    if (!column) return smap__fail_memory(err);
    for (int i = 0; i < fields; i++) SMAP_TRY(smap_column_builder_finish(rows->builder[i], &column[i], err), done);
    SMAP_TRY(smap_table_new(column, fields, rows->count, &table, err), done);
    status = smap_layer_new(rows->schema->name, table, NULL, NULL, out, err);
done:
    for (int i = 0; i < fields; i++) smap_column_free(column[i]);
    smap__free(column);
    smap_table_free(table);
    return status;
}
