#include "intake/field_value.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/fail.h"
#include "col/cell.h"
#include "intake/calendar.h"
#include "intake/field_number.h"
#include "intake/garbled.h"

static smap__value_outcome say(smap__field_reader *r, smap__value_outcome what, const char *finding,
                               const char *reason) {
    r->finding = finding;
    r->reason = reason;
    return what;
}

/* ---- one value from text ---- */

/* "30 mph": a number and a word that the field's unit knows. */
static smap__number_reading read_with_unit(smap__field_reader *r, double *value) {
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

static smap__value_outcome read_number(smap__field_reader *r, bool whole) {
    double value = 0;
    smap__number_reading got = smap__read_number(r->text.data, r->text.len, whole, r->decimal, &value);
    if (got == SMAP__NUMBER_BAD && !whole) got = read_with_unit(r, &value);
    r->f = value;
    r->i = whole ? (int64_t)value : 0;
    switch (got) {
    case SMAP__NUMBER_OK:
        return SMAP__VALUE_TAKEN;
    case SMAP__NUMBER_GROUPED:
        return say(r, SMAP__VALUE_NOTED, "number_grouped", "the sign between the digits is read as a thousands sign");
    case SMAP__NUMBER_AMBIGUOUS:
        return say(
            r, SMAP__VALUE_LOST, "number_ambiguous",
            "the comma may be a decimal or a thousands sign; say which with --set 'decimal=,' or --set 'decimal=.'");
    case SMAP__NUMBER_NOT_WHOLE:
        return say(r, SMAP__VALUE_LOST, "number_not_whole", "a whole number is needed");
    case SMAP__NUMBER_TOO_LARGE:
        return say(r, SMAP__VALUE_LOST, "number_too_large", "the number is too large");
    case SMAP__NUMBER_BAD:
        break;
    }
    return say(r, SMAP__VALUE_LOST, "number_unreadable", "it is not a number");
}

static smap__value_outcome read_date(smap__field_reader *r) {
    bool day = r->field->type == SMAP_DATE;
    smap__date_reading got =
        smap__read_date(r->rules, r->text.data, r->text.len, r->order, day ? &r->i : NULL, day ? NULL : &r->i);
    switch (got) {
    case SMAP__DATE_OK:
        return SMAP__VALUE_TAKEN;
    case SMAP__DATE_SPREADSHEET:
        return say(r, SMAP__VALUE_NOTED, "date_spreadsheet", "it is read as a spreadsheet's day number");
    case SMAP__DATE_AMBIGUOUS:
        return say(
            r, SMAP__VALUE_LOST, "date_ambiguous",
            "day and month can be either way round; say which with --set date_order=dmy or --set date_order=mdy");
    case SMAP__DATE_SHORT_YEAR:
        return say(r, SMAP__VALUE_LOST, "date_short_year", "the year needs four digits");
    case SMAP__DATE_NO_DAY:
        return say(r, SMAP__VALUE_LOST, "date_without_day", "the day is missing");
    case SMAP__DATE_IMPOSSIBLE:
        return say(r, SMAP__VALUE_LOST, "date_impossible", "there is no such day");
    case SMAP__DATE_BAD:
        break;
    }
    return say(r, SMAP__VALUE_LOST, "date_unreadable", "it is not a date; write it as 2023-09-13");
}

/* "it is not in the vocabulary (open, closed, planned)": as many of the codes as there is room for. */
static void list_codes(smap__field_reader *r) {
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

static smap__value_outcome read_domain(smap__field_reader *r) {
    int at = smap__domain_code(r->domain, r->text.data, r->text.len);
    if (at < 0) at = smap__domain_find(r->domain, r->text.data, r->text.len);
    if (at >= 0) {
        r->code = r->domain->code[at].code;
        return SMAP__VALUE_TAKEN;
    }
    if (smap__domain_find(r->rules->null_words, r->text.data, r->text.len) >= 0) return SMAP__VALUE_NONE;
    if (!r->may_show) return say(r, SMAP__VALUE_LOST, "value_unknown", "it is not in the vocabulary");
    int near = smap__domain_nearest(r->domain, r->text.data, r->text.len);
    if (near < 0)
        list_codes(r);
    else
        snprintf(r->suggestion, sizeof r->suggestion, "it is not in the vocabulary (is it %s?)",
                 r->domain->code[near].code);
    return say(r, SMAP__VALUE_LOST, "value_unknown", r->suggestion);
}

static smap__value_outcome read_bool(smap__field_reader *r) {
    int at = smap__domain_find(r->rules->yes_no, r->text.data, r->text.len);
    if (at >= 0) {
        r->i = strcmp(r->rules->yes_no->code[at].code, "true") == 0;
        return SMAP__VALUE_TAKEN;
    }
    if (smap__domain_find(r->rules->null_words, r->text.data, r->text.len) >= 0) return SMAP__VALUE_NONE;
    return say(r, SMAP__VALUE_LOST, "yes_no_unreadable", "it is neither yes nor no");
}

static smap__value_outcome check_range(smap__field_reader *r, smap__value_outcome what) {
    const smap__field *f = r->field;
    double value = f->type == SMAP_FLOAT64 ? r->f : (double)r->i;
    if (what != SMAP__VALUE_TAKEN && what != SMAP__VALUE_NOTED) return what;
    if (f->has_min && value < f->min)
        return say(r, SMAP__VALUE_LOST, "number_too_small", "it is smaller than makes sense");
    if (f->has_max && value > f->max)
        return say(r, SMAP__VALUE_LOST, "number_too_large", "it is larger than makes sense");
    return what;
}

static void make_upper(smap__str *text) {
    for (size_t i = 0; i < text->len; i++) {
        if (text->data[i] >= 'a' && text->data[i] <= 'z') text->data[i] = (char)(text->data[i] - 'a' + 'A');
    }
}

static smap__value_outcome read_text(smap__field_reader *r) {
    if (r->text.len == 0) return SMAP__VALUE_EMPTY;
    if (r->domain) return read_domain(r);
    if (r->field->type == SMAP_BOOL) return read_bool(r);
    if (smap__domain_find(r->rules->null_words, r->text.data, r->text.len) >= 0) return SMAP__VALUE_NONE;
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
            return say(r, SMAP__VALUE_NOTED, "text_garbled", "the text went through a wrong encoding");
        }
        if (r->field->upper) make_upper(&r->text);
        return SMAP__VALUE_TAKEN;
    case SMAP_BOOL:
    case SMAP_BLOB:
        break;
    }
    return say(r, SMAP__VALUE_LOST, "value_unreadable", "a value of this kind cannot be read from text");
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

static smap__value_outcome read_tidied(smap__field_reader *r, const char *text, size_t len) {
    put_tidy(&r->text, text, len);
    return read_text(r);
}

smap__value_outcome smap__field_value_of_text(smap__field_reader *r, const char *text) {
    smap__str_clear(&r->text);
    return read_tidied(r, text, strlen(text));
}

/* ---- texts that come again ---- */

enum { KNOWN_BYTES = 48 };

static smap__known_text *place_of(smap__field_reader *r, const char *text, size_t len) {
    uint32_t h = 2166136261U; /* FNV-1a */
    for (size_t i = 0; i < len; i++) h = (h ^ (unsigned char)text[i]) * 16777619U;
    return &r->known[(h ^ h >> 16) % SMAP__KNOWN_TEXTS];
}

/* What there is something to say about is read anew each time: it is rare, and the sentence goes with it. */
static smap__value_outcome read_known(smap__field_reader *r, const char *text, size_t len) {
    if (len == 0 || len > KNOWN_BYTES) return read_tidied(r, text, len);
    smap__known_text *k = place_of(r, text, len);
    if (k->text && k->len == len && memcmp(k->text, text, len) == 0) {
        r->i = k->i;
        r->f = k->f;
        r->code = k->code;
        r->converted = k->converted;
        return k->what;
    }
    smap__value_outcome what = read_tidied(r, text, len);
    if (!r->text.failed && (what == SMAP__VALUE_TAKEN || what == SMAP__VALUE_NONE))
        *k = (smap__known_text){ text, len, what, r->i, r->f, r->code, r->converted };
    return what;
}

/* ---- one value from a typed cell ---- */

/* A text that is kept as it is, not one of a vocabulary, nor a number or date. */
static bool is_free_text(const smap__field_reader *r) {
    return r->field->type == SMAP_TEXT && !r->domain;
}

static smap__value_outcome take_real(smap__field_reader *r, double value) {
    if (!isfinite(value)) return say(r, SMAP__VALUE_LOST, "number_unreadable", "it is not a number");
    r->f = value;
    if (r->field->type == SMAP_FLOAT64) return check_range(r, SMAP__VALUE_TAKEN);
    if (fabs(value) > 9007199254740992.0)
        return say(r, SMAP__VALUE_LOST, "number_too_large", "the number is too large");
    if (value != floor(value)) return say(r, SMAP__VALUE_LOST, "number_not_whole", "a whole number is needed");
    r->i = (int64_t)value;
    return check_range(r, SMAP__VALUE_TAKEN);
}

smap__value_outcome smap__field_value(smap__field_reader *r, const smap_column *c, int64_t row) {
    smap_type to = r->field->type;
    smap__str_clear(&r->text);
    if (smap_column_is_null(c, row)) return SMAP__VALUE_EMPTY;
    bool number = to == SMAP_INT64 || to == SMAP_FLOAT64;
    if (number && c->type == SMAP_FLOAT64) return take_real(r, c->v.f[row]);
    if (to == SMAP_FLOAT64 && c->type == SMAP_INT64) return take_real(r, (double)c->v.i[row]);
    if (to == c->type && (to == SMAP_INT64 || to == SMAP_DATE || to == SMAP_TIMESTAMP)) {
        r->i = c->v.i[row];
        return to == SMAP_INT64 ? check_range(r, SMAP__VALUE_TAKEN) : SMAP__VALUE_TAKEN;
    }
    if (to == SMAP_BOOL && c->type == SMAP_BOOL) {
        r->i = c->v.b[row];
        return SMAP__VALUE_TAKEN;
    }
    if (to == SMAP_DATE && c->type == SMAP_TIMESTAMP) {
        int64_t ms = c->v.i[row];
        r->i = ms / SMAP__MS_PER_DAY - (ms % SMAP__MS_PER_DAY < 0);
        return SMAP__VALUE_TAKEN;
    }
    if (c->type == SMAP_BLOB) return say(r, SMAP__VALUE_LOST, "value_unreadable", "it is binary");
    if (c->type == SMAP_TEXT) {
        size_t len = 0;
        const char *text = smap_column_text(c, row, &len);
        return is_free_text(r) ? read_tidied(r, text, len) : read_known(r, text, len);
    }
    smap__cell_put(&r->text, c, row);
    return read_text(r);
}

/* Printable ASCII without blanks to tidy: such text is not garbled either. */
static bool is_tidy_ascii(const char *text, size_t len) {
    bool blank = true; /* before the text, as it were */
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        bool escaped = c == '_' && i + 1 < len && text[i + 1] == 'x'; /* a spreadsheet's, perhaps */
        if (c < 0x20 || c >= 0x7F || escaped || (c == ' ' && blank)) return false;
        blank = c == ' ';
    }
    return !blank;
}

static bool is_text_as_is(smap__field_reader *r, const smap_column *c, int64_t row) {
    size_t len, got;
    const char *text = smap_column_text(c, row, &len);
    if (is_free_text(r) && !r->field->upper && is_tidy_ascii(text, len))
        return smap__domain_find(r->rules->null_words, text, len) < 0;
    if (smap__field_value(r, c, row) != SMAP__VALUE_TAKEN || r->text.failed) return false;
    const char *value = r->domain ? r->code : r->text.data;
    got = r->domain ? strlen(r->code) : r->text.len;
    return got == len && memcmp(value, text, len) == 0;
}

bool smap__field_value_as_is(smap__field_reader *r, const smap_column *c, int64_t row) {
    if (c->type != r->field->type) return false;
    if (smap_column_is_null(c, row)) return !r->field->required;
    if (c->type == SMAP_TEXT) return is_text_as_is(r, c, row);
    return smap__field_value(r, c, row) == SMAP__VALUE_TAKEN; /* no unit is converted without a text */
}

smap_status smap__field_value_append(const smap__field_reader *r, smap_column_builder *builder, smap_error *err) {
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
