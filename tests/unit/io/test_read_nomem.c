/* Every allocation of a read fails once: the read says that memory ran out, or does without; under the sanitizers
 * nothing leaks. */
#include "base/alloc.h"
#include "read_fixture.h"
#include "sitemap/io.h"

static const char json[] =
    "{\"type\":\"FeatureCollection\",\"features\":["
    "{\"type\":\"Feature\",\"id\":7,\"properties\":{\"n\":1,\"t\":\"a\\u0645\",\"m\":\"x\"},\"geometry\":{\"type\":\"Point\",\"coordinates\":[13,32,5]}},"
    "{\"type\":\"Feature\",\"properties\":{\"n\":2,\"o\":true,\"m\":3},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1]]]}},"
    "{\"type\":\"Feature\",\"properties\":null,\"geometry\":{\"type\":\"Point\",\"coordinates\":[1e400,2]}}]}";

enum { ALLOCATIONS = 700 }; /* more than any of these reads needs */

static void try_all(fixture *f, const char *name, const smap_read_options *options, int64_t want) {
    int failed = 0;
    for (int64_t n = 1; n <= ALLOCATIONS; n++) {
        forget(f);
        smap__alloc_fail_at(n, false);
        smap_status status = read_path(f, at(f, name), options);
        smap__alloc_fail_at(0, false);
        if (status == SMAP_OK)
            assert_int_equal(rows(f), want);
        else if (status != SMAP_E_NOMEM)
            fail_msg("%s, allocation %lld: %s", name, (long long)n, f->last.error.message);
        failed += status != SMAP_OK;
    }
    assert_true(failed > 20 && failed < ALLOCATIONS);
}

static void text_files(void **state) {
    fixture *f = *state;
    smap_read_options options = SMAP_READ_OPTIONS_INIT;
    put(f, "a.csv", "id,id,,note\n#loc,,,\n1,2,3,\"a \"\"b\"\"\"\n\n4,5\n6,7,8,9,10\n11,12,13,\"open\n");
    try_all(f, "a.csv", NULL, 2);
    put(f, "a.json", json);
    try_all(f, "a.json", NULL, 2);
    options.where = "n > 0 AND (t LIKE 'a%' OR o) AND m IN ('x', '3')";
    try_all(f, "a.json", &options, 2);
    options = (smap_read_options)SMAP_READ_OPTIONS_INIT;
    options.crs = "EPSG:4326";
    put(f, "w.csv", "id,wkt\n1,POINT (1 2)\n2,\n3,POINT (x)\n");
    try_all(f, "w.csv", &options, 2);
    put(f, "l.csv", "id,name\n1,caf\xe9\n");
    options.encoding = "CP1252";
    try_all(f, "l.csv", &options, 1);
}

static void geopackage(void **state) {
    fixture *f = *state;
    const smap_layer *layer;
    smap_read_options options = SMAP_READ_OPTIONS_INIT;
    put(f, "a.json", json);
    read_good(f, "a.json", NULL);
    layer = f->last.layer;
    assert_int_equal(smap_write_gpkg(f->ctx, at(f, "a.gpkg"), &layer, 1, NULL, NULL), SMAP_OK);
    try_all(f, "a.gpkg", NULL, 2);
    options.encoding = "CP1256";
    try_all(f, "a.gpkg", &options, 2);
}

/* Threads that build side by side: whichever of them runs out, the others end too. */
static void geopackage_by_parts(void **state) {
    fixture *f = *state;
    smap__str csv = SMAP__STR_INIT;
    const smap_layer *layer;
    int failed = 0;
    smap__str_put(&csv, "n,latitude,longitude\n");
    for (int i = 0; i < 25000; i++) smap__str_printf(&csv, "%d,%d,%d\n", i, i % 90, i % 180);
    put(f, "a.csv", csv.data);
    smap__str_release(&csv);
    read_good(f, "a.csv", NULL);
    layer = f->last.layer;
    assert_int_equal(smap_write_gpkg(f->ctx, at(f, "a.gpkg"), &layer, 1, NULL, NULL), SMAP_OK);
    for (int64_t n = 1; n <= 200; n++) {
        forget(f);
        smap__alloc_fail_at(n, n % 2);
        smap_status status = read_path(f, at(f, "a.gpkg"), NULL);
        smap__alloc_fail_at(0, false);
        assert_true(status == SMAP_E_NOMEM || (status == SMAP_OK && rows(f) == 25000));
        failed += status != SMAP_OK;
    }
    assert_true(failed > 100);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(text_files, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(geopackage, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(geopackage_by_parts, fixture_open, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
