/* Speeds and closure rules out of their tables, and what is wrong with a table. */
#include "access/travel_speed.h"

#include <sys/stat.h>
#include <unistd.h>

#include "../ctx_help.h"
#include "access/closure_rule.h"
#include "model/domain.h"
#include "scene.h"

static void near(double a, double b) {
    if (!(fabs(a - b) <= 1e-12 * (1 + fabs(b)))) fail_msg("%.17g is not %.17g", a, b);
}

/* Tobler's 6 exp(-3.5 x 0.05) on flat ground, 0.6 of it off the path, 0.7 of either for groups. */
static void people_walk_as_tobler_says(void **state) {
    (void)state;
    smap__travel_speeds s;
    bool known;
    assert_int_equal(smap__travel_speeds_get(ctx, &s, NULL), SMAP_OK);
    double flat = 6 * exp(-3.5 * 0.05), got = smap__travel_speed(&s, SMAP__ON_FOOT, "residential", "sand", &known);
    assert_true(fabs(got - 0.7 * flat / 3.6) < 0.002);
    near(s.walk_ms, 0.6 * got);
    smap__travel_speeds_release(&s);
}

/* Every class and surface of the model is known; no surface makes faster. */
static void every_class_and_surface_has_a_speed(void **state) {
    (void)state;
    smap__travel_speeds s;
    const smap__domain *class, *surface;
    bool known;
    assert_int_equal(smap__travel_speeds_get(ctx, &s, NULL), SMAP_OK);
    assert_int_equal(smap__domain_get(ctx, "road_class", &class, NULL), SMAP_OK);
    assert_int_equal(smap__domain_get(ctx, "surface", &surface, NULL), SMAP_OK);
    for (int i = 0; i < class->codes; i++) {
        const char *code = class->code[i].code;
        double plain = smap__travel_speed(&s, SMAP__BY_VEHICLE, code, "", &known);
        assert_true(known == (strcmp(code, "unknown") != 0) && plain >= 0 && plain < 40);
        for (int k = 0; k < surface->codes; k++)
            assert_true(smap__travel_speed(&s, SMAP__BY_VEHICLE, code, surface->code[k].code, &known) <= plain);
    }
    near(smap__travel_speed(&s, SMAP__BY_VEHICLE, "goat trail", "lava", &known) * 3.6, 25);
    assert_false(known);
    smap__travel_speeds_release(&s);
}

/* Every kind of closure has a rule of its own. */
static const smap__closure_limits closure_limits = { 0.5, 200, 720 };

static void every_kind_of_closure_has_a_rule(void **state) {
    (void)state;
    const smap__domain *kind;
    assert_int_equal(smap__domain_get(ctx, "closure_kind", &kind, NULL), SMAP_OK);
    for (int i = 0; i < kind->codes; i++) {
        char closures[128];
        scene s = { 0 };
        smap__closure_effects e;
        snprintf(closures, sizeof closures, "A point 0,0 kind=%s; B point 0,0 kind=nothing-known", kind->code[i].code);
        scene_closures(&s, closures);
        assert_int_equal(smap__closure_effects_read(ctx, s.closures, &closure_limits, &e, NULL, NULL), SMAP_OK);
        if ((e.of[0].rule == e.of[1].rule) != (strcmp(kind->code[i].code, "unknown") == 0))
            fail_msg("closure_rule.csv has no row for %s", kind->code[i].code);
        smap__closure_effects_release(&e);
        scene_release(&s);
    }
}

/* ---- tables with something wrong ---- */

