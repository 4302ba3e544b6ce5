/* The counts of all layers of a publication as one: which of them an audience is not told ("counts" of a layer's rule
 * in data/audiences.json). Counts that stand in several layers are the same count, and sums go across layers, so that
 * one does not give away what another hides.
 *
 * An entry of "counts":
 *
 *   "column"        the counts; "when": {COLUMN: VALUES}: in these rows alone
 *   "by"            the columns that tell one count from another ({"is": TEXT} stands for a column that says that);
 *                   "as": counts of that name in any layer with the same values are the same count
 *   "of"            an entry: another column of the same rows, with what the count is a part of
 *   "parts_over"    the counts whose values differ in this column alone are parts of "of"
 *   "rising_over"   they rise with this column, each within the next, the last within "of"
 *   "total_over"    a row with nothing in this column is the total of those that have something (a list)
 *   "area"          a column of P-codes: an area's count is that of the areas whose codes begin with its own
 *   "within_over"   a list of {"column", "holds": VALUES}: of counts that differ in these columns alone, the one with
 * an earlier value holds the one with a later or any other, as the baseline holds every scenario "pair"          two
 * columns with the two things that a count has in common: it is within that of each alone, whose row names it twice
 *   "before", "lost", "gained"   entries: before less lost is now less gained
 *   "at_least"      an entry: the count is never less than that one, as people are not than their households
 *   "ratio"         an entry of a printed ratio of the count to another one ("of": an entry) or to a number ("per": a
 *                   column), "times" 100, rounded to "decimals"; it is not told where it gives the count away
 *
 * Parts that make less than their total leave a rest, which is a count too; where they make more there is no sum.
 * Columns that the audience does not see take part as counts that nobody printed. */
#ifndef SMAP_PROTECT_COUNT_RULES_H
#define SMAP_PROTECT_COUNT_RULES_H

#include "protect/audience.h"
#include "sitemap/geometry.h"

typedef struct smap__count_rules smap__count_rules;

smap_status smap__count_rules_new(const smap__audience *audience, smap__count_rules **out, smap_error *err);
void smap__count_rules_free(smap__count_rules *rules);
/* Layers with counts, in the order of the rules; NULL after the last. */
const char *smap__count_rules_wants(const smap__count_rules *rules, int index);
/* The rows that the audience sees, with all columns; takes the place of an earlier one of the same name. */
smap_status smap__count_rules_learn(smap__count_rules *rules, const smap_layer *seen, smap_error *err);
/* What became of the counts of a table. */
typedef struct smap__counts_told {
    const smap_table *table; /* with nothing in place of what is not told */
    const smap_table *marks; /* of the columns in which something is not told: texts, the sign that stands for it */
    int64_t small, others;   /* cells that are small, and others that are hidden */
} smap__counts_told;

/* The table, whose rows were learnt as those of that layer. Both tables of *out are the caller's. */
smap_status smap__count_rules_apply(smap_ctx *ctx, smap__count_rules *rules, const char *layer, const smap_table *whole,
                                    const smap_table *table, smap__counts_told *out, smap_error *err);

#endif
