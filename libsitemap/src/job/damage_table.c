#include "job/damage_table.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "col/cell.h"
#include "col/dict.h"
#include "col/rows.h"
#include "model/scale.h"

enum { FIXED_BEFORE = 4, FIXED_AFTER = 3, MOST_GRADES = 32 };

typedef struct pivot {
    const smap_table *summary;
    const smap_column *area_id, *area, *use, *source, *scale, *grade, *observations, *coverage, *statement;
    const char *code[MOST_GRADES]; /* grades that occur, in the order of their scales */
    int codes;
    bool ungraded;      /* some observations have no grade of a known scale */
    smap__dict *grades; /* owns the codes' texts */
} pivot;

static bool has_known_grade(const pivot *p, int64_t row) {
    for (int k = 0; k < p->codes; k++)
        if (smap__cell_is(p->grade, row, p->code[k])) return true;
    return false;
}

static bool same_line(const pivot *p, int64_t a, int64_t b) {
    const smap_column *const keys[] = { p->area_id, p->area, p->use, p->source, p->coverage };
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
        if (smap__cell_compare(keys[k], a, keys[k], b) != 0) return false;
    return true;
}

static smap_status add_grades_of(smap_ctx *ctx, pivot *p, const char *scale_name, smap_error *err) {
    const smap__scale *scale;
    smap_status status = smap__scale_get(ctx, scale_name, &scale, err);
    if (status != SMAP_OK) return status;
    for (int g = 0; g < scale->grades && p->codes < MOST_GRADES; g++) {
        const char *code = scale->grade[g].code;
        bool occurs = false, known = false;
        for (int64_t i = 0; i < smap_table_rows(p->summary) && !occurs; i++)
            occurs = smap__cell_is(p->scale, i, scale_name) && smap__cell_is(p->grade, i, code);
        for (int k = 0; k < p->codes; k++) known = known || strcmp(p->code[k], code) == 0;
        if (occurs && !known) p->code[p->codes++] = code;
    }
    return SMAP_OK;
}

/* The grades that occur, scale by scale in order of the scales' names. */
static smap_status find_grades(smap_ctx *ctx, pivot *p, smap_error *err) {
    int64_t n = smap_table_rows(p->summary);
    int32_t *codes = smap__zalloc((size_t)n, sizeof *codes);
    if (!codes) return smap__fail_memory(err);
    smap_status status = smap__dict_new(&p->grades, err);
    if (status == SMAP_OK) status = smap__dict_encode(p->grades, p->scale, codes, err);
    for (int32_t i = 0; status == SMAP_OK && i < smap__dict_count(p->grades); i++)
        status = add_grades_of(ctx, p, smap__dict_text(p->grades, i), err);
    for (int64_t i = 0; i < n; i++)
        p->ungraded = p->ungraded || (!smap_column_is_null(p->observations, i) && !has_known_grade(p, i));
    smap__free(codes);
    return status;
}

/* One count per grade (`code` NULL: the ungraded), null where the grade does not occur. */
static void put_count(const pivot *p, const char *code, int64_t first, int64_t end, smap__rows *rows) {
    int64_t sum = 0;
    bool any = false;
    for (int64_t i = first; i < end; i++) {
        if (smap_column_is_null(p->observations, i)) continue;
        if (code ? !smap__cell_is(p->grade, i, code) : has_known_grade(p, i)) continue;
        sum += p->observations->v.i[i];
        any = true;
    }
    if (any)
        smap__rows_int(rows, sum);
    else
        smap__rows_null(rows);
}

/* Why the figures of a line are not the whole: its first sentence. A line of a produced area needs none. */
static void put_statement(const pivot *p, int64_t first, int64_t end, smap__rows *rows) {
    bool needed = smap_column_is_null(p->observations, first) || !smap__cell_is(p->coverage, first, "produced");
    for (int64_t i = first; needed && i < end; i++)
        if (!smap_column_is_null(p->statement, i)) {
            smap__rows_cell(rows, p->statement, i);
            return;
        }
    smap__rows_null(rows);
}

static smap_status write_lines(const pivot *p, const smap_table **out, smap_error *err) {
    smap__rows_column columns[FIXED_BEFORE + MOST_GRADES + FIXED_AFTER] = {
        { "area_id", SMAP_TEXT }, { "area", SMAP_TEXT }, { "use", SMAP_TEXT }, { "source", SMAP_TEXT }
    };
    int count = FIXED_BEFORE;
    for (int k = 0; k < p->codes; k++) columns[count++] = (smap__rows_column){ p->code[k], SMAP_INT64 };
    if (p->ungraded) columns[count++] = (smap__rows_column){ "ungraded", SMAP_INT64 };
    columns[count++] = (smap__rows_column){ "coverage", SMAP_TEXT };
    columns[count++] = (smap__rows_column){ "statement", SMAP_TEXT };
    smap__rows rows;
    smap__rows_init(&rows, columns, count);
    int64_t n = smap_table_rows(p->summary);
    for (int64_t i = 0, next; i < n; i = next) {
        for (next = i + 1; next < n && same_line(p, i, next);) next++;
        smap__rows_cell(&rows, p->area_id, i);
        smap__rows_cell(&rows, p->area, i);
        smap__rows_cell(&rows, p->use, i);
        smap__rows_cell(&rows, p->source, i);
        for (int k = 0; k < p->codes; k++) put_count(p, p->code[k], i, next, &rows);
        if (p->ungraded) put_count(p, NULL, i, next, &rows);
        smap__rows_cell(&rows, p->coverage, i);
        put_statement(p, i, next, &rows);
    }
    return smap__rows_finish(&rows, out, err);
}

smap_status smap__damage_table(smap_ctx *ctx, const smap_layer *summary, const smap_table **out, smap_error *err) {
    const smap_table *t = summary->table;
    pivot p = { .summary = t,
                .area_id = smap_table_find(t, "area_id"),
                .area = smap_table_find(t, "area_name_en"),
                .use = smap_table_find(t, "use"),
                .source = smap_table_find(t, "source"),
                .scale = smap_table_find(t, "scale"),
                .grade = smap_table_find(t, "grade"),
                .observations = smap_table_find(t, "observations"),
                .coverage = smap_table_find(t, "coverage"),
                .statement = smap_table_find(t, "statement_en") };
    smap_status status = find_grades(ctx, &p, err);
    if (status == SMAP_OK) status = write_lines(&p, out, err);
    smap__dict_free(p.grades);
    return status;
}
