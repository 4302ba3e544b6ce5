#include <math.h>

#include "../case_file.h"
#include "../ctx_help.h"
#include "model/curve.h"

static void curves_by_table(void **state) {
    (void)state;
    static const char *const range_names[] = { "in", "below", "above", "unknown" };
    case_file c;
    int cases = 0;
    assert_true(case_open(&c, "depth_damage.case"));
    for (; case_next(&c); cases++) {
        const smap__curve *curve = NULL;
        smap_error err = SMAP_ERROR_INIT;
        smap__curve_range range = SMAP__CURVE_IN;
        if (c.parts != 4 || smap__curve_get(ctx, c.part[0], &curve, &err) != SMAP_OK)
            fail_msg("line %d: %s", c.number, err.message);
        double want = strtod(c.part[2], NULL), got = smap__curve_at(curve, strtod(c.part[1], NULL), &range);
        if (isnan(want) ? !isnan(got) : !(fabs(got - want) < 1e-12)) fail_msg("line %d: %.17g", c.number, got);
        if (strcmp(range_names[range], c.part[3]) != 0) fail_msg("line %d: %s", c.number, range_names[range]);
    }
    assert_true(cases > 20);
}

/* Between its points the curve of speeds stays within 0.03 km/h of the parabola that they are taken from. */
static void the_curve_of_speeds_is_the_parabola(void **state) {
    (void)state;
    const smap__curve *curve = NULL;
    smap_error err = SMAP_ERROR_INIT;
    assert_int_equal(smap__curve_get(ctx, "pregnolato_vehicle_speed", &curve, NULL), SMAP_OK);
    assert_string_equal(curve->x_unit, "m");
    assert_string_equal(curve->y_unit, "km/h");
    for (int mm = 0; mm <= 300; mm++) {
        double v = 0.0009 * mm * mm - 0.5529 * mm + 86.9448;
        assert_true(fabs(smap__curve_at(curve, mm / 1000.0, NULL) - v) < 0.03);
    }
    assert_int_equal(smap__curve_get(ctx, "jrc_mars_residential", &curve, &err), SMAP_E_NOT_FOUND);
    assert_non_null(strstr(err.message, "jrc_africa_residential"));
}

/* All of the transcription in ../shared, but its points at 0.05 m where nothing is lost: SECTOR,REGION,DEPTH,DAMAGE. */
static void curves_are_those_transcribed(void **state) {
    (void)state;
    FILE *f = fopen(SMAP_SHARED_DIR "/data/curves/jrc_depth_damage_curves_from_climada.csv", "r");
    char line[256], sector[32], region[32], name[80];
    double depth, damage;
    int points = 0;
    if (!f) {
        print_message("needs ../shared\n");
        skip();
    }
    while (fgets(line, sizeof line, f)) {
        const smap__curve *curve = NULL;
        smap_error err = SMAP_ERROR_INIT;
        if (sscanf(line, "%31[^,],%31[^,],%lf,%lf", sector, region, &depth, &damage) != 4) continue;
        if (depth == 0.05 && damage == 0) continue;
        sector[0] = (char)(sector[0] | 0x20);
        const char *place = strcmp(region, "northamerica") == 0   ? "north_america"
                            : strcmp(region, "southamerica") == 0 ? "south_america"
                                                                  : region;
        snprintf(name, sizeof name, "jrc_%s_%s", place, sector);
        if (smap__curve_get(ctx, name, &curve, &err) != SMAP_OK) fail_msg("%s", err.message);
        if (smap__curve_at(curve, depth, NULL) != damage) fail_msg("%s at %g m", name, depth);
        points++;
    }
    fclose(f);
    assert_true(points > 200);
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(curves_by_table),
                                        cmocka_unit_test(the_curve_of_speeds_is_the_parabola),
                                        cmocka_unit_test(curves_are_those_transcribed) };
    return cmocka_run_group_tests(tests, setup, teardown);
}
