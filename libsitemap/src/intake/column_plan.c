#include "intake/column_plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/str.h"
#include "intake/hxl.h"

/* How a column came to its target, best first. */
enum { RANK_TOLD, RANK_NAME, RANK_LABEL, RANK_HXL, RANK_ALIAS, RANK_GROUP, RANK_VALUES, RANK_NONE };

enum { DISTINCT_ROWS = 20000 }; /* rows looked at to match a column by its values */

typedef struct planner {
    smap_ctx *ctx;
    const smap_table *table;
    const smap__schema *schema;
    const smap__mapping *mapping;
    const smap__rules *rules;
    smap__findings *findings;
    smap__column_plan *plan;
    int *rank;      /* one a source column */
    bool *left_out; /* one a source column: the mapping says to leave it out */
    bool hxl_row;
    bool coordinates; /* the layer has geometry, and the source has only columns for it */
} planner;

static smap_status fail_name(const planner *p, bool column, const char *name, const char *option, smap_error *err) {
    smap__str names = SMAP__STR_INIT;
    int count = column ? smap_table_columns(p->table) : p->schema->fields;
    for (int i = 0; i < count; i++) {
        if (i) smap__str_put(&names, ", ");
        smap__str_put(&names, column ? smap_table_at(p->table, i)->name : p->schema->field[i].name);
    }
    const char *list = names.data ? names.data : "";
    smap_status status =
        column ? smap__fail(err, SMAP_E_NOT_FOUND, name, "%s: the source has no column \"%s\"; it has: %s", option,
                            name, list)
               : smap__fail(err, SMAP_E_NOT_FOUND, name,
                            "%s: layer \"%s\" has no field \"%s\"; it has: %s (and lat, lon, gps, wkt for coordinates)",
                            option, p->schema->name, name, list);
    smap__str_release(&names);
    return status;
}

static int find_field(const smap__schema *schema, const char *name) {
    for (int i = 0; i < schema->fields; i++) {
        if (strcmp(schema->field[i].name, name) == 0) return i;
    }
    return -1;
}

static int find_column(const smap_table *table, const char *name) {
    for (int i = 0; i < smap_table_columns(table); i++) {
        if (strcmp(smap_table_at(table, i)->name, name) == 0) return i;
    }
    for (int i = 0; i < smap_table_columns(table); i++) {
        const char *own = smap_table_at(table, i)->name;
        if (smap__same_name(own, strlen(own), name, strlen(name))) return i;
    }
    return -1;
}

static const char *const coordinate_names[] = { "lat", "lon", "gps", "wkt" }; /* from SMAP__TARGET_LAT down */

static int coordinate_target(const char *code) {
    for (int i = 0; i < (int)(sizeof coordinate_names / sizeof *coordinate_names); i++) {
        if (strcmp(coordinate_names[i], code) == 0) return SMAP__TARGET_LAT - i;
    }
    return SMAP__TARGET_NONE;
}

const char *smap__target_name(const smap__schema *schema, int target) {
    return target >= 0 ? schema->field[target].name : coordinate_names[SMAP__TARGET_LAT - target];
}

/* ---- what the caller told ---- */

static smap_status take_maps(planner *p, smap_error *err) {
    for (int i = 0; i < p->mapping->maps; i++) {
        const smap__pair *m = &p->mapping->map[i];
        int column = find_column(p->table, m->key);
        if (column < 0) return fail_name(p, true, m->key, "--map", err);
        if (!*m->value) {
            p->left_out[column] = true;
            continue;
        }
        int target = find_field(p->schema, m->value);
        if (target < 0) target = coordinate_target(m->value);
        if (target == SMAP__TARGET_NONE) return fail_name(p, false, m->value, "--map", err);
        if (target < 0 && !p->coordinates) {
            return smap__fail(err, SMAP_E_ARGUMENT, m->key,
                              "--map '%s=%s': layer \"%s\" has no geometry, or the source has its own; leave it out",
                              m->key, m->value, p->schema->name);
        }
        for (int k = 0; k < p->plan->columns; k++) {
            if (k != column && p->rank[k] == RANK_TOLD && p->plan->target[k] == target) {
                return smap__fail(err, SMAP_E_ARGUMENT, m->value,
                                  "--map: the columns \"%s\" and \"%s\" cannot both be \"%s\"",
                                  smap_table_at(p->table, k)->name, m->key, m->value);
            }
        }
        p->plan->target[column] = target;
        p->rank[column] = RANK_TOLD;
    }
    return SMAP_OK;
}

