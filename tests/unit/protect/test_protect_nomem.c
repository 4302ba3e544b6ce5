/* The gate and the suppression of counts with every allocation failing once: a failure is told, nothing crashes or
 * leaks, and nothing is shown that the whole run would not show. */
#include "../ctx_help.h"
#include "base/alloc.h"
#include "layer_help.h"
#include "protect/gate.h"

enum { MOST = 20000, FINE = 30 };

static const smap_layer *input[4];

static smap_status run(smap_error *err) {
    static const char *const name[] = { "site", "area_round", "exposure_summary", "access_coverage" };
    const smap__audience *audience = NULL;
    smap__gate *gate = NULL;
    const smap_table *record = NULL;
    smap_status status = smap__audience_get(ctx, "public", &audience, err);
    if (status == SMAP_OK) status = smap__gate_new(ctx, audience, &gate, err);
    for (int i = 0; i < 4 && status == SMAP_OK; i++) status = smap__gate_learn(gate, input[i], err);
    for (int i = 0; i < 4 && status == SMAP_OK; i++) {
        const smap__schema *schema = NULL;
        const smap_layer *view = NULL;
        status = smap__schema_get(ctx, name[i], &schema, err);
        if (status == SMAP_OK) status = smap__gate_view(gate, schema, input[i], &view, err);
        const smap_column *people = view ? smap_table_find(view->table, "individuals") : NULL;
        if (people) assert_true(smap_column_is_null(people, 1)); /* the 3 */
        smap_layer_free(view);
    }
    if (status == SMAP_OK) status = smap__gate_record(gate, &record, err);
    smap_table_free(record);
    smap__gate_free(gate);
    return status;
}

static void every_allocation_may_fail(void **state) {
    (void)state;
    static const double x = 22.6, y = 32.7;
    smap_error err = SMAP_ERROR_INIT;
    int failed = 0, fine = 0;
    input[0] = layer_of(ctx, "site",
                        "site_id=+218915551234; name_en=a 0915551234 b; site_type=other; sensitivity=public", &x, &y);
    input[1] = layer_of(ctx, "area_round",
                        "pcode=LY0101; round=1; population_group=idp; individuals=40 / "
                        "pcode=LY0101; round=1; population_group=migrant; individuals=3 / "
                        "pcode=LY0101; round=1; population_group=returnee; individuals=25 / "
                        "pcode=LY0101; round=1; individuals=68",
                        NULL, NULL);
    input[2] = layer_of(ctx, "exposure_summary",
                        "asset=household; hazard=flood; class=none; people=20; all_people=23 / "
                        "asset=household; hazard=flood; class=high; people=3; all_people=23",
                        NULL, NULL);
    input[3] = layer_of(ctx, "access_coverage",
                        "scenario=current; asset=household; service_type=hospital; limit_min=15; people=23; "
                        "people_within=20",
                        NULL, NULL);
    if (run(&err) != SMAP_OK) fail_msg("%s", err.message);
    for (int64_t n = 1; n <= MOST && fine < FINE; n++) {
        smap__alloc_fail_at(n, false);
        smap_status status = run(&err);
        smap__alloc_fail_at(0, false);
        if (status != SMAP_OK && status != SMAP_E_NOMEM) fail_msg("allocation %lld: %s", (long long)n, err.message);
        failed += status != SMAP_OK;
        fine = status == SMAP_OK ? fine + 1 : 0;
    }
    assert_true(fine == FINE && failed > 200);
    for (int i = 0; i < 4; i++) smap_layer_free(input[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(every_allocation_may_fail) };
    return cmocka_run_group_tests(tests, setup, teardown);
}
