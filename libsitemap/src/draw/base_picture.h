/* The picture below a map: rows of it for a page made of pixels, one image for a page of vectors. */
#ifndef SMAP_DRAW_BASE_PICTURE_H
#define SMAP_DRAW_BASE_PICTURE_H

#include <cairo.h>

#include "sheet/compose.h"

/* What is being read of a sheet's base. */
typedef struct smap__base_reading {
    const smap__sheet_base *base; /* NULL: the sheet has none */
    smap__base_grid grid;
    void *reading;
} smap__base_reading;

/* On the pixels of a page of so many a mm, as many across and down as `step` divides. Nothing where the sheet has no
 * base. */
smap_status smap__base_begin(const smap__sheet *sheet, double px_per_mm, int step, smap__base_reading *out,
                             smap_error *err);
void smap__base_end(smap__base_reading *reading);

/* What one thread paints with. */
typedef struct smap__base_rows {
    const smap__base_reading *from;
    int worker;
    uint32_t *pixels;
    size_t capacity;
} smap__base_rows;

/* Paint those rows of the base that lie in rows [first, first + count) of the page, whose first one is the surface's.
 */
smap_status smap__base_rows_paint(smap__base_rows *rows, cairo_t *cr, int first, int count, smap_error *err);

/* All of it, whose sides SMAP__BASE_TILE divides. Packed as JPEG files stay small, and it takes no more memory than it
 * has then; it lies on the colour of the map's ground where it does not cover that. */
enum { SMAP__BASE_TILE = 16 };
smap_status smap__base_image(const smap__base_reading *reading, smap__colour ground, bool packed, cairo_surface_t **out,
                             smap_error *err);
/* How fine that image is to be: as the sheet's pixels, one that is not packed as far as it may take memory. */
double smap__base_image_px_per_mm(const smap__sheet *sheet, bool packed);
void smap__base_image_paint(cairo_surface_t *image, const smap__base_grid *grid, bool exact, cairo_t *cr);

#endif
