#include "job/disclosure_report.h"

#include <string.h>

#include "base/ctx.h"
#include "base/fail.h"
#include "col/rows.h"
#include "job/result.h"
#include "protect/disclosure.h"

typedef struct chosen { /* the columns of a layer that rows are told apart by */
    smap__arena arena;
    const char **column; /* as many as the layer has, each once */
    int columns;
    const char *sensitive;
} chosen;

static void choose(chosen *c, const smap_table *table, const char *name) {
    for (int i = 0; i < c->columns; i++)
        if (strcmp(c->column[i], name) == 0) return;
    if (smap_table_find(table, name)) c->column[c->columns++] = name;
}

/* Each name of "a,b,c" in turn, *out = NULL at the end; false when memory runs out. */
static bool next_name(smap__arena *arena, const char **at, const char **out) {
    size_t n = strcspn(*at, ",");
    const char *name = *at;
    bool end = !n && !**at;
    *out = NULL;
    if (end) return true;
    *at += n + ((*at)[n] == ',');
    smap__trim(&name, &n);
    *out = smap__arena_strndup(arena, name, n);
    return *out != NULL;
}

smap_status smap__disclosure_check(const smap__publish_layers *layers, const char *quasi, smap_error *err) {
    smap__arena arena = SMAP__ARENA_INIT;
    smap_status status = SMAP_OK;
    const char *name = "", *at = quasi ? quasi : "";
    while (status == SMAP_OK && name) {
        bool found = false;
        if (!next_name(&arena, &at, &name)) status = smap__fail_memory(err);
        for (int i = 0; name && i < layers->count; i++)
            found = found || smap_table_find(layers->item[i].view->table, name);
        if (status == SMAP_OK && name && !found)
            status =
                smap__fail(err, SMAP_E_NOT_FOUND, "quasi",
                           "--quasi: no layer that is published has a column \"%s\"; name columns that this audience "
                           "is shown, with commas between them",
                           name);
    }
    smap__arena_release(&arena);
    return status;
}

static smap_status choose_all(chosen *c, const smap__publish_layer *layer, const smap__json *rules, const char *quasi,
                              smap_error *err) {
    const smap_table *table = layer->view->table;
    const smap__json *rule = smap__json_get(smap__json_get(rules, "layer"), layer->view->name);
    const smap__json *list = smap__json_get(rule, "quasi");
    const char *name = "", *at = quasi ? quasi : "";
    c->column = smap__arena_alloc(&c->arena, ((size_t)smap_table_columns(table) + 1) * sizeof *c->column);
    if (!c->column) return smap__fail_memory(err);
    while (name) {
        if (!next_name(&c->arena, &at, &name)) return smap__fail_memory(err);
        if (name) choose(c, table, name);
    }
    for (size_t i = 0; !quasi && i < smap__json_size(list); i++)
        choose(c, table, smap__json_text(smap__json_item(list, i), ""));
    c->sensitive = smap__json_text(smap__json_get(rule, "sensitive"), NULL);
    return SMAP_OK;
}

static void put_row(smap__rows *rows, const char *layer, const chosen *c, const smap__disclosure *d, double limit) {
    smap__str names = SMAP__STR_INIT;
    for (int i = 0; i < c->columns; i++) smap__str_printf(&names, "%s%s", i ? ", " : "", c->column[i]);
    if (names.failed) rows->status = SMAP_E_NOMEM;
    smap__rows_text(rows, layer);
    smap__rows_text(rows, names.data);
    smap__rows_int(rows, d->rows);
    smap__rows_int(rows, d->smallest_k);
    smap__rows_int(rows, d->rows_below_k);
    smap__rows_real(rows, d->risk * 100);
    smap__rows_int(rows, d->risk * 100 >= limit);
    if (d->smallest_l)
        smap__rows_int(rows, d->smallest_l);
    else
        smap__rows_null(rows);
    smap__str_release(&names);
}

static smap_status put_layer(smap__rows *rows, const smap__publish_layer *layer, const smap__json *rules,
                             const char *quasi, int *above, smap_error *err) {
    double limit = smap__json_number(smap__json_get(rules, "risk_percent"), 0);
    smap__disclosure d;
    chosen c = { .columns = 0 };
    smap_status status = choose_all(&c, layer, rules, quasi, err);
    if (status == SMAP_OK && c.columns) {
        status = smap__disclosure_measure(layer->view->table, c.column, c.columns, c.sensitive,
                                          smap__json_integer(smap__json_get(rules, "k"), 0), &d, err);
        if (status == SMAP_OK) {
            put_row(rows, layer->view->name, &c, &d, limit);
            *above += d.risk * 100 >= limit;
        }
    }
    smap__arena_release(&c.arena);
    return status;
}

smap_status smap__disclosure_report(smap_ctx *ctx, const smap__publish_layers *layers, const char *quasi,
                                    smap_result *result, smap_error *err) {
    static const smap__rows_column columns[] = { { "layer", SMAP_TEXT },         { "told_apart_by", SMAP_TEXT },
                                                 { "rows", SMAP_INT64 },         { "smallest_k", SMAP_INT64 },
                                                 { "rows_below_k", SMAP_INT64 }, { "risk_percent", SMAP_FLOAT64 },
                                                 { "above_limit", SMAP_BOOL },   { "smallest_l", SMAP_INT64 } };
    const smap__json *rules = NULL;
    const smap_table *table = NULL;
    int above = 0;
    smap__rows rows;
    smap_status status = smap__disclosure_rules(ctx, &rules, err);
    if (status != SMAP_OK) return status;
    smap__rows_init(&rows, columns, (int)(sizeof columns / sizeof *columns));
    for (int i = 0; i < layers->count && status == SMAP_OK; i++) {
        status = smap__poll(ctx, err);
        if (status == SMAP_OK) status = put_layer(&rows, &layers->item[i], rules, quasi, &above, err);
    }
    if (status == SMAP_OK)
        status = smap__rows_finish(&rows, &table, err);
    else
        smap__rows_release(&rows);
    if (status == SMAP_OK)
        status = smap__result_add_table(result, "disclosure", "How rows can be told apart", table, err);
    smap_table_free(table);
    if (status != SMAP_OK) return status;
    return smap__result_note(
        result, err,
        "disclosure: k is %lld, the limit of the risk %g %%; %d layers are above it. Positions and free "
        "texts are not among the columns, and may tell rows apart as well.",
        (long long)smap__json_integer(smap__json_get(rules, "k"), 0),
        smap__json_number(smap__json_get(rules, "risk_percent"), 0), above);
}
