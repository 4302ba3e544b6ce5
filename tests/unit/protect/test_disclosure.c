#include <math.h>

#include "../ctx_help.h"
#include "layer_help.h"
#include "protect/disclosure.h"

static const char households[] =
    "population_group=idp; size=4; disability=0 / population_group=idp; size=4; disability=1 / "
    "population_group=idp; size=4; disability=0 / population_group=migrant; size=2; disability=0 / "
    "population_group=migrant; size=2; disability=0 / population_group=migrant; disability=0";
static const char *const quasi[] = { "population_group", "size" };

/* Classes of 3, 2 and 1: 1/3 three times, 1/2 twice and 1 once make 3 of 6. */
static void classes_of_known_sizes(void **state) {
    (void)state;
    const smap_layer *l = layer_of(ctx, "household", households, NULL, NULL);
    smap__disclosure d;
    assert_int_equal(smap__disclosure_measure(l->table, quasi, 2, "disability", 3, &d, NULL), SMAP_OK);
    assert_int_equal(d.rows, 6);
    assert_int_equal(d.classes, 3);
    assert_int_equal(d.smallest_k, 1);
    assert_int_equal(d.rows_below_k, 3);
    assert_true(fabs(d.risk - 0.5) < 1e-12);
    assert_int_equal(d.smallest_l, 1);
    assert_int_equal(smap__disclosure_measure(l->table, quasi, 1, "disability", 3, &d, NULL), SMAP_OK);
    assert_int_equal(d.smallest_k, 3);
    assert_int_equal(d.rows_below_k, 0);
    assert_true(fabs(d.risk - 2.0 / 6) < 1e-12);
    smap_layer_free(l);
}

static void l_counts_different_values_in_a_class(void **state) {
    (void)state;
    const smap_layer *l = layer_of(
        ctx, "household", "size=4; tenure=owner / size=4; tenure=tenant / size=2; tenure=owner / size=2", NULL, NULL);
    smap__disclosure d;
    assert_int_equal(smap__disclosure_measure(l->table, &quasi[1], 1, "tenure", 3, &d, NULL), SMAP_OK);
    assert_int_equal(d.smallest_l, 2);
    assert_int_equal(smap__disclosure_measure(l->table, &quasi[1], 1, "no_such_column", 3, &d, NULL), SMAP_OK);
    assert_int_equal(d.smallest_l, 0);
    smap_layer_free(l);
}

static void nothing_and_nothing_known(void **state) {
    (void)state;
    const smap_layer *l = layer_of(ctx, "household", households, NULL, NULL),
                     *empty = layer_of(ctx, "household", "", NULL, NULL);
    smap__disclosure d;
    assert_int_equal(smap__disclosure_measure(empty->table, quasi, 2, NULL, 3, &d, NULL), SMAP_OK);
    assert_true(d.rows == 0 && d.smallest_k == 0 && d.risk == 0);
    assert_int_equal(smap__disclosure_measure(l->table, quasi, 0, NULL, 3, &d, NULL), SMAP_OK);
    assert_int_equal(d.smallest_k, 6);
    smap_layer_free(empty);
    smap_layer_free(l);
}

/* The rules name layers and columns of the model. */
static void rules_fit_the_model(void **state) {
    (void)state;
    const smap__json *rules = NULL, *rule;
    const char *layer;
    size_t at = 0;
    assert_int_equal(smap__disclosure_rules(ctx, &rules, NULL), SMAP_OK);
    assert_true(smap__json_integer(smap__json_get(rules, "k"), 0) > 1);
    while (smap__json_member(smap__json_get(rules, "layer"), &at, &layer, &rule)) {
        const smap__schema *schema = NULL;
        const smap__json *columns = smap__json_get(rule, "quasi");
        assert_int_equal(smap__schema_get(ctx, layer, &schema, NULL), SMAP_OK);
        assert_true(smap__json_size(columns) > 0);
        for (size_t i = 0; i < smap__json_size(columns); i++)
            assert_non_null(smap__schema_field(schema, smap__json_text(smap__json_item(columns, i), "")));
    }
    assert_true(at > 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(classes_of_known_sizes),
        cmocka_unit_test(l_counts_different_values_in_a_class),
        cmocka_unit_test(nothing_and_nothing_known),
        cmocka_unit_test(rules_fit_the_model),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
