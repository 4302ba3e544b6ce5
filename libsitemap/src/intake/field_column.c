#include "intake/field_column.h"

#include <string.h>

#include "base/alloc.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "base/parallel.h"
#include "base/str.h"
#include "col/builder.h"
#include "col/cell.h"
#include "col/column.h"
#include "intake/field_number.h"
#include "intake/field_value.h"
#include "intake/garbled.h"

/* ---- what there is to say ---- */

/* Values of which only their number and the first is told. */
typedef struct tally {
    int64_t count, first_row;
} tally;

static void tally_row(tally *t, int64_t row) {
    if (t->count++ == 0) t->first_row = row;
}

static smap_status note_value(smap__field_reader *r, smap__source_rows *rows, smap__value_outcome what,
                              const smap_column *c, int64_t row, smap_error *err) {
    const smap__field *f = r->field;
    bool lost = what == SMAP__VALUE_LOST, reject = lost && f->required;
    smap__str value = SMAP__STR_INIT, before = SMAP__STR_INIT;
    smap__cell_put(&value, c, row);
    bool garbled =
        what == SMAP__VALUE_NOTED && strcmp(r->finding, "text_garbled") == 0 && smap__may_show(rows->schema, f);
    if (garbled) smap__is_garbled(r->text.data, r->text.len, &before);
    const char *end = reject ? "the row is rejected" : lost ? "left empty" : "taken as it stands";
    if (what == SMAP__VALUE_NOTED && !garbled) end = "check it";
    smap_status status =
        value.failed || before.failed ? smap__fail_memory(err)
        : before.len > 0
            ? smap__row_note(rows, SMAP__WARNING, r->finding, row, c->name, f, value.data ? value.data : "", err,
                             "%s: %s; it was probably \"%s\"; %s", f->name, r->reason, before.data, end)
            : smap__row_note(rows, reject ? SMAP__REJECTED : SMAP__WARNING, r->finding, row, c->name, f,
                             value.data ? value.data : "", err, "%s: %s; %s", f->name, r->reason, end);
    smap__str_release(&value);
    smap__str_release(&before);
    return status;
}

static smap_status note_missing(const smap__field_reader *r, smap__source_rows *rows, const char *column, int64_t row,
                                smap_error *err) {
    return smap__row_note(rows, SMAP__REJECTED, "required_missing", row, column, r->field, NULL, err,
                          "%s: there is no value, and a row cannot be without; the row is rejected", r->field->name);
}

/* ---- a span of rows ---- */

enum { SPAN_ROWS = 16384 };

/* Rows of a column that are read by one thread. What it finds goes behind that of the spans before. */
typedef struct span {
    int64_t first, end;
    smap_column_builder *builder; /* NULL: the field holds what the source's column holds */
    smap__findings findings;
    int64_t rejected;
    tally words, converted; /* words for "no value", values in other units */
} span;

typedef struct column_job {
    const smap__field_reader *reader; /* as it is before the first row */
    const smap__source_rows *rows;
    const smap_column *column;
    span *span;
    int64_t spans;
} column_job;

static smap_status read_row(smap__field_reader *r, smap__source_rows *rows, const smap_column *c, int64_t row, span *s,
                            smap_error *err) {
    smap_status status = SMAP_OK;
    r->converted = false;
    if (rows->state[row] == SMAP__ROW_BLANK) return smap_column_append_null(s->builder, err);
    smap__value_outcome what = smap__field_value(r, c, row);
    bool taken = what == SMAP__VALUE_TAKEN || what == SMAP__VALUE_NOTED;
    bool missing = what == SMAP__VALUE_EMPTY || what == SMAP__VALUE_NONE;
    if (r->text.failed) return smap__fail_memory(err);
    if (what == SMAP__VALUE_NONE) tally_row(&s->words, row);
    if (r->converted && taken) tally_row(&s->converted, row);
    if (missing && r->field->required) status = note_missing(r, rows, c->name, row, err);
    if (what == SMAP__VALUE_LOST || what == SMAP__VALUE_NOTED) status = note_value(r, rows, what, c, row, err);
    if (status != SMAP_OK) return status;
    return taken ? smap__field_value_append(r, s->builder, err) : smap_column_append_null(s->builder, err);
}

