/* Inside of a column builder, for bulk appends (Arrow arrays, what other threads have built). */
#ifndef SMAP_COL_BUILDER_H
#define SMAP_COL_BUILDER_H

#include "sitemap/table.h"

struct smap_column_builder {
    char *name;
    smap_type type;
    size_t count;
    int64_t null_count;
    char *values; /* count elements of the type's width; offsets hold count + 1 */
    size_t values_capacity;
    char *bytes;
    size_t bytes_len, bytes_capacity;
    uint8_t *validity; /* NULL until the first null */
    size_t validity_capacity;
};

/* Make room for `rows` more rows and `bytes` more bytes of text. */
smap_status smap__builder_room(smap_column_builder *builder, size_t rows, size_t bytes, smap_error *err);
/* Note that row `row` is null, all rows before the first null being valid; room must have been made. */
smap_status smap__builder_mark_null(smap_column_builder *builder, size_t row, smap_error *err);
/* Everything of `from`, of the same type, behind what is there. */
smap_status smap__builder_join(smap_column_builder *builder, const smap_column_builder *from, smap_error *err);
/* The rows of a column of the same type from `first` up to but not `end` behind what is there. */
smap_status smap__builder_append_rows(smap_column_builder *builder, const smap_column *from, int64_t first, int64_t end,
                                      smap_error *err);
/* Forget all values, keep the room. */
void smap__builder_clear(smap_column_builder *builder);
/* What its values take. */
size_t smap__builder_bytes(const smap_column_builder *builder);

#endif
