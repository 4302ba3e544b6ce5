/* How qsort and bsearch order numbers, ascending. */
#ifndef SMAP_BASE_COMPARE_H
#define SMAP_BASE_COMPARE_H

#include <stdint.h>

/* No NaN may be among them. */
static inline int smap__compare_reals(const void *a, const void *b) {
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static inline int smap__compare_int32(const void *a, const void *b) {
    int32_t left = *(const int32_t *)a, right = *(const int32_t *)b;
    return (left > right) - (left < right);
}

static inline int smap__compare_int64(const void *a, const void *b) {
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

#endif
