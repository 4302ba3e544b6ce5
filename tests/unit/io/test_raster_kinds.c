/* Rasters of other kinds, made with GDAL and compared with what GDAL itself reads: types, blocks, masks, NetCDF. */
#include <cpl_conv.h>
#include <gdal.h>
#include <ogr_srs_api.h>

#include "io/gdal_guard.h"
#include "io/raster.h"
#include "read_fixture.h"

enum { W = 301, H = 203 };

static GDALDatasetH make(const char *path, const char *driver, int width, int height, GDALDataType type,
                         const char *const *options) {
    assert_int_equal(smap__gdal_start(NULL),
                     SMAP_OK); /* it takes drivers away for good: the test's own come after it */
    GDALAllRegister();
    double place[6] = { 500000, 10, 0, 3600000, 0, -10 };
    OGRSpatialReferenceH srs = OSRNewSpatialReference(NULL);
    char *wkt = NULL;
    GDALDatasetH d =
        GDALCreate(GDALGetDriverByName(driver), path, width, height, 2, type, (CSLConstList)(uintptr_t)options);
    assert_non_null(d);
    OSRImportFromEPSG(srs, 32634);
    OSRExportToWkt(srs, &wkt);
    GDALSetProjection(d, wkt);
    GDALSetGeoTransform(d, place);
    VSIFree(wkt);
    OSRDestroySpatialReference(srs);
    return d;
}

static void fill(GDALDatasetH d) {
    for (int b = 1; b <= 2; b++) {
        double row[W];
        for (int y = 0; y < H; y++) {
            for (int x = 0; x < W; x++) row[x] = (x * 7 + y * 13 + b) % 120;
            assert_int_equal(GDALRasterIO(GDALGetRasterBand(d, b), GF_Write, 0, y, W, 1, row, W, 1, GDT_Float64, 0, 0),
                             CE_None);
        }
    }
}

static smap__raster *open_good(fixture *f, const char *spec, int band) {
    smap__raster *r = NULL;
    if (smap__raster_open(f->ctx, spec, band, &r, &f->last.error) != SMAP_OK) fail_msg("%s", f->last.error.message);
    return r;
}

/* Windows here and there have the values of `fill`, NaN for `nodata`. */
static void compare(smap__raster *r, int band, double nodata, double scale, double offset) {
    double *v = malloc(sizeof *v * W * H);
    assert_non_null(v);
    for (int k = 0; k < 40; k++) {
        int x = k * 37 % W, y = k * 53 % H, w = 1 + k * 29 % (W - x), h = 1 + k * 31 % (H - y);
        if (k == 0) x = y = 0, w = W, h = H;
        smap_error err = SMAP_ERROR_INIT;
        if (smap__raster_read(r, x, y, w, h, v, &err) != SMAP_OK) fail_msg("%s", err.message);
        for (int i = 0; i < w * h; i++) {
            double want = ((x + i % w) * 7 + (y + i / w) * 13 + band) % 120;
            if (want == nodata ? !isnan(v[i]) : v[i] != want * scale + offset)
                fail_msg("window %d: %g, wanted %g", k, v[i], want);
        }
    }
    free(v);
}

static void types_and_blocks(void **state) {
    fixture *f = *state;
    static const char *const tiled[] = { "TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=32", "COMPRESS=DEFLATE", NULL };
    static const char *const strips[] = { "BLOCKYSIZE=7", "INTERLEAVE=PIXEL", NULL };
    static const GDALDataType types[] = { GDT_Byte,  GDT_UInt16, GDT_Int16,   GDT_UInt32, GDT_Int32,
                                          GDT_Int64, GDT_UInt64, GDT_Float32, GDT_Float64 };
    for (size_t k = 0; k < sizeof types / sizeof *types; k++)
        for (int layout = 0; layout < 2; layout++) {
            const char *path = at(f, "a.tif");
            GDALDatasetH d = make(path, "GTiff", W, H, types[k], layout ? tiled : strips);
            fill(d);
            if (types[k] == GDT_Int64)
                GDALSetRasterNoDataValueAsInt64(GDALGetRasterBand(d, 2), 17);
            else if (types[k] == GDT_UInt64)
                GDALSetRasterNoDataValueAsUInt64(GDALGetRasterBand(d, 2), 17);
            else
                GDALSetRasterNoDataValue(GDALGetRasterBand(d, 2), 17);
            GDALClose(d);
            smap__raster *r = open_good(f, path, 2), *again = NULL;
            compare(r, 2, 17, 1, 0);
            assert_int_equal(smap__raster_copy(f->ctx, r, &again, NULL), SMAP_OK);
            compare(again, 2, 17, 1, 0);
            assert_true(smap_crs_equal(smap__raster_info_of(again)->crs, smap__raster_info_of(r)->crs));
            smap__raster_close(again);
            smap__raster_close(r);
        }
}

