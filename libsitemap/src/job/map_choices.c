#include "job/map_choices.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "col/cell.h"
#include "col/dict.h"
#include "model/domain.h"
#include "sheet/row_filter.h"

void smap__map_choices_release(smap__map_choices *choices) {
    smap__free(choices->item);
    smap__free(choices->label);
    smap__arena_release(&choices->arena);
    *choices = (smap__map_choices){ 0 };
}

typedef struct choosing {
    smap_ctx *ctx;
    smap__workspace *workspace;
    const smap__audience *audience;
    const char *path;
    const smap__json *choose; /* whole, for the columns of what was chosen before */
    smap__map_choices *out;
    const smap__json *entry; /* of the key that is being chosen */
    smap__dict *values;      /* its candidates */
    const smap_layer *view;  /* where they are from */
    smap__str last;          /* value of the last row, if possible none to avoid */
} choosing;

static bool lists(const smap__json *list, const char *text) {
    for (size_t i = 0; i < smap__json_size(list); i++)
        if (strcmp(smap__json_text(smap__json_item(list, i), ""), text) == 0) return true;
    return false;
}

/* The rows for which holds what was chosen before, as far as the layer has those columns. */
static void filter_chosen(const choosing *c, const smap_table *table, smap__row_filter *out) {
    size_t room = sizeof out->test / sizeof *out->test;
    *out = (smap__row_filter){ 0 };
    for (int i = 0; i < c->out->count; i++)
        for (size_t k = 0; k < smap__json_size(c->choose); k++) {
            const smap__json *entry = smap__json_item(c->choose, k);
            if (strcmp(smap__json_text(smap__json_get(entry, "key"), ""), c->out->item[i].key) != 0) continue;
            const smap_column *column = smap_table_find(table, smap__json_text(smap__json_get(entry, "column"), ""));
            if (column && (size_t)out->tests < room)
                out->test[out->tests++] = (smap__row_test){ .column = column, .equals = c->out->item[i].value };
        }
}

static smap_status gather_rows(choosing *c, const smap_table *table, const smap_column *column, smap_error *err) {
    const smap__json *avoid = smap__json_get(c->entry, "avoid");
    bool last_avoided = true;
    smap__row_filter filter;
    smap__str cell = SMAP__STR_INIT;
    smap_status status = SMAP_OK;
    filter_chosen(c, table, &filter);
    smap__str_clear(&c->last);
    for (int64_t row = 0; row < column->count && status == SMAP_OK; row++) {
        if (smap_column_is_null(column, row) || !smap__row_filter_holds(&filter, row)) continue;
        smap__str_clear(&cell);
        smap__str_put(&cell, "");
        smap__cell_put(&cell, column, row);
        if (cell.failed || smap__dict_add(c->values, cell.data ? cell.data : "", cell.len) < 0) {
            status = smap__fail_memory(err);
            break;
        }
        bool avoided = lists(avoid, cell.data);
        if (avoided && !last_avoided) continue;
        last_avoided = avoided;
        smap__str_clear(&c->last);
        smap__str_put(&c->last, cell.data);
    }
    smap__str_release(&cell);
    return status;
}

static smap_status gather_layer(choosing *c, const char *layer, smap_error *err) {
    const smap_layer *view = NULL;
    const char *name = smap__json_text(smap__json_get(c->entry, "column"), "");
    smap_status status = smap__workspace_view(c->workspace, c->audience, layer, &view, err);
    if (status != SMAP_OK) return status;
    const smap_column *column = smap_table_find(view->table, name);
    if (column)
        status = gather_rows(c, view->table, column, err);
    else
        status = smap__fail(err, SMAP_E_FORMAT, c->path,
                            "%s: \"choose\" asks layer %s for the column \"%s\", which that layer does not have",
                            c->path, layer, name);
    smap_layer_free(c->view);
    c->view = view;
    return status;
}

