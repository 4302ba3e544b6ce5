#include "intake/intake.h"

#include <string.h>

#include "base/alloc.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "base/str.h"
#include "intake/column_plan.h"
#include "intake/field_column.h"
#include "intake/other_tags.h"
#include "intake/position.h"
#include "intake/row_notes.h"

/* A row of which every cell is empty. */
static bool is_blank(const smap_layer *source, int64_t row) {
    if (source->geometry && source->geometry->type[row] != SMAP_GEOM_NULL) return false;
    for (int i = 0; i < smap_table_columns(source->table); i++) {
        const smap_column *c = smap_table_at(source->table, i);
        if (smap_column_is_null(c, row)) continue;
        if (c->type != SMAP_TEXT) return false;
        size_t len = 0;
        const char *text = smap_column_text(c, row, &len);
        smap__trim(&text, &len);
        if (len > 0) return false;
    }
    return true;
}

static smap_status mark_blank_rows(smap__source_rows *rows, int64_t first_row, int64_t *rows_in, smap_error *err) {
    int64_t blank = 0, first_blank = -1;
    for (int64_t row = 0; row < rows->count; row++) {
        if (row >= first_row && !is_blank(rows->source, row)) continue;
        rows->state[row] = SMAP__ROW_BLANK;
        if (row < first_row) continue;
        if (blank++ == 0) first_blank = row;
    }
    *rows_in = rows->count - first_row - blank;
    if (blank == 0) return SMAP_OK;
    return smap__row_note(rows, SMAP__INFO, "row_blank", first_blank, "", NULL, NULL, err,
                          "blank rows passed over: %lld", (long long)blank);
}

/* Does the cell of a field that names a row hold a word for "total"? */
static bool is_total(const smap__source_rows *rows, const smap__column_plan *plan, const smap__rules *rules, int field,
                     int64_t row) {
    const smap__field *f = &rows->schema->field[field];
    bool names_row = f->key || strcmp(f->name, "name_en") == 0 || strcmp(f->name, "name_ar") == 0;
    if (!names_row || plan->column[field] < 0) return false;
    const smap_column *c = smap_table_at(rows->source->table, plan->column[field]);
    if (c->type != SMAP_TEXT || smap_column_is_null(c, row)) return false;
    size_t len;
    const char *text = smap_column_text(c, row, &len);
    return smap__domain_find(rules->total_words, text, len) >= 0;
}

/* Field lists end in a line that adds up the others; taken for a row, its people would count twice. */
static smap_status reject_totals(smap__source_rows *rows, const smap__column_plan *plan, const smap__rules *rules,
                                 smap_error *err) {
    smap_status status = SMAP_OK;
    for (int64_t row = plan->first_row; row < rows->count && status == SMAP_OK; row++) {
        if (rows->state[row] != SMAP__ROW_KEPT) continue;
        for (int i = 0; i < rows->schema->fields; i++) {
            if (!is_total(rows, plan, rules, i, row)) continue;
            const smap__field *field = &rows->schema->field[i];
            const char *column = smap_table_at(rows->source->table, plan->column[i])->name;
            status =
                smap__row_note(rows, SMAP__REJECTED, "row_of_totals", row, column, field, NULL, err,
                               "%s: the row adds up the others; taken in, its figures would count twice", field->name);
            break;
        }
    }
    return status;
}

/* A field that every row needs, and that the source has not at all, is one mistake, not one a row. */
static smap_status check_required(const smap__column_plan *plan, const smap_layer *source, const smap__schema *schema,
                                  smap_error *err) {
    smap__str columns = SMAP__STR_INIT;
    for (int i = 0; i < smap_table_columns(source->table); i++) {
        if (i) smap__str_put(&columns, ", ");
        smap__str_put(&columns, smap_table_at(source->table, i)->name);
    }
    smap_status status = SMAP_OK;
    for (int i = 0; i < schema->fields && status == SMAP_OK; i++) {
        const char *name = schema->field[i].name;
        if (!schema->field[i].required || plan->column[i] >= 0 || plan->set[i]) continue;
        status = smap__fail(
            err, SMAP_E_SCHEMA, name,
            "layer \"%s\" needs %s (%s), and no column of %s is it; say which with --map 'COLUMN=%s' or give "
            "one value with --set %s=VALUE; the columns are: %s",
            schema->name, name, schema->field[i].label.en, source->name, name, name, columns.data ? columns.data : "");
    }
    smap__str_release(&columns);
    return status;
}

/* The rows that are kept, with their number in the source as feature id. */
static smap_status keep_rows(const smap__source_rows *rows, const smap_table *table, const smap_geometry *geometry,
                             const smap_layer **out, smap_error *err) {
    smap_status status = SMAP_OK;
    const smap_layer *whole = NULL;
    int64_t *kept = smap__zalloc((size_t)rows->count, sizeof *kept);
    int64_t *number = smap__zalloc((size_t)rows->count, sizeof *number);
    int64_t count = 0;
    if (!kept || !number) {
        status = smap__fail_memory(err);
        goto done;
    }
    for (int64_t row = 0; row < rows->count; row++) {
        number[row] = smap__row_number(rows->source, row);
        if (rows->state[row] == SMAP__ROW_KEPT) kept[count++] = row;
    }
    SMAP_TRY(smap_layer_new(rows->schema->name, table, geometry, number, &whole, err), done);
    SMAP_TRY(smap_layer_take(whole, kept, count, out, err), done);
done:
    smap_layer_free(whole);
    smap__free(kept);
    smap__free(number);
    return status;
}

