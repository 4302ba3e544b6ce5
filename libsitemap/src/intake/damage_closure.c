#include "intake/damage_closure.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/str.h"
#include "col/cell.h"
#include "model/data_table.h"

enum { OBJECT, GRADE, KIND, PASSABLE, CONFIDENCE, COLUMNS };
static const char *const column_names[COLUMNS] = { "object", "grade", "kind", "passable", "confidence" };

smap_status smap__damage_closure_get(smap_ctx *ctx, const char *object, const char *grade, smap__damage_closure *out,
                                     smap_error *err) {
    const smap__data_table *t;
    smap_status status = smap__standard_get(ctx, "damage_closure", column_names, COLUMNS, &t, err);
    int64_t found = -1;
    bool exact = false;
    for (int64_t row = 0; status == SMAP_OK && row < t->rows && !exact; row++) {
        const char *of = smap__data_table_text(t, row, GRADE);
        if (strcmp(smap__data_table_text(t, row, OBJECT), object) != 0) continue;
        exact = grade && *grade && strcmp(of, grade) == 0;
        if (exact || strcmp(of, "*") == 0) found = row;
    }
    if (status == SMAP_OK && found < 0)
        status = smap__fail(err, SMAP_E_FORMAT, t->path, "%s: no row is for the object \"%s\" and any grade (*)",
                            t->path, object);
    if (status == SMAP_OK)
        *out = (smap__damage_closure){ smap__data_table_text(t, found, KIND), smap__data_table_text(t, found, PASSABLE),
                                       smap__data_table_text(t, found, CONFIDENCE) };
    return status;
}

/* ---- bridges among damage observations ---- */

enum { MADE = 4, KEPT = 9 };
static const char *const made_names[MADE] = { "closure_id", "kind", "passable", "confidence" };
/* Columns of `damage` and what they are called in `closure`. */
static const struct {
    const char *from, *to;
} kept[KEPT] = {
    { "use_source", "object_source" }, { "grade_source", "grade_source" }, { "date", "date" }, { "source", "source" },
    { "product", "product" },          { "activation", "activation" },     { "aoi", "aoi" },   { "version", "version" },
    { "completeness", "completeness" }
};

static smap_status append(smap_column_builder *b, const char *text, smap_error *err) {
    return *text ? smap_column_append_text(b, text, strlen(text), err) : smap_column_append_null(b, err);
}

static smap_status judge(smap_ctx *ctx, const smap_table *damage, int64_t row, smap_column_builder *const *made,
                         smap_error *err) {
    const smap_column *sure = smap_table_find(damage, "confidence");
    smap__damage_closure rule;
    smap__str id = SMAP__STR_INIT, grade = SMAP__STR_INIT;
    smap__str_put(&id, SMAP__DAMAGE_CLOSURE_PREFIX);
    smap__cell_put(&id, smap_table_find(damage, "damage_id"), row);
    if (smap_table_find(damage, "grade")) smap__cell_put(&grade, smap_table_find(damage, "grade"), row);
    smap_status status = id.failed || grade.failed ? smap__fail_memory(err)
                                                   : smap__damage_closure_get(ctx, "bridge", grade.data, &rule, err);
    if (status == SMAP_OK) status = append(made[0], id.data, err);
    if (status == SMAP_OK) status = append(made[1], rule.kind, err);
    if (status == SMAP_OK) status = append(made[2], rule.passable, err);
    if (status == SMAP_OK && sure && !smap_column_is_null(sure, row))
        status = smap__cell_append(made[3], sure, row, err);
    else if (status == SMAP_OK)
        status = append(made[3], rule.confidence, err);
    smap__str_release(&id);
    smap__str_release(&grade);
    return status;
}

static smap_status make_columns(smap_ctx *ctx, const smap_table *damage, const smap_column **column, int *columns,
                                smap_error *err) {
    smap_column_builder *made[MADE] = { NULL };
    smap_status status = SMAP_OK;
    for (int i = 0; i < MADE && status == SMAP_OK; i++)
        status = smap_column_builder_new(made_names[i], SMAP_TEXT, &made[i], err);
    for (int64_t row = 0; row < smap_table_rows(damage) && status == SMAP_OK; row++)
        status = judge(ctx, damage, row, made, err);
    for (int i = 0; i < MADE && status == SMAP_OK; i++) {
        status = smap_column_builder_finish(made[i], &column[*columns], err);
        *columns += status == SMAP_OK;
    }
    for (int i = 0; i < KEPT && status == SMAP_OK; i++) {
        const smap_column *c = smap_table_find(damage, kept[i].from);
        if (c) status = smap_column_rename(c, kept[i].to, &column[*columns], err);
        *columns += c && status == SMAP_OK;
    }
    for (int i = 0; i < MADE; i++) smap_column_builder_free(made[i]);
    return status;
}

smap_status smap__damage_closures(smap_ctx *ctx, const smap_layer *damage, const smap_layer **out, smap_error *err) {
    const smap_column *use = smap_table_find(damage->table, "use"), *column[MADE + KEPT];
    const smap_layer *bridges = NULL;
    const smap_table *table = NULL;
    int64_t count = 0, rows = smap_table_rows(damage->table);
    int columns = 0;
    int64_t *keep = smap__zalloc((size_t)rows + 1, sizeof *keep);
    if (!keep) return smap__fail_memory(err);
    for (int64_t row = 0; row < rows; row++)
        if (smap__cell_is(use, row, "bridge")) keep[count++] = row;
    smap_status status = smap_layer_take(damage, keep, count, &bridges, err);
    if (status == SMAP_OK) status = make_columns(ctx, bridges->table, column, &columns, err);
    if (status == SMAP_OK) status = smap_table_new(column, columns, count, &table, err);
    if (status == SMAP_OK) status = smap_layer_new("damage", table, bridges->geometry, NULL, out, err);
    for (int i = 0; i < columns; i++) smap_column_free(column[i]);
    smap_table_free(table);
    smap_layer_free(bridges);
    smap__free(keep);
    return status;
}
