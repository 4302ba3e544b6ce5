/* Coverage and catchments: counted again by hand, and what must hold of every assignment. */
#include "access/coverage.h"

#include "access_help.h"
#include "base/alloc.h"

enum { ORIGINS = 60, SERVICES = 9, K = 4 };

static const double none = HUGE_VAL;
static smap_ctx *workers;

static int begin(void **state) {
    smap_ctx_options options = SMAP_CTX_OPTIONS_INIT;
    (void)state;
    options.threads = 2;
    return smap_ctx_new(&options, &workers, NULL) == SMAP_OK ? 0 : -1;
}

static int end(void **state) {
    (void)state;
    smap_ctx_free(workers);
    return 0;
}

static void changes_have_names(void **state) {
    (void)state;
    assert_int_equal(smap__access_compare(60, 60), SMAP__ACCESS_SAME);
    assert_int_equal(smap__access_compare(60, 61), SMAP__ACCESS_SAME);
    assert_int_equal(smap__access_compare(61, 60), SMAP__ACCESS_SAME);
    assert_int_equal(smap__access_compare(60, 61.1), SMAP__ACCESS_SLOWER);
    assert_int_equal(smap__access_compare(61.1, 60), SMAP__ACCESS_FASTER);
    assert_int_equal(smap__access_compare(60, none), SMAP__ACCESS_LOST);
    assert_int_equal(smap__access_compare(none, 60), SMAP__ACCESS_GAINED);
    assert_int_equal(smap__access_compare(none, none), SMAP__ACCESS_NEVER);
}

/* Five origins, two types, the nearest alone. */
static void within_lost_and_gained(void **state) {
    (void)state;
    double now[] = { 900, 901, none, none, 60, 0, 900, 899, 900, none };
    double then[] = { 900, 900, 30, none, 950, 0, 900, 901, none, none };
    uint32_t service[10] = { 0 };
    smap__access a = { 5, 2, 1, service, now, now }, b = { 5, 2, 1, service, then, then };
    const double people[] = { 10, 20, NAN, 40, 0 }, limits[] = { 900, HUGE_VAL };
    const int64_t area[] = { 1, 0, 1, 1, -1 };
    smap__coverage c[8];
    smap__coverage_count(&a, &b, people, area, 2, limits, 2, c);
    /* area 1, type 0, 900 s: origins 0, 2, 3 */
    assert_true(c[4].origins == 3 && c[4].within == 3 && c[4].lost == 0 && c[4].gained == 1);
    assert_true(c[4].people == 50 && c[4].people_within == 50 && c[4].people_gained == 0 && c[4].people_lost == 0);
    assert_true(c[4].people_unknown == 1 && c[4].people_unknown_within == 1);
    /* area 0, type 0, 900 s and any: origin 1, which had a way */
    assert_true(c[0].origins == 1 && c[0].within == 0 && c[0].lost == 1 && c[0].people_lost == 20);
    assert_true(c[1].lost == 1 && c[1].within == 0);
    /* area 1, type 1: 901 now, 900 before; origin 3 the other way round */
    assert_true(c[6].within == 2 && c[6].lost == 1 && c[6].people_lost == 10);
    assert_true(c[6].gained == 1 && c[6].people_gained == 40);
    assert_true(c[7].within == 3 && c[7].lost == 0 && c[7].gained == 0);
    smap__coverage_count(&a, NULL, NULL, NULL, 1, limits, 1, c);
    assert_true(c[0].origins == 5 && c[0].within == 4 && c[0].people_unknown == 5 && c[0].people_unknown_within == 4);
    assert_true(c[0].lost == 0 && c[0].gained == 0 && c[0].people == 0 && c[1].within == 2);
}

typedef struct case_of {
    uint32_t service[ORIGINS * K];
    double seconds[ORIGINS * K], people[ORIGINS], capacity[SERVICES];
    smap__access access;
    smap__catchment_query query;
} case_of;

