#include "io/raster.h"

#include <math.h>
#include <string.h>

#include <gdal.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/path.h"
#include "io/budget.h"
#include "io/gdal_guard.h"
#include "io/reader.h"
#include "io/srs_text.h"

struct smap__raster {
    smap__spec spec;
    GDALDatasetH dataset;
    GDALRasterBandH band;
    smap__raster_info info;
    bool is_float; /* 32 bit: the nodata value is compared as such */
    double scale, offset;
};

/* One driver for each extension, as for vectors: content is never sniffed. */
static smap_status choose_driver(const smap__spec *spec, const char *driver[2], smap_error *err) {
    driver[1] = NULL;
    if (smap__path_has_extension(spec->shown, "tif") || smap__path_has_extension(spec->shown, "tiff"))
        driver[0] = "GTiff";
    else if (smap__path_has_extension(spec->shown, "asc"))
        driver[0] = "AAIGrid";
    else
        return smap__fail(err, SMAP_E_REFUSED, spec->shown,
                          "%s: rasters of this kind are not read; read are .tif and .asc", spec->shown);
    return SMAP_OK;
}

static smap_status open_dataset(smap__raster *r, smap_ctx *ctx, smap_error *err) {
    static const char *const tiff_option[] = { "GEOREF_SOURCES=INTERNAL,WORLDFILE", NULL };
    const char *driver[2];
    smap_status status = choose_driver(&r->spec, driver, err);
    if (status != SMAP_OK) return status;
    bool tiff = strcmp(driver[0], "GTiff") == 0;
    smap__gdal_guard guard;
    smap__gdal_guard_begin(&guard);
    r->dataset = GDALOpenEx(r->spec.path, GDAL_OF_RASTER | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR, driver,
                            tiff ? tiff_option : NULL, NULL);
    smap__gdal_guard_end(&guard);
    if (r->dataset && !guard.failures) return SMAP_OK;
    smap__gdal_guard_log(&guard, ctx, r->spec.shown);
    return smap__fail(err, SMAP_E_FORMAT, r->spec.shown,
                      "%s: cannot be opened as %s: it is damaged, or of another kind than its name says", r->spec.shown,
                      tiff ? "a GeoTIFF" : "an ASCII grid");
}

static smap_status check_size(smap__raster *r, int band, smap_error *err) {
    const char *shown = r->spec.shown;
    smap__raster_info *info = &r->info;
    info->width = GDALGetRasterXSize(r->dataset);
    info->height = GDALGetRasterYSize(r->dataset);
    info->bands = GDALGetRasterCount(r->dataset);
    if (info->width < 1 || info->height < 1 || info->bands < 1)
        return smap__fail(err, SMAP_E_FORMAT, shown, "%s: has no cells", shown);
    if (info->width > SMAP__BUDGET_PIXELS / info->height)
        return smap__fail(err, SMAP_E_LIMIT, shown,
                          "%s: has %lld x %lld cells, more than the %lld million that are read; cut it to the "
                          "area that you need",
                          shown, (long long)info->width, (long long)info->height,
                          (long long)(SMAP__BUDGET_PIXELS / 1000000));
    if (band < 1 || band > info->bands)
        return smap__fail(err, SMAP_E_NOT_FOUND, shown, "%s: has no band %d; it has %d", shown, band, info->bands);
    return SMAP_OK;
}

static smap_status check_place(smap__raster *r, smap_ctx *ctx, smap_error *err) {
    const char *shown = r->spec.shown;
    double *t = r->info.transform;
    if (GDALGetGeoTransform(r->dataset, t) != CE_None)
        return smap__fail(err, SMAP_E_CRS, shown,
                          "%s: does not say where on earth it lies (no geotransform); georeference it first", shown);
    for (int i = 0; i < 6; i++)
        if (!isfinite(t[i]))
            return smap__fail(err, SMAP_E_FORMAT, shown, "%s: its place on earth is not finite", shown);
    double cell = t[1] * t[5] - t[2] * t[4];
    if (!(fabs(cell) > 0))
        return smap__fail(err, SMAP_E_FORMAT, shown, "%s: its cells have no size (0); the file is damaged", shown);
    char *text = smap__srs_text(GDALGetSpatialRef(r->dataset));
    if (!text)
        return smap__fail(
            err, SMAP_E_CRS, shown,
            "%s: does not say in which coordinate reference system it is; assign the right one first (in QGIS: Raster, "
            "Projections, Assign projection)",
            shown);
    smap_status status = smap_crs_new(ctx, text, &r->info.crs, err);
    smap__free(text);
    return status;
}

