#include "model/hazard_class.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/str.h"
#include "col/words.h"
#include "model/data_table.h"
#include "model/names.h"

static const char FOLDER[] = "standards/hazard-classes";

enum { CLASS, CODE, LABEL_EN, LABEL_AR, ALIASES, MIN, UNIT, HAZARD, COMMON, SOURCE, COLUMNS };
static const char *const column_names[COLUMNS] = { "class", "code", "label_en", "label_ar", "aliases",
                                                   "min",   "unit", "hazard",   "common",   "source" };

enum { INDEX_NAME, INDEX_EN, INDEX_AR, INDEX_COLUMNS };
static const char *const index_names[INDEX_COLUMNS] = { "name", "label_en", "label_ar" };

typedef struct reading {
    smap__store *store;
    smap__data_table table;
    smap__class_scale *scale;
    smap__hazard_class *klass;
} reading;

static smap_status add_name(reading *r, int64_t row, const char *text, smap_error *err) {
    int taken = -1;
    smap_status status = smap__names_add(r->scale->names, text, (int)row, &taken, err);
    if (status == SMAP_OK && taken >= 0)
        return smap__data_table_fail(&r->table, row, err, "\"%s\" already stands for class %d", text, taken + 1);
    return status;
}

static smap_status add_names(reading *r, int64_t row, smap_error *err) {
    smap_status status = SMAP_OK;
    char *part = smap__arena_strdup(&r->store->arena, smap__data_table_text(&r->table, row, ALIASES));
    if (!part) return smap__fail_memory(err);
    for (int i = CODE; i <= LABEL_AR; i++)
        SMAP_TRY(add_name(r, row, smap__data_table_text(&r->table, row, i), err), done);
    for (char *end; part; part = end) {
        end = strchr(part, '|');
        if (end) *end++ = '\0';
        SMAP_TRY(add_name(r, row, part, err), done);
    }
done:
    return status;
}

/* Stated for all classes of a scale or for none, and never falling. */
static smap_status read_common(reading *r, int64_t row, smap_error *err) {
    const smap__data_table *t = &r->table;
    double common = NAN;
    smap_status status = smap__data_table_number(t, row, COMMON, &common, err);
    if (status != SMAP_OK) return status;
    if (row > 0 && isnan(common) != (r->klass[0].common == 0))
        return smap__data_table_fail(t, row, err, "common is stated for all classes of a scale or for none");
    r->klass[row].common = 0;
    if (isnan(common)) return SMAP_OK;
    int before = row > 0 ? r->klass[row - 1].common : 1;
    if (common != floor(common) || common < before || common > SMAP__COMMON_CLASSES)
        return smap__data_table_fail(t, row, err, "common must be a whole number from %d to %d", before,
                                     SMAP__COMMON_CLASSES);
    r->klass[row].common = (int)common;
    return SMAP_OK;
}

static smap_status read_class(reading *r, int64_t row, smap_error *err) {
    const smap__data_table *t = &r->table;
    smap__hazard_class *klass = &r->klass[row];
    double number = 0;
    smap_status status = smap__data_table_number(t, row, CLASS, &number, err);
    if (status == SMAP_OK) status = smap__data_table_number(t, row, MIN, &klass->min, err);
    if (status != SMAP_OK) return status;
    klass->code = smap__data_table_text(t, row, CODE);
    klass->label = (smap__label){ smap__data_table_text(t, row, LABEL_EN), smap__data_table_text(t, row, LABEL_AR) };
    if (number != (double)(row + 1))
        return smap__data_table_fail(t, row, err, "classes are numbered 1, 2, 3 ... in order: here stands \"%s\"",
                                     smap__data_table_text(t, row, CLASS));
    if (!*klass->code) return smap__data_table_fail(t, row, err, "the code is empty");
    if (!(klass->min >= 0) || (row > 0 && klass->min <= r->klass[row - 1].min))
        return smap__data_table_fail(t, row, err, "min must be above that of the class before, and not negative");
    for (int i = UNIT; i <= HAZARD; i++) {
        if (strcmp(smap__data_table_text(t, row, i), smap__data_table_text(t, 0, i)) != 0)
            return smap__data_table_fail(t, row, err, "%s differs from that of class 1", column_names[i]);
    }
    status = read_common(r, row, err);
    return status == SMAP_OK ? add_names(r, row, err) : status;
}

static smap_status read_scale(smap_ctx *ctx, reading *r, const char *name, smap_error *err) {
    smap__class_scale *scale = r->scale;
    smap_status status = smap__data_table_read(ctx, r->store, FOLDER, name, column_names, COLUMNS, &r->table, err);
    if (status != SMAP_OK) return status;
    int64_t count = r->table.rows;
    if (count > SMAP__CLASSES_MAX)
        return smap__data_table_fail(&r->table, count - 1, err, "a scale has at most %d classes", SMAP__CLASSES_MAX);
    r->klass = smap__arena_alloc(&r->store->arena, (size_t)count * sizeof *r->klass);
    scale->name = smap__arena_strdup(&r->store->arena, name);
    if (!r->klass || !scale->name) return smap__fail_memory(err);
    for (int64_t row = 0; row < count && status == SMAP_OK; row++) status = read_class(r, row, err);
    scale->klass = r->klass;
    scale->classes = (int)count;
    scale->unit = smap__data_table_text(&r->table, 0, UNIT);
    scale->hazard = smap__data_table_text(&r->table, 0, HAZARD);
    scale->source = smap__data_table_text(&r->table, count - 1, SOURCE);
    return status;
}

