/* What the columns of hazard polygons say: a class in words or numbers, or an intensity in the unit of a scale. */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "col/cell.h"
#include "col/words.h"
#include "job/hazard_run.h"
#include "job/result.h"

enum { MOST_WORDS = 20 };

/* ---- which column --------------------------------------------------------------------------------------------------
 */

static void list_columns(const smap_table *table, smap__str *out) {
    for (int i = 0; i < smap_table_columns(table); i++)
        smap__str_printf(out, "%s%s", i ? ", " : "", smap_table_at(table, i)->name);
}

/* The column that is the field `name` of the model's layer hazard, by its name, label or alias; one with values. */
static smap_status usual_column(smap_ctx *ctx, const smap_table *table, const char *name, const smap_column **out,
                                smap_error *err) {
    const smap__schema *schema;
    smap_status status = smap__schema_get(ctx, "hazard", &schema, err);
    const smap__field *field = status == SMAP_OK ? smap__schema_field(schema, name) : NULL;
    smap__named best = SMAP__NAMED_NOT;
    *out = NULL;
    for (int i = 0; field && i < smap_table_columns(table); i++) {
        const smap_column *column = smap_table_at(table, i);
        smap__named named = smap__field_named(field, column->name, strlen(column->name));
        if (named >= best || column->null_count == column->count) continue;
        best = named;
        *out = column;
    }
    return status;
}

/* A cell as a number; files without types (CSV) have them as text. */
static bool number_of(const smap_column *column, int64_t row, double *out) {
    size_t len;
    if (column->type != SMAP_TEXT) return smap__cell_number(column, row, out);
    const char *text = smap_column_text(column, row, &len);
    smap__trim(&text, &len);
    return smap__parse_real(text, len, out);
}

static bool has_numbers(const smap_column *column) {
    double number;
    for (int64_t i = 0; i < column->count; i++)
        if (number_of(column, i, &number)) return true;
    return false;
}

static smap_status fail_column(const smap__hazard *h, const char *what, smap_error *err) {
    smap__str list = SMAP__STR_INIT;
    list_columns(h->polygons->table, &list);
    smap_status status =
        smap__fail(err, SMAP_E_ARGUMENT, "column", "hazard %s: %s; %s has %s", h->spec.name, what,
                   h->spec.source ? h->spec.source : "the layer hazard", list.data ? list.data : "no columns");
    smap__str_release(&list);
    return status;
}

/* The column told, else the usual one; NULL where polygons carry neither class nor intensity. */
static smap_status choose_column(smap_ctx *ctx, const smap__hazard *h, const char *told, bool intensity,
                                 const smap_column **out, smap_error *err) {
    const smap_table *table = h->polygons->table;
    char what[160];
    if (told) {
        *out = smap_table_find(table, told);
        if (!*out) {
            snprintf(what, sizeof what, "there is no column \"%.60s\"", told);
            return fail_column(h, what, err);
        }
    } else {
        smap_status status = usual_column(ctx, table, intensity ? "intensity" : "class", out, err);
        if (status != SMAP_OK) return status;
    }
    if (intensity && !*out) return fail_column(h, "say with column= which column holds its intensity", err);
    if (intensity && !has_numbers(*out)) {
        snprintf(what, sizeof what,
                 "the column \"%.60s\" holds no numbers: leave out unit= where it holds classes in words",
                 (*out)->name);
        return fail_column(h, what, err);
    }
    return SMAP_OK;
}

/* ---- intensities ---------------------------------------------------------------------------------------------------
 */

static smap_status take_values(smap__hazard_run *run, smap__hazard *h, const smap_column *column, smap_error *err) {
    int64_t n = smap_table_rows(h->polygons->table), missing = 0;
    h->value = smap__zalloc((size_t)n, sizeof *h->value);
    if (!h->value) return smap__fail_memory(err);
    h->has_value = true;
    for (int64_t i = 0; i < n; i++) {
        if (!number_of(column, i, &h->value[i])) h->value[i] = NAN;
        h->klass[i] = (int8_t)smap__class_of(h->scale, h->value[i]);
        missing += h->klass[i] == SMAP__CLASS_UNKNOWN;
    }
    if (missing == 0) return SMAP_OK;
    return smap__findings_add(&run->findings, err, SMAP__WARNING, "hazard_without_intensity", 0, column->name, NULL,
                              "hazard %s: %lld of %lld polygons have no intensity that can be used in \"%s\"; where "
                              "they lie the hazard is not known",
                              h->spec.name, (long long)missing, (long long)n, column->name);
}

/* ---- words ---------------------------------------------------------------------------------------------------------
 */

static void list_classes(const smap__class_scale *scale, smap__str *out) {
    for (int k = 0; k < scale->classes; k++) smap__str_printf(out, "%s%s", k ? ", " : "", scale->klass[k].code);
}

static smap_status note_word(smap__hazard_run *run, const smap__hazard *h, const smap_column *column, const char *word,
                             int64_t times, smap_error *err) {
    smap__str classes = SMAP__STR_INIT;
    list_classes(h->scale, &classes);
    smap_status status = smap__findings_add(
        &run->findings, err, SMAP__WARNING, "unknown_class", 0, column->name, word,
        "hazard %s: \"%.60s\" (%lld polygons) is no class of the scale %s, which has %s; where they lie the class "
        "is not known",
        h->spec.name, word, (long long)times, h->scale->name, classes.data ? classes.data : "none");
    smap__str_release(&classes);
    return status;
}