/* The kind that has a reader of its own, in tiles and in strips, of which the last is shorter. */
static void floats_with_predictor(void **state) {
    fixture *f = *state;
    static const char *const tiled[] = { "TILED=YES",        "BLOCKXSIZE=64", "BLOCKYSIZE=32",
                                         "COMPRESS=DEFLATE", "PREDICTOR=3",   NULL };
    static const char *const strips[] = { "BLOCKYSIZE=7", "INTERLEAVE=BAND", "COMPRESS=DEFLATE", "PREDICTOR=3", NULL };
    static const char *const pixels[] = { "INTERLEAVE=PIXEL", "COMPRESS=DEFLATE", "PREDICTOR=3", NULL };
    static const char *const bands[] = { "TILED=YES", "COMPRESS=DEFLATE", "PREDICTOR=3", "INTERLEAVE=BAND", NULL };
    static const char *const *const options[] = { tiled, strips, pixels, bands };
    for (size_t k = 0; k < sizeof options / sizeof *options; k++) {
        GDALDatasetH d = make(at(f, "p.tif"), "GTiff", W, H, GDT_Float32, options[k]);
        fill(d);
        GDALSetRasterNoDataValue(GDALGetRasterBand(d, 2), 17);
        GDALClose(d);
        smap__raster *r = open_good(f, at(f, "p.tif"), 2);
        compare(r, 2, 17, 1, 0);
        smap__raster_close(r);
    }
}

/* The same kind cut short or with bytes turned: an error or values, never a crash. */
static void floats_that_are_damaged(void **state) {
    fixture *f = *state;
    static const char *const options[] = {
        "TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=32", "COMPRESS=DEFLATE", "PREDICTOR=3", "INTERLEAVE=BAND", NULL
    };
    static unsigned char bytes[1 << 20];
    double *v = malloc(sizeof *v * W * H);
    GDALDatasetH d = make(at(f, "p.tif"), "GTiff", W, H, GDT_Float32, options);
    fill(d);
    GDALClose(d);
    FILE *in = fopen(at(f, "p.tif"), "rb");
    assert_true(v && in);
    size_t len = fread(bytes, 1, sizeof bytes, in);
    fclose(in);
    assert_true(len > 1000 && len < sizeof bytes);
    for (size_t k = 0; k < 60; k++) {
        static unsigned char bad[sizeof bytes];
        smap__raster *r = NULL;
        memcpy(bad, bytes, len);
        for (size_t turn = 0; turn < 5; turn++) bad[(k * 7919 + turn * 104729) % len] ^= (unsigned char)(1 + k + turn);
        put_bytes(f, "bad.tif", bad, k % 3 == 0 ? len * (k + 1) / 61 : len);
        if (smap__raster_open(f->ctx, at(f, "bad.tif"), 1, &r, &f->last.error) != SMAP_OK) continue;
        if (smap__raster_info_of(r)->width == W && smap__raster_info_of(r)->height == H)
            smap__raster_read(r, 0, 0, W, H, v, &f->last.error);
        smap__raster_close(r);
    }
    free(v);
}

static void scale_and_offset(void **state) {
    fixture *f = *state;
    GDALDatasetH d = make(at(f, "s.tif"), "GTiff", W, H, GDT_Int16, NULL);
    fill(d);
    GDALSetRasterScale(GDALGetRasterBand(d, 1), 0.5);
    GDALSetRasterOffset(GDALGetRasterBand(d, 1), -3);
    GDALClose(d);
    smap__raster *r = open_good(f, at(f, "s.tif"), 1);
    compare(r, 1, NAN, 0.5, -3);
    smap__raster_close(r);
}

