/* Inside of sheet: columns of a table whose figures are drawn as bars.
 *
 *     {"column": "value", "word": "indicator_bar", "bar": {
 *         "most": "axis",                     the figure of a full bar: a column of the table, or a number
 *         "target": "standard",               where a standard is marked: the same; may be missing
 *         "from": "end",                      for the left half of a pyramid; "start" when missing
 *         "width_mm": 24, "height_mm": 2.2, "track": "#eeeeee", "target_colour": "#1f1f1f",
 *         "colour": "#4a6fa5",                of all bars
 *         "by": "state", "colours": [{"is": "met", "colour": "#2c7bb6"}]}}      or by the value of another column */
#ifndef SMAP_SHEET_TABLE_BAR_H
#define SMAP_SHEET_TABLE_BAR_H

#include "sheet/sheet_spec.h"

/* The bar of a cell, in the sheet's arena. What the file lacks is noted in the spec; SMAP_E_FORMAT: the table lacks a
 * column that is named. `layer` is its name, for messages. */
smap_status smap__table_bar_make(smap__sheet_spec *spec, const smap__json *bar, const char *layer,
                                 const smap_table *table, const smap_column *column, int64_t row,
                                 const smap__table_bar **out, smap_error *err);

#endif
