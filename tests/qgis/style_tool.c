/* What our side makes of a style, as text that the QGIS tests compare with QGIS:
 *     style_tool qml STYLE LANG SHAPES [LAYER]   QML (SHAPES: letters of p, l, g for points, lines, polygons; STYLE -:
 * none) style_tool rules STYLE                     JSON: name, titles and expression of every rule style_tool match
 * STYLE TABLE.csv           JSON: for every rule the rows (0-based) it holds for TABLE.csv: header "name:type" with
 * text, int, real, bool, date; an empty cell is null. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/csv.h"
#include "base/file.h"
#include "qgis/qml.h"

enum { COLUMNS_MAX = 32 };

static void die(const char *message) {
    fprintf(stderr, "style_tool: %s\n", message);
    exit(1);
}

static void must(smap_status status, const smap_error *err) {
    if (status != SMAP_OK) die(err->message);
}

static void log_message(smap_log_level level, const char *message, void *user) {
    (void)level, (void)user;
    fprintf(stderr, "%s\n", message);
}

static void print_qml(smap_ctx *ctx, const smap__style *style, const char *lang, const char *shapes,
                      const char *layer) {
    smap_error err = SMAP_ERROR_INIT;
    smap__qml_options options = { .lang = lang };
    char *qml = NULL;
    if (strchr(shapes, 'p')) options.shape |= SMAP__SHAPE_POINT;
    if (strchr(shapes, 'l')) options.shape |= SMAP__SHAPE_LINE;
    if (strchr(shapes, 'g')) options.shape |= SMAP__SHAPE_POLYGON;
    if (layer) must(smap__schema_get(ctx, layer, &options.schema, &err), &err);
    must(smap__qml_compile(ctx, style, &options, &qml, &err), &err);
    fputs(qml, stdout);
    smap__free(qml);
}

static void print_rules(const smap__style *style) {
    smap__str out = SMAP__STR_INIT;
    smap__str_put_char(&out, '[');
    for (int r = 0; r < style->rules; r++) {
        const smap__rule *rule = &style->rule[r];
        smap__str expression = SMAP__STR_INIT;
        if (rule->filter) smap__filter_put_expression(rule->filter, &expression);
        const char *const texts[] = {
            "name",     rule->name,     "title_en",   rule->title_en,
            "title_ar", rule->title_ar, "expression", expression.data ? expression.data : ""
        };
        smap__str_put(&out, r > 0 ? ",\n{" : "{");
        for (int i = 0; i < 8; i++) {
            if (i > 0) smap__str_put_char(&out, i % 2 ? ':' : ',');
            smap__str_put_json(&out, texts[i], strlen(texts[i]));
        }
        smap__str_put_char(&out, '}');
        smap__str_release(&expression);
    }
    smap__str_put(&out, "]\n");
    fputs(out.data, stdout);
    smap__str_release(&out);
}

static smap_type type_named(const char *name) {
    static const struct {
        const char *name;
        smap_type type;
    } types[] = { { "text", SMAP_TEXT },
                  { "int", SMAP_INT64 },
                  { "real", SMAP_FLOAT64 },
                  { "bool", SMAP_BOOL },
                  { "date", SMAP_DATE } };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp(types[i].name, name) == 0) return types[i].type;
    die("unknown type in the table");
    return SMAP_TEXT;
}

static void append_cell(smap_column_builder *b, smap_type type, const smap__csv_field *field) {
    int64_t integer = 0;
    double real = 0;
    bool ok = true;
    if (field->len == 0 && !field->quoted) {
        ok = smap_column_append_null(b, NULL) == SMAP_OK;
    } else if (type == SMAP_TEXT) {
        ok = smap_column_append_text(b, field->text, field->len, NULL) == SMAP_OK;
    } else if (type == SMAP_FLOAT64) {
        ok = smap__parse_real(field->text, field->len, &real) && smap_column_append_real(b, real, NULL) == SMAP_OK;
    } else {
        ok = type == SMAP_DATE ? smap__parse_date(field->text, field->len, &integer)
                               : smap__parse_int(field->text, field->len, &integer);
        ok = ok && smap_column_append_int(b, integer, NULL) == SMAP_OK;
    }
    if (!ok) die("a cell of the table does not fit its column");
}

static const smap_table *read_table(const char *path) {
    smap_error err = SMAP_ERROR_INIT;
    smap_column_builder *builder[COLUMNS_MAX] = { NULL };
    const smap_column *column[COLUMNS_MAX] = { NULL };
    smap_type type[COLUMNS_MAX];
    char *text = NULL;
    size_t len = 0;
    int columns = 0;
    int64_t rows = -1;
    smap__csv csv;
    must(smap__file_read(path, (size_t)64 << 20, &text, &len, &err), &err);
    smap__csv_init(&csv, text, len, ',');
    for (; smap__csv_next(&csv) == SMAP__CSV_RECORD; rows++) {
        if (rows >= 0 && csv.count != (size_t)columns) die("a row of the table has another number of cells");
        for (size_t i = 0; i < csv.count && i < COLUMNS_MAX; i++) {
            if (rows >= 0) {
                append_cell(builder[i], type[i], &csv.fields[i]);
                continue;
            }
            char name[128];
            snprintf(name, sizeof name, "%.*s", (int)csv.fields[i].len, csv.fields[i].text);
            char *colon = strchr(name, ':');
            if (!colon) die("a column of the table has no type");
            *colon = '\0';
            type[columns] = type_named(colon + 1);
            must(smap_column_builder_new(name, type[columns], &builder[columns], &err), &err);
            columns++;
        }
    }
    smap__csv_release(&csv);
    smap__free(text);
    const smap_table *table = NULL;
    for (int i = 0; i < columns; i++) {
        must(smap_column_builder_finish(builder[i], &column[i], &err), &err);
        smap_column_builder_free(builder[i]);
    }
    must(smap_table_new(column, columns, rows, &table, &err), &err);
    for (int i = 0; i < columns; i++) smap_column_free(column[i]);
    return table;
}

static void print_match(const smap__style *style, const char *path) {
    smap_error err = SMAP_ERROR_INIT;
    const smap_table *table = read_table(path);
    int64_t rows = smap_table_rows(table);
    uint64_t *on = smap__zalloc((size_t)rows, sizeof *on);
    if (!on) die("memory ran out");
    must(smap__style_match(style, table, on, &err), &err);
    for (int r = 0; r < style->rules; r++) {
        const char *comma = "";
        fputs(r > 0 ? ",\n[" : "[[", stdout);
        for (int64_t i = 0; i < rows; i++) {
            if (!(on[i] >> r & 1)) continue;
            printf("%s%lld", comma, (long long)i);
            comma = ",";
        }
        fputs("]", stdout);
    }
    fputs("]\n", stdout);
    smap__free(on);
    smap_table_free(table);
}

int main(int argc, char **argv) {
    smap_error err = SMAP_ERROR_INIT;
    smap_ctx_options options = SMAP_CTX_OPTIONS_INIT;
    smap_ctx *ctx = NULL;
    const smap__style *style = NULL;
    if (argc < 3) die("style_tool qml|rules|match STYLE ...");
    options.log = log_message;
    must(smap_ctx_new(&options, &ctx, &err), &err);
    if (strcmp(argv[2], "-") != 0) must(smap__style_read(ctx, argv[2], &style, &err), &err);
    if (strcmp(argv[1], "qml") == 0 && argc >= 5)
        print_qml(ctx, style, argv[3], argv[4], argc > 5 ? argv[5] : NULL);
    else if (strcmp(argv[1], "match") == 0 && argc == 4)
        print_match(style, argv[3]);
    else if (strcmp(argv[1], "rules") == 0)
        print_rules(style);
    else
        die("see the head of style_tool.c");
    smap__style_free(style);
    smap_ctx_free(ctx);
    return 0;
}