/* Cells that a mask in the file leaves out have no value. */
static void mask_in_the_file(void **state) {
    fixture *f = *state;
    unsigned char mask[W];
    double v[4];
    CPLSetThreadLocalConfigOption("GDAL_TIFF_INTERNAL_MASK", "YES");
    GDALDatasetH d = make(at(f, "m.tif"), "GTiff", W, H, GDT_Float32, NULL);
    fill(d);
    assert_int_equal(GDALCreateDatasetMaskBand(d, GMF_PER_DATASET), CE_None);
    for (int x = 0; x < W; x++) mask[x] = x % 2 ? 0 : 255;
    for (int y = 0; y < H; y++)
        assert_int_equal(
            GDALRasterIO(GDALGetMaskBand(GDALGetRasterBand(d, 1)), GF_Write, 0, y, W, 1, mask, W, 1, GDT_Byte, 0, 0),
            CE_None);
    GDALClose(d);
    CPLSetThreadLocalConfigOption("GDAL_TIFF_INTERNAL_MASK", NULL);
    smap__raster *r = open_good(f, at(f, "m.tif"), 1);
    assert_int_equal(smap__raster_read(r, 10, 5, 2, 2, v, NULL), SMAP_OK);
    assert_true(v[0] == (10 * 7 + 5 * 13 + 1) % 120 && isnan(v[1]) && !isnan(v[2]) && isnan(v[3]));
    smap__raster_close(r);
}

/* ---- NetCDF ---- */

static void copy_netcdf(fixture *f, const char *name, int bands) {
    GDALDatasetH d = make(at(f, "n.tif"), "GTiff", W, H, GDT_Float32, NULL);
    fill(d);
    for (int b = 1; b <= 2; b++) GDALSetRasterNoDataValue(GDALGetRasterBand(d, b), 17);
    GDALClose(d);
    GDALDatasetH source = GDALOpen(at(f, "n.tif"), GA_ReadOnly);
    if (bands == 2) {
        GDALClose(GDALCreateCopy(GDALGetDriverByName("netCDF"), at(f, name), source, FALSE, NULL, NULL, NULL));
    } else {
        GDALDatasetH one = GDALCreate(GDALGetDriverByName("MEM"), "", W, H, 1, GDT_Float32, NULL);
        double place[6], row[W];
        GDALGetGeoTransform(source, place);
        GDALSetGeoTransform(one, place);
        GDALSetProjection(one, GDALGetProjectionRef(source));
        GDALSetRasterNoDataValue(GDALGetRasterBand(one, 1), 17);
        for (int y = 0; y < H; y++) {
            assert_int_equal(
                GDALRasterIO(GDALGetRasterBand(source, 1), GF_Read, 0, y, W, 1, row, W, 1, GDT_Float64, 0, 0), CE_None);
            assert_int_equal(
                GDALRasterIO(GDALGetRasterBand(one, 1), GF_Write, 0, y, W, 1, row, W, 1, GDT_Float64, 0, 0), CE_None);
        }
        GDALClose(GDALCreateCopy(GDALGetDriverByName("netCDF"), at(f, name), one, FALSE, NULL, NULL, NULL));
        GDALClose(one);
    }
    GDALClose(source);
}

static void netcdf_of_one_variable(void **state) {
    fixture *f = *state;
    char spec[300];
    copy_netcdf(f, "one.nc", 1);
    smap__raster *r = open_good(f, at(f, "one.nc"), 1);
    compare(r, 1, 17, 1, 0);
    assert_true(smap__raster_info_of(r)->transform[5] == -10 && smap__raster_info_of(r)->transform[3] == 3600000);
    assert_int_equal(smap_crs_code(smap__raster_info_of(r)->crs), 32634);
    smap__raster_close(r);
    snprintf(spec, sizeof spec, "%s|layername=Band1", at(f, "one.nc"));
    smap__raster_close(open_good(f, spec, 1));
    snprintf(spec, sizeof spec, "%s|layername=depth", at(f, "one.nc"));
    assert_int_equal(smap__raster_open(f->ctx, spec, 1, &r, &f->last.error), SMAP_E_NOT_FOUND);
    assert_non_null(strstr(f->last.error.message, "no variable \"depth\""));
}

