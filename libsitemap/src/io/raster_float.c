/* Tiles of 32 bit floats, deflated after the floating point predictor (TIFF Technical Note 3), as most elevation and
 * depth models come: unpacked here. Undoing that predictor takes libtiff two thirds of the time of reading such a
 * raster, a byte at a time through memory.
 *
 * Where anything is not as expected the block is left to GDAL, which then says what is wrong. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cpl_conv.h>
#include <cpl_vsi.h>
#include <gdal.h>

#include "base/alloc.h"
#include "io/gdal_guard.h"
#include "io/raster_part.h"

static bool says(GDALMajorObjectH object, const char *key, const char *value) {
    const char *text = GDALGetMetadataItem(object, key, "IMAGE_STRUCTURE");
    return text && strcmp(text, value) == 0;
}

bool smap__raster_float_fits(const smap__raster *r) {
    return r->type == GDT_Float32 && says(r->dataset, "COMPRESSION", "DEFLATE") && says(r->dataset, "PREDICTOR", "3") &&
           (r->info.bands == 1 || says(r->dataset, "INTERLEAVE", "BAND"));
}

/* ---- bytes of a block ---- */

static int64_t block_number(const smap__raster *r, const char *what, int64_t across, int64_t down) {
    char key[64];
    snprintf(key, sizeof key, "BLOCK_%s_%lld_%lld", what, (long long)across, (long long)down);
    const char *text = GDALGetMetadataItem(r->band, key, "TIFF");
    return text ? strtoll(text, NULL, 10) : 0;
}

static bool read_packed(smap__raster *r, int64_t across, int64_t down, size_t *len) {
    int64_t at = block_number(r, "OFFSET", across, down), size = block_number(r, "SIZE", across, down);
    if (at <= 0 || size <= 0 || at > r->spec.size || size > r->spec.size - at) return false;
    if (!smap__grow(&r->packed, &r->packed_size, (size_t)size, 1)) return false;
    if (!r->file) r->file = VSIFOpenL(r->spec.path, "rb");
    *len = (size_t)size;
    return r->file && VSIFSeekL(r->file, (vsi_l_offset)at, SEEK_SET) == 0 &&
           VSIFReadL(r->packed, 1, *len, r->file) == *len;
}

static bool unpack(smap__raster *r, size_t packed, size_t need) {
    size_t got = 0;
    if (!smap__grow(&r->planes, &r->planes_size, need, 1)) return false;
    return CPLZLibInflate(r->packed, packed, r->planes, need, &got) && got == need;
}

/* ---- the predictor ---- */

/* The sum of bytes, of which the lowest eight bits count. Sixteen bit lanes take 128 words of bytes. */
static uint32_t sum_of(const uint8_t *from, size_t n) {
    const uint64_t even = UINT64_C(0x00ff00ff00ff00ff);
    uint64_t sum = 0;
    size_t k = 0;
    while (k + 8 <= n) {
        uint64_t lanes = 0, word;
        for (int turn = 0; turn < 128 && k + 8 <= n; turn++, k += 8) {
            memcpy(&word, from + k, 8);
            lanes += (word & even) + (word >> 8 & even);
        }
        sum += (lanes & 0xffff) + (lanes >> 16 & 0xffff) + (lanes >> 32 & 0xffff) + (lanes >> 48);
    }
    for (; k < n; k++) sum += from[k];
    return (uint32_t)sum;
}

/* A row holds the highest bytes of its floats, then the next lower ones, and so on, each byte as the difference from
 * the one before it, from plane to plane as well. The four planes run side by side. */
static void undo_row(const uint8_t *from, float *to, size_t n) {
    const uint8_t *p0 = from, *p1 = from + n, *p2 = from + 2 * n, *p3 = from + 3 * n;
    uint32_t a = 0, b = sum_of(p0, n), c = b + sum_of(p1, n), d = c + sum_of(p2, n);
    for (size_t k = 0; k < n; k++) {
        a += p0[k];
        b += p1[k];
        c += p2[k];
        d += p3[k];
        uint32_t word = (a & 0xff) << 24 | (b & 0xff) << 16 | (c & 0xff) << 8 | (d & 0xff);
        memcpy(to + k, &word, sizeof word);
    }
}

bool smap__raster_float_block(smap__raster *r, int64_t across, int64_t down) {
    size_t width = (size_t)r->info.block_width, height = (size_t)r->info.block_height, packed = 0;
    smap__gdal_guard guard;
    smap__gdal_guard_begin(&guard);
    bool good = read_packed(r, across, down, &packed) && unpack(r, packed, width * height * sizeof(float));
    smap__gdal_guard_end(&guard);
    if (!good || guard.failures) return false;
    for (size_t y = 0; y < height; y++)
        undo_row(r->planes + y * width * sizeof(float), (float *)r->block + y * width, width);
    return true;
}

void smap__raster_float_release(smap__raster *r) {
    if (r->file) VSIFCloseL(r->file);
    smap__free(r->packed);
    smap__free(r->planes);
}