/* Of the first layer that has any; where one was asked for, of the first that has that one. */
static smap_status gather(choosing *c, const char *asked, smap_error *err) {
    const smap__json *layers = smap__json_get(c->entry, "layers");
    smap_status status = SMAP_OK;
    for (size_t i = 0; i < smap__json_size(layers) && status == SMAP_OK; i++) {
        status = gather_layer(c, smap__json_text(smap__json_item(layers, i), ""), err);
        bool found = asked ? smap__dict_find(c->values, asked, strlen(asked)) >= 0 : smap__dict_count(c->values) > 0;
        if (found) break;
    }
    return status;
}

static smap_status fail_asked(const choosing *c, const char *key, const char *asked, smap_error *err) {
    smap__str names = SMAP__STR_INIT;
    smap__dict_list(c->values, NULL, 0, &names);
    smap_status status =
        names.failed ? smap__fail_memory(err)
        : names.len  ? smap__fail(err, SMAP_E_NOT_FOUND, key, "nothing was found for %s=%s; --set %s takes one of: %s",
                                  key, asked, key, names.data)
                     : smap__fail(err, SMAP_E_NOT_FOUND, key,
                                  "nothing was found for %s=%s, nor for any other %s with what else was chosen", key,
                                  asked, key);
    smap__str_release(&names);
    return status;
}

/* Without it the sheet would show the rows of all, under the name of one. */
static smap_status fail_needed(const choosing *c, const char *key, smap_error *err) {
    const char *layer = smap__json_text(smap__json_item(smap__json_get(c->entry, "layers"), 0), "");
    return smap__fail(
        err, SMAP_E_NOT_FOUND, key,
        "the sheet is about one %s, as layer %s has it, and that layer has no rows here, or none that the "
        "audience may see; import it first (sitemap import FILE -w WS --to %s)",
        key, layer, layer);
}

static const char *pick(const choosing *c) {
    const smap__json *prefer = smap__json_get(c->entry, "prefer");
    for (size_t i = 0; i < smap__json_size(prefer); i++) {
        const char *text = smap__json_text(smap__json_item(prefer, i), "");
        if (smap__dict_find(c->values, text, strlen(text)) >= 0) return text;
    }
    bool first = smap__json_bool(smap__json_get(c->entry, "first"), false);
    return first ? smap__dict_text(c->values, 0) : c->last.data;
}

/* The cell of a column that the entry names, in the row of a value, kept in the arena; NULL where it says nothing. */
static smap_status cell_beside(const choosing *c, const smap_table *table, const char *value, const char *key,
                               const char **out, smap_error *err) {
    const char *name = smap__json_text(smap__json_get(c->entry, key), NULL);
    const smap_column *label = name ? smap_table_find(table, name) : NULL;
    const smap_column *column = smap_table_find(table, smap__json_text(smap__json_get(c->entry, "column"), ""));
    smap__str text = SMAP__STR_INIT;
    *out = NULL;
    if (!label || !column) return SMAP_OK;
    for (int64_t row = 0; row < column->count && !text.len; row++)
        if (smap__cell_reads(column, row, value)) smap__cell_put(&text, label, row);
    if (text.len) *out = smap__arena_strdup(&c->out->arena, text.data);
    bool failed = text.failed || (text.len && !*out);
    smap__str_release(&text);
    return failed ? smap__fail_memory(err) : SMAP_OK;
}

/* What columns say of the value, of the layer that it is from or of another one that has the same keys. */
static smap_status find_beside(const choosing *c, const char *value, const char **en, const char **ar,
                               smap_error *err) {
    const char *layer = smap__json_text(smap__json_get(c->entry, "label_layer"), NULL);
    const smap_layer *view = NULL;
    smap_status status = layer ? smap__workspace_view(c->workspace, c->audience, layer, &view, err) : SMAP_OK;
    if (status != SMAP_OK) return status;
    const smap_table *table = (view ? view : c->view)->table;
    status = cell_beside(c, table, value, "label_en", en, err);
    if (status == SMAP_OK) status = cell_beside(c, table, value, "label_ar", ar, err);
    smap_layer_free(view);
    return status;
}

