/* Inside of sheet: the small maps of where the map lies, one inside of the other. */
#ifndef SMAP_SHEET_INSETS_H
#define SMAP_SHEET_INSETS_H

#include "sheet/sheet_spec.h"

/* Fills sheet->inset. The area around the map fills `at`, at the scale half way between the map's and that at which the
 * country fits there but no less than "area_least_m" of the ground across, and the country stands in the corner where
 * lines begin, in a share of it ("country" of the element: {"share": [width, height], "gap_mm", "area_least_m"}).
 * Without that, without area layers, or where the map shows much of the country, it alone fills `at`; without layers of
 * the country there is none. The log tells. */
smap_status smap__insets_build(smap_ctx *ctx, smap__sheet *sheet, smap__sheet_spec *spec,
                               const smap__sheet_options *options, smap__rect_mm at, const smap__json *element,
                               smap_error *err);

#endif
