/* Choosing a place for every label. Boxes in, choices out: no fonts, no pixels.
 *
 * The value of a choice is the sum of weight - cost of the labels that are placed, of which no two overlap. Groups of
 * few labels that could meet are solved to the end (branch and bound); larger ones greedily, most important first, and
 * then by moving labels in the way of each other (simulated annealing after Christensen, Marks and Shieber: An
 * Empirical Study of Algorithms for Point-Feature Label Placement, ACM Transactions on Graphics 14(3), 1995), as many
 * moves as there are places, not as long as there is time. The dice are always the same: equal problems get equal
 * answers, whatever the order of the labels, and one that lies elsewhere on the page gets the same answer there. */
#ifndef SMAP_DRAW_LABEL_CHOICE_H
#define SMAP_DRAW_LABEL_CHOICE_H

#include "draw/label_board.h"

/* One number for each label: which of its places (0 = its first), -1 = none. */
smap_status smap__label_choose(const smap__label_problem *problem, int32_t *choice, smap_error *err);
/* What greed alone finds: the labels by weight, each on its cheapest free place. */
smap_status smap__label_choose_greedily(const smap__label_problem *problem, int32_t *choice, smap_error *err);

/* The value of a choice. */
double smap__label_choice_value(const smap__label_problem *problem, const int32_t *choice);

#endif
