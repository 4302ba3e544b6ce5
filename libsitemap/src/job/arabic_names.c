#include "job/arabic_names.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "geo/geom_column.h"
#include "job/array_columns.h"

static const char *text_of(const smap_layer *layer, const char *name, int64_t row, size_t *len) {
    const smap_column *column = smap_table_find(layer->table, name);
    *len = 0;
    return column && column->type == SMAP_TEXT ? smap_column_text(column, row, len) : "";
}

void smap__arabic_name_find(const smap_layer *known, const char *name_en, smap_box box, smap__str *out) {
    const char *best = NULL;
    size_t best_len = 0;
    for (int64_t row = 0; known->geometry && row < smap_table_rows(known->table); row++) {
        size_t en_len, ar_len;
        if (known->geometry->type[row] == SMAP_GEOM_NULL ||
            !smap__box_touches(smap_geometry_box(known->geometry, row), box))
            continue;
        const char *en = text_of(known, "name_en", row, &en_len), *ar = text_of(known, "name_ar", row, &ar_len);
        if (!ar_len || !smap__same_name(en, en_len, name_en, strlen(name_en))) continue;
        int order = best ? memcmp(ar, best, ar_len < best_len ? ar_len : best_len) : -1;
        if (order < 0 || (order == 0 && ar_len < best_len)) best = ar, best_len = ar_len;
    }
    if (best) smap__str_put_n(out, best, best_len);
}

typedef struct filling {
    const smap_layer *layer;
    const smap_layer *const *known;
    int count;
} filling;

static void put_name(const void *user, int64_t row, smap__str *out) {
    const filling *f = user;
    size_t en_len, ar_len;
    const char *ar = text_of(f->layer, "name_ar", row, &ar_len), *en = text_of(f->layer, "name_en", row, &en_len);
    smap__str name = SMAP__STR_INIT;
    smap__str_put_n(out, ar, ar_len);
    if (!ar_len && en_len && f->layer->geometry->type[row] != SMAP_GEOM_NULL) {
        smap__str_put_n(&name, en, en_len);
        for (int i = 0; i < f->count && !out->len && !name.failed; i++)
            smap__arabic_name_find(f->known[i], name.data, smap_geometry_box(f->layer->geometry, row), out);
    }
    if (name.failed) out->failed = true;
    smap__str_release(&name);
}

smap_status smap__arabic_names_fill(const smap_layer *layer, const smap_layer *const *known, int count,
                                    const smap_layer **out, smap_error *err) {
    filling f = { layer, known, count };
    int n = smap_table_columns(layer->table), at = 0;
    const smap_column **column = NULL, *filled = NULL;
    const smap_table *table = NULL;
    while (at < n && strcmp(smap_table_at(layer->table, at)->name, "name_ar") != 0) at++;
    if (at == n || !layer->geometry) {
        *out = smap_layer_retain(layer);
        return SMAP_OK;
    }
    column = smap__alloc((size_t)n * sizeof *column);
    smap_status status = column ? SMAP_OK : smap__fail_memory(err);
    if (status == SMAP_OK)
        status = smap__column_of_texts("name_ar", smap_table_rows(layer->table), put_name, &f, &filled, err);
    for (int k = 0; k < n && status == SMAP_OK; k++) column[k] = k == at ? filled : smap_table_at(layer->table, k);
    if (status == SMAP_OK) status = smap_table_new(column, n, smap_table_rows(layer->table), &table, err);
    if (status == SMAP_OK) status = smap_layer_new(layer->name, table, layer->geometry, NULL, out, err);
    smap_table_free(table);
    smap_column_free(filled);
    smap__free(column);
    return status;
}
