#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../ctx_help.h"
#include "base/alloc.h"
#include "model/domain.h"
#include "model/json.h"
#include "model/scale.h"
#include "model/schema.h"
#include "model/schema_repeat.h"

static void json_is_read_with_its_kinds(void **state) {
    (void)state;
    const char *text = "{\"b\": [1, 2.5, \"x\\u0644\", null, true], \"a\": {\"n\": -7}}";
    smap__json_doc *doc = NULL;
    assert_int_equal(smap__json_parse(text, strlen(text), "t", &doc, NULL), SMAP_OK);
    const smap__json *root = smap__json_root(doc), *list = smap__json_get(root, "b");
    assert_int_equal(smap__json_size(list), 5);
    assert_int_equal(smap__json_integer(smap__json_item(list, 0), 0), 1);
    assert_true(smap__json_number(smap__json_item(list, 1), 0) == 2.5);
    assert_string_equal(smap__json_text(smap__json_item(list, 2), ""), "xل");
    assert_null(smap__json_item(list, 3));
    assert_true(smap__json_bool(smap__json_item(list, 4), false));
    assert_int_equal(smap__json_integer(smap__json_get(smap__json_get(root, "a"), "n"), 0), -7);
    /* Wrong kinds and absent values give the fallback. */
    assert_int_equal(smap__json_integer(smap__json_item(list, 2), 9), 9);
    assert_string_equal(smap__json_text(smap__json_item(list, 0), "no"), "no");
    assert_null(smap__json_get(list, "b"));
    assert_int_equal(smap__json_size(root), 0);
    const char *key = NULL;
    const smap__json *value = NULL;
    size_t at = 0;
    assert_true(smap__json_member(root, &at, &key, &value));
    assert_string_equal(key, "b");
    assert_true(smap__json_member(root, &at, &key, &value));
    assert_string_equal(key, "a");
    assert_false(smap__json_member(root, &at, &key, &value));
    smap__json_free(doc);
}

static bool same_json(const smap__json *a, const smap__json *b) {
    size_t members[2] = { 0, 0 }, at = 0;
    const char *key;
    const smap__json *value;
    if (!a || !b) return a == b;
    if (smap__json_is_array(a)) {
        bool same = smap__json_is_array(b) && smap__json_size(a) == smap__json_size(b);
        for (size_t i = 0; same && i < smap__json_size(a); i++)
            same = same_json(smap__json_item(a, i), smap__json_item(b, i));
        return same;
    }
    if (!smap__json_is_object(a))
        return strcmp(smap__json_text(a, ""), smap__json_text(b, "")) == 0 &&
               smap__json_integer(a, -1) == smap__json_integer(b, -1) && !smap__json_is_object(b);
    while (smap__json_member(a, &members[0], &key, &value)) {
    }
    while (smap__json_member(b, &members[1], &key, &value)) {
    }
    if (!smap__json_is_object(b) || members[0] != members[1]) return false;
    while (smap__json_member(a, &at, &key, &value))
        if (!same_json(value, smap__json_get(b, key))) return false;
    return true;
}

