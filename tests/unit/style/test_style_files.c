/* The styles that we ship: read without a warning, bilingual, every rule draws, and what they ask of the data is in the
 * model: columns, codes, and the words for a code. */
#include <dirent.h>
#include <math.h>

#include "base/file.h"
#include "col/rows.h"
#include "model/domain.h"
#include "style/filter.h"
#include "style_help.h"

static bool is_arabic(const char *text) {
    size_t at = 0, len = strlen(text);
    while (at < len) {
        uint32_t c = smap__utf8_next(text, len, &at);
        if (c >= 0x0600 && c <= 0x06FF) return true;
    }
    return false;
}

static void check_style(smap_ctx *ctx, const char *path) {
    const smap__style *style = NULL;
    smap_error err = SMAP_ERROR_INIT;
    if (smap__style_read(ctx, path, &style, &err) != SMAP_OK) fail_msg("%s", err.message);
    assert_true(style->rules > 0);
    assert_true(is_arabic(style->title_ar));
    assert_false(is_arabic(style->title_en));
    for (int r = 0; r < style->rules; r++) {
        const smap__rule *rule = &style->rule[r];
        assert_true(*rule->name && *rule->title_en);
        assert_true(is_arabic(rule->title_ar));
        assert_false(is_arabic(rule->title_en));
        assert_true(rule->symbolizers > 0);
        for (int s = 0; s < r; s++) assert_string_not_equal(rule->name, style->rule[s].name);
    }
    smap__style_free(style);
}

static void shipped_styles_are_clean(void **state) {
    (void)state;
    warnings w;
    smap_ctx *ctx = new_ctx(&w);
    DIR *folder = opendir(SMAP_SOURCE_DIR "/styles");
    assert_non_null(folder);
    int seen = 0;
    for (struct dirent *entry; (entry = readdir(folder));) {
        const char *dot = strrchr(entry->d_name, '.');
        if (!dot || strcmp(dot, ".sld") != 0) continue;
        char path[512];
        snprintf(path, sizeof path, "%s/styles/%s", SMAP_SOURCE_DIR, entry->d_name);
        check_style(ctx, path);
        seen++;
    }
    closedir(folder);
    assert_true(seen >= 11);
    assert_string_equal(w.text, "");
    smap_ctx_free(ctx);
}

static const smap__field *field_named(const smap__schema *schema, const char *name) {
    for (int i = 0; i < schema->fields; i++)
        if (strcmp(schema->field[i].name, name) == 0) return &schema->field[i];
    fail_msg("%s has no column \"%s\"", schema->name, name);
    return NULL;
}

static void check_filter(smap_ctx *ctx, const smap__schema *schema, const smap__rule *rule, const smap__filter *f) {
    for (int i = 0; i < f->children; i++) check_filter(ctx, schema, rule, &f->child[i]);
    if (f->children > 0) return;
    const smap__field *field = field_named(schema, f->property);
    if (f->kind != SMAP__FILTER_COMPARE || !*field->domain) return;
    const smap__domain *domain = NULL;
    assert_int_equal(smap__domain_get(ctx, field->domain, &domain, NULL), SMAP_OK);
    int code = smap__domain_code(domain, f->literal, f->literal_len);
    if (code < 0) fail_msg("%s: \"%s\" is no code of %s", schema->name, f->literal, field->domain);
    if (f->op != SMAP__EQ || strcmp(rule->name, f->literal) != 0) return;
    if (rule->filter->kind == SMAP__FILTER_COMPARE) { /* a rule for one code is called what the code is called */
        assert_string_equal(rule->title_en, domain->code[code].label.en);
        assert_string_equal(rule->title_ar, domain->code[code].label.ar);
    }
}

/* Columns that the model has, decimals of numbers alone, and words in both languages. */
static void check_line(const smap__schema *schema, const smap__label_line *line) {
    for (int i = 0; i < line->parts; i++) {
        const smap__label_part *part = &line->part[i];
        if (!part->property) {
            assert_true(*part->text_en && *part->text_ar);
            continue;
        }
        smap_type type = field_named(schema, part->property)->type;
        if (part->decimals >= 0) assert_true(type == SMAP_INT64 || type == SMAP_FLOAT64);
    }
}

