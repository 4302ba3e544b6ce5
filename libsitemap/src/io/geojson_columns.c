#include "io/geojson_columns.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "col/dict.h"
#include "io/budget.h"

enum kind { K_BOOL = 1, K_INT = 2, K_REAL = 4, K_BIG = 8, K_TEXT = 16, K_NESTED = 32 };

typedef struct column {
    unsigned kinds;
    smap_type type;
    smap_column_builder *builder;
    smap__scan_value value; /* of the row at hand */
    int64_t row;            /* the row that `value` is of */
} column;

struct smap__geojson_columns {
    const char *shown;
    smap__findings *findings;
    smap__dict *names;
    column *column;
    size_t columns, capacity;
    int id_column; /* -1 = the features' own id is no column */
    unsigned id_kinds;
    int64_t remarks; /* on single values */
    smap__str scratch;
};

smap_status smap__geojson_columns_new(const char *shown, smap__findings *findings, smap__geojson_columns **out,
                                      smap_error *err) {
    smap__geojson_columns *c = smap__zalloc(1, sizeof *c);
    if (!c) return smap__fail_memory(err);
    c->shown = shown;
    c->findings = findings;
    c->id_column = -1;
    smap_status status = smap__dict_new(&c->names, err);
    if (status != SMAP_OK) {
        smap__free(c);
        return status;
    }
    *out = c;
    return SMAP_OK;
}

void smap__geojson_columns_free(smap__geojson_columns *c) {
    if (!c) return;
    for (size_t i = 0; i < c->columns; i++) smap_column_builder_free(c->column[i].builder);
    smap__free(c->column);
    smap__dict_free(c->names);
    smap__str_release(&c->scratch);
    smap__free(c);
}

static bool is_whole(const smap__scan_value *v) {
    for (size_t i = 0; i < v->len; i++)
        if (v->text[i] == '.' || v->text[i] == 'e' || v->text[i] == 'E') return false;
    return true;
}

static unsigned kind_of(const smap__scan_value *v) {
    int64_t whole;
    double real;
    switch (v->kind) {
    case SMAP__SCAN_TRUE:
    case SMAP__SCAN_FALSE:
        return K_BOOL;
    case SMAP__SCAN_STRING:
        return K_TEXT;
    case SMAP__SCAN_OBJECT:
    case SMAP__SCAN_ARRAY:
        return K_NESTED;
    case SMAP__SCAN_NUMBER:
        if (is_whole(v)) return smap__parse_int(v->text, v->len, &whole) ? K_INT : K_BIG;
        return smap__parse_real(v->text, v->len, &real) ? K_REAL : K_BIG;
    default:
        return 0; /* null, NaN, Infinity */
    }
}

/* The column of a property; -1 with *err filled when memory runs out or there are too many. */
static int column_of(smap__geojson_columns *c, const char *name, size_t len, smap_error *err) {
    int32_t code = smap__dict_add(c->names, name, len);
    if (code < 0 || !smap__grow(&c->column, &c->capacity, (size_t)code + 1, sizeof *c->column)) {
        smap__fail_memory(err);
        return -1;
    }
    if ((size_t)code < c->columns) return code;
    if (code >= SMAP__BUDGET_COLUMNS) {
        smap__fail(err, SMAP_E_LIMIT, c->shown, "%s: its features have more than %d different properties", c->shown,
                   SMAP__BUDGET_COLUMNS);
        return -1;
    }
    c->column[code] = (column){ 0, SMAP_TEXT, NULL, { SMAP__SCAN_NULL, "", 0, false }, 0 };
    c->columns = (size_t)code + 1;
    return code;
}

static int column_of_key(smap__geojson_columns *c, const smap__scan_value *key, smap_error *err) {
    smap__str_clear(&c->scratch);
    smap__scan_unescape(&c->scratch, key);
    if (c->scratch.failed) {
        smap__fail_memory(err);
        return -1;
    }
    return column_of(c, c->scratch.data ? c->scratch.data : "", c->scratch.len, err);
}

