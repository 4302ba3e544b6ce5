#include <stddef.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "col/cell.h"
#include "intake/cems_translate.h"
#include "intake/damage_closure.h"
#include "model/scale.h"

typedef struct word_cells {
    const smap_column *column[4];
    int columns;
    const smap__domain *domain;
    smap__str text;
    smap__unknown_words unknown;
} word_cells;

static void find_columns(const smap__cems_translation *t, word_cells *w, const char *what, const char *field) {
    while (w->columns < 4) {
        const smap_column *c = smap__cems_column(t, what, field, w->columns);
        if (!c) break;
        w->column[w->columns++] = c;
    }
}

/* The first of the columns that says a use. "Unclassified" is an answer too: no later column overrules it; "unknown" is
 * none, and is kept only where no column says more. NULL where none says anything that is known. */
static const char *use_of(word_cells *w, int64_t row) {
    const char *unknown = NULL, *found = NULL;
    const smap_column *odd = NULL;
    for (int i = 0; i < w->columns && !found; i++) {
        if (!smap__cems_text(w->column[i], row, &w->text)) continue;
        const char *code = smap__cems_numbered(w->domain, &w->text);
        if (!code) {
            if (!odd) odd = w->column[i];
        } else if (strcmp(code, "unknown") == 0) {
            unknown = code;
        } else {
            found = code;
        }
    }
    if (!found && !unknown && odd && smap__cems_text(odd, row, &w->text))
        smap__cems_count_unknown(&w->unknown, odd, row, &w->text);
    return found ? found : unknown;
}

static bool use_cell(smap__cems_translation *t, void *user, int64_t row, smap__str *out) {
    const char *found = use_of(user, row);
    (void)t;
    if (found) smap__str_put(out, found);
    return found != NULL;
}

static smap_status add_use(smap__cems_translation *t, smap_error *err) {
    smap_status status = SMAP_OK;
    word_cells w = { .text = SMAP__STR_INIT, .unknown = { .code = "use_unknown", .what = "building use" } };
    const smap_column *words = smap__cems_named(t, "obj_type");
    SMAP_TRY(smap__domain_get(t->ctx, "cems_building_use", &w.domain, err), done);
    find_columns(t, &w, "use", "use");
    if (!words && w.columns > 0) words = w.column[0];
    SMAP_TRY(smap__cems_add(t, "use", use_cell, &w, err), done);
    if (words) SMAP_TRY(smap__cems_add(t, "use_source", smap__cems_copied, &words, err), done);
    SMAP_TRY(smap__cems_report_unknown(t, &w.unknown, err), done);
done:
    smap__str_release(&w.text);
    return status;
}

/* ---- damage ---- */

typedef enum grade_part { GRADE_CODE, GRADE_LOW, GRADE_HIGH } grade_part;

typedef struct grade_cells {
    const smap_column *column;
    const smap__scale *scale;
    grade_part part;
    smap__str text;
    smap__unknown_words unknown;
} grade_cells;

static bool grade_cell(smap__cems_translation *t, void *user, int64_t row, smap__str *out) {
    grade_cells *g = user;
    (void)t;
    if (!smap__cems_text(g->column, row, &g->text)) return false;
    const smap__grade *grade = smap__scale_find(g->scale, g->text.data, g->text.len);
    if (!grade) {
        if (g->part == GRADE_CODE) smap__cems_count_unknown(&g->unknown, g->column, row, &g->text);
        return false;
    }
    if (g->part == GRADE_CODE) {
        smap__str_put(out, grade->code);
        return true;
    }
    if (grade->has_severity)
        smap__str_printf(out, "%d", g->part == GRADE_LOW ? grade->severity_low : grade->severity_high);
    return grade->has_severity;
}

static int64_t count_known(grade_cells *g, const smap__scale *scale) {
    int64_t known = 0;
    for (int64_t row = 0; g->column && row < g->column->count; row++) {
        if (smap__cems_text(g->column, row, &g->text))
            known += smap__scale_find(scale, g->text.data, g->text.len) != NULL;
    }
    return known;
}

