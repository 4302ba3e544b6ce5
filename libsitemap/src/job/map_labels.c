#include "job/map_labels.h"

#include "base/fail.h"
#include "base/str.h"
#include "col/cell.h"
#include "col/rows.h"
#include "job/result.h"
#include "model/schema.h"

/* The keys of a row that the audience sees, behind each other. */
static void put_key(const smap__schema *schema, const smap_table *table, int64_t row, smap__str *out) {
    for (int i = 0; i < schema->fields; i++) {
        const smap_column *column = schema->field[i].key ? smap_table_find(table, schema->field[i].name) : NULL;
        if (!column || smap_column_is_null(column, row)) continue;
        if (out->len) smap__str_put(out, ", ");
        smap__cell_put(out, column, row);
    }
}

static smap_status put_row(smap_ctx *ctx, smap__rows *rows, const smap_layer *layer, const smap__map_label *label,
                           smap_error *err) {
    const smap__schema *schema;
    smap_status status = smap__schema_get(ctx, layer->name, &schema, err);
    if (status != SMAP_OK) return status;
    smap__str key = SMAP__STR_INIT, text = SMAP__STR_INIT;
    put_key(schema, layer->table, label->row, &key);
    for (int i = 0; i < label->lines; i++) smap__str_printf(&text, "%s%s", i ? " | " : "", label->line[i]);
    if (key.failed || text.failed) status = smap__fail_memory(err);
    smap__rows_text(rows, layer->name);
    smap__rows_text(rows, key.len ? key.data : NULL);
    smap__rows_text(rows, text.data);
    smap__str_release(&key);
    smap__str_release(&text);
    return status;
}

smap_status smap__map_labels_report(smap_ctx *ctx, const smap__map_layers *layers, const smap__sheet *sheet,
                                    const smap__draw_report *drawn, smap_result *result, smap_error *err) {
    static const smap__rows_column columns[] = { { "layer", SMAP_TEXT }, { "key", SMAP_TEXT }, { "text", SMAP_TEXT } };
    int64_t count = drawn->labels_wanted - drawn->labels_placed;
    const smap_table *table = NULL;
    smap_status status = SMAP_OK;
    smap__rows rows;
    if (count == 0) return SMAP_OK;
    smap__rows_init(&rows, columns, (int)(sizeof columns / sizeof *columns));
    for (int64_t i = 0; status == SMAP_OK && i < count; i++) {
        const smap__map_label *label = &sheet->map.label[drawn->unplaced[i]];
        int layer = sheet->map.drawn[label->drawn].layer;
        status = put_row(ctx, &rows, layers->item[layer].layer, label, err);
    }
    if (status != SMAP_OK) {
        smap__rows_release(&rows);
        return status;
    }
    status = smap__rows_finish(&rows, &table, err);
    if (status == SMAP_OK)
        status =
            smap__result_add_table(result, "labels_not_placed", "Labels that found no room on the map", table, err);
    smap_table_free(table);
    return status;
}
