/* ASCII grids made here: place, nodata, windows, what is refused. (GeoTIFFs: the shared corpus and data.) */
#include "io/raster.h"

#include "read_fixture.h"

static const char wgs84[] = "GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563]],"
                            "PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433]]";

#define HEAD(cell) "ncols 3\nnrows 2\nxllcorner 13\nyllcorner 32\ncellsize " cell "\nNODATA_value -9999\n"

static smap_status open_grid(fixture *f, const char *name, int band, smap__raster **out) {
    forget(f);
    return smap__raster_open(f->ctx, at(f, name), band, out, &f->last.error);
}

static void values_and_place(void **state) {
    fixture *f = *state;
    smap__raster *r = NULL;
    double v[6], one;
    put(f, "a.asc", HEAD("0.5") "1 2.5 -9999\n4 nan 6\n");
    put(f, "a.prj", wgs84);
    if (open_grid(f, "a.asc", 1, &r) != SMAP_OK) fail_msg("%s", f->last.error.message);
    const smap__raster_info *info = smap__raster_info_of(r);
    assert_int_equal(info->width, 3);
    assert_int_equal(info->height, 2);
    assert_true(info->transform[0] == 13 && info->transform[1] == 0.5 && info->transform[3] == 33 &&
                info->transform[5] == -0.5);
    assert_true(info->has_nodata && info->nodata == -9999);
    assert_true(smap_crs_is_geographic(info->crs));
    assert_int_equal(smap__raster_read(r, 0, 0, 3, 2, v, &f->last.error), SMAP_OK);
    assert_true(v[0] == 1 && v[1] == 2.5 && isnan(v[2]) && v[3] == 4 && isnan(v[4]) && v[5] == 6);
    assert_int_equal(smap__raster_read(r, 2, 1, 1, 1, &one, &f->last.error), SMAP_OK);
    assert_true(one == 6);
    assert_int_equal(smap__raster_read(r, 2, 1, 2, 1, v, &f->last.error), SMAP_E_ARGUMENT);
    assert_int_equal(smap__raster_read(r, -1, 0, 1, 1, v, &f->last.error), SMAP_E_ARGUMENT);
    smap__raster_close(r);
    assert_int_equal(open_grid(f, "a.asc", 2, &r), SMAP_E_NOT_FOUND);
    assert_non_null(strstr(f->last.error.message, "no band 2"));
}

static void refused(void **state) {
    fixture *f = *state;
    static const struct {
        const char *name, *text;
        smap_status status;
        const char *word;
    } bad[] = {
        { "nocrs.asc", HEAD("0.5") "1 2 3\n4 5 6\n", SMAP_E_CRS, "coordinate reference system" },
        { "zero.asc", HEAD("0") "1 2 3\n4 5 6\n", SMAP_E_FORMAT, "" },
        { "text.asc", "hello\n", SMAP_E_FORMAT, "cannot be opened" },
        { "vrt.tif", "<VRTDataset rasterXSize=\"1\" rasterYSize=\"1\"/>", SMAP_E_FORMAT,
          "cannot be opened as a GeoTIFF" },
        { "image.png", "x", SMAP_E_REFUSED, "read are .tif, .asc and .nc" },
        { "empty.tif", "", SMAP_E_FORMAT, "empty file" },
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        smap__raster *r = NULL;
        put(f, bad[i].name, bad[i].text);
        if (i == 1) put(f, "zero.prj", wgs84);
        smap_status status = open_grid(f, bad[i].name, 1, &r);
        if (status != bad[i].status || !strstr(f->last.error.message, bad[i].word))
            fail_msg("%s: %s: %s", bad[i].name, smap_status_name(status), f->last.error.message);
    }
}

static void cut_short(void **state) {
    fixture *f = *state;
    smap__raster *r = NULL;
    double v[6];
    put(f, "a.asc", HEAD("0.5") "1 2 3\n");
    put(f, "a.prj", wgs84);
    smap_status status = open_grid(f, "a.asc", 1, &r);
    if (status == SMAP_OK) status = smap__raster_read(r, 0, 0, 3, 2, v, &f->last.error);
    assert_int_equal(status, SMAP_E_FORMAT);
    smap__raster_close(r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(values_and_place, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(refused, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(cut_short, fixture_open, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
