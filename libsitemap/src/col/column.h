/* Inside of a column: the public view first, then what it owns. */
#ifndef SMAP_COL_COLUMN_H
#define SMAP_COL_COLUMN_H

#include <stdatomic.h>

#include "sitemap/table.h"

/* A block of memory shared by columns that differ in name only. */
typedef struct smap__buffers {
    atomic_int references;
    void *values;      /* what v points to */
    char *bytes;       /* text and blobs */
    uint8_t *validity; /* or NULL */
} smap__buffers;

typedef struct smap__column {
    smap_column view;
    atomic_int references;
    smap__buffers *buffers;
    char *name;
} smap__column;

/* Wrap buffers (ownership passes on success only) into a column with one reference. */
smap_status smap__column_wrap(const char *name, smap_type type, int64_t count, int64_t null_count, void *values,
                              char *bytes, uint8_t *validity, const smap_column **out, smap_error *err);

/* A column without a value. */
smap_status smap__column_of_nulls(const char *name, smap_type type, int64_t count, const smap_column **out,
                                  smap_error *err);

static inline bool smap__type_has_bytes(smap_type type) {
    return type == SMAP_TEXT || type == SMAP_BLOB;
}

/* Bytes of one value in v: 1 for BOOL, 8 for the others (offsets of text and blobs too). */
static inline size_t smap__type_width(smap_type type) {
    return type == SMAP_BOOL ? 1 : 8;
}

const char *smap__type_name(smap_type type); /* "text", "integer", ... as people say */

#endif
