/* The styles that we ship: read without a warning, bilingual, every rule draws. */
#include <dirent.h>

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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shipped_styles_are_clean),
        cmocka_unit_test(found_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
