#include <math.h>

#include "../case_file.h"
#include "../ctx_help.h"
#include "hazard/depth_damage.h"
#include "hazard/passability.h"
#include "hazard/people_rating.h"
#include "hazard/warning_time.h"

static double number(const char *text) {
    return strcmp(text, "-") == 0 ? NAN : strtod(text, NULL);
}

static void same(const case_file *c, double got, double want) {
    if (isnan(want) ? !isnan(got) : !(fabs(got - want) < 1e-12)) fail_msg("line %d: %.17g", c->number, got);
}

static void same_text(const case_file *c, const char *got, const char *want) {
    if (strcmp(got, want) != 0) fail_msg("line %d: %s, not %s", c->number, got, want);
}

static void hazard_to_people_by_table(void **state) {
    (void)state;
    static const char *const scales[] = { "people_rating_2008", "people_rating_2006" };
    case_file c;
    int cases = 0;
    assert_true(case_open(&c, "people_rating.case"));
    for (; case_next(&c); cases++) {
        double depth = number(c.part[1]), velocity = number(c.part[2]), rating;
        for (int i = 0; i < 2; i++) {
            int8_t klass;
            int64_t negative;
            smap_error err = SMAP_ERROR_INIT;
            smap__people_rating_options o = { .debris = c.part[0] };
            assert_int_equal(smap__class_scale_get(ctx, scales[i], &o.scale, NULL), SMAP_OK);
            if (smap__people_rate(ctx, &o, &depth, &velocity, 1, &rating, &klass, &negative, &err) != SMAP_OK)
                fail_msg("line %d: %s", c.number, err.message);
            same(&c, rating, number(c.part[3]));
            same_text(&c, smap__people_danger(o.scale, rating, klass), c.part[4 + i]);
            assert_int_equal(negative, depth < 0 || velocity < 0);
        }
    }
    assert_true(cases > 15);
}

static void passability_by_table(void **state) {
    (void)state;
    case_file c;
    int cases = 0;
    assert_true(case_open(&c, "passability.case"));
    for (; case_next(&c); cases++) {
        char *profile[2];
        double depth = number(c.part[1]), velocity = number(c.part[2]), unknown = number(c.part[3]);
        int8_t passable;
        smap_error err = SMAP_ERROR_INIT;
        assert_int_equal(case_split(c.part[0], '/', profile, 2), 2);
        smap__passability_options o = { profile[0], profile[1] };
        if (smap__passability(ctx, &o, &depth, &velocity, &unknown, 1, &passable, NULL, &err) != SMAP_OK)
            fail_msg("line %d: %s", c.number, err.message);
        same_text(&c, smap__passable_code(passable), c.part[4]);
    }
    assert_true(cases > 15);
}

static void warning_time_by_table(void **state) {
    (void)state;
    case_file c;
    int cases = 0;
    assert_true(case_open(&c, "warning_time.case"));
    for (; case_next(&c); cases++) {
        double arrival = number(c.part[0]), lead;
        const char *code;
        assert_int_equal(smap__warning_time(ctx, &arrival, number(c.part[1]), 1, &lead, &code, NULL, NULL), SMAP_OK);
        same(&c, lead, number(c.part[2]));
        same_text(&c, code, c.part[3]);
    }
    assert_true(cases > 5);
}

static void depth_damage_knows_its_unit_and_range(void **state) {
    (void)state;
    static const double depth[] = { 0.5, 2, 7, -0.2, NAN };
    static const double want[] = { 0.22, 0.636, 1, NAN, NAN };
    static const int8_t where[] = { SMAP__CURVE_IN, SMAP__CURVE_IN, SMAP__CURVE_ABOVE, SMAP__CURVE_UNKNOWN,
                                    SMAP__CURVE_UNKNOWN };
    const smap__curve *curve;
    double got[5];
    int8_t range[5];
    int64_t negative = 0;
    smap_error err = SMAP_ERROR_INIT;
    assert_int_equal(smap__curve_get(ctx, "jrc_africa_residential", &curve, NULL), SMAP_OK);
    assert_int_equal(smap__depth_damage(curve, "m", depth, 5, got, range, &negative, NULL), SMAP_OK);
    for (int i = 0; i < 5; i++) {
        assert_true(isnan(want[i]) ? isnan(got[i]) : got[i] == want[i]);
        assert_int_equal(range[i], where[i]);
    }
    assert_int_equal(negative, 1);
    assert_int_equal(smap__depth_damage(curve, "cm", depth, 5, got, range, NULL, &err), SMAP_E_ARGUMENT);
    assert_non_null(strstr(err.message, "in m, the hazard is in \"cm\""));
}

static void what_is_not_there_is_told(void **state) {
    (void)state;
    double x = 1, y = 1, z;
    int8_t k;
    const char *code;
    smap_error err = SMAP_ERROR_INIT;
    smap__people_rating_options o = { .debris = "lava" };
    assert_int_equal(smap__class_scale_get(ctx, "people_rating_2008", &o.scale, NULL), SMAP_OK);
    assert_int_equal(smap__people_rate(ctx, &o, &x, &y, 1, &z, &k, NULL, &err), SMAP_E_NOT_FOUND);
    assert_non_null(strstr(err.message, "urban, conservative, woodland, pasture, none"));
    assert_int_equal(smap__class_scale_get(ctx, "flood_depth", &o.scale, NULL), SMAP_OK);
    assert_int_equal(smap__people_rate(ctx, &o, &x, &y, 1, &z, &k, NULL, &err), SMAP_E_ARGUMENT);
    smap__passability_options p = { "tank", NULL };
    assert_int_equal(smap__passability(ctx, &p, &x, &y, NULL, 1, &k, NULL, &err), SMAP_E_NOT_FOUND);
    assert_non_null(strstr(err.message, "car, large_4wd"));
    assert_int_equal(smap__warning_time(ctx, &x, -1, 1, &z, &code, NULL, &err), SMAP_E_ARGUMENT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hazard_to_people_by_table), cmocka_unit_test(passability_by_table),
        cmocka_unit_test(warning_time_by_table),     cmocka_unit_test(depth_damage_knows_its_unit_and_range),
        cmocka_unit_test(what_is_not_there_is_told),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
