/* Coordinate reference systems. Positions are the worked examples of IOGP Guidance Note 7-2 (EPSG), not ours. */
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "../cmocka_all.h"
#include "base/alloc.h"
#include "geo/crs.h"

static smap_ctx *ctx;
static char warning[512];

static void note(smap_log_level level, const char *message, void *user) {
    (void)user;
    if (level == SMAP_LOG_WARNING) snprintf(warning, sizeof warning, "%s", message);
}

static int set_up(void **state) {
    (void)state;
    smap_ctx_options options = SMAP_CTX_OPTIONS_INIT;
    options.log = note;
    options.threads = 2;
    return smap_ctx_new(&options, &ctx, NULL) == SMAP_OK ? 0 : -1;
}

static int tear_down(void **state) {
    (void)state;
    smap_ctx_free(ctx);
    return 0;
}

static const smap_crs *crs_of(const char *definition) {
    const smap_crs *crs = NULL;
    smap_error err = SMAP_ERROR_INIT;
    if (smap_crs_new(ctx, definition, &crs, &err) != SMAP_OK) print_error("%s: %s\n", definition, err.message);
    assert_non_null(crs);
    return crs;
}

static void properties_are_read(void **state) {
    (void)state;
    const smap_crs *utm = crs_of("EPSG:32634"), *wgs84 = crs_of("EPSG:4326");
    assert_string_equal(smap_crs_name(utm), "WGS 84 / UTM zone 34N");
    assert_string_equal(smap_crs_authority(utm), "EPSG");
    assert_int_equal(smap_crs_code(utm), 32634);
    assert_false(smap_crs_is_geographic(utm));
    assert_true(smap_crs_is_geographic(wgs84));
    assert_null(strchr(smap_crs_wkt(utm), '\n'));
    double a, f;
    smap__crs_ellipsoid(wgs84, &a, &f);
    assert_true(a == 6378137 && fabs(1 / f - 298.257223563) < 1e-9);
    assert_false(smap_crs_equal(utm, wgs84));
    assert_false(smap_crs_equal(NULL, NULL));
    smap_crs_free(wgs84);
    smap_crs_free(utm);
}

/* Other spellings of a CRS of EPSG's. */
static const struct {
    const char *definition;
    int code;
} spellings[] = {
    { "urn:ogc:def:crs:EPSG::4326", 4326 },
    { "OGC:CRS84", 4326 },
    { "urn:ogc:def:crs:OGC:1.3:CRS84", 4326 },
    { "EPSG:4979", 4326 }, /* with heights */
    { "EPSG:32634+5773", 32634 },
    { "GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137.0,298.257223563]],PRIMEM[\"Greenwich\","
      "0.0],UNIT[\"Degree\",0.0174532925199433]]",
      4326 },
    { "PROJCS[\"WGS_1984_UTM_Zone_33N\",GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137.0,"
      "298.257223563]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]],PROJECTION[\"Transverse_Mercator\"],"
      "PARAMETER[\"False_Easting\",500000.0],PARAMETER[\"False_Northing\",0.0],PARAMETER[\"Central_Meridian\",15.0],"
      "PARAMETER[\"Scale_Factor\",0.9996],PARAMETER[\"Latitude_Of_Origin\",0.0],UNIT[\"Meter\",1.0]]",
      32633 },
    { "GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563,AUTHORITY[\"EPSG\",\"7030\"]],"
      "AUTHORITY[\"EPSG\",\"6326\"]],PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433],AUTHORITY[\"EPSG\","
      "\"4326\"]]",
      4326 },
};

static void spellings_are_recognised(void **state) {
    (void)state;
    for (size_t k = 0; k < sizeof spellings / sizeof *spellings; k++) {
        const smap_crs *crs = crs_of(spellings[k].definition), *same = NULL;
        if (smap_crs_code(crs) != spellings[k].code) print_error("%s\n", spellings[k].definition);
        assert_int_equal(smap_crs_code(crs), spellings[k].code);
        same = crs_of(smap_crs_wkt(crs));
        assert_true(smap_crs_equal(crs, same));
        smap_crs_free(same);
        smap_crs_free(crs);
    }
}

