/* One field of a layer from one source column (or from one text for all rows): read by type and vocabulary. */
#ifndef SMAP_INTAKE_FIELD_COLUMN_H
#define SMAP_INTAKE_FIELD_COLUMN_H

#include "intake/column_plan.h"
#include "intake/row_notes.h"

/* The column of field `index`, one value a source row (rows that are not kept are null). A value that cannot be read
 * becomes null with a warning, or gives up the row where the field is required. */
smap_status smap__field_column(smap_ctx *ctx, const smap__column_plan *plan, const smap__rules *rules,
                               smap__source_rows *rows, int index, const smap_column **out, smap_error *err);
/* Those of all fields, as a table in the order of the schema. */
smap_status smap__field_columns(smap_ctx *ctx, const smap__column_plan *plan, const smap__rules *rules,
                                smap__source_rows *rows, const smap_table **out, smap_error *err);

#endif
