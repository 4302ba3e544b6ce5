/* The network of a run: what is told, what is kept, and what holds for any roads and closures. */
#include "../ctx_help.h"
#include "base/alloc.h"
#include "overlay/locate.h"
#include "scene.h"
#include "stat/random.h"

static const smap__scenario baseline = { SMAP__BASELINE, 0, SMAP__BY_VEHICLE, true },
                            current = { SMAP__CURRENT, 0, SMAP__BY_VEHICLE, true };

static void near(double a, double b) {
    if (!(a == b || fabs(a - b) <= 1e-9 * (1 + fabs(b)))) fail_msg("%.17g is not %.17g", a, b);
}

/* ---- what is told ---- */

static void speeds_are_counted(void **state) {
    (void)state;
    char roads[] = "A 0,0 9,0 class=primary speed=60; B 0,1 9,1 class=primary; C 0,2 9,2 speed=-1 class=goat; "
                   "D 0,3 9,3 speed=0; E 0,4 9,4 class=rail speed=100; F 0,5 9,5 speed=nan; G 0,6 9,6 speed=2e9; "
                   "H 0,7 9,7 class=unknown",
         none[] = "-";
    scene s;
    scene_init(&s, roads, none);
    smap__network *n = scene_network(ctx, &s);
    const smap__speed_tally *vehicle = &n->speed[SMAP__BY_VEHICLE], *foot = &n->speed[SMAP__ON_FOOT];
    assert_int_equal(vehicle->stated, 2);
    assert_int_equal(vehicle->by_class, 5);
    assert_int_equal(vehicle->unusable, 3);
    assert_int_equal(vehicle->zero, 1);
    assert_int_equal(vehicle->class_unknown, 4);
    assert_int_equal(vehicle->barred, 1);
    assert_int_equal(foot->stated + foot->unusable + foot->zero, 0);
    assert_int_equal(foot->by_class, 8);
    assert_int_equal(foot->barred, 1);
    assert_int_equal(scene_found(&n->road_findings, "road_speed_unusable"), 3);
    assert_int_equal(scene_found(&n->road_findings, "road_speed_zero"), 1);
    assert_int_equal(n->road_findings.count, 4);
    assert_int_equal(n->road_findings.items[0].row, 3);
    near(smap__network_walk_ms(n), 3.024 * 0.7 / 3.6);
    smap__network_free(n);
    scene_release(&s);
}

/* Posted speeds of 40 to 60 km/h, read as what they are, in m/s and in mph. */
static void another_unit_is_noticed(void **state) {
    (void)state;
    static const double unit[] = { 1, 3.6, 1.609344, 1 / 3.6 };
    static const int roads_told[] = { 0, 1, 1, 1 };
    for (int u = 0; u < 4; u++) {
        char roads[512] = "", none[] = "-", one[] = "A 0,0 9,0 class=tertiary speed=1";
        scene s;
        for (int i = 0; i < 7; i++)
            snprintf(roads + strlen(roads), 64, "%sR%d 0,%d 9,%d class=tertiary speed=%g", i ? "; " : "", i, i, i,
                     (35 + i) / unit[u] / (u == 2 ? 1.2 : 1));
        scene_init(&s, roads, none);
        smap__network *n = scene_network(ctx, &s);
        assert_int_equal(scene_found(&n->road_findings, "road_speed_unit"), roads_told[u]);
        smap__network_free(n);
        scene_release(&s);
        snprintf(none, sizeof none, "-");
        scene_init(&s, one, none); /* one road tells nothing */
        n = scene_network(ctx, &s);
        assert_int_equal(n->road_findings.count, 0);
        smap__network_free(n);
        scene_release(&s);
    }
}

