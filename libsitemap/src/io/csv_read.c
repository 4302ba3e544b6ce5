/* CSV tables: every column is text, as it stands; what the texts mean is found out by whoever maps the columns. */
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/csv.h"
#include "base/fail.h"
#include "base/str.h"
#include "io/budget.h"
#include "io/encoding.h"
#include "io/text_input.h"
#include "io/wkt_column.h"

enum { SAMPLE = 25 };

typedef struct table {
    const smap__member *member;
    smap__findings *findings;
    smap__csv csv;
    char **name;
    smap_column_builder **column;
    size_t columns;
    int64_t *line; /* of each kept row */
    size_t rows, row_capacity;
    int64_t garbled;                 /* cells */
    int64_t blank_line, blank_lines; /* pending: told when more rows follow */
} table;

/* ---- separator -------------------------------------------------------------------------------------------------- */

/* Records of the sample with as many fields as the first one (which has more than one), and how many fields that is. */
static smap_status try_separator(const smap__text_input *input, char separator, int *agreeing, size_t *width,
                                 smap_error *err) {
    smap__csv csv;
    smap__csv_init(&csv, input->text, input->len, separator);
    smap_status status = SMAP_OK;
    *agreeing = 0;
    *width = 0;
    for (int i = 0; i < SAMPLE; i++) {
        smap__csv_result result = smap__csv_next(&csv);
        if (result == SMAP__CSV_NOMEM) status = smap__fail_memory(err);
        if (result != SMAP__CSV_RECORD) break;
        if (i == 0) *width = csv.count;
        *agreeing += csv.count == *width;
    }
    if (*width < 2) *agreeing = 0;
    smap__csv_release(&csv);
    return status;
}

static smap_status find_separator(const smap__text_input *input, char *separator, smap_error *err) {
    static const char candidate[] = { '\t', '|', ';', ',' }; /* the rarer in prose first: it wins a tie */
    int best = 0;
    size_t best_width = 1;
    *separator = ',';
    for (size_t i = 0; i < sizeof candidate; i++) {
        int agreeing;
        size_t width;
        smap_status status = try_separator(input, candidate[i], &agreeing, &width, err);
        if (status != SMAP_OK) return status;
        if (agreeing > best || (agreeing == best && width > best_width)) {
            best = agreeing;
            best_width = width;
            *separator = candidate[i];
        }
    }
    return SMAP_OK;
}

/* ---- header ----------------------------------------------------------------------------------------------------- */

static bool name_taken(const table *t, size_t count, const char *name) {
    for (size_t i = 0; i < count; i++)
        if (strcasecmp(t->name[i], name) == 0) return true;
    return false;
}

/* Empty names become column_N; a name that is there already (case ignored, as in SQL) gets _2, _3, ... */
static smap_status name_column(table *t, size_t index, const char *text, size_t len, smap_error *err) {
    smap__str name = SMAP__STR_INIT;
    smap_status status = SMAP_OK;
    smap__trim(&text, &len);
    for (size_t at = 0; at < len;) {
        uint32_t c = smap__utf8_next(text, len, &at);
        smap__str_put_utf8(&name, c < 0x20 || c == 0x7F ? ' ' : c);
    }
    if (len == 0) smap__str_printf(&name, "column_%zu", index + 1);
    size_t base = name.len;
    for (int n = 2; !name.failed && name_taken(t, index, name.data); n++) {
        name.len = base;
        smap__str_printf(&name, "_%d", n);
    }
    if (!name.failed && (len == 0 || name.len != base))
        SMAP_TRY(smap__findings_add(t->findings, err, SMAP__WARNING, "header_renamed", t->csv.line, name.data, "",
                                    len == 0 ? "column %zu has no name in the first row; it is called \"%s\""
                                             : "the name of column %zu is there twice; it is called \"%s\"",
                                    index + 1, name.data),
                 done);
    t->name[index] = smap__str_take(&name);
    if (!t->name[index]) status = smap__fail_memory(err);
done:
    smap__str_release(&name);
    return status;
}

static bool is_blank(const smap__csv *csv) {
    for (size_t i = 0; i < csv->count; i++) {
        const char *text = csv->fields[i].text;
        size_t len = csv->fields[i].len;
        smap__trim(&text, &len);
        if (len) return false;
    }
    return true;
}