static void what_is_no_crs_is_refused(void **state) {
    (void)state;
    const char *bad[] = { "",
                          "EPSG:1",
                          "WGS 84",
                          "EPSG:5773",
                          "EPSG:4978",
                          "EPSG:4807", /* grads */
                          "nonsense:12",
                          "+proj=longlat +datum=WGS84 +type=crs",
                          "PROJCS[\"x\"",
                          "EPSG:15486" };
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        const smap_crs *crs = NULL;
        smap_error err = SMAP_ERROR_INIT;
        assert_int_equal(smap_crs_new(ctx, bad[k], &crs, &err), SMAP_E_CRS);
        assert_null(crs);
        assert_true(err.message[0] != '\0');
    }
}

static double dms(double d, double m, double s) {
    return d + m / 60 + s / 3600;
}

static void positions_are_those_of_epsg(void **state) {
    (void)state;
    const struct {
        const char *from, *to;
        double lon, lat, x, y;
    } examples[] = {
        { "EPSG:4277", "EPSG:27700", dms(0, 30, 0), dms(50, 30, 0), 577274.99, 69740.50 }, /* Transverse Mercator */
        { "EPSG:4258", "EPSG:3035", 5, 50, 3962799.45, 2999718.85 },                       /* azimuthal equal-area */
        { "EPSG:4267", "EPSG:32040", -96, 28.5, 2963503.91, 254759.80 },                   /* conic, US survey feet */
    };
    for (size_t k = 0; k < sizeof examples / sizeof *examples; k++) {
        const smap_crs *from = crs_of(examples[k].from), *to = crs_of(examples[k].to);
        double x = examples[k].lon, y = examples[k].lat;
        int64_t lost = 0;
        assert_int_equal(smap__crs_transform(ctx, from, to, &x, &y, 1, &lost, NULL), SMAP_OK);
        assert_int_equal(lost, 0);
        assert_true(fabs(x - examples[k].x) < 0.02 && fabs(y - examples[k].y) < 0.02);
        assert_int_equal(smap__crs_transform(ctx, to, from, &x, &y, 1, &lost, NULL), SMAP_OK);
        assert_true(fabs(x - examples[k].lon) < 1e-8 && fabs(y - examples[k].lat) < 1e-8);
        smap_crs_free(from);
        smap_crs_free(to);
    }
}

static void points_outside_the_domain_are_lost(void **state) {
    (void)state;
    const smap_crs *wgs84 = crs_of("EPSG:4326"), *utm = crs_of("EPSG:32633");
    double x[] = { 15, 15, 15, NAN, 15.5 }, y[] = { 32, -91, 95, 1, 32.5 };
    int64_t lost = 0;
    assert_int_equal(smap__crs_transform(ctx, wgs84, utm, x, y, 5, &lost, NULL), SMAP_OK);
    assert_int_equal(lost, 3);
    assert_true(fabs(x[0] - 500000) < 1e-6 && x[4] > 500000 && y[4] > y[0]);
    for (int k = 1; k < 4; k++) assert_true(isnan(x[k]) && isnan(y[k]));
    smap_crs_free(wgs84);
    smap_crs_free(utm);
}

static void lost_points_make_null_features(void **state) {
    (void)state;
    const smap_crs *wgs84 = crs_of("EPSG:4326"), *utm = crs_of("EPSG:32633");
    smap_geometry_builder *b = NULL;
    const smap_geometry *g = NULL, *t = NULL;
    assert_int_equal(smap_geometry_builder_new(wgs84, &b, NULL), SMAP_OK);
    for (int k = 0; k < 3; k++) smap_geometry_append_point(b, 15, k == 1 ? 95 : 30, NULL);
    assert_int_equal(smap_geometry_builder_finish(b, &g, NULL), SMAP_OK);
    smap_geometry_builder_free(b);
    int64_t lost = 0;
    assert_int_equal(smap_geometry_transform(ctx, g, utm, &t, &lost, NULL), SMAP_OK);
    assert_int_equal(lost, 1);
    assert_int_equal(t->count, 3);
    assert_int_equal(t->type[1], SMAP_GEOM_NULL);
    assert_int_equal(t->type[2], SMAP_GEOM_POINT);
    assert_true(smap_crs_equal(t->crs, utm));
    smap_geometry_free(t);
    smap_geometry_free(g);
    smap_crs_free(wgs84);
    smap_crs_free(utm);
}

