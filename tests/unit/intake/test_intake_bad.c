/* Messy files that are kept beside the project, where they are: what a good tool must say about each. */
#include <stdlib.h>

#include "../ctx_help.h"
#include "base/alloc.h"
#include "base/file.h"
#include "base/path.h"
#include "base/str.h"
#include "intake/intake.h"
#include "source_table.h"

typedef struct run {
    const smap_layer *source;
    smap__findings findings;
    smap__intake in;
} run;

static run import(const char *file, char separator, const char *layer, const smap__mapping *mapping) {
    char path[512], *text = NULL;
    size_t len = 0;
    run r = { NULL, SMAP__FINDINGS_INIT, { 0 } };
    const smap__schema *schema = NULL;
    smap_error err = SMAP_ERROR_INIT;
    snprintf(path, sizeof path, "%s/%s", SMAP_SHARED_DIR, file);
    assert_int_equal(smap__file_read(path, 64 << 20, &text, &len, NULL), SMAP_OK);
    size_t bom = len > 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    r.source = source_from_csv(text + bom, len - bom, separator);
    smap__free(text);
    assert_int_equal(smap__schema_get(ctx, layer, &schema, NULL), SMAP_OK);
    if (smap__intake_map(ctx, r.source, schema, mapping, &r.findings, &r.in, &err) != SMAP_OK) {
        fail_msg("%s: %s", file, err.message);
    }
    /* Nothing is lost without a word. */
    assert_int_equal(r.in.rows_in, smap_table_rows(r.in.layer->table) + r.in.rows_rejected);
    assert_int_equal(r.findings.by_severity[SMAP__REJECTED], r.in.rows_rejected);
    return r;
}

static void drop(run *r) {
    smap__intake_release(&r->in);
    smap__findings_release(&r->findings);
    smap_layer_free(r->source);
}

static bool said(const run *r, const char *code, int64_t row) {
    for (size_t i = 0; i < r->findings.count; i++) {
        if (strcmp(r->findings.items[i].code, code) == 0 && r->findings.items[i].row == row) return true;
    }
    return false;
}

static const smap_column *column(const run *r, const char *name) {
    return smap_table_find(r->in.layer->table, name);
}

static void swapped_coordinates_are_said_and_kept(void **state) {
    (void)state;
    run r = import("bad/c03_swapped.csv", ',', "site", NULL);
    assert_int_equal(r.in.rows_rejected, 0);
    assert_true(said(&r, "coordinates_swapped", 2));
    assert_true(said(&r, "coordinates_swapped", 3));
    assert_false(said(&r, "coordinates_swapped", 4));
    assert_true(r.in.layer->geometry->x[0] == 32.88 && r.in.layer->geometry->y[0] == 13.18);
    drop(&r);
}

static void coordinates_out_of_range_are_rejected(void **state) {
    (void)state;
    run r = import("bad/c08_outofrange.csv", ',', "site", NULL);
    assert_int_equal(r.in.rows_rejected, 4);
    assert_int_equal(smap_table_rows(r.in.layer->table), 1);
    assert_true(said(&r, "coordinate_out_of_range", 2));
    assert_true(said(&r, "coordinate_zero", 3));
    assert_true(said(&r, "coordinate_out_of_range", 4));
    assert_true(said(&r, "coordinate_out_of_range", 5));
    assert_int_equal(r.in.layer->fid[0], 6);
    drop(&r);
}

static void decimal_commas_do_not_shrink_people(void **state) {
    (void)state;
    smap__pair set[] = { { "round", "1" } };
    smap__mapping mapping = { NULL, 0, set, 1 };
    run r = import("bad/c10_decimalcomma.csv", ';', "site", NULL);
    assert_true(r.in.layer->geometry->x[0] == 13.18 && r.in.layer->geometry->y[1] == 32.11);
    drop(&r);
    r = import("bad/c10_decimalcomma.csv", ';', "site_round", &mapping);
    assert_int_equal(column(&r, "individuals")->v.i[0], 1200);
    assert_int_equal(column(&r, "individuals")->v.i[1], 850);
    assert_true(said(&r, "number_grouped", 2));
    drop(&r);
}

static void garbled_text_is_flagged(void **state) {
    (void)state;
    run r = import("bad/t04_mojibake.csv", ',', "site", NULL);
    bool offered = false;
    for (size_t i = 0; i < r.findings.count; i++) {
        offered = offered || strstr(r.findings.items[i].message, "مخيم تاورغاء");
    }
    assert_true(said(&r, "text_garbled", 2));
    assert_true(offered);
    drop(&r);
}

static void equal_ids_do_not_count_twice(void **state) {
    (void)state;
    smap__pair set[] = { { "round", "1" } };
    smap__mapping mapping = { NULL, 0, set, 1 };
    run r = import("bad/t06_dupids.csv", ',', "site_round", &mapping);
    const smap__schema *schema = NULL;
    const smap_layer *empty = NULL, *merged = NULL, *again = NULL;
    int64_t added = 0, updated = 0;
    smap__findings findings = SMAP__FINDINGS_INIT;
    assert_int_equal(smap__schema_get(ctx, "site_round", &schema, NULL), SMAP_OK);
    assert_int_equal(smap_layer_take(r.in.layer, NULL, 0, &empty, NULL), SMAP_OK);
    assert_int_equal(smap__intake_merge(ctx, schema, empty, r.in.layer, &findings, &merged, &added, &updated, NULL),
                     SMAP_OK);
    assert_int_equal(added, 1);
    assert_int_equal(updated, 0);
    assert_int_equal(findings.by_severity[SMAP__REJECTED], 4);
    for (int64_t i = 0; i < 4; i++) assert_int_equal(findings.items[i].row, i + 3);
    assert_int_equal(smap__intake_merge(ctx, schema, merged, r.in.layer, NULL, &again, &added, &updated, NULL),
                     SMAP_OK);
    assert_int_equal(smap_table_rows(again->table), 1);
    assert_int_equal(updated, 1);
    assert_int_equal(again->fid[0], merged->fid[0]);
    smap_layer_free(empty);
    smap_layer_free(merged);
    smap_layer_free(again);
    smap__findings_release(&findings);
    drop(&r);
}

