/* Columns of a GeoPackage table: which there are, of what type, and one cell of SQLite's into a column of ours. SQLite
 * keeps any value in any column; one that does not fit the declared type is left empty and remembered, never turned
 * into 0 as sqlite3_column_int would. */
#ifndef SMAP_IO_GPKG_CELLS_H
#define SMAP_IO_GPKG_CELLS_H

#include "base/arena.h"
#include "base/findings.h"
#include "io/source.h"
#include "sitemap/table.h"

struct sqlite3;
struct sqlite3_value;

typedef struct smap__gpkg_field {
    const char *name;
    smap_type type;
} smap__gpkg_field;

typedef struct smap__gpkg_plan {
    smap__arena arena;
    const char *shown;            /* the file, for sentences */
    const char *table, *geometry; /* geometry: its column, NULL for none */
    bool has_ids;                 /* an INTEGER PRIMARY KEY; else rows are known by their position */
    smap__gpkg_field *field;
    int fields;
    char *sql; /* calls SMAP__GPKG_ROW for each row with ?1 <= rowid <= ?2, see below */
} smap__gpkg_plan;

/* An aggregate function that the reader defines: it is handed the values of a row as they lie in SQLite's registers,
 * which costs half of what the column interface does. Its first argument is the number of the first field handed over;
 * for 0 the row id follows, and the geometry where there is one; then the fields, at most SMAP__GPKG_FIELDS. Tables
 * with more have more calls in a row. */
#define SMAP__GPKG_ROW "sitemap_row"
enum { SMAP__GPKG_FIELDS = 100 };

/* Types by their names in the standard, others by SQLite's rules of affinity. `choice` may be NULL. */
smap_status smap__gpkg_plan_make(struct sqlite3 *db, const char *shown, const char *table, const char *geometry,
                                 const smap__column_choice *choice, smap__gpkg_plan *out, smap_error *err);
void smap__gpkg_plan_release(smap__gpkg_plan *plan);
/* The sentence for what SQLite last failed of on the way to the plan or its rows. */
smap_status smap__gpkg_read_fail(struct sqlite3 *db, const smap__gpkg_plan *plan, smap_error *err);

/* Cells that did not fit. */
typedef struct smap__gpkg_misfit {
    int64_t row;
    int field;
    char value[64];
} smap__gpkg_misfit;

typedef struct smap__gpkg_misfits {
    smap__gpkg_misfit *item;
    size_t count, capacity; /* the first SMAP__BUDGET_REMARKS are kept */
    int64_t total;
} smap__gpkg_misfits;

/* Append a value to a builder; TEXT may go to a BLOB builder, to be decoded later. */
smap_status smap__gpkg_cell(struct sqlite3_value *value, const smap__gpkg_plan *plan, int field, int64_t row,
                            smap_column_builder *to, smap__gpkg_misfits *misfits, smap_error *err);
/* Behind those of `to`, rows moved by `row_offset`. */
smap_status smap__gpkg_misfits_add(smap__gpkg_misfits *to, const smap__gpkg_misfits *from, int64_t row_offset,
                                   smap_error *err);
void smap__gpkg_misfits_release(smap__gpkg_misfits *misfits);
/* A finding value_not_of_type for each misfit, and one for those that were not kept. */
smap_status smap__gpkg_misfits_tell(const smap__gpkg_misfits *misfits, const smap__gpkg_plan *plan,
                                    smap__findings *findings, smap_error *err);

#endif
