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
    const smap_column *const
        *mark; /* [values]: not null in rows whose value is not told; NULL (or one of them): all are */
    const char *const *first_down; /* keys that come first if they are there at all, in this order */
    int firsts_down;
    const char *const *first_across;
    int firsts_across;
} smap__pivot_input;

/* Keys are cells as people write them, "" for null; those without a place of their own stand as they come. */
typedef struct smap__pivot {
    smap__dict *down, *across;
    int values;
    double *sum; /* [(down * acrosses + across) * values + value]; NaN where no row has a number, or one is not told */
    int64_t *untold; /* of each sum: the row that is not told, or one of the words below */
} smap__pivot;

enum { SMAP__PIVOT_NONE = -1, /* no row yet */ SMAP__PIVOT_TOLD = -2, SMAP__PIVOT_PART = -3 /* one of several */ };

/* SMAP_E_LIMIT: so many keys that nobody would read the table. Release in any case. */
smap_status smap__pivot_compute(const smap__pivot_input *input, smap__pivot *out, smap_error *err);
void smap__pivot_release(smap__pivot *pivot);

static inline int64_t smap__pivot_untold(const smap__pivot *p, int32_t down, int32_t across, int value) {
    return p->untold[((int64_t)down * smap__dict_count(p->across) + across) * p->values + value];
}

static inline double smap__pivot_sum(const smap__pivot *p, int32_t down, int32_t across, int value) {
    return p->sum[((int64_t)down * smap__dict_count(p->across) + across) * p->values + value];
}

#endif