static void closures_that_do_nothing_are_told(void **state) {
    (void)state;
    char roads[] = "A 0,0 40,0; B 40,0 60,0 bridge; C 60,0 100,0",
         closures[] = "a point 50,900 passable=none; b nowhere passable=none; c nowhere passable=none road=Z; "
                      "d area 45,-9 55,-9 55,9 45,9 kind=flooded passable=none; "
                      "e point 900,0 passable=none road=Y; f point 50,0 passable=all speed=900 delay=nan; "
                      "g area 30,-9 55,-9 55,9 30,9 kind=flooded passable=none; h nowhere passable=none road=A; "
                      "i point 90,0 passable=none from=2023-09-13 to=2023-09-13; j point 90,0 scenario=baseline; "
                      "k area 45,-9 55,-9 55,9 45,9 kind=flooded passable=all; l point 90,0 passable=all delay=720; "
                      "m point 90,0 passable=all delay=3600";
    scene s;
    scene_init(&s, roads, closures);
    smap__network *n = scene_network(ctx, &s);
    const smap__findings *f = &n->closure_findings;
    assert_int_equal(n->closures_off, 2);     /* a, e */
    assert_int_equal(n->closures_bridged, 1); /* d */
    assert_int_equal(scene_found(f, "closure_off_roads"), 2);
    assert_int_equal(scene_found(f, "closure_under_bridge"), 1);
    assert_int_equal(scene_found(f, "closure_without_place"), 2); /* b, c */
    assert_int_equal(scene_found(f, "closure_road_missing"), 2);  /* c, e */
    assert_int_equal(scene_found(f, "closure_speed_unusable"), 1);
    assert_int_equal(scene_found(f, "closure_delay_unusable"), 1);
    assert_int_equal(scene_found(f, "closure_delay_long"), 1); /* m */
    assert_int_equal(scene_found(f, "closure_never_valid"), 1);
    assert_int_equal(scene_found(f, "closure_in_baseline"), 1);
    assert_int_equal(f->count, 12);
    smap__network_free(n);
    scene_release(&s);
}

static void what_is_overruled_is_told(void **state) {
    (void)state;
    char roads[] = "A 0,0 100,0",
         closures[] = "a area -9,-9 109,-9 109,9 -9,9 passable=all; b area 40,-9 60,-9 60,9 40,9 passable=none; "
                      "c area 50,-9 70,-9 70,9 50,9 passable=foot; d area 80,-9 90,-9 90,9 80,9 passable=all speed=5; "
                      "e area 55,-9 90,-9 90,9 55,9 passable=none scenario=later";
    scene s;
    scene_init(&s, roads, closures);
    smap__network *n = scene_network(ctx, &s);
    smap__network_state *now = scene_state(ctx, n, current);
    smap__scenario later = current;
    later.name = "later";
    smap__network_state *then = scene_state(ctx, n, later), *before = scene_state(ctx, n, baseline);
    assert_int_equal(before->closures, 0);
    assert_int_equal(before->findings.count, 0);
    assert_int_equal(now->closures, 4);
    assert_int_equal(now->findings.count, 1);
    assert_int_equal(now->findings.items[0].row, 1);
    assert_non_null(strstr(now->findings.items[0].message, "closure b (FID 2)"));
    assert_int_equal(then->closures, 5);
    assert_int_equal(then->findings.count, 2);
    assert_int_equal(then->findings.items[1].row, 4);
    near(now->length_m[SMAP__EDGE_CLOSED], 20);
    near(now->length_m[SMAP__EDGE_FOOT], 10);
    near(now->length_m[SMAP__EDGE_SLOWED], 10);
    near(now->length_m[SMAP__EDGE_OPEN], 60);
    near(then->length_m[SMAP__EDGE_CLOSED], 50);
    smap__network_state_free(now);
    smap__network_state_free(then);
    smap__network_state_free(before);
    smap__network_free(n);
    scene_release(&s);
}

static void a_scenario_that_no_closure_names_is_an_error(void **state) {
    (void)state;
    char roads[] = "A 0,0 100,0",
         closures[] = "a point 0,0 scenario=bridges-out; b point 0,0; c point 0,0 scenario=flood";
    scene s;
    scene_init(&s, roads, closures);
    smap__network *n = scene_network(ctx, &s);
    smap__network_state *out = NULL;
    smap_error err = SMAP_ERROR_INIT;
    smap__scenario wrong = current;
    wrong.name = "bridges";
    assert_int_equal(smap__network_scenario(ctx, n, &wrong, &out, &err), SMAP_E_NOT_FOUND);
    assert_non_null(strstr(err.message, "\"bridges\"; there is baseline, current, bridges-out, flood"));
    assert_null(out);
    smap__network_free(n);
    scene_release(&s);
}