static void threads_do_not_matter(void **state) {
    (void)state;
    enum { N = 50000 };
    static double x[2][N], y[2][N];
    const smap_crs *wgs84 = crs_of("EPSG:4326"), *libya = crs_of("EPSG:3177");
    for (int threads = 1; threads <= 2; threads++) {
        smap_ctx_options options = SMAP_CTX_OPTIONS_INIT;
        options.threads = threads;
        smap_ctx *own = NULL;
        assert_int_equal(smap_ctx_new(&options, &own, NULL), SMAP_OK);
        for (int k = 0; k < N; k++) {
            x[threads - 1][k] = 9 + 16 * (double)k / N;
            y[threads - 1][k] = 20 + 13 * (double)((k * 7919) % N) / N;
        }
        assert_int_equal(smap__crs_transform(own, wgs84, libya, x[threads - 1], y[threads - 1], N, NULL, NULL),
                         SMAP_OK);
        smap_ctx_free(own);
    }
    assert_memory_equal(x[0], x[1], sizeof x[0]);
    assert_memory_equal(y[0], y[1], sizeof y[0]);
    smap_crs_free(wgs84);
    smap_crs_free(libya);
}

static void northing_first_systems_have_x_east(void **state) {
    (void)state;
    const smap_crs *wgs84 = crs_of("EPSG:4326"), *gauss = crs_of("EPSG:31468"); /* Gauss-Krueger zone 4: 12 E */
    double x = 12, y = 48;
    assert_int_equal(smap__crs_transform(ctx, wgs84, gauss, &x, &y, 1, NULL, NULL), SMAP_OK);
    assert_true(fabs(x - 4500000) < 500 && y > 5.3e6 && y < 5.4e6);
    smap_crs_free(wgs84);
    smap_crs_free(gauss);
}

static void a_metric_crs_is_chosen(void **state) {
    (void)state;
    const struct {
        smap_box box;
        const char *name;
    } cases[] = {
        { { 22.5, 32.7, 22.7, 32.8 }, "WGS 84 / UTM zone 34N" }, /* Derna */
        { { 20.8, 32.4, 20.9, 32.5 }, "WGS 84 / UTM zone 34N" }, /* Al Marj */
        { { 17.5, 30, 18.6, 31 }, "WGS 84 / UTM zone 34N" },     /* over a zone's border */
        { { 9.3, 19.5, 25.2, 33.2 }, "WGS 84 / Lambert azimuthal equal-area on 17.25 E 26.35 N" }, /* Libya */
        { { 29.8, -1.2, 31, -0.4 }, "WGS 84 / UTM zone 36S" },
    };
    const smap_crs *wgs84 = crs_of("EPSG:4326");
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        const smap_crs *metric = NULL;
        assert_int_equal(smap__crs_metric(ctx, cases[k].box, wgs84, &metric, NULL), SMAP_OK);
        assert_string_equal(smap_crs_name(metric), cases[k].name);
        smap_crs_free(metric);
    }
    const smap_crs *metric = NULL;
    assert_int_equal(smap__crs_metric(ctx, SMAP_BOX_EMPTY, wgs84, &metric, NULL), SMAP_E_ARGUMENT);
    smap_crs_free(wgs84);
}

static void boxes_bulge(void **state) {
    (void)state;
    const smap_crs *wgs84 = crs_of("EPSG:4326"), *utm = crs_of("EPSG:32634");
    smap_box box = { 18, 32, 24, 33 }, out;
    assert_int_equal(smap__crs_transform_box(ctx, wgs84, utm, box, &out, NULL), SMAP_OK);
    double x = 21, y = 32; /* parallels bend upwards away from the meridian: the lowest point is in the middle */
    assert_int_equal(smap__crs_transform(ctx, wgs84, utm, &x, &y, 1, NULL, NULL), SMAP_OK);
    assert_true(fabs(out.ymin - y) < 1e-6);
    smap_crs_free(wgs84);
    smap_crs_free(utm);
}

