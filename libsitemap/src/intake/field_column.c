#include "intake/field_column.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "base/str.h"
#include "col/cell.h"
#include "intake/calendar.h"
#include "intake/field_number.h"
#include "intake/garbled.h"

typedef enum outcome {
    TAKEN,
    NOTED,    /* taken, with something to say */
    EMPTY,    /* nothing there */
    NO_VALUE, /* a word for "no value" */
    LOST      /* cannot be read */
} outcome;

typedef struct reader {
    const smap__field *field;
    const smap__domain *domain; /* NULL = free */
    const smap__rules *rules;
    char decimal, order;
    bool may_show;  /* may findings tell of the value? */
    smap__str text; /* the value as text, tidied */
    /* What was read: `i` for bool, whole numbers, dates; `f` for reals; `text` or a code for texts. */
    int64_t i;
    double f;
    const char *code;
    bool converted; /* from another unit */
    /* What there is to say about it. */
    const char *finding, *reason;
    char suggestion[400];
} reader;

static outcome say(reader *r, outcome what, const char *finding, const char *reason) {
    r->finding = finding;
    r->reason = reason;
    return what;
}

/* ---- one value from text ---- */

/* "30 mph": a number and a word that the field's unit knows. */
static smap__number_reading read_with_unit(reader *r, double *value) {
    const smap__data_table *units = r->rules->units;
    for (int64_t i = 0; *r->field->unit && i < units->rows; i++) {
        const char *word = smap__data_table_text(units, i, SMAP__UNIT_WORD);
        size_t n = strlen(word), len = r->text.len;
        double factor = NAN;
        if (strcmp(smap__data_table_text(units, i, SMAP__UNIT_OF), r->field->unit) != 0) continue;
        if (len <= n || strncasecmp(r->text.data + len - n, word, n) != 0) continue;
        smap__number_reading got = smap__read_number(r->text.data, len - n, false, r->decimal, value);
        if (got == SMAP__NUMBER_BAD) continue;
        if (smap__data_table_number(units, i, SMAP__UNIT_FACTOR, &factor, NULL) != SMAP_OK || !(factor > 0)) continue;
        *value *= factor;
        r->converted = factor != 1;
        return got;
    }
    return SMAP__NUMBER_BAD;
}

static outcome read_number(reader *r, bool whole) {
    double value = 0;
    smap__number_reading got = smap__read_number(r->text.data, r->text.len, whole, r->decimal, &value);
    if (got == SMAP__NUMBER_BAD && !whole) got = read_with_unit(r, &value);
    r->f = value;
    r->i = whole ? (int64_t)value : 0;
    switch (got) {
    case SMAP__NUMBER_OK:
        return TAKEN;
    case SMAP__NUMBER_GROUPED:
        return say(r, NOTED, "number_grouped", "the sign between the digits is read as a thousands sign");
    case SMAP__NUMBER_AMBIGUOUS:
        return say(
            r, LOST, "number_ambiguous",
            "the comma may be a decimal or a thousands sign; say which with --set 'decimal=,' or --set 'decimal=.'");
    case SMAP__NUMBER_NOT_WHOLE:
        return say(r, LOST, "number_not_whole", "a whole number is needed");
    case SMAP__NUMBER_TOO_LARGE:
        return say(r, LOST, "number_too_large", "the number is too large");
    case SMAP__NUMBER_BAD:
        break;
    }
    return say(r, LOST, "number_unreadable", "it is not a number");
}

static outcome read_date(reader *r) {
    bool day = r->field->type == SMAP_DATE;
    smap__date_reading got =
        smap__read_date(r->rules, r->text.data, r->text.len, r->order, day ? &r->i : NULL, day ? NULL : &r->i);
    switch (got) {
    case SMAP__DATE_OK:
        return TAKEN;
    case SMAP__DATE_SPREADSHEET:
        return say(r, NOTED, "date_spreadsheet", "it is read as a spreadsheet's day number");
    case SMAP__DATE_AMBIGUOUS:
        return say(
            r, LOST, "date_ambiguous",
            "day and month can be either way round; say which with --set date_order=dmy or --set date_order=mdy");
    case SMAP__DATE_SHORT_YEAR:
        return say(r, LOST, "date_short_year", "the year needs four digits");
    case SMAP__DATE_NO_DAY:
        return say(r, LOST, "date_without_day", "the day is missing");
    case SMAP__DATE_IMPOSSIBLE:
        return say(r, LOST, "date_impossible", "there is no such day");
    case SMAP__DATE_BAD:
        break;
    }
    return say(r, LOST, "date_unreadable", "it is not a date; write it as 2023-09-13");
}

