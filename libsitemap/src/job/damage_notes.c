#include "job/damage_notes.h"

#include <stddef.h>
#include <string.h>

#include "base/fail.h"
#include "base/str.h"
#include "col/cell.h"
#include "job/result.h"
#include "model/domain.h"

enum { MOST_AREAS = 12 };

/* The English label of a code within a sentence: lower case, as the code itself where the vocabulary lacks it. */
static void put_label(const smap__domain *domain, const char *code, size_t len, smap__str *out) {
    int at = smap__domain_code(domain, code, len);
    if (at < 0) {
        smap__str_put_n(out, code, len);
        return;
    }
    for (const char *c = domain->code[at].label.en; *c; c++)
        smap__str_put_char(out, *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c);
}

static void put_code(const smap__domain *domain, const smap_column *column, int64_t row, smap__str *out) {
    size_t len;
    const char *code = smap_column_text(column, row, &len);
    put_label(domain, code, len, out);
}

/* A column of the damage table that counts a grade. */
static bool is_count(const smap_column *column) {
    return column->type == SMAP_INT64;
}

static bool has_counts(const smap_table *t, int64_t row) {
    for (int c = 0; c < smap_table_columns(t); c++)
        if (is_count(smap_table_at(t, c)) && !smap_column_is_null(smap_table_at(t, c), row)) return true;
    return false;
}

/* Of the table by area, or of a layer of results. Areas without a P-code have a name only, others an ID only. */
static const smap_column *area_name(const smap_table *t) {
    const smap_column *name = smap_table_find(t, "area");
    return name ? name : smap_table_find(t, "area_name_en");
}

static bool same_area(const smap_table *t, int64_t a, int64_t b) {
    const smap_column *id = smap_table_find(t, "area_id"), *name = area_name(t);
    return smap__cell_compare(id, a, id, b) == 0 && smap__cell_compare(name, a, name, b) == 0;
}

static bool has_area(const smap_table *t, int64_t row) {
    return !smap_column_is_null(area_name(t), row) || !smap_column_is_null(smap_table_find(t, "area_id"), row);
}

static void put_area(const smap_table *t, int64_t row, smap__str *out) {
    const smap_column *name = area_name(t);
    if (!has_area(t, row))
        smap__str_put(out, "In none of the areas");
    else
        smap__cell_put(out, smap_column_is_null(name, row) ? smap_table_find(t, "area_id") : name, row);
}

static smap_status add_note(smap__str *text, smap_result *result, smap_error *err) {
    smap_status status = text->data ? smap__result_note(result, err, "%s", text->data) : smap__fail_memory(err);
    smap__str_release(text);
    return status;
}

/* "Al Marj: residential 18 damaged, 60 possibly damaged; unclassified 15 damaged, 6 possibly damaged" */
static smap_status note_area(smap_ctx *ctx, const smap_table *t, int64_t first, int64_t end, smap_result *result,
                             smap_error *err) {
    const smap__domain *uses, *grades;
    smap_status status = smap__domain_get(ctx, "building_use", &uses, err);
    if (status == SMAP_OK) status = smap__domain_get(ctx, "damage_grade", &grades, err);
    if (status != SMAP_OK) return status;
    const smap_column *use = smap_table_find(t, "use"), *statement = smap_table_find(t, "statement");
    smap__str text = SMAP__STR_INIT;
    put_area(t, first, &text);
    for (int64_t i = first; i < end; i++) {
        const char *before = i == first ? ": " : "; ";
        for (int c = 0; c < smap_table_columns(t); c++) {
            const smap_column *count = smap_table_at(t, c);
            if (!is_count(count) || smap_column_is_null(count, i)) continue;
            smap__str_put(&text, before);
            if (before[0] != ',' && !smap_column_is_null(use, i)) {
                put_code(uses, use, i, &text);
                smap__str_put_char(&text, ' ');
            }
            smap__str_printf(&text, "%lld ", (long long)count->v.i[i]);
            put_label(grades, count->name, strlen(count->name), &text);
            before = ", ";
        }
    }
    if (!smap_column_is_null(statement, first)) {
        smap__str_put(&text, ". ");
        smap__cell_put(&text, statement, first);
    }
    return add_note(&text, result, err);
}

/* "Tobruk, Wadi Qattara Dam: Not produced: ...": the areas without counts that share the statement of row `first`. */
static smap_status note_unknown(const smap_table *t, int64_t first, smap_result *result, smap_error *err) {
    const smap_column *statement = smap_table_find(t, "statement");
    smap__str text = SMAP__STR_INIT;
    for (int64_t i = 0; i < smap_table_rows(t); i++) {
        if (has_counts(t, i) || smap__cell_compare(statement, i, statement, first) != 0) continue;
        if (i < first) {
            smap__str_release(&text);
            return SMAP_OK;
        }
        if (i > first) smap__str_put(&text, ", ");
        put_area(t, i, &text);
    }
    smap__str_put(&text, ": ");
    smap__cell_put(&text, statement, first);
    return add_note(&text, result, err);
}

/* "Derna: flooded area 21.34 ha, flood trace 602.81 ha" */
static smap_status note_events(smap_ctx *ctx, const smap_table *t, int64_t first, int64_t end, smap_result *result,
                               smap_error *err) {
    const smap__domain *classes;
    smap_status status = smap__domain_get(ctx, "hazard_class", &classes, err);
    if (status != SMAP_OK) return status;
    const smap_column *area = smap_table_find(t, "area_ha"), *class = smap_table_find(t, "class");
    smap__str text = SMAP__STR_INIT;
    put_area(t, first, &text);
    const char *before = ": ";
    for (int64_t i = first; i < end; i++) {
        if (smap_column_is_null(area, i) || smap_column_is_null(class, i)) continue;
        smap__str_put(&text, before);
        put_code(classes, class, i, &text);
        smap__str_printf(&text, " %.2f ha", area->v.f[i]);
        before = ", ";
    }
    if (before[0] == ',') return add_note(&text, result, err);
    smap__str_release(&text);
    return SMAP_OK;
}

smap_status smap__damage_notes(smap_ctx *ctx, const smap_table *table, const smap_layer *extent, smap_result *result,
                               smap_error *err) {
    smap_status status = SMAP_OK;
    int64_t rows = smap_table_rows(table), areas = 0;
    for (int64_t i = 0, next; status == SMAP_OK && i < rows; i = next) {
        for (next = i + 1; next < rows && same_area(table, i, next);) next++;
        if (has_counts(table, i) && areas++ < MOST_AREAS) status = note_area(ctx, table, i, next, result, err);
    }
    if (status == SMAP_OK && areas > MOST_AREAS)
        status =
            smap__result_note(result, err, "... and %lld areas more, in the table", (long long)(areas - MOST_AREAS));
    const smap_table *events = extent ? extent->table : NULL;
    int64_t event_rows = events ? smap_table_rows(events) : 0;
    for (int64_t i = 0, next; status == SMAP_OK && i < event_rows && i < MOST_AREAS; i = next) {
        for (next = i + 1; next < event_rows && same_area(events, i, next);) next++;
        status = note_events(ctx, events, i, next, result, err);
    }
    for (int64_t i = 0; status == SMAP_OK && i < rows && rows <= 8 * MOST_AREAS; i++)
        if (!has_counts(table, i)) status = note_unknown(table, i, result, err);
    return status;
}