static void roads_and_closures_are_in_one_crs(void **state) {
    (void)state;
    char roads[] = "A 0,0 100,0", closures[] = "a point 0,0 passable=none";
    scene s;
    smap_error err = SMAP_ERROR_INIT;
    smap__network *n = NULL;
    const smap_crs *crs[2] = { NULL, NULL };
    scene_init(&s, roads, closures);
    assert_int_equal(smap_crs_new(ctx, "EPSG:32634", &crs[0], NULL), SMAP_OK);
    assert_int_equal(smap_crs_new(ctx, "EPSG:4326", &crs[1], NULL), SMAP_OK);
    smap_geometry road = *s.road_ground, closure = *s.closure_ground;
    road.crs = crs[0];
    closure.crs = crs[1];
    s.input.road_ground = &road;
    s.input.closure_ground = &closure;
    assert_int_equal(smap__network_build(ctx, &s.input, &n, &err), SMAP_E_CRS);
    assert_non_null(strstr(err.message, "UTM zone 34N"));
    smap_crs_free(crs[0]);
    smap_crs_free(crs[1]);
    scene_release(&s);
}

/* ---- what is small ---- */

static void nothing_at_all_is_a_network_too(void **state) {
    (void)state;
    static const char *const closure[] = { "-", "a point 5,5 passable=none; b nowhere road=A passable=none" };
    for (int i = 0; i < 3; i++) {
        char roads[] = "-", closures[96];
        scene s;
        snprintf(closures, sizeof closures, "%s", closure[i % 2]);
        scene_init(&s, roads, closures);
        if (i == 2) s.input.closures = NULL;
        if (i == 2) s.input.closure_ground = NULL;
        smap__network *n = scene_network(ctx, &s);
        smap__network_state *now = scene_state(ctx, n, current);
        assert_int_equal(n->graph->edge_count + now->graph->edge_count, 0);
        assert_int_equal(n->closures_off, i == 1);
        smap__network_state_free(now);
        smap__network_free(n);
        scene_release(&s);
    }
}

static void all_roads_can_be_closed(void **state) {
    (void)state;
    char roads[] = "A 0,0 100,0; B 0,0 0,50; C 100,0 100,0; D nothing",
         closures[] = "a area -99,-99 199,-99 199,99 -99,99 passable=none";
    scene s;
    scene_init(&s, roads, closures);
    smap__network *n = scene_network(ctx, &s);
    for (int mode = 0; mode < SMAP__TRAVEL_MODES; mode++) {
        smap__scenario scenario = current;
        scenario.mode = (smap__travel_mode)mode;
        smap__network_state *now = scene_state(ctx, n, scenario);
        for (uint32_t e = 0; e < now->graph->edge_count; e++)
            assert_true(n->graph->length_m[e] == 0 || !smap__graph_is_open(now->graph, e));
        near(now->length_m[SMAP__EDGE_CLOSED], 150);
        smap__network_state_free(now);
    }
    smap__network_free(n);
    scene_release(&s);
}

/* A layer without any of the columns but its own. */
static void columns_may_be_missing(void **state) {
    (void)state;
    static const smap__rows_column column[] = { { "other", SMAP_TEXT } };
    char roads[] = "A 0,0 100,0", closures[] = "a area 40,-9 60,-9 60,9 40,9";
    scene s;
    scene_init(&s, roads, closures);
    const smap_layer *bare[2] = { NULL, NULL };
    const smap_geometry *ground[] = { s.road_ground, s.closure_ground };
    for (int i = 0; i < 2; i++) {
        smap__rows rows;
        const smap_table *table = NULL;
        smap__rows_init(&rows, column, 1);
        smap__rows_text(&rows, "x");
        assert_int_equal(smap__rows_finish(&rows, &table, NULL), SMAP_OK);
        assert_int_equal(smap_layer_new("bare", table, ground[i], NULL, &bare[i], NULL), SMAP_OK);
        smap_table_free(table);
    }
    s.input.roads = bare[0];
    s.input.closures = bare[1];
    smap__network *n = scene_network(ctx, &s);
    smap__network_state *now = scene_state(ctx, n, current);
    near(now->length_m[SMAP__EDGE_UNKNOWN], 20);
    near(now->graph->forward_s[0], 40 / (25 / 3.6));
    smap__network_state_free(now);
    smap__network_free(n);
    smap_layer_free(bare[0]);
    smap_layer_free(bare[1]);
    scene_release(&s);
}

/* ---- what holds for any roads and closures ---- */

enum { ROADS = 12, CLOSURES = 9 };

static double dice(uint64_t seed, uint64_t index, double size) {
    return floor(smap__random_uniform(77, seed, index) * size);
}