static smap_status next_record(table *t, bool *there, smap_error *err) {
    smap__csv_result result = smap__csv_next(&t->csv);
    *there = result == SMAP__CSV_RECORD;
    return result == SMAP__CSV_NOMEM ? smap__fail_memory(err) : SMAP_OK;
}

static smap_status read_header(table *t, smap_error *err) {
    const char *shown = t->member->shown;
    bool there = true;
    smap_status status = SMAP_OK;
    do {
        SMAP_TRY(next_record(t, &there, err), done);
    } while (there && is_blank(&t->csv));
    if (!there)
        return smap__fail(err, SMAP_E_FORMAT, shown, "%s: holds no rows; its first row must name the columns", shown);
    if (t->csv.unterminated)
        return smap__fail_row(err, SMAP_E_FORMAT, shown, t->csv.line,
                              "%s: a quote that is opened in line %lld, among the column names, is never closed", shown,
                              (long long)t->csv.line);
    if (t->csv.count > SMAP__BUDGET_COLUMNS)
        return smap__fail(err, SMAP_E_LIMIT, shown, "%s: has %zu columns, more than the %d that are read", shown,
                          t->csv.count, SMAP__BUDGET_COLUMNS);
    t->name = smap__zalloc(t->csv.count, sizeof *t->name);
    t->column = smap__zalloc(t->csv.count, sizeof *t->column);
    if (!t->name || !t->column) return smap__fail_memory(err);
    for (size_t i = 0; i < t->csv.count; i++) {
        const smap__csv_field *f = &t->csv.fields[i];
        SMAP_TRY(name_column(t, i, f->text, f->len, err), done);
        t->columns = i + 1;
        SMAP_TRY(smap_column_builder_new(t->name[i], SMAP_TEXT, &t->column[i], err), done);
    }
done:
    return status;
}

/* ---- rows ------------------------------------------------------------------------------------------------------- */

static bool is_hxl_tag(const char *text, size_t len) {
    smap__trim(&text, &len);
    return len >= 2 && text[0] == '#' && ((text[1] | 32) >= 'a' && (text[1] | 32) <= 'z');
}

/* The row of #hashtags of the Humanitarian Exchange Language, under the header: every cell that is not empty is a tag.
 */
static bool is_hxl_row(const smap__csv *csv) {
    size_t tags = 0;
    for (size_t i = 0; i < csv->count; i++) {
        const char *text = csv->fields[i].text;
        size_t len = csv->fields[i].len;
        smap__trim(&text, &len);
        if (len == 0) continue;
        if (!is_hxl_tag(text, len)) return false;
        tags++;
    }
    return tags > 0;
}

static smap_status keep_hxl(table *t, smap_error *err) {
    smap_status status = SMAP_OK;
    SMAP_TRY(smap__findings_add(t->findings, err, SMAP__INFO, "hxl_row", t->csv.line, "", "",
                                "line %lld holds HXL hashtags; it names the columns and is no row of data",
                                (long long)t->csv.line),
             done);
    for (size_t i = 0; i < t->csv.count && i < t->columns; i++) {
        const char *text = t->csv.fields[i].text;
        size_t len = t->csv.fields[i].len;
        smap__trim(&text, &len);
        if (len == 0) continue;
        char *tag = smap__strndup(text, len);
        if (!tag) return smap__fail_memory(err);
        status = smap__findings_add(t->findings, err, SMAP__INFO, "hxl_tag", t->csv.line, t->name[i], tag,
                                    "column \"%s\" has the HXL tag %s", t->name[i], tag);
        smap__free(tag);
        if (status != SMAP_OK) return status;
    }
done:
    return status;
}

static smap_status tell_blank_lines(table *t, smap_error *err) {
    if (t->blank_lines == 0) return SMAP_OK;
    int64_t lines = t->blank_lines;
    t->blank_lines = 0;
    return smap__findings_add(t->findings, err, SMAP__INFO, "blank_line", t->blank_line, "", "",
                              "%lld blank line%s passed over, from line %lld on", (long long)lines,
                              lines == 1 ? "" : "s", (long long)t->blank_line);
}

