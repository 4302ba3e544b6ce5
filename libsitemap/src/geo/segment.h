/* Straight lines between two points of the plane. */
#ifndef SMAP_GEO_SEGMENT_H
#define SMAP_GEO_SEGMENT_H

/* The square of the distance from (px, py) to the segment from a to b, which may be of no length. */
static inline double smap__segment_distance2(double px, double py, double ax, double ay, double bx, double by) {
    double dx = bx - ax, dy = by - ay, length2 = dx * dx + dy * dy;
    double t = length2 > 0 ? ((px - ax) * dx + (py - ay) * dy) / length2 : 0;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    double off_x = px - ax - t * dx, off_y = py - ay - t * dy;
    return off_x * off_x + off_y * off_y;
}

#endif
