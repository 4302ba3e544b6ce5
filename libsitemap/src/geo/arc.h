/* Circular arcs as straight pieces. */
#ifndef SMAP_GEO_ARC_H
#define SMAP_GEO_ARC_H

#include <stddef.h>

typedef struct smap__vertex {
    double x, y, z, m;
} smap__vertex;

enum { SMAP__ARC_POINTS = 256 };

/* The arc from a over b to c: the points behind a, up to and with c, in pieces of at most 4 degrees; b is one of them.
 * a = c is the full circle with the diameter a-b, counter-clockwise. Points in line give b and c. The same arc walked
 * the other way gives the same points. z and m run evenly between a, b and c. Returns how many points. */
size_t smap__arc(const smap__vertex *a, const smap__vertex *b, const smap__vertex *c,
                 smap__vertex out[SMAP__ARC_POINTS]);

#endif
