/* Random numbers that depend on nothing but their address: seed, stream (an asset, a break point) and index (a sample).
 * Any thread can draw any of them in any order and gets the same ones. */
#ifndef SMAP_STAT_RANDOM_H
#define SMAP_STAT_RANDOM_H

#include <stddef.h>
#include <stdint.h>

/* 64 even bits (SplitMix finaliser over the three words; the source cites it). */
uint64_t smap__random_bits(uint64_t seed, uint64_t stream, uint64_t index);
double smap__random_uniform(uint64_t seed, uint64_t stream, uint64_t index); /* [0, 1) */
double smap__random_normal(uint64_t seed, uint64_t stream, uint64_t index);  /* mean 0, standard deviation 1 */
/* The normal numbers of index 0 .. count-1, the same as one by one, several times faster. */
void smap__random_normals(uint64_t seed, uint64_t stream, int64_t count, double *out);

/* The stream of a key, and of a key within another stream ("the flood of building 7"): the same wherever and in
 * whatever order they come. */
uint64_t smap__random_stream(uint64_t within, const char *key, size_t len);

/* The value that a share `p` in (0, 1) of a normal distribution of mean 0 and standard deviation 1 lies below. */
double smap__normal_quantile(double p);

#endif
