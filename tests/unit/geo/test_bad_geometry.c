/* Broken geometries from files. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "from_ogr.h"
#include "geo/geos_bridge.h"

#define BAD SMAP_SHARED_DIR "/bad/"

static smap__geos *geos;

static const smap_geometry *read_bad(const char *name) {
    char path[512];
    snprintf(path, sizeof path, BAD "%s", name);
    const smap_geometry *g = from_file(NULL, path, NULL);
    assert_non_null(g);
    return g;
}

static smap_status mend(const smap_geometry *g, const smap_geometry **out, smap_error *err) {
    smap_geometry_builder *b = NULL;
    assert_int_equal(smap_geometry_builder_new(NULL, &b, NULL), SMAP_OK);
    smap_status status = smap__geos_make_valid(geos, g, 0, b, err);
    if (status == SMAP_OK) assert_int_equal(smap_geometry_builder_finish(b, out, NULL), SMAP_OK);
    smap_geometry_builder_free(b);
    return status;
}

static void the_scribble_is_refused_quickly(void **state) {
    (void)state;
    const smap_geometry *g = read_bad("g16_scribble_20k.geojson"), *out = NULL;
    smap_error err = SMAP_ERROR_INIT;
    clock_t start = clock();
    assert_int_equal(mend(g, &out, &err), SMAP_E_LIMIT);
    assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 5);
    smap_geometry_free(g);
}

static void the_others_are_mended(void **state) {
    (void)state;
    static const struct {
        const char *name;
        bool valid;
    } files[] = { { "g01_bowtie.geojson", false },
                  { "g03_duppoints.geojson", true },
                  { "g12_unclosed.geojson", true },
                  { "g14_hole_outside.geojson", false } };
    for (size_t k = 0; k < sizeof files / sizeof *files; k++) {
        const smap_geometry *g = read_bad(files[k].name), *out = NULL;
        smap__validity found;
        assert_int_equal(smap__geos_validity(geos, g, 0, &found, NULL), SMAP_OK);
        assert_int_equal(found.valid, files[k].valid);
        assert_int_equal(mend(g, &out, NULL), SMAP_OK);
        assert_int_equal(smap__geos_validity(geos, out, 0, &found, NULL), SMAP_OK);
        assert_true(found.valid);
        smap_geometry_free(out);
        smap_geometry_free(g);
    }
}

int main(void) {
    FILE *file = fopen(BAD "g01_bowtie.geojson", "rb");
    if (!file) {
        printf("skipped: %s is not there\n", BAD);
        return 77;
    }
    fclose(file);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_scribble_is_refused_quickly),
        cmocka_unit_test(the_others_are_mended),
    };
    if (smap__geos_new(&geos, NULL) != SMAP_OK) return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    smap__geos_free(geos);
    return failed;
}
