#include "base/steady_math.h"

#include <math.h>
#include <stdint.h>

/* x = m 2^e with m about 1; log m = 2 artanh s, s = (m - 1) / (m + 1), by its series: |s| < 0.172, so that the first
 * term left out is below 1e-18. */
double smap__steady_log(double x) {
    enum { LAST = 23 };
    static const double half_root = 0.70710678118654752, log_2 = 0.69314718055994531;
    int e;
    double m = frexp(x, &e);
    if (m < half_root) m *= 2, e--;
    double s = (m - 1) / (m + 1), square = s * s, sum = 0;
    for (int k = LAST; k >= 1; k -= 2) sum = sum * square + 1.0 / k;
    return 2 * s * sum + e * log_2;
}

void smap__power_init(smap__power *power, double base) {
    double root = base;
    power->base = base;
    for (int i = 0; i < SMAP__POWER_BITS; i++) power->root[i] = root = sqrt(root);
}

/* The whole part by squares, the bits behind the point by roots. */
double smap__power_of(const smap__power *power, double exponent) {
    double whole = floor(exponent), value = 1, square = whole < 0 ? 1 / power->base : power->base;
    uint64_t one = (uint64_t)1 << SMAP__POWER_BITS, rest = (uint64_t)((exponent - whole) * (double)one);
    if (rest >= one) rest = one - 1; /* of an exponent so near below a whole one that the difference is rounded up */
    for (uint64_t n = (uint64_t)fabs(whole); n; n >>= 1, square *= square)
        if (n & 1) value *= square;
    for (; rest; rest &= rest - 1) value *= power->root[SMAP__POWER_BITS - 1 - __builtin_ctzll(rest)];
    return value;
}
