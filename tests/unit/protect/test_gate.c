#include "../ctx_help.h"
#include "layer_help.h"
#include "protect/gate.h"

static void learn(smap__gate *gate, const char *layer, const char *rows) {
    const smap_layer *l = layer_of(ctx, layer, rows, NULL, NULL);
    assert_int_equal(smap__gate_learn(gate, l, NULL), SMAP_OK);
    smap_layer_free(l);
}

static smap__gate *open_gate(const char *audience_name) {
    const smap__audience *audience = NULL;
    smap__gate *gate = NULL;
    assert_int_equal(smap__audience_get(ctx, audience_name, &audience, NULL), SMAP_OK);
    assert_int_equal(smap__gate_new(ctx, audience, &gate, NULL), SMAP_OK);
    learn(gate, "site",
          "site_id=s-open; site_type=collective_centre; sensitivity=public / site_id=s-det; "
          "site_type=detention_centre; sensitivity=public");
    learn(gate, "service",
          "service_id=v-open; service_type=hospital / service_id=v-safe; service_type=safe_space; sector=gbv");
    return gate;
}

static const smap_layer *view_of(smap__gate *gate, const char *layer, const char *rows) {
    const smap__schema *schema = NULL;
    const smap_layer *all = layer_of(ctx, layer, rows, NULL, NULL), *view = NULL;
    smap_error err = SMAP_ERROR_INIT;
    assert_int_equal(smap__schema_get(ctx, layer, &schema, NULL), SMAP_OK);
    if (smap__gate_view(gate, schema, all, &view, &err) != SMAP_OK) fail_msg("%s", err.message);
    smap_layer_free(all);
    return view;
}

static void rows_of_the_table(void **state) {
    (void)state;
    smap__gate *gate[] = { open_gate("humanitarian"), open_gate("public") };
    case_file c;
    int count = 0;
    assert_true(case_open(&c, "audience_rows.case"));
    while (case_next(&c)) {
        assert_int_equal(c.parts, 4);
        for (int i = 0; i < 2; i++) {
            const smap_layer *view = view_of(gate[i], c.part[0], c.part[1]);
            const char *is = smap_table_rows(view->table) ? "seen" : "hidden";
            if (strcmp(is, c.part[2 + i]) != 0)
                fail_msg("line %d, %s: %s", c.number, i ? "public" : "humanitarian", is);
            smap_layer_free(view);
        }
        count++;
    }
    assert_true(count > 40);
    for (int i = 0; i < 2; i++) smap__gate_free(gate[i]);
}

/* No audience but those who see everything is shown a column that is not open, whatever the layer. */
static void closed_columns_are_never_seen(void **state) {
    (void)state;
    static const char *const name[] = { "humanitarian", "public" };
    const smap__schema *const *all;
    int count, closed = 0;
    assert_int_equal(smap__schema_all(ctx, &all, &count, NULL), SMAP_OK);
    for (int a = 0; a < 2; a++) {
        const smap__audience *audience = NULL;
        assert_int_equal(smap__audience_get(ctx, name[a], &audience, NULL), SMAP_OK);
        for (int i = 0; i < count; i++) {
            assert_int_not_equal(smap__audience_covers(audience, all[i]->name), SMAP__COVER_NONE);
            if (strcmp(all[i]->sensitivity, "open") != 0)
                assert_int_equal(smap__audience_covers(audience, all[i]->name), SMAP__COVER_WITHHELD);
            for (int k = 0; k < all[i]->fields; k++) {
                if (strcmp(all[i]->field[k].sensitivity, "open") == 0) continue;
                closed++;
                assert_false(smap__audience_sees_column(audience, all[i], all[i]->field[k].name));
            }
            assert_false(smap__audience_sees_column(audience, all[i], "_uuid"));
            assert_false(smap__audience_sees_column(audience, all[i], "_submitted_by"));
        }
    }
    assert_true(closed > 20);
}

static void layers_without_rules_are_refused(void **state) {
    (void)state;
    smap__gate *gate = open_gate("humanitarian"), *internal = open_gate("internal");
    const smap_layer *all = layer_of(ctx, "site", "site_id=a", NULL, NULL), *other = NULL, *view = NULL;
    smap_error err = SMAP_ERROR_INIT;
    assert_int_equal(smap_layer_new("gbv_incident", all->table, NULL, NULL, &other, NULL), SMAP_OK);
    assert_int_equal(smap__gate_view(gate, NULL, other, &view, &err), SMAP_E_REFUSED);
    assert_non_null(strstr(err.message, "gbv_incident"));
    assert_null(view);
    assert_int_equal(smap__gate_view(internal, NULL, other, &view, &err), SMAP_OK);
    smap_layer_free(view);
    smap_layer_free(other);
    smap_layer_free(all);
    smap__gate_free(internal);
    smap__gate_free(gate);
}

