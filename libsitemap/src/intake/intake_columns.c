#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "intake/field_column.h"
#include "intake/intake.h"
#include "intake/other_tags.h"
#include "intake/rules.h"

/* The schema without what rows must have, and without bounds: nothing is rejected, and what cannot be is for the
 * analysis to tell, which knows what it means. */
static smap_status relax(const smap__schema *schema, smap__field **fields, smap__schema *out, smap_error *err) {
    smap__field *copy = smap__zalloc((size_t)schema->fields + 1, sizeof *copy);
    if (!copy) return smap__fail_memory(err);
    memcpy(copy, schema->field, (size_t)schema->fields * sizeof *copy);
    for (int i = 0; i < schema->fields; i++) copy[i].required = copy[i].has_min = copy[i].has_max = false;
    *out = *schema;
    out->field = *fields = copy;
    return SMAP_OK;
}

typedef struct remark {
    const smap__finding *first;
    int64_t more;
} remark;

/* One finding for each code and column: the first, and how many more there are. */
static smap_status sum_up(const smap__findings *all, smap__findings *out, smap_error *err) {
    remark *kinds = NULL;
    size_t count = 0, capacity = 0;
    smap_status status = SMAP_OK;
    for (size_t i = 0; i < all->count && status == SMAP_OK; i++) {
        const smap__finding *f = &all->items[i];
        size_t k = 0;
        if (strcmp(f->code, "column_unused") == 0) continue;
        while (k < count && (strcmp(kinds[k].first->code, f->code) != 0 || strcmp(kinds[k].first->column, f->column)))
            k++;
        if (k < count)
            kinds[k].more++;
        else if (!smap__grow(&kinds, &capacity, count + 1, sizeof *kinds))
            status = smap__fail_memory(err);
        else
            kinds[count++] = (remark){ f, 0 };
    }
    for (size_t k = 0; k < count && status == SMAP_OK; k++) {
        const smap__finding *f = kinds[k].first;
        char more[48] = "";
        if (kinds[k].more) snprintf(more, sizeof more, " (and %lld more)", (long long)kinds[k].more);
        status =
            smap__findings_add(out, err, f->severity, f->code, f->row, f->column, f->value, "%s%s", f->message, more);
    }
    smap__free(kinds);
    return status;
}

/* Rows before `first` are tags of HXL. */
static smap_status put_together(const smap__source_rows *rows, const smap_table *table, int64_t first,
                                const smap_layer **out, smap_error *err) {
    const smap_layer *source = rows->source, *whole = NULL;
    if (first == 0) return smap_layer_new(rows->schema->name, table, source->geometry, source->fid, out, err);
    int64_t *keep = smap__zalloc((size_t)rows->count + 1, sizeof *keep);
    smap_status status = keep ? SMAP_OK : smap__fail_memory(err);
    for (int64_t row = first; row < rows->count && status == SMAP_OK; row++) keep[row - first] = row;
    if (status == SMAP_OK)
        status = smap_layer_new(rows->schema->name, table, source->geometry, source->fid, &whole, err);
    if (status == SMAP_OK) status = smap_layer_take(whole, keep, rows->count - first, out, err);
    smap_layer_free(whole);
    smap__free(keep);
    return status;
}

smap_status smap__intake_columns(smap_ctx *ctx, const smap_layer *source, const smap__schema *schema,
                                 smap__findings *findings, const smap_layer **out, smap_error *err) {
    static const smap__mapping none = { NULL, 0, NULL, 0 };
    smap_status status = SMAP_OK;
    const smap_layer *wide = NULL;
    const smap_table *table = NULL;
    smap__field *fields = NULL;
    smap__schema open;
    smap__rules rules;
    smap__column_plan plan = { 0 };
    smap__findings all = SMAP__FINDINGS_INIT;
    smap__source_rows rows = { .schema = &open, .findings = &all, .count = smap_table_rows(source->table) };
    SMAP_TRY(relax(schema, &fields, &open, err), done);
    SMAP_TRY(smap__other_tags_spread(source, schema, &wide, err), done);
    rows.source = wide;
    rows.state = smap__zalloc((size_t)rows.count + 1, 1);
    if (!rows.state) SMAP_TRY(smap__fail_memory(err), done);
    SMAP_TRY(smap__rules_load(ctx, "any", &rules, err), done);
    SMAP_TRY(smap__column_plan_make(ctx, wide, &open, &none, &rules, &all, &plan, err), done);
    memset(rows.state, SMAP__ROW_BLANK, (size_t)plan.first_row);
    SMAP_TRY(smap__field_columns(ctx, &plan, &rules, &rows, &table, err), done);
    SMAP_TRY(sum_up(&all, findings, err), done);
    SMAP_TRY(put_together(&rows, table, plan.first_row, out, err), done);
done:
    smap__column_plan_release(&plan);
    smap__findings_release(&all);
    smap_table_free(table);
    smap_layer_free(wide);
    smap__free(rows.state);
    smap__free(fields);
    return status;
}
