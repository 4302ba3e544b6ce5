#include "damage/summary.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/str.h"
#include "col/cell.h"
#include "col/dict.h"
#include "col/rows.h"
#include "model/scale.h"
#include "model/statement.h"

/* What a row is counted by, in the order of the summary. */
enum { BY_AREA, BY_COMPLETENESS, BY_SOURCE, BY_USE, BY_SCALE, BY_GRADE, KEYS };

static const char *const key_column[KEYS] = { NULL, "completeness", "source", "use", "scale", "grade" };

typedef struct observation {
    int64_t day;       /* date of the observation, INT64_MIN = none */
    int32_t key[KEYS]; /* sortable: dictionary codes replaced by the rank of their text; INT32_MAX = none */
} observation;

typedef struct counter {
    const smap__areas *areas;
    observation *row;
    int64_t rows;
    smap__dict *dict[KEYS]; /* of the text keys */
    int32_t *rank[KEYS];    /* code -> place in order of the text */
    int32_t *by_rank[KEYS]; /* and back */
    smap__statement statement;
    smap__rows out;
} counter;

/* ---- keys that sort -----------------------------------------------------------------------------------------------
 */

typedef struct named {
    const char *text;
    int32_t code;
} named;

static int compare_named(const void *a, const void *b) {
    return strcmp(((const named *)a)->text, ((const named *)b)->text);
}

/* Dictionary codes come in order of appearance: ranks make the summary the same for any order of the rows. */
static smap_status rank_codes(const smap__dict *dict, int32_t **rank, int32_t **by_rank, smap_error *err) {
    int32_t n = smap__dict_count(dict);
    named *names = smap__zalloc((size_t)n, sizeof *names);
    *rank = smap__zalloc((size_t)n, sizeof **rank);
    *by_rank = smap__zalloc((size_t)n, sizeof **by_rank);
    if (!names || !*rank || !*by_rank) {
        smap__free(names);
        return smap__fail_memory(err);
    }
    for (int32_t i = 0; i < n; i++) names[i] = (named){ smap__dict_text(dict, i), i };
    qsort(names, (size_t)n, sizeof *names, compare_named);
    for (int32_t i = 0; i < n; i++) {
        (*rank)[names[i].code] = i;
        (*by_rank)[i] = names[i].code;
    }
    smap__free(names);
    return SMAP_OK;
}

static smap_status encode_key(counter *c, const smap_table *damage, int key, int32_t *codes, smap_error *err) {
    const smap_column *column = smap_table_find(damage, key_column[key]);
    smap_status status = smap__dict_new(&c->dict[key], err);
    if (status != SMAP_OK) return status;
    if (column)
        status = smap__dict_encode(c->dict[key], column, codes, err);
    else
        for (int64_t i = 0; i < c->rows; i++) codes[i] = -1;
    if (status == SMAP_OK) status = rank_codes(c->dict[key], &c->rank[key], &c->by_rank[key], err);
    for (int64_t i = 0; status == SMAP_OK && i < c->rows; i++)
        c->row[i].key[key] = codes[i] < 0 ? INT32_MAX : c->rank[key][codes[i]];
    return status;
}

static smap_status encode_keys(smap_ctx *ctx, counter *c, const smap_layer *damage, smap_error *err) {
    int32_t *codes = smap__zalloc((size_t)c->rows, sizeof *codes);
    if (!codes) return smap__fail_memory(err);
    smap_status status = smap__areas_assign(ctx, c->areas, damage, codes, err);
    for (int64_t i = 0; i < c->rows; i++) c->row[i].key[BY_AREA] = codes[i] < 0 ? INT32_MAX : codes[i];
    for (int key = BY_AREA + 1; key < KEYS && status == SMAP_OK; key++)
        status = encode_key(c, damage->table, key, codes, err);
    const smap_column *date = smap_table_find(damage->table, "date");
    for (int64_t i = 0; i < c->rows; i++)
        c->row[i].day = date && date->type == SMAP_DATE && !smap_column_is_null(date, i) ? date->v.i[i] : INT64_MIN;
    smap__free(codes);
    return status;
}

