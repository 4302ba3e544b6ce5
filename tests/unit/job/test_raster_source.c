/* Zonal statistics from files: the same of every format and number of threads; a raster of ten thousand million cells
 * in little memory. */
#include "job/raster_source.h"

#include <gdal.h>
#include <ogr_srs_api.h>
#include <sys/resource.h>

#include "../grid/grid_help.h"
#include "../io/read_fixture.h"
#include "io/gdal_guard.h"

static void place(GDALDatasetH d, double cell) {
    double t[6] = { 1000, cell, 0, 5000, 0, -cell };
    OGRSpatialReferenceH srs = OSRNewSpatialReference(NULL);
    char *wkt = NULL;
    OSRImportFromEPSG(srs, 32634);
    OSRExportToWkt(srs, &wkt);
    assert_int_equal(GDALSetProjection(d, wkt), CE_None);
    assert_int_equal(GDALSetGeoTransform(d, t), CE_None);
    VSIFree(wkt);
    OSRDestroySpatialReference(srs);
}

static GDALDatasetH create(const char *path, int width, int height, const char *const *options) {
    assert_int_equal(smap__gdal_start(NULL),
                     SMAP_OK); /* it takes drivers away for good: the test's own come after it */
    GDALAllRegister();
    GDALDatasetH d =
        GDALCreate(GDALGetDriverByName("GTiff"), path, width, height, 1, GDT_Float32, (CSLConstList)(uintptr_t)options);
    assert_non_null(d);
    return d;
}

static smap__zonal *zonal_of_file(fixture *f, const char *path, int threads, const smap_geometry *g) {
    static const double breaks[3] = { 20, 50, 90 };
    smap__raster_source *source = NULL;
    smap__zonal *z = NULL;
    smap_ctx *ctx = context_of(threads);
    smap__zonal_options options = { .breaks = breaks, .classes = 3 };
    smap_status status = smap__raster_source_open(ctx, path, 1, &source, &f->last.error);
    if (status == SMAP_OK)
        status = smap__zonal_compute(ctx, smap__raster_source_grid(source), g, &options, &z, &f->last.error);
    if (status != SMAP_OK) fail_msg("%s", f->last.error.message);
    smap__raster_source_close(source);
    smap_ctx_free(ctx);
    return z;
}

static void formats_and_threads_do_not_matter(void **state) {
    fixture *f = *state;
    enum { SIZE = 900 };
    static const char *const tiles[] = { "TILED=YES",        "BLOCKXSIZE=128", "BLOCKYSIZE=128",
                                         "COMPRESS=DEFLATE", "PREDICTOR=3",    NULL };
    static const struct {
        const char *name, *driver;
    } copies[] = { { "a.nc", "netCDF" }, { "a.asc", "AAIGrid" }, { "strips.tif", "GTiff" } };
    float row[SIZE];
    GDALDatasetH d = create(at(f, "a.tif"), SIZE, SIZE, tiles);
    place(d, 10);
    for (int y = 0; y < SIZE; y++) {
        for (int x = 0; x < SIZE; x++) row[x] = (float)((x * 7 + y * 13) % 120) / 4 * 4;
        assert_int_equal(
            GDALRasterIO(GDALGetRasterBand(d, 1), GF_Write, 0, y, SIZE, 1, row, SIZE, 1, GDT_Float32, 0, 0), CE_None);
    }
    GDALSetRasterNoDataValue(GDALGetRasterBand(d, 1), 17);
    GDALClose(d);
    smap_geometry_builder *b = begin_features();
    for (uint64_t i = 0; i < 300; i++)
        add_star(b, i, even(1, i, 500, 10500), even(2, i, -4500, 5500), even(3, i, 5, 1500), 5 + (int)i % 300, i % 2);
    const smap_geometry *g = end_features(b);
    smap__zonal *one = zonal_of_file(f, at(f, "a.tif"), 1, g);
    for (size_t k = 0; k < sizeof copies / sizeof *copies; k++) {
        GDALDatasetH from = GDALOpen(at(f, "a.tif"), GA_ReadOnly);
        GDALClose(
            GDALCreateCopy(GDALGetDriverByName(copies[k].driver), at(f, copies[k].name), from, 0, NULL, NULL, NULL));
        GDALClose(from);
        for (int threads = 1; threads <= 4; threads += 3) {
            smap__zonal *z = zonal_of_file(f, at(f, copies[k].name), threads, g);
            assert_same_zonal(one, z, 1e-9);
            smap__zonal_free(z);
        }
    }
    smap__zonal_free(one);
    smap_geometry_free(g);
}

static void ten_thousand_million_cells(void **state) {
    fixture *f = *state;
    static const char *const sparse[] = { "TILED=YES",      "BLOCKXSIZE=512",   "BLOCKYSIZE=512",
                                          "SPARSE_OK=TRUE", "COMPRESS=DEFLATE", NULL };
    enum { SIZE = 100000, BLOCK = 512 };
    static float values[BLOCK * BLOCK];
    for (int k = 0; k < BLOCK * BLOCK; k++) values[k] = 60;
    GDALDatasetH d = create(at(f, "large.tif"), SIZE, SIZE, sparse);
    place(d, 1);
    GDALSetRasterNoDataValue(GDALGetRasterBand(d, 1), -9999);
    for (int k = 0; k < SIZE / BLOCK; k++)
        assert_int_equal(GDALRasterIO(GDALGetRasterBand(d, 1), GF_Write, k * BLOCK, k * BLOCK, BLOCK, BLOCK, values,
                                      BLOCK, BLOCK, GDT_Float32, 0, 0),
                         CE_None);
    GDALClose(d);
    smap_geometry_builder *b = begin_features();
    for (uint64_t i = 0; i < 195; i++) { /* one in each block of the diagonal, and one off it */
        double at_block = ((double)i + 0.5) * BLOCK;
        add_star(b, i, 1000 + at_block, 5000 - at_block, 100, 6, false);
        add_star(b, i, 1000 + even(1, i, 0, SIZE), 5000 - at_block - (i < 97 ? 10 : -10) * BLOCK, 100, 6, false);
    }
    add_star(b, 7, 51000, -45000, 2000, 20000, false);
    const smap_geometry *g = end_features(b);
    smap__zonal *z = zonal_of_file(f, at(f, "large.tif"), 2, g);
    for (int64_t i = 0; i < 390; i += 2)
        assert_true(z->unknown[i] == 0 && fabs(z->mean[i] - 60) < 1e-9 && fabs(z->share[4 * i + 2] - 1) < 1e-12);
    assert_true(z->unknown[390] > 0.5 && z->max[390] == 60);
    smap__zonal_free(z);
    smap_geometry_free(g);
#ifndef __SANITIZE_ADDRESS__
    struct rusage use;
    getrusage(RUSAGE_SELF, &use);
    assert_true(use.ru_maxrss < 1024 * 1024);
#endif
}

static void the_sentence_names_the_file(void **state) {
    fixture *f = *state;
    smap__raster_source *source = NULL;
    assert_int_equal(smap__raster_source_open(f->ctx, at(f, "none.tif"), 1, &source, &f->last.error), SMAP_E_NOT_FOUND);
    assert_non_null(strstr(f->last.error.message, "none.tif"));
    assert_null(source);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(formats_and_threads_do_not_matter, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(ten_thousand_million_cells, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(the_sentence_names_the_file, fixture_open, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
