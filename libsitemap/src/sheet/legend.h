/* Inside of sheet: the legend from the rules in use. */
#ifndef SMAP_SHEET_LEGEND_H
#define SMAP_SHEET_LEGEND_H

#include "sheet/sheet_spec.h"

/* Fill sheet->entry and ->group from sheet->map and ->layer: for each layer that asks for it, top layer first and base
 * layers last, its rules that draw something in the frame, in the order of the style. Words come from the spec. */
smap_status smap__legend_build(smap__sheet *sheet, smap__sheet_spec *spec, smap_error *err);

#endif