static bool is_as_is(smap__field_reader *r, const smap__source_rows *rows, const smap_column *c, int64_t row) {
    bool kept = rows->state[row] != SMAP__ROW_BLANK || smap_column_is_null(c, row);
    return kept && smap__field_value_as_is(r, c, row);
}

/* Nothing is built as long as every row is as it is in the source, which in most files is to the end. */
static smap_status read_rows(smap__field_reader *r, smap__source_rows *rows, const smap_column *c, span *s,
                             smap_error *err) {
    int64_t row = s->first;
    while (row < s->end && is_as_is(r, rows, c, row)) row++;
    if (row == s->end) return SMAP_OK;
    smap_status status = smap_column_builder_new(c->name, r->field->type, &s->builder, err);
    if (status == SMAP_OK) status = smap_column_builder_reserve(s->builder, s->end - s->first, 0, err);
    if (status == SMAP_OK && row > s->first) status = smap__builder_append_rows(s->builder, c, s->first, row, err);
    for (; row < s->end && status == SMAP_OK; row++) status = read_row(r, rows, c, row, s, err);
    return status;
}

static smap_status read_span(int worker, int64_t chunk, void *user, smap_error *err) {
    (void)worker;
    const column_job *job = user;
    span *s = &job->span[chunk];
    smap__field_reader r = *job->reader;
    smap__source_rows rows = *job->rows;
    rows.findings = job->rows->findings ? &s->findings : NULL;
    rows.rejected = 0;
    smap_status status = read_rows(&r, &rows, job->column, s, err);
    s->rejected = rows.rejected;
    smap__str_release(&r.text);
    return status;
}

/* ---- a column from its spans ---- */

static void tally_add(tally *to, const tally *from) {
    if (to->count == 0) to->first_row = from->first_row;
    to->count += from->count;
}

static smap_status tell(const column_job *job, smap__source_rows *rows, smap_error *err) {
    const smap__field *field = job->reader->field;
    const char *name = job->column->name;
    tally words = { 0, 0 }, converted = { 0, 0 };
    smap_status status = SMAP_OK;
    for (int64_t i = 0; i < job->spans && status == SMAP_OK; i++) {
        const span *s = &job->span[i];
        tally_add(&words, &s->words);
        tally_add(&converted, &s->converted);
        rows->rejected += s->rejected;
        if (rows->findings) status = smap__findings_join(rows->findings, &s->findings, err);
    }
    if (status == SMAP_OK && converted.count)
        status = smap__row_note(rows, SMAP__INFO, "unit_converted", converted.first_row, name, field, NULL, err,
                                "%s: %lld values in other units are converted to %s", field->name,
                                (long long)converted.count, field->unit);
    if (status != SMAP_OK || words.count == 0) return status;
    return smap__row_note(rows, SMAP__INFO, "no_value", words.first_row, name, field, NULL, err,
                          "%s: words for \"no value\" in %lld of the rows are taken as not known", field->name,
                          (long long)words.count);
}

static smap_status join_spans(const column_job *job, smap_column_builder *builder, smap_error *err) {
    size_t bytes = 0;
    for (int64_t i = 0; i < job->spans; i++)
        if (job->span[i].builder) bytes += job->span[i].builder->bytes_len;
    smap_status status = smap_column_builder_reserve(builder, job->rows->count, (int64_t)bytes, err);
    for (int64_t i = 0; i < job->spans && status == SMAP_OK; i++) {
        span *s = &job->span[i];
        status = s->builder ? smap__builder_join(builder, s->builder, err)
                            : smap__builder_append_rows(builder, job->column, s->first, s->end, err);
        smap_column_builder_free(s->builder);
        s->builder = NULL;
    }
    return status;
}

static smap_status finish_spans(const column_job *job, const smap_column **out, smap_error *err) {
    const smap__field *field = job->reader->field;
    bool as_is = job->column->type == field->type;
    for (int64_t i = 0; i < job->spans; i++) as_is = as_is && !job->span[i].builder;
    if (as_is) return smap_column_rename(job->column, field->name, out, err);
    smap_column_builder *builder = NULL;
    smap_status status = smap_column_builder_new(field->name, field->type, &builder, err);
    if (status == SMAP_OK) status = join_spans(job, builder, err);
    if (status == SMAP_OK) status = smap_column_builder_finish(builder, out, err);
    smap_column_builder_free(builder);
    return status;
}

