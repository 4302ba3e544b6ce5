/* Every allocation of `access` fails once: it says that memory ran out, or does without; under the sanitizers nothing
 * leaks, and no result is half there. So it is when it is cancelled. */
enum { MOST = 60000, STEP = 131 };

#include "nomem.h"

static void put_inputs(void) {
    put("road.csv", "road_id,class,speed_kmh,bridge,WKT\n"
                    "r1,primary,40,no,\"LINESTRING (500000 3600000,501000 3600000)\"\n"
                    "r2,tertiary,,yes,\"LINESTRING (501000 3600000,501200 3600000)\"\n"
                    "r3,primary,-1,no,\"LINESTRING (501201 3600000,502000 3600000)\"\n"
                    "r4,odd,0,no,\"LINESTRING (500500 3599000,500500 3601000)\"\n");
    put("service.csv", "service_id,service_type,status,capacity,WKT\n"
                       "h,hospital,functional,5,POINT (501900 3600010)\n"
                       "c,clinic,,,POINT (500010 3600010)\n"
                       "x,hospital,not_functional,,POINT (500010 3600010)\n");
    put("site.csv", "site_id,WKT\ns1,POINT (500100 3600020)\ns2,POINT (501800 3600000)\nfar,POINT (500000 3690000)\n");
    put("household.csv", "household_id,site_id,size,WKT\nhh,s1,4,\nown,,3,POINT (500900 3600010)\n");
    put("closure.csv",
        "closure_id,kind,passable,scenario,WKT\n"
        "k1,bridge_cut,none,out,POINT (501100 3600000)\n"
        "k2,flooded,foot,,\"POLYGON ((500200 3599990,500300 3599990,500300 3600010,500200 3599990))\"\n"
        "k3,other,all,out,\"POLYGON ((500200 3599990,500300 3599990,500300 3600010,500200 3599990))\"\n");
    put("area.csv",
        "id,name_en,WKT\nA,West,\"POLYGON ((499000 3599000,501000 3599000,501000 3601000,499000 3599000))\"\n");
}

static smap_status run(smap_ctx *ctx, smap_error *err) {
    static const char *const scenarios[] = { "baseline", "out" };
    const smap_pair source[] = { { "road", at("road.csv") },
                                 { "service", at("service.csv") },
                                 { "site", at("site.csv") },
                                 { "household", at("household.csv") },
                                 { "closure", at("closure.csv") } };
    smap_access_options options = SMAP_ACCESS_OPTIONS_INIT;
    smap_result *result = NULL;
    options.common.dry_run = true;
    options.scenario = scenarios;
    options.scenarios = 2;
    options.mode = "both";
    options.source = source;
    options.sources = 5;
    options.nearest = "2";
    options.join_m = "2";
    options.crossings = options.capacity = options.routes = options.isochrones = true;
    options.critical = "3";
    options.barrier = at("area.csv");
    options.by = at("area.csv");
    options.crs = "EPSG:32634";
    smap_status status = smap_access(ctx, at("w.gpkg"), &options, &result, err);
    assert_true((status == SMAP_OK) == (result != NULL));
    smap_result_free(result);
    return status;
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(every_allocation_may_fail),
                                        cmocka_unit_test(every_question_may_cancel) };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