smap_status smap__geojson_columns_survey(smap__geojson_columns *c, const smap__scan_value *properties,
                                         const smap__scan_value *id, smap_error *err) {
    c->id_kinds |= kind_of(id);
    if (properties->kind != SMAP__SCAN_OBJECT) return SMAP_OK;
    smap__scan scan = { properties->text, properties->len, 0, 0, NULL };
    smap__scan_value key, value;
    smap__scan_open(&scan, '{');
    for (bool first = true; smap__scan_more(&scan, '}', &first);) {
        smap__scan_key(&scan, &key);
        smap__scan_skip(&scan, &value);
        smap_error local = SMAP_ERROR_INIT;
        int at = column_of_key(c, &key, &local);
        if (at < 0) {
            if (err) *err = local;
            return local.status;
        }
        c->column[at].kinds |= kind_of(&value);
    }
    return SMAP_OK;
}

static smap_type type_of(unsigned kinds) {
    if (kinds == K_BOOL) return SMAP_BOOL;
    if (kinds == K_INT) return SMAP_INT64;
    if (kinds && (kinds & ~(unsigned)(K_INT | K_REAL)) == 0) return SMAP_FLOAT64;
    return SMAP_TEXT;
}

/* Column names as texts: an empty name becomes "property", and one that differs from an earlier one by nothing but case
 * is left: names in tables are unique by bytes. */
static const char *name_of(const smap__geojson_columns *c, size_t index) {
    const char *name = smap__dict_text(c->names, (int32_t)index);
    return *name ? name : "property";
}

smap_status smap__geojson_columns_begin(smap__geojson_columns *c, smap_error *err) {
    if (c->id_kinds && smap__dict_find(c->names, "id", 2) < 0) {
        smap_error local = SMAP_ERROR_INIT;
        c->id_column = column_of(c, "id", 2, &local);
        if (c->id_column < 0) {
            if (err) *err = local;
            return local.status;
        }
        c->column[c->id_column].kinds = c->id_kinds;
    }
    for (size_t i = 0; i < c->columns; i++) {
        column *at = &c->column[i];
        at->type = type_of(at->kinds);
        smap_status status = smap_column_builder_new(name_of(c, i), at->type, &at->builder, err);
        if (status != SMAP_OK) return status;
    }
    return SMAP_OK;
}

/* A column with numbers in it that had to become text: say which rows are to blame. */
static smap_status report_odd(smap__geojson_columns *c, size_t index, const smap__scan_value *v, int64_t row,
                              smap_error *err) {
    const column *at = &c->column[index];
    unsigned kind = kind_of(v);
    bool numbers = at->kinds & (K_INT | K_REAL | K_BIG);
    const char *name = name_of(c, index);
    bool odd = v->kind == SMAP__SCAN_NOT_FINITE || (numbers && kind && !(kind & (K_INT | K_REAL)));
    if (!odd || c->remarks++ >= SMAP__BUDGET_REMARKS) return SMAP_OK;
    if (v->kind == SMAP__SCAN_NOT_FINITE)
        return smap__findings_add(c->findings, err, SMAP__WARNING, "not_a_number", row, name, "",
                                  "the value of \"%s\" is not a finite number; it is left empty", name);
    char *text = smap__strndup(v->text, v->len < 200 ? v->len : 200);
    if (!text) return smap__fail_memory(err);
    smap_status status =
        kind == K_BIG
            ? smap__findings_add(c->findings, err, SMAP__WARNING, "number_too_large", row, name, text,
                                 "the value of \"%s\" is too large for a number; it is kept as text", name)
            : smap__findings_add(
                  c->findings, err, SMAP__WARNING, "type_mixed", row, name, text,
                  "the value of \"%s\" is no number, unlike others in the column; the column is read as text", name);
    smap__free(text);
    return status;
}

