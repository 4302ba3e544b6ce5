/* What became of the geometries of a layer, as findings. */
#ifndef SMAP_IO_SHAPE_REPORT_H
#define SMAP_IO_SHAPE_REPORT_H

#include "base/findings.h"
#include "geo/wkb.h"

/* ring_closed, curve_made_straight and empty_part_dropped once each, with how many; geometry_not_finite or
 * geometry_broken for each bad row, rejected. fid[row] is what findings call the row. */
smap_status smap__shape_report_tell(const smap__wkb_report *report, const int64_t *fid, smap__findings *findings,
                                    smap_error *err);
/* The layer without the bad rows. */
smap_status smap__shape_report_drop(const smap__wkb_report *report, const smap_layer *layer, const smap_layer **out,
                                    smap_error *err);

#endif
