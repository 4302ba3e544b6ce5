#include "print.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "escape.h"
#include "options.h"

enum { MOST_ROWS = 50, WIDEST_CELL = 60, GAP = 2 };

/* ---- cells ------------------------------------------------------------------------------------------------------- */

/* A time stamp without milliseconds that are none. */
static void drop_zeros(char *text) {
    char *zeros = strstr(text, ".000Z");
    if (zeros) memcpy(zeros, "Z", 2);
}

bool cell_format(const smap_column *column, int64_t row, int decimals, char *out, size_t size) {
    out[0] = '\0';
    if (smap_column_is_null(column, row) || column->type == SMAP_TEXT) return false;
    if (column->type == SMAP_FLOAT64 && !isfinite(column->v.f[row])) return false;
    if (column->type == SMAP_FLOAT64 && decimals >= 0 && fabs(column->v.f[row]) < 1e15)
        snprintf(out, size, "%.*f", decimals, column->v.f[row]);
    else
        smap_column_format(column, row, out, size);
    if (column->type == SMAP_TIMESTAMP) drop_zeros(out);
    return true;
}

/* ---- tables ------------------------------------------------------------------------------------------------------ */

typedef struct text_column {
    char **cells; /* the name first, then one a row */
    int width;
    bool right;
} text_column;

/* None for whole numbers, six for what looks like degrees, four where all is below one, else two. */
static int choose_decimals(const smap_column *column, int64_t rows) {
    bool whole = true;
    double most = 0;
    for (int64_t i = 0; i < rows; i++) {
        double v = smap_column_is_null(column, i) || !isfinite(column->v.f[i]) ? 0 : column->v.f[i];
        if (v != floor(v)) whole = false;
        if (fabs(v) > most) most = fabs(v);
    }
    static const char *const degrees[] = { "lon", "lat", "x", "y", "xmin", "ymin", "xmax", "ymax" };
    for (size_t i = 0; i < sizeof degrees / sizeof *degrees; i++)
        if (strcmp(column->name, degrees[i]) == 0) return 6;
    return whole ? 0 : most < 1 ? 4 : 2;
}

/* Cut after so many columns of the terminal, with an ellipsis. */
static void cut_cell(char *cell, int widest) {
    size_t len = strlen(cell), taken;
    if (text_width(cell, len) <= widest) return;
    int width = 0;
    for (size_t at = 0; at < len; at += taken) {
        width += char_width(text_decode(cell + at, len - at, &taken));
        if (width >= widest) {
            memcpy(cell + at, "\xE2\x80\xA6", 4);
            return;
        }
    }
}

static char *read_cell(const smap_column *column, int64_t row, int decimals, bool whole) {
    char short_text[64];
    if (column->type != SMAP_TEXT || smap_column_is_null(column, row))
        return cli_strdup(cell_format(column, row, decimals, short_text, sizeof short_text) ? short_text : "-");
    size_t len;
    const char *text = smap_column_text(column, row, &len);
    /* Room for the ellipsis: a cut cell may lose one byte and gain three. */
    size_t size = len * 12 + 8;
    char *cell = cli_alloc(NULL, size);
    escape_text(cell, size, text, len);
    if (!whole) cut_cell(cell, WIDEST_CELL);
    return cell;
}

/* Tables that a program wants and people read in another form: the counts by area, and the sentences. */
static bool is_detail(const char *name) {
    static const char *const details[] = { "damage_summary", "damage_extent", "exposure_summary", "coincidence" };
    for (size_t i = 0; i < sizeof details / sizeof *details; i++)
        if (strcmp(name, details[i]) == 0) return true;
    return false;
}

static void read_column(text_column *out, const smap_column *column, int64_t rows, bool whole) {
    out->cells = cli_alloc(NULL, sizeof *out->cells * (size_t)(rows + 1));
    out->right = column->type == SMAP_INT64 || column->type == SMAP_FLOAT64;
    size_t name_len = strlen(column->name);
    out->cells[0] = cli_alloc(NULL, name_len * 12 + 8);
    escape_text(out->cells[0], name_len * 12 + 8, column->name, name_len);
    int decimals = column->type == SMAP_FLOAT64 ? choose_decimals(column, rows) : 0;
    for (int64_t i = 0; i < rows; i++) out->cells[i + 1] = read_cell(column, i, decimals, whole);
    out->width = 0;
    for (int64_t i = 0; i <= rows; i++) {
        int width = text_width(out->cells[i], strlen(out->cells[i]));
        if (width > out->width) out->width = width;
    }
}

/* On a terminal a left-to-right mark (it takes no room) after right-to-left text keeps the next cell where it belongs.
 */
static void print_cell(FILE *out, const text_column *column, int64_t row, bool last, bool terminal) {
    const char *cell = column->cells[row];
    size_t len = strlen(cell);
    int pad = column->width - text_width(cell, len);
    fprintf(out, "%*s%s%s", column->right ? pad : 0, "", cell,
            terminal && text_is_rtl(cell, len) ? "\xE2\x80\x8E" : "");
    if (!last) fprintf(out, "%*s", (column->right ? 0 : pad) + GAP, "");
}

/* A column of text without any text says nothing; a count that is nowhere known does. */
static bool is_shown(const smap_column *column, bool whole) {
    return whole || column->type != SMAP_TEXT || column->null_count < column->count || column->count == 0;
}

void print_table(FILE *out, const char *title, const smap_table *table, bool whole) {
    int count = 0, last = smap_table_columns(table) - 1;
    int64_t rows = smap_table_rows(table), shown = whole || rows <= MOST_ROWS ? rows : MOST_ROWS;
    bool terminal = isatty(fileno(out));
    text_column *columns = cli_alloc(NULL, sizeof *columns * (size_t)smap_table_columns(table));
    while (last > 0 && !is_shown(smap_table_at(table, last), whole)) last--;
    /* Nothing stands behind the last column, often a sentence: it is never cut. */
    for (int c = 0; c <= last; c++)
        if (is_shown(smap_table_at(table, c), whole))
            read_column(&columns[count++], smap_table_at(table, c), shown, whole || c == last);
    if (title && title[0]) fprintf(out, "%s\n", title);
    for (int64_t i = 0; i <= shown; i++) {
        for (int c = 0; c < count; c++) print_cell(out, &columns[c], i, c == count - 1, terminal);
        fputc('\n', out);
    }
    if (shown < rows)
        fprintf(out, "... and %lld row%s more: --verbose or --json prints all\n", (long long)(rows - shown),
                rows - shown == 1 ? "" : "s");
    for (int c = 0; c < count; c++) {
        for (int64_t i = 0; i <= shown; i++) free(columns[c].cells[i]);
        free(columns[c].cells);
    }
    free(columns);
}

void print_result(FILE *out, const smap_result *result, bool quiet, bool whole) {
    bool any = false;
    for (int i = 0; !quiet && i < smap_result_tables(result); i++) {
        const smap_table *table = smap_result_table(result, i);
        if (smap_table_rows(table) == 0 || (!whole && is_detail(smap_result_table_name(result, i)))) continue;
        if (any) fputc('\n', out);
        print_table(out, smap_result_table_title(result, i), table, whole);
        any = true;
    }
    if (any && smap_result_notes(result) > 0) fputc('\n', out);
    for (int i = 0; i < smap_result_notes(result); i++) {
        const char *note = smap_result_note(result, i);
        size_t len = strlen(note);
        char *safe = cli_alloc(NULL, len * 12 + 1);
        escape_text(safe, len * 12 + 1, note, len);
        fprintf(out, "%s\n", safe);
        free(safe);
    }
}
