/* Degrees and radians. */
#ifndef SMAP_GEO_ANGLE_H
#define SMAP_GEO_ANGLE_H

static const double SMAP__PI = 3.14159265358979323846;

static inline double smap__radians(double degrees) {
    return degrees * (3.14159265358979323846 / 180);
}

static inline double smap__degrees(double radians) {
    return radians * (180 / 3.14159265358979323846);
}

#endif
