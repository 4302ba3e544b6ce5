/* Pictures to lie below a map: GeoTIFF, and MBTiles of PNG, JPEG or WEBP tiles. What is read is the part that a view of
 * it shows, at the coarsest resolution stored that is as fine as the view; never the whole.
 *
 * Grey, RGB, palettes, with alpha, mask or nodata. Cells of more than 8 bits are stretched from the 2nd to the 98th
 * hundredth of a sample to black and white, band by band. */
#ifndef SMAP_IO_PICTURE_H
#define SMAP_IO_PICTURE_H

#include "base/ctx.h"
#include "sitemap/geometry.h"

typedef struct smap__picture smap__picture;

typedef struct smap__picture_info {
    const smap_crs *crs;
    int64_t width, height; /* pixels at the finest resolution */
    double transform[6];   /* of these: x = t0 + column t1 + row t2, y = t3 + column t4 + row t5 */
    int levels;            /* resolutions stored */
    bool exact;            /* each colour of a palette stands for something: colours are not mixed */
    bool stretched;
    bool synthetic;          /* its metadata say SYNTHETIC=yes, or its attribution begins with that word */
    const char *attribution; /* as the file says it, one line of plain text; "" = it does not */
    const char *date;        /* "2023-09-14"; "" = not told */
} smap__picture_info;

/* `spec` is a path that ends in .tif, .tiff or .mbtiles. SMAP_E_REFUSED: no picture, or no regular file. SMAP_E_CRS: it
 * does not say where on earth it lies. */
smap_status smap__picture_open(smap_ctx *ctx, const char *spec, smap__picture **out, smap_error *err);
void smap__picture_close(smap__picture *picture); /* NULL is fine */
const smap__picture_info *smap__picture_info_of(const smap__picture *picture);

/* Does any of its pixels lie in a box in `crs`? *resolution_m: width of one there, on the ground (may be NULL). */
smap_status smap__picture_touches(smap_ctx *ctx, const smap__picture *picture, const smap_crs *crs, smap_box box,
                                  bool *touches, double *resolution_m, smap_error *err);

/* The pixels of a map: column 0 begins at x, row 0 at y, each is `step` units of the CRS wide and high, rows go down.
 */
typedef struct smap__picture_frame {
    const smap_crs *crs;
    double x, y, step;
    int width, height;
} smap__picture_frame;

/* The picture as that frame shows it. Where it is shrunk, pixels are the mean of what they cover (by a triangle of
 * twice their width, as of gdalwarp -r bilinear); where it is enlarged, they lie between their four neighbours. Of an
 * exact picture it is the pixel in their middle. Made in the calling thread; the picture must outlive it. */
typedef struct smap__picture_view smap__picture_view;
smap_status smap__picture_view_new(smap_ctx *ctx, const smap__picture *picture, const smap__picture_frame *frame,
                                   smap__picture_view **out, smap_error *err);
/* Whole rows of the frame into pixels[rows][width]: 0xAARRGGBB, colours multiplied by alpha; 0 where there is nothing.
 * Fit for threads, each with its `worker` (base/parallel.h). The same bytes whichever rows are asked for together. */
smap_status smap__picture_view_read(smap__picture_view *view, int worker, int row, int rows, uint32_t *pixels,
                                    smap_error *err);
void smap__picture_view_free(smap__picture_view *view); /* NULL is fine */

#endif
