/* Symbols from SVG files, drawn once for each size before the page is painted, and then laid down like stamps. */
#ifndef SMAP_DRAW_SVG_MARKS_H
#define SMAP_DRAW_SVG_MARKS_H

#include <cairo.h>

#include "sitemap/error.h"
#include "style/style.h"

typedef struct smap__svg_drawing {
    const smap__svg *svg;
    cairo_surface_t *record; /* the drawing, 1 high */
} smap__svg_drawing;

typedef struct smap__svg_stamp {
    const smap__svg *svg;
    double height_mm, rotation_deg, anchor_x, anchor_y;
    cairo_surface_t *pixels; /* the place of the mark is the corner between its four middle pixels */
    int half_px;             /* half the sides of `pixels` */
} smap__svg_stamp;

typedef struct smap__svg_marks {
    double px_per_mm;
    smap__svg_drawing *drawing;
    size_t drawings, drawing_capacity;
    smap__svg_stamp *stamp;
    size_t stamps, stamp_capacity;
} smap__svg_marks;

/* Make a symbolizer with a symbol ready to be painted, at its own size or, where that is larger, at `most_mm` (0 = no
 * limit). One without a symbol needs nothing. */
smap_status smap__svg_marks_add(smap__svg_marks *marks, const smap__symbolizer *s, double most_mm, smap_error *err);
void smap__svg_marks_release(smap__svg_marks *marks);

/* Paint it with its anchor at the origin of the context, whose matrix takes mm to pixels: pixels that stand on whole
 * ones of an image, else (on paper that knows no pixels, or where the symbol is as large as a page) the drawing. */
void smap__svg_marks_paint(const smap__svg_marks *marks, cairo_t *cr, const smap__symbolizer *s, double height_mm);

#endif