static void what_styles_ask_is_in_the_model(void **state) {
    (void)state;
    static const struct {
        const char *style, *layer; /* NULL: of the same name */
    } names[] = { { "damage", NULL },
                  { "hazard", NULL },
                  { "hazard_extent", "hazard" },
                  { "coverage", NULL },
                  { "site", NULL },
                  { "service", NULL },
                  { "admin", NULL },
                  { "coast", NULL },
                  { "place", NULL },
                  { "building", NULL },
                  { "road", NULL },
                  { "closure", NULL },
                  { "site_feature", NULL },
                  { "damage_building", NULL },
                  { "exposure_building", NULL },
                  { "exposure_road", NULL },
                  { "exposure_service", NULL },
                  { "exposure_site", NULL },
                  { "access_site", NULL },
                  { "access_household", NULL },
                  { "access_building", NULL },
                  { "access_area", NULL },
                  { "access_route", NULL },
                  { "catchment", NULL },
                  { "critical_link", NULL },
                  { "road_cut", NULL } };
    warnings w;
    smap_ctx *ctx = new_ctx(&w);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const smap__style *style = NULL;
        const smap__schema *schema = NULL;
        smap_error err = SMAP_ERROR_INIT;
        assert_int_equal(smap__style_read(ctx, names[i].style, &style, &err), SMAP_OK);
        const char *layer = names[i].layer ? names[i].layer : names[i].style;
        if (smap__schema_get(ctx, layer, &schema, &err) != SMAP_OK) fail_msg("%s", err.message);
        for (int r = 0; r < style->rules; r++) {
            const smap__rule *rule = &style->rule[r];
            if (rule->filter) check_filter(ctx, schema, rule, rule->filter);
            for (int s = 0; s < rule->symbolizers; s++)
                for (int l = 0; l < rule->symbolizer[s].labels; l++) check_line(schema, &rule->symbolizer[s].label[l]);
        }
        smap__style_free(style);
    }
    smap_ctx_free(ctx);
}

/* The rule of each row, and that there is no second: -1 where there is none. */
static void rules_of(smap_ctx *ctx, const char *style_name, const smap_table *table, const smap__style **style,
                     int *rule) {
    uint64_t *on = smap__zalloc((size_t)smap_table_rows(table), sizeof *on);
    assert_non_null(on);
    assert_int_equal(smap__style_read(ctx, style_name, style, NULL), SMAP_OK);
    assert_int_equal(smap__style_match(*style, table, on, NULL), SMAP_OK);
    for (int64_t i = 0; i < smap_table_rows(table); i++) {
        rule[i] = -1;
        for (int r = 0; r < (*style)->rules; r++) {
            if (!((on[i] >> r) & 1)) continue;
            if (rule[i] >= 0)
                fail_msg("%s: row %d has the rules %s and %s", style_name, (int)i, (*style)->rule[rule[i]].name,
                         (*style)->rule[r].name);
            rule[i] = r;
        }
    }
    smap__free(on);
}

/* Whatever dominates, also a hazard of a name of its own: an asset is drawn by one rule, one for each class, the same
 * in all layers. A hazard of a kind ("flood_100yr") is drawn as its kind. */
