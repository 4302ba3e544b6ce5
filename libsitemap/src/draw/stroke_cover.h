/* Strokes as coverage: the outline of a line of some width, given to a window of pixels edge by edge. */
#ifndef SMAP_DRAW_STROKE_COVER_H
#define SMAP_DRAW_STROKE_COVER_H

#include "draw/pixel_cover.h"

typedef struct smap__stroke_shape {
    float half;    /* of the width, in pixels */
    int cap, join; /* SMAP__CAP_, SMAP__JOIN_; mitres up to ten times the width, as cairo has it */
} smap__stroke_shape;

/* How far beyond its points the stroke reaches at most. */
float smap__stroke_reach(const smap__stroke_shape *shape);

/* Do the sides of the stroke stay clear of each other at every corner? Else they overlap where its segments are short,
 * and the window should be a fine one. */
bool smap__stroke_is_plain(const float *x, const float *y, int n, bool closed, const smap__stroke_shape *shape);

/* The stroke of n points (`closed`: the last is the first one again, and there are no ends), for
 * SMAP__COVER_NON_ZERO. Points that coincide count once; of a line that is nothing but one point, a round or square end
 * shows nothing either. */
void smap__stroke_cover(smap__pixel_cover *cover, const float *x, const float *y, int n, bool closed,
                        const smap__stroke_shape *shape);

#endif
