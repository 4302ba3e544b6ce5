#include "json_out.h"

#include <string.h>

#include "escape.h"
#include "print.h"

void json_print_text(FILE *out, const char *text, size_t len) {
    if (!text) {
        fputs("null", out);
        return;
    }
    fputc('"', out);
    size_t taken;
    for (size_t at = 0; at < len; at += taken) {
        uint32_t c = text_decode(text + at, len - at, &taken);
        if (c == '"' || c == '\\')
            fprintf(out, "\\%c", (int)c);
        else if (c < 0x20 || (c >= 0x7F && c < 0xA0) || text_is_override(c))
            fprintf(out, "\\u%04x", (unsigned)c);
        else if (c == 0xFFFD)
            fputs("\xEF\xBF\xBD", out);
        else
            fwrite(text + at, 1, taken, out);
    }
    fputc('"', out);
}

void json_print_string(FILE *out, const char *text) {
    json_print_text(out, text, text ? strlen(text) : 0);
}

static void print_cell(FILE *out, const smap_column *column, int64_t row) {
    char text[64];
    size_t len;
    if (smap_column_is_null(column, row)) {
        fputs("null", out);
    } else if (column->type == SMAP_TEXT) {
        const char *cell = smap_column_text(column, row, &len);
        json_print_text(out, cell, len);
    } else if (!cell_format(column, row, -1, text, sizeof text)) {
        fputs("null", out);
    } else if (column->type == SMAP_BOOL || column->type == SMAP_INT64 || column->type == SMAP_FLOAT64) {
        fputs(text, out);
    } else {
        json_print_string(out, text);
    }
}

static void print_rows(FILE *out, const smap_table *table) {
    fputs("\"rows\": [", out);
    for (int64_t row = 0; row < smap_table_rows(table); row++) {
        fputs(row ? ",\n    {" : "\n    {", out);
        for (int c = 0; c < smap_table_columns(table); c++) {
            const smap_column *column = smap_table_at(table, c);
            if (c) fputs(", ", out);
            json_print_string(out, column->name);
            fputs(": ", out);
            print_cell(out, column, row);
        }
        fputc('}', out);
    }
    fputs("]", out);
}

static void print_tables(FILE *out, const smap_result *result) {
    fputs(", \"tables\": [", out);
    for (int i = 0; i < smap_result_tables(result); i++) {
        fputs(i ? ",\n  {\"name\": " : "\n  {\"name\": ", out);
        json_print_string(out, smap_result_table_name(result, i));
        fputs(", \"title\": ", out);
        json_print_string(out, smap_result_table_title(result, i));
        fputs(", ", out);
        print_rows(out, smap_result_table(result, i));
        fputc('}', out);
    }
    fputs("],\n \"notes\": [", out);
    for (int i = 0; i < smap_result_notes(result); i++) {
        if (i) fputs(", ", out);
        json_print_string(out, smap_result_note(result, i));
    }
    fprintf(out, "], \"rejected\": %lld", (long long)smap_result_rejected(result));
}

static void print_error(FILE *out, const smap_error *err) {
    fputs(", \"error\": {\"status\": ", out);
    json_print_string(out, smap_status_name(err->status));
    fputs(", \"subject\": ", out);
    json_print_string(out, err->subject);
    fprintf(out, ", \"row\": %lld, \"message\": ", (long long)err->row);
    json_print_string(out, err->message);
    fputc('}', out);
}

void json_print_result(FILE *out, const char *command, int exit_code, const smap_result *result,
                       const smap_error *err) {
    fputs("{\"command\": ", out);
    json_print_string(out, command);
    fprintf(out, ", \"exit\": %d", exit_code);
    if (result)
        print_tables(out, result);
    else
        print_error(out, err);
    fputc('}', out);
}
