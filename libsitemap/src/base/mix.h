/* Bits of a number, spread over all of it. */
#ifndef SMAP_BASE_MIX_H
#define SMAP_BASE_MIX_H

#include <stdint.h>

/* The finaliser of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014;
 * constants of Stafford's variant 13): one to one, and neighbours have nothing in common. 0 stays 0. */
static inline uint64_t smap__mix(uint64_t value) {
    value = (value ^ (value >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    value = (value ^ (value >> 27)) * UINT64_C(0x94d049bb133111eb);
    return value ^ (value >> 31);
}

#endif
