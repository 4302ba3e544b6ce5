#include <float.h>
#include <math.h>

#include <gdal.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "io/gdal_guard.h"
#include "io/raster_part.h"

static smap_status fail_damaged(const smap__raster *r, smap_error *err) {
    return smap__fail(err, SMAP_E_FORMAT, r->spec.shown,
                      "%s: is damaged and cannot be read whole; copy or download it again", r->spec.shown);
}

/* ---- values ---- */

/* The usual kind, without the way over GDAL's conversion. Files write the nodata value of 32 bit cells with more or
 * fewer digits than a float has. */
static void take_floats(const smap__raster *r, const float *from, double *to, int64_t n) {
    float nodata = r->info.has_nodata ? (float)r->info.nodata : NAN;
    for (int64_t i = 0; i < n; i++) {
        float v = from[i];
        to[i] = v != nodata && fabsf(v) <= FLT_MAX ? (double)v : NAN;
    }
}

static void take_others(const smap__raster *r, const void *from, double *to, int64_t n) {
    GDALCopyWords64(from, (GDALDataType)r->type, GDALGetDataTypeSizeBytes((GDALDataType)r->type), to, GDT_Float64,
                    (int)sizeof *to, (GPtrDiff_t)n);
    double nodata = r->info.has_nodata ? r->info.nodata : NAN;
    for (int64_t i = 0; i < n; i++)
        if (to[i] == nodata || !isfinite(to[i])) to[i] = NAN;
}

static void take(const smap__raster *r, const void *from, double *to, int64_t n) {
    if (r->type == GDT_Float32)
        take_floats(r, from, to, n);
    else
        take_others(r, from, to, n);
    if (r->scale == 1 && r->offset == 0) return;
    for (int64_t i = 0; i < n; i++) to[i] = to[i] * r->scale + r->offset;
}

/* ---- blocks ---- */

static smap_status read_block(smap__raster *r, int64_t across, int64_t down, smap_error *err) {
    const smap__raster_info *info = &r->info;
    int64_t number = down * ((info->width - 1) / info->block_width + 1) + across;
    if (number == r->block_at) return SMAP_OK;
    if (!r->block) {
        size_t size = (size_t)GDALGetDataTypeSizeBytes((GDALDataType)r->type);
        r->block = smap__zalloc((size_t)info->block_width * (size_t)info->block_height, size);
        if (!r->block) return smap__fail_memory(err);
    }
    if (r->floats && smap__raster_float_block(r, across, down)) {
        r->block_at = number;
        return SMAP_OK;
    }
    smap__gdal_guard guard;
    smap__gdal_guard_begin(&guard);
    CPLErr code = GDALReadBlock(r->band, (int)across, (int)down, r->block);
    smap__gdal_guard_end(&guard);
    r->block_at = code == CE_None && !guard.failures ? number : -1;
    return r->block_at < 0 ? fail_damaged(r, err) : SMAP_OK;
}

static int64_t least(int64_t a, int64_t b) {
    return a < b ? a : b;
}

/* The part of the block that lies in the window. */
static void take_block(const smap__raster *r, int64_t across, int64_t down, int64_t column, int64_t row, int64_t width,
                       int64_t height, double *values) {
    const smap__raster_info *info = &r->info;
    int64_t left = across * info->block_width, top = down * info->block_height;
    int64_t first = column > left ? column : left, end = least(column + width, left + info->block_width);
    size_t size = (size_t)GDALGetDataTypeSizeBytes((GDALDataType)r->type);
    for (int64_t y = row > top ? row : top; y < least(row + height, top + info->block_height); y++) {
        const char *from = (const char *)r->block + (size_t)((y - top) * info->block_width + first - left) * size;
        take(r, from, values + (y - row) * width + first - column, end - first);
    }
}

/* ---- masks ---- */

static smap_status apply_mask(smap__raster *r, int64_t column, int64_t row, int64_t width, int64_t height,
                              double *values, smap_error *err) {
    size_t n = (size_t)(width * height);
    if (!smap__grow(&r->mask, &r->mask_size, n, 1)) return smap__fail_memory(err);
    smap__gdal_guard guard;
    smap__gdal_guard_begin(&guard);
    CPLErr code = GDALRasterIO(GDALGetMaskBand(r->band), GF_Read, (int)column, (int)row, (int)width, (int)height,
                               r->mask, (int)width, (int)height, GDT_Byte, 0, 0);
    smap__gdal_guard_end(&guard);
    if (code != CE_None || guard.failures) return fail_damaged(r, err);
    for (size_t i = 0; i < n; i++)
        if (!r->mask[i]) values[i] = NAN;
    return SMAP_OK;
}

smap_status smap__raster_read(smap__raster *raster, int64_t column, int64_t row, int64_t width, int64_t height,
                              double *values, smap_error *err) {
    const char *shown = raster->spec.shown;
    const smap__raster_info *info = &raster->info;
    if (column < 0 || row < 0 || width < 1 || height < 1 || column > info->width - width || row > info->height - height)
        return smap__fail(err, SMAP_E_ARGUMENT, shown, "%s: a window outside of the raster was asked for", shown);
    int64_t bw = info->block_width, bh = info->block_height;
    for (int64_t down = row / bh; down <= (row + height - 1) / bh; down++)
        for (int64_t across = column / bw; across <= (column + width - 1) / bw; across++) {
            smap_status status = read_block(raster, across, down, err);
            if (status != SMAP_OK) return status;
            take_block(raster, across, down, column, row, width, height, values);
        }
    return raster->masked ? apply_mask(raster, column, row, width, height, values, err) : SMAP_OK;
}