static void only_listed_columns_and_those_of_each_hazard(void **state) {
    (void)state;
    const smap__audience *audience = NULL;
    const smap__schema *schema = NULL;
    assert_int_equal(smap__audience_get(ctx, "public", &audience, NULL), SMAP_OK);
    assert_int_equal(smap__schema_get(ctx, "exposure_site", &schema, NULL), SMAP_OK);
    assert_true(smap__audience_sees_column(audience, schema, "flood_class"));
    assert_true(smap__audience_sees_column(audience, schema, "class"));
    assert_false(smap__audience_sees_column(audience, schema, "flood_near_m"));
    assert_false(smap__audience_sees_column(audience, schema, "people"));
    assert_false(smap__audience_sees_column(audience, schema, "something_else"));
    assert_int_equal(smap__audience_get(ctx, "humanitarian", &audience, NULL), SMAP_OK);
    assert_true(smap__audience_sees_column(audience, schema, "flood_near_m"));
    assert_false(smap__audience_sees_column(audience, schema, "something_else"));
}

static const char *cell(const smap_table *table, const char *column, int64_t row) {
    static char text[256];
    const smap_column *c = smap_table_find(table, column);
    assert_non_null(c);
    smap_column_format(c, row, text, sizeof text);
    return text;
}

static void texts_are_cleaned_and_keys_renamed(void **state) {
    (void)state;
    smap__gate *gate = open_gate("humanitarian");
    const smap_layer *site = view_of(gate, "site",
                                     "site_id=0915551234; name_en=Call 0915551234; site_type=other / site_id=b; "
                                     "name_en=B; site_type=other; source=Field team a@b.org");
    assert_string_equal(cell(site->table, "site_id", 0), "id-1");
    assert_string_equal(cell(site->table, "name_en", 0), "Call \xe2\x80\xa6");
    assert_string_equal(cell(site->table, "site_id", 1), "b");
    assert_string_equal(cell(site->table, "source", 1), "Field team \xe2\x80\xa6");
    assert_null(smap_table_find(site->table, "owner"));
    smap_layer_free(site);
    learn(gate, "site", "site_id=0915551234; site_type=other");
    const smap_layer *rounds = view_of(gate, "site_round", "site_id=0915551234; round=1");
    assert_string_equal(cell(rounds->table, "site_id", 0), "id-1");
    smap_layer_free(rounds);
    smap__gate_free(gate);
}

/* What was done is counted; small counts are not told to the public. */
static void deeds_are_recorded(void **state) {
    (void)state;
    static const char rows[] = "site_id=a; site_type=other; sensitivity=public / site_id=b; site_type=detention_centre";
    static const char *const name[] = { "humanitarian", "public" }, *const one[] = { "1", "<5" };
    for (int i = 0; i < 2; i++) {
        smap__gate *gate = open_gate(name[i]);
        const smap_table *record = NULL;
        smap_layer_free(view_of(gate, "site", rows));
        smap_layer_free(view_of(gate, "household", "household_id=h"));
        smap_layer_free(view_of(gate, "site", rows));
        assert_int_equal(smap__gate_record(gate, &record, NULL), SMAP_OK);
        assert_int_equal(smap_table_rows(record), 2);
        assert_string_equal(cell(record, "layer", 0), "household");
        assert_string_equal(cell(record, "shown", 0), "false");
        assert_string_equal(cell(record, "layer", 1), "site");
        assert_string_equal(cell(record, "rows_left_out", 1), one[i]);
        smap_table_free(record);
        assert_int_equal(smap__gate_reasons(gate, &record, NULL), SMAP_OK);
        assert_int_equal(smap_table_rows(record), 1);
        assert_string_equal(cell(record, "because_of", 0), "site_type");
        assert_int_equal(smap_column_is_null(smap_table_find(record, "rows"), 0), i == 1);
        smap_table_free(record);
        smap__gate_free(gate);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_of_the_table),
        cmocka_unit_test(closed_columns_are_never_seen),
        cmocka_unit_test(layers_without_rules_are_refused),
        cmocka_unit_test(only_listed_columns_and_those_of_each_hazard),
        cmocka_unit_test(texts_are_cleaned_and_keys_renamed),
        cmocka_unit_test(deeds_are_recorded),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