static void exposed_assets_have_one_rule(void **state) {
    (void)state;
    static const char *const layers[] = { "exposure_building", "exposure_road", "exposure_service", "exposure_site" };
    static const smap__rows_column columns[] = { { "class", SMAP_INT64 }, { "dominant", SMAP_TEXT } };
    enum { MOST = 512 };
    warnings w;
    smap_ctx *ctx = new_ctx(&w);
    const smap__domain *hazards = NULL;
    const smap_table *table = NULL;
    smap__rows rows;
    assert_int_equal(smap__domain_get(ctx, "hazard", &hazards, NULL), SMAP_OK);
    smap__rows_init(&rows, columns, 2);
    for (int h = -2; h < hazards->codes; h++) /* none, one of nobody's list, and its kinds "code_100yr" */
        for (int k = -1; k <= 4; k++)
            for (int kind = 0; kind < 2; kind++) {
                char name[64];
                snprintf(name, sizeof name, "%s%s", h >= 0 ? hazards->code[h].code : "swarm", kind ? "_100yr" : "");
                if (k < 0)
                    smap__rows_null(&rows);
                else
                    smap__rows_int(&rows, k);
                smap__rows_text(&rows, h == -2 || k <= 0 ? NULL : name);
            }
    assert_int_equal(smap__rows_finish(&rows, &table, NULL), SMAP_OK);
    assert_true(smap_table_rows(table) <= MOST);
    for (size_t l = 0; l < sizeof layers / sizeof *layers; l++) {
        const smap__style *style = NULL;
        int rule[MOST];
        rules_of(ctx, layers[l], table, &style, rule);
        for (int64_t i = 0; i < smap_table_rows(table); i++) {
            int k = (int)(i / 2) % 6 - 1;
            assert_true(rule[i] >= 0);
            assert_string_equal(style->rule[rule[i]].name, style->rule[rule[i | 1]].name);
            if (k == -1) assert_string_equal(style->rule[rule[i]].name, "unknown");
            if (k == 0) assert_string_equal(style->rule[rule[i]].name, "none");
            if (k == 4) assert_non_null(strstr(style->rule[rule[i]].name, "_very_high"));
        }
        smap__style_free(style);
    }
    smap_table_free(table);
    smap_ctx_free(ctx);
}

/* So is every hazard area, whatever its class. */
static void hazard_areas_have_one_rule(void **state) {
    (void)state;
    static const smap__rows_column columns[] = { { "hazard", SMAP_TEXT }, { "class", SMAP_TEXT } };
    enum { MOST = 512 };
    warnings w;
    smap_ctx *ctx = new_ctx(&w);
    const smap__domain *hazards = NULL, *classes = NULL;
    const smap_table *table = NULL;
    int rule[MOST];
    smap__rows rows;
    assert_int_equal(smap__domain_get(ctx, "hazard", &hazards, NULL), SMAP_OK);
    assert_int_equal(smap__domain_get(ctx, "hazard_class", &classes, NULL), SMAP_OK);
    smap__rows_init(&rows, columns, 2);
    for (int h = 0; h < hazards->codes; h++)
        for (int k = -1; k < classes->codes; k++) {
            smap__rows_text(&rows, hazards->code[h].code);
            smap__rows_text(&rows, k < 0 ? NULL : classes->code[k].code);
        }
    assert_int_equal(smap__rows_finish(&rows, &table, NULL), SMAP_OK);
    assert_true(smap_table_rows(table) <= MOST);
    for (int s = 0; s < 2; s++) {
        const smap__style *style = NULL;
        rules_of(ctx, s ? "hazard_extent" : "hazard", table, &style, rule);
        for (int64_t i = 0; i < smap_table_rows(table); i++) assert_true(rule[i] >= 0);
        smap__style_free(style);
    }
    smap_table_free(table);
    smap_ctx_free(ctx);
}

