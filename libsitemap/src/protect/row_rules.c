#include "protect/row_rules.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "col/cell.h"
#include "col/dict.h"
#include "protect/audience_rules.h"

enum { MOST_LAYERS = 8, MOST_KINDS = 8 };

typedef struct learnt {
    const char *layer, *key;
    smap__dict *shown; /* keys; NULL: not learnt */
    int64_t rows_shown, rows_hidden;
} learnt;

struct smap__known {
    const smap__audience *audience;
    const smap__json *references, *kinds, *sums;
    learnt layer[MOST_LAYERS];
    int layers;
    smap__dict *hidden_kind[MOST_KINDS]; /* of each of `kinds`: values of the column in hidden rows */
};

/* ---- conditions -------------------------------------------------------------------------------------------------- */

/* A value of the rules as text; NULL for null. */
static const char *value_text(const smap__json *value) {
    const char *text = smap__json_text(value, NULL);
    if (text || !value) return text;
    bool truth = smap__json_bool(value, false);
    return truth == smap__json_bool(value, true) ? (truth ? "true" : "false") : "";
}

static bool cell_is_value(const smap_column *column, int64_t row, const char *value) {
    bool null = !column || smap_column_is_null(column, row);
    if (!value || null) return !value && null;
    if (column->type == SMAP_TEXT) return smap__cell_is(column, row, value);
    char text[64];
    smap_column_format(column, row, text, sizeof text);
    return strcmp(text, value) == 0;
}

bool smap__row_rule_lists(const smap__json *list, const smap_column *column, int64_t row) {
    if (!smap__json_is_array(list)) return cell_is_value(column, row, value_text(list));
    for (size_t i = 0; i < smap__json_size(list); i++)
        if (cell_is_value(column, row, value_text(smap__json_item(list, i)))) return true;
    return false;
}

bool smap__row_rule_when(const smap__json *when, const smap_table *table, int64_t row) {
    size_t at = 0;
    const char *name;
    const smap__json *list;
    while (smap__json_member(when, &at, &name, &list))
        if (!smap__row_rule_lists(list, smap_table_find(table, name), row)) return false;
    return true;
}

/* Any column of the entry holds one of its values. */
static bool entry_holds(const smap__json *entry, const smap_table *table, int64_t row) {
    size_t at = 0;
    const char *name;
    const smap__json *list;
    while (smap__json_member(entry, &at, &name, &list))
        if (smap__row_rule_lists(list, smap_table_find(table, name), row)) return true;
    return false;
}

/* The first entry that does not hold; -1: all do. */
static int broken_entry(const smap__json *rows, const smap_table *table, int64_t row) {
    for (size_t i = 0; i < smap__json_size(rows); i++)
        if (!entry_holds(smap__json_item(rows, i), table, row)) return (int)i;
    return -1;
}

/* ---- what others refer to ---------------------------------------------------------------------------------------- */

static int place_of(const smap__known *known, const char *layer) {
    for (int i = 0; i < known->layers; i++)
        if (strcmp(known->layer[i].layer, layer) == 0) return i;
    return -1;
}

static const learnt *find_learnt(const smap__known *known, const char *layer) {
    int at = place_of(known, layer);
    return at < 0 ? NULL : &known->layer[at];
}

static const char *text_of(const smap__json *object, const char *key) {
    return smap__json_text(smap__json_get(object, key), "");
}

