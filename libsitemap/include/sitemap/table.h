/* Column tables: typed, nullable, immutable once built, in Arrow's memory layout.
 *
 * A column is read directly through its fields:
 *
 *     const smap_column *c = smap_table_find(t, "households");
 *     for (int64_t i = 0; c && i < c->count; i++)
 *         if (!smap_column_is_null(c, i)) sum += c->v.i[i];
 *
 * Columns and tables are reference counted; smap_*_retain shares, smap_*_free lets go (NULL is fine). */
#ifndef SITEMAP_TABLE_H
#define SITEMAP_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sitemap/error.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum smap_type {
    SMAP_BOOL,      /* v.b, one byte a row, 0 or 1 */
    SMAP_INT64,     /* v.i */
    SMAP_FLOAT64,   /* v.f */
    SMAP_TEXT,      /* v.offsets and bytes, UTF-8, not terminated */
    SMAP_DATE,      /* v.i, days since 1970-01-01 */
    SMAP_TIMESTAMP, /* v.i, milliseconds since 1970-01-01T00:00:00Z */
    SMAP_BLOB       /* v.offsets and bytes */
} smap_type;

typedef struct smap_column {
    const char *name;
    smap_type type;
    int64_t count;
    int64_t null_count;
    const uint8_t *validity; /* one bit a row, least significant first, 1 = has a value; NULL = no nulls */
    union {
        const uint8_t *b;
        const int64_t *i;
        const double *f;
        const int64_t *offsets; /* count + 1 */
    } v;
    const char *bytes; /* of SMAP_TEXT and SMAP_BLOB */
} smap_column;

static inline bool smap_column_is_null(const smap_column *c, int64_t row) {
    return c->validity && !((c->validity[row >> 3] >> (row & 7)) & 1);
}

/* The bytes of a text or blob cell (not terminated); length in *len. A null cell has length 0. */
static inline const char *smap_column_text(const smap_column *c, int64_t row, size_t *len) {
    *len = (size_t)(c->v.offsets[row + 1] - c->v.offsets[row]);
    return c->bytes + c->v.offsets[row];
}

SMAP_API const smap_column *smap_column_retain(const smap_column *column);
SMAP_API void smap_column_free(const smap_column *column);
/* The same values under another name; shares the buffers. */
SMAP_API smap_status smap_column_rename(const smap_column *column, const char *name, const smap_column **out,
                                        smap_error *err);
/* The rows named by `rows` (0-based, any order, repeats allowed; -1 gives a null), as a new column. */
SMAP_API smap_status smap_column_take(const smap_column *column, const int64_t *rows, int64_t count,
                                      const smap_column **out, smap_error *err);

/* A cell as people write it (ISO 8601 dates, the shortest decimal that reads back as the same number, "true"), cut to
 * `size` bytes and terminated; "" for null and when memory runs out. The length that it has whole, as snprintf. */
SMAP_API size_t smap_column_format(const smap_column *column, int64_t row, char *out, size_t size);

/* ---- building ------------------------------------------------------------------------------------------------ */

typedef struct smap_column_builder smap_column_builder;

SMAP_API smap_status smap_column_builder_new(const char *name, smap_type type, smap_column_builder **out,
                                             smap_error *err);
SMAP_API void smap_column_builder_free(smap_column_builder *builder);
SMAP_API int64_t smap_column_builder_count(const smap_column_builder *builder);
SMAP_API smap_status smap_column_builder_reserve(smap_column_builder *builder, int64_t rows, int64_t bytes,
                                                 smap_error *err);
SMAP_API smap_status smap_column_append_null(smap_column_builder *builder, smap_error *err);
/* BOOL, INT64, DATE and TIMESTAMP take an int; the type of the call must fit the type of the column. */
SMAP_API smap_status smap_column_append_int(smap_column_builder *builder, int64_t value, smap_error *err);
SMAP_API smap_status smap_column_append_real(smap_column_builder *builder, double value, smap_error *err);
/* TEXT and BLOB. `text` NULL appends a null. Text must be valid UTF-8: checked when the column is finished. */
SMAP_API smap_status smap_column_append_text(smap_column_builder *builder, const char *text, size_t len,
                                             smap_error *err);
/* Turn what was appended into a column; the builder is left empty and can be freed or used again. */
SMAP_API smap_status smap_column_builder_finish(smap_column_builder *builder, const smap_column **out, smap_error *err);

/* ---- tables -------------------------------------------------------------------------------------------------- */

typedef struct smap_table smap_table;

/* A table of `count` columns of `rows` rows each. Takes a reference of its own to every column. Names are unique. */
SMAP_API smap_status smap_table_new(const smap_column *const *columns, int count, int64_t rows, const smap_table **out,
                                    smap_error *err);
SMAP_API const smap_table *smap_table_retain(const smap_table *table);
SMAP_API void smap_table_free(const smap_table *table);
SMAP_API int64_t smap_table_rows(const smap_table *table);
SMAP_API int smap_table_columns(const smap_table *table);
SMAP_API const smap_column *smap_table_at(const smap_table *table, int index);
/* The column of that name, or NULL. */
SMAP_API const smap_column *smap_table_find(const smap_table *table, const char *name);
SMAP_API smap_status smap_table_take(const smap_table *table, const int64_t *rows, int64_t count,
                                     const smap_table **out, smap_error *err);

#ifdef __cplusplus
}
#endif
#endif
