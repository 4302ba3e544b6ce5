/* Pictures below a map: the rows of a view, however they are asked for; copies of it for threads; what a file says of
 * itself; memory that runs out. How they look against gdalwarp: tests/cli/test_base.py. */
#include <cpl_conv.h>
#include <gdal.h>
#include <ogr_srs_api.h>

#include "base/alloc.h"
#include "geo/crs.h"
#include "io/gdal_guard.h"
#include "io/picture.h"
#include "read_fixture.h"

enum { SIDE = 700, WIDTH = 150, HEIGHT = 90 };

static void make(const char *path, GDALDataType type, const char *credit) {
    assert_int_equal(smap__gdal_start(NULL), SMAP_OK);
    GDALAllRegister();
    double place[6] = { 500000, 10, 0, 3600000, 0, -10 }, row[SIDE];
    OGRSpatialReferenceH srs = OSRNewSpatialReference(NULL);
    char *wkt = NULL;
    GDALDatasetH d = GDALCreate(GDALGetDriverByName("GTiff"), path, SIDE, SIDE, 3, type, NULL);
    assert_non_null(d);
    OSRImportFromEPSG(srs, 32634);
    OSRExportToWkt(srs, &wkt);
    GDALSetProjection(d, wkt);
    GDALSetGeoTransform(d, place);
    if (credit) GDALSetMetadataItem(d, "TIFFTAG_COPYRIGHT", credit, NULL);
    VSIFree(wkt);
    OSRDestroySpatialReference(srs);
    for (int b = 1; b <= 3; b++)
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) row[x] = (x * 7 + y * 13 + b * 50) % 256;
            assert_int_equal(
                GDALRasterIO(GDALGetRasterBand(d, b), GF_Write, 0, y, SIDE, 1, row, SIDE, 1, GDT_Float64, 0, 0),
                CE_None);
        }
    GDALClose(d);
}

static smap_status view_of(fixture *f, const char *path, double step, smap__picture **p, smap__picture_view **v) {
    forget(f);
    smap_error *err = &f->last.error;
    smap_status status = smap__picture_open(f->ctx, path, p, err);
    if (status != SMAP_OK) return status;
    smap__picture_frame frame = { smap__picture_info_of(*p)->crs, 500100, 3599900, step, WIDTH, HEIGHT };
    return smap__picture_view_new(f->ctx, *p, &frame, v, err);
}

static void rows_together_or_one_by_one(void **state) {
    fixture *f = *state;
    static uint32_t whole[WIDTH * HEIGHT], one[WIDTH];
    static const double steps[] = { 3, 10, 17, 44 };
    make(at(f, "a.tif"), GDT_Byte, NULL);
    for (size_t k = 0; k < sizeof steps / sizeof *steps; k++) {
        smap__picture *p = NULL;
        smap__picture_view *v = NULL;
        if (view_of(f, at(f, "a.tif"), steps[k], &p, &v) != SMAP_OK) fail_msg("%s", f->last.error.message);
        assert_int_equal(smap__picture_view_read(v, 0, 0, HEIGHT, whole, NULL), SMAP_OK);
        for (int y = HEIGHT - 1; y >= 0; y--) {
            assert_int_equal(smap__picture_view_read(v, y % smap_ctx_threads(f->ctx), y, 1, one, NULL), SMAP_OK);
            assert_memory_equal(one, whole + y * WIDTH, sizeof one);
        }
        if (k == 1) { /* pixel on pixel: its very colours */
            int c = 10 + 30, r = 10 + 20;
            uint32_t at = whole[20 * WIDTH + 30];
            for (int b = 1; b <= 3; b++) assert_int_equal((at >> (24 - 8 * b)) & 255, (c * 7 + r * 13 + b * 50) % 256);
        }
        smap__picture_view_free(v);
        smap__picture_close(p);
    }
}

