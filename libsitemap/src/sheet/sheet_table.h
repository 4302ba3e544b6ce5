/* Inside of sheet: elements of kind "table": rows of a layer that the caller gives, in the columns that the sheet file
 * asks for, with headings and labels in the sheet's languages. */
#ifndef SMAP_SHEET_SHEET_TABLE_H
#define SMAP_SHEET_SHEET_TABLE_H

#include "sheet/sheet_text.h"

/* The table of one element of the sheet file, in the sheet's arena; *out = NULL where its layer was not given or no row
 * is left. What the file lacks is noted in the spec; SMAP_E_FORMAT: the rows have no such column. */
smap_status smap__table_build(smap_ctx *ctx, const smap__sheet *sheet, smap__sheet_spec *spec,
                              const smap__sheet_options *options, const smap__json *element, const smap__table **out,
                              smap_error *err);

/* Is something made up in a table that the page shows? */
bool smap__table_is_synthetic(const smap__sheet *sheet, const smap__sheet_spec *spec,
                              const smap__sheet_options *options);

#endif
