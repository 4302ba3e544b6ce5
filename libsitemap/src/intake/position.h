/* Where the rows are: geometry from the source, or from its columns of coordinates, checked and in degrees. */
#ifndef SMAP_INTAKE_POSITION_H
#define SMAP_INTAKE_POSITION_H

#include "intake/column_plan.h"
#include "intake/row_notes.h"

/* One feature a source row, in EPSG:4326; NULL for a layer that has no geometry. Rows whose position cannot be are
 * given up; what looks odd (outside the country, swapped) is kept and said; invalid polygons are repaired and said. */
smap_status smap__positions(smap_ctx *ctx, const smap__column_plan *plan, const smap__rules *rules,
                            smap__source_rows *rows, const smap_geometry **out, smap_error *err);

#endif
