/* Hostile style files: each is refused with a sentence, quickly, and leaves the output untouched. */
#include <stdlib.h>
#include <unistd.h>

#include "style_help.h"

static void refused(const char *text, size_t len, smap_status want, const char *words) {
    warnings w;
    smap_ctx *ctx = new_ctx(&w);
    const smap__style *style = NULL;
    smap_error err = SMAP_ERROR_INIT;
    smap_status status = smap__style_parse(ctx, "bad.sld", text, len, &style, &err);
    if (status != want) fail_msg("status %s: %s", smap_status_name(status), err.message);
    assert_null(style);
    assert_non_null(strstr(err.message, "bad.sld"));
    if (!strstr(err.message, words)) fail_msg("\"%s\" is not in: %s", words, err.message);
    smap_ctx_free(ctx);
}

static void refused_text(const char *text, smap_status want, const char *words) {
    refused(text, strlen(text), want, words);
}

static void entities_and_dtd(void **state) {
    (void)state;
    refused_text("<?xml version='1.0'?>\n<!DOCTYPE lolz [<!ENTITY lol 'lol'><!ENTITY lol2 '&lol;&lol;&lol;&lol;'>]>\n"
                 "<StyledLayerDescriptor>&lol2;</StyledLayerDescriptor>",
                 SMAP_E_REFUSED, "line 2: a document type (DTD)");
    refused_text("<!DOCTYPE s SYSTEM 'http://127.0.0.1:1/evil.dtd'><StyledLayerDescriptor/>", SMAP_E_REFUSED, "DTD");
    refused_text("<!DOCTYPE s [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><s>&x;</s>", SMAP_E_REFUSED, "DTD");
    refused_text("<StyledLayerDescriptor>&undefined;</StyledLayerDescriptor>", SMAP_E_FORMAT, "well-formed");
}

static void deep_nesting(void **state) {
    (void)state;
    smap__str text = SMAP__STR_INIT;
    for (int i = 0; i < 50000; i++) smap__str_put(&text, "<a>");
    for (int i = 0; i < 50000; i++) smap__str_put(&text, "</a>");
    refused(text.data, text.len, SMAP_E_LIMIT, "nested deeper than 64");
    smap__str_clear(&text);
    smap__str_put(&text, SLD_HEAD "<se:Rule><ogc:Filter>");
    for (int i = 0; i < 100; i++) smap__str_put(&text, "<ogc:Not>");
    refused(text.data, text.len, SMAP_E_LIMIT, "nested deeper than 64");
    smap__str_release(&text);
}

static void too_large(void **state) {
    (void)state;
    const size_t size = (size_t)100 << 20;
    char *text = smap__alloc(size);
    assert_non_null(text);
    memset(text, ' ', size);
    refused(text, size, SMAP_E_LIMIT, "larger than");
    char folder[] = "/tmp/smap_style_XXXXXX", path[64];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/large.sld", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(ftruncate(fileno(file), (off_t)size), 0);
    fclose(file);
    warnings w;
    smap_ctx *ctx = new_ctx(&w);
    const smap__style *style = NULL;
    smap_error err = SMAP_ERROR_INIT;
    assert_int_equal(smap__style_read(ctx, path, &style, &err), SMAP_E_LIMIT);
    unlink(path);
    rmdir(folder);
    smap_ctx_free(ctx);
    smap__free(text);
}

static void not_a_style(void **state) {
    (void)state;
    refused_text("", SMAP_E_FORMAT, "well-formed");
    refused_text("hello", SMAP_E_FORMAT, "line 1: this is not well-formed XML");
    refused_text("<html/>", SMAP_E_FORMAT, "no SLD style");
    refused_text("<StyledLayerDescriptor xmlns='http://example.com/other'><NamedLayer><UserStyle/></NamedLayer>"
                 "</StyledLayerDescriptor>",
                 SMAP_E_FORMAT, "no SLD style");
    refused_text(SLD_HEAD SLD_TAIL, SMAP_E_FORMAT, "no rule");
    refused_text(SLD_HEAD "<se:Rule>", SMAP_E_FORMAT, "well-formed");
    refused_text("<?xml version='1.0' encoding='ISO-8859-6'?><a/>", SMAP_E_FORMAT, "UTF-8");
    refused_text("<?xml version='1.0' encoding='UTF-16'?><a/>", SMAP_E_FORMAT, "");
    refused("<a>\xff</a>", 8, SMAP_E_FORMAT, "not UTF-8");
    refused("<a>\0</a>", 8, SMAP_E_FORMAT, "");
}

static void too_many_rules(void **state) {
    (void)state;
    smap__str text = SMAP__STR_INIT;
    smap__str_put(&text, SLD_HEAD);
    for (int i = 0; i < SMAP__RULES_MAX + 1; i++) smap__str_put(&text, "<se:Rule/>\n");
    smap__str_put(&text, SLD_TAIL);
    refused(text.data, text.len, SMAP_E_LIMIT, "64 rules");
    smap__str_release(&text);
}

/* Any allocation may fail: no leak, no crash, the output untouched. */
static void memory_runs_out(void **state) {
    (void)state;
    warnings w;
    smap_ctx *ctx = new_ctx(&w);
    for (int64_t nth = 1; nth < 100000; nth++) {
        const smap__style *style = NULL;
        smap_error err = SMAP_ERROR_INIT;
        smap__alloc_fail_at(nth, nth % 2);
        smap_status status = smap__style_read(ctx, "closure", &style, &err);
        smap__alloc_fail_at(0, false);
        if (status == SMAP_OK) {
            smap__style_free(style);
            break;
        }
        /* expat calls a prefix that it had no room for an unknown one */
        assert_true(status == SMAP_E_NOMEM || strstr(err.message, "a prefix is used"));
        assert_null(style);
    }
    smap_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entities_and_dtd), cmocka_unit_test(deep_nesting),   cmocka_unit_test(too_large),
        cmocka_unit_test(not_a_style),      cmocka_unit_test(too_many_rules), cmocka_unit_test(memory_runs_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
