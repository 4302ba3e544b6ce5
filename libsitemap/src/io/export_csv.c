#include <string.h>

#include "col/cell.h"
#include "io/export.h"

static void put_quoted(smap__str *out, const char *text, size_t len) {
    smap__str_put_char(out, '"');
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '"') smap__str_put_char(out, '"');
        smap__str_put_char(out, text[i]);
    }
    smap__str_put_char(out, '"');
}

/* What spreadsheets run as a formula (OWASP, CSV injection). */
static bool is_formula(const char *text, size_t len) {
    return len > 0 && strchr("=+-@\t\r", text[0]) != NULL;
}

static void put_cell(smap__str *out, const smap_column *c, int64_t row) {
    smap__str text = SMAP__STR_INIT;
    if (smap_column_is_null(c, row) || c->type == SMAP_BLOB) return;
    if (c->type == SMAP_TEXT) {
        size_t len;
        const char *value = smap_column_text(c, row, &len);
        if (is_formula(value, len)) smap__str_put_char(&text, '\'');
        smap__str_put_n(&text, value, len);
        put_quoted(out, text.data ? text.data : "", text.len);
    } else {
        smap__cell_put(&text, c, row);
        smap__str_put_n(out, text.data ? text.data : "", text.len);
    }
    out->failed = out->failed || text.failed;
    smap__str_release(&text);
}

static void put_heads(smap__str *out, const smap__export_layer *layer, bool points) {
    const smap_table *table = layer->layer->table;
    for (int i = 0; i < smap_table_columns(table); i++)
        smap__str_printf(out, "%s%s", i ? "," : "", smap_table_at(table, i)->name);
    smap__str_put(out, points ? ",longitude,latitude\r\n" : "\r\n");
    for (int i = 0; i < smap_table_columns(table); i++) {
        const smap__field *field = smap__schema_field(layer->schema, smap_table_at(table, i)->name);
        smap__str_printf(out, "%s%s", i ? "," : "", field ? field->hxl : "");
    }
    smap__str_put(out, points ? ",#geo+lon,#geo+lat\r\n" : "\r\n");
}

static void put_row(smap__str *out, smap__export_layer *layer, bool points, int64_t row) {
    const smap_layer *l = layer->layer;
    double x, y;
    bool point = smap__export_point(l, row, &x, &y);
    for (int i = 0; i < smap_table_columns(l->table); i++) {
        if (i) smap__str_put_char(out, ',');
        put_cell(out, smap_table_at(l->table, i), row);
    }
    if (points) smap__str_put_char(out, ',');
    if (point) smap__export_degrees(out, x);
    if (points) smap__str_put_char(out, ',');
    if (point) smap__export_degrees(out, y);
    smap__str_put(out, "\r\n");
    layer->left_out += !point && l->geometry && l->geometry->type[row] != SMAP_GEOM_NULL;
}

smap_status smap__export_csv(smap__export *e, smap_error *err) {
    const smap_layer *l = e->layer->layer;
    bool points = smap__export_has_points(l);
    smap_status status = SMAP_OK;
    smap__str_put(&e->out, "\xEF\xBB\xBF");
    put_heads(&e->out, e->layer, points);
    for (int64_t row = 0; row < smap_table_rows(l->table) && status == SMAP_OK; row++) {
        status = smap__export_poll(e, row, err);
        put_row(&e->out, e->layer, points, row);
    }
    return status == SMAP_OK ? smap__export_done(&e->out, err) : status;
}
