#include "sheet/row_filter.h"

#include <string.h>

#include "base/fail.h"
#include "col/cell.h"

bool smap__cell_reads(const smap_column *column, int64_t row, const char *text) {
    if (column->type == SMAP_TEXT) return smap__cell_is(column, row, text);
    char cell[64];
    return !smap_column_is_null(column, row) && smap_column_format(column, row, cell, sizeof cell) < sizeof cell &&
           strcmp(cell, text) == 0;
}

/* What the file says of one test, resolved. */
typedef struct reading {
    const char *layer, *path;
    const smap_table *table;
    const smap_geometry *geometry;
    const smap__sheet_chosen *chosen;
    int chosens;
} reading;

static smap_status read_shapes(const reading *r, const smap__json *list, smap__row_test *out, smap_error *err) {
    static const char *const names[] = { "point", "line", "polygon" };
    if (!r->geometry)
        return smap__fail(err, SMAP_E_FORMAT, r->path, "%s: the rows of %s are asked for their shape, and have none",
                          r->path, r->layer);
    for (size_t i = 0; i < smap__json_size(list); i++) {
        const char *name = smap__json_text(smap__json_item(list, i), "");
        int at = 0;
        while (at < 3 && strcmp(names[at], name) != 0) at++;
        if (at == 3)
            return smap__fail(err, SMAP_E_FORMAT, r->path, "%s: \"%s\" is no shape; use point, line or polygon",
                              r->path, name);
        out->shape[at] = true;
    }
    return SMAP_OK;
}

static const char *chosen_value(const reading *r, const char *key) {
    for (int i = 0; i < r->chosens; i++)
        if (strcmp(r->chosen[i].key, key) == 0) return r->chosen[i].value;
    return NULL;
}

/* *kept false: nothing was chosen, and all rows pass. */
static smap_status read_test(const reading *r, const smap__json *json, smap__row_test *out, bool *kept,
                             smap_error *err) {
    const smap__json *shapes = smap__json_get(json, "geometry"), *most = smap__json_get(json, "at_most");
    const char *key = smap__json_text(smap__json_get(json, "chosen"), NULL);
    *out = (smap__row_test){ .or_null = smap__json_bool(smap__json_get(json, "or_null"), false) };
    *kept = true;
    if (shapes) return read_shapes(r, shapes, out, err);
    if (key && !smap__json_get(json, "column")) {
        const char *value = chosen_value(r, key);
        out->known = true;
        out->answer = value && strcmp(value, smap__json_text(smap__json_get(json, "equals"), "")) == 0;
        return SMAP_OK;
    }
    const char *name = smap__json_text(smap__json_get(json, "column"), "");
    out->column = smap_table_find(r->table, name);
    if (!out->column)
        return smap__fail(err, SMAP_E_FORMAT, r->path,
                          "%s: a \"where\" of layer %s names the column \"%s\", which that layer does not have",
                          r->path, r->layer, name);
    out->at_most = smap__json_number(most, 0);
    out->equals = key ? chosen_value(r, key) : smap__json_text(smap__json_get(json, "equals"), NULL);
    out->one_of = smap__json_get(json, "one_of");
    *kept = !key || out->equals;
    if (out->equals || smap__json_size(out->one_of) || most || key) return SMAP_OK;
    return smap__fail(err, SMAP_E_FORMAT, r->path,
                      "%s: a \"where\" of layer %s says neither \"equals\" nor \"one_of\" nor \"at_most\" nor "
                      "\"chosen\"",
                      r->path, r->layer);
}

static smap_status add_test(const reading *r, const smap__json *json, smap__row_filter *out, smap_error *err) {
    enum { MOST = sizeof out->test / sizeof *out->test };
    bool kept;
    if (out->tests == MOST)
        return smap__fail(err, SMAP_E_FORMAT, r->path, "%s: a \"where\" of layer %s has more than %d tests", r->path,
                          r->layer, (int)MOST);
    smap_status status = read_test(r, json, &out->test[out->tests], &kept, err);
    if (status == SMAP_OK) out->tests += kept;
    return status;
}

smap_status smap__row_filter_make(const smap__json *where, const char *layer, const smap_table *table,
                                  const smap_geometry *geometry, const smap__sheet_chosen *chosen, int chosens,
                                  const char *path, smap__row_filter *out, smap_error *err) {
    reading r = { layer, path, table, geometry, chosen, chosens };
    smap_status status = SMAP_OK;
    *out = (smap__row_filter){ .geometry = geometry };
    if (!where) return SMAP_OK;
    if (!smap__json_is_array(where)) return add_test(&r, where, out, err);
    for (size_t i = 0; i < smap__json_size(where) && status == SMAP_OK; i++)
        status = add_test(&r, smap__json_item(where, i), out, err);
    return status;
}

static bool has_shape(const smap__row_test *test, int type) {
    switch (type) {
    case SMAP_GEOM_POINT:
    case SMAP_GEOM_MULTIPOINT:
        return test->shape[0];
    case SMAP_GEOM_LINESTRING:
    case SMAP_GEOM_MULTILINESTRING:
        return test->shape[1];
    case SMAP_GEOM_POLYGON:
    case SMAP_GEOM_MULTIPOLYGON:
        return test->shape[2];
    default:
        return false;
    }
}

static bool holds(const smap__row_filter *filter, const smap__row_test *test, int64_t row) {
    double number;
    if (test->known) return test->answer;
    if (!test->column) return has_shape(test, filter->geometry->type[row]);
    if (smap_column_is_null(test->column, row)) return test->or_null;
    if (test->equals) return smap__cell_reads(test->column, row, test->equals);
    for (size_t i = 0; i < smap__json_size(test->one_of); i++)
        if (smap__cell_reads(test->column, row, smap__json_text(smap__json_item(test->one_of, i), ""))) return true;
    if (test->one_of) return false;
    return smap__cell_number(test->column, row, &number) && number <= test->at_most;
}

bool smap__row_filter_holds(const smap__row_filter *filter, int64_t row) {
    for (int i = 0; i < filter->tests; i++)
        if (!holds(filter, &filter->test[i], row)) return false;
    return true;
}
