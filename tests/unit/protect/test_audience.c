#include <string.h>

#include "../cmocka_all.h"
#include "model/json.h"
#include "protect/audience.h"

static int open_ctx(void **state) {
    smap_ctx *ctx = NULL;
    if (smap_ctx_new(NULL, &ctx, NULL) != SMAP_OK) return -1;
    *state = ctx;
    return 0;
}

static int close_ctx(void **state) {
    smap_ctx_free(*state);
    return 0;
}

static void unknown_audiences_are_refused(void **state) {
    const smap__audience *audience = NULL;
    smap_error err = SMAP_ERROR_INIT;
    assert_int_equal(smap__audience_get(*state, "friends", &audience, &err), SMAP_E_REFUSED);
    assert_null(audience);
    assert_non_null(strstr(err.message, "friends"));
    assert_non_null(strstr(err.message, "internal"));
}

static void internal_sees_all(void **state) {
    const smap__audience *audience = NULL;
    const smap__schema *household = NULL;
    assert_int_equal(smap__audience_get(*state, "internal", &audience, NULL), SMAP_OK);
    assert_true(strlen(smap__audience_tag(audience, "en")) > 0);
    assert_non_null(strstr(smap__audience_tag(audience, "both"), smap__audience_tag(audience, "ar")));
    assert_int_equal(smap__schema_get(*state, "household", &household, NULL), SMAP_OK);
    assert_true(smap__audience_sees_all(audience));
    assert_int_equal(smap__audience_covers(audience, "household"), SMAP__COVER_SHOWN);
    assert_true(smap__audience_sees_column(audience, household, "household_id"));
    assert_true(smap__audience_sees_column(audience, NULL, "anything"));
    assert_int_equal(smap__audience_least(audience, NULL), 0);
}

static smap__json_doc *open_doc(const char *path, const smap__json **root) {
    smap__json_doc *doc = NULL;
    smap_error err = SMAP_ERROR_INIT;
    if (smap__json_read(path, &doc, &err) != SMAP_OK) fail_msg("%s", err.message);
    *root = smap__json_root(doc);
    return doc;
}

static bool lists(const smap__json *list, const char *text) {
    for (size_t i = 0; i < smap__json_size(list); i++)
        if (strcmp(smap__json_text(smap__json_item(list, i), ""), text) == 0) return true;
    return false;
}

/* The classes are those of data/model/index.json: the rules name no other, and none is without a rule for internal. */
static void rules_and_model_have_the_same_classes(void **state) {
    (void)state;
    const smap__json *index, *rules;
    smap__json_doc *docs[] = { open_doc(SMAP_SOURCE_DIR "/data/model/index.json", &index),
                               open_doc(SMAP_SOURCE_DIR "/data/audiences.json", &rules) };
    const smap__json *classes = smap__json_get(index, "sensitivities"), *audiences = smap__json_get(rules, "audiences");
    assert_true(smap__json_size(classes) > 1 && smap__json_size(audiences) > 0);
    for (size_t i = 0; i < smap__json_size(audiences); i++) {
        const smap__json *audience = smap__json_item(audiences, i);
        bool internal = strcmp(smap__json_text(smap__json_get(audience, "name"), ""), "internal") == 0;
        static const char *const of[] = { "layers", "columns" };
        for (int k = 0; k < 2; k++) {
            const smap__json *seen = smap__json_get(audience, of[k]);
            for (size_t n = 0; n < smap__json_size(seen); n++)
                assert_true(lists(classes, smap__json_text(smap__json_item(seen, n), "")));
            for (size_t n = 0; internal && n < smap__json_size(classes); n++)
                assert_true(lists(seen, smap__json_text(smap__json_item(classes, n), "")));
        }
    }
    for (int i = 0; i < 2; i++) smap__json_free(docs[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(unknown_audiences_are_refused, open_ctx, close_ctx),
        cmocka_unit_test_setup_teardown(internal_sees_all, open_ctx, close_ctx),
        cmocka_unit_test(rules_and_model_have_the_same_classes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
