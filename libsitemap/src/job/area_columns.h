/* Which columns of somebody's polygons name them. */
#ifndef SMAP_JOB_AREA_COLUMNS_H
#define SMAP_JOB_AREA_COLUMNS_H

#include "model/schema.h"

typedef struct smap__area_columns {
    const char *key, *name_en, *name_ar; /* of the table; NULL = none */
} smap__area_columns;

/* By the names, labels and aliases that the model has for P-codes, IDs and names of areas. Of several columns that a
 * field could be (the codes of all levels in one file) the one that tells most polygons apart. */
smap_status smap__area_columns_find(smap_ctx *ctx, const smap_table *table, smap__area_columns *out, smap_error *err);

#endif
