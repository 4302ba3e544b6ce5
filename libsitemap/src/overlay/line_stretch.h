/* Which stretch of a straight line is near another one? All that is within a distance of a segment is convex, so that a
 * line has one stretch of it at most. */
#ifndef SMAP_OVERLAY_LINE_STRETCH_H
#define SMAP_OVERLAY_LINE_STRETCH_H

#include "overlay/zone_edge.h"

/* A segment with places on it counted from its left (or lower) end: whichever way a line runs, they are the same. */
typedef struct smap__ruler {
    smap__zone_edge line;
    double ux, uy, length; /* the way it runs from there; 0 where it has no length */
    double resolution;     /* what coordinates of that size can tell apart: 2^-51 of the largest */
} smap__ruler;

smap__ruler smap__ruler_of(smap__zone_edge line);

/* The stretch of the line, which has a length, within `reach` of the segment or point `other`, into [*from, *to];
 * false: there is none. A reach below the resolution, 0 among them, asks for what they have in common: one place where
 * they cross or touch within the resolution, a stretch where one runs along the other. */
bool smap__ruler_stretch(const smap__ruler *ruler, const smap__zone_edge *other, double reach, double *from,
                         double *to);

#endif
