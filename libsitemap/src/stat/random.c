#include "stat/random.h"

#include <math.h>

#include "base/mix.h"

static const uint64_t golden = UINT64_C(0x9e3779b97f4a7c15); /* 2^64 over the golden ratio, odd */

/* Each word of the address is mixed in by a full round, so that neighbours in any of the three have nothing in common.
 */
static uint64_t mix_stream(uint64_t seed, uint64_t stream) {
    return smap__mix(smap__mix(seed + golden) ^ smap__mix(stream + golden * 2));
}

static uint64_t mix_index(uint64_t mixed_stream, uint64_t index) {
    return smap__mix(mixed_stream ^ smap__mix(index + golden * 3));
}

uint64_t smap__random_bits(uint64_t seed, uint64_t stream, uint64_t index) {
    return mix_index(mix_stream(seed, stream), index);
}

double smap__random_uniform(uint64_t seed, uint64_t stream, uint64_t index) {
    return (double)(smap__random_bits(seed, stream, index) >> 11) * 0x1p-53;
}

/* By inversion: one number needs one draw. Half a step off the uniform grid, so that neither 0 nor 1 comes up. */
static double normal_of(uint64_t bits) {
    return smap__normal_quantile(((double)(bits >> 12) + 0.5) * 0x1p-52);
}

double smap__random_normal(uint64_t seed, uint64_t stream, uint64_t index) {
    return normal_of(smap__random_bits(seed, stream, index));
}

void smap__random_normals(uint64_t seed, uint64_t stream, int64_t count, double *out) {
    uint64_t mixed = mix_stream(seed, stream);
    for (int64_t i = 0; i < count; i++) out[i] = normal_of(mix_index(mixed, (uint64_t)i));
}

/* FNV-1a (Fowler, Noll, Vo), then mixed: keys that differ in one letter share no bits. */
uint64_t smap__random_stream(uint64_t within, const char *key, size_t len) {
    uint64_t h = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < len; i++) h = (h ^ (unsigned char)key[i]) * UINT64_C(0x100000001b3);
    return smap__mix(smap__mix(within + golden) ^ h);
}

static double ratio(const double over[8], const double under[8], double x) {
    double a = over[7], b = under[7];
    for (int i = 6; i >= 0; i--) {
        a = a * x + over[i];
        b = b * x + under[i];
    }
    return a / b;
}

/* Algorithm AS 241, PPND16 (Wichura: The Percentage Points of the Normal Distribution, Applied Statistics 37, 1988): a
 * rational function each for the middle, the tails and the far tails; about 1 part in 10^16. */
double smap__normal_quantile(double p) {
    static const double middle_over[8] = { 3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
                                           1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
                                           3.3430575583588128105e4, 2.5090809287301226727e3 };
    static const double middle_under[8] = { 1,
                                            4.2313330701600911252e1,
                                            6.8718700749205790830e2,
                                            5.3941960214247511077e3,
                                            2.1213794301586595867e4,
                                            3.9307895800092710610e4,
                                            2.8729085735721942674e4,
                                            5.2264952788528545610e3 };
    static const double tail_over[8] = { 1.42343711074968357734e0,  4.63033784615654529590e0, 5.76949722146069140550e0,
                                         3.64784832476320460504e0,  1.27045825245236838258e0, 2.41780725177450611770e-1,
                                         2.27238449892691845833e-2, 7.74545014278341407640e-4 };
    static const double tail_under[8] = { 1,
                                          2.05319162663775882187e0,
                                          1.67638483018380384940e0,
                                          6.89767334985100004550e-1,
                                          1.48103976427480074590e-1,
                                          1.51986665636164571966e-2,
                                          5.47593808499534494600e-4,
                                          1.05075007164441684324e-9 };
    static const double far_over[8] = { 6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,
                                        2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                        2.71155556874348757815e-5, 2.01033439929228813265e-7 };
    static const double far_under[8] = { 1,
                                         5.99832206555887937690e-1,
                                         1.36929880922735805310e-1,
                                         1.48753612908506148525e-2,
                                         7.86869131145613259100e-4,
                                         1.84631831751005468180e-5,
                                         1.42151175831644588870e-7,
                                         2.04426310338993978564e-15 };
    double q = p - 0.5;
    if (fabs(q) <= 0.425) return q * ratio(middle_over, middle_under, 0.180625 - q * q);
    double r = sqrt(-log(q < 0 ? p : 1 - p));
    double value = r <= 5 ? ratio(tail_over, tail_under, r - 1.6) : ratio(far_over, far_under, r - 5);
    return q < 0 ? -value : value;
}
