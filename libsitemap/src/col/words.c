#include "col/words.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "col/cell.h"

/* Texts as they lie there; other cells by way of `cell`. */
static const char *text_of(const smap_column *column, int64_t row, smap__str *cell, size_t *len) {
    if (column->type == SMAP_TEXT) return smap_column_text(column, row, len);
    smap__str_clear(cell);
    smap__cell_put(cell, column, row);
    *len = cell->len;
    return cell->data;
}

static smap_status add_row(smap__words *w, const smap_column *column, int64_t row, smap__str *cell, smap_error *err) {
    size_t len;
    const char *text = text_of(column, row, cell, &len);
    w->of_row[row] = len ? smap__dict_add(w->dict, text, len) : -1;
    if (cell->failed || (len && w->of_row[row] < 0)) return smap__fail_memory(err);
    if (len) w->times[w->of_row[row]]++;
    return SMAP_OK;
}

bool smap__words_rise(const smap_column *column) {
    const char *before = NULL;
    size_t before_len = 0;
    if (column->type != SMAP_TEXT) return false;
    for (int64_t i = 0; i < column->count; i++) {
        size_t len;
        const char *text = smap_column_text(column, i, &len);
        if (len == 0) continue;
        if (len < before_len || (len == before_len && memcmp(text, before, len) <= 0)) return false;
        before = text;
        before_len = len;
    }
    return true;
}

smap_status smap__words_collect(const smap_column *column, smap__words *out, smap_error *err) {
    smap__words w = { NULL, smap__zalloc((size_t)column->count, sizeof *w.of_row),
                      smap__zalloc((size_t)column->count, sizeof *w.times) };
    smap__str cell = SMAP__STR_INIT;
    smap_status status = w.of_row && w.times ? smap__dict_new(&w.dict, err) : smap__fail_memory(err);
    for (int64_t i = 0; i < column->count && status == SMAP_OK; i++) status = add_row(&w, column, i, &cell, err);
    smap__str_release(&cell);
    if (status == SMAP_OK)
        *out = w;
    else
        smap__words_release(&w);
    return status;
}

void smap__words_release(smap__words *words) {
    smap__dict_free(words->dict);
    smap__free(words->of_row);
    smap__free(words->times);
    *words = (smap__words){ NULL, NULL, NULL };
}
