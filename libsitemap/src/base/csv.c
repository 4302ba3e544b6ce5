#include "base/csv.h"

#include <string.h>

#include "base/alloc.h"

void smap__csv_init(smap__csv *csv, const char *text, size_t len, char separator) {
    *csv = (smap__csv){ .text = text, .len = len, .separator = separator, .next_line = 1 };
}

void smap__csv_release(smap__csv *csv) {
    smap__free(csv->fields);
    smap__free(csv->scratch);
    *csv = (smap__csv){ 0 };
}

static bool is_end_of_line(char c) {
    return c == '\n' || c == '\r';
}

/* Move past one LF, CRLF or CR. */
static void skip_line_end(smap__csv *csv) {
    if (csv->at >= csv->len) return;
    if (csv->text[csv->at] == '\r' && csv->at + 1 < csv->len && csv->text[csv->at + 1] == '\n') csv->at++;
    csv->at++;
    csv->next_line++;
}

/* A quoted field, the cursor behind its opening quote. Doubled quotes make it longer in the text than it is: then it
 * is copied to `scratch`, which holds all fields of the record (never more bytes than the record itself). */
static void read_quoted(smap__csv *csv, smap__csv_field *field, size_t *scratch_used) {
    size_t start = csv->at;
    char *copy = NULL;
    size_t copied = 0;
    field->quoted = true;
    for (;;) {
        size_t from = csv->at;
        while (csv->at < csv->len && csv->text[csv->at] != '"') {
            if (csv->text[csv->at] == '\n') csv->next_line++;
            csv->at++;
        }
        if (copy) {
            memcpy(copy + copied, csv->text + from, csv->at - from);
            copied += csv->at - from;
        }
        if (csv->at >= csv->len) {
            csv->unterminated = true;
            break;
        }
        if (csv->at + 1 >= csv->len || csv->text[csv->at + 1] != '"') break;
        if (!copy) {
            copy = csv->scratch + *scratch_used;
            copied = csv->at - start;
            memcpy(copy, csv->text + start, copied);
        }
        copy[copied++] = '"';
        csv->at += 2;
    }
    field->text = copy ? copy : csv->text + start;
    field->len = copy ? copied : csv->at - start;
    if (copy) *scratch_used += copied;
    if (csv->at < csv->len) csv->at++; /* the closing quote */
    size_t behind = csv->at;
    while (csv->at < csv->len && csv->text[csv->at] != csv->separator && !is_end_of_line(csv->text[csv->at])) csv->at++;
    csv->stray |= csv->at > behind;
}

static void read_plain(smap__csv *csv, smap__csv_field *field) {
    size_t start = csv->at;
    while (csv->at < csv->len && csv->text[csv->at] != csv->separator && !is_end_of_line(csv->text[csv->at])) csv->at++;
    field->text = csv->text + start;
    field->len = csv->at - start;
}

/* Where the record that starts at the cursor ends, by the moves that reading it makes: a quote opens a field only at
 * its start. `quotes` says whether any did. */
static size_t find_record_end(const smap__csv *csv, bool *quotes) {
    size_t at = csv->at;
    *quotes = false;
    for (;;) {
        if (at < csv->len && csv->text[at] == '"') {
            *quotes = true;
            at++;
            while (at < csv->len && (csv->text[at] != '"' || (at + 1 < csv->len && csv->text[at + 1] == '"')))
                at += csv->text[at] == '"' ? 2 : 1;
        }
        while (at < csv->len && csv->text[at] != csv->separator && !is_end_of_line(csv->text[at])) at++;
        if (at >= csv->len || csv->text[at] != csv->separator) return at;
        at++;
    }
}

/* Room in `scratch` for the whole record; only one with quotes needs any. */
static bool make_scratch(smap__csv *csv) {
    bool quotes;
    size_t end = find_record_end(csv, &quotes);
    return !quotes || smap__grow(&csv->scratch, &csv->scratch_capacity, end - csv->at + 1, 1);
}

smap__csv_result smap__csv_next(smap__csv *csv) {
    csv->count = 0;
    csv->unterminated = csv->stray = false;
    if (csv->at >= csv->len) return SMAP__CSV_END;
    csv->line = csv->next_line;
    if (!make_scratch(csv)) return SMAP__CSV_NOMEM;
    size_t scratch_used = 0;
    for (;;) {
        if (!smap__grow(&csv->fields, &csv->capacity, csv->count + 1, sizeof *csv->fields)) return SMAP__CSV_NOMEM;
        smap__csv_field *field = &csv->fields[csv->count++];
        *field = (smap__csv_field){ 0 };
        if (csv->at < csv->len && csv->text[csv->at] == '"') {
            csv->at++;
            read_quoted(csv, field, &scratch_used);
        } else {
            read_plain(csv, field);
        }
        if (csv->at >= csv->len || csv->text[csv->at] != csv->separator) break;
        csv->at++;
    }
    skip_line_end(csv);
    return SMAP__CSV_RECORD;
}
