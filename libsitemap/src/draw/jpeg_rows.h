/* A JPEG made row by row. */
#ifndef SMAP_DRAW_JPEG_ROWS_H
#define SMAP_DRAW_JPEG_ROWS_H

#include <stddef.h>
#include <stdint.h>

#include "sitemap/error.h"

typedef struct smap__jpeg smap__jpeg;

smap_status smap__jpeg_new(int width, int height, int quality, smap__jpeg **out, smap_error *err);
void smap__jpeg_free(smap__jpeg *jpeg); /* NULL is fine */
/* The next row, 0x..RRGGBB. */
smap_status smap__jpeg_put(smap__jpeg *jpeg, const uint32_t *pixels, smap_error *err);
/* After the last row: the bytes, which are the caller's, to be given back with smap__jpeg_drop. */
smap_status smap__jpeg_finish(smap__jpeg *jpeg, uint8_t **bytes, size_t *len, smap_error *err);
void smap__jpeg_drop(void *bytes);

#endif