static void write_file(const char *path, const char *text) {
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

/* What reading the tables of a folder says. */
static void read_tables(const char *folder, smap_error *err) {
    smap_ctx_options options = SMAP_CTX_OPTIONS_INIT;
    smap_ctx *own = NULL;
    smap__travel_speeds speeds;
    smap__closure_effects effects;
    scene s = { 0 };
    char closures[] = "A point 0,0";
    options.data_dir = folder;
    assert_int_equal(smap_ctx_new(&options, &own, NULL), SMAP_OK);
    scene_closures(&s, closures);
    if (smap__travel_speeds_get(own, &speeds, err) == SMAP_OK) {
        smap__travel_speeds_release(&speeds);
        if (smap__closure_effects_read(own, s.closures, &closure_limits, &effects, NULL, err) == SMAP_OK)
            smap__closure_effects_release(&effects);
    }
    scene_release(&s);
    smap_ctx_free(own);
}

#define SPEEDS "mode,class,surface,speed_kmh,factor\n"
#define GOOD_SPEEDS SPEEDS "foot,unknown,*,5,\nfoot,off_road,*,3,\nvehicle,unknown,*,25,\n"
#define CHECKS "check,value\nleast_speed,0.5\nunit_ratio,2\nlong_delay,720\n"
#define GOOD_CHECKS CHECKS "unit_roads,5\n"
#define RULES "kind,reach_point_m,reach_line_m,reach_polygon_m,bridge,min_length_m\n"
#define GOOD_RULES RULES "unknown,25,10,0,closes,30\n"

static void a_wrong_table_is_told_by_its_line(void **state) {
    (void)state;
    static const struct {
        const char *speeds, *checks, *rules, *word;
    } cases[] = {
        { GOOD_SPEEDS, GOOD_CHECKS, GOOD_RULES, "" },
        { SPEEDS "foot,unknown,*,-5,\n", GOOD_CHECKS, GOOD_RULES, "line 2: speed_kmh is 0 or more" },
        { SPEEDS "foot,unknown,*,5,0\n", GOOD_CHECKS, GOOD_RULES, "the factor above 0" },
        { SPEEDS "foot,unknown,*,,\n", GOOD_CHECKS, GOOD_RULES, "speed_kmh is 0 or more" },
        { SPEEDS "foot,unknown,*,fast,\n", GOOD_CHECKS, GOOD_RULES, "fast" },
        { SPEEDS "foot,unknown,*,5,\nfoot,off_road,*,3,\n", GOOD_CHECKS, GOOD_RULES, "mode vehicle, class unknown" },
        { SPEEDS "foot,unknown,*,5,\nfoot,off_road,*,0,\nvehicle,unknown,*,25,\n", GOOD_CHECKS, GOOD_RULES,
          "off_road" },
        { GOOD_SPEEDS, CHECKS, GOOD_RULES, "unit_roads" },
        { GOOD_SPEEDS, "check,value\nleast_speed,0\n", GOOD_RULES, "a number above 0 is needed" },
        { GOOD_SPEEDS, GOOD_CHECKS, RULES "unknown,0,10,0,closes,30\n", "the reach of points and lines is above 0" },
        { GOOD_SPEEDS, GOOD_CHECKS, RULES "unknown,25,10,-1,closes,30\n", "that of polygons 0 or more" },
        { GOOD_SPEEDS, GOOD_CHECKS, RULES "unknown,25,10,0,closes,\n", "min_length_m is 0 or more" },
        { GOOD_SPEEDS, GOOD_CHECKS, RULES "unknown,25,10,0,perhaps,0\n", "bridge is one of" },
        { GOOD_SPEEDS, GOOD_CHECKS, RULES "debris,25,10,0,closes,0\n", "the kind \"unknown\" is missing" },
    };
    char folder[] = "/tmp/sitemap-speeds-XXXXXX", standards[64], path[3][128];
    static const char *const names[] = { "travel_speed", "speed_check", "closure_rule" };
    assert_non_null(mkdtemp(folder));
    snprintf(standards, sizeof standards, "%s/standards", folder);
    assert_int_equal(mkdir(standards, 0700), 0);
    for (int i = 0; i < 3; i++) snprintf(path[i], sizeof path[i], "%s/%s.csv", standards, names[i]);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        smap_error err = SMAP_ERROR_INIT;
        const char *const text[] = { cases[i].speeds, cases[i].checks, cases[i].rules };
        for (int k = 0; k < 3; k++) write_file(path[k], text[k]);
        read_tables(folder, &err);
        if (!strstr(err.message, cases[i].word) || (err.message[0] == '\0') != (cases[i].word[0] == '\0'))
            fail_msg("case %zu: \"%s\"", i, err.message);
    }
    for (int i = 0; i < 3; i++) unlink(path[i]);
    rmdir(standards);
    rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(people_walk_as_tobler_says),
        cmocka_unit_test(every_class_and_surface_has_a_speed),
        cmocka_unit_test(every_kind_of_closure_has_a_rule),
        cmocka_unit_test(a_wrong_table_is_told_by_its_line),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
