#include "io/column_swap.h"

#include "base/alloc.h"
#include "base/fail.h"

smap_status smap__column_swap(const smap_layer **layer, int index, const smap_column *column, smap_error *err) {
    const smap_table *old = (*layer)->table, *table = NULL;
    const smap_layer *made = NULL;
    int count = smap_table_columns(old);
    const smap_column **columns = smap__zalloc((size_t)count, sizeof *columns);
    if (!columns) return smap__fail_memory(err);
    for (int i = 0; i < count; i++) columns[i] = i == index ? column : smap_table_at(old, i);
    smap_status status = SMAP_OK;
    SMAP_TRY(smap_table_new(columns, count, smap_table_rows(old), &table, err), done);
    SMAP_TRY(smap_layer_new((*layer)->name, table, (*layer)->geometry, (*layer)->fid, &made, err), done);
    smap_layer_free(*layer);
    *layer = made;
done:
    smap__free(columns);
    smap_table_free(table);
    return status;
}