static bool is_named(const smap_column *c, const smap__json *names) {
    for (size_t i = 0; c && i < smap__json_size(names); i++) {
        const char *name = smap__json_text(smap__json_item(names, i), "");
        if (smap__same_name(c->name, strlen(c->name), name, strlen(name))) return true;
    }
    return false;
}

/* The scale that knows most of the words. Where that does not tell, the first of data/intake/cems.json, unless the
 * column has the name of another one's. */
static smap_status choose_scale(smap__cems_translation *t, grade_cells *g, smap_error *err) {
    const smap__json *scales = smap__json_get(smap__json_root(t->doc), "scales");
    const char *set = smap__cems_set(t, "scale");
    int64_t most = -1;
    if (set) return smap__scale_get(t->ctx, set, &g->scale, err);
    for (size_t i = 0; i < smap__json_size(scales); i++) {
        const smap__json *entry = smap__json_item(scales, i);
        const smap__scale *scale = NULL;
        smap_status status = smap__scale_get(t->ctx, smap__json_text(smap__json_get(entry, "scale"), ""), &scale, err);
        if (status != SMAP_OK) return status;
        int64_t known = count_known(g, scale);
        if (known < most || (known == most && !is_named(g->column, smap__json_get(entry, "columns")))) continue;
        most = known;
        g->scale = scale;
    }
    return g->scale ? SMAP_OK : smap__fail(err, SMAP_E_FORMAT, "cems.json", "intake/cems.json: \"scales\" is missing");
}

static smap_status fail_no_grade(const smap__cems_translation *t, smap_error *err) {
    return smap__fail(err, SMAP_E_SCHEMA, t->source->name,
                      "%s: no column holds damage grades (damage_gra, grading); name it with --map 'COLUMN=grade'",
                      t->source->name);
}

smap_status smap__cems_add_damage(smap__cems_translation *t, smap_error *err) {
    smap_status status = SMAP_OK;
    grade_cells g = { .column = smap__cems_column(t, "grade", "grade", 0),
                      .text = SMAP__STR_INIT,
                      .unknown = { .code = "grade_unknown", .what = "damage grade" } };
    const char *method = smap__json_text(smap__json_get(smap__json_root(t->doc), "method"), "satellite");
    if (!g.column && !smap__cems_set(t, "grade")) return fail_no_grade(t, err);
    SMAP_TRY(smap__cems_add_key(t, "damage_id", err), done);
    SMAP_TRY(choose_scale(t, &g, err), done);
    SMAP_TRY(smap__cems_add_constant(t, "scale", g.scale->name, err), done);
    SMAP_TRY(smap__cems_add(t, "grade", grade_cell, &g, err), done);
    SMAP_TRY(smap__cems_add(t, "grade_source", smap__cems_copied, &g.column, err), done);
    g.part = GRADE_LOW;
    SMAP_TRY(smap__cems_add(t, "severity_low", grade_cell, &g, err), done);
    g.part = GRADE_HIGH;
    SMAP_TRY(smap__cems_add(t, "severity_high", grade_cell, &g, err), done);
    SMAP_TRY(smap__cems_report_unknown(t, &g.unknown, err), done);
    SMAP_TRY(add_use(t, err), done);
    if (smap__cems_column(t, "method", "method", 0)) {
        SMAP_TRY(smap__cems_add_copy(t, "method", "method", err), done);
    } else {
        SMAP_TRY(smap__cems_add_constant(t, "method", method, err), done);
    }
    SMAP_TRY(smap__cems_add_constant(t, "completeness", t->name->excerpt ? "excerpt" : "complete", err), done);
done:
    smap__str_release(&g.text);
    return status;
}

/* ---- closures ---- */

typedef struct closure_cells {
    const smap__damage_closure *row;
    size_t member; /* offset of the text in smap__damage_closure */
} closure_cells;

