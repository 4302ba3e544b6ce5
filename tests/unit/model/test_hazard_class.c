#include <math.h>
#include <sys/stat.h>

#include "../case_file.h"
#include "../ctx_help.h"
#include "base/alloc.h"
#include "col/rows.h"
#include "model/curve.h"
#include "model/hazard_class.h"

static const smap__class_scale *scale_named(const char *name) {
    const smap__class_scale *scale = NULL;
    smap_error err = SMAP_ERROR_INIT;
    if (smap__class_scale_get(ctx, name, &scale, &err) != SMAP_OK) fail_msg("%s", err.message);
    return scale;
}

static const char *code_of(const smap__class_scale *scale, int klass) {
    return klass < 0 ? "unknown" : klass == 0 ? "none" : scale->klass[klass - 1].code;
}

static void check_case(const case_file *c) {
    char *verb = c->part[0], *first = strchr(verb, ' ');
    if (c->parts != 3 || !first) fail_msg("line %d: three parts are needed", c->number);
    *first++ = '\0';
    const char *got = NULL;
    const smap__class_scale *scale = NULL;
    if (strcmp(verb, "usual") == 0) {
        smap_error err = SMAP_ERROR_INIT;
        const char *unit = strcmp(c->part[1], "given") == 0 ? "" : c->part[1];
        if (smap__class_scale_of(ctx, first, unit, &scale, &err) != SMAP_OK)
            fail_msg("line %d: %s", c->number, err.message);
        got = scale->name;
    } else {
        scale = scale_named(first);
        got = code_of(scale, strcmp(verb, "at") == 0 ? smap__class_of(scale, strtod(c->part[1], NULL))
                                                     : smap__class_find(ctx, scale, c->part[1], strlen(c->part[1])));
    }
    if (strcmp(got, c->part[2]) != 0) fail_msg("line %d: %s, not %s", c->number, got, c->part[2]);
}

static void classes_by_table(void **state) {
    (void)state;
    case_file c;
    int cases = 0;
    assert_true(case_open(&c, "hazard_classes.case"));
    for (; case_next(&c); cases++) check_case(&c);
    assert_true(cases > 50);
}

static void every_scale_speaks_both_languages(void **state) {
    (void)state;
    const smap__class_scale *scale = scale_named("flood_depth");
    smap_error err = SMAP_ERROR_INIT;
    assert_string_equal(scale->unit, "m");
    assert_true(*scale->source && *scale->label.ar);
    static const char *const names[] = { "flood_depth",    "tsunami_depth",  "people_rating_2008",
                                         "earthquake_pga", "earthquake_mmi", "storm_wind",
                                         "given_5",        "observed_extent" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        scale = scale_named(names[i]);
        assert_true(scale->classes >= 1 && scale->classes <= SMAP__CLASSES_MAX);
        for (int k = 0; k < scale->classes; k++) {
            const smap__hazard_class *klass = &scale->klass[k];
            assert_true(*klass->code && *klass->label.en && *klass->label.ar);
            assert_int_equal(smap__class_of(scale, klass->min), k + 1);
            assert_int_equal(smap__class_of(scale, nextafter(klass->min, -INFINITY)), k);
            assert_int_equal(smap__class_find(ctx, scale, klass->code, strlen(klass->code)), k + 1);
            assert_int_equal(smap__class_find(ctx, scale, klass->label.ar, strlen(klass->label.ar)), k + 1);
        }
    }
    assert_int_equal(scale_named("observed_extent")->klass[0].common, 2);
    assert_int_equal(scale_named("flood_depth")->klass[2].common, 0);
    assert_int_equal(smap__class_scale_get(ctx, "flood", &scale, &err), SMAP_E_NOT_FOUND);
    assert_non_null(strstr(err.message, "flood_depth"));
    assert_int_equal(smap__class_scale_of(ctx, "flood", "cm", &scale, &err), SMAP_E_NOT_FOUND);
    assert_non_null(strstr(err.message, "flood_depth (m)"));
}

static const char *fitting(const char *hazard, const char *const *word, int count) {
    static const smap__rows_column column = { "class", SMAP_TEXT };
    const smap_table *table = NULL;
    const smap__class_scale *scale = NULL;
    smap__rows rows;
    smap__rows_init(&rows, &column, 1);
    for (int i = 0; i < count; i++) smap__rows_text(&rows, word[i]);
    assert_int_equal(smap__rows_finish(&rows, &table, NULL), SMAP_OK);
    assert_int_equal(smap__class_scale_fit(ctx, hazard, smap_table_at(table, 0), &scale, NULL), SMAP_OK);
    smap_table_free(table);
    return scale->name;
}

static void the_scale_that_knows_the_words_is_taken(void **state) {
    (void)state;
    static const char *const seen[] = { "flooded_area", "flood_trace", NULL, "flooded_area" };
    static const char *const five[] = { "very low", "high", "low" };
    static const char *const four[] = { "4", "2", "odd" };
    assert_string_equal(fitting("flood", seen, 4), "observed_extent");
    assert_string_equal(fitting("flood", five, 3), "given_5");
    assert_string_equal(fitting("landslide", four, 3), "landslide_susceptibility");
    assert_string_equal(fitting("flood", NULL, 0), "given_5");
}