static smap_status add_scale(smap_ctx *ctx, smap__store *store, const char *name, smap__label label,
                             const smap__class_scale **out, smap_error *err) {
    smap__class_scale *scale = smap__arena_alloc(&store->arena, sizeof *scale);
    if (!scale ||
        !smap__grow(&store->class_scale, &store->class_scale_capacity, store->class_scales + 1, sizeof scale)) {
        return smap__fail_memory(err);
    }
    *scale = (smap__class_scale){ .label = label };
    reading r = { .store = store, .scale = scale };
    smap_status status = smap__names_new(&scale->names, err);
    if (status == SMAP_OK) status = read_scale(ctx, &r, name, err);
    if (status != SMAP_OK) {
        smap__names_free(scale->names);
        return status;
    }
    store->class_scale[store->class_scales++] = scale;
    *out = scale;
    return SMAP_OK;
}

/* All scales of index.csv, in its order, on first use: there are few, and they are short. */
static smap_status read_all(smap_ctx *ctx, smap__store *store, smap_error *err) {
    smap__data_table index;
    smap_status status = SMAP_OK;
    if (store->class_scales > 0) return SMAP_OK;
    SMAP_TRY(smap__data_table_read(ctx, store, FOLDER, "index", index_names, INDEX_COLUMNS, &index, err), done);
    for (int64_t row = 0; row < index.rows; row++) {
        smap__label label = { smap__data_table_text(&index, row, INDEX_EN),
                              smap__data_table_text(&index, row, INDEX_AR) };
        const smap__class_scale *scale;
        SMAP_TRY(add_scale(ctx, store, smap__data_table_text(&index, row, INDEX_NAME), label, &scale, err), done);
    }
done:
    if (status != SMAP_OK) {
        for (size_t i = 0; i < store->class_scales; i++) smap__names_free(store->class_scale[i]->names);
        store->class_scales = 0;
    }
    return status;
}

/* Scales stay where they are once read, so that they may be looked at without the lock. */
static smap_status all_scales(smap_ctx *ctx, const smap__class_scale *const **out, size_t *count, smap_error *err) {
    smap__store *store = smap__store_lock(ctx);
    if (!store) return smap__fail_memory(err);
    smap_status status = read_all(ctx, store, err);
    *out = (const smap__class_scale *const *)store->class_scale;
    *count = store->class_scales;
    smap__store_unlock(ctx);
    return status;
}

static bool is_for(const smap__class_scale *scale, const char *hazard) {
    size_t len = strlen(hazard);
    if (strcmp(scale->hazard, "*") == 0) return true;
    for (const char *at = scale->hazard; at && *at;) {
        const char *end = strchr(at, '|');
        size_t n = end ? (size_t)(end - at) : strlen(at);
        if (n == len && memcmp(at, hazard, n) == 0) return true;
        at = end ? end + 1 : NULL;
    }
    return false;
}

static smap_status fail_list(smap_error *err, const char *subject, const char *lead, smap__str *list) {
    smap_status status = list->failed ? smap__fail_memory(err)
                                      : smap__fail(err, SMAP_E_NOT_FOUND, subject, "%s; there is %s", lead,
                                                   list->data ? list->data : "none");
    smap__str_release(list);
    return status;
}

smap_status smap__class_scale_get(smap_ctx *ctx, const char *name, const smap__class_scale **out, smap_error *err) {
    const smap__class_scale *const *scale = NULL;
    size_t count = 0;
    smap_status status = all_scales(ctx, &scale, &count, err);
    if (status != SMAP_OK) return status;
    smap__str list = SMAP__STR_INIT, lead = SMAP__STR_INIT;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(scale[i]->name, name) == 0) {
            smap__str_release(&list);
            *out = scale[i];
            return SMAP_OK;
        }
        smap__str_printf(&list, "%s%s", i ? ", " : "", scale[i]->name);
    }
    smap__str_printf(&lead, "\"%s\" is no class scale", name);
    status = lead.failed ? smap__fail_memory(err) : fail_list(err, name, lead.data, &list);
    smap__str_release(&lead);
    smap__str_release(&list);
    return status;
}