static bool closure_cell(smap__cems_translation *t, void *user, int64_t row, smap__str *out) {
    const closure_cells *c = user;
    const char *text = *(const char *const *)((const char *)&c->row[row] + c->member);
    (void)t;
    smap__str_put(out, text);
    return *text != '\0';
}

/* What is neither a bridge nor another thing is taken for a road: transportation that does not say more mostly is. */
static smap_status judge_closures(smap__cems_translation *t, word_cells *object, grade_cells *g,
                                  smap__damage_closure *out, smap_error *err) {
    smap__str grade = SMAP__STR_INIT;
    const char *all = smap__cems_set(t, "grade");
    smap_status status = SMAP_OK;
    for (int64_t row = 0; row < smap_table_rows(t->source->table) && status == SMAP_OK; row++) {
        const char *what = use_of(object, row);
        smap__str_clear(&grade);
        if (all) {
            smap__str_put(&grade, all);
        } else {
            grade_cell(t, g, row, &grade);
        }
        if (!what || strcmp(what, "unknown") == 0) what = "road";
        status =
            grade.failed ? smap__fail_memory(err) : smap__damage_closure_get(t->ctx, what, grade.data, &out[row], err);
    }
    smap__str_release(&grade);
    return status;
}

smap_status smap__cems_add_closure(smap__cems_translation *t, smap_error *err) {
    smap_status status = SMAP_OK;
    word_cells object = { .text = SMAP__STR_INIT, .unknown = { .code = "use_unknown", .what = "kind of way" } };
    grade_cells g = { .column = smap__cems_column(t, "grade", "grade", 0),
                      .text = SMAP__STR_INIT,
                      .unknown = { .code = "grade_unknown", .what = "damage grade" } };
    const smap_column *words = smap__cems_named(t, "info");
    smap__damage_closure *rule = smap__zalloc((size_t)smap_table_rows(t->source->table) + 1, sizeof *rule);
    closure_cells cells = { rule, offsetof(smap__damage_closure, kind) };
    if (!rule) return smap__fail_memory(err);
    if (!g.column && !smap__cems_set(t, "grade")) {
        status = fail_no_grade(t, err);
        goto done;
    }
    SMAP_TRY(smap__domain_get(t->ctx, "cems_transport", &object.domain, err), done);
    find_columns(t, &object, "use", "use");
    if (!words && object.columns > 0) words = object.column[0];
    SMAP_TRY(choose_scale(t, &g, err), done);
    SMAP_TRY(judge_closures(t, &object, &g, rule, err), done);
    SMAP_TRY(smap__cems_add_key(t, "closure_id", err), done);
    SMAP_TRY(smap__cems_add(t, "kind", closure_cell, &cells, err), done);
    cells.member = offsetof(smap__damage_closure, passable);
    SMAP_TRY(smap__cems_add(t, "passable", closure_cell, &cells, err), done);
    cells.member = offsetof(smap__damage_closure, confidence);
    SMAP_TRY(smap__cems_add(t, "confidence", closure_cell, &cells, err), done);
    if (words) SMAP_TRY(smap__cems_add(t, "object_source", smap__cems_copied, &words, err), done);
    SMAP_TRY(smap__cems_add(t, "grade_source", smap__cems_copied, &g.column, err), done);
    SMAP_TRY(smap__cems_report_unknown(t, &g.unknown, err), done);
    SMAP_TRY(smap__cems_report_unknown(t, &object.unknown, err), done);
    SMAP_TRY(smap__cems_add_constant(t, "completeness", t->name->excerpt ? "excerpt" : "complete", err), done);
done:
    smap__free(rule);
    smap__str_release(&object.text);
    smap__str_release(&g.text);
    return status;
}

/* ---- observed events ---- */

static bool event_cell(smap__cems_translation *t, void *user, int64_t row, smap__str *out) {
    word_cells *w = user;
    const char *code = NULL;
    (void)t;
    for (int i = 0; i < w->columns && !code; i++) {
        if (smap__cems_text(w->column[i], row, &w->text)) code = smap__cems_numbered(w->domain, &w->text);
    }
    if (!code && w->columns && smap__cems_text(w->column[0], row, &w->text)) {
        smap__cems_count_unknown(&w->unknown, w->column[0], row, &w->text);
    }
    smap__str_put(out, code ? code : "other");
    return true;
}

