/* Every allocation of `hazard` fails once: it says that memory ran out, or does without; under the sanitizers nothing
 * leaks, and no result is half there. So it is when it is cancelled. */
enum { MOST = 60000, STEP = 43 };

#include "nomem.h"

static void put_inputs(void) {
    put("building.csv",
        "building_id,use,population,WKT\n"
        "b1,school,4,\"POLYGON ((500000 3600000,500010 3600000,500010 3600010,500000 3600010,500000 "
        "3600000))\"\n"
        "b2,,,\"POLYGON ((500020 3600000,500030 3600010,500030 3600000,500020 3600010,500020 3600000))\"\n"
        "b3,,1,\n");
    put("road.csv", "road_id,WKT\nr1,\"LINESTRING (500000 3600005,500040 3600005)\"\n");
    put("zones.csv",
        "class,WKT\n"
        "high,\"POLYGON ((500000 3600000,500005 3600000,500005 3600010,500000 3600010,500000 3600000))\"\n"
        "odd,\"POLYGON ((500020 3600000,500025 3600000,500025 3600010,500020 3600010,500020 3600000))\"\n");
    put("depth.asc",
        "ncols 4\nnrows 1\nxllcorner 500000\nyllcorner 3600000\ncellsize 10\nNODATA_value -9\n1 0.4 -9 2\n");
    put("depth.prj",
        "PROJCS[\"WGS 84 / UTM zone 34N\",GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563]],"
        "PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433]],PROJECTION[\"Transverse_Mercator\"],"
        "PARAMETER[\"latitude_of_origin\",0],PARAMETER[\"central_meridian\",21],PARAMETER[\"scale_factor\",0.9996],"
        "PARAMETER[\"false_easting\",500000],PARAMETER[\"false_northing\",0],UNIT[\"metre\",1]]");
}

static smap_status run(smap_ctx *ctx, smap_error *err) {
    char landslide[200], flood[200];
    snprintf(landslide, sizeof landslide, "%s,classes=given_3,coverage=%s", at("zones.csv"), at("zones.csv"));
    snprintf(flood, sizeof flood, "%s,unit=m,arrival_time=%s", at("depth.asc"), at("depth.asc"));
    const smap_pair hazard[] = { { "landslide", landslide }, { "flood", flood } };
    const smap_pair source[] = { { "building", at("building.csv") }, { "road", at("road.csv") } };
    smap_hazard_options options = SMAP_HAZARD_OPTIONS_INIT;
    smap_result *result = NULL;
    options.common.dry_run = true;
    options.hazard = hazard;
    options.hazards = 2;
    options.source = source;
    options.sources = 2;
    options.near_m = "100";
    options.curve = "jrc_africa_residential";
    options.passability = "flood";
    options.warning_delay = "10";
    options.population = at("depth.asc");
    options.evacuation = true;
    options.dem = at("depth.asc");
    options.samples = 3;
    options.crs = "EPSG:32634";
    smap_status status = smap_hazard(ctx, at("w.gpkg"), &options, &result, err);
    assert_true((status == SMAP_OK) == (result != NULL));
    smap_result_free(result);
    return status;
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(every_allocation_may_fail),
                                        cmocka_unit_test(every_question_may_cancel) };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
