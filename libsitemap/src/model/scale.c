#include "model/scale.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "model/names.h"
#include "model/store.h"

enum { SEVERITY_MAX = 4 };

static const char *const kind_names[] = { "damaged", "possible", "undamaged", "not_analysed", "not_a_building" };

const char *smap__grade_kind_name(smap__grade_kind kind) {
    return kind_names[kind];
}

static smap_status read_kind(const smap__json *value, const char *path, smap__grade_kind *out, smap_error *err) {
    const char *name = smap__json_text(value, "");
    for (int i = 0; i < (int)(sizeof kind_names / sizeof *kind_names); i++) {
        if (strcmp(name, kind_names[i]) == 0) {
            *out = (smap__grade_kind)i;
            return SMAP_OK;
        }
    }
    return smap__fail(err, SMAP_E_FORMAT, path, "%s: \"%s\" is no kind of grade", path, name);
}

static smap_status read_severity(const smap__json *value, const char *path, smap__grade *grade, smap_error *err) {
    grade->has_severity = value != NULL;
    if (!value) return SMAP_OK;
    int64_t low = smap__json_integer(smap__json_item(value, 0), -1);
    int64_t high = smap__json_integer(smap__json_item(value, 1), -1);
    if (low < 0 || high < low || high > SEVERITY_MAX) {
        return smap__fail(err, SMAP_E_FORMAT, path, "%s: grade \"%s\": \"severity\" must be [low, high] within 0 to %d",
                          path, grade->code, SEVERITY_MAX);
    }
    grade->severity_low = (int)low;
    grade->severity_high = (int)high;
    return SMAP_OK;
}

static smap_status add_name(smap__scale *scale, const char *text, int position, const char *path, smap_error *err) {
    int taken = -1;
    smap_status status = smap__names_add(scale->names, text, position, &taken, err);
    if (status == SMAP_OK && taken >= 0) {
        return smap__fail(err, SMAP_E_FORMAT, path, "%s: \"%s\" already stands for grade \"%s\"", path, text,
                          scale->grade[taken].code);
    }
    return status;
}

static smap_status read_grade(smap__store *store, smap__scale *scale, smap__grade *grade, int position,
                              const smap__json *json, const char *path, smap_error *err) {
    const smap__json *alias = smap__json_get(json, "alias");
    grade->code = smap__store_text(store, smap__json_get(json, "code"));
    if (!grade->code || !smap__store_label(store, smap__json_get(json, "label"), &grade->label)) {
        return smap__fail_memory(err);
    }
    if (!smap__store_name_ok(grade->code)) {
        return smap__fail(err, SMAP_E_FORMAT, path, "%s: \"%s\" cannot be the code of a grade", path, grade->code);
    }
    smap_status status = SMAP_OK;
    SMAP_TRY(read_kind(smap__json_get(json, "kind"), path, &grade->kind, err), done);
    SMAP_TRY(read_severity(smap__json_get(json, "severity"), path, grade, err), done);
    SMAP_TRY(add_name(scale, grade->code, position, path, err), done);
    SMAP_TRY(add_name(scale, grade->label.en, position, path, err), done);
    SMAP_TRY(add_name(scale, grade->label.ar, position, path, err), done);
    for (size_t i = 0; i < smap__json_size(alias); i++) {
        SMAP_TRY(add_name(scale, smap__json_text(smap__json_item(alias, i), ""), position, path, err), done);
    }
done:
    return status;
}

static smap_status read_document(smap__store *store, smap__scale *scale, const smap__json *json, const char *path,
                                 smap_error *err) {
    const smap__json *grades = smap__json_get(json, "grades");
    size_t count = smap__json_size(grades);
    if (count == 0) return smap__fail(err, SMAP_E_FORMAT, path, "%s: the scale has no \"grades\"", path);
    smap__grade *grade = smap__arena_alloc(&store->arena, count * sizeof *grade);
    scale->source = smap__store_text(store, smap__json_get(json, "source"));
    if (!grade || !scale->source || !smap__store_label(store, smap__json_get(json, "label"), &scale->label)) {
        return smap__fail_memory(err);
    }
    memset(grade, 0, count * sizeof *grade);
    scale->grade = grade;
    scale->grades = (int)count;
    for (size_t i = 0; i < count; i++) {
        smap_status status = read_grade(store, scale, &grade[i], (int)i, smap__json_item(grades, i), path, err);
        if (status != SMAP_OK) return status;
    }
    return SMAP_OK;
}

static smap_status read_scale(smap_ctx *ctx, smap__store *store, const char *name, const smap__scale **out,
                              smap_error *err) {
    smap_status status = SMAP_OK;
    smap__json_doc *doc = NULL;
    char *path = NULL;
    smap__scale *scale = smap__arena_alloc(&store->arena, sizeof *scale);
    if (!scale) return smap__fail_memory(err);
    memset(scale, 0, sizeof *scale);
    if (!smap__store_name_ok(name)) {
        return smap__fail(err, SMAP_E_NOT_FOUND, name, "\"%s\" cannot be the name of a damage scale", name);
    }
    scale->name = smap__arena_strdup(&store->arena, name);
    path = smap__store_path(ctx, "scales", name, "json");
    if (!scale->name || !path ||
        !smap__grow(&store->scale, &store->scale_capacity, store->scales + 1, sizeof *store->scale)) {
        status = smap__fail_memory(err);
        goto done;
    }
    SMAP_TRY(smap__names_new(&scale->names, err), done);
    SMAP_TRY(smap__json_read(path, &doc, err), done);
    SMAP_TRY(read_document(store, scale, smap__json_root(doc), path, err), done);
    store->scale[store->scales++] = scale;
    *out = scale;
done:
    if (status != SMAP_OK) smap__names_free(scale->names);
    smap__json_free(doc);
    smap__free(path);
    return status;
}

smap_status smap__scale_get(smap_ctx *ctx, const char *name, const smap__scale **out, smap_error *err) {
    smap__store *store = smap__store_lock(ctx);
    if (!store) return smap__fail_memory(err);
    smap_status status = SMAP_OK;
    const smap__scale *found = NULL;
    for (size_t i = 0; i < store->scales && !found; i++) {
        if (strcmp(store->scale[i]->name, name) == 0) found = store->scale[i];
    }
    if (!found) status = read_scale(ctx, store, name, &found, err);
    smap__store_unlock(ctx);
    if (status == SMAP_OK) *out = found;
    return status;
}

const smap__grade *smap__scale_find(const smap__scale *scale, const char *text, size_t len) {
    int at = smap__names_find(scale->names, text, len);
    return at < 0 ? NULL : &scale->grade[at];
}

const smap__grade *smap__scale_code(const smap__scale *scale, const char *code) {
    for (int i = 0; i < scale->grades; i++) {
        if (strcmp(scale->grade[i].code, code) == 0) return &scale->grade[i];
    }
    return NULL;
}