static bool class_cell(smap__cems_translation *t, void *user, int64_t row, smap__str *out) {
    word_cells *w = user;
    int at = -1;
    (void)t;
    for (int i = 0; i < w->columns && at < 0; i++) {
        if (smap__cems_text(w->column[i], row, &w->text)) at = smap__domain_find(w->domain, w->text.data, w->text.len);
    }
    if (at < 0) {
        if (w->columns && smap__cems_text(w->column[0], row, &w->text)) {
            smap__cems_count_unknown(&w->unknown, w->column[0], row, &w->text);
        }
        return false;
    }
    smap__str_put(out, w->domain->code[at].code);
    return true;
}

smap_status smap__cems_add_hazard(smap__cems_translation *t, smap_error *err) {
    smap_status status = SMAP_OK;
    word_cells event = { .text = SMAP__STR_INIT, .unknown = { .code = "event_unknown", .what = "kind of event" } };
    word_cells class = { .text = SMAP__STR_INIT, .unknown = { .code = "class_unknown", .what = "class" } };
    SMAP_TRY(smap__domain_get(t->ctx, "cems_event_type", &event.domain, err), done);
    SMAP_TRY(smap__domain_get(t->ctx, "hazard_class", &class.domain, err), done);
    find_columns(t, &event, "event", "hazard");
    if (event.columns < 4) event.column[event.columns] = smap__cems_column(t, "event_detail", "hazard", 0);
    if (event.columns < 4 && event.column[event.columns]) event.columns++;
    find_columns(t, &class, "class", "class");
    SMAP_TRY(smap__cems_add_key(t, "hazard_id", err), done);
    SMAP_TRY(smap__cems_add(t, "hazard", event_cell, &event, err), done);
    SMAP_TRY(smap__cems_add(t, "class", class_cell, &class, err), done);
    if (class.columns) SMAP_TRY(smap__cems_add(t, "class_source", smap__cems_copied, &class.column[0], err), done);
    SMAP_TRY(smap__cems_add_copy(t, "area_source_ha", "area_ha", err), done);
    SMAP_TRY(smap__cems_report_unknown(t, &event.unknown, err), done);
    SMAP_TRY(smap__cems_report_unknown(t, &class.unknown, err), done);
done:
    smap__str_release(&event.text);
    smap__str_release(&class.text);
    return status;
}

/* ---- coverage ---- */

static const char *coverage_kind(const char *theme) {
    if (strcmp(theme, "imageFootprint") == 0) return "image_footprint";
    return strcmp(theme, "notAnalysed") == 0 ? "not_analysed" : "area_of_interest";
}

static bool status_cell(smap__cems_translation *t, void *user, int64_t row, smap__str *out) {
    const smap_column *const *c = user;
    if (*c && !smap_column_is_null(*c, row)) return smap__cems_copied(t, user, row, out);
    smap__str_put(out, "produced");
    return true;
}

smap_status smap__cems_add_coverage(smap__cems_translation *t, smap_error *err) {
    smap_status status = SMAP_OK;
    const smap_column *state = smap__cems_column(t, "status", "status", 0);
    bool analysed = strcmp(t->name->theme, "notAnalysed") != 0;
    SMAP_TRY(smap__cems_add_key(t, "coverage_id", err), done);
    SMAP_TRY(smap__cems_add_constant(t, "kind", coverage_kind(t->name->theme), err), done);
    if (analysed) SMAP_TRY(smap__cems_add(t, "status", status_cell, &state, err), done);
    SMAP_TRY(smap__cems_add_copy(t, "name_en", "name", err), done);
    SMAP_TRY(smap__cems_add_copy(t, "sensor", "sensor", err), done);
done:
    return status;
}
