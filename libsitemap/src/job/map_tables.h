/* What the tables of a sheet show: the layers that its elements of kind "table" name, read through the audience. */
#ifndef SMAP_JOB_MAP_TABLES_H
#define SMAP_JOB_MAP_TABLES_H

#include "job/common.h"
#include "model/json.h"
#include "sheet/sheet.h"

typedef struct smap__map_tables {
    smap__sheet_table *item;
    int count;
    smap__arena arena; /* names */
} smap__map_tables;

/* `elements` is the object "element" of a sheet file, `path` that file. Each layer once, or the table of
 * job/site_tables.h; those without rows are left out. */
smap_status smap__map_tables_read(smap_ctx *ctx, smap__workspace *workspace, const smap__audience *audience,
                                  const smap__json *elements, const char *path, smap__map_tables *out, smap_error *err);
void smap__map_tables_release(smap__map_tables *tables);

#endif
