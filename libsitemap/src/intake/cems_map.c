#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/str.h"
#include "col/cell.h"
#include "intake/cems.h"
#include "intake/row_notes.h"
#include "model/domain.h"
#include "model/json.h"
#include "model/scale.h"

/* How it works: the product's columns are translated into a layer whose columns have the names of the model's fields,
 * and that goes through the same intake as everything else: types, vocabularies, positions, repairs. */

enum { COLUMNS = 24, UNKNOWN_WORDS = 32 };

typedef struct translation {
    smap_ctx *ctx;
    const smap__cems_name *name;
    const smap_layer *source;
    const smap__schema *schema;
    const smap__mapping *mapping;
    smap__findings *findings;
    smap__json_doc *doc; /* data/intake/cems.json */
    const smap_column *column[COLUMNS];
    int columns;
} translation;

static int64_t row_count(const translation *t) {
    return smap_table_rows(t->source->table);
}

static const char *set_value(const translation *t, const char *field) {
    for (int i = 0; i < t->mapping->sets; i++) {
        if (strcmp(t->mapping->set[i].key, field) == 0) return t->mapping->set[i].value;
    }
    return NULL;
}

static const smap_column *find_named(const translation *t, const char *name) {
    for (int i = 0; i < smap_table_columns(t->source->table); i++) {
        const smap_column *c = smap_table_at(t->source->table, i);
        if (smap__same_name(c->name, strlen(c->name), name, strlen(name))) return c;
    }
    return NULL;
}

/* The `nth` of the source's columns that hold `what`, in the order of data/intake/cems.json; the one that the mapping
 * names for `field` comes first. */
static const smap_column *find_column(const translation *t, const char *what, const char *field, int nth) {
    for (int i = 0; i < t->mapping->maps; i++) {
        if (strcmp(t->mapping->map[i].value, field) == 0 && nth-- == 0) return find_named(t, t->mapping->map[i].key);
    }
    const smap__json *names =
        smap__json_get(smap__json_get(smap__json_get(smap__json_root(t->doc), "columns"), what), "names");
    for (size_t i = 0; i < smap__json_size(names); i++) {
        const smap_column *c = find_named(t, smap__json_text(smap__json_item(names, i), ""));
        if (c && nth-- == 0) return c;
    }
    return NULL;
}

/* ---- adding columns ---- */

/* What a cell becomes: text to append, or false for a null. */
typedef bool (*cell_fn)(translation *t, void *user, int64_t row, smap__str *out);

static smap_status add_column(translation *t, const char *field, cell_fn cell, void *user, smap_error *err) {
    if (set_value(t, field) || !smap__schema_field(t->schema, field)) return SMAP_OK;
    smap_column_builder *builder = NULL;
    smap__str text = SMAP__STR_INIT;
    smap_status status = SMAP_OK;
    SMAP_TRY(smap_column_builder_new(field, SMAP_TEXT, &builder, err), done);
    for (int64_t row = 0; row < row_count(t); row++) {
        smap__str_clear(&text);
        bool value = cell(t, user, row, &text);
        if (text.failed) {
            status = smap__fail_memory(err);
            goto done;
        }
        if (value) {
            SMAP_TRY(smap_column_append_text(builder, text.data ? text.data : "", text.len, err), done);
        } else {
            SMAP_TRY(smap_column_append_null(builder, err), done);
        }
    }
    SMAP_TRY(smap_column_builder_finish(builder, &t->column[t->columns], err), done);
    t->columns++;
done:
    smap_column_builder_free(builder);
    smap__str_release(&text);
    return status;
}

static bool constant_cell(translation *t, void *user, int64_t row, smap__str *out) {
    const char *const *text = user;
    (void)t, (void)row;
    smap__str_put(out, *text);
    return **text != '\0';
}

static smap_status add_constant(translation *t, const char *field, const char *text, smap_error *err) {
    return add_column(t, field, constant_cell, &text, err);
}

