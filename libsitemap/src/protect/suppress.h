/* Which counts of a publication are not told, so that small ones cannot be worked out from the others.
 *
 * A publication is a set of counts and the sums between them: of rows, columns, areas and their parts, of steps of what
 * rises, in any number of tables, and bounds that they keep (people are no fewer than their households) or that
 * rounded ratios give them. Counts below `least` and above 0 are small; they are hidden, and the reader is told
 * so. The difference of two counts that are told is a count as well: it takes part as one that is not printed, and is
 * protected when it is small. Others are hidden too (complementary cells) until the strongest reader, who knows all
 * that is told, that a small count is between 1 and least - 1, and that any other hidden one is at least `least`,
 * cannot rule out one value of a small count: it may still be 1, and may still be least - 1. Any hidden count is left a
 * range at least least - 2 wide. (Of counts that are not whole, such as shares of gridded people, the range is 0 to
 * `least`.)
 *
 * Where that cannot be, as with 1 + 1 = 2, all of which are small, the counts that hang together by sums are hidden
 * without saying which are the small ones: the reader knows that there is something (at least 1), and each is left its
 * range.
 *
 * The attack is the exact linear program, for each hidden count, up and down. Where few counts could be hidden beside
 * the small ones, the cheapest set of all is found; else one is built step by step, by the cheapest way in which the
 * numbers could be otherwise (Kelly, Golden, Assad: Cell suppression, Networks 1992), and what is not needed is shown
 * again. A hidden count costs the logarithm of what it counts, so that totals are told as long as can be. */
#ifndef SMAP_PROTECT_SUPPRESS_H
#define SMAP_PROTECT_SUPPRESS_H

#include <stdbool.h>

#include "sitemap/context.h"

typedef enum smap__told {
    SMAP__TOLD_SHOWN,
    SMAP__TOLD_SMALL, /* hidden, and the reader knows that it is small */
    SMAP__TOLD_HIDDEN /* hidden for the others' sake, or small where that cannot be said */
} smap__told;

typedef struct smap__suppression smap__suppression;

/* `whole`: counts of whole things. */
smap_status smap__suppression_new(double least, bool whole, smap__suppression **out, smap_error *err);
void smap__suppression_free(smap__suppression *suppression);
/* A count, at least 0, which gets the numbers 0, 1, 2, ... in turn; not `printed`: one that follows from others. */
smap_status smap__suppression_count(smap__suppression *suppression, double value, bool printed, smap_error *err);
/* counts[total] is the sum of the parts: their values must add up (SMAP_E_ARGUMENT), to a millionth. */
smap_status smap__suppression_sum(smap__suppression *suppression, int total, const int *part, int parts,
                                  smap_error *err);

/* A ratio that is printed beside counts, such as a share in per cent: what it tells of them is in bounds of its number
 * (0, 1, 2, ... in turn). It is not told where it would give a count away. */
smap_status smap__suppression_ratio(smap__suppression *suppression, smap_error *err);
/* The reader knows that the counts, each times its factor, make at least so much: because a ratio is told, or, -1, in
 * any case. The values must (SMAP_E_ARGUMENT), to a millionth. */
smap_status smap__suppression_bound(smap__suppression *suppression, int ratio, const int *count, const double *factor,
                                    int counts, double at_least, smap_error *err);

/* Decide. SMAP_E_CANCELLED. */
smap_status smap__suppression_solve(smap_ctx *ctx, smap__suppression *suppression, smap_error *err);
smap__told smap__suppression_told(const smap__suppression *suppression, int count);
bool smap__suppression_tells_ratio(const smap__suppression *suppression, int ratio);
/* Could every small count be protected? Where not, none of the counts may be told. */
bool smap__suppression_is_safe(const smap__suppression *suppression);

#endif
