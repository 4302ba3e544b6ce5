/* Sources for tests, made of texts as a table of comma separated values has them. */
#ifndef TEST_SOURCE_TABLE_H
#define TEST_SOURCE_TABLE_H

#include <stdio.h>
#include <string.h>

#include "../cmocka_all.h"
#include "base/csv.h"
#include "sitemap/geometry.h"

enum { SOURCE_COLUMNS = 32 };

/* A layer of text columns from CSV text with a header; fid is the line. Short rows are filled with nulls. */
static inline const smap_layer *source_from_csv(const char *text, size_t len, char separator) {
    smap__csv csv;
    char name[SOURCE_COLUMNS][128];
    smap_column_builder *builder[SOURCE_COLUMNS];
    const smap_column *column[SOURCE_COLUMNS];
    static int64_t line[65536];
    int columns = 0;
    int64_t rows = 0;
    smap__csv_init(&csv, text, len, separator);
    while (smap__csv_next(&csv) == SMAP__CSV_RECORD) {
        if (columns == 0) {
            columns = (int)csv.count;
            for (int i = 0; i < columns; i++) {
                snprintf(name[i], sizeof name[i], "%.*s", (int)csv.fields[i].len, csv.fields[i].text);
                if (!*name[i]) snprintf(name[i], sizeof name[i], "column_%d", i + 1);
                for (int k = 0; k < i; k++) {
                    if (strcmp(name[k], name[i]) == 0) strcat(name[i], "_2");
                }
                assert_int_equal(smap_column_builder_new(name[i], SMAP_TEXT, &builder[i], NULL), SMAP_OK);
            }
            continue;
        }
        line[rows++] = csv.line;
        for (int i = 0; i < columns; i++) {
            bool there = (size_t)i < csv.count && csv.fields[i].len > 0;
            smap_column_append_text(builder[i], there ? csv.fields[i].text : NULL, there ? csv.fields[i].len : 0, NULL);
        }
    }
    smap__csv_release(&csv);
    for (int i = 0; i < columns; i++) {
        assert_int_equal(smap_column_builder_finish(builder[i], &column[i], NULL), SMAP_OK);
        smap_column_builder_free(builder[i]);
    }
    const smap_table *table = NULL;
    const smap_layer *layer = NULL;
    assert_int_equal(smap_table_new(column, columns, rows, &table, NULL), SMAP_OK);
    assert_int_equal(smap_layer_new("source", table, NULL, line, &layer, NULL), SMAP_OK);
    for (int i = 0; i < columns; i++) smap_column_free(column[i]);
    smap_table_free(table);
    return layer;
}

#endif
