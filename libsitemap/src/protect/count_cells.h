/* Inside of the counts of a publication: cells by name, and the sums between them. */
#ifndef SMAP_PROTECT_COUNT_CELLS_H
#define SMAP_PROTECT_COUNT_CELLS_H

#include "col/dict.h"
#include "protect/audience_rules.h"
#include "protect/suppress.h"
#include "sitemap/geometry.h"

typedef struct smap__count_cells {
    smap__dict *name; /* "as|value|value": code = its place in `value` and `at` */
    double *value;
    size_t value_room;
    smap__suppression *suppression; /* counts of it: the cells first, in order of codes, then what is left over */
    int counts;
} smap__count_cells;

/* The name of the count of an entry in a row, into `out`; false: it is none there (no value, not below 0, `when`). */
bool smap__count_name(const smap__json *entry, const char *layer, const smap_table *table, int64_t row, smap__str *out);
/* The same with one column of "by" left out (`but`), for what goes together. */
void smap__count_family(const smap__json *entry, const char *layer, const smap_table *table, int64_t row,
                        const char *but, smap__str *out);
double smap__count_value(const smap__json *entry, const smap_table *table, int64_t row);

/* All sums that an entry of a layer's rule makes. Cells are there already. */
smap_status smap__count_sums(smap__count_cells *cells, const smap__json *entry, const smap_layer *layer,
                             smap_error *err);

#endif