/* The text behind a sorted key, NULL for none. */
static const char *key_text(const counter *c, const observation *o, int key) {
    return o->key[key] == INT32_MAX ? NULL : smap__dict_text(c->dict[key], c->by_rank[key][o->key[key]]);
}

static int compare_observations(const void *a, const void *b) {
    const observation *x = a, *y = b;
    for (int k = 0; k < KEYS; k++)
        if (x->key[k] != y->key[k]) return x->key[k] < y->key[k] ? -1 : 1;
    return 0;
}

/* ---- rows of the summary ------------------------------------------------------------------------------------------
 */

static const smap__rows_column summary_columns[] = {
    { "area_kind", SMAP_TEXT },     { "area_id", SMAP_TEXT },        { "area_name_en", SMAP_TEXT },
    { "area_name_ar", SMAP_TEXT },  { "source", SMAP_TEXT },         { "use", SMAP_TEXT },
    { "scale", SMAP_TEXT },         { "grade", SMAP_TEXT },          { "grade_kind", SMAP_TEXT },
    { "severity_low", SMAP_INT64 }, { "severity_high", SMAP_INT64 }, { "observations", SMAP_INT64 },
    { "statement_en", SMAP_TEXT },  { "statement_ar", SMAP_TEXT },   { "coverage", SMAP_TEXT },
    { "date", SMAP_DATE },
};

static void put_area(smap__rows *out, const smap__areas *areas, const smap__area *area) {
    smap__rows_text(out, areas->kind);
    smap__rows_text(out, area && area->id[0] ? area->id : NULL);
    smap__rows_text(out, area && area->name_en[0] ? area->name_en : NULL);
    smap__rows_text(out, area && area->name_ar[0] ? area->name_ar : NULL);
}

static void put_grade(smap__rows *out, const smap__grade *grade) {
    smap__rows_text(out, grade ? smap__grade_kind_name(grade->kind) : NULL);
    if (grade && grade->has_severity) {
        smap__rows_int(out, grade->severity_low);
        smap__rows_int(out, grade->severity_high);
    } else {
        smap__rows_null(out);
        smap__rows_null(out);
    }
}

/* What the figure is, and is not, in words. */
static void put_statement(counter *c, const smap__area *area, const smap__grade *grade, bool excerpt) {
    if (excerpt) smap__statement_add(&c->statement, "excerpt", NULL, 0);
    if (grade && grade->kind == SMAP__GRADE_POSSIBLE) smap__statement_add(&c->statement, "possible", NULL, 0);
    if (!area) smap__statement_add(&c->statement, "no_area", NULL, 0);
    if (area && area->status == SMAP__AREA_PARTLY) {
        char percent[32];
        smap__print(percent, sizeof percent, "%.1f", area->looked_at * 100);
        smap__statement_word word = { "percent", { percent, percent } };
        smap__statement_add(&c->statement, "partly_looked_at", &word, 1);
    }
    smap__statement_put(&c->statement, &c->out);
}