/* "it is not in the vocabulary (open, closed, planned)": as many of the codes as there is room for. */
static void list_codes(reader *r) {
    static const char before[] = "it is not in the vocabulary (", more[] = ", ...";
    size_t at = sizeof before - 1, room = sizeof r->suggestion - sizeof more - 1;
    memcpy(r->suggestion, before, sizeof before);
    for (int i = 0; i < r->domain->codes; i++) {
        const char *code = r->domain->code[i].code;
        bool fits = at + strlen(code) + 2 < room;
        at +=
            (size_t)snprintf(r->suggestion + at, sizeof r->suggestion - at, "%s%s", i ? ", " : "", fits ? code : "...");
        if (!fits) break;
    }
    memcpy(r->suggestion + at, ")", 2);
}

static outcome read_domain(reader *r) {
    int at = smap__domain_code(r->domain, r->text.data, r->text.len);
    if (at < 0) at = smap__domain_find(r->domain, r->text.data, r->text.len);
    if (at >= 0) {
        r->code = r->domain->code[at].code;
        return TAKEN;
    }
    if (smap__domain_find(r->rules->null_words, r->text.data, r->text.len) >= 0) return NO_VALUE;
    if (!r->may_show) return say(r, LOST, "value_unknown", "it is not in the vocabulary");
    int near = smap__domain_nearest(r->domain, r->text.data, r->text.len);
    if (near < 0)
        list_codes(r);
    else
        snprintf(r->suggestion, sizeof r->suggestion, "it is not in the vocabulary (is it %s?)",
                 r->domain->code[near].code);
    return say(r, LOST, "value_unknown", r->suggestion);
}

static outcome read_bool(reader *r) {
    int at = smap__domain_find(r->rules->yes_no, r->text.data, r->text.len);
    if (at >= 0) {
        r->i = strcmp(r->rules->yes_no->code[at].code, "true") == 0;
        return TAKEN;
    }
    if (smap__domain_find(r->rules->null_words, r->text.data, r->text.len) >= 0) return NO_VALUE;
    return say(r, LOST, "yes_no_unreadable", "it is neither yes nor no");
}

static outcome check_range(reader *r, outcome what) {
    const smap__field *f = r->field;
    double value = f->type == SMAP_FLOAT64 ? r->f : (double)r->i;
    if (what != TAKEN && what != NOTED) return what;
    if (f->has_min && value < f->min) return say(r, LOST, "number_too_small", "it is smaller than makes sense");
    if (f->has_max && value > f->max) return say(r, LOST, "number_too_large", "it is larger than makes sense");
    return what;
}

static void make_upper(smap__str *text) {
    for (size_t i = 0; i < text->len; i++) {
        if (text->data[i] >= 'a' && text->data[i] <= 'z') text->data[i] = (char)(text->data[i] - 'a' + 'A');
    }
}

static outcome read_text(reader *r) {
    if (r->text.len == 0) return EMPTY;
    if (r->domain) return read_domain(r);
    if (r->field->type == SMAP_BOOL) return read_bool(r);
    if (smap__domain_find(r->rules->null_words, r->text.data, r->text.len) >= 0) return NO_VALUE;
    switch (r->field->type) {
    case SMAP_INT64:
        return check_range(r, read_number(r, true));
    case SMAP_FLOAT64:
        return check_range(r, read_number(r, false));
    case SMAP_DATE:
    case SMAP_TIMESTAMP:
        return read_date(r);
    case SMAP_TEXT:
        if (smap__is_garbled(r->text.data, r->text.len, NULL)) {
            return say(r, NOTED, "text_garbled", "the text went through a wrong encoding");
        }
        if (r->field->upper) make_upper(&r->text);
        return TAKEN;
    case SMAP_BOOL:
    case SMAP_BLOB:
        break;
    }
    return say(r, LOST, "value_unreadable", "a value of this kind cannot be read from text");
}

/* Blanks, line ends, control characters and a spreadsheet's "_x000D_" become one blank each run; ends are trimmed. */
static void put_tidy(smap__str *out, const char *text, size_t len) {
    static const char escaped[] = "_x000D_";
    bool gap = false;
    smap__trim(&text, &len);
    for (size_t at = 0; at < len;) {
        size_t from = at;
        uint32_t c = smap__utf8_next(text, len, &at);
        bool cr = c == '_' && len - from >= sizeof escaped - 1 && memcmp(text + from, escaped, sizeof escaped - 1) == 0;
        if (cr) at = from + sizeof escaped - 1;
        if (cr || c <= 0x20 || c == 0x7F || c == 0xA0) {
            gap = out->len > 0;
            continue;
        }
        if (gap) smap__str_put_char(out, ' ');
        gap = false;
        smap__str_put_n(out, text + from, at - from);
    }
}

