#include "protect/count_rules.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "col/cell.h"
#include "protect/count_cells.h"

enum { MOST_LAYERS = 32 };

struct smap__count_rules {
    const smap__audience *audience;
    const char *wanted[MOST_LAYERS + 1];
    const smap_layer *layer[MOST_LAYERS]; /* as learnt; NULL: not yet */
    int layers;
    bool decided;
    smap__count_cells cells;
};

static void cells_release(smap__count_cells *c) {
    smap__dict_free(c->name);
    smap__dict_free(c->sum);
    smap__dict_free(c->ratio);
    smap__free(c->value);
    smap__free(c->printed);
    smap__suppression_free(c->suppression);
    *c = (smap__count_cells){ 0 };
}

static const smap__json *entries_of(const smap__count_rules *r, const char *layer) {
    return smap__json_get(smap__json_get(r->audience->rule, layer), "counts");
}

smap_status smap__count_rules_new(const smap__audience *audience, smap__count_rules **out, smap_error *err) {
    smap__count_rules *r = smap__zalloc(1, sizeof *r);
    size_t at = 0;
    const char *name;
    const smap__json *rule;
    if (!r) return smap__fail_memory(err);
    r->audience = audience;
    while (smap__json_member(audience->rule, &at, &name, &rule)) {
        if (!smap__json_get(rule, "counts")) continue;
        if (r->layers == MOST_LAYERS) {
            smap__count_rules_free(r);
            return smap__fail(err, SMAP_E_LIMIT, "data/audiences.json",
                              "data/audiences.json: the audience %s has \"counts\" for more than %d layers, which are "
                              "more than can be kept from each other",
                              audience->name, MOST_LAYERS);
        }
        r->wanted[r->layers++] = name;
    }
    *out = r;
    return SMAP_OK;
}

void smap__count_rules_free(smap__count_rules *r) {
    if (!r) return;
    for (int i = 0; i < r->layers; i++) smap_layer_free(r->layer[i]);
    cells_release(&r->cells);
    smap__free(r);
}

const char *smap__count_rules_wants(const smap__count_rules *r, int index) {
    return index < r->layers ? r->wanted[index] : NULL;
}

static int place_of(const smap__count_rules *r, const char *layer) {
    for (int i = 0; i < r->layers; i++)
        if (strcmp(r->wanted[i], layer) == 0) return i;
    return -1;
}

smap_status smap__count_rules_learn(smap__count_rules *r, const smap_layer *seen, smap_error *err) {
    (void)err;
    int at = place_of(r, seen->name);
    if (at < 0) return SMAP_OK;
    smap_layer_free(r->layer[at]);
    r->layer[at] = smap_layer_retain(seen);
    r->decided = false;
    return SMAP_OK;
}

/* ---- deciding ---------------------------------------------------------------------------------------------------- */

/* The entry itself and those inside of it, each of another column of the same rows; NULL after the last. */
static const smap__json *entry_at(const smap__json *entry, size_t index) {
    static const char *const inner[] = { "of", "before", "lost", "gained" };
    size_t found = 0;
    if (index == 0) return entry;
    for (size_t i = 0; i < sizeof inner / sizeof *inner; i++) {
        const smap__json *e = smap__json_get(entry, inner[i]);
        if (e && ++found == index) return e;
    }
    return NULL;
}

/* The cells of an entry's column: a count that has come up before, in another row or layer, is the same one. */
static smap_status add_cells(smap__count_cells *c, const smap__json *entry, const smap_layer *layer, bool printed,
                             smap_error *err) {
    smap__str name = SMAP__STR_INIT;
    smap_status status = SMAP_OK;
    for (int64_t i = 0; i < smap_table_rows(layer->table) && status == SMAP_OK; i++) {
        int32_t before = smap__dict_count(c->name);
        if (!smap__count_name(entry, layer->name, layer->table, i, &name)) continue;
        int32_t code = name.failed ? -1 : smap__dict_add(c->name, name.data, name.len);
        if (code < 0 || !smap__grow(&c->value, &c->value_room, (size_t)code + 1, sizeof *c->value) ||
            !smap__grow(&c->printed, &c->printed_room, (size_t)code + 1, sizeof *c->printed)) {
            status = smap__fail_memory(err);
            break;
        }
        c->value[code] = smap__count_value(entry, layer->table, i);
        c->printed[code] = printed || (code < before && c->printed[code]);
    }
    smap__str_release(&name);
    return status;
}