/* Convergence: gamma = atan(tan(dlon) sin(lat)) on the sphere; scale 0.9996 on the meridian. */
static void factors_of_utm(void **state) {
    (void)state;
    const smap_crs *wgs84 = crs_of("EPSG:4326"), *utm = crs_of("EPSG:32634");
    const double rad = 3.14159265358979323846 / 180;
    for (int k = 0; k < 3; k++) {
        double lon = 19.5 + 1.5 * k, lat = 32.76, x = lon, y = lat, convergence, scale;
        assert_int_equal(smap__crs_transform(ctx, wgs84, utm, &x, &y, 1, NULL, NULL), SMAP_OK);
        assert_int_equal(smap__crs_factors(ctx, utm, x, y, &convergence, &scale, NULL), SMAP_OK);
        double expected = atan(tan((lon - 21) * rad) * sin(lat * rad)) / rad;
        assert_true(fabs(convergence - expected) < 0.001);
        if (k == 1) assert_true(fabs(scale - 0.9996) < 1e-9);
        if (k != 1) assert_true(scale > 0.9996 && scale < 1);
    }
    double convergence = 9, scale = 9;
    assert_int_equal(smap__crs_factors(ctx, wgs84, 21, 32, &convergence, &scale, NULL), SMAP_OK);
    assert_true(convergence == 0 && scale == 1);
    smap_crs_free(wgs84);
    smap_crs_free(utm);
}

static void a_ballpark_is_said(void **state) {
    (void)state;
    const char *unknown = "GEOGCRS[\"A survey of its own\",DATUM[\"Peg in the ground\",ELLIPSOID[\"Clarke 1880 (RGS)\","
                          "6378249.145,293.465]],CS[ellipsoidal,2],AXIS[\"latitude\",north],AXIS[\"longitude\",east],"
                          "ANGLEUNIT[\"degree\",0.0174532925199433]]";
    const smap_crs *own = crs_of(unknown), *utm = crs_of("EPSG:32634"), *wgs84 = crs_of("EPSG:4326");
    double x = 21, y = 32;
    warning[0] = '\0';
    assert_int_equal(smap__crs_transform(ctx, wgs84, utm, &x, &y, 1, NULL, NULL), SMAP_OK);
    assert_string_equal(warning, "");
    x = 21, y = 32;
    assert_int_equal(smap__crs_transform(ctx, own, utm, &x, &y, 1, NULL, NULL), SMAP_OK);
    assert_true(isfinite(x) && isfinite(y));
    assert_non_null(strstr(warning, "A survey of its own"));
    smap_crs_free(own);
    smap_crs_free(utm);
    smap_crs_free(wgs84);
}

/* ELD79 has published datum shifts for Libya: no warning, some 100 to 200 m. */
static void the_libyan_datum_is_shifted(void **state) {
    (void)state;
    const smap_crs *eld79 = crs_of("EPSG:4159"), *wgs84 = crs_of("EPSG:4326");
    double x = 13.18, y = 32.89;
    warning[0] = '\0';
    assert_int_equal(smap__crs_transform(ctx, eld79, wgs84, &x, &y, 1, NULL, NULL), SMAP_OK);
    assert_string_equal(warning, "");
    assert_true(fabs(x - 13.18) > 3e-4 && fabs(x - 13.18) < 2e-3);
    assert_true(fabs(y - 32.89) > 3e-4 && fabs(y - 32.89) < 2e-3);
    smap_crs_free(eld79);
    smap_crs_free(wgs84);
}

/* A definition may name grid files: none is ever opened. */
static void no_file_is_opened(void **state) {
    (void)state;
    char path[] = "/tmp/smap_grid_XXXXXX", definition[1024], event[4096];
    int file = mkstemp(path), watch = inotify_init1(IN_NONBLOCK);
    assert_true(file >= 0 && watch >= 0);
    assert_int_equal(write(file, "x", 1), 1);
    close(file);
    assert_true(inotify_add_watch(watch, path, IN_OPEN | IN_ACCESS) >= 0);
    snprintf(
        definition, sizeof definition,
        "GEOGCS[\"trap\",DATUM[\"trap\",SPHEROID[\"WGS 84\",6378137,298.257223563],EXTENSION[\"PROJ4_GRIDS\",\"%s\"]],"
        "PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433]]",
        path);
    const smap_crs *trap = NULL, *utm = crs_of("EPSG:32634");
    if (smap_crs_new(ctx, definition, &trap, NULL) == SMAP_OK) {
        double x = 21, y = 32;
        smap__crs_transform(ctx, trap, utm, &x, &y, 1, NULL, NULL);
    }
    assert_true(read(watch, event, sizeof event) < 0);
    file = open(path, O_RDONLY); /* the watch does see an open */
    close(file);
    assert_true(read(watch, event, sizeof event) > 0);
    close(watch);
    unlink(path);
    smap_crs_free(trap);
    smap_crs_free(utm);
}

