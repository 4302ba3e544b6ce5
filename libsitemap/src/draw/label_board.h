/* Which labels stand where: turned boxes on a grid that answers who stands in the way of a box. Pure geometry, without
 * fonts or pixels. */
#ifndef SMAP_DRAW_LABEL_BOARD_H
#define SMAP_DRAW_LABEL_BOARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sitemap/error.h"

/* A box with its middle at (x, y), turned clockwise (y down) about it. Lengths in one unit, such as mm. */
typedef struct smap__label_box {
    double x, y, w, h, angle_deg;
} smap__label_box;

/* A place that a label may take: its boxes (letters that follow a line, a leader line), and how far it is from the best
 * place there could be: 0 .. below 1. */
typedef struct smap__label_place {
    uint32_t box, boxes; /* first one, and how many */
    double cost;
} smap__label_place;

/* A label, and what it is worth to have it: at least 1, so that a label in its worst place is better than none. */
typedef struct smap__label_wish {
    double weight;
    uint32_t place, places;
} smap__label_wish;

typedef struct smap__label_problem {
    const smap__label_box *box;
    size_t boxes;
    const smap__label_place *place;
    size_t places;
    const smap__label_wish *wish;
    size_t wishes;
} smap__label_problem;

typedef struct smap__label_board smap__label_board;

/* The problem is lent. A box that is not finite, or farther out than any page, makes its place impossible. */
smap_status smap__label_board_new(const smap__label_problem *problem, smap__label_board **out, smap_error *err);
void smap__label_board_free(smap__label_board *board);

bool smap__label_board_possible(const smap__label_board *board, uint32_t place);
/* The place that a label has, -1 = none. */
int64_t smap__label_board_at(const smap__label_board *board, uint32_t label);
/* Put a label, which has none, on a place, or take it away from where it is. Others are not asked. */
void smap__label_board_put(smap__label_board *board, uint32_t label, uint32_t place);
void smap__label_board_take(smap__label_board *board, uint32_t label);
/* Labels other than `label` that stand in the way of a place, each once: at most `most` of them into `out`, and their
 * number, which stops counting at most + 1. */
int smap__label_board_conflicts(smap__label_board *board, uint32_t label, uint32_t place, uint32_t *out, int most);

/* Labels that could meet, whatever places they take, get the same number in `group`; memory for one number a label. */
smap_status smap__label_board_groups(const smap__label_board *board, uint32_t *group, smap_error *err);

#endif
