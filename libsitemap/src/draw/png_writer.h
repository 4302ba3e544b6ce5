/* PNG: RGB, 8 bit, no filter, with resolution and title, without any time. libpng writes the file's chunks; the pixels
 * are packed by zlib in pieces of so many rows that know nothing of each other, so that several threads can pack at the
 * same time: the bytes hang on how the rows are cut, not on who packs them. */
#ifndef SMAP_DRAW_PNG_WRITER_H
#define SMAP_DRAW_PNG_WRITER_H

#include <stdint.h>

#include "draw/draw.h"

typedef struct smap__png smap__png;

/* `file_text` is that of the sheet (SMAP__FILE_TEXTS). */
smap_status smap__png_open(smap__sink sink, void *user, int width, int height, int dpi, const char *const *file_text,
                           smap__png **out, smap_error *err);
/* All rows have been put. */
smap_status smap__png_finish(smap__png *png, smap_error *err);
void smap__png_free(smap__png *png);

/* What packs the pieces of one thread. */
typedef struct smap__png_packer smap__png_packer;

/* For pieces of at most so many rows. */
smap_status smap__png_packer_new(const smap__png *png, int rows, smap__png_packer **out, smap_error *err);
void smap__png_packer_free(smap__png_packer *packer);
/* Rows of 32 bit pixels as cairo has them (0x00RRGGBB in the machine's byte order), `stride` bytes apart. Fit for a
 * thread. */
smap_status smap__png_pack(smap__png_packer *packer, const uint8_t *pixels, int rows, int stride, smap_error *err);
/* What was packed last becomes the next rows of the picture: one thread at a time, in the order of the rows. */
smap_status smap__png_put(smap__png *png, const smap__png_packer *packer, smap_error *err);

#endif
