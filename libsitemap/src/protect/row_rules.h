/* Which rows an audience sees: those for which the layer's rule holds, whose references lead to rows that it sees, and
 * that are no sum over rows of which it sees some. */
#ifndef SMAP_PROTECT_ROW_RULES_H
#define SMAP_PROTECT_ROW_RULES_H

#include "protect/audience.h"
#include "sitemap/geometry.h"

typedef struct smap__known smap__known; /* of the layers that others refer to: which rows the audience sees */

smap_status smap__known_new(const smap__audience *audience, smap__known **out, smap_error *err);
void smap__known_free(smap__known *known);
/* The layers to learn, in this order; NULL after the last. */
const char *smap__known_wants(const smap__known *known, int index);
/* Rows that refer to a layer that was not learnt are not seen. A layer that is learnt again takes its own place. */
smap_status smap__known_learn(smap__known *known, const smap_layer *layer, smap_error *err);

/* How many rows an audience does not see, by the first rule that they fall under. */
enum { SMAP__ROW_RULES = 16 };
typedef struct smap__row_reasons {
    int64_t own[SMAP__ROW_RULES]; /* entries of the layer's "rows"; the last one stands for all beyond */
    int64_t reference;            /* they refer to what is not seen */
    int64_t kind;                 /* they are of a kind of which some are not seen */
    int64_t sum;                  /* they are sums over what is seen in part */
} smap__row_reasons;

/* The rows that the audience sees, in their order, into rows[count of the table]; why others are not into *reasons (may
 * be NULL). */
void smap__row_rules_apply(const smap__known *known, const smap_layer *layer, int64_t *rows, int64_t *count,
                           smap__row_reasons *reasons);

/* Does the cell hold one of the values of a list of the rules (text, true, false, numbers as text, null)? A column that
 * is not there (NULL) is all null. */
bool smap__row_rule_lists(const smap__json *list, const smap_column *column, int64_t row);
/* {COLUMN: VALUE or [VALUES], ...}: do all columns hold theirs? True where there is no condition. */
bool smap__row_rule_when(const smap__json *when, const smap_table *table, int64_t row);

#endif
