/* Real files with known answers (the shared data's own README and SOURCE files say them). */
#include "io/raster.h"
#include "read_fixture.h"

#define DATA SMAP_SHARED_DIR "/data/"

static void read_known(fixture *f, const char *spec, int64_t want, smap_geom_type type) {
    if (read_path(f, spec, NULL) != SMAP_OK) fail_msg("%s: %s", spec, f->last.error.message);
    if (rows(f) != want) fail_msg("%s: %lld rows", spec, (long long)rows(f));
    for (int64_t i = 0; f->last.layer->geometry && type && i < want; i++)
        assert_int_equal(f->last.layer->geometry->type[i], type);
}

/* OpenStreetMap around Bentiu: tables without a primary key, triggers of the old metadata template, no feature counts.
 */
static void bentiu(void **state) {
    fixture *f = *state;
    read_known(f, DATA "bentiu/bentiu_southsudan-osm-20170213.gpkg|layername=roads_paths_lines", 2243,
               SMAP_GEOM_LINESTRING);
    assert_int_equal(f->last.layer->fid[0], 1);
    assert_int_equal(f->last.layer->fid[2242], 2243);
    assert_string_equal(cell(f, "osm_id", 0), "19978694");
    assert_string_equal(cell(f, "highway", 0), "primary");
    read_known(f, DATA "bentiu/bentiu_southsudan-osm-20170213.gpkg|layername=landuse_residential_polygons", 688,
               SMAP_GEOM_MULTIPOLYGON);
    assert_int_equal(smap_crs_code(f->last.layer->geometry->crs), 4326);
}

static void bentiu_layers_are_listed(void **state) {
    fixture *f = *state;
    smap__source *source = NULL;
    assert_int_equal(smap__source_open(f->ctx, DATA "bentiu/bentiu_southsudan-osm-20170213.gpkg", NULL, &source, NULL),
                     SMAP_OK);
    assert_int_equal(smap__source_layers(source), 15);
    int seen = 0;
    for (int i = 0; i < 15; i++) {
        const smap__source_layer *layer = smap__source_layer_at(source, i);
        if (strcmp(layer->name, "roads_paths_lines") != 0) continue;
        seen++;
        assert_int_equal(layer->rows, 2243);
        assert_int_equal(layer->columns, 16);
        assert_string_equal(layer->geometry, "LineString");
    }
    assert_int_equal(seen, 1);
    assert_int_equal(smap__source_read(source, NULL, NULL, &f->last.layer, &f->last.error), SMAP_E_ARGUMENT);
    assert_non_null(strstr(f->last.error.message, "\"waterways_lines\""));
    assert_int_equal(smap__source_read(source, "roads", NULL, &f->last.layer, &f->last.error), SMAP_E_NOT_FOUND);
    assert_non_null(strstr(f->last.error.message, "no layer \"roads\""));
    assert_non_null(strstr(f->last.error.message, "\"roads_paths_lines\""));
    smap__source_close(source);
}

/* Al Marj: 78 residential and 21 unclassified damage points (official table). */
static void al_marj(void **state) {
    fixture *f = *state;
    const char *path = DATA "emsr696/EMSR696_AOI03_GRA_PRODUCT_builtUpP_v2.json";
    read_known(f, path, 99, SMAP_GEOM_POINT);
    smap_read_options options = SMAP_READ_OPTIONS_INIT;
    options.where = "obj_type NOT LIKE '%unclassified'";
    assert_int_equal(read_path(f, path, &options), SMAP_OK);
    assert_int_equal(rows(f), 78);
    options.where = "obj_type LIKE '%Unclassified' AND damage_gra = 'Possibly damaged'";
    assert_int_equal(read_path(f, path, &options), SMAP_OK);
    assert_int_equal(rows(f), 6);
}

static void derna(void **state) {
    fixture *f = *state;
    read_known(f, DATA "emsr696/EMSR696_AOI01_GRA_PRODUCT_observedEventA_v1.json", 26, 0);
    read_known(f, DATA "emsr696/derna_osm_facilities.geojson", 28, 0);
    read_known(f, DATA "emsr696/EMSR696_aois.geojson", 8, 0);
    read_known(f, DATA "libya-base/cities_json_LY.csv", 119, 0);
    assert_int_equal(f->last.layer->fid[0], 2); /* the line, the header being 1 */
    read_known(f, DATA "libya-base/libya_packages.gpkg|layername=ne10m_admin1_qgis", 22, 0);
}

/* polygons.shp lies in slope.tif; rasterstats: the first one covers 75 cells, mean 14.66. */
static void zonal(void **state) {
    fixture *f = *state;
    read_known(f, DATA "zonal/polygons.shp", 2, SMAP_GEOM_POLYGON);
    assert_int_equal(f->last.layer->fid[0], 1);
    read_known(f, DATA "zonal/points.shp", 3, SMAP_GEOM_POINT);
    smap__raster *raster = NULL;
    smap_error e = SMAP_ERROR_INIT;
    if (smap__raster_open(f->ctx, DATA "zonal/slope.tif", 1, &raster, &e) != SMAP_OK) fail_msg("%s", e.message);
    const smap__raster_info *info = smap__raster_info_of(raster);
    const smap_geometry *g = f->last.layer->geometry;
    double at[2], want[2] = { 11.386, 35.547 }; /* rasterstats, nearest cell */
    for (int i = 0; i < 2; i++) {
        int64_t column = (int64_t)((g->x[i] - info->transform[0]) / info->transform[1]);
        int64_t row = (int64_t)((g->y[i] - info->transform[3]) / info->transform[5]);
        assert_int_equal(smap__raster_read(raster, column, row, 1, 1, &at[i], &e), SMAP_OK);
    }
    assert_true(fabs(at[0] - want[0]) < 0.001);
    assert_true(fabs(at[1] - want[1]) < 0.001);
    assert_int_equal(smap__raster_read(raster, info->width - 1, 0, 2, 1, at, &e), SMAP_E_ARGUMENT);
    smap__raster_close(raster);
}

int main(void) {
    if (access(DATA "README.md", R_OK) != 0) {
        printf("skipped: the shared data is not there\n");
        return 77;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(bentiu, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(bentiu_layers_are_listed, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(al_marj, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(derna, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(zonal, fixture_open, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