static smap_status add_layer(smap_ctx *ctx, smap__count_rules *r, int k, smap_error *err) {
    const smap__json *entries = entries_of(r, r->wanted[k]), *e;
    const smap__schema *schema = NULL;
    smap_status status = smap__schema_get(ctx, r->wanted[k], &schema, err);
    for (size_t i = 0; i < smap__json_size(entries) && status == SMAP_OK; i++)
        for (size_t n = 0; status == SMAP_OK && (e = entry_at(smap__json_item(entries, i), n)); n++) {
            const char *column = smap__json_text(smap__json_get(e, "column"), "");
            status = add_cells(&r->cells, e, r->layer[k], smap__audience_sees_column(r->audience, schema, column), err);
        }
    return status;
}

static smap_status tie_layer(smap_ctx *ctx, smap__count_rules *r, int k, double least, smap_error *err) {
    const smap__json *entries = entries_of(r, r->wanted[k]), *e;
    smap_status status = SMAP_OK;
    for (size_t i = 0; i < smap__json_size(entries) && status == SMAP_OK; i++) {
        for (size_t n = 0; status == SMAP_OK && (e = entry_at(smap__json_item(entries, i), n)); n++)
            status = smap__count_sums(&r->cells, e, r->layer[k], err);
        if (status == SMAP_OK)
            status = smap__count_links(&r->cells, smap__json_item(entries, i), r->layer[k], least, err);
        if (status == SMAP_OK) status = smap__poll(ctx, err);
    }
    return status;
}

/* People of a grid come in fractions. */
static bool all_whole(const smap__count_cells *c) {
    for (int32_t i = 0; i < smap__dict_count(c->name); i++)
        if (fabs(c->value[i] - nearbyint(c->value[i])) > 1e-9) return false;
    return true;
}

static smap_status decide(smap_ctx *ctx, smap__count_rules *r, smap_error *err) {
    smap__count_cells *c = &r->cells;
    double least = (double)smap__audience_least(r->audience, NULL);
    if (r->decided) return SMAP_OK;
    cells_release(c);
    smap_status status = smap__dict_new(&c->name, err);
    if (status == SMAP_OK) status = smap__dict_new(&c->sum, err);
    if (status == SMAP_OK) status = smap__dict_new(&c->ratio, err);
    for (int k = 0; k < r->layers && status == SMAP_OK; k++)
        if (r->layer[k]) status = add_layer(ctx, r, k, err);
    if (status == SMAP_OK) status = smap__suppression_new(least, all_whole(c), &c->suppression, err);
    c->counts = status == SMAP_OK ? smap__dict_count(c->name) : 0;
    for (int i = 0; i < c->counts && status == SMAP_OK; i++)
        status = smap__suppression_count(c->suppression, c->value[i], c->printed[i], err);
    for (int k = 0; k < r->layers && status == SMAP_OK; k++)
        if (r->layer[k]) status = tie_layer(ctx, r, k, least, err);
    if (status == SMAP_OK) status = smap__suppression_solve(ctx, c->suppression, err);
    r->decided = status == SMAP_OK;
    return status;
}

/* ---- telling ----------------------------------------------------------------------------------------------------- */

typedef struct telling {
    const smap__count_rules *rules;
    const char *layer;
    const smap_table *whole; /* with the columns that tell counts apart */
    bool safe;
    int64_t small, others;
} telling;

/* What is told of an entry's count in a row. */
static smap__told told_of(const telling *t, const smap__json *entry, int64_t row, smap__str *name) {
    if (!smap__count_name(entry, t->layer, t->whole, row, name)) return SMAP__TOLD_SHOWN;
    int32_t code = name->failed ? -1 : smap__dict_find(t->rules->cells.name, name->data, name->len);
    if (code < 0 || !t->safe) return SMAP__TOLD_HIDDEN; /* not learnt: on the safe side */
    return smap__suppression_told(t->rules->cells.suppression, code);
}

/* The same of a ratio. */
static smap__told told_of_ratio(const telling *t, const smap__json *entry, int64_t row, smap__str *name) {
    if (!smap__count_name(entry, t->layer, t->whole, row, name)) return SMAP__TOLD_SHOWN;
    int32_t code = name->failed ? -1 : smap__dict_find(t->rules->cells.ratio, name->data, name->len);
    bool shown = code >= 0 && t->safe && smap__suppression_tells_ratio(t->rules->cells.suppression, code);
    return shown ? SMAP__TOLD_SHOWN : SMAP__TOLD_HIDDEN;
}