/* ---- one value from a typed cell ---- */

static outcome take_real(reader *r, double value) {
    if (!isfinite(value)) return say(r, LOST, "number_unreadable", "it is not a number");
    r->f = value;
    if (r->field->type == SMAP_FLOAT64) return check_range(r, TAKEN);
    if (fabs(value) > 9007199254740992.0) return say(r, LOST, "number_too_large", "the number is too large");
    if (value != floor(value)) return say(r, LOST, "number_not_whole", "a whole number is needed");
    r->i = (int64_t)value;
    return check_range(r, TAKEN);
}

static outcome read_cell(reader *r, const smap_column *c, int64_t row) {
    smap_type to = r->field->type;
    smap__str_clear(&r->text);
    if (smap_column_is_null(c, row)) return EMPTY;
    bool number = to == SMAP_INT64 || to == SMAP_FLOAT64;
    if (number && c->type == SMAP_FLOAT64) return take_real(r, c->v.f[row]);
    if (to == SMAP_FLOAT64 && c->type == SMAP_INT64) return take_real(r, (double)c->v.i[row]);
    if (to == c->type && (to == SMAP_INT64 || to == SMAP_DATE || to == SMAP_TIMESTAMP)) {
        r->i = c->v.i[row];
        return to == SMAP_INT64 ? check_range(r, TAKEN) : TAKEN;
    }
    if (to == SMAP_BOOL && c->type == SMAP_BOOL) {
        r->i = c->v.b[row];
        return TAKEN;
    }
    if (to == SMAP_DATE && c->type == SMAP_TIMESTAMP) {
        int64_t ms = c->v.i[row];
        r->i = ms / SMAP__MS_PER_DAY - (ms % SMAP__MS_PER_DAY < 0);
        return TAKEN;
    }
    if (c->type == SMAP_BLOB) return say(r, LOST, "value_unreadable", "it is binary");
    if (c->type == SMAP_TEXT) {
        size_t len = 0;
        const char *text = smap_column_text(c, row, &len);
        put_tidy(&r->text, text, len);
    } else {
        smap__cell_put(&r->text, c, row);
    }
    return read_text(r);
}

static smap_status append(const reader *r, smap_column_builder *builder, smap_error *err) {
    switch (r->field->type) {
    case SMAP_FLOAT64:
        return smap_column_append_real(builder, r->f, err);
    case SMAP_TEXT:
    case SMAP_BLOB:
        if (r->domain) return smap_column_append_text(builder, r->code, strlen(r->code), err);
        return smap_column_append_text(builder, r->text.data, r->text.len, err);
    case SMAP_BOOL:
    case SMAP_INT64:
    case SMAP_DATE:
    case SMAP_TIMESTAMP:
        return smap_column_append_int(builder, r->i, err);
    }
    return SMAP_OK;
}

/* ---- a column ---- */

/* Values of which only their number and the first is told. */
typedef struct tally {
    int64_t count, first_row;
} tally;

static void tally_row(tally *t, int64_t row) {
    if (t->count++ == 0) t->first_row = row;
}

static smap_status note_value(reader *r, smap__source_rows *rows, outcome what, const smap_column *c, int64_t row,
                              smap_error *err) {
    const smap__field *f = r->field;
    bool lost = what == LOST, reject = lost && f->required;
    smap__str value = SMAP__STR_INIT, before = SMAP__STR_INIT;
    smap__cell_put(&value, c, row);
    bool garbled = what == NOTED && strcmp(r->finding, "text_garbled") == 0 && smap__may_show(rows->schema, f);
    if (garbled) smap__is_garbled(r->text.data, r->text.len, &before);
    const char *end = reject ? "the row is rejected" : lost ? "left empty" : "taken as it stands";
    if (what == NOTED && !garbled) end = "check it";
    smap_status status =
        before.len > 0 ? smap__row_note(rows, SMAP__WARNING, r->finding, row, c->name, f, value.data ? value.data : "",
                                        err, "%s: %s; it was probably \"%s\"; %s", f->name, r->reason, before.data, end)
                       : smap__row_note(rows, reject ? SMAP__REJECTED : SMAP__WARNING, r->finding, row, c->name, f,
                                        value.data ? value.data : "", err, "%s: %s; %s", f->name, r->reason, end);
    smap__str_release(&value);
    smap__str_release(&before);
    return status;
}

static smap_status note_missing(const reader *r, smap__source_rows *rows, const char *column, int64_t row,
                                smap_error *err) {
    return smap__row_note(rows, SMAP__REJECTED, "required_missing", row, column, r->field, NULL, err,
                          "%s: there is no value, and a row cannot be without; the row is rejected", r->field->name);
}

