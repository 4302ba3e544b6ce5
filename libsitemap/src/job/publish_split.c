#include "job/publish_split.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "col/cell.h"
#include "model/domain.h"

enum { COLUMNS = 8 };

typedef struct splitting {
    smap__publish_project *project;
    const smap__publish_layer *layer;
    const smap_column *column[COLUMNS];
    int columns;
    int64_t *row; /* first row of each combination, ascending */
    int count;
} splitting;

static void put_quoted(smap__str *out, const char *text, char quote) {
    smap__str_put_char(out, quote);
    for (; *text; text++) {
        if (*text == quote) smap__str_put_char(out, quote);
        smap__str_put_char(out, *text);
    }
    smap__str_put_char(out, quote);
}

void smap__publish_put_test(smap__str *out, const char *column, const char *operator, const char * text) {
    put_quoted(out, column, '"');
    smap__str_printf(out, " %s ", operator);
    put_quoted(out, text, '\'');
}

static int compare_rows(const splitting *s, int64_t a, int64_t b) {
    for (int i = 0; i < s->columns; i++) {
        int order = smap__cell_compare(s->column[i], a, s->column[i], b);
        if (order) return order;
    }
    return 0;
}

/* Into the ascending list, unless it is there; false when there is no more room. */
static bool insert(splitting *s, int64_t row, int most) {
    int low = 0, high = s->count;
    while (low < high) {
        int middle = (low + high) / 2, order = compare_rows(s, s->row[middle], row);
        if (order == 0) return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (s->count == most) return false;
    memmove(s->row + low + 1, s->row + low, (size_t)(s->count - low) * sizeof *s->row);
    s->row[low] = row;
    s->count++;
    return true;
}

/* "limit_min" = '30', or IS NULL. */
static void put_condition(smap__str *out, const smap_column *column, int64_t row) {
    smap__str cell = SMAP__STR_INIT;
    if (out->len) smap__str_put(out, " AND ");
    smap__cell_put(&cell, column, row);
    if (smap_column_is_null(column, row))
        smap__str_printf(out, "\"%s\" IS NULL", column->name);
    else
        smap__publish_put_test(out, column->name, "=", cell.data ? cell.data : "");
    out->failed = out->failed || cell.failed;
    smap__str_release(&cell);
}

static bool varies(const splitting *s, const smap_column *column) {
    for (int i = 1; i < s->count; i++)
        if (smap__cell_compare(column, s->row[0], column, s->row[i]) != 0) return true;
    return false;
}

static void put_comma(smap__str *out, const char *comma, const char *text) {
    if (out->len) smap__str_put(out, comma);
    smap__str_put(out, text);
}

/* What people call the value, in both languages: the label of a vocabulary, a number with its unit. */
static smap_status put_name(const splitting *s, const smap_column *column, int64_t row, smap__str *en, smap__str *ar,
                            smap_error *err) {
    const smap__field *field = smap__schema_field(s->layer->schema, column->name);
    const smap__domain *domain = NULL;
    smap__str cell = SMAP__STR_INIT;
    smap_status status = SMAP_OK;
    if (smap_column_is_null(column, row)) return SMAP_OK;
    smap__cell_put(&cell, column, row);
    const char *text = cell.data ? cell.data : "";
    if (field && *field->domain) status = smap__domain_get(s->project->ctx, field->domain, &domain, err);
    int code = domain ? smap__domain_code(domain, text, strlen(text)) : -1;
    if (code < 0 && field && *field->unit && column->type != SMAP_TEXT) smap__str_printf(&cell, " %s", field->unit);
    text = cell.data ? cell.data : "";
    const smap__label label = code >= 0 ? domain->code[code].label : (smap__label){ text, text };
    put_comma(en, ", ", label.en);
    put_comma(ar, "، ", *label.ar ? label.ar : label.en);
    en->failed = en->failed || cell.failed;
    smap__str_release(&cell);
    return status;
}

static smap_status name_parts(splitting *s, smap__publish_part *part, smap_error *err) {
    smap__arena *arena = &s->project->arena;
    smap_status status = SMAP_OK;
    for (int i = 0; i < s->count && status == SMAP_OK; i++) {
        smap__str subset = SMAP__STR_INIT, en = SMAP__STR_INIT, ar = SMAP__STR_INIT;
        for (int c = 0; c < s->columns && status == SMAP_OK; c++) {
            put_condition(&subset, s->column[c], s->row[i]);
            if (varies(s, s->column[c])) status = put_name(s, s->column[c], s->row[i], &en, &ar, err);
        }
        part[i].subset = smap__arena_strdup(arena, subset.data ? subset.data : "");
        part[i].title = smap__publish_words(arena, s->project->lang, en.data ? en.data : "", ar.data ? ar.data : "");
        if (status == SMAP_OK && (subset.failed || en.failed || ar.failed || !part[i].subset || !part[i].title))
            status = smap__fail_memory(err);
        smap__str_release(&subset);
        smap__str_release(&en);
        smap__str_release(&ar);
    }
    return status;
}

static void find_columns(splitting *s) {
    const smap__json *rules = smap__json_get(s->project->rules, "split");
    for (size_t i = 0; i < smap__json_size(rules); i++) {
        const smap__json *rule = smap__json_item(rules, i), *names = smap__json_get(rule, "columns");
        if (strcmp(smap__json_text(smap__json_get(rule, "layer"), ""), s->layer->view->name) != 0) continue;
        for (size_t k = 0; k < smap__json_size(names) && s->columns < COLUMNS; k++) {
            const smap_column *c =
                smap_table_find(s->layer->view->table, smap__json_text(smap__json_item(names, k), ""));
            if (c && c->type != SMAP_BLOB) s->column[s->columns++] = c;
        }
    }
}

/* Collections are of no shape that QGIS makes a layer of. */
static bool has_shape(const smap_layer *layer, int64_t row, unsigned shape) {
    return !layer->geometry || smap__shapes_of(layer->geometry->type[row]) == shape;
}

smap_status smap__publish_split_make(smap__publish_project *project, const smap__publish_layer *layer, unsigned shape,
                                     smap__publish_split *out, smap_error *err) {
    int most = (int)smap__json_integer(smap__json_get(project->rules, "split_most"), 0);
    splitting s = { .project = project, .layer = layer };
    smap_status status = SMAP_OK;
    bool fits = most > 0;
    find_columns(&s);
    smap__publish_part *part = smap__arena_alloc(&project->arena, ((size_t)most + 2) * sizeof *part);
    s.row = smap__zalloc((size_t)most + 2, sizeof *s.row);
    if (!part || !s.row) {
        status = smap__fail_memory(err);
        goto done;
    }
    for (int64_t row = 0; s.columns && fits && row < smap_table_rows(layer->view->table); row++)
        if (shape == SMAP__SHAPE_NONE || has_shape(layer->view, row, shape)) fits = insert(&s, row, most);
    if (fits && s.count > 1) {
        SMAP_TRY(name_parts(&s, part, err), done);
    } else {
        s.count = 1;
        part[0] = (smap__publish_part){ "", "" };
    }
    *out = (smap__publish_split){ part, s.count };
done:
    smap__free(s.row);
    return status;
}
