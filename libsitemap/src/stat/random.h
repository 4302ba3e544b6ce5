/* Random numbers that depend on nothing but their address: seed, stream (an asset, a break point) and index (a sample).
 * Any thread can draw any of them in any order and gets the same ones. */
#ifndef SMAP_STAT_RANDOM_H
#define SMAP_STAT_RANDOM_H

#include <stdint.h>

/* 64 even bits (Philox-like or SplitMix finaliser over the three words; the source says which and cites it). */
uint64_t smap__random_bits(uint64_t seed, uint64_t stream, uint64_t index);
double smap__random_uniform(uint64_t seed, uint64_t stream, uint64_t index); /* [0, 1) */
double smap__random_normal(uint64_t seed, uint64_t stream, uint64_t index);  /* mean 0, standard deviation 1 */

#endif
