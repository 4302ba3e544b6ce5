/* Strokes that do not simply run on their line: moved aside, or of marks and symbols in a row. */
#ifndef SMAP_DRAW_STROKE_TRACE_H
#define SMAP_DRAW_STROKE_TRACE_H

#include "draw/canvas.h"

/* Is the stroke of a line or an area's outline one of these? */
bool smap__stroke_is_traced(const smap__symbolizer *symbolizer);

/* Paint that stroke along n points of a path (SMAP__PATH_LINE or a ring, which ends where it begins). `most_mm` > 0
 * limits the size of marks (legend). Where memory runs out, canvas->failed is set. */
void smap__canvas_trace(smap__canvas *canvas, const smap__symbolizer *symbolizer, const double *x, const double *y,
                        size_t n, int kind, double most_mm);

#endif
