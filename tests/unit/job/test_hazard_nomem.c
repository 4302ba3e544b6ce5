/* Every allocation of `hazard` fails once: it says that memory ran out, or does without; under the sanitizers nothing
 * leaks, and no result is half there. So it is when it is cancelled. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../cmocka_all.h"
#include "base/alloc.h"
#include "sitemap.h"

enum { MOST = 60000, STEP = 43 };

static char folder[64];

static char *at(const char *name) {
    static char path[16][160];
    static int next;
    char *out = path[next++ % 16];
    snprintf(out, sizeof path[0], "%s/%s", folder, name);
    return out;
}

static void put(const char *name, const char *text) {
    FILE *file = fopen(at(name), "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

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

static void every_allocation_may_fail(void **state) {
    (void)state;
    smap_ctx *ctx = NULL;
    smap_ctx_options options = SMAP_CTX_OPTIONS_INIT;
    smap_result *result = NULL;
    smap_error err = SMAP_ERROR_INIT;
    int failed = 0, fine = 0; /* in a row: past the last allocation */
    options.threads = 1;
    assert_int_equal(smap_ctx_new(&options, &ctx, NULL), SMAP_OK);
    assert_int_equal(smap_new(ctx, at("w.gpkg"), NULL, &result, NULL), SMAP_OK);
    smap_result_free(result);
    put_inputs();
    if (run(ctx, &err) != SMAP_OK) fail_msg("%s", err.message);
    for (int64_t n = 1; n <= MOST && fine < 20; n += STEP) {
        smap__alloc_fail_at(n, false);
        smap_status status = run(ctx, &err);
        smap__alloc_fail_at(0, false);
        /* expat calls a prefix that it had no room for an unknown one */
        bool by_expat = status == SMAP_E_FORMAT && strstr(err.message, ".sld");
        if (status != SMAP_OK && status != SMAP_E_NOMEM && !by_expat)
            fail_msg("allocation %lld: %s", (long long)n, err.message);
        failed += status != SMAP_OK;
        fine = status == SMAP_OK ? fine + 1 : 0;
    }
    assert_true(failed > 100);
    smap_ctx_free(ctx);
}

/* Stops when it has been asked as often as *user says. */
static int stop_later(double complete, const char *message, void *user) {
    int64_t *left = user;
    (void)complete, (void)message;
    return --*left > 0;
}

/* Cancelled wherever it asks, the run says so and leaves nothing. */
static void every_question_may_cancel(void **state) {
    (void)state;
    smap_ctx *ctx = NULL;
    smap_ctx_options options = SMAP_CTX_OPTIONS_INIT;
    smap_status status = SMAP_E_CANCELLED;
    smap_error err = SMAP_ERROR_INIT;
    int64_t left, asked = 0;
    options.threads = 1;
    options.progress = stop_later;
    options.progress_user = &left;
    assert_int_equal(smap_ctx_new(&options, &ctx, NULL), SMAP_OK);
    while (status != SMAP_OK) {
        left = ++asked;
        status = run(ctx, &err);
        if (status != SMAP_OK && status != SMAP_E_CANCELLED)
            fail_msg("question %lld: %s", (long long)asked, err.message);
    }
    assert_true(asked > 100); /* once for each column of the result alone */
    smap_ctx_free(ctx);
}

static int make_folder(void **state) {
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/sitemap_hazard_XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state) {
    static const char *const names[] = { "building.csv", "road.csv", "zones.csv", "depth.asc", "depth.prj", "w.gpkg" };
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) remove(at(names[i]));
    return rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(every_allocation_may_fail),
                                        cmocka_unit_test(every_question_may_cancel) };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