static smap_status read_row(reader *r, smap__source_rows *rows, const smap_column *c, int64_t row,
                            smap_column_builder *builder, tally *words, tally *converted, smap_error *err) {
    smap_status status = SMAP_OK;
    r->converted = false;
    if (rows->state[row] == SMAP__ROW_BLANK) return smap_column_append_null(builder, err);
    outcome what = read_cell(r, c, row);
    if (r->text.failed) return smap__fail_memory(err);
    if (what == NO_VALUE) tally_row(words, row);
    if (r->converted && (what == TAKEN || what == NOTED)) tally_row(converted, row);
    if ((what == EMPTY || what == NO_VALUE) && r->field->required) status = note_missing(r, rows, c->name, row, err);
    if (what == LOST || what == NOTED) status = note_value(r, rows, what, c, row, err);
    if (status != SMAP_OK) return status;
    return what == TAKEN || what == NOTED ? append(r, builder, err) : smap_column_append_null(builder, err);
}

static smap_status read_column(reader *r, smap__source_rows *rows, const smap_column *c, smap_column_builder *builder,
                               smap_error *err) {
    smap_status status = SMAP_OK;
    tally words = { 0, 0 }, converted = { 0, 0 };
    for (int64_t row = 0; row < rows->count && status == SMAP_OK; row++) {
        status = read_row(r, rows, c, row, builder, &words, &converted, err);
    }
    if (status == SMAP_OK && converted.count)
        status = smap__row_note(rows, SMAP__INFO, "unit_converted", converted.first_row, c->name, r->field, NULL, err,
                                "%s: %lld values in other units are converted to %s", r->field->name,
                                (long long)converted.count, r->field->unit);
    if (status != SMAP_OK || words.count == 0) return status;
    return smap__row_note(rows, SMAP__INFO, "no_value", words.first_row, c->name, r->field, NULL, err,
                          "%s: words for \"no value\" in %lld of the rows are taken as not known", r->field->name,
                          (long long)words.count);
}

static smap_status set_column(reader *r, smap__source_rows *rows, const char *text, smap_column_builder *builder,
                              smap_error *err) {
    smap__str_clear(&r->text);
    put_tidy(&r->text, text, strlen(text));
    outcome what = read_text(r);
    if (r->text.failed) return smap__fail_memory(err);
    if (what == LOST) {
        return smap__fail(err, SMAP_E_ARGUMENT, r->field->name, "--set %s=%s: %s", r->field->name, text, r->reason);
    }
    bool value = what == TAKEN || what == NOTED;
    smap_status status = SMAP_OK;
    for (int64_t row = 0; row < rows->count && status == SMAP_OK; row++) {
        status = value ? append(r, builder, err) : smap_column_append_null(builder, err);
    }
    return status;
}

static smap_status empty_column(const smap__source_rows *rows, smap_column_builder *builder, smap_error *err) {
    smap_status status = SMAP_OK;
    for (int64_t row = 0; row < rows->count && status == SMAP_OK; row++) status = smap_column_append_null(builder, err);
    return status;
}

smap_status smap__field_column(smap_ctx *ctx, const smap__column_plan *plan, const smap__rules *rules,
                               smap__source_rows *rows, int index, const smap_column **out, smap_error *err) {
    const smap__field *field = &rows->schema->field[index];
    const smap_column *c = plan->column[index] < 0 ? NULL : smap_table_at(rows->source->table, plan->column[index]);
    smap_status status = SMAP_OK;
    smap_column_builder *builder = NULL;
    reader r = { .field = field,
                 .rules = rules,
                 .decimal = plan->decimal,
                 .order = plan->date_order,
                 .may_show = smap__may_show(rows->schema, field) };
    if (*field->domain) SMAP_TRY(smap__domain_get(ctx, field->domain, &r.domain, err), done);
    if (!r.decimal && c && (field->type == SMAP_FLOAT64 || field->type == SMAP_INT64))
        r.decimal = smap__decimal_sign(c);
    SMAP_TRY(smap_column_builder_new(field->name, field->type, &builder, err), done);
    SMAP_TRY(smap_column_builder_reserve(builder, rows->count, 0, err), done);
    if (plan->set[index]) {
        SMAP_TRY(set_column(&r, rows, plan->set[index], builder, err), done);
    } else if (c) {
        SMAP_TRY(read_column(&r, rows, c, builder, err), done);
    } else {
        SMAP_TRY(empty_column(rows, builder, err), done);
    }
    SMAP_TRY(smap_column_builder_finish(builder, out, err), done);
done:
    smap_column_builder_free(builder);
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