smap_status smap__known_new(const smap__audience *audience, smap__known **out, smap_error *err) {
    const smap__json *root = audience->rules->root;
    smap__known *known = smap__zalloc(1, sizeof *known);
    if (!known) return smap__fail_memory(err);
    known->audience = audience;
    known->references = smap__json_get(root, "references");
    known->kinds = smap__json_get(root, "kinds");
    known->sums = smap__json_get(root, "sums");
    bool fits = smap__json_size(known->kinds) <= MOST_KINDS;
    for (size_t i = 0; i < smap__json_size(known->references) && fits; i++) {
        const smap__json *r = smap__json_item(known->references, i);
        if (find_learnt(known, text_of(r, "layer"))) continue;
        fits = known->layers < MOST_LAYERS;
        if (!fits) break;
        known->layer[known->layers++] = (learnt){ .layer = text_of(r, "layer"), .key = text_of(r, "key") };
    }
    if (!fits) {
        smap__known_free(known);
        return smap__fail(err, SMAP_E_LIMIT, "data/audiences.json",
                          "data/audiences.json: there are more than %d \"kinds\", or \"references\" to more than %d "
                          "layers; rules that are not kept would show what they hide",
                          MOST_KINDS, MOST_LAYERS);
    }
    *out = known;
    return SMAP_OK;
}

void smap__known_free(smap__known *known) {
    if (!known) return;
    for (int i = 0; i < known->layers; i++) smap__dict_free(known->layer[i].shown);
    for (int i = 0; i < MOST_KINDS; i++) smap__dict_free(known->hidden_kind[i]);
    smap__free(known);
}

const char *smap__known_wants(const smap__known *known, int index) {
    return !known->audience->all && index < known->layers ? known->layer[index].layer : NULL;
}

static smap_status add_value(smap__dict *dict, const smap_column *column, int64_t row, smap_error *err) {
    size_t len;
    if (!column || column->type != SMAP_TEXT || smap_column_is_null(column, row)) return SMAP_OK;
    const char *text = smap_column_text(column, row, &len);
    return smap__dict_add(dict, text, len) < 0 ? smap__fail_memory(err) : SMAP_OK;
}

/* The values that hidden rows have in the columns that tell of a kind. */
static smap_status learn_kinds(smap__known *known, const smap_layer *layer, const uint8_t *shown, smap_error *err) {
    smap_status status = SMAP_OK;
    for (size_t k = 0; k < smap__json_size(known->kinds); k++) {
        const smap__json *kind = smap__json_item(known->kinds, k);
        if (strcmp(text_of(kind, "layer"), layer->name) != 0) continue;
        const smap_column *column = smap_table_find(layer->table, text_of(kind, "column"));
        smap__dict_free(known->hidden_kind[k]);
        known->hidden_kind[k] = NULL;
        status = smap__dict_new(&known->hidden_kind[k], err);
        for (int64_t i = 0; i < smap_table_rows(layer->table) && status == SMAP_OK; i++)
            if (!shown[i]) status = add_value(known->hidden_kind[k], column, i, err);
        if (status != SMAP_OK) break;
    }
    return status;
}

smap_status smap__known_learn(smap__known *known, const smap_layer *layer, smap_error *err) {
    int at = place_of(known, layer->name);
    int64_t n = smap_table_rows(layer->table), count = 0;
    if (at < 0 || known->audience->all) return SMAP_OK;
    learnt *l = &known->layer[at];
    int64_t *rows = smap__zalloc((size_t)n + 1, sizeof *rows);
    uint8_t *shown = smap__zalloc((size_t)n + 1, 1);
    smap__dict *keys = NULL;
    smap_status status = rows && shown ? smap__dict_new(&keys, err) : smap__fail_memory(err);
    if (status == SMAP_OK) smap__row_rules_apply(known, layer, rows, &count, NULL);
    const smap_column *key = smap_table_find(layer->table, l->key);
    for (int64_t i = 0; i < count && status == SMAP_OK; i++) {
        shown[rows[i]] = 1;
        status = add_value(keys, key, rows[i], err);
    }
    if (status == SMAP_OK) status = learn_kinds(known, layer, shown, err);
    if (status == SMAP_OK) {
        smap__dict_free(l->shown);
        l->shown = keys;
        l->rows_shown = count;
        l->rows_hidden = n - count;
    } else {
        smap__dict_free(keys);
    }
    smap__free(shown);
    smap__free(rows);
    return status;
}

/* ---- rows -------------------------------------------------------------------------------------------------------- */

