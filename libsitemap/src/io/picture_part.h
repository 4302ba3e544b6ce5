/* Between picture.c, the kinds of files (picture_tiff.c, picture_tiles.c) and what samples them (picture_warp.c). */
#ifndef SMAP_IO_PICTURE_PART_H
#define SMAP_IO_PICTURE_PART_H

#include "io/picture.h"
#include "io/reader.h"

/* A resolution that is stored, the finest first. */
typedef struct smap__picture_level {
    int64_t width, height;
    int id; /* the kind's own: an overview, a zoom level */
} smap__picture_level;

typedef struct smap__picture_kind {
    /* Find the levels, the place, what the file says of itself. */
    smap_status (*open)(smap__picture *picture, smap_ctx *ctx, smap_error *err);
    /* For another thread: `picture` has all of `from` but the state. */
    smap_status (*copy)(smap__picture *picture, const smap__picture *from, smap_ctx *ctx, smap_error *err);
    /* A window inside the level, as R, G, B, A bytes, not multiplied. */
    smap_status (*read)(smap__picture *picture, int level, int64_t column, int64_t row, int64_t width, int64_t height,
                        uint8_t *rgba, smap_error *err);
    void (*close)(smap__picture *picture);
} smap__picture_kind;

extern const smap__picture_kind smap__picture_tiff, smap__picture_tiles;

enum { SMAP__PICTURE_LEVELS = 32 };

struct smap__picture {
    smap__spec spec;
    const smap__picture_kind *kind;
    smap__picture_info info;
    char *attribution, date[16];
    smap__picture_level level[SMAP__PICTURE_LEVELS];
    bool in_rows;         /* stored in strips rather than tiles: read in whole rows */
    int64_t from_x, to_x; /* columns and rows of the finest level that may hold anything */
    int64_t from_y, to_y;
    void *state; /* of the kind */
};

/* A second picture of the same file. */
smap_status smap__picture_copy(smap_ctx *ctx, const smap__picture *picture, smap__picture **out, smap_error *err);

/* What a file says of its source, made one line of plain text: no tags, entities or control characters. NULL text is
 * "". false when memory runs out. */
bool smap__picture_attribute(smap__picture *picture, const char *text);

/* Columns and rows of the finest level where points of a CRS lie; NAN where they cannot be told. In place. */
smap_status smap__picture_locate(smap_ctx *ctx, const smap__picture *picture, const smap_crs *crs, double *x, double *y,
                                 int64_t n, smap_error *err);

/* ---- bands as colours (picture_bands.c, picture_stretch.c) ------------------------------------------------------ */

typedef struct smap__bands {
    void *dataset, *colour[3], *alpha; /* GDALRasterBandH; alpha NULL = none */
    int count;                         /* 1: grey or palette, 3: RGB */
    bool paletted, masked, wide;       /* wide: more than 8 bits, to be stretched */
    uint8_t palette[256][4];
    bool has_nodata[3];
    double nodata[3];
    double low[3], high[3]; /* of wide ones */
} smap__bands;

/* Which bands are which. Between a guard's begin and end, as all of these. */
smap_status smap__bands_find(smap__bands *bands, void *dataset, const char *shown, smap_error *err);
/* `overview` -1 = the bands themselves. */
smap_status smap__bands_read(const smap__bands *bands, int overview, int64_t column, int64_t row, int64_t width,
                             int64_t height, uint8_t *rgba, const char *shown, smap_error *err);
/* Values of a colour as floats; what has none is NAN. */
smap_status smap__bands_values(const smap__bands *bands, int colour, int overview, int64_t column, int64_t row,
                               int64_t width, int64_t height, float *values, const char *shown, smap_error *err);
/* From what to what wide bands are stretched, by a sample of the picture: low and high. */
smap_status smap__bands_stretch(smap__bands *bands, const smap__picture *picture, smap_error *err);

/* ---- sampling (picture_warp.c) ---------------------------------------------------------------------------------- */

/* A part of a level, in premultiplied floats 0..255, perhaps shrunk by a whole number. */
typedef struct smap__picture_window {
    int64_t column, row, width, height; /* in pixels of the shrunk level */
    float *rgba;
    size_t capacity;
    uint8_t *bytes; /* scratch */
    size_t bytes_capacity;
} smap__picture_window;

/* Pixels [column, +width) x [row, +height) of the level shrunk by `shrink`, which lie inside of it. */
smap_status smap__picture_window_read(smap__picture *picture, int level, int shrink, smap__picture_window *window,
                                      smap_error *err);
void smap__picture_window_release(smap__picture_window *window);
/* The colour at (u, v) of the shrunk level, by a triangle that reaches rx and ry from there; 0 beyond the window. */
uint32_t smap__picture_window_at(const smap__picture_window *window, double u, double v, double rx, double ry);
uint32_t smap__picture_window_nearest(const smap__picture_window *window, double u, double v);

#endif