static void netcdf_of_several_variables(void **state) {
    fixture *f = *state;
    char spec[300];
    smap__raster *r = NULL, *again = NULL;
    copy_netcdf(f, "two.nc", 2);
    assert_int_equal(smap__raster_open(f->ctx, at(f, "two.nc"), 1, &r, &f->last.error), SMAP_E_ARGUMENT);
    assert_non_null(strstr(f->last.error.message, "Band1, Band2; name one"));
    snprintf(spec, sizeof spec, "%s|layername=Band2", at(f, "two.nc"));
    r = open_good(f, spec, 1);
    compare(r, 2, 17, 1, 0);
    assert_int_equal(smap__raster_copy(f->ctx, r, &again, NULL), SMAP_OK);
    compare(again, 2, 17, 1, 0);
    smap__raster_close(again);
    smap__raster_close(r);
    snprintf(spec, sizeof spec, "%s|layername=Band3", at(f, "two.nc"));
    assert_int_equal(smap__raster_open(f->ctx, spec, 1, &r, &f->last.error), SMAP_E_NOT_FOUND);
    assert_non_null(strstr(f->last.error.message, "it has: Band1, Band2"));
}

static void what_is_no_netcdf_is_refused(void **state) {
    fixture *f = *state;
    static const char *const text[] = { "hello", "CDF\001\377\377\377\377\377\377\377\377",
                                        "\211HDF\r\n\032\n cut short",
                                        "<VRTDataset rasterXSize=\"1\" rasterYSize=\"1\"/>" };
    for (size_t k = 0; k < sizeof text / sizeof *text; k++) {
        smap__raster *r = NULL;
        put(f, "bad.nc", text[k]);
        assert_int_equal(smap__raster_open(f->ctx, at(f, "bad.nc"), 1, &r, &f->last.error), SMAP_E_FORMAT);
        assert_non_null(strstr(f->last.error.message, "cannot be opened as a NetCDF file"));
    }
    put(f, "a.tif", "x");
    char spec[300];
    smap__raster *r = NULL;
    snprintf(spec, sizeof spec, "%s|layername=x", at(f, "a.tif"));
    assert_int_equal(smap__raster_open(f->ctx, spec, 1, &r, &f->last.error), SMAP_E_ARGUMENT);
}

/* ---- size ---- */

/* Ten thousand million cells of which few are stored: only what is asked for is read. */
static void large_and_sparse(void **state) {
    fixture *f = *state;
    static const char *const options[] = { "TILED=YES",      "BLOCKXSIZE=512",   "BLOCKYSIZE=512",
                                           "SPARSE_OK=TRUE", "COMPRESS=DEFLATE", NULL };
    GDALDatasetH d = make(at(f, "large.tif"), "GTiff", 100000, 100000, GDT_Float32, options);
    float three = 3;
    assert_int_equal(
        GDALRasterIO(GDALGetRasterBand(d, 1), GF_Write, 77777, 55555, 1, 1, &three, 1, 1, GDT_Float32, 0, 0), CE_None);
    GDALClose(d);
    double v[4];
    smap__raster *r = open_good(f, at(f, "large.tif"), 1);
    assert_int_equal(smap__raster_read(r, 77777, 55555, 2, 2, v, NULL), SMAP_OK);
    assert_true(v[0] == 3 && v[1] == 0 && v[2] == 0 && v[3] == 0);
    smap__raster_close(r);
}

static void blocks_over_the_budget_are_refused(void **state) {
    fixture *f = *state;
    static const char *const options[] = { "TILED=YES",      "BLOCKXSIZE=8192",  "BLOCKYSIZE=8192",
                                           "SPARSE_OK=TRUE", "COMPRESS=DEFLATE", NULL };
    smap__raster *r = NULL;
    GDALClose(make(at(f, "strip.tif"), "GTiff", 20000, 20000, GDT_Byte, options));
    assert_int_equal(smap__raster_open(f->ctx, at(f, "strip.tif"), 1, &r, &f->last.error), SMAP_E_LIMIT);
    assert_non_null(strstr(f->last.error.message, "blocks of 8192 x 8192"));
    assert_non_null(strstr(f->last.error.message, "TILED=YES"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(types_and_blocks, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(floats_with_predictor, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(floats_that_are_damaged, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(scale_and_offset, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(mask_in_the_file, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(netcdf_of_one_variable, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(netcdf_of_several_variables, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(what_is_no_netcdf_is_refused, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(large_and_sparse, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(blocks_over_the_budget_are_refused, fixture_open, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