static smap_status take_sets(planner *p, smap_error *err) {
    for (int i = 0; i < p->mapping->sets; i++) {
        const smap__pair *s = &p->mapping->set[i];
        int field = find_field(p->schema, s->key);
        if (field >= 0) {
            for (int k = 0; k < p->plan->columns; k++) {
                if (p->rank[k] == RANK_TOLD && p->plan->target[k] == field) {
                    return smap__fail(err, SMAP_E_ARGUMENT, s->key,
                                      "the field \"%s\" has both --map and --set; give one", s->key);
                }
            }
            p->plan->set[field] = s->value;
        } else if (strcmp(s->key, "country") == 0) {
            continue; /* read with the rules */
        } else if (strcmp(s->key, "date_order") == 0) {
            if (strcmp(s->value, "dmy") != 0 && strcmp(s->value, "mdy") != 0) {
                return smap__fail(err, SMAP_E_ARGUMENT, s->value, "--set date_order: use dmy or mdy, not \"%s\"",
                                  s->value);
            }
            p->plan->date_order = s->value[0];
        } else if (strcmp(s->key, "decimal") == 0) {
            if (strcmp(s->value, ",") != 0 && strcmp(s->value, ".") != 0) {
                return smap__fail(err, SMAP_E_ARGUMENT, s->value, "--set decimal: use , or . and not \"%s\"", s->value);
            }
            p->plan->decimal = s->value[0];
        } else {
            return fail_name(p, false, s->key, "--set", err);
        }
    }
    return SMAP_OK;
}

/* ---- what the names say ---- */

static void improve(int found, int found_rank, int *target, int *rank) {
    if (found_rank < *rank) {
        *target = found;
        *rank = found_rank;
    }
}

static int field_rank(const smap__field *f, const char *name, size_t len) {
    static const int rank[] = { [SMAP__NAMED_AS_FIELD] = RANK_NAME,
                                [SMAP__NAMED_AS_LABEL] = RANK_LABEL,
                                [SMAP__NAMED_AS_ALIAS] = RANK_ALIAS,
                                [SMAP__NAMED_NOT] = RANK_NONE };
    return rank[smap__field_named(f, name, len)];
}

static void match_name(const planner *p, const char *name, size_t len, int *target, int *rank) {
    smap__trim(&name, &len);
    if (len == 0) return;
    for (int i = 0; i < p->schema->fields; i++) improve(i, field_rank(&p->schema->field[i], name, len), target, rank);
    int at = p->coordinates ? smap__domain_find(p->rules->coordinates, name, len) : -1;
    if (at >= 0) improve(coordinate_target(p->rules->coordinates->code[at].code), RANK_ALIAS, target, rank);
}

/* The field whose tag is the same; else the one with most in common; none if two are equally good. */
static void match_hxl(const planner *p, const char *tag, size_t len, int *target, int *rank) {
    int best = -1, best_score = 0;
    bool tie = false;
    for (int i = 0; i < p->schema->fields; i++) {
        int shared = 0, kind = smap__hxl_match(tag, len, p->schema->field[i].hxl, &shared);
        int score = kind * 100 + shared;
        if (kind == 0 || score < best_score) continue;
        tie = score == best_score;
        best = i;
        best_score = score;
    }
    if (best >= 0 && !tie) improve(best, RANK_HXL, target, rank);
    int at = p->coordinates ? smap__domain_find(p->rules->coordinates, tag, len) : -1;
    if (at >= 0) improve(coordinate_target(p->rules->coordinates->code[at].code), RANK_HXL, target, rank);
}

