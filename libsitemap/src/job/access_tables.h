/* The result layers of `sitemap access`, row by row: rows of what is not run again stay. */
#ifndef SMAP_JOB_ACCESS_TABLES_H
#define SMAP_JOB_ACCESS_TABLES_H

#include "col/rows.h"
#include "model/schema.h"
#include "workspace/workspace.h"

typedef enum smap__access_table_id {
    SMAP__ACCESS_SITE,
    SMAP__ACCESS_HOUSEHOLD,
    SMAP__ACCESS_BUILDING,
    SMAP__ACCESS_COVERAGE,
    SMAP__ACCESS_CATCHMENT,
    SMAP__ACCESS_AREA,
    SMAP__ACCESS_ROUTE,
    SMAP__ACCESS_LINK,
    SMAP__ACCESS_CUT,
    SMAP__ACCESS_TABLES
} smap__access_table_id;

typedef struct smap__access_table {
    const smap__schema *schema;
    smap__rows rows;                 /* cells in the order of the schema */
    smap_geometry_builder *geometry; /* in degrees, a feature for each row; NULL: a table */
    int64_t kept;                    /* rows of other runs, in front */
    bool was_there;                  /* in the workspace */
} smap__access_table;

typedef struct smap__access_tables {
    smap__access_table table[SMAP__ACCESS_TABLES];
} smap__access_tables;

typedef struct smap__access_words {
    const char *const *word;
    int count; /* 0: all there are */
} smap__access_words;

/* What a run is about: codes of scenarios, modes and types of service. */
typedef struct smap__access_scope {
    smap__access_words scenario, mode, type;
} smap__access_scope;

/* `workspace` NULL: a new file, nothing stays. Old rows go whose scenario, mode and type (in layers that have one) all
 * are in the scope. */
smap_status smap__access_tables_new(smap_ctx *ctx, smap__workspace *workspace, const smap__access_scope *scope,
                                    const smap_crs *wgs84, smap__access_tables *tables, smap_error *err);
void smap__access_tables_release(smap__access_tables *tables);
/* Layers with rows, and those that were there, into the change; *rows is how many new ones there are. */
smap_status smap__access_tables_put(smap_ctx *ctx, smap__access_tables *tables, smap__change *change, const char *lang,
                                    int64_t *rows, smap_error *err);

#endif