static void what_it_says(void **state) {
    fixture *f = *state;
    static const struct {
        const char *told, *kept;
    } credits[] = {
        { "(c) Maker", "(c) Maker" }, { " <b>A</b> &amp;\n<a href='x'>B</a> ", "A & B" }, { "a < b", "a < b" },
        { "\xff\xfe", "" },           { "SYNTHETIC: made up", "SYNTHETIC: made up" },
    };
    for (size_t k = 0; k < sizeof credits / sizeof *credits; k++) {
        smap__picture *p = NULL;
        make(at(f, "c.tif"), GDT_Byte, credits[k].told);
        if (smap__picture_open(f->ctx, at(f, "c.tif"), &p, &f->last.error) != SMAP_OK)
            fail_msg("%s", f->last.error.message);
        assert_string_equal(smap__picture_info_of(p)->attribution, credits[k].kept);
        assert_int_equal(smap__picture_info_of(p)->synthetic, k == 4);
        smap__picture_close(p);
    }
}

static void where_it_lies(void **state) {
    fixture *f = *state;
    const smap_crs *wgs84 = NULL, *utm = NULL;
    smap__picture *p = NULL;
    bool touches = false;
    double metres = 0;
    make(at(f, "a.tif"), GDT_Byte, NULL);
    assert_int_equal(smap__picture_open(f->ctx, at(f, "a.tif"), &p, NULL), SMAP_OK);
    assert_int_equal(smap_crs_new(f->ctx, "EPSG:32634", &utm, NULL), SMAP_OK);
    assert_int_equal(smap__crs_wgs84(f->ctx, &wgs84, NULL), SMAP_OK);
    static const struct {
        smap_box box;
        bool touches;
    } boxes[] = {
        { { 499000, 3599000, 501000, 3601000 }, true },  { { 502000, 3595000, 502001, 3595001 }, true },
        { { 400000, 3500000, 600000, 3700000 }, true },  { { 507001, 3595000, 508000, 3596000 }, false },
        { { 499000, 3600001, 501000, 3601000 }, false },
    };
    for (size_t k = 0; k < sizeof boxes / sizeof *boxes; k++) {
        assert_int_equal(smap__picture_touches(f->ctx, p, utm, boxes[k].box, &touches, &metres, NULL), SMAP_OK);
        assert_int_equal(touches, boxes[k].touches);
        if (touches) assert_true(fabs(metres - 10) < 1e-6);
    }
    smap_box degrees = { 21.0, 32.4, 21.1, 32.6 };
    assert_int_equal(smap__picture_touches(f->ctx, p, wgs84, degrees, &touches, NULL, NULL), SMAP_OK);
    assert_true(touches);
    smap_crs_free(utm);
    smap_crs_free(wgs84);
    smap__picture_close(p);
}

static void memory_runs_out(void **state) {
    fixture *f = *state;
    enum { ALLOCATIONS = 120 };
    static uint32_t pixels[WIDTH * HEIGHT];
    int failed = 0;
    make(at(f, "w.tif"), GDT_UInt16, "Maker");
    for (int64_t n = 1; n <= ALLOCATIONS; n++) {
        smap__picture *p = NULL;
        smap__picture_view *v = NULL;
        smap__alloc_fail_at(n, false);
        smap_status status = view_of(f, at(f, "w.tif"), 25, &p, &v);
        if (status == SMAP_OK) status = smap__picture_view_read(v, 0, 0, HEIGHT, pixels, &f->last.error);
        smap__alloc_fail_at(0, false);
        if (status != SMAP_OK && status != SMAP_E_NOMEM)
            fail_msg("allocation %lld: %s", (long long)n, f->last.error.message);
        failed += status != SMAP_OK;
        smap__picture_view_free(v);
        smap__picture_close(p);
    }
    assert_true(failed > 10 && failed < ALLOCATIONS);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(rows_together_or_one_by_one, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(what_it_says, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(where_it_lies, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(memory_runs_out, fixture_open, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
