#include "workspace/conform.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "base/str.h"
#include "col/cell.h"
#include "col/column.h"
#include "geo/crs.h"

/* ---- one cell as another type ---- */

static bool text_number(const smap_column *from, int64_t row, double *out) {
    size_t len;
    const char *text = smap_column_text(from, row, &len);
    smap__trim(&text, &len);
    return smap__parse_real(text, len, out);
}

/* The cell as whole number in the unit of `type` (days, milliseconds, 0 or 1); false when it is none. */
static bool as_int(const smap_column *from, int64_t row, smap_type type, int64_t *out) {
    double number;
    if (from->type == SMAP_TEXT && type == SMAP_DATE) {
        size_t len;
        const char *text = smap_column_text(from, row, &len);
        return smap__parse_date(text, len, out);
    }
    if (from->type == SMAP_TEXT && type == SMAP_TIMESTAMP) {
        size_t len;
        const char *text = smap_column_text(from, row, &len);
        return smap__parse_timestamp(text, len, out);
    }
    if (from->type == SMAP_TEXT ? !text_number(from, row, &number) : !smap__cell_number(from, row, &number))
        return false;
    if (from->type == SMAP_DATE && type == SMAP_TIMESTAMP) number *= SMAP__MS_PER_DAY;
    if (from->type == SMAP_TIMESTAMP && type == SMAP_DATE) number = floor(number / SMAP__MS_PER_DAY);
    if (number != floor(number) || fabs(number) > 0x1p53) return false;
    if (type == SMAP_BOOL && number != 0 && number != 1) return false;
    *out = (int64_t)number;
    return true;
}

static smap_status append_as(smap_column_builder *to, smap_type type, const smap_column *from, int64_t row, bool *fits,
                             smap_error *err) {
    int64_t whole;
    double real;
    *fits = true;
    if (smap_column_is_null(from, row)) return smap_column_append_null(to, err);
    switch (type) {
    case SMAP_TEXT: {
        smap__str text = SMAP__STR_INIT;
        smap__cell_put(&text, from, row);
        smap_status status = text.failed ? smap__fail_memory(err)
                                         : smap_column_append_text(to, text.data ? text.data : "", text.len, err);
        smap__str_release(&text);
        return status;
    }
    case SMAP_FLOAT64:
        if (from->type == SMAP_TEXT ? text_number(from, row, &real) : smap__cell_number(from, row, &real))
            return smap_column_append_real(to, real, err);
        break;
    case SMAP_BLOB:
        break;
    case SMAP_BOOL:
    case SMAP_INT64:
    case SMAP_DATE:
    case SMAP_TIMESTAMP:
        if (as_int(from, row, type, &whole)) return smap_column_append_int(to, whole, err);
        break;
    }
    *fits = false;
    return smap_column_append_null(to, err);
}

/* ---- columns ---- */

static smap_status convert(smap_ctx *ctx, const char *layer, const smap__field *field, const smap_column *from,
                           int64_t rows, const smap_column **out, smap_error *err) {
    smap_column_builder *b = NULL;
    int64_t lost = 0;
    smap_status status = smap_column_builder_new(field->name, field->type, &b, err);
    for (int64_t i = 0; status == SMAP_OK && i < rows; i++) {
        bool fits = true;
        status = append_as(b, field->type, from, i, &fits, err);
        if (!fits) lost++;
    }
    if (status == SMAP_OK) status = smap_column_builder_finish(b, out, err);
    if (lost)
        smap__log(ctx, SMAP_LOG_WARNING,
                  "layer %s: %lld values of %s are not of the type of the model and are left out", layer,
                  (long long)lost, field->name);
    smap_column_builder_free(b);
    return status;
}

static smap_status column_for(smap_ctx *ctx, const smap__schema *schema, const smap__migration *migration,
                              const smap__field *field, const smap_layer *layer, const smap_column **out,
                              smap_error *err) {
    const smap_column *from =
        smap_table_find(layer->table, smap__migration_column(migration, schema->name, field->name));
    if (from && from->type == field->type) return smap_column_rename(from, field->name, out, err);
    int64_t rows = smap_table_rows(layer->table);
    return from ? convert(ctx, schema->name, field, from, rows, out, err)
                : smap__column_of_nulls(field->name, field->type, rows, out, err);
}

smap_status smap__conform(smap_ctx *ctx, const smap__schema *schema, const smap__migration *migration,
                          const smap_layer *layer, const smap_layer **out, smap_error *err) {
    smap_status status = SMAP_OK;
    const smap_table *table = NULL;
    const smap_column **column = smap__zalloc((size_t)schema->fields + 1, sizeof *column);
    if (!column) return smap__fail_memory(err);
    for (int i = 0; i < schema->fields; i++)
        SMAP_TRY(column_for(ctx, schema, migration, &schema->field[i], layer, &column[i], err), done);
    SMAP_TRY(smap_table_new(column, schema->fields, smap_table_rows(layer->table), &table, err), done);
    status = smap_layer_new(schema->name, table, layer->geometry, layer->fid, out, err);
done:
    for (int i = 0; i < schema->fields; i++) smap_column_free(column[i]);
    smap__free(column);
    smap_table_free(table);
    return status;
}

smap_status smap__conform_empty(smap_ctx *ctx, const smap__schema *schema, const smap_layer **out, smap_error *err) {
    smap_status status;
    const smap_table *none = NULL;
    const smap_crs *crs = NULL;
    const smap_geometry *geometry = NULL;
    smap_geometry_builder *b = NULL;
    SMAP_TRY(smap_table_new(NULL, 0, 0, &none, err), done);
    if (schema->shapes & ~(unsigned)SMAP__SHAPE_NONE) {
        SMAP_TRY(smap__crs_wgs84(ctx, &crs, err), done);
        SMAP_TRY(smap_geometry_builder_new(crs, &b, err), done);
        SMAP_TRY(smap_geometry_builder_finish(b, &geometry, err), done);
    }
    const smap_layer nothing = { .name = schema->name, .table = none, .geometry = geometry };
    status = smap__conform(ctx, schema, NULL, &nothing, out, err);
done:
    smap_geometry_builder_free(b);
    smap_geometry_free(geometry);
    smap_crs_free(crs);
    smap_table_free(none);
    return status;
}

smap_status smap__conform_check(const smap__schema *schema, const smap_layer *layer, smap_error *err) {
    for (int i = 0; i < smap_table_columns(layer->table); i++) {
        const char *name = smap_table_at(layer->table, i)->name;
        if (!smap__schema_field(schema, name))
            return smap__fail(
                err, SMAP_E_SCHEMA, name,
                "layer %s has no column \"%s\" in the model; add it to data/model/%s.json or leave it out",
                schema->name, name, schema->name);
    }
    return SMAP_OK;
}