/* Fields beyond the header that hold something. Spreadsheets leave empty ones behind. */
static size_t surplus(const table *t) {
    size_t count = t->csv.count;
    while (count > t->columns && t->csv.fields[count - 1].len == 0) count--;
    return count > t->columns ? count - t->columns : 0;
}

static smap_status check_field_sizes(const table *t, smap_error *err) {
    for (size_t i = 0; i < t->csv.count; i++)
        if (t->csv.fields[i].len > SMAP__BUDGET_FIELD_BYTES)
            return smap__fail_row(
                err, SMAP_E_LIMIT, t->member->shown, t->csv.line,
                "%s: a field in line %lld is longer than %zu MB; that is more than any cell holds: a quote is missing, or it "
                "is no table",
                t->member->shown, (long long)t->csv.line, SMAP__BUDGET_FIELD_BYTES >> 20);
    return SMAP_OK;
}

static smap_status append_cell(table *t, size_t i, smap__str *repaired, smap_error *err) {
    const smap__csv_field *f = i < t->csv.count ? &t->csv.fields[i] : NULL;
    if (!f || f->len == 0) return smap_column_append_null(t->column[i], err);
    smap_status status = smap_column_append_text(t->column[i], f->text, f->len, err);
    if (status == SMAP_OK && smap__encoding_doubled(f->text, f->len, repaired) && t->garbled++ < SMAP__BUDGET_REMARKS) {
        char *cell = smap__strndup(f->text, f->len);
        if (!cell) return smap__fail_memory(err);
        status =
            smap__findings_add(t->findings, err, SMAP__WARNING, "text_garbled", t->csv.line, t->name[i], cell,
                               "the text was saved in a wrong encoding once; it probably reads \"%s\"", repaired->data);
        smap__free(cell);
    }
    return status;
}

static smap_status append_row(table *t, smap__str *scratch, smap_error *err) {
    smap_status status = SMAP_OK;
    size_t extra = surplus(t);
    SMAP_TRY(check_field_sizes(t, err), done);
    if (extra)
        return smap__findings_add(t->findings, err, SMAP__REJECTED, "row_long", t->csv.line, "", "",
                                  "line %lld has %zu field%s more than the %zu columns that the first row names",
                                  (long long)t->csv.line, extra, extra == 1 ? "" : "s", t->columns);
    if (t->csv.stray)
        return smap__findings_add(t->findings, err, SMAP__REJECTED, "text_behind_quote", t->csv.line, "", "",
                                  "line %lld has text behind a closing quote; a quote inside a field must be doubled",
                                  (long long)t->csv.line);
    if (t->csv.count < t->columns)
        SMAP_TRY(smap__findings_add(t->findings, err, SMAP__WARNING, "row_short", t->csv.line, "", "",
                                    "line %lld has %zu of %zu fields; the missing ones are empty",
                                    (long long)t->csv.line, t->csv.count, t->columns),
                 done);
    if ((int64_t)t->rows >= SMAP__BUDGET_ROWS)
        return smap__fail(err, SMAP_E_LIMIT, t->member->shown, "%s: has more than %lld rows", t->member->shown,
                          (long long)SMAP__BUDGET_ROWS);
    if (!smap__grow(&t->line, &t->row_capacity, t->rows + 1, sizeof *t->line)) return smap__fail_memory(err);
    for (size_t i = 0; i < t->columns; i++) SMAP_TRY(append_cell(t, i, scratch, err), done);
    t->line[t->rows++] = t->csv.line;
done:
    return status;
}

static smap_status tell_rest_of_garbled(table *t, smap_error *err) {
    if (t->garbled <= SMAP__BUDGET_REMARKS) return SMAP_OK;
    return smap__findings_add(t->findings, err, SMAP__WARNING, "text_garbled", 0, "", "",
                              "%lld more cells were saved in a wrong encoding once",
                              (long long)(t->garbled - SMAP__BUDGET_REMARKS));
}

/* A quote that is opened and closed nowhere, or far below in another row's quotes, would swallow the rows between: give
 * up that one line and go on with the next. */
static bool swallows_lines(const table *t) {
    bool many_lines = t->csv.next_line > t->csv.line + 1;
    return t->csv.unterminated || (many_lines && (t->csv.stray || t->csv.count != t->columns));
}