static const char *after_group(const char *name) {
    const char *slash = strrchr(name, '/');
    return slash && slash[1] ? slash + 1 : NULL;
}

static void match_whole_name(const planner *p, const char *name, int *target, int *rank) {
    match_name(p, name, strlen(name), target, rank);
    if (smap__is_hxl(name, strlen(name))) match_hxl(p, name, strlen(name), target, rank);
}

static void match_group(const planner *p, const char *name, int *target, int *rank) {
    const char *last = after_group(name);
    int group_rank = RANK_NONE;
    if (!last || *rank <= RANK_GROUP) return;
    match_name(p, last, strlen(last), target, &group_rank);
    if (group_rank < RANK_NONE) *rank = RANK_GROUP;
}

bool smap__names_field(const smap__schema *schema, const char *name) {
    const planner p = { .schema = schema };
    int target = SMAP__TARGET_NONE, rank = RANK_NONE;
    match_whole_name(&p, name, &target, &rank);
    match_group(&p, name, &target, &rank);
    return target != SMAP__TARGET_NONE;
}

static void match_column(const planner *p, int column) {
    const smap_column *c = smap_table_at(p->table, column);
    int target = SMAP__TARGET_NONE, rank = RANK_NONE;
    match_whole_name(p, c->name, &target, &rank);
    if (p->hxl_row && c->type == SMAP_TEXT && !smap_column_is_null(c, 0)) {
        size_t len = 0;
        const char *tag = smap_column_text(c, 0, &len);
        match_hxl(p, tag, len, &target, &rank);
    }
    match_group(p, c->name, &target, &rank);
    p->plan->target[column] = target;
    p->rank[column] = rank;
}

/* ---- what the values say ---- */

/* Yes and no are answers to any question: they say of no vocabulary that it is this one. */
static bool has_all_values(const smap__rules *rules, const smap__domain *domain, const smap_column *c, int64_t first) {
    int64_t known = 0;
    for (int64_t row = first; row < c->count && row < DISTINCT_ROWS; row++) {
        size_t len = 0;
        const char *text = smap_column_text(c, row, &len);
        smap__trim(&text, &len);
        if (len == 0) continue;
        if (smap__domain_find(domain, text, len) >= 0) {
            known += smap__domain_find(rules->yes_no, text, len) < 0;
        } else if (smap__domain_find(rules->null_words, text, len) < 0) {
            return false;
        }
    }
    return known > 0;
}

static smap_status match_values(planner *p, int column, smap_error *err) {
    const smap_column *c = smap_table_at(p->table, column);
    int found = -1, candidates = 0;
    for (int i = 0; i < p->schema->fields; i++) {
        const smap__domain *domain = NULL;
        bool free = p->plan->column[i] < 0 && !p->plan->set[i] && *p->schema->field[i].domain;
        if (!free) continue;
        smap_status status = smap__domain_get(p->ctx, p->schema->field[i].domain, &domain, err);
        if (status != SMAP_OK) return status;
        if (!has_all_values(p->rules, domain, c, p->plan->first_row)) continue;
        found = i;
        candidates++;
    }
    if (candidates != 1) return SMAP_OK;
    p->plan->target[column] = found;
    p->plan->column[found] = column;
    p->rank[column] = RANK_VALUES;
    return smap__findings_add(
        p->findings, err, SMAP__INFO, "column_by_values", 0, c->name, "",
        "column \"%s\" is taken as %s because all its values are of that vocabulary; name it with "
        "--map if that is wrong",
        c->name, p->schema->field[found].name);
}

/* ---- settling who gets what ---- */

