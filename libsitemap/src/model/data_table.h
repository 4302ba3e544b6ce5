/* Our own CSV files: data/FOLDER/NAME.csv as rows of named columns. What is wrong with one is told by file and line. */
#ifndef SMAP_MODEL_DATA_TABLE_H
#define SMAP_MODEL_DATA_TABLE_H

#include "model/store.h"

typedef struct smap__data_table {
    const char *path; /* as opened, for messages */
    const char *const *column;
    int columns;
    int64_t rows;            /* blank lines are none */
    const char *const *cell; /* [row][column], "" where empty */
    const int64_t *line;     /* [row]: line of the file, 1-based */
} smap__data_table;

/* Read it into the store (locked). `column` names those that the file must have, in the order in which `cell` then has
 * them; others are passed over. SMAP_E_NOT_FOUND where the file is missing or the name cannot be one of ours. */
smap_status smap__data_table_read(smap_ctx *ctx, smap__store *store, const char *folder, const char *name,
                                  const char *const *column, int columns, smap__data_table *out, smap_error *err);

/* A table of data/standards by name, read once and kept with the context (takes the store's lock itself). A name
 * always goes with the same columns. */
smap_status smap__standard_get(smap_ctx *ctx, const char *name, const char *const *column, int columns,
                               const smap__data_table **out, smap_error *err);

static inline const char *smap__data_table_text(const smap__data_table *table, int64_t row, int column) {
    return table->cell[row * table->columns + column];
}
/* A finite number; an empty cell gives NaN. */
smap_status smap__data_table_number(const smap__data_table *table, int64_t row, int column, double *out,
                                    smap_error *err);
/* "FILE, line N: ..." */
smap_status smap__data_table_fail(const smap__data_table *table, int64_t row, smap_error *err, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