static bool holds_text(const smap__dict *dict, const smap_column *column, int64_t row) {
    size_t len;
    const char *text = smap_column_text(column, row, &len);
    return dict && smap__dict_find(dict, text, len) >= 0;
}

static bool refers_to_shown(const smap__known *known, const smap_layer *layer, int64_t row) {
    for (size_t i = 0; i < smap__json_size(known->references); i++) {
        const smap__json *r = smap__json_item(known->references, i);
        const smap_column *column = smap_table_find(layer->table, text_of(r, "column"));
        if (!column || column->type != SMAP_TEXT || smap_column_is_null(column, row)) continue;
        if (strcmp(text_of(r, "layer"), layer->name) == 0) continue; /* its own key */
        if (!smap__row_rule_when(smap__json_get(r, "where"), layer->table, row)) continue;
        const learnt *l = find_learnt(known, text_of(r, "layer"));
        if (!l || !holds_text(l->shown, column, row)) return false;
    }
    return true;
}

static bool is_exempt(const smap__json *rule, const smap_layer *layer) {
    return strcmp(text_of(rule, "layer"), layer->name) == 0 ||
           smap__audience_rules_list(smap__json_get(rule, "but"), layer->name);
}

/* Of a kind of which some are hidden: a way or an area that leads to a place that is not there would show it. */
static bool is_hidden_kind(const smap__known *known, const smap_layer *layer, int64_t row) {
    for (size_t k = 0; k < smap__json_size(known->kinds); k++) {
        const smap__json *kind = smap__json_item(known->kinds, k);
        const smap_column *column = smap_table_find(layer->table, text_of(kind, "column"));
        if (!column || column->type != SMAP_TEXT || smap_column_is_null(column, row) || is_exempt(kind, layer))
            continue;
        if (holds_text(known->hidden_kind[k], column, row)) return true;
    }
    return false;
}

/* A sum over a layer of which some rows are shown and some are not: the difference would tell of those that are not. */
static bool is_telling_sum(const smap__known *known, const smap_layer *layer, int64_t row) {
    for (size_t i = 0; i < smap__json_size(known->sums); i++) {
        const smap__json *sum = smap__json_item(known->sums, i);
        const learnt *l = find_learnt(known, text_of(sum, "layer"));
        if (!l || !l->rows_shown || !l->rows_hidden || is_exempt(sum, layer)) continue;
        if (smap__cell_is(smap_table_find(layer->table, text_of(sum, "column")), row, l->layer)) return true;
    }
    return false;
}

/* Where a row is counted that is not seen; NULL: it is. */
static int64_t *reason_of(const smap__known *known, const smap_layer *layer, const smap__json *own, int64_t row,
                          smap__row_reasons *reasons) {
    int broken = broken_entry(own, layer->table, row);
    if (broken >= 0) return &reasons->own[broken < SMAP__ROW_RULES ? broken : SMAP__ROW_RULES - 1];
    if (!refers_to_shown(known, layer, row)) return &reasons->reference;
    if (is_hidden_kind(known, layer, row)) return &reasons->kind;
    return is_telling_sum(known, layer, row) ? &reasons->sum : NULL;
}

void smap__row_rules_apply(const smap__known *known, const smap_layer *layer, int64_t *rows, int64_t *count,
                           smap__row_reasons *reasons) {
    const smap__json *rule = smap__json_get(known->audience->rule, layer->name), *own = smap__json_get(rule, "rows");
    bool withheld = smap__audience_covers(known->audience, layer->name) != SMAP__COVER_SHOWN;
    smap__row_reasons found = { .reference = 0 };
    *count = 0;
    for (int64_t i = 0; i < smap_table_rows(layer->table) && !withheld; i++) {
        int64_t *reason = known->audience->all ? NULL : reason_of(known, layer, own, i, &found);
        if (reason)
            (*reason)++;
        else
            rows[(*count)++] = i;
    }
    if (reasons) *reasons = found;
}
