/* What closures do to roads, by tests/table/closure.case. */
#include "../ctx_help.h"
#include "net/paths.h"
#include "scene.h"

static uint32_t node_at(const smap__graph *g, const char *text, int line) {
    double x, y;
    if (sscanf(text, "%lf,%lf", &x, &y) != 2) fail_msg("line %d: \"%s\" is no place", line, text);
    for (uint32_t n = 0; n < g->node_count; n++)
        if (fabs(g->x[n] - x) < 1e-6 && fabs(g->y[n] - y) < 1e-6) return n;
    fail_msg("line %d: no road begins, ends or is cut at %s", line, text);
    return SMAP__NONE;
}

static double way_s(const smap__graph *g, char *way, int line) {
    char *end[2];
    smap__route route = { 0 };
    if (case_split(way, '>', end, 2) != 2) fail_msg("line %d: a way is X,Y > X,Y", line);
    const smap__seed from = { node_at(g, end[0], line), 0, 0, 0 }, to = { node_at(g, end[1], line), 0, 0, 0 };
    assert_int_equal(smap__paths_route(g, &from, 1, &to, 1, HUGE_VAL, &route, NULL), SMAP_OK);
    double seconds = route.cost_s;
    smap__route_release(&route);
    return seconds;
}

static void check_lengths(const smap__network_state *state, char *text, int line) {
    char *item[SMAP__EDGE_STATES], *word[2];
    int items = strcmp(text, "-") == 0 ? 0 : case_split(text, ',', item, SMAP__EDGE_STATES);
    double want[SMAP__EDGE_STATES] = { 0 };
    for (int i = 0; i < items; i++) {
        if (case_split(item[i], ' ', word, 2) != 2) fail_msg("line %d: a state and metres", line);
        int k = 0;
        while (k < SMAP__EDGE_STATES && strcmp(smap__edge_state_code((smap__edge_state)k), word[0]) != 0) k++;
        if (k == SMAP__EDGE_STATES) fail_msg("line %d: \"%s\" is no state", line, word[0]);
        want[k] = strtod(word[1], NULL);
    }
    for (int k = 0; k < SMAP__EDGE_STATES; k++)
        if (!(fabs(state->length_m[k] - want[k]) < 1e-4))
            fail_msg("line %d: %.6f m are %s, not %g", line, state->length_m[k],
                     smap__edge_state_code((smap__edge_state)k), want[k]);
}

static void check_case(case_file *c) {
    char *word[4];
    scene s;
    if (c->parts != 6) fail_msg("line %d: six parts", c->number);
    if (case_split(c->part[2], ' ', word, 4) != 4) fail_msg("line %d: scenario, mode, unknown roads, date", c->number);
    scene_init(&s, c->part[0], c->part[1]);
    smap__network *network = scene_network(ctx, &s);
    smap__scenario scenario = { .name = word[0],
                                .date_ms = scene_time(word[3]),
                                .mode = strcmp(word[1], "foot") == 0 ? SMAP__ON_FOOT : SMAP__BY_VEHICLE,
                                .unknown_open = strcmp(word[2], "open") == 0 };
    smap__network_state *state = scene_state(ctx, network, scenario);
    double seconds = way_s(state->graph, c->part[3], c->number);
    double want = strcmp(c->part[4], "none") == 0 ? HUGE_VAL : strtod(c->part[4], NULL);
    if (!(seconds == want || fabs(seconds - want) < 1e-4))
        fail_msg("line %d: %.6f s, not %g", c->number, seconds, want);
    check_lengths(state, c->part[5], c->number);
    smap__network_state_free(state);
    smap__network_free(network);
    scene_release(&s);
}

static void closures_by_table(void **state) {
    (void)state;
    case_file c;
    int cases = 0;
    assert_true(case_open(&c, "closure.case"));
    for (; case_next(&c); cases++) check_case(&c);
    assert_true(cases > 40);
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(closures_by_table) };
    return cmocka_run_group_tests(tests, setup, teardown);
}
