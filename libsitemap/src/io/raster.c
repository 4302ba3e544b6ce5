#include "io/raster.h"

#include <math.h>
#include <string.h>

#include <gdal.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/path.h"
#include "base/str.h"
#include "io/budget.h"
#include "io/dataset.h"
#include "io/gdal_guard.h"
#include "io/raster_part.h"

/* A cell of a text grid takes a digit and a blank. */
static bool too_short(const smap__raster *r) {
    return smap__path_has_extension(r->spec.shown, "asc") && r->info.width * r->info.height > r->spec.size / 2 + 1;
}

static smap_status check_size(smap__raster *r, smap_error *err) {
    const char *shown = r->spec.shown;
    smap__raster_info *info = &r->info;
    info->width = GDALGetRasterXSize(r->dataset);
    info->height = GDALGetRasterYSize(r->dataset);
    info->bands = GDALGetRasterCount(r->dataset);
    long long width = info->width, height = info->height;
    if (info->width < 1 || info->height < 1 || info->bands < 1)
        return smap__fail(err, SMAP_E_FORMAT, shown, "%s: has no cells", shown);
    if (info->width > SMAP__BUDGET_CELLS / info->height)
        return smap__fail(err, SMAP_E_LIMIT, shown,
                          "%s: has %lld x %lld cells, more than the %lld million that are read; cut it to the "
                          "area that you need",
                          shown, width, height, (long long)(SMAP__BUDGET_CELLS / 1000000));
    if (too_short(r))
        return smap__fail(
            err, SMAP_E_FORMAT, shown,
            "%s: says that it has %lld x %lld cells, but is too short for them; copy or download it again", shown,
            width, height);
    if (r->number < 1 || r->number > info->bands)
        return smap__fail(err, SMAP_E_NOT_FOUND, shown, "%s: has no band %d; it has %d", shown, r->number, info->bands);
    return SMAP_OK;
}

static void find_nodata(smap__raster *r) {
    int there = 0;
    if (r->type == GDT_Int64)
        r->info.nodata = (double)GDALGetRasterNoDataValueAsInt64(r->band, &there);
    else if (r->type == GDT_UInt64)
        r->info.nodata = (double)GDALGetRasterNoDataValueAsUInt64(r->band, &there);
    else
        r->info.nodata = GDALGetRasterNoDataValue(r->band, &there);
    r->info.has_nodata = there != 0;
}

static smap_status check_band(smap__raster *r, smap_error *err) {
    const char *shown = r->spec.shown;
    int there = 0;
    r->band = GDALGetRasterBand(r->dataset, r->number);
    r->type = GDALGetRasterDataType(r->band);
    if (GDALDataTypeIsComplex((GDALDataType)r->type))
        return smap__fail(err, SMAP_E_REFUSED, shown, "%s: its cells are complex numbers", shown);
    r->info.type = GDALGetDataTypeName((GDALDataType)r->type);
    GDALGetBlockSize(r->band, &r->info.block_width, &r->info.block_height);
    if (r->info.block_width < 1 || r->info.block_height < 1)
        return smap__fail(err, SMAP_E_FORMAT, shown, "%s: its blocks have no cells; the file is damaged", shown);
    if ((int64_t)r->info.block_width * r->info.block_height > SMAP__BUDGET_BLOCK_CELLS)
        return smap__fail(err, SMAP_E_LIMIT, shown,
                          "%s: its cells lie in blocks of %d x %d, more than the %lld million cells that are read at "
                          "once; store it in tiles first (gdal_translate -co TILED=YES)",
                          shown, r->info.block_width, r->info.block_height,
                          (long long)(SMAP__BUDGET_BLOCK_CELLS / 1000000));
    find_nodata(r);
    r->floats = smap__raster_float_fits(r);
    r->masked = GDALGetMaskFlags(r->band) == GMF_PER_DATASET;
    r->scale = GDALGetRasterScale(r->band, &there);
    if (!there || r->scale == 0 || !isfinite(r->scale)) r->scale = 1;
    r->offset = GDALGetRasterOffset(r->band, &there);
    if (!there || !isfinite(r->offset)) r->offset = 0;
    return SMAP_OK;
}