/* RFC 7396, appendix A, as far as documents are objects and lists; and a patch that is a part of what it takes away. */
static void patches_are_merged_as_the_rfc_says(void **state) {
    (void)state;
    static const char *const known[][3] = {
        { "{\"a\":\"b\"}", "{\"a\":\"c\"}", "{\"a\":\"c\"}" },
        { "{\"a\":\"b\"}", "{\"b\":\"c\"}", "{\"a\":\"b\",\"b\":\"c\"}" },
        { "{\"a\":\"b\"}", "{\"a\":null}", "{}" },
        { "{\"a\":\"b\",\"b\":\"c\"}", "{\"a\":null}", "{\"b\":\"c\"}" },
        { "{\"a\":[\"b\"]}", "{\"a\":\"c\"}", "{\"a\":\"c\"}" },
        { "{\"a\":\"c\"}", "{\"a\":[\"b\"]}", "{\"a\":[\"b\"]}" },
        { "{\"a\":{\"b\":\"c\"}}", "{\"a\":{\"b\":\"d\",\"c\":null}}", "{\"a\":{\"b\":\"d\"}}" },
        { "{\"a\":[{\"b\":\"c\"}]}", "{\"a\":[1]}", "{\"a\":[1]}" },
        { "[\"a\",\"b\"]", "[\"c\",\"d\"]", "[\"c\",\"d\"]" },
        { "{\"a\":\"b\"}", "[\"c\"]", "[\"c\"]" },
        { "{\"e\":null}", "{\"a\":1}", "{\"e\":null,\"a\":1}" },
        { "[1,2]", "{\"a\":\"b\",\"c\":null}", "{\"a\":\"b\"}" },
        { "{}", "{\"a\":{\"bb\":{\"ccc\":null}}}", "{\"a\":{\"bb\":{}}}" },
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        smap__json_doc *doc[3];
        for (int k = 0; k < 3; k++)
            assert_int_equal(smap__json_parse(known[i][k], strlen(known[i][k]), "t", &doc[k], NULL), SMAP_OK);
        assert_int_equal(smap__json_patch(doc[0], smap__json_root(doc[1]), NULL), SMAP_OK);
        if (!same_json(smap__json_root(doc[0]), smap__json_root(doc[2]))) fail_msg("case %zu", i);
        for (int k = 0; k < 3; k++) smap__json_free(doc[k]);
    }
    static const char self[] = "{\"p\":{\"p\":null,\"q\":{\"r\":1}}}";
    smap__json_doc *doc;
    assert_int_equal(smap__json_parse(self, sizeof self - 1, "t", &doc, NULL), SMAP_OK);
    assert_int_equal(smap__json_patch(doc, smap__json_get(smap__json_root(doc), "p"), NULL), SMAP_OK);
    assert_null(smap__json_get(smap__json_root(doc), "p"));
    assert_int_equal(smap__json_integer(smap__json_get(smap__json_get(smap__json_root(doc), "q"), "r"), 0), 1);
    smap__json_free(doc);
}

