/* Between raster.c, which opens and checks, raster_open.c, which asks GDAL, and raster_read.c. */
#ifndef SMAP_IO_RASTER_PART_H
#define SMAP_IO_RASTER_PART_H

#include "io/raster.h"
#include "io/reader.h"

struct smap__raster {
    smap__spec spec;
    char *variable;       /* what GDAL calls the variable of a file with several, or NULL: the file is the dataset */
    int number;           /* of the band */
    void *dataset, *band; /* GDALDatasetH, GDALRasterBandH */
    smap__raster_info info;
    char *source; /* info.source */
    int type;     /* GDALDataType */
    double scale, offset;
    bool masked;      /* a mask beside the band says what has a value */
    void *block;      /* the last block read, as it is stored */
    uint8_t *mask;    /* of a window */
    size_t mask_size; /* bytes */
    int64_t block_at; /* its number, row by row; -1: none */
    bool floats;      /* see raster_float.c, whose these are: */
    void *file;
    uint8_t *packed, *planes;
    size_t packed_size, planes_size;
};

/* Open the file (and variable) with the one driver that its name allows: r->dataset. */
smap_status smap__raster_open_dataset(smap__raster *raster, smap_ctx *ctx, smap_error *err);

/* Blocks of a common kind, faster than GDAL: is this raster of that kind? Then the block into r->block; false: ask
 * GDAL. */
bool smap__raster_float_fits(const smap__raster *raster);
bool smap__raster_float_block(smap__raster *raster, int64_t across, int64_t down);
void smap__raster_float_release(smap__raster *raster);

#endif