static void resume_after_line(table *t, size_t start) {
    const char *end = memchr(t->csv.text + start, '\n', t->csv.len - start);
    t->csv.at = end ? (size_t)(end - t->csv.text) + 1 : t->csv.len;
    t->csv.next_line = t->csv.line + 1;
}

static smap_status read_rows(table *t, smap_error *err) {
    smap__str scratch = SMAP__STR_INIT;
    smap_status status = SMAP_OK;
    bool there, first = true;
    for (;;) {
        size_t start = t->csv.at;
        SMAP_TRY(next_record(t, &there, err), done);
        if (!there) break;
        if (swallows_lines(t)) {
            SMAP_TRY(tell_blank_lines(t, err), done);
            SMAP_TRY(check_field_sizes(t, err), done);
            SMAP_TRY(smap__findings_add(t->findings, err, SMAP__REJECTED, "quote_not_closed", t->csv.line, "", "",
                                        "line %lld opens a quote that is not closed in it; the line is left out",
                                        (long long)t->csv.line),
                     done);
            resume_after_line(t, start);
        } else if (is_blank(&t->csv)) {
            if (t->blank_lines++ == 0) t->blank_line = t->csv.line;
            continue;
        } else if (first && is_hxl_row(&t->csv)) {
            SMAP_TRY(keep_hxl(t, err), done);
        } else {
            SMAP_TRY(tell_blank_lines(t, err), done);
            SMAP_TRY(append_row(t, &scratch, err), done);
        }
        first = false;
    }
done:
    smap__str_release(&scratch);
    return status;
}

/* ---- the layer -------------------------------------------------------------------------------------------------- */

static smap_status finish(table *t, const smap_layer **out, smap_error *err) {
    smap_status status = SMAP_OK;
    const smap_table *made = NULL;
    const smap_column **column = smap__zalloc(t->columns, sizeof *column);
    if (!column) return smap__fail_memory(err);
    for (size_t i = 0; i < t->columns; i++) SMAP_TRY(smap_column_builder_finish(t->column[i], &column[i], err), done);
    SMAP_TRY(smap_table_new(column, (int)t->columns, (int64_t)t->rows, &made, err), done);
    SMAP_TRY(smap_layer_new(t->member->stem, made, NULL, t->line, out, err), done);
done:
    for (size_t i = 0; i < t->columns; i++) smap_column_free(column[i]);
    smap__free(column);
    smap_table_free(made);
    return status;
}

static void release_table(table *t) {
    for (size_t i = 0; i < t->columns; i++) {
        smap__free(t->name[i]);
        smap_column_builder_free(t->column[i]);
    }
    smap__free(t->name);
    smap__free(t->column);
    smap__free(t->line);
    smap__csv_release(&t->csv);
}

static smap_status read_csv(smap__member *member, int index, smap__findings *findings, const smap_layer **out,
                            smap_error *err) {
    (void)index;
    table t = { .member = member, .findings = findings };
    smap__text_input input = { NULL, NULL, 0 };
    const smap_layer *layer = NULL;
    char separator;
    smap_status status = SMAP_OK;
    SMAP_TRY(smap__text_input_read(member, "a CSV table", findings, &input, err), done);
    SMAP_TRY(find_separator(&input, &separator, err), done);
    smap__csv_init(&t.csv, input.text, input.len, separator);
    SMAP_TRY(read_header(&t, err), done);
    SMAP_TRY(read_rows(&t, err), done);
    SMAP_TRY(tell_rest_of_garbled(&t, err), done);
    SMAP_TRY(finish(&t, &layer, err), done);
    SMAP_TRY(smap__wkt_column_apply(member, layer, findings, out, err), done);
done:
    smap_layer_free(layer);
    release_table(&t);
    smap__text_input_release(&input);
    return status;
}

static smap_status open_csv(smap__member *member, smap_error *err) {
    smap__source_layer layer = { member->stem, "", "", "", -1, -1 };
    return smap__member_add_layer(member, &layer, err);
}

const smap__reader smap__reader_csv = { "csv", "CSV", open_csv, read_csv, NULL, NULL };
const smap__reader smap__reader_tsv = { "tsv", "CSV", open_csv, read_csv, NULL, NULL };
