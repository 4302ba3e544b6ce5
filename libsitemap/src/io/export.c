#include "io/export.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/ctx.h"
#include "base/fail.h"
#include "col/cell.h"

smap_status smap__export_poll(const smap__export *e, int64_t row, smap_error *err) {
    enum { ROWS_BETWEEN_POLLS = 1 << 10 };
    return row % ROWS_BETWEEN_POLLS == 0 ? smap__poll(e->ctx, err) : SMAP_OK;
}

smap_status smap__export_done(const smap__str *out, smap_error *err) {
    return out->failed ? smap__fail_memory(err) : SMAP_OK;
}

void smap__export_degrees(smap__str *out, double degrees) {
    long long n = llround(degrees * 1e7), rest = llabs(n) % 10000000;
    smap__str_printf(out, "%s%lld", n < 0 ? "-" : "", llabs(n) / 10000000);
    if (rest == 0) return;
    smap__str_printf(out, ".%07lld", rest);
    while (!out->failed && out->data[out->len - 1] == '0') out->data[--out->len] = '\0';
}

static bool put_cell(const smap_table *table, const char *column, int64_t row, smap__str *out) {
    const smap_column *c = smap_table_find(table, column);
    if (!c || smap_column_is_null(c, row)) return false;
    if (out->len) smap__str_put(out, " / ");
    smap__cell_put(out, c, row);
    return true;
}

void smap__export_name(const smap__export_layer *layer, int64_t row, smap__str *out) {
    const smap_table *table = layer->layer->table;
    smap__str_clear(out);
    bool named = put_cell(table, "name_en", row, out);
    named = put_cell(table, "name_ar", row, out) || named;
    for (int i = 0; i < layer->schema->fields && !named; i++)
        if (layer->schema->field[i].key) named = put_cell(table, layer->schema->field[i].name, row, out);
    if (!named) smap__str_printf(out, "%lld", (long long)(layer->layer->fid ? layer->layer->fid[row] : row + 1));
}

bool smap__export_point(const smap_layer *layer, int64_t row, double *x, double *y) {
    const smap_geometry *g = layer->geometry;
    if (!g || g->type[row] != SMAP_GEOM_POINT || smap_geom_part(g, row) == smap_geom_part(g, row + 1)) return false;
    int64_t at = smap_geom_coord(g, smap_geom_ring(g, smap_geom_part(g, row)));
    *x = g->x[at];
    *y = g->y[at];
    return true;
}

bool smap__export_has_points(const smap_layer *layer) {
    double x, y;
    for (int64_t row = 0; row < smap_table_rows(layer->table); row++)
        if (smap__export_point(layer, row, &x, &y)) return true;
    return false;
}
