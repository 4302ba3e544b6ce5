/* Inside of the GeoPackage writer: the handle, SQL with our own sentences, and the bulk feed of rows. */
#ifndef SMAP_IO_GPKG_H
#define SMAP_IO_GPKG_H

#include <sqlite3.h>

#include "base/str.h"
#include "io/gpkg_record.h"
#include "io/gpkg_write.h"
#include "io/temporary.h"

typedef struct smap__gpkg_expected { /* what the check before the commit must find */
    char *table;
    int64_t rows;
} smap__gpkg_expected;

struct smap__gpkg {
    smap_ctx *ctx;
    smap__target target;
    char *temporary;
    int fd;
    sqlite3 *db; /* on the temporary */
    bool edit;
    smap__gpkg_stamp stamp; /* of the file that is edited */
    char date[32];
    smap__gpkg_expected *expected;
    size_t expecting, expected_capacity;
    bool cancelled;
};

/* ---- gpkg_db.c: SQL on the temporary ---- */

/* The sentence for a failed SQLite call on a file: full disk, busy, damaged, ... never SQLite's own text alone. */
smap_status smap__gpkg_sqlite_fail(sqlite3 *db, int code, const char *path, smap_error *err);
/* The same for the handle, where a cancelled run is no failure of SQLite. */
smap_status smap__gpkg_fail(smap__gpkg *gpkg, int code, smap_error *err);
/* Run SQL made by sqlite3_mprintf's rules: %w in a quoted name, %Q a text, %lld. */
smap_status smap__gpkg_exec(smap__gpkg *gpkg, smap_error *err, const char *format, ...);
/* The first column of the first row as an integer; `fallback` where there is no row. */
smap_status smap__gpkg_int(smap__gpkg *gpkg, int64_t *out, int64_t fallback, smap_error *err, const char *format, ...);
/* The same as text, free with smap__free; NULL where there is no row or it is null. */
smap_status smap__gpkg_text(smap__gpkg *gpkg, char **out, smap_error *err, const char *format, ...);
/* Open an SQLite file with the settings that every connection of ours has. */
smap_status smap__gpkg_connect(smap__gpkg *gpkg, smap_error *err);

/* ---- gpkg_check.c ---- */

/* After COMMIT: every page sound, and everything that was put is there. SMAP_E_IO, SMAP_E_INTERNAL, SMAP_E_CANCELLED.
 */
smap_status smap__gpkg_check(smap__gpkg *gpkg, smap_error *err);

/* ---- gpkg_feed.c: rows straight from memory ---- */

typedef struct smap__feed {
    int64_t rows;
    int columns;
    /* Give one value with sqlite3_result_*; memory of SQLITE_STATIC results must stay until the next row. */
    void (*value)(void *user, int64_t row, int column, sqlite3_context *out);
    void *user;
} smap__feed;

/* INSERT INTO "table" all rows of the feed, columns by position. */
smap_status smap__gpkg_feed(smap__gpkg *gpkg, const char *table, const smap__feed *feed, smap_error *err);

/* ---- gpkg_bulk.c: many rows of a table at once ---- */

typedef struct smap__bulk {
    int64_t rows;
    /* One row and its key, of `worker`; keys ascend with the rows. In any order, several at a time. */
    void (*put)(void *user, int worker, int64_t row, smap__record *to, int64_t *key);
    void *user;
} smap__bulk;

/* Fewer rows than that go through the feed. */
enum { SMAP__BULK_LEAST = 10000 };

/* All rows of a table that is empty, as pages built on all workers. *done false: nothing was written, the rows are to
 * be fed; they are few, one is larger than a page, or the file is of an odd kind. */
smap_status smap__gpkg_bulk(smap__gpkg *gpkg, const char *table, const smap__bulk *bulk, bool *done, smap_error *err);

/* ---- gpkg_rows.c: the rows of a layer ---- */

typedef struct smap__gpkg_boxes { /* gathered while the rows are written, in the order of ascending fid */
    int64_t count;
    int64_t *fid;
    float (*box)[4]; /* xmin, xmax, ymin, ymax, rounded outward; xmin > xmax: not in the index */
    smap_box extent; /* exact */
} smap__gpkg_boxes;

void smap__gpkg_boxes_release(smap__gpkg_boxes *boxes);

typedef struct smap__gpkg_out_table {  /* a layer's table, as made by gpkg_layer.c */
    const char *name, *fid, *geometry; /* geometry NULL: none */
    int srs_id;
    bool multi; /* single geometries are written as their multi type */
} smap__gpkg_out_table;

smap_status smap__gpkg_write_rows(smap__gpkg *gpkg, const smap__gpkg_out_table *table, const smap_layer *layer,
                                  bool keep_fid, smap__gpkg_boxes *boxes, smap_error *err);

/* ---- gpkg_rtree.c ---- */

/* Create the table's R-tree and fill it: the shadow tables are written directly, packed in Hilbert order. */
smap_status smap__gpkg_write_rtree(smap__gpkg *gpkg, const smap__gpkg_out_table *table, const smap__gpkg_boxes *boxes,
                                   smap_error *err);

/* ---- gpkg_tables.c: the tables that GeoPackage asks for ---- */

smap_status smap__gpkg_create_tables(smap__gpkg *gpkg, smap_error *err);
/* srs_id of a CRS (NULL: undefined), registered if it is new. */
smap_status smap__gpkg_srs(smap__gpkg *gpkg, const smap_crs *crs, int *srs_id, smap_error *err);
/* The table's row of gpkg_contents, in place of one that is left from a table dropped by hand; `extent` NULL for
 * attributes. */
smap_status smap__gpkg_register(smap__gpkg *gpkg, const char *table, const char *type, const char *identifier,
                                const char *description, const smap_box *extent, int srs_id, smap_error *err);
smap_status smap__gpkg_extension(smap__gpkg *gpkg, const char *table, const char *column, const char *name,
                                 const char *definition, const char *scope, smap_error *err);
smap_status smap__gpkg_has_table(smap__gpkg *gpkg, const char *name, bool *out, smap_error *err);

/* ---- gpkg_triggers.c ---- */

/* The triggers that keep index and count true when other programs edit the table. */
smap_status smap__gpkg_create_triggers(smap__gpkg *gpkg, const smap__gpkg_out_table *table, smap_error *err);

/* ---- gpkg_notes.c ---- */

smap_status smap__gpkg_put_columns(smap__gpkg *gpkg, const char *table, const smap__gpkg_column *column, int columns,
                                   const smap_table *data, smap_error *err);

/* ---- gpkg_edit.c: files that are there already ---- */

/* Let SQLite roll back what a killed program left half done; SMAP_E_BUSY when someone has it open for editing. */
smap_status smap__gpkg_settle(const char *path, smap_error *err);
/* SMAP_E_REFUSED when a -wal or -journal lies where a file is to be renamed to: SQLite would play it into the new file.
 */
smap_status smap__gpkg_check_alone(const char *path, smap_error *err);
/* Copy the target, unchanged since `read` (NULL: whatever it is), into the temporary and refuse what is unsafe in it.
 */
smap_status smap__gpkg_load(smap__gpkg *gpkg, const smap__gpkg_stamp *read, smap_error *err);
/* Copy the finished temporary into the target, all or nothing. */
smap_status smap__gpkg_store(smap__gpkg *gpkg, smap_error *err);

#endif
