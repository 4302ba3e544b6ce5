/* Inside of the counts of a publication: cells by name, and what there is between them. */
#ifndef SMAP_PROTECT_COUNT_CELLS_H
#define SMAP_PROTECT_COUNT_CELLS_H

#include "col/dict.h"
#include "protect/audience_rules.h"
#include "protect/suppress.h"
#include "sitemap/geometry.h"

typedef struct smap__count_cells {
    smap__dict *name; /* "as|value|value|count": code = its place in `value`, `printed` and `suppression` */
    double *value;
    bool *
        printed; /* does the audience see it in any layer? Others are known to nobody, and are protected all the same */
    size_t value_room, printed_room;
    smap__suppression *suppression; /* counts of it: the cells first, in order of codes, then what is left over */
    int counts;
    smap__dict *sum;   /* "total|part|part" of those that there are */
    smap__dict *ratio; /* names of ratios: code = its number in `suppression` */
} smap__count_cells;

/* The name of the count of an entry in a row, into `out`; false: it is none there (no value, not below 0, `when`). */
bool smap__count_name(const smap__json *entry, const char *layer, const smap_table *table, int64_t row, smap__str *out);
/* What is the same for counts that go together: the name without some columns of "by" (`but`; NULL ends it). */
void smap__count_family(const smap__json *entry, const char *layer, const smap_table *table, int64_t row,
                        const char *const *but, smap__str *out);
double smap__count_value(const smap__json *entry, const smap_table *table, int64_t row);
/* The cell of an entry in a row; -1: none. `name` is room to work in. */
int smap__count_cell(const smap__count_cells *cells, const smap__json *entry, const smap_layer *layer, int64_t row,
                     smap__str *name);

/* A count that nobody printed. */
smap_status smap__count_rest(smap__count_cells *cells, double value, int *out, smap_error *err);
/* total = parts, and a rest where they make less (room for one more in `part`). The same cell twice, or parts that make
 * more, are no sum; one that there is already adds nothing. */
smap_status smap__count_put_sum(smap__count_cells *cells, int total, int *part, int parts, smap_error *err);

/* All sums that an entry of a layer's rule makes. Cells are there already. */
smap_status smap__count_sums(smap__count_cells *cells, const smap__json *entry, const smap_layer *layer,
                             smap_error *err);
/* What else ties the counts of an entry to others: "within_over", "pair", "before", "lost" and "gained", "at_least" and
 * "ratio" of count_rules.h. */
smap_status smap__count_links(smap__count_cells *cells, const smap__json *entry, const smap_layer *layer, double least,
                              smap_error *err);

#endif
