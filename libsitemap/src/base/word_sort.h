/* Sorting many numbers by their bits, on all workers. */
#ifndef SMAP_BASE_WORD_SORT_H
#define SMAP_BASE_WORD_SORT_H

#include <stdint.h>
#include <string.h>

#include "sitemap/context.h"

/* words[count] in ascending order of their bits from `low` up; those equal in these keep their order. So a row of less
 * than 2^32 is sorted by a key of 32 bits as key << 32 | row with low = 32. spare[count] is scratch. `ctx` NULL: in
 * this thread, as a chunk of base/parallel.h must; else SMAP_E_CANCELLED. */
smap_status smap__sort_words(smap_ctx *ctx, uint64_t *words, uint64_t *spare, int64_t count, int low, smap_error *err);

/* A real as a word: as numbers are ordered, so are their words. -0 comes before 0, NaN at either end. */
static inline uint64_t smap__real_word(double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits >> 63 ? ~bits : bits | UINT64_C(1) << 63;
}

static inline double smap__word_real(uint64_t word) {
    uint64_t bits = word >> 63 ? word & ~(UINT64_C(1) << 63) : ~word;
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

#endif