static bool is_about(const smap__json *entry, const char *column) {
    return entry && strcmp(smap__json_text(smap__json_get(entry, "column"), ""), column) == 0;
}

/* The worst that the entries about that column say. */
static smap__told told_of_column(const telling *t, const char *column, int64_t row, smap__str *name) {
    const smap__json *entries = entries_of(t->rules, t->layer), *e;
    smap__told worst = SMAP__TOLD_SHOWN;
    for (size_t i = 0; i < smap__json_size(entries); i++) {
        const smap__json *entry = smap__json_item(entries, i), *ratio = smap__json_get(entry, "ratio");
        smap__told told = is_about(ratio, column) ? told_of_ratio(t, ratio, row, name) : SMAP__TOLD_SHOWN;
        if (told > worst) worst = told;
        for (size_t n = 0; (e = entry_at(entry, n)); n++) {
            told = is_about(e, column) ? told_of(t, e, row, name) : SMAP__TOLD_SHOWN;
            if (told > worst) worst = told;
        }
    }
    return worst;
}

/* The column without what is not told, and the signs of that; *marks = NULL where all is told. */
static smap_status blank(telling *t, const smap_column *column, const smap_column **out, const smap_column **marks,
                         smap_error *err) {
    const char *small;
    smap__str name = SMAP__STR_INIT;
    smap_column_builder *b = NULL;
    int64_t *row = smap__zalloc((size_t)column->count + 1, sizeof *row), hidden = 0;
    smap_status status = row ? smap_column_builder_new(column->name, SMAP_TEXT, &b, err) : smap__fail_memory(err);
    smap__audience_least(t->rules->audience, &small);
    const char *mark[] = { NULL, small, smap__audience_mark_too(t->rules->audience) };
    for (int64_t i = 0; i < column->count && status == SMAP_OK; i++) {
        smap__told told = told_of_column(t, column->name, i, &name);
        row[i] = told == SMAP__TOLD_SHOWN ? i : -1;
        hidden += told != SMAP__TOLD_SHOWN;
        t->small += told == SMAP__TOLD_SMALL;
        t->others += told == SMAP__TOLD_HIDDEN;
        status = mark[told] ? smap_column_append_text(b, mark[told], strlen(mark[told]), err)
                            : smap_column_append_null(b, err);
    }
    if (status == SMAP_OK && name.failed) status = smap__fail_memory(err);
    if (status == SMAP_OK && hidden) status = smap_column_builder_finish(b, marks, err);
    if (status == SMAP_OK && hidden)
        status = smap_column_take(column, row, column->count, out, err);
    else if (status == SMAP_OK)
        *out = smap_column_retain(column);
    smap_column_builder_free(b);
    smap__str_release(&name);
    smap__free(row);
    return status;
}

smap_status smap__count_rules_apply(smap_ctx *ctx, smap__count_rules *r, const char *layer, const smap_table *whole,
                                    const smap_table *table, smap__counts_told *out, smap_error *err) {
    int n = smap_table_columns(table), marks = 0;
    smap__counts_told told = { NULL, NULL, 0, 0 };
    if (place_of(r, layer) < 0) {
        told.table = smap_table_retain(table);
        *out = told;
        return SMAP_OK;
    }
    smap_status status = decide(ctx, r, err);
    if (status != SMAP_OK) return status;
    telling t = { r, layer, whole, smap__suppression_is_safe(r->cells.suppression), 0, 0 };
    const smap_column **column = smap__zalloc(2 * (size_t)n + 1, sizeof *column), **mark = column + n;
    if (!column) return smap__fail_memory(err);
    for (int i = 0; i < n && status == SMAP_OK; i++) {
        status = blank(&t, smap_table_at(table, i), &column[i], &mark[marks], err);
        marks += mark[marks] != NULL;
    }
    if (status == SMAP_OK) status = smap_table_new(column, n, smap_table_rows(table), &told.table, err);
    if (status == SMAP_OK && marks) status = smap_table_new(mark, marks, smap_table_rows(table), &told.marks, err);
    for (int i = 0; i < n + marks; i++) smap_column_free(column[i]);
    smap__free(column);
    if (status != SMAP_OK) {
        smap_table_free(told.table);
        return status;
    }
    told.small = t.small;
    told.others = t.others;
    *out = told;
    return SMAP_OK;
}