static smap_status put_group(smap_ctx *ctx, counter *c, const observation *group, int64_t count, smap_error *err) {
    const smap__area *area = group->key[BY_AREA] == INT32_MAX ? NULL : &c->areas->area[group->key[BY_AREA]];
    const char *scale_name = key_text(c, group, BY_SCALE), *grade_code = key_text(c, group, BY_GRADE);
    const char *completeness = key_text(c, group, BY_COMPLETENESS);
    bool excerpt = completeness && strcmp(completeness, "excerpt") == 0;
    const smap__grade *grade = NULL;
    if (scale_name && grade_code) {
        const smap__scale *scale;
        smap_status status = smap__scale_get(ctx, scale_name, &scale, err);
        if (status != SMAP_OK) return status;
        grade = smap__scale_code(scale, grade_code);
    }
    int64_t newest = INT64_MIN;
    for (int64_t i = 0; i < count; i++)
        if (group[i].day > newest) newest = group[i].day;
    put_area(&c->out, c->areas, area);
    for (int key = BY_SOURCE; key < KEYS; key++) smap__rows_text(&c->out, key_text(c, group, key));
    put_grade(&c->out, grade);
    smap__rows_int(&c->out, count);
    put_statement(c, area, grade, excerpt);
    smap__rows_text(&c->out, excerpt ? "excerpt" : smap__area_status_code(area ? area->status : SMAP__AREA_UNKNOWN));
    if (newest == INT64_MIN)
        smap__rows_null(&c->out);
    else
        smap__rows_int(&c->out, newest);
    return SMAP_OK;
}

/* An area without an observation: nothing is known of it, or nothing was loaded. Never a zero. */
static void put_silent_area(counter *c, const smap__area *area) {
    put_area(&c->out, c->areas, area);
    for (int key = BY_SOURCE; key < KEYS; key++) smap__rows_null(&c->out);
    put_grade(&c->out, NULL);
    smap__rows_null(&c->out);
    smap__statement_add(&c->statement, smap__area_silence(area->status), NULL, 0);
    smap__statement_put(&c->statement, &c->out);
    smap__rows_text(&c->out, smap__area_status_code(area->status));
    smap__rows_null(&c->out);
}

static smap_status write_summary(smap_ctx *ctx, counter *c, smap_error *err) {
    smap_status status = SMAP_OK;
    bool *spoken = smap__zalloc((size_t)c->areas->count, sizeof *spoken);
    if (!spoken) return smap__fail_memory(err);
    for (int64_t i = 0, next; i < c->rows && status == SMAP_OK; i = next) {
        for (next = i + 1; next < c->rows && compare_observations(&c->row[i], &c->row[next]) == 0;) next++;
        if (c->row[i].key[BY_AREA] != INT32_MAX) spoken[c->row[i].key[BY_AREA]] = true;
        status = put_group(ctx, c, &c->row[i], next - i, err);
    }
    for (int i = 0; i < c->areas->count; i++)
        if (!spoken[i]) put_silent_area(c, &c->areas->area[i]);
    smap__free(spoken);
    return status;
}

static void release(counter *c) {
    for (int k = 0; k < KEYS; k++) {
        smap__dict_free(c->dict[k]);
        smap__free(c->rank[k]);
        smap__free(c->by_rank[k]);
    }
    smap__free(c->row);
    smap__statement_release(&c->statement);
    smap__rows_release(&c->out);
}

smap_status smap__summary_build(smap_ctx *ctx, const smap_layer *damage, const smap__areas *areas,
                                const smap_layer **out, smap_error *err) {
    counter c = { .areas = areas, .rows = smap_table_rows(damage->table) };
    const smap_table *table = NULL;
    smap_status status;
    smap__rows_init(&c.out, summary_columns, (int)(sizeof summary_columns / sizeof *summary_columns));
    c.row = smap__zalloc((size_t)c.rows, sizeof *c.row);
    status = c.row ? SMAP_OK : smap__fail_memory(err);
    if (status == SMAP_OK) status = smap__statement_init(ctx, "damage_statement", &c.statement, err);
    if (status == SMAP_OK) status = encode_keys(ctx, &c, damage, err);
    if (status == SMAP_OK) {
        qsort(c.row, (size_t)c.rows, sizeof *c.row, compare_observations);
        status = write_summary(ctx, &c, err);
    }
    if (status == SMAP_OK) status = smap__rows_finish(&c.out, &table, err);
    if (status == SMAP_OK) status = smap_layer_new("damage_summary", table, NULL, NULL, out, err);
    smap_table_free(table);
    release(&c);
    return status;
}