/* So is every origin, whatever became of its way. */
static void origins_have_one_rule(void **state) {
    (void)state;
    static const char *const layers[] = { "access_site", "access_household", "access_building" };
    static const smap__rows_column columns[] = { { "status", SMAP_TEXT },
                                                 { "change", SMAP_TEXT },
                                                 { "minutes", SMAP_FLOAT64 } };
    static const double minutes[] = { NAN, 0, 15, 15.01, 30, 60, 60.01 };
    enum { MOST = 512 };
    warnings w;
    smap_ctx *ctx = new_ctx(&w);
    const smap__domain *statuses = NULL, *changes = NULL;
    const smap_table *table = NULL;
    smap__rows rows;
    assert_int_equal(smap__domain_get(ctx, "access_status", &statuses, NULL), SMAP_OK);
    assert_int_equal(smap__domain_get(ctx, "access_change", &changes, NULL), SMAP_OK);
    smap__rows_init(&rows, columns, 3);
    for (int s = 0; s < statuses->codes; s++)
        for (int c = -1; c < changes->codes; c++)
            for (size_t m = 0; m < sizeof minutes / sizeof *minutes; m++) {
                bool reached = strcmp(statuses->code[s].code, "reached") == 0;
                bool lost = c >= 0 && strcmp(changes->code[c].code, "lost") == 0;
                bool could_be_lost = strcmp(statuses->code[s].code, "beyond_reach") == 0 ||
                                     strcmp(statuses->code[s].code, "closed_at_door") == 0;
                if (reached == isnan(minutes[m]) || (lost && !could_be_lost)) continue;
                smap__rows_text(&rows, statuses->code[s].code);
                smap__rows_text(&rows, c < 0 ? NULL : changes->code[c].code);
                smap__rows_real_or_null(&rows, minutes[m]);
            }
    assert_int_equal(smap__rows_finish(&rows, &table, NULL), SMAP_OK);
    assert_true(smap_table_rows(table) <= MOST);
    for (size_t l = 0; l < sizeof layers / sizeof *layers; l++) {
        const smap__style *style = NULL;
        int rule[MOST];
        rules_of(ctx, layers[l], table, &style, rule);
        for (int64_t i = 0; i < smap_table_rows(table); i++) assert_true(rule[i] >= 0);
        smap__style_free(style);
    }
    smap_table_free(table);
    smap_ctx_free(ctx);
}

static void found_by_name(void **state) {
    (void)state;
    warnings w;
    smap_ctx *ctx = new_ctx(&w);
    const smap__style *style = NULL;
    smap_error err = SMAP_ERROR_INIT;
    assert_int_equal(smap__style_read(ctx, "damage", &style, &err), SMAP_OK);
    assert_string_equal(style->name, "damage");
    assert_string_equal(style->rule[0].title_en, "Destroyed");
    assert_non_null(strstr(style->sld, "<StyledLayerDescriptor"));
    smap__style_free(style);
    style = NULL;
    assert_int_equal(smap__style_read(ctx, "no_such_style", &style, &err), SMAP_E_NOT_FOUND);
    assert_null(style);
    assert_non_null(strstr(err.message, "no_such_style.sld"));
    smap_ctx_free(ctx);
}

/* Every symbol is told in the README, every one that is told there exists, and none is but one colour and white. */
static void symbols_are_documented(void **state) {
    (void)state;
    char *readme = NULL, *text = NULL;
    size_t len = 0;
    int files = 0, told = 0;
    assert_int_equal(smap__file_read(SMAP_SOURCE_DIR "/styles/README.md", 1 << 20, &readme, &len, NULL), SMAP_OK);
    DIR *folder = opendir(SMAP_SOURCE_DIR "/styles/symbols");
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        char path[512], row[300];
        if (entry->d_name[0] == '.') continue;
        snprintf(path, sizeof path, "%s/styles/symbols/%s", SMAP_SOURCE_DIR, entry->d_name);
        snprintf(row, sizeof row, "\n| `%s` | ", entry->d_name);
        if (!strstr(readme, row)) fail_msg("%s is not in styles/README.md", entry->d_name);
        assert_int_equal(smap__file_read(path, 1 << 20, &text, &len, NULL), SMAP_OK);
        const char *first = strstr(text, "param(fill) #");
        assert_non_null(first);
        assert_non_null(strstr(text, "<title>"));
        for (const char *at = text; (at = strchr(at, '#')); at++) {
            bool own = strncmp(at, first + strlen("param(fill) "), 7) == 0, white = strncmp(at, "#ffffff", 7) == 0;
            if (!own && !white) fail_msg("%s: another colour: %.7s", entry->d_name, at);
        }
        smap__free(text);
        files++;
    }
    closedir(folder);
    for (const char *at = readme; (at = strstr(at, "\n| `")); at++)
        told += strncmp(at + strcspn(at, "."), ".svg`", 5) == 0;
    assert_int_equal(files, told);
    smap__free(readme);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shipped_styles_are_clean),     cmocka_unit_test(what_styles_ask_is_in_the_model),
        cmocka_unit_test(exposed_assets_have_one_rule), cmocka_unit_test(hazard_areas_have_one_rule),
        cmocka_unit_test(origins_have_one_rule),        cmocka_unit_test(found_by_name),
        cmocka_unit_test(symbols_are_documented),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