static smap_status note_words(smap__hazard_run *run, const smap__hazard *h, const smap_column *column,
                              const smap__words *w, const int8_t *klass, int64_t empty, smap_error *err) {
    smap_status status = SMAP_OK;
    int64_t told = 0, more = 0;
    for (int32_t i = 0; i < smap__dict_count(w->dict) && status == SMAP_OK; i++) {
        if (klass[i] != SMAP__CLASS_UNKNOWN) continue;
        if (told++ < MOST_WORDS)
            status = note_word(run, h, column, smap__dict_text(w->dict, i), w->times[i], err);
        else
            more += w->times[i];
    }
    if (status == SMAP_OK && more)
        status = smap__findings_add(&run->findings, err, SMAP__WARNING, "unknown_class", 0, column->name, NULL,
                                    "hazard %s: %lld polygons more have one of %lld other words that are no class of "
                                    "the scale %s",
                                    h->spec.name, (long long)more, (long long)(told - MOST_WORDS), h->scale->name);
    if (status == SMAP_OK && empty)
        status = smap__findings_add(&run->findings, err, SMAP__WARNING, "hazard_without_class", 0, column->name, NULL,
                                    "hazard %s: %lld polygons have no class; where they lie the class is not known",
                                    h->spec.name, (long long)empty);
    return status;
}

/* No polygon has a class: most likely the wrong column or the wrong scale. */
static smap_status check_any(const smap__hazard *h, const smap_column *column, const int8_t *klass, int32_t count,
                             smap_error *err) {
    for (int32_t i = 0; i < count; i++)
        if (klass[i] != SMAP__CLASS_UNKNOWN) return SMAP_OK;
    char what[256];
    snprintf(what, sizeof what,
             "nothing in the column \"%.60s\" is a class of the scale %s; name its scale with classes=, or give unit= "
             "where it holds an intensity",
             column->name, h->scale->name);
    return count ? fail_column(h, what, err) : SMAP_OK;
}

static smap_status take_words(smap__hazard_run *run, smap__hazard *h, const smap_column *column, smap_error *err) {
    smap__words w = { NULL, NULL, NULL };
    int64_t empty = 0;
    smap_status status = smap__words_collect(column, &w, err);
    int32_t count = status == SMAP_OK ? smap__dict_count(w.dict) : 0;
    int8_t *klass = smap__zalloc((size_t)count + 1, sizeof *klass);
    if (status == SMAP_OK && !klass) status = smap__fail_memory(err);
    for (int32_t i = 0; status == SMAP_OK && i < count; i++) {
        const char *word = smap__dict_text(w.dict, i);
        klass[i] = (int8_t)smap__class_find(run->ctx, h->scale, word, strlen(word));
    }
    for (int64_t i = 0; status == SMAP_OK && i < column->count; i++) {
        h->klass[i] = w.of_row[i] < 0 ? SMAP__CLASS_UNKNOWN : klass[w.of_row[i]];
        empty += w.of_row[i] < 0;
    }
    if (status == SMAP_OK) status = check_any(h, column, klass, count, err);
    if (status == SMAP_OK) status = note_words(run, h, column, &w, klass, empty, err);
    smap__free(klass);
    smap__words_release(&w);
    return status;
}

/* ---- all ------------------------------------------------------------------------------------------------------------
 */

/* Polygons that carry nothing but their shape: inside is affected. */
static smap_status take_presence(smap__hazard_run *run, smap__hazard *h, smap_error *err) {
    int64_t n = smap_table_rows(h->polygons->table);
    if (!h->spec.classes) {
        smap_status status = smap__class_scale_get(run->ctx, "observed_extent", &h->scale, err);
        if (status != SMAP_OK) return status;
    }
    if (h->scale->classes != 1) return fail_column(h, "say with column= which column holds its class", err);
    for (int64_t i = 0; i < n; i++) h->klass[i] = 1;
    return smap__findings_add(&run->findings, err, SMAP__INFO, "hazard_by_extent", 0, NULL, NULL,
                              "hazard %s has no column of classes: inside of its polygons counts as affected",
                              h->spec.name);
}

smap_status smap__hazard_classify(smap__hazard_run *run, smap__hazard *h, const char *told, smap_error *err) {
    const smap_column *column = NULL;
    smap_status status = SMAP_OK;
    bool chosen = h->spec.unit || h->spec.classes;
    if (chosen) status = smap__hazard_scale(run->ctx, &run->arena, &h->spec, &h->scale, err);
    if (status != SMAP_OK) return status;
    bool intensity = chosen && (*h->scale->unit || h->spec.unit || !h->scale->names);
    status = choose_column(run->ctx, h, told, intensity, &column, err);
    if (status != SMAP_OK) return status;
    h->klass = smap__zalloc((size_t)smap_table_rows(h->polygons->table), sizeof *h->klass);
    if (!h->klass) return smap__fail_memory(err);
    if (!column) return take_presence(run, h, err);
    if (intensity) return take_values(run, h, column, err);
    if (!chosen) status = smap__class_scale_fit(run->ctx, h->spec.kind, column, &h->scale, err);
    return status == SMAP_OK ? take_words(run, h, column, err) : status;
}