static void broken_json_names_the_line(void **state) {
    (void)state;
    static const struct {
        const char *text;
        smap_status status;
        const char *word;
    } cases[] = {
        { "{\n \"a\": 1,\n \"b\" 2}", SMAP_E_FORMAT, "line 3" },
        { "{\n \"a\": [1, 2", SMAP_E_FORMAT, "ends too early" },
        { "{} x", SMAP_E_FORMAT, "after the end" },
        { "{\"a\": 1,}", SMAP_E_FORMAT, "line 1" },
        { "// no\n{}", SMAP_E_FORMAT, "line 1" },
        { "", SMAP_E_FORMAT, "ends too early" },
        { "{\"a\": \"\xff\"}", SMAP_E_FORMAT, "line 1" },
        { "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]", SMAP_E_LIMIT, "nested" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        smap__json_doc *doc = NULL;
        smap_error err = SMAP_ERROR_INIT;
        assert_int_equal(smap__json_parse(cases[i].text, strlen(cases[i].text), "t.json", &doc, &err), cases[i].status);
        assert_null(doc);
        assert_non_null(strstr(err.message, cases[i].word));
        assert_non_null(strstr(err.message, "t.json"));
    }
}

static void every_layer_is_whole(void **state) {
    (void)state;
    const smap__schema *const *schema = NULL;
    int count = 0, version = 0;
    smap_error err = SMAP_ERROR_INIT;
    if (smap__schema_all(ctx, &schema, &count, &err) != SMAP_OK) fail_msg("%s", err.message);
    assert_true(count >= 36);
    assert_int_equal(smap__model_version(ctx, &version, NULL), SMAP_OK);
    assert_true(version >= 1);
    for (int i = 0; i < count; i++) {
        const smap__schema *s = schema[i];
        assert_true(*s->label.en && *s->label.ar && *s->description);
        for (int k = 0; k < s->fields; k++) {
            const smap__field *f = &s->field[k];
            if (!*f->label.en || !*f->label.ar || f->hxl[0] != '#') fail_msg("%s.%s", s->name, f->name);
            if (f->has_min && f->has_max) assert_true(f->min < f->max);
            if (!*f->domain) continue;
            const smap__domain *d = NULL;
            if (smap__domain_get(ctx, f->domain, &d, &err) != SMAP_OK) fail_msg("%s", err.message);
            assert_int_equal(f->type, SMAP_TEXT);
        }
    }
}

/* ---- columns that are repeated ---- */

static const smap__repeat flood_and_quake[] = { { "flood", { "Flood", "فيضان" }, "m" },
                                                { "quake", { "Earthquake", "" }, "" } };

static void repeated_columns_are_written_out_for_each_thing(void **state) {
    (void)state;
    const smap__schema *base = NULL, *whole = NULL;
    smap__arena arena = SMAP__ARENA_INIT;
    assert_int_equal(smap__schema_get(ctx, "exposure_road", &base, NULL), SMAP_OK);
    assert_true(base->repeats > 0);
    assert_null(smap__schema_field(base, "flood_class"));
    assert_int_equal(smap__schema_repeat(&arena, base, flood_and_quake, 2, NULL, &whole, NULL), SMAP_OK);
    assert_int_equal(whole->fields, base->fields + 2 * base->repeats);
    assert_string_equal(smap__schema_field(whole, "flood_max")->label.en, "Flood: highest (m)");
    assert_string_equal(smap__schema_field(whole, "flood_max")->unit, "m");
    assert_string_equal(smap__schema_field(whole, "quake_max")->label.en, "Earthquake: highest");
    assert_string_equal(smap__schema_field(whole, "flood_class")->label.ar, "فيضان: الصنف");
    assert_string_equal(smap__schema_field(whole, "quake_class")->label.ar, "Earthquake: الصنف");
    smap__arena_release(&arena);
}

static void a_name_that_makes_a_column_twice_is_refused(void **state) {
    (void)state;
    const smap__schema *base = NULL, *whole = NULL;
    smap__arena arena = SMAP__ARENA_INIT;
    const smap__repeat clash[] = { { "flood", { "Flood", "" }, "" }, { "flood", { "Flood", "" }, "" } };
    const smap__repeat road = { "road", { "Road", "" }, "" }; /* road_class is there */
    smap_error err = SMAP_ERROR_INIT;
    assert_int_equal(smap__schema_get(ctx, "exposure_road", &base, NULL), SMAP_OK);
    assert_int_equal(smap__schema_repeat(&arena, base, clash, 2, NULL, &whole, &err), SMAP_E_ARGUMENT);
    assert_int_equal(smap__schema_repeat(&arena, base, &road, 1, NULL, &whole, &err), SMAP_E_ARGUMENT);
    assert_non_null(strstr(err.message, "road_class"));
    assert_null(whole);
    smap__arena_release(&arena);
}

static const smap_table *table_of(const char *const *names, int count) {
    const smap_column *column[8] = { NULL };
    const smap_table *table = NULL;
    smap_column_builder *b = NULL;
    for (int i = 0; i < count; i++) {
        assert_int_equal(smap_column_builder_new(names[i], SMAP_INT64, &b, NULL), SMAP_OK);
        assert_int_equal(smap_column_builder_finish(b, &column[i], NULL), SMAP_OK);
        smap_column_builder_free(b);
    }
    assert_int_equal(smap_table_new(column, count, 0, &table, NULL), SMAP_OK);
    for (int i = 0; i < count; i++) smap_column_free(column[i]);
    return table;
}

static void repeated_columns_are_found_again_in_a_table(void **state) {
    (void)state;
    static const char *const names[] = { "road_id",   "road_class", "class",      "flood_class",
                                         "flood_max", "my_class",   "flood_notes" };
    const smap__schema *base = NULL, *whole = NULL;
    smap__arena arena = SMAP__ARENA_INIT;
    const smap_table *table = table_of(names, 7);
    assert_int_equal(smap__schema_get(ctx, "exposure_road", &base, NULL), SMAP_OK);
    assert_int_equal(smap__schema_repeat_found(&arena, base, table, &whole, NULL), SMAP_OK);
    assert_int_equal(whole->fields, base->fields + 3);
    assert_non_null(smap__schema_field(whole, "flood_max"));
    assert_non_null(smap__schema_field(whole, "my_class"));
    assert_null(smap__schema_field(whole, "flood_mean"));
    smap_table_free(table);
    smap__arena_release(&arena);
}

static void a_missing_layer_is_told_with_those_there_are(void **state) {
    (void)state;
    const smap__schema *schema = NULL;
    smap_error err = SMAP_ERROR_INIT;
    assert_int_equal(smap__schema_get(ctx, "sitez", &schema, &err), SMAP_E_NOT_FOUND);
    assert_non_null(strstr(err.message, "sitez"));
    assert_non_null(strstr(err.message, "site,"));
    const smap__domain *domain = NULL;
    assert_int_equal(smap__domain_get(ctx, "../model/x", &domain, &err), SMAP_E_NOT_FOUND);
    const smap__scale *scale = NULL;
    assert_int_equal(smap__scale_get(ctx, "nothing", &scale, &err), SMAP_E_NOT_FOUND);
}

static const char *code_of(const char *name, const char *text) {
    const smap__domain *d = NULL;
    smap_error err = SMAP_ERROR_INIT;
    if (smap__domain_get(ctx, name, &d, &err) != SMAP_OK) fail_msg("%s", err.message);
    int at = smap__domain_find(d, text, strlen(text));
    return at < 0 ? "(none)" : d->code[at].code;
}

static void words_stand_for_codes(void **state) {
    (void)state;
    static const struct {
        const char *domain, *text, *code;
    } cases[] = {
        { "site_type", "collective_centre", "collective_centre" },
        { "site_type", "  Collective  CENTER ", "collective_centre" },
        { "site_type", "مركز إيواء جماعي", "collective_centre" },
        { "site_type", "مركز ايواء جماعى", "collective_centre" },
        { "site_type", "castle", "(none)" },
        { "premises", "مدرسه", "school" },
        { "sex", "F", "female" },
        { "oneway", "-1", "backward" },
        { "oneway", "1", "forward" },
        { "population_group", "IDPs", "idp" },
        { "cems_building_use", "11-Residential Buildings", "residential" },
        { "cems_building_use", "995-Unclassified", "unclassified" },
        { "cems_event_type", "5-Flood", "flood" },
        { "hazard_class", "Flood trace", "flood_trace" },
        { "coverage_kind", "areaOfInterestA", "area_of_interest" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(code_of(cases[i].domain, cases[i].text), cases[i].code);
    }
}

static void write_file(const char *path, const char *text) {
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

/* `frame` with its one "%s" filled. */
static void put_fields(char *out, size_t size, const char *frame, const char *more) {
    const char *at = strstr(frame, "%s");
    snprintf(out, size, "%.*s%s%s", (int)(at - frame), frame, more, at + 2);
}

static void near_words_are_offered(void **state) {
    (void)state;
    static const struct {
        const char *domain, *text, *code; /* NULL = none */
    } cases[] = {
        { "site_type", "Colective centr", "collective_centre" },
        { "site_type", "Tranzit center", "transit_centre" },
        { "premises", "Hotl", "hotel" },
        { "premises", "مدرسسة", "school" },
        { "site_type", "castle", NULL },
        { "site_type", "", NULL },
        { "site_type", "x", NULL },
        { "premises", "Scholl", "school" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const smap__domain *d = NULL;
        assert_int_equal(smap__domain_get(ctx, cases[i].domain, &d, NULL), SMAP_OK);
        int at = smap__domain_nearest(d, cases[i].text, strlen(cases[i].text));
        const char *got = at < 0 ? "(none)" : d->code[at].code;
        assert_string_equal(got, cases[i].code ? cases[i].code : "(none)");
    }
}

/* The crosswalk of severities, as the domain facts state it. */
static void grades_have_their_severity(void **state) {
    (void)state;
    static const struct {
        const char *scale, *text, *code;
        smap__grade_kind kind;
        int low, high; /* -1 = none */
    } cases[] = {
        { "cems_2019", "Destroyed", "destroyed", SMAP__GRADE_DAMAGED, 4, 4 },
        { "cems_2019", "Damage", "damaged", SMAP__GRADE_DAMAGED, 2, 3 },
        { "cems_2019", "Possibly damaged", "possibly_damaged", SMAP__GRADE_POSSIBLE, 0, 3 },
        { "cems_2019", "Possible Damage", "possibly_damaged", SMAP__GRADE_POSSIBLE, 0, 3 },
        { "cems_2019", "No visible damage", "no_visible_damage", SMAP__GRADE_UNDAMAGED, 0, 0 },
        { "cems_2019", "Not Analysed", "not_analysed", SMAP__GRADE_NOT_ANALYSED, -1, -1 },
        { "cems_2016", "Highly Damaged", "highly_damaged", SMAP__GRADE_DAMAGED, 3, 3 },
        { "unosat", "2", "severe_damage", SMAP__GRADE_DAMAGED, 3, 3 },
        { "unosat", "4", "possible_damage", SMAP__GRADE_POSSIBLE, 0, 3 },
        { "unosat", "6", "class_unread", SMAP__GRADE_NOT_A_BUILDING, -1, -1 },
        { "unosat", "No Visible Damage", "no_visible_damage", SMAP__GRADE_UNDAMAGED, 0, 0 },
        { "ems98", "G3", "grade_3", SMAP__GRADE_DAMAGED, 2, 3 },
        { "reach_ground", "heavy_damage", "heavy_damage", SMAP__GRADE_DAMAGED, 3, 3 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const smap__scale *scale = NULL;
        smap_error err = SMAP_ERROR_INIT;
        if (smap__scale_get(ctx, cases[i].scale, &scale, &err) != SMAP_OK) fail_msg("%s", err.message);
        const smap__grade *g = smap__scale_find(scale, cases[i].text, strlen(cases[i].text));
        assert_non_null(g);
        assert_ptr_equal(g, smap__scale_code(scale, cases[i].code));
        assert_int_equal(g->kind, cases[i].kind);
        assert_int_equal(g->has_severity, cases[i].low >= 0);
        if (g->has_severity) assert_int_equal(g->severity_low, cases[i].low);
        if (g->has_severity) assert_int_equal(g->severity_high, cases[i].high);
    }
}

/* Field domain `damage_grade` is the union of all scales, with their labels. */
static void grades_of_all_scales_are_in_the_vocabulary(void **state) {
    (void)state;
    const smap__domain *scales = NULL, *grades = NULL;
    assert_int_equal(smap__domain_get(ctx, "damage_scale", &scales, NULL), SMAP_OK);
    assert_int_equal(smap__domain_get(ctx, "damage_grade", &grades, NULL), SMAP_OK);
    for (int i = 0; i < scales->codes; i++) {
        const smap__scale *scale = NULL;
        assert_int_equal(smap__scale_get(ctx, scales->code[i].code, &scale, NULL), SMAP_OK);
        assert_string_equal(scale->label.en, scales->code[i].label.en);
        assert_string_equal(scale->label.ar, scales->code[i].label.ar);
        for (int k = 0; k < scale->grades; k++) {
            const char *code = scale->grade[k].code;
            if (smap__domain_code(grades, code, strlen(code)) < 0) fail_msg("%s: %s", scale->name, code);
        }
    }
}

/* Every allocation of the first read fails once: an error or an answer, never a crash, and the next read works. */
static void want_of_memory_is_survived(void **state) {
    (void)state;
    for (int64_t nth = 1;; nth += 7) {
        smap_ctx *own = NULL;
        assert_int_equal(smap_ctx_new(NULL, &own, NULL), SMAP_OK);
        const smap__schema *schema = NULL;
        const smap__domain *domain = NULL;
        const smap__scale *scale = NULL;
        smap__alloc_fail_at(nth, false);
        smap_status a = smap__schema_get(own, "site", &schema, NULL);
        smap_status b = smap__domain_get(own, "site_type", &domain, NULL);
        smap_status c = smap__scale_get(own, "cems_2019", &scale, NULL);
        smap__alloc_fail_at(0, false);
        bool all = a == SMAP_OK && b == SMAP_OK && c == SMAP_OK;
        assert_true(a == SMAP_OK || a == SMAP_E_NOMEM);
        assert_true(b == SMAP_OK || b == SMAP_E_NOMEM);
        assert_true(c == SMAP_OK || c == SMAP_E_NOMEM);
        assert_int_equal(smap__schema_get(own, "site", &schema, NULL), SMAP_OK);
        assert_int_equal(smap__domain_get(own, "site_type", &domain, NULL), SMAP_OK);
        assert_int_equal(smap__scale_get(own, "cems_2019", &scale, NULL), SMAP_OK);
        smap_ctx_free(own);
        if (all) break;
    }
}

/* A data folder with one broken file: the sentence names the file and what is wrong in it. */
static void broken_data_files_are_told(void **state) {
    (void)state;
    static const char index[] = "{\"version\": 1, \"sensitivities\": [\"open\"], \"layers\": [\"thing\"]}";
    static const char *const thing =
        "{\"name\": \"thing\", \"kind\": \"model\", \"sensitivity\": \"open\", \"geometry\": "
        "[\"point\"], \"fields\": [{\"name\": \"a\", \"type\": \"text\"}%s]}";
    static const struct {
        const char *more, *word; /* more fields of the layer */
    } layers[] = {
        { ", {\"name\": \"b\", \"type\": \"string\"}", "\"string\"" },
        { ", {\"name\": \"a\", \"type\": \"text\"}", "two columns" },
        { ", {\"name\": \"B b\", \"type\": \"text\"}", "cannot be the name" },
        { ", {\"name\": \"b\", \"type\": \"text\", \"sensitivity\": \"secret\"}", "\"secret\"" },
        { ", {", "line 1" },
    };
    static const struct {
        const char *text, *word;
    } domains[] = {
        { "code,label_en\nx,X\n", "label_ar" },
        { "code,label_en,label_ar,aliases,description,source,sure\na,A,,b,,,\nb,B,,,,,\n", "line 3" },
        { "code,label_en,label_ar,aliases,description,source,sure\na,A\n", "too few" },
        { "code,label_en,label_ar,aliases,description,source,sure\n", "no rows" },
    };
    char folder[] = "/tmp/sitemap-model-XXXXXX", path[128], text[1024];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/model", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/domains", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/model/index.json", folder);
    write_file(path, index);
    smap_ctx_options options = SMAP_CTX_OPTIONS_INIT;
    options.data_dir = folder;
    for (size_t i = 0; i < sizeof layers / sizeof *layers; i++) {
        smap_ctx *own = NULL;
        const smap__schema *schema = NULL;
        smap_error err = SMAP_ERROR_INIT;
        put_fields(text, sizeof text, thing, layers[i].more);
        snprintf(path, sizeof path, "%s/model/thing.json", folder);
        write_file(path, text);
        assert_int_equal(smap_ctx_new(&options, &own, NULL), SMAP_OK);
        assert_int_equal(smap__schema_get(own, "thing", &schema, &err), SMAP_E_FORMAT);
        assert_non_null(strstr(err.message, "thing.json"));
        if (!strstr(err.message, layers[i].word)) fail_msg("%s: %s", layers[i].word, err.message);
        smap_ctx_free(own);
    }
    for (size_t i = 0; i < sizeof domains / sizeof *domains; i++) {
        smap_ctx *own = NULL;
        const smap__domain *domain = NULL;
        smap_error err = SMAP_ERROR_INIT;
        snprintf(path, sizeof path, "%s/domains/d.csv", folder);
        write_file(path, domains[i].text);
        assert_int_equal(smap_ctx_new(&options, &own, NULL), SMAP_OK);
        assert_int_equal(smap__domain_get(own, "d", &domain, &err), SMAP_E_FORMAT);
        if (!strstr(err.message, domains[i].word)) fail_msg("%s: %s", domains[i].word, err.message);
        smap_ctx_free(own);
    }
    static const char *const files[] = { "model/thing.json", "model/index.json", "domains/d.csv", "model", "domains" };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, files[i]);
        assert_int_equal(remove(path), 0);
    }
    assert_int_equal(remove(folder), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_is_read_with_its_kinds),
        cmocka_unit_test(patches_are_merged_as_the_rfc_says),
        cmocka_unit_test(broken_json_names_the_line),
        cmocka_unit_test(every_layer_is_whole),
        cmocka_unit_test(repeated_columns_are_written_out_for_each_thing),
        cmocka_unit_test(a_name_that_makes_a_column_twice_is_refused),
        cmocka_unit_test(repeated_columns_are_found_again_in_a_table),
        cmocka_unit_test(a_missing_layer_is_told_with_those_there_are),
        cmocka_unit_test(words_stand_for_codes),
        cmocka_unit_test(near_words_are_offered),
        cmocka_unit_test(grades_have_their_severity),
        cmocka_unit_test(grades_of_all_scales_are_in_the_vocabulary),
        cmocka_unit_test(want_of_memory_is_survived),
        cmocka_unit_test(broken_data_files_are_told),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
