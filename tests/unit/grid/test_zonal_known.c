/* Figures that others publish: the tests of exactextract (test_raster_cell_intersection.cpp), snail
 * (test_intersection.py) and rasterstats (test_zonal.py, test_point.py), whose data is in ../shared/data/zonal. */
#include <stdio.h>
#include <unistd.h>

#include "../geo/from_ogr.h"
#include "grid_help.h"
#include "io/gdal_guard.h"
#include "job/raster_source.h"

static int64_t wide;

static double number(int64_t column, int64_t row) {
    return (double)(row * wide + column);
}

/* A grid of unit cells from (x0, y1) down; what is covered of each, or the length in it. */
static void unit_cells(int width, int height, double x0, double y1, bool up, const char *wkt, double *out) {
    double breaks[200];
    made_grid grid;
    smap_ctx *ctx = context_of(1);
    int cells = width * height;
    wide = width;
    make_grid(&grid, width, height, width, height, number);
    memcpy(grid.source.transform, (double[]){ x0, 1, 0, y1, 0, up ? 1 : -1 }, sizeof grid.source.transform);
    for (int k = 0; k < cells; k++) breaks[k] = k + 1;
    const smap_geometry *g = from_wkt(NULL, &wkt, 1);
    smap__zonal *z = zonal_of(ctx, &grid, g, &(smap__zonal_options){ .breaks = breaks, .classes = cells - 1 });
    for (int k = 0; k < cells; k++) out[k] = z->share[k] * z->weight[0];
    smap__zonal_free(z);
    smap_geometry_free(g);
    smap_ctx_free(ctx);
}

static void coverage_of_exactextract(void **state) {
    (void)state;
    static const struct {
        int width, height;
        double y1;
        const char *wkt;
        double want[20];
    } known[] = {
        { 3,
          3,
          3,
          "POLYGON ((0.5 0.5, 2.5 0.5, 2.5 2.5, 0.5 2.5, 0.5 0.5))",
          { .25, .5, .25, .5, 1, .5, .25, .5, .25 } },
        { 3, 3, 3, "POLYGON ((1.5 0.5, 2.5 1.5, 1.5 2.5, 0.5 1.5, 1.5 0.5))", { 0, .25, 0, .25, 1, .25, 0, .25, 0 } },
        { 2, 2, 2, "POLYGON ((1 1.5, 1.5 1.5, 1.5 0.5, 0.5 0.5, 0.5 1.5, 1 1.5))", { .25, .25, .25, .25 } },
        { 2, 3, 2, "POLYGON ((0.5 1.5, 0.5 0.5, 0.5 0, 1.5 0.5, 1.5 1.5, 0.5 1.5))", { .25, .25, .4375, .3125, 0, 0 } },
        { 3, 3, 3, "POLYGON ((0.5 0.5, 2 0.5, 2 1.5, 2 2.5, 0.5 2.5, 0.5 0.5))", { .25, .5, 0, .5, 1, 0, .25, .5, 0 } },
        { 4,
          3,
          3,
          "POLYGON ((3 0.5, 3 2.5, 0.5 2.5, 0.5 0.5, 3 0.5))",
          { .25, .5, .5, 0, .5, 1, 1, 0, .25, .5, .5, 0 } },
        { 4,
          3,
          3,
          "POLYGON ((0.5 2.5, 0.5 0.5, 3 0.5, 3 2.5, 0.5 2.5))",
          { .25, .5, .5, 0, .5, 1, 1, 0, .25, .5, .5, 0 } },
        { 3, 3, 3, "POLYGON ((3 2.5, 3 0.5, 0.5 0.5, 0.5 2.5, 3 2.5))", { .25, .5, .5, .5, 1, 1, .25, .5, .5 } },
        { 3,
          4,
          4,
          "POLYGON ((0.5 1, 2.5 1, 2.5 3.5, 0.5 3.5, 0.5 1))",
          { .25, .5, .25, .5, 1, .5, .5, 1, .5, 0, 0, 0 } },
        { 3,
          4,
          4,
          "POLYGON ((2.5 3, 0.5 3, 0.5 3.5, 0.25 3.5, 0.25 0.5, 2.5 0.5, 2.5 3))",
          { .125, 0, 0, .75, 1, .5, .75, 1, .5, .375, .5, .25 } },
        { 3,
          5,
          5,
          "POLYGON ((0.5 0.2, 2.2 0.2, 2.2 0.4, 0.7 0.4, 0.7 2.2, 2.2 2.2, 2.2 0.6, 2.4 0.6, 2.4 4.8, 0.5 4.8, "
          "0.5 0.2))",
          { .4, .8, .32, .5, 1, .4, .44, .8, .36, .2, 0, .2, .22, .2, .12 } },
    };
    for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
        double got[20];
        unit_cells(known[k].width, known[k].height, 0, known[k].y1, false, known[k].wkt, got);
        for (int c = 0; c < known[k].width * known[k].height; c++)
            if (fabs(got[c] - known[k].want[c]) > 1e-12)
                fail_msg("%s: cell %d is %.15g, not %g", known[k].wkt, c, got[c], known[k].want[c]);
    }
}

