/* Long columns, which are read in spans side by side. */
#include <stdlib.h>

#include "../ctx_help.h"
#include "base/alloc.h"
#include "base/str.h"
#include "col/cell.h"
#include "intake/column_plan.h"
#include "intake/intake.h"
#include "source_table.h"

enum { ROWS = 40000 };

/* Mostly as it stands, with a cell in the middle of each span that is not; `of` and `at` cut a piece out. */
static char *make_csv(int first, int end) {
    static const char *const type[] = { "school", "hospital", "School", "مدرسة", "n/a", "spaceport", "clinic" };
    smap__str csv = SMAP__STR_INIT;
    smap__str_put(&csv, "service_id,name_en,service_type,capacity,source\n");
    for (int i = first; i < end; i++) {
        smap__str_printf(&csv, "V%d,", i);
        smap__str_put(&csv, i % 9001 == 77   ? "  two   blanks_x000D_ "
                            : i % 9001 == 78 ? "unknown"
                                             : "Clinic of_the east");
        smap__str_printf(&csv, ",%s,", i % 4099 < 7 ? type[i % 4099] : type[i / 5 % 2]);
        smap__str_printf(&csv, i % 7001 == 3 ? "many" : i % 7001 == 4 ? "-3" : "%d", i % 500);
        smap__str_put(&csv, ",field\n");
    }
    assert_false(csv.failed);
    return smap__str_take(&csv);
}

static const smap_layer *source_of(int first, int end) {
    char *csv = make_csv(first, end);
    const smap_layer *source = source_from_csv(csv, strlen(csv), ',');
    smap__free(csv);
    return source;
}

static void import(smap_ctx *with, const smap_layer *source, smap__findings *findings, smap__intake *out) {
    const smap__schema *schema = NULL;
    smap_error err = SMAP_ERROR_INIT;
    assert_int_equal(smap__schema_get(with, "service", &schema, NULL), SMAP_OK);
    if (smap__intake_map(with, source, schema, NULL, findings, out, &err) != SMAP_OK) fail_msg("%s", err.message);
}

static smap_ctx *with_threads(int threads) {
    smap_ctx *made = NULL;
    smap_ctx_options options = SMAP_CTX_OPTIONS_INIT;
    options.threads = threads;
    assert_int_equal(smap_ctx_new(&options, &made, NULL), SMAP_OK);
    return made;
}

static void same_cells(const smap_layer *a, int64_t at, const smap_layer *b) {
    for (int i = 0; i < smap_table_columns(b->table); i++) {
        const smap_column *x = smap_table_at(a->table, i), *y = smap_table_at(b->table, i);
        assert_string_equal(x->name, y->name);
        for (int64_t row = 0; row < y->count; row++)
            if (smap__cell_compare(x, at + row, y, row) != 0) fail_msg("%s, row %lld", x->name, (long long)(at + row));
    }
}

static void same_findings(const smap__findings *a, const smap__findings *b) {
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        assert_int_equal(a->items[i].row, b->items[i].row);
        assert_int_equal(a->items[i].severity, b->items[i].severity);
        assert_string_equal(a->items[i].code, b->items[i].code);
        assert_string_equal(a->items[i].value, b->items[i].value);
        assert_string_equal(a->items[i].message, b->items[i].message);
    }
}

static void any_number_of_threads_reads_the_same(void **state) {
    (void)state;
    const smap_layer *source = source_of(0, ROWS);
    smap__findings found[2] = { SMAP__FINDINGS_INIT, SMAP__FINDINGS_INIT };
    smap__intake in[2] = { { 0 } };
    for (int k = 0; k < 2; k++) {
        smap_ctx *own = with_threads(k ? 5 : 1);
        import(own, source, &found[k], &in[k]);
        smap_ctx_free(own);
    }
    assert_int_equal(smap_table_rows(in[0].layer->table), smap_table_rows(in[1].layer->table));
    same_cells(in[0].layer, 0, in[1].layer);
    same_findings(&found[0], &found[1]);
    assert_true(found[0].count > 20);
    for (int k = 0; k < 2; k++) {
        smap__intake_release(&in[k]);
        smap__findings_release(&found[k]);
    }
    smap_layer_free(source);
}

