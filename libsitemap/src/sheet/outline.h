/* Clipping and thinning of outlines in page mm. */
#ifndef SMAP_SHEET_OUTLINE_H
#define SMAP_SHEET_OUTLINE_H

#include <stdbool.h>
#include <stddef.h>

#include "sheet/sheet.h"

/* Growing coordinates; `failed` stays true once memory ran out. */
typedef struct smap__outline {
    double *x, *y;
    size_t count, capacity_x, capacity_y;
    bool failed;
} smap__outline;

void smap__outline_put(smap__outline *outline, double x, double y);
void smap__outline_put_all(smap__outline *outline, const double *x, const double *y, size_t n);
/* Room for n coordinates in all; false, and `failed` set, when memory runs out. */
bool smap__outline_reserve(smap__outline *outline, size_t n);
void smap__outline_release(smap__outline *outline);

/* The part of a ring inside the rectangle (Sutherland and Hodgman 1974: one pass a side, edges of the rectangle close
 * the gaps), appended to `out` as a closed ring; nothing where it lies outside. `scratch` is emptied and used. */
void smap__clip_ring(const double *x, const double *y, size_t n, smap__rect_mm rect, smap__outline *scratch,
                     smap__outline *out);

/* The piece of segment a-b inside the closed rectangle (Liang and Barsky 1984): false where there is none. */
bool smap__clip_segment(smap__rect_mm rect, double *ax, double *ay, double *bx, double *by);

/* Area of a closed ring, always positive. */
double smap__ring_area(const double *x, const double *y, size_t n);

/* Drop vertices that are nearer than `tolerance` to the last one kept; ends stay. A ring that would lose its shape
 * (fewer than 4 left) and a line shorter than the tolerance stay whole. Works in place, returns the new count. */
size_t smap__thin(double *x, double *y, size_t n, double tolerance, bool ring);

/* A point well inside an area given as closed rings (`begin` holds rings + 1 offsets), by even-odd: of the middles of
 * the inside stretches of some horizontal lines, the one farthest from any edge. false where there is no inside, and,
 * with *failed set, when memory runs out. */
bool smap__inside_point(const double *x, const double *y, const size_t *begin, size_t rings, double *out_x,
                        double *out_y, bool *failed);

#endif