static smap_status read_column(smap_ctx *ctx, const smap__field_reader *r, smap__source_rows *rows,
                               const smap_column *c, const smap_column **out, smap_error *err) {
    column_job job = { r, rows, c, NULL, (rows->count + SPAN_ROWS - 1) / SPAN_ROWS };
    job.span = smap__zalloc((size_t)job.spans + 1, sizeof *job.span);
    if (!job.span) return smap__fail_memory(err);
    for (int64_t i = 0; i < job.spans; i++) {
        job.span[i].first = i * SPAN_ROWS;
        job.span[i].end = i + 1 < job.spans ? (i + 1) * SPAN_ROWS : rows->count;
    }
    smap_status status = smap__parallel(ctx, job.spans, read_span, &job, err);
    if (status == SMAP_OK) status = tell(&job, rows, err);
    if (status == SMAP_OK) status = finish_spans(&job, out, err);
    for (int64_t i = 0; i < job.spans; i++) {
        smap_column_builder_free(job.span[i].builder);
        smap__findings_release(&job.span[i].findings);
    }
    smap__free(job.span);
    return status;
}

/* ---- a column without a source's ---- */

static smap_status set_column(smap__field_reader *r, const smap__source_rows *rows, const char *text,
                              const smap_column **out, smap_error *err) {
    smap_column_builder *builder = NULL;
    smap__value_outcome what = smap__field_value_of_text(r, text);
    if (r->text.failed) return smap__fail_memory(err);
    if (what == SMAP__VALUE_LOST) {
        return smap__fail(err, SMAP_E_ARGUMENT, r->field->name, "--set %s=%s: %s", r->field->name, text, r->reason);
    }
    bool value = what == SMAP__VALUE_TAKEN || what == SMAP__VALUE_NOTED;
    if (!value) return smap__column_of_nulls(r->field->name, r->field->type, rows->count, out, err);
    smap_status status = smap_column_builder_new(r->field->name, r->field->type, &builder, err);
    if (status == SMAP_OK) status = smap_column_builder_reserve(builder, rows->count, 0, err);
    for (int64_t row = 0; row < rows->count && status == SMAP_OK; row++)
        status = smap__field_value_append(r, builder, err);
    if (status == SMAP_OK) status = smap_column_builder_finish(builder, out, err);
    smap_column_builder_free(builder);
    return status;
}

smap_status smap__field_column(smap_ctx *ctx, const smap__column_plan *plan, const smap__rules *rules,
                               smap__source_rows *rows, int index, const smap_column **out, smap_error *err) {
    const smap__field *field = &rows->schema->field[index];
    const smap_column *c = plan->column[index] < 0 ? NULL : smap_table_at(rows->source->table, plan->column[index]);
    smap_status status = SMAP_OK;
    smap__field_reader r = { .field = field,
                             .rules = rules,
                             .decimal = plan->decimal,
                             .order = plan->date_order,
                             .may_show = smap__may_show(rows->schema, field) };
    if (!c && !plan->set[index]) return smap__column_of_nulls(field->name, field->type, rows->count, out, err);
    if (*field->domain) SMAP_TRY(smap__domain_get(ctx, field->domain, &r.domain, err), done);
    if (!r.decimal && c && (field->type == SMAP_FLOAT64 || field->type == SMAP_INT64))
        r.decimal = smap__decimal_sign(c);
    status =
        plan->set[index] ? set_column(&r, rows, plan->set[index], out, err) : read_column(ctx, &r, rows, c, out, err);
done:
    smap__str_release(&r.text);
    return status;
}

smap_status smap__field_columns(smap_ctx *ctx, const smap__column_plan *plan, const smap__rules *rules,
                                smap__source_rows *rows, const smap_table **out, smap_error *err) {
    int count = rows->schema->fields;
    const smap_column **columns = smap__zalloc((size_t)count, sizeof *columns);
    if (!columns) return smap__fail_memory(err);
    smap_status status = SMAP_OK;
    for (int i = 0; i < count && status == SMAP_OK; i++) {
        status = smap__field_column(ctx, plan, rules, rows, i, &columns[i], err);
        if (status == SMAP_OK) status = smap__progress(ctx, (double)(i + 1) / (double)(count + 1), NULL, err);
    }
    if (status == SMAP_OK) status = smap_table_new(columns, count, rows->count, out, err);
    for (int i = 0; i < count; i++) smap_column_free(columns[i]);
    smap__free(columns);
    return status;
}
