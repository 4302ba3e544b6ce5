/* Logarithms and powers that are the same on every processor: near the C library's, and exactly what is written here.
 */
#include <math.h>
#include <string.h>

#include "../cmocka_all.h"
#include "base/steady_math.h"

static double off(double got, double want) {
    return fabs(got - want) / fmax(fabs(want), 1e-300);
}

static void near_the_library(void **state) {
    (void)state;
    double most_log = 0, most_power = 0;
    smap__power power;
    for (int i = 1; i < 200000; i++) {
        double x = i * 0.37 * pow(10, i % 40 - 20);
        most_log = fmax(most_log, off(smap__steady_log(x), log(x)));
    }
    static const double bases[] = { 2, 0.00125, 10, 1, 0.9 };
    for (size_t b = 0; b < sizeof bases / sizeof *bases; b++) {
        smap__power_init(&power, bases[b]);
        for (int i = -2000; i <= 2000; i++)
            most_power = fmax(most_power, off(smap__power_of(&power, i * 0.0197), pow(bases[b], i * 0.0197)));
    }
    assert_true(most_log < 1e-15);
    assert_true(most_power < 3e-14);
}

static void exact_values(void **state) {
    (void)state;
    smap__power two;
    smap__power_init(&two, 2);
    assert_true(smap__steady_log(1) == 0);
    assert_true(smap__power_of(&two, 0) == 1 && smap__power_of(&two, 7) == 128 && smap__power_of(&two, -3) == 0.125);
    assert_true(fabs(smap__power_of(&two, -1e-17) - 1) < 3e-14); /* so near below 0 that its bits round up to 1 */
    assert_true(smap__power_of(&two, 0.5) == sqrt(2) && smap__power_of(&two, 1.5) == 2 * sqrt(2));
}

/* The bits of many values folded into one number, as it was worked out with exact fractions, rounded step by step. */
static void the_same_bits(void **state) {
    (void)state;
    uint64_t sum = 0;
    smap__power power;
    smap__power_init(&power, 0.00125);
    for (int i = 1; i <= 1000; i++) {
        double value[2] = { smap__steady_log(i / 1001.0), smap__power_of(&power, i / 1001.0) };
        for (int k = 0; k < 2; k++) {
            uint64_t bits;
            memcpy(&bits, &value[k], sizeof bits);
            sum = sum * 6364136223846793005u + bits;
        }
    }
    assert_int_equal(sum, 0x5b0ee817f26926beu);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(near_the_library),
        cmocka_unit_test(exact_values),
        cmocka_unit_test(the_same_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