static bool copied_cell(translation *t, void *user, int64_t row, smap__str *out) {
    const smap_column *const *c = user;
    (void)t;
    if (!*c || smap_column_is_null(*c, row)) return false;
    smap__cell_put(out, *c, row);
    return true;
}

static smap_status add_copy(translation *t, const char *field, const char *what, smap_error *err) {
    const smap_column *c = find_column(t, what, field, 0);
    return c ? add_column(t, field, copied_cell, &c, err) : SMAP_OK;
}

/* ---- keys ---- */

static int row_number_of(const smap_column *c, int64_t row, const char *prefix, int fallback) {
    smap__str text = SMAP__STR_INIT;
    int64_t value = fallback;
    if (!c || smap_column_is_null(c, row)) return fallback;
    smap__cell_put(&text, c, row);
    const char *digits = text.data ? text.data : "";
    if (strncmp(digits, prefix, strlen(prefix)) == 0) digits += strlen(prefix);
    if (!smap__parse_int(digits, strlen(digits), &value) || value < 0 || value > 9999) value = fallback;
    smap__str_release(&text);
    return (int)value;
}

typedef struct key_cells {
    const smap_column *aoi;
    bool by_area; /* one running number for each area */
    int next[10000];
} key_cells;

static bool key_cell(translation *t, void *user, int64_t row, smap__str *out) {
    key_cells *k = user;
    int aoi = row_number_of(k->aoi, row, "AOI", t->name->aoi);
    if (aoi <= 0) aoi = t->name->aoi;
    smap__cems_key_prefix(out, t->name, aoi);
    smap__str_printf(out, k->by_area ? "%d" : "%05d", ++k->next[k->by_area ? aoi : 0]);
    return true;
}

static smap_status add_key(translation *t, const char *field, smap_error *err) {
    key_cells *k = smap__zalloc(1, sizeof *k);
    if (!k) return smap__fail_memory(err);
    k->by_area = strcmp(t->name->theme, "areaOfInterest") == 0;
    k->aoi = k->by_area ? find_column(t, "aoi", "aoi", 0) : NULL;
    smap_status status = add_column(t, field, key_cell, k, err);
    smap__free(k);
    return status;
}

typedef struct number_cells {
    const smap_column *column;
    const char *prefix;
    int fallback;
} number_cells;

static bool number_cell(translation *t, void *user, int64_t row, smap__str *out) {
    const number_cells *n = user;
    (void)t;
    int value = row_number_of(n->column, row, n->prefix, n->fallback);
    smap__str_printf(out, "%d", value);
    return value > 0;
}

/* What every layer of a product says: where it comes from. */
static smap_status add_origin(translation *t, smap_error *err) {
    const smap__cems_name *n = t->name;
    bool areas = strcmp(n->theme, "areaOfInterest") == 0;
    char product[32] = "", source[96];
    number_cells aoi = { areas ? find_column(t, "aoi", "aoi", 0) : NULL, "AOI", n->aoi };
    number_cells version = { areas ? find_column(t, "version", "version", 0) : NULL, "v", n->version };
    if (*n->product) snprintf(product, sizeof product, "%s_%s", n->product, n->monitoring);
    const char *producer = smap__json_text(smap__json_get(smap__json_root(t->doc), "source"), "Copernicus EMS");
    snprintf(source, sizeof source, "%s%s%s%s", producer, *n->activation ? " (" : "", n->activation,
             *n->activation ? ")" : "");
    smap_status status = SMAP_OK;
    SMAP_TRY(add_constant(t, "source", source, err), done);
    SMAP_TRY(add_constant(t, "activation", n->activation, err), done);
    SMAP_TRY(add_constant(t, "product", product, err), done);
    SMAP_TRY(add_column(t, "aoi", number_cell, &aoi, err), done);
    SMAP_TRY(add_column(t, "version", number_cell, &version, err), done);
    SMAP_TRY(add_copy(t, "date", "date", err), done);
done:
    return status;
}

/* ---- words ---- */