static int *coordinate_slot(smap__column_plan *plan, int target) {
    switch (target) {
    case SMAP__TARGET_LAT:
        return &plan->lat;
    case SMAP__TARGET_LON:
        return &plan->lon;
    case SMAP__TARGET_GPS:
        return &plan->gps;
    case SMAP__TARGET_WKT:
        return &plan->wkt;
    default:
        return NULL;
    }
}

/* Give every target its best column; the others lose it. */
static void settle(planner *p) {
    smap__column_plan *plan = p->plan;
    for (int rank = RANK_TOLD; rank < RANK_VALUES; rank++) {
        for (int i = 0; i < plan->columns; i++) {
            int target = plan->target[i];
            if (p->rank[i] != rank || target == SMAP__TARGET_NONE) continue;
            int *slot = target >= 0 ? &plan->column[target] : coordinate_slot(plan, target);
            bool set = target >= 0 && plan->set[target];
            if (*slot < 0 && !set) {
                *slot = i;
            } else {
                plan->target[i] = SMAP__TARGET_NONE;
                p->rank[i] = RANK_NONE;
            }
        }
    }
}

/* Does a row of `other` say something of a row of `layer`: does its key name one? */
static bool tells_of(const smap__schema *other, const char *layer) {
    size_t len = strlen(layer);
    for (int i = 0; i < other->fields; i++) {
        const smap__field *f = &other->field[i];
        if (f->key && strncmp(f->refers, layer, len) == 0 && f->refers[len] == '.') return true;
    }
    return false;
}

/* The first layer about rows of this one that has a field of that name: counts of a site are of its rounds. NULL: none.
 */
static smap_status find_other_home(planner *p, const char *name, const smap__schema **out, smap_error *err) {
    const smap__schema *const *all;
    int count;
    *out = NULL;
    smap_status status = smap__schema_all(p->ctx, &all, &count, err);
    for (int i = 0; i < count && status == SMAP_OK && !*out; i++) {
        if (strcmp(all[i]->kind, "model") != 0 || !tells_of(all[i], p->schema->name)) continue;
        for (int k = 0; k < all[i]->fields && !*out; k++)
            if (smap__field_named(&all[i]->field[k], name, strlen(name)) != SMAP__NAMED_NOT) *out = all[i];
    }
    return status;
}

/* *told: there is a layer for it, which is named. */
static smap_status report_other_home(planner *p, const char *name, bool *told, smap_error *err) {
    const smap__schema *other;
    smap_status status = find_other_home(p, name, &other, err);
    *told = status == SMAP_OK && other;
    if (!*told) return status;
    return smap__findings_add(p->findings, err, SMAP__INFO, "column_unused", 0, name, "",
                              "column \"%s\" is not taken over: it is a field of the layer %s; import the file a "
                              "second time, with --to %s",
                              name, other->name, other->name);
}

/* All in one: exports have dozens of them, which would hide what else there is to say. */
static smap_status report_unnamed(planner *p, const char *first, const smap__str *names, int count, smap_error *err) {
    if (count == 0) return SMAP_OK;
    if (names->failed) return smap__fail_memory(err);
    if (count == 1)
        return smap__findings_add(p->findings, err, SMAP__INFO, "column_unused", 0, first, "",
                                  "column \"%s\" is not taken over: no field of layer \"%s\" has that name; use "
                                  "--map '%s=FIELD' if one should",
                                  first, p->schema->name, first);
    return smap__findings_add(
        p->findings, err, SMAP__INFO, "column_unused", 0, "", "",
        "%d columns are not taken over: no field of layer \"%s\" has the name of one of them; use "
        "--map 'COLUMN=FIELD' if one should: %s",
        count, p->schema->name, names->data);
}

