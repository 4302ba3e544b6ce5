/* Two pictures of a sheet compared: did anything change that an eye would see? The one home of the tolerance.
 *
 * Another FreeType, pixman or processor rounds the grey of an edge differently: single channels of single pixels, by a
 * few steps, all over the page. What is drawn elsewhere, in another colour or not at all changes many pixels beside
 * each other, by much. So a pixel counts only where a channel is off by more than NEAR, and the picture differs where
 * too many of them stand in one tile (a label that is gone is less than a thousandth of a page, but half a tile), or
 * too many of all (a thin line that moved lies in many tiles). */
#ifndef PICTURE_COMPARE_H
#define PICTURE_COMPARE_H

#include <stdbool.h>
#include <stdint.h>

enum {
    GOLDEN_NEAR = 32,        /* of 255, by channel: an eighth of the scale; classes of our palettes are further apart */
    GOLDEN_TILE = 12,        /* pixels: 4 mm at 72 dpi, the height of a title, three letters of a label */
    GOLDEN_TILE_PIXELS = 18, /* of 144: an eighth of a tile; a letter of a label at 72 dpi has about 10 dark pixels */
    GOLDEN_LEVELS = 32,  /* of a channel, of what is kept: a step of 8 is far within NEAR, and the files are small */
    GOLDEN_MILLION = 500 /* of a million pixels of the page: the half of a thousandth */
};

typedef struct golden_picture {
    uint8_t *rgb; /* rows from the top, 3 bytes a pixel */
    int width, height;
} golden_picture;

typedef struct golden_difference {
    bool same_size;
    int64_t pixels, beyond; /* all; those off by more than NEAR. Of other sizes: all of the larger picture */
    int64_t any;            /* that are not equal */
    int worst_tile;         /* the most pixels beyond in one tile */
    int worst_x, worst_y;   /* its top left, pixels */
    int largest;            /* step of a channel */
} golden_difference;

/* False: no PNG there, or no memory. Free with golden_picture_free. */
bool golden_picture_read(const char *path, golden_picture *out);
/* As small as lossless RGB can be, without metadata. */
bool golden_picture_write(const char *path, const golden_picture *picture);
/* Round every channel to one of GOLDEN_LEVELS, black and white among them: both pictures before they are compared. */
void golden_picture_reduce(golden_picture *picture);
void golden_picture_free(golden_picture *picture);

/* Tiles overlap by half, so that none cuts through a change. */
golden_difference golden_compare(const golden_picture *was, const golden_picture *is);
bool golden_is_same(const golden_difference *d);
/* A picture of what changed: pixels beyond NEAR in red, lesser differences in orange, the rest of `is` faded. */
bool golden_difference_picture(const golden_picture *was, const golden_picture *is, golden_picture *out);

#endif
