#include "job/map_shown.h"

#include <string.h>

#include "base/fail.h"

void smap__map_shown_release(smap__map_shown *shown) {
    smap__dict_free(shown->keys);
    *shown = (smap__map_shown){ 0 };
}

static const smap_column *text_column(const smap_table *table, const smap__json *object) {
    const smap_column *column = smap_table_find(table, smap__json_text(smap__json_get(object, "column"), ""));
    return column && column->type == SMAP_TEXT ? column : NULL;
}

/* "shown" of an element that shows the table; NULL where one shows all rows. */
static const smap__json *shown_of(const smap__json *sheet, const char *name) {
    const smap__json *list = smap__json_get(sheet, "element"), *e, *found = NULL;
    const char *key;
    for (size_t at = 0; smap__json_member(list, &at, &key, &e);) {
        if (strcmp(smap__json_text(smap__json_get(e, "kind"), ""), "table") != 0 ||
            strcmp(smap__json_text(smap__json_get(e, "layer"), ""), name) != 0)
            continue;
        found = smap__json_get(e, "shown");
        if (!found) return NULL;
    }
    return found;
}

smap_status smap__map_shown_find(const smap__json *sheet, const char *name, const smap_table *table,
                                 const smap__map_layers *layers, const smap__map_extent *extent, smap__map_shown *out,
                                 smap_error *err) {
    const smap__json *shown = shown_of(sheet, name);
    *out = (smap__map_shown){ .key = shown ? text_column(table, shown) : NULL };
    if (!out->key) return SMAP_OK;
    smap_status status = smap__dict_new(&out->keys, err);
    for (int i = 0; i < layers->count && status == SMAP_OK; i++) {
        const smap_layer *layer = layers->item[i].layer;
        const smap_column *key = text_column(layer->table, shown);
        if (!key || strcmp(layer->name, smap__json_text(smap__json_get(shown, "layer"), "")) != 0) continue;
        for (int64_t row = 0; row < key->count && status == SMAP_OK; row++) {
            size_t len;
            if (smap_column_is_null(key, row) || !smap__map_extent_touches(extent, layer, row)) continue;
            const char *text = smap_column_text(key, row, &len);
            if (smap__dict_add(out->keys, text, len) < 0) status = smap__fail_memory(err);
        }
    }
    return status;
}

bool smap__map_shown_holds(const smap__map_shown *shown, int64_t row) {
    size_t len;
    if (!shown->key) return true;
    if (smap_column_is_null(shown->key, row)) return false;
    const char *text = smap_column_text(shown->key, row, &len);
    return smap__dict_find(shown->keys, text, len) >= 0;
}