/* A word that no vocabulary has is said once, with how often and where first. */
typedef struct unknown_words {
    const char *code, *what;
    struct {
        char text[96];
        int64_t count, first;
        const char *column;
    } word[UNKNOWN_WORDS];
    int words;
} unknown_words;

static void count_unknown(unknown_words *u, const smap_column *c, int64_t row, const smap__str *text) {
    char word[96];
    snprintf(word, sizeof word, "%s", text->data ? text->data : "");
    for (int i = 0; i < u->words; i++) {
        if (strcmp(u->word[i].text, word) == 0) {
            u->word[i].count++;
            return;
        }
    }
    if (u->words == UNKNOWN_WORDS) return;
    memcpy(u->word[u->words].text, word, sizeof word);
    u->word[u->words].count = 1;
    u->word[u->words].first = row;
    u->word[u->words++].column = c->name;
}

static smap_status report_unknown(const translation *t, const unknown_words *u, smap_error *err) {
    smap_status status = SMAP_OK;
    for (int i = 0; i < u->words && status == SMAP_OK; i++) {
        status =
            smap__findings_add(t->findings, err, SMAP__WARNING, u->code, smap__row_number(t->source, u->word[i].first),
                               u->word[i].column, u->word[i].text,
                               "%lld rows have a %s that no vocabulary of ours has; it is kept in the source's words, "
                               "and the code is left empty",
                               (long long)u->word[i].count, u->what);
    }
    return status;
}

/* The text of a cell; false for a null or blank one. */
static bool cell_text(const smap_column *c, int64_t row, smap__str *out) {
    smap__str_clear(out);
    if (!c || smap_column_is_null(c, row)) return false;
    smap__cell_put(out, c, row);
    const char *text = out->data ? out->data : "";
    size_t len = out->len;
    smap__trim(&text, &len);
    return len > 0;
}

/* "11-Residential Buildings": as a whole, without the number, by the number. */
static const char *numbered_code(const smap__domain *domain, const smap__str *text) {
    const char *s = text->data;
    int at = smap__domain_find(domain, s, text->len);
    size_t digits = strspn(s, "0123456789");
    if (at < 0 && digits > 0 && s[digits] == '-') {
        at = smap__domain_find(domain, s + digits + 1, text->len - digits - 1);
        if (at < 0) at = smap__domain_find(domain, s, digits);
    }
    return at < 0 ? NULL : domain->code[at].code;
}

typedef struct word_cells {
    const smap_column *column[4];
    int columns;
    const smap__domain *domain, *other;
    smap__str text;
    unknown_words unknown;
} word_cells;

static void find_columns(const translation *t, word_cells *w, const char *what, const char *field) {
    while (w->columns < 4) {
        const smap_column *c = find_column(t, what, field, w->columns);
        if (!c) break;
        w->column[w->columns++] = c;
    }
}

/* The first of the columns that says a use. "Unclassified" is an answer too: no later column overrules it; "unknown" is
 * none, and is kept only where no column says more. */
static bool use_cell(translation *t, void *user, int64_t row, smap__str *out) {
    word_cells *w = user;
    const char *unknown = NULL, *found = NULL;
    const smap_column *odd = NULL;
    (void)t;
    for (int i = 0; i < w->columns && !found; i++) {
        if (!cell_text(w->column[i], row, &w->text)) continue;
        const char *code = numbered_code(w->domain, &w->text);
        if (!code) {
            if (!odd) odd = w->column[i];
        } else if (strcmp(code, "unknown") == 0) {
            unknown = code;
        } else {
            found = code;
        }
    }
    if (!found && !unknown && odd && cell_text(odd, row, &w->text)) count_unknown(&w->unknown, odd, row, &w->text);
    if (!found) found = unknown;
    if (found) smap__str_put(out, found);
    return found != NULL;
}

