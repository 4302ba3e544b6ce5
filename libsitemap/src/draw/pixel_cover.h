/* How much of each pixel an outline covers, without a path library: the exact area, accumulated edge by edge.
 *
 * Each edge adds, for every row of pixels that it crosses, the change of covered area that it makes in the pixels from
 * there on to the right; the sums along a row are then the covered areas, and painting them empties the window again.
 * An edge costs what the pixels it crosses cost, and a shape of a few pixels next to nothing, whereas a path library
 * builds, sorts and scans a path for each. (The idea is that of the signed-area buffers of font rasterisers, such as
 * those of FreeType's smooth one and of font-rs.)
 *
 * A window lies over the whole outline, whatever band is painted: what comes of a row hangs on the outline alone, so
 * that bands never show. Coordinates are pixels of the page, counted from the window's corner. */
#ifndef SMAP_DRAW_PIXEL_COVER_H
#define SMAP_DRAW_PIXEL_COVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sitemap/error.h"

typedef struct smap__pixels {
    uint8_t *data;        /* 0xxxRRGGBB in the machine's byte order, as cairo has them; opaque */
    int stride;           /* bytes */
    int first_row, rows;  /* of the page */
    double left, top;     /* only what lies inside shows; pixels on the border in part */
    double right, bottom; /* pixels of the page */
} smap__pixels;

typedef struct smap__pixel_cover {
    float *cell;     /* change of coverage from the pixel before; all 0 between two outlines */
    int *low, *high; /* of each row: the cells that were touched */
    size_t cells;    /* room */
    int rows;
    int x, y;       /* the window's corner on the page, pixels */
    int fine;       /* cells across a pixel */
    int width;      /* cells */
    int begin, end; /* rows of cells that are painted */
} smap__pixel_cover;

/* Room for windows of so many cells and rows. */
smap_status smap__pixel_cover_init(smap__pixel_cover *cover, size_t cells, int rows, smap_error *err);
void smap__pixel_cover_release(smap__pixel_cover *cover);

/* A window over what lies within x0 .. x1, y0 .. y1 (pixels of the page; all edges that follow do), for its rows among
 * those of `pixels`. false: too large, or nothing of it shows; *shows tells which. With `fine` > 1 pixels are halved or
 * quartered, as far as there is room, for outlines that overlap themselves within a pixel. */
bool smap__pixel_cover_open(smap__pixel_cover *cover, const smap__pixels *pixels, double x0, double y0, double x1,
                            double y1, int fine, bool *shows);
/* An edge of a closed outline; from the window's corner. */
void smap__pixel_cover_edge(smap__pixel_cover *cover, float ax, float ay, float bx, float by);

enum { SMAP__COVER_NON_ZERO, SMAP__COVER_EVEN_ODD };
/* Paint the sums in a colour with `opacity` 0..1, and empty the window. Where outlines overlap inside one cell, or run
 * the other way round there, the area is what the sums make of it (at most all of the cell). */
void smap__pixel_cover_paint(smap__pixel_cover *cover, const smap__pixels *pixels, uint32_t rgb, double opacity,
                             int rule);

#endif
