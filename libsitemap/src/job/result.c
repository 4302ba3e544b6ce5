#include "job/result.h"

#include <stdarg.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/str.h"
#include "col/rows.h"

typedef struct printed {
    const char *name, *title;
    const smap_table *table;
} printed;

struct smap_result {
    smap__arena arena;
    printed *tables;
    size_t table_count, table_capacity;
    const char **notes;
    size_t note_count, note_capacity;
    int64_t rejected;
};

smap_status smap__result_new(smap_result **out, smap_error *err) {
    smap_result *r = smap__zalloc(1, sizeof *r);
    if (!r) return smap__fail_memory(err);
    *out = r;
    return SMAP_OK;
}

void smap_result_free(smap_result *r) {
    if (!r) return;
    for (size_t i = 0; i < r->table_count; i++) smap_table_free(r->tables[i].table);
    smap__free(r->tables);
    smap__free(r->notes);
    smap__arena_release(&r->arena);
    smap__free(r);
}

smap_status smap__result_end(smap_result *made, smap_status status, smap_result **out) {
    if (status == SMAP_OK)
        *out = made;
    else
        smap_result_free(made);
    return status;
}

smap_status smap__result_add_table(smap_result *r, const char *name, const char *title, const smap_table *table,
                                   smap_error *err) {
    if (!smap__grow(&r->tables, &r->table_capacity, r->table_count + 1, sizeof *r->tables))
        return smap__fail_memory(err);
    printed p = { smap__arena_strdup(&r->arena, name), smap__arena_strdup(&r->arena, title), table };
    if (!p.name || !p.title) return smap__fail_memory(err);
    smap_table_retain(table);
    r->tables[r->table_count++] = p;
    return SMAP_OK;
}

smap_status smap__result_note(smap_result *r, smap_error *err, const char *format, ...) {
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    smap__print_list(text, sizeof text, format, arguments);
    va_end(arguments);
    if (!smap__grow(&r->notes, &r->note_capacity, r->note_count + 1, sizeof *r->notes)) return smap__fail_memory(err);
    const char *copy = smap__arena_strdup(&r->arena, text);
    if (!copy) return smap__fail_memory(err);
    r->notes[r->note_count++] = copy;
    return SMAP_OK;
}

void smap__result_reject(smap_result *r, int64_t rows) {
    r->rejected += rows;
}

/* ---- findings by kind ---------------------------------------------------------------------------------------------
 */

typedef struct kind {
    const smap__finding *first;
    int64_t rows;
} kind;

static kind *find_kind(kind *kinds, size_t count, const smap__finding *f) {
    for (size_t i = 0; i < count; i++)
        if (kinds[i].first->severity == f->severity && strcmp(kinds[i].first->code, f->code) == 0 &&
            strcmp(kinds[i].first->column, f->column) == 0)
            return &kinds[i];
    return NULL;
}

static void put_kinds(smap__rows *rows, const kind *kinds, size_t count) {
    for (int severity = SMAP__REJECTED; severity >= SMAP__INFO; severity--)
        for (size_t i = 0; i < count; i++) {
            const smap__finding *f = kinds[i].first;
            if ((int)f->severity != severity) continue;
            smap__rows_text(rows, smap__severity_name(f->severity));
            smap__rows_text(rows, f->code);
            smap__rows_text(rows, f->column[0] ? f->column : NULL);
            smap__rows_int(rows, kinds[i].rows);
            if (f->row)
                smap__rows_int(rows, f->row);
            else
                smap__rows_null(rows);
            smap__rows_text(rows, f->value && f->value[0] ? f->value : NULL);
            smap__rows_text(rows, f->message);
        }
}

smap_status smap__result_add_findings(smap_result *r, const smap__findings *findings, smap_error *err) {
    static const smap__rows_column columns[] = { { "severity", SMAP_TEXT },   { "finding", SMAP_TEXT },
                                                 { "column", SMAP_TEXT },     { "rows", SMAP_INT64 },
                                                 { "first_row", SMAP_INT64 }, { "first_value", SMAP_TEXT },
                                                 { "first", SMAP_TEXT } };
    if (findings->count == 0) return SMAP_OK;
    kind *kinds = NULL;
    size_t count = 0, capacity = 0;
    for (size_t i = 0; i < findings->count; i++) {
        kind *k = find_kind(kinds, count, &findings->items[i]);
        if (!k) {
            if (!smap__grow(&kinds, &capacity, count + 1, sizeof *kinds)) {
                smap__free(kinds);
                return smap__fail_memory(err);
            }
            k = &kinds[count++];
            *k = (kind){ &findings->items[i], 0 };
        }
        k->rows++;
    }
    smap__rows rows;
    const smap_table *table = NULL;
    smap__rows_init(&rows, columns, (int)(sizeof columns / sizeof *columns));
    put_kinds(&rows, kinds, count);
    smap__free(kinds);
    smap_status status = smap__rows_finish(&rows, &table, err);
    if (status == SMAP_OK) status = smap__result_add_table(r, "findings", "Findings", table, err);
    smap_table_free(table);
    return status;
}

/* ---- reading -------------------------------------------------------------------------------------------------------
 */

int smap_result_tables(const smap_result *r) {
    return (int)r->table_count;
}

const char *smap_result_table_name(const smap_result *r, int index) {
    return r->tables[index].name;
}

const char *smap_result_table_title(const smap_result *r, int index) {
    return r->tables[index].title;
}

const smap_table *smap_result_table(const smap_result *r, int index) {
    return r->tables[index].table;
}

int smap_result_notes(const smap_result *r) {
    return (int)r->note_count;
}

const char *smap_result_note(const smap_result *r, int index) {
    return r->notes[index];
}

int64_t smap_result_rejected(const smap_result *r) {
    return r->rejected;
}