/* Roads by chance on a lattice of 20 m, and areas and points by chance; `turned` puts closures in the other order. */
static void random_scene(scene *s, uint64_t seed, bool turned) {
    static const char *const passable[] = { "none", "foot", "all", "unknown" }, *const oneway[] = { "no", "forward",
                                                                                                    "backward" };
    static const char *const kind[] = { "works", "flooded", "debris", "checkpoint" };
    char roads[4096] = "", closures[4096] = "";
    for (int i = 0; i < ROADS; i++) {
        uint64_t at = (uint64_t)i * 16;
        snprintf(roads + strlen(roads), 256, "%sR%d %g,%g %g,%g %g,%g speed=%g oneway=%s", i ? "; " : "", i,
                 20 * dice(seed, at, 6), 20 * dice(seed, at + 1, 6), 20 * dice(seed, at + 2, 6),
                 20 * dice(seed, at + 3, 6), 20 * dice(seed, at + 4, 6), 20 * dice(seed, at + 5, 6),
                 10 + dice(seed, at + 6, 50), oneway[(int)dice(seed, at + 7, 3)]);
    }
    for (int k = 0; k < CLOSURES; k++) {
        int i = turned ? CLOSURES - 1 - k : k;
        uint64_t at = 1000 + (uint64_t)i * 16;
        double x = dice(seed, at, 100) + 0.3, y = dice(seed, at + 1, 100) + 0.7, w = 3 + dice(seed, at + 2, 40),
               h = 3 + dice(seed, at + 3, 40);
        snprintf(closures + strlen(closures), 64, "%sC%d ", k ? "; " : "", i);
        if (i % 3 == 0) {
            snprintf(closures + strlen(closures), 64, "point %g,%g", x, y);
        } else {
            snprintf(closures + strlen(closures), 128, "area %g,%g %g,%g %g,%g", x, y, x + w, y + 1.3, x + 1.7, y + h);
        }
        snprintf(closures + strlen(closures), 128, " passable=%s kind=%s", passable[(int)dice(seed, at + 4, 4)],
                 kind[(int)dice(seed, at + 5, 4)]);
        if (dice(seed, at + 6, 3) == 0)
            snprintf(closures + strlen(closures), 64, " speed=%g", 1 + dice(seed, at + 7, 9));
        if (dice(seed, at + 8, 3) == 0)
            snprintf(closures + strlen(closures), 64, " delay=%g", 1 + dice(seed, at + 9, 9));
    }
    scene_init(s, roads, closures);
}

/* The middle of an edge, or of its first stretch. */
static void middle_of(const smap__graph *g, uint32_t edge, double *x, double *y) {
    uint32_t a = g->first[edge], b = g->last[edge];
    *x = (g->lines->x[a] + g->lines->x[b]) / 2;
    *y = (g->lines->y[a] + g->lines->y[b]) / 2;
    if (b == a + 1) return;
    *x = (g->lines->x[a] + g->lines->x[a + 1]) / 2;
    *y = (g->lines->y[a] + g->lines->y[a + 1]) / 2;
}

static bool lies_in(const scene *s, int64_t closure, double x, double y) {
    const smap_geometry *g = s->closure_ground;
    if (g->type[closure] != SMAP_GEOM_POINT) return smap__polygon_contains(g, closure, x, y);
    int64_t c = smap_geom_coord(g, smap_geom_ring(g, smap_geom_part(g, closure)));
    return hypot(g->x[c] - x, g->y[c] - y) <= 25;
}

static bool is_listed(const smap__network *n, uint32_t edge, int64_t closure) {
    for (uint32_t at = n->first_closure[edge]; at < n->first_closure[edge + 1]; at++)
        if (n->closure[at] == closure) return true;
    return false;
}

/* No edge reaches over the end of a closure: what its middle lies in, it is listed for. Areas of debris reach 3 m
 * further and are not looked at. */