static void pieces_of_snail(void **state) {
    (void)state;
    static const struct {
        const char *wkt;
        double want[16]; /* [row][column], rows upwards */
    } known[] = {
        { "LINESTRING (0.5 0.5, 0.75 0.5, 1.5 0.5, 1.5 1.5)", { [0] = .5, [1] = 1, [5] = .5 } },
        { "LINESTRING (0.5 0.5, 0.75 0.5, 1.5 1.5)", { [0] = .25 + 1.25 / 3, [1] = .625 / 3, [5] = .625 } },
        { "POLYGON ((1.5 0.25, 2.5 1.5, 2.5 3.5, 1.5 2.25, 0.5 3.5, 0.5 1.5, 1.5 0.25))",
          { .00625, .4375, .00625, 0, .4, 1, .4, 0, .49375, .5625, .49375, 0, .1, 0, .1, 0 } },
    };
    for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
        double got[16];
        unit_cells(4, 4, 0, 0, true, known[k].wkt, got);
        for (int c = 0; c < 16; c++)
            if (fabs(got[c] - known[k].want[c]) > 1e-12)
                fail_msg("%s: cell %d is %.15g, not %g", known[k].wkt, c, got[c], known[k].want[c]);
    }
}

/* ---- rasterstats ---- */

#define ZONAL SMAP_SHARED_DIR "/data/zonal/"

static smap__zonal *of_files(const char *shapes, const char *raster, const smap__zonal_options *options) {
    char path[2][300];
    smap_ctx *ctx = context_of(2);
    smap__raster_source *source = NULL;
    smap__zonal *z = NULL;
    smap_error err = SMAP_ERROR_INIT;
    snprintf(path[0], sizeof path[0], ZONAL "%s", shapes);
    snprintf(path[1], sizeof path[1], ZONAL "%s", raster);
    const smap_geometry *g = strchr(shapes, '(') ? from_wkt(NULL, &shapes, 1) : from_file(NULL, path[0], NULL);
    assert_non_null(g);
    smap_status status = smap__raster_source_open(ctx, path[1], 1, &source, &err);
    if (status == SMAP_OK) status = smap__zonal_compute(ctx, smap__raster_source_grid(source), g, options, &z, &err);
    if (status != SMAP_OK) fail_msg("%s", err.message);
    smap__raster_source_close(source);
    smap_geometry_free(g);
    smap_ctx_free(ctx);
    return z;
}

static double known_cells(const smap__zonal *z, int64_t i) {
    return round(z->weight[i] * (1 - z->unknown[i]));
}

