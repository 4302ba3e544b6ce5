/* Do the shapes make sense: in the range of degrees, in the country, of a kind that the layer takes, valid. */
#ifndef SMAP_INTAKE_SHAPE_CHECK_H
#define SMAP_INTAKE_SHAPE_CHECK_H

#include "intake/row_notes.h"
#include "intake/rules.h"

/* `geometry` in degrees, one feature a row; `out` the same with polygons repaired, polygons as points where the layer
 * takes only points, and nulls for what was given up. */
smap_status smap__check_shapes(smap_ctx *ctx, const smap__rules *rules, smap__source_rows *rows,
                               const smap_geometry *geometry, const smap_geometry **out, smap_error *err);

#endif
