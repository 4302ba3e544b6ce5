#include "io/dataset.h"

#include <math.h>

#include <gdal.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "io/gdal_guard.h"
#include "io/srs_text.h"

const char *const smap__dataset_tiff_options[] = { "GEOREF_SOURCES=INTERNAL,WORLDFILE", NULL };

smap_status smap__dataset_open(smap_ctx *ctx, const char *name, const char *shown, const char *driver,
                               const char *called, const char *const *options, void **out, smap_error *err) {
    const char *drivers[2] = { driver, NULL };
    smap__gdal_guard guard;
    smap__gdal_guard_begin(&guard);
    GDALDatasetH dataset =
        GDALOpenEx(name, GDAL_OF_RASTER | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR, drivers, options, NULL);
    if (dataset && guard.failures) {
        GDALClose(dataset);
        dataset = NULL;
    }
    smap__gdal_guard_end(&guard);
    *out = dataset;
    if (dataset) return SMAP_OK;
    smap__gdal_guard_log(&guard, ctx, shown);
    return smap__fail(err, SMAP_E_FORMAT, shown,
                      "%s: cannot be opened as %s: it is damaged, or of another kind than its name says", shown,
                      called);
}

void smap__dataset_close(void *dataset) {
    smap__gdal_guard guard;
    if (!dataset) return;
    smap__gdal_guard_begin(&guard);
    GDALClose(dataset);
    smap__gdal_guard_end(&guard);
}

smap_status smap__dataset_place(smap_ctx *ctx, void *dataset, const char *shown, double transform[6],
                                const smap_crs **crs, smap_error *err) {
    double *t = transform;
    if (GDALGetGeoTransform(dataset, t) != CE_None)
        return smap__fail(err, SMAP_E_CRS, shown,
                          "%s: does not say where on earth it lies (no geotransform); georeference it first", shown);
    for (int i = 0; i < 6; i++)
        if (!isfinite(t[i]))
            return smap__fail(err, SMAP_E_FORMAT, shown, "%s: its place on earth is not finite", shown);
    double cell = t[1] * t[5] - t[2] * t[4];
    if (!(fabs(cell) > 0))
        return smap__fail(err, SMAP_E_FORMAT, shown, "%s: its cells have no size (0); the file is damaged", shown);
    char *text = NULL;
    smap_status status = smap__srs_text(GDALGetSpatialRef(dataset), &text, err);
    if (status != SMAP_OK) return status;
    if (!text)
        return smap__fail(
            err, SMAP_E_CRS, shown,
            "%s: does not say in which coordinate reference system it is; assign the right one first (in QGIS: Raster, "
            "Projections, Assign projection)",
            shown);
    status = smap_crs_new(ctx, text, crs, err);
    smap__free(text);
    return status;
}