static bool has_positions(const smap__column_plan *plan, const smap_layer *source) {
    return source->geometry || (plan->lat >= 0 && plan->lon >= 0) || plan->gps >= 0 || plan->wkt >= 0;
}

/* The layer without what only the model has. */
static smap_status keep_given(const smap__column_plan *plan, const smap_layer *source, const smap_layer *layer,
                              const smap_layer **out, smap_error *err) {
    const smap_table *table = NULL;
    const smap_column **columns = smap__zalloc((size_t)plan->fields, sizeof *columns);
    if (!columns) return smap__fail_memory(err);
    int count = 0;
    for (int i = 0; i < plan->fields; i++)
        if (plan->column[i] >= 0 || plan->set[i]) columns[count++] = smap_table_at(layer->table, i);
    smap_status status = smap_table_new(columns, count, smap_table_rows(layer->table), &table, err);
    if (status == SMAP_OK)
        status = smap_layer_new(layer->name, table, has_positions(plan, source) ? layer->geometry : NULL, layer->fid,
                                out, err);
    smap_table_free(table);
    smap__free(columns);
    return status;
}

static smap_status list_used(const smap__column_plan *plan, const smap_layer *source, const smap__schema *schema,
                             smap__intake *out, smap_error *err) {
    out->used = smap__zalloc((size_t)plan->columns, sizeof *out->used);
    if (!out->used) return smap__fail_memory(err);
    for (int i = 0; i < plan->columns; i++) {
        int target = plan->target[i];
        if (target == SMAP__TARGET_NONE) continue;
        const char *field = smap__target_name(schema, target);
        char *from = smap__strdup(smap_table_at(source->table, i)->name), *to = smap__strdup(field);
        out->used[out->used_count++] = (smap__pair){ from, to };
        if (!from || !to) return smap__fail_memory(err);
    }
    return SMAP_OK;
}

static const char *set_value(const smap__mapping *mapping, const char *key) {
    for (int i = 0; i < mapping->sets; i++) {
        if (strcmp(mapping->set[i].key, key) == 0) return mapping->set[i].value;
    }
    return NULL;
}

static smap_status map_columns(smap_ctx *ctx, const smap_layer *source, const smap__schema *schema,
                               const smap__mapping *mapping, smap__findings *findings, smap__intake *out,
                               smap_error *err) {
    static const smap__mapping none = { NULL, 0, NULL, 0 };
    smap_status status = SMAP_OK;
    smap__rules rules;
    smap__column_plan plan = { 0 };
    smap__intake intake = { 0 };
    smap__source_rows rows = { source, schema, findings, NULL, smap_table_rows(source->table), 0, "geometry" };
    const smap_table *table = NULL;
    const smap_geometry *geometry = NULL;
    size_t first_finding = findings ? findings->count : 0;
    if (!mapping) mapping = &none;
    rows.state = smap__zalloc((size_t)rows.count, 1);
    if (!rows.state) return smap__fail_memory(err);
    SMAP_TRY(smap__rules_load(ctx, set_value(mapping, "country"), &rules, err), done);
    SMAP_TRY(smap__column_plan_make(ctx, source, schema, mapping, &rules, findings, &plan, err), done);
    SMAP_TRY(check_required(&plan, source, schema, err), done);
    SMAP_TRY(mark_blank_rows(&rows, plan.first_row, &intake.rows_in, err), done);
    SMAP_TRY(reject_totals(&rows, &plan, &rules, err), done);
    SMAP_TRY(smap__field_columns(ctx, &plan, &rules, &rows, &table, err), done);
    SMAP_TRY(smap__positions(ctx, &plan, &rules, &rows, &geometry, err), done);
    SMAP_TRY(keep_rows(&rows, table, geometry, &intake.layer, err), done);
    SMAP_TRY(keep_given(&plan, source, intake.layer, &intake.given, err), done);
    SMAP_TRY(list_used(&plan, source, schema, &intake, err), done);
    SMAP_TRY(smap__sort_findings(findings, first_finding, err), done);
    intake.rows_rejected = rows.rejected;
    *out = intake;
done:
    if (status != SMAP_OK) smap__intake_release(&intake);
    smap_table_free(table);
    smap_geometry_free(geometry);
    smap__column_plan_release(&plan);
    smap__free(rows.state);
    return status;
}

smap_status smap__intake_map(smap_ctx *ctx, const smap_layer *source, const smap__schema *schema,
                             const smap__mapping *mapping, smap__findings *findings, smap__intake *out,
                             smap_error *err) {
    const smap_layer *wide = NULL;
    smap_status status = smap__other_tags_spread(source, schema, &wide, err);
    if (status == SMAP_OK) status = map_columns(ctx, wide, schema, mapping, findings, out, err);
    smap_layer_free(wide);
    return status;
}

void smap__intake_release(smap__intake *intake) {
    for (int i = 0; i < intake->used_count; i++) {
        union {
            const char *fixed;
            char *owned;
        } key = { intake->used[i].key }, value = { intake->used[i].value };
        smap__free(key.owned);
        smap__free(value.owned);
    }
    smap__free(intake->used);
    smap_layer_free(intake->layer);
    smap_layer_free(intake->given);
    *intake = (smap__intake){ 0 };
}
