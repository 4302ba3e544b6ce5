/* Places along a line: above it, below it or on it, straight or letter by letter, never upside down. */
#ifndef SMAP_DRAW_LINE_PLACES_H
#define SMAP_DRAW_LINE_PLACES_H

#include "draw/label_places.h"

/* A part of a text that is drawn by itself: from its left end, in the order in which it stands on the page. */
typedef struct smap__span {
    double x, w;
} smap__span;

typedef struct smap__line_ask {
    double w, h;       /* of the text with its margin */
    double away;       /* from the line to the near side of the label */
    bool offset_given; /* its middle stands `offset` above the line, and nowhere else */
    double offset;
    const smap__span *span; /* letters, or words where letters must not be parted; 0 = the text stays straight */
    int spans;
    double max_turn_deg; /* between neighbouring spans */
    double from, to;     /* the stretch of the line that its middle may stand on */
    double most_cover;
} smap__line_ask;

double smap__line_length(const double *x, const double *y, size_t n);
void smap__label_places_on_line(smap__label_places *places, const smap__room *room, const smap__line_ask *ask,
                                const double *x, const double *y, size_t n);

#endif