smap_status smap__class_scale_of(smap_ctx *ctx, const char *hazard, const char *unit, const smap__class_scale **out,
                                 smap_error *err) {
    const smap__class_scale *const *scale = NULL;
    size_t count = 0;
    smap_status status = all_scales(ctx, &scale, &count, err);
    if (status != SMAP_OK) return status;
    smap__str list = SMAP__STR_INIT, lead = SMAP__STR_INIT;
    for (size_t i = 0; i < count; i++) {
        if (!is_for(scale[i], hazard)) continue;
        if (strcmp(scale[i]->unit, unit) == 0) {
            smap__str_release(&list);
            *out = scale[i];
            return SMAP_OK;
        }
        smap__str_printf(&list, "%s%s (%s)", list.len ? ", " : "", scale[i]->name,
                         *scale[i]->unit ? scale[i]->unit : "given classes");
    }
    smap__str_printf(&lead, "no class scale for the hazard \"%s\" is in \"%s\"", hazard, unit);
    status = lead.failed ? smap__fail_memory(err) : fail_list(err, hazard, lead.data, &list);
    smap__str_release(&lead);
    smap__str_release(&list);
    return status;
}

/* ---- words of a class column --------------------------------------------------------------------------------------
 */

static int64_t count_known(smap_ctx *ctx, const smap__class_scale *scale, const smap__words *w) {
    int64_t known = 0;
    for (int32_t i = 0; i < smap__dict_count(w->dict); i++) {
        const char *text = smap__dict_text(w->dict, i);
        if (smap__class_find(ctx, scale, text, strlen(text)) >= 0) known += w->times[i];
    }
    return known;
}

smap_status smap__class_scale_fit(smap_ctx *ctx, const char *hazard, const smap_column *column,
                                  const smap__class_scale **out, smap_error *err) {
    const smap__class_scale *const *scale = NULL, *best = NULL;
    size_t count = 0;
    int64_t most = -1;
    smap__words w = { NULL, NULL, NULL };
    smap_status status = all_scales(ctx, &scale, &count, err);
    if (status == SMAP_OK) status = smap__words_collect(column, &w, err);
    for (int any = 0; status == SMAP_OK && any < 2; any++) {
        for (size_t i = 0; i < count; i++) {
            if (*scale[i]->unit || !is_for(scale[i], hazard) || (strcmp(scale[i]->hazard, "*") == 0) != any) continue;
            int64_t known = count_known(ctx, scale[i], &w);
            if (known > most) best = scale[i];
            if (known > most) most = known;
        }
    }
    smap__words_release(&w);
    if (status != SMAP_OK) return status;
    if (!best) return smap__class_scale_of(ctx, hazard, "", out, err);
    *out = best;
    return SMAP_OK;
}

static int in_scale(const smap__class_scale *scale, double number) {
    return number >= 0 && number <= scale->classes && number == floor(number) ? (int)number : SMAP__CLASS_UNKNOWN;
}

/* "class 3", "zone_3": a word of the domain class_word before a whole number; -1 if it is not so. */
static int find_numbered(smap_ctx *ctx, const smap__class_scale *scale, const char *text, size_t len) {
    const smap__domain *before;
    size_t digits = len;
    int64_t number;
    while (digits > 0 && text[digits - 1] >= '0' && text[digits - 1] <= '9') digits--;
    if (digits == len || digits == 0 || text[digits - 1] == '-' || text[digits - 1] == '+') return SMAP__CLASS_UNKNOWN;
    if (!smap__parse_int(text + digits, len - digits, &number)) return SMAP__CLASS_UNKNOWN;
    if (smap__domain_get(ctx, "class_word", &before, NULL) != SMAP_OK) return SMAP__CLASS_UNKNOWN;
    return smap__domain_find(before, text, digits) < 0 ? SMAP__CLASS_UNKNOWN : in_scale(scale, (double)number);
}

/* By way of the vocabulary hazard_class: "moderate" is its "medium", which the scale knows. */
static int find_alias(smap_ctx *ctx, const smap__class_scale *scale, const char *text, size_t len) {
    const smap__domain *domain;
    if (smap__domain_get(ctx, "hazard_class", &domain, NULL) != SMAP_OK) return SMAP__CLASS_UNKNOWN;
    int at = smap__domain_find(domain, text, len);
    if (at < 0) return SMAP__CLASS_UNKNOWN;
    const char *code = domain->code[at].code;
    if (strcmp(code, "none") == 0) return SMAP__CLASS_NONE;
    int found = smap__names_find(scale->names, code, strlen(code));
    return found < 0 ? SMAP__CLASS_UNKNOWN : found + 1;
}

int smap__class_find(smap_ctx *ctx, const smap__class_scale *scale, const char *text, size_t len) {
    double number;
    smap__trim(&text, &len);
    if (len == 0) return SMAP__CLASS_UNKNOWN;
    if (smap__parse_real(text, len, &number)) return in_scale(scale, number);
    int found = smap__names_find(scale->names, text, len);
    if (found >= 0) return found + 1;
    bool numbered = text[len - 1] >= '0' && text[len - 1] <= '9';
    return numbered ? find_numbered(ctx, scale, text, len) : find_alias(ctx, scale, text, len);
}

int smap__class_of(const smap__class_scale *scale, double intensity) {
    int found = 0;
    if (!isfinite(intensity) || intensity < 0) return SMAP__CLASS_UNKNOWN;
    while (found < scale->classes && intensity >= scale->klass[found].min) found++;
    return found;
}