static void write_file(const char *path, const char *text) {
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

static void broken_scales_name_file_and_line(void **state) {
    (void)state;
    static const struct {
        const char *rows, *word;
    } cases[] = {
        { "1,low,L,,,1,m,flood,s,\n3,high,H,,,2,m,flood,s,\n", "line 3" },
        { "1,low,L,,,2,m,flood,s,\n2,high,H,,,2,m,flood,s,\n", "above that of the class before" },
        { "1,low,L,,,x,m,flood,s,\n", "min \"x\" is not a number" },
        { "1,low,L,,,,m,flood,s,\n", "line 2" },
        { "1,low,L,,,1,m,flood,s,\n2,high,H,,,2,cm,flood,s,\n", "unit differs" },
        { "1,low,L,,,1,m,flood,s,\n2,high,low,,,2,m,flood,s,\n", "already stands for class 1" },
        { "1,,L,,,1,m,flood,s,\n", "the code is empty" },
        { "1,low,L,,,1,m,flood,s,3\n2,high,H,,,2,m,flood,s,2\n", "line 3: common must be a whole number from 3 to 4" },
        { "1,low,L,,,1,m,flood,s,0\n", "from 1 to 4" },
        { "1,low,L,,,1,m,flood,s,5\n", "from 1 to 4" },
        { "1,low,L,,,1,m,flood,s,1.5\n", "from 1 to 4" },
        { "1,low,L,,,1,m,flood,s,2\n2,high,H,,,2,m,flood,s,\n", "for all classes of a scale or for none" },
        { "1,low,L,,,1,m,flood,s,\n2,high,H,,,2,m,flood,s,3\n", "for all classes of a scale or for none" },
    };
    static const char head[] = "class,code,label_en,label_ar,aliases,min,unit,hazard,source,common\n";
    char folder[] = "/tmp/sitemap-classes-XXXXXX", standards[64], classes[128], index[192], mine[192], text[512];
    assert_non_null(mkdtemp(folder));
    snprintf(standards, sizeof standards, "%s/standards", folder);
    snprintf(classes, sizeof classes, "%s/hazard-classes", standards);
    snprintf(index, sizeof index, "%s/index.csv", classes);
    snprintf(mine, sizeof mine, "%s/mine.csv", classes);
    assert_int_equal(mkdir(standards, 0700), 0);
    assert_int_equal(mkdir(classes, 0700), 0);
    write_file(index, "name,label_en,label_ar\nmine,Mine,\n");
    smap_ctx_options options = SMAP_CTX_OPTIONS_INIT;
    options.data_dir = folder;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const smap__class_scale *scale = NULL;
        smap_error err = SMAP_ERROR_INIT;
        smap_ctx *own = NULL;
        snprintf(text, sizeof text, "%s%s", head, cases[i].rows);
        write_file(mine, text);
        assert_int_equal(smap_ctx_new(&options, &own, NULL), SMAP_OK);
        assert_int_equal(smap__class_scale_get(own, "mine", &scale, &err), SMAP_E_FORMAT);
        if (!strstr(err.message, cases[i].word) || !strstr(err.message, "mine.csv"))
            fail_msg("%s: %s", cases[i].word, err.message);
        smap_ctx_free(own);
    }
    const char *const made[] = { mine, index, classes, standards, folder };
    for (size_t i = 0; i < sizeof made / sizeof *made; i++) assert_int_equal(remove(made[i]), 0);
}

static void want_of_memory_is_survived(void **state) {
    (void)state;
    for (int64_t nth = 1;; nth += 5) {
        smap_ctx *own = NULL;
        const smap__class_scale *scale = NULL;
        const smap__curve *curve = NULL;
        assert_int_equal(smap_ctx_new(NULL, &own, NULL), SMAP_OK);
        smap__alloc_fail_at(nth, false);
        smap_status a = smap__class_scale_get(own, "flood_depth", &scale, NULL);
        smap_status b = smap__curve_get(own, "jrc_africa_residential", &curve, NULL);
        smap__alloc_fail_at(0, false);
        assert_true(a == SMAP_OK || a == SMAP_E_NOMEM);
        assert_true(b == SMAP_OK || b == SMAP_E_NOMEM);
        assert_int_equal(smap__class_scale_get(own, "storm_wind", &scale, NULL), SMAP_OK);
        assert_int_equal(scale->classes, 5);
        assert_int_equal(smap__curve_get(own, "jrc_africa_residential", &curve, NULL), SMAP_OK);
        smap_ctx_free(own);
        if (a == SMAP_OK && b == SMAP_OK) break;
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(classes_by_table),
        cmocka_unit_test(every_scale_speaks_both_languages),
        cmocka_unit_test(the_scale_that_knows_the_words_is_taken),
        cmocka_unit_test(broken_scales_name_file_and_line),
        cmocka_unit_test(want_of_memory_is_survived),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