/* What the value is called: by the sheet's own list, by its vocabulary, by columns beside it, or as it is. */
static smap_status find_label(const choosing *c, const char *value, smap__label *out, smap_error *err) {
    const smap__json *own = smap__json_get(c->entry, "labels");
    const char *name = smap__json_text(smap__json_get(c->entry, "domain"), NULL), *en = NULL, *ar = NULL;
    smap_status status = find_beside(c, value, &en, &ar, err);
    if (status != SMAP_OK) return status;
    *out = (smap__label){ en ? en : ar ? ar : value, ar ? ar : en ? en : value };
    if (name) {
        const smap__domain *domain;
        status = smap__domain_get(c->ctx, name, &domain, err);
        if (status != SMAP_OK) return status;
        int code = smap__domain_code(domain, value, strlen(value));
        if (code >= 0) *out = domain->code[code].label;
    }
    for (size_t i = 0; i < smap__json_size(own); i++) {
        const smap__json *label = smap__json_item(own, i);
        if (strcmp(smap__json_text(smap__json_get(label, "is"), ""), value) != 0) continue;
        out->en = smap__json_text(smap__json_get(label, "en"), value);
        out->ar = smap__json_text(smap__json_get(label, "ar"), out->en);
    }
    return SMAP_OK;
}

static smap_status keep(choosing *c, const char *key, const char *value, smap_error *err) {
    smap__map_choices *out = c->out;
    smap__label label;
    smap_status status = find_label(c, value, &label, err);
    if (status != SMAP_OK) return status;
    smap__sheet_chosen item = { smap__arena_strdup(&out->arena, key), smap__arena_strdup(&out->arena, value) };
    smap__label kept = { smap__arena_strdup(&out->arena, label.en), smap__arena_strdup(&out->arena, label.ar) };
    if (!item.key || !item.value || !kept.en || !kept.ar) return smap__fail_memory(err);
    out->item[out->count] = item;
    out->label[out->count++] = kept;
    return SMAP_OK;
}

static smap_status choose_one(choosing *c, const smap_map_options *options, smap_error *err) {
    const char *key = smap__json_text(smap__json_get(c->entry, "key"), "");
    const char *asked = smap__pair_find(options->set, options->sets, key);
    smap_status status = smap__dict_new(&c->values, err);
    if (status == SMAP_OK) status = gather(c, asked, err);
    bool nothing =
        status == SMAP_OK && !smap__dict_count(c->values) && !c->out->count; /* no result at all: told later */
    if (nothing && smap__json_bool(smap__json_get(c->entry, "needed"), false)) status = fail_needed(c, key, err);
    if (status == SMAP_OK && asked && !nothing && smap__dict_find(c->values, asked, strlen(asked)) < 0)
        status = fail_asked(c, key, asked, err);
    if (status == SMAP_OK && c->last.failed) status = smap__fail_memory(err);
    if (status == SMAP_OK && smap__dict_count(c->values)) status = keep(c, key, asked ? asked : pick(c), err);
    smap__dict_free(c->values);
    c->values = NULL;
    smap_layer_free(c->view);
    c->view = NULL;
    return status;
}

smap_status smap__map_choices_make(smap_ctx *ctx, smap__workspace *workspace, const smap__audience *audience,
                                   const smap_map_options *options, const smap__json *choose, const char *path,
                                   smap__map_choices *out, smap_error *err) {
    size_t n = smap__json_size(choose);
    smap__map_choices made = { .item = smap__zalloc(n + 1, sizeof *made.item),
                               .label = smap__zalloc(n + 1, sizeof *made.label) };
    choosing c = {
        .ctx = ctx, .workspace = workspace, .audience = audience, .path = path, .choose = choose, .out = &made
    };
    smap_status status = made.item && made.label ? SMAP_OK : smap__fail_memory(err);
    for (size_t i = 0; i < n && status == SMAP_OK; i++) {
        c.entry = smap__json_item(choose, i);
        status = choose_one(&c, options, err);
    }
    smap__str_release(&c.last);
    if (status == SMAP_OK)
        *out = made;
    else
        smap__map_choices_release(&made);
    return status;
}