/* Services in some order, further and further; one origin in eight has none, one in seven no number of people. */
static void fill_case(case_of *c, uint64_t seed) {
    for (uint64_t o = 0; o < ORIGINS; o++) {
        uint32_t start = net_dice(seed, o, SERVICES), count = net_dice(seed + 1, o, 8) ? K : 0;
        double at = 0;
        for (uint32_t k = 0; k < K; k++) {
            at += 1 + net_dice(seed + 2, o * K + k, 50);
            c->service[o * K + k] = k < count ? (start + 2 * k) % SERVICES : SMAP__NONE;
            c->seconds[o * K + k] = k < count ? at : HUGE_VAL;
        }
        c->people[o] = net_dice(seed + 3, o, 7) ? net_dice(seed + 4, o, 30) : NAN;
    }
    for (uint64_t s = 0; s < SERVICES; s++)
        c->capacity[s] = net_dice(seed + 5, s, 5) ? net_dice(seed + 6, s, 200) : NAN;
    c->access = (smap__access){ ORIGINS, 1, K, c->service, c->seconds, c->seconds };
    c->query = (smap__catchment_query){ &c->access, c->people, NULL, SERVICES, 120 };
}

static void without_capacity_all_go_to_the_nearest(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < 20; seed++) {
        case_of c;
        smap__catchment out[SERVICES], again[SERVICES], wanted[SERVICES] = { 0 };
        double unserved, left, sum[SERVICES] = { 0 }, unknown[SERVICES] = { 0 }, nowhere = 0;
        fill_case(&c, 10 * seed);
        for (int o = 0; o < ORIGINS; o++) {
            uint32_t s = c.service[o * K];
            double people = isnan(c.people[o]) ? 0 : c.people[o];
            if (c.seconds[o * K] > 120) nowhere += people;
            if (c.seconds[o * K] > 120 || c.people[o] == 0) continue;
            wanted[s].origins++;
            wanted[s].people += people;
            wanted[s].max_s = fmax(wanted[s].max_s, c.seconds[o * K]);
            sum[s] += people * c.seconds[o * K];
            unknown[s] += c.seconds[o * K];
        }
        assert_int_equal(smap__catchments(workers, &c.query, out, &unserved, NULL, NULL), SMAP_OK);
        for (int s = 0; s < SERVICES; s++) c.capacity[s] = s % 2 ? 1e9 : HUGE_VAL;
        c.query.capacity = c.capacity;
        assert_int_equal(smap__catchments(workers, &c.query, again, &left, NULL, NULL), SMAP_OK);
        assert_true(unserved == nowhere && left == nowhere);
        for (int s = 0; s < SERVICES; s++) {
            assert_int_equal(out[s].origins, wanted[s].origins);
            assert_true(out[s].people == wanted[s].people);
            assert_true(out[s].origins == again[s].origins && out[s].people == again[s].people);
            if (!wanted[s].origins) {
                assert_true(isnan(out[s].mean_s) && isnan(out[s].max_s));
                continue;
            }
            double mean = wanted[s].people > 0 ? sum[s] / wanted[s].people : unknown[s] / (double)wanted[s].origins;
            assert_true(fabs(out[s].mean_s - mean) < 1e-9 && out[s].max_s == wanted[s].max_s);
            assert_true(out[s].mean_s == again[s].mean_s && out[s].max_s == again[s].max_s);
        }
    }
}

/* Nobody is lost, no service has more than it holds, and who is not served found every service within reach full. */
static void with_capacity_nobody_is_lost_and_nothing_overflows(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < 40; seed++) {
        case_of c;
        smap__catchment out[SERVICES];
        double unserved, all = 0, served = 0, cut_off = 0;
        bool room = true;
        fill_case(&c, 1000 + 10 * seed);
        c.query.capacity = c.capacity;
        if (seed % 2) c.query.limit_s = HUGE_VAL;
        assert_int_equal(smap__catchments(workers, &c.query, out, &unserved, NULL, NULL), SMAP_OK);
        for (int o = 0; o < ORIGINS; o++) {
            double people = isnan(c.people[o]) ? 0 : c.people[o];
            all += people;
            if (c.seconds[o * K] > c.query.limit_s || isinf(c.seconds[o * K])) cut_off += people;
        }
        for (int s = 0; s < SERVICES; s++) {
            served += out[s].people;
            if (!isnan(c.capacity[s])) assert_true(out[s].people <= c.capacity[s]);
            if (isnan(c.capacity[s]) || out[s].people < c.capacity[s]) room = room && out[s].people >= 0;
        }
        assert_true(room && served + unserved == all && unserved >= cut_off);
    }
}

