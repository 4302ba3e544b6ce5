/* Bands as colours. */
#include <math.h>
#include <string.h>

#include <gdal.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "io/picture_part.h"

/* ---- which is which --------------------------------------------------------------------------------------------- */

static smap_status find_palette(smap__bands *b, const char *shown, smap_error *err) {
    GDALColorTableH table = GDALGetRasterColorTable(b->colour[0]);
    if (!table) return SMAP_OK;
    if (b->wide)
        return smap__fail(err, SMAP_E_REFUSED, shown,
                          "%s: has a palette of more than 256 colours; make it RGB first (gdal_translate -expand rgb)",
                          shown);
    b->paletted = true;
    for (int i = 0; i < GDALGetColorEntryCount(table) && i < 256; i++) {
        GDALColorEntry e;
        if (!GDALGetColorEntryAsRGB(table, i, &e)) continue;
        const uint8_t rgba[4] = { (uint8_t)e.c1, (uint8_t)e.c2, (uint8_t)e.c3, (uint8_t)e.c4 };
        memcpy(b->palette[i], rgba, 4);
    }
    if (b->has_nodata[0] && b->nodata[0] >= 0 && b->nodata[0] < 256) b->palette[(int)b->nodata[0]][3] = 0;
    return SMAP_OK;
}

/* Red, green and blue as the bands say, else the first three, else the first alone. */
static void find_colours(smap__bands *b) {
    int count = GDALGetRasterCount(b->dataset), colours = count;
    void *named[3] = { NULL, NULL, NULL };
    for (int i = 1; i <= count; i++) {
        GDALRasterBandH band = GDALGetRasterBand(b->dataset, i);
        GDALColorInterp is = GDALGetRasterColorInterpretation(band);
        if (is == GCI_AlphaBand && !b->alpha) {
            b->alpha = band;
            colours--;
        }
        for (int k = 0; k < 3; k++)
            if (is == (GDALColorInterp)(GCI_RedBand + k) && !named[k]) named[k] = band;
    }
    b->count = colours >= 3 ? 3 : 1;
    bool all_named = named[0] && named[1] && named[2];
    for (int k = 0, i = 1; k < b->count; i++) {
        GDALRasterBandH band = GDALGetRasterBand(b->dataset, i);
        if (band == b->alpha) continue;
        b->colour[k] = all_named ? named[k] : band;
        k++;
    }
}

smap_status smap__bands_find(smap__bands *b, void *dataset, const char *shown, smap_error *err) {
    *b = (smap__bands){ .dataset = dataset };
    find_colours(b);
    if (!b->colour[0]) return smap__fail(err, SMAP_E_FORMAT, shown, "%s: has no colours", shown);
    for (int k = 0; k < b->count; k++) {
        int there = 0;
        GDALDataType type = GDALGetRasterDataType(b->colour[k]);
        b->wide = b->wide || type != GDT_Byte;
        if (GDALDataTypeIsComplex(type) || GDALGetRasterColorInterpretation(b->colour[k]) >= GCI_HueBand)
            return smap__fail(err, SMAP_E_REFUSED, shown,
                              "%s: its colours are not grey, RGB or of a palette; make it RGB first", shown);
        b->nodata[k] = GDALGetRasterNoDataValue(b->colour[k], &there);
        b->has_nodata[k] = there != 0;
    }
    int flags = GDALGetMaskFlags(b->colour[0]);
    b->masked = !b->alpha && flags == GMF_PER_DATASET;
    return find_palette(b, shown, err);
}

/* ---- reading ---------------------------------------------------------------------------------------------------- */

static smap_status fail_damaged(const char *shown, smap_error *err) {
    return smap__fail(err, SMAP_E_FORMAT, shown, "%s: is damaged and cannot be read whole; copy or download it again",
                      shown);
}

static void *at_level(void *band, int overview) {
    return overview < 0 ? band : GDALGetOverview(band, overview);
}

static bool read_band(void *band, int64_t column, int64_t row, int64_t width, int64_t height, void *to,
                      GDALDataType type, int step) {
    return band && GDALRasterIOEx(band, GF_Read, (int)column, (int)row, (int)width, (int)height, to, (int)width,
                                  (int)height, type, step, (GSpacing)step * width, NULL) == CE_None;
}

smap_status smap__bands_values(const smap__bands *b, int colour, int overview, int64_t column, int64_t row,
                               int64_t width, int64_t height, float *values, const char *shown, smap_error *err) {
    void *band = at_level(b->colour[colour], overview);
    if (!read_band(band, column, row, width, height, values, GDT_Float32, (int)sizeof *values))
        return fail_damaged(shown, err);
    float nodata = b->has_nodata[colour] ? (float)b->nodata[colour] : NAN;
    for (int64_t i = 0; i < width * height; i++)
        if (values[i] == nodata || !isfinite(values[i])) values[i] = NAN;
    return SMAP_OK;
}