static void an_edge_lies_in_a_closure_wholly_or_not(void **state) {
    (void)state;
    int inside = 0;
    for (uint64_t seed = 0; seed < 40; seed++) {
        scene s;
        random_scene(&s, seed, false);
        smap__network *n = scene_network(ctx, &s);
        for (uint32_t e = 0; e < n->graph->edge_count; e++) {
            double x, y;
            middle_of(n->graph, e, &x, &y);
            if (n->graph->length_m[e] < 1e-3) continue;
            for (int64_t c = 0; c < CLOSURES; c++) {
                const smap_column *kind = smap_table_find(s.closures->table, "kind");
                size_t len;
                if (smap_column_text(kind, c, &len)[0] == 'd' && c % 3 != 0) continue;
                bool in = lies_in(&s, c, x, y);
                if (in != is_listed(n, e, c)) fail_msg("seed %d, edge %u, closure %d", (int)seed, e, (int)c);
                inside += in;
            }
        }
        smap__network_free(n);
        scene_release(&s);
    }
    assert_true(inside > 500);
}

/* Where no closure counts, the parts of a road cost what the road does. */
static void parts_cost_what_the_whole_does(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < 40; seed++) {
        scene s;
        random_scene(&s, seed, false);
        smap__network *n = scene_network(ctx, &s);
        for (int mode = 0; mode < SMAP__TRAVEL_MODES; mode++) {
            smap__scenario scenario = baseline;
            double sum[2][ROADS] = { { 0 } }, length[ROADS] = { 0 };
            scenario.mode = (smap__travel_mode)mode;
            smap__network_state *b = scene_state(ctx, n, scenario);
            for (uint32_t e = 0; e < b->graph->edge_count; e++) {
                uint32_t road = b->graph->feature[e];
                sum[0][road] += b->graph->forward_s[e];
                sum[1][road] += b->graph->backward_s[e];
                length[road] += b->graph->length_m[e];
                assert_int_equal(b->state[e], SMAP__EDGE_NOT_MENTIONED);
                if (mode == SMAP__BY_VEHICLE) near(b->graph->forward_s[e], n->graph->forward_s[e]);
                if (mode == SMAP__BY_VEHICLE) near(b->graph->backward_s[e], n->graph->backward_s[e]);
            }
            for (int i = 0; i < ROADS; i++) {
                const smap_column *speed = smap_table_find(s.roads->table, "speed_kmh");
                double ms = mode == SMAP__ON_FOOT ? 5.04 * 0.7 / 3.6 : speed->v.f[i] / 3.6;
                double want = length[i] / ms, x[3], y[3];
                for (int k = 0; k < 3; k++) {
                    x[k] = s.road_ground->x[3 * i + k];
                    y[k] = s.road_ground->y[3 * i + k];
                }
                near(length[i], hypot(x[1] - x[0], y[1] - y[0]) + hypot(x[2] - x[1], y[2] - y[1]));
                for (int way = 0; way < 2; way++)
                    if (length[i] > 0 && sum[way][i] < HUGE_VAL) near(sum[way][i], want);
                assert_true(sum[0][i] < HUGE_VAL || sum[1][i] < HUGE_VAL);
            }
            smap__network_state_free(b);
        }
        smap__network_free(n);
        scene_release(&s);
    }
}

/* The same edges with the same costs, whatever the order of closures; closed roads never make a way shorter than open
 * ones, and nothing makes it shorter than the baseline. */
static void the_order_of_closures_does_not_matter(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < 40; seed++) {
        scene s[2];
        smap__network *n[2];
        random_scene(&s[0], seed, false);
        random_scene(&s[1], seed, true);
        for (int i = 0; i < 2; i++) n[i] = scene_network(ctx, &s[i]);
        assert_int_equal(n[0]->graph->edge_count, n[1]->graph->edge_count);
        for (int k = 0; k < 4; k++) {
            smap__scenario scenario = { SMAP__CURRENT, 0, (smap__travel_mode)(k % 2), k < 2 }, before = scenario;
            before.name = SMAP__BASELINE;
            smap__network_state *a = scene_state(ctx, n[0], scenario), *b = scene_state(ctx, n[1], scenario);
            smap__network_state *whole = scene_state(ctx, n[0], before);
            for (uint32_t e = 0; e < a->graph->edge_count; e++) {
                assert_true(a->graph->forward_s[e] == b->graph->forward_s[e]);
                assert_true(a->graph->backward_s[e] == b->graph->backward_s[e]);
                assert_int_equal(a->state[e], b->state[e]);
                assert_true(a->graph->forward_s[e] >= whole->graph->forward_s[e]);
                assert_true(a->graph->backward_s[e] >= whole->graph->backward_s[e]);
            }
            assert_int_equal(a->findings.count, b->findings.count);
            assert_int_equal(a->closures, CLOSURES);
            smap__network_state_free(a);
            smap__network_state_free(b);
            smap__network_state_free(whole);
        }
        for (int i = 0; i < 2; i++) {
            smap__network_free(n[i]);
            scene_release(&s[i]);
        }
    }
}

