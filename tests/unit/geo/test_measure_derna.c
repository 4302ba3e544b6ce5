/* The flood of Derna: hectares as Copernicus EMS states them (EMSR696, area of interest 1). */
#include <math.h>
#include <stdio.h>

#include "from_ogr.h"
#include "geo/crs.h"

static const char *const path = SMAP_SHARED_DIR "/data/emsr696/EMSR696_AOI01_GRA_PRODUCT_observedEventA_v1.json";
static smap_ctx *ctx;
static const smap_crs *wgs84;

static double hectares(const char *filter, const char *crs_text, int64_t *count) {
    const smap_geometry *g = from_file(wgs84, path, filter), *moved = NULL;
    const smap_crs *crs = NULL;
    double areas[64], sum = 0;
    assert_non_null(g);
    assert_true(g->count <= 64);
    assert_int_equal(smap_crs_new(ctx, crs_text, &crs, NULL), SMAP_OK);
    assert_int_equal(smap_geometry_transform(ctx, g, crs, &moved, NULL, NULL), SMAP_OK);
    assert_int_equal(smap_geometry_areas_m2(ctx, moved, areas, NULL), SMAP_OK);
    for (int64_t k = 0; k < moved->count; k++) sum += areas[k];
    *count = moved->count;
    smap_geometry_free(moved);
    smap_geometry_free(g);
    smap_crs_free(crs);
    return sum / 1e4;
}

static void areas_are_those_stated(void **state) {
    (void)state;
    static const char *const systems[] = { "EPSG:4326", "EPSG:32634" };
    for (int k = 0; k < 2; k++) {
        int64_t flooded, trace;
        assert_true(fabs(hectares("notation = 'Flooded area'", systems[k], &flooded) - 21.34) < 0.02);
        assert_true(fabs(hectares("notation = 'Flood trace'", systems[k], &trace) - 602.66) < 0.5);
        assert_int_equal(flooded, 7);
        assert_int_equal(trace, 19);
    }
}

static void the_metric_crs_is_utm_34(void **state) {
    (void)state;
    const smap_geometry *g = from_file(wgs84, path, NULL);
    const smap_crs *metric = NULL;
    assert_int_equal(smap__crs_metric(ctx, smap_geometry_extent(g), wgs84, &metric, NULL), SMAP_OK);
    assert_int_equal(smap_crs_code(metric), 32634);
    smap_crs_free(metric);
    smap_geometry_free(g);
}

int main(void) {
    FILE *file = fopen(path, "rb");
    if (!file) {
        printf("skipped: %s is not there\n", path);
        return 77;
    }
    fclose(file);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(areas_are_those_stated),
        cmocka_unit_test(the_metric_crs_is_utm_34),
    };
    if (smap_ctx_new(NULL, &ctx, NULL) != SMAP_OK || smap__crs_wgs84(ctx, &wgs84, NULL) != SMAP_OK) return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    smap_crs_free(wgs84);
    smap_ctx_free(ctx);
    return failed;
}
