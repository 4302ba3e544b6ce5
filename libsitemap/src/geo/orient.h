/* On which side of a line does a point lie? Exact. */
#ifndef SMAP_GEO_ORIENT_H
#define SMAP_GEO_ORIENT_H

/* Positive: (cx, cy) lies left of the line from a to b; negative: right; 0: exactly on it. The sign is that of exact
 * arithmetic, for coordinates up to 1e150 in size. */
double smap__orient(double ax, double ay, double bx, double by, double cx, double cy);

#endif
