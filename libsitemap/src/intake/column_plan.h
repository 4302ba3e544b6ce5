/* Which source column is which field of a layer, or which coordinate. */
#ifndef SMAP_INTAKE_COLUMN_PLAN_H
#define SMAP_INTAKE_COLUMN_PLAN_H

#include "base/findings.h"
#include "intake/intake.h"
#include "intake/rules.h"

/* What a source column can be besides a field of the schema (its index, 0 and up). */
enum {
    SMAP__TARGET_NONE = -1,
    SMAP__TARGET_LAT = -2,
    SMAP__TARGET_LON = -3,
    SMAP__TARGET_GPS = -4,
    SMAP__TARGET_WKT = -5
};

typedef struct smap__column_plan {
    int columns; /* of the source */
    int *target; /* one a source column: field index or SMAP__TARGET_ */
    int fields;
    int *column;            /* one a field: source column, -1 = none */
    const char **set;       /* one a field: the text of --set, NULL = none */
    int lat, lon, gps, wkt; /* source columns, -1 = none */
    int64_t first_row;      /* rows before it are not data (a row of HXL tags) */
    char date_order;        /* of --set date_order: 'd' or 'm', 0 = not given */
    char decimal;           /* of --set decimal: ',' or '.', 0 = not given */
} smap__column_plan;

/* Columns match, best first: as told by the mapping; the field's name; its label; its HXL tag; an alias; the same
 * without a form's group ("group/site_name"); and, where nothing of this fits, the one vocabulary that has all its
 * values. A field has one column: the better match, the first of equals. Columns left over are findings. Fields that
 * are set have no column. */
smap_status smap__column_plan_make(smap_ctx *ctx, const smap_layer *source, const smap__schema *schema,
                                   const smap__mapping *mapping, const smap__rules *rules, smap__findings *findings,
                                   smap__column_plan *out, smap_error *err);
/* Can a column be a field by its name alone? Where not, only texts can, by what stands in them. */
bool smap__names_field(const smap__schema *schema, const char *name);
void smap__column_plan_release(smap__column_plan *plan);
/* The field or coordinate ("lat", ...) that a column is taken for; `target` is not SMAP__TARGET_NONE. */
const char *smap__target_name(const smap__schema *schema, int target);

#endif
