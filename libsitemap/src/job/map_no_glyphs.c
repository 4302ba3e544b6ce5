#include "job/map_no_glyphs.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "base/str.h"
#include "col/cell.h"
#include "geo/layer_row.h"
#include "intake/row_notes.h"
#include "model/schema.h"

enum { MOST_NAMED = 5, LONGEST_QUOTED = 40 };

typedef struct smap__odd_text {
    char *who;   /* "site SY-03", "the text "Map of ..."": what makes two texts one */
    char *shown; /* the same with sensitive keys masked */
    uint32_t code;
} smap__odd_text;

/* ---- what is named ----------------------------------------------------------------------------------------------- */

/* The row's key as the audience sees it; without one its number. */
static smap_status put_row(smap_ctx *ctx, const smap_layer *layer, int64_t row, bool masked, smap__str *out,
                           smap_error *err) {
    const smap__schema *schema;
    smap_status status = smap__schema_get(ctx, layer->name, &schema, err);
    if (status != SMAP_OK) return status;
    bool named = false;
    smap__str_put(out, layer->name);
    for (int i = 0; i < schema->fields; i++) {
        const smap__field *field = &schema->field[i];
        const smap_column *key = field->key ? smap_table_find(layer->table, field->name) : NULL;
        if (!key || smap_column_is_null(key, row)) continue;
        smap__str_put_char(out, ' ');
        if (masked && !smap__may_show(schema, field))
            smap__str_put(out, "***");
        else
            smap__cell_put(out, key, row);
        named = true;
    }
    if (!named) smap__str_printf(out, " row %lld", (long long)smap__layer_fid(layer, row));
    return SMAP_OK;
}

static const char *text_with(const smap__paragraph *paragraph, int paragraphs, uint32_t code) {
    for (int i = 0; i < paragraphs; i++) {
        size_t len = strlen(paragraph[i].text), at = 0;
        while (at < len)
            if (smap__utf8_next(paragraph[i].text, len, &at) == code) return paragraph[i].text;
    }
    return NULL;
}

/* A text of the page by its beginning; what stands in tables are rows of the workspace, and not quoted. */
static void put_element(const smap__element *element, uint32_t code, smap__str *out) {
    const char *text = text_with(element->paragraph, element->paragraphs, code);
    if (element->kind == SMAP__ELEMENT_TABLE)
        smap__str_put(out, "a table");
    else if (element->kind == SMAP__ELEMENT_LEGEND)
        smap__str_put(out, "the legend");
    else if (!text)
        smap__str_put(out, "a text of the page");
    if (element->kind != SMAP__ELEMENT_BOX || !text) return;
    size_t len = strlen(text), at = 0, from = 0;
    smap__str_put(out, "the text \"");
    for (int n = 0; at < len && n < LONGEST_QUOTED; from = at) {
        uint32_t c = smap__utf8_next(text, len, &at);
        if (c >= 0x2066 && c <= 0x2069) continue; /* isolates that the sheet set around values */
        smap__str_put_n(out, text + from, at - from);
        n++;
    }
    smap__str_put(out, at < len ? "\xE2\x80\xA6\"" : "\"");
}

static smap_status describe(smap_ctx *ctx, const smap__map_sheet *map, const smap__no_glyph *odd, bool masked,
                            char **out, smap_error *err) {
    smap__str text = SMAP__STR_INIT;
    smap_status status = SMAP_OK;
    if (odd->label) {
        const smap__map_layers *layers = &map->layers;
        for (int i = 0; i < SMAP__INSETS; i++)
            if (odd->view == &map->sheet->inset[i].view) layers = &map->inset[i];
        int index = odd->view->drawn[odd->label->drawn].layer;
        status = put_row(ctx, layers->item[index].layer, odd->label->row, masked, &text, err);
    } else {
        put_element(odd->element, odd->code, &text);
    }
    *out = status == SMAP_OK ? smap__str_take(&text) : NULL;
    smap__str_release(&text);
    return status == SMAP_OK && !*out ? smap__fail_memory(err) : status;
}

smap_status smap__map_no_glyphs_add(smap_ctx *ctx, const smap__map_sheet *map, const smap__draw_report *drawn,
                                    smap__map_no_glyphs *list, smap_error *err) {
    smap_status status = SMAP_OK;
    smap__utf8_copy(list->replacement, sizeof list->replacement, map->sheet->fonts.replacement);
    for (int64_t i = 0; i < drawn->no_glyphs && status == SMAP_OK; i++) {
        const smap__no_glyph *odd = &drawn->no_glyph[i];
        if (!smap__grow(&list->item, &list->capacity, list->count + 1, sizeof *list->item))
            return smap__fail_memory(err);
        smap__odd_text *item = &list->item[list->count++];
        *item = (smap__odd_text){ .code = odd->code };
        status = describe(ctx, map, odd, false, &item->who, err);
        if (status == SMAP_OK) status = describe(ctx, map, odd, true, &item->shown, err);
    }
    return status;
}

/* ---- what is told ------------------------------------------------------------------------------------------------ */

static int by_who(const void *a, const void *b) {
    const smap__odd_text *x = a, *y = b;
    int order = strcmp(x->who, y->who);
    return order ? order : (x->code > y->code) - (x->code < y->code);
}

void smap__map_no_glyphs_tell(smap_ctx *ctx, smap__map_no_glyphs *list) {
    smap__str named = SMAP__STR_INIT;
    long long count = 0;
    if (list->count == 0) return;
    qsort(list->item, list->count, sizeof *list->item, by_who);
    for (size_t i = 0; i < list->count; i++) {
        const smap__odd_text *item = &list->item[i];
        if (i && strcmp(item->who, list->item[i - 1].who) == 0) continue;
        if (count++ < MOST_NAMED)
            smap__str_printf(&named, "%s%s (U+%04X)", count > 1 ? ", " : "", item->shown, (unsigned)item->code);
    }
    if (count > MOST_NAMED) smap__str_printf(&named, " and %lld more", count - MOST_NAMED);
    smap__log(ctx, SMAP_LOG_WARNING, "%lld text%s a character that no font here has, shown as %s: %s", count,
              count == 1 ? " has" : "s have", list->replacement, named.failed ? "" : named.data);
    smap__str_release(&named);
}

void smap__map_no_glyphs_release(smap__map_no_glyphs *list) {
    for (size_t i = 0; i < list->count; i++) {
        smap__free(list->item[i].who);
        smap__free(list->item[i].shown);
    }
    smap__free(list->item);
    *list = (smap__map_no_glyphs){ 0 };
}