static smap_status add_use(translation *t, smap_error *err) {
    smap_status status = SMAP_OK;
    word_cells w = { .text = SMAP__STR_INIT, .unknown = { .code = "use_unknown", .what = "building use" } };
    const smap_column *words = find_named(t, "obj_type");
    SMAP_TRY(smap__domain_get(t->ctx, "cems_building_use", &w.domain, err), done);
    find_columns(t, &w, "use", "use");
    if (!words && w.columns > 0) words = w.column[0];
    SMAP_TRY(add_column(t, "use", use_cell, &w, err), done);
    if (words) SMAP_TRY(add_column(t, "use_source", copied_cell, &words, err), done);
    SMAP_TRY(report_unknown(t, &w.unknown, err), done);
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
    unknown_words unknown;
} grade_cells;

static bool grade_cell(translation *t, void *user, int64_t row, smap__str *out) {
    grade_cells *g = user;
    (void)t;
    if (!cell_text(g->column, row, &g->text)) return false;
    const smap__grade *grade = smap__scale_find(g->scale, g->text.data, g->text.len);
    if (!grade) {
        if (g->part == GRADE_CODE) count_unknown(&g->unknown, g->column, row, &g->text);
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
        if (cell_text(g->column, row, &g->text)) known += smap__scale_find(scale, g->text.data, g->text.len) != NULL;
    }
    return known;
}

/* The scale that knows more of the words. The newer one if that does not tell, unless the column has the older name. */
static smap_status choose_scale(translation *t, grade_cells *g, smap_error *err) {
    const smap__scale *newer = NULL, *older = NULL;
    smap_status status = smap__scale_get(t->ctx, "cems_2019", &newer, err);
    if (status == SMAP_OK) status = smap__scale_get(t->ctx, "cems_2016", &older, err);
    if (status != SMAP_OK) return status;
    int64_t by_newer = count_known(g, newer), by_older = count_known(g, older);
    bool old_name = g->column && smap__same_name(g->column->name, strlen(g->column->name), "grading", 7);
    bool take_older = by_older > by_newer || (by_older == by_newer && old_name);
    g->scale = take_older ? older : newer;
    const char *set = set_value(t, "scale");
    return set ? smap__scale_get(t->ctx, set, &g->scale, err) : SMAP_OK;
}

static smap_status fail_no_grade(const translation *t, smap_error *err) {
    return smap__fail(err, SMAP_E_SCHEMA, t->source->name,
                      "%s: no column holds damage grades (damage_gra, grading); name it with --map 'COLUMN=grade'",
                      t->source->name);
}

static smap_status add_damage(translation *t, smap_error *err) {
    smap_status status = SMAP_OK;
    grade_cells g = { .column = find_column(t, "grade", "grade", 0),
                      .text = SMAP__STR_INIT,
                      .unknown = { .code = "grade_unknown", .what = "damage grade" } };
    const char *method = smap__json_text(smap__json_get(smap__json_root(t->doc), "method"), "satellite");
    if (!g.column && !set_value(t, "grade")) return fail_no_grade(t, err);
    SMAP_TRY(add_key(t, "damage_id", err), done);
    SMAP_TRY(choose_scale(t, &g, err), done);
    SMAP_TRY(add_constant(t, "scale", g.scale->name, err), done);
    SMAP_TRY(add_column(t, "grade", grade_cell, &g, err), done);
    SMAP_TRY(add_column(t, "grade_source", copied_cell, &g.column, err), done);
    g.part = GRADE_LOW;
    SMAP_TRY(add_column(t, "severity_low", grade_cell, &g, err), done);
    g.part = GRADE_HIGH;
    SMAP_TRY(add_column(t, "severity_high", grade_cell, &g, err), done);
    SMAP_TRY(report_unknown(t, &g.unknown, err), done);
    SMAP_TRY(add_use(t, err), done);
    if (find_column(t, "method", "method", 0)) {
        SMAP_TRY(add_copy(t, "method", "method", err), done);
    } else {
        SMAP_TRY(add_constant(t, "method", method, err), done);
    }
    SMAP_TRY(add_constant(t, "completeness", t->name->excerpt ? "excerpt" : "complete", err), done);
done:
    smap__str_release(&g.text);
    return status;
}