static void counts_of_rasterstats(void **state) {
    (void)state;
    const smap__zonal_options centre = { .rule = SMAP__CELL_CENTRE };
    smap__zonal *z = of_files("polygons.shp", "slope.tif", &centre);
    assert_true(known_cells(z, 0) == 75 && known_cells(z, 1) == 50);
    assert_true(fabs(z->mean[0] - 14.66) < 0.005);
    smap__zonal_free(z);
    z = of_files("multipolygons.shp", "slope.tif", &centre);
    assert_true(known_cells(z, 0) == 125);
    smap__zonal_free(z);
    z = of_files("polygons.shp", "slope_nodata.tif", &centre);
    assert_true(known_cells(z, 0) == 39 && known_cells(z, 1) == 31);
    assert_true(z->weight[0] == 75 && z->weight[1] == 50 && z->min[0] >= 0);
    smap__zonal_free(z);
    z = of_files("polygons.shp", "all_nodata.tif", &centre);
    assert_true(z->weight[0] == 75 && z->unknown[0] == 1 && z->weight[1] == 50 && z->unknown[1] == 1);
    smap__zonal_free(z);
    z = of_files("polygons.shp", "dataset_mask.tif", &centre);
    assert_true(known_cells(z, 0) == 75 && known_cells(z, 1) == 0);
    smap__zonal_free(z);
    z = of_files("polygons_no_overlap.shp", "slope.tif", &centre);
    for (int64_t i = 0; i < z->count; i++) assert_true(z->unknown[i] == 1);
    smap__zonal_free(z);
    z = of_files("polygons_partial_overlap.shp", "slope.tif", &centre);
    for (int64_t i = 0; i < z->count; i++) assert_true(z->unknown[i] > 0 && z->unknown[i] < 1);
    smap__zonal_free(z);
}

static void classes_of_rasterstats(void **state) {
    (void)state;
    const smap__zonal_options options = { .breaks = (const double[]){ 2, 3, 4, 5 },
                                          .classes = 4,
                                          .rule = SMAP__CELL_CENTRE };
    smap__zonal *z = of_files("polygons.shp", "slope_classes.tif", &options);
    assert_true(z->share[0] == 1 && z->weight[0] == 75);
    assert_true(fabs((1 - z->share[5]) * z->weight[1] - 49) < 1e-9 && z->share[5 + 4] > 0);
    smap__zonal_free(z);
    z = of_files("points.shp", "slope_classes.tif", &options);
    assert_true(z->count == 3 && z->share[0] == 1 && z->share[5 + 1] == 1);
    smap__zonal_free(z);
}

static void points_of_rasterstats(void **state) {
    (void)state;
    const smap__zonal_options nearest = { .bilinear = false }, bilinear = { .bilinear = true };
    smap__zonal *z = of_files("points.shp", "slope.tif", &nearest);
    assert_true(z->count == 3 && fabs(z->mean[0] - 11.386) < 0.0005 && fabs(z->mean[1] - 35.547) < 0.0005);
    smap__zonal_free(z);
    z = of_files("multipoints.shp", "slope.tif", &nearest);
    assert_true(z->weight[0] == 3 && z->unknown[0] == 0);
    smap__zonal_free(z);
    z = of_files("POINT (245309 1000064)", "slope.tif", &bilinear);
    assert_true(round(z->mean[0]) == 74);
    smap__zonal_free(z);
    z = of_files("POINT (245309 1000308)", "slope_nodata.tif", &bilinear);
    assert_true(isnan(z->mean[0]) && z->unknown[0] == 1);
    smap__zonal_free(z);
    z = of_files("POINT (244000 1000308)", "slope_nodata.tif", &nearest);
    assert_true(isnan(z->mean[0]) && z->unknown[0] == 1);
    smap__zonal_free(z);
    z = of_files("POINT (245905 1000361)", "slope_nodata.tif", &nearest);
    assert_true(round(z->mean[0]) == 43);
    smap__zonal_free(z);
}

int main(void) {
    const struct CMUnitTest made[] = {
        cmocka_unit_test(coverage_of_exactextract),
        cmocka_unit_test(pieces_of_snail),
    };
    const struct CMUnitTest files[] = {
        cmocka_unit_test(counts_of_rasterstats),
        cmocka_unit_test(classes_of_rasterstats),
        cmocka_unit_test(points_of_rasterstats),
    };
    int failed = cmocka_run_group_tests(made, NULL, NULL);
    if (access(ZONAL "slope.tif", R_OK) != 0) {
        puts("the rest needs ../shared");
        return failed ? failed : 77;
    }
    if (smap__gdal_start(NULL) != SMAP_OK) return 1; /* before the test's own drivers: it takes drivers away for good */
    return failed + cmocka_run_group_tests(files, NULL, NULL);
}