static smap_status report_unused(planner *p, smap_error *err) {
    const char *first = NULL;
    int unnamed = 0;
    smap__str names = SMAP__STR_INIT;
    smap_status status = SMAP_OK;
    for (int i = 0; i < p->plan->columns && status == SMAP_OK; i++) {
        const char *name = smap_table_at(p->table, i)->name;
        if (p->plan->target[i] != SMAP__TARGET_NONE || p->left_out[i]) continue;
        int target = SMAP__TARGET_NONE, rank = RANK_NONE;
        match_name(p, name, strlen(name), &target, &rank);
        if (target == SMAP__TARGET_NONE) {
            bool told = false;
            status = report_other_home(p, name, &told, err);
            if (told) continue;
            smap__str_printf(&names, "%s%s", unnamed ? ", " : "", name);
            if (unnamed++ == 0) first = name;
        } else {
            bool set = target >= 0 && p->plan->set[target];
            status =
                smap__findings_add(p->findings, err, set ? SMAP__INFO : SMAP__WARNING, "column_second", 0, name, "",
                                   "column \"%s\" is not taken over: %s is already taken from another column or set; "
                                   "say which with --map",
                                   name, smap__target_name(p->schema, target));
        }
    }
    if (status == SMAP_OK) status = report_unnamed(p, first, &names, unnamed, err);
    smap__str_release(&names);
    return status;
}

static smap_status allocate(planner *p, smap_error *err) {
    smap__column_plan *plan = p->plan;
    plan->columns = smap_table_columns(p->table);
    plan->fields = p->schema->fields;
    plan->lat = plan->lon = plan->gps = plan->wkt = -1;
    plan->target = smap__zalloc((size_t)plan->columns, sizeof *plan->target);
    plan->column = smap__zalloc((size_t)plan->fields, sizeof *plan->column);
    plan->set = smap__zalloc((size_t)plan->fields, sizeof *plan->set);
    p->rank = smap__zalloc((size_t)plan->columns, sizeof *p->rank);
    p->left_out = smap__zalloc((size_t)plan->columns, sizeof *p->left_out);
    if (!plan->target || !plan->column || !plan->set || !p->rank || !p->left_out) return smap__fail_memory(err);
    for (int i = 0; i < plan->columns; i++) {
        plan->target[i] = SMAP__TARGET_NONE;
        p->rank[i] = RANK_NONE;
    }
    for (int i = 0; i < plan->fields; i++) plan->column[i] = -1;
    return SMAP_OK;
}

smap_status smap__column_plan_make(smap_ctx *ctx, const smap_layer *source, const smap__schema *schema,
                                   const smap__mapping *mapping, const smap__rules *rules, smap__findings *findings,
                                   smap__column_plan *out, smap_error *err) {
    smap_status status = SMAP_OK;
    smap__column_plan plan = { 0 };
    planner p = { ctx, source->table, schema, mapping, rules, findings, &plan, NULL, NULL, false, false };
    SMAP_TRY(allocate(&p, err), done);
    p.hxl_row = smap__hxl_row(source->table);
    p.coordinates = schema->shapes != SMAP__SHAPE_NONE && !source->geometry;
    plan.first_row = p.hxl_row ? 1 : 0;
    SMAP_TRY(take_maps(&p, err), done);
    SMAP_TRY(take_sets(&p, err), done);
    for (int i = 0; i < plan.columns; i++) {
        if (p.rank[i] != RANK_TOLD && !p.left_out[i]) match_column(&p, i);
    }
    settle(&p);
    for (int i = 0; i < plan.columns; i++) {
        bool open = plan.target[i] == SMAP__TARGET_NONE && !p.left_out[i];
        if (open && smap_table_at(source->table, i)->type == SMAP_TEXT) SMAP_TRY(match_values(&p, i, err), done);
    }
    SMAP_TRY(report_unused(&p, err), done);
    *out = plan;
done:
    smap__free(p.rank);
    smap__free(p.left_out);
    if (status != SMAP_OK) smap__column_plan_release(&plan);
    return status;
}

void smap__column_plan_release(smap__column_plan *plan) {
    smap__free(plan->target);
    smap__free(plan->column);
    smap__free(plan->set);
    *plan = (smap__column_plan){ 0 };
}
