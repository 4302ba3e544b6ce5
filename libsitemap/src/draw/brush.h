/* Features of a map painted by coverage (draw/pixel_cover.h) where that does what a cairo path would and costs less:
 * plain fills, strokes without dashes, and marks, of shapes that are not large. decisions/0027 says where the line is
 * and by what figures. Everything else, and every page that is not made of pixels, is left to cairo. */
#ifndef SMAP_DRAW_BRUSH_H
#define SMAP_DRAW_BRUSH_H

#include <cairo.h>

#include "draw/stroke_cover.h"
#include "sheet/compose.h"

typedef struct smap__brush {
    smap__pixel_cover cover;
    smap__pixels pixels;
    cairo_surface_t *surface; /* the one whose pixels these are */
    bool wet;                 /* painted since cairo last was told */
    double px_per_mm;
    float *x, *y; /* the points of the shape at hand, from the window's corner */
} smap__brush;

smap_status smap__brush_init(smap__brush *brush, smap_error *err);
void smap__brush_release(smap__brush *brush);
/* Paint into an image surface whose first row is that row of the page. */
void smap__brush_aim(smap__brush *brush, cairo_surface_t *surface, int first_row, double px_per_mm);
/* What lies outside does not show; its pixels on the border in part. */
void smap__brush_limit(smap__brush *brush, smap__rect_mm limit);

/* Before cairo paints again. */
void smap__brush_rest(smap__brush *brush);

/* Does the brush do all that the symbolizer asks for? Sizes are judged shape by shape. */
bool smap__brush_takes(const smap__symbolizer *symbolizer);

/* A polygon of paths [begin, end), a line of one path, a mark at x, y (mm). false: too large, and nothing was painted.
 */
bool smap__brush_area(smap__brush *brush, const smap__drawn *drawn, uint32_t begin, uint32_t end,
                      const smap__symbolizer *symbolizer);
bool smap__brush_lines(smap__brush *brush, const smap__drawn *drawn, uint32_t begin, uint32_t end,
                       const smap__symbolizer *symbolizer);
bool smap__brush_mark(smap__brush *brush, double x, double y, const smap__symbolizer *symbolizer);

#endif
