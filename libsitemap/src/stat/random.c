#include "stat/random.h"

#include <math.h>

/* The finaliser of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014;
 * constants of Stafford's variant 13). */
static uint64_t mix(uint64_t z) {
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* Each word of the address is mixed in by a full round, so that neighbours in any of the three have nothing in common.
 */
uint64_t smap__random_bits(uint64_t seed, uint64_t stream, uint64_t index) {
    static const uint64_t golden = UINT64_C(0x9e3779b97f4a7c15); /* 2^64 over the golden ratio, odd */
    uint64_t z = mix(seed + golden);
    z = mix(z ^ mix(stream + golden * 2));
    return mix(z ^ mix(index + golden * 3));
}

double smap__random_uniform(uint64_t seed, uint64_t stream, uint64_t index) {
    return (double)(smap__random_bits(seed, stream, index) >> 11) * 0x1p-53;
}

/* Box and Muller's transform: two even numbers give one normal one, so that every address stands for itself. */
double smap__random_normal(uint64_t seed, uint64_t stream, uint64_t index) {
    static const double two_pi = 6.283185307179586476925286766559;
    double radius = 1 - smap__random_uniform(seed, stream, 2 * index);
    double angle = two_pi * smap__random_uniform(seed, stream, 2 * index + 1);
    return sqrt(-2 * log(radius)) * cos(angle);
}
