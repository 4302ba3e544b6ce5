/* A line or ring moved aside, as a second line runs beside a first one: everywhere at least so far from it, without the
 * loops that the inner side of a sharp turn makes. */
#ifndef SMAP_DRAW_ASIDE_LINE_H
#define SMAP_DRAW_ASIDE_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sheet/outline.h"

/* What came of it: none, one, or several lines, since a narrow neck parts them. */
typedef struct smap__aside_line {
    smap__outline at;
    uint32_t *begin; /* lines + 1 */
    uint8_t *kind;   /* SMAP__PATH_LINE, or SMAP__PATH_SHELL of one that closes */
    size_t lines, begin_capacity, kind_capacity;
    bool failed; /* memory ran out */
} smap__aside_line;

/* The line through n points (y down; one that ends where it begins is a ring) moved by `aside` mm to the left of its
 * direction, or less than 0 to the right, put into `out`, which is all zero before. Corners on the outer side are
 * mitred where both segments are as long as `aside` and the mitre is at most twice that, else rounded.
 *
 * Each segment is moved with its corners, and what comes nearer than `aside` to any segment is taken away: around a
 * segment that is a convex shape, so that of a moved segment it takes one stretch. */
void smap__aside_line_make(const double *x, const double *y, size_t n, double aside, smap__aside_line *out);
void smap__aside_line_release(smap__aside_line *line);

#endif
