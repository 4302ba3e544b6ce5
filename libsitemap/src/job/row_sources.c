#include "job/row_sources.h"

#include <string.h>

#include "base/fail.h"
#include "col/dict.h"
#include "job/common.h"

/* NULL also where no row names one. */
static const smap_column *sources_of(const smap_layer *layer) {
    const smap_column *column = smap_table_find(layer->table, "source");
    bool any = column && column->type == SMAP_TEXT && column->null_count < column->count;
    return any ? column : NULL;
}

static bool is_made_up(const smap_column *source, int64_t row) {
    size_t len = 0;
    const char *text = smap_column_text(source, row, &len);
    return smap__says_synthetic(text, len);
}

bool smap__row_is_made_up(const smap_layer *layer, int64_t row) {
    const smap_column *source = sources_of(layer);
    return source && is_made_up(source, row);
}

bool smap__any_made_up(const smap_layer *layer) {
    const smap_column *source = sources_of(layer);
    for (int64_t i = 0; source && i < source->count; i++)
        if (is_made_up(source, i)) return true;
    return false;
}

smap_status smap__put_sources(const smap_layer *layer, smap__str *out, smap_error *err) {
    const smap_column *column = sources_of(layer);
    smap__dict *sources = NULL;
    size_t before = out->len;
    if (!column) return SMAP_OK;
    smap_status status = smap__dict_new(&sources, err);
    for (int64_t i = 0; i < column->count && status == SMAP_OK; i++) {
        size_t len;
        const char *source = smap_column_text(column, i, &len);
        if (len && smap__dict_add(sources, source, len) < 0) status = smap__fail_memory(err);
    }
    for (int made_up = 1; made_up >= 0 && status == SMAP_OK; made_up--)
        for (int32_t k = 0; k < smap__dict_count(sources); k++) {
            const char *source = smap__dict_text(sources, k);
            if (smap__says_synthetic(source, strlen(source)) != made_up) continue;
            smap__str_printf(out, "%s%s", out->len > before ? "; " : "", source);
        }
    if (status == SMAP_OK && out->failed) status = smap__fail_memory(err);
    smap__dict_free(sources);
    return status;
}
