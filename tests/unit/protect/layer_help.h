/* Layers of the model in one line: "site_type=collective_centre; capacity=300 / site_type=other". */
#ifndef TEST_LAYER_HELP_H
#define TEST_LAYER_HELP_H

#include <stdlib.h>
#include <string.h>

#include "../case_file.h"
#include "../cmocka_all.h"
#include "geo/crs.h"
#include "model/schema.h"

static inline const char *value_in(char *const *cell, int cells, const char *name) {
    size_t n = strlen(name);
    for (int i = 0; i < cells; i++)
        if (strncmp(cell[i], name, n) == 0 && cell[i][n] == '=') return cell[i] + n + 1;
    return NULL;
}

static inline void append_value(smap_column_builder *b, smap_type type, const char *value) {
    if (!value)
        assert_int_equal(smap_column_append_null(b, NULL), SMAP_OK);
    else if (type == SMAP_TEXT)
        assert_int_equal(smap_column_append_text(b, value, strlen(value), NULL), SMAP_OK);
    else if (type == SMAP_FLOAT64)
        assert_int_equal(smap_column_append_real(b, strtod(value, NULL), NULL), SMAP_OK);
    else
        assert_int_equal(smap_column_append_int(b, type == SMAP_BOOL ? strcmp(value, "true") == 0 : atoll(value), NULL),
                         SMAP_OK);
}

/* A layer with all of the model's columns, and points at (x[i], y[i]) where x is given. */
static inline const smap_layer *layer_of(smap_ctx *of, const char *name, const char *rows, const double *x,
                                         const double *y) {
    enum { MOST = 64 };
    char text[4096], *row[MOST], *cell[MOST][MOST];
    int cells[MOST], count;
    const smap__schema *schema = NULL;
    const smap_column *column[MOST];
    const smap_table *table = NULL;
    const smap_geometry *geometry = NULL;
    const smap_layer *layer = NULL;
    snprintf(text, sizeof text, "%s", rows);
    count = *text ? case_split(text, '/', row, MOST) : 0;
    for (int i = 0; i < count; i++) cells[i] = case_split(row[i], ';', cell[i], MOST);
    assert_int_equal(smap__schema_get(of, name, &schema, NULL), SMAP_OK);
    for (int k = 0; k < schema->fields; k++) {
        smap_column_builder *b = NULL;
        assert_int_equal(smap_column_builder_new(schema->field[k].name, schema->field[k].type, &b, NULL), SMAP_OK);
        for (int i = 0; i < count; i++)
            append_value(b, schema->field[k].type, value_in(cell[i], cells[i], schema->field[k].name));
        assert_int_equal(smap_column_builder_finish(b, &column[k], NULL), SMAP_OK);
        smap_column_builder_free(b);
    }
    assert_int_equal(smap_table_new(column, schema->fields, count, &table, NULL), SMAP_OK);
    if (x) {
        const smap_crs *wgs84 = NULL;
        smap_geometry_builder *b = NULL;
        assert_int_equal(smap__crs_wgs84(of, &wgs84, NULL), SMAP_OK);
        assert_int_equal(smap_geometry_builder_new(wgs84, &b, NULL), SMAP_OK);
        for (int i = 0; i < count; i++) assert_int_equal(smap_geometry_append_point(b, x[i], y[i], NULL), SMAP_OK);
        assert_int_equal(smap_geometry_builder_finish(b, &geometry, NULL), SMAP_OK);
        smap_geometry_builder_free(b);
        smap_crs_free(wgs84);
    }
    assert_int_equal(smap_layer_new(name, table, geometry, NULL, &layer, NULL), SMAP_OK);
    smap_geometry_free(geometry);
    smap_table_free(table);
    for (int k = 0; k < schema->fields; k++) smap_column_free(column[k]);
    return layer;
}

#endif
