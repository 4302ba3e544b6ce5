/* Inside of the suppression of counts: the publication, and the attack on it. */
#ifndef SMAP_PROTECT_SUPPRESS_PARTS_H
#define SMAP_PROTECT_SUPPRESS_PARTS_H

#include "protect/linear.h"
#include "protect/suppress.h"

typedef struct smap__told_count {
    double value, cost;
    bool printed;
    bool slack; /* no count: how far a bound is from being met */
    smap__told told;
    bool unmarked; /* of a group where nobody is told which of what is hidden is small */
    int group;     /* of counts that hang together by sums; -1: in none */
    int column;    /* work: its place in the program at hand, -1: in none */
} smap__told_count;

typedef struct smap__told_sum {
    int first, members; /* of `member` and `factor`: the total first (-1), then its parts */
    int ratio;          /* it holds as long as this ratio is told; -1: always */
} smap__told_sum;

struct smap__suppression {
    double least;
    bool whole;
    smap__told_count *count;
    size_t counts, count_room;
    smap__told_sum *sum;
    size_t sums, sum_room;
    int *member;
    double *factor;
    size_t members, member_room, factor_room;
    bool *ratio_hidden; /* of each ratio */
    size_t ratios, ratio_room;
    int groups, broken_groups;
    smap_ctx *ctx; /* while it is solved */
};

/* Is it small, so that nobody may tell which small count it is? */
static inline bool smap__told_is_small(const smap__suppression *s, const smap__told_count *c) {
    return !c->slack && c->value > 0 && c->value < s->least;
}
static inline bool smap__told_holds(const smap__suppression *s, const smap__told_sum *sum) {
    return sum->ratio < 0 || !s->ratio_hidden[sum->ratio];
}
static inline bool smap__told_is_unknown(const smap__told_count *c) {
    return !c->printed || c->told != SMAP__TOLD_SHOWN;
}

/* The sums of a group that hold as equations of a program, for counts that have a `column`: one that is unknown is a
 * variable; one that is told has two, what it would be more by in `column` and less by in the next. */
smap_status smap__attack_equations(const smap__suppression *s, int group, smap__linear *linear, smap_error *err);

/* The program of what a reader does not know: the unknown counts of the group. `column[i]` of the counts is set, and
 * *which (free it) names the counts by column. */
smap_status smap__attack_new(smap__suppression *s, int group, smap__linear **out, int **which, int *columns,
                             smap_error *err);
/* The first count of the group, in order of numbers, of which the reader knows more than allowed: -1 if none; *up: it
 * cannot be as large as it should. */
smap_status smap__attack_group(smap_ctx *ctx, smap__suppression *s, int group, int *broken, bool *up, smap_error *err);
/* The bounds that a reader knows of a count that is not told. */
void smap__attack_bounds(const smap__suppression *s, const smap__told_count *c, double *low, double *high);
/* The ends that must stay possible; false: the count need not be protected. */
bool smap__attack_ends(const smap__suppression *s, const smap__told_count *c, double *low, double *high);

#endif
