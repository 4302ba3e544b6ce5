/* Long rows turned into a table of sums: one column's values down the side, another's across the top. */
#ifndef SMAP_SHEET_PIVOT_H
#define SMAP_SHEET_PIVOT_H

#include "col/dict.h"

typedef struct smap__pivot_input {
    const int64_t *row; /* which rows count */
    int64_t rows;
    const smap_column *down, *across;
    bool symmetric; /* a pair stands for both of its orders: a square table, its diagonal once */
    const smap_column *const *value;
    int values;
    const char *const *first_down; /* keys that come first if they are there at all, in this order */
    int firsts_down;
    const char *const *first_across;
    int firsts_across;
} smap__pivot_input;

/* Keys are cells as people write them, "" for null; those without a place of their own stand as they come. */
typedef struct smap__pivot {
    smap__dict *down, *across;
    int values;
    double *sum; /* [(down * acrosses + across) * values + value]; NaN where no row has a number */
} smap__pivot;

/* SMAP_E_LIMIT: so many keys that nobody would read the table. Release in any case. */
smap_status smap__pivot_compute(const smap__pivot_input *input, smap__pivot *out, smap_error *err);
void smap__pivot_release(smap__pivot *pivot);

static inline double smap__pivot_sum(const smap__pivot *p, int32_t down, int32_t across, int value) {
    return p->sum[((int64_t)down * smap__dict_count(p->across) + across) * p->values + value];
}

#endif
