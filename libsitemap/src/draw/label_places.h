/* The places that a label may take, best first in cost: around a point (Imhof: Positioning Names on Maps, The American
 * Cartographer 2(2), 1975), farther off with a leader line, inside an area. Those that the room refuses are left out.
 * Places along a line: draw/line_places.h. All lengths in mm on the page, y down. */
#ifndef SMAP_DRAW_LABEL_PLACES_H
#define SMAP_DRAW_LABEL_PLACES_H

#include "draw/room.h"

/* How a label stands on a place: its middle and turn, or that its letters stand on the boxes of the place, one each. */
typedef struct smap__label_spot {
    double x, y, angle_deg;
    bool leader;
    double leader_x[2], leader_y[2]; /* from the mark to the label */
    bool bent;
} smap__label_spot;

/* Growing; `failed` stays true once memory ran out. place[i] belongs to spot[i]. */
typedef struct smap__label_places {
    smap__label_box *box;
    smap__label_place *place;
    smap__label_spot *spot;
    size_t boxes, places, box_capacity, place_capacity, spot_capacity;
    double apart; /* what is kept free between two labels on one level, beyond their margins */
    bool failed;
} smap__label_places;

void smap__label_places_release(smap__label_places *places);

/* Add a place of `boxes` boxes where all of them find room; `most_cover` is the share of marks that it may cover. What
 * it covers makes it dearer. With a leader line there is one box of text, then that of the line. */
void smap__label_places_add(smap__label_places *places, const smap__room *room, const smap__label_box *box,
                            uint32_t boxes, double cost, double most_cover, const smap__label_spot *spot);

/* What is to be placed. */
typedef struct smap__label_ask {
    double x, y;        /* of the mark, or a point well inside of the area */
    double w, h;        /* of the text with its margin */
    double away;        /* from (x, y) to the near side of the label: half the mark and the gap */
    double mark;        /* size of the mark, 0 = none */
    bool rtl;           /* prefers the left of its mark */
    const double *ring; /* how much farther off to try without a leader line; NULL = only right beside the mark */
    int rings;
    const double *leader; /* how much farther off with one; NULL = never */
    int leaders;
    double leader_width; /* that others keep off it */
    double most_cover;
    double fit;      /* of an area: the least share of the text that must lie inside */
    bool along_axis; /* of an area: may be turned along its longest axis */
} smap__label_ask;

void smap__label_places_at_point(smap__label_places *places, const smap__room *room, const smap__label_ask *ask);

/* Rings of one part after the other, closed, by even-odd; `begin` holds rings + 1 offsets into x and y. */
void smap__label_places_in_area(smap__label_places *places, const smap__room *room, const smap__label_ask *ask,
                                const double *x, const double *y, const uint32_t *begin, uint32_t rings);

#endif
