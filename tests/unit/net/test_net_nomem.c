/* Memory that runs out at each place in turn: an error that says so, nothing lost, and the answer once there is enough.
 */
#include "base/alloc.h"
#include "net/cuts.h"
#include "net/snap.h"
#include "net_help.h"

enum { SIDE = 12, STREETS = 2 * SIDE * (SIDE - 1), PLACES = 3, K = 2 };

static const smap_geometry *streets(void) {
    smap_geometry_builder *b = net_builder();
    for (int i = 0; i < SIDE; i++)
        for (int k = 0; k + 1 < SIDE; k++) {
            net_line(b, 3, (double[]){ k, i, k + 0.5, i, k + 1, i });
            net_line(b, 3, (double[]){ i, k, i, k + 0.5, i, k + 1 });
        }
    return net_finish(b);
}

static const smap_geometry *places(void) {
    smap_geometry_builder *b = net_builder();
    for (int k = 0; k < PLACES; k++)
        assert_int_equal(smap_geometry_append_point(b, 4 * k + 0.2, 3 * k + 0.1, NULL), SMAP_OK);
    return net_finish(b);
}

typedef struct town {
    smap_ctx *ctx;
    const smap_geometry *streets, *places;
    double cost[2 * STREETS];
    uint8_t node_at[3 * STREETS];
} town;

/* The sum of what searches, one route included, found. */
static smap_status search(const town *t, const smap__graph *g, double *sum, smap_error *err) {
    smap__snap snaps[PLACES];
    smap__seed seeds[2 * PLACES];
    smap__reach reach[2];
    smap__ranking ranking;
    smap__route route;
    int64_t count = 0;
    smap_status status = net_snap(t->ctx, g, t->places, HUGE_VAL, snaps, err);
    if (status != SMAP_OK) return status;
    for (uint32_t k = 0; k < PLACES; k++) count += smap__snap_seeds(g, &snaps[k], k, 1, false, &seeds[count]);
    const smap__search all = { seeds, count, false, HUGE_VAL, true }, first = { seeds, 2, true, 9, false };
    const smap__search searches[] = { all, first };
    if ((status = smap__paths_nearest(t->ctx, g, searches, 2, reach, err)) != SMAP_OK) return status;
    for (uint32_t n = 0; n < g->node_count; n++) *sum += reach[0].length_m[n];
    smap__reach_release(&reach[0]);
    smap__reach_release(&reach[1]);
    if ((status = smap__paths_ranked(t->ctx, g, &all, 1, K, &ranking, err)) != SMAP_OK) return status;
    for (uint32_t n = 0; n < K * g->node_count; n++) *sum += ranking.cost_s[n];
    smap__ranking_release(&ranking);
    status = smap__paths_route(g, seeds, 1, &seeds[count - 1], 1, HUGE_VAL, &route, err);
    if (status != SMAP_OK) return status;
    *sum += route.cost_s;
    smap__route_release(&route);
    return SMAP_OK;
}

static smap_status compute(const town *t, double *sum, smap_error *err) {
    smap__graph *g = NULL, *other = NULL;
    smap__components *components = NULL;
    smap__cuts *cuts = NULL;
    *sum = 0;
    smap_status status =
        smap__graph_build(t->ctx, t->streets, &(smap__line_costs){ t->cost, t->cost, NULL, t->node_at }, &g, err);
    if (status == SMAP_OK) status = smap__graph_recost(t->ctx, g, g->backward_s, g->length_m, &other, err);
    smap__graph_free(g);
    if (status == SMAP_OK) status = smap__components_find(other, &components, err);
    if (status == SMAP_OK) status = smap__cuts_find(other, &cuts, err);
    if (status == SMAP_OK) status = search(t, other, sum, err);
    if (status == SMAP_OK) *sum += components->count + cuts->edge_count;
    smap__components_free(components);
    smap__cuts_free(cuts);
    smap__graph_free(other);
    return status;
}

static void at_every_allocation(void **state) {
    (void)state;
    town t = { .streets = streets(), .places = places() };
    smap_ctx_options options = SMAP_CTX_OPTIONS_INIT;
    double want, got = 0;
    options.threads = 1;
    assert_int_equal(smap_ctx_new(&options, &t.ctx, NULL), SMAP_OK);
    for (int k = 0; k < 2 * STREETS; k++) t.cost[k] = 1 + k % 7;
    for (int k = 0; k < 3 * STREETS; k++) t.node_at[k] = k % 5 == 0;
    assert_int_equal(compute(&t, &want, NULL), SMAP_OK);
    smap_status status = SMAP_E_NOMEM;
    int64_t nth = 1;
    for (; status != SMAP_OK && nth < 1000; nth++) {
        smap_error err = SMAP_ERROR_INIT;
        smap__alloc_fail_at(nth, false);
        status = compute(&t, &got, &err);
        smap__alloc_fail_at(0, false);
        if (status != SMAP_OK) assert_int_equal(status, SMAP_E_NOMEM);
    }
    assert_true(status == SMAP_OK && nth > 60 && got == want && isfinite(want));
    smap_geometry_free(t.streets);
    smap_geometry_free(t.places);
    smap_ctx_free(t.ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(at_every_allocation) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
