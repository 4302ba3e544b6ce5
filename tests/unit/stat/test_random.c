#include <math.h>

#include "../cmocka_all.h"
#include "stat/random.h"

/* Moments of the two distributions, to four standard errors of their estimates. */
static void moments(void **state) {
    (void)state;
    enum { N = 200000 };
    double sum = 0, square = 0, even = 0;
    for (int i = 0; i < N; i++) {
        double z = smap__random_normal(7, 3, (uint64_t)i), u = smap__random_uniform(7, 4, (uint64_t)i);
        assert_true(u >= 0 && u < 1);
        sum += z;
        square += z * z;
        even += u;
    }
    assert_true(fabs(sum / N) < 4 / sqrt(N));
    assert_true(fabs(square / N - 1) < 4 * sqrt(2.0 / N));
    assert_true(fabs(even / N - 0.5) < 4 * sqrt(1.0 / 12 / N));
}

/* Streams and samples that lie side by side are as good as strangers. */
static void neighbours_are_strangers(void **state) {
    (void)state;
    enum { N = 100000 };
    double by_stream = 0, by_index = 0, by_seed = 0;
    for (uint64_t i = 0; i < N; i++) {
        double u = smap__random_uniform(1, i, 5) - 0.5;
        by_stream += u * (smap__random_uniform(1, i + 1, 5) - 0.5);
        by_index += u * (smap__random_uniform(1, i, 6) - 0.5);
        by_seed += u * (smap__random_uniform(2, i, 5) - 0.5);
    }
    double bound = 4 / 12.0 * sqrt(N);
    assert_true(fabs(by_stream) < bound && fabs(by_index) < bound && fabs(by_seed) < bound);
}

/* Back through the distribution itself, which the C library knows. */
static void quantiles_lead_back(void **state) {
    (void)state;
    for (int i = -3700; i <= 0; i++) {
        double x = i / 100.0, got = smap__normal_quantile(erfc(-x / sqrt(2)) / 2);
        if (!(fabs(got - x) <= 1e-13 * (1 + fabs(x)))) fail_msg("%g: %.17g", x, got);
    }
    for (double p = 0.5; p > 1e-15; p /= 2) assert_true(smap__normal_quantile(1 - p) == -smap__normal_quantile(p));
    assert_true(smap__normal_quantile(0.5) == 0);
}

static void many_are_as_one_by_one(void **state) {
    (void)state;
    double many[1000];
    smap__random_normals(9, 77, 1000, many);
    for (uint64_t i = 0; i < 1000; i++) assert_true(many[i] == smap__random_normal(9, 77, i));
}

static void streams_are_told_by_their_key(void **state) {
    (void)state;
    assert_true(smap__random_stream(0, "B7", 2) == smap__random_stream(0, "B7 or more", 2));
    assert_true(smap__random_stream(0, "B7", 2) != smap__random_stream(0, "B8", 2));
    assert_true(smap__random_stream(0, "B7", 2) != smap__random_stream(1, "B7", 2));
    assert_true(smap__random_stream(0, "", 0) != smap__random_stream(1, "", 0));
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(moments), cmocka_unit_test(neighbours_are_strangers),
                                        cmocka_unit_test(quantiles_lead_back), cmocka_unit_test(many_are_as_one_by_one),
                                        cmocka_unit_test(streams_are_told_by_their_key) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