/* ---- observed events ---- */

static bool event_cell(translation *t, void *user, int64_t row, smap__str *out) {
    word_cells *w = user;
    const char *code = NULL;
    (void)t;
    for (int i = 0; i < w->columns && !code; i++) {
        if (cell_text(w->column[i], row, &w->text)) code = numbered_code(w->domain, &w->text);
    }
    if (!code && w->columns && cell_text(w->column[0], row, &w->text)) {
        count_unknown(&w->unknown, w->column[0], row, &w->text);
    }
    smap__str_put(out, code ? code : "other");
    return true;
}

static bool class_cell(translation *t, void *user, int64_t row, smap__str *out) {
    word_cells *w = user;
    int at = -1;
    (void)t;
    for (int i = 0; i < w->columns && at < 0; i++) {
        if (cell_text(w->column[i], row, &w->text)) at = smap__domain_find(w->domain, w->text.data, w->text.len);
    }
    if (at < 0) {
        if (w->columns && cell_text(w->column[0], row, &w->text)) {
            count_unknown(&w->unknown, w->column[0], row, &w->text);
        }
        return false;
    }
    smap__str_put(out, w->domain->code[at].code);
    return true;
}

static smap_status add_hazard(translation *t, smap_error *err) {
    smap_status status = SMAP_OK;
    word_cells event = { .text = SMAP__STR_INIT, .unknown = { .code = "event_unknown", .what = "kind of event" } };
    word_cells class = { .text = SMAP__STR_INIT, .unknown = { .code = "class_unknown", .what = "class" } };
    SMAP_TRY(smap__domain_get(t->ctx, "cems_event_type", &event.domain, err), done);
    SMAP_TRY(smap__domain_get(t->ctx, "hazard_class", &class.domain, err), done);
    find_columns(t, &event, "event", "hazard");
    if (event.columns < 4) event.column[event.columns] = find_column(t, "event_detail", "hazard", 0);
    if (event.columns < 4 && event.column[event.columns]) event.columns++;
    find_columns(t, &class, "class", "class");
    SMAP_TRY(add_key(t, "hazard_id", err), done);
    SMAP_TRY(add_column(t, "hazard", event_cell, &event, err), done);
    SMAP_TRY(add_column(t, "class", class_cell, &class, err), done);
    if (class.columns) SMAP_TRY(add_column(t, "class_source", copied_cell, &class.column[0], err), done);
    SMAP_TRY(add_copy(t, "area_source_ha", "area_ha", err), done);
    SMAP_TRY(report_unknown(t, &event.unknown, err), done);
    SMAP_TRY(report_unknown(t, &class.unknown, err), done);
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

static bool status_cell(translation *t, void *user, int64_t row, smap__str *out) {
    const smap_column *const *c = user;
    if (*c && !smap_column_is_null(*c, row)) return copied_cell(t, user, row, out);
    smap__str_put(out, "produced");
    return true;
}

static smap_status add_coverage(translation *t, smap_error *err) {
    smap_status status = SMAP_OK;
    const smap_column *state = find_column(t, "status", "status", 0);
    bool analysed = strcmp(t->name->theme, "notAnalysed") != 0;
    SMAP_TRY(add_key(t, "coverage_id", err), done);
    SMAP_TRY(add_constant(t, "kind", coverage_kind(t->name->theme), err), done);
    if (analysed) SMAP_TRY(add_column(t, "status", status_cell, &state, err), done);
    SMAP_TRY(add_copy(t, "name_en", "name", err), done);
    SMAP_TRY(add_copy(t, "sensor", "sensor", err), done);
done:
    return status;
}

/* ---- all together ---- */

static bool other_layer_has(smap_ctx *ctx, const char *field) {
    static const char *const layers[] = { "damage", "hazard", "coverage" };
    for (size_t i = 0; i < sizeof layers / sizeof *layers; i++) {
        const smap__schema *schema = NULL;
        if (smap__schema_get(ctx, layers[i], &schema, NULL) == SMAP_OK && smap__schema_field(schema, field))
            return true;
    }
    return false;
}

/* The caller's settings that concern this layer, and the order of dates that these products use. */
static smap_status make_mapping(const translation *t, smap__pair **pairs, smap__mapping *out, smap_error *err) {
    smap__pair *set = smap__zalloc((size_t)t->mapping->sets + 1, sizeof *set);
    int count = 0;
    bool order = false;
    if (!set) return smap__fail_memory(err);
    for (int i = 0; i < t->mapping->sets; i++) {
        const char *key = t->mapping->set[i].key;
        bool here = smap__schema_field(t->schema, key) != NULL;
        order = order || strcmp(key, "date_order") == 0;
        if (here || !other_layer_has(t->ctx, key)) set[count++] = t->mapping->set[i];
    }
    if (!order) set[count++] = (smap__pair){ "date_order", "dmy" };
    *out = (smap__mapping){ NULL, 0, set, count };
    *pairs = set;
    return SMAP_OK;
}

static smap_status translate(translation *t, smap_error *err) {
    smap_status status = add_origin(t, err);
    if (status != SMAP_OK) return status;
    if (strcmp(t->schema->name, "damage") == 0) return add_damage(t, err);
    if (strcmp(t->schema->name, "hazard") == 0) return add_hazard(t, err);
    return add_coverage(t, err);
}

static smap_status check_maps(const translation *t, smap_error *err) {
    for (int i = 0; i < t->mapping->maps; i++) {
        const smap__pair *m = &t->mapping->map[i];
        if (find_named(t, m->key) || !smap__schema_field(t->schema, m->value)) continue;
        return smap__fail(err, SMAP_E_NOT_FOUND, m->key, "--map: %s has no column \"%s\"", t->source->name, m->key);
    }
    return SMAP_OK;
}

smap_status smap__cems_map(smap_ctx *ctx, const smap__cems_name *name, const smap_layer *source,
                           const smap__mapping *mapping, smap__findings *findings, smap__intake *out, smap_error *err) {
    static const smap__mapping none = { NULL, 0, NULL, 0 };
    smap_status status = SMAP_OK;
    translation t = { ctx, name, source, NULL, mapping ? mapping : &none, findings, NULL, { NULL }, 0 };
    smap__str path = SMAP__STR_INIT;
    smap__pair *pairs = NULL;
    smap__mapping own;
    const smap_table *table = NULL;
    const smap_layer *layer = NULL;
    const char *to = smap__cems_layer(name);
    const char *data = smap_ctx_data_dir(ctx);
    if (!to) {
        return smap__fail(err, SMAP_E_ARGUMENT, source->name, "%s: layers of the theme \"%s\" are not imported",
                          source->name, name->theme);
    }
    smap__str_printf(&path, "%s/intake/cems.json", data ? data : ".");
    if (path.failed) {
        status = smap__fail_memory(err);
        goto done;
    }
    SMAP_TRY(smap__schema_get(ctx, to, &t.schema, err), done);
    SMAP_TRY(smap__json_read(path.data, &t.doc, err), done);
    SMAP_TRY(check_maps(&t, err), done);
    SMAP_TRY(translate(&t, err), done);
    SMAP_TRY(make_mapping(&t, &pairs, &own, err), done);
    SMAP_TRY(smap_table_new(t.column, t.columns, row_count(&t), &table, err), done);
    SMAP_TRY(smap_layer_new(source->name, table, source->geometry, source->fid, &layer, err), done);
    SMAP_TRY(smap__intake_map(ctx, layer, t.schema, &own, findings, out, err), done);
done:
    for (int i = 0; i < t.columns; i++) smap_column_free(t.column[i]);
    smap_layer_free(layer);
    smap_table_free(table);
    smap__free(pairs);
    smap__json_free(t.doc);
    smap__str_release(&path);
    return status;
}