static smap_status check_band(smap__raster *r, int number, smap_error *err) {
    int there = 0;
    r->band = GDALGetRasterBand(r->dataset, number);
    GDALDataType type = GDALGetRasterDataType(r->band);
    if (GDALDataTypeIsComplex(type))
        return smap__fail(err, SMAP_E_REFUSED, r->spec.shown, "%s: its cells are complex numbers", r->spec.shown);
    r->info.type = GDALGetDataTypeName(type);
    r->is_float = type == GDT_Float32;
    GDALGetBlockSize(r->band, &r->info.block_width, &r->info.block_height);
    r->info.nodata = GDALGetRasterNoDataValue(r->band, &there);
    r->info.has_nodata = there != 0;
    r->scale = GDALGetRasterScale(r->band, &there);
    if (!there || r->scale == 0 || !isfinite(r->scale)) r->scale = 1;
    r->offset = GDALGetRasterOffset(r->band, &there);
    if (!there || !isfinite(r->offset)) r->offset = 0;
    return SMAP_OK;
}

static smap_status check_all(smap__raster *r, smap_ctx *ctx, int band, smap_error *err) {
    smap__gdal_guard guard;
    smap_status status = SMAP_OK;
    smap__gdal_guard_begin(&guard);
    SMAP_TRY(check_size(r, band, err), done);
    SMAP_TRY(check_place(r, ctx, err), done);
    SMAP_TRY(check_band(r, band, err), done);
done:
    smap__gdal_guard_end(&guard);
    return status;
}

smap_status smap__raster_open(smap_ctx *ctx, const char *path, int band, smap__raster **out, smap_error *err) {
    smap__raster *r = smap__zalloc(1, sizeof *r);
    if (!r) return smap__fail_memory(err);
    smap_status status = SMAP_OK;
    SMAP_TRY(smap__gdal_start(err), failed);
    SMAP_TRY(smap__spec_parse(path, &r->spec, err), failed);
    SMAP_TRY(open_dataset(r, ctx, err), failed);
    SMAP_TRY(check_all(r, ctx, band, err), failed);
    *out = r;
    return SMAP_OK;
failed:
    smap__raster_close(r);
    return status;
}

void smap__raster_close(smap__raster *raster) {
    if (!raster) return;
    smap__gdal_guard guard;
    smap__gdal_guard_begin(&guard);
    if (raster->dataset) GDALClose(raster->dataset);
    smap__gdal_guard_end(&guard);
    smap_crs_free(raster->info.crs);
    smap__spec_release(&raster->spec);
    smap__free(raster);
}

const smap__raster_info *smap__raster_info_of(const smap__raster *raster) {
    return &raster->info;
}

/* Files write the nodata value of 32 bit cells with more or fewer digits than a float has. */
static bool is_nodata(const smap__raster *r, double value) {
    if (isnan(value)) return true;
    if (!r->info.has_nodata) return false;
    return r->is_float ? (float)value == (float)r->info.nodata : value == r->info.nodata;
}

smap_status smap__raster_read(smap__raster *raster, int64_t column, int64_t row, int64_t width, int64_t height,
                              double *values, smap_error *err) {
    const char *shown = raster->spec.shown;
    const smap__raster_info *info = &raster->info;
    if (column < 0 || row < 0 || width < 1 || height < 1 || column > info->width - width || row > info->height - height)
        return smap__fail(err, SMAP_E_ARGUMENT, shown, "%s: a window outside of the raster was asked for", shown);
    smap__gdal_guard guard;
    smap__gdal_guard_begin(&guard);
    CPLErr code = GDALRasterIO(raster->band, GF_Read, (int)column, (int)row, (int)width, (int)height, values,
                               (int)width, (int)height, GDT_Float64, 0, 0);
    smap__gdal_guard_end(&guard);
    if (code != CE_None || guard.failures)
        return smap__fail(err, SMAP_E_FORMAT, shown,
                          "%s: is damaged and cannot be read whole; copy or download it again", shown);
    for (int64_t i = 0; i < width * height; i++)
        values[i] = is_nodata(raster, values[i]) ? NAN : values[i] * raster->scale + raster->offset;
    return SMAP_OK;
}