static void monstrous_definitions_are_refused(void **state) {
    (void)state;
    enum { SIZE = 200000 };
    char *text = malloc(SIZE + 1);
    assert_non_null(text);
    const size_t sizes[] = { 60000, SIZE };
    for (int k = 0; k < 2; k++) {
        for (size_t i = 0; i < sizes[k]; i++) text[i] = "PROJCS[\"\","[i % 10];
        text[sizes[k]] = '\0';
        const smap_crs *crs = NULL;
        smap_error err = SMAP_ERROR_INIT;
        assert_int_equal(smap_crs_new(ctx, text, &crs, &err), k ? SMAP_E_LIMIT : SMAP_E_CRS);
        assert_true(strlen(err.message) < 400);
    }
    free(text);
}

static void memory_running_out_is_told(void **state) {
    (void)state;
    const smap_crs *wgs84 = crs_of("EPSG:4326"), *utm = crs_of("EPSG:32634");
    smap_geometry_builder *b = NULL;
    const smap_geometry *g = NULL;
    assert_int_equal(smap_geometry_builder_new(wgs84, &b, NULL), SMAP_OK);
    for (int k = 0; k < 20; k++) smap_geometry_append_point(b, 20, k == 7 ? 95 : 30, NULL);
    assert_int_equal(smap_geometry_builder_finish(b, &g, NULL), SMAP_OK);
    smap_geometry_builder_free(b);
    int told = 0;
    for (int64_t nth = 1; nth < 60; nth++) {
        const smap_geometry *moved = NULL;
        const smap_crs *metric = NULL;
        smap__alloc_fail_at(nth, false);
        smap_status status = smap_geometry_transform(ctx, g, utm, &moved, NULL, NULL);
        if (status == SMAP_OK) status = smap__crs_metric(ctx, (smap_box){ 20, 30, 21, 31 }, wgs84, &metric, NULL);
        smap__alloc_fail_at(0, false);
        assert_true(status == SMAP_OK || status == SMAP_E_NOMEM);
        told += status == SMAP_E_NOMEM;
        smap_geometry_free(moved);
        smap_crs_free(metric);
    }
    assert_true(told > 10);
    smap_geometry_free(g);
    smap_crs_free(wgs84);
    smap_crs_free(utm);
}

static void without_a_crs_nothing_moves(void **state) {
    (void)state;
    const smap_crs *wgs84 = crs_of("EPSG:4326");
    double x = 1, y = 2;
    smap_error err = SMAP_ERROR_INIT;
    assert_int_equal(smap__crs_transform(ctx, NULL, wgs84, &x, &y, 1, NULL, &err), SMAP_E_CRS);
    assert_non_null(strstr(err.message, "--crs"));
    smap_crs_free(wgs84);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(properties_are_read),
        cmocka_unit_test(spellings_are_recognised),
        cmocka_unit_test(what_is_no_crs_is_refused),
        cmocka_unit_test(positions_are_those_of_epsg),
        cmocka_unit_test(points_outside_the_domain_are_lost),
        cmocka_unit_test(lost_points_make_null_features),
        cmocka_unit_test(threads_do_not_matter),
        cmocka_unit_test(northing_first_systems_have_x_east),
        cmocka_unit_test(a_metric_crs_is_chosen),
        cmocka_unit_test(boxes_bulge),
        cmocka_unit_test(factors_of_utm),
        cmocka_unit_test(a_ballpark_is_said),
        cmocka_unit_test(the_libyan_datum_is_shifted),
        cmocka_unit_test(no_file_is_opened),
        cmocka_unit_test(monstrous_definitions_are_refused),
        cmocka_unit_test(memory_running_out_is_told),
        cmocka_unit_test(without_a_crs_nothing_moves),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