/* Pieces so short that each is one span, of other borders than the spans of the whole. */
static void a_piece_reads_as_in_the_whole(void **state) {
    (void)state;
    const smap_layer *source = source_of(0, ROWS);
    smap__findings found = SMAP__FINDINGS_INIT;
    smap__intake whole = { 0 };
    import(ctx, source, &found, &whole);
    assert_int_equal(whole.rows_rejected, 0);
    size_t remarks = 0;
    for (int first = 0; first < ROWS; first += 3000) {
        int end = first + 3000 < ROWS ? first + 3000 : ROWS;
        const smap_layer *piece = source_of(first, end);
        smap__findings some = SMAP__FINDINGS_INIT;
        smap__intake in = { 0 };
        import(ctx, piece, &some, &in);
        same_cells(whole.layer, first, in.layer);
        for (size_t i = 0; i < some.count; i++)
            remarks += some.items[i].row > 1 && strcmp(some.items[i].code, "no_value");
        smap__intake_release(&in);
        smap__findings_release(&some);
        smap_layer_free(piece);
    }
    size_t of_whole = 0;
    for (size_t i = 0; i < found.count; i++)
        of_whole += found.items[i].row > 1 && strcmp(found.items[i].code, "no_value");
    assert_int_equal(remarks, of_whole);
    smap__intake_release(&whole);
    smap__findings_release(&found);
    smap_layer_free(source);
}

/* What is tidy is taken over without a copy; what is not is read. */
static void what_is_as_it_stands_is_shared(void **state) {
    (void)state;
    static const char csv[] = "service_id,name_en,service_type,source\nV1,A b,hospital,OSM_1\nV2,,school,unknown\n";
    const smap_layer *source = source_from_csv(csv, strlen(csv), ','), *layer = NULL;
    const smap__schema *schema = NULL;
    smap__findings found = SMAP__FINDINGS_INIT;
    assert_int_equal(smap__schema_get(ctx, "service", &schema, NULL), SMAP_OK);
    assert_int_equal(smap__intake_columns(ctx, source, schema, &found, &layer, NULL), SMAP_OK);
    static const char *const shared[] = { "service_id", "name_en", "service_type" };
    for (int i = 0; i < 3; i++) {
        const smap_column *from = smap_table_find(source->table, shared[i]),
                          *to = smap_table_find(layer->table, shared[i]);
        assert_ptr_equal(from->bytes, to->bytes);
        assert_int_equal(to->null_count, i == 1);
    }
    const smap_column *read = smap_table_find(layer->table, "source");
    assert_ptr_not_equal(read->bytes, smap_table_find(source->table, "source")->bytes);
    assert_true(smap_column_is_null(read, 1));
    assert_int_equal(smap_table_find(layer->table, "capacity")->null_count, 2);
    smap__findings_release(&found);
    smap_layer_free(layer);
    smap_layer_free(source);
}

static void names_say_which_columns_can_count(void **state) {
    (void)state;
    static const char *const can[] = { "road_id", "OSM ID", "Highway", "group/maxspeed", "#indicator+speed+value",
                                       "السرعة" };
    static const char *const cannot[] = { "from_node", "time_s", "", "group/", "lat" };
    const smap__schema *schema = NULL;
    assert_int_equal(smap__schema_get(ctx, "road", &schema, NULL), SMAP_OK);
    for (size_t i = 0; i < sizeof can / sizeof *can; i++) assert_true(smap__names_field(schema, can[i]));
    for (size_t i = 0; i < sizeof cannot / sizeof *cannot; i++) assert_false(smap__names_field(schema, cannot[i]));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_number_of_threads_reads_the_same),
        cmocka_unit_test(a_piece_reads_as_in_the_whole),
        cmocka_unit_test(what_is_as_it_stands_is_shared),
        cmocka_unit_test(names_say_which_columns_can_count),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