/* Two services of 10 and 15, origins of 8, 8, 8 and 8: the nearer first, the second split, the last finds no place. */
static void the_shortest_ways_first_and_origins_split(void **state) {
    (void)state;
    uint32_t service[] = { 0, 1, 0, 1, 1, 0, 0, 1 };
    double seconds[] = { 10, 40, 20, 30, 25, 50, 35, 45 };
    const double people[] = { 8, 8, 8, 8 }, capacity[] = { 10, 15 };
    smap__access a = { 4, 1, 2, service, seconds, seconds };
    smap__catchment_query q = { &a, people, capacity, 2, 45 };
    smap__catchment out[2];
    double unserved, no_place[4];
    assert_int_equal(smap__catchments(workers, &q, out, &unserved, no_place, NULL), SMAP_OK);
    assert_true(no_place[0] + no_place[1] + no_place[2] == 0 && no_place[3] == 7);
    /* 0: 8 at 10 s, 2 at 20 s. 1: 8 at 25 s, 6 at 30 s, 1 at 45 s. 7 find no place. */
    assert_true(out[0].people == 10 && out[0].origins == 2 && out[0].mean_s == 12 && out[0].max_s == 20);
    assert_true(out[1].people == 15 && out[1].origins == 3 && out[1].max_s == 45);
    assert_true(fabs(out[1].mean_s - (200 + 180 + 45) / 15.0) < 1e-12 && unserved == 7);
    /* of the second 6 went on, the last came to 0 when it was full; to 1 the third alone came first */
    assert_true(out[0].turned_away == 6 + 8 && out[1].turned_away == 0);
    q.capacity = NULL;
    assert_int_equal(smap__catchments(workers, &q, out, &unserved, NULL, NULL), SMAP_OK);
    assert_true(out[0].turned_away == 0 && out[1].turned_away == 0);
    q.capacity = capacity;
    q.limit_s = 44.9;
    assert_int_equal(smap__catchments(workers, &q, out, &unserved, NULL, NULL), SMAP_OK);
    assert_true(out[1].people == 14 && unserved == 8);
}

static void types_are_apart(void **state) {
    (void)state;
    uint32_t service[] = { 0, 1, 0, SMAP__NONE };
    double seconds[] = { 10, 20, 30, HUGE_VAL };
    const double people[] = { 5, 7 }, capacity[] = { 6, 100 };
    smap__access a = { 2, 2, 1, service, seconds, seconds };
    smap__catchment_query q = { &a, people, capacity, 2, HUGE_VAL };
    smap__catchment out[2];
    double unserved[2];
    assert_int_equal(smap__catchments(workers, &q, out, unserved, NULL, NULL), SMAP_OK);
    assert_true(out[0].people == 6 && unserved[0] == 6 && out[1].people == 5 && unserved[1] == 7);
}

static void memory_that_runs_out_at_each_place(void **state) {
    (void)state;
    case_of c;
    smap__catchment out[SERVICES] = { 0 };
    double unserved = -1;
    smap_status status = SMAP_E_NOMEM;
    int64_t nth = 1;
    fill_case(&c, 5);
    c.query.capacity = c.capacity;
    for (; status != SMAP_OK && nth < 100; nth++) {
        assert_true(unserved == -1 && out[0].origins == 0);
        smap__alloc_fail_at(nth, false);
        status = smap__catchments(workers, &c.query, out, &unserved, NULL, NULL);
        smap__alloc_fail_at(0, false);
        if (status != SMAP_OK) assert_int_equal(status, SMAP_E_NOMEM);
    }
    assert_true(status == SMAP_OK && nth > 7);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changes_have_names),
        cmocka_unit_test(within_lost_and_gained),
        cmocka_unit_test(without_capacity_all_go_to_the_nearest),
        cmocka_unit_test(with_capacity_nobody_is_lost_and_nothing_overflows),
        cmocka_unit_test(the_shortest_ways_first_and_origins_split),
        cmocka_unit_test(types_are_apart),
        cmocka_unit_test(memory_that_runs_out_at_each_place),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