static smap_status find_source(smap__raster *r, smap_error *err) {
    const char *told = GDALGetMetadataItem(r->dataset, "SOURCE", NULL);
    bool is_text = told && smap__utf8_valid(told, strlen(told));
    r->source = smap__strdup(is_text ? told : "");
    r->info.source = r->source;
    return r->source ? SMAP_OK : smap__fail_memory(err);
}

static smap_status check_all(smap__raster *r, smap_ctx *ctx, smap_error *err) {
    smap__gdal_guard guard;
    smap_status status = SMAP_OK;
    smap__gdal_guard_begin(&guard);
    SMAP_TRY(check_size(r, err), done);
    SMAP_TRY(smap__dataset_place(ctx, r->dataset, r->spec.shown, r->info.transform, &r->info.crs, err), done);
    SMAP_TRY(check_band(r, err), done);
    SMAP_TRY(find_source(r, err), done);
done:
    smap__gdal_guard_end(&guard);
    return status;
}

smap_status smap__raster_open(smap_ctx *ctx, const char *spec, int band, smap__raster **out, smap_error *err) {
    smap__raster *r = smap__zalloc(1, sizeof *r);
    if (!r) return smap__fail_memory(err);
    smap_status status = SMAP_OK;
    r->number = band;
    r->block_at = -1;
    SMAP_TRY(smap__gdal_start(err), failed);
    SMAP_TRY(smap__spec_parse(spec, &r->spec, err), failed);
    SMAP_TRY(smap__raster_open_dataset(r, ctx, err), failed);
    SMAP_TRY(check_all(r, ctx, err), failed);
    *out = r;
    return SMAP_OK;
failed:
    smap__raster_close(r);
    return status;
}

static bool copy_names(const smap__raster *from, smap__raster *to) {
    to->spec = (smap__spec){ .shown = smap__strdup(from->spec.shown),
                             .path = smap__strdup(from->spec.path),
                             .size = from->spec.size };
    if (from->variable) to->variable = smap__strdup(from->variable);
    return to->spec.shown && to->spec.path && (to->variable || !from->variable);
}

smap_status smap__raster_copy(smap_ctx *ctx, const smap__raster *raster, smap__raster **out, smap_error *err) {
    smap__raster *r = smap__zalloc(1, sizeof *r);
    if (!r) return smap__fail_memory(err);
    smap_status status = copy_names(raster, r) ? SMAP_OK : smap__fail_memory(err);
    r->number = raster->number;
    r->block_at = -1;
    if (status == SMAP_OK) status = smap__raster_open_dataset(r, ctx, err);
    if (status == SMAP_OK) {
        smap__gdal_guard guard;
        smap__gdal_guard_begin(&guard);
        SMAP_TRY(check_size(r, err), checked);
        SMAP_TRY(check_band(r, err), checked);
        SMAP_TRY(find_source(r, err), checked);
    checked:
        smap__gdal_guard_end(&guard);
    }
    if (status == SMAP_OK && (r->info.width != raster->info.width || r->info.height != raster->info.height))
        status = smap__fail(err, SMAP_E_IO, raster->spec.shown, "%s: changed while it was read", raster->spec.shown);
    if (status != SMAP_OK) {
        smap__raster_close(r);
        return status;
    }
    memcpy(r->info.transform, raster->info.transform, sizeof r->info.transform);
    r->info.crs = smap_crs_retain(raster->info.crs);
    *out = r;
    return SMAP_OK;
}

void smap__raster_close(smap__raster *raster) {
    if (!raster) return;
    smap__gdal_guard guard;
    smap__dataset_close(raster->dataset);
    smap__gdal_guard_begin(&guard);
    smap__raster_float_release(raster);
    smap__gdal_guard_end(&guard);
    smap_crs_free(raster->info.crs);
    smap__spec_release(&raster->spec);
    smap__free(raster->variable);
    smap__free(raster->source);
    smap__free(raster->block);
    smap__free(raster->mask);
    smap__free(raster);
}

const smap__raster_info *smap__raster_info_of(const smap__raster *raster) {
    return &raster->info;
}