static void dates_are_not_guessed(void **state) {
    (void)state;
    run r = import("bad/t08_dates.csv", ',', "site", NULL);
    static const char *const code[] = {
        NULL, "date_ambiguous", "date_ambiguous", "date_spreadsheet", NULL, "date_impossible",
        NULL, "date_ambiguous", "date_impossible"
    };
    int64_t day = smap__days_from_civil(2024, 3, 4);
    for (int i = 0; i < 9; i++) {
        bool lost = code[i] && strcmp(code[i], "date_spreadsheet") != 0;
        if (code[i]) assert_true(said(&r, code[i], i + 2));
        assert_int_equal(smap_column_is_null(column(&r, "date"), i), lost);
        if (!lost) assert_int_equal(column(&r, "date")->v.i[i], day);
    }
    drop(&r);
}

static void a_row_of_hashtags_is_no_site(void **state) {
    (void)state;
    run r = import("bad/t10_hxl.csv", ',', "site", NULL);
    assert_int_equal(r.in.rows_in, 2);
    assert_int_equal(smap_table_rows(r.in.layer->table), 2);
    assert_true(r.in.layer->geometry->x[0] == 13.18);
    drop(&r);
}

static void odd_headers_and_rows_do_no_harm(void **state) {
    (void)state;
    run r = import("bad/t14_headers.csv", ',', "site", NULL);
    assert_int_equal(smap_table_rows(r.in.layer->table), 1);
    drop(&r);
    r = import("bad/t12_ragged.csv", ',', "site", NULL);
    assert_true(said(&r, "row_blank", 4));
    drop(&r);
}

/* A real 3W table of 7,324 rows, of which 4,202 are blank and 47 name no organisation (counted by another program).
 * Words for sectors, kinds of organisation and states are the table's own. */
static void a_real_activity_table_is_understood(void **state) {
    (void)state;
    smap__pair map[] = { { "WoredaPcod", "pcode" } };
    smap__mapping mapping = { map, 1, NULL, 0 };
    run r = import("data/threew/3w_august_2025.csv", ',', "activity", &mapping);
    static const char *const whole[] = { "org", "pcode", "sector", "status", "org_type", "activity" };
    assert_int_equal(r.in.rows_in, 3122);
    assert_int_equal(r.in.rows_rejected, 47);
    for (int i = 0; i < 6; i++) assert_int_equal(column(&r, whole[i])->null_count, 0);
    const smap__schema *schema = NULL;
    const smap_layer *again = NULL;
    int64_t added = -1, updated = -1;
    assert_int_equal(smap__schema_get(ctx, "activity", &schema, NULL), SMAP_OK);
    assert_int_equal(smap__intake_merge(ctx, schema, r.in.layer, r.in.layer, NULL, &again, &added, &updated, NULL),
                     SMAP_OK);
    assert_int_equal(added, 0);
    smap_layer_free(again);
    drop(&r);
}

/* 3 + 22 + 100 + 667 areas, each with a code of its own. */
static void a_real_gazetteer_is_taken_whole(void **state) {
    (void)state;
    run r = import("data/pcodes/lby_pcodes.tsv", '\t', "admin", NULL);
    int64_t of_level[5] = { 0 };
    const smap__schema *schema = NULL;
    const smap_layer *empty = NULL, *merged = NULL;
    int64_t added = 0, updated = 0;
    for (int64_t i = 0; i < smap_table_rows(r.in.layer->table); i++) of_level[column(&r, "level")->v.i[i]]++;
    assert_int_equal(of_level[1], 3);
    assert_int_equal(of_level[2], 22);
    assert_int_equal(of_level[3], 100);
    assert_int_equal(of_level[4], 667);
    assert_int_equal(smap__schema_get(ctx, "admin", &schema, NULL), SMAP_OK);
    assert_int_equal(smap_layer_take(r.in.layer, NULL, 0, &empty, NULL), SMAP_OK);
    assert_int_equal(smap__intake_merge(ctx, schema, empty, r.in.layer, NULL, &merged, &added, &updated, NULL),
                     SMAP_OK);
    assert_int_equal(added, 792);
    smap_layer_free(empty);
    smap_layer_free(merged);
    drop(&r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(swapped_coordinates_are_said_and_kept),
        cmocka_unit_test(coordinates_out_of_range_are_rejected),
        cmocka_unit_test(decimal_commas_do_not_shrink_people),
        cmocka_unit_test(garbled_text_is_flagged),
        cmocka_unit_test(equal_ids_do_not_count_twice),
        cmocka_unit_test(dates_are_not_guessed),
        cmocka_unit_test(a_row_of_hashtags_is_no_site),
        cmocka_unit_test(odd_headers_and_rows_do_no_harm),
        cmocka_unit_test(a_real_activity_table_is_understood),
        cmocka_unit_test(a_real_gazetteer_is_taken_whole),
    };
    if (!smap__path_is_file(SMAP_SHARED_DIR "/bad/c03_swapped.csv")) {
        print_message("the folder of messy files is not here: nothing is tested\n");
        return 77;
    }
    return cmocka_run_group_tests(tests, setup, teardown);
}
