#include <string.h>

#include "../cmocka_all.h"
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
    /* An audience that is planned but has no rules yet is refused as well. */
    assert_int_equal(smap__audience_get(*state, "public", &audience, &err), SMAP_E_REFUSED);
}

static const smap_layer *two_columns(void) {
    const char *names[] = { "site_id", "something_else" };
    const smap_column *columns[2] = { NULL, NULL };
    const smap_table *table = NULL;
    const smap_layer *layer = NULL;
    for (int i = 0; i < 2; i++) {
        smap_column_builder *b;
        assert_int_equal(smap_column_builder_new(names[i], SMAP_TEXT, &b, NULL), SMAP_OK);
        assert_int_equal(smap_column_append_text(b, "x", 1, NULL), SMAP_OK);
        assert_int_equal(smap_column_builder_finish(b, &columns[i], NULL), SMAP_OK);
        smap_column_builder_free(b);
    }
    assert_int_equal(smap_table_new(columns, 2, 1, &table, NULL), SMAP_OK);
    assert_int_equal(smap_layer_new("site", table, NULL, NULL, &layer, NULL), SMAP_OK);
    smap_table_free(table);
    smap_column_free(columns[0]);
    smap_column_free(columns[1]);
    return layer;
}

static void internal_sees_all(void **state) {
    const smap__audience *audience = NULL;
    const smap__schema *site = NULL;
    const smap_layer *layer = two_columns(), *view = NULL;
    assert_int_equal(smap__audience_get(*state, "internal", &audience, NULL), SMAP_OK);
    assert_true(strlen(smap__audience_tag(audience, "en")) > 0);
    assert_non_null(strstr(smap__audience_tag(audience, "both"), smap__audience_tag(audience, "ar")));
    assert_int_equal(smap__schema_get(*state, "site", &site, NULL), SMAP_OK);
    assert_int_equal(smap__audience_view(*state, audience, site, layer, &view, NULL), SMAP_OK);
    assert_int_equal(smap_table_columns(view->table), 2);
    smap_layer_free(view);
    assert_int_equal(smap__audience_view(*state, audience, NULL, layer, &view, NULL), SMAP_OK);
    smap_layer_free(view);
    smap_layer_free(layer);
}

/* Every class that the model uses is one that the rules know: nothing of it can be without a rule for internal. */
static void every_layer_and_column_has_a_rule(void **state) {
    const smap__schema *const *schemas = NULL;
    int count = 0;
    assert_int_equal(smap__schema_all(*state, &schemas, &count, NULL), SMAP_OK);
    static const char *const classes[] = { "open", "internal", "identifier", "personal" };
    for (int i = 0; i < count; i++) {
        for (int j = -1; j < schemas[i]->fields; j++) {
            const char *class = j < 0 ? schemas[i]->sensitivity : schemas[i]->field[j].sensitivity;
            bool known = false;
            for (size_t k = 0; k < sizeof classes / sizeof classes[0]; k++)
                if (strcmp(class, classes[k]) == 0) known = true;
            if (!known) fail_msg("%s: no rule for the class %s", schemas[i]->name, class);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(unknown_audiences_are_refused, open_ctx, close_ctx),
        cmocka_unit_test_setup_teardown(internal_sees_all, open_ctx, close_ctx),
        cmocka_unit_test_setup_teardown(every_layer_and_column_has_a_rule, open_ctx, close_ctx),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
