/* A planned page as pixels: painted in bands of rows on all threads, each packed for the PNG while others are painted.
 * How the page is cut does not hang on the number of threads, so neither do the bytes. */
#ifndef SMAP_DRAW_BANDS_H
#define SMAP_DRAW_BANDS_H

#include "draw/page_plan.h"
#include "draw/png_writer.h"

/* All rows of the page into `png`, which is open and stays so. */
smap_status smap__bands_paint(smap_ctx *ctx, smap__page_plan *plan, smap__png *png, int width, int height,
                              smap_error *err);

#endif