/* ---- lengths, joins, memory ---- */

/* Lengths on the ellipsoid are shared out, and what joining an end adds is added. */
static void lengths_are_those_given(void **state) {
    (void)state;
    char roads[] = "A 0,0 100,0 speed=36; B 0,50 100,50 speed=36",
         closures[] = "a area 40,-9 60,-9 60,9 40,9 passable=none";
    static const double length_m[] = { 200, 50 };
    scene s;
    scene_init(&s, roads, closures);
    s.input.road_length_m = length_m;
    smap__network *n = scene_network(ctx, &s);
    smap__network_state *now = scene_state(ctx, n, current);
    near(now->length_m[SMAP__EDGE_CLOSED], 40);
    near(now->length_m[SMAP__EDGE_NOT_MENTIONED], 210);
    near(now->graph->forward_s[0], 8);
    smap__network_state_free(now);
    smap__network_free(n);
    scene_release(&s);
}

static void ends_are_joined_and_bridges_are_not_crossed(void **state) {
    (void)state;
    char roads[] =
        "A 0,0 99,0 speed=36; B 100,0 200,0 speed=36; C 150,-50 150,50 speed=36; D 50,-50 50,50 speed=36 bridge",
         closures[] = "-";
    static const double length_m[] = { 198, 200, 100, 100 };
    scene s;
    scene_init(&s, roads, closures);
    s.input.road_length_m = length_m;
    s.input.join_m = 2;
    s.input.crossings = true;
    smap__network *n = scene_network(ctx, &s);
    assert_int_equal(n->mended.joins, 1);
    assert_int_equal(n->mended.crossings, 1);
    assert_int_equal(n->graph->edge_count, 6);
    double all = 0;
    for (uint32_t e = 0; e < n->graph->edge_count; e++) all += n->graph->length_m[e];
    near(all, 200 + 200 + 100 + 100);
    assert_int_equal(n->bridge[0] + n->bridge[5], 1);
    smap__network_free(n);
    scene_release(&s);
}

static void want_of_memory_is_survived(void **state) {
    (void)state;
    char roads
        [] = "A 0,0 100,0 speed=-1; B 0,5 100,5 class=path",
   closures[] =
        "a area 40,-9 60,-9 60,9 40,9 passable=none scenario=x; b nowhere road=B passable=all delay=4 scenario=x; c point 50,0 passable=all";
    scene s;
    bool done = false;
    scene_init(&s, roads, closures);
    for (int64_t nth = 1; !done; nth++) {
        smap__network *n = NULL;
        smap__network_state *out = NULL;
        smap__scenario scenario = { "x", 0, SMAP__ON_FOOT, false };
        smap__alloc_fail_at(nth, false);
        smap_status status = smap__network_build(ctx, &s.input, &n, NULL);
        if (status == SMAP_OK) status = smap__network_scenario(ctx, n, &scenario, &out, NULL);
        smap__alloc_fail_at(0, false);
        assert_true(status == SMAP_OK || status == SMAP_E_NOMEM);
        done = status == SMAP_OK;
        smap__network_state_free(out);
        smap__network_free(n);
    }
    scene_release(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(speeds_are_counted),
        cmocka_unit_test(another_unit_is_noticed),
        cmocka_unit_test(closures_that_do_nothing_are_told),
        cmocka_unit_test(what_is_overruled_is_told),
        cmocka_unit_test(a_scenario_that_no_closure_names_is_an_error),
        cmocka_unit_test(roads_and_closures_are_in_one_crs),
        cmocka_unit_test(nothing_at_all_is_a_network_too),
        cmocka_unit_test(all_roads_can_be_closed),
        cmocka_unit_test(columns_may_be_missing),
        cmocka_unit_test(an_edge_lies_in_a_closure_wholly_or_not),
        cmocka_unit_test(parts_cost_what_the_whole_does),
        cmocka_unit_test(the_order_of_closures_does_not_matter),
        cmocka_unit_test(lengths_are_those_given),
        cmocka_unit_test(ends_are_joined_and_bridges_are_not_crossed),
        cmocka_unit_test(want_of_memory_is_survived),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