static smap_status append_text(smap__geojson_columns *c, column *at, smap_error *err) {
    if (at->value.kind != SMAP__SCAN_STRING || !at->value.escaped)
        return smap_column_append_text(at->builder, at->value.text, at->value.len, err);
    smap__str_clear(&c->scratch);
    smap__scan_unescape(&c->scratch, &at->value);
    if (c->scratch.failed) return smap__fail_memory(err);
    return smap_column_append_text(at->builder, c->scratch.data, c->scratch.len, err);
}

static smap_status append_value(smap__geojson_columns *c, column *at, smap_error *err) {
    int64_t whole;
    double real;
    if (kind_of(&at->value) == 0) return smap_column_append_null(at->builder, err);
    switch (at->type) {
    case SMAP_BOOL:
        return smap_column_append_int(at->builder, at->value.kind == SMAP__SCAN_TRUE, err);
    case SMAP_INT64:
        smap__parse_int(at->value.text, at->value.len, &whole);
        return smap_column_append_int(at->builder, whole, err);
    case SMAP_FLOAT64:
        smap__parse_real(at->value.text, at->value.len, &real);
        return smap_column_append_real(at->builder, real, err);
    default:
        return append_text(c, at, err);
    }
}

/* The last of two members of one name counts, as in other readers. */
static smap_status collect(smap__geojson_columns *c, int64_t row, const smap__scan_value *properties, smap_error *err) {
    if (properties->kind != SMAP__SCAN_OBJECT) return SMAP_OK;
    smap__scan scan = { properties->text, properties->len, 0, 0, NULL };
    smap__scan_value key, value;
    smap__scan_open(&scan, '{');
    for (bool first = true; smap__scan_more(&scan, '}', &first);) {
        smap__scan_key(&scan, &key);
        smap__scan_skip(&scan, &value);
        int at = column_of_key(c, &key, err);
        if (at < 0) return SMAP_E_NOMEM;
        c->column[at].value = value;
        c->column[at].row = row;
    }
    return SMAP_OK;
}

smap_status smap__geojson_columns_append(smap__geojson_columns *c, int64_t row, const smap__scan_value *properties,
                                         const smap__scan_value *id, smap_error *err) {
    smap_status status = SMAP_OK;
    SMAP_TRY(collect(c, row, properties, err), done);
    if (c->id_column >= 0) {
        c->column[c->id_column].value = *id;
        c->column[c->id_column].row = row;
    }
    for (size_t i = 0; i < c->columns; i++) {
        column *at = &c->column[i];
        if (at->row != row) at->value = (smap__scan_value){ SMAP__SCAN_NULL, "", 0, false };
        SMAP_TRY(append_value(c, at, err), done);
        SMAP_TRY(report_odd(c, i, &at->value, row, err), done);
    }
done:
    return status;
}

smap_status smap__geojson_columns_finish(smap__geojson_columns *c, int64_t rows, const smap_table **out,
                                         smap_error *err) {
    smap_status status = SMAP_OK;
    const smap_column **made = smap__zalloc(c->columns + 1, sizeof *made);
    if (!made) return smap__fail_memory(err);
    for (size_t i = 0; i < c->columns; i++)
        SMAP_TRY(smap_column_builder_finish(c->column[i].builder, &made[i], err), done);
    if (c->remarks > SMAP__BUDGET_REMARKS)
        SMAP_TRY(smap__findings_add(c->findings, err, SMAP__WARNING, "type_mixed", 0, "", "",
                                    "%lld more values are of another kind than their column's numbers",
                                    (long long)(c->remarks - SMAP__BUDGET_REMARKS)),
                 done);
    SMAP_TRY(smap_table_new(made, (int)c->columns, rows, out, err), done);
done:
    for (size_t i = 0; i < c->columns; i++) smap_column_free(made[i]);
    smap__free(made);
    return status;
}