/* A pixel without a value in any band is not there. */
static smap_status read_wide(const smap__bands *b, int overview, int64_t column, int64_t row, int64_t width,
                             int64_t height, uint8_t *rgba, const char *shown, smap_error *err) {
    int64_t n = width * height;
    float *values = smap__alloc((size_t)n * sizeof *values);
    smap_status status = values ? SMAP_OK : smap__fail_memory(err);
    for (int64_t i = 0; i < n; i++) rgba[4 * i + 3] = 0;
    for (int k = 0; k < b->count && status == SMAP_OK; k++) {
        status = smap__bands_values(b, k, overview, column, row, width, height, values, shown, err);
        double low = b->low[k], gain = 255 / (b->high[k] - low);
        for (int64_t i = 0; i < n && status == SMAP_OK; i++) {
            bool there = !isnan(values[i]);
            double v = there ? ((double)values[i] - low) * gain : 0;
            rgba[4 * i + k] = (uint8_t)(fmin(fmax(v, 0), 255) + 0.5);
            if (there) rgba[4 * i + 3] = 255;
        }
    }
    smap__free(values);
    return status;
}

static void clear_nodata(const smap__bands *b, int64_t n, uint8_t *rgba) {
    for (int k = 0; k < b->count; k++)
        if (!b->has_nodata[k]) return;
    for (int64_t i = 0; i < n; i++) {
        bool none = true;
        for (int k = 0; k < b->count; k++) none = none && rgba[4 * i + k] == b->nodata[k];
        if (none) rgba[4 * i + 3] = 0;
    }
}

static void apply_palette(const smap__bands *b, int64_t n, uint8_t *rgba) {
    for (int64_t i = 0; i < n; i++) memcpy(rgba + 4 * i, b->palette[rgba[4 * i]], 4);
}

static smap_status read_bytes(const smap__bands *b, int overview, int64_t column, int64_t row, int64_t width,
                              int64_t height, uint8_t *rgba, const char *shown, smap_error *err) {
    int64_t n = width * height;
    for (int64_t i = 0; i < n; i++) rgba[4 * i + 3] = 255;
    for (int k = 0; k < b->count; k++)
        if (!read_band(at_level(b->colour[k], overview), column, row, width, height, rgba + k, GDT_Byte, 4))
            return fail_damaged(shown, err);
    if (b->paletted)
        apply_palette(b, n, rgba);
    else
        clear_nodata(b, n, rgba);
    return SMAP_OK;
}

/* Alpha of more than 8 bits is taken as 16. */
static smap_status read_alpha(const smap__bands *b, int overview, int64_t column, int64_t row, int64_t width,
                              int64_t height, uint8_t *rgba, const char *shown, smap_error *err) {
    int64_t n = width * height;
    void *band = at_level(b->alpha ? b->alpha : b->colour[0], overview);
    if (band && !b->alpha) band = GDALGetMaskBand(band);
    uint16_t *values = smap__alloc((size_t)n * sizeof *values);
    if (!values) return smap__fail_memory(err);
    bool good = read_band(band, column, row, width, height, values, GDT_UInt16, (int)sizeof *values);
    int down = b->alpha && GDALGetRasterDataType(b->alpha) != GDT_Byte ? 8 : 0;
    for (int64_t i = 0; i < n && good; i++) {
        int alpha = values[i] >> down;
        if (alpha < rgba[4 * i + 3]) rgba[4 * i + 3] = (uint8_t)alpha;
    }
    smap__free(values);
    return good ? SMAP_OK : fail_damaged(shown, err);
}

smap_status smap__bands_read(const smap__bands *b, int overview, int64_t column, int64_t row, int64_t width,
                             int64_t height, uint8_t *rgba, const char *shown, smap_error *err) {
    smap_status status = b->wide ? read_wide(b, overview, column, row, width, height, rgba, shown, err)
                                 : read_bytes(b, overview, column, row, width, height, rgba, shown, err);
    if (status == SMAP_OK && (b->alpha || b->masked))
        status = read_alpha(b, overview, column, row, width, height, rgba, shown, err);
    for (int64_t i = 0; i < width * height && status == SMAP_OK && b->count == 1 && !b->paletted; i++)
        rgba[4 * i + 1] = rgba[4 * i + 2] = rgba[4 * i];
    return status;
}
